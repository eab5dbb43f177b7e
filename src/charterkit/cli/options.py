"""What the commands share: the options of a call, and the workspace it is about."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import ColorChoice
from charterkit.cli.telling import tell
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from charterkit.files.workspace import Workspace
    from charterkit.model.dates import Cycle, PartialDate


OLDEST_TODAY = 1900
"""A year before it is a slip of the fingers."""


@dataclass
class Session:
    """The options that stand before the command, and the workspace they lead to."""

    directory: str | None = None
    color: ColorChoice = ColorChoice.auto
    quiet: bool = False

    @cached_property
    def root(self) -> Path:
        """The folder of this call's workspace. Raises CharterkitError where there is none."""
        from charterkit.files.places import find

        if self.directory is not None:
            root = Path(self.directory).absolute()
            if not root.is_dir():
                raise CharterkitError(f"There is no folder '{self.directory}'.", "Check --workspace.")
            return root
        try:
            found = find(Path.cwd())
        except FileNotFoundError:
            raise CharterkitError("The current folder is gone.", "Change to one that is there: cd ~") from None
        if found is None:
            raise CharterkitError(
                "There is no workspace here.",
                "Run 'charterkit init' to start one, or say where it is with --workspace.",
            )
        return found

    @cached_property
    def workspace(self) -> "Workspace":
        """The workspace of this call. Raises CharterkitError where there is none."""
        from charterkit.files.workspace import Workspace
        from charterkit.resources import builtin

        return Workspace(self.root, builtin())

    def say(self, message: str) -> None:
        """A message for the person, not part of the result."""
        if not self.quiet:
            self.warn(message)

    def warn(self, message: str) -> None:
        """A message that is shown with --quiet too."""
        tell(message)

    @property
    def is_coloured(self) -> bool:
        """Whether what goes to stdout may have colour."""
        if self.color is not ColorChoice.auto:
            return self.color is ColorChoice.always
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    @property
    def columns(self) -> int:
        """How wide the terminal behind stdout is; 0 where there is none, and no line need be broken."""
        return max(shutil.get_terminal_size((80, 24)).columns, 20) if sys.stdout.isatty() else 0

    @property
    def readable(self) -> int:
        """How wide running text may be: the terminal's width, at most 100, as longer lines are hard to read."""
        return min(self.columns or 80, 100)

    @cached_property
    def console(self) -> "Console":
        """Where tables are printed: 80 columns unless the terminal says otherwise."""
        from rich.console import Console

        said = os.environ.items()
        environ = {k: text for k, text in said if k not in ("COLUMNS", "LINES") or re.fullmatch("[0-9]{1,4}", text)}
        width = None if sys.stdout.isatty() else int(environ.get("COLUMNS", "0")) or 80
        return Console(
            no_color=not self.is_coloured,
            force_terminal=True if self.is_coloured else None,
            width=width,
            _environ=environ,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )


def session(ctx: typer.Context) -> Session:
    """The call's session."""
    call = ctx.find_object(Session)
    return call if call is not None else Session()


SchoolArgument = Annotated[
    str | None,
    typer.Argument(metavar="[SCHOOL]", help="The school's folder below schools/; may be left out where there is one."),
]
AllSchools = Annotated[
    str | None,
    typer.Argument(metavar="[SCHOOL]", help="The school's folder below schools/; all of them when left out."),
]
CharterOption = Annotated[str | None, typer.Option(metavar="ID", help="Which charter, where there are several.")]
CycleOption = Annotated[
    str | None, typer.Option(metavar="CYCLE", help="An academic year or term: 2025-26 or 2025-26-autumn.")
]
TodayOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", envvar="CHARTERKIT_TODAY", help="Act as if today were this day: 2025-10-14."),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="When it was made, for a cycle that is over; 2025-06 will do."),
]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]


def day(today: str | None) -> date:
    """The day to act on: the one given, else the clock's."""
    if not today:
        return date.today()  # noqa: DTZ011 - the person's own day is meant
    from charterkit.model.base import BadValue
    from charterkit.model.dates import PartialDate

    try:
        found = PartialDate.parse(today)
    except BadValue:
        found = None
    if found is None or found.day is None or found.year < OLDEST_TODAY:
        raise CharterkitError(f"--today {today}: this is not a day.", "Write year-month-day: 2025-10-14.")
    return found.first


def cycle(text: str | None, option: str = "--cycle") -> "Cycle | None":
    """A cycle option, read."""
    from charterkit.model.base import BadValue
    from charterkit.model.dates import Cycle

    if text is None:
        return None
    try:
        return Cycle.parse(text)
    except BadValue as bad:
        raise CharterkitError(f"{option}: {bad.message}.", bad.remedy) from None


def partial_date(text: str, option: str) -> "PartialDate":
    """A date option of any precision, read."""
    from charterkit.model.base import BadValue
    from charterkit.model.dates import PartialDate

    try:
        return PartialDate.parse(text)
    except BadValue as bad:
        raise CharterkitError(f"{option}: {bad.message}.", bad.remedy) from None


def span(text: str | None, option: str) -> int | None:
    """A number of days: 60d, 8 weeks."""
    from charterkit.model.base import BadValue
    from charterkit.model.dates import Span

    try:
        return Span.parse(text).days if text is not None else None
    except BadValue as bad:
        raise CharterkitError(f"{option}: {bad.message}.", bad.remedy) from None


def among(option: str, given: "Iterable[str]", known: "Sequence[str]") -> None:
    """Raises CharterkitError for a word that is not one of an option's choices."""
    for one in given:
        if one not in known:
            raise CharterkitError(f"{option} {one}: there is no such choice.", f"Write one of: {', '.join(known)}.")
