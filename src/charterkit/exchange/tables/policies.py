"""The tables about policies: the register, the document history, and what is promised."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from charterkit.exchange.tables.columns import BLANKS, SECOND, TidyTable, flag, lines, public, spelt, text, when, whole
from charterkit.exchange.tables.naming import apart
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.insight.policies.register import Registered
from charterkit.insight.public import is_promised_to_families
from charterkit.model.policy import Commitment, PolicyEvent

_SCHOOL = "The folder that the policy lies in: a trust's policy stands once, under the trust."
_ID = "The file's name where that cannot be read."


class PolicyRow(NamedTuple):
    """A policy as the register has it, and what it is called here."""

    id: str
    of: Registered

    @property
    def slug(self) -> str:
        """Whose folder it lies in."""
        return self.of.folder.slug


def listed(register: Iterable[Registered]) -> list[PolicyRow]:
    """The policies of one organisation."""
    names = apart()
    return [PolicyRow(names("", registered.id), registered) for registered in register]


def _approver(name: str) -> Callable[[PolicyRow], str | None]:
    return lambda its: getattr(its.of.policy.approver, name, None)


def _publication(name: str) -> Callable[[PolicyRow], str | None]:
    return lambda its: getattr(its.of.policy.publication, name, None)


POLICIES = TidyTable(
    "policies",
    "The register of policies on the day of the export, as `charterkit policies` has it.",
    ("school", "policy"),
    (
        *public(
            text("school", "slug", "", _SCHOOL).filled,
            text("policy", "id", "policy/id", _ID).filled,
            text("title", "of.title", "policy/title").filled,
        ),
        text("status", "of.policy.status", "policy/status"),
        text("owner", "of.owner", "policy/owner", "By name, else by role."),
        text("owner_role", lambda its: its.of.policy.owner and its.of.policy.owner.role, "policy/Person.role"),
        *public(
            text("approver", _approver("body"), "policy/ApprovedBy.body"),
            text(
                "approver_name",
                _approver("name"),
                "policy/ApprovedBy.name",
            ),
        ),
        text("version", "of.version", "", "The version that holds; of one only drafted, the draft's."),
        text(
            "public_version",
            "of.public_version",
            "",
            "The version that families may be told: the last that was decided on or given out.",
        ).public,
        flag("statutory", "of.policy.statutory", "policy/statutory"),
        spelt("requirement", "of.policy.requirement", "policy/requirement", BLANKS),
        *when("issued", "of.policy.issued", "policy/issued"),
        *when("last_review", "of.last", "", "When it was last reviewed, approved, signed or issued."),
        *when("next_review", "of.next.due", "", "When its next review is due, stated or worked out."),
        text(
            "next_review_from",
            "of.next.source",
            "",
            "Where that comes from: stated, derived, waiting for a decision, live, as-needed, or unknown.",
        ).filled,
        text(
            "state",
            "of.state.value",
            "",
            "How it stands on the day of the export: overdue, waiting, due, ok or unknown.",
        ).filled,
        flag("is_in_force", "of.is_in_force", "", "Whether it is no draft, archived or withdrawn.").filled,
        spelt("every", lambda its: its.of.policy.review and its.of.policy.review.every, "policy/Review.every"),
        spelt(
            "applies_to",
            "of.applies_to",
            "policy/applies_to",
            "Their folders, all of them spelled out, with a blank between them; empty of a school's own.",
        ),
        text("operated_by", "of.policy.operated_by", "policy/operated_by"),
        spelt("related", "of.policy.related", "policy/related", BLANKS),
        text("url", _publication("url"), "policy/Publication.url").public,
        text(
            "visibility",
            _publication("visibility"),
            "policy/Publication.visibility",
        ),
        whole(
            "acknowledged_staff",
            lambda its: its.of.acknowledged and its.of.acknowledged.staff,
            "policy/Acknowledged.staff",
            "At the latest count.",
        ),
        whole("acknowledged_of", lambda its: its.of.acknowledged and its.of.acknowledged.of, "policy/Acknowledged.of"),
        text("note", "of.policy.note", "policy/note"),
        text("document", "of.policy.document", "policy/document"),
        text("source", "of.policy.source", "policy/source"),
        text("path", "of.document.path", "", "Its file in the workspace.").filled,
    ),
    (TO_SCHOOL,),
)


class Happened(NamedTuple):
    """A line of a policy's history, and its place from 1."""

    policy: PolicyRow
    position: int
    event: PolicyEvent


def history(policies: Iterable[PolicyRow]) -> Iterator[Happened]:
    """Each policy's lines as they stand."""
    for policy in policies:
        for position, event in enumerate(policy.of.policy.history, 1):
            yield Happened(policy, position, event)


EVENTS = TidyTable(
    "events",
    "The document history of each policy.",
    ("school", "policy", "position"),
    (
        text("school", "policy.slug", "", _SCHOOL).filled,
        text("policy", "policy.id", "policy/id", _ID).filled,
        whole("position", "position", "", "Its place in the history, from 1.").filled,
        *when("date", "event.date", "policy/PolicyEvent.date"),
        text("event", "event.event", "policy/PolicyEvent.event").filled,
        text("version", "event.version", "policy/PolicyEvent.version"),
        text(
            "by_whom",
            lambda its: its.policy.of.policy.people.get(its.event.by, its.event.by) if its.event.by else None,
            "policy/PolicyEvent.by",
            "Initials in full where the policy says whose they are.",
        ),
        text("outcome", "event.outcome", "policy/PolicyEvent.outcome"),
        text("note", "event.note", "policy/PolicyEvent.note"),
    ),
    ((("school", "policy"), "policies"),),
)


class Promised(NamedTuple):
    """A commitment of a policy, and what it is called here."""

    policy: PolicyRow
    id: str
    commitment: Commitment


def promised(policies: Iterable[PolicyRow], *, only_to_families: bool = False) -> Iterator[Promised]:
    """What each policy promises, as it stands."""
    names = apart()
    for policy in policies:
        for commitment in policy.of.policy.commitments:
            name = names(policy.id, commitment.id)
            if not only_to_families or is_promised_to_families(commitment):
                yield Promised(policy, name, commitment)


PROMISES = TidyTable(
    "promises",
    "What each policy promises, to whom and how often.",
    ("school", "policy", "promise"),
    (
        *public(
            text("school", "policy.slug", "", _SCHOOL).filled,
            text("policy", "policy.id", "policy/id", _ID).filled,
            text(
                "promise",
                "id",
                "policy/Commitment.id",
                SECOND,
            ).filled,
            text("what", "commitment.what", "policy/Commitment.what").filled,
            spelt("how_often", "commitment.when", "policy/Commitment.when"),
            spelt(
                "audience",
                "commitment.audience",
                "policy/Commitment.audience",
                BLANKS,
            ),
        ),
        *when("starting", "commitment.from_", "policy/Commitment.from"),
        text("owner", lambda its: lines(its.commitment.owner), "policy/Commitment.owner", "Each on a line of its own."),
        spelt("aspects", "commitment.aspects", "policy/Commitment.aspects", BLANKS),
        spelt(
            "applies_to",
            "commitment.applies_to",
            "policy/Commitment.applies_to",
            BLANKS,
        ),
        flag("is_in_force", "policy.of.is_in_force", "", "Whether its policy is in force.").filled,
    ),
    ((("school", "policy"), "policies"),),
)
