"""The self-evaluation form: every aspect with its detail and examples, the levels to tick and room for ideas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.evaluated import RatingState
from charterkit.insight.evaluations.form_cycle import Before, Occasion
from charterkit.insight.written import written_in
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.dates import PartialDate
from charterkit.model.scale import bears, keyed
from charterkit.model.translation import Translation
from charterkit.render.form.plan import NEW_ROWS, FormAction, form_actions
from charterkit.render.poster.words import Speaker, Spoken, Wording, words
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.text.english import joined, plural


@dataclass(frozen=True, slots=True)
class FormLevel:
    """One level to tick: "A", "Amber" and what it means."""

    badge: Badge
    words: Wording
    meaning: Wording

    @property
    def option(self) -> str:
        """As the drop-down has it: "A Amber"."""
        return f"{self.badge.lead} {self.words.text}".lstrip()


@dataclass(frozen=True, slots=True)
class FormExample:
    """How another school does it. `school` is empty where it is not named."""

    text: str
    school: str


@dataclass(frozen=True, slots=True)
class FormLast:
    """What was said last time: a level or the state of having none, its words, and the ideas."""

    badge: Badge
    words: Wording
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormAspect:
    """One aspect to rate."""

    id: str
    words: Wording
    detail: Wording
    examples: tuple[FormExample, ...]
    last: FormLast | None


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One key point and its aspects."""

    number: int
    words: Wording
    aspects: tuple[FormAspect, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """Everything the form shows. `labels` are its own words by their keys without "form-".

    `school` and `cycle` are empty where they are to be filled in, `last_cycle` in a form without last time's answers.
    """

    size: str
    lang: str
    dir: str
    charter: Wording
    version: Wording
    charter_id: str
    charter_version: str
    school: str
    school_slug: str
    cycle: str
    cycle_spoken: str
    last_cycle: str
    marks: tuple[Wording, ...]
    levels: tuple[FormLevel, ...]
    points: tuple[FormPoint, ...]
    labels: dict[str, Wording]
    made: Wording
    origin: Wording
    """Where the charter's practice comes from, in one sentence of English."""
    is_compact: bool = False
    """One row an aspect and one column a level, without details and examples."""
    actions: tuple[FormAction, ...] = ()
    new_rows: int = NEW_ROWS
    source: Charter | None = None
    """The charter itself, where the workbook is to have it as a table too."""

    @property
    def title(self) -> str:
        """The document's title: "Self-evaluation form: Larkfield Primary School, 2025-26"."""
        about = ", ".join(part for part in (self.school, self.cycle_spoken) if part)
        return f"{self.labels['title'].text}: {about or self.charter.text}"


@dataclass(frozen=True, slots=True)
class Form:
    """A view, and what the person should know about it, in sentences."""

    view: FormView
    notices: tuple[str, ...] = ()


def form(
    folder: SchoolFolder | None,
    found: Occasion,
    *,
    today: date,
    translation: Translation | None = None,
    size: str = "A4",
    blank: bool = False,
    compact: bool = False,
) -> Form:
    """The form of a charter; with `folder`, a school's own, beside last time's answers unless it is to be `blank`."""
    charter = found.charter
    speaker = Speaker(charter, translation, written_in(charter, folder.workspace if folder else None))
    name = folder.school.name if folder else ""
    previous = None if blank else found.previous
    known = badges(previous.charter) if previous else {}
    points = enumerate(charter.key_points, 1)
    view = FormView(
        size=size,
        lang=speaker.lang,
        dir=speaker.dir,
        charter=speaker.title(),
        version=speaker.label("version", version=charter.version),
        charter_id=charter.id,
        charter_version=charter.version,
        school=" ".join(name.split()),
        school_slug=folder.slug if folder else "",
        cycle=str(found.cycle or ""),
        cycle_spoken=found.cycle.spoken if found.cycle else "",
        last_cycle=previous.cycle.spoken if previous else "",
        marks=_marks(charter, speaker),
        levels=_levels(charter, speaker),
        points=tuple(_point(at, point, speaker, found if previous else None, known) for at, point in points),
        labels={key: speaker.label(f"form-{key}") for key in _OWN},
        made=_made(speaker, today),
        origin=speaker.origin(),
        is_compact=compact,
        actions=form_actions(folder, found) if folder and not blank else (),
        source=charter if blank and folder is None else None,
    )
    return Form(view, _notices(speaker))


_OWN = (
    "title",
    "school",
    "cycle",
    "date",
    "rated-by",
    "help",
    "key-point",
    "aspect",
    "detail",
    "examples",
    "last",
    "last-ideas",
    "level",
    "note",
    "ideas",
    "notes",
    "why",
    "box",
    "page",
    "not-applicable",
    "reason",
    "plan",
    "plan-help",
    "what",
    "who",
    "by-when",
    "became",
    "done",
    "carry-on",
    "drop",
)


def _point(
    number: int, point: KeyPoint, speaker: Speaker, found: Occasion | None, known: dict[str, Badge]
) -> FormPoint:
    aspects = (_aspect(aspect, speaker, found.before(aspect.id) if found else None, known) for aspect in point.aspects)
    return FormPoint(number, speaker.point_title(point, number), tuple(aspects))


def _levels(charter: Charter, speaker: Speaker) -> tuple[FormLevel, ...]:
    marks = badges(charter)
    letters = _letters(charter, speaker)
    spoken = {level.id: speaker.level_label(level) for level in charter.levels.values()}
    marks = {
        key: replace(mark, letter=letters.get(key, mark.letter), word=spoken[key].text) for key, mark in marks.items()
    }
    return tuple(
        FormLevel(marks[level.id], spoken[level.id], speaker.level_meaning(level)) for level in charter.levels.values()
    )


def _letters(charter: Charter, speaker: Speaker) -> dict[str, str]:
    """The initials of the levels in the form's own language.

    None where two begin alike, where one is not translated, or where the charter's own labels bring numbers along.
    """
    if any(known.key.isdecimal() and bears(level.label, known.key) for level, known in keyed(charter.levels.values())):
        return {}
    said = {level.id: speaker.level_label(level) for level in charter.levels.values()}
    initials = {key: spoken.text[:1].upper() for key, spoken in said.items() if not spoken.is_fallback}
    is_telling = all(value.isalpha() for value in initials.values()) and len({*initials.values()}) == len(said)
    return initials if speaker.translation and is_telling else {}


def _aspect(aspect: Aspect, speaker: Speaker, before: Before | None, known: dict[str, Badge]) -> FormAspect:
    examples = tuple(FormExample(example.text, example.school or "") for example in aspect.examples)
    last = _last(before, speaker, known) if before else None
    return FormAspect(aspect.id, speaker.aspect_text(aspect), speaker.aspect_detail(aspect), examples, last)


def _last(before: Before, speaker: Speaker, known: dict[str, Badge]) -> FormLast:
    level = before.standing.level
    if level is not None:
        own = speaker.charter.levels.get(level.id)
        is_same = own is not None and own.label == level.label
        said = speaker.level_label(own) if own and is_same else words(level.label)
        letters = _letters(speaker.charter, speaker) if is_same else {}
        badge = known[level.id]
        return FormLast(replace(badge, letter=letters.get(level.id, badge.letter), word=said.text), said, before.ideas)
    said = speaker.label(_STATES[before.standing.state])
    return FormLast(badge_of(before.standing, known), said, before.ideas)


_STATES = {
    RatingState.NOT_RATED: "form-not-rated",
    RatingState.NOT_APPLICABLE: "form-not-applicable",
    RatingState.UNREADABLE: "form-unreadable",
}


def _marks(charter: Charter, speaker: Speaker) -> tuple[Wording, ...]:
    keys = [] if charter.status == "published" else ["withdrawn" if charter.status == "withdrawn" else "draft-note"]
    keys += ["draft-translation"] if speaker.is_draft_translation else []
    return tuple(speaker.label(key) for key in keys)


def _made(speaker: Speaker, today: date) -> Wording:
    is_own = bool(speaker.translation and speaker.translation.labels.get("form-made", "").strip())
    day = f"{today.day}/{today.month}/{today.year}" if is_own else PartialDate.of(today).spoken
    return speaker.label("form-made", date=day)


def _notices(speaker: Speaker) -> tuple[str, ...]:
    found = []
    if speaker.missing:
        found.append(f"{_summary(speaker.missing)} in English.")
    if speaker.stale:
        found.append(f"{_summary(speaker.stale)} translated from other English than the charter has now.")
    return tuple(found)


def _summary(texts: Sequence[Spoken]) -> str:
    """What is said of texts of the charter: of many of one kind, how many. "40 aspects and their details are"."""
    known = dict.fromkeys(texts)
    aspects = sum(text.kind == "aspect" for text in known)
    details = sum(text.kind == "detail" for text in known)
    guidance = sum(text.kind == "guidance" for text in known)
    parts = [text.name for text in known if not text.kind]
    counted = []
    if aspects:
        counted.append(f"{aspects} {plural(aspects, 'aspect')}")
    if details and details == aspects:
        counted.append(plural(aspects, "its detail", "their details"))
    elif details:
        counted.append(f"the details of {details} {plural(details, 'aspect')}")
    if guidance:
        counted.append(f"{guidance} {plural(guidance, 'text')} of guidance")
    counted += parts[:3] if len(parts) <= 4 else [*parts[:3], f"{len(parts) - 3} more"]  # noqa: PLR2004 - as many as read well
    counted += parts[3:4] if len(parts) == 4 else []  # noqa: PLR2004 - the same
    sentence = joined(counted)
    are = "is" if len(counted) == 1 and (aspects == 1 or guidance == 1 or parts) and not details else "are"
    return f"{sentence[:1].upper()}{sentence[1:]} {are}"
