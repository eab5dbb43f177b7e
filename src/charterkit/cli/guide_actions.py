"""The open actions of the evaluations before, as the guided self-evaluation shows them and asks what became of each."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from charterkit.insight.evaluations.actions import Tracked
from charterkit.insight.evaluations.planning import Became
from charterkit.session.open_actions import from_before, last_time, settle

if TYPE_CHECKING:
    from charterkit.session.evaluation_file import EvaluationFile

ANSWERS: dict[str, tuple[str, Became]] = {
    "d": ("done", "done"),
    "c": ("carry on", "carry on"),
    "x": ("drop", "drop"),
}
"""Each key, its words, and what it says of an action."""
SAVED: dict[Became, str] = {"done": "Saved: done.", "carry on": "Carried over.", "drop": "Saved: dropped."}
_KEYS = "  d done   c carry on   x drop   Enter later   l all later   q stop"
_STATUS = {"in-progress": "in progress", "planned": "", "done": "done", "dropped": "dropped"}


def ask_open_actions(file: "EvaluationFile", say: Callable[[str], None], key: Callable[[str], str]) -> bool:
    """Ask what has become of each, and have it written before the next. False where the person stops here.

    `say` shows a line, `key` shows a prompt and gives a key or, by line, a word.
    """
    found = from_before(file)
    if not found:
        return True
    is_are = "action is" if len(found) == 1 else "actions are"
    say(f"\n{len(found)} {is_are} open from before. What has become of {'it' if len(found) == 1 else 'each'}?")
    for number, tracked in enumerate(found, 1):
        say(f"\n{number}. {in_words(tracked, file.today)}")
        say(_KEYS)
        said = _answer(say, key)
        if said in ("q", "l"):
            return said == "l"
        if said in ANSWERS:
            became = ANSWERS[said][1]
            settle(file, tracked, became)
            say(SAVED[became])
    return True


def _answer(say: Callable[[str], None], key: Callable[[str], str]) -> str:
    """A key that means something here."""
    words = {words: name for name, (words, _) in ANSWERS.items()} | {"later": "enter", "all later": "l", "stop": "q"}
    while True:
        given = key("What has become of it: ")
        said = words.get(given.casefold(), given.casefold())
        say("")
        if said in (*ANSWERS, "enter", "l", "q"):
            return said
        say("Press d, c, x, Enter, l or q.")


def last_time_lines(file: "EvaluationFile", aspect: str) -> list[str]:
    """An aspect's actions from last time, a sentence each."""
    return [f"Action: {in_words(tracked, file.today)}" for tracked in last_time(file, aspect)]


def in_words(tracked: Tracked, today: date) -> str:
    """What, who, by when, and how it stands: "Draft the card (Deputy headteacher, March 2026, overdue)"."""
    action = tracked.action
    state = "overdue" if tracked.is_overdue(today) else _STATUS[action.status]
    about = [action.owner or "nobody named", action.due.spoken if action.due else "no date", state]
    return f"{action.action} ({', '.join(part for part in about if part)})"
