"""Writes the JSON Schemas that editors use, from the models and their docstrings. A test holds that they are fresh.

Editors read YAML 1.2, where `2019`, `1.10` and `true` are no text and an empty value is null. All of that is legal in
these files, so each schema allows it; in such a way that no editor offers `null`, `true` or `false` for a text.
"""

import ast
import dataclasses
import importlib
import inspect
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import WrapValidator

from charterkit.choices import FILE_KINDS
from charterkit.files.keys import expected_at, fields_of, inside, is_list
from charterkit.model import base
from charterkit.model.base import Model
from charterkit.model.dates import Cycle, Interval, PartialDate, ReviewDate, Span
from charterkit.model.language import Language
from charterkit.model.recurrences import Recurrence
from charterkit.model.survey import HowMany
from charterkit.model.value import Value
from charterkit.schema.shipped import FOLDER

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
EMPTY: Schema = {"not": {"type": ["string", "number", "boolean", "object", "array"]}}
"""Null, said in a way that editors do not offer as a word to write: the files leave a value empty instead."""
TRUTH: Schema = {"not": {"type": ["string", "number", "null", "object", "array"]}}
"""What YAML 1.2 makes of the plain text `true` or `false`."""

OWN: Schema = {"^x-": {"description": "Kept and ignored: for what the format does not know."}}

_YES_NO = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"
_TERM = "[Aa]utumn|[Ss]pring|[Ss]ummer"
_YEAR = "(1[89]|2[0-9])[0-9]{2}"
_ID = next(one.pattern for one in get_args(base.Id)[1].metadata if hasattr(one, "pattern"))


def _digits(pattern: str, least: int, most: int) -> Schema:
    """Digits, in quotes or not."""
    return {"type": ["string", "integer"], "pattern": pattern, "minimum": least, "maximum": most}


