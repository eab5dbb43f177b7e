"""What a school may publish, and from which fields: everything else of the files stays inside the school."""

from collections.abc import Iterable, Sequence
from typing import Any

from charterkit.choices import FAMILIES
from charterkit.errors import Conflict, Missing
from charterkit.files.copies import Rival, contested
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import Evaluated, timeline
from charterkit.insight.evaluations.unread import places, unread_entries, unusable
from charterkit.insight.policies.register import Registered
from charterkit.insight.translations.speaking import charter_in_language
from charterkit.model.charter import Charter
from charterkit.model.policy import Commitment, Policy
from charterkit.model.survey import Survey, YouSaidWeDid
from charterkit.records import dataclass


def is_promised_to_families(commitment: Commitment) -> bool:
    """Whether a promise may stand on a policy's public page.

    One that names no audience may: a policy's commitments are its promises to families unless it says otherwise.
    """
    return not commitment.audience or bool(set(commitment.audience) & set(FAMILIES))


def is_for_everybody(registered: Registered) -> bool:
    """Whether a policy is in force and says that everybody may read it, and nothing unread of it may say otherwise."""
    document, policy = registered.document, registered.policy
    is_doubted = any(problem.at[:1] == ("publication",) for problem in document.loaded.problems)
    is_doubted = is_doubted or bool({"id", "title"} & document.loaded.broken) or may_be_withdrawn(document)
    said = policy.publication.visibility if policy.publication else None
    return registered.is_in_force and policy.status is not None and said == "public" and not is_doubted


def may_be_withdrawn(document: Document[Policy]) -> bool:
    """Whether a line of a policy's history that cannot be read speaks of a withdrawal."""
    return any("withdrawn" in str(line.raw) for line in document.loaded.unreadable_in("history").values())


@dataclass(frozen=True, slots=True)
class Followed:
    """A survey and what the school did about what it was told in it."""

    survey: Survey
    answers: tuple[YouSaidWeDid, ...]


def agreed(workspace: Workspace, folder: SchoolFolder, charter: str) -> list[Evaluated]:
    """The self-evaluations of a charter that the school stands by, oldest first; a draft is never published."""
    return [
        evaluation for evaluation in timeline(workspace, folder, charter) if evaluation.evaluation.status == "agreed"
    ]


def charters(workspace: Workspace, folder: SchoolFolder, only: str | None = None) -> list[Charter]:
    """The charters a school has signed, in its order, then those it has agreed a self-evaluation of.

    Of each the version to work with; one that the workspace lacks is left out. `only` keeps that one.
    """
    rated = [
        document.model.charter
        for document in folder.evaluations
        if document.model and document.model.status == "agreed"
    ]
    ids = dict.fromkeys([*(signed.charter for signed in folder.school.charters), *rated])
    found = []
    for name in ids:
        if name in workspace.charter_ids and only in (None, name):
            last = agreed(workspace, folder, name)
            chosen = workspace.choose_charter(name, used=last[-1].charter.version if last else None)
            found.append(charter_in_language(workspace, chosen))
    return found


def demand_settled(workspace: Workspace, folders: Iterable[SchoolFolder]) -> None:
    """Raises Conflict where two files of these organisations, or two charters, are about the same: what is published is
    never taken from the wrong one.
    """
    rivals: list[Rival[Any]] = [rival for folder in folders for rival in folder.rivals()]
    if rivals := [*rivals, *workspace.charter_rivals]:
        raise Conflict("copies-first", said="\n".join(contested(rivals)))


def demand_readable(workspace: Workspace, folder: SchoolFolder, found: Evaluated) -> None:
    """Raises Missing where an entry of a self-evaluation to be published cannot be read, or another file that may be
    the one to publish.
    """
    said = unusable(workspace, folder, found.charter.id)
    said += [f"{found.document.path}, {place}" for place in places(found.document, unread_entries(found))]
    if said:
        raise Missing("unread-first", said="\n".join(said))


def unknown_charters(workspace: Workspace, folder: SchoolFolder) -> list[str]:
    """The charters a school has signed that the workspace does not have."""
    known = workspace.charter_ids
    return [signed.charter for signed in folder.school.charters if signed.charter not in known]


def you_said_we_did(folder: SchoolFolder) -> list[Followed]:
    """What families said and what was done about it, by survey, the newest first.

    A survey of staff is not for everybody, nor is one that does not say who was asked, or of which that may not be
    readable; and what was said stays inside until something has been done.
    """
    found = []
    for document in folder.surveys:
        survey = document.model
        if survey is None or is_doubtful(document):
            continue
        answers = followed(survey)
        if answers and survey.audience in FAMILIES:
            found.append(Followed(survey, answers))
    return sorted(found, key=_day, reverse=True)


def followed(survey: Survey) -> tuple[YouSaidWeDid, ...]:
    """What was said in a survey and then done."""
    return tuple(answer for answer in survey.you_said_we_did if answer.said.strip() and (answer.did or "").strip())


def is_doubtful(document: Document[Survey]) -> bool:
    """Whether a mistake outside the entries hides who was asked: also a key nobody knows may have been meant to say."""
    return any(len(problem.at) <= 1 for problem in document.loaded.problems)


def _day(answer: Followed) -> str:
    return answer.survey.date.last.isoformat() if answer.survey.date else ""


def before(evaluations: Sequence[Evaluated]) -> Evaluated | None:
    """The one before the newest."""
    return evaluations[-2] if len(evaluations) > 1 else None
