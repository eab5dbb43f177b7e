"""The letter that asks for a certification visit: on which days, how the school stands, and what there is to see."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from charterkit.errors import NotThere
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.addresses import is_address
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, asked_of
from charterkit.insight.readiness.missing import AspectReadiness, Readiness, readiness_for
from charterkit.insight.readiness.words import all_said
from charterkit.insight.visits.choosing import open_request
from charterkit.model.charter import Contact, KeyPoint
from charterkit.model.visit import Visit
from charterkit.records import dataclass
from charterkit.render.engine.environment import render
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.engine.word import Lines, WordDocument
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.report.evidence import KINDS
from charterkit.render.shared.voice import Voice
from charterkit.text.english import alternatives, counted, joined, number, plural, sentence
from charterkit.text.safe import in_header, one_line, visible

_COLUMNS = (
    Column("Key point", share=26),
    Column("At the mark", share=14),
    Column("Below the mark", share=36),
    Column("What there is to look at", share=24),
)


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """A letter as it is folded into an envelope: from whom, to whom, when, about what, and who signs it."""

    sender: tuple[str, ...]
    to: tuple[str, ...]
    date: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    table: Listing
    """How the school stands, with a sentence above it."""
    closing: tuple[str, ...]
    valediction: str
    signature: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the file says that it is."""
        return f"{self.sender[0]}: request for a certification visit"


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """A request for a visit, and how the school stands today."""

    folder: SchoolFolder
    visit: Visit
    ready: Readiness
    today: date

    @property
    def view(self) -> "RequestLetter":
        """The letter."""
        return _letter(self)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """To whom it goes."""
        return self.ready.charter.contacts


def visit_request(
    workspace: Workspace, today: date, voice: Voice, *, school: str | None = None, charter: str | None = None
) -> VisitRequest:
    """The letter of a school's open request. Raises NotThere where none has been recorded."""
    folder = workspace.choose_school(school)
    chosen = charter_for(workspace, folder, charter)
    document = open_request(folder, chosen.id)
    if document is None or document.model is None:
        raise NotThere("no-request", name=folder.school.name, slug=folder.slug)
    found = workspace.charters.get((chosen.id, document.model.charter_version or chosen.version))
    its = asked_of(folder, (found.model if found else None) or chosen)
    if not its.contacts:
        voice.warn(f"The charter names no contacts: say in the file of {its.id} who answers for it, under 'contacts'.")
    return VisitRequest(folder, document.model, readiness_for(workspace, folder, its, today), today)


def _letter(request: VisitRequest) -> RequestLetter:
    charter, found, school = request.ready.charter, request.ready.found, request.folder.school
    rows = tuple(_row(point, place, request.ready, found) for place, point in enumerate(charter.key_points, 1))
    stands = Section("How we stand", rows, _stands(request.ready, found))
    names = [each.name for each in request.contacts if each.name]
    address = [line.strip() for line in (school.address or "").replace("\n", ",").split(",") if line.strip()]
    return RequestLetter(
        sender=(school.name, *address),
        to=tuple(", ".join(part for part in (each.name, each.role) if part) for each in request.contacts)
        or ("Whoever answers for the charter",),
        date=spoken(request.today),
        subject=f"Request for a certification visit: {charter.title}, version {charter.version}",
        salutation=f"Dear {joined(names)}," if names else "Dear colleague,",
        paragraphs=tuple(_paragraphs(request)),
        table=Listing("", school.name, (), _COLUMNS, (stands,), spoken(request.today)),
        closing=(
            "You are welcome to look at papers and survey results, to walk round, to watch, and to talk with anybody.",
            "We look forward to hearing from you.",
        ),
        valediction="Yours sincerely," if names else "Yours faithfully,",
        signature=(request.visit.requested_by, f"for {school.name}") if request.visit.requested_by else (school.name,),
    )


def _paragraphs(request: VisitRequest) -> Iterator[str]:
    visit = request.visit
    school, title = request.folder.school.name, request.ready.charter.title
    if request.ready.is_ready:
        yield f"{school} believes that it meets every aspect of the charter “{title}”, and asks you to come and see."
    else:
        yield f"{school} asks you to come and see how it meets the charter “{title}”."
        if visit.anyway:
            yield f"Not everything is there yet, as the table shows. We ask all the same: {sentence(visit.anyway)}"
    if visit.agreed_dates:
        yield f"We have agreed on {joined([when.spoken for when in visit.agreed_dates])}."
    elif visit.proposed_dates:
        days = alternatives([when.spoken for when in visit.proposed_dates])
        yield f"Any of these days would suit us: {days}." if len(visit.proposed_dates) > 1 else f"We propose {days}."
    else:
        yield "Please say which days would suit you."


