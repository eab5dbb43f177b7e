"""What is missing, as sentences: the one place of these words."""

from collections.abc import Callable, Sequence

from charterkit.insight.evidence.index import Flag, IndexedPiece
from charterkit.insight.readiness.groups import GroupAnswer
from charterkit.insight.readiness.missing import Lack, LackKind, Readiness
from charterkit.model.evaluation import Evidence
from charterkit.text.english import joined, number, plain, sentence
from charterkit.text.speech import tr


def said(lack: Lack) -> str:
    """One lack as a sentence of its own."""
    return sentence(_SAID[lack.kind](lack))


def all_said(lacks: Sequence[Lack]) -> list[str]:
    """Several, each once."""
    return list(dict.fromkeys(map(said, lacks)))


def have_of(many: int, of: str) -> str:
    """As in "none of five has", "one of five has", "two of 40 aspects have"."""
    return f"{number(many) if many else 'none'} of {of} {'have' if many > 1 else 'has'}"


def answer_said(answer: GroupAnswer) -> str:
    """What a focus group's families answered, as a sentence."""
    question = answer.question.text
    if answer.share is None:
        return tr("“%(question)s”: not shown, as it could point at few people.", question=question)
    share = f"{round(100 * answer.share)}%"
    if answer.whole is None:
        return tr("“%(question)s”: %(share)s agree.", question=question, share=share)
    whole = f"{round(100 * answer.whole)}%"
    return tr("“%(question)s”: %(share)s agree, of all %(whole)s.", question=question, share=share, whole=whole)


def _level(lack: Lack) -> str:
    return plain(lack.standing.level.label) if lack.standing.level else ""


def _below(lack: Lack) -> str:
    return f"it is {_level(lack)}, and {plain(lack.wanted)} is needed"


def _no_evidence(lack: Lack) -> str:
    return f"there is {joined([f'no {kind}' for kind in lack.kinds or ('evidence',)])} to show"


def _piece(lack: Lack) -> str:
    return f"“{_name(lack.piece.evidence)}”" if lack.piece else ""


def _name(evidence: Evidence) -> str:
    """What a piece of evidence is called in a sentence."""
    survey = "/".join(filter(None, (evidence.survey, evidence.question)))
    return evidence.path or evidence.url or survey or (evidence.note or "").strip() or evidence.kind


def _not_there(lack: Lack) -> str:
    is_outside = lack.piece is not None and Flag.OUTSIDE in lack.piece.flags
    return f"{_piece(lack)} {'lies outside the school’s folder' if is_outside else 'is not there'}"


def _outdated(lack: Lack) -> str:
    return f"{_piece(lack)} is too old for the charter{_dated(lack.piece)}"


def _dated(piece: IndexedPiece | None) -> str:
    return f": {piece.when.spoken}" if piece and piece.when else ""


def _survey(lack: Lack) -> str:
    found = f"only {lack.speaks.sentence}" if lack.speaks else ""
    return f"{found}, and the note does not say why it is met all the same" if lack.stops else found


def _action(lack: Lack) -> str:
    found = lack.action
    if found is None:
        return ""
    due = f", due {found.action.due.spoken}" if found.action.due else ""
    return f"{'overdue' if lack.is_late else 'still open'}: {found.action.action.rstrip('.')}{due}"


def _duty(lack: Lack) -> str:
    if lack.duty is None:
        return ""
    due = f" (due {lack.duty.due.spoken})" if lack.duty.due else ""
    return f"a duty of the sign-up is still to do: {lack.duty.pledge.text.rstrip('.')}{due}"


_SAID: dict[LackKind, Callable[[Lack], str]] = {
    LackKind.NOT_SIGNED: lambda _: "the school has not recorded that it signed up to the charter",
    LackKind.DUTY: _duty,
    LackKind.NO_EVALUATION: lambda lack: f"there is no self-evaluation of version {lack.name} of the charter yet",
    LackKind.DRAFT: lambda lack: f"the self-evaluation of {lack.name} is a draft, and not agreed yet",
    LackKind.TEXT_CHANGED: lambda lack: (
        f"to be looked at again: the charter’s text has changed since the self-evaluation of {lack.name} was agreed, "
        "though its version has not"
    ),
    LackKind.NOTHING_APPLIES: lambda _: "nothing of the charter applies to the school",
    LackKind.UNREADABLE: lambda lack: f"the rating cannot be read: {lack.standing.why}",
    LackKind.NOT_RATED: lambda _: "it is not rated yet",
    LackKind.BELOW: _below,
    LackKind.NO_REASON: lambda _: "it is said not to apply, and not why",
    LackKind.NO_EVIDENCE: _no_evidence,
    LackKind.NOT_THERE: _not_there,
    LackKind.OUTDATED: _outdated,
    LackKind.CHANGED: lambda lack: f"{_piece(lack)} has changed since it was recorded: look at it again",
    LackKind.NO_RECORD: lambda lack: f"not recorded: {joined(lack.kinds)}",
    LackKind.THIN: lambda _: "little is written that says why",
    LackKind.SURVEY_DISAGREES: _survey,
    LackKind.GROUP_BELOW: lambda lack: f"for {lack.name} it is {_level(lack)}",
    LackKind.OPEN_ACTION: _action,
    LackKind.PART_NOT_RATED: lambda lack: f"{lack.name}: not rated yet",
    LackKind.PART_BELOW: lambda lack: f"{lack.name}: {_level(lack)}, which is below {plain(lack.wanted)}",
    LackKind.NEWER_VERSION: lambda lack: f"there is a newer version of the charter, {lack.name}",
    LackKind.OLD: lambda lack: f"the self-evaluation is from {lack.name}, more than a year ago",
}


def stops_said(ready: Readiness) -> list[str]:
    """Everything that stops a school, each as a sentence: of the whole first, then of each aspect with its words."""
    whole = all_said([lack for lack in ready.school if lack.stops])
    return whole + [
        f"{each.title.rstrip('.')}: {' '.join(all_said(each.stops))}" for each in ready.aspects if each.stops
    ]
