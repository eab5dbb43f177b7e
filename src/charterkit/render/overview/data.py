"""An overview for other programs: JSON, and a table with a row for each aspect. The keys are told in docs/json.md."""

from collections.abc import Iterator, Sequence
from typing import Any

from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.counting import MoveCount, counts_of
from charterkit.insight.overview.grouping import GroupCount
from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.overview import AspectCount, Overview
from charterkit.insight.overview.signs import NOT_APPLICABLE, NOT_ASKED, UNREADABLE
from charterkit.render.overview.view import group_name
from charterkit.render.shared.table import csv_text

NOT_SAID = "not-said"
"""The key of a group of which nothing says where its schools belong."""


def overview_json(found: Overview) -> dict[str, Any]:
    """The overview as plain data. What is not shown to protect few schools is null."""
    return {
        "charter": found.charter.id,
        "version": found.charter.version,
        "cycle": str(found.cycle),
        "schools": found.schools,
        **_counts(found.counts),
        "by": {group.id or NOT_SAID: _group(group) for group in found.groups},
        "left_out": found.left_out,
        "aspects": [_aspect(each) for each in found.aspects],
        "population": found.population,
        "before": str(found.before) if found.before else None,
        "moves": _moves(found.moves),
        "before_others": found.before_others,
        "complete": found.complete,
        "agreed": found.agreed,
        "stands": {str(stand): many for stand, many in found.stands.items()},
        "versions": dict(found.versions),
        "apart": dict(found.apart),
        "cycles": {str(cycle): many for cycle, many in found.cycles.items()},
        "focus_groups": {group.id: _group(group) for group in found.focus_groups},
        "weakest": [each.aspect.id for each in found.weakest()],
        "strongest": [each.aspect.id for each in found.strongest()],
        "with_three": found.with_three,
        "signed": found.signed,
        "certificates": {str(state): many for state, many in sorted(found.certificates.items())},
        "visited": found.visited,
        "to_be_visited": found.to_be_visited,
        "waiting": found.waiting,
        "public": found.is_public,
        **({} if found.is_public else _inside(found)),
    }


def _inside(found: Overview) -> dict[str, Any]:
    """What names schools, and what is late."""
    return {
        "actions_overdue": {"schools": found.actions.schools, "many": found.actions.many},
        "policies_overdue": {"schools": found.policies.schools, "many": found.policies.many},
        "bodies": [
            {"body": body.slug, "name": body.name, "policies_overdue": body.policies_overdue} for body in found.bodies
        ],
        "each_school": [_school(line, found) for line in found.lines],
    }


def _counts(counts: Distribution | None) -> dict[str, Any]:
    if counts is None:
        return dict.fromkeys(("levels", "not_rated", "not_applicable", "unreadable", "met"))
    return {
        "levels": counts.levels,
        "not_rated": counts.not_rated,
        "not_applicable": counts.not_applicable,
        "unreadable": counts.unreadable,
        "met": counts.met,
    }


def _moves(moves: MoveCount | None) -> dict[str, int] | None:
    if moves is None:
        return None
    return {
        "schools": moves.schools,
        "improved": moves.improved,
        "declined": moves.declined,
        "unchanged": moves.unchanged,
        "other": moves.other,
    }


def _group(group: GroupCount) -> dict[str, Any]:
    return {
        "name": group_name(group),
        "population": group.population,
        "schools": group.schools,
        **_counts(group.counts),
        "moves": _moves(group.moves),
        "complete": group.complete,
        "agreed": group.agreed,
        "certified": group.certified,
    }


def _aspect(each: AspectCount) -> dict[str, Any]:
    return {
        "aspect": each.aspect.id,
        "title": each.aspect.text,
        "key_point": each.point.id,
        "asked": each.asked,
        **_counts(each.counts),
        "moves": _moves(each.moves),
        "stuck": each.stuck,
    }


