"""The example school's documents as they were when somebody last looked at them.

After a change that is meant: CHARTERKIT_UPDATE_SNAPSHOTS=1 pytest tests/render/test_snapshots.py, and read the difference.
"""

import os
from pathlib import Path

import pytest

from charterkit.insight.evaluations.compare import compare
from charterkit.render.comparison.all_cycles import all_cycles_view
from charterkit.render.comparison.data import compare_csv
from charterkit.render.comparison.view import compare_view
from charterkit.render.engine.environment import render

from .samples import EXAMPLE, TODAY, example, pages, viewed

FOLDER = Path(__file__).parents[1] / "snapshots"


def report(audience, place):
    def make():
        workspace, *_ = example()
        view = viewed(workspace, audience, place, school=EXAMPLE, charter="community-engagement")
        return pages(view)["md"]

    return make


def comparison():
    _, folder, found, versions = example()
    return compare_view(folder, compare(found[1], found[2], versions, found), today=TODAY)


def everything():
    _, folder, found, versions = example()
    return render("compare-all.md.j2", all_cycles_view(folder, found, versions), None)


DOCUMENTS = {
    "report-leaders-draft.md": report("leaders", 3),
    "report-leaders.md": report("leaders", 2),
    "report-governors.md": report("governors", 2),
    "report-public.md": report("public", 2),
    "compare.md": lambda: render("compare.md.j2", comparison(), None),
    "compare.csv": lambda: compare_csv(comparison()),
    "compare-all.md": everything,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_as_it_was(name):
    made = DOCUMENTS[name]().encode()
    path = FOLDER / name
    if os.environ.get("CHARTERKIT_UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(made)
    assert made.decode() == path.read_bytes().decode()
