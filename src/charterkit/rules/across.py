"""CK3xx: what one file says about another."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import TERMS, Severity
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Code
from charterkit.insight.evaluations.evaluated import unknown_level
from charterkit.model.base import slug
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.model.visit import Visit
from charterkit.rules.base import Context, Report, Rule, listed, position, schools
from charterkit.text.english import alternatives
from charterkit.text.safe import shown


def evaluations(context: Context) -> Iterator[tuple[Document[Evaluation], Evaluation, Charter | None]]:
    """Every readable evaluation and its charter version, if there is one."""
    for folder in schools(context):
        for document in folder.evaluations:
            if document.model is not None:
                yield document, document.model, context.workspace.charter_of(document.model)


def visits(context: Context) -> Iterator[tuple[Document[Visit], Visit, Charter | None]]:
    """Every readable visit and the charter version it was about, if there is one."""
    for folder in schools(context):
        for document in folder.visits:
            visit = document.model
            if visit is not None:
                found = context.workspace.charters.get((visit.charter or "", visit.charter_version or ""))
                yield document, visit, found.model if found else None


def aspect_ids(document: Document[Charter]) -> set[str]:
    """The ids of a charter's aspects, those of entries that could not be read among them."""
    words = [entry.raw.get("id") for entry in document.loaded.unreadable if isinstance(entry.raw, dict)]
    unread = {slug(word) for word in words if isinstance(word, str)}
    return unread | set(document.model.aspects if document.model else ())


def unread_charters(workspace: Workspace) -> list[str]:
    """The charters' files of which it cannot be told which charter and version they hold."""
    return [
        document.path
        for document in workspace.charter_documents
        if document.model is None or {"id", "version"} & document.loaded.broken
    ]


class UnknownCharter(Rule):
    """A charter is named that the workspace does not have.

    Why: without it nothing that hangs on it can be shown.
    Bad: charter: comunity-engagement
    Good: charter: community-engagement
    Mend: correct the id, or add the charter's file to charters/.
    """

    code = Code.UNKNOWN_CHARTER

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations, sign-ups, visits and the settings."""
        known = context.workspace.charter_ids
        there = set(known)
        unread = unread_charters(context.workspace)
        for document, name, at in self._named(context):
            if name not in there and name != UNREADABLE:
                guess = self.nearest(context, document, name, known)
                remedy = f"Did you mean '{guess}'?" if guess else listed(known)
                if unread and not guess:
                    remedy = f"Mend {unread[0]} first."
                yield document, self.problem(f"there is no charter '{shown(name)}'", remedy, *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, tuple[str | int, ...]]]:
        for document, evaluation, _ in evaluations(context):
            yield document, evaluation.charter, ("charter",)
        for folder in schools(context):
            for number, signed in enumerate(folder.document.model.charters if folder.document.model else ()):
                at = position(folder.document, ("charters",), number)
                yield folder.document, signed.charter, ("charters", at, "charter")
        for document_of_visit, visit, _ in visits(context):
            if visit.charter:
                yield document_of_visit, visit.charter, ("charter",)
        for settings in context.documents:
            if settings.path == "charterkit.yaml" and context.workspace.config.charter:
                yield settings, context.workspace.config.charter, ("charter",)


class UnknownVersion(Rule):
    """A version of a charter is named that the workspace does not have.

    Why: ratings belong to the aspects of one version.
    Bad: charter_version: "3", where there are 1 and 2
    Good: charter_version: "2"
    Mend: correct it, or add that version's file to charters/.
    """

    code = Code.UNKNOWN_CHARTER_VERSION

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations and visits."""
        unread = unread_charters(context.workspace)
        for document, charter, version in self._named(context):
            known = [one.version for one in context.workspace.versions(charter)]
            if known and version not in known and version != UNREADABLE:
                message = f"there is no version {shown(version)} of {shown(charter)}"
                words = alternatives([f'"{shown(one)}"' for one in known])
                remedy = f"Write {words}, or mend {unread[0]} first." if unread else f"Write {words}."
                yield document, self.problem(message, remedy, "charter_version")

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, str]]:
        for document, evaluation, _ in evaluations(context):
            yield document, evaluation.charter, evaluation.charter_version
        for found, visit, _ in visits(context):
            if visit.charter and visit.charter_version:
                yield found, visit.charter, visit.charter_version


