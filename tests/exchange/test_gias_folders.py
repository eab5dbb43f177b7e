"""What of a workspace an import of the register goes by: whose folder is whose, what is remembered, what is written."""

import os
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.exchange.gias.files import files_of
from charterkit.exchange.gias.folders import FoundFolder, folders_of
from charterkit.exchange.gias.memory import PATH, GiasMemory, recalled
from charterkit.files.together import NewFile, Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change

from .gias_made import academy, school
from .test_gias_plan import LIGHT, Scene, here, read, shut

FILES = {
    "elm": 'name: Elm, the School\nurn: "100001"\nformer_urns: ["100000", "100002"]\ndfe_number: 888/4042\n',
    "elm-2": 'name: Elm, the School\nurn: "100001"\nmembers: []\n',
    "oak": "name: Oak’s School\ndfe_number: 888/4043\ntrust: light\n",
    "half": 'name: Half\nurn: "100003"\nnation: nowhere\n# 12345 1234567\n',
    "nameless": "name: null\nphase: primary\n",
    "spoilt": "name: [\nurn: 100004\n",
    "empty": "",
    "light": 'name: Light Trust\nkind: trust\ngroup_uid: "2053"\nmembers: [half]\n',
    "dark": "name: Dark Trust\nkind: trust\n",
    "kent": "name: Kent\nkind: local-authority\nmembers: [elm, half]\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for slug, text in FILES.items():
        (tmp_path / "schools" / slug).mkdir(parents=True)
        (tmp_path / "schools" / slug / "school.yaml").write_text(text, encoding="utf-8")
    for path in ("bare", "left", "filled/evaluations"):
        (tmp_path / "schools" / path).mkdir(parents=True)
    for path in ("left/.school.yaml.k3v.tmp", "filled/a.txt", "Notes.txt"):
        (tmp_path / "schools" / path).write_text("", encoding="utf-8")
    return tmp_path


def slugs(found: dict[str, list[FoundFolder]]) -> dict[str, list[str]]:
    return {number: [each.slug for each in folders] for number, folders in found.items() if folders}


def test_each_is_known_by_what_its_file_says(root: Path) -> None:
    found = folders_of(Workspace(root))
    assert slugs(found.by_urn) == {"100001": ["elm", "elm-2"], "100003": ["half"]}
    assert slugs(found.by_former) == {"100000": ["elm"], "100002": ["elm"]}
    assert slugs(found.by_dfe) == {"888/4042": ["elm"], "888/4043": ["oak"]}
    assert slugs(found.unnumbered) == {"oaks school": ["oak"]}
    assert slugs(found.by_group) == {"2053": ["light"]}
    assert slugs(found.numbered) == {"light trust": ["light"]}
    assert slugs(found.trusts) == {"dark trust": ["dark"]}
    assert {*found.by_slug} == {*FILES} - {"spoilt", "empty"}
    assert found.by_slug["elm"].held == {
        "name": "Elm, the School",
        "kind": "school",
        "urn": "100001",
        "dfe_number": "888/4042",
    }
    assert found.by_slug["elm-2"].held == {"name": "Elm, the School", "kind": "school", "urn": "100001"}


def test_what_does_not_tell_which_school_it_is_keeps_its_name_and_its_numbers(root: Path) -> None:
    found = folders_of(Workspace(root))
    assert {path.partition("/")[2] for path in found.broken} == {
        f"{slug}/school.yaml" for slug in ("half", "nameless", "spoilt", "empty", "filled")
    }
    assert found.unread == {
        "100003": "schools/half/school.yaml",
        "12345": "schools/half/school.yaml",
        "100004": "schools/spoilt/school.yaml",
    }
    assert found.hidden == {
        "spoilt": "schools/spoilt/school.yaml",
        "filled": "schools/filled/school.yaml",
        "notes.txt": "schools/Notes.txt",
    }
    assert found.taken == {*FILES, "filled", "notes.txt"}
    assert found.hidden_at(["elm", "filled", "spoilt"]) == "schools/filled/school.yaml"
    assert found.hidden_at(["elm"]) == ""
    assert folders_of(Workspace(root / "nowhere")).taken == set()


@pytest.mark.skipif(os.name == "nt", reason="links take a right there")
def test_a_link_among_the_folders_has_its_name_and_is_never_a_left_over(root: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (root / "schools/linked").symlink_to(away)
    found = folders_of(Workspace(root))
    assert "linked" in found.taken
    assert "linked" in found.hidden


def test_whose_trust_a_school_is_in(root: Path) -> None:
    found = folders_of(Workspace(root))
    whose = {slug: found.trust_of(found.by_slug[slug]) for slug in ("oak", "half", "elm", "dark")}
    assert whose == {"oak": "light", "half": "light", "elm": "", "dark": ""}, "an authority is no trust"


# -- what was said the last time


def kept(root: Path, data: bytes) -> GiasMemory:
    (root / PATH).parent.mkdir(exist_ok=True)
    (root / PATH).write_bytes(data)
    return recalled(root)


def test_what_the_register_said_comes_back_and_goes_on(tmp_path: Path) -> None:
    none = recalled(tmp_path)
    assert (none, none.file({})) == (GiasMemory(), None)
    made = none.file({"urn 2": {"phase": "primary", "name": "Zoë", "row": "7"}, "urn 1": {}})
    line = '{"id": "urn 1"}\n{"id": "urn 2", "name": "Zoë", "phase": "primary"}\n'.encode()
    assert made == NewFile(PATH, line, "What the register said")
    memory = kept(tmp_path, line)
    assert (memory.said, memory.strange) == ({"urn 1": {}, "urn 2": {"name": "Zoë", "phase": "primary"}}, 0)
    assert memory.file({}) is memory.file({"urn 2": {"name": "Zoë"}}) is None
    changed = memory.file({"urn 2": {"phase": "secondary"}, "urn 3": {"name": "\udc80"}}, frozenset({"urn 1"}))
    after = '{"id": "urn 2", "name": "Zoë", "phase": "secondary"}\n{"id": "urn 3", "name": "?"}\n'.encode()
    assert changed == Rewrite(PATH, line, after, "What the register said")
    assert kept(tmp_path, b"").file({}) is None
    assert kept(tmp_path, b"\n").file({}) == Rewrite(PATH, b"\n", b"", "What the register said")


def test_lines_that_nobody_can_read_are_counted_and_the_others_are_read(tmp_path: Path) -> None:
    odd = [b"nonsense", b"[1]", b'{"id": 7}', b'{"name": "A"}', b"[" * 100_000, b"\xff"]
    good = b'{"id": "urn 1", "name": "A", "phase": 7, "row": "x"}'
    memory = kept(tmp_path, b"\n".join([*odd, b"", b"  \r", good]))
    assert (memory.strange, memory.said) == (len(odd), {"urn 1": {"name": "A"}})


@pytest.mark.skipif(os.name == "nt", reason="links take a right there")
def test_what_is_remembered_lies_in_the_workspace(tmp_path: Path) -> None:
    root, away = tmp_path / "ours", tmp_path / "away"
    for folder in (root, away):
        folder.mkdir()
    (root / ".charterkit").write_text("a file", encoding="utf-8")
    assert recalled(root) == GiasMemory()
    (root / ".charterkit").unlink()
    (root / ".charterkit").symlink_to(away)
    with pytest.raises(CharterkitError) as refused:
        recalled(root)
    assert refused.value.code == "leads-out"
    (root / ".charterkit").unlink()
    (root / PATH).mkdir(parents=True)
    with pytest.raises(CharterkitError):
        recalled(root)


# -- what is written


def test_each_file_is_made_or_changed_and_what_was_said_goes_under_the_new_number(tmp_path: Path) -> None:
    scene = Scene(
        {"a": here("A", "100001"), "b": here("B", "100002"), "c": here("C", "100003")},
        [shut(100001, "A"), school(200001, "A"), school(100002, "B"), academy(100004, "D", *LIGHT), shut(100003, "C")],
        [(100001, 200001, "Successor")],
        memory='{"id": "urn 100001", "ukprn": "7"}\n',
    )
    found = read(tmp_path, scene)
    (tmp_path / ".charterkit/schemas").mkdir()
    (tmp_path / ".charterkit/schemas/school.json").write_text("{}", encoding="utf-8")
    made = {file.path: file for file in files_of(found.plans, Workspace(tmp_path), found.memory)}
    assert {path: (type(file), file.said) for path, file in made.items()} == {
        "schools/light-trust/school.yaml": (NewFile, "LIGHT TRUST, taken in from GIAS"),
        "schools/a/school.yaml": (Rewrite, "A, changed from GIAS"),
        "schools/d/school.yaml": (NewFile, "D, taken in from GIAS"),
        PATH: (Rewrite, "What the register said"),
    }
    assert b'urn: "200001"\n' in made["schools/a/school.yaml"].after
    line = b"# yaml-language-server: $schema=../../.charterkit/schemas/school.json\nname: D\n"
    assert made["schools/d/school.yaml"].after.startswith(line)
    assert b"trust: light-trust\n" in made["schools/d/school.yaml"].after
    remembered = made[PATH].after.decode().splitlines()
    assert [line.split('"')[3] for line in remembered] == ["group 2053", "urn 100002", "urn 100004", "urn 200001"]
    assert '"ukprn": "7"' in remembered[-1]
    assert '"trust": "light-trust"' in remembered[2]


def test_what_check_would_have_something_against_is_not_written(tmp_path: Path) -> None:
    found = read(
        tmp_path, Scene({"a": here("A", "100001")}, [school(100001, "A", ukprn="12345678"), school(100002, "B")])
    )
    new, changed = (next(plan for plan in found.plans.plans if plan.slug == slug) for slug in ("b", "a"))
    new.facts = {**(new.facts or {}), "phase": "nowhere"}
    with pytest.raises(CharterkitError) as refused:
        files_of(found.plans, Workspace(tmp_path), found.memory)
    assert (refused.value.code, refused.value.facts["path"]) == ("gias-unfit", "schools/b/school.yaml")
    new.facts = None
    right, changed.changes = changed.changes, [Change(("phase",), "nowhere")]
    with pytest.raises(CharterkitError) as refused:
        files_of(found.plans, Workspace(tmp_path), found.memory)
    assert (refused.value.code, refused.value.facts["path"]) == ("gias-unfit", "schools/a/school.yaml")
    changed.changes = right
    path = tmp_path / "schools/a/school.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "nation: nowhere\n", encoding="utf-8")
    again = read_again(tmp_path)
    assert [file.path for file in again] == ["schools/a/school.yaml", PATH], "a mistake that was there is no new one"


def read_again(root: Path) -> list[NewFile | Rewrite]:
    from charterkit.exchange.gias.read import GiasWishes, read_gias

    workspace = Workspace(root)
    found = read_gias(root / "e.csv", None, GiasWishes(), workspace)
    found.plans.plans = [plan for plan in found.plans.plans if plan.slug == "a"]
    return files_of(found.plans, workspace, found.memory)
