"""Changing and removing what an aspect holds, in the guide: chosen from a list, written anew or taken out."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from charterkit.cli.guide_held import REMOVES, Held, done, short
from charterkit.cli.guide_targets import aims
from charterkit.model.evaluation import Action
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.cli.guide import Guide
    from charterkit.session.evaluation_file import EvaluationFile


def change(guide: "Guide", aspect: str) -> bool:
    """Ask what of an aspect is to be changed or removed, and do it. True where its question is to be shown again."""
    holdings = [*_holdings(guide.file, aspect), *aims(guide.file, aspect)]
    chosen = guide.choose("What is to be changed or removed?", [held.words for held in holdings])
    if chosen is None:
        guide.screen.line("Left as it was.")
        return False
    guide.screen.line(holdings[chosen].change(guide))
    return True


def _holdings(file: "EvaluationFile", aspect: str) -> Iterator[Held]:
    """What can be changed or removed, in the order in which the question shows it."""
    standing = file.standings[aspect]
    entry = standing.entry
    if entry is not None and entry.rating is not None:
        word = standing.level.label if standing.level else shown(entry.rating)
        yield Held(f"Rating: {word} (removes it)", partial(_cleared, aspect=aspect))
    if entry is not None:
        names = {group.id: group.name for group in file.charter.focus_groups}
        for group in entry.groups:
            words = f"For {names.get(group, shown(group))} (removes it)"
            yield Held(words, partial(_group_cleared, aspect=aspect, group=group))
        if entry.note:
            yield Held(f"Note: {short(entry.note)}", partial(_note, aspect=aspect))
        for place, idea in enumerate(entry.ideas):
            yield Held(f"Idea: {short(idea)}", partial(_idea, aspect=aspect, place=place, old=idea))
        for place, seen in enumerate(entry.evidence):
            words = f"Evidence: {short(seen.note or seen.path or seen.url or seen.kind)}"
            note = seen.note or ""
            yield Held(words, partial(_evidence, aspect=aspect, place=place, old=note))
    for place, action in enumerate(file.evaluated.evaluation.actions):
        if action.aspect == aspect:
            words = f"Action: {short(action.action)}"
            yield Held(words, partial(_action, place=place, old=action))


def _cleared(guide: "Guide", aspect: str) -> str:
    guide.file.clear(aspect)
    return f"The rating is taken out: the {guide.file.charter.rated_noun} is not yet rated."


def _group_cleared(guide: "Guide", aspect: str, group: str) -> str:
    guide.file.clear_group(aspect, group)
    return "The rating for this group is taken out."


def _note(guide: "Guide", aspect: str) -> str:
    text = guide.keys.lines(
        f"Note, anew (Enter leaves it, {REMOVES} removes it)> ", "(an empty line ends it)> ", REMOVES
    )
    if not text:
        return "Left as it was."
    guide.file.change_note(aspect, "" if text == REMOVES else text)
    return done("note", text)


def _idea(guide: "Guide", aspect: str, place: int, old: str) -> str:
    text = _anew(guide, "Idea", old)
    if not text:
        return "Left as it was."
    guide.file.change_idea(aspect, place, "" if text == REMOVES else text)
    return done("idea", text)


def _evidence(guide: "Guide", aspect: str, place: int, old: str) -> str:
    text = _anew(guide, "What was seen", old)
    if not text:
        return "Left as it was."
    guide.file.change_evidence(aspect, place, "" if text == REMOVES else text)
    return done("evidence", text)


def _action(guide: "Guide", place: int, old: Action) -> str:
    text = _anew(guide, "What will be done", old.action)
    if text == REMOVES:
        guide.file.change_action(place, "")
        return done("action", text)
    owner = guide.keys.line(f"Who sees to it (Enter leaves {shown(old.owner or 'it open')}): ").strip()
    due = guide.due(f"By when (Enter leaves {old.due.spoken if old.due else 'it open'}): ")
    if not (text or owner or due):
        return "Left as it was."
    guide.file.change_action(place, text or old.action, owner, due)
    return done("action", text)


def _anew(guide: "Guide", what: str, old: str) -> str:
    """One line instead of an old one, which the arrow up brings; empty to leave it."""
    guide.keys.offer(old)
    return guide.keys.line(f"{what}, anew (Enter leaves it, {REMOVES} removes it, arrow up: its words): ").strip()
