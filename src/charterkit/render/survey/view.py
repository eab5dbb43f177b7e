"""One survey as plain data: every sentence that its formats say, and where its bars begin and end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from charterkit.insight.surveys.disagreement import says_otherwise
from charterkit.insight.surveys.results import GroupResult, QuestionResult, SurveyResult
from charterkit.insight.surveys.totals import AnswerCount, QuestionTotals
from charterkit.records import dataclass
from charterkit.render.shared.said import SaidGroup
from charterkit.render.shared.survey_words import change_words, percent, share_words
from charterkit.text.english import counted, joined

HOW_TO_READ = (
    "Each bar is everybody who answered the question; the filled part agrees. The line across its end is the 95% "
    "interval: had everybody answered who was asked, their share would most likely lie within it. More than chance "
    "means that fewer than one in twenty such changes come about by chance; people who answered both times make that "
    "rougher."
)
IN_LETTERS = HOW_TO_READ.replace("The line across its end is", "The two middle shades at its end are")
AUDIENCES = {"parents": "parents and carers", "pupils": "pupils", "staff": "staff", "community": "the community"}


@dataclass(frozen=True, slots=True)
class ServedAspect:
    """An aspect that a question speaks to, and how the school rates it now."""

    id: str
    text: str
    rating: str
    """As in "Green, 2026-27 autumn"; empty where it is not rated."""
    is_met: bool = False
    is_contradicted: bool = False
    """Whether it is met, and these answers say otherwise."""

    @property
    def sentence(self) -> str:
        """What it is and how it is rated; and that the answers say otherwise."""
        rated = f" (rated {self.rating})" if self.rating else ""
        against = ": fewer than half agree, which says otherwise" if self.is_contradicted else ""
        return f"{self.text.rstrip('.')}{rated}{against}"


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Where the filled part of a bar ends and its interval lies, in per cent; none of it where there is no share."""

    share: float
    low: float
    high: float
    is_drawn: bool = True

    @property
    def width(self) -> float:
        """How wide the interval is."""
        return round(self.high - self.low, 2)

    @property
    def rest(self) -> float:
        """What is not filled."""
        return round(100 - self.share, 2)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What one group said, or that it is not shown."""

    name: str
    words: str
    bar: ShareBar


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. `words` is its share, `answers` is what was answered; texts are empty where there is nothing."""

    id: str
    text: str
    words: str
    bar: ShareBar
    answers: str
    change: str
    sign: str
    """An arrow, where more than chance has changed."""
    aspects: tuple[ServedAspect, ...]
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class SurveyView:
    """The whole document."""

    school: str
    title: str
    facts: tuple[tuple[str, str], ...]
    lead: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    said: tuple[SaidGroup, ...]
    how: str
    smallest: str
    made: str


NO_BAR = ShareBar(0, 0, 0, is_drawn=False)


def survey_view(
    about: tuple[str, str],
    result: SurveyResult,
    aspects: Mapping[str, ServedAspect],
    groups: Mapping[str, str],
    said: Sequence[SaidGroup],
) -> SurveyView:
    """The view. `about` is the school's name and the day; `aspects` and `groups` are what ids mean.

    An aspect that no charter has is left out.
    """
    school, made = about
    questions = tuple(_question(each, aspects, groups) for each in result.questions)
    has_groups = any(each.groups for each in questions)
    few = (
        f"Groups of fewer than {result.smallest} are not shown, nor any that would give one away." if has_groups else ""
    )
    return SurveyView(
        school,
        result.survey.title,
        _facts(result),
        _lead(result),
        questions,
        tuple(said),
        HOW_TO_READ,
        few if has_groups else "",
        made,
    )


def _facts(result: SurveyResult) -> tuple[tuple[str, str], ...]:
    survey, rate = result.survey, result.rate
    of = f" of {survey.sent:,}" if survey.sent is not None and survey.responses is not None else ""
    share = f" ({percent(rate)})" if rate is not None else ""
    found = (
        ("Held", survey.date.spoken if survey.date else ""),
        ("Asked", AUDIENCES.get(survey.audience or "", "")),
        ("Answered", f"{survey.responses:,}{of}{share}" if survey.responses is not None else ""),
    )
    return tuple((name, text) for name, text in found if text)


def _lead(result: SurveyResult) -> tuple[str, ...]:
    """What a person in a hurry reads."""
    shares = [(each.answered.share, each.question.text) for each in result.questions if each.answered.share is not None]
    lines = []
    if len(shares) > 1:
        (most, best), (least, worst) = max(shares), min(shares)
        lines.append(f"Most agree with “{best}” ({percent(most)}), fewest with “{worst}” ({percent(least)}).")
    changes = [each.change for each in result.questions if each.change]
    more = [change for change in changes if change.chance == "more"]
    if changes:
        up = sum(change.points > 0 for change in more)
        down = len(more) - up
        parts = [f"{counted(up, 'question')} up" if up else "", f"{counted(down, 'question')} down" if down else ""]
        moved = joined([part for part in parts if part]) or "no question has moved"
        lines.append(f"Since the last survey, by more than chance explains: {moved}.")
    return tuple(lines)


def _question(result: QuestionResult, aspects: Mapping[str, ServedAspect], groups: Mapping[str, str]) -> QuestionView:
    question = result.question
    change = result.change
    is_moved = change is not None and change.chance == "more" and change.points != 0
    return QuestionView(
        question.id,
        question.text,
        share_words(result.answered),
        share_bar(result.answered),
        "; ".join(_answer(each) for each in result.answered.counts),
        change_words(change) if change else "",
        ("▲" if change.points > 0 else "▼") if change and is_moved else "",
        tuple(_served(aspects[name], result.answered) for name in question.aspects if name in aspects),
        tuple(_group(each, groups) for each in result.groups),
    )


def _served(aspect: ServedAspect, found: QuestionTotals) -> ServedAspect:
    return replace(aspect, is_contradicted=aspect.is_met and says_otherwise(found))


def share_bar(found: QuestionTotals) -> ShareBar:
    """The bar of what was answered."""
    if found.share is None:
        return NO_BAR
    low, high = found.interval or (found.share, found.share)
    return ShareBar(round(100 * found.share, 2), round(100 * low, 2), round(100 * high, 2))


def _answer(each: AnswerCount) -> str:
    sign = "✓ " if each.is_agreeing else ""
    return f"{sign}{each.word} {percent(each.share)}" + (f" ({each.count:,})" if each.count is not None else "")


def _group(result: GroupResult, names: Mapping[str, str]) -> GroupLine:
    name = names.get(result.id, result.id)
    if result.answered is None:
        return GroupLine(name, "not shown, as too few answered", NO_BAR)
    return GroupLine(name, share_words(result.answered), share_bar(result.answered))