class UnknownAspect(Rule):
    """An aspect is named that the charter does not have.

    Why: its rating would count nowhere.
    Bad: gate-greting
    Good: gate-greeting
    Mend: spell it as the message says; after a new charter version, rate the aspect that replaces it.
    """

    code = Code.UNKNOWN_ASPECT

    def check(self, context: Context) -> Iterator[Report]:
        """Ratings, actions and a visitor's findings; one that the charter's own file spoils is no mistake here."""
        for document, evaluation, charter in evaluations(context):
            if charter is not None and self._is_whole(context, charter):
                yield from self._in_evaluation(context, document, evaluation, charter)
        for visit, found, charter in visits(context):
            if charter is not None and self._is_whole(context, charter):
                known = self._known(context, charter)
                for aspect in (*found.findings, *_keys(visit, "findings")):
                    if aspect not in known:
                        yield self._unknown(context, visit, aspect, charter, "findings", aspect, on_key=True)

    def _in_evaluation(
        self, context: Context, document: Document[Evaluation], evaluation: Evaluation, charter: Charter
    ) -> Iterator[Report]:
        known = self._known(context, charter)
        for aspect in (*evaluation.ratings, *_keys(document, "ratings")):
            if aspect not in known:
                yield self._unknown(context, document, aspect, charter, "ratings", aspect, on_key=True)
        for number, action in enumerate(evaluation.actions):
            if action.aspect and action.aspect not in known:
                at = position(document, ("actions",), number)
                yield self._unknown(context, document, action.aspect, charter, "actions", at, "aspect")

    def _known(self, context: Context, charter: Charter) -> set[str]:
        return aspect_ids(context.workspace.charters[charter.id, charter.version])

    def _is_whole(self, context: Context, charter: Charter) -> bool:
        """Whether every key point's list of aspects could be read; otherwise nobody knows which aspects there are."""
        loaded = context.workspace.charters[charter.id, charter.version].loaded
        lists = [problem.at for problem in loaded.problems if problem.at[:1] == ("key_points",)]
        return all(len(at) > _IN_A_KEY_POINT or at[2:] not in ((), ("aspects",)) for at in lists)

    def _unknown(
        self,
        context: Context,
        document: Document[Any],
        aspect: str,
        charter: Charter,
        *at: str | int,
        on_key: bool = False,
    ) -> Report:
        guess = self.nearest(context, document, aspect, charter.aspects)
        remedy = f"Did you mean '{guess}'?" if guess else f"Its aspects are in the file of '{charter.id}'."
        message = f"'{shown(aspect)}' is not an aspect of this charter"
        return document, self.problem(message, remedy, *at, on_key=on_key)


_IN_A_KEY_POINT = 3
"""How long the way to a key point's `aspects` is."""


def _keys(document: Document[Any], key: str) -> list[str]:
    """The keys of entries that could not be read; not those that are no id: that has been said of them."""
    return [name for name in map(str, document.loaded.unreadable_in(key)) if name == slug(name)]


