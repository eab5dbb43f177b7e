"""An organisation: a school, a trust or a local authority."""

from dataclasses import field

from pydantic import Field

from charterkit.choices import Nation, OrganisationKind, Phase, SchoolType
from charterkit.model.base import Colour, DfeNumber, GroupUid, Id, Model, Ukprn, Urn, YesNo, entry
from charterkit.model.charter import Contact
from charterkit.model.config import SchoolYear
from charterkit.model.dates import PartialDate


@entry
class SignedCharter:
    """A charter the school has signed up to, and which of its duties are done."""

    charter: Id
    """The charter's id."""
    signed: PartialDate | None = None
    """When the school signed up."""
    signed_by: str | None = None
    """Who signed, by name or role."""
    pledges: dict[Id, PartialDate] = field(default_factory=dict)
    """The charter's duties that are done, each with its date."""


class School(Model):
    """One organisation; its folder's name is its slug."""

    name: str
    """The organisation's name, as people read it."""
    kind: OrganisationKind = "school"
    """What it is; a school when left out."""
    type: SchoolType | None = None
    """maintained by the local authority, or academy; a school with a trust counts as an academy when left out."""
    urn: Urn | None = None
    """Unique reference number in GIAS, 5 or 6 digits; a school gets a new one when it becomes an academy."""
    former_urns: tuple[Urn, ...] = ()
    """Unique reference numbers it had before, such as the one from before it became an academy."""
    dfe_number: DfeNumber | None = None
    """Local authority code and establishment number, such as 888/4042."""
    ukprn: Ukprn | None = None
    """UK provider reference number, 8 digits."""
    group_uid: GroupUid | None = None
    """On a trust: its number among the groups of GIAS, by which `import gias` knows it again."""
    phase: Phase | None = None
    """The ages it teaches."""
    nation: Nation | None = None
    """Whose bank holidays it keeps: england, wales, scotland or northern-ireland; england when left out."""
    local_authority: str | None = None
    """The local authority it lies in, by name."""
    terms: dict[str, SchoolYear] = Field(default_factory=dict)
    """Its own terms, by academic year; they win over the trust's, and those over the ones of charterkit.yaml."""
    trust: Id | None = None
    """The trust's slug."""
    members: tuple[Id, ...] = ()
    """On a trust or local authority: its schools' slugs."""
    website: str | None = None
    """Its web address."""
    address: str | None = None
    """Its postal address."""
    logo: str | None = None
    """Its picture for the poster: PNG, JPEG or SVG, a file in its folder of at most 2 MB."""
    colours: dict[str, Colour] = Field(default_factory=dict)
    """accent: its own colour, for the poster: {accent: "#17505f"}."""
    shares_practice: YesNo = False
    """Whether its examples may be shown to other schools."""
    charters: tuple[SignedCharter, ...] = ()
    """Charters it has signed up to."""
    contacts: tuple[Contact, ...] = ()
    """Whom to ask there."""
    source: str | None = None
    """The document these facts were taken from."""

    @property
    def type_said(self) -> SchoolType | None:
        """Maintained or academy: as the file says, else an academy where it names a trust; None where nothing tells."""
        return self.type or ("academy" if self.trust else None)
