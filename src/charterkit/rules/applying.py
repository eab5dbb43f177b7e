"""CK321, CK327 and CK715: aspects that only some schools are asked about."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code, TreePath
from charterkit.insight.evaluations.evaluated import applying, not_asked
from charterkit.model.charter import AppliesTo, Charter
from charterkit.model.school import School
from charterkit.rules.base import Report, Rule, aspects_of, parts_of, position
from charterkit.rules.context import Context
from charterkit.text.english import joined
from charterkit.text.safe import shown


class DoesNotApply(Rule):
    """Something is said about an aspect that the charter does not ask of a school of this phase or type.

    Why: it is kept, and not counted: neither in the report nor in any comparison.
    Bad: a rating of secondary-transition in a primary school, where the charter asks that of secondary schools alone
    Good: ratings of what applies to the school
    Mend: take it out; or correct `phase` and `type` in school.yaml, or `applies_to` in the charter.
    """

    code = Code.DOES_NOT_APPLY
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Ratings that give a level, actions, a visitor's findings, and what questions and promises serve."""
        for folder, document, evaluation, charter in context.evaluations:
            left = _left_out(context, folder, charter)
            if not left:
                continue
            for aspect, rating in evaluation.ratings.items():
                if aspect in left and charter and rating.rating in charter.levels:
                    yield self._said(document, folder, aspect, "ratings", aspect, on_key=True)
            for number, action in enumerate(evaluation.actions):
                if action.aspect in left:
                    at = ("actions", position(document, ("actions",), number), "aspect")
                    yield self._said(document, folder, str(action.aspect), *at)
        for its, visit, found, charter in context.visits:
            left = _left_out(context, its, charter)
            for aspect, finding in found.findings.items() if left else ():
                if aspect in left and charter and finding.rating in charter.levels:
                    yield self._said(visit, its, aspect, "findings", aspect, on_key=True)
        yield from self._served(context)

    def _served(self, context: Context) -> Iterator[Report]:
        if not context.once(_depending):
            return
        for folder, document, policy in context.policies:
            yield from self._in(context, folder, document, "commitments", policy.commitments)
        for folder, found, survey in context.surveys:
            yield from self._in(context, folder, found, "questions", survey.questions)

    def _in(
        self, context: Context, folder: SchoolFolder, document: Document[Any], key: str, entries: tuple[Any, ...]
    ) -> Iterator[Report]:
        """An aspect that some charter has, and that no charter asks of this school. A trust's are its members'."""
        named = {aspect for entry in entries for aspect in entry.aspects}
        if not folder.is_school or not named:
            return
        charters = context.once(_charters)
        asked = {aspect for charter in charters for aspect in applying(folder, charter).aspects}
        left = {aspect for charter in charters for aspect in charter.aspects} - asked
        for number, entry in enumerate(entries) if named & left else ():
            for place, aspect in enumerate(entry.aspects):
                if aspect in left:
                    at: TreePath = (key, position(document, (key,), number), "aspects")
                    yield self._said(document, folder, aspect, *at, position(document, at, place))

    def _said(
        self, document: Document[Any], folder: SchoolFolder, aspect: str, *at: str | int, on_key: bool = False
    ) -> Report:
        message = f"'{shown(aspect)}' does not apply to {_a_school(folder)}: it is kept, and not counted"
        remedy = "Take it out, or correct the phase and type in school.yaml."
        return document, self.problem(message, remedy, *at, on_key=on_key)


def _a_school(folder: SchoolFolder) -> str:
    """The school by what the charter goes by: "a secondary school", "a maintained primary school"."""
    school = folder.school
    phase = _PHASES.get(school.phase or "") or f"{school.phase or ''} school".strip()
    words = f"{school.type_said or ''} {phase}".strip()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


_PHASES = {"nursery": "nursery", "pupil-referral-unit": "pupil referral unit", "sixth-form": "sixth form"}


def _left_out(context: Context, folder: SchoolFolder, charter: Charter | None) -> frozenset[str]:
    """The aspects of a charter that do not apply to a school."""
    if charter is None or (charter.id, charter.version) not in context.once(_depending):
        return frozenset()
    return not_asked(folder, charter)


def _depending(context: Context) -> frozenset[tuple[str, str]]:
    """The charters of which some aspects apply to some schools alone."""
    return frozenset((charter.id, charter.version) for charter in context.once(_charters) if any(_parts(charter)))


def _charters(context: Context) -> list[Charter]:
    return [document.model for document in context.workspace.charters.values() if document.model]


