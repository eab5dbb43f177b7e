"""What was written last to policies' files, taken back: as it was, or without disturbing what others changed since."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from charterkit.errors import Conflict, NotThere
from charterkit.files.together import Rewrite, save_all
from charterkit.files.undo_notes import forget, notes
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade, remove
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.reader import Tree, parse
from charterkit.insight.policies.adopting import adopted_at
from charterkit.insight.policies.register import Registered


class StepUndone(NamedTuple):
    """What was taken back, of which file, and whether that is byte for byte what it was."""

    said: str
    path: str
    is_whole: bool


def written_for(workspace: Workspace, found: Registered, school: str | None) -> str:
    """The file that was written about a policy: of a member that has adopted its trust's, that of the adoption."""
    slug = workspace.school(school).slug if school else found.folder.slug
    if slug == found.folder.slug:
        return found.document.path
    adopted = adopted_at(workspace.school(slug), found.folder.slug, found.id, found.policy).document
    return adopted.path if adopted else found.document.path


def take_back(workspace: Workspace, path: str | None = None) -> list[StepUndone]:
    """Take back what was written last to one file, or all that the last call wrote.

    Raises CharterkitError where nothing is known to have been written, where something follows it, or where somebody
    has changed the same place since.
    """
    calls = notes(workspace.root)
    if path is None:
        last = calls[-1] if calls else []
    else:
        last = next(([each] for call in reversed(calls) for each in call if each.path == path), [])
    if not last:
        raise NotThere("nothing-to-take-back", place=f" in {path}" if path else "")
    made = [_back(workspace, each) for each in last]

    def the_rest() -> None:
        for each in made:
            if not each.after:
                remove(workspace.root / each.path, each.before, workspace.root)
        forget(workspace.root, last)

    save_all(workspace.root, [each for each in made if each.after], the_rest)
    workspace.refresh()
    return [StepUndone(was.said, was.path, now.after == was.before) for was, now in zip(last, made, strict=True)]


def _back(workspace: Workspace, was: Rewrite) -> Rewrite:
    """The file without what was written."""
    try:
        now = (workspace.root / was.path).read_bytes()
    except OSError:
        raise NotThere("undo-file-gone", path=was.path) from None
    if now == was.after:
        return Rewrite(was.path, now, was.before)
    if not was.before:
        raise Conflict("undo-new-changed", said=was.said, path=was.path)
    before, after, current = (_tree(data) for data in (was.before, was.after, now))
    changes = list(_inverse(was, before, after, current))
    return Rewrite(was.path, now, remade(workspace.root / was.path, now, partial(edited, changes=changes)))


def _tree(data: bytes) -> dict[str, Tree]:
    tree = parse(data).tree
    return tree if isinstance(tree, dict) else {}


def _inverse(was: Rewrite, before: dict[str, Tree], after: dict[str, Tree], now: dict[str, Tree]) -> Iterator[Change]:
    """The changes that undo it in a file which was changed elsewhere since."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if now.get(key) != new:
            raise Conflict("undo-changed-since", said=was.said, path=was.path, key=key)
        if isinstance(old, list) and isinstance(new, list) and old and len(new) == len(old) + 1:
            place = next(at for at in range(len(new)) if at == len(old) or new[at] != old[at])
            yield Change((key, place), remove=True)
        elif key in before:
            yield Change((key,), old) if old not in (None, [], {}) else Change((key,), remove=True)
        else:
            yield Change((key,), remove=True)
