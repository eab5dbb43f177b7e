"""What an extract comes to for schools that are here already or not: one scene each, as a clerk would tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from charterkit.exchange.gias.facts import SOURCE
from charterkit.exchange.gias.outcome import GiasPlan, GiasPlans
from charterkit.exchange.gias.read import GiasRead, GiasWishes, read_gias
from charterkit.exchange.gias.trusts import GroupTrust
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change

from .gias_made import COLUMNS, Row, academy, school, write, write_links

FACTS = "type: maintained\nphase: primary\nlocal_authority: Borsetshire\n"


def here(name: str, urn: str = "", more: str = "", facts: str = FACTS) -> str:
    """The file of a school that says what the register says, as far as `more` does not say otherwise."""
    return f"name: {name}\n" + (f'urn: "{urn}"\n' if urn else "") + more + facts


def trust(name: str, number: str = "2053", more: str = "") -> str:
    """The file of a trust."""
    return f"name: {name}\nkind: trust\n" + (f'group_uid: "{number}"\n' if number else "") + more


def shut(urn: int, name: str, **more: str) -> dict[str, str]:
    """A row of a closed school."""
    return school(urn, name, **{"status": "Closed", "closed": "31-08-2024", **more})


@dataclass(frozen=True)
class Scene:
    """Files here by their folders, rows, links, and what was asked for."""

    files: Mapping[str, str]
    rows: Sequence[Row]
    links: Sequence[tuple[int, int, str]] | None = None
    where: tuple[str, ...] = ()
    memory: str = ""
    takes_all: bool = False
    columns: Sequence[str] = tuple(COLUMNS)


BORSETSHIRE = ("LA (name)=Borsetshire",)
LIGHT = ("LIGHT TRUST", "2053")

SCENES: dict[str, tuple[Scene, str]] = {
    "one that is here by its number": (
        Scene({"elm": here("Elm", "100001")}, [school(100001, "ELM"), school(100002, "Oak")]),
        """
stays: urn 100001 elm
made: urn 100002 oak: URN 100002; primary; Borsetshire
""",
    ),
    "the register says something new, and something against what a person wrote": (
        Scene(
            {"elm": here("Elm", "100001", "website: https://a.example\n")},
            [school(100001, "Elm School", phase="Secondary", website="www.a.org")],
            memory='{"id": "urn 100001", "name": "Old", "phase": "primary"}\n',
        ),
        """
changed: urn 100001 elm: phase: primary → secondary
kept: elm: name: “Elm” stays; the register has “Elm School”.
kept: elm: website: “https://a.example” stays; the register has “http://www.a.org”.
""",
    ),
    "what a person wrote, the register having said it before": (
        Scene(
            {"elm": here("Mine", "100001", "website: https://a.example\n")},
            [school(100001, "Elm", ukprn="12345678")],
            memory='{"id": "urn 100001", "name": "Elm", "ukprn": "12345678", "website": "https://a.example"}\n',
        ),
        """
stays: urn 100001 elm
by_hand: elm: name: “Mine” stays; the register has “Elm”.
by_hand: elm: UKPRN: nothing stays; the register has “12345678”.
by_hand: elm: website: https://a.example; the register no longer says any.
""",
    ),
    "the register wins where that is asked for": (
        Scene({"elm": here("Mine", "100001")}, [school(100001, "Elm")], takes_all=True),
        """
changed: urn 100001 elm: name: Mine → Elm
""",
    ),
    "closed ones, and those that are yet to open, are counted where they are asked for and not here": (
        Scene(
            {"oak": here("Oak", "100009", 'former_urns: ["100003"]\n')},
            [
                shut(100001, "A"),
                school(100002, "B", status="Proposed to open"),
                shut(100003, "C"),
                shut(100009, "Oak"),
                shut(100010, "D", la="Kent"),
            ],
            where=BORSETSHIRE,
        ),
        """
closed: urn 100009 oak: closed on 31 August 2024
1 closed, 1 coming
""",
    ),
    "two rows of one number": (
        Scene(
            {},
            [school(100001, "A"), school(100001, "B"), school(100002, "C", la="Kent"), school(100002, "D", la="Kent")],
            where=BORSETSHIRE,
        ),
        """
