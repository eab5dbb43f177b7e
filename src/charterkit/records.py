"""The dataclass of the standard library, made in a fifth of the time; a command makes some two hundred as it starts.

The standard one writes six functions of each class as text and compiles them. Here only `__init__` is compiled, and
the others are shared by all classes. Fields, `replace`, `asdict`, matching and pickling are the standard ones.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_NEW = object()
"""Stands for an argument that was not given, where each instance gets a value of its own."""
_SET = object.__setattr__


def _record(
    cls: Any = None,  # noqa: ANN401 - a class, whatever is in it
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
) -> Any:  # noqa: ANN401
    """As `dataclasses.dataclass` with the same options; an option that it does not have here raises TypeError."""
    if cls is None:
        return lambda cls: _record(cls, frozen=frozen, slots=slots, kw_only=kw_only)
    if not cls.__doc__:
        cls.__doc__ = cls.__name__  # else the standard one works out the signature, to put it here
    own = cls.__dict__
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    if any(field.hash is not None for field in fields):
        raise TypeError("A field is hashed where it is compared; here that cannot be said for it alone.")
    compared = _values([field.name for field in fields if field.compare])
    functions: dict[str, Any] = {
        "__init__": _init(made, fields, "_set(self, {!r}, {})" if frozen else "self.{} = {}"),
        "__repr__": _repr([field.name for field in fields if field.repr]),
        "__eq__": _eq(compared),
        "__hash__": _hash(compared) if frozen else None,
    }
    if frozen:
        functions |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    if frozen and slots:
        functions |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, function in functions.items():
        if name not in own or (name == "__hash__" and own[name] is None):  # None: Python's own, of a class with __eq__
            setattr(made, name, function)
    return made


def _init(cls: type, fields: "tuple[dataclasses.Field[Any], ...]", setting: str) -> Callable[..., None]:
    """A class's `__init__`, which is called too often to be shared. It is compiled when it is first called: of most
    classes that a command knows it makes no instance.
    """
    made: list[Callable[..., None]] = []  # whoever put another in its place, or around it, may still call this

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401, N807
        if not made:
            made.append(_compiled(cls, fields, setting))
        if cls.__dict__["__init__"] is __init__:
            type.__setattr__(cls, "__init__", made[0])
        made[0](self, *given, **named)

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return __init__


def _compiled(cls: type, fields: "tuple[dataclasses.Field[Any], ...]", setting: str) -> Callable[..., None]:
    """An `__init__` that sets each field by a line of a form such as `self.{} = {}`."""
    known: dict[str, Any] = {"_set": _SET, "_NEW": _NEW}
    positional, named, lines = ["self"], ["*"], []
    for number, field in enumerate(fields):
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make{number}"], default = field.default_factory, "=_NEW"
            value = f"_make{number}() if {name} is _NEW else {name}" if field.init else f"_make{number}()"
        elif field.default is not dataclasses.MISSING:
            known[f"_default{number}"], default = field.default, f"=_default{number}"
            value = value if field.init else f"_default{number}"
        else:
            default = ""
        if field.init:
            (named if field.kw_only else positional).append(f"{name}{default}")
        if field.init or default:
            lines.append(setting.format(name, value))
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    arguments = ", ".join([*positional, *(named if len(named) > 1 else [])])
    body = "".join(f"\n {line}" for line in lines or ["pass"])
    exec(f"def __init__({arguments}):{body}", known)  # noqa: S102 - names of fields alone
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _repr(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: ANN401, N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _eq(values: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: ANN401, N807
        return bool(values(self) == values(other)) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: ANN401, N807
        return hash(values(self))

    return __hash__


def _refuse_to_set(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:  # noqa: ANN401
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        _SET(self, field.name, value)


if TYPE_CHECKING:  # so that everything that reads code takes it for the standard one
    from dataclasses import dataclass
else:
    dataclass = _record
