"""`charterkit.yaml`: what holds for the whole workspace. All of it optional."""

from dataclasses import field
from typing import Annotated, ClassVar

from pydantic import Field

from charterkit.choices import TERM_NAMES, Severity
from charterkit.model.base import Colour, Did, Id, Model, YesNo, entry
from charterkit.model.dates import Interval, PartialDate, Span
from charterkit.model.evaluation import Person
from charterkit.model.language import Language

Selector = str
"""The code of a rule, or the beginning of one: CK304, CK5."""


@entry
class Copied:
    """Who else hears of what is overdue."""

    to: str
    """An email address, or the role or name of a contact in school.yaml."""
    after: Span
    """How long after the day, such as 14d."""


@entry
class Reminders:
    """When people are reminded."""

    within: Span | None = None
    """What is due in this time is shown, such as 60d, which is the default."""
    steps: tuple[Span, ...] | None = None
    """How long before the day people are told, each step once; [2 months, 1 month, 1 week, 0d] when left out."""
    alarms: tuple[Span, ...] | None = None
    """How long before the day a calendar rings; as `steps` when left out."""
    re_evaluate: Interval | None = None
    """How long after an evaluation the next one is due."""
    clerk: str | None = None
    """Who gets a copy of every message: an email address, or the role or name of a contact in school.yaml."""
    copy: Copied | None = None
    """Who gets a copy of what is overdue by a set time."""
    weekends: YesNo | None = None
    """no: nothing is sent on Saturdays and Sundays."""


Days = tuple[PartialDate, PartialDate]
"""The first and the last day of a time."""


@entry
class SchoolYear:
    """The terms of one academic year, and when the school is closed within them.

    Three terms, or four to six that are numbered, or the halves of three: one way of naming them a year.
    """

    autumn: Days | None = None
    """First and last day of the autumn term: [2025-09-01, 2025-12-19]."""
    spring: Days | None = None
    """First and last day of the spring term."""
    summer: Days | None = None
    """First and last day of the summer term."""
    term_1: Annotated[Days | None, Field(alias="term-1")] = None
    """First and last day of the first term, where there are four to six."""
    term_2: Annotated[Days | None, Field(alias="term-2")] = None
    """First and last day of the second term, where there are four to six."""
    term_3: Annotated[Days | None, Field(alias="term-3")] = None
    """First and last day of the third term, where there are four to six."""
    term_4: Annotated[Days | None, Field(alias="term-4")] = None
    """First and last day of the fourth term, where there are four to six."""
    term_5: Annotated[Days | None, Field(alias="term-5")] = None
    """First and last day of the fifth term, where there are four to six."""
    term_6: Annotated[Days | None, Field(alias="term-6")] = None
    """First and last day of the sixth term, where there are four to six."""
    autumn_1: Annotated[Days | None, Field(alias="autumn-1")] = None
    """First and last day of the first half of the autumn term, as a term of its own."""
    autumn_2: Annotated[Days | None, Field(alias="autumn-2")] = None
    """First and last day of the second half of the autumn term, as a term of its own."""
    spring_1: Annotated[Days | None, Field(alias="spring-1")] = None
    """First and last day of the first half of the spring term, as a term of its own."""
    spring_2: Annotated[Days | None, Field(alias="spring-2")] = None
    """First and last day of the second half of the spring term, as a term of its own."""
    summer_1: Annotated[Days | None, Field(alias="summer-1")] = None
    """First and last day of the first half of the summer term, as a term of its own."""
    summer_2: Annotated[Days | None, Field(alias="summer-2")] = None
    """First and last day of the second half of the summer term, as a term of its own."""
    closed: tuple[Days, ...] = ()
    """Half terms and other days without school, each as [first, last]: [[2025-10-27, 2025-10-31]]."""

    @property
    def said(self) -> dict[str, Days]:
        """The terms that are stated, by name as in the file: autumn, term-1, autumn-1."""
        found = {name: getattr(self, name.replace("-", "_")) for names in TERM_NAMES for name in names}
        return {name: days for name, days in found.items() if days is not None}


