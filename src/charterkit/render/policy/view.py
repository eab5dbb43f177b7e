"""One policy's control page: its view, for the school's staff or for families.

What families may read is put in first; the rest is added for staff alone, so nothing private can slip into the
public one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from charterkit.choices import ReviewState
from charterkit.errors import Refused
from charterkit.files.texts import Text
from charterkit.insight.policies.deciding import approver_name, last_decision
from charterkit.insight.policies.register import Registered
from charterkit.insight.public import may_be_withdrawn
from charterkit.model.policy import Policy
from charterkit.records import dataclass
from charterkit.render.listings.listing import Cell, spoken
from charterkit.render.listings.register import (
    acknowledged_words,
    adopted_words,
    body_inside,
    next_review_words,
    standing,
    status_words,
    who_last,
)
from charterkit.render.policy.parts import (
    CommitmentLine,
    Concerns,
    DutyLine,
    EventLine,
    MonitoringLine,
    PublicationView,
    ReferenceLine,
    RelatedLine,
    StepLine,
    chain_lines,
    commitment_lines,
    concerns,
    duty_lines,
    for_schools,
    history_lines,
    monitoring_lines,
    publication,
    reference_lines,
    related_lines,
    unreadable_lines,
)
from charterkit.render.policy.text import plain_html, text_html
from charterkit.render.policy.words import VISIBILITY, every, next_review_why
from charterkit.render.shared.unreadable import UnreadableLine
from charterkit.text.english import counted, joined, plain, sentence

SOMEBODY = "A member of staff"
"""In place of a person's name, where the role is not said."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of control data. `below` says more in smaller print."""

    name: str
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """Everything the page's templates show. The fields after `text` are empty in the public one."""

    title: str
    school: str
    keeper: str
    """The trust whose policy it is, where it is shown for a member."""
    schools: str
    """The members a trust's policy holds for."""
    is_public: bool
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    history: tuple[EventLine, ...]
    duties: tuple[DutyLine, ...]
    definitions: tuple[tuple[str, str], ...]
    commitments: tuple[CommitmentLine, ...]
    related: tuple[RelatedLine, ...]
    references: tuple[ReferenceLine, ...]
    made: str
    text: Markup
    """The policy's own words as HTML; empty where there are none, or where they cannot be shown."""
    text_name: str = ""
    text_note: str = ""
    state: Cell | None = None
    chain: tuple[StepLine, ...] = ()
    monitoring: tuple[MonitoringLine, ...] = ()
    concerns: Concerns | None = None
    publication: PublicationView | None = None
    source: str = ""
    unreadable: tuple[UnreadableLine, ...] = ()


def policy_view(
    registered: Registered,
    others: Sequence[Registered] = (),
    *,
    today: date,
    school: str | None = None,
    public: bool = False,
    text: Text | None = None,
) -> PolicyView:
    """The page of one policy.

    `others` are the policies of the school and of its trust, among which the related ones are looked up; `school` is
    the member it is shown for; `text` is what `document` leads to. Raises CharterkitError where the public may not
    read it.
    """
    if public:
        why = why_unpublished(registered)
        if why is not None:
            raise why
    view = _for_families(registered, others, today, school, text)
    return view if public else _for_staff(view, registered, others, text, _member(registered, school), today=today)


def _for_families(
    registered: Registered, others: Sequence[Registered], today: date, school: str | None, text: Text | None
) -> PolicyView:
    policy, names = registered.policy, known_names(registered)
    shown_for = registered.folder.workspace.school(school) if school else registered.folder
    lost = len(unreadable_lines(registered))
    return PolicyView(
        title=registered.title,
        school=shown_for.school.name,
        keeper=registered.folder.school.name if shown_for.slug != registered.folder.slug else "",
        schools=for_schools(registered),
        is_public=True,
        facts=_public_facts(registered),
        notes=(f"Part of this policy’s record cannot be read ({counted(lost, 'place')}) and is missing here.",)
        if lost
        else (),
        history=history_lines(policy, people=False),
        duties=duty_lines((_role(each.who, registered, names), each.does) for each in policy.responsibilities),
        definitions=tuple(policy.definitions.items()),
        commitments=commitment_lines(policy, _member(registered, school), public=True),
        related=related_lines(policy, others, public=True),
        references=reference_lines(policy),
        made=spoken(today),
        text=_text(text, registered.title),
    )


