"""CK510, CK511 and CK512: words in a policy's own text that have gone out of date."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from charterkit.choices import Severity
from charterkit.files.attachments import Lies
from charterkit.files.digests import digest, schools_digest
from charterkit.files.disk import UnfitError
from charterkit.files.load import load
from charterkit.files.texts import ENDINGS, read_text
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.findings import Code
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.stale import Found, Names, ended_in, findable, names_in, passed_reviews
from charterkit.model.abolished import Ended
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


def _texts(context: Context) -> list[tuple[SchoolFolder, Document[Policy], str]]:
    """The text of every policy in force that has one beside it."""
    found = [
        (folder, document, _text(context, folder, policy.document))
        for folder, document, policy in context.policies_in_force
        if policy.document
    ]
    return [(folder, document, text) for folder, document, text in found if text]


def _text(context: Context, folder: SchoolFolder, path: str) -> str:
    """A policy's text; empty where it cannot be read. What it says counts until the file is another."""
    if not path.lower().endswith(ENDINGS):  # a large one would be read for its hash alone
        return ""
    at = (folder.path, "policies", path)
    attachments = context.attachments(folder)
    if attachments.lies(*at) is not Lies.INSIDE or not attachments.sha256(*at):
        return ""
    return read_text(context.workspace.root, *at).text


def _place(found: Found) -> str:
    times = f", {found.count} times" if found.count > 1 else ""
    return f"line {found.line} of the text{times}"


class AbolishedBody(Rule):
    """A policy's text names a body or scheme that no longer exists.

    Why: families are sent to somebody who is not there, and an inspector sees that nobody has read the policy.
    Bad: Helpers need a CRB check.
    Good: Helpers need a DBS check.
    Mend: write what took its place, and read the text around it: the rules have often changed too.
    """

    code = Code.ABOLISHED_BODY
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """The text and the promises of every policy in force, against the list that comes with charterkit."""
        for _, document, text in context.once(_texts):
            for ended, found in ended_in(text):
                message = f"'{shown(found.words)}' {_since(ended)} ({_place(found)})"
                yield document, self.problem(message, _instead(ended), "document")
        for _, document, policy in context.policies_in_force:
            for number, commitment in enumerate(policy.commitments):
                for ended, found in ended_in(commitment.what):
                    at = ("commitments", position(document, ("commitments",), number), "what")
                    yield document, self.problem(f"'{shown(found.words)}' {_since(ended)}", _instead(ended), *at)


def _since(ended: Ended) -> str:
    if ended.ended is None:
        return "no longer exists"
    return f"ended {'on' if ended.ended.day else 'in'} {ended.ended.spoken}"


def _instead(ended: Ended) -> str:
    source = f" Source: {ended.reference}." if ended.reference else ""
    if not ended.replaced_by:
        return f"Take it out.{source}"
    return f"Now: {ended.replaced_by}.{source}"


class OtherSchool(Rule):
    """A policy's text names another school of the workspace.

    Why: it was probably copied from there, and not all of it may hold here.
    Bad: the text of Kingsgate's policy says "At Oakmeadow CE Primary and Nursery School, pupils ..."
    Good: the school's own name
    Mend: put the right name in and read the rest; or leave the finding out by a comment, with a reason, where the other
    school is meant.
    """

    code = Code.OTHER_SCHOOL
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """The text of every policy in force. A trust's schools and the trust may name each other."""
        for folder, document, text in context.once(_texts):
            named = names_in(text, _every_name(context, folder))
            own = _own_names(folder) if named else ()
            for name, found in named.items():
                if name not in own and not _is_inside(name, findable(folder.school.name)):
                    message = f"the text names another school, '{shown(found.words)}' ({_place(found)})"
                    yield document, self.problem(message, "Put the right name in, and read the rest again.", "document")


def _own_names(folder: SchoolFolder) -> set[tuple[str, ...]]:
    """The names of a school, of the trust and the authority above it, of their other members, and of its own."""
    workspace, organisations = folder.workspace, Organisations(folder.workspace)
    around = [folder.slug, *organisations.above(folder.slug)]
    slugs = {*around, *(member for slug in around for member in organisations.members(slug))}
    names = workspace.once(_read_names).by_slug
    return {findable(names.get(slug) or slug) for slug in slugs}


def _is_inside(name: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether a name is a part of the school's own: Hill School in Beacon Hill School."""
    return any(own[start : start + len(name)] == name for start in range(len(own)))


_NAME = re.compile(rb"^name[ \t]*:[ \t]*([^\s\"'\[\]{}&*!|>%@`#,?:-][^\r\n\"'#:\\]*+)\r?$(?=\n\S|\n?\Z)", re.MULTILINE)
"""A plain name on one line, which needs no reading of the whole file; one that the next line may go on with does."""


def _every_name(context: Context, folder: SchoolFolder) -> Names:
    """The names of all organisations, which the finding then depends on."""
    read = context.workspace.once(_read_names)
    context.attachments(folder).note_schools(read.identity)
    return read.names


class _Read(NamedTuple):
    """The names of all organisations, and what stands for the files that say them."""

    identity: str
    names: Names
    by_slug: dict[str, str]


def _read_names(workspace: Workspace) -> _Read:
    names, digests = {}, []
    for slug in workspace.slugs:
        try:
            data = workspace.snapshot.peek(f"schools/{slug}/school.yaml")
        except UnfitError:
            data = None
        digests.append((slug, "" if data is None else digest(data)))
        names[slug] = _name(data or b"")
    return _Read(schools_digest(digests), Names.of(names.values()), names)


def _name(data: bytes) -> str:
    plain = _NAME.search(data)
    if plain and data.count(b"\nname") + data.startswith(b"name") == 1:
        return plain[1].rstrip(b" \t").decode(errors="replace")
    model = load(School, data).model if data else None
    return model.name if model else ""


class PassedReview(Rule):
    """A policy's text gives a date for its next review that has passed.

    Why: whoever reads it takes it for out of date, although the review may have been held.
    Bad: Next review: September 2024
    Good: Next review: September 2027
    Mend: correct the date in the text, or leave it out: the register has it.
    """

    code = Code.PASSED_REVIEW
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """The text of every policy in force, against today's date."""
        for _, document, text in context.once(_texts):
            for when, found in passed_reviews(text, context.today):
                message = f"the text says that the next review is in {when.spoken} ({_place(found)})"
                yield document, self.problem(message, "Correct the date in the text, or leave it out.", "document")
