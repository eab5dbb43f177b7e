"""What a school promised when it signed up to a charter, and what of it is done."""

from collections.abc import Iterable

from charterkit.choices import DutyProof
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.readiness.duties import PledgedDuty, duties_of, signed_up
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.render.shared.audience import ReportReader
from charterkit.text.speech import tr


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
    workspace: Workspace, folder: SchoolFolder, charter: Charter, reader: ReportReader, shown: Iterable[DutyProof] = ()
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
        return SignUp(
            tr("%(school)s has not recorded that it signed up to this charter.", school=school.name),
            duties,
            is_signed=False,
        )
    day = signed.signed
    when = tr(" in %(month)s", month=day.spoken) if day else ""
    if day and day.day:
        when = tr(" on %(day)s", day=day.spoken)
    by = signed.signed_by if reader.people else None
    who = tr(", signed by %(people)s", people=by) if by else ""
    text = "%(school)s signed up to this charter%(when)s%(who)s."
    return SignUp(tr(text, school=school.name, when=when, who=who), duties)


def _duty(duty: PledgedDuty, reader: ReportReader) -> Duty:
    done = duty.done.spoken if duty.done else tr("on this site") if duty.is_done else ""
    is_told = not duty.is_done and reader.name != "public"
    by = tr(", by %(when)s", when=duty.due.spoken) if duty.due and is_told else ""
    return Duty(duty.pledge.text, duty.is_done, done, by)