class UnknownLevel(Rule):
    """A rating is not a level of the charter's scale.

    Why: it would count nowhere; until it is mended the aspect shows as unreadable.
    Bad: rating: gren
    Good: rating: green
    Mend: write one of the levels in the message.
    """

    code = Code.UNKNOWN_LEVEL

    def check(self, context: Context) -> Iterator[Report]:
        """Ratings, ratings for focus groups, and a visitor's findings."""
        for document, evaluation, charter in evaluations(context):
            if charter is None:
                continue
            levels = set(charter.levels)
            fit = {None, NOT_APPLICABLE, *levels}
            for aspect, rating in evaluation.ratings.items():
                if rating.rating not in fit:
                    yield self._unknown(context, document, rating.rating, charter, "ratings", aspect, "rating")
                for group, level in rating.groups.items() if rating.groups else ():
                    if level not in levels:
                        yield self._unknown(context, document, level, charter, "ratings", aspect, "groups", group)
        yield from self._of_visitors(context)

    def _of_visitors(self, context: Context) -> Iterator[Report]:
        for visit, found, charter in visits(context):
            for aspect, finding in found.findings.items() if charter else ():
                if charter and finding.rating not in (None, NOT_APPLICABLE, *charter.levels):
                    yield self._unknown(context, visit, finding.rating, charter, "findings", aspect, "rating")

    def _unknown(
        self, context: Context, document: Document[Any], level: str | None, charter: Charter, *at: str
    ) -> Report:
        level = level or ""
        guess = self.nearest(context, document, level, charter.levels)
        remedy = f"Did you mean {guess}?" if guess else "Write one of them."
        message = f"{shown(at[1])}: {unknown_level(level, charter)}"
        return document, self.problem(message, remedy, *at)


class UnknownSchool(Rule):
    """A school or trust is named that has no folder here.

    Why: the two would not be shown together.
    Bad: trust: leading-lerning-trust
    Good: trust: leading-learning-trust
    Mend: write the folder's name below schools/.
    """

    code = Code.UNKNOWN_SCHOOL

    def check(self, context: Context) -> Iterator[Report]:
        """`trust`, `members`, a policy's `applies_to`, a visit's `school`."""
        known = context.workspace.slugs
        for document, name, at in self._named(context):
            if not context.workspace.has_school(name):
                remedy = self.meant(context, document, name, known)
                yield document, self.problem(f"there is no school '{shown(name)}'", remedy, *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, tuple[str | int, ...]]]:
        for folder in schools(context):
            school = folder.document.model
            if school and school.trust:
                yield folder.document, school.trust, ("trust",)
            for number, member in enumerate(school.members if school else ()):
                yield folder.document, member, ("members", position(folder.document, ("members",), number))
            for policy in folder.policies:
                for number, member in enumerate(policy.model.applies_to if policy.model else ()):
                    yield policy, member, ("applies_to", position(policy, ("applies_to",), number))
                for place, promise in enumerate(policy.model.commitments if policy.model else ()):
                    at = ("commitments", position(policy, ("commitments",), place), "applies_to")
                    for number, member in enumerate(promise.applies_to):
                        yield policy, member, (*at, position(policy, at, number))
        for found, visit, _ in visits(context):
            if visit.school:
                yield found, visit.school, ("school",)


class DuplicateEvaluation(Rule):
    """Two files of one school are about the same charter and cycle.

    Why: nobody can tell which holds; only the first by name is used.
    Bad: evaluations/a.yaml and b.yaml, both cycle: 2025-26
    Good: 2025-26-autumn and 2025-26-summer
    Mend: join them in one file, or correct the cycle of one.
    """

    code = Code.DUPLICATE_EVALUATION

    def check(self, context: Context) -> Iterator[Report]:
        """School by school."""
        for folder in schools(context):
            seen: dict[tuple[str, Cycle], str] = {}
            for document in folder.evaluations:
                evaluation = document.model
                if evaluation is None or evaluation.cycle is None or evaluation.charter == UNREADABLE:
                    continue
                first = seen.setdefault((evaluation.charter, evaluation.cycle), document.path)
                if first != document.path:
                    message = f"{first} is about the same charter and cycle, {evaluation.cycle}"
                    yield document, self.problem(message, "Join the two, or correct the cycle of one.", "cycle")


