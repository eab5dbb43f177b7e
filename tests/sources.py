"""The package's own code as trees, which many house rules look through: read and parsed once for all of them."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree(module: Path) -> ast.Module:
    """The module's code. Whoever asks changes nothing in it."""
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


@cache
def nodes(module: Path) -> tuple[ast.AST, ...]:
    """All of it, in the order of `ast.walk`, which takes longer than any rule looks at what it finds."""
    return tuple(ast.walk(tree(module)))
