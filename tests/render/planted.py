"""A file of some kind with a mark in every place that takes text, made from the model itself."""

import dataclasses
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from charterkit.model.base import Model, Scalar
from charterkit.model.dates import Cycle, Interval, PartialDate, Span
from charterkit.model.recurrences import Recurrence
from charterkit.model.value import Value


def planted(kind: type, way: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every field filled in; a text holds "mark-" and the way to it."""
    if issubclass(kind, Model):
        found = {name: (field.alias or name, field.annotation) for name, field in kind.model_fields.items()}
    else:
        hints = get_type_hints(kind, include_extras=True)
        found = {one.name: (alias(hints[one.name]) or one.name, hints[one.name]) for one in fields_of(kind)}
    return {key: value(kind_of, (*way, key)) for key, kind_of in found.values()}


def fields_of(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def is_mapping(kind: Any) -> bool:
    """Whether a file has keys with values there."""
    return dataclasses.is_dataclass(kind) and isinstance(kind, type) and not issubclass(kind, Scalar)


def alias(hint: Any) -> str | None:
    extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((one.alias for one in extras if isinstance(one, FieldInfo) and one.alias), None)


def value(kind: Any, way: tuple[str, ...]) -> Any:
    """Something of a kind, as a file has it."""
    mark, origin, inside = f"mark-{'-'.join(way).replace('_', '-')}", get_origin(kind), get_args(kind)
    if origin is Annotated:
        return value(inside[0], way)
    if origin in (Union, types.UnionType):
        return value(next(one for one in inside if one is not type(None)), way)
    if origin is Literal:
        return inside[0]
    if origin is tuple:
        return [value(inside[0], way)]
    if origin is dict:
        return {f"{mark}-key": value(inside[1], way) if is_mapping(inside[1]) else mark}
    simple = {
        PartialDate: "2026-05",
        Cycle: "2025-26",
        Interval: "1 year",
        Span: "60d",
        bool: "yes",
        int: "40",
        str: mark,
        Recurrence: mark,
        Value: "62%",
    }
    return simple[kind] if kind in simple else planted(kind, way)
