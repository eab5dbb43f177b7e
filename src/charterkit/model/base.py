"""What every model shares: strict keys, frozen values, and scalars read by our own parsers."""

import dataclasses
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WrapValidator
from pydantic_core import PydanticCustomError, PydanticKnownError, core_schema
from typing_extensions import dataclass_transform

from charterkit.findings import Code
from charterkit.records import dataclass
from charterkit.text.later import later

CONFIG = ConfigDict(extra="forbid", frozen=True, defer_build=True)
T = TypeVar("T")


class Model(BaseModel):
    """A file, or a part of one that appears a few times."""

    model_config = CONFIG


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(dataclasses.field,))
def entry(cls: type[T]) -> type[T]:
    """A part that appears often: a slotted dataclass, which Pydantic validates in a third of a BaseModel's time."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = CONFIG  # type: ignore[attr-defined]  # where Pydantic looks for a dataclass's settings
    return made


class BadValue(ValueError):  # noqa: N818 - it is a value, and it is bad
    """A scalar that cannot be read: the finding's code, what is wrong, and what to write instead."""

    def __init__(self, code: Code, message: str, remedy: str = "") -> None:
        """Keep the parts of the finding-to-be."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


def reader(parse: Callable[[str], T]) -> Callable[[Any], T]:
    """A Pydantic validator out of a parser: text in, value out, BadValue turned into Pydantic's own error."""

    def read(value: Any) -> T:  # noqa: ANN401 - whatever the file holds
        if not isinstance(value, str):
            if isinstance(value, list | dict) or value is None:
                raise PydanticCustomError("string_type", "text expected")
            made: T = value  # already the value itself: built in code
            return made
        try:
            return parse(value)
        except BadValue as bad:
            raise PydanticCustomError("bad_value", "{message}", _context(bad)) from None

    return read


def _context(bad: BadValue) -> dict[str, Any]:
    return {"message": bad.message, "code": bad.code, "remedy": bad.remedy}


