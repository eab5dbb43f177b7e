"""What people's slips come to: copies, names that Notepad makes, capitals, misspelt levels, a tab or a colon in a file.

Never another rating than the file gives, never a document of the wrong file, and what is wrong said in one place.
"""

from pathlib import Path

import pytest

from .conftest import Caller

CHARTER = """\
id: small
version: "1"
title: A small charter
status: published
scale:
  - {id: none, label: Not yet}
  - {id: some, label: In part}
  - {id: full, label: Fully in place}
key_points:
  - id: early
    title: Early years
    aspects:
      - {id: settle, text: Children settle quickly}
      - {id: worker, text: Parents know the key worker}
      - {id: garden, text: The nursery garden is used}
"""
HEAD = 'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-11-11\nstatus: agreed\n'
RATED = (
    HEAD + "ratings:\n  settle:\n    rating: full\n    note: seen\n  worker: {rating: some}\n  garden: {rating: full}\n"
)
OTHER = RATED.replace("full", "none")
EVALUATIONS = "schools/elm/evaluations"
HERE = f"{EVALUATIONS}/2025-26.yaml"
COPIES = (
    "2025-26 - Copy", "2025-26 (1)", "2025-26-LAPTOP7", "2025-26.conflict", "Copy of 2025-26", "2025-26~", "2025-26 2",
    "2025-26 copy", "2025-26.sync-conflict-20261128-101112-ABCDEFG", "2025-26 (Jo's conflicted copy 2026-11-28)",
)  # fmt: skip


PUBLIC: tuple[tuple[str, ...], ...] = (("report", "elm", "--audience", "public", "-o", "out.md"), ("site", "-o", "out"))


@pytest.fixture
def elm(tmp_path: Path) -> Path:
    """A made-up school with one self-evaluation."""
    write(tmp_path, "charterkit.yaml", "organisation: Cases\n")
    write(tmp_path, "charters/small.yaml", CHARTER)
    write(tmp_path, "schools/elm/school.yaml", "name: Elm Tree School (made up)\n")
    write(tmp_path, HERE, RATED)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_copies_give_way_and_nothing_is_published_beside_them(elm: Path, said: Caller) -> None:
    before = said("report", "elm", cwd=elm).out
    for name in COPIES:
        write(elm, f"{EVALUATIONS}/{name}.yaml", OTHER)
    found = said("report", "elm", cwd=elm)
    assert found.out == before
    assert found.err.count(f"{HERE} is used") == 1
    assert all(f"{name}.yaml" in found.err for name in COPIES)
    for call in PUBLIC:
        refused = said(*call, cwd=elm)
        assert refused.code == 2
        assert "Nothing is published until one file is left" in refused.err
        assert not list(elm.glob("out*"))
    checked = said("check", "--format", "concise", cwd=elm)
    assert checked.out.count(f"CK306 this is a copy of {HERE}") == len(COPIES)
    assert said("remind", "elm", cwd=elm).err.count("is used") == 1
    assert said("evaluate", "elm", "--cycle", "2025-26", "--set", "worker=full", cwd=elm).code == 0
    assert (elm / HERE).read_text(encoding="utf-8") == RATED.replace("some", "full")


def test_a_copy_is_never_shown_in_place_of_the_file_that_cannot_be_read(elm: Path, said: Caller) -> None:
    write(elm, HERE, "charter: [small\n")
    write(elm, f"{EVALUATIONS}/2025-26 (1).yaml", OTHER)
    found = said("report", "elm", cwd=elm)
    assert found.code == 2
    assert f"{HERE} cannot be used: line 1" in found.err
    assert "no self-evaluation" not in found.err


def test_two_files_with_names_of_their_own(elm: Path, said: Caller) -> None:
    write(elm, f"{EVALUATIONS}/a-second-one.yaml", OTHER)
    assert f"{HERE} is used; a-second-one.yaml beside it is about the same" in said("report", "elm", cwd=elm).err
    assert "Join the two" in said("evaluate", "elm", "--cycle", "2025-26", "--set", "worker=full", cwd=elm).err


