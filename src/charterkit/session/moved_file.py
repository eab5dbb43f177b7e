"""A self-evaluation's text as it is in a later version of its charter: entries cut and put elsewhere, comments kept."""

from charterkit.errors import Refused
from charterkit.files.yaml.comments import with_comments_of
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.reader import Tree, parse
from charterkit.files.yaml.relabel import rekeyed, relabelled
from charterkit.insight.evaluations.moving_on import Moving, meant


def moved_text(text: str, found: Moving) -> str:
    """A file's text moved on, read back and compared with what was meant.

    Raises CharterkitError where that cannot be done safely.
    """
    tree = _tree(text)
    wanted = meant(tree, found)
    made = _cut(text, tree, found)
    if made is None or _tree(made) != wanted:  # brackets, or lines that are no entries: written anew
        made = edited(text, [*_anew(tree, wanted), *(Change((key,), remove=True) for key in tree if key not in wanted)])
    after = edited(made, found.changes)
    made = with_comments_of(after, text)
    if made != after and _tree(made) != _tree(after):
        raise Refused("change-disturbs")
    return made


def _cut(text: str, tree: dict[str, Tree], found: Moving) -> str | None:
    """Its entries as they stand, in their new places."""
    made: str | None = rekeyed(text, found.rekeyed)
    for section in found.sections:
        if made is not None and section.is_change:
            entries = tree[section.key]
            first = {new: next(old for old in entries if old in olds) for new, olds in section.merged.items()}
            joined = {new: (first[new], entry) for new, entry in section.made.items()}
            made = relabelled(made, section.key, section.becomes, joined, (section.aside, section.kept))
    return made


def _anew(tree: dict[str, Tree], wanted: dict[str, Tree]) -> list[Change]:
    return [Change((key,), value) for key, value in wanted.items() if tree.get(key) != value]


def _tree(text: str) -> dict[str, Tree]:
    found = parse(text.encode()).tree
    return found if isinstance(found, dict) else {}
