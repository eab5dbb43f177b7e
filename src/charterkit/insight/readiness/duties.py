"""What a school promised when it signed up to a charter: what is done of it, by what, and by when the rest is due."""

from collections.abc import Iterable, Sequence

from charterkit.choices import DutyProof
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.model.charter import Charter, Pledge
from charterkit.model.dates import Interval, PartialDate
from charterkit.model.school import School, SignedCharter
from charterkit.records import dataclass

WITHIN = Interval.parse("1 year")
"""How long after signing a duty is due where the charter does not say. No source states a time: a year is charterkit's
own choice, as a school plans by the year."""


@dataclass(frozen=True, slots=True)
class PledgedDuty:
    """One duty: `done` is when, and `proof` what shows it where the school has not recorded it itself.

    `due` is the last day for it; None where nothing is signed, or nobody wrote down when.
    """

    pledge: Pledge
    is_done: bool
    done: PartialDate | None = None
    proof: DutyProof | None = None
    due: PartialDate | None = None


def signed_up(school: School, charter: str) -> SignedCharter | None:
    """The school's sign-up to a charter; None where it has not recorded one."""
    return next((signed for signed in school.charters if signed.charter == charter), None)


def signed_version(versions: Sequence[Charter]) -> Charter | None:
    """The version of a charter whose duties hold: the newest that is published, else the newest; None of none."""
    return next((each for each in reversed(versions) if each.status == "published"), versions[-1] if versions else None)


def duties_of(
    workspace: Workspace, folder: SchoolFolder, charter: Charter, shown: Iterable[DutyProof] = ()
) -> tuple[PledgedDuty, ...]:
    """The duties of a charter's sign-up in its order: the one place that tells whether each is done.

    One is done where school.yaml says when, or where what fulfils it can be seen: the first agreed self-evaluation;
    and what the asker itself has before it (`shown`), such as the poster of which a site has a page.
    """
    signs = [signed for signed in folder.school.charters if signed.charter == charter.id]
    recorded = {duty: when for signed in signs for duty, when in signed.pledges.items()}
    asks = any(pledge.fulfilled_by == "self-evaluation" and pledge.id not in recorded for pledge in charter.pledge)
    first = next(iter(agreed_dates(workspace, folder, charter.id)), None) if asks else None
    start = signs[0].signed if signs else None
    return tuple(_duty(pledge, recorded.get(pledge.id), first, start, shown) for pledge in charter.pledge)


def agreed_dates(workspace: Workspace, folder: SchoolFolder, charter: str) -> list[PartialDate]:
    """When the self-evaluations of a charter that are agreed were, oldest first."""
    every = (found.evaluation for found in timeline(workspace, folder, charter))
    return [made.date for made in every if made.status == "agreed" and made.date]


def _duty(
    pledge: Pledge,
    recorded: PartialDate | None,
    agreed: PartialDate | None,
    signed: PartialDate | None,
    shown: Iterable[DutyProof],
) -> PledgedDuty:
    due = (pledge.within or WITHIN).after(signed) if signed else None
    if recorded:
        return PledgedDuty(pledge, is_done=True, done=recorded, due=due)
    if pledge.fulfilled_by == "self-evaluation" and agreed:
        return PledgedDuty(pledge, is_done=True, done=agreed, proof="self-evaluation", due=due)
    proof = next((proof for proof in shown if proof == pledge.fulfilled_by), None)
    return PledgedDuty(pledge, is_done=proof is not None, proof=proof, due=due)
