"""The table of the action plan: each action once, by its last line."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from charterkit.exchange.tables.columns import TidyTable, flag, spelt, text, when
from charterkit.exchange.tables.naming import apart
from charterkit.exchange.tables.organisations import TO_SCHOOL
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked, all_actions


class ActionRow(NamedTuple):
    """An action of a school, and what it is called here."""

    slug: str
    id: str
    tracked: Tracked
    today: date


def actions_of(folder: SchoolFolder, today: date) -> Iterable[ActionRow]:
    """Every action of a school, open or closed, in the order in which they were first written."""
    names = apart()
    for tracked in all_actions(folder):
        yield ActionRow(folder.slug, names(tracked.charter, tracked.id), tracked, today)


ACTIONS = TidyTable(
    "actions",
    "The action plan across cycles: each action once, by its last line, open or closed.",
    ("school", "charter", "action_id"),
    (
        text("school", "slug", "", "The school's folder.").filled,
        text("charter", "tracked.charter", "evaluation/charter").filled,
        text(
            "action_id",
            "id",
            "evaluation/Action.id",
            "Where it has none, one made of its words; a second one of the same name has -2 behind it.",
        ).filled,
        text("action", "tracked.action.action", "evaluation/Action.action").filled,
        text("aspect", "tracked.action.aspect", "evaluation/Action.aspect"),
        text("owner", "tracked.action.owner", "evaluation/Action.owner"),
        *when("due", "tracked.action.due", "evaluation/Action.due"),
        text("status", "tracked.action.status", "evaluation/Action.status").filled,
        text(
            "state",
            lambda its: "overdue" if its.tracked.is_overdue(its.today) else its.tracked.action.status,
            "",
            "Its status on the day of the export; overdue where it is open and its date is past.",
        ).filled,
        flag("is_open", "tracked.is_open", "", "Whether nobody has closed it.").filled,
        text("success", "tracked.action.success", "evaluation/Action.success"),
        text("note", "tracked.action.note", "evaluation/Action.note"),
        *when("closed", "tracked.action.closed", "evaluation/Action.closed"),
        spelt("since", "tracked.since", "", "The cycle in which it was first written."),
        spelt("cycle", "tracked.cycle", "", "The cycle of the self-evaluation that holds its last line."),
        text("path", "tracked.document.path", "", "The file that holds its last line.").filled,
    ),
    (TO_SCHOOL,),
)
