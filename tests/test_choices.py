"""Every choice stands once, and what is said of each of its words is said of all of them."""

import ast
import json
import re
from enum import EnumType, StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest

import charterkit
from charterkit import choices
from charterkit.exchange.mail import PORTS
from charterkit.insight.policies import deciding, sheet
from charterkit.insight.promises.year import AUDIENCE_WORDS, NOBODY
from charterkit.insight.reminders import KINDS
from charterkit.render.actions import line
from charterkit.render.findings.style import WORDS
from charterkit.render.listings import register, reminders, translations
from charterkit.render.policy import words
from charterkit.render.report import evidence
from charterkit.render.shared import audience, entries, plan
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


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        (WORDS, choices.Severity),
        (PORTS, choices.MailSecurity),
        (KINDS, choices.ReminderKind),
        (reminders.KINDS, choices.ReminderKind),
        (reminders.ORDERS, choices.REMINDER_ORDERS),
        (deciding.APPROVERS, choices.Approver),
        (register.STATES, choices.ReviewState),
        (sheet.STATUSES, choices.PolicyStatus),
        (translations.NAMES, choices.TranslationPart),
        (words.EVENTS, choices.PolicyEventKind),
        (words.VISIBILITY, choices.Visibility),
        (words.AUDIENCES, choices.Audience),
        (evidence.KINDS, choices.EvidenceKind),
        (audience.AUDIENCES, choices.ReportAudience),
        (plan.STATUS, choices.ActionStatus),
        (plan.FOR_ANYBODY, choices.ActionStatus),
        (entries.STATUS, choices.ActionStatus),
        ({word: said for word, said in line.STATES.items() if word != "overdue"}, choices.ActionStatus),
    ],
)
def test_something_is_said_of_every_word(said: dict[str, Any], choice: Any) -> None:
    assert set(said) == set(of(choice))


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


def test_the_schema_of_actions_has_the_words_of_the_choice() -> None:
    """It is written by hand."""
    text = (SOURCE / "render/schemas/actions.json").read_text(encoding="utf-8")
    lists = [tuple(json.loads(found)) for found in re.findall(r'"enum": (\[[^]]*\])', text)]
    assert len(lists) == 3
    assert all(tuple(word for word in words if word != "overdue") == choices.ACTION_STATUSES for words in lists)
