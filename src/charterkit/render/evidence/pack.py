"""The pack for a visit: a cover, a part a key point, and where each piece of evidence is found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from charterkit.files.attachments import on_disk
from charterkit.files.evidence_files import safe_name
from charterkit.files.workspace import Workspace
from charterkit.insight.evidence.index import AspectEvidence, Flag, IndexedPiece
from charterkit.insight.written import foreign
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evidence
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.evidence.document import Gathered, gathered
from charterkit.render.evidence.words import FLAGS, kinds_said
from charterkit.render.report.aspects import AspectView, aspect_views
from charterkit.render.report.evidence import evidence_lines, what_became
from charterkit.render.shared.audience import audience
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import NOT_RATED, Badge, badges
from charterkit.render.shared.movement import is_draft
from charterkit.render.shared.untranslated import untranslated
from charterkit.render.shared.voice import Voice
from charterkit.text.english import counted, sentence

TEMPLATE = "evidence-pack.typ"
INDEX = "index.html"
FILES = "files"


@dataclass(frozen=True, slots=True)
class PackItem:
    """A piece of evidence and where the visitor finds it. `href` leads there from the page, `link` on the web."""

    kind: str
    text: str
    where: str
    href: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackAspect:
    """An aspect as the school sees it."""

    title: str
    badge: Badge
    strengths: str
    note: str
    items: tuple[PackItem, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class PackPoint:
    """A key point and its aspects."""

    title: str
    aspects: tuple[PackAspect, ...]


@dataclass(frozen=True, slots=True)
class PackSurvey:
    """A survey's totals, a line a question."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackPicture:
    """A picture among the evidence; `file` is the name that typst calls it by."""

    title: str
    file: str


@dataclass(frozen=True, slots=True)
class PackView:
    """What the pack says."""

    school: str
    charter: str
    version: str
    cycle: str
    status: str
    lead: tuple[str, ...]
    points: tuple[PackPoint, ...]
    surveys: tuple[PackSurvey, ...]
    scale: tuple[Badge, ...]
    charter_lang: str
    made: str
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """The texts of a partly translated charter that are as they were written, each with the tag of its language."""
    pictures: tuple[PackPicture, ...] = ()
    """On paper, pictures among the evidence, which stand at its end."""

    def in_one_file(self, told: Mapping[str, str], pictures: Sequence[PackPicture]) -> "PackView":
        """The same where no folder goes with it: by its path in the pack, where each file is found instead."""

        def moved(item: PackItem) -> PackItem:
            return replace(item, where=item.where.replace(item.href, told[item.href]), href="") if item.href else item

        points = tuple(
            replace(
                point,
                aspects=tuple(replace(each, items=tuple(moved(item) for item in each.items)) for each in point.aspects),
            )
            for point in self.points
        )
        return replace(self, points=points, pictures=tuple(pictures))


@dataclass(frozen=True, slots=True)
class PackSource:
    """A file of the school's folder that goes into the pack: its path there, and its path in the pack."""

    path: str
    packed: str


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """The pack's words, and the files that go with them."""

    view: PackView
    folder: str
    files: tuple[PackSource, ...]


def evidence_pack(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    cycle: Cycle | None = None,
    sized: Callable[[str, Sequence[str]], None] | None = None,
) -> EvidencePack:
    """What a visitor is shown of one self-evaluation, as far as the leaders' report shows it; `sized` as `gathered`."""
    found = gathered(workspace, today, voice, school=school, charter=charter, cycle=cycle, sized=sized)
    files = _files(found)
    return EvidencePack(_view(found, files, today), found.folder.path, tuple(files.values()))


def pack_paper(view: PackView, today: date, pictures: Mapping[str, bytes] | None = None) -> Paper:
    """The pack's own pages as a tagged PDF; `pictures` are what the view's pictures show, by their names."""
    title = f"{view.school}: evidence for a visit"
    return paper(TEMPLATE, view, title=title, author=view.school, when=today, files=pictures)


def _files(found: Gathered) -> dict[str, PackSource]:
    """Each file that is there once, by its path, under a name that every computer can have."""
    made: dict[str, PackSource] = {}
    taken: set[str] = set()
    root = found.folder.workspace.root / found.folder.path
    for piece in (piece for each in found.index for piece in each.current):
        path = piece.evidence.path
        if not path or path in made or {Flag.MISSING, Flag.OUTSIDE} & set(piece.flags):
            continue
        name = safe_name(path.rsplit("/", 1)[-1])
        stem, dot, ending = name.partition(".")
        number = 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}{dot}{ending}"
        taken.add(name)
        made[path] = PackSource(on_disk(root, path), f"{FILES}/{name}")
    return made


