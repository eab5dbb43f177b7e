"""A visitor's record in a terminal, asked like the school's own self-evaluation and written answer by answer."""

import os
from typing import TYPE_CHECKING, cast

from charterkit.choices import EVIDENCE_KINDS
from charterkit.cli.guide import Do, Guide, terminal_rows, terminal_width
from charterkit.cli.keys import Keys, StoppedError
from charterkit.cli.visit_screen import VisitScreen
from charterkit.errors import CharterkitError
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.visits.outcome import has_seen, unseen, whose_word
from charterkit.session.answer_keys import OF_A_VISIT, GuideAnswers
from charterkit.session.questionnaire import Questionnaire
from charterkit.session.visit_file import person
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.cli.guide_parts import PartQuestions
    from charterkit.cli.options import Session
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.visit_file import VisitFile


class _NoParts:
    """A visitor rates what is rated one by one, and is not asked about key points or the whole besides."""

    def after(self, aspect: str) -> None:
        """Nothing is asked."""

    def at_the_end(self) -> None:
        """Nothing is asked."""

    def taken_back(self, part: str) -> bool:  # noqa: ARG002 - as where there are parts
        """Nothing of the kind was answered."""
        return False


class VisitGuide(Guide):
    """One sitting of a visitor."""

    def __init__(self, call: "Session", visit: "VisitFile", *, plain: bool) -> None:  # not a school's: its own screen
        """Prepare the screen, as for a school's own sitting."""
        self.visit = visit
        self.file = cast("EvaluationFile", visit)  # it has the methods that a sitting calls
        self.questions = Questionnaire(visit)
        dumb = plain or os.environ.get("TERM") == "dumb"
        width, rows = terminal_width(), terminal_rows()
        self.screen = VisitScreen(call, visit, self.questions, plain=dumb, width=width, rows=rows)
        self.keys = Keys(by_line=dumb)
        self.answers = GuideAnswers(visit.charter, OF_A_VISIT)
        self.commands = self._commands()
        self.parts = cast("PartQuestions", _NoParts())

    def _begin(self) -> bool:
        """Who is visiting, where nobody wrote it down yet."""
        if not self.visit.visit.visitors:
            name = self.keys.line("Who is visiting? Name, role (may be left empty): ").strip()
            if name:
                self.visit.record(facts={"visitors": [person(name)]})
        return True

    def _ask(self) -> bool:
        try:
            return super()._ask()
        except CharterkitError as refused:
            if refused.code not in ("visit-not-met", "visit-unseen"):
                raise
            self.screen.line(f"{refused.message}\n{refused.hint}")
            return True

    def _commands(self) -> dict[str, Do]:
        doing: dict[str, Do] = {"l": self._looked_at, "w": self._why, "c": self._change}
        kept = super()._commands()
        own = {key: doing[command] for key, command in self.answers.commands.items() if command in doing}
        return {key: do for key, do in kept.items() if key not in own} | own

    def _looked_at(self, aspect: str) -> bool:
        kinds = list[str](EVIDENCE_KINDS)
        chosen = self.choose("What did you look at?", kinds)
        if chosen is None:
            return self._again("Nothing written.")
        whom = self.keys.line("With whom: ").strip() if kinds[chosen] == "conversation" else ""
        note = self.keys.line("What you saw or heard, and where: ").strip()
        if not (whom or note):
            return self._again("Nothing written.")
        self.visit.add_evidence(aspect, kinds[chosen], note, whom)
        return self._again("Saved.")

    def _why(self, aspect: str) -> bool:
        try:
            text = self._text("Why may the visit be met although this is below the mark?")
        except StoppedError as stopped:
            if stopped.text:
                self.visit.explain(aspect, stopped.text)
            raise
        if text:
            self.visit.explain(aspect, text)
        return self._again("Reason saved." if text else "No reason written.")

    def _change(self, aspect: str) -> bool:
        """The rating taken out, or the note written anew."""
        chosen = self.choose("What is to be changed?", ["take your rating out", "write your note anew"])
        if chosen is None:
            return self._again("Left as it was.")
        if chosen == 0:
            self.visit.clear(aspect)
            return self._again("Your rating is taken out.")
        text = self.keys.line("Note, anew (Enter leaves it, - takes it out): ").strip()
        if text:
            self.visit.change_note(aspect, "" if text == "-" else text)
        return self._again(
            "Left as it was." if not text else "The note is taken out." if text == "-" else "Note saved."
        )

    # -- the end

    def _end(self) -> bool:
        if super()._end():
            return True
        if self.visit.existing is not None:
            self._close()
        return False

    def _close(self) -> None:
        """What the visitor says of the whole and, of a certification visit, how it ended."""
        if not self.visit.visit.summary:
            text = self.keys.line("In a few words, of the whole (may be left empty): ").strip()
            if text:
                self.visit.record(facts={"summary": text})
        if self.visit.visit.purpose == "certification" and self.visit.visit.outcome is None:
            self._outcome()
        self.screen.line(f"All is saved in {self.visit.path}. As a document:")
        self.screen.line(f"  {self.visit_command('visit show')}")

    def visit_command(self, verb: str) -> str:
        """A command about this visit."""
        return cast("VisitScreen", self.screen).command(verb)

    def _outcome(self) -> None:
        chosen = self.choose("How did it end?", ["met", "not yet"])
        if chosen is None:
            return
        if chosen == 1:
            self.visit.record(facts={"outcome": "not-yet"})
            self.screen.line("Saved: not yet.")
            return
        self._unseen()
        if unsaid := unseen(self.visit.visit):
            self.screen.line("\n".join([*unsaid, "No outcome was written."]))
            return
        facts = self._award() if self.visit.charter.awards else {}
        for each in self.visit.visited.unexplained():
            text = self.visit.charter.aspects[each.aspect].text
            self.screen.line(f"{shown(text)}: {whose_word(each)}.")
            reason = self.keys.line("Why may the visit be met all the same? (nothing: it is not met): ").strip()
            if not reason:
                self.screen.line("No outcome was written.")
                return
            self.visit.explain(each.aspect, reason)
        self.visit.record(facts={"outcome": "met", **facts})
        self.screen.line("Saved: met.")

    def _unseen(self) -> None:
        """Who came and what was looked at, where the visit does not say it yet: nothing is met without."""
        self._begin()
        if not has_seen(self.visit.visit):
            note = self.keys.line("What did you see or hear, and where? (nothing: it is not met): ").strip()
            if note:
                piece = {"kind": "observation", "date": self.visit.visit.date, "note": note}
                self.visit.record(facts={"looked_at": [{key: value for key, value in piece.items() if value}]})

    def _award(self) -> dict[str, str]:
        awards = awards_of(self.visit.charter)
        chosen = self.choose("At which level?", [award.label for award in awards])
        return {"award": awards[chosen].id} if chosen is not None else {}
