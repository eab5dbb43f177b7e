"""The guided self-evaluation without a terminal: what is asked, and what is on disk after every answer."""

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.evaluated import State
from charterkit.model.dates import Cycle, PartialDate
from charterkit.rules.running.check import check
from charterkit.session.evaluation_file import EvaluationSession
from tests.insight.samples import charter, evaluation, write

TODAY = date(2026, 11, 22)
FOLDER = "schools/lathom/evaluations"
TWO_POINTS = charter(["gate", "phone", "post"]) + (
    "  - id: learning\n    title: Learning at home\n    aspects:\n"
    "      - {id: maths, text: Maths at home}\n      - {id: reading, text: Reading at home}\n"
)


def workspace(root: Path, files: Mapping[str, str] | None = None, text: str = TWO_POINTS) -> Workspace:
    write(root, {"charters/small.yaml": text, "schools/lathom/school.yaml": "name: Lathom High School\n"})
    write(root, {f"{FOLDER}/{name}.yaml": content for name, content in (files or {}).items()})
    return Workspace(root)


def session(
    found: Workspace, cycle: str | None = None, today: date = TODAY, when: str | None = None
) -> EvaluationSession:
    meant = Cycle.parse(cycle) if cycle else None
    dated = PartialDate.parse(when) if when else None
    return EvaluationSession(found, found.school("lathom"), found.choose_charter("small"), meant, today, when=dated)


def again(one: EvaluationSession) -> EvaluationSession:
    """The same, as the next run of the program finds it."""
    return session(Workspace(one.workspace.root), str(one.cycle))


def asked(one: EvaluationSession) -> str | None:
    return one.question.aspect.id if one.question else None


def on_disk(one: EvaluationSession) -> str:
    return (one.workspace.root / one.path).read_text(encoding="utf-8")


def ratings(one: EvaluationSession) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(on_disk(one), yaml.BaseLoader)["ratings"]
    return found


def refused(do: Any, *arguments: Any) -> CharterkitError:
    with pytest.raises(CharterkitError) as error:
        do(*arguments)
    return error.value


NOW = evaluation({"gate": "red"}, "2026-27", "2026-10-01")


# -- moving