made: urn 100001 a: URN 100001; primary; Borsetshire
blocks: rows 2, 3 have one URN, 100001, and do not say the same: delete all but one.
""",
    ),
    "two rows of one number, the second of which is asked for": (
        Scene({}, [school(100001, "A", la="Kent"), school(100001, "A"), school(100002, "B")], where=BORSETSHIRE),
        """
made: urn 100002 b: URN 100002; primary; Borsetshire
blocks: rows 2, 3 have one URN, 100001, and do not say the same: delete all but one.
""",
    ),
    "two folders of one number": (
        Scene(
            {"a": here("A", "100001"), "b": here("B", "100001"), "c": here("C", "100009"), "d": here("D", "100009")},
            [school(100001, "A")],
        ),
        """
stays: urn 100001 a
blocks: schools/a/school.yaml and schools/b/school.yaml have one URN, 100001: correct it in all but one.
absent: C (c)
absent: D (d)
""",
    ),
    "a new number by the links": (
        Scene({"a": here("A", "100001")}, [shut(100001, "A"), school(200001, "A")], [(100001, 200001, "Successor")]),
        """
changed: urn 200001 a: URN: 100001 → 200001
""",
    ),
    "a new number through one that it had meanwhile, and what was said of it under the old one": (
        Scene(
            {"a": here("A", "100001", 'former_urns: ["100000"]\nukprn: "12345678"\n')},
            [shut(100001, "A"), school(200002, "A", ukprn="87654321")],
            [(100001, 150001, "Successor"), (150001, 200002, "Successor")],
            memory='{"id": "urn 100001", "ukprn": "12345678"}\n',
        ),
        """
changed: urn 200002 a: URN: 100001 → 200002; UKPRN: 12345678 → 87654321
""",
    ),
    "a new number in another authority than was asked for": (
        Scene(
            {"a": here("A", "100001")},
            [shut(100001, "A"), school(200001, "A", la="Kent")],
            [(100001, 200001, "Successor")],
            BORSETSHIRE,
        ),
        """
changed: urn 200001 a: URN: 100001 → 200001
kept: a: local authority: “Borsetshire” stays; the register has “Kent”.
""",
    ),
    "a new number of one that nobody asked for": (
        Scene(
            {"a": here("A", "100001")},
            [shut(100001, "A", la="Kent"), school(200001, "A", la="Kent"), school(200002, "B")],
            [(100001, 200001, "Successor")],
            BORSETSHIRE,
        ),
        """
made: urn 200002 b: URN 200002; primary; Borsetshire
""",
    ),
    "open under its own number, whatever the links say": (
        Scene(
            {"a": here("A", "100001")},
            [school(100001, "A"), school(200001, "B")],
            [(100001, 200001, "Successor")],
        ),
        """
stays: urn 100001 a
made: urn 200001 b: URN 200001; primary; Borsetshire
""",
    ),
    "a new number that somebody has made a folder for": (
        Scene(
            {"a": here("A", "100001"), "b": here("B", "200001")},
            [shut(100001, "A"), school(200001, "B")],
            [(100001, 200001, "Successor")],
        ),
        """
closed: urn 100001 a: closed on 31 August 2024; is URN 200001 now, which is schools/b: nothing is put together
changed: urn 200001 b: former URNs: 100001
""",
    ),
    "two that became one": (
        Scene(
            {"x": here("X", "100008"), "y": here("Y", "100007")},
            [school(100009, "X"), shut(100008, "X"), shut(100007, "X")],
            [(100008, 100009, "Successor"), (100007, 100008, "Successor")],
        ),
        """
changed: urn 100009 y: URN: 100007 → 100009
blocks: schools/y/school.yaml and schools/x/school.yaml both became URN 100009: write it as urn in the one that goes on.
kept: y: name: “Y” stays; the register has “X”.
""",
    ),
    "known by its DfE number, without a URN": (
        Scene({"a": here("A", "", "dfe_number: 888/4042\n")}, [school(100001, "A", number="4042")]),
        """
