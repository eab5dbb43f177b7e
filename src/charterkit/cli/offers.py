"""What Tab offers. Light, and silent where anything is amiss: nobody reads a message in the middle of a line.

Names are read off the folders and the first lines of files, without loading what they hold.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from charterkit.files.places import find
from charterkit.resources import builtin

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""What a shell and a terminal take as it is: other names are not offered."""
_CYCLE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-(?:autumn|spring|summer))?")
_ACTION = re.compile(r"^ *- (?:\{ ?)?id: ?([a-z0-9-]+)", re.MULTILINE)
_HEAD = 4096
"""Characters of a file among which its id and its language stand."""

Offer = Callable[[typer.Context, str], list[str]]


def _offered(names: Callable[[typer.Context], Iterable[str]]) -> Offer:
    """Those of the names that go on from what is typed, each once."""

    @wraps(names)
    def offer(ctx: typer.Context, incomplete: str) -> list[str]:
        with suppress(Exception):  # whatever it is, there is nothing to offer
            found = dict.fromkeys(names(ctx))
            return [name for name in found if name.startswith(incomplete) and _SAFE.fullmatch(name)]
        return []

    del offer.__wrapped__  # typer looks at the signature
    offer.__annotations__ = {"ctx": typer.Context, "incomplete": str}
    return offer


def words(known: Sequence[str]) -> Offer:
    """Some words that are known beforehand."""
    return _offered(lambda _: known)


@_offered
def schools(ctx: typer.Context) -> Iterator[str]:
    """The folders below schools/ that hold a school."""
    for folder in sorted(_root(ctx).joinpath("schools").iterdir()):
        if (folder / "school.yaml").is_file():
            yield folder.name


@_offered
def charters(ctx: typer.Context) -> Iterator[str]:
    """The ids of the charters, the built-in ones after the workspace's own."""
    return _stated(ctx, "id")


@_offered
def languages(ctx: typer.Context) -> Iterator[str]:
    """The languages that any charter is translated into."""
    return _stated(ctx, "language")


@_offered
def cycles(ctx: typer.Context) -> Iterator[str]:
    """The cycles that have a self-evaluation, the newest first: of the school on the line, or of all."""
    return filter(_CYCLE.fullmatch, sorted(_stems(ctx, "evaluations"), reverse=True))


@_offered
def years(ctx: typer.Context) -> Iterator[str]:
    """The academic years of those cycles."""
    return (cycle[:7] for cycle in sorted(_stems(ctx, "evaluations"), reverse=True) if _CYCLE.fullmatch(cycle))


@_offered
def policies(ctx: typer.Context) -> Iterator[str]:
    """The ids of policies, which are their files' names: of the school on the line, or of all."""
    return iter(sorted(_stems(ctx, "policies")))


@_offered
def actions(ctx: typer.Context) -> Iterator[str]:
    """The ids of actions, as the files have them on lines of their own, the newest first."""
    for path in sorted(_paths(ctx, "evaluations"), key=lambda path: path.name, reverse=True):
        with suppress(OSError, UnicodeError):
            _, _, plan = path.read_text(encoding="utf-8").partition("\nactions:")
            yield from _ACTION.findall(plan)


@_offered
def codes(_: typer.Context) -> Iterator[str]:
    """The codes of the check, then the rules' names."""
    from charterkit.rules.registry import RULES

    yield from RULES
    yield from (rule.name for rule in RULES.values())


def _root(ctx: typer.Context) -> Path:
    """The workspace that the line is about."""
    named: Any = ctx.find_root().params.get("workspace")
    root = Path(named) if named else find(Path.cwd())
    if root is None:
        raise FileNotFoundError
    return root


def _stems(ctx: typer.Context, folder: str) -> Iterator[str]:
    """The names of a school's files of a kind, or of all schools', without their endings."""
    return (path.stem for path in _paths(ctx, folder))


def _paths(ctx: typer.Context, folder: str) -> Iterator[Path]:
    root = _root(ctx)
    said = [ctx.params.get("school") or "", *ctx.args]  # an argument is not yet placed while an option lacks its value
    named = (name for name in said if _SAFE.fullmatch(name) and (root / "schools" / name).is_dir())
    return root.glob(f"schools/{next(named, '*')}/{folder}/*.yaml")


def _stated(ctx: typer.Context, key: str) -> Iterator[str]:
    """What the files in charters/ say after a key that begins a line."""
    line = re.compile(rf"^{key}:[ ]*[\"']?([A-Za-z0-9._-]+)", re.MULTILINE)
    for folder in (_root(ctx), builtin()):
        for path in sorted(folder.glob("charters/*.yaml")):
            with suppress(OSError, UnicodeError), path.open(encoding="utf-8") as file:
                if found := line.search(file.read(_HEAD)):
                    yield found[1]
