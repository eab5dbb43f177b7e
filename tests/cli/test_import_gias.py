"""`import gias`: a register's extract as an adviser takes it in, month after month; nobody's words lost, nothing doubled."""

import json
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charterkit import render
from charterkit.cli.app import run
from charterkit.files.workspace import Workspace
from charterkit.model.school import School
from tests.exchange.gias_made import (
    COLUMNS,
    FIRST,
    LINKS,
    NEXT,
    PRIVATE,
    SHORT,
    TRUST,
    Row,
    academy,
    for_the_guide,
    many,
    school,
    write,
    write_links,
)
from tests.guides import DOCS
from tests.test_guides import commands

from .calling import environment
from .conftest import Caller

SHARED = Path(__file__).parents[3] / "shared/data/gias"
MEMORY = ".charterkit/gias.jsonl"


def workspace(folder: Path) -> Path:
    (folder / "schools").mkdir(parents=True)
    (folder / "charterkit.yaml").write_text("organisation: Ours\n", encoding="utf-8")
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return workspace(tmp_path / "ours")


def files(root: Path) -> dict[str, bytes]:
    found = [*root.rglob("schools/**/*"), root / MEMORY]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


def yaml_files(root: Path) -> dict[str, bytes]:
    """Without what a killed call has left of its locks and beside its files, which a later writer of those takes away."""
    return {path: data for path, data in files(root).items() if not path.endswith((".lock", ".tmp"))}


def schools(root: Path) -> dict[str, School]:
    """As the program reads them, which has nothing against any."""
    found = {slug: Workspace(root).school(slug) for slug in Workspace(root).slugs}
    assert not [slug for slug, folder in found.items() if folder.document.loaded.problems]
    return {slug: folder.school for slug, folder in found.items()}


def keys(root: Path, slug: str) -> dict[str, object]:
    """As another reader of YAML reads one."""
    found: dict[str, object] = yaml.safe_load((root / f"schools/{slug}/school.yaml").read_text(encoding="utf-8"))
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


ASK = ("import", "gias", "e.csv", "--where", "LA (name)=Borsetshire")


