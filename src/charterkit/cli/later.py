"""Modules of Python's own that libraries import and that hardly any call uses: loaded when they are first used."""

import importlib
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any

SELDOM: Mapping[str, tuple[str, ...]] = {
    "importlib.metadata": ("entry_points",),
    "platform": (),
    "subprocess": (),
    "traceback": (),
}
"""Each with the functions of it that a library takes out of it by name. Pydantic would look for plugins with the first,
if it was let; typer opens web pages with two others, and draws faults with the last. Together they take as long to load
as PyYAML does (`python -X importtime`, Python 3.11, November 2026).
"""


def put_off(name: str, functions: tuple[str, ...] = ()) -> None:
    """Have a module that nobody has imported yet loaded only when something of it is asked for.

    What stands for it until then has `functions`, which load it when they are called, and gives whatever else it has.
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def loaded() -> ModuleType:
        if sys.modules.get(name) is stand_in:
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