changed: urn 100001 a: URN: 100001
""",
    ),
    "a DfE number that two rows have, one of which is here by its URN": (
        Scene(
            {"a": here("A", "", "dfe_number: 888/4042\n"), "b": here("B", "100002", facts="")},
            [school(100001, "A", number="4042"), school(100002, "B", number="4042", la="Kent")],
            where=BORSETSHIRE,
        ),
        """
changed: urn 100001 a: URN: 100001
""",
    ),
    "a new one of which less or other is known": (
        Scene({}, [school(100001, "A", phase="All-through"), school(100002, "B", phase="", la="Does not apply")]),
        """
made: urn 100001 a: URN 100001; all through; Borsetshire
made: urn 100002 b: URN 100002
""",
    ),
    "a DfE number that two rows have": (
        Scene(
            {"a": here("A", "", "dfe_number: 888/4042\n")},
            [school(100001, "B", number="4042"), school(100002, "C", number="4042")],
        ),
        """
left out: urn 100001 -: schools/a/school.yaml has its DfE number and no URN: if it is this school, write urn: "100001" there
left out: urn 100002 -: schools/a/school.yaml has its DfE number and no URN: if it is this school, write urn: "100002" there
""",
    ),
    "a DfE number that two folders have": (
        Scene(
            {"a": here("A", "", "dfe_number: 888/4042\n"), "b": here("B", "", "dfe_number: 888/4042\n")},
            [school(100001, "C", number="4042")],
        ),
        """
left out: urn 100001 -: schools/a/school.yaml and schools/b/school.yaml have its DfE number and no URN: if it is this school, write urn: "100001" there
""",
    ),
    "a DfE number of a row that is not asked for": (
        Scene(
            {"a": here("A", "", "dfe_number: 888/4042\n")},
            [school(100001, "A", number="4042", la="Kent"), school(100002, "B")],
            where=BORSETSHIRE,
        ),
        """
made: urn 100002 b: URN 100002; primary; Borsetshire
""",
    ),
    "closed, and one of its DfE number is open": (
        Scene(
            {"a": here("A", "100001", "dfe_number: 888/4042\n")},
            [shut(100001, "A", number="4042"), school(200001, "A", number="4042")],
        ),
        """
changed: urn 200001 a: URN: 100001 → 200001
notes: a is taken to be URN 200001 now by its DfE number alone: look whether it is the same school, not one that several were merged into.
""",
    ),
    "not in the file, and one of its DfE number is open": (
        Scene({"a": here("A", "100001", "dfe_number: 888/4042\n")}, [school(200001, "A", number="4042")]),
        """
changed: urn 200001 a: URN: 100001 → 200001
notes: a is taken to be URN 200001 now by its DfE number alone: look whether it is the same school, not one that several were merged into.
""",
    ),
    "closed and merged by the links: its DfE number says nothing": (
        Scene(
            {"a": here("A", "100001", "dfe_number: 888/4042\n")},
            [shut(100001, "A", number="4042"), school(200001, "A", number="4042")],
            [(100001, 200001, "Result of Amalgamation")],
        ),
        """
merged: urn 100001 a: closed on 31 August 2024; merged into A (to be schools/a-borsetshire)
made: urn 200001 a-borsetshire: URN 200001; primary; Borsetshire
""",
    ),
    "yet to open under its own number": (
        Scene(
            {"a": here("A", "100001", "dfe_number: 888/4042\n")},
            [school(100001, "A", number="4042", status="Proposed to open"), school(200001, "B", number="4042")],
        ),
        """
made: urn 200001 b: URN 200001; primary; Borsetshire
""",
    ),
    "a number that a school here had before, and is open": (
        Scene({"a": here("A", "200001", 'former_urns: ["100001"]\n')}, [school(100001, "B"), school(200001, "A")]),
        """
