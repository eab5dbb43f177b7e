"""The comparison for other programs: JSON and CSV. What the keys mean is written in docs/json.md."""

from typing import Any

from charterkit.insight.evaluations.compare import COUNTED, Comparison, Move, MoveKind
from charterkit.insight.evaluations.evaluated import Standing
from charterkit.render.comparison.aims import aims_json, value_json
from charterkit.render.comparison.view import CompareView
from charterkit.render.comparison.wholes import whole_json
from charterkit.render.shared.levels import ABSENT, NOT_RATED, Badge
from charterkit.render.shared.table import csv_text

_ALSO = (MoveKind.NOT_COMPARABLE, MoveKind.UNREADABLE)


def compare_json(comparison: Comparison, slug: str) -> dict[str, Any]:
    """The comparison as plain data; `slug` is the school's folder."""
    before, after = comparison.before, comparison.after
    return {
        "school": slug,
        "charter": after.charter.id,
        "from": str(before.cycle),
        "to": str(after.cycle),
        "from_version": before.charter.version,
        "to_version": after.charter.version,
        "counts": {kind.value.replace("-", "_"): comparison.counts[kind] for kind in (*COUNTED, *_ALSO)},
        "changes": [{**_change_json(comparison, move), **value_json(comparison, move)} for move in comparison.moves],
        **aims_json(comparison),
        **({"parts": wholes} if (wholes := whole_json(comparison)) else {}),
    }


def _change_json(comparison: Comparison, move: Move) -> dict[str, Any]:
    """With the aspect's own number, where the charter gives it one."""
    charters = comparison.after.charter, comparison.before.charter
    aspect = next(charter.aspects[move.aspect] for charter in charters if move.aspect in charter.aspects)
    return {**change_json(move), **({"number": aspect.number} if aspect.number else {})}


def change_json(move: Move) -> dict[str, Any]:
    """One aspect's row."""
    made: dict[str, Any] = {
        "aspect": move.aspect,
        "key_point": move.key_point,
        "from": _word(move.before),
        "to": _word(move.after),
        "change": move.kind.value,
        "title": move.title,
    }
    if move.from_aspects:
        made["from_aspects"] = list(move.from_aspects)
    return made


def _word(standing: Standing | None) -> str | None:
    return standing.word if standing else None


def compare_csv(view: CompareView) -> str:
    """One row an aspect, with the JSON's words; an empty cell is not yet rated, or not in that version."""
    has_values = any(change.value for section in view.sections for change in section.changes)
    rows: list[tuple[str, ...]] = [
        ("aspect", "key_point", "title", "from", "to", "change", "from_aspects", *(["value"] if has_values else []))
    ]
    rows += [
        (
            change.aspect,
            change.key_point,
            change.title,
            _cell(change.before),
            _cell(change.after),
            change.kind,
            " ".join(change.from_aspects),
            *([change.value] if has_values else []),
        )
        for section in view.sections
        for change in section.changes
    ]
    return csv_text(rows)


def _cell(badge: Badge) -> str:
    return "" if badge in (NOT_RATED, ABSENT) else badge.id
