"""Good files with bytes changed, dropped, doubled, swapped or cut: a finding with a place or a clean pass, never a fault.

Each commit brings changes of its own, the same ones whenever it is tested; `make soak` makes many more.
"""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from charterkit.files.yaml import reader as yaml_text
from charterkit.files.yaml.quick import quick
from charterkit.files.yaml.reader import decode, parse, parser
from tests.sampling import seed_of_commit, some

from .entries import assert_untouched_are_kept
from .faults import checked, mended

ROOT = Path(__file__).parents[2]
PIECES = (
    b": ", b":", b"\n", b"\t", b"- ", b"-", b"{", b"}", b"[", b"]", b'"', b"'", b"\r", b"\r\n", b"&a ", b"*a", b"~",
    b"!t ", b"!!map ", b"|", b">", b"|+", b">-2", b"#", b" #", b"? ", b"<<: ", b"---", b"...", b"%YAML 1.2\n", b"null",
    b"\0", b"\x1b[31m", b"\x85", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\xc3",
    b"\\", b"\\x", b"\\ud800", b",", b"  ", b"@", b"`", b"2025", b"green", b"# charterkit: ignore[CK303] x\n",
)  # fmt: skip


@cache
def good_files() -> tuple[tuple[str, bytes], ...]:
    """Files that hold something, each with the place in a workspace where it is read."""
    found: list[tuple[str, bytes]] = []
    tops = [ROOT, *sorted((ROOT / "tests/cases").glob("CK*/*"))]
    for top in tops:
        for folder in ("schools", "charters"):
            found += [
                (path.relative_to(top).as_posix(), path.read_bytes())
                for path in sorted((top / folder).rglob("*.yaml"))
                if "schools/example-" not in path.as_posix() or top != ROOT or "2025" in path.name
            ]
        found += [(path.name, path.read_bytes()) for path in top.glob("charterkit.yaml")]
    return tuple(found)


def mutated(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """One to three changes of a kind that hands, editors and transfers make."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at = dice.randrange(len(made) + 1)
        to = min(len(made), at + dice.choice((1, 1, 2, 4, 12, 80)))
        match dice.randrange(9):
            case 0:
                del made[at:to]
            case 1:
                made[at:at] = dice.choice(PIECES)
            case 2:
                made[at:to] = dice.choice(PIECES)
            case 3:
                made[at:to] = made[at:to][::-1]
            case 4 if at < len(made):
                made[at] ^= 1 << dice.randrange(8)
            case 5:
                lines = bytes(made).split(b"\n")
                row = dice.randrange(len(lines))
                lines.insert(dice.randrange(len(lines) + 1), lines[row])
                made = bytearray(b"\n".join(lines))
            case 6:
                lines = bytes(made).split(b"\n")
                del lines[dice.randrange(len(lines))]
                made = bytearray(b"\n".join(lines))
            case 7:
                made = made[:at]
            case _:
                made = made[:at] + other[dice.randrange(len(other) + 1) :]
    return bytes(made)


def mutations(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many files, the same for the same seed."""
    dice = random.Random(seed)
    files = good_files()
    small = [one for one in files if len(one[1]) < 2000]
    for _ in range(count):
        path, data = dice.choice(small if dice.random() < 0.8 else files)
        yield path, mutated(data, dice.choice(files)[1], dice)


def assert_no_faults(count: int, seed: int) -> None:
    """None in so many files."""
    for number, (path, data) in enumerate(mutations(count, seed)):
        assert_no_fault(path, data, number, seed)


def assert_no_fault(path: str, data: bytes, number: int, seed: int) -> None:
    try:
        checked({path: data})
        if number % 4 == 0:
            mended({path: data})
    except Exception as fault:
        fault.add_note(f"mutation {number} of seed {seed}, {path}: {data!r}")
        raise


@pytest.mark.parametrize("seed", range(3))
def test_a_few_hundred(seed: int) -> None:
    assert_no_faults(100, seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_hundreds_that_this_commit_has_to_itself(part: int) -> None:
    """`make soak` has thousands."""
    assert_no_faults(some(200, 2), seed_of_commit() + part)


EVALUATION = b"""\
charter: community-engagement
charter_version: "1"
cycle: 2025-26
date: 2025-11-11
status: agreed
ratings:
  gate-greeting:
    rating: green
    note: "Every day: rain too"
  open-door:
    rating: red
    ideas:
      - Tea
      - 'It''s late'
  # a remark
  phone: {rating: amber, note: "a, b"}
  letters: {rating: green}
  evening:
    note: |
      One
      two
    rating: not-applicable
    reason: None here
    evidence:
      - {kind: observation, note: Seen}
  last: {rating: red}
actions:
  - id: ring
    action: Ring families
    status: planned
  - {id: two, action: Tea}
"""


def assert_entries_kept(count: int, seed: int) -> None:
    """No change of so many alters what an entry means that it does not touch."""
    dice = random.Random(seed)
    files = [data for path, data in good_files() if "/evaluations/" in path]
    for number in range(count):
        before = dice.choice((EVALUATION, dice.choice(files)))
        try:
            assert_untouched_are_kept(before, mutated(before, dice.choice(files), dice))
        except Exception as fault:
            fault.add_note(f"entries of mutation {number} of seed {seed}")
            raise


@pytest.mark.parametrize("seed", [0, None])
def test_what_a_change_does_not_touch_means_what_it_did(seed: int | None) -> None:
    assert_entries_kept(200, seed_of_commit() if seed is None else seed)


def test_both_readers_agree_on_good_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for path, data in good_files():
        text, problem = decode(data)
        found = None if problem else quick(parser(yaml_text.cleaned(text)))
        with monkeypatch.context() as patch:
            patch.setattr(yaml_text, "quick", lambda _parser, **_: None)
            careful = parse(data)
        if found is not None:
            assert (careful.tree, careful.empty) == found, path
            assert not careful.problems