stays: urn 200001 a
left out: urn 100001 -: schools/a has URN 100001 among its former ones, and in the register it is open
""",
    ),
    "the name of one here that has no number": (
        Scene(
            {"a": here("The Elm’s"), "b": here("Oak", facts="local_authority: Kent\n"), "c": here("Yew", facts="")},
            [school(100001, "THE ELMS"), school(100002, "Oak"), school(100003, "Yew")],
        ),
        """
made: urn 100002 oak: URN 100002; primary; Borsetshire
left out: urn 100001 -: schools/a/school.yaml has this name and no number: if it is this school, write urn: "100001" there
left out: urn 100003 -: schools/c/school.yaml has this name and no number: if it is this school, write urn: "100003" there
""",
    ),
    "a number in a file with mistakes": (
        Scene({"a": "name: [\n# 100001\n"}, [school(100001, "A"), school(100002, "B")]),
        """
left out: urn 100001 -: schools/a/school.yaml has mistakes and holds 100001: mend it first
made: urn 100002 b: URN 100002; primary; Borsetshire
""",
    ),
    "a mistake in a file that would be changed, and in one that stays": (
        Scene(
            {"a": here("A", "100001", "nation: nowhere\n"), "b": here("B", "100002", "nation: nowhere\n")},
            [school(100001, "A", ukprn="12345678"), school(100002, "B")],
        ),
        """
changed: urn 100001 a: UKPRN: 12345678
stays: urn 100002 b
blocks: schools/a/school.yaml has mistakes: mend it first, with charterkit check schools/a/school.yaml
""",
    ),
    "former numbers that it lacks": (
        Scene(
            {"x": here("X", "100009", 'former_urns: ["100007"]\n')},
            [school(100009, "X"), shut(100008, "X")],
            [(100007, 100008, "Successor"), (100008, 100009, "Successor")],
        ),
        """
changed: urn 100009 x: former URNs: 100008
1 closed, 0 coming
""",
    ),
    "a new one that had other numbers": (
        Scene({}, [school(100009, "X")], [(100007, 100008, "Successor"), (100008, 100009, "Successor")]),
        """
made: urn 100009 x: URN 100009; primary; Borsetshire
""",
    ),
    "a trust of two new schools": (
        Scene({}, [academy(100001, "A", *LIGHT), academy(100002, "B", *LIGHT)]),
        """
made: group 2053 light-trust: trust
made: urn 100001 a: URN 100001; primary; Borsetshire; light-trust
made: urn 100002 b: URN 100002; primary; Borsetshire; light-trust
""",
    ),
    "a trust that lists its members, and a school that comes to it": (
        Scene(
            {
                "light": trust("LIGHT TRUST", more="members: [x]\n"),
                "x": here("X", "100009", "trust: light\n"),
                "y": here("Y", "100008"),
            },
            [academy(100001, "A", *LIGHT), academy(100008, "Y", *LIGHT), academy(100009, "X", *LIGHT)],
        ),
        """
changed: group 2053 light: members: a and y come to it
made: urn 100001 a: URN 100001; primary; Borsetshire; light
stays: urn 100009 x
changed: urn 100008 y: trust: light
kept: y: type: “maintained” stays; the register has “academy”.
kept: x: type: “maintained” stays; the register has “academy”.
""",
    ),
    "a school that goes to another trust": (
        Scene(
            {
                "light": trust("LIGHT TRUST", more="members: [x]\n"),
                "dark": trust("DARK TRUST", "3000", "members: [z]\n"),
                "x": here("X", "100009", facts=""),
                "z": here("Z", "100010"),
            },
            [academy(100009, "X", "DARK TRUST", "3000"), academy(100001, "A", *LIGHT)],
            memory='{"id": "urn 100009", "trust": "light"}\n',
        ),
        """