def _parts(charter: Charter) -> Iterator[AppliesTo]:
    for point in charter.key_points:
        yield from filter(None, (point.applies_to, *(aspect.applies_to for aspect in point.aspects)))


class PhaseNotKnown(Rule):
    """A charter asks some schools more than others, and the school's file does not say which it is.

    Why: whatever is not known rules nothing out, so the school is asked everything.
    Bad: school.yaml without phase, where the charter has applies_to: {phases: [primary]}
    Good: phase: primary
    Mend: write the school's `phase`, or its `type`, in school.yaml.
    """

    code = Code.PHASE_NOT_KNOWN
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every school, by the charters it has signed up to or has evaluated itself on."""
        for folder, document, school in context.organisations if context.once(_depending) else ():
            if not folder.is_school:
                continue
            for charter, at in _of_school(context, folder, document, school).items():
                found = context.workspace.versions(charter)
                parts = [part for version in found for part in _parts(version)]
                missing = [
                    key
                    for key, asks, known in (
                        ("phase", any(part.phases for part in parts), school.phase),
                        ("type", any(part.types for part in parts), school.type_said),
                    )
                    if asks and not known and key not in document.loaded.broken
                ]
                if missing:
                    message = f"'{charter}' asks by {' and '.join(missing)}, which this file does not say"
                    lines = joined([f"'{key}: ...'" for key in missing])
                    remedy = f"Add {lines}; until then all is asked."
                    yield document, self.problem(message, remedy, *at)


def _of_school(
    context: Context, folder: SchoolFolder, document: Document[School], school: School
) -> dict[str, TreePath]:
    """The charters that a school uses, each with where its file says so, or its name stands."""
    signed: dict[str, TreePath] = {
        each.charter: ("charters", position(document, ("charters",), number), "charter")
        for number, each in enumerate(school.charters)
    }
    used = (kept.evaluation.charter for kept in context.evaluations if kept.folder is folder)
    return {**dict.fromkeys(used, ("name",)), **signed}


class NeverAsked(Rule):
    """Nobody is asked: an aspect whose `applies_to` and its key point's exclude each other, or a charter of which
    nothing applies to a school that has signed up. Or nobody is named, and everybody asked.

    Why: what is asked nowhere is never rated, and a school that is asked nothing has nothing to show.
    Bad: applies_to: {phases: [primary]} on the aspect, and {phases: [secondary]} on its key point
    Good: applies_to: {phases: [primary]} on the aspect alone
    Mend: correct one of the two, or take the school's sign-up out.
    """

    code = Code.NEVER_ASKED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect of every charter, and every sign-up."""
        for document, _ in context.charters:
            for aspect, at in aspects_of(document):
                point = document.model.key_point_of.get(aspect.id) if document.model else None
                if point and aspect.applies_to and point.applies_to and _apart(aspect.applies_to, point.applies_to):
                    message = f"{shown(aspect.id)}: no school is asked this: the key point applies to others"
                    remedy = "Correct 'applies_to' here or at the key point."
                    yield document, self.problem(message, remedy, *at, "applies_to", on_key=True)
            yield from self._names_nobody(document)
        for folder, document_of_school, school in context.organisations if context.once(_depending) else ():
            for number, signed in enumerate(school.charters):
                versions = context.workspace.versions(signed.charter)
                if versions and versions[-1].aspects and not applying(folder, versions[-1]).aspects:
                    at = ("charters", position(document_of_school, ("charters",), number), "charter")
                    message = f"nothing of '{signed.charter}' applies to {_a_school(folder)}"
                    remedy = "Correct the phase and type in this file, or 'applies_to' in the charter."
                    yield document_of_school, self.problem(message, remedy, *at)

    def _names_nobody(self, document: Document[Charter]) -> Iterator[Report]:
        """Where neither a phase nor a type stands: everybody is asked."""
        for part, at in parts_of(document):
            if part.applies_to and not part.applies_to.phases and not part.applies_to.types:
                message = f"{shown(part.id)}: no phase and no type stands here, so that every school is asked"
                remedy = "Write 'applies_to: {phases: [primary]}', with those that are meant, or take it out."
                yield document, self.problem(message, remedy, *at, "applies_to", on_key=True)


def _apart(here: AppliesTo, above: AppliesTo) -> bool:
    """Whether there is no school that both hold of."""
    return any(
        one_side and other and not set(one_side) & set(other)
        for one_side, other in ((here.phases, above.phases), (here.types, above.types))
    )
