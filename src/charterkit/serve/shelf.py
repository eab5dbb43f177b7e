"""The documents that the page shows of a school: each with its line in the table of documents, and what it needs."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.visits.choosing import is_open_request
from charterkit.records import dataclass

EVALUATION = "Ratings and reports"
PLAN = "Plans and dates"
POLICIES = "Policies, families and visits"
GROUPS = (EVALUATION, PLAN, POLICIES)
"""The headings under which documents stand."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document: what people call it, its name in the table of documents, and what it is for.

    `needs` counts what it is made of, `lacks` says what there is too little of; `asks` are the options that an address
    may name.
    """

    title: str
    document: str
    group: str
    about: str
    needs: Callable[[SchoolFolder], int] = lambda _: 1
    least: int = 1
    lacks: str = ""
    asks: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    is_of_all: bool = False
    """Whether it can be of all schools at once, and is not too long then."""

    @property
    def is_of_one(self) -> bool:
        """Whether it is of something that has to be named: those have no place under a heading of their own."""
        return not self.group

    def is_there(self, folder: SchoolFolder) -> bool:
        """Whether the school has what it is made of."""
        return self.needs(folder) >= self.least


def _evaluations(folder: SchoolFolder) -> int:
    return len(folder.evaluations)


def _visits(folder: SchoolFolder) -> int:
    return len(folder.visits)


def _certificates(folder: SchoolFolder) -> int:
    return sum(document.model is not None and document.model.certificate is not None for document in folder.visits)


_NO_EVALUATION = "There is no self-evaluation yet."
_CYCLE = ("cycle", "charter")
SHELF: dict[str, Shelved] = {
    "report": Shelved(
        "Report for leaders",
        "report",
        EVALUATION,
        "Everything that was said, aspect by aspect.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=_CYCLE,
    ),
    "governors": Shelved(
        "Report for governors",
        "report for governors",
        EVALUATION,
        "The answer on one page, then what stands behind it.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=_CYCLE,
    ),
    "families": Shelved(
        "Report for families",
        "report for families",
        EVALUATION,
        "One page without names and notes.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=_CYCLE,
    ),
    "comparison": Shelved(
        "What has moved",
        "comparison",
        EVALUATION,
        "The newest self-evaluation beside the one before.",
        _evaluations,
        2,
        "It takes two self-evaluations.",
        ("charter",),
    ),
    "cycles": Shelved(
        "Every cycle",
        "every cycle",
        EVALUATION,
        "All years beside each other.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=("charter",),
    ),
    "evidence": Shelved(
        "Evidence",
        "evidence",
        EVALUATION,
        "What there is for each aspect, and what a visitor would miss.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=_CYCLE,
    ),
    "pack": Shelved(
        "Evidence pack",
        "evidence pack",
        EVALUATION,
        "What a visitor is shown.",
        _evaluations,
        lacks=_NO_EVALUATION,
        asks=_CYCLE,
    ),
    "form": Shelved(
        "Form for the meeting",
        "form",
        EVALUATION,
        "To fill in on paper, or as a workbook that the page takes in again.",
        asks=_CYCLE,
    ),
    "poster": Shelved("Poster", "poster", EVALUATION, "The charter, to hang in the hall.", asks=("charter",)),
    "due": Shelved(
        "What is due", "due", PLAN, "Reviews, actions, duties and promises, by their dates.", is_of_all=True
    ),
    "actions": Shelved(
        "Action plan",
        "actions",
        PLAN,
        "Every open action, who sees to it and by when.",
        asks=("charter",),
        is_of_all=True,
    ),
    "planner": Shelved("Planner of promises", "promises", PLAN, "What policies promise to families, over the year."),
    "ready": Shelved(
        "Ready for a visit?", "ready", PLAN, "What still stands between the school and certification.", asks=_CYCLE
    ),
    "register": Shelved(
        "Register of policies", "register", POLICIES, "Every policy, its owner and its next review.", is_of_all=True
    ),
    "terms": Shelved(
        "Policies by term",
        "register",
        POLICIES,
        "How many reviews each term brings, before the list.",
        options={"by_term": True},
    ),
    "gaps": Shelved("Policies that are missing", "gaps", POLICIES, "What is asked of schools, and not here."),
    "concerns": Shelved(
        "Concerns",
        "concerns",
        POLICIES,
        "Raised under policies: how many, how long each took, how it ended. No names.",
        is_of_all=True,
    ),
    "policy": Shelved(
        "A policy", "policy", "", "Who answers for it, its history and reviews, and what it promises.", asks=("name",)
    ),
    "agenda": Shelved(
        "Agenda",
        "agenda",
        "",
        "What waits for a decision, what comes for the first time, and what is due before the meeting after.",
        asks=("body",),
    ),
    "survey": Shelved(
        "Survey",
        "survey",
        POLICIES,
        "What families said, and how sure that is.",
        lambda folder: len(folder.surveys),
        lacks="There is no survey yet.",
        asks=("survey",),
    ),
    "visits": Shelved(
        "Visits",
        "visits",
        POLICIES,
        "Visits asked for, agreed and held.",
        _visits,
        lacks="There is no visit yet.",
        is_of_all=True,
    ),
    "letter": Shelved(
        "Letter asking for a visit",
        "visit request",
        POLICIES,
        "To whoever answers for the charter: the days, how the school stands, and what there is to see.",
        lambda folder: sum(
            document.model is not None and is_open_request(document.model) for document in folder.visits
        ),
        lacks="No visit has been asked for that is still to come.",
        asks=("charter",),
    ),
    "visit": Shelved(
        "What the visitor found",
        "visit",
        POLICIES,
        "Beside what the school says itself.",
        lambda folder: sum(document.model is not None and bool(document.model.findings) for document in folder.visits),
        lacks="No visitor has written anything down yet.",
        asks=("when",),
    ),
    "certificate": Shelved(
        "Certificate",
        "certificate",
        POLICIES,
        "To show and to print.",
        _certificates,
        lacks="There is no certificate yet.",
    ),
}
"""Each document by its name in an address."""
