"""CK442 to CK444: certificates that no visit names, numbers that two have, and lists that do not say what visits do."""

from collections.abc import Iterable, Iterator

from charterkit.choices import Severity
from charterkit.files.certificates import FOLDER, GIVERS, certificate_path, givers, is_number
from charterkit.files.disk import SCHOOLS
from charterkit.files.places import PUBLISHED
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.findings import Code, Problem
from charterkit.insight.certificates.bits import listed, place_of
from charterkit.insight.certificates.held import certificates_in
from charterkit.insight.organisations import Organisations
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class CertificateHalf(Rule):
    """A certificate lies in a school's folder and no visit names it, or a visit names one that does not lie there.

    Why: a certificate stands on a visit. Where issuing was interrupted, one of the two is missing.
    Bad: certificates/CE-2026-014.json, and no visit with certificate: {number: CE-2026-014}
    Good: certificates/CE-2026-014.json, and the visit's certificate: {number: CE-2026-014}
    Mend: finish it with charterkit certificate issue; or get back what was lost, from git.
    """

    code = Code.CERTIFICATE_HALF
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every school with a folder of certificates."""
        for folder in context.schools:
            lying = context.once(_own)[folder.slug]
            for number in sorted(_unnamed(folder, lying)) if lying else ():
                path = certificate_path(folder.slug, shown(lying_name(context, folder, number)))
                message = f"no visit names the certificate that lies in {path}"
                remedy = f"Finish it: charterkit certificate issue {folder.slug}. Else delete the file."
                yield folder.document, self.problem(message, remedy)
        for folder, document, visit, _ in context.visits:
            about = visit.school or folder.slug
            lying = _lying(context, folder, about) if context.workspace.has_school(about) else set()
            for each in certificates_in(visit) if lying else ():
                if each.number.casefold() not in lying:
                    number = each.number
                    message = f"the certificate {shown(number)} does not lie in {FOLDER}/"
                    yield document, self.problem(message, "Get it back, from git or from the school.", "certificate")


class CertificateTwice(Rule):
    """Two certificates of a workspace have one number.

    Why: whoever looks a number up has to find one certificate. Two people who each issue on a copy of their own can
    give out the same one.
    Bad: schools/lathom/certificates/CE-2026-014.json and schools/marsh/certificates/CE-2026-014.json
    Good: CE-2026-014 for the one, CE-2026-015 for the other
    Mend: revoke the one that is less known, and issue another with charterkit certificate renew --reason.
    """

    code = Code.CERTIFICATE_TWICE

    def check(self, context: Context) -> Iterator[Report]:
        """Every school with a folder of certificates, beside all others."""
        for folder in context.schools:
            for number in sorted(context.once(_own)[folder.slug]):
                slugs = context.workspace.once(_givers).get(number, [])
                folder.workspace.snapshot.note(GIVERS, number, slugs)
                for other in slugs:
                    if other != folder.slug:
                        message = f"the certificate number {shown(number.upper())} is also given out in schools/{other}"
                        yield folder.document, self.problem(message, "Revoke one of them, and issue another for it.")
        for _, document, visit, _ in context.visits:
            numbers = [each.number.casefold() for each in certificates_in(visit)]
            if len(numbers) > len(set(numbers)):
                message = "two certificates of this visit have one number"
                yield document, self.problem(message, "Correct the number that is wrong.", "certificate")


class CertificateNotListed(Rule):
    """A visit says that a certificate is revoked or suspended and the issuer's status list does not, or the other way.

    Why: whoever verifies a certificate asks the list, and people read the visit. Where taking one back was interrupted,
    the two say different things.
    Bad: certificate: {number: CE-2026-014, revoked: {date: 2027-03-03}}, and a list in issuer/ without it
    Good: the same, and charterkit keys publish has signed the list anew
    Mend: sign the lists anew with charterkit keys publish; where the visit is wrong, get it back from git.
    """

    code = Code.CERTIFICATE_NOT_LISTED

    def check(self, context: Context) -> Iterator[Report]:
        """Every certificate of a visit, where the workspace is its issuer's."""
        for folder, document, visit, _ in context.visits:
            for each in certificates_in(visit):
                for word, purpose, taken in (
                    ("revoked", "revocation", each.revoked),
                    ("suspended", "suspension", each.suspended),
                ):
                    is_set = _is_listed(context, folder, visit.school or folder.slug, each.number, purpose)
                    if is_set is None or is_set is (taken is not None):
                        continue
                    yield document, self._contradiction(shown(each.number), word, is_listed=is_set)

    def _contradiction(self, number: str, word: str, *, is_listed: bool) -> Problem:
        if is_listed:
            message = f"the status list in {PUBLISHED}/ says that {number} is {word}, and it is not so here"
            return self.problem(message, _BACK[word], "certificate")
        message = f"{number} is {word} here, and the status list in {PUBLISHED}/ does not say so"
        return self.problem(message, "Sign the lists anew: charterkit keys publish.", "certificate")