changed: group 3000 dark: members: x comes to it
changed: group 2053 light: members: a comes to it
made: urn 100001 a: URN 100001; primary; Borsetshire; light
changed: urn 100009 x: type: academy; phase: primary; local authority: Borsetshire; trust: light → dark
notes: schools/light/school.yaml lists x among its members, which is with dark: take it out there.
absent: Z (z)
""",
    ),
    "a school that goes to a trust that lists nobody, and one to a trust that lists it already": (
        Scene(
            {
                "light": trust("LIGHT TRUST"),
                "dark": trust("DARK TRUST", "3000", "members: [y]\n"),
                "x": here("X", "100009", facts=""),
                "y": here("Y", "100010", facts=""),
            },
            [academy(100009, "X", *LIGHT), academy(100010, "Y", "DARK TRUST", "3000")],
        ),
        """
stays: group 3000 dark
stays: group 2053 light
changed: urn 100009 x: type: academy; phase: primary; local authority: Borsetshire; trust: light
changed: urn 100010 y: type: academy; phase: primary; local authority: Borsetshire
""",
    ),
    "a school that left the trust that is asked for": (
        Scene(
            {
                "light": trust("LIGHT TRUST"),
                "x": here("X", "100009", "trust: light\n"),
                "y": here("Y", "100010", "trust: light\n"),
            },
            [academy(100001, "A", *LIGHT), academy(100009, "X", "DARK TRUST", "3000"), school(100010, "Y")],
            where=("Trusts (code)=2053",),
        ),
        """
stays: group 2053 light
made: urn 100001 a: URN 100001; primary; Borsetshire; light
notes: x says that it belongs to light; the register has it in DARK TRUST. It was not asked for.
notes: y says that it belongs to light; the register has it in no trust. It was not asked for.
""",
    ),
    "a trust without a number, known by its name": (
        Scene({"light": trust("Light Trust", "")}, [academy(100001, "A", *LIGHT)]),
        """
changed: group 2053 light: group uid: 2053
made: urn 100001 a: URN 100001; primary; Borsetshire; light
""",
    ),
    "a trust that its schools tell of": (
        Scene({"ours": trust("Ours", ""), "x": here("X", "100009", "trust: ours\n")}, [academy(100009, "X", *LIGHT)]),
        """
left out: group 2053 -: schools of it say that they belong to schools/ours/school.yaml: if that is this trust, write group_uid: "2053" there
stays: urn 100009 x
kept: x: type: “maintained” stays; the register has “academy”.
""",
    ),
    "followed by some that nobody names": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X")],
            [(100011, 100009, "Predecessor"), (100012, 100009, "Predecessor")],
        ),
        """
closed: urn 100009 x: closed on 31 August 2024; followed by a school (URN 100011) and a school (URN 100012), not open in this file
""",
    ),
    "a trust and a school of one name": (
        Scene({}, [academy(100001, "Light", "LIGHT", "2053", town="Ambridge")]),
        """
made: group 2053 light-trust: trust
made: urn 100001 light-ambridge: URN 100001; primary; Borsetshire; light-trust
""",
    ),
    "a school that says another trust, which has a number": (
        Scene(
            {"ours": trust("Ours", "9999"), "x": here("X", "100009", "trust: ours\n")}, [academy(100009, "X", *LIGHT)]
        ),
        """
made: group 2053 light-trust: trust
stays: urn 100009 x
kept: x: type: “maintained” stays; the register has “academy”.
kept: x: trust: “ours” stays; the register has “light-trust”.
""",
    ),
    "a school that says an authority for a trust": (
        Scene(
            {"ours": "name: Ours\nkind: local-authority\n", "x": here("X", "100009", "trust: ours\n")},
            [academy(100009, "X", *LIGHT)],
        ),
        """
made: group 2053 light-trust: trust
stays: urn 100009 x
kept: x: type: “maintained” stays; the register has “academy”.
kept: x: trust: “ours” stays; the register has “light-trust”.
""",
    ),
    "a trust that is here, and one of whose schools says another one": (
        Scene(
            {"ours": trust("Ours", ""), "light": trust("LIGHT TRUST"), "x": here("X", "100009", "trust: ours\n")},
            [academy(100009, "X", *LIGHT)],
        ),
        """
stays: group 2053 light
stays: urn 100009 x
kept: x: type: “maintained” stays; the register has “academy”.
kept: x: trust: “ours” stays; the register has “light”.
""",
    ),
    "a trust's number goes before its name": (
        Scene({"name": trust("LIGHT TRUST", ""), "number": trust("Lights")}, [academy(100001, "A", *LIGHT)]),
        """
