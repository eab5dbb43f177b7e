"""A plan of moves in words: what becomes of every draft, school by school, and what is left as it is."""

from collections.abc import Iterator

from charterkit.insight.evaluations.moving_on import Moving, SectionMove
from charterkit.session.moving_on import FileMoved, MovePlan
from charterkit.text.english import counted, figures, joined, plural, sentence
from charterkit.text.safe import one_line, shown

MOST_IN_FULL = 12
"""Drafts of which every aspect is named that changes its place; of more, only counted."""
_MOST_SHOWN = 70


def told(plan: MovePlan) -> Iterator[str]:
    """The lines of the preview."""
    for found in plan.files:
        yield f"{one_line(found.rewrite.path)}: {_summary(found.moving)}"
        if len(plan.files) <= MOST_IN_FULL:
            yield from (f"  {line}" for line in _details(found))
    if len(plan.files) > MOST_IN_FULL:
        yield "Name one school to see what becomes of each of its aspects."
    for path, why in plan.left:
        yield f"{one_line(path)} stays as it is: {shown(why, 200)}"
    if plan.agreed:
        many = len(plan.agreed)
        kept = f"{plural(many, 'stays', 'stay')} with the version {plural(many, 'it was', 'they were')} made with"
        yield sentence(f"{counted(many, 'self-evaluation')} that {plural(many, 'was', 'were')} agreed {kept}")
    if plan.there:
        yield sentence(
            f"{counted(plan.there, 'draft is', 'drafts are')} at version {plan.charter.version} already, or later"
        )


def _summary(found: Moving) -> str:
    """What becomes of one file, counted."""
    stay = renamed = split = merged = aside = 0
    for section in found.sections:
        stay += sum(news == (old,) for old, news in section.becomes.items())
        renamed += sum(len(news) == 1 and news != (old,) for old, news in section.becomes.items())
        split += sum(len(news) > 1 for news in section.becomes.values())
        merged += len(section.merged)
        aside += len(section.set_aside)
    parts = [
        f"{figures(stay, 'entry', 'entries')} as before",
        f"{renamed} under a new name" if renamed else "",
        f"{split} copied to each part of a split aspect" if split else "",
        f"{merged} joined of several" if merged else "",
        f"{aside} without a place, kept in the file" if aside else "",
        f"{len(found.starting)} new to rate" if found.starting else "",
    ]
    return sentence(joined([part for part in parts if part]))


def _details(found: FileMoved) -> Iterator[str]:
    moving = found.moving
    for section in moving.sections:
        yield from _section(moving, section)
    for turn in moving.actions:
        whither = f"is about “{_title(moving, turn.new, new=True)}” now" if turn.new else "is about no aspect any more"
        yield f"The action “{shown(turn.action, _MOST_SHOWN)}” {whither}."
    for old, new in moving.levels:
        yield f"{shown(old)} is written as {shown(new)}; what stood there is kept in the file."
    names = {group.id: group.name for group in moving.old.focus_groups}
    for group in moving.groups_gone:
        yield f"The ratings of the group “{shown(names[group], _MOST_SHOWN)}” are kept in the file, and count no more."
    if ("overall",) in moving.rekeyed:
        yield "The rating of the whole is kept in the file, and counts no more."
    for name in moving.starting:
        yield f"New, without a rating: {_title(moving, name, new=True)}"


def _section(moving: Moving, section: SectionMove) -> Iterator[str]:
    for old, news in section.becomes.items():
        if news and news != (old,):
            whither = joined([f"“{_title(moving, new, new=True)}”" for new in news])
            yield f"“{_title(moving, old)}” goes to {whither}."
    for new, olds in section.merged.items():
        rating = section.made[new].get("rating")
        level = moving.new.levels.get(moving.new.level_of(str(rating)) or "") if rating else None
        lowest = f": {level.label}, the lowest rating of them" if level else ""
        sources = joined([f"“{_title(moving, old)}”" for old in olds])
        whither = f"“{_title(moving, new, new=True)}”{lowest}"
        yield f"{sources} become {whither}. The entries as they were are kept in the file."
    for old in section.set_aside:
        yield f"“{_title(moving, old)}” has no place any more: its entry is kept in the file, under {section.aside}."


def _title(moving: Moving, name: str, *, new: bool = False) -> str:
    """What people call an aspect or a key point."""
    charter = moving.new if new else moving.old
    points = {point.id: point.title for point in charter.key_points}
    words = charter.aspects[name].text if name in charter.aspects else points.get(name, name)
    return shown(words, _MOST_SHOWN).rstrip(".")


def total(plan: MovePlan) -> str:
    """How many drafts of how many schools move."""
    schools = len({found.slug for found in plan.files})
    return f"{figures(len(plan.files), 'draft')} of {figures(schools, 'school')}"
