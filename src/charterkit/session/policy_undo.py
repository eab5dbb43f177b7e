"""What was written last to policies' files, taken back: as it was, or without disturbing what others changed since."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from charterkit.errors import CharterkitError, Conflict, NotThere
from charterkit.files.together import Rewrite, save_all
from charterkit.files.undo_notes import forget, notes
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade, remove, save
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.reader import Tree, parse
from charterkit.insight.policies.adopting import adopted_at
from charterkit.insight.policies.register import Registered


class StepToUndo(NamedTuple):
    """What was written, and what its file becomes without it; a file that was new goes: it becomes nothing."""

    was: Rewrite
    becomes: Rewrite

    @property
    def is_whole(self) -> bool:
        """Whether the file becomes byte for byte what it was before."""
        return self.becomes.after == self.was.before

    @property
    def is_gone(self) -> bool:
        """Whether the file goes, as it was new."""
        return not self.becomes.after


def written_for(workspace: Workspace, found: Registered, school: str | None) -> str:
    """The file that was written about a policy: of a member that has adopted its trust's, that of the adoption."""
    slug = workspace.school(school).slug if school else found.folder.slug
    if slug == found.folder.slug:
        return found.document.path
    adopted = adopted_at(workspace.school(slug), found.folder.slug, found.id, found.policy).document
    return adopted.path if adopted else found.document.path


def written_about(workspace: Workspace, found: Registered, school: str) -> str:
    """The same, or the policy's own file where that was written later: a page shows both."""
    paths = (found.document.path, written_for(workspace, found, school))
    newest = (each.path for call in reversed(notes(workspace.root)) for each in call if each.path in paths)
    return next(newest, paths[1])


def written_last(workspace: Workspace, path: str | None = None) -> list[Rewrite]:
    """What was written last to one file, or all that the last call wrote; empty where nothing is known of."""
    calls = notes(workspace.root)
    if path is None:
        return calls[-1] if calls else []
    return next(([each] for call in reversed(calls) for each in call if each.path == path), [])


def to_take_back(workspace: Workspace, path: str | None = None) -> list[StepToUndo]:
    """What taking it back comes to. Nothing is written.

    Raises CharterkitError where nothing is known to have been written, where something follows it, or where somebody
    has changed the same place since.
    """
    last = written_last(workspace, path)
    if not last:
        raise NotThere("nothing-to-take-back", place=f" in {path}" if path else "")
    return [StepToUndo(each, _back(workspace, each)) for each in last]


def take_back(workspace: Workspace, backs: Sequence[StepToUndo]) -> None:
    """Take it back, all or nothing. Raises CharterkitError as `files.write.save` does."""

    def the_rest() -> None:
        _remove_all(workspace.root, [each.becomes for each in backs if each.becomes.before and not each.becomes.after])
        forget(workspace.root, [each.was for each in backs])

    save_all(workspace.root, [each.becomes for each in backs if each.becomes.after], the_rest)
    workspace.refresh()


def _remove_all(root: Path, files: Sequence[Rewrite]) -> None:
    """Delete files that were new. Where one cannot go, the others come again."""
    gone: list[Rewrite] = []
    try:
        for each in files:
            remove(root / each.path, each.before, root)
            gone.append(each)
    except CharterkitError:
        for each in gone:
            with suppress(CharterkitError):  # somebody has made it anew in that moment: theirs stands
                save(root / each.path, None, each.before, root)
        raise


def _back(workspace: Workspace, was: Rewrite) -> Rewrite:
    """The file without what was written; as it is where that never came about, as its writer was killed before."""
    now = _now(workspace.root / was.path, was)
    if now in (was.before, was.after):
        return Rewrite(was.path, now, was.before)
    if not was.before:
        raise Conflict("undo-new-changed", said=was.said, path=was.path)
    before, after, current = (_tree(data) for data in (was.before, was.after, now))
    changes = list(_inverse(was, before, after, current))
    return Rewrite(was.path, now, remade(workspace.root / was.path, now, partial(edited, changes=changes)))


def _now(path: Path, was: Rewrite) -> bytes:
    """What the file holds; nothing where it was to be new, and is not there."""
    try:
        return path.read_bytes()
    except OSError:
        if not was.before and not os.path.lexists(path):
            return b""
        raise NotThere("undo-file-gone", path=was.path) from None


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
