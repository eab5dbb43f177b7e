"""What the guided evaluation shows. With `plain`: sentences only, no colour, no symbols, nothing drawn."""

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from charterkit.cli.guide_actions import last_time_lines
from charterkit.cli.guide_answers import GuideAnswers
from charterkit.insight.evaluations import compare as comparing
from charterkit.insight.evaluations.aims import aimed, stated
from charterkit.insight.evaluations.evaluated import RatingState, Standing, timeline
from charterkit.insight.evaluations.summary import distribution, for_development, strengths
from charterkit.model.evaluation import Action, Evidence
from charterkit.model.scale import Level, bears
from charterkit.render.shared.levels import Badge, badges
from charterkit.render.shared.tally import rated_words
from charterkit.text.safe import visible

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.questionnaire import Asked, Questionnaire

MOST_LISTED = 8
BAR = 20


class Screen:
    """Prints one sitting, in lines that scroll: nothing is ever overwritten, so SSH and logs keep all of it."""

    def __init__(
        self, call: "Session", file: "EvaluationFile", questions: "Questionnaire", *, plain: bool, width: int
    ) -> None:
        """Take the session's console, at the terminal's own width."""
        self.file = file
        self.questions = questions
        self.plain = plain
        self.console: Console = call.console
        self.said_by: Mapping[str, Sequence[tuple[str, Standing]]] = {}
        """Of each aspect, who rated it how before the meeting."""
        self.options = f" --as {shlex.quote(file.rater)}" if file.rater else ""
        """What a command that carries on has besides."""
        self.resize(width)
        if plain:
            self.console.no_color = True

    def resize(self, width: int) -> None:
        """Take the terminal's width; Rich only believes it for a dumb terminal where a height stands beside it."""
        self.width = width
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
        return rated_words(distribution(self.file.charter, self.file.standings))

    def question(self, asked: "Asked", commands: Sequence[tuple[str, str]]) -> None:
        """One aspect, what good looks like, what was said last time, and the keys."""
        parts: list[RenderableType] = ["", self._heading(asked), ""]
        parts.append(Text(visible(asked.aspect.text), style=self._style("bold")))
        if asked.aspect.detail:
            parts.append(self._indented(asked.aspect.detail))
        for example in asked.aspect.examples:
            whose = f" ({example.school})" if example.school else ""
            words = f"For example: {example.text}{whose}" if self.plain else f"{example.text}{whose}"
            parts.append(self._indented(words, "italic"))
        parts += self._last_time(asked)
        parts += self._before_meeting(asked.aspect.id)
        parts += self._now(asked)
        parts += ["", self._keys(commands)]
        self.console.print(Group(*parts))

    def _heading(self, asked: "Asked") -> RenderableType:
        done, of = self.questions.progress
        title = f"{asked.point_number}. {asked.key_point.title}"
        place = f"Aspect {asked.number} of {asked.of}"
        if self.plain:
            return Text(visible(f"Key point {title}. {place}. {done} of {of} done."))
        filled = round(BAR * done / of) if of else 0
        bar = Text.assemble(("█" * filled, self._style("cyan")), ("░" * (BAR - filled), self._style("dim")))
        head = Table.grid(expand=True)
        head.add_column(ratio=1)
        head.add_column(justify="right", no_wrap=True)
        head.add_row(Text(visible(title), style=self._style("bold cyan")), Text(place, style=self._style("dim")))
        head.add_row(Text.assemble(bar, f"  {done} of {of} done"), "")
        return Group(Text("─" * self.width, style=self._style("dim")), head)

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
        planned = [self._indented(f"Action: {_planned(action)}") for action in actions]
        carried = asked.now.entry.carried if asked.now.entry else None
        if carried:
            planned.append(
                self._indented(f"From {carried.spoken}, not looked at again. Any answer says that you have.")
            )
        return ["", Text.assemble("Now: ", self.standing(asked.now)), *self._said(asked.now), *planned]

    def _said(self, standing: Standing) -> list[RenderableType]:
        entry = standing.entry
        if entry is None:
            return []
        found = [("Reason", entry.reason), ("Strengths", entry.strengths), ("Note", entry.note)]
        lines = [self._indented(f"{label}: {text.strip()}") for label, text in found if text]
        lines += [self._indented(f"{label}: {text}") for label, text in aimed(entry, self.file.charter)]
        lines += [self._indented(f"Idea: {idea}") for idea in entry.ideas]
        lines += [self._indented(f"Evidence: {text}") for seen in entry.evidence if (text := _seen(seen))]
        for group, level in entry.groups.items():
            names = {known.id: known.name for known in self.file.charter.focus_groups}
            known = self.file.charter.levels.get(level)
            lines.append(self._indented(f"{names.get(group, group)}: {known.label if known else level}"))
        return list(lines)

    def _keys(self, commands: Sequence[tuple[str, str]]) -> RenderableType:
        answers = GuideAnswers(self.file.charter)
        if self.plain:
            levels = [f"{answers.spoken(level)}: {level.meaning}".rstrip(": .") + "." for level in answers.levels]
            foot = ", ".join(f"{key} {label}" for key, label in commands)
            return Text(visible("\n".join(levels) + f"\n{foot}."))
        grid = Table.grid(padding=(0, 1))
        made = badges(self.file.charter)
        for level, known in answers.levels.items():
            badge = self.badge(level)
            if known.name != level.label and bears(level.label, known.key):  # its number stands in front already
                badge = Text.assemble((f" {made[level.id].shape} ", self._look(made[level.id])), f" {known.name}")
            grid.add_row(f"  {visible(answers.keys_of(level))}", badge, Text(visible(level.meaning)))
        return Group(grid, "", self._foot(commands))

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

    def saved(self, level: Level) -> None:
        """Confirm a rating."""
        self.console.print(
            Text.assemble(self.badge(level), "" if not self.plain else ".", "  saved" if not self.plain else " Saved.")
        )

    def help(self, commands: Sequence[tuple[str, str]]) -> None:
        """What each key does, in sentences."""
        words = {
            "not applicable": "the aspect does not apply to this school; you are asked why.",
            "note": "write or add to the note about this aspect.",
            "idea": "jot down how the school might improve it.",
            "action to take": "add a line to the action plan: what, who, by when.",
            "evidence": "say where it can be seen: on paper, on screen or in practice.",
            "change": "change or remove what it holds; set a target, a number, or what the cycle is to reach.",
            "take back": "take the last answer back; again, the one before it.",
            "focus group": "rate it for one of the charter's groups of pupils.",
            "skip": "leave it for later and go on.",
            "back": "go back one aspect.",
            "jump": "go to another key point.",
            "help": "this list.",
            "stop": "stop for now; the next run carries on at the first aspect not rated.",
        }
        self.line("")
        self.line("A level's letter or number rates the aspect and goes on to the next; so does its word and Enter.")
        for key, label in commands:
            self.line(f"  {key}  {words.get(label, label)}")

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
        opening = "That was the last aspect." if done == of else "That was the last aspect; some are not rated yet."
        self.console.print(Text(opening, style=self._style("bold")))
        for level in evaluated.charter.scale:
            self.console.print(Text.assemble("  ", self.badge(level), f": {found.levels[level.id]}"))
        if found.not_applicable:
            self.line(f"  does not apply: {found.not_applicable}")
        self._listed("Strengths", [aspect.text for aspect in strengths(evaluated)])
        self._listed("Areas for development", [aspect.text for aspect in for_development(evaluated)])
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

    def _listed(self, title: str, texts: Sequence[str]) -> None:
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


def _planned(action: Action) -> str:
    """An action with who and when."""
    more = [part for part in (action.owner, action.due.spoken if action.due else None) if part]
    return f"{action.action} ({', '.join(more)})" if more else action.action


def _seen(evidence: Evidence) -> str:
    return evidence.note or evidence.path or evidence.url or ""
