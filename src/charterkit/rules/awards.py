"""CK326, CK422 and CK711: what a school can earn, and what a visitor says that it has."""

from collections.abc import Iterator

from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code
from charterkit.insight.evaluations.awards import awards_of, below
from charterkit.insight.evaluations.evaluated import asked_of
from charterkit.insight.visits.outcome import whose_word
from charterkit.insight.visits.visited import Visited, visited
from charterkit.model.charter import Charter
from charterkit.model.visit import Visit
from charterkit.rules.base import Report, Rule, is_said, position
from charterkit.rules.context import Context
from charterkit.text.english import joined_some
from charterkit.text.safe import shown


class UnknownAward(Rule):
    """A visit ends in an award that the charter does not have.

    Why: nobody could tell what was earned.
    Bad: award: sliver
    Good: award: silver
    Mend: write the id of one of the charter's `awards`; where it names none, met.
    """

    code = Code.UNKNOWN_AWARD

    def check(self, context: Context) -> Iterator[Report]:
        """Every visit."""
        for _, document, visit, charter in context.visits:
            if visit.award and charter and charter.has_scale:
                known = [award.id for award in charter.awards] or [award.id for award in awards_of(charter)]
                if visit.award not in known:
                    message = f"this charter has no award '{shown(visit.award)}'"
                    yield document, self.problem(message, self.meant(context, document, visit.award, known), "award")


class AwardNotEarned(Rule):
    """A certification visit is met, or a visit ends in an award, while an aspect is below the mark without a reason.

    Why: an award stands for every aspect that applies, at its level or at a lower mark of its own. What the visitor
    rated counts by that rating, and the rest by the school's own.
    Bad: outcome: met and award: gold, with a finding that is amber
    Good: outcome: met and award: silver; or the finding has a reason why it may be below
    Mend: correct the outcome, the award or the rating, or write the visitor's `reason` under the finding.
    """

    code = Code.AWARD_NOT_EARNED

    def check(self, context: Context) -> Iterator[Report]:
        """Every visit that is met, or has an award that the charter has."""
        for folder, document, visit, charter in context.visits:
            if not charter or not charter.has_scale:
                continue
            known = [award.id for award in awards_of(charter)]
            if visit.award and visit.award not in known:
                continue
            if visit.purpose != "support" and visit.outcome == "met":
                yield from self._met(visited(folder.workspace, folder, document))
            elif visit.award:
                yield from self._award(folder, document, visit, charter)

    def _met(self, found: Visited | None) -> Iterator[Report]:
        """By every aspect that applies, whoever rated it."""
        low = found.unexplained() if found else []
        if found and low:
            names = joined_some([f"{shown(each.aspect)} ({whose_word(each)})" for each in low])
            message = f"the visit is met, and without a reason below the mark: {names}"
            remedy = "Correct the outcome or a rating, or write the visitor's reason under the finding."
            yield found.document, self.problem(message, remedy, "outcome")

    def _award(
        self, folder: SchoolFolder, document: Document[Visit], visit: Visit, charter: Charter
    ) -> Iterator[Report]:
        """By what the visitor rated."""
        award = next((award for award in awards_of(charter) if award.id == visit.award), None)
        said = {
            name: charter.level_of(found.rating or "") for name, found in visit.findings.items() if not found.reason
        }
        low = below(asked_of(folder, charter), award, said) if award else []
        if award and low:
            message = (
                f"'{shown(award.id)}' needs more than the visitor gave {joined_some([shown(name) for name in low])}"
            )
            yield document, self.problem(message, "Correct the award or the rating.", "award")


class BadAward(Rule):
    """An award needs a level that the scale lacks, or the awards are not in order.

    Why: each award stands for more than the one before it.
    Bad: awards: [{id: gold, label: Gold, needs: green}, {id: silver, label: Silver, needs: amber}]
    Good: awards: [{id: silver, label: Silver, needs: amber}, {id: gold, label: Gold, needs: green}]
    Mend: write them from lowest to highest, each with a level of the scale that is higher than the one before.
    """

    code = Code.BAD_AWARD

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter with awards."""
        for document, charter in context.charters:
            known = list(charter.levels)
            before = -1
            for number, award in enumerate(charter.awards if not is_said(document, "scale") else ()):
                at = ("awards", position(document, ("awards",), number), "needs")
                rank = charter.ranks.get(award.needs)
                if rank is None:
                    message = f"{shown(award.id)}: '{shown(award.needs)}' is not a level of the scale"
                    yield document, self.problem(message, self.meant(context, document, award.needs, known), *at)
                    continue
                if rank <= before:
                    message = f"{shown(award.id)}: it needs no more than the award before it"
                    yield document, self.problem(message, "Write the awards from lowest to highest.", *at)
                before = max(before, rank)
