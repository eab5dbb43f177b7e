"""The table of documents: what each is made of, and what makes each of its formats.

A new format of a document is one line here; a new document is a folder in render/ and its lines here. Commands,
`--format` and its completion, the endings of files and the tests over all documents read this table. Everything in it
is named, not imported, so that nothing is loaded before it is used: "render.report.view:report_paper" is the function
`report_paper` of `charterkit.render.report.view`, and "report.md.j2" is a template.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from charterkit.records import dataclass

ENDINGS = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    ".txt": "table",
    ".ics": "ics",
    ".pdf": "pdf",
    ".png": "png",
    ".svg": "svg",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".docx": "docx",
    ".eml": "eml",
}
"""What the end of a file's name says of its format."""
DATA = ("json", "csv")
"""Formats for other programs, which are in no language."""
NOT_TEXT = {
    "pdf": "PDF",
    "png": "PNG",
    "svg": "SVG",
    "xlsx": "workbook",
    "parquet": "Parquet file",
    "docx": "Word document",
}
"""Formats that no terminal can show, and what a person calls them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a format may need beside its document: the day, the workspace with its templates, the columns there are."""

    today: date
    root: Path | None
    columns: int = 80


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a format: a template, or a function and what it takes of the place.

    Either gets the part `of` the document's content, the whole where that is empty; with "*" the part holds all that a
    function takes, by name. What comes out is a text, bytes, a Paper, something for rich to print, or letters, which
    are no one file.
    """

    maker: str
    gives: Literal["text", "bytes", "paper", "table", "letters"] = "text"
    takes: Literal["", "*", "today", "root", "columns"] = ""
    of: str = "view"

    def made(self, content: object, place: Place) -> Any:  # noqa: ANN401 - as `gives` says
        """The format of a document whose content was made before."""
        part: Any = getattr(content, self.of) if self.of else content
        if self.maker.endswith(".j2"):
            return named("render.engine.environment:render")(self.maker, part, place.root)
        maker = named(self.maker)
        if self.takes == "*":
            return maker(**part)
        return maker(part, getattr(place, self.takes)) if self.takes else maker(part)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """What gathers a document's content, the name that a hint gives its file, and its formats, the usual one first.

    The function takes the workspace, the day, a Voice that hears what there is to say, and the document's own options.
    """

    maker: str
    file: str
    formats: Mapping[str, Recipe]
    speaks: bool = False
    """Whether all its words are in the catalogues, so that it can be made in another language than English."""

    @property
    def usual(self) -> str:
        """The format that is made where no other is asked for."""
        return next(iter(self.formats))

    def content(self, workspace: object, today: date, voice: object, /, **options: object) -> Any:  # noqa: ANN401 - each its own
        """What all its formats are made of. Raises CharterkitError where there is nothing to make it of."""
        return named(self.maker)(workspace, today, voice, **options)


def named(name: str) -> Any:  # noqa: ANN401 - whatever it is
    """What a name of the table stands for."""
    module, _, inside = name.partition(":")
    return getattr(import_module(f"charterkit.{module}"), inside)


def _table(name: str, of: str = "view") -> Recipe:
    """A function of the view and how many columns there are."""
    return Recipe(name, "table", "columns", of)


def _paper(name: str, of: str = "view") -> Recipe:
    """A function of the view and the day; a Paper says what no font has."""
    return Recipe(name, "paper", "today", of)


_JSON = Recipe("render.shared.table:json_text", of="data")
_ROWS = Recipe("render.listings.listed:listed_csv", of="")
_SHEET = _paper("render.shared.workbook:sheet_xlsx", of="sheet")
_LISTING = {
    "table": _table("render.listings.terminal:renderable"),
    "markdown": Recipe("listing.md.j2"),
    "html": Recipe("listing.html.j2"),
    "pdf": _paper("render.listings.listing:listing_paper"),
}

DOCUMENTS: dict[str, DocumentType] = {
    "report": DocumentType(
        "render.report.document:report",
        "report",
        {
            "markdown": Recipe("report.md.j2"),
            "html": Recipe("report.html.j2"),
            "pdf": _paper("render.report.view:report_paper"),
            "docx": _paper("render.report.word:report_docx"),
            "json": _JSON,
        },
        speaks=True,
    ),
    "report for governors": DocumentType(
        "render.report.document:report_for_governors",
        "report",
        {
            "markdown": Recipe("report-governors.md.j2"),
            "html": Recipe("report-governors.html.j2"),
            "pdf": _paper("render.report.view:report_paper"),
            "docx": _paper("render.report.word:report_docx"),
            "json": _JSON,
        },
        speaks=True,
    ),
    "report for families": DocumentType(
        "render.report.document:report_for_families",
        "report",
        {
            "markdown": Recipe("report-public.md.j2"),
            "html": Recipe("report-public.html.j2"),
            "pdf": _paper("render.report.view:report_paper"),
            "json": _JSON,
        },
        speaks=True,
    ),
    "comparison": DocumentType(
        "render.comparison.document:comparison",
        "comparison",
        {
            "table": Recipe("render.comparison.terminal:compare_renderable", "table"),
            "markdown": Recipe("compare.md.j2"),
            "html": Recipe("compare.html.j2"),
            "pdf": _paper("render.comparison.view:compare_paper"),
            "json": _JSON,
            "csv": Recipe("render.comparison.data:compare_csv"),
            "xlsx": _SHEET,
        },
        speaks=True,
    ),
    "every cycle": DocumentType(
        "render.comparison.document:every_cycle",
        "comparison",
        {
            "table": Recipe("render.comparison.terminal:all_cycles_renderable", "table"),
            "markdown": Recipe("compare-all.md.j2"),
            "html": Recipe("compare-all.html.j2"),
            "pdf": _paper("render.comparison.all_cycles:all_cycles_paper"),
            "json": _JSON,
            "csv": Recipe("render.comparison.all_cycles:all_cycles_csv"),
            "xlsx": _SHEET,
        },
        speaks=True,
    ),
    "revisions": DocumentType(
        "render.comparison.revisions_document:revisions",
        "comparison",
        {
            "table": Recipe("render.comparison.revisions:as_text"),
            "markdown": Recipe("render.comparison.revisions:as_markdown"),
            "json": _JSON,
        },
    ),
    "overview": DocumentType(
        "render.overview.document:many_schools",
        "overview",
        {
            "table": _table("render.overview.terminal:overview_renderable"),
            "markdown": Recipe("overview.md.j2"),
            "html": Recipe("overview.html.j2", of="page"),
            "pdf": _paper("render.overview.view:overview_paper"),
            "docx": _paper("render.overview.word:overview_docx"),
            "json": _JSON,
            "csv": Recipe("render.overview.data:overview_csv", of="overview"),
            "xlsx": _paper("render.shared.workbook:book_xlsx", of="sheets"),
            "parquet": _paper("render.overview.parquet:overview_parquet", of="overview"),
        },
    ),
    "actions": DocumentType(
        "render.actions.document:action_plan",
        "actions",
        {
            **_LISTING,
            "table": _table("render.listings.terminal:renderable", "screen"),
            "csv": _ROWS,
            "json": _JSON,
            "xlsx": _SHEET,
        },
    ),
    "evidence": DocumentType(
        "render.evidence.document:evidence_listed", "evidence", {**_LISTING, "csv": _ROWS, "json": _JSON}
    ),
    "evidence pack": DocumentType(
        "render.evidence.pack:evidence_pack",
        "evidence",
        {"html": Recipe("evidence-pack.html.j2"), "pdf": _paper("render.evidence.pack:pack_paper")},
    ),
    "ready": DocumentType("render.readiness.document:school_readiness", "ready", {**_LISTING, "json": _JSON}),
    "form": DocumentType(
        "render.form.document:form_to_fill",
        "form",
        {
            "html": Recipe("render.form.pages:form_html", takes="root"),
            "pdf": _paper("render.form.pages:form_pdf"),
            "xlsx": _paper("render.form.workbook:form_xlsx"),
        },
    ),
    "poster": DocumentType(
        "render.poster.document:poster_to_hang",
        "poster",
        {
            "html": Recipe("render.poster.pages:poster_html", takes="root", of=""),
            "pdf": Recipe("render.poster.pages:poster_pdf", "bytes", "today", of=""),
            "png": Recipe("render.poster.pages:poster_png", "bytes", "today", of=""),
        },
    ),
    "certificate": DocumentType(
        "render.certificate.document:certificate_to_show",
        "certificate",
        {
            "table": Recipe("render.certificate.pages:certificate_text"),
            "html": Recipe("render.certificate.pages:certificate_html", takes="root", of=""),
            "pdf": Recipe("render.certificate.pages:certificate_pdf", "bytes", "today", of=""),
            "png": Recipe("render.certificate.pages:certificate_png", "bytes", "today", of=""),
            "svg": Recipe("render.certificate.pages:certificate_svg", "bytes", "today", of=""),
            "json": Recipe("render.certificate.pages:certificate_json", of=""),
        },
        speaks=True,
    ),
    "register": DocumentType(
        "render.listings.documents:whole_register",
        "register",
        {**_LISTING, "csv": _ROWS, "json": _JSON, "xlsx": _SHEET},
    ),
    "gaps": DocumentType(
        "render.listings.documents:missing", "gaps", {**_LISTING, "csv": _ROWS, "json": _JSON, "xlsx": _SHEET}
    ),
    "concerns": DocumentType(
        "render.listings.concerns:concerns_listed",
        "concerns",
        {**_LISTING, "csv": _ROWS, "json": _JSON, "xlsx": _SHEET},
    ),
    "policy": DocumentType(
        "render.policy.document:policy",
        "policy",
        {
            "table": _table("render.policy.terminal:policy_renderable"),
            "markdown": Recipe("policy.md.j2"),
            "html": Recipe("policy.html.j2"),
            "pdf": _paper("render.policy.document:policy_sheet", of=""),
            "json": _JSON,
        },
    ),
    "policy for families": DocumentType(
        "render.policy.document:policy_for_families",
        "policy",
        {
            "html": Recipe("policy.html.j2"),
            "markdown": Recipe("policy.md.j2"),
            "pdf": _paper("render.policy.document:policy_sheet", of=""),
        },
    ),
    "survey": DocumentType(
        "render.survey.document:survey",
        "survey",
        {
            "table": _table("render.survey.terminal:survey_renderable"),
            "markdown": Recipe("survey.md.j2"),
            "html": Recipe("survey.html.j2"),
            "pdf": _paper("render.survey.document:survey_paper"),
            "json": _JSON,
            "csv": _ROWS,
        },
    ),
    "promises": DocumentType(
        "render.promises.document:promises_of_year",
        "planner",
        {
            "table": _table("render.listings.terminal:renderable", "listing"),
            "markdown": Recipe("listing.md.j2", of="listing"),
            "html": Recipe("planner.html.j2"),
            "pdf": _paper("render.promises.planner:planner_paper"),
            "json": _JSON,
            "csv": _ROWS,
            "xlsx": _SHEET,
            "ics": Recipe("exchange.promises:promises_calendar", "bytes", "*", "calendar"),
        },
    ),
    "promises by aspect": DocumentType(
        "render.promises.document:promises_by_aspect",
        "planner",
        {**_LISTING, "json": _JSON, "csv": _ROWS, "xlsx": _SHEET},
    ),
    "due": DocumentType(
        "render.listings.due:due",
        "due",
        {
            **_LISTING,
            "json": _JSON,
            "csv": _ROWS,
            "xlsx": _SHEET,
            "ics": Recipe("exchange.reminders:reminders_calendar", "bytes", "*", "calendar"),
            "email": Recipe("exchange.mail:message", "letters", of="letters"),
        },
    ),
    "own words": DocumentType(
        "render.listings.own_words:own_words",
        "own-words",
        {**{name: made for name, made in _LISTING.items() if name != "pdf"}, "csv": _ROWS, "json": _JSON},
    ),
    "agenda": DocumentType(
        "render.listings.agenda:meeting_agenda",
        "agenda",
        {
            **_LISTING,
            "docx": _paper("render.listings.agenda:agenda_docx"),
            "eml": Recipe("render.listings.agenda:agenda_eml", of=""),
            "csv": _ROWS,
            "json": _JSON,
        },
    ),
    "visits": DocumentType("render.visits.log:all_visits", "visits", {**_LISTING, "csv": _ROWS, "json": _JSON}),
    "visit": DocumentType("render.visits.shown:visit_page", "visit", {**_LISTING, "json": _JSON}),
    "visit request": DocumentType(
        "render.visits.request:visit_request",
        "visit-request",
        {
            "markdown": Recipe("letter.md.j2"),
            "html": Recipe("letter.html.j2"),
            "docx": _paper("render.visits.request:request_docx"),
            "pdf": _paper("render.visits.request:request_paper"),
            "eml": Recipe("render.visits.request:request_eml", of=""),
        },
    ),
    "best practice": DocumentType(
        "render.practice.document:best_practice", "best-practice", {**_LISTING, "csv": _ROWS, "json": _JSON}
    ),
    "proposed examples": DocumentType(
        "render.practice.proposals:proposed_examples", "examples", {**_LISTING, "csv": _ROWS, "json": _JSON}
    ),
    "charter versions": DocumentType(
        "render.charter_diff.document:charter_versions", "charter-diff", {**_LISTING, "csv": _ROWS, "json": _JSON}
    ),
    "translations": DocumentType(
        "render.listings.documents:every_language", "translations", {**_LISTING, "csv": _ROWS, "json": _JSON}
    ),
}
"""Each document by its name."""
