"""CK330 to CK334: a trust's policies as its members have adopted them."""

from collections.abc import Iterator
from typing import NamedTuple

from charterkit.choices import Severity
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.adopting import adopted_id, adopted_version, is_older
from charterkit.insight.policies.deciding import approvals
from charterkit.insight.policies.register import policy_id
from charterkit.insight.policies.reviews import public_version
from charterkit.model.adoption import Adoption
from charterkit.model.policy import Policy
from charterkit.rules.base import Report, Rule, listed
from charterkit.rules.context import Context, KeptAdoption
from charterkit.text.safe import shown


class AdoptedNowhere(Rule):
    """A school has adopted a policy that there is not: no such trust, or no such policy of its.

    Why: nobody can tell which text holds at the school.
    Bad: policy: behavior, where the trust's policy has the id behaviour
    Good: policy: behaviour
    Mend: write the id of the trust's policy and the name of the trust's folder.
    """

    code = Code.ADOPTED_NOWHERE

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy that is said to be adopted."""
        for folder, document, adoption in context.adoptions:
            trust = _trust(folder, adoption)
            if trust is None and adoption.from_ != UNREADABLE:
                message = f"there is no trust '{shown(adoption.from_)}'"
                yield document, self.problem(message, self._meant(context, folder, document), "from")
            elif trust and _is_member(folder, trust) and adoption.policy != UNREADABLE:
                known = sorted(policy_id(each, each.model) for each in trust.policies if each.model)
                unread = {each.stem for each in trust.policies if each.model is None}
                if adoption.policy not in known and adoption.policy not in unread:
                    message = f"'{shown(trust.slug)}' has no policy '{shown(adoption.policy)}'"
                    meant = self.meant(context, document, adoption.policy, known)
                    yield document, self.problem(message, meant, "policy")

    def _meant(self, context: Context, folder: SchoolFolder, document: Document[Adoption]) -> str:
        above = Organisations(folder.workspace).above(folder.slug)
        guess = self.nearest(context, document, document.model.from_, above) if document.model else ""
        return f"Did you mean '{shown(guess)}'?" if guess else "Write the name of the trust's folder below schools/."


class AdoptedByAnother(Rule):
    """A school has adopted a policy of an organisation to which it does not belong, or one that is not meant for it.

    Why: the register counts a policy as adopted only at the members for which it holds, so that this is shown nowhere.
    Bad: from: north-trust, at a school that is no member of it
    Good: from: south-trust, the trust of the school
    Mend: correct `from`; or write the school's `trust` in school.yaml, or add it to `applies_to` of the policy.
    """

    code = Code.ADOPTED_BY_ANOTHER

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy that is said to be adopted from an organisation that there is."""
        for folder, document, adoption in context.adoptions:
            trust = _trust(folder, adoption)
            if trust and not _is_member(folder, trust):
                message = f"the school is no member of '{shown(trust.slug)}'"
                remedy = "Correct this, or write the trust in school.yaml."
                yield document, self.problem(message, remedy, "from")
        for kept, policy in context.once(_known):
            if policy.applies_to and kept.folder.slug not in policy.applies_to:
                message = f"the policy of '{shown(kept.adoption.from_)}' does not hold for this school"
                remedy = "Take this file out, or add the school to the policy's 'applies_to'."
                yield kept.document, self.problem(message, remedy, "policy")


class AdoptedOlder(Rule):
    """A school has adopted an older version than the one its trust has approved since.

    Why: the school works to a text that the trust has replaced.
    Bad: version: "1.0", where the trust has approved 2.0
    Good: version: "2.0", with the date on which that one was adopted
    Mend: once the new version is adopted: charterkit policy adopt POLICY --school SCHOOL
    """

    code = Code.ADOPTED_OLDER
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every adopted policy whose version was approved once."""
        for (folder, document, adoption), policy in _held(context):
            version = adopted_version(adoption, policy)
            if version and is_older(version, policy):
                newest = public_version(policy) or ""
                message = f"version {shown(version)} was adopted, and the trust has approved {shown(newest)} since"
                remedy = f"Once it is adopted: charterkit policy adopt {adoption.policy} --school {folder.slug}"
                yield document, self.problem(message, remedy, *_at(adoption))


class AdoptedVersion(Rule):
    """A school has adopted a version of which the trust's policy does not say that it was approved.

    Why: nobody can tell which text was adopted, nor whether there is a newer one.
    Bad: version: "3.0", where the history of the trust's policy ends with 2.0
    Good: version: "2.0"
    Mend: correct the version here, or the history of the trust's policy.
    """

    code = Code.ADOPTED_VERSION
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every adopted policy that says a version."""
        for (_, document, adoption), policy in _held(context):
            known = approvals(policy)
            if adoption.version is not None and adoption.version not in known:
                is_named = any(event.version == adoption.version for event in policy.history)
                what = "has not been approved" if is_named else "is not in the history of the trust's policy"
                remedy = listed(list(known)) if known else "Write the version into the history there."
                yield document, self.problem(f"version {shown(adoption.version)} {what}", remedy, "version")


class AdoptedTooEarly(Rule):
    """A school has adopted a policy before the trust approved it.

    Why: nobody can adopt what has not been decided; often the year is wrong, or the version.
    Bad: date: 2025-01-20, where the trust approved that version on 3 February 2026
    Good: date: 2026-03-03
    Mend: correct the date or the version.
    """

    code = Code.ADOPTED_TOO_EARLY
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every adopted policy with a date."""
        for (_, document, adoption), policy in _held(context):
            known = approvals(policy)
            begun = known.get(adoption.version) if adoption.version else next(iter(known.values()), None)
            if adoption.date and begun and adoption.date.last < begun.first:
                message = f"the trust approved it on {begun.spoken}, after that"
                yield document, self.problem(message, "Correct the date or the version.", "date")


class _Held(NamedTuple):
    """What was adopted, and the trust's policy that it is."""

    kept: KeptAdoption
    policy: Policy


def _held(context: Context) -> Iterator[_Held]:
    """What members have adopted of the policies of their trust that hold for them."""
    for held in context.once(_known):
        if not held.policy.applies_to or held.kept.folder.slug in held.policy.applies_to:
            yield held


def _known(context: Context) -> list[_Held]:
    """What members have adopted of the policies of their trust, whether they hold for them or not."""
    policies: dict[tuple[str, str], dict[str, Policy]] = {}
    found = []
    for kept in context.adoptions:
        trust = _trust(kept.folder, kept.adoption)
        if trust is not None and _is_member(kept.folder, trust):
            key = kept.folder.slug, trust.slug  # each school's own look: what one reads, the other has not
            if key not in policies:
                policies[key] = {policy_id(each, each.model): each.model for each in trust.policies if each.model}
            policy = policies[key].get(adopted_id(kept.document, kept.adoption))
            if policy:
                found.append(_Held(kept, policy))
    return found


def _trust(folder: SchoolFolder, adoption: Adoption) -> SchoolFolder | None:
    is_there = folder.workspace.has_school(adoption.from_)
    return folder.workspace.school(adoption.from_) if is_there else None


def _is_member(folder: SchoolFolder, trust: SchoolFolder) -> bool:
    return trust.slug != folder.slug and trust.slug in Organisations(folder.workspace).above(folder.slug)


def _at(adoption: Adoption) -> tuple[str, ...]:
    """Where the version stands; the date, by which it is known, where it does not."""
    return ("version",) if adoption.version is not None else ("date",)