def test_a_new_one_begins_at_the_first_aspect_and_writes_nothing(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    assert (str(one.cycle), one.path, one.progress) == ("2026-27", f"{FOLDER}/2026-27.yaml", (0, 5))
    question = one.question
    assert question
    assert (question.aspect.id, question.key_point.id, question.point_number) == ("gate", "welcome", 1)
    assert (question.number, question.of, question.now.state, question.before) == (1, 3, State.NOT_RATED, None)
    one.skip()
    one.back()
    assert not (tmp_path / FOLDER).exists()


def test_it_goes_on_at_the_first_that_is_open(tmp_path: Path) -> None:
    text = evaluation({"gate": "red", "phone": "na", "post": "gren", "maths": None}, "2026-27", "2026-10-01")
    one = session(workspace(tmp_path, {"now": text}))
    assert (asked(one), one.progress) == ("post", (2, 5))


def test_forward_skip_back_and_jump(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    assert asked(one) == "phone"
    assert one.skip()
    assert asked(one) == "post"
    one.forward()
    assert asked(one) == "maths"
    assert one.skip()
    one.forward()
    assert asked(one) == "phone", "after the last one, back to the first that is open"
    assert one.back()
    assert asked(one) == "gate"
    assert not one.back()
    assert one.jump(2)
    assert asked(one) == "maths"
    assert one.jump(1)
    assert asked(one) == "phone", "the first open one of the key point"
    assert [one.jump(number) for number in (0, 3, -1)] == [False] * 3
    assert asked(one) == "phone"


def test_the_end_and_back_from_it(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    one.jump(2)
    one.skip()
    assert not one.skip()
    assert one.question is None
    one.forward()
    assert one.question is None
    assert one.back()
    assert asked(one) == "reading"


def test_all_answered_is_the_end_and_a_jump_goes_to_the_first(tmp_path: Path) -> None:
    everything = dict.fromkeys(("gate", "phone", "post", "maths", "reading"), "green")
    one = session(workspace(tmp_path, {"now": evaluation(everything, "2026-27", "2026-10-01")}))
    assert (one.question, one.progress) == (None, (5, 5))
    assert refused(one.rate, "red").message == "There is no question to answer."
    assert one.jump(2)
    assert asked(one) == "maths"


# -- which evaluation


@pytest.mark.parametrize(
    ("files", "cycle", "path"),
    [
        ({}, None, "2026-27"),
        ({}, "2026-27-autumn", "2026-27-autumn"),
        ({"now": NOW}, None, "now"),
        ({"now": NOW}, "2026-27", "now"),
        ({"now": NOW}, "2026-27-autumn", "2026-27-autumn"),
        ({"old": evaluation({}, "2024-25", "2024-10"), "older": evaluation({}, "2023-24", "2023-10")}, None, "old"),
        ({"agreed": evaluation({}, "2025-26", "2025-10", more="status: agreed\n")}, None, "2026-27"),
        ({"agreed": evaluation({}, "2026-27", "2026-10", more="status: agreed\n")}, None, "agreed"),
        ({"2026-27": NOW.replace("charter: small", "charter: other")}, "2026-27", "small-2026-27"),
        ({"2026-27": NOW.replace("2026-27", "2025-26")}, "2026-27", "small-2026-27"),
    ],
)
def test_which_file_it_is(tmp_path: Path, files: dict[str, str], cycle: str | None, path: str) -> None:
    assert session(workspace(tmp_path, files), cycle).path == f"{FOLDER}/{path}.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "charter: [small\n",
        "",
        NOW.replace('"1"', '"7"'),
        NOW.replace("2026-27", "autumn").replace("2026-10-01", "soon"),
    ],
)
def test_a_file_that_cannot_be_used_is_never_written_over(tmp_path: Path, text: str) -> None:
    found = workspace(tmp_path, {"2026-27": text})
    said = "cannot be used, and it may be the one that is meant."
    assert refused(session, found).message == f"{FOLDER}/2026-27.yaml {said}"
    assert refused(session, found, "2026-27").message == f"{FOLDER}/2026-27.yaml {said}"
    found = workspace(tmp_path, {"2026-27": NOW.replace("charter: small", "charter: other"), "small-2026-27": text})
    assert refused(session, found).message == f"{FOLDER}/small-2026-27.yaml {said}"


BROKEN = "charter: [small\n"
OTHER = NOW.replace("charter: small", "charter: other")


@pytest.mark.parametrize(
    ("text", "cycle", "is_refused"),
    [
        (BROKEN, None, True),
        (BROKEN, "2026-27", False),
        (OTHER, None, False),
        (NOW.replace("charter: small", "chartr: small"), None, True),
        (NOW.replace('"1"', '"7"'), None, True),
        (NOW.replace('"1"', '"7"'), "2026-27", True),
        (NOW.replace('"1"', '"7"'), "2026-27-autumn", False),
        (NOW.replace('"1"', '"7"').replace("cycle: 2026-27", "cycle: now"), "2026-27-autumn", True),
        (OTHER.replace("2026-27", "2025-26"), "2026-27", False),
    ],
)
def test_nothing_is_begun_beside_a_file_that_may_be_the_one(
    tmp_path: Path, text: str, cycle: str | None, is_refused: bool
) -> None:
    found = workspace(tmp_path, {"draft": text})
    if is_refused:
        error = refused(session, found, cycle)
        assert error.message.startswith(f"{FOLDER}/draft.yaml cannot be used")
        assert "Run 'charterkit check' and mend it first" in error.hint
    else:
        assert session(found, cycle).existing is None


# -- its date


@pytest.mark.parametrize(
    ("cycle", "when", "date_or_said"),
    [
        (None, None, "2026-11-22"),
        ("2026-27", "2026-10", "2026-10"),
        ("2026-27", "2026", "2026"),
        ("2024-25", "2025-06", "2025-06"),
        ("2024-25", "2024", "2024"),
        ("2024-25", None, "2024-25 is over"),
        ("2025-26-spring", None, "spring term 2025-26 is over"),
        ("2024-25", "2025", "2025 is not in 2024-25"),
        ("2024-25", "2025-09", "September 2025 is not in 2024-25"),
        ("2027-28", None, "2027-28 has not begun yet: it starts on 1 September 2027"),
        ("2027-28", "2027-09", "2027-28 has not begun yet"),
        ("2026-27", "2026-12", "December 2026 has not come yet"),
    ],
)
def test_its_date_lies_in_its_cycle(tmp_path: Path, cycle: str | None, when: str | None, date_or_said: str) -> None:
    found = workspace(tmp_path)
    if " " in date_or_said:
        error = refused(session, found, cycle, TODAY, when)
        assert date_or_said in error.message
        assert "--date" in error.message + error.hint or "begun" in error.message
        return
    one = session(found, cycle, when=when)
    one.rate("red")
    assert yaml.load(on_disk(one), yaml.BaseLoader)["date"] == date_or_said
    assert again(one).one.standings["gate"].word == "red"


def test_one_of_an_earlier_cycle_never_becomes_the_newest(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"now": NOW})
    earlier = session(found, "2025-26", when="2026-07")
    earlier.rate("green")
    earlier.agree()
    last = session(Workspace(tmp_path), "2026-27").previous
    assert last
    assert str(last.evaluation.date) == "2026-07"


def test_both_names_taken_by_others(tmp_path: Path) -> None:
    other = NOW.replace("charter: small", "charter: other")
    found = workspace(tmp_path, {"2026-27": other, "small-2026-27": other.replace("2026-27", "2025-26")})
    assert refused(session, found).message.startswith("There is already an evaluation in")


def test_it_keeps_to_the_version_it_was_begun_with(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"now": NOW})
    write(tmp_path, {"charters/two.yaml": charter(["bell"], "2")})
    assert [aspect.id for aspect in session(Workspace(tmp_path)).aspects][:2] == ["gate", "phone"]
    assert asked(session(Workspace(found.root), "2025-26", when="2026-07")) == "bell"