stays: group 2053 number
made: urn 100001 a: URN 100001; primary; Borsetshire; number
kept: number: name: “Lights” stays; the register has “LIGHT TRUST”.
""",
    ),
    "two trusts of one name, and one folder": (
        Scene(
            {"light": trust("Light Trust", "")},
            [academy(100001, "A", *LIGHT), academy(100002, "B", "LIGHT TRUST", "3000")],
        ),
        """
changed: group 2053 light: group uid: 2053
made: group 3000 light-trust-group-3000: trust
made: urn 100001 a: URN 100001; primary; Borsetshire; light
made: urn 100002 b: URN 100002; primary; Borsetshire; light-trust-group-3000
""",
    ),
    "trusts without a number in the file": (
        Scene(
            {"light": trust("Light Trust"), "dark": trust("Dark Trust", "")},
            [
                academy(100001, "A", "LIGHT TRUST", ""),
                academy(100002, "B", "DARK TRUST", ""),
                academy(100003, "C", "NEW TRUST", ""),
                academy(100004, "D", "Zoë Trust", ""),
            ],
        ),
        """
stays: trust dark trust dark
stays: trust light trust light
made: trust new trust new-trust: trust
made: trust zoe trust zoe-trust: trust
made: urn 100001 a: URN 100001; primary; Borsetshire; light
made: urn 100002 b: URN 100002; primary; Borsetshire; dark
made: urn 100003 c: URN 100003; primary; Borsetshire; new-trust
made: urn 100004 d: URN 100004; primary; Borsetshire; zoe-trust
""",
    ),
    "a trust without a number in the file that its schools tell of": (
        Scene(
            {"ours": trust("Ours", ""), "x": here("X", "100009", "trust: ours\n")},
            [academy(100009, "X", "LIGHT TRUST", "")],
        ),
        """
left out: trust light trust -: schools of it say that they belong to schools/ours/school.yaml: if that is this trust, give it this name
stays: urn 100009 x
kept: x: type: “maintained” stays; the register has “academy”.
""",
    ),
    "merged, the other school not here": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X"), school(200001, "Y")],
            [(100009, 200001, "Successor - merged"), (100008, 200001, "Successor - merged")],
        ),
        """
merged: urn 100009 x: closed on 31 August 2024; merged, with 1 other, into Y (to be schools/y)
made: urn 200001 y: URN 200001; primary; Borsetshire
""",
    ),
    "merged into one that is here": (
        Scene(
            {"x": here("X", "100009"), "y": here("Y", "200001")},
            [shut(100009, "X"), school(200001, "Y")],
            [(100009, 200001, "Successor - merged")],
        ),
        """
merged: urn 100009 x: closed on 31 August 2024; merged into Y (schools/y)
stays: urn 200001 y
""",
    ),
    "split": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X", closed="some day"), school(200001, "Y"), school(200002, "Z", la="Kent")],
            [(100009, 200001, "Successor - Split School"), (100009, 200002, "Successor - Split School")],
            BORSETSHIRE,
        ),
        """
split: urn 100009 x: closed on “some day”; split into Y (to be schools/y) and Z (URN 200002, not here)
made: urn 200001 y: URN 200001; primary; Borsetshire
""",
    ),
    "closed, on no day that there is, and followed by nothing": (
        Scene(
            {"x": here("X", "100009"), "y": here("Y", "100010")},
            [shut(100009, "X", closed="31-13-2024"), shut(100010, "Y", closed="")],
        ),
        """
closed: urn 100009 x: closed on “31-13-2024”
closed: urn 100010 y: closed
""",
    ),
    "followed by two of which one is open": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X"), shut(100010, "Y"), school(100011, "Z")],
            [(100009, 100010, "Successor"), (100009, 100011, "Successor")],
        ),
        """
