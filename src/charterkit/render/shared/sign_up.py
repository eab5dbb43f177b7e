"""What a school promised when it signed up to a charter, and what of it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from charterkit.choices import DutyProof
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.readiness.duties import PledgedDuty, duties_of, signed_up
from charterkit.model.charter import Charter
from charterkit.render.shared.audience import Audience


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty; `done` is its date, empty while it is still to do; `by` is the end of "Still to do, by May 2027"."""

    text: str
    is_done: bool
    done: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class SignUp:
    """A sentence about the signing, and the duties in the charter's order.

    Both are empty for the public where nothing is signed: no school is told off in front of everybody.
    """

    sentence: str
    duties: tuple[Duty, ...]
    is_signed: bool = True


def sign_up(
    workspace: Workspace, folder: SchoolFolder, charter: Charter, reader: Audience, shown: Iterable[DutyProof] = ()
) -> SignUp:
    """Where the school stands with the charter's sign-up duties.

    `shown` is what the page itself has: a duty that it fulfils is done, recorded or not. By when the others are to be
    done is for those inside the school.
    """
    school, signed = folder.school, signed_up(folder.school, charter.id)
    if not signed and reader.name == "public":
        return SignUp("", (), is_signed=False)
    duties = tuple(_duty(duty, reader) for duty in duties_of(workspace, folder, charter, shown))
    if not signed:
        return SignUp(f"{school.name} has not recorded that it signed up to this charter.", duties, is_signed=False)
    when = f" in {signed.signed.spoken}" if signed.signed else ""
    if signed.signed and signed.signed.day:
        when = f" on {signed.signed.spoken}"
    who = f", signed by {signed.signed_by}" if signed.signed_by and reader.people else ""
    return SignUp(f"{school.name} signed up to this charter{when}{who}.", duties)


def _duty(duty: PledgedDuty, reader: Audience) -> Duty:
    done = duty.done.spoken if duty.done else "on this site" if duty.is_done else ""
    is_told = duty.due is not None and not duty.is_done and reader.name != "public"
    return Duty(duty.pledge.text, duty.is_done, done, f", by {duty.due.spoken}" if is_told and duty.due else "")
