"""What a rule pack asks for and a school does not have: advice, with the source of every line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from charterkit.choices import SchoolType
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.reviews import in_force
from charterkit.model.dates import Interval
from charterkit.model.pack import Pack, Requirement
from charterkit.model.policy import Policy


class GapKind(StrEnum):
    """What is the matter with one requirement."""

    MISSING = "missing"
    INTERVAL = "interval"
    APPROVER = "approver"
    UNPUBLISHED = "unpublished"
    WAIVED = "waived"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Gap:
    """One requirement at one school. `policies` are those that answer it; `detail` says what is found there.

    `is_certain` is False where the school's file does not say whether it is maintained or an academy, or its phase,
    and the requirement holds for some only; `is_whole` where the policy's file has mistakes, so that what is not found
    may stand there and not be read.
    """

    kind: GapKind
    folder: SchoolFolder
    pack: Pack
    requirement: Requirement
    policy: Policy | None = None
    detail: str = ""
    is_certain: bool = True
    is_whole: bool = True


def gaps(workspace: Workspace, packs: Sequence[Pack], slug: str | None = None) -> Iterator[Gap]:
    """Every requirement of the packs for an organisation, or for all, those that are met too, in the packs' order."""
    organisations = Organisations(workspace)
    waivers = {waiver.entry: waiver.reason for waiver in workspace.config.waivers}
    for name in [slug] if slug is not None else workspace.own_slugs:
        folder = workspace.school(name)
        own = [policy for _, _, policy in organisations.policies(name)]
        mistaken = {id(policy) for _, document, policy in organisations.policies(name) if document.loaded.problems}
        for pack in packs:
            for requirement in pack.entries:
                certain = holds_for(folder, requirement, organisations)
                if certain is None:
                    continue
                if requirement.id in waivers:
                    yield Gap(GapKind.WAIVED, folder, pack, requirement, None, waivers[requirement.id], certain)
                    continue
                answers = [policy for policy in own if answers_to(policy, requirement, folder.school.name)]
                for kind, policy, detail in _judged(requirement, answers):
                    yield Gap(kind, folder, pack, requirement, policy, detail, certain, id(policy) not in mistaken)


def school_type(folder: SchoolFolder, organisations: Organisations) -> SchoolType | None:
    """Maintained or academy: as its file says, else an academy where a trust has it; None where nothing tells."""
    if folder.school.type_said:
        return folder.school.type_said
    above = (folder.workspace.school(slug).school for slug in organisations.above(folder.slug))
    return "academy" if any(school.kind == "trust" for school in above) else None


def holds_for(folder: SchoolFolder, requirement: Requirement, organisations: Organisations) -> bool | None:
    """None where it does not hold for an organisation; else whether that is certain."""
    school = folder.school
    if school.kind != "school":
        is_trust = school.kind == "trust" and requirement.level == "trust"
        return True if is_trust else None
    if requirement.level != "school":
        return None
    kind = school_type(folder, organisations)
    answers = (_fits(kind, requirement.kinds, 2), _fits(school.phase, requirement.phases))
    if False in answers:
        return None
    return None not in answers


def _fits(value: str | None, wanted: Sequence[str], most: int = 0) -> bool | None:
    """Whether a value is among those wanted; None where it is not known and some only are."""
    if not wanted or len(wanted) == most:
        return True
    return None if value is None else value in wanted


_WORD = re.compile(r"[a-z0-9]+")
_FILLERS = frozenset({"a", "and", "for", "in", "of", "our", "policy", "school", "schools", "the", "with"})


def words_of(title: str) -> frozenset[str]:
    """What a title comes down to: its words without "policy", "the" and the like, in no order."""
    plain = title.casefold().replace("'", "").replace("’", "")
    return frozenset(_WORD.findall(plain)) - _FILLERS


def answers_to(policy: Policy, requirement: Requirement, school: str = "") -> bool:
    """Whether a policy answers a requirement: it says so, or it has its id, its title or another name of it."""
    if policy.requirement:
        return requirement.id in policy.requirement
    if policy.id == requirement.id:
        return True
    names = {words_of(name) for name in (requirement.title, *requirement.names)} - {frozenset()}
    title = words_of(policy.title)
    return title in names or title - words_of(school) in names


def _judged(requirement: Requirement, answers: Sequence[Policy]) -> Iterator[tuple[GapKind, Policy | None, str]]:
    valid = [policy for policy in answers if in_force(policy)]
    if not valid:
        drafts = [policy for policy in answers if policy.status == "draft"]
        yield GapKind.MISSING, drafts[0] if drafts else None, "only a draft" if drafts else "no policy answers it"
        return
    for policy in valid:
        found = [(kind, said) for kind, judge in _JUDGES.items() if (said := judge(requirement, policy))]
        for kind, said in found:
            yield kind, policy, said
        if not found:
            yield GapKind.MET, policy, ""


def _interval(requirement: Requirement, policy: Policy) -> str:
    most = requirement.every
    every = policy.review.every if policy.review else None
    if most is None or most.unit == "as needed":
        return ""
    if every is None:
        return "the policy does not say how often it is reviewed"
    if every.unit == "live":
        return ""
    if most.unit == "live":
        return f"reviewed every {every}, and to be kept up to date at all times"
    if every.unit == "as needed" or months(every) > months(most) + _TOLERANCE:
        return f"reviewed {'as needed' if every.unit == 'as needed' else f'every {every}'}"
    return ""


_TOLERANCE = 0.2
"""Months, as 12 months, 52 weeks and 365 days are all a year."""
_PER_MONTH = {"year": 12.0, "month": 1.0, "week": 12 / 52, "day": 12 / 365}


def months(every: Interval) -> float:
    """An interval in months; none for live and as needed."""
    return every.count * _PER_MONTH.get(every.unit, 0.0)


def _approver(requirement: Requirement, policy: Policy) -> str:
    if not requirement.approvers or (policy.approver and policy.approver.body in requirement.approvers):
        return ""
    return "the policy does not say who approves it" if policy.approver is None else "somebody else approves it"


def _publication(requirement: Requirement, policy: Policy) -> str:
    if not requirement.publish:
        return ""
    found = policy.publication
    if found is None:
        return "the policy does not say that it is published"
    if found.visibility not in (None, "public"):
        return f"it is open to {found.visibility} only"
    return "" if found.url else "no web address is on record"


_JUDGES = {GapKind.INTERVAL: _interval, GapKind.APPROVER: _approver, GapKind.UNPUBLISHED: _publication}
"""What is asked of a policy that is there; an empty text where all is well."""
