"""Where templates lie: the workspace's own first, then the built-in ones. Never a file outside the two."""

import json
import re
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateError, TemplateNotFound

from charterkit.render.engine.tokens import FILE, Tokens, builtin_tokens, merged
from charterkit.resources import builtin
from charterkit.text.safe import shown

FOLDER = "templates"
BUILTIN = "builtin/"
"""Before a name: the built-in template, also where the workspace has its own; so that its own can extend it."""
BUILTIN_NAME = "built-in"
"""How a person is told that a template is not the workspace's own."""
MAX_BYTES = 1_048_576

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,5}")


class RefusedError(TemplateError):
    """A template that must not or cannot be read; the message is a plain sentence."""


class Templates(BaseLoader):
    """Finds a template by name. `root` is the workspace, None to use the built-in ones only."""

    def __init__(self, root: Path | None) -> None:
        """Remember which files were used, to name the one with a mistake."""
        self.root = root
        self.used: dict[str, str] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:  # noqa: ARG002
        """The template's text and the name a person knows it by."""
        text, name = self.text(template)
        self.used[name] = template
        return text, name, None

    def text(self, template: str) -> tuple[str, str]:
        """A file's text and its name. Raises TemplateNotFound, or RefusedError with a sentence."""
        plain = template.removeprefix(BUILTIN)
        if not _NAME.fullmatch(plain):
            raise RefusedError(f"'{template}' is no name of a template: it must stay inside the folder {FOLDER}/")
        own = self._own(plain) if plain == template else None
        path = own or builtin() / FOLDER / plain
        if not path.is_file():
            raise TemplateNotFound(template)
        return _read(path, plain), f"{FOLDER}/{plain}" if own else f"{BUILTIN_NAME} {FOLDER}/{plain}"

    def _own(self, name: str) -> Path | None:
        if self.root is None:
            return None
        path = self.root / FOLDER / name
        try:
            real = path.resolve(strict=True)
            inside = real.is_relative_to(self.root.resolve())
        except FileNotFoundError:
            return None
        except (OSError, RuntimeError):  # a loop of links is a RuntimeError before Python 3.13
            raise RefusedError(f"{FOLDER}/{name} cannot be read") from None
        if not inside:
            raise RefusedError(f"{FOLDER}/{name} is a link that leads out of the workspace")
        return path if real.is_file() else None

    def tokens(self) -> Tokens:
        """The design tokens, a workspace's own over the built-in ones."""
        base = builtin_tokens()
        if self.root is None or self._own(FILE) is None:
            return base
        text, name = self.text(FILE)
        try:
            own: Any = json.loads(text)
        except json.JSONDecodeError as error:
            raise RefusedError(f"{name} is no JSON: line {error.lineno}, column {error.colno}") from None
        except RecursionError:
            raise RefusedError(f"{name} is nested too deeply") from None
        if not isinstance(own, dict):
            raise RefusedError(f"{name} must hold keys with values, in braces")
        _demand_shape(base, own, name)
        return merged(base, own)


_SHAPES: dict[type, str] = {dict: "keys with values, in braces", list: "a list, in brackets", str: "a text, in quotes"}
"""What a value of the built-in tokens is, and so has to be in a workspace's; a number for everything else."""


def _demand_shape(base: Tokens, own: Tokens, name: str, way: tuple[str, ...] = ()) -> None:
    for key, value in own.items():
        usual, here = base.get(key), (*way, key)
        place = f"{name}: {', '.join(map(shown, here))}"
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if key in base and not (is_number if isinstance(usual, int | float) else isinstance(value, type(usual))):
            said = _SHAPES.get(type(usual), "a number")
            raise RefusedError(f"{place} must be {said}")
        if isinstance(usual, list) and any(type(each) is not type(usual[0]) for each in value):
            raise RefusedError(f"{place} must hold what the built-in one holds")
        if isinstance(usual, list) and len(value) < len(usual):
            raise RefusedError(f"{place} must hold {len(usual)} values")
        if isinstance(usual, dict):
            _demand_shape(usual, value, name, here)


def _read(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RefusedError(f"{FOLDER}/{name} cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise RefusedError(f"{FOLDER}/{name} is larger than 1 MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(f"{FOLDER}/{name} is not UTF-8: save it with that encoding") from None
