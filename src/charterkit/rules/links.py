"""CK601: addresses that people are to follow."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.model.charter import Charter, Contact, Reference
from charterkit.model.evaluation import Evaluation, Evidence
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.visit import Visit
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.later import later
from charterkit.text.safe import UNFIT_FOR_A_LINK, shown

_ADDRESS = r"[^\s@<>\"]{1,64}@[^\s@<>\".]{1,63}(?:\.[^\s@<>\".]{1,63}){1,8}"
_EMAIL = later(rf"(?:mailto:)?{_ADDRESS}", re.IGNORECASE)
_LINK = later(rf"https?://[^\s/?#\\<>\"]+[^\s\\<>\"]*+|mailto:{_ADDRESS}", re.IGNORECASE)
_UNFIT = later(UNFIT_FOR_A_LINK)
_BARE = later(r"(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:/\S*)?", re.IGNORECASE)

Found = tuple[Document[Any], str | None, TreePath]


class BadLink(Rule):
    """A link is none that a page may open: neither http, https nor mailto; or an email address is none.

    Why: reports and posters make links of these, and `javascript:` or `file:` in one may do harm to whoever follows it.
    Bad: url: javascript:alert(1), or website: www.lathom.example
    Good: website: https://www.lathom.example
    Mend: write the whole address, with https:// in front.
    """

    code = Code.BAD_LINK

    def check(self, context: Context) -> Iterator[Report]:
        """Every `website`, `url` and `email` in every file."""
        for document in context.documents:
            of_kind = _ADDRESSES.get(document.kind) if document.model is not None else None
            for found, address, at in of_kind(document, document.model) if of_kind else ():
                if not address:
                    continue
                is_email = at[-1] == "email"
                fits = (_EMAIL if is_email else _LINK).fullmatch(address) and not _UNFIT.search(address)
                if not fits:
                    what = "an email address" if is_email else "a link"
                    yield found, self.problem(f"'{shown(address)}' is not {what}", _remedy(address, is_email), *at)


def _remedy(address: str, is_email: bool) -> str:
    if is_email:
        return "Write it as in office@lathom.example."
    if _BARE.fullmatch(address):
        return f"Write https://{shown(address)}."
    return "Write the whole address, beginning with https://, http:// or mailto:."


def _of_school(document: Document[School], school: School) -> Iterator[Found]:
    yield document, school.website, ("website",)
    yield from _contacts(document, school.contacts)


def _of_charter(document: Document[Charter], charter: Charter) -> Iterator[Found]:
    yield document, charter.publisher.url if charter.publisher else None, ("publisher", "url")
    yield from _references(document, charter.references)
    yield from _contacts(document, charter.contacts)


def _of_policy(document: Document[Policy], policy: Policy) -> Iterator[Found]:
    yield document, policy.publication.url if policy.publication else None, ("publication", "url")
    yield from _references(document, policy.references)


def _of_evaluation(document: Document[Evaluation], evaluation: Evaluation) -> Iterator[Found]:
    for way, rating in evaluation.entries:
        if rating.evidence:
            yield from _evidence(document, rating.evidence, (*way, "evidence"))


def _of_visit(document: Document[Visit], visit: Visit) -> Iterator[Found]:
    yield from _evidence(document, visit.looked_at, ("looked_at",))


_ADDRESSES: dict[type[Any] | None, Callable[[Document[Any], Any], Iterator[Found]]] = {
    School: _of_school,
    Charter: _of_charter,
    Policy: _of_policy,
    Evaluation: _of_evaluation,
    Visit: _of_visit,
}
"""By kind of file, where its addresses stand."""


def _contacts(document: Document[Any], contacts: tuple[Contact, ...]) -> Iterator[Found]:
    for number, contact in enumerate(contacts):
        yield document, contact.email, ("contacts", position(document, ("contacts",), number), "email")


def _references(document: Document[Any], references: tuple[Reference, ...]) -> Iterator[Found]:
    for number, reference in enumerate(references):
        yield document, reference.url, ("references", position(document, ("references",), number), "url")


def _evidence(document: Document[Any], evidence: tuple[Evidence, ...], way: TreePath) -> Iterator[Found]:
    for number, piece in enumerate(evidence):
        if piece.url:
            yield document, piece.url, (*way, position(document, way, number), "url")