def test_copies_of_a_policy_and_a_charter(elm: Path, said: Caller) -> None:
    policy = "id: behaviour\ntitle: Behaviour\nstatus: live\nnext_review: 2027-01\n"
    write(elm, "schools/elm/policies/behaviour.yaml", policy)
    write(elm, "schools/elm/policies/behaviour - Copy.yaml", policy.replace("2027", "2020"))
    write(elm, "charters/small (1).yaml", CHARTER.replace("Children settle quickly", "Another sentence"))
    listed = said("policies", "elm", "--format", "markdown", cwd=elm)
    assert "January 2027" in listed.out
    assert "January 2020" not in listed.out
    assert "behaviour - Copy.yaml beside it is a copy" in listed.err
    report = said("report", "elm", cwd=elm)
    assert "Another sentence" not in report.out
    assert "charters/small.yaml is used" in report.err
    codes = said("check", "--format", "concise", cwd=elm).out
    assert "CK319 this is a copy of schools/elm/policies/behaviour.yaml" in codes
    assert "charters/small (1).yaml:2:10: CK307" in codes


def test_copies_of_a_visit_a_survey_and_a_translation(elm: Path, said: Caller) -> None:
    title = 'charter: small\nversion: "1"\nlanguage: cy\nstatus: checked\ntitle: {text: %s, source: A small charter}\n'
    visit = "date: 2026-03-12\ncharter: small\npurpose: certification\n"
    survey = "title: Parents\ndate: 2026-06\naudience: parents\n"
    shows = {
        "schools/elm/visits/2026-03-12": (visit, visit, ("visits", "elm"), PUBLIC[0]),
        "schools/elm/surveys/parents": (survey, survey, ("survey", "show", "parents", "--school", "elm"), PUBLIC[1]),
        "charters/small.cy": (title % "Siarter fach", title % "Anghywir", ("render-poster", "--lang", "cy"), ()),
    }
    for stem, (real, copy, shown, public) in shows.items():
        write(elm, f"{stem}.yaml", real)
        write(elm, f"{stem} (1).yaml", copy)
        named = f"{stem}.yaml is used; {stem.rsplit('/', 1)[-1]} (1).yaml beside it is a copy"
        found = said(*shown, cwd=elm)
        assert (named in found.err, "Anghywir" in found.out) == (True, False), found.err
        refused = said(*public, cwd=elm) if public else None
        assert refused is None or (refused.code == 2 and named in refused.err), refused
        assert f"{stem} (1).yaml:" in said("check", "--format", "concise", cwd=elm).out
        (elm / f"{stem} (1).yaml").unlink()


def test_a_name_that_is_not_read_beside_the_right_one_is_a_copy(elm: Path, said: Caller) -> None:
    for name, right in (("schools/elm/school (1).yaml", "schools/elm/school.yaml"), (f"{HERE}.txt", HERE)):
        write(elm, name, "name: Another school\n")
        found = said("check", "--format", "concise", cwd=elm).out
        assert f"{name}:1:1: CK114 this is a copy of {right} and is not read" in found


@pytest.mark.parametrize(
    "name", ["2025-26.yaml.txt", "2025-26.YAML", "2025-26.yam", "2025-26", "2025-26.txt", "2025-26.yaml.bak"]
)
def test_a_name_that_is_not_read_is_named_and_nothing_is_begun_beside_it(name: str, elm: Path, said: Caller) -> None:
    (elm / HERE).rename(elm / EVALUATIONS / name)
    for call in (("report", "elm"), ("compare", "elm"), ("evaluate", "elm", "--set", "worker=full")):
        found = said(*call, cwd=elm)
        assert found.code == 2
        assert f"{EVALUATIONS}/{name} is not read" in found.err
        assert "ame it 2025-26.yaml" in found.err
        assert "no self-evaluation" not in found.err
    assert [path.name for path in (elm / EVALUATIONS).iterdir()] == [name]
    assert f"{EVALUATIONS}/{name}:1:1: CK11" in said("check", "--format", "concise", cwd=elm).out
    other = said("evaluate", "elm", "--cycle", "2026-27", "--set", "worker=full", cwd=elm)
    assert other.code == 0


def test_of_several_charters_that_a_school_is_rated_on_one_has_to_be_named(elm: Path, said: Caller) -> None:
    write(elm, "charterkit.yaml", "charter: community-engagement\n")
    write(elm, "charters/other.yaml", CHARTER.replace("id: small", "id: other"))
    write(elm, f"{EVALUATIONS}/other-2025-26.yaml", RATED.replace("charter: small", "charter: other"))
    found = said("report", "elm", cwd=elm)
    assert (found.code, "For example: charterkit report elm --charter other" in found.err) == (2, True), found.err


