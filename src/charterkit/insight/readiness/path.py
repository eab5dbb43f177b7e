"""What comes next on a school's way to recognition: sign up, evaluate, get ready, ask for a visit, answer it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.certificates.held import CertificateState, state_of
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.insight.evaluations.evaluated import Evaluated, asked_of, timeline
from charterkit.insight.evaluations.summary import distribution
from charterkit.insight.readiness.missing import LackKind, Readiness, readiness
from charterkit.insight.readiness.words import have_of
from charterkit.insight.visits.choosing import open_request
from charterkit.insight.visits.visited import visits_of
from charterkit.model.charter import Charter
from charterkit.model.visit import Visit
from charterkit.records import dataclass
from charterkit.text.english import counted, joined, plural, sentence


class WayStep(StrEnum):
    """Where the way goes on."""

    SIGN = "sign"
    EVALUATE = "evaluate"
    AGREE = "agree"
    MISSING = "missing"
    REQUEST = "request"
    AWAIT = "await"
    ANSWER = "answer"
    CERTIFICATE = "certificate"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step, what there is to say of it, and the command that does it, without the school; empty where none does."""

    step: WayStep
    said: str
    command: tuple[str, ...] = ()


def next_step(
    workspace: Workspace, folder: SchoolFolder, charter: Charter, history: Sequence[Evaluated], today: date
) -> NextStep:
    """What comes next for a school with a charter, as it is asked. `history` are its self-evaluations, oldest first."""
    newest = history[-1] if history else None
    found = visit_step(workspace, folder, charter, newest, today)
    return found or step_of(readiness(workspace, folder, newest.charter if newest else charter, history, today))


def step_of(ready: Readiness) -> NextStep:
    """What comes next before a visit, by how ready the school is."""
    found = ready.found
    if any(lack.kind is LackKind.NOT_SIGNED for lack in ready.school):
        return NextStep(WayStep.SIGN, "Sign up to the charter.", ("sign",))
    if found is None:
        return NextStep(WayStep.EVALUATE, "Rate the school for the first time.", ("evaluate",))
    if ready.is_ready:
        return NextStep(WayStep.REQUEST, "Ask for a certification visit.", ("visit", "request"))
    counts = distribution(found.charter, found.standings)
    left = counts.total - counts.answered
    noun = found.charter.rated_noun
    if left:
        words = f"the {counted(left, noun)} that {plural(left, 'is', 'are')} left"
        return NextStep(WayStep.EVALUATE, sentence(f"rate {words}"), ("evaluate",))
    if found.evaluation.status != "agreed":
        return NextStep(WayStep.AGREE, "Agree the self-evaluation with the leaders.", ("evaluate", "--agree"))
    said = f"{have_of(ready.done, counted(ready.of, noun))} all that a visit needs: see to the rest"
    return NextStep(WayStep.MISSING, sentence(said), ("ready",))


def visit_step(
    workspace: Workspace, folder: SchoolFolder, charter: Charter, newest: Evaluated | None, today: date
) -> NextStep | None:
    """What follows from visits: a request that is open, else the last certification visit.

    None where no visit was asked for; where the last was not met and something was evaluated since; and where the
    certificate has run out, or was revoked.
    """
    asked = open_request(folder, charter.id)
    if asked and asked.model:
        return NextStep(WayStep.AWAIT, _asked(asked.model))
    held = [each for each in visits_of(workspace, folder, charter.id) if each.visit.purpose == "certification"]
    last = next((each for each in reversed(held) if each.is_held), None)
    if last is None or (newest and last.visit.outcome != "met" and last.order < newest.day):
        return None
    if last.visit.answer is None:
        return NextStep(WayStep.ANSWER, "The visitor has written what was found: say to it.", ("visit", "answer"))
    return _certified(last.visit, today) if last.visit.outcome == "met" else None


def _certified(visit: Visit, today: date) -> NextStep | None:
    if visit.certificate is None:
        return NextStep(WayStep.CERTIFICATE, "The visit is met, and the certificate is still to be issued.")
    ends, state = visit.certificate.valid_until, state_of(visit.certificate, today)
    if state in (CertificateState.EXPIRED, CertificateState.REVOKED):
        return None
    if state is CertificateState.SUSPENDED:
        return NextStep(WayStep.HELD, f"The school's certificate {visit.certificate.number} is suspended.")
    until = f" until {ends.spoken}" if ends else ""
    return NextStep(WayStep.HELD, f"The school holds certificate {visit.certificate.number}{until}.")


def _asked(visit: Visit) -> str:
    asked = f" ({visit.requested.spoken})" if visit.requested else ""
    word = "agreed" if visit.agreed_dates else "proposed"
    days = [when.spoken for when in visit.agreed_dates or visit.proposed_dates]
    return f"A certification visit has been asked for{asked}{f'; {word}: {joined(days)}' if days else ''}."


def as_typed(step: NextStep, whose: Sequence[str]) -> str:
    """The command of a step as somebody types it, for a school where it has to be named; empty where there is none."""
    words = list(step.command)
    at = len([word for word in words if not word.startswith("-")])
    named = ["--school", *whose] if whose and words[:1] == ["sign"] else list(whose)
    return " ".join(["charterkit", *words[:at], *named, *words[at:]]) if words else ""


def way_on(workspace: Workspace, folder: SchoolFolder, today: date) -> NextStep | None:
    """What comes next towards a certificate, for where much else is said; None where nothing can be told.

    Of a self-evaluation that is under way nothing is said: whoever is told this is told to go on with it anyway.
    """
    try:
        charter = charter_for(workspace, folder, None)
    except CharterkitError:
        return None
    asked = asked_of(folder, charter)
    history = [held for held in timeline(workspace, folder, charter.id) if held.charter.has_scale]
    if not asked.has_scale or not asked.aspects:
        return None
    found = next_step(workspace, folder, asked, history, today)
    return None if found.step in (WayStep.EVALUATE, WayStep.AGREE) else found


def towards(workspace: Workspace, folder: SchoolFolder, today: date, *, is_named: bool) -> str:
    """The same in one line with its command; empty where nothing can be told."""
    found = way_on(workspace, folder, today)
    if found is None:
        return ""
    called = as_typed(found, [folder.slug] if is_named else [])
    said = found.said[0].lower() + found.said[1:].rstrip(".")
    return f"Towards the certificate: {said}{f' ({called})' if called else ''}."