# -- the cycle before


def test_what_was_said_last_time_through_a_rename_and_a_merge(tmp_path: Path) -> None:
    before = evaluation(
        {"gate": "{rating: amber, note: Well}", "phone": "red", "post": "green"}, "2025-26", "2025-10-14"
    )
    workspace(tmp_path, {"before": before, "older": evaluation({"gate": "red"}, "2024-25", "2024-10")})
    write(tmp_path, {"charters/two.yaml": charter([("door", "gate"), ("contact", "phone", "post"), "bell"], "2")})
    one = session(Workspace(tmp_path), "2026-27")
    question = one.question
    assert question
    assert question.before
    assert question.before.entry
    assert (question.aspect.id, question.before.word, question.before.entry.note) == ("door", "amber", "Well")
    standing = one.before("contact")
    assert standing
    assert standing.word == "red"
    assert one.before("bell") is None


def test_last_time_is_the_one_before_and_never_a_later_one(tmp_path: Path) -> None:
    files = {
        year: evaluation({"gate": level}, year, f"{year[:4]}-10")
        for year, level in (("2024-25", "red"), ("2025-26", "green"))
    }
    found = workspace(tmp_path, files)
    first, second = (session(found, year).before("gate") for year in files)
    assert first is None
    assert second
    assert second.word == "red"


# -- answering


