"""What a register's rows come to for policies that are here or not: one scene each, as a clerk would tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from charterkit.exchange.register.read import RegisterWishes, files_of, read_register
from charterkit.files.workspace import Workspace

TODAY = date(2026, 11, 22)


def policy(name: str, title: str, more: str = "") -> dict[str, str]:
    """A policy's file here, by its path below the school."""
    return {f"elm/policies/{name}.yaml": f"id: {name}\ntitle: {title}\nstatus: live\n{more}"}


@dataclass(frozen=True)
class Scene:
    """Files here, a sheet, and whose policies are asked for."""

    files: Mapping[str, str]
    sheet: str
    archived: bool = False
    slug: str | None = "elm"
    schools: Mapping[str, str] = field(default_factory=lambda: {"elm": "Elm Tree School"})


HISTORY = "history:\n  - {date: 2024-03-01, event: drafted}\n  - {date: 2025-03-10, event: approved, version: '2.0'}\n"
SEVERAL = {"elm": "Elm Tree School", "oak": "Oak School", "ash": "Ash", "ash-2": "Ash"}
SCENES: dict[str, tuple[Scene, str]] = {
    "by its id, its title, and words that are like it": (
        Scene(
            {
                **policy("pets", "Pets at school"),
                **policy("phones", "Mobile phones"),
                **policy("pay", "Pay policy"),
            },
            "ID,Policy,Owner\npets,Animals,Head\n,mobile PHONES,Head\n,Pay policy 2026-27,Head\n,Art,Head\n",
        ),
        """
changed: elm/pets: title Animals; owner Head
changed: elm/phones: title mobile PHONES; owner Head
changed: elm/pay: title Pay policy 2026-27; owner Head
made: elm/art: owner Head
""",
    ),
    "words that are like one whose own row stands there": (
        Scene(
            {
                **policy("pay", "Pay policy"),
            },
            "Policy,Owner\nPay 2026-27,Head\nPay policy,Bursar\n",
        ),
        """
made: elm/pay-2: owner Head
changed: elm/pay: owner Bursar
""",
    ),
    "one title that two have": (
        Scene(
            {
                **policy("a", "Pets"),
                **policy("b", "Pets"),
            },
            "Policy,Owner\nPets,Head\n",
        ),
        """
left out: elm/-: it may be one of several policies
block: A2: “Pets” may be a and b: add a column ID.
absent: a
absent: b
""",
    ),
    "an id that is new, taken, or none": (
        Scene(
            {
                **policy("pets", "Pets"),
            },
            "ID,Policy\nart-room,Art\ncon,Birds\npets,Dogs\nart-room,Fish\n",
        ),
        """
made: elm/art-room
made: elm/birds
changed: elm/pets: title Dogs
made: elm/fish
""",
    ),
    "titles of which no id or the same can be made": (
        Scene(
            {
                **policy("art", "Drawing"),
            },
            "Policy,Owner\nArt,Head\n!!!,Head\nArt & craft,Head\nArt and craft,Head\n",
        ),
        """
made: elm/art-2: owner Head
left out: elm/-: no id can be made of its title
made: elm/art-and-craft: owner Head
left out: elm/-: row 4 is about the same policy
ask: A3: “!!!”: no id can be made of this: add a column ID with small letters, digits and hyphens.
block: A4 and A5 are about one policy, “Art and craft”: delete one of them, or tell their titles apart.
absent: art
""",
    ),
    "two rows of one policy": (
        Scene(
            {
                **policy("pets", "Pets"),
            },
            "Policy,Owner\nPets,Head\nPets,Bursar\nArt,Head\nART,Head\n",
        ),
        """
changed: elm/pets: owner Head
left out: elm/-: row 2 is about the same policy
made: elm/art: owner Head
left out: elm/-: row 4 is about the same policy
block: A2 and A3 are about one policy, “Pets”: delete one of them, or tell their titles apart.
block: A4 and A5 are about one policy, “ART”: delete one of them, or tell their titles apart.
""",
    ),
    "schools by a column": (
        Scene(
            {},
            "School,Policy,Owner\n"
            "Elm Tree School,Pets,Head\n"
            "oak,Art,Head\n"
            "Ash,Zoo,Head\n"
            "Nowhere,Zoo,Head\n"
            "ash-2,Zoo,Head\n",
            slug=None,
            schools=SEVERAL,
        ),
        """
made: elm/pets: owner Head
made: oak/art: owner Head
made: ash/zoo: owner Head
left out: /-: its school is not known
made: ash-2/zoo: owner Head
ask: A5: “Nowhere”: no school of this workspace: write its name or its folder’s.
""",
    ),
    "a column of schools where one is asked for": (
        Scene(
            {},
            "School,Policy,Owner\nElm Tree School,Pets,Head\nOak School,Art,Head\n",
            schools=SEVERAL,
        ),
        """
made: elm/pets: owner Head
0 archived, 1 elsewhere
""",
    ),
    "archived ones are counted": (
        Scene(
            {
                **policy("pets", "Pets"),
            },
            "Policy,Status\nPets,Archived\nArt,archived\nZoo,live\nFish,draft\n",
        ),
        """
made: elm/zoo
made: elm/fish: draft
absent: pets
2 archived, 0 elsewhere
""",
    ),
    "archived ones that are asked for": (
        Scene(
            {
                **policy("pets", "Pets"),
            },
            "Policy,Status\nPets,Archived\nArt,withdrawn\n",
            archived=True,
        ),
        """
changed: elm/pets: status archived
made: elm/art: archived
""",
    ),
    "a committee is called as it was first": (
        Scene(
            {
                **policy("pets", "Pets", "approver: {body: committee, name: Resources Committee}\n"),
            },
            "Policy,Approved by\n"
            "Pets,RESOURCES COMMITTEE\n"
            "Art,resources committee\n"
            "Zoo,Premises Panel\n"
            "Fish,premises panel\n"
            "Birds,Governing body\n",
        ),
        """
stays: elm/pets
made: elm/art: approved by Resources Committee
made: elm/zoo: approved by Premises Panel
made: elm/fish: approved by Premises Panel
made: elm/birds: approved by full governing body
""",
    ),
    "a title that cannot be read": (
        Scene(
            {
                **policy("pets", "Pets"),
            },
            "ID,Policy,Owner\n"
            ",xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,Head\n"
            "pets,yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy,Bursar\n",
        ),
        """
made: elm/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: owner Head
changed: elm/pets: title yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…; owner Bursar
""",
    ),
    "a mistake in a file that is changed, and in one that stays": (
        Scene(
            {
                **policy("pets", "Pets", "review: {every: often}\n"),
                **policy("art", "Art", "review: {every: often}\n"),
            },
            "Policy,Owner\nPets,Head\nArt,\n",
        ),
        """
changed: elm/pets: owner Head
stays: elm/art
block: schools/elm/policies/pets.yaml has mistakes, and row 2 would change it: mend it first, with charterkit check schools/elm/policies/pets.yaml
""",
    ),
    "a version without a date": (
        Scene(
            {},
            "Policy,Version,Reviewed by\nPets,2.0,Mrs Hill\n",
        ),
        """
made: elm/pets
ask: B2: “2.0”: no date stands beside it: write when it was last reviewed or approved.
ask: C2: “Mrs Hill”: no date stands beside it: write when it was last reviewed or approved.
""",
    ),
    "all that a new one may say": (
        Scene(
            {},
            "Policy,Status,Owner,Owner email,Approved by,Statutory,How often,Next review,Issued,Last reviewed,Date approved,Ratified,Version,Reviewed by,Website,Notes\n"
            "Pets,under review,Ann Ofori (Head),head@elm.example,Governing body,yes,2 years,Autumn 2027,1/9/2024,Spring 2025,10/3/2025,12/3/2025,2.0,Mrs Hill,yes,Walk them\n"
            "Art,live,Head of art,,Head,no,annually,31/3/2028,,,,,,,https://elm.example/art,\n",
        ),
        """
made: elm/pets: under review; owner Ann Ofori; approved by full governing body; statutory; every 2 years; next review autumn term 2027-28; issued 1 September 2024; approved 10 March 2025; ratified 12 March 2025; reviewed 2025; version 2.0; on the website; note “Walk them”
made: elm/art: owner Head of art; approved by headteacher; not statutory; every 1 year; next review 31 March 2028; https://elm.example/art
""",
    ),
    "owner by name and post": (
        Scene(
            {
                **policy("a", "Art", "owner: {name: Ann Ofori, role: Head}\n"),
                **policy("b", "Boats", "owner: {role: Head}\n"),
                **policy("c", "Cats", "owner: {name: Ann Ofori}\n"),
                **policy("d", "Dogs"),
                **policy("e", "Elks", "owner: {name: Ann Ofori, role: Head, email: a@b.example}\n"),
            },
            "Policy,Owner,Owner email\n"
            "Art,Ann Ofori,\n"
            "Boats,Ann Ofori (head),\n"
            "Cats,Bursar,\n"
            "Dogs,Tom Field,t@b.example\n"
            "Elks,Head,a@b.example\n",
        ),
        """
stays: elm/a
changed: elm/b: owner Ann Ofori; owner head
changed: elm/c: owner Bursar
changed: elm/d: owner Tom Field; owner’s email t@b.example
stays: elm/e
""",
    ),
    "approver": (
        Scene(
            {
                **policy("a", "Art", "approver: full-governing-body\n"),
                **policy("b", "Boats", "approver: {body: committee, name: Resources}\n"),
                **policy("c", "Cats", "approver: headteacher\n"),
            },
            "Policy,Approved by\nArt,FGB\nBoats,Committee\nCats,Governing body\n",
        ),
        """
stays: elm/a
stays: elm/b
changed: elm/c: approver full governing body
""",
    ),
    "statutory and how often": (
        Scene(
            {
                **policy("a", "Art", "statutory: true\nreview: {every: 1 year}\n"),
                **policy("b", "Boats", "statutory: false\nreview: {every: 2 years, term: autumn}\n"),
                **policy("c", "Cats", "review: {every: live}\n"),
                **policy("d", "Dogs"),
            },
            "Policy,Statutory,How often\nArt,yes,12 months\nBoats,yes,annually\nCats,no,3 years\nDogs,no,\n",
        ),
        """
stays: elm/a
changed: elm/b: statutory yes; every 1 year
changed: elm/c: statutory no; every 3 years
changed: elm/d: statutory no
""",
    ),
    "when it is due": (
        Scene(
            {
                **policy("a", "Art", "next_review: 2027-03\n"),
                **policy("b", "Boats", "review: {every: 1 year}\nhistory: [{date: 2026-03-10, event: approved}]\n"),
                **policy("c", "Cats", "next_review: 2026-27-autumn\n"),
                **policy("d", "Dogs"),
            },
            "Policy,Next review\nArt,31/3/2027\nBoats,10/3/2027\nCats,Spring 2027\nDogs,1/5/2027\n",
        ),
        """
stays: elm/a
stays: elm/b
changed: elm/c: next review spring term 2026-27
changed: elm/d: next review 1 May 2027
""",
    ),
    "where it is": (
        Scene(
            {
                **policy("a", "Art", "publication: {url: https://a.example/a}\n"),
                **policy("b", "Boats", "publication: {visibility: staff}\n"),
                **policy("c", "Cats", "publication: {visibility: public}\n"),
                **policy("d", "Dogs"),
                **policy("e", "Elks", "publication: {visibility: staff}\n"),
                **policy("f", "Fish", "publication: {url: https://a.example/f}\n"),
                **policy("g", "Goats", "publication: {visibility: public}\n"),
            },
            "Policy,Website\nArt,https://a.example/b\nBoats,yes\nCats,no\nDogs,yes\nElks,no\nFish,no\nGoats,yes\n",
        ),
        """
changed: elm/a: address https://a.example/b
stays: elm/b
stays: elm/c
changed: elm/d: visibility public
stays: elm/e
stays: elm/f
stays: elm/g
ask: B3: “yes”: the file says that it is for staff: mend one of the two.
ask: B4: “no”: the file says where it is published: take it out there if it is not any more.
ask: B7: “no”: the file says where it is published: take it out there if it is not any more.
""",
    ),
    "what has happened": (
        Scene(
            {
                **policy(
                    "a",
                    "Art",
                    "history:\n  - {date: 2024-03-01, event: drafted}\n  - {date: 2025-03-10, event: approved, version: '2.0'}\n",
                ),
                **policy("b", "Boats", "history: [{date: 2025-03, event: approved}]\n"),
                **policy(
                    "c",
                    "Cats",
                    "history:\n  - {date: 2024-03-01, event: drafted}\n  - {date: 2025-03-10, event: approved, version: '2.0'}\n",
                ),
                **policy(
                    "d",
                    "Dogs",
                    "history:\n  - {date: 2024-03-01, event: drafted}\n  - {date: 2025-03-10, event: approved, version: '2.0'}\n",
                ),
                **policy("e", "Elks", "issued: 2025-04\n"),
                **policy(
                    "f",
                    "Fish",
                    "history:\n  - {date: 2024-03-01, event: drafted}\n  - {date: 2025-03-10, event: approved, version: '2.0'}\n",
                ),
            },
            "Policy,Date approved,Last reviewed,Issued,Version,Reviewed by\n"
            "Art,10/3/2025,,,2,\n"
            "Boats,12/3/2025,,,1.0,\n"
            "Cats,1/2/2025,,,3.0,\n"
            "Dogs,1/4/2026,Spring 2026,,2.1,Mrs Hill\n"
            "Elks,12/4/2025,,,,\n"
            "Fish,,,1/9/2023,,Mrs Hill\n",
        ),
        """
stays: elm/a
changed: elm/b: approved 12 March 2025; version 1.0
stays: elm/c
changed: elm/d: approved 1 April 2026; reviewed 2026, version 2.1
stays: elm/e
stays: elm/f
ask: B4: “1/2/2025”: the file’s history goes on to 10 March 2025 and has no such day: mend the sheet, or record what happened with charterkit policy review --backdate.
ask: E4: “3.0”: the file’s history says 2.0: write beside it when the new version was approved.
ask: D7: “1/9/2023”: the file’s history goes on to 10 March 2025 and has no such day: mend the sheet, or record what happened with charterkit policy review --backdate.
ask: F7: “Mrs Hill”: the file’s history says nothing of a review.
""",
    ),
    "who reviewed it": (
        Scene(
            {
                **policy("a", "Art", "history: [{date: 2025-03-10, event: reviewed}]\n"),
                **policy("b", "Boats", "history: [{date: 2025-03-10, event: reviewed, by: Mr Low}]\n"),
                **policy("c", "Cats", "history: [{date: 2025-03-10, event: approved, note: reviewed by Mrs Hill}]\n"),
                **policy("d", "Dogs"),
                **policy("e", "Elks", "history: [{date: 2025-03-10, event: approved}]\n"),
                **policy("f", "Fish", "history: [{date: 2025-03-10, event: reviewed, by: Mrs Hill}]\n"),
            },
            "Policy,Reviewed by,Version\n"
            "Art,Mrs Hill,1.1\n"
            "Boats,Mrs Hill,\n"
            "Cats,Mrs Hill,\n"
            "Dogs,Mrs Hill,2.0\n"
            "Elks,Mrs Hill,\n"
            "Fish,Mrs Hill,\n",
        ),
        """
changed: elm/a: version 1.1; by Mrs Hill
stays: elm/b
stays: elm/c
stays: elm/d
stays: elm/e
stays: elm/f
ask: B3: “Mrs Hill”: the file’s history says Mr Low.
ask: C5: “2.0”: no date says when it became that: write when it was last reviewed or approved.
ask: B5: “Mrs Hill”: the file’s history says nothing of a review.
ask: B6: “Mrs Hill”: the file’s history says nothing of a review.
""",
    ),
    "title and notes": (
        Scene(
            {
                **policy("a", "Art  room", "note: old\n"),
                **policy("b", "Boats", "note: same\n"),
            },
            "ID,Policy,Notes\na,Art  Room 2,new\nb,Boats,same\n",
        ),
        """
changed: elm/a: title Art Room 2; note new
stays: elm/b
""",
    ),
    "a version beside a date of any kind": (
        Scene(
            {},
            "Policy,Issued,Last reviewed,Date approved,Ratified,Version\n"
            "Art,1/9/2024,,,,1.0\nBoats,,1/9/2024,,,1.0\nCats,,,1/9/2024,,1.0\nDogs,,,,1/9/2024,1.0\n",
        ),
        """
made: elm/art: issued 1 September 2024; version 1.0
made: elm/boats: reviewed 1 September 2024; version 1.0
made: elm/cats: approved 1 September 2024; version 1.0
made: elm/dogs: ratified 1 September 2024; version 1.0
""",
    ),
    "policies of several schools": (
        Scene(
            {**policy("pets", "Pets"), "oak/policies/pets.yaml": "id: pets\ntitle: Pets\nstatus: live\n"},
            "School,Policy,Owner\nOak School,Pets,Head\nElm Tree School,Art,Head\n",
            slug=None,
            schools=SEVERAL,
        ),
        """
changed: oak/pets: owner Head
made: elm/art: owner Head
absent: pets
""",
    ),
    "an id for a title that two have": (
        Scene({**policy("a", "Pets"), **policy("b", "Pets")}, "ID,Policy,Owner\nb,Pets,Head\n"),
        """
changed: elm/b: owner Head
absent: a
""",
    ),
    "titles that come to one id": (
        Scene(policy("art", "Drawing"), "Policy,Owner\nArt!,Head\nÄrt,Head\n"),
        """
made: elm/art-2: owner Head
made: elm/art-3: owner Head
absent: art
""",
    ),
    "a file whose name says another id": (
        Scene({"elm/policies/art.yaml": "id: drawing\ntitle: Pens\n"}, "Policy,Owner\nArt,Head\nDrawing,Head\n"),
        """
made: elm/art-2: owner Head
made: elm/drawing-2: owner Head
absent: drawing
""",
    ),
    "a committee that a file names": (
        Scene(
            policy("pets", "Pets", "approver: {body: committee, name: Resources Committee}\n"),
            "Policy,Approved by\nPets,\nArt,resources committee\n",
        ),
        """
stays: elm/pets
made: elm/art: approved by Resources Committee
""",
    ),
    "the same row twice": (
        Scene({}, "Policy,Owner\nPets,Head\nPets,Head\n"),
        """
made: elm/pets: owner Head
left out: elm/-: the same as row 2
""",
    ),
    "one school that is asked for among several": (
        Scene({}, "Policy,Owner\nPets,Head\n", slug="oak", schools=SEVERAL),
        """
made: oak/pets: owner Head
""",
    ),
    "what goes with which event": (
        Scene(
            {},
            "Policy,Last reviewed,Date approved,Date archived,Version,Reviewed by\n"
            "Art,1/2/2025,10/3/2025,,1.0,Mrs Hill\nBoats,,10/3/2020,1/7/2021,2.0,Mrs Hill\n",
            archived=True,
        ),
        """
made: elm/art: reviewed 1 February 2025; approved 10 March 2025; version 1.0
made: elm/boats: archived; approved 10 March 2020; withdrawn 1 July 2021; version 2.0
""",
    ),
    "more that is compared": (
        Scene(
            {
                **policy("a", "Art", "owner: {name: Ann Ofori, role: Head}\nnext_review: 2027-03-01\n"),
                **policy(
                    "b",
                    "Boats",
                    "next_review: 2026-27-autumn\n"
                    "history: [{date: 2025-03-10, event: approved}, {date: 2025-05-01, event: drafted}]\n",
                ),
                **policy("c", "Cats", "history: [{date: 2025-03-10, event: approved, version: v2.0}]\n"),
                **policy("d", "Dogs", HISTORY),
            },
            "Policy,Owner's role,Next review,Approved by,Last reviewed,Date approved,Version,Reviewed by\n"
            "Art,Bursar,1/9/2027,resources committee,,,,\nBoats,,Spring 2027,,,,1.0,\nCats,,,,,,v2,\n"
            "Dogs,,,,1/2/2026,1/4/2026,2.1,Mrs Hill\n",
        ),
        """
changed: elm/a: owner’s role Bursar; approver resources committee; next review 1 September 2027
changed: elm/b: next review spring term 2026-27; version 1.0
stays: elm/c
changed: elm/d: reviewed 1 February 2026; approved 1 April 2026, version 2.1
ask: G4: “v2”: the file’s history says v2.0: write beside it when the new version was approved.
""",
    ),
    "a policy that the school's trust has": (
        Scene(
            {"north/policies/pets.yaml": "id: pets\ntitle: Pets\nstatus: live\n"},
            "Policy,Owner\nPets,Head\n",
            schools={"elm": "Elm Tree School\ntrust: north", "north": "North\nkind: trust"},
        ),
        """
made: elm/pets: owner Head
""",
    ),
    "which events are one, and in what order others are": (
        Scene(
            {
                **policy("a", "Art", "history: [{date: 2025-03-10, event: approved}]\n"),
                **policy("b", "Boats", "history: [{date: 2025-03-10, event: drafted}]\n"),
                **policy(
                    "c",
                    "Cats",
                    "history:\n- {date: 2025-03-10, event: approved}\n- {date: 2027-01-01, event: drafted}\n",
                ),
            },
            "Policy,Last reviewed,Date approved,Date archived,Version\n"
            "Art,10/3/2025,,,\nBoats,10/3/2025,,,\nCats,,1/2/2026,1/7/2026,2.0\n",
            archived=True,
        ),
        """
stays: elm/a
changed: elm/b: reviewed 10 March 2025
changed: elm/c: status archived; approved 1 February 2026, version 2.0; withdrawn 1 July 2026
""",
    ),
}