class DateOutsideCycle(Rule):
    """An evaluation's date does not lie in its cycle.

    Why: evaluations are ordered by date; one of the two is probably a slip.
    Bad: cycle: 2025-26-autumn with date: 2026-02-03
    Good: cycle: 2025-26-spring with date: 2026-02-03
    Mend: correct the date or the cycle.
    """

    code = Code.DATE_OUTSIDE_CYCLE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation with both."""
        for document, evaluation, _ in evaluations(context):
            cycle, when = evaluation.cycle, evaluation.date
            if cycle and when and not cycle.holds(when):
                message = f"the date {when} is not in {cycle}, which runs from {cycle.first} to {cycle.last}"
                terms = [Cycle(Cycle.containing(when.first).year, term if cycle.term else None) for term in TERMS]
                right = next(one for one in terms if one.holds(when))
                yield document, self.problem(message, f"That day lies in {right}.", "date")


class UnknownGroup(Rule):
    """A rating is given for a focus group that the charter does not have.

    Why: it would show nowhere.
    Bad: groups: {black-carribean: red}
    Good: groups: {black-caribbean: red}
    Mend: write one of the charter's `focus_groups`.
    """

    code = Code.UNKNOWN_FOCUS_GROUP

    def check(self, context: Context) -> Iterator[Report]:
        """Every rating's groups."""
        for document, evaluation, charter in evaluations(context):
            known = [group.id for group in charter.focus_groups] if charter else []
            for aspect, rating in evaluation.ratings.items() if charter else ():
                for group in rating.groups:
                    if group not in known:
                        message = f"{shown(aspect)}: '{shown(group)}' is not a focus group of this charter"
                        at = ("ratings", aspect, "groups", group)
                        remedy = self.meant(context, document, group, known)
                        yield document, self.problem(message, remedy, *at, on_key=True)


class UnknownPledge(Rule):
    """A duty is ticked off that the charter does not have.

    Why: the report would not show it.
    Bad: pledges: {poster: 2025-09}
    Good: pledges: {poster-displayed: 2025-09}
    Mend: write one of the charter's `pledge` ids.
    """

    code = Code.UNKNOWN_PLEDGE

    def check(self, context: Context) -> Iterator[Report]:
        """Every sign-up."""
        for folder in schools(context):
            for number, signed in enumerate(folder.document.model.charters if folder.document.model else ()):
                versions = context.workspace.versions(signed.charter)
                known = sorted({pledge.id for charter in versions for pledge in charter.pledge})
                for pledge in signed.pledges if versions else ():
                    if pledge not in known:
                        place = position(folder.document, ("charters",), number)
                        at = ("charters", place, "pledges", pledge)
                        message = f"'{shown(pledge)}' is not a duty of this charter"
                        remedy = self.meant(context, folder.document, pledge, known)
                        yield folder.document, self.problem(message, remedy, *at, on_key=True)


class SchoolFile(Rule):
    """A folder below schools/ has no school.yaml, or a name that is no id.

    Why: the folder's name is the school's short name everywhere; the file says who it is.
    Bad: schools/Lathom High/
    Good: schools/lathom-high/school.yaml
    Mend: rename the folder, or add school.yaml with at least `name:`.
    """

    code = Code.SCHOOL_FOLDER

    def check(self, context: Context) -> Iterator[Report]:
        """Every folder; of one that may not be looked into nobody knows."""
        read = {document.path for document in context.documents}
        for folder in schools(context):
            if folder.slug != slug(folder.slug):
                message = f"the folder's name '{shown(folder.slug)}' is not in small letters, digits and hyphens"
                yield folder.document, self.problem(message, f"Rename it to '{slug(folder.slug) or 'a-name'}'.")
            if folder.path not in read and folder.document.path not in read:
                remedy = "Add the file with a line 'name: ...'."
                yield folder.document, self.problem(f"{shown(folder.path)} has no school.yaml", remedy)
