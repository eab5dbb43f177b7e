"""What a visitor typed into a card, or about the visit as a whole, written piece by piece."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from charterkit.choices import EVIDENCE_KINDS, VISIT_OUTCOMES
from charterkit.errors import Refused
from charterkit.serve.typed import KIND, AnyPress, Step
from charterkit.serve.visit_sheet import VisitSheet
from charterkit.session.visit_file import SEEN, person

NEVER = "none"
"""Stands for no outcome and no award."""


class VisitPress(AnyPress[VisitSheet]):
    """One press in a card of a visit."""

    def _steps(self) -> Iterator[Step]:
        """All that is to be written. What cannot be read is refused before any of it is."""
        file, aspect, left = self.sheet.file, self.place.name, self.left
        if "note" in left:
            words = "Note saved." if left["note"] else "The note is taken out."
            yield ("note",), words, partial(file.change_note, aspect, left["note"])
        for name in [name for name in left if name.startswith("group-")]:
            group, level = name.removeprefix("group-"), left[name]
            step = partial(file.rate_group, aspect, group, level) if level else partial(file.clear_group, aspect, group)
            yield (name,), "Saved for the group.", step
        yield from self._looked_at()
        if "why" in left:
            yield ("why",), "Reason saved.", partial(file.explain, aspect, left["why"])
        yield self._button()

    def _looked_at(self) -> Iterator[Step]:
        file, aspect, left = self.sheet.file, self.place.name, self.left
        entry = self.sheet.standings[aspect].entry
        for place in self._numbers("looked"):
            if place >= (len(entry.evidence) if entry else 0):
                raise Refused("page-no-button")
            name = f"looked-{place}"
            words = "Changed." if left[name] else "Taken out."
            yield (name,), words, partial(file.change_looked_at, aspect, place, left[name])
        if left.get("looked") or left.get("with"):
            step = partial(file.add_evidence, aspect, _kind(left), left.get("looked", ""), left.get("with", ""))
            yield ("looked", "with", "kind"), "What was looked at is saved.", step

    def _button(self) -> Step:
        what, _, which = self.button.partition(":")
        file, aspect = self.sheet.file, self.place.name
        if what == "rate":
            level = self.sheet.charter.levels.get(which)
            return (), f"{level.label if level else which} saved.", partial(file.rate, aspect, which)
        if what == "clear":
            return (), "Your rating is taken out.", partial(file.clear, aspect)
        if what == "na" or (what == "save" and "reason" in self.left):
            entry = self.sheet.standings[aspect].entry
            reason = self.left.get("reason", (entry.reason or "") if entry else "")
            return ("reason",), "Saved: it does not apply.", partial(file.not_applicable, aspect, reason)
        if what == "save":
            return (), "", lambda: None
        raise Refused("page-no-button")


class WholePress(AnyPress[VisitSheet]):
    """One press in the form about the visit as a whole."""

    def _steps(self) -> Iterator[Step]:
        """Who came, what was seen, what is said of it all; and how it ended, last."""
        left, on = self.left, self.sheet.day
        if self.button != "save":
            raise Refused("page-no-button")
        if left.get("visitor"):
            yield ("visitor",), "The visitor is saved.", self._record(visitors=[person(left["visitor"])])
        if left.get("looked") or left.get("with"):
            kind = _kind(left)
            said = {
                "kind": kind,
                "date": on if kind in SEEN else None,
                "with": left.get("with"),
                "note": left.get("looked"),
            }
            piece = {key: value for key, value in said.items() if value}
            yield ("looked", "with", "kind"), "What was looked at is saved.", self._record(looked_at=[piece])
        if left.get("support"):
            entry = {"date": on, "what": left["support"]}
            yield ("support",), "Saved in the log.", self._record(support_log=[entry])
        if "summary" in left:
            words = "What is said of the whole is saved." if left["summary"] else "It is taken out."
            yield ("summary",), words, self._record(summary=left["summary"] or None)
        if "outcome" in left or "award" in left:
            facts = {name: None if left[name] == NEVER else left[name] for name in ("outcome", "award") if name in left}
            if facts.get("outcome") not in (None, *VISIT_OUTCOMES):
                raise Refused("page-no-button")
            yield ("outcome", "award"), "How it ended is saved.", self._record(**facts)

    def _record(self, **facts: Any) -> partial[int]:  # noqa: ANN401 - as a visit's file has them
        return partial(self.sheet.file.record, facts=facts)


def _kind(left: dict[str, str]) -> str:
    """The kind that was chosen; of what was talked about with somebody, a conversation where none was."""
    kind = left.get("kind") or ("conversation" if left.get("with") else KIND)
    if kind not in EVIDENCE_KINDS:
        raise Refused("page-no-button")
    return kind
