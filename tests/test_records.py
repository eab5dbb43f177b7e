"""Ours against the standard library's: what a dataclass says, refuses, keeps and equals is the same."""

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any, ClassVar

import pytest

from charterkit import records

MAKERS = {"ours": records._record, "the standard one": dataclasses.dataclass}
OPTIONS = [
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True},
    {"slots": True},
    {},
]


def made(make: Any, **options: bool) -> type[Any]:
    class Aspect:
        KIND: ClassVar[str] = "aspect"
        id: str
        text: str = ""
        levels: list[str] = field(default_factory=list)
        note: str = field(default="", compare=False)
        secret: str = field(default="", repr=False)

        @property
        def label(self) -> str:
            return f"{self.id}!"

    whole: type[Any] = make(**options)(Aspect)
    whole.__qualname__ = whole.__name__
    globals()["Aspect"] = whole  # where pickle looks for it
    whole.__module__ = __name__
    return whole


def outcome(work: Any) -> object:
    try:
        return repr(work())
    except (TypeError, AttributeError) as error:
        return type(error), str(error).replace("made.<locals>.", "")


WORK = {
    "in full": lambda cls: cls(id="a", text="b", levels=["c"], note="d", secret="e"),
    "by place": lambda cls: cls("a", "b"),
    "without what is required": lambda cls: cls(),
    "with what there is not": lambda cls: cls(id="a", other="b"),
    "set": lambda cls: setattr(cls(id="a"), "text", "c"),
    "deleted": lambda cls: delattr(cls(id="a"), "text"),
    "equal": lambda cls: cls(id="a", note="x") == cls(id="a", note="y"),
    "not equal": lambda cls: cls(id="a", secret="x") == cls(id="a", secret="y"),
    "to something else": lambda cls: (cls(id="a") == ("a", "", [], "", ""), cls(id="a") != 1),
    "as a key": lambda cls: hash(cls(id="a")),
    "as a key, in full": lambda cls: len({cls(id="a", levels=(), note=word) for word in "xyx"}),
    "another one": lambda cls: dataclasses.replace(cls(id="a"), text="b"),
    "as a dict": lambda cls: dataclasses.asdict(cls(id="a")),
    "pickled": lambda cls: pickle.loads(pickle.dumps(cls(id="a", levels=["b"]))) == cls(id="a", levels=["b"]),
    "copied": lambda cls: copy.deepcopy(cls(id="a", levels=["b"])),
    "of its own": lambda cls: cls(id="a").levels is cls(id="a").levels,
    "names": lambda cls: [each.name for each in dataclasses.fields(cls)],
    "matched": lambda cls: cls.__match_args__,
    "a property": lambda cls: cls(id="a").label,
    "slots": lambda cls: getattr(cls, "__slots__", None),
    "a class of it": lambda cls: cls.KIND,
}


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("work", WORK)
def test_it_is_as_the_standard_one(work, options):
    ours, theirs = (outcome(lambda make=make: WORK[work](made(make, **options))) for make in MAKERS.values())
    assert ours == theirs


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_what_a_class_has_of_its_own_stays(make):
    @make(frozen=True)
    class Own:
        id: str
        other: str = field(init=False, default="x")

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

        def __post_init__(self) -> None:
            object.__setattr__(self, "other", self.id * 2)

    whole: Any = Own
    own = whole("a")
    assert (own == 3, hash(own), repr(own), own.other) == (True, 7, "own", "aa")


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_class_inherits_the_fields_of_another(make):
    @make(frozen=True, slots=True)
    class School:
        """A school."""

        name: str
        phase: str = "primary"

    @make(frozen=True, slots=True)
    class Academy(School):
        """One of a trust."""

        trust: str = ""

    school: Any = School
    academy: Any = Academy
    assert repr(academy("Oak", trust="Tree")).endswith("Academy(name='Oak', phase='primary', trust='Tree')")
    assert academy("Oak") != school("Oak")
    assert hash(academy("Oak")) == hash(academy("Oak", "primary", ""))


def test_a_class_that_holds_itself_can_be_shown():
    @records.dataclass
    class Ring:
        inside: Any = None

    ring = Ring()
    ring.inside = ring
    assert repr(ring).endswith("Ring(inside=...)")


def test_an_option_that_it_does_not_have_is_refused():
    with pytest.raises(TypeError):
        records.dataclass(order=True)


def test_a_field_that_is_hashed_in_its_own_way_is_refused():
    with pytest.raises(TypeError):

        @records.dataclass(frozen=True)
        class Odd:
            name: str = dataclasses.field(hash=False)


def test_another_may_be_put_around_its_making_before_any_is_made():
    @records.dataclass
    class Plain:
        name: str

    own, seen = Plain.__init__, []

    def around(self: Any, *given: Any) -> None:
        seen.append(given)
        own(self, *given)

    Plain.__init__ = around  # type: ignore[method-assign,assignment]
    assert [Plain("a"), Plain("b")] == [Plain("a"), Plain("b")]
    assert len(seen) == 4
