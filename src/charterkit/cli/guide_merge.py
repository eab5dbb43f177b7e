"""The meeting after several people have rated: who said what stands at each question, the furthest apart come first."""

from typing import TYPE_CHECKING

from charterkit.cli.bursts import ENTER
from charterkit.cli.guide import Guide
from charterkit.cli.guide_held import short
from charterkit.insight.evaluations.raters import Agreement, SideBySide
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
        self.screen.options = " --merge"
        self._arrange()

    def _arrange(self) -> None:
        found = [each for each in self.merging.beside if each.agreement is not Agreement.NOBODY]
        rest = [each for each in self.merging.beside if each.agreement is Agreement.NOBODY]
        asked = self.merging.file.charter.aspects
        self.questions.aspects = tuple(each.aspect for each in (*found, *rest) if each.aspect.id in asked)
        names = [rater.name for rater in self.merging.raters]
        self.screen.said_by = {each.aspect.id: tuple(zip(names, each.standings, strict=True)) for each in found}

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
            key = self._yes_or_no()
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

    def _yes_or_no(self) -> str:
        while True:
            said = self.keys.said("Take what they agree on?  y yes   n no, one by one   q stop: ", set(_YES_NO))
            key = _YES_NO.get(said.text.casefold(), "")
            self.screen.line("")
            if key and not said.is_pasted:
                return key
