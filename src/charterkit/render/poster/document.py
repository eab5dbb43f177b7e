"""What a poster is made of: a charter's key points, and of a school its name, logo, colour and web address."""

from datetime import date

from charterkit.errors import Missing, Refused
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import own_charter
from charterkit.model.charter import Charter
from charterkit.render.poster.view import Poster, poster
from charterkit.render.shared.voice import Voice


def poster_to_hang(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    charter: str | None = None,
    school: str | None = None,
    language: str | None = None,
    size: str = "A4",
    landscape: bool = False,
    qr: bool = False,
    address: str | None = None,
) -> Poster:
    """The poster of a charter, or a school's own; `qr` asks for a code of its website, `address` of another one."""
    folder = workspace.school(school) if school else None
    found = workspace.choose_charter(charter or (own_charter(workspace, folder) if folder else None))
    document = workspace.charters[found.id, found.version]
    demand_whole(document, "'charterkit check' says where.")
    if document.loaded.problems:
        voice.warn(f"Not all of {document.path} can be read: 'charterkit check' says where.")
    made = poster(
        workspace,
        found,
        folder,
        today=today,
        language=language,
        size=size,
        landscape=landscape,
        address=_website(folder) if qr and address is None else address,
    )
    for notice in made.notices:
        voice.warn(notice)
    return made


def _website(folder: SchoolFolder | None) -> str:
    """The school's own address for the QR code."""
    if folder is None:
        raise Refused("qr-needs-school")
    if not folder.school.website:
        raise Missing("no-website", name=folder.school.name, path=folder.document.path)
    return folder.school.website


def demand_whole(document: Document[Charter], remedy: str) -> None:
    """Raises CharterkitError where a part of a charter's file that its poster shows cannot be read."""
    loaded, charter = document.loaded, document.model
    is_lost = bool({"title", "key_points"} & loaded.broken) or ("key_points",) in loaded.gone
    if is_lost or charter is None or UNREADABLE in {point.title for point in charter.key_points}:
        raise Missing("poster-unreadable", path=document.path, remedy=remedy)