def test_every_answer_is_on_disk_at_once(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    one.rate("amber")
    assert on_disk(one) == (
        'charter: small\ncharter_version: "1"\ncycle: 2026-27\ndate: 2026-11-22\nstatus: draft\nratings:\n  gate:\n    rating: amber\n'
    )
    assert asked(one) == "gate", "it moves when it is told to"
    assert asked(again(one)) == "phone"
    one.rate("green")
    assert ratings(one) == {"gate": {"rating": "green"}}
    one.forward()
    one.not_applicable("We have no phone: none")
    assert ratings(one)["phone"] == {"rating": "not-applicable", "reason": "We have no phone: none"}
    assert again(one).progress == (2, 5)


def test_notes_ideas_groups_evidence_and_actions(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    one.add_note("First: yes\nand no")
    one.add_note("Second")
    one.add_idea("Tea")
    one.add_idea("Milk, sugar")
    one.rate_group("boys", "red")
    one.add_evidence("observation", "At the gate")
    one.add_evidence("document", "The rota")
    one.add_action("Put a leader on the gate on Mondays", "Deputy", PartialDate.parse("2027-03"))
    one.add_action("Put a leader on the gate on Mondays")
    one.add_action("شاي")
    assert ratings(one)["gate"] == {
        "note": "First: yes\nand no\n\nSecond",
        "ideas": ["Tea", "Milk, sugar"],
        "groups": {"boys": "red"},
        "evidence": [
            {"kind": "observation", "date": "2026-11-22", "note": "At the gate"},
            {"kind": "document", "note": "The rota"},
        ],
    }
    assert yaml.load(on_disk(one), yaml.BaseLoader)["actions"] == [
        {"id": "put-a-leader-on-the", "aspect": "gate", "action": "Put a leader on the gate on Mondays", "owner": "Deputy", "due": "2027-03", "status": "planned"},
        {"id": "put-a-leader-on-the-2", "aspect": "gate", "action": "Put a leader on the gate on Mondays", "status": "planned"},
        {"id": "gate", "aspect": "gate", "action": "شاي", "status": "planned"},
    ]  # fmt: skip
    assert asked(again(one)) == "gate", "a note is no rating"
    assert check(Workspace(tmp_path), TODAY, ignore=["CK41"]).findings == ()


def test_an_action_takes_no_id_of_one_that_cannot_be_read_and_none_without_end(tmp_path: Path) -> None:
    text = f"{NOW}actions:\n  - {{id: more-tea, action: More tea, due: soon}}\n"
    one = session(workspace(tmp_path, {"now": text}))
    one.add_action("More tea")
    one.add_action("x" * 5000)
    ids = [action["id"] for action in yaml.load(on_disk(one), yaml.BaseLoader)["actions"]]
    assert ids[:2] == ["more-tea", "more-tea-2"]
    assert len(ids[2]) <= 60


def test_what_is_no_answer_is_refused_and_nothing_written(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    assert refused(one.rate, "gren").hint == "Write red, amber or green."
    assert refused(one.rate, "not-applicable").message == "'not-applicable' is not a level of this charter."
    assert refused(one.rate_group, "girls", "red").hint == "Write boys."
    assert refused(one.rate_group, "boys", "gold").message == "'gold' is not a level of this charter."
    assert refused(one.not_applicable, " ").hint == "Say why it does not apply."
    assert refused(one.agree).message == "There is no evaluation to agree yet."
    assert not (tmp_path / FOLDER).exists()


COMMENTED = """\
# Our self-evaluation, begun in October
charter: small
charter_version: 1   # of two
cycle: 2026-27

date:   2026-10-01
status: agreed
rated_by: [{role: "Headteacher"}]   # and others

ratings:
  # the gate first
  gate: {rating: 'red'}   # cold mornings

  phone:
    note: |
      One.

      Two.
    rating:    amber
# done so far
actions:   # none yet
"""


def test_comments_and_everything_else_survive_and_an_agreed_one_keeps_date_and_status(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": COMMENTED}))
    assert one.is_agreed
    one.jump(1)
    one.back()
    one.back()
    assert asked(one) == "gate"
    one.rate("green")
    one.skip()
    one.rate("red")
    assert on_disk(one) == COMMENTED.replace("'red'", "'green'").replace("rating:    amber", "rating:    red")
    one.add_action("Tea")
    assert re.sub(r"(?m)^  - id: tea\n(    .*\n)*", "", on_disk(one)) == COMMENTED.replace("'red'", "'green'").replace(
        "rating:    amber", "rating:    red"
    )
    assert one.is_agreed


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_survive(tmp_path: Path, newline: str, mark: bytes) -> None:
    found = workspace(tmp_path)
    path = tmp_path / FOLDER / "now.yaml"
    path.parent.mkdir()
    path.write_bytes(mark + COMMENTED.replace("\n", newline).encode())
    one = session(found, "2026-27")
    one.jump(1)
    one.rate("green")
    one.add_note("a\nb")
    data = path.read_bytes()
    assert data.startswith(mark + b"# Our")
    assert data.count(b"\xef\xbb\xbf") == bool(mark)
    assert data.count(b"\n") == data.count(newline.encode())
    assert again(one).one.standings["post"].word == "green"


def test_agree_sets_status_and_date(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    one.agree()
    assert one.is_agreed
    assert yaml.load(on_disk(one), yaml.BaseLoader)["date"] == "2026-11-22"


def test_agreeing_twice_changes_nothing(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    one.agree()
    before = on_disk(one)
    later = session(Workspace(tmp_path), "2026-27", date(2026, 12, 24))
    later.agree()
    assert on_disk(one) == before


def test_agreed_after_its_cycle_it_keeps_its_date_unless_one_is_said(tmp_path: Path) -> None:
    text = evaluation({"gate": "red"}, "2025-26", "2026-07")
    one = session(workspace(tmp_path, {"last": text}), "2025-26")
    one.agree()
    assert one.is_agreed
    assert yaml.load(on_disk(one), yaml.BaseLoader)["date"] == "2026-07"
    write(tmp_path, {one.path: text})
    one = session(Workspace(tmp_path), "2025-26", when="2026-07-10")
    one.agree()
    assert yaml.load(on_disk(one), yaml.BaseLoader)["date"] == "2026-07-10"
    write(tmp_path, {one.path: text.replace("date: 2026-07", "date: July")})
    assert "--date" in refused(session(Workspace(tmp_path), "2025-26").agree).hint


# -- underneath


def test_a_file_that_was_changed_underneath_is_left_and_the_answer_kept_beside_it(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    one.rate("amber")
    path = tmp_path / one.path
    theirs = path.read_text(encoding="utf-8") + "# by somebody else\n"
    path.write_text(theirs, encoding="utf-8")
    one.forward()
    error = refused(one.rate, "green")
    assert "changed by somebody else" in error.message
    assert path.read_text(encoding="utf-8") == theirs
    (kept,) = [file for file in path.parent.iterdir() if file != path]
    assert not kept.name.endswith(".yaml")
    assert yaml.load(kept.read_text(encoding="utf-8"), yaml.BaseLoader)["ratings"]["post"] == {"rating": "green"}
    assert str(kept) in error.hint


def test_a_file_that_appeared_underneath_is_left(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    write(tmp_path, {one.path: NOW})
    refused(one.rate, "green")
    assert on_disk(one) == NOW


def test_a_file_that_vanished_underneath_is_not_made_anew(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    (tmp_path / one.path).unlink()
    refused(one.rate, "green")
    assert not (tmp_path / one.path).exists()


# -- entries that cannot be read


@pytest.mark.parametrize("entry", ["gren", "Green!", "{rating: [green], note: Kept}", "{rating: Amber}"])
def test_a_wrong_level_is_replaced(tmp_path: Path, entry: str) -> None:
    one = session(workspace(tmp_path, {"now": evaluation({"gate": entry}, "2026-27", "2026-10-01")}))
    assert asked(one) == "gate"
    assert one.question
    assert one.question.now.state is State.UNREADABLE
    one.rate("amber")
    assert ratings(one)["gate"]["rating"] == "amber"
    assert ratings(one)["gate"].get("note") == ("Kept" if "Kept" in entry else None)
    assert asked(again(one)) == "phone"


@pytest.mark.parametrize(
    "entry", ["{ratign: red}", "{rating: red, note: [a]}", "{rating: red, evidence: [{kind: rumour}]}"]
)
def test_another_mistake_gives_a_sentence_and_changes_nothing(tmp_path: Path, entry: str) -> None:
    text = evaluation({"gate": entry}, "2026-27", "2026-10-01")
    one = session(workspace(tmp_path, {"now": text}))
    for do, arguments in (
        (one.rate, ["green"]),
        (one.not_applicable, ["None"]),
        (one.add_note, ["More"]),
        (one.rate_group, ["boys", "red"]),
        (one.answer, [[Answer("gate", "here", "red")]]),
    ):
        error = refused(do, *arguments)
        assert re.match(rf"{FOLDER}/now\.yaml, line 6, column \d+: gate: ", error.message)
        assert "Nothing was changed" in error.hint
    assert on_disk(one) == text
    one.skip()
    one.rate("green")
    assert ratings(one)["phone"] == {"rating": "green"}


def test_a_note_is_never_added_to_one_that_cannot_be_read(tmp_path: Path) -> None:
    text = evaluation({"gate": "{rating: red, note: [What, we, said]}"}, "2026-27", "2026-10-01")
    one = session(workspace(tmp_path, {"now": text}))
    refused(one.add_note, "More")
    assert on_disk(one) == text


@pytest.mark.parametrize("bad", ["  gate: amber\n", "  gate: {rating: red}\n  gate: {rating: green}\n"])
def test_an_entry_of_another_shape_is_left(tmp_path: Path, bad: str) -> None:
    text = evaluation(f"ratings:\n{bad}", "2026-27", "2026-10-01")
    one = session(workspace(tmp_path, {"now": text}))
    assert refused(one.rate, "green").hint
    assert on_disk(one) == text


# -- charters of other kinds


def test_a_charter_without_aspects_asks_nothing(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, text=charter([])))
    assert (one.question, one.progress) == (None, (0, 0))
    assert not one.back()
    assert not one.skip()
    assert not one.jump(1)
    one.forward()
    assert one.question is None


def test_an_aspect_that_cannot_be_read_is_not_asked(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, text=TWO_POINTS.replace("{id: phone, text", "{id: phone, txt")))
    one.rate("green")
    one.forward()
    assert asked(one) == "post"
    assert one.progress == (1, 4)
    assert refused(one.answer, [Answer("phone", "here", "red")]).message.startswith("here: 'phone' is not an aspect")


@pytest.mark.parametrize(
    ("scale", "levels"), [("two", ["not-yet", "in-place"]), ("seven", [f"step-{n}" for n in range(1, 8)])]
)
def test_scales_of_two_and_seven_levels(tmp_path: Path, scale: str, levels: list[str]) -> None:
    one = session(workspace(tmp_path, text=charter([f"aspect-{level}" for level in levels], scale=scale)))
    for level in levels:
        one.rate(level)
        one.forward()
    assert one.question is None
    assert [entry["rating"] for entry in ratings(one).values()] == levels
    refused(one.rate, "red")


# -- without questions


def test_answers_are_all_or_nothing(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    error = refused(
        one.answer, [Answer("gate", "line 1", "red"), Answer("phone", "line 2", "gold"), Answer("x", "line 3")]
    )
    assert len(error.message.split("\n")) == 2
    assert not (tmp_path / FOLDER).exists()
    assert one.answer([Answer("gate", "1", "red", {"note": "a"}), Answer("post", "2", "A"), Answer("phone", "3")]) == 2
    assert again(one).progress == (2, 5)


def test_answers_that_say_nothing_make_no_file(tmp_path: Path) -> None:
    one = session(workspace(tmp_path))
    assert refused(one.answer, [Answer("gate", "1")]).message == "There is no answer in what was given."
    assert not (tmp_path / FOLDER).exists()


def test_a_reason_that_stands_there_already_is_enough(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": evaluation({"gate": "{reason: No gate}"}, "2026-27", "2026-10")}))
    one.answer([Answer("gate", "1", "n/a")])
    assert ratings(one)["gate"] == {"reason": "No gate", "rating": "not-applicable"}


@pytest.mark.parametrize("way", ["rate", "answer"])
def test_a_reason_goes_once_the_aspect_applies(tmp_path: Path, way: str) -> None:
    there = {"gate": "{rating: not-applicable, reason: No gate, note: x}", "phone": "{rating: red, reason: odd}"}
    one = session(workspace(tmp_path, {"now": evaluation(there, "2026-27", "2026-10")}))
    given = [Answer("gate", "1", "green"), Answer("phone", "2", "green")]
    assert one.overwritten(given) == (
        "2 ratings changed: “The gate is good” was Does not apply, is Green; “The phone is good” was Red, is Green.",
        "1 reason taken out, as the aspect applies now: “The gate is good”.",
    )
    if way == "rate":
        one.position = 0
        one.rate("green")
    else:
        one.answer(given)
    assert ratings(one)["gate"] == {"rating": "green", "note": "x"}
    assert ratings(one)["phone"]["reason"] == "odd"


def test_what_is_overwritten_is_named_up_to_five(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": evaluation({"gate": "{rating: red, note: Old}"}, "2026-27", "2026-10")}))
    assert one.overwritten([Answer("gate", "1", "red", {"note": "Old"}), Answer("phone", "2", "red")]) == ()
    assert one.overwritten([Answer("gate", "1", texts={"note": "New"})]) == ("1 note replaced: “The gate is good”.",)


def test_ideas_and_evidence_that_stand_there_are_not_added_again(tmp_path: Path) -> None:
    one = session(workspace(tmp_path, {"now": NOW}))
    seen = {"kind": "walkthrough", "date": PartialDate.parse("2026-10-14"), "note": "At the gate"}
    given = [Answer("phone", "1", ideas=("One", "Two", "One"), evidence=(seen,)), Answer("phone", "2", ideas=("Two",))]
    assert one.answer(given) == 1
    assert ratings(one)["phone"] == {
        "ideas": ["One", "Two"],
        "evidence": [{"kind": "walkthrough", "date": "2026-10-14", "note": "At the gate"}],
    }
    assert "date: 2026-10-14\n" in on_disk(one)
    before = on_disk(one)
    assert again(one).answer(given) == 0
    assert on_disk(one) == before
    assert again(one).answer([Answer("phone", "1", ideas=("Three", "One"))]) == 1
    assert ratings(one)["phone"]["ideas"] == ["One", "Two", "Three"]


# -- whatever anybody does

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n") | st.sampled_from(": #-'\"\\{}[]|>%@&*!?"),
    min_size=1,
    max_size=20,
).filter(str.strip)
HEADING = "# A comment at the top\n"
LEVEL = st.sampled_from(["red", "amber", "green"])


class Answering(RuleBasedStateMachine):
    """Random operations against a plain model of what was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.said: dict[str, dict[str, Any]] = {}
        self.actions: list[dict[str, str]] = []

    @initialize(exists=st.booleans())
    def begin(self, exists: bool) -> None:
        files = {"now": f"{HEADING}{evaluation({}, '2026-27', '2026-10-01')}# and at the end\n"} if exists else {}
        self.exists = exists
        self.one = session(workspace(Path(self.folder.name), files))

    def entry(self) -> dict[str, Any]:
        name = asked(self.one)
        assert name
        return self.said.setdefault(name, {})

    @precondition(lambda self: self.one.question)
    @rule(level=LEVEL)
    def rate(self, level: str) -> None:
        self.one.rate(level)
        if self.entry().get("rating") == "not-applicable":
            del self.entry()["reason"]
        self.entry()["rating"] = level

    @precondition(lambda self: self.one.question)
    @rule(reason=TEXT)
    def not_applicable(self, reason: str) -> None:
        self.one.not_applicable(reason)
        self.entry().update(rating="not-applicable", reason=reason)

    @precondition(lambda self: self.one.question)
    @rule(level=LEVEL)
    def rate_group(self, level: str) -> None:
        self.one.rate_group("boys", level)
        self.entry()["groups"] = {"boys": level}

    @precondition(lambda self: self.one.question)
    @rule(text=TEXT)
    def note(self, text: str) -> None:
        self.one.add_note(text)
        entry = self.entry()
        entry["note"] = f"{entry['note']}\n\n{text}" if "note" in entry else text

    @precondition(lambda self: self.one.question)
    @rule(text=TEXT)
    def idea(self, text: str) -> None:
        self.one.add_idea(text)
        self.entry().setdefault("ideas", []).append(text)

    @precondition(lambda self: self.one.question)
    @rule(text=TEXT)
    def evidence(self, text: str) -> None:
        self.one.add_evidence("document", text)
        self.entry().setdefault("evidence", []).append({"kind": "document", "note": text})

    @precondition(lambda self: self.one.question)
    @rule(text=TEXT)
    def action(self, text: str) -> None:
        self.one.add_action(text)
        name = asked(self.one)
        assert name
        self.actions.append({"aspect": name, "action": text, "status": "planned"})

    @rule(move=st.sampled_from(["forward", "skip", "back", "resume"]))
    def move(self, move: str) -> None:
        getattr(self.one, move)()

    @rule(point=st.integers(0, 3))
    def jump(self, point: int) -> None:
        assert self.one.jump(point) == (point in (1, 2))

    @rule()
    def stop_and_go_on(self) -> None:
        self.one = again(self.one)
        answered = [key for key, entry in self.said.items() if "rating" in entry]
        assert asked(self.one) == next((one.id for one in self.one.aspects if one.id not in answered), None)

    @invariant()
    def what_is_on_disk_is_what_was_answered(self) -> None:
        path = Path(self.folder.name) / self.one.path
        if not path.exists():
            assert not self.said
            assert not self.actions
            return
        document = Workspace(Path(self.folder.name)).read(self.one.path, type(self.one.one.evaluation))
        assert document.loaded.problems == ()
        evaluated = again(self.one).one.evaluation
        found = {
            key: {name: value for name, value in _plain(entry).items() if value}
            for key, entry in evaluated.ratings.items()
        }
        assert found == self.said
        assert [{"aspect": a.aspect, "action": a.action, "status": a.status} for a in evaluated.actions] == self.actions
        ids = [action.id for action in evaluated.actions]
        assert len(set(ids)) == len(ids)
        text = path.read_text(encoding="utf-8")
        if self.exists:
            head = HEADING + evaluation({}, "2026-27", "2026-10-01").removesuffix(" {}\n")
            assert text.startswith(head)
            assert "\n# and at the end\n" in text
        assert [one.name for one in path.parent.iterdir()] == [path.name]

    def teardown(self) -> None:
        self.folder.cleanup()


def _plain(entry: Any) -> dict[str, Any]:
    evidence = [{"kind": one.kind, "note": one.note} for one in entry.evidence]
    plain = {name: getattr(entry, name) for name in ("rating", "reason", "note", "groups")}
    return {**plain, "ideas": list(entry.ideas), "evidence": evidence}


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)


class AnsweringAtLength(Answering):
    """The same for longer."""


TestAnsweringAtLength = pytest.mark.slow(AnsweringAtLength.TestCase)
TestAnsweringAtLength.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
