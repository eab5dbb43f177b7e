"""What of an earlier call still holds, asked of the part itself: whatever is otherwise than it was, and nothing else."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from charterkit.files import disk
from charterkit.files.attachments import CONTENT, EVERY_SCHOOL, NAMES, Answers
from charterkit.files.certificates import GIVERS
from charterkit.files.digests import digest, schools_digest
from charterkit.files.disk import Disk, stamp
from charterkit.insight.ties import ABOVE, MEMBERS, TRUST, Ties
from charterkit.many import sheaves
from charterkit.many.cache import Cache
from charterkit.many.known import Known, Read
from charterkit.many.pieces import SHARED

FILES = {
    "charterkit.yaml": "charter: small\n",
    "charters/small.yaml": "id: small\n",
    "packs/own.yaml": "id: own\n",
    "schools/loose.yaml": "name: nobody\n",
    "schools/ash/school.yaml": "name: Ash\ntrust: north\n",
    "schools/ash/policies/pets.yaml": "id: pets\n",
    "schools/ash/policies/art.yaml": "id: art\n",
    "schools/ash/certificates/S-1.json": "{}",
    "schools/ash/rota.txt": "Monday",
    "schools/beech/school.yaml": "name: Beech\n",
    "schools/cedar/school.yaml": "name: Cedar\n",
    "schools/north/school.yaml": "name: North\nkind: trust\nmembers: [cedar]\n",
}
SLUGS = ["ash", "beech", "cedar", "north"]
EVERY = [SHARED, *SLUGS]
PETS = "schools/ash/policies/pets.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(disk, "_TICK", -(10**18))  # else no stamp is old enough to be trusted while a test runs
    for path, text in FILES.items():
        put(tmp_path / "ours", path, text)
    return tmp_path / "ours"


def put(root: Path, path: str, text: str | None) -> None:
    whole = root / path
    whole.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        whole.unlink()
        return
    before = stamp(whole, sys.maxsize)
    while True:
        whole.write_text(text, encoding="utf-8")
        if stamp(whole, sys.maxsize) != before:
            return


def cache_of(root: Path) -> Cache:
    return Cache(root.parent / "cache", root, "this program")


def known(root: Path, told: Any = (), **more: bool) -> Known:
    return Known(root, cache_of(root), "work", told, **more)


def read_as_it_is(found: Known, piece: str) -> Read:
    seen = Disk(found.root)
    return {path: (seen.stamp(path), digest((found.root / path).read_bytes())) for path in found.files(piece)}


def keep(root: Path, asked: Answers | None = None, who: str = "beech", **more: bool) -> Known:
    """As a call that has looked at every piece; `who` has asked about others."""
    found = known(root, **more)
    made = {
        piece: (found.row(piece, read_as_it_is(found, piece), (asked or {}) if piece == who else {}, piece), piece)
        for piece in EVERY
    }
    rows = {piece: (row, body) for piece, (row, body) in made.items() if row}
    assert [*rows] == EVERY
    found.keep(rows)
    for name in found.sheaves.pieces:
        found.bind(name, {piece: row for piece, (row, _) in rows.items()})
    found.keep_sheaves()
    return found


def holding(root: Path, told: Any = ()) -> list[str]:
    return [*known(root, told).still(EVERY)]


def without(*pieces: str) -> list[str]:
    return [piece for piece in EVERY if piece not in pieces]


Change = tuple[str, str | None]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ((PETS, "id: pest\n"), without("ash")),
        ((PETS, None), without("ash")),
        ((PETS, FILES[PETS]), EVERY),
        (("schools/ash/policies/new.yaml", "id: new\n"), without("ash")),
        (("schools/ash/rota.txt", "Tuesday"), EVERY),
        (("schools/beech/school.yaml", "name: Birch\n"), without("beech")),
        (("charterkit.yaml", "charter: other\n"), []),
        (("charterkit.yaml", None), []),
        (("charterkit.yml", "charter: other\n"), []),
        (("charters/small.yaml", "id: other\n"), []),
        (("charters/new.yaml", "id: new\n"), []),
        (("packs/own.yaml", "id: other\n"), []),
        (("schools/loose.yaml", "name: other\n"), []),
        (("schools/elm/school.yaml", "name: Elm\n"), []),
        (("notes.txt", "x"), EVERY),
    ],
)
def test_what_has_changed_does_not_hold_and_the_rest_does(root: Path, change: Change, left: list[str]) -> None:
    keep(root)
    put(root, *change)
    assert holding(root) == left
    assert holding(root) == left


def test_what_else_it_depends_on(root: Path) -> None:
    assert holding(root) == []
    keep(root)
    assert holding(root) == EVERY
    assert holding(root, "another day") == []
    assert [*Known(root, cache_of(root), "other work", ()).still(EVERY)] == []
    assert [*Known(root, None, "work", ()).still(EVERY)] == []
    assert [*Known(root, Cache(root.parent / "cache", root, "the next"), "work", ()).still(EVERY)] == []
    assert known(root).still(["ash", "nobody"]).keys() == {"ash"}


def test_a_stamp_that_proves_nothing_is_no_proof_and_a_new_one_is_learnt(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(root)
    put(root, PETS, FILES[PETS])
    held = known(root).still(["ash"])["ash"]
    assert held.files[PETS][0] == stamp(root / PETS, sys.maxsize), "it need not be read the next time"
    monkeypatch.setattr(disk, "_TICK", 10**18)  # every file is young
    assert holding(root) == EVERY
    (root / PETS).write_text("id: pest\n", encoding="utf-8")
    assert holding(root) == without("ash")


QUESTIONS: dict[str, tuple[Callable[[Path], Answers], Change, Change]] = {
    "another's file": (
        lambda root: {(CONTENT, PETS, "", ""): digest((root / PETS).read_bytes())},
        ("schools/ash/policies/art.yaml", "id: arts\n"),
        (PETS, "id: pest\n"),
    ),
    "another's own file": (
        lambda root: {
            (CONTENT, "schools/cedar/school.yaml", "", ""): digest((root / "schools/cedar/school.yaml").read_bytes())
        },
        ("schools/ash/school.yaml", "name: Ashes\ntrust: north\n"),
        ("schools/cedar/school.yaml", "name: Cedars\n"),
    ),
    "a file that is not there": (
        lambda _: {(CONTENT, "schools/cedar/policies/new.yaml", "", ""): ""},
        ("schools/ash/policies/newer.yaml", "x"),
        ("schools/cedar/policies/new.yaml", "x"),
    ),
    "another's folder": (
        lambda _: {(NAMES, "schools/ash/policies", "", ""): ["schools/ash/policies/art.yaml", PETS]},
        (PETS, "id: pest\n"),
        ("schools/ash/policies/new.yaml", "id: new\n"),
    ),
    "a trust's members": (
        lambda _: {(MEMBERS, "north", "", ""): ["cedar", "ash"]},
        ("schools/north/school.yaml", "name: North Star\nkind: trust\nmembers: [cedar]\n"),
        ("schools/ash/school.yaml", "name: Ash\n"),
    ),
    "who has no members": (
        lambda _: {(MEMBERS, "cedar", "", ""): []},
        ("schools/ash/school.yaml", "name: Ash\n"),
        ("schools/ash/school.yaml", "name: Ash\ntrust: cedar\n"),
    ),
    "who is above": (
        lambda _: {(ABOVE, "cedar", "", ""): ["north"], (ABOVE, "beech", "", ""): []},
        ("schools/ash/school.yaml", "name: Ash\n"),
        ("schools/north/school.yaml", "name: North\nkind: trust\nmembers: [ash]\n"),
    ),
    "the trust that one names": (
        lambda _: {(TRUST, "ash", "", ""): "north"},
        ("schools/ash/school.yaml", "name: Ashes\ntrust: north\n"),
        ("schools/ash/school.yaml", "name: Ash\ntrust: cedar\n"),
    ),
    "who gives a number": (
        lambda _: {(GIVERS, "s-1", "", ""): ["ash"], (GIVERS, "s-2", "", ""): []},
        ("schools/ash/certificates/S-3.json", "{}"),
        ("schools/cedar/certificates/s-2.json", "{}"),
    ),
    "every school": (
        lambda root: {
            EVERY_SCHOOL: schools_digest(
                (slug, digest((root / f"schools/{slug}/school.yaml").read_bytes())) for slug in SLUGS
            )
        },
        (PETS, "id: pest\n"),
        ("schools/cedar/school.yaml", "name: Cedars\n"),
    ),
    "whether something lies there": (
        lambda _: {("lies", "schools/beech", "", "rota.txt"): "missing"},
        ("schools/beech/other.txt", "x"),
        ("schools/beech/rota.txt", "x"),
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("has_sheaves", [False, True])
def test_an_answer_about_others_holds_as_long_as_it_would_be_given_again(
    root: Path, name: str, has_sheaves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheaves, "SHEAF", 2)
    asked, idle, telling = QUESTIONS[name]
    keep(root, asked(root), has_sheaves=has_sheaves)
    assert holding(root) == EVERY
    for change in (idle, telling):
        put(root, *change)
        holds = change == idle
        found = known(root, has_sheaves=has_sheaves)
        assert ("beech" in found.still(EVERY) or "0" in found.sheaves.known) is holds


def test_what_was_otherwise_meanwhile_is_not_kept(root: Path) -> None:
    found = known(root)
    read = read_as_it_is(found, "ash")
    row = found.row("ash", read, {("members", "north", "", ""): ("cedar",)}, "body")
    assert row is not None
    assert (row.ties, row.asked) == (Ties("north"), {("members", "north", "", ""): ["cedar"]})
    assert (row.body, row.files[PETS]) == (digest(b"body"), read[PETS])
    empty = found.row("ash", read, {}, "")
    assert empty is not None
    assert empty.body == ""
    when, text = read[PETS]
    later = found.row("ash", {**read, PETS: ("another stamp", text)}, {}, "")
    assert later is not None
    assert later.files[PETS] == (None, text), "the worker has seen the disk later than we have"
    for other in (
        {**read, PETS: (when, None)},
        {**read, PETS: (when, "")},
        {path: seen for path, seen in read.items() if path != PETS},
        {**read, "schools/ash/policies/new.yaml": (when, text)},
        {**read, "schools/ash/school.yaml": (read["schools/ash/school.yaml"][0], "another digest")},
    ):
        assert found.row("ash", other, {}, "") is None
    put(root, "charterkit.yaml", "charter: other\n")
    found.keep({"ash": (row, "body")})
    assert cache_of(root).rows("work") == {}, "what all share has changed meanwhile"


def test_what_was_found_comes_back_and_who_is_gone_goes(root: Path) -> None:
    keep(root)
    found = known(root)
    assert found.bodies(found.still(EVERY)) == {piece: piece for piece in EVERY}
    assert Known(root, None, "work", ()).bodies(found.still(EVERY)) == {}
    Known(root, None, "work", ()).tidy()
    for path in [*(root / "schools/cedar").iterdir()]:
        path.unlink()
    (root / "schools/cedar").rmdir()
    known(root).tidy()
    assert {*cache_of(root).names("work")} == {*EVERY} - {"cedar"}


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right there")
def test_what_cannot_be_read_is_never_known(root: Path) -> None:
    keep(root)
    (root / "schools/beech/school.yaml").unlink()
    (root / "schools/beech/school.yaml").symlink_to(root / "notes.txt")
    assert holding(root) == without("beech")
    found = known(root)
    assert found.row("beech", {"schools/beech/school.yaml": (None, None)}, {}, "") is None
    (root / "charters/other.yaml").symlink_to(root / "notes.txt")
    assert holding(root) == []
    assert found.row("ash", read_as_it_is(found, "ash"), {}, "") is not None
    found.keep({"ash": (found.rows["ash"], "")})
    assert holding(root) == []


# -- many as one


def test_what_has_not_changed_is_known_as_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheaves, "SHEAF", 2)
    keep(root, has_sheaves=True)
    found = known(root, has_sheaves=True)
    assert found.sheaves.pieces == {"0": ["ash", "beech"], "2": ["cedar", "north"]}
    assert found.sheaves.loose() == []
    assert {*found.rows} == {SHARED}, "no row of a school is read"
    assert found.sheaves.name_of == {"ash": "0", "beech": "0", "cedar": "2", "north": "2"}
    marks = {name: sheaf.mark for name, sheaf in found.sheaves.known.items()}
    assert found.sheaves.known["2"].ties == {"north": Ties("", ("cedar",))}
    assert found.belonging.members == {"north": ("cedar", "ash")}
    put(root, PETS, "id: pest\n")
    other = known(root, has_sheaves=True)
    assert (other.sheaves.loose(), {*other.rows}) == (["ash", "beech"], {SHARED, "ash", "beech"})
    assert {name: sheaf.mark for name, sheaf in other.sheaves.known.items()} == {"2": marks["2"]}
    put(root, "charters/small.yaml", "id: other\n")
    assert known(root, has_sheaves=True).sheaves.loose() == SLUGS
    assert Known(root, None, "work", (), has_sheaves=True).sheaves.name_of == {}


def test_what_is_told_of_many_is_made_once_as_long_as_they_are_as_they_were(root: Path) -> None:
    keep(root, has_sheaves=True)
    calls: list[str] = []

    def made(what: str) -> dict[str, int]:
        calls.append(what)
        return {"sum": len(calls)}

    def once(what: str) -> Any:
        found = known(root, has_sheaves=True)
        told = found.sheaves.once("0", what, lambda: made(what))
        found.keep_sheaves()
        return told

    assert [once("a"), once("a"), once("b"), once("a")] == [{"sum": 1}, {"sum": 1}, {"sum": 2}, {"sum": 1}]
    assert calls == ["a", "b"]
    put(root, PETS, "id: pest\n")
    assert "0" not in known(root, has_sheaves=True).sheaves.known
    keep(root, has_sheaves=True)
    assert once("a") == {"sum": 3}
    for number in range(6):
        once(f"new {number}")
    assert once("a") == {"sum": 3}
    for number in (6, 7):
        once(f"new {number}")
    assert (once("new 7"), len(calls)) == ({"sum": 11}, 11)
    assert once("a") == {"sum": 12}, "of very many the last are kept"


def test_a_sheaf_is_bound_of_all_of_its_schools_or_not_at_all(root: Path) -> None:
    found = known(root, has_sheaves=True)
    rows = {piece: found.row(piece, read_as_it_is(found, piece), {}, piece) for piece in EVERY}
    whole = {piece: row for piece, row in rows.items() if row}
    read = read_as_it_is(found, "ash")
    unsure = found.row("ash", {**read, PETS: ("another stamp", read[PETS][1])}, {}, "")
    assert unsure
    said = {piece: found.row(piece, read_as_it_is(found, piece), {(TRUST, "x", "", ""): piece}, "") for piece in SLUGS}
    torn = {piece: row for piece, row in said.items() if row}
    for other in ({piece: row for piece, row in whole.items() if piece != "cedar"}, {**whole, "ash": unsure}, torn):
        found.bind("0", other)
        assert (found.sheaves.known, found.sheaves.has_news) == ({}, False)
    found.bind("0", whole)
    assert (found.sheaves.has_news, found.sheaves.loose()) == (True, [])
    put(root, "charterkit.yaml", "charter: other\n")
    found.keep_sheaves()
    put(root, "charterkit.yaml", FILES["charterkit.yaml"])
    assert known(root, has_sheaves=True).sheaves.known == {}, "it was made of what nobody knows"
