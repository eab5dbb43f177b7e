"""A charter as a table, as people keep frameworks: what its writer and its reader both have to know.

A row an aspect, with its key point beside it; a column a level. A second table says what the levels mean.
"""

from collections.abc import Iterator, Sequence

from charterkit.model.charter import Aspect, Charter, Example, KeyPoint
from charterkit.model.scale import RED_AMBER_GREEN

SHEET = "Charter"
LEVELS_SHEET = "Levels"

HEADINGS = {
    "part": "Part",
    "point-number": "Key point number",
    "point": "Key point",
    "point-detail": "Key point detail",
    "point-examples": "Key point examples",
    "point-poster": "Poster line",
    "point-sources": "Key point sources",
    "number": "Number",
    "aspect": "Aspect",
    "detail": "Detail",
    "examples": "Examples",
    "point-phases": "Key point phases",
    "point-types": "Key point types",
    "phases": "Phases",
    "types": "Types",
    "met-at": "Met at",
    "kinds": "Evidence looked for",
    "age": "Evidence no older than",
    "sources": "Aspect sources",
    "replaces": "Replaces",
    "point-id": "Key point id",
    "id": "Aspect id",
}
"""What a column may be, and how we head it."""
ABOUT_POINT = (
    "part",
    "point-number",
    "point",
    "point-detail",
    "point-examples",
    "point-poster",
    "point-sources",
    "point-phases",
    "point-types",
    "point-id",
)
NEXT = "Next: "
"""Begins the heading of the column that says what takes a school on from a level."""
LEVEL_HEADINGS = {
    "label": "Level",
    "letter": "Letter",
    "meaning": "Meaning",
    "colour": "Colour",
    "id": "Level id",
    "met": "Counts as met",
}


def charter_rows(charter: Charter) -> list[list[str]]:
    """The charter's title, the headings and a row an aspect; an empty column is left out, but no level's."""
    levels = charter.levels
    heads = [*HEADINGS.values()]
    rows = [
        [
            *(_cells(point, aspect, charter)[name] for name in HEADINGS),
            *(aspect.levels.get(level, "") for level in levels),
            *(aspect.next.get(level, "") for level in levels),
        ]
        for point in charter.key_points
        for aspect in point.aspects
    ]
    heads += [level.label for level in levels.values()]
    kept_anyway = {*range(len(HEADINGS), len(heads)), *(list(HEADINGS).index(name) for name in ("point", "aspect"))}
    heads += [f"{NEXT}{level.label}" for level in levels.values()]
    kept = [at for at in range(len(heads)) if at in kept_anyway or any(row[at] for row in rows)]
    return [[charter.title], *([row[at] for at in kept] for row in (heads, *rows))]


def _cells(point: KeyPoint, aspect: Aspect, charter: Charter) -> dict[str, str]:
    mark = charter.levels.get(aspect.met_at or "")
    return {
        "part": point.part or "",
        "point-number": point.number or "",
        "point": point.title,
        "point-detail": point.detail or "",
        "point-examples": example_text(point.examples),
        "point-poster": point.poster or "",
        "point-sources": ", ".join(point.sources),
        "number": aspect.number or "",
        "aspect": aspect.text,
        "detail": aspect.detail or "",
        "examples": example_text(aspect.examples),
        "point-phases": ", ".join(point.applies_to.phases) if point.applies_to else "",
        "point-types": ", ".join(point.applies_to.types) if point.applies_to else "",
        "phases": ", ".join(aspect.applies_to.phases) if aspect.applies_to else "",
        "types": ", ".join(aspect.applies_to.types) if aspect.applies_to else "",
        "met-at": mark.label if mark else "",
        "kinds": ", ".join(aspect.evidence),
        "age": str(aspect.evidence_max_age or ""),
        "sources": ", ".join(aspect.sources),
        "replaces": ", ".join(aspect.replaces),
        "point-id": point.id,
        "id": aspect.id,
    }


def level_rows(charter: Charter) -> list[list[str]]:
    """What the levels mean, worst first, with headings; none for red, amber and green as they come."""
    if charter.scale == RED_AMBER_GREEN and charter.met_at is None:
        return []
    marked = charter.met_at if charter.met_at in charter.levels else None
    return [
        list(LEVEL_HEADINGS.values()),
        *(
            [level.label, level.letter or "", level.meaning, level.colour or "", level.id, "x" * (level.id == marked)]
            for level in charter.levels.values()
        ),
    ]


def example_text(examples: Sequence[Example]) -> str:
    """Examples as one cell holds them: one a line, the school in square brackets behind."""
    said = [_with_school(example) for example in examples]
    if any("\n" in text for text in said):
        return "".join(f"{text}\n\n" for text in said)
    return "\n".join(said)


def _with_school(example: Example) -> str:
    text = example.text.strip()
    if example.school:
        return f"{text} [{example.school.strip()}]"
    return f"{text} []" if text.endswith("]") else text


def examples_of(cell: str) -> Iterator[tuple[str, str]]:
    """The examples in a cell, which lines or empty lines part: each one's text, and its school or an empty text."""
    parts = cell.split("\n\n") if "\n\n" in cell else cell.split("\n")
    said = [part.strip() for part in parts if part.strip()]
    if said and all(part[:1] in _BULLETS for part in said):
        said = [part[1:].lstrip() for part in said]
    for part in said:
        text, bracket, school = part.removesuffix("]").rpartition("[")
        if part.endswith("]") and bracket and text.strip():
            yield text.strip(), school.strip()
        elif part:
            yield part, ""


_BULLETS = "-–•*"
