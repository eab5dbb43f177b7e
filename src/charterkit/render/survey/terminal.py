"""A survey in a terminal: bars of letters, which need no colour."""

from rich.console import Group as Rows
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from charterkit.render.survey.view import IN_LETTERS, QuestionView, ShareBar, SurveyView
from charterkit.text.safe import visible

_BOLD, _QUIET = Style(bold=True), Style(dim=True)
_WIDEST, _INDENT = 50, 2


def survey_renderable(view: SurveyView, columns: int = 80) -> RenderableType:
    """The survey for a terminal of so many columns."""
    width = max(10, min(_WIDEST, columns - 2 * _INDENT))
    parts: list[RenderableType] = [_text(view.title, _BOLD), _text(view.school, _QUIET), Text()]
    parts.append(_text("; ".join(f"{name}: {text}" for name, text in view.facts)))
    parts += [_text(line) for line in view.lead]
    for question in view.questions:
        parts += [Text(), _text(question.text, _BOLD), *_question(question, width)]
    for group in view.said:
        parts += [Text(), _text("You said, we did", _BOLD)]
        for line in group.lines:
            parts.append(_in(f"You said: {line.said}"))
            did = f"We did: {line.did}{f' ({line.when})' if line.when else ''}" if line.did else "Not answered yet."
            parts.append(_in(did, _QUIET))
    parts += [Text(), _text(IN_LETTERS, _QUIET)]
    parts += [_text(view.smallest, _QUIET)] if view.smallest else []
    return Rows(*parts)


def _question(question: QuestionView, width: int) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if question.bar.is_drawn:
        parts.append(_in(bar_of_letters(question.bar, width)))
    parts.append(_in(question.words))
    parts.append(_in(question.answers, _QUIET))
    if question.change:
        parts.append(_in(f"{question.sign} {question.change}".strip()))
    parts += [_in(f"Speaks to: {aspect.sentence}") for aspect in question.aspects]
    parts += [_in(f"{group.name}: {group.words}") for group in question.groups]
    return parts


def bar_of_letters(bar: ShareBar, width: int) -> str:
    """As in "██████████▓▓▒▒░░░░": agreeing, agreeing within the interval, within the interval beyond, the rest."""
    at = [round(number * width / 100) for number in (bar.low, bar.share, bar.high)]
    return "█" * at[0] + "▓" * (at[1] - at[0]) + "▒" * (at[2] - at[1]) + "░" * (width - at[2])


def _in(words: str, style: Style | None = None) -> RenderableType:
    return Padding(_text(words, style), (0, 0, 0, _INDENT))


def _text(words: str, style: Style | None = None) -> Text:
    return Text(visible(words), style=style or Style())
