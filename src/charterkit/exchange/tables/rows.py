"""The tables in their order, and the rows of one school, or of what all share: plain data, a school at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from charterkit.exchange.tables.actions import ACTIONS, actions_of
from charterkit.exchange.tables.adoptions import ADOPTIONS, adoptions_of
from charterkit.exchange.tables.charters import (
    ASPECTS,
    CHARTERS,
    LEVELS,
    aspects_of,
    charter_versions,
    is_given_out,
    levels_of,
)
from charterkit.exchange.tables.columns import Row, TidyTable
from charterkit.exchange.tables.concerns import CONCERNS, concerns_of
from charterkit.exchange.tables.evaluations import EVALUATIONS, Rated
from charterkit.exchange.tables.moves import MOVES, moved
from charterkit.exchange.tables.organisations import MEMBERS, SCHOOLS, SIGNINGS, SchoolRow, members_of, signings_of
from charterkit.exchange.tables.policies import EVENTS, POLICIES, PROMISES, history, listed, promised
from charterkit.exchange.tables.ratings import (
    EVIDENCE,
    GROUPS,
    PARTS,
    RATINGS,
    judged,
    judged_parts,
    of_groups,
    pieces,
)
from charterkit.exchange.tables.surveys import (
    GROUP_ANSWERS,
    QUESTIONS,
    SAID,
    SURVEYS,
    answers_of_groups,
    questions,
    replies,
    surveys_of,
)
from charterkit.exchange.tables.unread import UNREAD, unread_charters, unread_in
from charterkit.exchange.tables.visits import CERTIFICATES, FINDINGS, VISITS, certificates, findings, visits_in
from charterkit.files.collector import uncollected
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import Evaluated, in_order, usable
from charterkit.insight.evaluations.unread import unread_entries
from charterkit.insight.policies.register import own_register
from charterkit.insight.public import is_for_everybody, you_said_we_did

TABLES: tuple[TidyTable, ...] = (
    SCHOOLS,
    MEMBERS,
    CHARTERS,
    LEVELS,
    ASPECTS,
    SIGNINGS,
    EVALUATIONS,
    RATINGS,
    PARTS,
    GROUPS,
    MOVES,
    EVIDENCE,
    ACTIONS,
    POLICIES,
    EVENTS,
    PROMISES,
    ADOPTIONS,
    CONCERNS,
    VISITS,
    FINDINGS,
    CERTIFICATES,
    SURVEYS,
    QUESTIONS,
    GROUP_ANSWERS,
    SAID,
    UNREAD,
)
"""All of them; one that another leads to stands before it."""

PUBLIC: tuple[TidyTable, ...] = tuple(table.for_everybody for table in TABLES if table.is_public)
"""What of them may be published."""

CharterKey = tuple[str, str]
"""A charter's id and version."""
Rows = Mapping[str, Sequence[Row]]
"""Rows by the name of their table."""


def tables(*, public: bool) -> tuple[TidyTable, ...]:
    """The tables of an export."""
    return PUBLIC if public else TABLES


def shared_rows(workspace: Workspace, used: Collection[CharterKey], *, public: bool) -> Rows:
    """The rows that belong to no school: charters, levels, aspects, and what of charters cannot be read.

    Of drafts only those may be published that a published self-evaluation was made with: `used`, by id and version.
    """
    versions = [
        each
        for each in charter_versions(workspace)
        if not public or is_given_out(each.charter) or (each.charter.id, each.charter.version) in used
    ]
    made: dict[TidyTable, list[Any]] = {
        CHARTERS: list(versions),
        LEVELS: [level for each in versions for level in levels_of(each.charter)],
        ASPECTS: [aspect for each in versions for aspect in aspects_of(each.charter)],
        UNREAD: list(unread_charters(workspace)),
    }
    shown = {table.name: table for table in tables(public=public)}
    return {table.name: shown.get(table.name, table).rows(things) for table, things in made.items()}


def used_in(rows: Rows, *, public: bool) -> set[CharterKey]:
    """The charter versions that the self-evaluations among some rows were made with."""
    table = EVALUATIONS.for_everybody if public else EVALUATIONS
    charter, version = table.at("charter"), table.at("charter_version")
    return {(str(row[charter]), str(row[version])) for row in rows.get(table.name, ())}