SCALARS: tuple[tuple[Any, str, Schema], ...] = (
    (str, "text", {"anyOf": [{"type": ["string", "number"]}, TRUTH]}),
    (base.Id, "id", {"anyOf": [{"type": ["string", "number"], "pattern": _ID, "minimum": 0}, TRUTH]}),
    (base.Count, "count", _digits("^[0-9]{1,9}$", 0, 999_999_999)),
    (
        base.YesNo,
        "yes-or-no",
        {"anyOf": [{"enum": ["yes", "no", True, False]}, {"type": "string", "pattern": _YES_NO}]},
    ),
    (base.Colour, "colour", {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$", "examples": ["#3d9a74"]}),
    (base.Urn, "urn", {**_digits("^[0-9]{5,6}$", 10_000, 999_999), "examples": ["119774"]}),
    (base.DfeNumber, "dfe-number", {"type": "string", "pattern": "^[0-9]{3}/[0-9]{4}$", "examples": ["888/4042"]}),
    (base.Ukprn, "ukprn", {**_digits("^[0-9]{8}$", 10_000_000, 99_999_999), "examples": ["10012345"]}),
    (base.GroupUid, "group-uid", {**_digits("^[0-9]{1,6}$", 0, 999_999), "examples": ["2053"]}),
    (
        Language,
        "language",
        {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "examples": ["cy", "ur", "zh-Hant"]},
    ),
    (
        PartialDate,
        "date",
        {
            "type": ["string", "integer"],
            "pattern": f"^{_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "minimum": 1800,
            "maximum": 2999,
            "examples": ["2025-10-14", "2025-10", "2025"],
        },
    ),
    (
        ReviewDate,
        "due-date",
        {
            "type": ["string", "integer"],
            "pattern": f"^({_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|{_YEAR}-[0-9]{{2}}-({_TERM})"
            f"|({_TERM})( [Tt]erm)? {_YEAR})$",
            "minimum": 1800,
            "maximum": 2999,
            "examples": ["2025-10-14", "2025-10", "2025-26-autumn", "2025-26-spring", "2025-26-summer"],
        },
    ),
    (
        Cycle,
        "cycle",
        {
            "type": "string",
            "pattern": f"^{_YEAR}-[0-9]{{2}}(-(autumn|spring|summer))?$",
            "examples": ["2025-26", "2025-26-autumn", "2025-26-spring", "2025-26-summer"],
        },
    ),
    (
        Interval,
        "interval",
        {
            "type": "string",
            "pattern": "^((?!0+ )[0-9]{1,4} (year|month|week|day)s?|live|as needed)$",
            "examples": ["1 year", "2 years", "18 months", "90 days", "live", "as needed"],
        },
    ),
    (
        Span,
        "span",
        {"type": "string", "pattern": "^[0-9]{1,4} ?(d|days?|w|weeks?)$", "examples": ["60d", "30 days", "8 weeks"]},
    ),
    (
        Value,
        "value",
        {"type": ["string", "number"], "examples": ["62%", "14 families", "3.5"]},
    ),
    (
        HowMany,
        "how-many",
        {"type": ["string", "integer"], "pattern": "^([0-9]{1,9}|[0-9]{1,3}([.][0-9]{1,6})? ?%)$", "minimum": 0},
    ),
    (
        Recurrence,
        "recurrence",
        {
            "anyOf": [{"type": ["string", "number"]}, TRUTH],
            "examples": [
                "daily", "every friday", "weekly", "fortnightly", "monthly", "each term", "start of each term",
                "every october and february", "every spring term", "once a year", "every 2 years",
                "after: Ofsted inspection", "regularly",
            ],
        },
    ),
)  # fmt: skip
"""Each kind of value, the name of its definition, and what of YAML 1.2 its parser reads. Wider is no harm: `check`
has the last word."""


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for kind in FILE_KINDS:
        (FOLDER / f"{kind}.json").write_text(text_of(kind), encoding="utf-8", newline="\n")


def text_of(kind: str) -> str:
    """One kind's schema as it is shipped."""
    module = importlib.import_module(f"charterkit.model.{kind}")
    return json.dumps(_Schema(getattr(module, kind.capitalize())).whole(), indent=2, ensure_ascii=False) + "\n"


def _either(made: Schema, keys: tuple[str, ...]) -> Schema:
    """Of some keys one has to stand there, where otherwise the first would have to."""
    if not keys:
        return {}
    others = [key for key in made["required"] if key not in keys]
    return {"required": others, "anyOf": [{"required": [key]} for key in keys]}


class _Schema:
    """The schema of one file kind; definitions are made when they are first needed."""

    def __init__(self, kind: type[Model]) -> None:
        self.kind = kind
        self.definitions: Schema = {}

    def whole(self) -> Schema:
        entries = {way[0] for way in getattr(self.kind, "ENTRIES", ())}
        made = self.object(self.kind, may_be_empty=entries)
        if getattr(self.kind, "MAY_BE_EMPTY", False):
            made["type"] = ["object", "null"]
        made |= _either(made, getattr(self.kind, "EITHER", ()))
        head = {"$schema": DRAFT, "description": _doc(self.kind)}  # a title would stand above every hover
        return {**head, **made, "definitions": dict(sorted(self.definitions.items()))}

    def object(self, kind: type, may_be_empty: "set[str] | frozenset[str]" = frozenset()) -> Schema:
        """Keys with values. A required list of entries may still stand there empty."""
        said = _field_docs(kind)
        made: Schema = {"type": "object", "additionalProperties": False, "patternProperties": OWN}
        required, properties = [], {}
        for name, key, annotation, is_required in _fields(kind):
            if name not in said:
                sys.exit(f"{kind.__module__}.{kind.__name__}.{name} has no docstring, and editors would show no help.")
            required += [key] if is_required else []
            value = self.value(annotation, said[name])
            is_optional = not is_required or name in may_be_empty
            properties[key] = {"description": said[name], **(self.or_empty(value) if is_optional else _beside(value))}
        return {**made, **({"required": required} if required else {}), "properties": properties}

    def or_empty(self, value: Schema) -> Schema:
        """The same, or nothing behind the colon."""
        return {"anyOf": [value, self.define("empty", EMPTY)]}

    def define(self, name: str, schema: Schema) -> Schema:
        """A reference to a definition."""
        self.definitions[name] = schema
        return {"$ref": f"#/definitions/{name}"}

    def value(self, annotation: Any, said: str) -> Schema:  # noqa: ANN401, PLR0911 - any annotation, a line each
        """What may stand at a place, `| None` aside: that is said beside it."""
        found = next((row for row in SCALARS if row[0] == annotation), None)
        if found:
            return self.define(found[1], found[2])
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            whole = self.value(inner[0], said)
            is_short = any(isinstance(extra, WrapValidator) for extra in annotation.__metadata__)
            return {"anyOf": [self.short(inner[0], said), whole]} if is_short else whole
        if origin in (Union, UnionType):
            return self.value(next(one for one in inner if one is not type(None)), said)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is tuple:
            fixed = {} if inner[-1] is Ellipsis else {"minItems": len(inner), "maxItems": len(inner)}
            return {"type": "array", "items": self.value(inner[0], said), **fixed}
        if origin is dict:
            return self.mapping(inner[0], inner[1], said)
        if issubclass(annotation, StrEnum):
            return {"enum": [one.value for one in annotation]}
        name = annotation.__name__
        if name not in self.definitions:
            self.define(name, self.object(annotation))
        return {"$ref": f"#/definitions/{name}"}

    def short(self, annotation: Any, said: str) -> Schema:  # noqa: ANN401 - any annotation
        """What may stand there instead of the whole (`in_short`, `several`): one entry, or the first key's value."""
        plain = expected_at(annotation, ())
        first = inside(plain, 0) if is_list(plain) else next(iter(fields_of(plain).values()))
        return self.value(first, said)

    def mapping(self, key: Any, inner: Any, said: str) -> Schema:  # noqa: ANN401 - any annotation of a field
        """Keys that people choose: an entry's help is what the entry's own docstring says, else the mapping's."""
        is_entry = dataclasses.is_dataclass(inner) and not issubclass(inner, base.Scalar)  # type: ignore[arg-type]  # a class
        value = {"description": _doc(inner) if is_entry else said, **self.or_empty(self.value(inner, said))}
        made: Schema = {"type": "object"}
        if key == base.Id:
            return {
                **made,
                "additionalProperties": False,
                "patternProperties": {f"^(?!x-){_ID.removeprefix('^')}": value} | OWN,
            }
        if get_origin(key) is Literal:
            return {
                **made,
                "additionalProperties": False,
                "patternProperties": OWN,
                "properties": dict.fromkeys(get_args(key), value),
            }
        return {**made, "patternProperties": OWN, "additionalProperties": value}


def _beside(value: Schema) -> Schema:
    """Draft 7 ignores what stands beside a reference, so it goes into a list of its own."""
    return {"allOf": [value]} if "$ref" in value else value


def _fields(kind: type) -> Iterator[tuple[str, str, Any, bool]]:
    """Each field's name, key in the file, annotation, and whether it is required."""
    if issubclass(kind, Model):
        written = get_type_hints(kind, include_extras=True)  # Pydantic's own field has lost what Annotated adds
        for name, found in kind.model_fields.items():
            yield name, found.alias or name, written[name], found.is_required()
        return
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]  # a part is a dataclass
        extras = getattr(one.type, "__metadata__", ())
        alias = next((extra.alias for extra in extras if getattr(extra, "alias", None)), one.name)
        missing = dataclasses.MISSING
        yield one.name, alias, one.type, one.default is missing and one.default_factory is missing


def _doc(kind: type) -> str:
    """The first sentence of a class's docstring: what it is, without what only programmers need."""
    return " ".join((inspect.getdoc(kind) or "").split()).partition(". ")[0].removesuffix(".") + "."


def _field_docs(kind: type) -> dict[str, str]:
    """The text under each field, inherited ones too."""
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__):
        if owner.__module__.startswith("charterkit.model."):
            found |= _docs_in(owner.__module__).get(owner.__name__, {})
    return found


@cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    path = Path(str(importlib.import_module(module).__file__))
    classes = (one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.ClassDef))
    return {one.name: dict(_under_fields(one.body)) for one in classes}


def _under_fields(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_text:
            yield field.target.id, " ".join(str(below.value.value).split())  # type: ignore[attr-defined]  # just seen


if __name__ == "__main__":
    main()
