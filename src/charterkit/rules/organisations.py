"""CK315, CK316, CK508 and CK509: schools with their trust, and policies with each other and with their own text."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.attachments import Lies
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.reviews import in_force
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


def _sets(context: Context) -> dict[int, tuple[School, frozenset[str]]]:  # noqa: ARG001 - filled where it is asked
    """The members that a trust's file lists, quick to look up: thousands of schools may ask for thousands."""
    return {}


class MembersDisagree(Rule):
    """A school and a trust do not say the same of each other.

    Why: the trust's policies hold for its members, and nobody could tell whether the school is one.
    Bad: trust: north-trust, where north-trust lists other schools
    Good: trust: north-trust, and the school among its members
    Mend: correct the one that is wrong.
    """

    code = Code.MEMBERS_DISAGREE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`trust` of every school, `members` of every trust, `applies_to` of its policies.

        A trust that lists nobody contradicts nobody.
        """
        for folder, document, school in context.organisations:
            is_there = school.trust is not None and folder.workspace.has_school(school.trust)
            trust = folder.workspace.school(school.trust or "").document.model if is_there else None
            if trust:
                if trust.kind == "school":
                    message = f"'{school.trust}' is a school, not a trust"
                    yield document, self.problem(message, "Name the trust, or write 'kind: trust' there.", "trust")
                elif trust.kind == "trust" and trust.members and folder.slug not in self._members(context, trust):
                    message = f"'{school.trust}' does not list this school among its members"
                    yield document, self.problem(message, "Add it there, or correct this.", "trust")
            if school.kind == "trust":
                yield from self._others(context, folder)
                yield from self._applied(context, folder)

    def _members(self, context: Context, trust: School) -> frozenset[str]:
        """Those a trust lists; by the model itself, which all schools of a chunk have lent."""
        sets = context.once(_sets)
        if id(trust) not in sets:
            sets[id(trust)] = trust, frozenset(trust.members)
        return sets[id(trust)][1]

    def _others(self, context: Context, folder: SchoolFolder) -> Iterator[Report]:
        organisations = Organisations(folder.workspace)
        for number, member in enumerate(folder.document.model.members if folder.document.model else ()):
            other = organisations.trust(member)
            if other and other != folder.slug and context.workspace.has_school(other):
                at = ("members", position(folder.document, ("members",), number))
                message = f"'{shown(member)}' says that it belongs to '{shown(other)}'"
                yield folder.document, self.problem(message, "Take it out here, or correct it there.", *at)

    def _applied(self, context: Context, trust: SchoolFolder) -> Iterator[Report]:
        inside = {trust.slug, *Organisations(trust.workspace).members(trust.slug)}
        for policy in trust.policies:
            for number, school in enumerate(policy.model.applies_to if policy.model else ()):
                if context.workspace.has_school(school) and school not in inside:
                    at = ("applies_to", position(policy, ("applies_to",), number))
                    message = f"'{shown(school)}' is not a member of '{shown(trust.slug)}'"
                    yield policy, self.problem(message, "Take it out here, or add it to the trust's 'members'.", *at)


class DuplicatePolicy(Rule):
    """Two policies in force have one id, in one organisation or in a trust and its member.

    Why: nobody can tell which of the two holds.
    Bad: behaviour.yaml and behaviour-2.yaml, both live with id: behaviour
    Good: the older one with status: archived
    Mend: archive the one that no longer holds, or give it another id. A trust's policy that does not hold for a school
    leaves it out of `applies_to`.
    """

    code = Code.DUPLICATE_POLICY

    def check(self, context: Context) -> Iterator[Report]:
        """Every organisation, then every school with the trusts whose policies hold for it."""
        for folder in context.schools:
            held = _named_in_force(folder)
            seen: dict[str, str] = {}
            for document, policy in held:
                first = seen.setdefault(policy.id, document.path)
                if first != document.path:
                    yield self._report(document, first)
            for theirs in self._above(folder) if held else ():
                for document, policy in held:
                    if policy.id in theirs:
                        yield self._report(document, theirs[policy.id])

    def _above(self, folder: SchoolFolder) -> Iterator[dict[str, str]]:
        """Of each trust above a school the ids of its policies that hold for the school, with the first one's file."""
        for slug in Organisations(folder.workspace).above(folder.slug):
            trust = folder.workspace.school(slug)
            if slug != folder.slug and trust.document.model and trust.document.model.kind == "trust":
                yield {
                    policy.id: document.path
                    for document, policy in reversed(_named_in_force(trust))
                    if folder.slug in (policy.applies_to or [folder.slug])
                }

    def _report(self, document: Document[Policy], first: str) -> Report:
        message = f"{first} has the same id and is in force too"
        return document, self.problem(message, "Archive one of the two, or give it another id.", "id")


