"""Which rules are wanted, how much each matters and where: `check:` of charterkit.yaml, and what the call adds."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from functools import lru_cache

from charterkit.choices import Severity
from charterkit.errors import NotThere
from charterkit.findings import UNSILENCED, Code
from charterkit.model.base import nearest
from charterkit.model.config import Check
from charterkit.records import dataclass
from charterkit.rules.registry import RULES
from charterkit.rules.running.narrowing import Told, pattern
from charterkit.text.english import joined, plural
from charterkit.text.safe import shown

_OF_SETTINGS = Code.UNKNOWN_CODE
"""About the settings themselves: a selection that forgets it would hide its own mistakes."""

_UNSILENCED = frozenset(code for code in RULES if code.startswith(UNSILENCED))
_BEGINNING = 3
"""Letters of the beginning that stands for a family of rules: CK5."""
_SHORTEST = 2
"""Letters of the beginning that stands for all: CK."""


@lru_cache(maxsize=1024)
def matching(code: str) -> tuple[str, ...]:
    """The rules that a code or the beginning of one names: "CK502", "CK5"; none for anything else."""
    return tuple(known for known in RULES if known.startswith(code)) if len(code) >= _SHORTEST else ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What `check` goes by."""

    codes: frozenset[str]
    """The rules that run."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    paths: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ()
    told: tuple[Told, ...] = ()
    """What of this the workspace's own settings took out or made matter less."""

    def at(self, path: str) -> frozenset[str]:
        """The rules whose findings are wanted in a file."""
        return self.codes.difference(*(codes for pattern, codes in self.paths if pattern.fullmatch(path)))

    def severity(self, code: str) -> Severity:
        """How much a rule's findings matter here."""
        return self.severities.get(code, RULES[code].severity)


def settings(check: Check | None, select: Collection[str] = (), ignore: Collection[str] = ()) -> Settings:
    """The workspace's settings with those of one call.

    `select` of the call takes the place of both lists of the workspace, `ignore` adds to them. Within one pair of
    lists the longer beginning wins ("CK502" over "CK5"), and of two of one length `ignore`. A code that no rule has
    is a finding in the workspace's settings, unless they ignore just that; in the call it raises CharterkitError.
    No settings of a workspace reach CK1xx: they may come with the very file that cannot be read.
    """
    for code in (*select, *ignore):
        _refuse_unknown(code)
    check = check or Check()
    if select:
        codes = _chosen(select, ignore)
    else:
        always = frozenset({_OF_SETTINGS} - {*check.ignore})
        own = _chosen(check.select, check.ignore) | always | _UNSILENCED
        codes = own - {text for code in ignore for text in matching(code)}
    severities: dict[str, Severity] = {}
    for code, severity in sorted(
        check.severity.items(), key=lambda pair: len(pair[0])
    ):  # the longest has the last word
        severities.update(dict.fromkeys(_reached(code), Severity(severity)))
    places = {
        path: frozenset(text for code in listed for text in _reached(code)) for path, listed in check.places.items()
    }
    off = frozenset() if select else frozenset(RULES) - own
    paths = tuple((pattern(path), gone) for path, gone in places.items())
    return Settings(codes, severities, paths, (*_told(off, places), *_lowered(severities)))


def _reached(code: str) -> list[str]:
    return [text for text in matching(code) if text not in _UNSILENCED]


def _told(off: frozenset[str], places: Mapping[str, frozenset[str]]) -> Iterator[Told]:
    """What is off, in as few words as say it: everywhere, then by the pattern of its place."""
    if off:
        yield "", _off(off)
    for path, gone in places.items():
        if gone - off:
            yield path, f"{_off(gone - off)} in {shown(path)}"


def _off(codes: frozenset[str]) -> str:
    return f"{joined(_short(codes))} {plural(len(codes), 'is', 'are')} off"


def _short(codes: frozenset[str]) -> list[str]:
    """Codes, with the beginning in place of all that begin so."""
    whole = {code[:_BEGINNING] for code in codes if codes.issuperset({*matching(code[:_BEGINNING])} - {_OF_SETTINGS})}
    return sorted(whole | {code for code in codes if code[:_BEGINNING] not in whole})


def _lowered(severities: Mapping[str, Severity]) -> Iterator[Told]:
    order = [*Severity]
    for severity in order:
        less = [code for code in sorted(severities) if severities[code] is severity]
        less = [code for code in less if order.index(severity) > order.index(RULES[code].severity)]
        if less:
            yield "", f"{joined(_short(frozenset(less)))} {plural(len(less), 'counts', 'count')} as {severity}"


def _chosen(select: Collection[str], ignore: Collection[str]) -> frozenset[str]:
    """Nothing selected means everything; a selection of nothing but unknown codes, which is a finding, too."""
    known = [code for code in select if matching(code)] or [""]
    gone = [code for code in ignore if matching(code)]
    return frozenset(code for code in RULES if _length(code, known) > _length(code, gone))


def _length(code: str, beginnings: Collection[str]) -> int:
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=-1)


def _refuse_unknown(code: str) -> None:
    if not matching(code):
        guess = nearest(code.upper(), RULES)
        raise NotThere("no-rule", code=code, meant=guess)