def outcome(root: Path, scene: Scene) -> str:
    for slug, name in scene.schools.items():
        (root / "schools" / slug / "policies").mkdir(parents=True)
        (root / "schools" / slug / "school.yaml").write_text(f"name: {name}\n", encoding="utf-8")
    for path, text in scene.files.items():
        (root / "schools" / path).write_text(text, encoding="utf-8")
    (root / "s.csv").write_text(scene.sheet, encoding="utf-8")
    workspace = Workspace(root)
    found = read_register(root / "s.csv", RegisterWishes(archived=scene.archived), workspace, TODAY, scene.slug)
    plan = found.plan
    lines = [f"{row.becomes}: {row.slug}/{row.id or '-'}: {'; '.join(row.words)}".rstrip(" :") for row in plan.rows]
    for row in plan.rows:
        lines += [f"ask: {each}" for each in row.row.questions]
    lines += [f"block: {each}" for each in plan.blocks]
    lines += [f"absent: {each.id}" for each in plan.absent]
    lines += [f"{plan.archived} archived, {plan.elsewhere} elsewhere"] if plan.archived or plan.elsewhere else []
    return "\n".join(lines)


@pytest.mark.parametrize("name", SCENES)
def test_what_becomes_of_each_row(tmp_path: Path, name: str) -> None:
    scene, wanted = SCENES[name]
    assert outcome(tmp_path, scene) == wanted.strip()