def _view(found: Gathered, files: Mapping[str, PackSource], today: date) -> PackView:
    evaluation, folder = found.evaluation, found.folder
    leaders = audience("leaders")
    views = aspect_views(evaluation, leaders, found.known, None, what_became(folder, found.attachments))
    points: dict[str, list[PackAspect]] = {}
    for each in found.index:
        point = _heading(found, each)
        points.setdefault(point, []).append(_aspect(found, each, views.get(each.aspect), files))
    many = sum(len(aspect.items) for aspects in points.values() for aspect in aspects)
    return PackView(
        folder.school.name,
        evaluation.charter.title,
        evaluation.charter.version,
        evaluation.cycle.spoken,
        "Draft" if is_draft(evaluation) else "Agreed",
        _lead(many, len(files)),
        tuple(PackPoint(title, tuple(aspects)) for title, aspects in points.items()),
        _surveys(found),
        tuple(badges(evaluation.charter).values()),
        foreign(evaluation.charter, folder.workspace),
        PartialDate.of(today).spoken,
        untranslated(folder.workspace, evaluation.charter),
    )


def _heading(found: Gathered, each: AspectEvidence) -> str:
    point = found.evaluation.charter.key_point_of.get(each.aspect)
    return with_number(point.number, point.title) if point else "Key points and the whole"


def _lead(many: int, files: int) -> tuple[str, ...]:
    return (
        sentence(f"{counted(many, 'piece')} of evidence, {counted(files, 'file')} among them"),
        "The levels and the words are the school’s own. Links are listed as they are; nobody has followed them.",
    )


def _aspect(
    found: Gathered, each: AspectEvidence, view: AspectView | None, files: Mapping[str, PackSource]
) -> PackAspect:
    entry = each.standing.entry
    known = badges(found.evaluation.charter)
    badge = view.badge if view else known[each.standing.level.id] if each.standing.level else NOT_RATED
    return PackAspect(
        with_number(each.number, each.title),
        badge,
        (entry.strengths or "") if entry else "",
        (entry.note or "") if entry else "",
        tuple(_item(piece, found, files) for piece in each.current),
        sentence(f"Nothing here of what the charter asks for: {kinds_said(each.kinds_missing)}")
        if each.kinds_missing
        else "",
    )


def _item(piece: IndexedPiece, found: Gathered, files: Mapping[str, PackSource]) -> PackItem:
    evidence = piece.evidence
    lines = evidence_lines((evidence,), found.known, audience("leaders"))
    line = lines[0]
    packed = files.get(evidence.path or "")
    return PackItem(line.kind, line.text, _where(piece, packed), packed.packed if packed else "", line.link, line.note)


_WHERE = {
    "document": "Ask the school for it",
    "link": "On the web",
    "survey": "Under Survey results",
    "walkthrough": "On the walk round the school",
    "observation": "In practice, on the day",
    "conversation": "In conversation, on the day",
}


def _where(piece: IndexedPiece, packed: PackSource | None) -> str:
    """Where it is found, and what is wrong with it."""
    wrong = [FLAGS[flag].lower() for flag in piece.flags if flag is not Flag.NOT_LOOKED_AT]
    where = packed.packed if packed else _WHERE[piece.evidence.kind]
    if piece.evidence.path and packed is None:
        where = _WHERE["document"]
    return f"{where} ({'; '.join(wrong)})" if wrong else where


def _surveys(found: Gathered) -> tuple[PackSurvey, ...]:
    """The totals of each survey that is named, once."""
    named = dict.fromkeys(
        piece.evidence.survey for each in found.index for piece in each.current if piece.evidence.survey in found.known
    )
    return tuple(_survey(name, found.known) for name in named if name)


def _survey(name: str, known: Mapping[str, Survey]) -> PackSurvey:
    survey = known[name]
    asked = [Evidence(kind="survey", survey=name, question=question.id) for question in survey.questions]
    lines: Sequence[str] = [line.text for line in evidence_lines(tuple(asked), known, audience("leaders"))]
    when = f", {survey.date.spoken}" if survey.date else ""
    return PackSurvey(f"{survey.title}{when}", tuple(lines))
