"""What the guided evaluation shows. With `plain`: sentences only, no colour, no symbols, nothing drawn."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from charterkit.cli.guide_actions import last_time_lines
from charterkit.insight.evaluations import compare as comparing
from charterkit.insight.evaluations.aims import aimed, stated
from charterkit.insight.evaluations.evaluated import RatingState, Standing, timeline
from charterkit.insight.evaluations.summary import distribution, for_development, strengths
from charterkit.model.charter import Aspect, KeyPoint
from charterkit.model.scale import Level, bears
from charterkit.render.shared.entries import all_seen, planned_words
from charterkit.render.shared.levels import Badge, badges
from charterkit.render.shared.tally import rated_words
from charterkit.session.answer_keys import HELP, GuideAnswers
from charterkit.session.asked_words import (
    Beginnings,
    examples_said,
    looks,
    next_step,
    next_steps,
    place,
    point_title,
    sentence,
    with_numbers,
)
from charterkit.text.english import plural
from charterkit.text.safe import visible
from charterkit.text.wrap import hung

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.questionnaire import Asked, Questionnaire

MOST_LISTED = 8
_PROMPT = 3
"""Lines of the blank before a question, and of the one to answer in with the blank before it."""
_BESIDE = 32
"""Columns that a rubric needs to stand beside its level."""
BAR = 20


class Screen:
    """Prints one sitting, in lines that scroll: nothing is ever overwritten, so SSH and logs keep all of it."""

    def __init__(
        self,
        call: "Session",
        file: "EvaluationFile",
        questions: "Questionnaire",
        *,
        plain: bool,
        width: int,
        rows: int = 24,
    ) -> None:
        """Take the session's console, at the terminal's own width."""
        self.file = file
        self.questions = questions
        self.plain = plain
        self.beginnings = Beginnings(file.charter)
        self.console: Console = call.console
        self.said_by: Mapping[str, Sequence[tuple[str, Standing]]] = {}
        """Of each aspect, who rated it how before the meeting."""
        self.options = f" --as {shlex.quote(file.rater)}" if file.rater else ""
        """What a command that carries on has besides."""
        self.resize(width, rows)
        if plain:
            self.console.no_color = True

    def resize(self, width: int, rows: int) -> None:
        """Take the terminal's size; Rich only believes it for a dumb terminal where a height stands beside it."""
        self.width, self.rows = width, rows
        self.console.width = width
        self.console.height = 100

    # -- pieces

    def line(self, text: str) -> None:
        """One plain line."""
        self.console.print(Text(visible(text)))

    def _style(self, style: str) -> str:
        return "" if self.plain else style

    def _indented(self, text: str, style: str = "", by: int = 2) -> RenderableType:
        return Padding(Text(visible(text), style=self._style(style)), (0, 0, 0, by))

    def badge(self, level: Level) -> Text:
        """A level by shape, letter and word; in colour too where there is any."""
        if self.plain:
            return Text(visible(level.label))
        made = badges(self.file.charter)[level.id]
        lead = f" {visible(made.lead)}" if made.lead else ""
        return Text.assemble((f" {made.shape}{lead} ", self._look(made)), f" {visible(level.label)}")

    def _look(self, badge: Badge) -> str:
        return f"bold {badge.ink} on {badge.colour}" if self.console.color_system else "bold"

    def standing(self, standing: Standing) -> Text:
        """A rating in words, whatever its state."""
        if standing.level:
            return self.badge(standing.level)
        words = {
            RatingState.NOT_APPLICABLE: "not applicable",
            RatingState.NOT_RATED: "not yet rated",
            RatingState.UNREADABLE: f"unreadable: {standing.why}",
        }
        return Text(visible(words[standing.state]))

    def note(self, text: str | None) -> None:
        """What an aspect's note says before it is added to."""
        self.line("")
        if text:
            self.line("The note so far; what you write now is added to it:")
            self.console.print(self._indented(text.strip()))

    # -- a sitting

    def welcome(self) -> None:
        """Who, what and when, and what the person can rely on."""
        self.console.print()
        self.console.print(Text(visible(self.file.folder.school.name), style=self._style("bold")))
        self.line(self.file.charter.title)
        self.line(f"Self-evaluation, {self.file.cycle.spoken}. So far {self._rated()}.")
        if self.file.rater:
            self.line(f"The ratings of {self.file.rater}, before the meeting. The school's own are not touched.")
        for label, text in stated(self.file.evaluated.evaluation):
            self.line(f"{label}: {text}")
        self.line("Every answer is saved at once: stop whenever you like, and carry on later.")

    def _rated(self) -> str:
        return rated_words(distribution(self.file.charter, self.file.standings), self.file.charter.rated_noun)

    def question(self, asked: "Asked", commands: Sequence[tuple[str, str]], go_on: Callable[[], bool]) -> bool:
        """One aspect, what good looks like, what was said last time, and the keys; before its first, the key point.

        Where both are higher than the terminal, `go_on` is asked between them; False where it is.
        """
        is_due, part = self.beginnings.due(asked)
        about = self._about(asked.key_point) if is_due else []
        heading, aspect = self._heading(asked, part), self._aspect(asked, commands)
        begins = [heading, "", *about]
        if about and not self._fits([*begins, "", *aspect]):
            self.console.print(Group("", *begins, ""))
            if not go_on():
                return False
            begins = [self._heading(asked, "")]
        self.console.print(Group("", *begins, "", *aspect))
        return True

    def _aspect(self, asked: "Asked", commands: Sequence[tuple[str, str]]) -> list[RenderableType]:
        """A question below its heading. Beside a rubric only as many examples as there is room for."""
        answers = ["", self._keys(commands, asked.aspect)]
        said = [*self._last_time(asked), *self._before_meeting(asked.aspect.id), *self._now(asked)]
        examples = len(asked.aspect.examples)
        while True:
            made: list[RenderableType] = [Text(visible(sentence(asked.aspect)), style=self._style("bold"))]
            made += [*self._about(asked.aspect, examples), *said, *answers]
            if not examples or not asked.aspect.levels or self._fits([self._heading(asked, ""), "", *made]):
                return made
            examples -= 1

    def _fits(self, parts: Sequence[RenderableType]) -> bool:
        """Whether all of it and the line to answer in can be seen at once; where nothing is drawn, nobody looks."""
        return self.plain or len(self.console.render_lines(Group(*parts))) + _PROMPT <= self.rows

    def _about(self, of: KeyPoint | Aspect, most: int | None = None) -> list[RenderableType]:
        """What a key point or an aspect is about, and how other schools do it, in italics."""
        found = [self._indented(of.detail)] if of.detail else []
        said = list(examples_said(of.examples, plain=self.plain))
        found += [self._indented(words, "italic") for words in said[:most]]
        rest = len(said) - len(said[:most])
        more = f"? shows {plural(rest, 'an example', f'{rest} examples')} of other schools"
        return [*found, *([self._indented(more, "dim")] if rest else [])]

    def _heading(self, asked: "Asked", part: str) -> RenderableType:
        done, of = self.questions.progress
        title, where = point_title(asked), place(asked)
        if self.plain:
            above = f"Part: {part}. " if part else ""
            which = where if where.startswith("Aspect") else f"Aspect {where}"
            return Text(visible(f"{above}Key point {title}. {which}. {done} of {of} done."))
        filled = round(BAR * done / of) if of else 0
        bar = Text.assemble(("█" * filled, self._style("cyan")), ("░" * (BAR - filled), self._style("dim")))
        head = Table.grid(expand=True)
        head.add_column(ratio=1)
        head.add_column(justify="right", no_wrap=True)
        head.add_row(
            Text(visible(title), style=self._style("bold cyan")), Text(visible(where), style=self._style("dim"))
        )
        head.add_row(Text.assemble(bar, f"  {done} of {of} done"), "")
        heading = [Text(visible(part) + "\n", style=self._style("bold"))] if part else []
        return Group(Text("─" * self.width, style=self._style("dim")), *heading, head)

    def _last_time(self, asked: "Asked") -> list[RenderableType]:
        previous = self.file.previous
        if previous is None or asked.before is None:
            return []
        lines: list[RenderableType] = [
            "",
            Text.assemble(f"Last time ({previous.cycle.spoken}): ", self.standing(asked.before)),
        ]
        actions = [self._indented(words) for words in last_time_lines(self.file, asked.aspect.id)]
        is_copied = asked.now.entry is not None and asked.now.entry.carried is not None
        return [*lines, *([] if is_copied else self._said(asked.before)), *actions]

    def before_meeting(self, part: str) -> None:
        """Who rated a key point or the whole how, where several people did."""
        for line in self._before_meeting(part):
            self.console.print(line)

    def _before_meeting(self, aspect: str) -> list[RenderableType]:
        found = self.said_by.get(aspect, ())
        lines: list[RenderableType] = ["", Text("Before the meeting:")] if found else []
        for name, standing in found:
            lines.append(Padding(Text.assemble(f"{visible(name)}: ", self.standing(standing)), (0, 0, 0, 2)))
            lines += [Padding(line, (0, 0, 0, 2)) for line in self._said(standing)]
        return lines

    def _now(self, asked: "Asked") -> list[RenderableType]:
        actions = [action for action in self.file.evaluated.evaluation.actions if action.aspect == asked.aspect.id]
        if asked.now == Standing(RatingState.NOT_RATED) and not actions:
            return []
        planned = [self._indented(f"Action: {planned_words(action)}") for action in actions]
        step = next_step(self.file.charter, asked.aspect, asked.now)
        following = [self._indented(f"Next step: {step}")] if step else []
        carried = asked.now.entry.carried if asked.now.entry else None
        if carried:
            words = f"From {carried.spoken}, not looked at again. Any answer says that you have."
            planned.append(self._indented(words))
        return ["", Text.assemble("Now: ", self.standing(asked.now)), *following, *self._said(asked.now), *planned]

    def _said(self, standing: Standing) -> list[RenderableType]:
        entry = standing.entry
        if entry is None:
            return []
        found = [("Reason", entry.reason), ("Strengths", entry.strengths), ("Note", entry.note)]
        lines = [self._indented(f"{label}: {text.strip()}") for label, text in found if text]
        lines += [self._indented(f"{label}: {text}") for label, text in aimed(entry, self.file.charter)]
        lines += [self._indented(f"Idea: {idea}") for idea in entry.ideas]
        lines += [self._indented(f"Evidence: {text}") for text in all_seen(entry.evidence, self.file.folder)]
        for group, level in entry.groups.items():
            names = {known.id: known.name for known in self.file.charter.focus_groups}
            known = self.file.charter.levels.get(level)
            lines.append(self._indented(f"{names.get(group, group)}: {known.label if known else level}"))
        return list(lines)

    def _keys(self, commands: Sequence[tuple[str, str]], aspect: Aspect | None = None) -> RenderableType:
        answers = GuideAnswers(self.file.charter)
        here = looks(aspect, self.file.charter.levels)
        if self.plain:
            levels = [f"{answers.spoken(level)}: {here[level.id]}".rstrip(": .") + "." for level in answers.levels]
            foot = ", ".join(f"{key} {label}" for key, label in commands)
            return Text(visible("\n".join(levels) + f"\n{foot}."))
        rows: list[tuple[str, Text, str]] = []
        made = badges(self.file.charter)
        for level, known in answers.levels.items():
            badge = self.badge(level)
            if known.name != level.label and bears(level.label, known.key):  # its number stands in front already
                badge = Text.assemble((f" {made[level.id].shape} ", self._look(made[level.id])), f" {known.name}")
            rows.append((f"  {visible(answers.keys_of(level))}", badge, here[level.id]))
        return Group(*self._levels(rows, is_rubric=bool(aspect and aspect.levels)), "", self._foot(commands))

    def _levels(self, rows: Sequence[tuple[str, Text, str]], *, is_rubric: bool) -> list[RenderableType]:
        """Keys, badges and what the levels look like, side by side; below each other where there is little room."""
        beside = self.width - sum(max((cell_len(str(row[column])) for row in rows), default=0) + 1 for column in (0, 1))
        grid = Table.grid(padding=(0, 1))
        if not is_rubric or beside >= _BESIDE:
            for keys, badge, text in rows:
                grid.add_row(keys, badge, Text(visible(text)))
            return [grid]
        return [
            piece
            for keys, badge, text in rows
            for piece in (Text.assemble(f"{keys} ", badge), self._indented(text, by=4))
        ]

    def _foot(self, commands: Sequence[tuple[str, str]]) -> RenderableType:
        """Keys and labels, as many a line as fit without breaking one apart."""
        lines = [Text("  ")]
        for key, label in commands:
            piece = Text.assemble((key, self._style("bold cyan")), f" {label}   ")
            if lines[-1].cell_len + piece.cell_len - 3 > self.width:
                lines.append(Text("  "))
            lines[-1].append_text(piece)
        return Group(*lines)

    def prompt(self) -> str:
        """What stands before the key."""
        return "\nYour rating: "

    def saved(self, level: Level, aspect: Aspect) -> None:
        """Confirm a rating, and say what takes a school on from there where it is below the mark."""
        self.console.print(
            Text.assemble(self.badge(level), "" if not self.plain else ".", "  saved" if not self.plain else " Saved.")
        )
        step = next_step(self.file.charter, aspect, self.file.standings[aspect.id])
        if step:
            self.console.print(self._indented(f"Next step: {step}"))

    def help(self, commands: Sequence[tuple[str, str]], aspect: Aspect) -> None:
        """What each key does, in sentences; what the levels mean, and what takes this aspect on from each of them."""
        self.line("")
        for what, about in (
            ("key point", self._about(self.file.charter.key_point_of[aspect.id])),
            (self.file.charter.rated_noun, self._about(aspect) if aspect.levels else []),
        ):
            if about:
                self.console.print(Group(f"About this {what}:", *about, ""))
        self.line("A level's letter or number rates it and goes on to the next; so does its word and Enter.")
        for key, label in commands:
            self.line(hung(f"  {key}  ", HELP.get(label, label), self.width))
        levels = self.file.charter.levels.values()
        if aspect.levels and any(level.meaning for level in levels):
            self.line("\nWhat the levels mean everywhere:")
            for level in levels:
                self.console.print(self._indented(f"{level.label}: {level.meaning}".rstrip(": ")))
        steps = next_steps(self.file.charter, aspect)
        if steps:
            self.line(f"\nWhat takes a school on from each level, with this {self.file.charter.rated_noun}:")
            for level, text in steps:
                self.console.print(self._indented(f"{level.label}: {text}"))

    def stopped(self) -> None:
        """What is safe, and how to go on."""
        if self.file.existing is None:
            self.line("Stopped. Nothing was answered, so nothing was written.")
            return
        self.line(f"Stopped. {self._rated()}; all is saved in {self.file.path}.")
        self.line(f"Carry on with: {self._command('evaluate', '--cycle')}{self.options}")

    def _command(self, verb: str, cycle: str) -> str:
        """A command about this very evaluation, whatever the defaults are."""
        file = self.file
        charter = f" --charter {file.charter.id}" if len(file.workspace.charter_ids) > 1 else ""
        return f"charterkit {verb} {file.folder.slug}{charter} {cycle} {file.cycle}"

    # -- the end

    def summary(self) -> None:
        """Strengths, areas for development, what moved since last time, and the command for the report."""
        evaluated = self.file.evaluated
        found = distribution(evaluated.charter, evaluated.standings)
        self.console.print()
        if not self.plain:
            self.console.print(Text("─" * self.width, style="dim"))
        done, of = self.questions.progress
        last = f"That was the last {self.file.charter.rated_noun}"
        self.console.print(Text(last + ("." if done == of else "; some are not rated yet."), style=self._style("bold")))
        for level in evaluated.charter.scale:
            self.console.print(Text.assemble("  ", self.badge(level), f": {found.levels[level.id]}"))
        if found.not_applicable:
            self.line(f"  does not apply: {found.not_applicable}")
        self._listed("Strengths", strengths(evaluated))
        self._listed("Areas for development", for_development(evaluated))
        if done < of:
            self.line(f"\n{of - done} not rated yet.")
        if self.file.rater:
            self.line("\nAt the meeting, what all raters said is put together with:")
            self.line(f"  {self._command('evaluate', '--cycle')} --merge")
            return
        self._moved()
        self.line("")
        self.line("The report:")
        self.line(f"  {self._command('report', '--cycle')}")
        self.line("The comparison with last time:")
        self.line(f"  {self._command('compare', '--to')}")
        if evaluated.evaluation.status == "draft" and done == of:
            self.line("When your senior leaders agree with it:")
            self.line(f"  {self._command('evaluate', '--cycle')} --agree")

    def _listed(self, title: str, aspects: Sequence[Aspect]) -> None:
        texts = with_numbers(aspects, self.file.charter)
        self.line("")
        self.console.print(Text(f"{title}: {len(texts)}", style=self._style("bold")))
        for text in texts[:MOST_LISTED]:
            self.console.print(self._indented(f"• {text}" if not self.plain else text))
        if len(texts) > MOST_LISTED:
            self.console.print(self._indented(f"and {len(texts) - MOST_LISTED} more, in the report."))

    def _moved(self) -> None:
        previous = self.file.previous
        if previous is None:
            return
        from charterkit.render.comparison.view import summary

        workspace, charter = self.file.workspace, self.file.charter
        history = timeline(workspace, self.file.folder, charter.id)
        moved = comparing.compare(previous, self.file.evaluated, workspace.versions(charter.id), history)
        self.line("")
        self.line(summary(moved))