def test_whatever_cannot_be_read_is_said_by_every_command_that_uses_the_file(elm: Path, said: Caller) -> None:
    write(elm, HERE, RATED.replace("{rating: some}", "{rating: soem}"))
    sentence = "soem' is not a level of this charter"
    rating = ["evaluate", "--cycle", "2025-26", "--set", "garden=full"]
    for call in ([], ["remind"], ["actions"], ["ready"], ["report"], rating):
        assert said(*call, *(["elm"] if call else []), cwd=elm).err.count(sentence) == 1, call
    write(elm, f"{HERE}.txt", (elm / HERE).read_text(encoding="utf-8"))
    (elm / HERE).unlink()
    alone = said(cwd=elm)
    assert "its self-evaluation cannot be read" in alone.out
    assert f"{HERE}.txt is not read: name it 2025-26.yaml." in alone.err


def test_capitals_and_labels_are_taken_as_meant_and_fix_writes_them_small(elm: Path, said: Caller) -> None:
    before = said("report", "elm", cwd=elm).out
    written = (
        RATED.replace("rating: full", "rating: Fully in place", 1).replace("some", "Some").replace("agreed", "Agreed")
    )
    write(elm, HERE, written)
    found = said("report", "elm", "--audience", "leaders", cwd=elm)
    assert (found.out, found.err) == (before, "")
    assert said("report", "elm", "--audience", "public", cwd=elm).code == 0
    checked = said("check", "--format", "concise", cwd=elm)
    assert checked.code == 0
    assert [line.partition("CK218 ")[2] for line in checked.out.splitlines() if "CK218" in line] == [
        "'Agreed' is taken for agreed",
        "settle: 'Fully in place' is taken for full",
        "worker: 'Some' is taken for some",
    ]
    said("check", "--fix", cwd=elm)
    assert (elm / HERE).read_text(encoding="utf-8") == RATED


def test_a_misspelt_level_is_said_with_its_line_and_not_published(elm: Path, said: Caller) -> None:
    write(elm, HERE, RATED.replace("rating: some", "rating: sme"))
    write(elm, f"{EVALUATIONS}/2024-25.yaml", RATED.replace("2025", "2024").replace("2024-26", "2024-25"))
    place = f"{HERE} is not read whole: line 10, column 20: worker: 'sme' is not a level"
    uses: tuple[tuple[str, ...], ...] = (
        ("report", "elm"),
        ("compare", "elm"),
        ("render-form", "small", "--school", "elm"),
    )
    for call in uses:
        found = said(*call, cwd=elm)
        assert (found.code, place in found.err, "Did you mean some?" in found.err) == (0, True, True), call
    for call in PUBLIC:
        refused = said(*call, cwd=elm)
        assert refused.code == 2
        assert f"{HERE}, line 10, column 20" in refused.err
        assert not list(elm.glob("out*"))


@pytest.mark.parametrize(
    ("slip", "line", "lost"),
    [
        (("  worker:", "\tworker:"), 10, "Parents know the key worker"),
        (("note: seen", "note: seen: twice"), 9, "Children settle quickly"),
        (("  garden: {", "   garden: {"), 11, "The nursery garden is used"),
    ],
)
def test_a_tab_or_a_colon_costs_its_entry(slip: tuple[str, str], line: int, lost: str, elm: Path, said: Caller) -> None:
    written = RATED.replace(*slip)
    write(elm, HERE, written)
    found = said("report", "elm", cwd=elm)
    assert found.code == 0
    assert f"{HERE} is not read whole: line {line}, column" in found.err
    assert "no self-evaluation" not in found.err
    assert f"- {lost} **? Unreadable**" in found.out
    assert found.out.count("? Unreadable**") == 1
    assert said("report", "elm", "--audience", "public", cwd=elm).code == 2
    assert said("remind", "elm", cwd=elm).err.count(f"line {line}, column") == 1
    keys = {
        "Parents know the key worker": "worker",
        "Children settle quickly": "settle",
        "The nursery garden is used": "garden",
    }
    refused = said("evaluate", "elm", "--cycle", "2025-26", "--set", f"{keys.pop(lost)}=none", cwd=elm)
    assert refused.code == 2
    assert (elm / HERE).read_text(encoding="utf-8") == written
    other = keys.popitem()[1]
    assert said("evaluate", "elm", "--cycle", "2025-26", "--set", f"{other}=none", cwd=elm).code == 0
    assert (elm / HERE).read_text(encoding="utf-8").count("none") == 1


