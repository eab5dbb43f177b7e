"""An overview for Word: one page for a committee, then tables."""

from collections.abc import Sequence
from datetime import date

from charterkit.render.engine.paper import Paper
from charterkit.render.engine.word import Lines, Pale, Strong, WordDocument
from charterkit.render.overview.view import AspectLine, GroupCountLine, OverviewView, level_counts


def overview_docx(view: OverviewView, today: date) -> Paper:
    """The overview. Raises CharterkitError where python-docx is missing."""
    word = WordDocument(f"{view.title}: {view.charter}", view.title, today, f"{view.title}, {view.cycle}")
    _first_page(word, view)
    _tables(word, view)
    word.line(Pale(f"Made with charterkit on {view.made}."))
    return word.paper()


def _first_page(word: WordDocument, view: OverviewView) -> None:
    word.heading(1, view.title)
    word.line(Pale(f"{view.charter}, version {view.version}, {view.cycle}. {view.counted} are counted."))
    for line in view.lead:
        word.line(line)
    if view.tally.segments:
        word.bar(view.tally, "All ratings")
    for heading, lines in (("Weakest", view.weakest), ("Strongest", view.strongest)):
        if lines:
            word.heading(2, heading)
            _aspects(word, heading, lines, view)
    stands = [(line.what, f"{line.schools:,}") for line in view.stands]
    recognised = [*view.recognition, *view.overdue]
    for heading, pairs in (("Where schools stand", stands), ("Recognition", recognised)):
        if pairs:
            word.heading(2, heading)
            _pairs(word, heading, pairs)
    if view.notes:
        word.heading(2, "Please note")
        word.points(view.notes)


def _tables(word: WordDocument, view: OverviewView) -> None:
    if view.aspects:
        heading = "Every aspect" if view.noun == "aspect" else "Every key point"
        word.heading(2, heading)
        _aspects(word, heading, view.aspects, view)
    for heading, groups in ((f"By {view.by}", view.groups), ("Focus groups", view.focus_groups)):
        if groups:
            word.heading(2, heading)
            _groups(word, heading, groups)
    if view.stuck:
        word.heading(2, "Stuck below the mark for three cycles")
        word.line(view.with_three)
        rows: list[list[Lines]] = [[line.numbered, line.stuck] for line in view.stuck]
        word.table("Stuck for three cycles", [80, 20], ["Aspect", "Schools"], rows)
    named = [line for line in view.stands if line.names]
    if named:
        word.heading(2, "Schools that are not counted")
        rows = [[line.what, list(line.names)] for line in named]
        word.table("Schools that are not counted", [40, 60], ["How they stand", "Schools"], rows)
    if view.schools:
        word.heading(2, "Schools, by name")
        rows = [[line.name, line.standing, line.met, line.moved, line.late] for line in view.schools]
        head = ["School", "Standing", "At the mark", "Moved", "Overdue"]
        word.table("Schools, by name", [34, 20, 14, 16, 16], head, rows)
    if view.unnamed:
        word.line(view.unnamed)
    if view.unread:
        word.heading(2, "Could not be read")
        word.points([f"{path}: {why}" for path, why in view.unread])


def _aspects(word: WordDocument, about: str, lines: Sequence[AspectLine], view: OverviewView) -> None:
    noun = "Aspect" if view.noun == "aspect" else "Key point"
    rows: list[list[Lines]] = [
        [line.numbered, line.schools, level_counts(line.tally) or "not shown", line.met, line.moved] for line in lines
    ]
    word.table(about, [44, 14, 14, 14, 14], [noun, "Schools", "Levels", "At the mark", "Moved"], rows)


def _groups(word: WordDocument, about: str, lines: Sequence[GroupCountLine]) -> None:
    rows: list[list[Lines]] = [
        [Strong(line.name), line.schools, level_counts(line.tally) or "not shown", line.met, line.moved, line.more]
        for line in lines
    ]
    word.table(about, [26, 14, 14, 14, 16, 16], ["Group", "Schools", "Levels", "At the mark", "Moved", "Besides"], rows)


def _pairs(word: WordDocument, about: str, pairs: Sequence[tuple[str, str]]) -> None:
    rows: list[list[Lines]] = [[name, said] for name, said in pairs]
    word.table(about, [60, 40], ["What", "How many"], rows)
