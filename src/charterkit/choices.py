"""The words of every choice, once: the models, `--help` and its completion, the rules and the documentation read these.

Nothing is imported that takes time, as `--help` is not to wait for the models. A choice that a file holds is a Literal,
which Pydantic reads, and the tuple of its words, in the order in which people are shown them.
"""

from enum import StrEnum
from typing import Literal, get_args

# -- charters and their translations

CharterStatus = Literal["draft", "published", "withdrawn"]
DutyProof = Literal["self-evaluation", "poster"]
"""What shows by itself that a duty of the sign-up is done: an agreed self-evaluation, the poster on the site."""
EvidenceKind = Literal["survey", "document", "link", "walkthrough", "observation", "conversation"]
"""Where a visitor looks: on paper, on screen and in practice (seed 000_4933e61a53b8f2c3.txt)."""
EVIDENCE_KINDS: tuple[EvidenceKind, ...] = get_args(EvidenceKind)
RatedParts = Literal["aspects", "key-points", "both"]
"""What an evaluation gives a level to."""
TranslationStatus = Literal["draft", "checked"]
TranslationPart = Literal["poster", "form", "aspects", "guidance", "pledge"]
"""What may be translated by itself: the poster's words; the form's and the levels'; what is rated; what is written of
it besides, such as what each level looks like; what is signed."""
TRANSLATION_PARTS: tuple[TranslationPart, ...] = get_args(TranslationPart)

# -- organisations

OrganisationKind = Literal["school", "trust", "local-authority"]
Phase = Literal["nursery", "primary", "secondary", "all-through", "special", "pupil-referral-unit", "sixth-form"]
PHASES: tuple[Phase, ...] = get_args(Phase)
SchoolType = Literal["maintained", "academy"]
TYPES: tuple[SchoolType, ...] = get_args(SchoolType)
"""Who runs it: a local authority, or an academy trust; free schools are academies (Academies Act 2010, section 1)."""
Nation = Literal["england", "wales", "scotland", "northern-ireland"]
"""Whose bank holidays there are."""
Term = Literal["autumn", "spring", "summer"]
TERMS: tuple[Term, ...] = get_args(Term)
MonthWord = Literal[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_WORDS: tuple[MonthWord, ...] = get_args(MonthWord)
TERM_NAMES: tuple[tuple[str, ...], ...] = (
    TERMS,
    tuple(f"term-{number}" for number in range(1, 7)),
    tuple(f"{term}-{number}" for term in TERMS for number in (1, 2)),
)
"""The ways in which a year's terms are named: three of them, numbered ones, or halves that count as terms."""

# -- evaluations, visits, surveys

EvaluationStatus = Literal["draft", "agreed"]
ActionStatus = Literal["planned", "in-progress", "done", "dropped"]
ACTION_STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)
OPEN_STATUSES: tuple[ActionStatus, ...] = ("planned", "in-progress")
CLOSED_STATUSES: tuple[ActionStatus, ...] = ("done", "dropped")
ACTION_STATES = ("open", "overdue", "planned", "in-progress", "done", "dropped", "all")
"""Which actions are listed: those that are open, or of these or the others some."""
ACTION_ORDERS = ("due", "owner", "aspect", "state", "school")
CONCERN_STATES = ("open", "closed", "all")
CONCERN_ORDERS = ("state", "policy", "category")
VisitPurpose = Literal["support", "certification"]
VISIT_PURPOSES: tuple[VisitPurpose, ...] = get_args(VisitPurpose)
VisitOutcome = Literal["met", "not-yet"]
VISIT_OUTCOMES: tuple[VisitOutcome, ...] = get_args(VisitOutcome)
SurveyAudience = Literal["parents", "pupils", "staff", "community"]
SURVEY_AUDIENCES: tuple[SurveyAudience, ...] = get_args(SurveyAudience)
"""Who was asked."""

GroupedBy = Literal["trust", "local-authority", "phase", "school", "group"]
GROUPED_BY: tuple[GroupedBy, ...] = get_args(GroupedBy)
"""What schools are put together by in an overview; group is the focus groups of the charter."""
# -- tables for other programs

EXPORT_FORMATS = ("parquet", "csv", "xlsx", "duckdb")

# -- policies and rule packs

PolicyStatus = Literal["draft", "live", "under-review", "archived"]
POLICY_STATUSES: tuple[PolicyStatus, ...] = get_args(PolicyStatus)
Approver = Literal[
    "full-governing-body",
    "committee",
    "individual-governor",
    "headteacher",
    "trustees",
    "proprietor",
    "local-authority",
]
APPROVERS: tuple[Approver, ...] = get_args(Approver)
PolicyField = Literal[
    "owner",
    "approver",
    "operated-by",
    "monitored-by",
    "statutory",
    "requirement",
    "every",
    "early-if",
    "next",
    "applies-to",
    "related",
    "url",
    "visibility",
]
POLICY_FIELDS: tuple[PolicyField, ...] = get_args(PolicyField)
"""What of a policy's file can be said, and taken out again, one by one."""
PolicyEventKind = Literal[
    "drafted", "consulted", "reviewed", "approved", "ratified", "issued", "published", "signed", "withdrawn"
]
DECISIONS: tuple[PolicyEventKind, ...] = ("approved", "ratified", "signed")
"""The events by which a policy, or a new version of it, comes into force."""
Audience = Literal["parents", "pupils", "staff", "community", "governors"]
"""To whom something is promised."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
FAMILIES: tuple[Audience, ...] = ("parents", "pupils", "community")
"""The audiences whose promises, and whose surveys' outcomes, are told to everybody."""
Visibility = Literal["public", "parents", "staff", "governors"]
"""Who may read a policy where it is published."""
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)
RequirementLevel = Literal["school", "trust"]
IntervalUnit = Literal["year", "month", "week", "day", "live", "as needed"]


class ReviewState(StrEnum):
    """How a policy stands with its next review."""

    OVERDUE = "overdue"
    WAITING = "waiting"
    """Reviewed, and the body that decides has yet to."""
    DUE = "due"
    OK = "ok"
    UNKNOWN = "unknown"


REVIEW_STATES = tuple(state.value for state in ReviewState)

# -- reminders and the calendar

ReminderKind = Literal[
    "review",
    "decision",
    "monitoring",
    "action",
    "target",
    "duty",
    "evaluation",
    "visit",
    "certificate",
    "commitment",
]
"""What there are reminders of, in the order in which they stand on one day."""
REMINDER_KINDS: tuple[ReminderKind, ...] = get_args(ReminderKind)
REMINDER_ORDERS = ("date", "owner", "school")
CALENDAR_ORDERS = ("date", "aspect")
MailSecurity = Literal["starttls", "tls", "none"]
MAIL_SECURITIES: tuple[MailSecurity, ...] = get_args(MailSecurity)

# -- documents and findings

ReportAudience = Literal["leaders", "governors", "public"]
"""Who reads a report."""
REPORT_AUDIENCES: tuple[ReportAudience, ...] = get_args(ReportAudience)
PaperSize = Literal["A4", "A3"]
PAPER_SIZES: tuple[PaperSize, ...] = get_args(PaperSize)
FILE_KINDS = (
    "charter",
    "translation",
    "school",
    "evaluation",
    "policy",
    "visit",
    "survey",
    "adoption",
    "pack",
    "config",
)
"""The kinds of files, by the word people call them."""


class Severity(StrEnum):
    """How much a finding matters: wrong or unreadable data, something missing or overdue, or worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ColorChoice(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"