MOST_LETTERS_OF_PLACES = 50_000
"""In all patterns of paths together, each counted with LETTERS_OF_A_PLACE more for what it takes to look at one."""
LETTERS_OF_A_PLACE = 20


@entry
class Check:
    """Which findings the workspace wants to see."""

    select: tuple[Selector, ...] = ()
    """Codes of the rules that run, such as CK3 for all that start so; every rule when left out."""
    ignore: tuple[Selector, ...] = ()
    """Codes of the rules that do not run."""
    severity: dict[Selector, Severity] = field(default_factory=dict)
    """Another severity for a rule, by its code: error, warning or info."""
    paths: dict[str, tuple[Selector, ...]] = field(default_factory=dict)
    """Codes that do not count in some files, by their path or a pattern of it."""

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """The `paths` that are gone by: the first of them, as every file is held against each."""
        kept: dict[str, tuple[str, ...]] = {}
        left = MOST_LETTERS_OF_PLACES
        for path, codes in self.paths.items():
            left -= len(path) + LETTERS_OF_A_PLACE
            if left < 0:
                break
            kept[path] = codes
        return kept


@entry
class Waiver:
    """An entry of a rule pack that does not hold here, and why."""

    entry: Id
    """The id of the rule pack's entry."""
    reason: str
    """Why it does not hold here."""
    school: Id | None = None
    """The school for which it does not hold, by its folder; all when left out."""
    by: str | None = None
    """Who decided so, by name or role."""
    until: PartialDate | None = None
    """The last day of it: after that the entry holds again."""


@entry
class Meeting:
    """When a body meets that approves policies."""

    body: str
    """The body, as policies name their approver."""
    date: PartialDate
    """The day of the meeting."""


@entry
class Issuer:
    """Who issues certificates, and with which key; the private half of the key is in no workspace."""

    id: Did
    """did:web: and the website's name, such as did:web:charter.example.gov.uk, or did:key: and a public key."""
    name: str
    """The issuer's name, as it stands on certificates."""
    url: str | None = None
    """The issuer's web address."""
    key: str | None = None
    """The id of the key that signs, as `charterkit keys list` shows it."""
    status: str | None = None
    """The web address of the folder with the status lists; status/ of the website when left out."""
    prefix: str | None = None
    """What numbers of certificates begin with, such as CE."""
    signatories: tuple[Person, ...] = ()
    """Who signs the certificate on paper, by name and role."""


def new_workspace_id() -> str:
    """An id that no other workspace has."""
    from uuid import uuid4  # noqa: PLC0415 - only where one is made

    return str(uuid4())


class Config(Model):
    """The workspace's settings."""

    MAY_BE_EMPTY: ClassVar = True
    """An empty file says where the workspace is, which is enough."""

    id: Id | None = None
    """What tells this workspace from every other one: made by `charterkit init`, and part of what calendars know."""
    organisation: str | None = None
    """The school, trust or authority whose workspace this is."""
    language: Language | None = None
    """The language documents are written in, such as en."""
    charter: Id | None = None
    """The default charter's id."""
    examples: tuple[Id, ...] = ()
    """Made-up schools to try things on, by their folders: they count only where they are named."""
    reminders: Reminders | None = None
    """When people are reminded."""
    terms: dict[str, SchoolYear] = Field(default_factory=dict)
    """Each academic year's terms, by the year: 2025-26: {autumn: [2025-09-01, 2025-12-19]}."""
    logo: str | None = None
    """A picture for the poster: PNG, JPEG or SVG, a file in the workspace of at most 2 MB."""
    colours: dict[str, Colour] = Field(default_factory=dict)
    """accent: the organisation's own colour, for the poster; else other colours for the levels, by the level's id."""
    check: Check | None = None
    """Which findings the workspace wants to see."""
    packs: tuple[str, ...] = ()
    """Rule packs that say which policies there must be."""
    issuer: Issuer | None = None
    """Who issues certificates; left out where none are issued."""
    meetings: tuple[Meeting, ...] = ()
    """When the bodies meet that approve policies."""
    waivers: tuple[Waiver, ...] = ()
    """Entries of rule packs that do not hold here, and why."""