FILES = {
    "which events are one, and in what order others are": {
        "b": """\
id: b
title: Boats
status: live
history: [{date: 2025-03-10, event: drafted}, {date: 2025-03-10, event: reviewed}]
""",
        "c": """\
id: c
title: Cats
status: archived
history:
- {date: 2025-03-10, event: approved}
- {date: 2026-02-01, event: approved, version: "2.0"}
- {date: 2026-07-01, event: withdrawn}
- {date: 2027-01-01, event: drafted}
""",
    },
    "where it is": {
        "a": """\
id: a
title: Art
status: live
publication: {url: https://a.example/b}
""",
        "d": """\
id: d
title: Dogs
status: live
publication:
  visibility: public
""",
    },
    "who reviewed it": {
        "a": """\
id: a
title: Art
status: live
history: [{date: 2025-03-10, event: reviewed, by: Mrs Hill, version: "1.1"}]
""",
    },
    "more that is compared": {
        "a": """\
id: a
title: Art
status: live
owner: {name: Ann Ofori, role: Bursar}
next_review: 2027-09-01
approver:
  body: committee
  name: resources committee
""",
        "b": """\
id: b
title: Boats
status: live
next_review: 2026-27-spring
history: [{date: 2025-03-10, event: approved, version: "1.0"}, {date: 2025-05-01, event: drafted}]
""",
        "d": """\
id: d
title: Dogs
status: live
history:
  - {date: 2024-03-01, event: drafted}
  - {date: 2025-03-10, event: approved, version: '2.0'}
  - {date: 2026-02-01, event: reviewed, by: Mrs Hill}
  - {date: 2026-04-01, event: approved, version: "2.1"}
""",
    },
    "owner by name and post": {
        "b": """\
id: b
title: Boats
status: live
owner: {role: head, name: Ann Ofori}
""",
        "c": """\
id: c
title: Cats
status: live
owner: {name: Ann Ofori, role: Bursar}
""",
        "d": """\
id: d
title: Dogs
status: live
owner:
  name: Tom Field
  email: t@b.example
""",
    },
    "statutory and how often": {
        "b": """\
id: b
title: Boats
status: live
statutory: yes
review: {every: 1 year, term: autumn}
""",
        "c": """\
id: c
title: Cats
status: live
review: {every: 3 years}
statutory: no
""",
        "d": """\
id: d
title: Dogs
status: live
statutory: no
""",
    },
    "all that a new one may say": {
        "pets": """\
id: pets
title: Pets
status: under-review
owner:
  role: Head
  name: Ann Ofori
  email: head@elm.example
approver: full-governing-body
statutory: yes
review:
  every: 2 years
next_review: 2027-28-autumn
history:
  - date: 2024-09-01
    event: issued
  - date: 2025-03-10
    event: approved
  - date: 2025-03-12
    event: ratified
  - date: 2025
    event: reviewed
    version: "2.0"
    by: Mrs Hill
    note: Spring 2025
publication:
  visibility: public
note: Walk them
""",
        "art": """\
id: art
title: Art
status: live
owner:
  role: Head of art
approver: headteacher
statutory: no
review:
  every: 1 year
next_review: 2028-03-31
publication:
  url: https://elm.example/art
""",
    },
    "what goes with which event": {
        "art": """\
id: art
title: Art
status: live
history:
  - date: 2025-02-01
    event: reviewed
    by: Mrs Hill
  - date: 2025-03-10
    event: approved
    version: "1.0"
""",
        "boats": """\
id: boats
title: Boats
status: archived
history:
  - date: 2020-03-10
    event: approved
    version: "2.0"
    note: reviewed by Mrs Hill
  - date: 2021-07-01
    event: withdrawn
""",
    },
    "what has happened": {
        "b": """\
id: b
title: Boats
status: live
history: [{date: 2025-03-12, event: approved, version: "1.0"}]
""",
        "d": """\
id: d
title: Dogs
status: live
history:
  - {date: 2024-03-01, event: drafted}
  - {date: 2025-03-10, event: approved, version: '2.0'}
  - {date: 2026-04-01, event: approved}
  - {date: 2026, event: reviewed, version: "2.1", by: Mrs Hill, note: Spring 2026}
""",
    },
}


@pytest.mark.parametrize("name", FILES)
def test_the_files_have_what_the_rows_say_and_nothing_else(tmp_path: Path, name: str) -> None:
    scene = SCENES[name][0]
    outcome(tmp_path, scene)
    workspace, wishes = Workspace(tmp_path), RegisterWishes(archived=scene.archived)
    plan = read_register(tmp_path / "s.csv", wishes, workspace, TODAY, "elm").plan
    made = {Path(file.path).stem: file.after.decode() for file in files_of(plan, workspace)}
    assert made == FILES[name]
    assert len(files_of(plan, workspace, 1)) == 1