def _named_in_force(folder: SchoolFolder) -> list[tuple[Document[Policy], Policy]]:
    """An organisation's policies in force that have an id, but for copies, of which another rule says so."""
    found = [(document, document.model) for document in folder.policies if document.model]
    return [(document, policy) for document, policy in found if _is_named_in_force(policy)]


def _is_named_in_force(policy: Policy) -> bool:
    return in_force(policy) and bool(policy.status) and policy.id != UNREADABLE


class BrokenRelated(Rule):
    """A policy names a related one that is not here.

    Why: a reader is sent to something that cannot be shown. Often the other policy just has no file yet.
    Bad: related: [behavior]
    Good: related: [behaviour]
    Mend: write the id of one of the organisation's policies, or add it.
    """

    code = Code.BROKEN_RELATED
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy; those of the school, of its trust and of the trust's members are known."""
        for folder, document, policy in context.policies:
            known = context.once(_PolicyIds)
            for number, name in enumerate(policy.related):
                if not known.has(folder, name):
                    at = ("related", position(document, ("related",), number))
                    remedy = self.meant(context, document, name, known.around(folder))
                    yield document, self.problem(f"there is no policy '{shown(name)}' here", remedy, *at)


class _PolicyIds:
    """The ids of the policies that an organisation's own may name, worked out once for each."""

    def __init__(self, context: Context) -> None:  # noqa: ARG002 - as `once` makes it
        self._near: dict[str, set[str]] = {}
        self._every: dict[str, list[str]] = {}

    def has(self, folder: SchoolFolder, name: str) -> bool:
        """Whether there is such a policy. A trust's members are asked last: there may be thousands."""
        if folder.slug not in self._near:
            self._near[folder.slug] = set().union(*map(_ids, _own_and_trust(folder)))
        return name in self._near[folder.slug] or name in self.around(folder)

    def around(self, folder: SchoolFolder) -> list[str]:
        """Those of the school, of its trust and of the trust's members."""
        if folder.slug not in self._every:
            known = self._near[folder.slug].union(*map(_ids, _members(folder)))
            self._every[folder.slug] = sorted(known)
        return self._every[folder.slug]


def _own_and_trust(folder: SchoolFolder) -> list[SchoolFolder]:
    workspace, school = folder.workspace, folder.document.model
    trust = school.trust if school else None
    return [folder, *([workspace.school(trust)] if trust and workspace.has_school(trust) else [])]


def _members(folder: SchoolFolder) -> list[SchoolFolder]:
    """A trust's members that have a folder."""
    workspace, school = folder.workspace, folder.document.model
    if school is None or school.kind != "trust":
        return []
    slugs = {*Organisations(workspace).members(folder.slug)} - {folder.slug}
    return [workspace.school(slug) for slug in sorted(slugs) if workspace.has_school(slug)]


def _ids(folder: SchoolFolder) -> set[str]:
    """The ids of its policies; the file's name of one whose id cannot be read."""
    return {
        document.model.id if document.model and document.model.id != UNREADABLE else document.stem
        for document in folder.policies
    }


class DocumentUnfit(Rule):
    """The file with a policy's own text is not there, or lies outside the school's folder.

    Why: the policy could not be shown or published.
    Bad: document: parent-carer-engagment.md
    Good: document: parent-carer-engagement.md
    Mend: correct the path, which counts from the folder of this file, or put the text there.
    """

    code = Code.DOCUMENT_UNFIT

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy that names one."""
        for folder, document, policy in context.policies:
            path = policy.document
            lies = context.attachments(folder).lies(folder.path, "policies", path) if path else None
            if lies is Lies.OUTSIDE:
                message = f"'{shown(path)}' leads out of {folder.path}"
                yield document, self.problem(message, "Put the file beside this one.", "document")
            elif lies is Lies.MISSING:
                message = f"there is no file '{shown(path)}' beside this one"
                yield document, self.problem(message, "Correct the path, or put the file there.", "document")
