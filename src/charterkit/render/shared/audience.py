"""Who a report is for, and so what goes into it. What an audience must not see is left out of the view itself."""

from typing import Literal

from charterkit.errors import Refused
from charterkit.records import dataclass
from charterkit.text.speech import mark


@dataclass(frozen=True, slots=True)
class ReportReader:
    """One readership. `evidence` is all of it, without notes and people, or only what surveys counted."""

    name: str
    title: str
    people: bool
    """Names and roles: who rated, who signed, who owns an action, who observed."""
    strengths: bool
    """What leaders jotted down as going well."""
    notes: bool
    ideas: bool
    reasons: bool
    """Why an aspect does not apply, and what is wrong with an entry that cannot be read."""
    groups: bool
    success: bool
    """How the school will know that an action worked."""
    evidence: Literal["all", "kinds", "counts"]
    guidance: Literal["all", "next", "none"]
    """What the charter says besides its aspects: all of it, what comes next and of key points, or nothing."""
    aims: bool
    """Targets, what was counted, and what the school means to reach in a cycle."""
    drafts: bool
    """Whether a self-evaluation that is still a draft may be shown."""


AUDIENCES: dict[str, ReportReader] = {
    "leaders": ReportReader(
        name="leaders",
        title=mark("For the school’s leaders"),
        people=True,
        strengths=True,
        notes=True,
        ideas=True,
        reasons=True,
        groups=True,
        success=True,
        evidence="all",
        guidance="all",
        aims=True,
        drafts=True,
    ),
    "governors": ReportReader(
        name="governors",
        title=mark("For governors"),
        people=True,
        strengths=True,
        notes=False,
        ideas=True,
        reasons=True,
        groups=True,
        success=True,
        evidence="kinds",
        guidance="next",
        aims=True,
        drafts=True,
    ),
    "public": ReportReader(
        name="public",
        title=mark("For families and the community"),
        people=False,
        strengths=False,
        notes=False,
        ideas=False,
        reasons=False,
        groups=False,
        success=False,
        evidence="counts",
        guidance="none",
        aims=False,
        drafts=False,
    ),
}


def audience(name: str) -> ReportReader:
    """The readership by name. Raises CharterkitError with the names there are."""
    if name not in AUDIENCES:
        raise Refused("no-audience", name=name, known=AUDIENCES)
    return AUDIENCES[name]
