"""What a workbook says beside an aspect's rating: what each level looks like, and what takes a school on from it."""

from charterkit.insight.evaluations.form_layout import units
from charterkit.render.form.view import FormAspect, FormPoint, FormView
from charterkit.text.safe import visible

MESSAGE_UNITS, TITLE_UNITS = 255, 32
"""The most that a cell's hint and its heading hold (Microsoft, "Data validation specifications and limits", 2026)."""
CHOOSE = "Choose from the list."
_MORE = "…"


def rubric(view: FormView, aspect: FormAspect) -> str:
    """Each level and what it looks like here, a paragraph a level; of a level that nothing is said of, nothing."""
    said = zip(view.levels, aspect.looks, strict=False)
    return "\n".join(f"{level.option}: {look.text}" for level, look in said if look.text)


def rubric_title(view: FormView) -> str:
    """The heading of that column, in the words of the levels: "Red · Amber · Green"."""
    return " · ".join(level.words.text for level in view.levels)


def hint(view: FormView, aspect: FormAspect) -> str:
    """What shows beside the cell of a rating: the next steps, each shortened so that all of them have room."""
    steps = [(level.words.text, step.text) for level, step in zip(view.levels, aspect.steps, strict=False) if step.text]
    if not steps:
        return CHOOSE
    lines = [f"{visible(label)} → {' '.join(visible(text).split())}" for label, text in steps]
    room = MESSAGE_UNITS - units(CHOOSE) - len(lines)
    while sum(units(line) for line in lines) > room:
        longest = max(range(len(lines)), key=lambda at: units(lines[at]))
        lines[longest] = _shorter(lines[longest])
    return "\n".join([CHOOSE, *lines])


def _shorter(line: str) -> str:
    """A line without its last word, or without its last letter where it is one word."""
    kept = line.removesuffix(_MORE).rstrip()
    shorter = kept.rpartition(" ")[0] or kept[:-1]
    return f"{shorter.rstrip()}{_MORE}"


def practice(point: FormPoint) -> str:
    """How other schools do what a key point is about, a paragraph each."""
    said = (f"{each.words.text} ({each.school})" if each.school else each.words.text for each in point.examples)
    return "\n\n".join(said)