def _stands(ready: Readiness, found: Evaluated | None) -> str:
    said = all_said([lack for lack in ready.school if lack.stops])
    if found is not None:
        of = [key for key, each in found.standings.items() if each.state is not RatingState.NOT_APPLICABLE]
        met = sum(found.is_met(key) for key in of)
        said.insert(
            0,
            f"By our self-evaluation of {found.cycle.spoken}, {number(met)} of {counted(len(of), 'aspect')} "
            f"{plural(met, 'is', 'are')} at the mark.",
        )
    return " ".join(said)


def _row(point: KeyPoint, place: int, ready: Readiness, found: Evaluated | None) -> tuple[Cell, ...]:
    aspects = [aspect for aspect in point.aspects if found is None or not _is_apart(found, aspect.id)]
    met = sum(found.is_met(aspect.id) for aspect in aspects) if found else 0
    lows = [
        f"{aspect.text.rstrip('.')}: {_low(each)}."
        for aspect in aspects
        if (each := ready.aspect(aspect.id)) and not each.is_met
    ]
    title = f"{point.number or f'{place}.'} {point.title}"
    return (
        Cell(title),
        Cell(f"{met} of {len(aspects)}", mark="◆" if lows else "●"),
        Cell(" ".join(lows) or "Nothing"),
        Cell(_seen(point, found)),
    )


def _low(each: AspectReadiness) -> str:
    """How an aspect stands that is not at the mark."""
    words = {RatingState.NOT_RATED: "not yet rated", RatingState.UNREADABLE: "its rating cannot be read"}
    return each.standing.level.label if each.standing.level else words.get(each.standing.state, "")


def _is_apart(found: Evaluated, aspect: str) -> bool:
    return aspect in found.standings and found.standings[aspect].state is RatingState.NOT_APPLICABLE


def _seen(point: KeyPoint, found: Evaluated | None) -> str:
    """How much of which kind the school names as evidence: "2 surveys, 1 document"."""
    many: dict[str, int] = {}
    for aspect in point.aspects:
        entry = found.standings[aspect.id].entry if found and aspect.id in found.standings else None
        for piece in entry.evidence if entry else ():
            many[piece.kind] = many.get(piece.kind, 0) + 1
    return ", ".join(f"{KINDS[kind]} ({count})" for kind, count in many.items()) or "Nothing is named yet"


# -- other forms of the letter


def request_paper(view: RequestLetter, today: date) -> Paper:
    """The letter as a tagged PDF. Raises CharterkitError where typst or a font is missing."""
    return paper("letter.typ", view, title=view.title, author=view.sender[0], when=today)


def request_docx(view: RequestLetter, today: date) -> Paper:
    """The letter for Word."""
    word = WordDocument(view.title, view.sender[0], today, view.subject)
    for lines in (view.sender, view.to, (view.date,)):
        for line in lines:
            word.line(line)
        word.line("")
    word.line(view.salutation)
    word.heading(1, view.subject)
    for line in view.paragraphs:
        word.line(line)
    for section in view.table.sections:
        word.heading(2, section.heading)
        word.line(section.sentence)
        rows: list[list[Lines]] = [[cell.plain for cell in row] for row in section.rows]
        columns = view.table.columns
        word.table(section.heading, [each.share for each in columns], [each.heading for each in columns], rows)
    for line in (*view.closing, view.valediction, "", "", *view.signature):
        word.line(line)
    return word.paper()


def request_eml(request: VisitRequest) -> str:
    """The letter as an email that is still to be sent, from whoever opens it.

    Raises NotThere where no contact of the charter has an address.
    """
    to = [
        Address(one_line(each.name or each.role or ""), addr_spec=each.email)
        for each in request.contacts
        if each.email and is_address(each.email)
    ]
    if not to:
        raise NotThere("no-contact-address", charter=request.ready.charter.id)
    view = request.view
    made = EmailMessage(policy=SMTP)
    made["Subject"] = in_header(view.subject)
    made["To"] = to
    made["Date"] = format_datetime(datetime.combine(request.today, time(8), UTC))
    made["X-Unsent"] = "1"  # what Outlook and Thunderbird take for a draft
    made.set_content(_plain(view), cte="quoted-printable")
    made.add_alternative(
        render("letter.html.j2", view, request.folder.workspace.root), subtype="html", cte="quoted-printable"
    )
    made.set_boundary("==charterkit-request==")
    return made.as_string()


def _plain(view: RequestLetter) -> str:
    parts = [*view.sender, "", *view.to, "", view.date, "", view.salutation, "", view.subject, ""]
    for line in view.paragraphs:
        parts += [line, ""]
    for section in view.table.sections:
        parts += [section.heading, section.sentence, ""]
        for row in section.rows:
            parts += [
                f"{row[0].text} ({row[1].text})",
                f"Below the mark: {row[2].text}",
                f"To look at: {row[3].text}",
                "",
            ]
    for line in view.closing:
        parts += [line, ""]
    return visible("\n".join([*parts, view.valediction, "", *view.signature]))