def _is_listed(context: Context, folder: SchoolFolder, slug: str, number: str, purpose: str) -> bool | None:
    """Whether a list of the issuer's has a certificate set; None where it cannot be told, as with another issuer."""
    if not is_number(number):
        return None
    path, root = f"{PUBLISHED}/status/{purpose}.json", context.workspace.root
    for looked_at in (
        path,
        certificate_path(slug, number),
    ):
        context.attachments(folder).sha256("", "", looked_at)
    places, place = listed(root, path), place_of(root, slug, number)
    return None if places is None or place is None else place in places


_BACK = {
    "revoked": "Get back from git what the visit said of it: what was revoked stays so.",
    "suspended": "End it with charterkit certificate suspend --lift; or get back from git what the visit said of it.",
}


def _givers(workspace: Workspace) -> dict[str, list[str]]:
    return givers(workspace.root, workspace.slugs)


def _own(context: Context) -> dict[str, set[str]]:
    """By school, the numbers of the certificates that lie in its folder."""
    return {folder.slug: _lying(context, folder, folder.slug) for folder in context.schools}


def _lying(context: Context, folder: SchoolFolder, slug: str) -> set[str]:
    """The numbers of the certificates that lie in a school's folder, in small letters: some disks tell none apart."""
    names = context.attachments(folder).names(f"schools/{slug}", "", f"{FOLDER}/x.json")
    found = (name.removesuffix(".json") for name in names if name.endswith(".json"))
    return {number.casefold() for number in found if is_number(number)}


def lying_name(context: Context, folder: SchoolFolder, number: str) -> str:
    """A number as its file has it."""
    names = context.attachments(folder).names(folder.path, "", f"{FOLDER}/x.json")
    return next((name.removesuffix(".json") for name in names if name.casefold() == f"{number}.json"), number)


def _unnamed(folder: SchoolFolder, lying: set[str]) -> set[str]:
    """The certificates of a school that no visit to it names, by their numbers in small letters.

    A visit in another's folder may be about it: most often its trust's or authority's, so all others are asked last.
    """
    workspace = folder.workspace
    near = [folder.slug, *Organisations(workspace).above(folder.slug)]
    left = lying - _named(folder, near)
    return left - _named(folder, [slug for slug in workspace.slugs if slug not in near]) if left else left


def _named(folder: SchoolFolder, slugs: Iterable[str]) -> set[str]:
    """The numbers, in small letters, that visits to a school name which lie in some organisations' folders."""
    places = (folder.workspace.school(slug) for slug in slugs if folder.workspace.files(f"{SCHOOLS}/{slug}/visits"))
    visits = ((place.slug, document.model) for place in places for document in place.visits if document.model)
    about = (visit for slug, visit in visits if (visit.school or slug) == folder.slug)
    return {each.number.casefold() for visit in about for each in certificates_in(visit)}
