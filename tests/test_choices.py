"""Every choice stands once, and what is said of each of its words is said of all of them."""

import ast
import json
from collections.abc import Iterator
from enum import EnumType, StrEnum
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

import charterkit
from charterkit import choices
from charterkit.insight.promises.year import AUDIENCE_WORDS, NOBODY
from charterkit.insight.reminders import KINDS
from charterkit.render.listings import reminders
from charterkit.render.shared import audience
from tests.sources import nodes

SOURCE = Path(charterkit.__file__).parent
MODULES = [module for module in sorted(SOURCE.rglob("*.py")) if module.name != "choices.py"]


def of(choice: Any) -> tuple[str, ...]:
    """The words of a choice, in order."""
    if isinstance(choice, tuple):
        return choice
    members = list[StrEnum](choice) if isinstance(choice, EnumType) else []
    return tuple(member.value for member in members) or get_args(choice)


CHOICES = {
    name: found
    for name, value in vars(choices).items()
    if not name.startswith("_") and name not in ("StrEnum", "Literal") and (found := of(value))
}


def listed(node: ast.AST) -> list[ast.expr]:
    """What stands in a tuple, a list, a set, or as the values of an enumeration."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.ClassDef):
        return [line.value for line in node.body if isinstance(line, ast.Assign)]
    return []


def texts(node: ast.AST) -> frozenset[str]:
    """The words that a place lists: all of them texts, else none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
        return frozenset(node.value.split("|"))
    found = [each.value for each in listed(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return frozenset(found) if len(found) == len(listed(node)) else frozenset()


def test_the_choices_are_found() -> None:
    assert CHOICES["POLICY_STATUSES"] == CHOICES["PolicyStatus"] == ("draft", "live", "under-review", "archived")
    assert CHOICES["Severity"] == ("error", "warning", "info")
    assert len(CHOICES) > 40


def test_no_choice_stands_a_second_time() -> None:
    known = {frozenset(words): name for name, words in CHOICES.items()}
    found = {
        f"{module.relative_to(SOURCE).as_posix()}, line {node.lineno}: {known[texts(node)]}"
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.expr | ast.stmt) and texts(node) in known
    }
    assert found == set()


SAID = {
    "cli/report.py _DOCUMENTS": "ReportAudience",
    "exchange/mail.py PORTS": "MailSecurity",
    "exchange/register/words.py STATUSES": "PolicyStatus",
    "exchange/reminders.py WORDS": "ReminderKind",
    "exchange/tables/export.py _WRITERS": "EXPORT_FORMATS",
    "insight/policies/bodies.py BODIES": "Approver",
    "insight/policies/deciding.py APPROVERS": "Approver",
    "insight/policies/fields.py PLACES": "PolicyField",
    "insight/policies/sheet.py STATUSES": "PolicyStatus",
    "insight/promises/school_days.py _NATIONS": "Nation",
    "insight/promises/year.py AUDIENCE_WORDS": "Audience",
    "insight/reminders.py KINDS": "ReminderKind",
    "insight/reminders.py _VISITS": "VisitPurpose",
    "model/dates.py _TERMS": "Term",
    "model/dates.py _TERM_MONTHS": "Term",
    "render/actions/line.py STATES": "ActionStatus",
    "render/actions/listing.py ORDERS": "ACTION_ORDERS",
    "render/certificate/pages.py _DPI": "PaperSize",
    "render/evidence/pack.py _WHERE": "EvidenceKind",
    "render/findings/as_github.py _COMMANDS": "Severity",
    "render/findings/as_sarif.py _LEVELS": "Severity",
    "render/findings/as_sarif.py _PRECISE": "Severity",
    "render/findings/as_text.py _COLOURS": "Severity",
    "render/findings/style.py WORDS": "Severity",
    "render/form/other_sheets.py PAPER": "PaperSize",
    "render/form/print.py _SIDES": "PaperSize",
    "render/listings/concerns.py _HEADINGS": "CONCERN_ORDERS",
    "render/listings/register.py STATES": "ReviewState",
    "render/listings/reminders.py KINDS": "ReminderKind",
    "render/listings/reminders.py ORDERS": "REMINDER_ORDERS",
    "render/listings/reminders.py TO_WHOM": "Audience",
    "render/listings/translations.py NAMES": "TranslationPart",
    "render/overview/words.py KINDS": "GroupedBy",
    "render/policy/words.py AUDIENCES": "Audience",
    "render/policy/words.py EVENTS": "PolicyEventKind",
    "render/policy/words.py VISIBILITY": "Visibility",
    "render/poster/pages.py DPI": "PaperSize",
    "render/promises/words.py SHAPES": "Audience",
    "render/report/evidence.py KINDS": "EvidenceKind",
    "render/shared/audience.py AUDIENCES": "ReportAudience",
    "render/shared/entries.py STATUS": "ActionStatus",
    "render/shared/plan.py FOR_ANYBODY": "ActionStatus",
    "render/shared/plan.py STATUS": "ActionStatus",
    "render/site/facts.py _KINDS": "OrganisationKind",
    "render/site/facts.py _PHASES": "Phase",
    "render/survey/view.py AUDIENCES": "SurveyAudience",
    "render/visits/words.py PURPOSES": "VisitPurpose",
    "rules/whole_parts.py _RATED": "RatedParts",
    "serve/home.py pages": "ReminderKind",
}
"""Every table that has a line for each word of a choice: where a new word gets its own."""
BESIDE = {"render/actions/line.py STATES": {"overdue"}}
"""What such a table has besides the words."""


@cache
def tables() -> dict[str, frozenset[str]]:
    """The keys of every table that is given a name, by its module and that name."""
    return {
        f"{module.relative_to(SOURCE).as_posix()} {name}": keys
        for module in MODULES
        for node in nodes(module)
        for name, keys in named_table(node)
    }


def named_table(node: ast.AST) -> Iterator[tuple[str, frozenset[str]]]:
    """The name and the keys of a table, also of one that is made read-only."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    value = node.value.args[0] if isinstance(node.value, ast.Call) and node.value.args else node.value
    if isinstance(target, ast.Name) and isinstance(value, ast.Dict):
        yield target.id, frozenset(word for key in value.keys if (word := said_by(key)) is not None)


def said_by(key: ast.expr | None) -> str | None:
    """The word that a key of a table is: a text, or a member of a choice."""
    if isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.value.id in CHOICES:
        return str(getattr(choices, key.value.id)[key.attr].value)
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def test_something_is_said_of_every_word() -> None:
    found = []
    for place, name in SAID.items():
        said, words = tables().get(place, frozenset()) - BESIDE.get(place, set()), set(CHOICES[name])
        found += [f"'{word}' of {name} has no line in {place}" for word in sorted(words - said)]
        found += [f"'{word}' in {place} is no {name}" for word in sorted(said - words)]
    assert not found, "\n".join(found)


def test_every_table_with_a_line_for_each_word_is_known() -> None:
    """Else nothing would ask for a new word's line in it, and it would break where that word is first met."""
    choice = {frozenset(words): name for name, words in CHOICES.items()}
    found = {place: choice[keys] for place, keys in tables().items() if keys in choice and place not in SAID}
    assert not found, f"each is a line of SAID: {found}"


def test_the_order_of_what_is_listed_is_that_of_the_choice() -> None:
    assert tuple(KINDS) == choices.REMINDER_KINDS
    assert tuple(reminders.ORDERS) == choices.REMINDER_ORDERS
    assert tuple(audience.AUDIENCES) == choices.REPORT_AUDIENCES
    assert tuple(AUDIENCE_WORDS) == (*choices.AUDIENCES, NOBODY)


@pytest.mark.parametrize(
    ("some", "of_them"), [("DECISIONS", "PolicyEventKind"), ("FAMILIES", "Audience"), ("SurveyAudience", "Audience")]
)
def test_a_part_of_a_choice_is_of_it(some: str, of_them: str) -> None:
    assert set(CHOICES[some]) < set(CHOICES[of_them])


def test_an_action_is_open_or_closed_and_never_both() -> None:
    assert sorted((*choices.OPEN_STATUSES, *choices.CLOSED_STATUSES)) == sorted(choices.ACTION_STATUSES)


def test_the_schemas_of_documents_have_the_words_of_choices() -> None:
    """They are written by hand: one that lacks a single word of a choice, or has one beyond, was left behind."""
    choice = {frozenset(words): name for name, words in CHOICES.items() if not name.isupper()}
    found = [
        f"render/schemas/{schema.name} lists {sorted(listed)}, and {name} differs from that by {sorted(listed ^ words)}"
        for schema in sorted((SOURCE / "render/schemas").glob("*.json"))
        for listed in set(enumerated(json.loads(schema.read_text(encoding="utf-8"))))
        if listed not in choice and listed - {"overdue"} not in choice
        for words, name in choice.items()
        if len(listed) > 1 and len(listed ^ words) == 1
    ]
    assert not found, "\n".join(found)


def enumerated(schema: Any) -> Iterator[frozenset[str]]:
    """The words of every list of words in a schema."""
    if isinstance(schema, dict) and "enum" in schema:
        yield frozenset(word for word in schema["enum"] if isinstance(word, str))
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from enumerated(inner)
