"""CK314 and CK40x: what is said to show a rating."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from charterkit.choices import Severity
from charterkit.files.attachments import Lies
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code, Problem, TreePath
from charterkit.insight.evidence.ages import dated, is_outdated
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation, Evidence
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.rules.base import Report, Rule, is_said, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Named:
    """One piece of evidence, the file that names it, and its place there."""

    folder: SchoolFolder
    document: Document[Any]
    evidence: Evidence
    at: TreePath

    def lies(self, context: Context) -> Lies | None:
        path = self.evidence.path
        return context.attachments(self.folder).lies(self.folder.path, "", path) if path else None


def _evidence(context: Context) -> list[_Named]:
    """All that evaluations and visits name."""
    found = [
        _Named(folder, document, evidence, (*way, "evidence", number))
        for folder, document, evaluation, _ in context.evaluations
        for way, rating in evaluation.entries
        if rating.evidence
        for number, evidence in enumerate(rating.evidence)
    ]
    found += [
        _Named(folder, document, evidence, ("looked_at", position(document, ("looked_at",), number)))
        for folder, document, visit, _ in context.visits
        for number, evidence in enumerate(visit.looked_at)
    ]
    found += [
        _Named(folder, document, evidence, ("findings", aspect, "looked_at", number))
        for folder, document, visit, _ in context.visits
        for aspect, finding in visit.findings.items()
        for number, evidence in enumerate(finding.looked_at)
    ]
    return found


class EvidenceMissing(Rule):
    """A document that is named as evidence is not there.

    Why: a visitor who wants to look at it finds nothing.
    Bad: path: evidence/gate-rotta.pdf
    Good: path: evidence/gate-rota.pdf
    Mend: correct the path, which counts from the school's folder, or put the file there.
    """

    code = Code.EVIDENCE_MISSING

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations and visits."""
        for named in context.once(_evidence):
            if named.lies(context) is Lies.MISSING:
                path = named.evidence.path or ""
                remedy = _other_form(path) or self._beside(context, named, path)
                message = f"there is no file '{shown(path)}' in {named.folder.path}"
                yield named.document, self.problem(message, remedy, *named.at, "path")

    def _beside(self, context: Context, named: _Named, path: str) -> str:
        """What to write instead of a file's name that is not there."""
        *way, name = path.split("/")
        names = context.attachments(named.folder).names(named.folder.path, "", path)
        guess = self.nearest(context, named.document, name, names)
        if guess:
            return f"Did you mean '{shown('/'.join([*way, guess]))}'?"
        return "Correct the path, or put the file there."


def _other_form(path: str) -> str:
    if "\\" in path:
        return "Write forward slashes (/)."
    return "Write 'kind: link', with 'url:' in place of 'path:'." if re.match("https?://", path) else ""


class EvidenceOutside(Rule):
    """A document that is named as evidence lies outside the school's folder.

    Why: it would not travel with the school's files, and a path that leads out may show what is nobody's business.
    Bad: path: ../../staff/appraisals.pdf
    Good: path: evidence/gate-rota.pdf
    Mend: put the file itself into the school's folder and write its path from there.
    """

    code = Code.EVIDENCE_OUTSIDE

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations and visits; by `..`, by an absolute path or by a link."""
        for named in context.once(_evidence):
            if named.lies(context) is Lies.OUTSIDE:
                message = f"'{shown(named.evidence.path)}' leads out of {named.folder.path}"
                remedy = "Put the file into the school's folder, and write its path from there."
                yield named.document, self.problem(message, remedy, *named.at, "path")


class EvidenceChanged(Rule):
    """A document is not the one that was looked at: its SHA-256 is another.

    Why: the rating was made from something else than what lies there now.
    Bad: a rota that was replaced after the evaluation, with the sha256 of the old one
    Good: the sha256 of the file as it is
    Mend: look at the document again, then say so with 'charterkit evidence add ASPECT FILE', which writes its new
    sha256; or restore the old file.
    """

    code = Code.EVIDENCE_CHANGED

    def check(self, context: Context) -> Iterator[Report]:
        """Evidence of evaluations and visits that has a path and a sha256."""
        for named in context.once(_evidence):
            stated = (named.evidence.sha256 or "").lower()
            if not stated:
                continue
            at = (*named.at, "sha256")
            if not _SHA256.fullmatch(stated):
                message = f"'{shown(named.evidence.sha256)}' is not a SHA-256"
                yield named.document, self.problem(message, "Write 64 digits and letters from a to f.", *at)
            elif named.lies(context) is Lies.INSIDE:
                actual = context.attachments(named.folder).sha256(named.folder.path, "", named.evidence.path or "")
                if actual != stated:
                    message = f"'{shown(named.evidence.path)}' is not the file this was written about"
                    remedy = (
                        f"Look at it again, then add it again or write {actual}."
                        if actual
                        else "Check its permissions."
                    )
                    yield named.document, self.problem(message, remedy, *at)


class OldEvidence(Rule):
    """A piece of evidence is older than the charter lets it be for that aspect.

    Why: a visitor will not count it; what it showed may no longer be so.
    Bad: {kind: survey, survey: parents-2021, date: 2021-05}, in an evaluation of 2025, with evidence_max_age: 2 years
    Good: {kind: survey, survey: parents-2025, date: 2025-05}
    Mend: look again, or add something newer.
    """

    code = Code.OLD_EVIDENCE
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Dated evidence of every evaluation, on the last day that its date may mean; of a survey, the survey's own."""
        for folder, document, evaluation, charter in context.evaluations:
            if charter is None or evaluation.date is None or not _has_max_ages(charter):
                continue
            surveys = {held.stem: held.model for held in folder.surveys if held.model}
            for name, rating in getattr(evaluation, charter.ratings_key).items():
                age = charter.as_rated().max_age(name)
                for number, seen in enumerate(rating.evidence) if age else ():
                    when = dated(seen, surveys)
                    if age and when and is_outdated(when, age, evaluation.date.first):
                        message = f"{shown(name)}: this is of {when}, and the charter asks for no older than {age}"
                        at = (charter.ratings_key, name, "evidence", number, "date" if seen.date else "survey")
                        yield document, self.problem(message, "Look again, or add something newer.", *at)


