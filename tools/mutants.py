"""Which changes to a module no test notices: `python -m tools.mutants MODULE TEST...` lists those that stay alive.

The tests are collected once; then each mutant is tried in a fork of that process, with the code of one function
exchanged, until the first test fails. Only tests that run the module in their own process can see a mutant. What stands
in the body of a class itself, such as the words of an enum, is not exchanged.
"""

import ast
import copy
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

GUARD = 300
"""Seconds after which a mutant that never comes to an end counts as noticed."""
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}

Change = Callable[[Any], Any]
"""What becomes of a node: another one in its place, or the same one changed."""
Found = Iterator[tuple[Change, str]]


@dataclass(frozen=True)
class Mutant:
    """One change: the number of its node in the order of `ast.walk`, what to do to it, and how it reads."""

    number: int
    line: int
    change: Change
    reads: str


def changes(node: ast.AST) -> Iterator[tuple[Change, str]]:
    """Everything that may be done to one node."""
    for kind, found in CHANGES.items():
        if isinstance(node, kind):
            yield from found(node)


def _compare(node: Any) -> Found:  # noqa: ANN401 - as CHANGES says
    for at, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _with("ops", at, other()), f"{type(operator).__name__} -> {other.__name__}"


def _and_or(node: Any) -> Found:  # noqa: ANN401
    yield _with("op", None, ast.Or() if isinstance(node.op, ast.And) else ast.And()), "and <-> or"


def _not(node: Any) -> Found:  # noqa: ANN401
    if isinstance(node.op, ast.Not):
        yield lambda found: found.operand, "not dropped"


def _operator(node: Any) -> Found:  # noqa: ANN401
    if type(node.op) in OPERATORS:
        yield _with("op", None, OPERATORS[type(node.op)]()), f"{type(node.op).__name__} turned round"


def _constant(node: Any) -> Found:  # noqa: ANN401
    match node.value:
        case bool():
            yield _with("value", None, not node.value), "constant"
        case int():
            yield _with("value", None, node.value + 1), "constant + 1"
        case str() if node.value and not any(letter.isspace() for letter in node.value):
            yield _with("value", None, f"{node.value}X"), "constant + X"


def _condition(node: Any) -> Found:  # noqa: ANN401
    if _is_plain(node.test):
        yield _with("test", None, ast.UnaryOp(ast.Not(), node.test)), "condition turned round"


def _filter(node: Any) -> Found:  # noqa: ANN401
    for at, test in enumerate(node.ifs):
        yield _with("ifs", at, ast.Constant(value=True)), f"without: if {ast.unparse(test)}"


def _return(node: Any) -> Found:  # noqa: ANN401
    if node.value is not None and not _is_none(node.value):
        yield _with("value", None, ast.Constant(value=None)), "return None"


def _name(node: Any) -> Found:  # noqa: ANN401
    if isinstance(node.func, ast.Name) and node.func.id in NAMES:
        other = NAMES[node.func.id]
        yield _with("func", None, ast.Name(other, ast.Load())), f"{node.func.id} -> {other}"


def _statement(node: Any) -> Found:  # noqa: ANN401
    if not isinstance(getattr(node, "value", None), ast.Constant):
        yield lambda _: ast.Pass(), "dropped"


CHANGES: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[[Any], Found]] = {
    ast.Compare: _compare,
    ast.BoolOp: _and_or,
    ast.UnaryOp: _not,
    ast.BinOp: _operator,
    ast.Constant: _constant,
    (ast.If, ast.IfExp, ast.While): _condition,
    ast.comprehension: _filter,
    ast.Return: _return,
    ast.Call: _name,
    (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue): _statement,
}
"""What may be done to nodes of each kind."""


def _is_plain(test: ast.expr) -> bool:
    """Whether nothing else turns it round."""
    negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    return not negated and not (isinstance(test, ast.Compare) and len(test.ops) == 1)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _with(name: str, at: int | None, made: Any) -> Change:  # noqa: ANN401 - whatever a node holds
    def change(node: Any) -> Any:  # noqa: ANN401 - any kind of node
        if at is None:
            setattr(node, name, made)
        else:
            getattr(node, name)[at] = made
        return node

    return change


def mutants(tree: ast.Module) -> Iterator[Mutant]:
    """Every mutant of a module; what only says types, and what decorators do, is left as it is."""
    silent = {id(each) for node in ast.walk(tree) for part in _silent(node) for each in ast.walk(part)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) not in silent:
            for change, reads in changes(node):
                yield Mutant(number, getattr(node, "lineno", 0) or node.ifs[0].lineno, change, reads)  # type: ignore[attr-defined]


