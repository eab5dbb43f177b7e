"""Options that were not given, read without Pydantic.

Since 0.29 typer reads every option through Pydantic, whose import takes as long as all else that a check of unchanged
files does (70 ms beside a bare interpreter's 15 ms, November 2026).

It takes the place of methods that typer does not promise to keep: so the package asks for this version of typer, and a
test reads every kind of option there is both ways.
"""

import sys
from enum import Enum
from functools import partial
from inspect import unwrap
from typing import Any


def lightened(command: Any) -> Any:  # noqa: ANN401 - typer's own classes are private
    """The command, its options and those of its own commands reading what nobody gave in the short way."""
    for option in command.params:
        _lighten(option)
    if sys.flags.optimize > 1 and command.callback is not None and not command.help:
        from charterkit.text.docstrings import docstring

        command.help = docstring(unwrap(command.callback))
    command.get_help_option = partial(_help, command.get_help_option)
    for inner in getattr(command, "commands", {}).values():
        lightened(inner)
    return command


def _lighten(option: Any) -> None:  # noqa: ANN401 - as above
    if not option.required and not isinstance(option.process_value, partial):
        option.process_value = partial(_processed, option, option.process_value)


def _help(made: Any, ctx: Any) -> Any:  # noqa: ANN401 - as above
    """`--help`, which is made only when a call is read."""
    option = made(ctx)
    if option is not None:
        _lighten(option)
    return option


def _processed(option: Any, process: Any, ctx: Any, value: Any) -> Any:  # noqa: ANN401 - as above; a value is whatever was given
    """What typer makes of a value; nothing, and a default that is one of its choices already, it leaves as it is."""
    if value is not None and not (isinstance(value, Enum) and option.callback is None):
        return process(ctx, value)
    made = value if value or not (option.multiple or option.nargs == -1) else ()
    return option.callback(ctx, option, made) if option.callback else made
