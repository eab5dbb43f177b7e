import csv
import io
import json
import subprocess
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import charterkit.render
from charterkit.errors import CharterkitError
from charterkit.insight.evaluations.compare import MoveKind, compare
from charterkit.render.comparison.all_cycles import all_cycles_csv, all_cycles_json, all_cycles_paper, all_cycles_view
from charterkit.render.comparison.data import compare_csv, compare_json
from charterkit.render.comparison.terminal import all_cycles_renderable
from charterkit.render.comparison.view import compare_view
from charterkit.render.engine.environment import render
from charterkit.render.shared.movement import besides, moved
from charterkit.resources import builtin
from tests.render.guided import guided
from tests.render.samples import CHARTER, TODAY, after, compared, example, history, small

SCHEMAS = Path(charterkit.render.__file__).parent / "schemas"


def schema(name):
    found = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def view(workspace):
    return compare_view(workspace.school("st-josephs"), compared(workspace), today=TODAY)


def every(workspace):
    return all_cycles_view(workspace.school("st-josephs"), history(workspace), workspace.versions("small"))


SECOND = (
    CHARTER.replace('version: "1"', 'version: "2"')
    .replace(
        "{id: gate, text: Somebody is at the gate}", "{id: way-in, text: The way in is easy, replaces: [gate, door]}"
    )
    .replace("      - {id: door, text: The door is open}\n", "")
    .replace("{id: answer, text: We answer}", "{id: thanks, text: We say thank you}")
)
CHANGED = {
    "charters/second.yaml": SECOND,
    "schools/st-josephs/evaluations/2024-25.yaml": """\
charter: small
charter_version: "1"
cycle: 2024-25
date: 2024-10
status: agreed
ratings: {gate: {rating: red}, door: {rating: green}, phone: {rating: amber}, survey: {rating: grene}, answer: {rating: red}}
actions: [{id: a, action: Carry on, due: 2025-03}, {id: b, action: Finish}, {id: c, action: Vanish}, {id: d, action: Drop}]
""",
    "schools/st-josephs/evaluations/2025-26.yaml": """\
charter: small
charter_version: "2"
cycle: 2025-26
date: 2025-10
status: draft
ratings: {way-in: {rating: amber}, phone: {rating: amber}, survey: {rating: green}, thanks: {rating: green}}
actions: [{id: a, action: Carry on, due: 2026-03}, {id: b, action: Finish, status: done}, {id: d, action: Drop, status: dropped}, {action: Begin}]
""",
}


# -- the sentence


def counted(**found):
    return {kind: found.get(kind.name.lower(), 0) for kind in MoveKind}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            {"improved": 10, "declined": 2, "unchanged": 27},
            "Since 2024-25, ten aspects improved, two fell back and 27 stayed the same.",
        ),
        ({"improved": 1, "declined": 1}, "Since 2024-25, one aspect improved and one fell back."),
        (
            {"improved": 6, "unchanged": 20},
            "Since 2024-25, six aspects improved and 20 stayed the same; none fell back.",
        ),
        ({"declined": 1}, "Since 2024-25, one aspect fell back; none improved."),
        ({"unchanged": 40}, "Since 2024-25, 40 aspects stayed the same; none improved or fell back."),
        ({"added": 3}, "Since 2024-25, no aspect has been rated both times, so nothing can be called better or worse."),
        (
            {"not_comparable": 4},
            "Since 2024-25, four aspects were rated both times, but on different scales, so they cannot be compared.",
        ),
        (
            {"not_comparable": 1, "added": 2},
            "Since 2024-25, one aspect was rated both times, but on different scales, so it cannot be compared.",
        ),
    ],
)
def test_the_sentence(found, words):
    assert moved("Since 2024-25", counted(**found)) == words


@pytest.mark.parametrize(
    ("found", "draft", "words"),
    [
        ({}, False, ""),
        ({"no_longer_rated": 1}, False, "One is no longer rated."),
        ({"no_longer_rated": 15}, True, "15 are not rated this time."),
        (
            {"newly_rated": 2, "removed": 1, "unreadable": 11},
            False,
            "Besides, two are newly rated, one is no longer in the charter and 11 cannot be read.",
        ),
    ],
)
def test_the_sentence_about_the_rest(found, draft, words):
    assert besides(counted(**found), draft=draft) == words


def test_the_example_school_in_one_sentence():
    workspace, folder, found, versions = example()
    comparison = compare(found[1], found[2], versions, found)
    made = compare_view(folder, comparison, today=TODAY)
    assert made.summary == (
        "Since autumn term 2024-25, ten aspects improved, two fell back and 27 stayed the same. One is no longer rated."
    )
    assert workspace


