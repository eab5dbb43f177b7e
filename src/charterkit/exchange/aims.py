"""What answers say of targets and values, in a table's cells or a YAML entry."""

from collections.abc import Mapping
from typing import Any

from charterkit.insight.evaluations.aims import Aim, read_aim
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate
from charterkit.model.value import Value


class MisreadCell(Exception):  # noqa: N818 - it is caught where the cell's place is known
    """A cell that holds no date or no number; `column` is the one it stands in."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def aims_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """Target and value of a row, of those that it has. Raises MisreadCell for a cell that cannot be read."""
    level, by, value = (cells.get(name, "").strip() for name in ("target", "target by", "value"))
    if by and not level:
        raise MisreadCell("target by", "a date stands here without a target: write the level as well.")
    made: dict[str, Any] = {}
    for column, key, text, reader in (
        ("target by" if by else "target", "target", f"{level}@{by}" if by else level, read_aim),
        ("value", "value", value, Value.parse),
    ):
        try:
            made |= {key: reader(text)} if text else {}
        except BadValue as bad:
            raise MisreadCell(column, f"{bad.message}. {bad.remedy}") from None
    return made


def yaml_aims(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Target and value of an entry; a target is `{level: …, by: …}`, or as `--target` has it.

    Raises BadValue for what is none.
    """
    said, made = entry.get("target"), {}
    if isinstance(said, dict):
        made["target"] = Aim(said["level"].strip(), PartialDate.meant(said["by"]) if "by" in said else None)
    elif said is not None:
        made["target"] = read_aim(said)
    return made | ({"value": Value.parse(entry["value"])} if "value" in entry else {})
