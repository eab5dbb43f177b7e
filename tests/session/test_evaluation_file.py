"""One evaluation on disk: which file it is, what every answer leaves in it, and what is never written over."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from charterkit.errors import Conflict
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.evaluated import RatingState
from charterkit.model.dates import PartialDate
from charterkit.rules.running.check import check
from charterkit.session.questionnaire import Questionnaire
from charterkit.session.trial import Saved
from tests.insight.samples import charter, evaluation, write

from .files import FOLDER, NOW, TODAY, TWO_POINTS, again, next_open, on_disk, opened, ratings, refused, workspace

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
        ({"term": evaluation({}, "2026-27-autumn", "2026-10", more="status: agreed\n")}, None, "term"),
        ({"2026-27": NOW.replace("charter: small", "charter: other")}, "2026-27", "small-2026-27"),
        ({"2026-27": NOW.replace("2026-27", "2025-26")}, "2026-27", "small-2026-27"),
    ],
)
def test_which_file_it_is(tmp_path: Path, files: dict[str, str], cycle: str | None, path: str) -> None:
    assert opened(workspace(tmp_path, files), cycle).path == f"{FOLDER}/{path}.yaml"


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
    assert refused(opened, found).message == f"{FOLDER}/2026-27.yaml {said}"
    assert refused(opened, found, "2026-27").message == f"{FOLDER}/2026-27.yaml {said}"
    found = workspace(tmp_path, {"2026-27": NOW.replace("charter: small", "charter: other"), "small-2026-27": text})
    assert refused(opened, found).message == f"{FOLDER}/small-2026-27.yaml {said}"


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
        error = refused(opened, found, cycle)
        assert error.message.startswith(f"{FOLDER}/draft.yaml cannot be used")
        assert "Run 'charterkit check' and mend it first" in error.hint
    else:
        assert opened(found, cycle).existing is None


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
        error = refused(opened, found, cycle, TODAY, when)
        assert date_or_said in error.message
        assert "--date" in error.message + error.hint or "begun" in error.message
        return
    file = opened(found, cycle, when=when)
    file.rate("gate", "red")
    assert yaml.load(on_disk(file), yaml.BaseLoader)["date"] == date_or_said
    assert again(file).standings["gate"].word == "red"


def test_one_of_an_earlier_cycle_never_becomes_the_newest(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"now": NOW})
    earlier = opened(found, "2025-26", when="2026-07")
    earlier.rate("gate", "green")
    earlier.agree()
    last = opened(Workspace(tmp_path), "2026-27").previous
    assert last
    assert str(last.evaluation.date) == "2026-07"


def test_both_names_taken_by_others(tmp_path: Path) -> None:
    other = NOW.replace("charter: small", "charter: other")
    found = workspace(tmp_path, {"2026-27": other, "small-2026-27": other.replace("2026-27", "2025-26")})
    assert refused(opened, found).message.startswith("There is already an evaluation in")


def test_it_keeps_to_the_version_it_was_begun_with(tmp_path: Path) -> None:
    found = workspace(tmp_path, {"now": NOW})
    write(tmp_path, {"charters/two.yaml": charter(["bell"], "2")})
    assert [aspect.id for aspect in opened(Workspace(tmp_path)).charter.aspects.values()][:2] == ["gate", "phone"]
    assert next_open(opened(Workspace(found.root), "2025-26", when="2026-07")) == "bell"


# -- the cycle before


def test_what_was_said_last_time_through_a_rename_and_a_merge(tmp_path: Path) -> None:
    before = evaluation(
        {"gate": "{rating: amber, note: Well}", "phone": "red", "post": "green"}, "2025-26", "2025-10-14"
    )
    workspace(tmp_path, {"before": before, "older": evaluation({"gate": "red"}, "2024-25", "2024-10")})
    write(tmp_path, {"charters/two.yaml": charter([("door", "gate"), ("contact", "phone", "post"), "bell"], "2")})
    file = opened(Workspace(tmp_path), "2026-27")
    question = Questionnaire(file).question
    assert question
    assert question.before
    assert question.before.entry
    assert (question.aspect.id, question.before.word, question.before.entry.note) == ("door", "amber", "Well")
    standing = file.before("contact")
    assert standing
    assert standing.word == "red"
    assert file.before("bell") is None


def test_last_time_is_the_one_before_and_never_a_later_one(tmp_path: Path) -> None:
    files = {
        year: evaluation({"gate": level}, year, f"{year[:4]}-10")
        for year, level in (("2024-25", "red"), ("2025-26", "green"))
    }
    found = workspace(tmp_path, files)
    first, second = (opened(found, year).before("gate") for year in files)
    assert first is None
    assert second
    assert second.word == "red"


# -- answering


def test_every_answer_is_on_disk_at_once(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    file.rate("gate", "amber")
    assert on_disk(file) == (
        'charter: small\ncharter_version: "1"\ncycle: 2026-27\ndate: 2026-11-22\nstatus: draft\nratings:\n  gate:\n    rating: amber\n'
    )
    assert next_open(again(file)) == "phone"
    file.rate("gate", "green")
    assert ratings(file) == {"gate": {"rating": "green"}}
    file.not_applicable("phone", "We have no phone: none")
    assert ratings(file)["phone"] == {"rating": "not-applicable", "reason": "We have no phone: none"}
    assert Questionnaire(again(file)).progress == (2, 5)


def test_notes_ideas_groups_evidence_and_actions(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    file.add_note("gate", "First: yes\nand no")
    file.add_note("gate", "Second")
    file.add_idea("gate", "Tea")
    file.add_idea("gate", "Milk, sugar")
    file.rate_group("gate", "boys", "red")
    file.add_evidence("gate", "observation", "At the gate")
    file.add_evidence("gate", "document", "The rota")
    file.add_action("gate", "Put a leader on the gate on Mondays", "Deputy", PartialDate.parse("2027-03"))
    file.add_action("gate", "Put a leader on the gate on Mondays")
    file.add_action("gate", "شاي")
    assert ratings(file)["gate"] == {
        "note": "First: yes\nand no\n\nSecond",
        "ideas": ["Tea", "Milk, sugar"],
        "groups": {"boys": "red"},
        "evidence": [
            {"kind": "observation", "date": "2026-11-22", "note": "At the gate"},
            {"kind": "document", "note": "The rota"},
        ],
    }
    assert yaml.load(on_disk(file), yaml.BaseLoader)["actions"] == [
        {"id": "put-a-leader-on-the", "aspect": "gate", "action": "Put a leader on the gate on Mondays", "owner": "Deputy", "due": "2027-03", "status": "planned"},
        {"id": "put-a-leader-on-the-2", "aspect": "gate", "action": "Put a leader on the gate on Mondays", "status": "planned"},
        {"id": "gate", "aspect": "gate", "action": "شاي", "status": "planned"},
    ]  # fmt: skip
    assert next_open(again(file)) == "gate", "a note is no rating"
    assert check(Workspace(tmp_path), TODAY, ignore=["CK41"]).findings == ()


def test_an_action_takes_no_id_of_one_that_cannot_be_read_and_none_without_end(tmp_path: Path) -> None:
    text = f"{NOW}actions:\n  - {{id: more-tea, action: More tea, due: soon}}\n"
    file = opened(workspace(tmp_path, {"now": text}))
    file.add_action("gate", "More tea")
    file.add_action("gate", "x" * 5000)
    ids = [action["id"] for action in yaml.load(on_disk(file), yaml.BaseLoader)["actions"]]
    assert ids[:2] == ["more-tea", "more-tea-2"]
    assert len(ids[2]) <= 60


def test_what_is_no_answer_is_refused_and_nothing_written(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    assert refused(file.rate, "gate", "gren").hint == "Write red, amber or green."
    assert refused(file.rate, "gate", "not-applicable").message == "'not-applicable' is not a level of this charter."
    assert refused(file.rate_group, "gate", "girls", "red").hint == "Write boys."
    assert refused(file.rate_group, "gate", "boys", "gold").message == "'gold' is not a level of this charter."
    assert refused(file.not_applicable, "gate", " ").hint == "Say why it does not apply: add --reason 'gate=…'."
    for do in (file.rate, file.not_applicable, file.add_note, file.add_idea, file.add_action):
        assert refused(do, "gates", "red").message == "'gates' is not an aspect of this charter."
    assert refused(file.rate_group, "gates", "boys", "red").hint == "Did you mean gate?"
    assert refused(file.add_evidence, "", "document", "The rota").hint == "It is small, version 1."
    assert refused(file.agree).message == "There is no evaluation to agree yet."
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
    file = opened(workspace(tmp_path, {"now": COMMENTED}))
    assert file.is_agreed
    file.rate("gate", "green")
    file.rate("phone", "red")
    assert on_disk(file) == COMMENTED.replace("'red'", "'green'").replace("rating:    amber", "rating:    red")
    file.add_action("gate", "Tea")
    assert re.sub(r"(?m)^  - id: tea\n(    .*\n)*", "", on_disk(file)) == COMMENTED.replace("'red'", "'green'").replace(
        "rating:    amber", "rating:    red"
    )
    assert file.is_agreed


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_survive(tmp_path: Path, newline: str, mark: bytes) -> None:
    found = workspace(tmp_path)
    path = tmp_path / FOLDER / "now.yaml"
    path.parent.mkdir()
    path.write_bytes(mark + COMMENTED.replace("\n", newline).encode())
    file = opened(found, "2026-27")
    file.rate("post", "green")
    file.add_note("post", "a\nb")
    data = path.read_bytes()
    assert data.startswith(mark + b"# Our")
    assert data.count(b"\xef\xbb\xbf") == bool(mark)
    assert data.count(b"\n") == data.count(newline.encode())
    assert again(file).standings["post"].word == "green"


def test_agree_sets_status_and_date(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.agree()
    assert file.is_agreed
    assert yaml.load(on_disk(file), yaml.BaseLoader)["date"] == "2026-11-22"


def test_agreeing_twice_changes_nothing(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.agree()
    before = on_disk(file)
    later = opened(Workspace(tmp_path), "2026-27", date(2026, 12, 24))
    later.agree()
    assert on_disk(file) == before


def test_agreed_on_other_words_it_is_to_be_looked_at_and_agreed_again(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.agree()
    charter = next((tmp_path / "charters").iterdir())
    said = charter.read_text(encoding="utf-8")
    assert said.count("title: ") > 1
    charter.write_text(said.replace("title: ", "title: Our ", 1) + "# a comment\n", encoding="utf-8")
    later = opened(Workspace(tmp_path), "2026-27", date(2026, 12, 24))
    assert later.is_to_be_looked_at
    later.agree()
    assert not later.is_to_be_looked_at
    kept = yaml.load(on_disk(later), yaml.BaseLoader)
    assert (kept["status"], kept["date"]) == ("agreed", "2026-11-22")
    assert not opened(Workspace(tmp_path), "2026-27").is_to_be_looked_at


def test_agreed_after_its_cycle_it_keeps_its_date_unless_one_is_said(tmp_path: Path) -> None:
    text = evaluation({"gate": "red"}, "2025-26", "2026-07")
    file = opened(workspace(tmp_path, {"last": text}), "2025-26")
    file.agree()
    assert file.is_agreed
    assert yaml.load(on_disk(file), yaml.BaseLoader)["date"] == "2026-07"
    write(tmp_path, {file.path: text})
    file = opened(Workspace(tmp_path), "2025-26", when="2026-07-10")
    file.agree()
    assert yaml.load(on_disk(file), yaml.BaseLoader)["date"] == "2026-07-10"
    write(tmp_path, {file.path: text.replace("date: 2026-07", "date: July")})
    assert "--date" in refused(opened(Workspace(tmp_path), "2025-26").agree).hint


# -- underneath


def test_a_file_that_was_changed_underneath_is_left_and_the_answer_kept_beside_it(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    file.rate("gate", "amber")
    path = tmp_path / file.path
    theirs = path.read_text(encoding="utf-8") + "# by somebody else\n"
    path.write_text(theirs, encoding="utf-8")
    error = refused(file.rate, "post", "green")
    assert isinstance(error, Conflict)
    assert "changed by somebody else" in error.message
    assert path.read_text(encoding="utf-8") == theirs
    (kept,) = [file for file in path.parent.iterdir() if file != path]
    assert not kept.name.endswith(".yaml")
    assert yaml.load(kept.read_text(encoding="utf-8"), yaml.BaseLoader)["ratings"]["post"] == {"rating": "green"}
    assert str(kept) in error.hint
    assert error.facts.get("kept") == kept
    file.refresh()
    file.rate("post", "green")
    assert on_disk(file).endswith("# by somebody else\n")
    assert ratings(file) == {"gate": {"rating": "amber"}, "post": {"rating": "green"}}


def test_a_file_that_appeared_underneath_is_left(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    write(tmp_path, {file.path: NOW})
    assert isinstance(refused(file.rate, "gate", "green"), Conflict)
    assert on_disk(file) == NOW


def test_a_file_that_vanished_underneath_is_not_made_anew(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    (tmp_path / file.path).unlink()
    assert isinstance(refused(file.rate, "gate", "green"), Conflict)
    assert not (tmp_path / file.path).exists()
    file.refresh()
    assert file.existing is None
    file.rate("phone", "green")
    assert ratings(file) == {"phone": {"rating": "green"}}


def test_a_file_that_became_unreadable_underneath_is_not_taken_in_and_not_written_over(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    write(tmp_path, {file.path: BROKEN})
    assert refused(file.refresh).message == f"{FOLDER}/now.yaml can no longer be read."
    assert isinstance(refused(file.rate, "gate", "green"), Conflict)
    assert on_disk(file) == BROKEN


# -- entries that cannot be read


@pytest.mark.parametrize("entry", ["gren", "Green!", "{rating: [green], note: Kept}", "{rating: Amber!}"])
def test_a_wrong_level_is_replaced(tmp_path: Path, entry: str) -> None:
    file = opened(workspace(tmp_path, {"now": evaluation({"gate": entry}, "2026-27", "2026-10-01")}))
    assert next_open(file) == "gate"
    assert file.standings["gate"].state is RatingState.UNREADABLE
    file.rate("gate", "amber")
    assert ratings(file)["gate"]["rating"] == "amber"
    assert ratings(file)["gate"].get("note") == ("Kept" if "Kept" in entry else None)
    assert next_open(again(file)) == "phone"


@pytest.mark.parametrize(
    "entry", ["{ratign: red}", "{rating: red, note: [a]}", "{rating: red, evidence: [{kind: rumour}]}"]
)
def test_another_mistake_gives_a_sentence_and_changes_nothing(tmp_path: Path, entry: str) -> None:
    text = evaluation({"gate": entry}, "2026-27", "2026-10-01")
    file = opened(workspace(tmp_path, {"now": text}))
    for do, arguments in (
        (file.rate, ["gate", "green"]),
        (file.not_applicable, ["gate", "None"]),
        (file.add_note, ["gate", "More"]),
        (file.rate_group, ["gate", "boys", "red"]),
        (file.answer, [[Answer("gate", "here", "red")]]),
    ):
        error = refused(do, *arguments)
        assert re.match(rf"{FOLDER}/now\.yaml, line 6, column \d+: gate: ", error.message)
        assert "Nothing was changed" in error.hint
    assert on_disk(file) == text
    file.rate("phone", "green")
    assert ratings(file)["phone"] == {"rating": "green"}


def test_a_note_is_never_added_to_one_that_cannot_be_read(tmp_path: Path) -> None:
    text = evaluation({"gate": "{rating: red, note: [What, we, said]}"}, "2026-27", "2026-10-01")
    file = opened(workspace(tmp_path, {"now": text}))
    refused(file.add_note, "gate", "More")
    assert on_disk(file) == text


@pytest.mark.parametrize("bad", ["  gate: amber\n", "  gate: {rating: red}\n  gate: {rating: green}\n"])
def test_an_entry_of_another_shape_is_left(tmp_path: Path, bad: str) -> None:
    text = evaluation(f"ratings:\n{bad}", "2026-27", "2026-10-01")
    file = opened(workspace(tmp_path, {"now": text}))
    assert refused(file.rate, "gate", "green").hint
    assert on_disk(file) == text


# -- charters of other kinds


def test_an_aspect_that_cannot_be_read_is_not_asked(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, text=TWO_POINTS.replace("{id: phone, text", "{id: phone, txt")))
    file.rate("gate", "green")
    assert next_open(file) == "post"
    assert Questionnaire(file).progress == (1, 4)
    assert refused(file.answer, [Answer("phone", "here", "red")]).message.startswith("here: 'phone' is not an aspect")


@pytest.mark.parametrize(
    ("scale", "levels"), [("two", ["not-yet", "in-place"]), ("seven", [f"step-{n}" for n in range(1, 8)])]
)
def test_scales_of_two_and_seven_levels(tmp_path: Path, scale: str, levels: list[str]) -> None:
    file = opened(workspace(tmp_path, text=charter([f"aspect-{level}" for level in levels], scale=scale)))
    for level in levels:
        file.rate(f"aspect-{level}", level)
    assert Questionnaire(file).question is None
    assert [entry["rating"] for entry in ratings(file).values()] == levels
    refused(file.rate, f"aspect-{levels[0]}", "red")


# -- without questions


def test_answers_are_all_or_nothing(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    error = refused(
        file.answer, [Answer("gate", "line 1", "red"), Answer("phone", "line 2", "gold"), Answer("x", "line 3")]
    )
    assert len(error.message.split("\n")) == 2
    assert not (tmp_path / FOLDER).exists()
    assert (
        file.answer([Answer("gate", "1", "red", {"note": "a"}), Answer("post", "2", "A"), Answer("phone", "3")]).aspects
        == 2
    )
    assert Questionnaire(again(file)).progress == (2, 5)


def test_answers_that_say_nothing_make_no_file(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path))
    assert refused(file.answer, [Answer("gate", "1")]).message == "There is no answer in what was given."
    assert not (tmp_path / FOLDER).exists()


def test_a_reason_that_stands_there_already_is_enough(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": evaluation({"gate": "{reason: No gate}"}, "2026-27", "2026-10")}))
    file.answer([Answer("gate", "1", "n/a")])
    assert ratings(file)["gate"] == {"reason": "No gate", "rating": "not-applicable"}


@pytest.mark.parametrize("way", ["rate", "answer"])
def test_a_reason_goes_once_the_aspect_applies(tmp_path: Path, way: str) -> None:
    there = {"gate": "{rating: not-applicable, reason: No gate, note: x}", "phone": "{rating: red, reason: odd}"}
    file = opened(workspace(tmp_path, {"now": evaluation(there, "2026-27", "2026-10")}))
    given = [Answer("gate", "1", "green"), Answer("phone", "2", "green")]
    if way == "rate":
        file.rate("gate", "green")
    else:
        assert file.answer(given).replaced == (
            "2 ratings changed: “The gate is good” was Does not apply, is Green; “The phone is good” was Red, is Green.",
            "1 reason taken out, as the aspect applies now: “The gate is good”.",
        )
    assert ratings(file)["gate"] == {"rating": "green", "note": "x"}
    assert ratings(file)["phone"]["reason"] == "odd"


def test_what_is_overwritten_is_named_up_to_five(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": evaluation({"gate": "{rating: red, note: Old}"}, "2026-27", "2026-10")}))
    assert file.answer([Answer("gate", "1", "red", {"note": "Old"}), Answer("phone", "2", "red")]) == Saved(2, ())
    saved = file.answer([Answer("gate", "1", texts={"note": "New"})])
    assert saved == Saved(1, ("1 note replaced: “The gate is good”.",))


def test_ideas_and_evidence_that_stand_there_are_not_added_again(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    seen = {"kind": "walkthrough", "date": PartialDate.parse("2026-10-14"), "note": "At the gate"}
    given = [Answer("phone", "1", ideas=("One", "Two", "One"), evidence=(seen,)), Answer("phone", "2", ideas=("Two",))]
    assert file.answer(given).aspects == 1
    assert ratings(file)["phone"] == {
        "ideas": ["One", "Two"],
        "evidence": [{"kind": "walkthrough", "date": "2026-10-14", "note": "At the gate"}],
    }
    assert "date: 2026-10-14\n" in on_disk(file)
    before = on_disk(file)
    assert again(file).answer(given).aspects == 0
    assert on_disk(file) == before
    assert again(file).answer([Answer("phone", "1", ideas=("Three", "One"))]).aspects == 1
    assert ratings(file)["phone"]["ideas"] == ["One", "Two", "Three"]


def test_a_whole_key_point_does_not_apply_where_nothing_is_rated_yet(tmp_path: Path) -> None:
    file = opened(workspace(tmp_path, {"now": NOW}))
    assert file.point_not_applicable("welcome", "No building: =1+1") == 2
    apart = {"rating": "not-applicable", "reason": "No building: =1+1"}
    assert ratings(file) == {"gate": {"rating": "red"}, "phone": apart, "post": apart}
    before = on_disk(file)
    assert file.point_not_applicable("welcome", "Another") == 0
    assert on_disk(file) == before
    assert refused(file.point_not_applicable, "learning", " ").message == "learning is not-applicable without a reason."
    assert "is not a key point of this charter" in refused(file.point_not_applicable, "gate", "None").message
