"""Proposed examples in a terminal, one by one: yes, no or later."""

import os
from typing import TYPE_CHECKING

from charterkit.cli.bursts import ENTER
from charterkit.cli.keys import Keys, StoppedError
from charterkit.text.safe import one_line, visible
from charterkit.text.wrap import broken

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.insight.proposing import Proposal, Proposals

_KEYS = {
    "y": "y",
    "yes": "y",
    "n": "n",
    "no": "n",
    "s": "n",
    "skip": "n",
    ENTER: "n",
    "b": "b",
    "back": "b",
    "q": "q",
    "stop": "q",
}
_PROMPT = "Take it into the charter?  y yes   n no   b back   q stop, write nothing: "


class ExamplesGuide:
    """One sitting. Nothing is written before its end, and nothing where somebody stops."""

    def __init__(self, call: "Session", found: "Proposals", *, plain: bool) -> None:
        """Prepare to ask; `plain` is for screen readers and terminals without control."""
        self.call = call
        self.found = found
        self.keys = Keys(by_line=plain or os.environ.get("TERM") == "dumb")

    def run(self) -> "list[Proposal] | None":
        """Ask about each; those that were accepted, None where there is nothing to write.

        Raises KeyboardInterrupt where somebody stops.
        """
        from charterkit.render.practice.proposals import leads

        self._line("\n".join(leads(self.found)))
        taken: dict[str, bool] = {}
        try:
            with self.keys.sitting():
                self._ask_all(taken)
                chosen = [each for each in self.found.offered if taken.get(each.name)]
                is_written = bool(chosen) or self._is_to_be_written()
        except (KeyboardInterrupt, EOFError, StoppedError):
            self._line("\nStopped: nothing is written.")
            raise KeyboardInterrupt from None
        if not is_written and self.found.offered:
            self._line("No example was accepted: nothing is written.")
        return chosen if is_written else None

    def _ask_all(self, taken: dict[str, bool]) -> None:
        place, offered = 0, self.found.offered
        while place < len(offered):
            self._show(offered[place], place)
            key = self._key()
            if key == "q":
                raise StoppedError
            if key == "b":
                place = max(0, place - 1)
                continue
            taken[offered[place].name] = key == "y"
            place += 1

    def _is_to_be_written(self) -> bool:
        """Whether a draft is wanted that only leaves out what was withdrawn."""
        if not self.found.withdrawn:
            return False
        return self._key("Write the next version without what is left out?  y yes   n no: ") == "y"

    def _show(self, proposal: "Proposal", place: int) -> None:
        practice = proposal.practice
        self._line(f"\n{place + 1} of {len(self.found.offered)}   {one_line(proposal.title)}")
        self._line(
            f"{one_line(practice.school)} is at {one_line(practice.level)} and writes ({practice.cycle.spoken}):"
        )
        self._line(f"  “{one_line(proposal.example['text'])}”")

    def _key(self, prompt: str = _PROMPT) -> str:
        while True:
            said = self.keys.said(prompt, set(_KEYS))
            key = _KEYS.get(said.text.casefold(), "")
            self._line("")
            if key and not (said.is_at_once or said.is_pasted):
                return key
            self._line("Answer with y, n, b or q.")

    def _line(self, text: str) -> None:
        for line in text.split("\n"):
            for part in broken(visible(line), self.call.columns):
                print(part)  # noqa: T201 - the terminal's own
