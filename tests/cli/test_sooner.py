"""What libraries are lent as a command starts changes when something is done, and nothing else."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from charterkit.cli.sooner import LENT

LOADED = """
import sys
if sys.argv[1] == "sooner":
    from charterkit.cli.sooner import SELDOM, sooner
    sooner()
import pydantic, pydantic.json_schema, pydantic.types, typer, yaml
"""
DATACLASSES = """
import dataclasses, json
def made(cls):
    try:
        made = cls(**{f.name: 1 for f in dataclasses.fields(cls) if f.init})
        whole = [repr(made), made == made, made == dataclasses.replace(made), made != 1]
        return whole + [hash(made) == hash(dataclasses.replace(made)) if cls.__hash__ else None]
    except Exception as error:
        return f"{type(error).__name__}: {error}"
def refused(cls):
    try:
        cls(no=1)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(json.dumps({
    f"{cls.__module__}.{cls.__qualname__}": [
        [(f.name, str(f.type), f.init, f.compare, f.kw_only) for f in dataclasses.fields(cls)],
        list(cls.__match_args__), cls.__hash__ is None, made(cls), refused(cls),
    ]
    for name, module in sorted(sys.modules.items()) if name.partition(".")[0] in ("annotated_types", "pydantic")
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == name
}))
"""
NUMBERS = "[1, 0x1F, 1.5, .inf, 2026-11-30, 2026-11-30T10:00:00Z, yes, ~, 12:30, no]"


def said(way: str, script: str) -> str:
    command = [sys.executable, "-c", LOADED + script, way]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def test_dataclasses_of_libraries_are_the_same():
    standard, ours = (json.loads(said(way, DATACLASSES)) for way in ("standard", "sooner"))
    assert len(standard) > 40
    assert ours == standard


@pytest.mark.parametrize(
    "script",
    [
        f"print(yaml.load({NUMBERS!r}, yaml.Loader), yaml.load({NUMBERS!r}, yaml.CSafeLoader), yaml.safe_dump(['no', '1']))",
        "import re, dataclasses as d; print(d.dataclass.__module__, re.compile.__module__, re.compile('a'))",
        "import importlib.metadata; print(importlib.metadata.version('pydantic'), importlib.metadata.__name__)",
        "from importlib.metadata import entry_points; print(len(entry_points(group='console_scripts')) > 1)",
        "import importlib.metadata._text, importlib.metadata as m; print(m.__spec__.name, m._text.__name__)",
        "import shutil; print(shutil.which('python3'))",
        "from shutil import get_terminal_size; print(get_terminal_size())",
        "from statistics import NormalDist, median; print(median([1, 4, 2]), NormalDist())",
        "from subprocess import run, PIPE; print(run([sys.executable, '-c', 'print(1)'], stdout=PIPE).stdout)",
        (
            "import subprocess\ntry: subprocess.run([sys.executable, '-c', '1/0'], check=True, stderr=-3)\n"
            "except subprocess.CalledProcessError as error: print(error)"
        ),
        "import difflib, secrets; print(difflib.get_close_matches('evalute', ['evaluate']), len(secrets.token_hex(4)))",
    ],
)
def test_what_is_loaded_later_is_the_same_when_it_is_used(script: str):
    assert said("sooner", script) == said("standard", script) != ""


def test_what_is_seldom_used_is_not_loaded():
    of = "print([name for name in SELDOM if sys.modules[name].__dict__.get('__file__')])"
    assert said("sooner", of) == "[]\n"


def test_a_class_that_ours_cannot_make_is_the_standard_one():
    @LENT["pydantic"][2]
    class Odd:
        name: str = dataclasses.field(hash=False)
        given: dataclasses.InitVar[int]

        def __post_init__(self, given: int) -> None:
            self.name += str(given)

    whole: Any = Odd
    assert whole("a", 1).name == "a1"


STOPPED = """
import os, signal, sys
from charterkit.cli import main
class Stop:
    def find_spec(name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop)
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("module", ["dataclasses", "typer", "charterkit.cli.app"])
def test_a_stop_while_the_program_is_loaded_is_no_fault(module: str):
    done = subprocess.run([sys.executable, "-c", STOPPED, module], check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"\nStopped.\n")


OVERLAPPING = """
import dataclasses, pathlib, sys, threading
from charterkit.cli.sooner import LENT, sooner
sooner()
sys.modules["turns"] = turns = type(sys)("turns")
turns.first, turns.second, turns.done = (threading.Event() for _ in range(3))
folder = pathlib.Path("lent")
folder.mkdir()
(folder / "a.py").write_text("import turns; turns.first.set(); turns.second.wait()")
(folder / "b.py").write_text("import turns; turns.second.set(); turns.done.wait()")
LENT["lent"], own = LENT["pydantic"], dataclasses.dataclass
a, b = (threading.Thread(target=__import__, args=[f"lent.{name}"]) for name in "ab")
a.start(), turns.first.wait(), b.start(), a.join(), turns.done.set(), b.join()
print(dataclasses.dataclass is own)
"""


def test_threads_that_load_at_once_leave_the_standard_one_in_its_place(tmp_path: Path):
    done = subprocess.run([sys.executable, "-c", OVERLAPPING], cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout.split() == [b"True"]