class Scalar:
    """A value with a text form of its own. Subclasses give `parse`, and `__str__` writes what `parse` reads."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:  # noqa: ANN401
        """Read text through `parse`; write it back with `str`."""
        return core_schema.no_info_plain_validator_function(
            reader(cls.parse),  # type: ignore[attr-defined]  # every subclass has it
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:  # noqa: ANN401
        """Editors read YAML 1.2, where `2019` is a number."""
        return {"type": ["string", "integer"]}


def _count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    raise BadValue(Code.NOT_A_NUMBER, f"'{text}' is not a whole number", "Write digits only, such as 187.")


def _yes_no(text: str) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False}
    if text.lower() in words:
        return words[text.lower()]
    raise BadValue(Code.NOT_YES_OR_NO, f"'{text}' is neither yes nor no", "Write yes or no.")


def pattern(expression: str, what: str, remedy: str) -> Callable[[str], str]:
    """A parser that takes what an expression matches, and refuses anything else: it is not `what`."""
    form = later(expression)

    def read(text: str) -> str:
        if form.fullmatch(text):
            return text
        raise BadValue(Code.BAD_FORM, f"'{text}' is not {what}", remedy)

    return read


_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=_ID)]
"""An id or slug: kebab-case, never shown to people."""

Count = Annotated[int, BeforeValidator(reader(_count))]
YesNo = Annotated[bool, BeforeValidator(reader(_yes_no))]
Colour = Annotated[
    str,
    BeforeValidator(reader(pattern("#[0-9a-fA-F]{6}", "a colour", 'Write six digits in quotes, such as "#3d9a74".'))),
]
TextHash = Annotated[
    str,
    BeforeValidator(
        reader(
            pattern(
                "sha256:[0-9a-f]{64}",
                "the hash of a charter's text",
                "Take the line out: charterkit writes it, as sha256: and 64 digits and letters from a to f.",
            )
        )
    ),
]
"""What `insight.charter_text.text_hash` gives."""
Urn = Annotated[
    str, BeforeValidator(reader(pattern("[0-9]{5,6}", "a URN", "A URN has 5 or 6 digits, such as 119774.")))
]
DfeNumber = Annotated[
    str,
    BeforeValidator(
        reader(pattern("[0-9]{3}/[0-9]{4}", "a DfE number", "Write LA code / establishment number: 888/4042."))
    ),
]
Ukprn = Annotated[
    str, BeforeValidator(reader(pattern("[0-9]{8}", "a UKPRN", "A UKPRN has 8 digits, such as 10012345.")))
]
GroupUid = Annotated[
    str,
    BeforeValidator(
        reader(pattern("[0-9]{1,6}", "a group's number", "A group UID of GIAS is digits only, such as 2053."))
    ),
]
Did = Annotated[
    str,
    BeforeValidator(
        reader(
            pattern(
                r"did:web:[A-Za-z0-9.-]++(%3A[0-9]++)?(:[A-Za-z0-9._-]++)*+|did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{40,50}+",
                "an issuer's id",
                "Write did:web: and the name of the website, such as did:web:charter.example.gov.uk.",
            )
        )
    ),
]


def in_short(key: str, words: tuple[str, ...]) -> WrapValidator:
    """For a part that may be said in one word: `approver: headteacher` is `approver: {body: headteacher}`.

    `key` is the one that the word stands for.
    """

    def read(value: Any, whole: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever the file holds
        if not isinstance(value, str):
            return whole(value)
        if value not in words:
            expected = ", ".join(f"'{word}'" for word in words)
            raise PydanticKnownError("literal_error", {"expected": expected})
        return whole({key: value})

    return WrapValidator(read)


def several() -> WrapValidator:
    """For a list of ids of which a single one may stand there without being made a list."""
    form = later(_ID)

    def demand_id(value: str) -> None:
        if not form.match(value):
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": _ID})

    return WrapValidator(_alone(demand_id))


def several_words(known: tuple[str, ...] = ()) -> WrapValidator:
    """The same for a list of some words, of any texts where none are given."""

    def demand_known(value: str) -> None:
        if known and value not in known:
            expected = ", ".join(f"'{word}'" for word in known)
            raise PydanticKnownError("literal_error", {"expected": expected})

    return WrapValidator(_alone(demand_known))


def _alone(demand: Callable[[str], None]) -> Callable[[Any, Callable[[Any], Any]], Any]:
    """Reads a list, or what may stand alone for one; `demand` raises for what may not."""

    def read(value: Any, whole: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever the file holds
        if not isinstance(value, str):
            return whole(value)
        demand(value)
        return whole([value])

    return read


def slug(text: str) -> str:
    """The nearest id to any text: "Gate greeting!" becomes "gate-greeting". Empty when nothing is left of it.

    A letter with an accent becomes the letter.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).replace("’", "")
        text = "".join(word for word in plain if not unicodedata.combining(word))
    return "-".join(_ID_WORDS.findall(text.lower().replace("'", "")))


_ID_WORDS = later("[a-z0-9]+")
_DEVICE = later(r"\s*(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever ending follows (Microsoft, "Naming Files, Paths, and Namespaces")."""


def is_device(name: str) -> bool:
    """Whether Windows can have no file or folder of this name."""
    return _DEVICE.match(name) is not None


_LONGEST_WORD, _MOST_KNOWN, _SHORT = 80, 500, 2


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant, or an empty text; also where guessing would take too long."""
    words = list(islice(known, _MOST_KNOWN + 1))
    if not words or len(word) > _LONGEST_WORD or len(words) > _MOST_KNOWN:
        return ""
    if word in words:  # asked for in other letters than it was written in
        return word
    swapped = [known for known in words if len(word) > _SHORT and sorted(known) == sorted(word)]
    begun = [known for known in words if len(word) > _SHORT and known.startswith(f"{word}-")]
    sure = swapped or (begun if len(begun) == 1 else [])
    found = sure or difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else ""