def _member(registered: Registered, school: str | None) -> str | None:
    """The member that a trust's policy is shown for; None for the page of whoever keeps it."""
    return school if school != registered.folder.slug else None


def _for_staff(
    view: PolicyView,
    registered: Registered,
    others: Sequence[Registered],
    text: Text | None,
    at: str | None,
    *,
    today: date,
) -> PolicyView:
    policy = registered.policy
    return replace(
        view,
        is_public=False,
        facts=_facts(registered, view.schools),
        notes=_notes(registered),
        history=history_lines(policy, people=True),
        duties=duty_lines((each.who, each.does) for each in policy.responsibilities),
        commitments=commitment_lines(policy, at, public=False),
        related=related_lines(policy, others, public=False),
        text_name=text.name if text else "",
        text_note=f"The policy’s own text, {text.name}, {text.why_not}." if text and text.why_not else "",
        state=standing(registered),
        chain=chain_lines(policy),
        monitoring=monitoring_lines(policy),
        concerns=concerns(policy, today),
        publication=publication(policy),
        source=policy.source or "",
        unreadable=unreadable_lines(registered),
    )


def _text(text: Text | None, title: str) -> Markup:
    if text is None or not text.text.strip():
        return Markup("")
    return plain_html(text.text) if text.name.lower().endswith(".txt") else text_html(text.text, title)


# -- control data


_LAST = {"approved": "Approved", "ratified": "Ratified", "signed": "Signed", "issued": ""}
"""What families read in place of "Last review", where it was none; the date of issue has a line of its own."""


def _last_for_families(registered: Registered) -> Fact:
    """When it was last reviewed; while a decision waits, what was decided before: nobody approved what came since."""
    kind, last = registered.last_kind, registered.last
    if registered.undecided:
        decided = last_decision(registered.policy)
        kind, last = (decided.event, decided.date) if decided else ("", None)
    return Fact(_LAST.get(kind, "Last review"), last.spoken if last else "")


def _public_facts(registered: Registered) -> tuple[Fact, ...]:
    policy = registered.policy
    interval = policy.review.every if policy.review else None
    is_waiting = registered.next.source == "waiting"
    found = (
        Fact("Version", registered.public_version or ""),
        Fact("Approved by", approver_name(policy.approver)),
        Fact("Issued", policy.issued.spoken if policy.issued else ""),
        _last_for_families(registered),
        Fact("Next review", registered.next.due.spoken if registered.next.due and not is_waiting else ""),
        Fact("How often reviewed", every(interval)),
    )
    return tuple(fact for fact in found if fact.text and fact.name)


def _facts(registered: Registered, schools: str) -> tuple[Fact, ...]:
    policy = registered.policy
    review, statutory = policy.review, {True: "Yes", False: "No", None: "Not stated"}[policy.statutory]
    early = f"earlier if: {review.early_if}" if review and review.early_if else ""
    owner, role = registered.owner or "Nobody named", policy.owner.role if policy.owner and policy.owner.name else None
    found = (
        Fact("Status", status_words(registered)),
        Fact("Version", registered.version or "Not stated"),
        Fact("Owner", owner, role or ""),
        Fact("Approver", approver_name(policy.approver) or "Not stated"),
        Fact("Put into practice by", policy.operated_by or "Not stated"),
        Fact("Required by law", statutory),
        Fact("Issued", policy.issued.spoken if policy.issued else "Not stated"),
        Fact("Last review", registered.last.spoken if registered.last else "None on record", who_last(registered)),
        Fact("Next review", next_review_words(registered), next_review_why(registered)),
        Fact("How often reviewed", every(review.every if review else None) or "Not stated", early),
        *([Fact("Note", policy.note)] if policy.note else []),
    )
    read = acknowledged_words(registered)
    more = (Fact("Holds for", schools) if schools else None, Fact("Read by", read) if read else None)
    return (*found, *(fact for fact in more if fact), *_adoptions(registered))