closed: urn 100009 x: closed on 31 August 2024; followed by Z (to be schools/z)
made: urn 100011 z: URN 100011; primary; Borsetshire
1 closed, 0 coming
""",
    ),
    "merged into one that is closed too": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X"), shut(100010, "Y")],
            [(100009, 100010, "Successor - merged")],
        ),
        """
merged: urn 100009 x: closed on 31 August 2024; merged
1 closed, 0 coming
""",
    ),
    "schools of two trusts that are asked for, of which one has gone from one to the other": (
        Scene(
            {
                "light": trust("LIGHT TRUST"),
                "dark": trust("DARK TRUST", "3000"),
                "x": here("X", "100009", "trust: light\n"),
                "y": here("Y", "100010", "trust: dark\n"),
            },
            [
                academy(100001, "A", *LIGHT),
                academy(100002, "B", "DARK TRUST", "3000"),
                academy(100009, "X", "DARK TRUST", "3000", la="Kent"),
                academy(100010, "Y", "DARK TRUST", "3000", la="Kent"),
            ],
            where=BORSETSHIRE,
        ),
        """
stays: group 3000 dark
stays: group 2053 light
made: urn 100001 a: URN 100001; primary; Borsetshire; light
made: urn 100002 b: URN 100002; primary; Borsetshire; dark
notes: x says that it belongs to light; the register has it in DARK TRUST. It was not asked for.
""",
    ),
    "followed by two that are not open": (
        Scene(
            {"x": here("X", "100009")},
            [shut(100009, "X"), shut(100010, "Y")],
            [(100009, 100010, "Successor"), (100009, 100011, "Successor")],
        ),
        """
closed: urn 100009 x: closed on 31 August 2024; followed by Y (URN 100010) and School 100011, the (URN 100011), not open in this file
1 closed, 0 coming
""",
    ),
    "not in the file": (
        Scene({"x": here("X", "100009")}, [school(100001, "A")]),
        """
made: urn 100001 a: URN 100001; primary; Borsetshire
absent: X (x)
""",
    ),
    "a row that does not say whether the school is open": (
        Scene({}, [school(100008, "W", status="")]),
        """
made: urn 100008 w: URN 100008; primary; Borsetshire
notes: 1 row does not say whether the school is open, and is taken in.
""",
    ),
    "rows that do not say whether the school is open, and no web address": (
        Scene({}, [school(100008, "W", status=""), school(100009, "X", status=" ", website="call us")]),
        """