def test_where_a_slip_may_reach_further_only_the_line_is_said(elm: Path, said: Caller) -> None:
    write(elm, HERE, RATED.replace("note: seen", 'note: "seen'))
    found = said("report", "elm", cwd=elm)
    assert found.code == 2
    assert found.err.splitlines() == [
        f"{HERE} cannot be used: line 9, column 11: quotes are opened and never closed. Close the quotes.",
        "Mend that first: 'charterkit check' shows all there is.",
    ]


def test_a_schools_own_file_that_cannot_be_read_is_said_by_what_bears_its_name(elm: Path, said: Caller) -> None:
    write(elm, HERE, RATED)
    write(elm, "schools/elm/school.yaml", "name: [Elm\nphase: primary\n")
    for words in (
        ("report", "elm"),
        ("compare", "elm", "--all"),
        ("ready", "elm"),
        ("report", "--every", "-o", "out/{school}.md"),
    ):
        found = said(*words, cwd=elm)
        assert found.err.count("schools/elm/school.yaml is not read whole: line ") == 1, (words, found.err)


@pytest.mark.parametrize(
    ("words", "out"),
    [
        (("show", "staff code of conduct"), "Staff code of conduct policy\n"),
        (("show", "Staff", "Code", "of", "Conduct", "Policy", "elm"), "Staff code of conduct policy\n"),
        (("review", "Staff", "Code", "of", "Conduct", "elm", "tree"), "Staff code of conduct policy: reviewed"),
        (("show", "Lost", "Property"), "There is no policy 'Lost Property'.\nThere is: conduct."),
        (("show", "conduct", "tere"), "There is no school 'tere'.\nDid you mean elm?"),
        (
            ("undo", "Staff", "Code", "of", "Conduct", "elm"),
            "nothing to take back in schools/elm/policies/conduct.yaml.",
        ),
        (("adopt", "staff code of conduct", "elm"), "is approved: charterkit policy approve conduct\n"),
    ],
)
def test_a_policy_is_called_by_its_title_with_or_without_quotes(
    words: tuple[str, ...], out: str, elm: Path, said: Caller
) -> None:
    write(elm, "schools/elm/policies/conduct.yaml", "id: conduct\ntitle: Staff code of conduct policy\nstatus: live\n")
    found = said("policy", *words, cwd=elm)
    assert out in found.out + found.err


@pytest.mark.parametrize("words", [("show", "Conduct"), ("review", "conduct policy"), ("adopt", "Conduct", "elm")])
def test_a_title_of_several_policies_names_their_ids(words: tuple[str, ...], elm: Path, said: Caller) -> None:
    where = "fir" if words[0] == "adopt" else "elm"
    if where == "fir":
        write(elm, "schools/fir/school.yaml", "name: Fir Trust\nkind: trust\nmembers: [elm]\n")
    for name, title in (("pupils", "Conduct"), ("staff", "Conduct policy")):
        write(elm, f"schools/{where}/policies/{name}.yaml", f"id: {name}\ntitle: {title}\nstatus: live\n")
    found = said("policy", *words, cwd=elm)
    assert found.code == 2, found
    assert "Several policies are called '" in found.err
    assert "Write the id of the one that you mean: pupils or staff." in found.err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("report", "elm", "2025/26"), "charterkit report elm --cycle=2025-26"),
        (("report", "elm", "--format", "Word"), "charterkit report elm --format docx"),
        (("policy", "aprove", "conduct"), "charterkit policy approve conduct"),
        (("version",), "charterkit --version"),
        (("agenda", "Resources", "comittee", "elm"), 'charterkit agenda "Resources committee" elm'),
    ],
)
def test_what_is_meant_by_a_slip_is_said_as_the_whole_command(
    words: tuple[str, ...], meant: str, elm: Path, said: Caller
) -> None:
    policy = "id: conduct\ntitle: Conduct\nstatus: live\napprover: {body: committee, name: Resources committee}\n"
    write(elm, "schools/elm/policies/conduct.yaml", policy)
    found = said(*words, cwd=elm)
    assert (found.code, f"Write: {meant}\n" in found.err) == (2, True), found.err


def test_a_list_of_no_school_says_how_the_first_one_is_added(tmp_path: Path, said: Caller) -> None:
    write(tmp_path, "charterkit.yaml", "organisation: Cases\n")
    write(tmp_path, "charters/small.yaml", CHARTER)
    for words in (("policies",), ("policy", "gaps"), ("concern", "list"), ("remind",), ("visits",), ("actions",)):
        assert 'Add it with: charterkit new school "Name of the school"' in said(*words, cwd=tmp_path).err, words
    assert "new school" not in said("explain", "CK101", cwd=tmp_path).err