def _adoptions(registered: Registered) -> tuple[Fact, ...]:
    """Where any member has adopted a trust's policy: each with the version, and who has not."""
    if not any(each.adoption for each in registered.adoptions):
        return ()
    here = registered.adoptions_here
    done = [each for each in here if each.adoption]
    left = [each.school.school.name for each in here if not each.adoption]
    found = [
        Fact(
            "Adopted here" if registered.member else f"Adopted by {each.school.school.name}",
            sentence(adopted_words(each)).removesuffix("."),
            f"changes: {each.adoption.changes}" if each.adoption and each.adoption.changes else "",
        )
        for each in done
    ]
    if left:
        found.append(Fact("Adopted here", "Not yet") if registered.member else Fact("Not adopted yet by", joined(left)))
    return tuple(found)


def _notes(registered: Registered) -> tuple[str, ...]:
    found = []
    if not registered.is_in_force:
        found.append(f"This policy is not in force: {plain(status_words(registered))}.")
    elif registered.state is ReviewState.OVERDUE and registered.next.due:
        found.append(f"The review is overdue: it was due by {registered.next.due.spoken}.")
    elif registered.state is ReviewState.WAITING:
        found.append(_waiting(registered))
    if registered.document.loaded.problems:
        found.append("Parts of this policy’s file cannot be read. They are listed below.")
    return tuple(found)


def _waiting(registered: Registered) -> str:
    """For whom it waits, since when."""
    since = f", since {registered.undecided.date.spoken}" if registered.undecided else ""
    body = body_inside(registered.decided_by)
    return f"The policy waits for the decision of {body}{since}. What was decided before holds."


# -- what families may not read


def why_unpublished(registered: Registered) -> Refused | None:
    """Why families may not read a policy: it is not in force, or not for everybody; None where they may."""
    if not registered.is_in_force or registered.policy.status is None or may_be_withdrawn(registered.document):
        why = "whether it is in force cannot be read" if registered.is_in_force else plain(status_words(registered))
        return Refused("policy-not-in-force", title=registered.title, why=why, path=registered.document.path)
    said = visibility(registered.policy)
    if any(problem.at[:1] == ("publication",) for problem in registered.document.loaded.problems):
        return Refused("policy-visibility-unreadable", title=registered.title, path=registered.document.path)
    if said not in (None, "public"):
        return Refused(
            "policy-not-public", title=registered.title, visibility=VISIBILITY[said], path=registered.document.path
        )
    return None


def visibility(policy: Policy) -> str | None:
    """Who may read it, as the file says; None where it does not."""
    return policy.publication.visibility if policy.publication else None


def known_names(registered: Registered) -> frozenset[str]:
    """The people this policy and its school's file name, and their initials, in small letters."""
    policy = registered.policy
    contacts = [contact.name for contact in registered.folder.school.contacts]
    owner = policy.owner.name if policy.owner else None
    found = [*policy.people, *policy.people.values(), *contacts, owner]
    return frozenset(name.casefold() for name in found if name)


def _role(who: str, registered: Registered, names: frozenset[str]) -> str:
    """Who does something, without a name: the owner by role, others not at all."""
    said = who.casefold()
    if said not in names and not any(" " in name and name in said for name in names):
        return who
    owner = registered.policy.owner
    is_owner = owner is not None and bool(owner.name) and (owner.name or "").casefold() in said
    return owner.role if is_owner and owner is not None and owner.role else SOMEBODY
