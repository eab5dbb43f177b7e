"""An export made into a survey: its columns classified, counted and named, as far as nobody says otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from charterkit.errors import Refused
from charterkit.exchange.cells import letters
from charterkit.exchange.survey import totals
from charterkit.exchange.survey.classify import classified
from charterkit.exchange.survey.draft import USES, AskedColumn, SurveyDraft, Use
from charterkit.exchange.survey.table import ExportTable, read_export
from charterkit.exchange.survey.words import answer_id
from charterkit.insight.evaluations.naming import demand_aspect
from charterkit.insight.surveys.speaks import asked_before, proposed
from charterkit.model.base import nearest, slug
from charterkit.model.charter import Charter
from charterkit.model.survey import SMALLEST_GROUP, Survey
from charterkit.records import dataclass

_LONGEST_ID = 40


@dataclass(frozen=True)
class Wishes:
    """What was said of columns on the command line, each as COLUMN=WORDS: what they are, which answers agree, to which
    aspects they speak, what they are called; which texts name a group; and whose free text is to be shown.
    """

    uses: Sequence[str] = ()
    agreeing: Sequence[str] = ()
    aspects: Sequence[str] = ()
    ids: Sequence[str] = ()
    groups: Sequence[str] = ()
    quotes: Sequence[str] = ()
    sheet: str | None = None
    latest_only: bool = False


@dataclass(frozen=True)
class KnownHere:
    """What the school has: its charter, and its earlier surveys of the same audience, newest first."""

    charter: Charter | None = None
    earlier: Sequence[Survey] = field(default=())


def read_survey(path: Path, wishes: Wishes, around: KnownHere) -> SurveyDraft:
    """The survey that a file makes. Raises CharterkitError for a file, or an option, that cannot be read."""
    table = read_export(path, wishes.sheet)
    draft = SurveyDraft(table.tool, [], None)
    if table.is_totals:
        totals.of_totals(table, draft)
    else:
        _of_people(table, draft, wishes, around)
    columns = _Columns(draft.columns)
    for option, said in (("--agreeing", wishes.agreeing), ("--aspects", wishes.aspects), ("--id", wishes.ids)):
        for column, words in columns.each(option, said):
            _demand_question(option, column)
            _SAY[option](column, [word.strip() for word in words.split(",") if word.strip()], around)
    _name(draft.questions, around)
    if not draft.questions:
        draft.complaints.append("No column is taken for a question: say which are with --use COLUMN=question.")
    return draft


def _of_people(table: ExportTable, draft: SurveyDraft, wishes: Wishes, around: KnownHere) -> None:
    known = _Columns([AskedColumn(at, letters(at), head) for at, head in table.headings.items()])
    groups = _groups(around.charter, wishes.groups)
    uses = {column.at: _as_use(words) for column, words in known.each("--use", wishes.uses)}
    draft.columns = classified(table, groups, uses)
    _only_one_group(draft)
    columns = _Columns(draft.columns)
    for column, words in columns.each("--agreeing", wishes.agreeing):
        column.agreeing = tuple(answer_id(word) for word in words.split(","))
    rows = totals.once_each(table, draft, latest_only=wishes.latest_only)
    totals.count(table, draft, rows, groups, SMALLEST_GROUP)
    totals.say_of_rows(table, draft)
    totals.say_of_formulas(table, draft)
    draft.date = totals.month(table)
    draft.quotes = totals.quotes(table, [columns.named("--quotes", said) for said in wishes.quotes])


def _only_one_group(draft: SurveyDraft) -> None:
    """By two columns at once groups would be smaller still."""
    found = [column for column in draft.columns if column.use == "group"]
    said = next((column for column in found if column.why == "as you said"), found[0] if found else None)
    for column in found:
        if column is not said and said is not None:
            column.use, column.why = "out", f"groups are told apart by column {said.letter} already"


def _groups(charter: Charter | None, said: Sequence[str]) -> dict[str, str]:
    """A group's id by each way of writing it."""
    known = {group.id: group for group in charter.focus_groups} if charter else {}
    found = {slug(name): group.id for group in known.values() for name in (group.id, group.name)}
    for option in said:
        text, equals, group = option.rpartition("=")
        if not equals or group not in known:
            raise Refused("no-such-group", said=option, known=list(known))
        found[answer_id(text)] = group
    return found


