"""What a trial run of `import gias` says, line by line."""

from pathlib import Path

import pytest

from charterkit.exchange.gias.extract import Extract
from charterkit.exchange.gias.links import Links
from charterkit.exchange.gias.memory import GiasMemory
from charterkit.exchange.gias.outcome import GiasBecomes, GiasPlan, GiasPlans
from charterkit.exchange.gias.read import GiasRead
from charterkit.exchange.gias.told import summary, told

from .gias_made import COLUMNS, academy, school
from .test_gias_plan import BORSETSHIRE, LIGHT, Scene, here, read, shut

WHOLE = """\
e.csv: 9 establishments, those with LA (name) = Borsetshire.

make    LIGHT TRUST as light-trust
        trust
make    Acad as acad
        URN 100013; primary; Borsetshire; light-trust
stays   Ash (ash)
stays   Mine (elm)
make    New�[31m School as new-31m-school
        URN 100002; primary; Borsetshire
closed  Oak (oak)
        closed on 31 August 2024
make    Odd as odd
        URN 100014; primary; Borsetshire
change  Yew (yew)
        UKPRN: 12345678

Left as a person wrote it (the register’s words with --update):
  elm: name: “Mine” stays; the register has “Elm”.

Left as before, against the register:
  ash: UKPRN: 12345678; the register no longer says any.

Please look at:
  row 8, URN: “x” is none, and the row is left out.
  row 11, SchoolWebsite, Odd: “no” is no web address, and is left out.

To be mended before anything is written:
  schools/yew/school.yaml has mistakes: mend it first, with charterkit check schools/yew/school.yaml

Here and not in the file, left as they are: Fir (fir).
1 line of .charterkit/gias.jsonl cannot be read; what the register said of those schools is not known.
Not made: 1 that is closed and 1 that is yet to open.
With the links file beside it, this says what came after a closed school: --links FILE.

7 schools and 1 trust: 4 to make, 1 to change, 2 to stay as they are and 1 closed."""
LINKED = """\
e.csv: 3 establishments.

merged  A (a)
        closed on 31 August 2024
        merged into C (to be schools/c)
closed  B (b)
        closed on 31 August 2024
make    C as c
        URN 100003; primary; Borsetshire

Please look at:
  l.csv, row 3: “100002” and “1” are no two URNs, and the row is left out.

3 schools: 1 to make, 0 to change, 0 to stay as they are, 1 closed and 1 merged."""
LACKING = """\
e.csv: 3 establishments.
It has no column UKPRN and Street: what would stand there is left as it is.

make    A as a
        URN 100001; primary; Borsetshire

Not made: 2 that are closed.

1 school: 1 to make, 0 to change and 0 to stay as they are."""
SCENES = {
    "everything": (
        Scene(
            {
                "elm": here("Mine", "100001"),
                "oak": here("Oak", "100009"),
                "fir": here("Fir", "100010"),
                "yew": here("Yew", "100011", "nation: nowhere\n"),
                "ash": here("Ash", "100012", 'ukprn: "12345678"\n'),
            },
            [
                school(100001, "Elm"),
                school(100002, "New\x1b[31m School"),
                school(100003, "Odd", status="Closed"),
                school(100004, "Later", status="Proposed to open"),
                shut(100009, "Oak"),
                school(100011, "Yew", ukprn="12345678"),
                school("x", "No number"),
                school(100012, "Ash"),
                academy(100013, "Acad", *LIGHT),
                school(100014, "Odd", website="no"),
            ],
            where=BORSETSHIRE,
            memory='{"id": "urn 100012", "ukprn": "12345678"}\nnonsense\n',
        ),
        WHOLE,
    ),
    "with links": (
        Scene(
            {"a": here("A", "100001"), "b": here("B", "100002")},
            [shut(100001, "A"), shut(100002, "B"), school(100003, "C")],
            [(100001, 100003, "Successor - merged"), (100002, 1, "Successor")],
        ),
        LINKED,
    ),
    "without two columns": (
        Scene(
            {},
            [school(100001, "A"), shut(100002, "B"), shut(100003, "C")],
            columns=[column for column in COLUMNS if column not in ("UKPRN", "Street")],
        ),
        LACKING,
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_a_trial_run_word_for_word(tmp_path: Path, name: str) -> None:
    scene, wanted = SCENES[name]
    assert list(told(read(tmp_path, scene))) == wanted.split("\n")


def of(**many: int) -> GiasPlans:
    """So many plans of each kind."""
    kinds: dict[str, GiasBecomes] = {"made": "made", "changed": "changed", "stays": "stays", "out": "left out"}
    found = [
        GiasPlan(kinds[name], f"urn {number}", f"School {number}", f"school-{number}", words=["so"])
        for name, count in many.items()
        for number in range(count)
    ]
    return GiasPlans(found)


def lines(plans: GiasPlans) -> list[str]:
    return list(told(GiasRead(Extract("e.csv"), Links(), False, GiasMemory(), plans)))


def test_of_very_many_schools_those_that_are_new_or_stay_are_not_all_shown() -> None:
    few, many = lines(of(made=1000)), lines(of(made=999, changed=2, stays=3))
    assert sum(line.startswith("make ") for line in few) == 1000
    assert not any(line.startswith("and ") for line in few)
    assert [line[:8].strip() for line in many if line[:1].isalpha()][1:3] == ["change", "change"]
    assert sum(line.startswith("make ") for line in many) == 999
    assert sum(line.startswith(("change ", "stays ")) for line in many) == 3
    assert "and 2 more to make or to stay, of which not each is shown." in many


def test_of_very_many_lines_of_one_kind_the_first_are_shown() -> None:
    names, notes = [f"School {n}" for n in range(22)], [f"Line {n}" for n in range(201)]
    plans = GiasPlans(absent=names, notes=notes, blocks=notes)
    assert lines(plans).count("  and 1 more.") == 1, "all of what has to be mended"
    assert f"Here and not in the file, left as they are: {', '.join(names[:20])} and 2 more." in lines(plans)
    fewer = lines(GiasPlans(absent=names[:20], notes=notes[:200]))
    assert f"Here and not in the file, left as they are: {', '.join(names[:19])} and {names[19]}." in fewer
    assert not any("more" in line for line in fewer)


def test_what_is_left_out_split_or_yet_to_come_is_told() -> None:
    plans = GiasPlans([*of(out=1).plans, GiasPlan("split", "urn 9", "Yew", "yew")], closed=1, coming=2)
    assert {"LEAVE   School 0 (school-0)", "split   Yew (yew)"} <= {*lines(plans)}
    assert "Not made: 1 that is closed and 2 that are yet to open." in lines(plans)


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (of(), "0 schools: 0 to make, 0 to change and 0 to stay as they are."),
        (of(stays=1, out=1), "2 schools: 0 to make, 0 to change and 1 to stay as it is; 1 row not taken in."),
        (
            of(made=1200, out=2),
            "1,202 schools: 1,200 to make, 0 to change and 0 to stay as they are; 2 rows not taken in.",
        ),
    ],
)
def test_how_many_in_one_line(plans: GiasPlans, said: str) -> None:
    assert summary(plans) == said
