"""CK442 and CK443: certificates that no visit names, and numbers that two have."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.certificates import FOLDER, certificate_path, is_number
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.findings import Code
from charterkit.insight.certificates.held import certificates_in
from charterkit.model.visit import Visit
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
        named = _named(context)
        for folder in context.schools:
            lying = context.once(_own)[folder.slug]
            if not lying:
                continue
            whose = named.get(folder.slug, {})
            for number in sorted(lying - {number.casefold() for number in whose}):
                path = certificate_path(folder.slug, shown(lying_name(context, folder, number)))
                message = f"no visit names the certificate that lies in {path}"
                remedy = f"Finish it: charterkit certificate issue {folder.slug}. Else delete the file."
                yield folder.document, self.problem(message, remedy)
            for number, document in whose.items():
                if number.casefold() not in lying:
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
            own = context.once(_own)[folder.slug]
            if not own:
                continue
            for other in context.workspace.slugs:
                for number in sorted(own & _lying(context, folder, other)) if other != folder.slug else ():
                    message = f"the certificate number {shown(number.upper())} is also given out in schools/{other}"
                    yield folder.document, self.problem(message, "Revoke one of them, and issue another for it.")
        for _, document, visit, _ in context.visits:
            numbers = [each.number.casefold() for each in certificates_in(visit)]
            if len(numbers) > len(set(numbers)):
                message = "two certificates of this visit have one number"
                yield document, self.problem(message, "Correct the number that is wrong.", "certificate")


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


def _named(context: Context) -> dict[str, dict[str, Document[Visit]]]:
    """By school, the numbers that visits name. A visit in a trust's folder may be about a member."""
    found: dict[str, dict[str, Document[Visit]]] = {}
    for folder, document, visit, _ in context.visits:
        for each in certificates_in(visit):
            found.setdefault(visit.school or folder.slug, {})[each.number] = document
    return found
