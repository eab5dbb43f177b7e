"""CK315, CK316, CK508 and CK509: schools with their trust, and policies with each other and with their own text."""

from collections import defaultdict
from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.attachments import Lies
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code
from charterkit.model.policy import Policy
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


def members(context: Context, trust: SchoolFolder) -> list[SchoolFolder]:
    """The schools that a trust lists, and those that name it."""
    listed = trust.document.model.members if trust.document.model else ()
    known = context.once(_by_slug)
    slugs = {*listed, *context.once(_naming).get(trust.slug, ())} - {trust.slug}
    return [known[slug] for slug in sorted(slugs & known.keys())]


def _by_slug(context: Context) -> dict[str, SchoolFolder]:
    return {folder.slug: folder for folder in context.schools}


def _trusts(context: Context) -> dict[str, str]:
    """By school what it names as its trust. Looked up once: a thousand trusts may list a thousand schools each."""
    schools = ((folder.slug, folder.document.model) for folder in context.schools)
    return {slug: school.trust for slug, school in schools if school and school.trust}


def _naming(context: Context) -> dict[str, list[str]]:
    """By trust the schools that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for slug, trust in context.once(_trusts).items():
        found[trust].append(slug)
    return found


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
            named = school.trust if school.trust and context.workspace.has_school(school.trust) else None
            trust = context.workspace.school(named).document.model if named else None
            if trust:
                if trust.kind == "school":
                    message = f"'{school.trust}' is a school, not a trust"
                    yield document, self.problem(message, "Name the trust, or write 'kind: trust' there.", "trust")
                elif trust.kind == "trust" and trust.members and folder.slug not in trust.members:
                    message = f"'{school.trust}' does not list this school among its members"
                    yield document, self.problem(message, "Add it there, or correct this.", "trust")
            if school.kind == "trust":
                yield from self._others(context, folder)
                yield from self._applied(context, folder)

    def _others(self, context: Context, folder: SchoolFolder) -> Iterator[Report]:
        trusts = context.once(_trusts)
        for number, member in enumerate(folder.document.model.members if folder.document.model else ()):
            other = trusts.get(member)
            if other and other != folder.slug and context.workspace.has_school(other):
                at = ("members", position(folder.document, ("members",), number))
                message = f"'{shown(member)}' says that it belongs to '{shown(other)}'"
                yield folder.document, self.problem(message, "Take it out here, or correct it there.", *at)

    def _applied(self, context: Context, trust: SchoolFolder) -> Iterator[Report]:
        inside = {trust.slug, *(folder.slug for folder in members(context, trust))}
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
        """Every organisation, then every trust with its members."""
        held = context.once(_named_in_force)
        for policies in held.values():
            seen: dict[str, str] = {}
            for document, policy in policies:
                first = seen.setdefault(policy.id, document.path)
                if first != document.path:
                    yield self._report(document, first)
        trusts = [folder for folder, _, school in context.organisations if school.kind == "trust"]
        for trust in trusts:
            for member in members(context, trust) if trust.slug in held else ():
                theirs = {
                    slug.id: found.path
                    for found, slug in reversed(held[trust.slug])
                    if member.slug in (slug.applies_to or [member.slug])
                }
                for document, policy in held.get(member.slug, ()):
                    if policy.id in theirs:
                        yield self._report(document, theirs[policy.id])

    def _report(self, document: Document[Policy], first: str) -> Report:
        message = f"{first} has the same id and is in force too"
        return document, self.problem(message, "Archive one of the two, or give it another id.", "id")


def _named_in_force(context: Context) -> dict[str, list[tuple[Document[Policy], Policy]]]:
    """By organisation its policies in force that have an id, but for copies, of which another rule says so."""
    found: dict[str, list[tuple[Document[Policy], Policy]]] = {}
    copies = {rival.document.path for folder in context.schools for rival in folder.rivals("policies")}
    for folder, document, policy in context.policies_in_force:
        if policy.status and policy.id != UNREADABLE and document.path not in copies:
            found.setdefault(folder.slug, []).append((document, policy))
    return found


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
            known = context.once(_PolicyIds).around(folder) if policy.related else []
            for number, name in enumerate(policy.related):
                if name not in known:
                    at = ("related", position(document, ("related",), number))
                    remedy = self.meant(context, document, name, known)
                    yield document, self.problem(f"there is no policy '{shown(name)}' here", remedy, *at)


class _PolicyIds:
    """The ids of the policies that an organisation's own may name, worked out once for each."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._around: dict[str, list[str]] = {}
        self._of: dict[str, list[str]] = {}

    def around(self, folder: SchoolFolder) -> list[str]:
        """Those of the school, of its trust and of the trust's members."""
        if folder.slug not in self._around:
            found = {name for school in self._folders(folder) for name in self._in(school)}
            self._around[folder.slug] = sorted(found)
        return self._around[folder.slug]

    def _folders(self, folder: SchoolFolder) -> list[SchoolFolder]:
        workspace, trust = self.context.workspace, self.context.once(_trusts).get(folder.slug)
        above = [workspace.school(trust)] if trust and workspace.has_school(trust) else []
        is_trust = folder.document.model is not None and folder.document.model.kind == "trust"
        return [folder, *above, *(members(self.context, folder) if is_trust else [])]

    def _in(self, folder: SchoolFolder) -> list[str]:
        """The ids of its policies; the file's name of one whose id cannot be read."""
        if folder.slug not in self._of:
            self._of[folder.slug] = [
                document.model.id if document.model and document.model.id != UNREADABLE else document.stem
                for document in folder.policies
            ]
        return self._of[folder.slug]


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