@uncollected
def rows_of(workspace: Workspace, slug: str, today: date, *, public: bool) -> Rows:
    """The rows of one organisation; what cannot be read of it stands in `unread`, also where that is not published."""
    folder = workspace.school(slug)
    found = usable(workspace, folder)
    if public:
        return {**_published(folder, found, today), UNREAD.name: UNREAD.rows(unread_in(folder, found))}
    policies, visits, surveys = listed(own_register(folder, today)), visits_in(folder, today), surveys_of(folder)
    asked = list(questions(surveys))
    return {
        SCHOOLS.name: [SCHOOLS.row(SchoolRow(slug, folder.school))],
        MEMBERS.name: MEMBERS.rows(members_of(folder)),
        SIGNINGS.name: SIGNINGS.rows(signings_of(folder)),
        **_evaluated(folder, found),
        ACTIONS.name: ACTIONS.rows(actions_of(folder, today)),
        POLICIES.name: POLICIES.rows(policies),
        EVENTS.name: EVENTS.rows(history(policies)),
        PROMISES.name: PROMISES.rows(promised(policies)),
        ADOPTIONS.name: ADOPTIONS.rows(adoptions_of(policies)),
        CONCERNS.name: CONCERNS.rows(concerns_of(policies)),
        VISITS.name: VISITS.rows(visits),
        FINDINGS.name: FINDINGS.rows(findings(visits)),
        CERTIFICATES.name: CERTIFICATES.rows(certificates(visits)),
        SURVEYS.name: SURVEYS.rows(surveys),
        QUESTIONS.name: QUESTIONS.rows(asked),
        GROUP_ANSWERS.name: GROUP_ANSWERS.rows(answers_of_groups(asked)),
        SAID.name: SAID.rows(replies(surveys)),
        UNREAD.name: UNREAD.rows(unread_in(folder, found)),
    }


def _evaluated(folder: SchoolFolder, found: Sequence[Evaluated]) -> dict[str, list[Row]]:
    """The rows of a school's self-evaluations."""
    slug, made = folder.slug, {table.name: list[Row]() for table in _OF_EVALUATIONS}
    for rated in _in_time(slug, found):
        held = rated.found
        made[EVALUATIONS.name].append(EVALUATIONS.row(rated))
        made[RATINGS.name] += RATINGS.rows_alike(judged(slug, held))
        made[PARTS.name] += PARTS.rows_alike(judged_parts(slug, held))
        made[GROUPS.name] += GROUPS.rows_alike(of_groups(slug, held))
        made[EVIDENCE.name] += EVIDENCE.rows_alike(pieces(slug, held))
    made[MOVES.name] = _moves(folder, found)
    return made


_OF_EVALUATIONS = (EVALUATIONS, RATINGS, PARTS, GROUPS, EVIDENCE)


def _by_charter(found: Sequence[Evaluated]) -> list[list[Evaluated]]:
    """The self-evaluations of each charter, oldest first."""
    return [in_order(found, charter) for charter in dict.fromkeys(held.evaluation.charter for held in found)]


def _in_time(slug: str, found: Sequence[Evaluated]) -> list[Rated]:
    return [
        Rated(
            slug,
            held,
            before=line[place - 1] if place else None,
            is_newest=held is line[-1],
            states=[standing.state for standing in held.standings.values()],
        )
        for line in _by_charter(found)
        for place, held in enumerate(line)
    ]


def _moves(folder: SchoolFolder, found: Sequence[Evaluated], table: TidyTable = MOVES) -> list[Row]:
    """What changed from each self-evaluation to the next."""
    made: list[Row] = []
    for line in _by_charter(found):
        versions = folder.workspace.versions(line[0].charter.id)
        for before, after in pairwise(line):
            made += table.rows_alike(moved(folder.slug, before, after, versions, line))
    return made


# -- what may be published


def _published(folder: SchoolFolder, found: Sequence[Evaluated], today: date) -> dict[str, list[Row]]:
    """What a school may publish, by the same rules as its site; nothing at all where it publishes nothing.

    A school of which two files are about the same publishes nothing until somebody has settled which counts.
    """
    if folder.rivals():
        return {}
    shown = {table.name: table for table in PUBLIC}
    agreed = [held for held in found if is_publishable(held)]
    policies = [each for each in listed(own_register(folder, today)) if is_for_everybody(each.of)]
    told = {id(each.survey) for each in you_said_we_did(folder)}
    surveys = [each for each in surveys_of(folder) if id(each.result.survey) in told]
    made = {
        SIGNINGS.name: shown[SIGNINGS.name].rows(signings_of(folder)),
        EVALUATIONS.name: shown[EVALUATIONS.name].rows(_in_time(folder.slug, agreed)),
        RATINGS.name: _alike(shown[RATINGS.name], (judged(folder.slug, held) for held in agreed)),
        PARTS.name: _alike(shown[PARTS.name], (judged_parts(folder.slug, held) for held in agreed)),
        MOVES.name: _moves(folder, agreed, shown[MOVES.name]),
        POLICIES.name: shown[POLICIES.name].rows(policies),
        PROMISES.name: shown[PROMISES.name].rows(promised(policies, only_to_families=True)),
        SURVEYS.name: shown[SURVEYS.name].rows(surveys),
        SAID.name: shown[SAID.name].rows(replies(surveys, only_followed=True)),
    }
    return (
        {SCHOOLS.name: [shown[SCHOOLS.name].row(SchoolRow(folder.slug, folder.school))], **made}
        if any(made.values())
        else {}
    )


def _alike(table: TidyTable, of_each: Iterable[Iterable[Any]]) -> list[Row]:
    """The rows of several self-evaluations."""
    return [row for things in of_each for row in table.rows_alike(things)]


def is_publishable(held: Evaluated) -> bool:
    """Whether a self-evaluation may be published: agreed, and read whole."""
    return held.evaluation.status == "agreed" and not unread_entries(held)
