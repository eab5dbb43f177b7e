"""The certificates that lie in a workspace: what each says, and whether the issuer's keys have signed it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from charterkit.credential.issuer import IssuerDocument
from charterkit.credential.reading import parsed
from charterkit.credential.shown import Stated, stated
from charterkit.credential.verifying import check_signed
from charterkit.errors import CharterkitError
from charterkit.files.certificates import certificate_data, certificate_numbers
from charterkit.insight.certificates.bits import place_in
from charterkit.insight.charter_text import text_hash
from charterkit.insight.visits.visited import Visited
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Lying:
    """A certificate's file that can be read."""

    number: str
    """As its file is named."""
    document: Mapping[str, Any]
    stated: Stated

    @classmethod
    def read(cls, root: Path, slug: str, number: str) -> "Lying | None":
        """A school's certificate; None where there is none that can be read."""
        data = certificate_data(root, slug, number)
        try:
            document = parsed(data) if data is not None else None
            return cls(number, document, stated(document)) if document is not None else None
        except CharterkitError:
            return None

    @property
    def place(self) -> int | None:
        """Its place in the status lists; None where it names none."""
        return place_in(self.document)

    def is_of(self, found: Visited) -> bool:
        """Whether it says what the certificate of a visit says today."""
        whole = found.folder.workspace.charters[found.charter.id, found.charter.version].model
        said, visit = self.stated, found.visit
        award = found.award
        return whole is not None and (
            said.number,
            said.school,
            said.charter,
            said.charter_version,
            said.charter_text,
            said.visited,
            said.award,
        ) == (
            self.number,
            found.folder.school.name,
            found.charter.id,
            found.charter.version,
            text_hash(whole),
            str(visit.date),
            award.label if award else "",
        )

    def is_signed_by(self, issuer: IssuerDocument) -> bool:
        """Whether one of the issuer's keys has signed all that it says."""
        try:
            check_signed(dict(self.document), issuer)
        except CharterkitError:
            return False
        return True


def lying_in(root: Path, slug: str) -> Iterator[Lying]:
    """The certificates in a school's folder that can be read, by their numbers."""
    for number in certificate_numbers(root, slug):
        found = Lying.read(root, slug, number)
        if found is not None:
            yield found
