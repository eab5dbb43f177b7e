"""The house rules of the code, found by reading it: who may import whom, who may ask the clock, and how long a file is."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import charterkit
from tests.sources import nodes, tree

SOURCE = Path(charterkit.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 400

BELOW = {"choices", "records", "findings", "errors", "resources", "text"}
MAY_IMPORT = {
    "choices": set(),
    "records": set(),
    "findings": {"choices", "records"},
    "errors": {"sentences"},
    "sentences": {"text"},
    "resources": {"records"},
    "text": {"findings", "choices", "resources", "records"},
    "model": BELOW,
    "files": {"model"} | BELOW,
    "insight": {"files", "model"} | BELOW,
    "many": {"insight", "files", "model"} | BELOW,
    "rules": {"many", "insight", "files", "model"} | BELOW,
    "exchange": {"schema", "insight", "files", "model"} | BELOW,
    "session": {"schema", "insight", "files", "model"} | BELOW,
    "render": {"credential", "many", "insight", "rules", "files", "model"} | BELOW,
    "credential": {"insight", "files", "model"} | BELOW,
    "schema": {"files", "model"} | BELOW,
    "documents": {"render", "exchange", "credential", "rules", "many", "insight", "files", "model"} | BELOW,
    "serve": {"documents", "schema", "render", "exchange", "session", "credential"}
    | {"rules", "many", "insight", "files", "model"}
    | BELOW,
    "cli": {"serve", "documents", "schema", "render", "exchange", "session", "credential"}
    | {"rules", "many", "insight", "files", "model"}
    | BELOW,
    "__main__": {"cli"},
    "__init__": set(),
}
"""Each part of the package and what it may import, itself aside."""

CLOCK = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "fromtimestamp"}
CLOCKS = {"date", "datetime", "time"}
MAY_KNOW_AGES = {"files/beside.py": {"time.time"}, "files/disk.py": {"time.time_ns"}}
"""How old a killed writer's leftover, or a file, is can be told from the clock alone; no person sees any of it."""


def name(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def part(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Every part of the package that a module imports, inside functions too."""
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(module)}: relative imports hide where a thing comes from"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for one in names:
            if one.split(".")[0] == "charterkit" and one != "charterkit.__version__":
                yield one.split(".")[1]


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def by_module(asked: Callable[[Path], Iterable[str]], modules: Iterable[Path] = MODULES) -> dict[str, set[str]]:
    """What is asked of each module, where anything is found. One test a rule: one a module would be thousands."""
    return {name(module): found for module in modules if (found := set(asked(module)))}


def test_imports_point_one_way() -> None:
    assert by_module(lambda module: set(imported(module)) - MAY_IMPORT[part(module)] - {part(module)}) == {}


def test_only_the_command_line_asks_the_clock_and_the_environment_or_speaks() -> None:
    asking = [
        module for module in MODULES if part(module) != "cli" and module.name != "press.py"
    ]  # a program by itself
    assert by_module(asks_or_speaks, asking) == {}


def asks_or_speaks(module: Path) -> set[str]:
    found = set()
    for node in nodes(module):
        if isinstance(node, ast.Attribute):
            said = dotted(node)
            *before, last = said.split(".")
            is_clock = last in CLOCK and bool(before) and before[-1] in CLOCKS
            is_environment = said in ("os.environ", "os.getenv", "os.environb")
            is_terminal = said in ("sys.stdin", "sys.stdout", "sys.stderr", "sys.exit", "sys.argv", "os._exit")
            if is_clock or is_environment or is_terminal:
                found.add(said)
        elif isinstance(node, ast.Call) and dotted(node.func) in ("print", "input", "exit", "quit"):
            found.add(dotted(node.func))
        elif isinstance(node, ast.Name) and node.id == "SystemExit":
            found.add(node.id)
    found -= MAY_KNOW_AGES.get(name(module), set())
    if name(module) == "__main__.py":
        found -= {"sys.exit"}
    return found


def test_no_module_is_too_long() -> None:
    lines = {name(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(module) for module in MODULES if not ast.get_docstring(tree(module))]
    assert [module for module in silent if (SOURCE / module).read_text(encoding="utf-8").strip()] == []


def test_every_part_has_its_place() -> None:
    assert {part(module) for module in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", ["charterkit", "charterkit.cli", "charterkit.choices", "charterkit.findings"])
def test_starting_imports_nothing_heavy(module: str) -> None:
    """`--version` and completion need none of them."""
    code = (
        f"import sys, {module}; print(*sorted({{'pydantic', 'jinja2', 'rich', 'yaml', 'filelock'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_page_in_the_browser_starts_without_the_terminal_and_other_programs_files() -> None:
    """Whoever calls `open` waits for all that is loaded."""
    code = (
        "import sys, charterkit.serve.app;"
        "print(*sorted({'rich', 'charterkit.exchange.grid', 'openpyxl', 'xlsxwriter', 'pyexpat'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_public_class_name_stands_for_one_thing() -> None:
    places = defaultdict(list)
    for module in MODULES:
        for node in tree(module).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name(module))
            elif name(module) == "choices.py" and isinstance(node, ast.Assign):  # a choice is read as a class is
                places[dotted(node.targets[0])].append(name(module))
    assert {found: where for found, where in places.items() if len(where) > 1} == {}


def test_a_variable_has_the_fields_own_word() -> None:
    assert by_module(lambda module: bound(module) & {"one"}) == {}


def bound(module: Path) -> set[str]:
    """The names that a module gives to values."""
    stored = {node.id for node in nodes(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in nodes(module) if isinstance(node, ast.arg)}
