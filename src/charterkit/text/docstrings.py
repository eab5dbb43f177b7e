"""Docstrings that people read: the help of commands, and the documentation of rules."""

import inspect
from typing import Any


def docstring(thing: Any) -> str:  # noqa: ANN401 - a function or a class
    """The cleaned docstring of a function or a class; from its source where `PYTHONOPTIMIZE=2` has taken it out."""
    if thing.__doc__ is not None:
        return inspect.cleandoc(thing.__doc__)
    import ast  # noqa: PLC0415 - nobody needs it as a rule
    import textwrap  # noqa: PLC0415 - as above

    try:
        found = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
    except (OSError, TypeError, SyntaxError):  # installed without its source
        return ""
    return ast.get_docstring(found) or "" if isinstance(found, ast.FunctionDef | ast.ClassDef) else ""
