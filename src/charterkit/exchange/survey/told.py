"""What a trial run says: what each column is taken for and why, and the totals as they would stand."""

from collections.abc import Iterator

from charterkit.exchange.survey.draft import AskedColumn, SurveyDraft
from charterkit.text.english import counted, figures, joined, plural
from charterkit.text.safe import shown

_WORDS = {
    "question": "question",
    "group": "groups",
    "text": "free text, dropped",
    "personal": "PERSONAL, dropped",
    "out": "left out",
}
_MOST = 60


def told(draft: SurveyDraft) -> Iterator[str]:
    """The lines of a trial run, one a sentence or a number; nothing of a person is in them."""
    yield f"This is read as {draft.tool}: {_who(draft)}."
    yield ""
    if not draft.columns:
        return
    yield "What each column is taken for:"
    for column in draft.columns:
        yield f"  {column.letter:>3}  {shown(column.heading, _MOST)}"
        yield f"       {_WORDS[column.use]}: {column.why}"
        yield from (f"       {note}" for note in map(_sentence, column.notes))
    yield ""
    yield from _kept(draft)
    if draft.questions:
        yield ""
        yield "The totals as they would stand:"
        for column in draft.questions:
            yield from _totals(column)
    for note in draft.notes:
        yield ""
        yield note


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:] + "."


def _who(draft: SurveyDraft) -> str:
    if not draft.questions:
        return "no column is known for a question, so no answer was counted"
    if draft.responses is None:
        return "how many answered is not said, so add it with --responses"
    return plural(draft.responses, "one person answered", f"{draft.responses:,} answered")


def _kept(draft: SurveyDraft) -> Iterator[str]:
    """What is kept and what is dropped, plainly."""
    many = len(draft.questions)
    yield f"Kept: totals of {counted(many, 'question')}. No line of a person is kept."
    personal = [f"“{shown(column.heading, _MOST)}”" for column in draft.columns if column.use == "personal"]
    if personal:
        yield f"Dropped as personal: {joined(personal)}."
    texts = [column for column in draft.columns if column.use == "text"]
    if texts:
        letters = joined([column.letter for column in texts])
        yield f"Dropped as free text: {letters}. To read it line by line and keep some of it, add --quotes COLUMN."
    rest = [column for column in draft.columns if column.use == "out"]
    if rest:
        yield f"Left out: {figures(len(rest), 'column')} ({joined([column.letter for column in rest])})."


def _totals(column: AskedColumn) -> Iterator[str]:
    yield f"  {shown(column.heading, 200)} ({column.id})"
    if column.shares:
        said = [f"{_word(column, name)} {share}" for name, share in column.shares.items()]
    else:
        said = [f"{_word(column, name)} {many:,}" for name, many in column.counts.items()]
    yield f"    {', '.join(said) or 'nobody answered it'}"
    agreeing = [_word(column, name) for name in column.agreeing if name in column.counts]
    if agreeing:
        yield f"    Agreeing: {joined(agreeing)}."
    else:
        yield f"    Which answers agree is not known: say --agreeing {column.letter}=ANSWER,ANSWER"
    if column.aspects:
        yield f"    Speaks to: {joined(list(column.aspects))} ({column.whence})."
    elif column.whence:
        yield f"    Speaks to no aspect yet: say --aspects {column.letter}=ASPECT where it does."
    for name, counts in column.groups.items():
        few = "fewer than may be shown, or it would give such a group away: withheld"
        yield f"    {name}: {few if name in column.withheld else f'{counts.total():,} answered'}"


def _word(column: AskedColumn, name: str) -> str:
    return shown(column.words.get(name, name.replace("-", " ").capitalize()))