def test_going_back_is_not_called_since(tmp_path):
    workspace = small(tmp_path)
    found = history(workspace)
    comparison = compare(found[1], found[0], workspace.versions("small"), found)
    made = compare_view(workspace.school("st-josephs"), comparison, today=TODAY)
    assert made.summary.startswith("Going back from 2025-26 to 2024-25, ")


# -- the view


def test_sections_what_fell_back_first(tmp_path):
    made = view(small(tmp_path))
    assert [(one.heading, len(one.changes)) for one in made.sections] == [
        ("Fell back", 1),
        ("Improved", 1),
        ("No longer rated", 1),
        ("Stayed the same", 1),
    ]
    assert made.counts[0] == ("Fell back", "↓", 1)
    assert made.notes == ()


def test_across_versions_with_a_draft_and_an_entry_that_cannot_be_read(tmp_path):
    made = view(small(tmp_path, CHANGED))
    assert len(made.notes) == 2
    assert "draft" in made.notes[0]
    assert "version 1 to version 2" in made.notes[1]
    kinds = {section.kind: section.changes for section in made.sections}
    assert kinds["improved"][0].from_titles == ("Somebody is at the gate", "The door is open")
    assert [change.title for change in kinds["added"]] == ["We say thank you"]
    assert [change.title for change in kinds["removed"]] == ["We answer"]
    assert "grene" in kinds["unreadable"][0].why
    assert [line.what for line in made.unreadable] == ["We ask (2024-25)"]
    for kind in ("html", "md"):
        page = render(f"compare.{kind}.j2", made, None)
        for words in (
            "Somebody is at the gate",
            "New in the charter",
            "No longer in the charter",
            "grene",
            "Not in this version",
        ):
            assert words in page


def test_actions_by_what_became_of_them(tmp_path):
    made = view(small(tmp_path, CHANGED))
    assert [(one.heading, [action.action for action in one.actions]) for one in made.actions] == [
        ("Done", ["Finish"]),
        ("Carried over", ["Carry on"]),
        ("New", ["Begin"]),
        ("Dropped", ["Drop"]),
        ("Not mentioned again, and still open", ["Vanish"]),
    ]
    assert made.actions[1].actions[0].is_overdue


def test_an_action_that_cannot_be_read_is_not_called_gone(tmp_path):
    files = {**CHANGED}
    name = "schools/st-josephs/evaluations/2025-26.yaml"
    files[name] = files[name].replace("{id: a, action: Carry on, due: 2026-03}", "{id: a, action: Carry on, due: soon}")
    made = view(small(tmp_path, files))
    headings = {one.heading: [action.action for action in one.actions] for one in made.actions}
    assert headings["Could not be read this time"] == ["Carry on"]
    assert "Carry on" not in headings["Not mentioned again, and still open"]


def test_different_scales_are_not_compared(tmp_path):
    scale = "scale: [{id: no, label: No}, {id: yes, label: Yes}]\nkey_points:"
    files = {
        "charters/second.yaml": CHARTER.replace('version: "1"', 'version: "2"').replace("key_points:", scale),
        **after("ratings: {gate: {rating: yes}}\n"),
    }
    name = "schools/st-josephs/evaluations/2025-26.yaml"
    files[name] = files[name].replace('charter_version: "1"', 'charter_version: "2"')
    made = view(small(tmp_path, files))
    kinds = {section.kind: section.changes for section in made.sections}
    assert [(one.before.word, one.after.word) for one in kinds["not-comparable"]] == [("Red", "Yes")]
    assert "cannot be compared" in made.summary


def test_the_list_of_moves_has_the_numbers_of_the_table(tmp_path):
    made = view(small(tmp_path, CHANGED))
    assert sum(row.total for row in made.matrix.rows) == sum(step.count for step in made.steps)
    for row in made.matrix.rows:
        assert row.total == sum(row.counts) == sum(step.count for step in made.steps if step.before == row.badge)
    assert max(step.width for step in made.steps) == 100


def test_what_fell_farthest_comes_first(tmp_path):
    ratings = "ratings: {gate: {rating: amber}, door: {rating: amber}, phone: {rating: red}, survey: {rating: red}}\n"
    files = after(ratings)
    before = (
        files["schools/st-josephs/evaluations/2025-26.yaml"].replace("2025-", "2024-").replace("2024-26", "2024-25")
    )
    files["schools/st-josephs/evaluations/2024-25.yaml"] = (
        before.replace("gate: {rating: amber}", "gate: {rating: green}")
        .replace("door: {rating: amber}", "door: {rating: red}")
        .replace("phone: {rating: red}", "phone: {rating: amber}")
        .replace("survey: {rating: red}", "survey: {rating: green}")
    )
    made = view(small(tmp_path, files))
    assert [change.aspect for change in made.sections[0].changes] == ["survey", "phone", "gate"]
    assert [(step.before.id, step.after.id, step.way) for step in made.steps] == [
        ("green", "red", "down"),
        ("amber", "red", "down"),
        ("green", "amber", "down"),
        ("red", "amber", "up"),
    ]
    page = render("compare.html.j2", made, None)
    assert page.index("We ask") < page.index("The telephone is answered") < page.index("Somebody is at the gate")


