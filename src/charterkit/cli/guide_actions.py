"""The open actions of the evaluations before, as the guided self-evaluation shows them and asks what became of each."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from charterkit.cli.bursts import ENTER, Said
from charterkit.insight.evaluations.planning import Became
from charterkit.render.shared.entries import tracked_words
from charterkit.session.open_actions import from_before, last_time, settle

if TYPE_CHECKING:
    from charterkit.session.evaluation_file import EvaluationFile

ANSWERS: dict[str, Became] = {"d": "done", "c": "carry on", "x": "drop"}
"""Each key, and what it says of an action."""
SAVED: dict[Became, str] = {"done": "Saved: done.", "carry on": "Carried over.", "drop": "Saved: dropped."}
_KEYS = "  d done   c carry on   x drop   Enter later   l all later   q stop"


def ask_open_actions(
    file: "EvaluationFile", say: Callable[[str], None], listen: Callable[[str, Collection[str]], Said]
) -> bool:
    """Ask what has become of each, and have it written before the next. False where the person stops here.

    `say` shows a line; `listen` shows a prompt and gives a key, or one of the words that it is told.
    """
    found = from_before(file)
    if not found:
        return True
    are, each = ("action is", "it") if len(found) == 1 else ("actions are", "each")
    say(f"\n{len(found)} {are} open from before. What has become of {each}?")
    for number, tracked in enumerate(found, 1):
        say(f"\n{number}. {tracked_words(tracked, file.today)}")
        say(_KEYS)
        key = _answer(say, listen)
        if key in ("q", "l"):
            return key == "l"
        if key in ANSWERS:
            settle(file, tracked, ANSWERS[key])
            say(SAVED[ANSWERS[key]])
    return True


_WORDS: dict[str, str] = {
    **{key: key for key in (*ANSWERS, ENTER, "l", "q")},
    **{words: key for key, words in ANSWERS.items()},
    "carry": "c",
    "later": ENTER,
    "all later": "l",
    "stop": "q",
}
"""What may be said, and the key that it stands for."""


def _answer(say: Callable[[str], None], listen: Callable[[str, Collection[str]], Said]) -> str:
    """A key that means something here; a paste, and what came at once with the answer before, mean nothing."""
    while True:
        said = listen("What has become of it: ", _WORDS)
        say("")
        key = _WORDS.get(said.text.casefold(), "")
        if key and not said.is_pasted and not said.is_at_once:
            return key
        say("Press d, c, x, Enter, l or q.")


def last_time_lines(file: "EvaluationFile", aspect: str) -> list[str]:
    """An aspect's actions from last time, a sentence each."""
    return [f"Action: {tracked_words(tracked, file.today)}" for tracked in last_time(file, aspect)]
