"""A number with its unit, as people count and measure: 62%, 14 families, 3.5 days."""

from decimal import Decimal
from typing import Self

from charterkit.findings import Code
from charterkit.model.base import BadValue, Scalar
from charterkit.records import dataclass
from charterkit.text.later import later

_FORM = later(r"(-?)(?:([0-9]{1,3}(?:,[0-9]{3}){1,4})|([0-9]{1,12}))(\.[0-9]{1,6})?(?:(%)| ?([^\W\d_][^\n]{0,39}))?")


@dataclass(frozen=True, slots=True)
class Value(Scalar):
    """What was counted or measured."""

    number: Decimal
    unit: str = ""
    """% or a word, such as families; empty where it is only a number."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 62%, 62 %, 1,204 families or 3.5. Raises BadValue for anything else."""
        said = " ".join(text.split()).replace(" %", "%")
        found = _FORM.fullmatch(said)
        if not found:
            shortened = said if len(said) <= _SHOWN else said[:_SHOWN] + "…"
            raise BadValue(
                Code.NOT_A_NUMBER,
                f"'{shortened}' is not a number with its unit",
                "Write digits and what they count, such as 62%, 14 families or 3.5.",
            )
        sign, grouped, plain, decimals, percent, unit = found.groups()
        digits = (grouped or plain).replace(",", "")
        return cls(Decimal(f"{sign}{digits}{decimals or ''}"), percent or (unit or "").strip())

    def __str__(self) -> str:
        """As files keep it."""
        return f"{self.number}{self.unit}" if self.unit in ("", "%") else f"{self.number} {self.unit}"


_SHOWN = 60