def test_nothing_in_common_makes_no_list_of_moves(tmp_path):
    made = view(
        small(
            tmp_path,
            {
                **after("ratings: {}\n"),
                "schools/st-josephs/evaluations/2024-25.yaml": CHANGED[
                    "schools/st-josephs/evaluations/2024-25.yaml"
                ].split("ratings")[0]
                + "ratings: {}\n",
            },
        )
    )
    assert made.steps == ()
    assert made.sections == ()
    for kind in ("html", "md"):
        assert "no aspect has been rated both times" in render(f"compare.{kind}.j2", made, None)


# -- for other programs


def test_json_as_it_is_documented(tmp_path):
    made = compare_json(compared(small(tmp_path, CHANGED)), "st-josephs")
    schema("compare").validate(made)
    assert list(made)[:8] == ["school", "charter", "from", "to", "from_version", "to_version", "counts", "changes"]
    assert made["counts"] == {
        "improved": 1,
        "declined": 0,
        "unchanged": 1,
        "newly_rated": 0,
        "no_longer_rated": 0,
        "added": 1,
        "removed": 1,
        "not_comparable": 0,
        "unreadable": 1,
    }
    assert made["changes"][0] == {
        "aspect": "way-in",
        "key_point": "welcome",
        "from": "red",
        "to": "amber",
        "change": "improved",
        "title": "The way in is easy",
        "from_aspects": ["gate", "door"],
    }
    assert {one["aspect"]: (one["from"], one["to"]) for one in made["changes"]} == {
        "way-in": ("red", "amber"),
        "phone": ("amber", "amber"),
        "survey": ("unreadable", "green"),
        "thanks": (None, "green"),
        "answer": ("red", None),
    }


def test_the_example_s_json_follows_the_schema():
    _, folder, found, versions = example()
    for place in range(1, len(found)):
        schema("compare").validate(compare_json(compare(found[place - 1], found[place], versions, found), folder.slug))
    schema("compare-all").validate(all_cycles_json(all_cycles_view(folder, found, versions)))


words = st.sampled_from(["red", "amber", "green", "{rating: not-applicable, reason: x}", "purple", None])


@settings(max_examples=25)
@given(st.lists(st.tuples(words, words), min_size=5, max_size=5))
def test_whatever_the_ratings_the_json_follows_the_schema_and_adds_up(tmp_path_factory, found):
    def ratings(place):
        lines = [
            f"  {key}: {word if word.startswith('{') else f'{{rating: {word}}}'}"
            for key, word in zip(
                ("gate", "door", "phone", "survey", "answer"), (pair[place] for pair in found), strict=True
            )
            if word
        ]
        return "ratings: {}\n" if not lines else "ratings:\n" + "\n".join(lines) + "\n"

    head = 'charter: small\ncharter_version: "1"\ncycle: 2024-25\ndate: 2024-10\n'
    files = {**after(ratings(1)), "schools/st-josephs/evaluations/2024-25.yaml": head + ratings(0)}
    workspace = small(tmp_path_factory.mktemp("x"), files)
    made = compare_json(compared(workspace), "st-josephs")
    schema("compare").validate(made)
    assert sum(made["counts"].values()) == len(made["changes"])
    schema("compare-all").validate(all_cycles_json(every(workspace)))
    assert view(workspace).summary.endswith(".")


def test_csv_has_the_same_rows(tmp_path):
    workspace = small(tmp_path, CHANGED)
    text = compare_csv(view(workspace))
    assert text.count("\r\n") == 6
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    expected = compare_json(compared(workspace), "st-josephs")["changes"]
    found = {row["aspect"]: (row["from"], row["to"], row["change"], row["title"]) for row in rows}
    assert found == {
        one["aspect"]: (one["from"] or "", one["to"] or "", one["change"], one["title"]) for one in expected
    }
    assert rows[0]["from_aspects"] == "gate door"


def test_csv_runs_no_formula(tmp_path):
    charter = CHARTER.replace("text: Somebody is at the gate", "text: '=HYPERLINK(1)'")
    text = compare_csv(view(small(tmp_path, {"charters/small.yaml": charter})))
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


