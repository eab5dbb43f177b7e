"""What a visitor is shown: the question, what the school says of it itself, and what the visitor has said so far."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.console import RenderableType
from rich.text import Text

from charterkit.cli.guide_screen import Screen
from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.insight.visits.outcome import whose_word
from charterkit.model.charter import Aspect
from charterkit.model.scale import Level
from charterkit.render.report.evidence import KINDS, evidence_lines, surveys
from charterkit.render.shared.audience import AUDIENCES
from charterkit.text.english import counted, plural

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.questionnaire import Asked, Questionnaire
    from charterkit.session.visit_file import VisitFile


class VisitScreen(Screen):
    """Prints one sitting of a visitor, in the same form as a school's own."""

    def __init__(
        self, call: "Session", visit: "VisitFile", questions: "Questionnaire", *, plain: bool, width: int, rows: int
    ) -> None:
        """As for a school's; a visit has what that asks of a file, but for an evaluation's own cycle and plan."""
        super().__init__(call, cast("EvaluationFile", visit), questions, plain=plain, width=width, rows=rows)
        self.visit = visit
        self.surveys = surveys(visit.folder)

    def welcome(self) -> None:
        """Whose school, which visit, and what the visitor can rely on."""
        visit = self.visit.visit
        kind = "Certification visit" if visit.purpose == "certification" else "Support visit"
        when = f", {visit.date.spoken}" if visit.date else ""
        done, of = self.questions.progress
        self.console.print()
        self.console.print(Text(self.visit.folder.school.name, style=self._style("bold")))
        self.line(self.visit.charter.title)
        self.line(f"{kind}{when}. So far {done} of {of} aspects rated by the visitor.")
        school = self.visit.visited.school
        if school is None:
            self.line("The school has no self-evaluation of this version of the charter to lay beside it.")
        else:
            self.line(f"Beside it stands what the school says itself ({school.cycle.spoken}); that is not touched.")
        self.line("Every answer is saved at once: stop whenever you like, and carry on later.")

    def _last_time(self, asked: "Asked") -> list[RenderableType]:
        """What the school says of it itself, and where it can be seen."""
        wanted = [KINDS[kind].lower() for kind in asked.aspect.evidence]
        look = [self._indented(f"The charter asks to look at: {', '.join(wanted)}", "dim")] if wanted else []
        if asked.before is None:
            return ["", *look] if look else []
        return ["", Text.assemble("The school says: ", self.standing(asked.before)), *self._of_school(asked), *look]

    def _of_school(self, asked: "Asked") -> list[RenderableType]:
        entry = asked.before.entry if asked.before else None
        if entry is None:
            return []
        texts = (("Reason", entry.reason), ("Strengths", entry.strengths), ("Note", entry.note))
        lines: list[RenderableType] = [self._indented(f"{label}: {text.strip()}") for label, text in texts if text]
        for seen in evidence_lines(entry.evidence, self.surveys, AUDIENCES["leaders"]):
            note = f" – {seen.note}" if seen.note and seen.text else seen.note
            lines.append(self._indented(f"{seen.brief}{'' if seen.text else ': ' if note else ''}{note}"))
        groups = {group.id: group.name for group in self.visit.charter.focus_groups}
        for group, level in entry.groups.items():
            known = self.visit.charter.levels.get(level)
            lines.append(self._indented(f"{groups.get(group, group)}: {known.label if known else level}"))
        return lines

    def _now(self, asked: "Asked") -> list[RenderableType]:
        if asked.now == Standing(RatingState.NOT_RATED):
            return []
        entry = asked.now.entry
        lines: list[RenderableType] = ["", Text.assemble("You say: ", self.standing(asked.now))]
        texts = (("Reason", entry.reason), ("Note", entry.note)) if entry else ()
        lines += [self._indented(f"{label}: {text.strip()}") for label, text in texts if text]
        for seen in entry.evidence if entry else ():
            whom = f" with {seen.with_}" if seen.with_ else ""
            lines.append(self._indented(f"{KINDS[seen.kind]}{whom}" + (f": {seen.note}" if seen.note else "")))
        groups = {group.id: group.name for group in self.visit.charter.focus_groups}
        for group, level in entry.groups.items() if entry else ():
            known = self.visit.charter.levels.get(level)
            lines.append(self._indented(f"{groups.get(group, group)}: {known.label if known else level}"))
        return lines

    def prompt(self) -> str:
        """What stands before the key."""
        return "\nYour own rating: "

    def saved(self, level: Level, aspect: Aspect) -> None:  # noqa: ARG002 - as a school's sitting has it
        """Confirm a rating."""
        self.console.print(Text.assemble(self.badge(level), "." if self.plain else "", "  saved"))

    def stopped(self) -> None:
        """What is safe, and how to go on."""
        if self.visit.existing is None:
            self.line("Stopped. Nothing was answered, so nothing was written.")
            return
        done, of = self.questions.progress
        self.line(f"Stopped. {done} of {of} aspects rated; all is saved in {self.visit.path}.")
        self.line(f"Carry on with: {self.command('visit record')}")

    def command(self, verb: str) -> str:
        """A command about this very visit."""
        visit = self.visit.visit
        charter = f" --charter {self.visit.charter.id}" if len(self.visit.workspace.charter_ids) > 1 else ""
        on = f" --date {visit.date}" if visit.date else ""
        return f"charterkit {verb} {self.visit.folder.slug}{charter}{on}"

    def summary(self) -> None:
        """How the visitor and the school stand to each other, and what is in the way of met."""
        found = self.visit.visited
        done, of = self.questions.progress
        self.console.print()
        last = f"That was the last {self.visit.charter.rated_noun}"
        self.console.print(
            Text(
                f"{last}." if done == of else f"{last}; {of - done} have no rating of yours.", style=self._style("bold")
            )
        )
        both = [
            (own, beside)
            for aspect, own in found.standings.items()
            if (beside := _rated(found.of_school(aspect))) and own.level
        ]
        if both:
            same = sum(own.rank == beside.rank for own, beside in both)
            lower = sum(own.rank < beside.rank for own, beside in both)
            self.line(f"Of {counted(len(both), 'aspect')} that you and the school rated, you say the same of {same}.")
            self.line(f"You are higher on {len(both) - same - lower}, and lower on {lower}.")
        if found.visit.purpose == "certification":
            self.in_the_way()

    def in_the_way(self) -> None:
        """What is below the mark, by whose word."""
        found = self.visit.visited
        aspects = found.charter.aspects
        left: Sequence[str] = [
            f"{aspects[each.aspect].text}: {whose_word(each)}{'; a reason is written' if each.reason else ''}"
            for each in found.in_the_way()
        ]
        if not left:
            self.line("Every aspect is at the mark.")
            return
        self.line(f"\nBelow the mark, {counted(len(left), 'aspect')}:")
        for text in left[:_MOST]:
            self.console.print(self._indented(text))
        rest = len(left) - _MOST
        if rest > 0:
            self.console.print(self._indented(f"and {rest} {plural(rest, 'other')}."))


_MOST = 8
"""Aspects that are named at the end of a sitting."""


def _rated(standing: Standing | None) -> Standing | None:
    return standing if standing and standing.level else None
