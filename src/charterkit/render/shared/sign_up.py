"""What a school promised when it signed up to a charter, and what of it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from charterkit.choices import DutyProof
from charterkit.model.charter import Charter, Pledge
from charterkit.model.dates import PartialDate
from charterkit.model.school import School
from charterkit.render.shared.audience import Audience
from charterkit.text.speech import tr


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty; `done` is its date, empty while it is still to do."""

    text: str
    is_done: bool
    done: str


@dataclass(frozen=True, slots=True)
class SignUp:
    """A sentence about the signing, and the duties in the charter's order.

    Both are empty for the public where nothing is signed: no school is told off in front of everybody.
    """

    sentence: str
    duties: tuple[Duty, ...]
    is_signed: bool = True


def sign_up(
    school: School, charter: Charter, reader: Audience, proofs: Mapping[DutyProof, str] | None = None
) -> SignUp:
    """Where the school stands with the charter's sign-up duties.

    `proofs` are those that can be seen, each with when or where: a duty that one fulfils is done, recorded or not.
    """
    signed = [signed for signed in school.charters if signed.charter == charter.id]
    done: dict[str, PartialDate] = {}
    for each in signed:
        done |= each.pledges
    duties = tuple(
        Duty(pledge.text, bool(when), when)
        for pledge in charter.pledge
        for when in [done[pledge.id].spoken if pledge.id in done else _proof(pledge, proofs or {})]
    )
    if not signed and reader.name == "public":
        return SignUp("", (), is_signed=False)
    if not signed:
        return SignUp(
            tr("%(school)s has not recorded that it signed up to this charter.", school=school.name),
            duties,
            is_signed=False,
        )
    day = signed[0].signed
    when = tr(" in %(month)s", month=day.spoken) if day else ""
    if day and day.day:
        when = tr(" on %(day)s", day=day.spoken)
    by = signed[0].signed_by if reader.people else None
    who = tr(", signed by %(people)s", people=by) if by else ""
    text = "%(school)s signed up to this charter%(when)s%(who)s."
    return SignUp(tr(text, school=school.name, when=when, who=who), duties)


def _proof(pledge: Pledge, proofs: Mapping[DutyProof, str]) -> str:
    return proofs.get(pledge.fulfilled_by, "") if pledge.fulfilled_by else ""