# -- every cycle


def test_all_cycles_side_by_side(tmp_path):
    made = all_cycles_json(every(small(tmp_path, CHANGED)))
    schema("compare-all").validate(made)
    assert made == {
        "school": "st-josephs",
        "charter": "small",
        "cycles": [
            {"cycle": "2024-25", "date": "2024-10", "version": "1", "status": "agreed"},
            {"cycle": "2025-26", "date": "2025-10", "version": "2", "status": "draft"},
        ],
        "aspects": [
            {"aspect": "way-in", "key_point": "welcome", "title": "The way in is easy", "ratings": ["red", "amber"]},
            {
                "aspect": "phone",
                "key_point": "welcome",
                "title": "The telephone is answered",
                "ratings": ["amber", "amber"],
            },
            {"aspect": "survey", "key_point": "heard", "title": "We ask", "ratings": ["unreadable", "green"]},
            {"aspect": "thanks", "key_point": "heard", "title": "We say thank you", "ratings": [None, "green"]},
        ],
    }


def test_all_cycles_as_csv_markdown_and_html(tmp_path):
    made = every(small(tmp_path, CHANGED))
    rows = list(csv.reader(io.StringIO(all_cycles_csv(made), newline="")))
    assert rows[0] == ["aspect", "key_point", "title", "2024-25", "2025-26"]
    assert rows[4] == ["thanks", "heard", "We say thank you", "", "green"]
    assert "| We say thank you | – Not in this version | ● G Green |" in render("compare-all.md.j2", made, None)
    assert "Not in this version" in render("compare-all.html.j2", made, None)


def test_one_cycle_is_enough_and_none_is_a_sentence(tmp_path):
    workspace = small(tmp_path)
    folder, versions = workspace.school("st-josephs"), workspace.versions("small")
    one = all_cycles_view(folder, history(workspace)[:1], versions)
    assert one.summary == "One aspect reached the charter’s mark in 2024-25."
    with pytest.raises(CharterkitError, match="no self-evaluation"):
        all_cycles_view(folder, [], versions)


def test_a_date_that_cannot_be_read_is_null(tmp_path):
    workspace = small(
        tmp_path, {k: v.replace("date: 2025-10-14", "date: 14/10/25") for k, v in after("ratings: {}\n").items()}
    )
    made = all_cycles_json(every(workspace))
    schema("compare-all").validate(made)
    assert None in [one["date"] for one in made["cycles"]]


NAMED_OTHERWISE = {
    "compare": "compare",
    "compare --all": "compare-all",
    "compare --rev": "compare-rev",
    "policy show": "policy",
    "policy gaps": "gaps",
    "translate status": "translations",
    "evaluate --merge": "raters",
    "evidence list": "evidence",
}
"""By the heading of docs/json.md, where the two names differ."""


def test_the_samples_in_the_documentation_follow_the_schemas():
    text = (builtin() / "docs" / "json.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        name, _, rest = section.partition("\n")
        for block in rest.split("```json\n")[1:]:
            schema(NAMED_OTHERWISE.get(name, name)).validate(json.loads(block.partition("```")[0]))


def test_numbers_and_parts_stand_where_the_charter_has_them(tmp_path):
    workspace = guided(tmp_path)
    made, found = every(workspace), view(workspace)
    whole, moves = all_cycles_json(made), compare_json(compared(workspace), "st-josephs")
    schema("compare-all").validate(whole)
    schema("compare").validate(moves)
    numbers = {"gate": "1.0a", "survey": "2.0a"}
    for rows in (whole["aspects"], moves["changes"]):
        assert {row["aspect"]: row["number"] for row in rows if "number" in row} == numbers
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(all_cycles_renderable(made))
    texts = {
        "terminal": console.export_text(),
        "md": render("compare-all.md.j2", made, None),
        "html": render("compare-all.html.j2", made, None),
        "pdf": all_cycles_text(made),
    }
    for kind, text in texts.items():
        heads = ["Families", "1.0 Every family is welcome", "1.0a Somebody is at the gate", "2.0 Every family is heard"]
        places = [text.find(words) for words in [*heads, "2.0a We ask", "Everybody", "Everybody is told"]]
        assert places == sorted(places), kind
        assert -1 not in places, kind
        assert text.count("Families") == 1, kind
    for text in (render("compare.md.j2", found, None), render("compare.html.j2", found, None)):
        assert "1.0a Somebody is at the gate" in text
    assert "Families" not in render("compare-all.md.j2", every(small(tmp_path / "plain")), None)


def all_cycles_text(made):
    paper = all_cycles_paper(made, TODAY).data
    return subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
