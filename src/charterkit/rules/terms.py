"""CK217: the dates of terms, in the settings and in organisations' files."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code, Problem, TreePath
from charterkit.insight.promises.school_days import can_be_term, term_name
from charterkit.insight.promises.terms_said import mixed
from charterkit.model.base import BadValue
from charterkit.model.config import SchoolYear
from charterkit.model.dates import Cycle
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.english import joined
from charterkit.text.safe import shown


class BadTerms(Rule):
    """The dates of a school's terms cannot be right.

    Why: promises would fall on days without school, and messages be sent in the holidays.
    Bad: 2025-26: {autumn: [2025-12-19, 2025-09-01]}
    Good: 2025-26: {autumn: [2025-09-01, 2025-12-19]}
    Mend: write academic years as 2025-26, and the first and the last day of each term, one term after the other.
    """

    code = Code.BAD_TERMS
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`terms` of charterkit.yaml and of every organisation."""
        if context.settings is not None:
            config, settings = context.settings
            yield from self._of(config, settings.terms)
        for _, document, school in context.organisations:
            yield from self._of(document, school.terms)

    def _of(self, document: Document[Any], terms: Mapping[str, SchoolYear]) -> Iterator[Report]:
        for name, said in terms.items():
            try:
                year = Cycle.parse(name)
            except BadValue:
                message = f"terms: '{shown(name)}' is no academic year"
                yield document, self.problem(message, _remedy(name), "terms", name, on_key=True)
                continue
            if year.term:
                message = f"terms: '{name}' is a term, not an academic year"
                remedy = f"Write '{Cycle(year.year)}:', and '{year.term}:' below it."
                yield document, self.problem(message, remedy, "terms", name, on_key=True)
                continue
            for found in self._terms(year, said):
                yield document, found
            for number, days in enumerate(said.closed):
                way: TreePath = ("terms", name, "closed")
                if not can_be_term(year, days):
                    message = f"{days[0]} to {days[1]} is no time of {year} when the school can be closed"
                    yield document, self.problem(message, "Check both dates.", *way, position(document, way, number))

    def _terms(self, year: Cycle, said: SchoolYear) -> Iterator[Problem]:
        names = mixed(said)
        if names:
            message = f"the terms of {year} are named in several ways: {joined(names)}"
            yield self.problem(message, "Name all of a year's terms in one way.", "terms", str(year), names[-1])
            return
        known = list(said.said.items())
        for term, days in known:
            at, called = ("terms", str(year), term), term_name(term)
            if any(date.day is None for date in days):
                message = f"the {called} of {year} is given in months"
                yield self.problem(message, "Write its first and its last day: 2025-09-01.", *at)
            elif days[1].last < days[0].first:
                yield self.problem(f"the {called} of {year} ends before it begins", "Check both dates.", *at)
            elif not can_be_term(year, days):
                message = f"the {called} of {year} lies outside that academic year"
                yield self.problem(message, "Check the years of both dates.", *at)
        fit = [(term, days) for term, days in known if can_be_term(year, days)]
        for (text, before), (other, after) in pairwise(fit):
            if after[0].first <= before[1].last:
                message = f"the {term_name(other)} of {year} begins before the {term_name(text)} is over"
                yield self.problem(message, "Check the dates of both.", "terms", str(year), other)


def _remedy(name: str) -> str:
    """`2025-2026`, `2025/26` and `2025` name a year too, only not as charterkit writes it."""
    start = name[:4]
    if start.isascii() and start.isdigit():
        with suppress(BadValue):
            return f"Write {Cycle.parse(str(Cycle(int(start))))}."
    return f"Write an academic year such as 2025-26 instead of '{shown(name)}'."
