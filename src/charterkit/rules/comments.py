"""What is said about the checker itself: comments that silence a rule, and codes in the settings."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import UNSILENCED, Code, TreePath
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown

_STAYS = "Take it out, and mend what is found: a file that cannot be read is always told."


class UnusedIgnore(Rule):
    """A comment silences a rule that finds nothing there.

    Why: it was left behind, and would hide the next mistake of that kind.
    Bad: a comment ignore[CK502] at a review that is not overdue
    Good: no such comment
    Mend: delete the code, or the comment.
    """

    code = Code.UNUSED_IGNORE
    severity = Severity.WARNING


class IgnoreWithoutReason(Rule):
    """A comment silences a rule and does not say why.

    Why: nobody can tell later whether it still holds. Until it has a reason it silences nothing.
    Bad: # charterkit: ignore[CK412]
    Good: # charterkit: ignore[CK412] agreed by governors
    Mend: write the reason behind the bracket.
    """

    code = Code.IGNORE_WITHOUT_REASON
    severity = Severity.WARNING


class BadIgnore(Rule):
    """A comment silences a rule that there is not, or that cannot be silenced.

    Why: it does nothing, although its author believes it does. A file that cannot be read (CK1xx) cannot be silenced.
    Bad: # charterkit: ignore[CK4] agreed by governors
    Good: # charterkit: ignore[CK412] agreed by governors
    Mend: write whole codes in square brackets, with commas between them.
    """

    code = Code.BAD_IGNORE
    severity = Severity.WARNING


class UnknownCode(Rule):
    """The settings name a rule that there is not, one that is out of their reach, or more places than are gone by.

    Why: what was to be left out, or to matter more, stays as it is. CK1xx, files that cannot be read, always
    stay. Every file is held against every pattern below `paths`: about the first thousand count.
    Bad: ignore: [CK999]
    Good: ignore: [CK503], or CK5 for all that begin so
    Mend: write a code that `charterkit rules` lists, or the beginning of some.
    """

    code = Code.UNKNOWN_CODE

    def check(self, context: Context) -> Iterator[Report]:
        """`select`, `ignore`, `severity` and `paths` below `check` of charterkit.yaml."""
        if context.settings is None or context.settings.config.check is None:
            return
        document, settings = context.settings.document, context.settings.config.check
        lists: list[tuple[TreePath, tuple[str, ...]]] = [
            (("check", "select"), settings.select),
            (("check", "ignore"), settings.ignore),
            *((("check", "paths", path), codes) for path, codes in settings.paths.items()),
        ]
        named = [
            (code, (*way, position(document, way, n)), False) for way, codes in lists for n, code in enumerate(codes)
        ]
        named += [(code, ("check", "severity", code), True) for code in settings.severity]
        kept = settings.places
        over = next((path for path in settings.paths if path not in kept), None)
        if over is not None:
            message = f"only the first {len(kept):,} of {len(settings.paths):,} places count"
            yield document, self.problem(message, "Name folders instead of files.", "check", "paths", over, on_key=True)
        for code, at, on_key in named:
            is_known = code.startswith("CK") and any(known.startswith(code) for known in context.codes)
            if not is_known:
                guess = self.nearest(context, document, code.upper(), sorted(context.codes))
                remedy = f"Did you mean {guess}?" if guess else "'charterkit rules' lists them all."
                yield document, self.problem(f"there is no rule '{shown(code)}'", remedy, *at, on_key=on_key)
            elif code.startswith(UNSILENCED) and at[:2] != ("check", "select"):
                yield document, self.problem(f"{code} is out of reach of the settings", _STAYS, *at, on_key=on_key)
