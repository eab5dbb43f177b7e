"""The guided self-evaluation in a real terminal."""

import os
import random
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from charterkit.files.workspace import Workspace
from charterkit.model.evaluation import Evaluation

from .calling import ROOT, call, example, terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX; Windows needs a person"),
]

DRAFT = "schools/example-primary/evaluations/2026-27-autumn.yaml"
NEW = "schools/our-school/evaluations/2026-27.yaml"
PROMPT = "Your rating: "


def ratings(workspace: Path, path: str = NEW) -> dict[str, str | None]:
    document = Workspace(workspace, ROOT).read(path, Evaluation)
    assert document.model, document.loaded.problems
    assert not document.loaded.problems
    return {key: entry.rating for key, entry in document.model.ratings.items()}


@pytest.fixture
def school(tmp_path):
    example(tmp_path)
    (tmp_path / "schools" / "our-school").mkdir()
    (tmp_path / "schools" / "our-school" / "school.yaml").write_text("name: Our School\n", encoding="utf-8")
    return tmp_path


def test_one_key_answers_and_the_answer_is_on_disk_before_the_next_question(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("g")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        assert ratings(school) == {"gate-greeting": "green"}
        seen.press("1")
        seen.wait_for(PROMPT)
        assert ratings(school) == {"gate-greeting": "green", "open-door": "red"}
        seen.press("q")
        assert seen.finish() == 0
    assert "2 of 40 aspects are rated" in seen.said


def test_it_shows_last_time_and_carries_on_at_the_first_open_aspect(school):
    with terminal("evaluate", "example-primary", cwd=school) as seen:
        first = seen.wait_for(PROMPT)
        assert "24 of 40" in first
        assert "Last time (autumn term 2025-26)" in first
        assert "Strengths: Each new family now has a parent buddy" in first
        assert "\x1b[3m" in first  # examples in italics
        seen.press("q")
        seen.finish()


def test_a_word_and_enter_is_one_answer_and_what_comes_along_rates_nothing_else(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("green\r")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        for key in "amber\r":  # at the pace of fingers: pexpect waits before each key
            seen.press(key)
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        seen.press("gar")  # no word at all
        seen.wait_for("That means nothing here.")
        seen.wait_for(PROMPT)
        seen.press("r\ra\rgreen\r")
        seen.wait_for("saved")
        for _ in range(2):
            seen.wait_for("came together with the answer before it, so it rates nothing.")
            seen.wait_for(PROMPT)
        seen.press("\x1b[200~green\namber\n\x1b[201~")
        seen.wait_for("A pasted text is no answer")
        seen.press("q")
        assert seen.finish() == 0
    assert list(ratings(school).values()) == ["green", "amber", "red"]


def test_the_last_answer_is_taken_back_as_often_as_wanted(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("g\r")
        seen.wait_for("Aspect 2 of 5")
        seen.wait_for(PROMPT)
        seen.press("i")
        seen.wait_for("improving it: ")
        seen.press("Tea\r")
        seen.wait_for("Idea saved.")
        seen.wait_for(PROMPT)
        for place in ("Aspect 2 of 5", "Aspect 1 of 5"):
            seen.press("u\r")
            seen.wait_for("The last answer is taken back.")
            seen.wait_for(place)
            seen.wait_for(PROMPT)
        assert not (school / NEW).exists()
        seen.press("undo\r")
        seen.wait_for("There is nothing to take back")
        seen.press("q")
        seen.finish()


CHANGING = (
    ("g\r", "Aspect 2 of 5"),
    ("b\r", "Aspect 1 of 5"),
    ("n\r", "ends it)> "),
    ("One\r", "(an empty line ends it)> "),
    ("\r", "Note saved."),
    ("i\r", "improving it: "),
    ("Tea\r", "Idea saved."),
    ("i\r", "improving it: "),
    ("Milk\r", "Idea saved."),
    ("e\r", "Number: "),
    ("the rota by the door\r", "Press 1, 2"),
    ("2\r", "where: "),
    ("Rota\r", "Evidence saved."),
    ("t\r", "will be done: "),
    ("Ring all\r", "left empty): "),
    ("\r", "left empty): "),
    ("\r", "Action saved."),
    ("n\r", "what you write now is added to it"),
    ("\r", "No note written."),
    ("c\r", "6  Action: Ring all"),
    ("3\r", "Idea, anew"),
    ("-\r", "The idea is taken out."),
    ("c\r", "3  Idea: Milk"),
    ("3\r", "Idea, anew"),
    ("Cake\r", "The idea is changed."),
    ("c\r", "2  Note: One"),
    ("2\r", "removes it)> "),
    ("Two\r", "(an empty line ends it)> "),
    ("\r", "The note is changed."),
    ("c\r", "4  Evidence: Rota"),
    ("4\r", "What was seen, anew"),
    ("\r", "Left as it was."),
    ("c\r", "5  Action: Ring all"),
    ("5\r", "What will be done, anew"),
    ("\r", "leaves it open): "),
    ("Deputy\r", "leaves it open): "),
    ("2027-02\r", "The action is changed."),
    ("c\r", "1  Rating: Green (removes it)"),
    ("1\r", "The rating is taken out"),
    ("c\r", "5  Target: none yet"),
    ("5\r", "Which level is to be reached?"),
    ("3\r", "left empty): "),
    ("July 2027\r", "The target is saved."),
    ("c\r", "5  Target: Green by July 2027"),
    ("6\r", "leaves it): "),
    ("lots\r", "is not a number with its unit"),
    ("62 %\r", "The value is saved."),
    ("c\r", "7  What the school means to reach in this cycle: nothing yet"),
    ("7\r", "removes it)> "),
    ("Every family knows a name\r", "(an empty line ends it)> "),
    ("\r", "Saved."),
    ("c\r", "6  Value: 62%"),
    ("8\r", "removes it)> "),
    ("-\r", "Taken out."),
)


def test_what_an_aspect_holds_is_changed_and_removed(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        for keys, answer in CHANGING:
            seen.press(keys)
            seen.wait_for(answer)
        seen.wait_for(PROMPT)
        seen.press("q\r")
        seen.finish()
    model = Workspace(school, ROOT).read(NEW, Evaluation).model
    assert model
    entry = model.ratings["gate-greeting"]
    assert (entry.rating, entry.note, entry.ideas) == (None, "Two", ("Cake",))
    assert [seen.note for seen in entry.evidence] == ["Rota"]
    assert entry.target
    assert (entry.target.level, str(entry.target.by), str(entry.value)) == ("green", "2027-07", "62%")
    assert (model.intent, model.impact) == ("Every family knows a name", None)
    (action,) = model.actions
    assert (action.action, action.owner, str(action.due)) == ("Ring all", "Deputy", "2027-02")


DIALOGUE = (
    ("n", "> "),
    ("First [bold]line\r", "> "),
    ("مرحبا: # two\r", "> "),
    ("\r", "Note saved."),
    ("i", "improving it: "),
    ("=cmd()\r", "Idea saved."),
    ("t", "will be done: "),
    ("Ring every family\r", "left empty): "),
    ("Deputy\r", "left empty): "),
    ("1/2/27\r", "Write the year in full"),
    ("2027-02\r", "Action saved."),
    ("e", "Number: "),
    ("2", "where: "),
    ("The rota by the office door\r", "Evidence saved."),
    ("f", "Number: "),
    ("1", "Number: "),
    ("2", "Saved for Black Caribbean pupils: Amber."),
    ("g", "saved"),
)
"""What is typed, and what shows then."""


def test_notes_ideas_actions_evidence_and_groups(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        for keys, answer in DIALOGUE:
            seen.press(keys)
            seen.wait_for(answer)
        seen.wait_for(PROMPT)
        seen.press("q")
        seen.finish()
    model = Workspace(school, ROOT).read(NEW, Evaluation).model
    assert model
    entry = model.ratings["gate-greeting"]
    assert entry.note == "First [bold]line\nمرحبا: # two"
    assert entry.ideas == ("=cmd()",)
    assert entry.groups == {"black-caribbean": "amber"}
    assert entry.evidence[0].kind == "document"
    assert entry.rating == "green"
    (action,) = model.actions
    found = (action.action, action.owner, str(action.due), action.aspect)
    assert found == ("Ring every family", "Deputy", "2027-02", "gate-greeting")


def test_not_applicable_asks_why(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("x")
        seen.wait_for("question): ")
        seen.press("\r")
        seen.wait_for("A reason is needed")
        seen.press("x")
        seen.wait_for("question): ")
        seen.press("We have no gate\r")
        seen.wait_for(PROMPT)
        seen.press("q")
        seen.finish()
    assert ratings(school) == {"gate-greeting": "not-applicable"}


def test_skip_back_jump_help_and_keys_that_mean_nothing(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for("Aspect 1 of 5")
        seen.wait_for(PROMPT)
        seen.press("s")
        seen.wait_for("Aspect 2 of 5")
        seen.wait_for(PROMPT)
        seen.press("\x1b[D")  # the left arrow
        seen.wait_for("Aspect 1 of 5")
        seen.wait_for(PROMPT)
        seen.press("b")
        seen.wait_for("This is the first aspect.")
        seen.wait_for(PROMPT)
        seen.press("z")
        seen.wait_for("That means nothing here. Press r for Red")
        seen.press("?")
        seen.wait_for("go to another key point.")
        seen.press("j")
        seen.wait_for("Number: ")
        seen.press("3")
        seen.wait_for("3. News and progress")
        seen.wait_for(PROMPT)
        seen.press("q")
        assert seen.finish() == 0
    assert not (school / NEW).exists()
    assert "Nothing was answered, so nothing was written." in seen.said


@pytest.mark.slow
def test_the_whole_way_to_the_summary(school):
    with terminal("evaluate", "example-primary", cwd=school, anew=True) as seen:
        for _ in range(16):
            seen.wait_for(PROMPT)
            seen.press("g")
        end = seen.wait_for("b: back.")
        seen.press("\r")
        assert seen.finish() == 0
    assert "That was the last aspect." in end
    assert "Strengths: 34" in end
    assert "Areas for development: 6" in end
    assert "Since autumn term 2025-26" in end
    assert "charterkit report example-primary" in end
    assert "--agree" in end


def test_interrupted_it_keeps_everything_and_exits_with_130(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("a")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        seen.press("\x03")
        assert seen.finish() == 130
    assert "Traceback" not in seen.said
    assert ratings(school) == {"gate-greeting": "amber"}


def test_a_closed_terminal_loses_nothing(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("a")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        seen.child.close()  # the system tells the program, which can write nothing any more
    assert ratings(school) == {"gate-greeting": "amber"}


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_nothing_is_wider_than_the_terminal(school, columns):
    with terminal("evaluate", "example-primary", cwd=school, columns=columns, rows=90) as seen:
        seen.wait_for(PROMPT)
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.said)
        assert max(len(line) for line in plain.splitlines()) <= columns
        seen.press("q")
        seen.finish()


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_every_level_has_letter_and_word(school, more):
    with terminal("evaluate", "example-primary", cwd=school, **more) as seen:
        seen.wait_for(PROMPT)
        assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|38|48|4[0-7])[;m]", seen.said)
        assert "Red" in seen.said
        assert "Amber" in seen.said
        seen.press("q\r" if more.get("TERM") else "q")
        seen.finish()


def test_plain_is_sentences_and_lines_only(school):
    with terminal("evaluate", "example-primary", "--plain", cwd=school) as seen:
        seen.wait_for(PROMPT)
        assert "\x1b" not in seen.said
        assert not set(seen.said) & set("█░─■▲●•")
        assert "1 Red:" in seen.said
        seen.press("amber\r")
        seen.wait_for("Saved.")
        seen.wait_for(PROMPT)
        seen.press("q\r")
        assert seen.finish() == 0
    assert ratings(school, DRAFT)["new-families"] == "amber"


def test_a_file_changed_underneath_is_left_alone_and_the_answer_kept_beside_it(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("g")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        path = school / NEW
        theirs = path.read_text(encoding="utf-8") + "# somebody else was here\n"
        path.write_text(theirs, encoding="utf-8")
        seen.press("r")
        assert seen.finish() == 2
    assert "changed by somebody else" in seen.said
    assert path.read_text(encoding="utf-8") == theirs
    (kept,) = path.parent.glob("*.unsaved-*")
    assert "open-door" in kept.read_text(encoding="utf-8")


def test_two_evaluations_at_once_never_mix(school):
    with terminal("evaluate", "our-school", cwd=school) as one, terminal("evaluate", "our-school", cwd=school) as two:
        one.wait_for(PROMPT)
        two.wait_for(PROMPT)
        one.press("g")
        one.wait_for("saved")
        two.press("r")
        assert two.finish() == 2
        one.wait_for(PROMPT)
        one.press("q")
        one.finish()
    assert ratings(school) == {"gate-greeting": "green"}


def test_a_custom_scale_keeps_its_own_letters_and_moves_the_commands_out_of_the_way(school):
    levels = "".join(
        f"  - {{id: {word.lower()}, label: {word}, meaning: 'Stage {number}'}}\n"
        for number, word in enumerate(["Nothing", "Begun", "Secure", "Excellent"])
    )
    (school / "charters" / "ours.yaml").write_text(
        'id: ours\nversion: "1"\ntitle: Ours\nstatus: published\nscale:\n'
        + levels
        + "key_points:\n  - id: one\n    title: One\n    aspects:\n      - {id: a, text: First}\n      - {id: b, text: Second}\n",
        encoding="utf-8",
    )
    with terminal("evaluate", "our-school", "--charter", "ours", cwd=school) as seen:
        shown = seen.wait_for(PROMPT)
        assert "n or 1" in shown
        assert re.search(r"N\S* note", re.sub(r"\x1b\[[0-9;]*m", "", shown))
        seen.press("N")
        seen.wait_for("ends it)> ")
        seen.press("\r")
        seen.wait_for(PROMPT)
        seen.press("e")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        seen.press("n")
        seen.wait_for("b: back.")
        seen.press("\r")
        assert seen.finish() == 0
    assert ratings(school) == {"a": "excellent", "b": "nothing"}


@pytest.mark.parametrize(
    ("labels", "keys", "shown"),
    [
        (
            ["4 Inadequate", "3 Requires improvement", "2 Good", "1 Outstanding"],
            {"1\r": "l3", "4\r": "l0", "inadequate\r": "l0", "g\r": None},
            "4 ■ Inadequate",
        ),
        (
            ["0 Incomplete", "1 Performed", "2 Managed", "10 Optimising"],
            {"2\r": "l2", "0\r": "l0", "10\r": "l3", "1\r": "l1", "4\r": None},
            "0 ■ Incomplete",
        ),
    ],
)
def test_labels_that_bring_their_number_are_answered_by_it_and_by_nothing_else(school, labels, keys, shown):
    scale = "".join(f"  - {{id: l{place}, label: {label}}}\n" for place, label in enumerate(labels))
    aspects = "".join(f"      - {{id: a{place}, text: Aspect}}\n" for place in range(9))
    (school / "charters" / "ours.yaml").write_text(
        'id: ours\nversion: "1"\ntitle: Ours\nstatus: published\nscale:\n'
        f"{scale}key_points:\n  - id: one\n    title: One\n    aspects:\n{aspects}",
        encoding="utf-8",
    )
    with terminal("evaluate", "our-school", "--charter", "ours", cwd=school) as seen:
        first = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.wait_for(PROMPT))
        assert shown in " ".join(first.split())
        for key, level in keys.items():
            seen.press(key)
            seen.wait_for("saved" if level else "That means nothing here. Press")
            seen.wait_for(PROMPT)
        seen.press("q\r")
        seen.finish()
    assert list(ratings(school).values()) == [level for level in keys.values() if level]


def test_a_pasted_note_keeps_its_paragraphs_and_rates_nothing(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("n")
        seen.wait_for("> ")
        seen.press("Para one.\rStill one.\r\rPara two: great and good agreement\r")
        seen.wait_for("agreement")
        time.sleep(0.3)
        seen.press("\r")
        seen.wait_for("Note saved.")
        seen.press("q")
        seen.finish()
    model = Workspace(school, ROOT).read(NEW, Evaluation).model
    assert model
    assert model.ratings["gate-greeting"].note == "Para one.\nStill one.\n\nPara two: great and good agreement"
    assert model.ratings["gate-greeting"].rating is None


def test_a_note_can_be_corrected_with_the_arrow_keys(school):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("i")
        seen.wait_for("improving it: ")
        seen.press("ab\x1b[DX\x1b[A\r")
        seen.wait_for("Idea saved.")
        seen.press("q")
        seen.finish()
    model = Workspace(school, ROOT).read(NEW, Evaluation).model
    assert model
    (idea,) = model.ratings["gate-greeting"].ideas
    assert "\x1b" not in idea
    assert idea == "aXb"


@pytest.mark.parametrize("end", ["interrupt", "hang-up"])
def test_a_note_under_way_is_kept_when_the_sitting_ends(school, end):
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("n")
        seen.wait_for("> ")
        seen.press("first line\r")
        seen.wait_for("> ")
        seen.press("half a n")
        seen.wait_for("half a n")
        if end == "interrupt":
            seen.press("\x03")
            assert seen.finish() == 130
        else:
            seen.child.kill(signal.SIGHUP)
            seen.finish()
    model = Workspace(school, ROOT).read(NEW, Evaluation).model
    assert model
    note = model.ratings["gate-greeting"].note
    assert note
    assert note.startswith("first line")


@pytest.mark.alike(2)
@pytest.mark.parametrize(("said", "rating"), [("green", "green"), ("A", "amber"), ("1", "red"), ("garbage", None)])
def test_by_line_only_whole_words_count(school, said, rating):
    with terminal("evaluate", "our-school", "--plain", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press(f"{said}\r")
        seen.wait_for("Saved." if rating else "That means nothing here.")
        seen.wait_for(PROMPT)
        seen.press("stop\r")
        assert seen.finish() == 0
    assert (ratings(school) if (school / NEW).exists() else {}).get("gate-greeting") == rating


def test_the_commands_at_the_end_are_about_this_very_evaluation(school):
    with terminal("evaluate", "our-school", "--cycle", "2026-27-autumn", cwd=school) as seen:
        seen.wait_for(PROMPT)
        seen.press("g")
        seen.wait_for("saved")
        seen.wait_for(PROMPT)
        seen.press("q")
        seen.finish()
    assert "charterkit evaluate our-school --cycle 2026-27-autumn" in seen.said


@pytest.mark.slow
def test_killed_at_any_moment_it_loses_no_answer_and_leaves_no_half_file(school):
    """Many sittings, each killed at a moment of chance; what was confirmed is on disk, and the next resumes.

    `make soak` has twenty times as many, and others every time.
    """
    chance = random.Random(None if "CHARTERKIT_KILLS" in os.environ else 20261122)
    confirmed: dict[str, str] = {}
    levels = {"r": "red", "a": "amber", "g": "green"}
    aspects = list(Workspace(school, ROOT).choose_charter("community-engagement").aspects)
    for _ in range(int(os.environ.get("CHARTERKIT_KILLS", "8"))):
        if len(confirmed) >= len(aspects) - 3:
            (school / NEW).unlink()
            confirmed.clear()
        with terminal("evaluate", "our-school", cwd=school) as seen:
            seen.wait_for(PROMPT)
            keys = [chance.choice("rag") for _ in range(chance.randint(1, 3))]
            for key in keys[:-1]:
                seen.press(f"{key}\r")
                seen.wait_for("saved")
                confirmed[aspects[len(confirmed)]] = levels[key]
                seen.wait_for(PROMPT)
            seen.press(f"{keys[-1]}\r")
            time.sleep(chance.random() * 0.02)
            seen.child.kill(signal.SIGKILL)
            seen.child.wait()
        if not (school / NEW).exists():
            assert not confirmed
            continue
        found = ratings(school)
        assert {key: found[key] for key in confirmed} == confirmed
        extra = {key: level for key, level in found.items() if key not in confirmed}
        assert extra in ({}, {aspects[len(confirmed)]: levels[keys[-1]]})
        confirmed = {key: str(level) for key, level in found.items()}
    assert call("check", cwd=school).returncode == 0


def test_what_is_open_from_before_is_asked_first_and_an_action_stands_under_last_time(school):
    before = school / "schools/our-school/evaluations/2025-26.yaml"
    before.parent.mkdir(exist_ok=True)
    before.write_text(
        'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-11-11\nstatus: agreed\n'
        "ratings:\n  gate-greeting: {rating: red}\nactions:\n"
        "  - {id: gate, aspect: gate-greeting, action: Cover the gate, owner: Deputy, due: 2026-03}\n"
        "  - {id: card, action: Draft the card}\n  - {id: tea, action: Hold a tea}\n",
        encoding="utf-8",
    )
    with terminal("evaluate", "our-school", cwd=school) as seen:
        seen.wait_for("3 actions are open from before")
        seen.wait_for("1. Cover the gate (Deputy, March 2026, overdue)")
        seen.wait_for("What has become of it: ")
        seen.press("\r")
        seen.wait_for("2. Draft the card (nobody named, no date)")
        seen.wait_for("What has become of it: ")
        seen.press("done\r")
        seen.wait_for("Saved: done.")
        seen.wait_for("3. Hold a tea")
        seen.wait_for("What has become of it: ")
        seen.press("c")
        seen.wait_for("Carried over.")
        shown = seen.wait_for(PROMPT)
        assert "Last time (2025-26)" in shown
        assert "Action: Cover the gate (Deputy, March 2026, overdue)" in shown
        seen.press("u")
        seen.wait_for("taken back")
        seen.wait_for(PROMPT)
        seen.press("q")
        assert seen.finish() == 0
    text = (school / NEW).read_text(encoding="utf-8")
    assert text.count("carried_from: 2025-26") == 1
    assert "status: done\n    carried_from: 2025-26\n    closed: 2026-11-22\n" in text
