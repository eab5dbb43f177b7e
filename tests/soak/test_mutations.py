"""Tens of thousands of spoilt files, others in every run. A failure names its seed: `SOAK_SEED=` runs that one again."""

import os
import random

import pytest

from tests.fuzz.test_mutations import assert_entries_kept, assert_no_faults

pytestmark = pytest.mark.soak

PARTS = 20
EACH = max(1, int(os.environ.get("SOAK_FILES", "20000")) // PARTS)


@pytest.mark.parametrize("part", range(PARTS))
def test_none_of_so_many_is_a_fault(part: int) -> None:
    seed = _seed(part)
    assert_no_faults(EACH, seed)
    assert_entries_kept(EACH, seed)


def _seed(part: int) -> int:
    said = os.environ.get("SOAK_SEED")
    return int(said) + part if said else random.SystemRandom().getrandbits(32)