def _has_max_ages(charter: Charter) -> bool:
    return bool(charter.evidence_max_age or any(aspect.evidence_max_age for aspect in charter.aspects.values()))


class UnknownSurvey(Rule):
    """A survey, or one of its questions, is named that the school does not have.

    Why: the report could not show what families said.
    Bad: {kind: survey, survey: parents-2205, question: welcome}
    Good: {kind: survey, survey: parents-2025, question: welcome}
    Mend: write the name of a file in the school's surveys/, and the id of one of its questions.
    """

    code = Code.UNKNOWN_SURVEY

    def check(self, context: Context) -> Iterator[Report]:
        """Evidence of evaluations and visits."""
        for named in context.once(_evidence):
            survey, question = named.evidence.survey, named.evidence.question
            if survey is None:
                continue
            surveys = {document.stem: document for document in named.folder.surveys}
            if survey not in surveys:
                message = f"there is no survey '{shown(survey)}'"
                remedy = self.meant(context, named.document, survey, list(surveys))
                yield named.document, self.problem(message, remedy, *named.at, "survey")
            elif question is not None and not is_said(surveys[survey], "questions"):
                known = _questions(surveys[survey])
                if known is not None and question not in known:
                    message = f"the survey '{shown(survey)}' has no question '{shown(question)}'"
                    remedy = self.meant(context, named.document, question, known)
                    yield named.document, self.problem(message, remedy, *named.at, "question")


def _questions(document: Document[Survey]) -> list[str] | None:
    """The ids of a survey's questions; None for one that cannot be read."""
    return [question.id for question in document.model.questions] if document.model else None


class BareRating(Rule):
    """An aspect is rated as met, and nothing says why.

    Why: a visitor, and the leader who reads it next year, cannot tell what it rests on.
    Bad: rating: green, and nothing else
    Good: rating: green, with strengths: Two leaders at the gate every day
    Mend: add a note, a strength, or evidence. Of a charter with two levels, such as no and yes, one line names all such
    aspects of an evaluation.
    """

    code = Code.BARE_RATING
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every rating of every evaluation."""
        for _, document, evaluation, charter in context.evaluations:
            if charter is None:
                continue
            bare = _bare(evaluation, charter)
            if len(charter.levels) == _YES_OR_NO and len(bare) > 1:
                yield document, self.all_in_one(bare, charter)
                continue
            for aspect, level in bare:
                message = f"{shown(aspect)}: rated {level} without a note, a strength or evidence"
                yield document, self.problem(message, "Say what it rests on.", charter.ratings_key, aspect, "rating")

    def all_in_one(self, bare: Sequence[tuple[str, str]], charter: Charter) -> Problem:
        """One finding for a list of things that are there or not, which need fewer words."""
        names = [shown(aspect) for aspect, _ in bare]
        rest = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        level = shown(charter.levels[bare[0][1]].label)
        message = (
            f"{len(bare)} {charter.rated_noun}s are rated {level} without a note, a strength or evidence: "
            f"{', '.join(names[:_MOST_NAMED])}{rest}"
        )
        at = (charter.ratings_key, bare[0][0], "rating")
        return self.problem(message, "Say what they rest on, where it is not plain.", *at)


_YES_OR_NO = 2
"""Levels of a scale on which things are there or not."""
_MOST_NAMED = 5


def _bare(evaluation: Evaluation, charter: Charter) -> list[tuple[str, str]]:
    """What is rated one by one and as met while nothing says why, each with its level."""
    entries = evaluation.key_points if charter.rated == "key-points" else evaluation.ratings
    return [
        (aspect, rating.rating or "")
        for aspect, rating in entries.items()
        if charter.is_met(aspect, rating.rating)
        and not (rating.evidence or (rating.note or "").strip() or (rating.strengths or "").strip())
    ]
