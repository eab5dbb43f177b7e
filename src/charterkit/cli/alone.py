"""`charterkit` alone: where you stand, what to type next, and the commands that people need most."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from charterkit.cli.options import Session
from charterkit.cli.params import day, stated_today
from charterkit.cli.typed import as_typed
from charterkit.errors import NotThere

if TYPE_CHECKING:
    from datetime import date

    from charterkit.files.workspace import Workspace
    from charterkit.insight.where import Whereabouts

_FIVE = {
    "evaluate": "answer the questions, one by one",
    "report --open": "make the report, and look at it",
    "compare": "see what has moved since last time",
    "remind": "see what is due and overdue",
    "check": "see whether anything in the files is wrong",
}
_OF_MANY = {
    "overview": "how all of them stand on the charter",
    "report SCHOOL --open": "one school's report",
    "report --every -o 'out/{school}.pdf'": "a report for each of them",
    "remind": "see what is due and overdue",
    "check": "see whether anything in the files is wrong",
}
_MOST = 12
"""Of more schools none is gone through: an overview is what says how they stand."""


def alone(call: Session, standing: str | None) -> None:
    """Print it. `standing` is the school in whose folder the person stands."""
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    many = _many(call) if standing is None else ""
    commands = _OF_MANY if many else _FIVE
    width = max(28, *(len(f"charterkit {command}") + 2 for command in commands))
    lines = [*([many] if many else _where(call, standing)), ""]
    lines += [f"  {f'charterkit {command}':{width}}{said}" for command, said in commands.items()]
    lines += ["", "All the others: charterkit help"]
    typer.echo("\n".join(part for line in lines for part in broken(visible(line), call.columns)))


def _many(call: Session) -> str:
    """How many schools there are, where they are too many to be named; empty where they are not."""
    try:
        workspace = call.workspace
    except NotThere:  # that is said by what follows
        return ""
    if len(workspace.own_slugs) <= _MOST:
        return ""
    from charterkit.text.english import counted

    schools = sum(workspace.school(slug).is_school for slug in workspace.own_slugs)
    return f"{counted(schools, 'school')} here." if schools > _MOST else ""


def _where(call: Session, standing: str | None) -> Iterator[str]:
    try:
        workspace = call.workspace
    except NotThere as nowhere:
        if nowhere.code != "no-workspace":
            raise
        yield "There is no workspace here yet. To start one in this folder:"
        yield ""
        yield "  charterkit init"
        return
    from charterkit.insight.where import whereabouts

    today = day(stated_today())
    found = list(whereabouts(workspace, today, standing))
    if not found:
        yield from _no_school(call)
    elif len(found) == 1:
        yield from _one(found[0])
        yield from _towards(workspace, found[0], today)
    else:
        yield from _several(found)


def _no_school(call: Session) -> Iterator[str]:
    yield "There is no school of your own here yet. To add it:"
    yield ""
    yield '  charterkit new school "Name of your school"'
    examples = [slug for slug in call.workspace.config.examples if call.workspace.has_school(slug)]
    if examples:
        yield ""
        yield "Or look at the made-up one first:"
        yield ""
        yield f"  {as_typed(['report', examples[0], '--open'])}"


def _one(found: "Whereabouts") -> Iterator[str]:
    yield found.name
    if found.trouble:
        yield found.trouble
    else:
        yield f"{found.charter}: {found.stands}."
    if found.overdue:
        first = found.overdue[0]
        rest = len(found.overdue) - 1
        more = f", and {rest} more: charterkit remind" if rest else ""
        yield f"Overdue: {first.title} ({first.due.spoken}){more}."
    elif found.newest:
        yield "Nothing is overdue."
    yield ""
    yield f"Next: {as_typed(found.following)}"


def _towards(workspace: "Workspace", found: "Whereabouts", today: "date") -> Iterator[str]:
    """What comes next on the way to a certificate, unless the files have to be mended first."""
    if found.following[0] == "check":
        return
    from charterkit.insight.readiness.path import towards

    if said := towards(workspace, workspace.school(found.slug), today, is_named=False):
        yield said


def _several(found: "list[Whereabouts]") -> Iterator[str]:
    for school in found:
        overdue = f", {len(school.overdue)} overdue" if school.overdue else ""
        yield f"{school.name}: {school.stands}{overdue}"
    waiting = next((school for school in found if school.following[0] != "report"), found[0])
    command, *options = waiting.following
    whose = [] if command == "check" else [waiting.slug]
    yield ""
    yield f"Next: {as_typed([command, *whose, *options])}"
    yield "All of them at one look: charterkit overview"