def test_an_authority_is_taken_in_and_a_second_time_nothing_changes(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", FIRST)
    trial = said(*ASK, cwd=ours)
    assert (trial.code, files(ours)) == (0, {}), trial.err
    out = flat(trial.out)
    for words in (
        "e.csv: 9 establishments, those with LA (name) = Borsetshire.",
        "make NORTHERN LIGHT TRUST as northern-light-trust",
        "make Elm Academy as elm-academy URN 100001; primary; Borsetshire; northern-light-trust",
        "make St Mary's School as st-marys-school-hull",
        "row 3, SchoolWebsite, Môr Lan, the “first”: one: “Mr Nobody” is no web address, and is left out.",
        "Not made: 1 that is closed and 1 that is yet to open.",
        "6 schools and 1 trust: 7 to make, 0 to change and 0 to stay as they are.",
    ):
        assert words in out, words
    assert "trial run" in trial.err
    done = said(*ASK, "--yes", cwd=ours)
    assert (done.code, done.out) == (0, trial.out)
    assert {*schools(ours)} == {
        "northern-light-trust",
        "elm-academy",
        "mor-lan-the-first-one",
        "st-marys-school-hull",
        "st-marys-school-york",
        "going-school",
        "foundation-school",
    }
    assert keys(ours, "elm-academy") == {
        "name": "Elm Academy",
        "kind": "school",
        "urn": "100001",
        "type": "academy",
        "dfe_number": "888/4001",
        "phase": "primary",
        "local_authority": "Borsetshire",
        "trust": "northern-light-trust",
        "website": "http://www.elm.example",
        "address": "Felpersham",
        "source": "Get Information about Schools (GIAS), Department for Education, Open Government Licence v3.0",
    }
    assert keys(ours, "northern-light-trust")["group_uid"] == "2053"
    assert "trust" not in keys(ours, "foundation-school"), "its foundation runs no academies"
    written = files(ours)
    everything = b"".join(written.values()) + (trial.out + trial.err + done.err).encode()
    assert not [text for text in PRIVATE.values() if text.encode() in everything]
    assert said("check", "--no-cache", cwd=ours).code == 0
    again = said(*ASK, "--yes", cwd=ours)
    assert (again.code, files(ours)) == (0, written)
    assert "nothing to change" in again.err
    assert "0 to make, 0 to change and 7 to stay as they are" in again.out


def test_the_order_of_rows_and_columns_and_the_letters_do_not_matter(said: Caller, tmp_path: Path) -> None:
    rows = [*many(60, 300_000), *FIRST]
    made = []
    for number, encoding in enumerate(("cp1252", "utf-8", "utf-16")):
        root = workspace(tmp_path / str(number))
        write(root / "e.csv", random.Random(number).sample(rows, len(rows)), encoding)
        assert said("import", "gias", "e.csv", "--yes", cwd=root).code == 0
        made.append(files(root))
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 40


def test_what_was_begun_is_gone_on_with_to_the_same_end(said: Caller, ours: Path) -> None:
    """Half of the folders gone, as after a computer that was switched off: the same ones are made again."""
    write(ours / "e.csv", many(80))
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    written = files(ours)
    for slug in random.Random(5).sample(sorted({*schools(ours)}), 20):
        shutil.rmtree(ours / "schools" / slug)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    assert files(ours) == written


def test_the_folder_of_a_call_that_was_killed_is_used_again(said: Caller, ours: Path) -> None:
    for slug in ("elm-academy", "northern-light-trust"):
        (ours / "schools" / slug).mkdir()
        (ours / f"schools/{slug}/.school.yaml.12ab.34cd.tmp").write_bytes(b"name: E")
    (ours / "schools/going-school").mkdir()
    (ours / "schools/going-school/notes.txt").write_text("Somebody's.", encoding="utf-8")
    write(ours / "e.csv", FIRST)
    assert said(*ASK, "--yes", cwd=ours).code == 0
    found = {path.parent.name for path in ours.rglob("school.yaml")}
    assert {"elm-academy", "northern-light-trust", "going-school-borsetshire"} <= found
    assert "going-school" not in found


@pytest.mark.slow
def test_killed_in_the_middle_and_called_again_it_comes_to_the_same(said: Caller, tmp_path: Path) -> None:
    whole, killed = workspace(tmp_path / "whole"), workspace(tmp_path / "killed")
    for root in (whole, killed):
        write(root / "e.csv", many(400))
    assert said("import", "gias", "e.csv", "--yes", cwd=whole).code == 0
    command = [sys.executable, "-m", "charterkit", "import", "gias", "e.csv", "--yes"]
    for way in (signal.SIGKILL, signal.SIGKILL, signal.SIGINT):
        had = len([*killed.glob("schools/*/school.yaml")])
        with subprocess.Popen(
            command, cwd=killed, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            while process.poll() is None and len([*killed.glob("schools/*/school.yaml")]) < had + 20:
                time.sleep(0.01)
            process.send_signal(way)
        if way == signal.SIGINT and process.returncode == 130:
            assert len([*killed.glob("schools/*/school.yaml")]) == had, "all or nothing"
    assert said("import", "gias", "e.csv", "--yes", cwd=killed).code == 0
    assert yaml_files(killed) == yaml_files(whole)


HAND = """\
# Ours, please keep.
urn: "100002"   # from the head
name: 'Môr Lan First School'  # as parents know it

website: https://mor-lan.example
contacts:
  - {name: Ann, role: Headteacher}
"""


def test_a_hand_edit_stays_and_the_rest_follows(said: Caller, ours: Path) -> None:
    path = ours / "schools/mor-lan/school.yaml"
    path.parent.mkdir()
    path.write_text(HAND, encoding="utf-8")
    rows = [school(100002, "Môr Lan School", website="http://old.example", ukprn="10012345")]
    write(ours / "e.csv", rows)
    trial = said("import", "gias", "e.csv", cwd=ours)
    assert "change Môr Lan First School (mor-lan) type: maintained UKPRN: 10012345" in flat(trial.out)
    assert "mor-lan: name: “Môr Lan First School” stays; the register has “Môr Lan School”." in flat(trial.out)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith(HAND)
    assert "ukprn:" in text.removeprefix(HAND)
    second = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert "Left as before, against the register:" in second.out
    assert path.read_text(encoding="utf-8") == text
    # somebody takes a line out and corrects another; the register moves on
    mine = text.replace("type: maintained\n", "").replace('ukprn: "10012345"', 'ukprn: "10099999"')
    path.write_text(mine, encoding="utf-8")
    write(ours / "e.csv", [school(100002, "Môr Lan School", phase="Secondary", ukprn="10012346")])
    third = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert "phase: primary → secondary" in flat(third.out)
    assert "UKPRN: “10099999” stays; the register has “10012346”" in flat(third.out)
    assert path.read_text(encoding="utf-8") == mine.replace("phase: primary", "phase: secondary")
    # and is asked for the register's words
    fourth = said("import", "gias", "e.csv", "--update", "--yes", cwd=ours)
    assert fourth.code == 0
    final = schools(ours)["mor-lan"]
    assert (final.name, final.ukprn, final.type) == ("Môr Lan School", "10012346", "maintained")
    assert final.website == "https://mor-lan.example", "the register says nothing of it"
    kept = path.read_text(encoding="utf-8")
    assert kept.startswith("# Ours, please keep.\n")
    assert "name: 'Môr Lan School'  # as parents know it\n" in kept


def test_without_what_is_remembered_nothing_of_a_person_is_lost(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", FIRST)
    assert said(*ASK, "--yes", cwd=ours).code == 0
    (ours / MEMORY).write_text(
        '<<<<<<< ours\n{"id": "urn 100001", "name"\n[]\n{"id": 5}\n{"id": [1]}\n', encoding="utf-8"
    )
    write(ours / "e.csv", [{**FIRST[0], "EstablishmentName": "Elm Tree Academy"}])
    done = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert "5 lines of .charterkit/gias.jsonl cannot be read" in flat(done.out)
    assert "name: “Elm Academy” stays; the register has “Elm Tree Academy”" in done.out
    assert schools(ours)["elm-academy"].name == "Elm Academy"
    lines = (ours / MEMORY).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"urn 100001", "group 2053"}


def test_the_next_month_schools_became_academies_closed_merged_and_split(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", FIRST)
    assert said(*ASK, "--yes", cwd=ours).code == 0
    before = files(ours)
    elm = ours / "schools/elm-academy/school.yaml"
    elm.write_text(elm.read_text(encoding="utf-8") + "# Signed by the head.\n", encoding="utf-8")
    write(ours / "e.csv", NEXT)
    write_links(ours / "l.csv", LINKS)
    done = said(*ASK, "--links", "l.csv", "--yes", cwd=ours)
    assert done.code == 0, done.err
    out = flat(done.out)
    for words in (
        "change Elm Academy (elm-academy) URN: 100001 → 200001 trust: northern-light-trust → south-trust",
        (
            "change Môr Lan, the “first”: one (mor-lan-the-first-one) URN: 100002 → 200002 name: Môr Lan, the “first”: one "
            "→ Môr Lan Academy type: maintained → academy trust: northern-light-trust"
        ),
        (
            "merged St Mary's School (st-marys-school-hull) closed on 1 September 2026 merged, with 1 other, into "
            "St Mary's All-through School (to be schools/st-marys-all-through-school)"
        ),
        (
            "split Going School (going-school) closed on 31 December 2025 split into Going North School (to be "
            "schools/going-north-school) and Going South School (URN 200008, not here)"
        ),
        (
            "closed Foundation School (foundation-school) closed on “none known” followed by School 300009, the (URN 300009), "
            "not open in this file"
        ),
    ):
        assert words in out, words
    found = schools(ours)
    assert (found["elm-academy"].urn, found["elm-academy"].former_urns) == ("200001", ("100001",))
    assert elm.read_text(encoding="utf-8").count("# Signed by the head.\n") == 1
    assert found["mor-lan-the-first-one"].former_urns == ("100002", "150002")
    after = files(ours)
    for slug in ("st-marys-school-hull", "st-marys-school-york", "going-school", "foundation-school"):
        path = f"schools/{slug}/school.yaml"
        assert after[path] == before[path], "what is no more is shown, and left as it is"
    assert said("check", "--no-cache", cwd=ours).code == 0
    again = said(*ASK, "--links", "l.csv", "--yes", cwd=ours)
    assert files(ours) == after
    assert "nothing to change" in again.err
    # a hand edit of before is known for one after the new number too
    elm.write_text(elm.read_text(encoding="utf-8").replace("phase: primary", "phase: all-through"), encoding="utf-8")
    third = said(*ASK, "--links", "l.csv", "--yes", cwd=ours)
    assert "phase: “all-through” stays" in third.out


def test_an_academy_is_known_by_its_dfe_number_where_there_are_no_links(said: Caller, ours: Path) -> None:
    for slug, text in {
        "elm": 'name: Elm\nurn: "100001"\n',
        "oak": "name: Oak\ndfe_number: 888/4077\n",
        "ash": 'name: Ash\nurn: "100003"\ndfe_number: 888/4088\n',
    }.items():
        (ours / "schools" / slug).mkdir()
        (ours / f"schools/{slug}/school.yaml").write_text(text, encoding="utf-8")
    rows = [
        school(100001, "Elm", status="Closed", number="4001"),
        school(200001, "Elm Academy", number="4001"),
        school(100077, "Oak School", number="4077"),
        school(100003, "Ash", number="4088"),
        school(200088, "Beside Ash", number="4088"),
    ]
    write(ours / "e.csv", rows)
    trial = said("import", "gias", "e.csv", cwd=ours, columns=200)
    assert (
        "  elm is taken to be URN 200001 now by its DfE number alone: look whether it is the same school" in trial.out
    )
    assert trial.out.count("by its DfE number alone") == 1
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    found = schools(ours)
    assert {slug: (each.urn, each.former_urns) for slug, each in found.items()} == {
        "elm": ("200001", ("100001",)),
        "oak": ("100077", ()),
        "ash": ("100003", ()),
        "beside-ash": ("200088", ()),
    }


def test_who_may_be_here_already_is_asked_for_and_not_made_twice(said: Caller, ours: Path) -> None:
    for slug, text in {
        "elm": "name: Elm School\n",
        "oak": 'name: Oak\nurn: "123456"\nformer_urns: ["100002"]\n',
        "ash": "name: [Ash\nurn: 100003\n",
        "far": "name: Far School\nlocal_authority: Kent\n",
        "two": 'name: Two\nurn: "100006"\n',
        "twice": 'name: Twice\nurn: "100006"\n',
    }.items():
        (ours / "schools" / slug).mkdir()
        (ours / f"schools/{slug}/school.yaml").write_text(text, encoding="utf-8")
    rows = [
        school(100001, "ELM SCHOOL"),
        school(100002, "Oak of old"),
        school(100003, "Ash School"),
        school(100004, "Far School"),
        school(100006, "Two"),
    ]
    write(ours / "e.csv", rows)
    before = files(ours)
    trial = said("import", "gias", "e.csv", cwd=ours)
    assert trial.code == 2, "something has to be mended, and a script hears of it before --yes"
    out = flat(trial.out)
    for words in (
        'LEAVE ELM SCHOOL schools/elm/school.yaml has this name and no number: if it is this school, write urn: "100001"',
        "LEAVE Oak of old schools/oak has URN 100002 among its former ones",
        "LEAVE Ash School schools/ash/school.yaml has mistakes and holds 100003: mend it first",
        "make Far School as far-school",
        "schools/twice/school.yaml and schools/two/school.yaml have one URN, 100006: correct it in all but one.",
        "Here and not in the file, left as they are: Oak (oak).",
    ):
        assert words in out, words
    refused = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert (refused.code, files(ours)) == (2, before)
    assert "One thing has to be mended first, and nothing was written." in refused.err


def test_a_program_reads_the_trial_run(said: Caller, ours: Path) -> None:
    schema = json.loads((Path(render.__file__).parent / "schemas/gias.json").read_text(encoding="utf-8"))
    write(ours / "e.csv", FIRST)
    trial = said(*ASK, "--format", "json", cwd=ours)
    made = json.loads(trial.out)
    jsonschema.validate(made, schema)
    assert (trial.code, files(ours), made["counts"]["made"], made["to_mend"]) == (0, {}, 7, [])
    assert {each["school"] for each in made["plans"]} >= {"northern-light-trust", "elm-academy"}
    assert not [text for text in PRIVATE.values() if text in trial.out]
    write(ours / "e.csv", [*FIRST, school(100004, "Another School")])
    stopped = said(*ASK, "--format", "json", cwd=ours)
    assert (stopped.code, len(json.loads(stopped.out)["to_mend"])) == (2, 1)


def test_two_rows_of_one_number_stop_the_writing(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", [*FIRST, school(100004, "Another School")])
    refused = said(*ASK, "--yes", cwd=ours)
    assert (refused.code, files(ours)) == (2, {})
    assert "rows 5, 11 have one URN, 100004, and do not say the same" in refused.out
    elsewhere = said("import", "gias", "e.csv", "--where", "LA (name)=Loamshire", "--yes", cwd=ours)
    assert (elsewhere.code, {*schools(ours)}) == (0, {"far-school"}), "it was not asked for"


@pytest.mark.parametrize(
    "trust", ["name: Northern Light Trust\nkind: trust\nmembers: [oak]\n", "name: N\nkind: trust\n"]
)
def test_a_trust_that_is_here_is_known_and_lists_who_comes_to_it(said: Caller, ours: Path, trust: str) -> None:
    text = trust if "members" in trust else f'{trust}group_uid: "2053"\n'
    for slug, held in {"light": text, "oak": "name: Oak\ntrust: light\n"}.items():
        (ours / "schools" / slug).mkdir()
        (ours / f"schools/{slug}/school.yaml").write_text(held, encoding="utf-8")
    rows = [academy(100000 + number, f"School {number}", *TRUST) for number in range(12)]
    write(ours / "e.csv", rows)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    found = schools(ours)
    assert len(found) == 14
    assert found["light"].group_uid == "2053"
    assert {each.trust for slug, each in found.items() if slug != "light"} == {"light"}
    if "members" in trust:
        assert {*found["light"].members} == {*found} - {"light"}
    assert said("check", "--strict", "--no-cache", "--select", "CK315", cwd=ours).code == 0


def test_a_trust_that_only_its_schools_tell_of_is_asked_for(said: Caller, ours: Path) -> None:
    """Ours calls it in short and has no number: it is not made a second time, and no school is moved."""
    for slug, held in {"nlt": "name: NLT\nkind: trust\n", "elm": 'name: Elm\nurn: "100001"\ntrust: nlt\n'}.items():
        (ours / "schools" / slug).mkdir()
        (ours / f"schools/{slug}/school.yaml").write_text(held, encoding="utf-8")
    write(ours / "e.csv", [academy(100001, "Elm", *TRUST), academy(100002, "Oak", *TRUST)])
    done = said("import", "gias", "e.csv", "--yes", cwd=ours)
    asked = (
        'schools of it say that they belong to schools/nlt/school.yaml: if that is this trust, write group_uid: "2053"'
    )
    assert asked in flat(done.out)
    found = schools(ours)
    assert ({*found}, found["elm"].trust, found["oak"].trust) == ({"nlt", "elm", "oak"}, "nlt", None)
    place = ours / "schools/nlt/school.yaml"
    place.write_text('name: NLT\nkind: trust\ngroup_uid: "2053"\n', encoding="utf-8")
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    assert schools(ours)["oak"].trust == "nlt"


def test_two_trusts_of_one_name_never_share_a_folder(said: Caller, ours: Path) -> None:
    (ours / "schools/aspire").mkdir()
    (ours / "schools/aspire/school.yaml").write_text("name: Aspire Trust\nkind: trust\n", encoding="utf-8")
    rows = [academy(100001, "Elm", "ASPIRE TRUST", "11"), academy(100002, "Oak", "Aspire Trust", "12")]
    write(ours / "e.csv", rows)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    found = schools(ours)
    assert {each.group_uid for each in found.values() if each.kind == "trust"} == {"11", "12"}
    assert found["elm"].trust != found["oak"].trust


def test_what_is_remembered_is_never_read_through_a_link(said: Caller, ours: Path, tmp_path: Path) -> None:
    write(ours / "e.csv", FIRST)
    (tmp_path / "secret").mkdir()
    (ours / ".charterkit").symlink_to(tmp_path / "secret")
    done = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert (done.code, [*(tmp_path / "secret").iterdir()], files(ours)) == (2, [], {})


def test_a_school_that_left_the_trust_that_is_asked_for_is_named(said: Caller, ours: Path) -> None:
    rows = [academy(100001, "Elm", *TRUST), academy(100002, "Oak", *TRUST)]
    write(ours / "e.csv", rows)
    ask = ("import", "gias", "e.csv", "--where", "Trusts (code)=2053")
    assert said(*ask, "--yes", cwd=ours).code == 0
    write(ours / "e.csv", [rows[0], academy(100002, "Oak", "SOUTH TRUST", "3000")])
    assert "oak says that it belongs to northern-light-trust; the register has it in SOUTH TRUST." in flat(
        said(*ask, cwd=ours).out
    )


HOSTILE = [
    '=cmd()|"x"',
    "<script>alert(1)</script>",
    "[bold]red[/bold]",
    "مدرسة",
    "🏫",
    "../../etc",
    "con",
    "a\x1bb\x07",
    "# x: y",
    "- z",
    "no",
]


def test_free_text_comes_out_as_text(said: Caller, ours: Path) -> None:
    odd = {"website": "\x1b[31m no address"}
    rows = [school(100000 + at, name, street=name, town=name, **odd) for at, name in enumerate(HOSTILE)]
    write(ours / "e.csv", rows, "utf-8")
    done = said("import", "gias", "e.csv", "--yes", cwd=ours)
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    assert {each.name for each in schools(ours).values()} == {" ".join(name.split()) for name in HOSTILE}
    assert {path.parent.parent.name for path in ours.rglob("school.yaml")} == {"schools"}
    assert "nothing to change" in said("import", "gias", "e.csv", "--yes", cwd=ours).err


def limited(root: Path, *arguments: str, largest: int) -> subprocess.CompletedProcess[str]:
    """A call of a process that may write no larger file, as on a disk that fills."""
    resource = pytest.importorskip("resource", reason="NO LIMITS OF A PROCESS on this system")
    return subprocess.run(
        [sys.executable, "-m", "charterkit", *arguments],
        cwd=root,
        env=environment(XDG_CACHE_HOME=str(root / "cache")),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )


def test_all_or_nothing_where_the_disk_is_full(ours: Path) -> None:
    write(ours / "e.csv", many(60))
    done = limited(ours, "import", "gias", "e.csv", "--yes", largest=4000)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert files(ours) == {}
    assert [*(ours / "schools").iterdir()] == []
    assert limited(ours, "import", "gias", "e.csv", "--yes", largest=4_000_000).returncode == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="THE SAMPLE OF THE REGISTER is not beside the project")
def test_real_rows_come_to_files_that_check_has_nothing_against(said: Caller, ours: Path) -> None:
    asked = ("import", "gias", str(SHARED / "establishments_sample.csv"), "--links", str(SHARED / "links_sample.csv"))
    assert said(*asked, "--yes", cwd=ours).code == 0
    assert said("check", "--strict", "--no-cache", cwd=ours).code == 0
    written = files(ours)
    assert keys(ours, "argyle-primary-school")["local_authority"] == "Camden"
    assert keys(ours, "awel-y-mor-primary-school")["name"] == "Awel Y Môr Primary School"
    again = said(*asked, "--yes", cwd=ours)
    assert files(ours) == written
    assert "nothing to change" in again.err


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read(said: Caller, ours: Path) -> None:
    """Of a hundred thousand rows some are asked for; the links file has as many lines as the real one."""
    write(ours / "e.csv", many(100_000), columns=["URN", *SHORT.values()])
    write_links(ours / "l.csv", ((100_000 + at, 100_001 + at, "Successor") for at in range(33_801)))
    done = said("import", "gias", "e.csv", "--links", "l.csv", "--where", "LA (name)=Borsetshire 7", cwd=ours)
    assert done.code == 0
    assert "e.csv: 100,000 establishments" in done.out


MONTHS = st.lists(
    st.lists(
        st.tuples(
            st.integers(100001, 100006),
            st.sampled_from(["Elm", "Oak", "St Mary's"]),
            st.sampled_from(["Open", "Closed"]),
            st.sampled_from(["http://a.example", "http://b.example", ""]),
        ),
        max_size=6,
        unique_by=lambda row: row[0],
    ),
    min_size=2,
    max_size=4,
)


@pytest.mark.slow
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(MONTHS, st.data())
def test_month_after_month_nothing_is_deleted_doubled_or_taken_from_a_person(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    months: list[list[tuple[int, str, str, str]]],
    data: st.DataObject,
) -> None:
    root = workspace(tmp_path_factory.mktemp("months") / "ours")
    monkeypatch.chdir(root)
    by_hand: dict[str, str] = {}
    known: set[str] = set()
    for month in months:
        rows: list[Row] = [school(urn, name, status=status, website=site) for urn, name, status, site in month]
        write(root / "e.csv", rows)
        assert run(["import", "gias", "e.csv", "--yes"]) == 0
        found = schools(root)
        assert known <= {*found}
        known = {*found}
        urns = [each.urn for each in found.values()]
        assert len(urns) == len({*urns})
        assert {slug: found[slug].website for slug in by_hand} == by_hand
        written = files(root)
        assert run(["import", "gias", "e.csv", "--yes"]) == 0
        assert files(root) == written
        is_edited: bool = data.draw(st.booleans())
        if found and is_edited:
            slug = data.draw(st.sampled_from(sorted(found)))
            path = root / f"schools/{slug}/school.yaml"
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("website:")]
            path.write_text("\n".join([*lines, "website: https://mine.example", ""]), encoding="utf-8")
            by_hand[slug] = "https://mine.example"


def test_the_guide_is_followed_from_an_empty_folder(said: Caller, tmp_path: Path) -> None:
    """Its commands in their order; and what it prints of them is what they say."""
    for_the_guide(tmp_path)
    heard = ""
    for command, _ in commands("gias"):
        words = shlex.split(command)
        assert words[0] == "charterkit", command
        done = said(*words[1:], cwd=tmp_path, columns=400)
        assert done.code == 0, f"{command}\n{done.out}{done.err}"
        heard += done.out
    shown = re.findall(r"^```text\n(.*?)^```", (DOCS / "gias.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for line in "".join(shown).splitlines():
        assert line == "..." or f"{line}\n" in heard, line


def test_an_extract_without_the_trusts_numbers_finds_them_by_name(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", FIRST)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    before = yaml_files(ours / "schools")
    write(ours / "e.csv", FIRST, columns=[column for column in COLUMNS if column != "Trusts (code)"])
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    assert yaml_files(ours / "schools") == before


def test_two_schools_here_that_one_school_took_over_are_asked_about(said: Caller, ours: Path) -> None:
    write(ours / "e.csv", [school(100001, "Ash School"), school(100002, "Oak School")])
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    before = yaml_files(ours / "schools")
    closed = {"status": "Closed", "closed": "31-08-2025"}
    write(
        ours / "e.csv",
        [school(100001, "Ash School", **closed), school(100002, "Oak School", **closed), school(100003, "Elm School")],
    )
    write_links(ours / "l.csv", [(100001, 100002, "Successor"), (100002, 100003, "Successor")])
    done = said("import", "gias", "e.csv", "--links", "l.csv", "--yes", cwd=ours)
    assert done.code == 2
    assert "schools/ash-school/school.yaml and schools/oak-school/school.yaml both became URN 100003" in flat(
        done.out + done.err
    )
    assert yaml_files(ours / "schools") == before


def test_a_folder_that_cannot_be_read_gets_no_second_one_beside_it(said: Caller, ours: Path) -> None:
    """Its file spoilt or gone, or the folder a link to elsewhere: what the register has of that name is left out."""
    rows = [
        academy(100001, "Elm School", *TRUST, town="Hull"),
        academy(100002, "Oak School", *TRUST, town="Hull"),
        school(100003, "Oak School", town="York"),
        school(100004, "Far School"),
    ]
    write(ours / "e.csv", rows)
    assert said("import", "gias", "e.csv", "--yes", cwd=ours).code == 0
    schools = ours / "schools"
    (schools / "elm-school/school.yaml").write_text("name: [Elm", encoding="utf-8")
    (schools / "northern-light-trust/school.yaml").write_text("name: [North", encoding="utf-8")
    (schools / "oak-school-york/school.yaml").rename(schools / "oak-school-york/notes.yaml")
    (schools / "oak-school-york/evaluations").mkdir()
    (schools / "far-school").rename(ours.parent / "far-school")
    (schools / "Far-School").symlink_to(ours.parent / "far-school")
    again = said("import", "gias", "e.csv", "--yes", cwd=ours)
    out = flat(again.out)
    for words in (
        "NORTHERN LIGHT TRUST schools/northern-light-trust/school.yaml cannot be read and may be this trust",
        "Elm School schools/elm-school/school.yaml cannot be read and may be this school: mend it first, or give",
        "Oak School schools/oak-school-york/school.yaml cannot be read and may be this school",
        "Far School schools/Far-School cannot be read and may be this school",
        "stays Oak School (oak-school-hull)",
    ):
        assert words in out, (words, out)
    assert sorted(path.name for path in schools.iterdir()) == [
        "Far-School",
        "elm-school",
        "northern-light-trust",
        "oak-school-hull",
        "oak-school-york",
    ]
