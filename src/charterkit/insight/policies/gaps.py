"""What a rule pack asks for and a school does not have: advice, with the source of every line."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum

from charterkit.choices import SchoolType
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.packs import has_ended
from charterkit.insight.policies.reviews import in_force
from charterkit.insight.policies.titles import TitleMeans, TitleNames, words_of
from charterkit.model.config import Waiver
from charterkit.model.dates import Interval
from charterkit.model.pack import Pack, Requirement
from charterkit.model.policy import Policy
from charterkit.records import dataclass


class GapKind(StrEnum):
    """What is the matter with one requirement."""

    MISSING = "missing"
    INTERVAL = "interval"
    APPROVER = "approver"
    UNPUBLISHED = "unpublished"
    WAIVED = "waived"
    SCHOOLS = "schools"
    """Asked of a trust's schools, and answered by no policy of the trust: each of them needs its own."""
    MET = "met"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A policy whose title may mean an entry, and the line which in its file says that it does."""

    policy: Policy
    line: str


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
    near: tuple["NearMiss", ...] = ()
    """Policies whose titles may mean it, where none answers it."""


def gaps(workspace: Workspace, packs: Sequence[Pack], today: date, slug: str | None = None) -> Iterator[Gap]:
    """Every requirement of the packs for an organisation, or for all, those that are met too, in the packs' order."""
    search = _Search(Organisations(workspace), workspace.config.waivers, today, is_asked=slug is not None)
    for name in [slug] if slug is not None else workspace.own_slugs:
        for pack in packs:
            yield from search.of(workspace.school(name), pack)


@dataclass(frozen=True)
class _Search:
    """What the gaps of organisations are told from."""

    organisations: Organisations
    waivers: Sequence[Waiver]
    today: date
    is_asked: bool
    """Whether one organisation is asked for: of all, what schools must have is said of the schools alone."""
    names: dict[tuple[str, ...], TitleNames] = field(default_factory=dict)
    """The names of a pack's entries, by the pack and the entries that hold somewhere."""

    def of(self, folder: SchoolFolder, pack: Pack) -> Iterator[Gap]:
        """Every requirement of a pack that holds for an organisation."""
        found = ((each, self._holds(folder, each)) for each in pack.entries)
        holding = {each.id: (each, certain) for each, certain in found if certain is not None}
        if not holding:
            return
        own = [(document, policy) for _, document, policy in self.organisations.policies(folder.slug)]
        mistaken = {id(policy) for document, policy in own if document.loaded.problems}
        meant = self._meant(folder, pack, [each for each, _ in holding.values()], [policy for _, policy in own])
        for requirement, certain in holding.values():
            is_trusts = not folder.is_school and requirement.level == "school"
            waiver = self._waiver(requirement, folder.slug)
            if waiver and not has_ended(waiver, self.today):
                yield Gap(GapKind.WAIVED, folder, pack, requirement, None, waived(waiver), certain)
                continue
            answers = [policy for policy, each in meant if requirement.id in each.answers]
            near = tuple(
                NearMiss(policy, line_to_write(requirement.id, each.answers))
                for policy, each in meant
                if requirement.id in each.near and in_force(policy)
            )
            ended = f"the waiver ended on {waiver.until.spoken}" if waiver and waiver.until else ""
            for kind, policy, detail in _judged(requirement, answers):
                said = "; ".join(part for part in (detail, ended) if part) if kind is not GapKind.MET else detail
                is_whole = id(policy) not in mistaken
                beside = near[:MOST_NEAR] if kind is GapKind.MISSING and policy is None else ()
                kind_here = GapKind.SCHOOLS if is_trusts and kind is GapKind.MISSING else kind
                yield Gap(kind_here, folder, pack, requirement, policy, said, certain, is_whole, beside)

    def _holds(self, folder: SchoolFolder, requirement: Requirement) -> bool | None:
        """As `holds_for`; what is asked of schools holds for a trust as well where it does for a member of it."""
        if folder.school.kind != "trust" or requirement.level == "trust" or not self.is_asked:
            return holds_for(folder, requirement, self.organisations)
        members = (each for each in self.organisations.members(folder.slug) if folder.workspace.has_school(each))
        found = [holds_for(folder.workspace.school(each), requirement, self.organisations) for each in members]
        return any(found) if set(found) - {None} else None

    def _meant(
        self, folder: SchoolFolder, pack: Pack, entries: Sequence[Requirement], own: Sequence[Policy]
    ) -> list[tuple[Policy, TitleMeans]]:
        """What each policy answers, of the entries that hold here."""
        key = (pack.id, *(entry.id for entry in entries))
        if key not in self.names:
            self.names[key] = TitleNames(entries)
        above = [folder.workspace.school(slug) for slug in self.organisations.above(folder.slug)]
        words = frozenset().union(*(words_of(each.school.name) for each in (folder, *above)))
        return [(policy, self.names[key].meant(policy, words)) for policy in own]

    def _waiver(self, requirement: Requirement, slug: str) -> Waiver | None:
        """The waiver of a requirement at a school: one that holds still before one that has ended."""
        found = [each for each in self.waivers if each.entry == requirement.id and each.school in (None, slug)]
        return min(found, key=lambda each: has_ended(each, self.today), default=None)


NOTHING = "no policy answers it"
MOST_NEAR = 3
"""Policies named beside an entry that none answers."""


def waived(waiver: Waiver) -> str:
    """A waiver's reason, with who decided so and until when."""
    more = (f"decided by {waiver.by}" if waiver.by else "", f"until {waiver.until.spoken}" if waiver.until else "")
    return "; ".join(part for part in (waiver.reason, *more) if part)


def line_to_write(entry: str, answers: Sequence[str] = ()) -> str:
    """The line that says in a policy's file that it answers an entry, besides what it answers already."""
    named = [*answers, entry]
    return f"requirement: {named[0] if len(named) == 1 else '[' + ', '.join(named) + ']'}"


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


def _judged(requirement: Requirement, answers: Sequence[Policy]) -> Iterator[tuple[GapKind, Policy | None, str]]:
    valid = [policy for policy in answers if in_force(policy)]
    if not valid:
        drafts = [policy for policy in answers if policy.status == "draft"]
        yield GapKind.MISSING, drafts[0] if drafts else None, "only a draft" if drafts else NOTHING
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
