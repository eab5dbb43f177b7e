"""What the listing and the planner of a year's promises say, in words; and what they are made from."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

from charterkit.choices import FAMILIES, TERMS
from charterkit.insight.promises import saying
from charterkit.insight.promises.beside import Beside
from charterkit.insight.promises.kinds import IMPOSSIBLE, PromiseKind, why_unclear
from charterkit.insight.promises.occurrence import WEEKDAYS
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import DatedTerm
from charterkit.insight.promises.year import AUDIENCE_WORDS, NOBODY, Planned, Unread
from charterkit.model.dates import MONTHS, PartialDate
from charterkit.records import dataclass
from charterkit.render.listings.listing import spoken
from charterkit.text.english import counted, joined, sentence

SHAPES = {"parents": "●", "pupils": "▲", "staff": "■", "community": "◆", "governors": "★", NOBODY: "○"}
ALL_YEAR = frozenset({"weekly", "weekday", "fortnightly"})
"""Recurrences that would fill a page if each of their dates had a line."""
BESIDE = ("✚", "Reports and duties")
"""What stands beside the promises: its shape and its word."""
BESIDE_WORDS = {"monitoring": "Report", "duty": "Duty of the sign-up"}
IMPOSSIBLE_TITLE = "Nobody can keep this"

_ABOUT = {
    PromiseKind.ALWAYS: ("All the time", "These have no day: they hold at all times."),
    PromiseKind.EVENT: ("When it happens", "These have no day: they fall due when something happens."),
    PromiseKind.UNDATED: ("Waiting for a first date", "The policy says how often, and not from when."),
    PromiseKind.DATED: ("Not in this year", "These fall due in another year."),
    PromiseKind.NOT_UNDERSTOOD: ("Not understood", "charterkit does not understand when these are kept."),
    PromiseKind.VAGUE: (
        IMPOSSIBLE_TITLE,
        "Nobody can say when these are due, and so nobody can tell whether they were kept.",
    ),
}
_ADVICE = {
    PromiseKind.UNDATED: "Give each a from: in its policy's file.",
    PromiseKind.NOT_UNDERSTOOD: "Say it in other words in its policy's file, such as each term, or every October.",
    PromiseKind.VAGUE: "Give each a when: in its policy's file, such as each term, or take it out of the policy.",
}
_FOR_FAMILIES = {
    PromiseKind.UNDATED: ("More than once", "Ask the school for the days."),
    PromiseKind.NOT_UNDERSTOOD: ("Promised too", "Ask the school for the days."),
    PromiseKind.VAGUE: ("Also promised", "The school has set no day for these. Ask the school."),
}
"""The same on a sheet that is handed out: it is for the school, and not for families, to see to the rest."""
_NO_DAY = {False: ("does not say when", "do not say when"), True: ("has no set day", "have no set day")}
_UNCLEAR = {
    False: ("is not understood", "are not understood"),
    True: ("is kept on several days", "are kept on several days"),
}
"""By whether it is for families."""


@dataclass(frozen=True)
class Year:
    """What a listing or a planner of promises says: whose they are, in which year, and to whom they were made.

    `audiences` is empty where all are meant.
    """

    title: str
    plan: YearPlan
    found: Sequence[Planned]
    today: date
    audiences: Collection[str] = ()
    unread: Sequence[Unread] = ()
    unread_files: Sequence[str] = ()
    is_many: bool = False
    """Whether the promises are those of several organisations, which have to be told apart."""
    beside: Sequence[Beside] = ()
    """Reports and duties; none where it is made for somebody, to whom neither is promised."""
    people: bool = True
    """Whether it says who sees to a promise: a role, or somebody's name."""

    @cached_property
    def only_policy(self) -> str:
        """The title of the policy in which all the promises stand; empty where there are several."""
        ids = {(planned.promise.folder.slug, planned.promise.policy.id) for planned in self.found}
        return self.found[0].promise.policy.title if len(ids) == 1 else ""

    @cached_property
    def months(self) -> tuple[PartialDate, ...]:
        """The year's months, and those before and after in which one of several schools has a promise."""
        days = [self.plan.first, self.plan.last]
        days += [day for planned in self.found for each in planned.occurrences for day in (each.first, each.last)]
        days += [each.due_by for beside in self.beside for each in beside.dates]
        begins, ends = (day.year * 12 + day.month - 1 for day in (min(days), max(days)))
        return tuple(PartialDate(number // 12, number % 12 + 1) for number in range(begins, ends + 1))

    @property
    def is_to_families(self) -> bool:
        """Whether every promise is made to families, as far as it says to whom."""
        return all(set(planned.promise.audiences) <= {*FAMILIES, NOBODY} for planned in self.found)

    @property
    def called(self) -> str:
        """What they are called: promises, where all are made to families promises to them."""
        return f"promises{' to families' * self.is_to_families}"

    @property
    def is_for_families(self) -> bool:
        """Whether it is handed to families: nothing in it tells the school's staff what to do."""
        return bool(self.audiences) and set(self.audiences) <= set(FAMILIES)


def day_words(day: date) -> str:
    """A day within its month: "Friday 4"."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day}"


def rhythm_words(planned: Planned) -> str:
    """How often, with what `from` adds: "Fortnightly, from 9 September 2026"."""
    commitment = planned.promise.commitment
    return saying.rhythm_words(commitment.when, commitment.from_)


def why(planned: Planned, plan: YearPlan) -> str:
    """Why a promise has no date in the year; empty for one that has, and for one that waits for an event."""
    when = planned.promise.commitment.when
    if planned.occurrences or planned.kind in (PromiseKind.EVENT, PromiseKind.ALWAYS):
        return ""
    if planned.kind is PromiseKind.NONE or when is None:
        return "The policy does not say how often."
    if planned.kind is PromiseKind.VAGUE:
        return f"“{when}” does not say when."
    if planned.kind is PromiseKind.NOT_UNDERSTOOD:
        return f"{why_unclear(when)}."
    if planned.kind is PromiseKind.UNDATED:
        return f"Add the first date to the commitment, such as from: {_example(plan)}."
    return f"Due in {planned.next.spoken}." if planned.next else f"No school day of {plan.year} falls in it."


def _example(plan: YearPlan) -> date:
    return plan.first_within(plan.year.first, plan.year.last) or plan.year.first


def unread_words(found: Iterable[Unread]) -> tuple[str, ...]:
    """A sentence for each commitment that is not listed because it cannot be read."""
    return tuple(
        f"The commitment {unread.name} in {unread.path} cannot be read and is left out."
        if unread.name
        else f"The commitments in {unread.path} cannot be read and are left out."
        for unread in found
    )


def notes(year: Year) -> tuple[str, ...]:
    """What is missing from the picture."""
    files = tuple(f"{path} cannot be read and is left out." for path in year.unread_files)
    return (*files, *unread_words(year.unread))


def term_words(term: DatedTerm) -> str:
    """Its days: "1 September to 18 December 2026"."""
    return span_words(term.first, term.last)


def span_words(first: date, last: date) -> str:
    """From one day to another, each part of the date said once: "26 to 30 October 2026"."""
    if first == last:
        return spoken(last)
    shared = [f" {last.year}"] if first.year == last.year else []
    if shared and first.month == last.month:
        shared = [f" {MONTHS[last.month - 1]} {last.year}"]
    return f"{spoken(first).removesuffix(''.join(shared))} to {spoken(last)}"


def closed_words(plan: YearPlan) -> tuple[str, ...]:
    """The half terms and other days of the year without school."""
    return tuple(span_words(first, last) for first, last in plan.school_days.closed(plan.year))


def stand_in_words(year: Year) -> str:
    """That the dates of some terms are no facts about the school; empty where all are stated."""
    usual = [term.name for term in year.plan.terms if not term.is_stated]
    if not usual:
        return ""
    whose = "every term" if len(usual) == len(TERMS) else f"the {joined(usual)}"
    said = f"The dates of {whose} are usual ones for England, not this school's own"
    more = "ask the school" if year.is_for_families else f"put them into charterkit.yaml under terms: {year.plan.year}"
    return f"{said}: {more}."


def lead(year: Year) -> tuple[str, ...]:
    """How many promises, how many of them have dates, and how many nobody can keep."""
    found, more = year.found, beside_words(year)
    if not found:
        return (f"No policy in force makes a promise{' to them' if year.audiences else ''}.", *more)
    dated = sum(bool(planned.occurrences) for planned in found)
    others = [planned.kind for planned in found if not planned.occurrences]
    events, undated = others.count(PromiseKind.EVENT), others.count(PromiseKind.UNDATED)
    unclear, always = others.count(PromiseKind.NOT_UNDERSTOOD), others.count(PromiseKind.ALWAYS)
    elsewhere = others.count(PromiseKind.DATED) + others.count(PromiseKind.DAILY)
    impossible = sum(others.count(kind) for kind in IMPOSSIBLE)
    parts = [
        f"{counted(dated, 'has dates', 'have dates')} in {year.plan.year}" if dated else "",
        counted(always, "holds all the time", "hold all the time") if always else "",
        counted(events, "waits for an event", "wait for an event") if events else "",
        counted(undated, "waits for a first date", "wait for a first date") if undated else "",
        counted(elsewhere, "is not due this year", "are not due this year") if elsewhere else "",
        counted(unclear, *_UNCLEAR[year.is_for_families]) if unclear else "",
        counted(impossible, *_NO_DAY[year.is_for_families]) if impossible else "",
    ]
    said = sentence(f"{counted(len(found), 'promise')}: {joined([part for part in parts if part])}")
    is_told = impossible and not year.is_for_families
    told = ("Nobody can keep a promise that does not say when.",) if is_told else ()
    return (said, *told, *more)


def beside_words(year: Year) -> tuple[str, ...]:
    """How many reports and duties stand in the year; nothing of none."""
    kinds = [each.first.kind for each in year.beside]
    reports, duties = kinds.count("monitoring"), kinds.count("duty")
    parts = [
        counted(reports, "report on a policy", "reports on policies") if reports else "",
        counted(duties, "duty of a sign-up", "duties of a sign-up") if duties else "",
    ]
    return (f"Beside them: {joined([part for part in parts if part])}.",) if kinds else ()


def beside_source(year: Year, beside: Beside) -> str:
    """Whose it is, of several schools, and the policy or charter that it is about."""
    return ": ".join([*([beside.first.folder.school.name] if year.is_many else []), beside.source])


def beside_rhythm(beside: Beside) -> str:
    """How often: "Each term, by the end of term"; a duty is done once, in the month where only that is known."""
    if beside.when:
        return saying.rhythm_words(beside.when, None)
    due = beside.first.due
    return "Once" if due.day else f"Once, in {due.spoken}"


def subtitle(year: Year) -> str:
    """The year, to whom the promises are made, and the policy where there is only one."""
    words = {item: word.lower() for item, word in AUDIENCE_WORDS.items()} | {"community": "the community"}
    whom = joined([words[word] for word in words if word in year.audiences])
    parts = [str(year.plan.year), f"For {whom}" if whom else "", year.only_policy]
    return ". ".join(part for part in parts if part)


def apart(year: Year) -> list[tuple[PromiseKind, str, str, list[Planned]]]:
    """The promises without a date in the year: kind, heading, sentence and promises of each sort there is."""
    undated = [planned for planned in year.found if not planned.occurrences]
    kinds = {kind: [planned for planned in undated if planned.kind is kind] for kind in _ABOUT}
    kinds[PromiseKind.VAGUE] = [planned for planned in undated if planned.kind in IMPOSSIBLE]
    kinds[PromiseKind.DATED] += [planned for planned in undated if planned.kind is PromiseKind.DAILY]
    about = {kind: (heading, f"{said} {_ADVICE.get(kind, '')}".strip()) for kind, (heading, said) in _ABOUT.items()}
    if year.is_for_families:
        about |= _FOR_FAMILIES
    return [(kind, *about[kind], kinds[kind]) for kind in _ABOUT if kinds[kind]]


def policy_words(year: Year, planned: Planned) -> str:
    """The policy it stands in; empty where all stand in one, which the subtitle names."""
    return "" if year.only_policy else planned.promise.policy.title


def source_words(year: Year, planned: Planned) -> str:
    """The same, and of several schools whose policy."""
    parts = [planned.promise.folder.school.name if year.is_many else "", policy_words(year, planned)]
    return ": ".join(part for part in parts if part)


def terms_sentence(plan: YearPlan) -> str:
    """When the terms are, and when there is no school within them."""
    closed = closed_words(plan)
    said = sentence(joined([f"{term.name} {term_words(term)}" for term in plan.terms]))
    return f"{said} No school in term: {joined(closed)}." if closed else said
