"""`charterkit new charter --from`: a draft out of a sheet, shown first and written only when somebody says so."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from charterkit.cli.options import Session
from charterkit.errors import Conflict, Refused

if TYPE_CHECKING:
    from charterkit.exchange.framework.draft import Draft


class Wanted(NamedTuple):
    """What was asked for."""

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    title: str | None
    id: str | None
    is_sure: bool


def charter_from(call: Session, wanted: Wanted) -> None:
    """Shows the charter that a sheet makes, and writes it where that was said.

    Raises CharterkitError where a cell was not understood, and then writes nothing.
    """
    from charterkit.exchange.framework.read import read_framework
    from charterkit.exchange.framework.told import told
    from charterkit.exchange.grid import grids
    from charterkit.files.new import write_charter_made
    from charterkit.files.yaml.subset import MOST_SAID
    from charterkit.schema.workspace import refresh
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    path = Path(wanted.file)
    title = wanted.title or path.stem.replace("_", " ").replace("-", " ").strip().capitalize()
    draft = read_framework(path.name, grids(path), sheet=wanted.sheet, said=wanted.columns, title=title)
    draft.title = wanted.title or draft.title
    name = _id(call, draft, wanted.id)
    typer.echo("\n".join(part for line in told(draft) for part in broken(visible(line), call.columns)))
    if draft.complaints:
        rest = len(draft.complaints) - MOST_SAID
        more = [f"And {rest} more."] if rest > 0 else []
        raise Refused("framework-not-understood", complaints="\n".join([*draft.complaints[:MOST_SAID], *more]))
    facts = draft.facts(name)
    _demand_fit(path.name, facts)
    target = f"charters/{name}-v1.yaml"
    if not (wanted.is_sure or _agreed(target)):
        call.say(f"Nothing was written. Add --yes to write {target}.")
        return
    written = write_charter_made(call.workspace, facts)
    refresh(call.workspace)
    call.say(f"{written} is ready, as a draft. Look through it, then run: charterkit check {written}")


def _agreed(target: str) -> bool:
    """Whether somebody at a terminal says yes."""
    return sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm(f"\nWrite {target}?", default=False)


def _id(call: Session, draft: "Draft", said: str | None) -> str:
    """The new charter's id. Raises CharterkitError where it can be none, or is taken."""
    from charterkit.model.base import is_device, slug

    made = said or slug(draft.title)[:_LONGEST].strip("-")
    if not made or made != slug(made) or len(made) > _LONGEST:
        raise Refused("no-id", title=made or draft.title, example="our-charter")
    if is_device(made):
        raise Refused("name-of-device", name=made)
    if made in call.workspace.charter_ids:
        raise Conflict("charter-already", charter=made)
    return made


_LONGEST = 80


def _demand_fit(name: str, facts: dict[str, Any]) -> None:
    """Raises CharterkitError where the file would be too large, or a reader of charters had something against it."""
    from charterkit.files.load import load
    from charterkit.files.yaml.emit import document
    from charterkit.files.yaml.subset import MAX_BYTES
    from charterkit.model.charter import Charter

    data = document(facts).encode(errors="replace")
    if len(data) > MAX_BYTES:
        why = f"its file would have {len(data):,} bytes, and {MAX_BYTES:,} are the most"
        raise Refused("framework-unfit", name=name, why=why)
    problems = load(Charter, data).problems
    if problems:
        raise Refused("framework-unfit", name=name, why=problems[0].message)
