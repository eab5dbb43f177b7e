"""The session of a call: the options that stand before the command, and the workspace they lead to."""

import os
import re
import shutil
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from charterkit.choices import ColorChoice
from charterkit.cli.telling import tell
from charterkit.errors import NotThere
from charterkit.records import dataclass

if TYPE_CHECKING:
    from rich.console import Console

    from charterkit.files.workspace import Workspace


@dataclass
class Session:
    """The options that stand before the command, and the workspace they lead to."""

    directory: str | None = None
    color: ColorChoice = ColorChoice.auto
    quiet: bool = False
    opens: bool = False
    """Whether the document is to be shown when it is made."""

    @cached_property
    def root(self) -> Path:
        """The folder of this call's workspace. Raises CharterkitError where there is none."""
        from charterkit.files.places import below, find

        if self.directory is not None:
            root = Path(self.directory).absolute()
            if not root.is_dir():
                raise NotThere("no-folder", directory=self.directory)
            return root
        try:
            found = find(Path.cwd())
        except FileNotFoundError:
            raise NotThere("folder-gone") from None
        if found is None:
            return self._below(below(Path.cwd()))
        return found

    def _below(self, folders: list[Path]) -> Path:
        """The only workspace among the folders of the current one."""
        if not folders:
            raise NotThere("no-workspace")
        if len(folders) > 1:
            raise NotThere("several-workspaces", known=[folder.name for folder in folders])
        self.say(f"The workspace is in the folder {folders[0].name}.")
        return folders[0]

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