def _school(line: SchoolLine, found: Overview) -> dict[str, Any]:
    levels = list(found.charter.levels)
    words = {NOT_APPLICABLE: "not-applicable", UNREADABLE: "unreadable"} | dict(zip("0123456", levels, strict=False))
    asked = [
        (aspect, sign) for aspect, sign in zip(found.charter.aspects, line.ratings, strict=False) if sign != NOT_ASKED
    ]
    return {
        "school": line.slug,
        "name": line.name,
        "phase": line.phase or None,
        "trust": line.trust or None,
        "local_authority": line.local_authority or None,
        "stand": str(line.stand),
        "cycle": line.cycle or None,
        "version": line.version or None,
        "date": line.day or None,
        "agreed": line.is_agreed,
        "signed": line.is_signed,
        "certificate": str(line.recognised.certificate) if line.recognised.certificate else None,
        "valid_until": line.recognised.until or None,
        "last_visit": line.recognised.last_visit or None,
        "next_visit": line.recognised.next_visit or None,
        "actions_overdue": line.actions_overdue,
        "policies_overdue": line.policies_overdue,
        "ratings": {aspect: words.get(sign) for aspect, sign in asked},
        "moves": _moves(line.moved),
        "stuck": [aspect for aspect, sign in zip(found.charter.aspects, line.stuck, strict=False) if sign == "!"],
        "unread": [file.path for file in line.unread],
    }


# -- rows


def columns(found: Overview) -> list[str]:
    """The names of a row's cells."""
    levels = [f"level_{level.replace('-', '_')}" for level in found.charter.levels]
    return [
        *("charter", "version", "cycle", "by", "group", "group_name", "aspect", "key_point", "title", "schools"),
        *levels,
        *("not_rated", "not_applicable", "unreadable", "met", "improved", "declined", "unchanged", "stuck"),
    ]


def rows(found: Overview) -> Iterator[list[str | int | None]]:
    """A row for each aspect over all schools, then for each group and aspect; what is not shown is None."""
    for each in found.aspects:
        moves = each.moves
        moved = [moves.improved, moves.declined, moves.unchanged] if moves else [None, None, None]
        yield [*_about(found, each, "", "all", ""), *_numbers(each.counts, found), *moved, each.stuck]
    groups = [(found.by or "", group) for group in found.groups]
    groups += [("group", group) for group in found.focus_groups if found.by != "group"]
    ratings = {line.slug: line.ratings for line in found.lines} if found.by == "school" else {}
    for by, group in groups:
        cells = _cells(group, ratings.get(group.id, "") if by == "school" else "", found)
        for each, counts in zip(found.aspects, cells, strict=True):
            about = _about(found, each, by, group.id or NOT_SAID, group_name(group))
            yield [*about, *_numbers(counts, found), None, None, None, None]


def _cells(group: GroupCount, ratings: str, found: Overview) -> Sequence[Distribution | None]:
    """A group's counts of each aspect; of one school, whose own signs they are, made only when they are asked for."""
    if ratings:
        signs = zip(found.charter.aspects, ratings, strict=True)
        return [counts_of({sign: 1}, found.charter, aspect) for aspect, sign in signs]
    return group.aspects or [None] * len(found.aspects)


def _about(found: Overview, each: AspectCount, by: str, group: str, name: str) -> list[str | int | None]:
    charter = found.charter
    said = [charter.id, charter.version, str(found.cycle), by, group, name]
    return [*said, each.aspect.id, each.point.id, each.aspect.text]


def _numbers(counts: Distribution | None, found: Overview) -> list[str | int | None]:
    if counts is None:
        return [None] * (len(found.charter.levels) + 5)
    asked = counts.total
    return [asked, *counts.levels.values(), counts.not_rated, counts.not_applicable, counts.unreadable, counts.met]


def overview_csv(found: Overview) -> str:
    """The rows as CSV; an empty cell is not shown, or not known."""
    return csv_text([columns(found), *(["" if cell is None else cell for cell in row] for row in rows(found))])
