"""CK218, CK303, CK304, CK309 and CK310: aspects, levels, focus groups and duties that a charter does not have."""

from collections.abc import Iterator, Mapping
from typing import Any

from charterkit.choices import Severity
from charterkit.files.explain import is_level, rated_part
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Code
from charterkit.insight.evaluations.evaluated import unknown_level
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.insight.meant import charter_of, levels_given, words_meant
from charterkit.model.base import slug
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation, Rating
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.model.visit import VisitFinding
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


def aspect_ids(document: Document[Charter]) -> set[str]:
    """The ids of a charter's aspects, those of entries that could not be read among them."""
    words = [entry.raw.get("id") for entry in document.loaded.unreadable if isinstance(entry.raw, dict)]
    unread = {slug(word) for word in words if isinstance(word, str)}
    return unread | set(document.model.aspects if document.model else ())


def aspects_by_version(workspace: Workspace) -> dict[tuple[str, str], set[str]]:
    """The same of every charter, by id and version."""
    return {version: aspect_ids(document) for version, document in workspace.charters.items()}


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
        for _, document, evaluation, charter in (*context.evaluations, *context.drafts):
            if charter is not None and self._is_whole(context, charter):
                yield from self._in_evaluation(context, document, evaluation, charter)
        for _, visit, found, charter in context.visits:
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
        about = known | set(parts_of(charter))
        for number, action in enumerate(evaluation.actions):
            if action.aspect and action.aspect not in about:
                at = position(document, ("actions",), number)
                yield self._unknown(context, document, action.aspect, charter, "actions", at, "aspect")

    def _known(self, context: Context, charter: Charter) -> set[str]:
        known = context.workspace.once(aspects_by_version)[charter.id, charter.version]
        return known if charter.rated != "key-points" else known | {point.id for point in charter.key_points}

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
        """Ratings, ratings for focus groups, targets, levels of key points and the whole, and a visitor's findings."""
        for _, document, evaluation, charter in (*context.evaluations, *context.drafts):
            if charter is None:
                continue
            for at, level in levels_given(evaluation, charter.levels):
                if level != NOT_APPLICABLE or at[-1] != "rating":
                    yield self._unknown(context, document, level, charter, *at)
        yield from self._of_visitors(context)

    def _of_visitors(self, context: Context) -> Iterator[Report]:
        for _, visit, found, charter in context.visits:
            for aspect, finding in found.findings.items() if charter else ():
                given: dict[tuple[str, ...], str | None] = {("rating",): finding.rating}
                given |= {("groups", group): word for group, word in finding.groups.items()}
                for at, level in given.items():
                    if charter and level and charter.level_of(level) is None:
                        yield self._unknown(context, visit, level, charter, "findings", aspect, *at)

    def _unknown(
        self, context: Context, document: Document[Any], level: str, charter: Charter, *at: str | int
    ) -> Report:
        guess = self.nearest(context, document, level, charter.levels)
        remedy = f"Did you mean {guess}?" if guess else "Write one of them."
        message = f"{shown(rated_part(at))}: {unknown_level(level, charter)}"
        return document, self.problem(message, remedy, *at)


class NearlyTheWord(Rule):
    """A level or another word of a choice is written with capitals, or as people see it.

    Why: it is taken as meant; one form in all files is easier to search and to compare.
    Bad: rating: Green, or status: Agreed
    Good: rating: green, and status: agreed
    Mend: write it as the message says; `check --fix` does.
    """

    code = Code.NEARLY_THE_WORD
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every file; of a level that the charter does not have another rule says so."""
        for document in context.documents:
            for word in words_meant(document, charter_of(context.workspace, document)):
                where = shown(rated_part(word.at)) + ": " if is_level(word.at) else ""
                message = f"{where}'{shown(word.written)}' is taken for {word.meant}"
                yield document, self.problem(message, f"Write {word.meant}.", *word.at)


class UnknownGroup(Rule):
    """A rating is given for a focus group that the charter does not have, or answers for one that no charter has.

    Why: it would show nowhere.
    Bad: groups: {black-carribean: red}
    Good: groups: {black-caribbean: red}
    Mend: write one of the charter's `focus_groups`.
    """

    code = Code.UNKNOWN_FOCUS_GROUP

    def check(self, context: Context) -> Iterator[Report]:
        """Every rating's groups, every visitor's finding's, and every survey question's."""
        for _, document, evaluation, charter in (*context.evaluations, *context.drafts):
            yield from self._of(context, document, charter, "ratings", evaluation.ratings)
        for _, found, visit, charter in context.visits:
            yield from self._of(context, found, charter, "findings", visit.findings)
        yield from self._in_surveys(context)

    def _of(
        self,
        context: Context,
        document: Document[Any],
        charter: Charter | None,
        key: str,
        entries: Mapping[str, Rating | VisitFinding],
    ) -> Iterator[Report]:
        known = [group.id for group in charter.focus_groups] if charter else []
        for aspect, entry in entries.items() if charter else ():
            for group in entry.groups:
                if group not in known:
                    message = f"{shown(aspect)}: '{shown(group)}' is not a focus group of this charter"
                    remedy = self.meant(context, document, group, known)
                    yield document, self.problem(message, remedy, key, aspect, "groups", group, on_key=True)

    def _in_surveys(self, context: Context) -> Iterator[Report]:
        charters = [found.model for found in context.workspace.charters.values() if found.model]
        known = list(dict.fromkeys(group.id for charter in charters for group in charter.focus_groups))
        for _, document, survey in context.surveys:
            for number, question in enumerate(survey.questions):
                for group in question.groups:
                    if group not in known:
                        message = f"{shown(question.id)}: '{shown(group)}' is not a focus group of any charter here"
                        at = ("questions", position(document, ("questions",), number), "groups", group)
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
        for _, document, school in context.organisations:
            for number, signed in enumerate(school.charters):
                versions = context.workspace.versions(signed.charter) if signed.pledges else []
                known = sorted({pledge.id for charter in versions for pledge in charter.pledge})
                for pledge in signed.pledges if versions else ():
                    if pledge not in known:
                        at = ("charters", position(document, ("charters",), number), "pledges", pledge)
                        message = f"'{shown(pledge)}' is not a duty of this charter"
                        remedy = self.meant(context, document, pledge, known)
                        yield document, self.problem(message, remedy, *at, on_key=True)
