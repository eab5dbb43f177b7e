"""What the tests of the page share: a workspace of a made-up school with an evaluation under way, and a visitor."""

from pathlib import Path

import pytest

from tests.cli.calling import example
from tests.serve.asking import Visitor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The workspace."""
    return example(tmp_path)


@pytest.fixture
def visitor(folder: Path) -> Visitor:
    """A browser that was let in, at the self-evaluation."""
    found = Visitor(folder)
    found.sheet = "/schools/example-primary/evaluate?charter=community-engagement&cycle=2026-27-autumn"
    return found
