"""The meeting after several people have rated: who said what stands at each question, the furthest apart come first."""

from typing import TYPE_CHECKING

from charterkit.cli.bursts import ENTER
from charterkit.cli.guide import Do, Guide
from charterkit.cli.guide_held import short
from charterkit.insight.evaluations.raters import Agreement, SideBySide
from charterkit.insight.evaluations.raters_words import has_words
from charterkit.session.answer_keys import OF_A_MERGE, GuideAnswers
from charterkit.session.merging import Merging
from charterkit.text.english import counted

if TYPE_CHECKING:
    from charterkit.cli.options import Session

MOST_LISTED = 8
_YES_NO = {"y": "y", "yes": "y", "n": "n", "no": "n", ENTER: "n", "q": "q", "stop": "q"}


class MergeGuide(Guide):
    """The guide in the order in which raters differ. What is answered is the meeting's; no draft is touched."""

    def __init__(self, call: "Session", merging: Merging, *, plain: bool) -> None:
        """Begin with what the raters say now."""
        super().__init__(call, merging.file, plain=plain)
        self.merging = merging
        self.answers = GuideAnswers(self.file.charter, OF_A_MERGE)
        self.commands = self._commands()
        self.screen.options = " --merge"
        self._arrange()

    def _arrange(self) -> None:
        found = [each for each in self.merging.beside if each.agreement is not Agreement.NOBODY]
        rest = [each for each in self.merging.beside if each.agreement is Agreement.NOBODY]
        asked = self.merging.file.charter.aspects
        self.questions.aspects = tuple(each.aspect for each in (*found, *rest) if each.aspect.id in asked)
        names = [rater.name for rater in self.merging.raters]
        told = [*found, *(each for each in rest if any(map(has_words, each.standings)))]
        self.screen.said_by = {each.aspect.id: tuple(zip(names, each.standings, strict=True)) for each in told}

    def _commands(self) -> dict[str, Do]:
        words = {key: self._keep_words for key, command in self.answers.commands.items() if command == "m"}
        return super()._commands() | words

    def _keep_words(self, aspect: str) -> bool:
        """Write what the raters wrote of an aspect into the meeting's evaluation, and show it there."""
        self.screen.line("")
        if not self.merging.keep_words(aspect):
            return self._again("There is nothing to keep: no rater wrote anything that does not stand here already.")
        self.screen.line("Saved: what the raters wrote. u takes it back, c changes it.")
        return True

    def keeps_words(self, part: str) -> bool:
        """Ask whether what the raters wrote of a key point or the whole is to be kept, where they wrote anything."""
        if self.merging.words(part) is None:
            return False
        is_kept = self._yes_or_no("Keep what the raters wrote of it?  y yes   n no: ") == "y"
        if is_kept:
            self.merging.keep_words(part)
            self.screen.line("Saved: what the raters wrote.")
        return is_kept

    def _begin(self) -> bool:
        return super()._begin() and self._take_agreed()

    def _ask(self) -> bool:
        self._look_again()
        return super()._ask()

    def _look_again(self) -> bool:
        """Take in what a rater has written meanwhile, and say so. True where something was."""
        changed = self.merging.look_again()
        if changed:
            here = self.questions.question
            self._arrange()
            if here is not None:
                self.questions.go_to(here.aspect.id)
        for sentence in changed:
            self.screen.line(sentence)
        return bool(changed)

    def _take_agreed(self) -> bool:
        """Take what all raters agree on with one yes. False to stop."""
        while agreed := self.merging.agreed:
            self.screen.line(
                f"\nAll raters agree on {counted(len(agreed), self.merging.noun)} that the meeting has not answered:"
            )
            for each in agreed[:MOST_LISTED]:
                self.screen.line(f"  {self._word(each)}: {short(each.aspect.text)}")
            if len(agreed) > MOST_LISTED:
                self.screen.line(f"  and {len(agreed) - MOST_LISTED} more")
            if self.merging.wrote(agreed):
                self.screen.line("What they wrote of it is kept too.")
            key = self._yes_or_no("Take what they agree on?  y yes   n no, one by one   q stop: ")
            if key != "y":
                break
            if self._look_again():
                continue
            self.merging.take(agreed)
            self.screen.line(f"Saved: {counted(len(agreed), self.merging.noun)}. u takes all of them back.")
            break
        else:
            key = "n"
        self.questions.resume()
        return key != "q"

    def _word(self, each: SideBySide) -> str:
        level = each.standings[0].level
        return level.label if level else "Does not apply"

    def _yes_or_no(self, prompt: str) -> str:
        while True:
            said = self.keys.said(prompt, set(_YES_NO))
            key = _YES_NO.get(said.text.casefold(), "")
            self.screen.line("")
            if key and not said.is_pasted:
                return key
