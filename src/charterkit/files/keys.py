"""What may stand where in a file of a kind: its keys, and what is expected under each, told from the models."""

import dataclasses
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from charterkit.findings import TreePath
from charterkit.model.base import Model, Scalar


def keys_at(kind: Any, at: TreePath) -> list[str]:  # noqa: ANN401 - any annotation
    """The keys that may stand at a place of a file kind; none where any key or no key may."""
    return list(fields_of(expected_at(kind, at)))


def expected_at(kind: Any, at: TreePath) -> Any:  # noqa: ANN401 - any annotation
    """The annotation of what stands at a place, without `| None` and what Annotated adds; None where nothing may."""
    for key in at:
        kind = inside(kind, key)
    return _plain(kind)


def inside(annotation: Any, key: str | int) -> Any:  # noqa: ANN401 - any annotation
    """What stands under a key or position of it."""
    annotation = _plain(annotation)
    origin = get_origin(annotation)
    if origin is tuple:
        return get_args(annotation)[0]
    if origin is dict:
        return get_args(annotation)[1]
    return fields_of(annotation).get(str(key))


def is_list(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether a list is expected."""
    return get_origin(_plain(annotation)) is tuple


def is_named(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether keys of the author's own are expected, each with a value of one kind."""
    return get_origin(_plain(annotation)) is dict


@cache
def fields_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    """The keys of a model or an entry, each with its annotation; none of anything else."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return {found.alias or name: found.annotation for name, found in kind.model_fields.items()}
    if dataclasses.is_dataclass(kind) and not (isinstance(kind, type) and issubclass(kind, Scalar)):
        return {_alias(found): found.type for found in dataclasses.fields(kind)}
    return {}


@cache
def required_of(kind: Any) -> list[str]:  # noqa: ANN401 - any annotation
    """Those of its keys that may not be left out."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return [found.alias or name for name, found in kind.model_fields.items() if found.is_required()]
    if not dataclasses.is_dataclass(kind):
        return []
    nothing = dataclasses.MISSING
    return [_alias(each) for each in dataclasses.fields(kind) if each.default is each.default_factory is nothing]


def _alias(found: "dataclasses.Field[Any]") -> str:
    for extra in getattr(found.type, "__metadata__", ()):
        if getattr(extra, "alias", None):
            return str(extra.alias)
    return found.name


@cache
def _plain(annotation: Any) -> Any:  # noqa: ANN401 - any annotation
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _plain(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation
