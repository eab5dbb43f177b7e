"""The self-evaluation form: every aspect with its detail and examples, the levels to tick and room for ideas."""

from dataclasses import replace
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import RatingState
from charterkit.insight.evaluations.form_cycle import Before, Occasion
from charterkit.insight.written import written_in
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.scale import bears, keyed
from charterkit.model.translation import Translation
from charterkit.records import dataclass
from charterkit.render.form.notices import notices
from charterkit.render.form.plan import NEW_ROWS, FormAction, form_actions
from charterkit.render.poster.words import Speaker, Wording, words
from charterkit.render.shared.levels import Badge, badge_of, badges


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
    """One aspect to rate. `number` is empty where it brings none of its own."""

    id: str
    words: Wording
    detail: Wording
    examples: tuple[FormExample, ...]
    last: FormLast | None
    number: str = ""
    looks: tuple[Wording, ...] = ()
    """What each level looks like here, in the order of the levels; empty texts where nothing is said of one."""
    steps: tuple[Wording, ...] = ()
    """What takes a school on from each level, in the same way."""
    is_part: bool = False
    """Whether it stands for a whole key point, or for everything, beside what is rated one by one."""

    @property
    def sentence(self) -> str:
        """Its sentence after its own number."""
        return f"{self.number} {self.words.text}".lstrip()


@dataclass(frozen=True, slots=True)
class FormPractice:
    """How another school does what a key point is about. `school` is empty where it is not named."""

    words: Wording
    school: str


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One key point and its aspects."""

    number: int
    words: Wording
    aspects: tuple[FormAspect, ...]
    lead: str
    """What stands before its heading: "1.", or the number that it brings itself."""
    part: Wording
    """The heading above it, where a part of the charter begins with it; an empty text elsewhere."""
    detail: Wording
    examples: tuple[FormPractice, ...] = ()

    @property
    def heading(self) -> str:
        """As in "1. A warm welcome"."""
        return f"{self.lead} {self.words.text}"


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
    has_rubric: bool = False
    """Whether any aspect says what a level looks like."""
    has_guidance: bool = False
    """Whether any key point has a heading above it, or says what it is about."""
    source: Charter | None = None
    """The charter itself, where the workbook is to have it as a table too."""

    noun: str = "aspect"
    """What is rated one by one."""

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
    points = _points(charter, speaker, found if previous else None, known)
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
        points=points,
        labels={key: speaker.label(f"form-{_named(key, charter)}") for key in _OWN},
        noun=charter.rated_noun,
        made=_made(speaker, today),
        origin=speaker.origin(),
        is_compact=compact,
        actions=form_actions(folder, found) if folder and not blank else (),
        has_rubric=any(look.text for point in points for aspect in point.aspects for look in aspect.looks),
        has_guidance=any(point.part.text or point.detail.text or point.examples for point in points),
        source=(found.as_written or charter) if blank and folder is None else None,
    )
    return Form(view, notices(speaker))


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
    "target",
    "value",
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


_OF_POINTS = {"aspect": "key-point", "help": "help-points"}


def _named(key: str, charter: Charter) -> str:
    """The label that says it: where key points alone are rated, they are what is spoken of."""
    return _OF_POINTS.get(key, key) if charter.rated == "key-points" else key


def _points(
    charter: Charter, speaker: Speaker, found: Occasion | None, known: dict[str, Badge]
) -> tuple[FormPoint, ...]:
    made = []
    before = ""
    for number, point in enumerate(charter.key_points, 1):
        part = " ".join((point.part or "").split())
        made.append(_point(number, point, speaker, found, known, begins=bool(part) and part != before))
        before = part
    return tuple(made)


def _point(
    number: int, point: KeyPoint, speaker: Speaker, found: Occasion | None, known: dict[str, Badge], *, begins: bool
) -> FormPoint:
    aspects = (
        replace(
            _aspect(aspect, speaker, found.before(aspect.id) if found else None, known),
            is_part=aspect.id == OVERALL or (aspect.id == point.id and len(point.aspects) > 1),
        )
        for aspect in point.aspects
    )
    practice = zip(speaker.key_point_examples(point), point.examples, strict=True)
    return FormPoint(
        number,
        speaker.point_title(point, number),
        tuple(aspects),
        _plain(point.number) or f"{number}.",
        speaker.part(point) if begins else words(""),
        speaker.key_point_detail(point),
        tuple(FormPractice(said, example.school or "") for said, example in practice),
    )


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


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

    None where two begin alike, where one is not translated, or where the charter brings letters or numbers along.
    """
    if any(level.letter for level in charter.levels.values()):
        return {}
    if any(known.key.isdecimal() and bears(level.label, known.key) for level, known in keyed(charter.levels.values())):
        return {}
    said = {level.id: speaker.level_label(level) for level in charter.levels.values()}
    initials = {key: spoken.text[:1].upper() for key, spoken in said.items() if not spoken.is_fallback}
    is_telling = all(value.isalpha() for value in initials.values()) and len({*initials.values()}) == len(said)
    return initials if speaker.translation and is_telling else {}


def _aspect(aspect: Aspect, speaker: Speaker, before: Before | None, known: dict[str, Badge]) -> FormAspect:
    examples = tuple(FormExample(example.text, example.school or "") for example in aspect.examples)
    last = _last(before, speaker, known) if before else None
    levels = list(speaker.charter.levels)
    return FormAspect(
        aspect.id,
        speaker.aspect_text(aspect),
        speaker.aspect_detail(aspect),
        examples,
        last,
        _plain(aspect.number),
        tuple(speaker.rubric(aspect, level) for level in levels) if aspect.levels else (),
        tuple(speaker.next_step(aspect, level) for level in levels) if aspect.next else (),
    )


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
    said = speaker.label("form-made", date=speaker.day("form-made", today))
    return replace(said, text=". ".join([said.text, *(note.text for note in speaker.draft_note())]))