def _as_use(words: str) -> Use:
    found = next((use for use in USES if use == words.strip().casefold()), None)
    if found is None:
        raise Refused("no-choice", option="--use", word=words, known=USES)
    return found


def _demand_question(option: str, column: AskedColumn) -> None:
    if column.use != "question":
        raise Refused("no-question-column", option=option, column=column.letter, heading=column.heading)


def _agree(column: AskedColumn, words: Sequence[str], _: KnownHere) -> None:
    ids = [answer_id(word) for word in words]
    unknown = [word for word, name in zip(words, ids, strict=True) if name not in column.counts]
    if unknown:
        meant = nearest(answer_id(unknown[0]), column.counts)
        raise Refused(
            "no-such-survey-answer", word=unknown[0], heading=column.heading, meant=meant, known=list(column.counts)
        )
    column.agreeing = tuple(ids)


def _speak(column: AskedColumn, words: Sequence[str], around: KnownHere) -> None:
    charter = around.charter
    names = [] if list(words) == ["none"] else words
    column.aspects = tuple(demand_aspect(word, charter) if charter else word for word in names)
    column.whence = "as you said"


def _call(column: AskedColumn, words: Sequence[str], _: KnownHere) -> None:
    if len(words) != 1 or slug(words[0]) != words[0]:
        raise Refused("bad-id", name=" ".join(words), meant=slug(" ".join(words)))
    column.id = words[0]


_SAY: Mapping[str, Any] = {"--agreeing": _agree, "--aspects": _speak, "--id": _call}


def _name(questions: Sequence[AskedColumn], around: KnownHere) -> None:
    """Ids and aspects: those of the earlier survey that asked the same; else made of the words."""
    taken = {column.id for column in questions if column.id}
    for column in questions:
        before = asked_before(column.heading, around.earlier)
        if not column.whence and before:
            column.aspects, column.whence = before.aspects, "as in the last survey"
        elif not column.whence and around.charter:
            column.aspects, column.whence = proposed(column.heading, around.charter), "proposed from its words"
        if not column.id:
            column.id = _free(
                before.id if before else slug(column.heading)[:_LONGEST_ID].strip("-") or "question", taken
            )
        taken.add(column.id)


def _free(name: str, taken: set[str]) -> str:
    number, made = 2, name
    while made in taken:
        made, number = f"{name}-{number}", number + 1
    return made


class _Columns:
    """Columns as people name them: by letter, by heading, or by a part of it that only one has."""

    def __init__(self, columns: Sequence[AskedColumn]) -> None:
        self.columns = columns

    def each(self, option: str, said: Sequence[str]) -> list[tuple[AskedColumn, str]]:
        """The column and the words of each COLUMN=WORDS."""
        found = []
        for words in said:
            name, equals, rest = words.rpartition("=")
            if not equals or not name.strip():
                raise Refused("bad-answer", option=option, value=words, form="COLUMN=WORDS, such as C=question")
            found.append((self.named(option, name), rest))
        return found

    def named(self, option: str, said: str) -> AskedColumn:
        """One column. Raises CharterkitError where there is none, or several."""
        name = " ".join(said.split()).casefold()
        for matches in (
            [column for column in self.columns if column.letter.casefold() == name],
            [column for column in self.columns if column.heading.casefold() == name],
            [column for column in self.columns if name in column.heading.casefold()],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                break
        known = [f"{column.letter} {column.heading}" for column in (matches or self.columns)]
        raise Refused("no-survey-column", option=option, said=said, known=known)


def facts(draft: SurveyDraft, about: Mapping[str, Any], quotes: Sequence[str]) -> dict[str, Any]:
    """The survey as its file has it. `about` is its title, its date and who was asked; `quotes` is what was said."""
    made = {key: value for key, value in about.items() if value is not None}
    if draft.responses is not None:
        made["responses"] = draft.responses
    whole: dict[str, Any] = {**made, "questions": [column.facts() for column in draft.questions]}
    if quotes:
        whole["you_said_we_did"] = [{"said": quote} for quote in quotes]
    return whole
