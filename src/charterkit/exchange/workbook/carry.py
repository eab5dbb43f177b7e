"""A form for one charter version, taken in for another: what can be carried over through `replaces` without a guess."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from charterkit.errors import Refused
from charterkit.insight.evaluations.actions import Tracked
from charterkit.insight.evaluations.answers import Answer, at_odds
from charterkit.insight.evaluations.lineage import lineage
from charterkit.model.charter import Charter
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.records import dataclass
from charterkit.text.safe import shown

MOST_NAMED = 5
"""Aspects that are named; of more there is a number."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the answers are taken in for: a form that names something else was meant for elsewhere."""

    charter: Charter
    versions: Sequence[Charter]
    """All versions of the charter that the workspace has, oldest first."""
    cycle: str
    cycle_spoken: str
    school: str
    """The school's folder."""
    school_name: str
    actions: Sequence[Tracked] = ()
    """All that the school has, and how each stands."""

    def charter_of(self, name: str, charter: str, version: str) -> Charter:
        """The charter version that a form is for. Raises CharterkitError where it is another charter, or not here."""
        if charter != self.charter.id:
            raise Refused("form-of-another-charter", name=name, charter=charter, wanted=self.charter.id)
        if version == self.charter.version:
            return self.charter
        found = next((known for known in self.versions if known.version == version), None)
        if found is None:
            raise Refused("form-of-another-version", name=name, version=version, wanted=self.charter.version)
        return found


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers under the aspects of the charter version meant, what cannot be carried over, and what was."""

    answers: list[Answer]
    complaints: list[str]
    notices: tuple[str, ...] = ()


def carry(answers: Sequence[Answer], start: Charter, target: Target) -> Carried:
    """Answers about one charter version as answers about another; the same ones where it is the same version."""
    if start.version == target.charter.version:
        return Carried(list(answers), [])
    end = target.charter
    heirs: dict[str, list[str]] = defaultdict(list)
    for new, olds in lineage(start, end, target.versions).items():
        for old in olds:
            heirs[old].append(new)
    made, complaints, renamed = [], [], []
    for answer in answers:
        said = _refusal(answer, heirs[answer.aspect], start, end)
        if said:
            complaints.append(f"{answer.where}: {said}.")
            continue
        new = heirs[answer.aspect][0]
        made.append(replace(answer, aspect=new))
        if new != answer.aspect and start.aspects[answer.aspect].text != end.aspects[new].text:
            renamed.append(f"“{start.aspects[answer.aspect].text}” counts as “{end.aspects[new].text}”")
    complaints += _conflicts(made, end)
    versions = f"version {shown(start.version)} of the charter; its answers are taken in for version {end.version}"
    rest = [f"And {len(renamed) - MOST_NAMED} more"] if len(renamed) > MOST_NAMED else []
    notices = (f"The form is for {versions}", *renamed[:MOST_NAMED], *rest)
    return Carried(made, complaints, tuple(f"{notice}." for notice in notices))


def _refusal(answer: Answer, news: Sequence[str], start: Charter, end: Charter) -> str:
    """Why an answer has no single place in the other version; empty where it has one."""
    version = f"version {shown(end.version)} of the charter"
    if not news:
        return f"{version} no longer has this {start.rated_noun}: empty the row"
    if len(news) > 1:
        parts = " and ".join(f"“{end.aspects[new].text}”" for new in news)
        return f"{version} splits this {start.rated_noun} into {parts}: rate each of them on a form for that version"
    level = answer.rating
    if level not in (None, NOT_APPLICABLE) and level not in end.levels:
        return f"{version} has no level “{start.levels[level].label}”: rate it on a form for that version"
    return ""


def _conflicts(made: Sequence[Answer], end: Charter) -> list[str]:
    """Answers that were merged into one aspect and say different things about it."""
    version = shown(end.version)
    return [
        f"{answer.where}: version {version} of the charter merges this {end.rated_noun} with the one at {where}, "
        f"and the two have a different {name}: write the same in both, or leave one empty."
        for answer, name, where in at_odds(made)
    ]
