"""What makes every command start sooner: libraries do at once what hardly any call needs, and here they do it later.

Modules that are seldom used are loaded when they are. Libraries are loaded with our `dataclass` (`records.py`) in the
place of the standard one, which compiles six functions a class, and with expressions that are compiled when they are
first used. Mercurial's `demandimport` and Bazaar's `lazy_regex` do the same for the same reason.
"""

import dataclasses
import importlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from charterkit.records import dataclass
from charterkit.text.later import later

SELDOM: Mapping[str, tuple[str, ...]] = {
    "difflib": ("get_close_matches",),
    "importlib.metadata": ("entry_points",),
    "secrets": (),
    "shutil": ("get_terminal_size",),
    "sqlite3": (),
    "statistics": ("median",),
    "subprocess": (),
}
"""Each with the functions of it that somebody takes out of it by name. Pydantic would look for plugins with one, if it
was let, typer opens web pages and guesses at commands with others; with what they load in turn that is as much as
PyYAML (`python -X importtime`, Python 3.11, November 2026).
"""
_STANDARD = dataclasses.dataclass


def sooner() -> None:
    """Everything that is loaded from now on is loaded in this way."""
    for name, functions in SELDOM.items():
        put_off(name, functions)
    sys.meta_path.insert(0, _Sooner)


def put_off(name: str, functions: Sequence[str] = ()) -> None:
    """Have a module that nobody has imported yet loaded only when something of it is asked for.

    What stands for it until then has `functions`, which load it when they are called, and gives whatever else it has.
    """
    if name in sys.modules:
        return
    stand_in, once = ModuleType(name), [name]

    def loaded() -> ModuleType:
        with suppress(IndexError):  # of several threads one alone takes the stand-in away, and never what came after it
            if sys.modules.get(once.pop()) is stand_in:
                del sys.modules[name]
        return importlib.import_module(name)

    def calling(function: str) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
            return getattr(loaded(), function)(*given, **named)

        return called

    def asked(word: str) -> Any:  # noqa: ANN401 - whatever the module has
        if word == "__path__":  # every `from ... import` looks whether it is a package
            raise AttributeError(word)
        return getattr(loaded(), word)

    stand_in.__spec__ = find_spec(name)
    if stand_in.__spec__ is not None and stand_in.__spec__.submodule_search_locations is not None:
        stand_in.__path__ = list(stand_in.__spec__.submodule_search_locations)
    vars(stand_in).update({function: calling(function) for function in functions}, __getattr__=asked)
    sys.modules[name] = stand_in
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, stand_in)


def _dataclass(cls: Any = None, /, **options: Any) -> Any:  # noqa: ANN401 - as the standard one
    """Ours, or the standard one where it is asked for what ours does not have."""
    if cls is None:
        return partial(_dataclass, **options)
    is_ours = options.keys() <= {"frozen", "slots", "kw_only"} and not _is_odd(cls)
    return (dataclass if is_ours else _STANDARD)(cls, **options)


def _is_odd(cls: type) -> bool:
    """Whether a class has fields such as ours cannot make: for `__init__` alone, or hashed in a way of their own."""
    fields = [value for value in vars(cls).values() if type(value) is dataclasses.Field]
    kinds = vars(cls).get("__annotations__", {}).values()
    is_given = dataclasses.InitVar in map(type, kinds) or "InitVar" in " ".join(
        each for each in kinds if type(each) is str
    )
    return is_given or any(field.hash is not None for field in fields)


LENT: Mapping[str, tuple[ModuleType, str, Any]] = {
    "annotated_types": (dataclasses, "dataclass", _dataclass),
    "pydantic": (dataclasses, "dataclass", _dataclass),
    "yaml": (re, "compile", later),
}
"""By library, what of Python's own another function takes the place of while one of its modules is loaded."""


class _Sooner:
    """Finds the modules of these libraries where Python does, and loads them with what they are lent."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As Python's own finders; None for any other module."""
        lent = LENT.get(name.partition(".")[0])
        spec = PathFinder.find_spec(name, path, target) if lent else None
        if lent and spec and spec.loader:
            load = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                of, word, other = lent
                own = getattr(of, word)
                if own is other:  # a module that another one asks for, or another thread: who lent it takes it back
                    load(module)
                    return
                setattr(of, word, other)
                try:
                    load(module)
                finally:
                    setattr(of, word, own)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