made: urn 100008 w: URN 100008; primary; Borsetshire
made: urn 100009 x: URN 100009; primary; Borsetshire
notes: row 3, SchoolWebsite, X: “call us” is no web address, and is left out.
notes: 2 rows do not say whether the school is open, and are taken in.
""",
    ),
}


def read(root: Path, scene: Scene) -> GiasRead:
    for slug, text in scene.files.items():
        (root / "schools" / slug).mkdir(parents=True)
        (root / "schools" / slug / "school.yaml").write_text(text, encoding="utf-8")
    (root / "schools").mkdir(exist_ok=True)
    if scene.memory:
        (root / ".charterkit").mkdir()
        (root / ".charterkit/gias.jsonl").write_text(scene.memory, encoding="utf-8")
    links = write_links(root / "l.csv", scene.links) if scene.links is not None else None
    extract = write(root / "e.csv", scene.rows, columns=[*scene.columns])
    return read_gias(extract, links, GiasWishes(scene.where, scene.takes_all), Workspace(root))


def line(plan: GiasPlan) -> str:
    return f"{plan.becomes}: {plan.key} {plan.slug or '-'}: {'; '.join(plan.words)}".rstrip(" :")


def outcome(plans: GiasPlans) -> str:
    """All of it as lines."""
    lines = [line(plan) for plan in plans.plans]
    for name in ("blocks", "notes", "kept", "by_hand", "absent"):
        lines += [f"{name}: {text}" for text in getattr(plans, name)]
    lines += [f"{plans.closed} closed, {plans.coming} coming"] if plans.closed or plans.coming else []
    return "\n".join(lines)


@pytest.mark.parametrize("name", SCENES)
def test_what_becomes_of_each(tmp_path: Path, name: str) -> None:
    scene, wanted = SCENES[name]
    assert outcome(read(tmp_path, scene).plans) == wanted.strip()


def test_a_new_school_s_file_has_what_its_row_says_in_order(tmp_path: Path) -> None:
    row = academy(100009, "X", *LIGHT, website="www.x.org", number="4042", ukprn="12345678", town="Ambridge")
    scene = Scene({}, [row], [(100007, 100008, "Successor"), (100008, 100009, "Successor")])
    group, made = read(tmp_path, scene).plans.plans
    assert (group.facts, made.facts) == (
        {"name": "LIGHT TRUST", "kind": "trust", "group_uid": "2053", "source": SOURCE},
        {
            "name": "X",
            "kind": "school",
            "urn": "100009",
            "former_urns": ["100007", "100008"],
            "type": "academy",
            "dfe_number": "888/4042",
            "ukprn": "12345678",
            "phase": "primary",
            "local_authority": "Borsetshire",
            "trust": "light-trust",
            "website": "http://www.x.org",
            "address": "Ambridge",
            "source": SOURCE,
        },
    )
    assert [*(made.facts or ())][:4] == ["name", "kind", "urn", "former_urns"]
    assert (made.known, made.was, made.said["trust"]) == (None, "", "light-trust")


def test_a_changed_school_s_file_gets_its_numbers_in_order(tmp_path: Path) -> None:
    scene = Scene(
        {"a": here("A", "100001", 'former_urns: ["100000"]\n')},
        [shut(100001, "A"), school(200002, "A", ukprn="12345678")],
        [(100001, 150001, "Successor"), (150001, 200002, "Successor")],
    )
    (plan,) = read(tmp_path, scene).plans.plans
    assert [(change.at[0], change.value, change.append) for change in plan.changes] == [
        ("urn", "200002", False),
        ("former_urns", "100001", True),
        ("former_urns", "150001", True),
        ("ukprn", "12345678", False),
    ]
    assert (plan.was, plan.key, plan.known and plan.known.slug) == ("urn 100001", "urn 200002", "a")


def test_a_school_without_a_number_is_remembered_under_none(tmp_path: Path) -> None:
    files = {"a": here("A", "", "dfe_number: 888/4042\n")}
    (plan,) = read(tmp_path, Scene(files, [school(100001, "A", number="4042")])).plans.plans
    assert (plan.was, plan.key) == ("", "urn 100001")


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("group 2053", "group-2053"),
        ("trust light trust", "trust-light-trust"),
        ("trust " + "x" * 34, "trust-" + "x" * 34),
        ("trust " + "x" * 35, "trust-" + "x" * 34 + "-23b8a0"),
        ("trust " + "x" * 33 + " y", "trust-" + "x" * 33 + "-8a7ace"),
        ("trust zo\u00eb", "trust-zoe-f152f2"),
    ],
)
def test_a_trust_s_number_is_an_id_and_its_own(tmp_path: Path, key: str, number: str) -> None:
    row = read(tmp_path, Scene({}, [school(100001, "A")])).extract.by_urn["100001"]
    assert GroupTrust(key, row).number == number


def test_who_comes_to_a_trust_is_put_behind_the_members_that_it_lists(tmp_path: Path) -> None:
    files = {"light": trust("LIGHT TRUST", more="members: [x]\n"), "x": here("X", "100009", "trust: light\n")}
    plans = read(tmp_path, Scene(files, [academy(100001, "A", *LIGHT), academy(100009, "X", *LIGHT)])).plans
    assert plans.plans[0].changes == [Change(("members",), "a", append=True)]


def test_a_trust_that_is_left_out_counts_among_the_trusts(tmp_path: Path) -> None:
    files = {"ours": trust("Ours", ""), "x": here("X", "100009", "trust: ours\n")}
    plans = read(tmp_path, Scene(files, [academy(100009, "X", *LIGHT)])).plans
    assert [(plan.becomes, plan.is_trust) for plan in plans.plans] == [("left out", True), ("stays", False)]
