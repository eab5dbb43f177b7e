"""What a certificate shows: what its issuer has signed and nothing else, and how it stands on the day."""

from datetime import date

from charterkit.credential.shown import Stated
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.poster.view import Colours
from charterkit.render.poster.words import Wording
from charterkit.render.shared.qr import QrCode
from charterkit.text.speech import draft_note, tr


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs on paper."""

    name: Wording
    role: Wording | None


@dataclass(frozen=True, slots=True)
class CertificateView:
    """Everything the certificate's templates show. `logo` is the name its picture goes by, empty without one."""

    size: str
    landscape: bool
    lang: str
    dir: str
    title: Wording
    """The charter's."""
    school: Wording
    issuer: Wording
    award: Wording | None
    """None where the charter has the one award, that it is met."""
    version: str
    number: str
    facts: tuple[tuple[str, str], ...]
    """What stands in a row: a word, and a date or number."""
    signatories: tuple[Signatory, ...]
    colours: Colours
    standing: str = ""
    """Why it does not hold: "Revoked on 3 March 2027"; empty where it does."""
    reason: str = ""
    marks: tuple[str, ...] = ()
    """What the charter is, where it is not in use: Draft."""
    lines: tuple[str, ...] = ()
    """What whoever checks wants to know: whose it is, and which text was certified."""
    logo: str = ""
    logo_alt: str = ""
    qr: QrCode | None = None


def spoken(day: str) -> str:
    """A day as a credential states it, for people; as it stands where it is none."""
    try:
        return PartialDate.of(date.fromisoformat(day)).spoken
    except ValueError:
        return day


def facts_of(said: Stated) -> tuple[tuple[str, str], ...]:
    """The row of facts."""
    return (
        (tr("Number"), said.number),
        (tr("Visited"), spoken(said.visited)),
        (tr("Issued"), spoken(said.valid_from)),
        (tr("Valid until"), spoken(said.valid_until)),
    )


def lines_of(said: Stated) -> tuple[str, ...]:
    """The small print."""
    numbers = ", ".join(f"{kind} {value}" for kind, value in (("URN", said.urn), ("UKPRN", said.ukprn)) if value)
    return (
        f"{said.school}{f' ({numbers})' if numbers else ''}. {tr('Issuer: %(who)s.', who=said.issuer)}",
        tr("Certified text of the charter: %(text)s.", text=said.charter_text),
        tr("This file carries a signed credential (Open Badges 3.0): 'charterkit verify' says whether it holds."),
        *filter(None, (draft_note(),)),
    )