def _silent(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST | None] = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    found += getattr(node, "decorator_list", [])
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        found.append(node.value)  # a docstring
    if isinstance(node, ast.ClassDef):
        found += [one for one in node.body if isinstance(one, ast.Assign | ast.AnnAssign)]
    if isinstance(node, ast.JoinedStr):
        found += [part for part in node.values if isinstance(part, ast.Constant)]
    if isinstance(node, ast.FormattedValue):
        found.append(node.format_spec)
    return [one for one in found if one is not None]


class _One(ast.NodeTransformer):
    def __init__(self, wanted: ast.AST, change: Change) -> None:
        self.wanted, self.change = wanted, change

    def visit(self, node: ast.AST) -> Any:  # noqa: ANN401 - any kind of node
        return self.change(node) if node is self.wanted else self.generic_visit(node)


def made(tree: ast.Module, mutant: Mutant, path: str) -> CodeType:
    """The module's code with one change."""
    other = copy.deepcopy(tree)
    wanted = next(node for number, node in enumerate(ast.walk(other)) if number == mutant.number)
    return compile(ast.fix_missing_locations(_One(wanted, mutant.change).visit(other)), path, "exec")


def _place(function: FunctionType) -> tuple[str, int]:
    return function.__qualname__, function.__code__.co_firstlineno


def exchange(module: ModuleType, code: CodeType) -> None:
    """Let all that the module has made run the other code; what it holds itself is made anew, wherever it is known."""
    space: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__, "__builtins__": __builtins__}
    exec(code, space)  # noqa: S102 - it is our own module
    found = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__module__ == module.__name__]
    fresh = {_place(one): one for one in found if one.__globals__ is space}
    for one in found:
        other = fresh.get(_place(one), one)
        if one.__globals__ is not space and one.__code__.co_freevars == other.__code__.co_freevars:
            one.__code__ = other.__code__
            one.__defaults__, one.__kwdefaults__ = other.__defaults__, other.__kwdefaults__
    for name, value in space.items():
        old = module.__dict__.get(name)
        if name.startswith("__") or callable(value) or repr(old) == repr(value):
            continue
        for known in [one for title, one in sys.modules.items() if title.startswith(("charterkit", "tests."))]:
            if known.__dict__.get(name) is old:
                known.__dict__[name] = value


class Trial:
    """The plugin that runs what pytest has collected once for each mutant."""

    def __init__(self, name: str, lines: frozenset[int]) -> None:
        """`lines` are those of the module to change; all of them where there are none."""
        self.name, self.lines = name, lines

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """First without a change, which must pass."""
        module = importlib.import_module(self.name)
        path = Path(str(module.__file__))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines = path.read_text(encoding="utf-8").splitlines()
        session.items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
        if _forked(session, lambda: None):
            print("The tests fail without any change.")
            return True
        tried = alive = 0
        for mutant in mutants(tree):
            if self.lines and mutant.line not in self.lines:
                continue
            code = made(tree, mutant, str(path))
            tried += 1
            if not _forked(session, lambda code=code: exchange(module, code)):  # type: ignore[misc]
                alive += 1
                print(f"alive: {mutant.line}: {mutant.reads}: {lines[mutant.line - 1].strip()}", flush=True)
        print(f"{self.name}: {tried} mutants, {tried - alive} noticed, {alive} alive", flush=True)
        return True


def _forked(session: pytest.Session, prepare: Callable[[], None]) -> bool:
    """Whether any test fails in a fork of this process."""
    child = os.fork()
    if not child:
        session.config.pluginmanager.unregister(name="terminalreporter")
        signal.alarm(GUARD)
        try:
            prepare()
            _run(session)
        except BaseException:  # noqa: BLE001 - a module that cannot even be made
            os._exit(1)
        os._exit(int(session.testsfailed > 0))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _run(session: pytest.Session) -> None:
    for item, following in zip(session.items, [*session.items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return


def main(arguments: list[str]) -> int:
    """`MODULE`, or `MODULE:LINE,LINE` for some of its lines; then what pytest is to run."""
    name, _, said = arguments[0].partition(":")
    os.environ |= {"CI": "1", "HYPOTHESIS_EXAMPLES": os.environ.get("HYPOTHESIS_EXAMPLES", "25")}
    options = ["-q", "-x", "--no-header", "-p", "no:xdist", "-p", "no:cacheprovider"]
    trial = Trial(name, frozenset(map(int, filter(None, said.split(",")))))
    return int(pytest.main([*options, *arguments[1:]], plugins=[trial]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
