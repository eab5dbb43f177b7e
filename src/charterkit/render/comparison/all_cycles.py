"""Every cycle of a school side by side, aspect by aspect."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import chain, pairwise
from typing import Any

from charterkit.errors import Missing
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.best_fit import OVERALL, standing_of
from charterkit.insight.evaluations.compare import inherited
from charterkit.insight.evaluations.evaluated import Evaluated, Standing
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.insight.evaluations.part_answers import label_of
from charterkit.insight.evaluations.scales import scaling
from charterkit.insight.evaluations.summary import distribution
from charterkit.insight.origin import origin
from charterkit.insight.written import foreign
from charterkit.model.charter import Charter, version_key
from charterkit.records import dataclass
from charterkit.render.comparison.view import DRAFT, CycleLine, cycle_line, is_wide
from charterkit.render.comparison.wholes import titles_of
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.shared.headings import parts, with_number
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.render.shared.rescaled import rescaled
from charterkit.render.shared.table import csv_text
from charterkit.render.shared.untranslated import untranslated
from charterkit.text.english import counted, joined, number, sentence
from charterkit.text.speech import mark, tr, tr_of

_DRAFTS = mark("The self-evaluations of %(cycles)s are drafts: the school has not agreed them yet.")
MOST_WORDS, MOST_CYCLES = 80, 5
"""Letters, and cycles, that stand side by side where each aspect's own words stand beside them."""


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One aspect of the newest version and where it stood in each cycle."""

    id: str
    key_point: str
    title: str
    badges: tuple[Badge, ...]
    ratings: tuple[str | None, ...]
    """As JSON and CSV show them; None for not yet rated, or not in that version."""
    number: str = ""

    @property
    def numbered(self) -> str:
        """Its sentence with the number that the framework gives it."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class KeyPointRows:
    """The aspects under one key point."""

    id: str
    title: str
    aspects: tuple[AspectRow, ...]
    number: str = ""
    part: str = ""
    """The heading that begins above it; empty where none does."""
    whole: AspectRow | None = None
    """The level of the key point itself, where the charter rates it."""

    @property
    def has_heading(self) -> bool:
        """Whether it stands above its rows: not where it is the one thing rated there, and would say it twice."""
        return self.whole is not None or [row.id for row in self.aspects] != [self.id]

    @property
    def rows(self) -> tuple[AspectRow, ...]:
        """The key point itself, then its aspects."""
        return (*([self.whole] if self.whole else []), *self.aspects)

    @property
    def numbered(self) -> str:
        """Its title with the number that the framework gives it."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class AllCyclesView:
    """Everything the templates of `compare --all` show. Cycles are oldest first."""

    school: str
    slug: str
    charter: str
    charter_id: str
    version: str
    cycles: tuple[CycleLine, ...]
    key_points: tuple[KeyPointRows, ...]
    summary: str
    notes: tuple[str, ...]
    scale: tuple[Badge, ...]
    key: tuple[Badge, ...]
    """The scale, and whatever else stands in the table."""
    origin: str
    """Where the charter's practice comes from, in one sentence."""
    charter_lang: str
    """The tag of the charter's language where it is not English."""
    is_brief: bool
    """Whether the table has room for letters only, with the key above it."""
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """The texts of a partly translated charter that are as they were written, each with the tag of its language."""
    noun: str = "aspect"
    """What is counted as one: an aspect, or a key point where those alone are rated."""


def all_cycles_view(folder: SchoolFolder, timeline: Sequence[Evaluated], versions: Sequence[Charter]) -> AllCyclesView:
    """All cycles by the aspects of the newest version the school has rated itself on.

    Raises CharterkitError where there is no self-evaluation.
    """
    if not timeline:
        raise Missing("no-evaluation", name=folder.school.name, slug=folder.slug)
    newest = max((evaluation.charter for evaluation in timeline), key=lambda charter: version_key(charter.version))
    lines = [lineage(evaluation.charter, newest, versions) for evaluation in timeline]
    known = [badges(evaluation.charter) for evaluation in timeline]
    above = parts(newest)
    cycles = tuple(cycle_line(evaluation) for evaluation in timeline)
    points = tuple(
        KeyPointRows(
            point.id,
            point.title,
            tuple(_row(key, point.id, newest, timeline, lines, known) for key in _keys(newest, point.id)),
            point.number or "",
            above[point.id],
            _whole(point.id, newest, timeline, known),
        )
        for point in newest.key_points
    )
    overall = _whole(OVERALL, newest, timeline, known)
    points = (*points, KeyPointRows(OVERALL, label_of(OVERALL), (), whole=overall)) if overall else points
    return AllCyclesView(
        school=folder.school.name,
        slug=folder.slug,
        charter=newest.title,
        charter_id=newest.id,
        version=newest.version,
        cycles=cycles,
        key_points=points,
        summary=_summary(timeline, newest.rated_noun),
        notes=(*_notes(cycles, newest.rated_noun), *_scale_notes(timeline, versions)),
        scale=tuple(badges(newest).values()),
        key=tuple(dict.fromkeys([*badges(newest).values(), *chain.from_iterable(_columns(points))])),
        origin=origin(newest),
        charter_lang=foreign(newest, folder.workspace),
        untranslated=untranslated(folder.workspace, newest),
        noun=newest.rated_noun,
        is_brief=len(cycles) > MOST_CYCLES
        or is_wide([max(column, key=lambda badge: len(badge.word)) for column in _columns(points)], MOST_WORDS),
    )


def _columns(points: Sequence[KeyPointRows]) -> list[tuple[Badge, ...]]:
    """What stands under each cycle."""
    return list(zip(*(row.badges for point in points for row in point.rows), strict=True))


def all_cycles_paper(view: AllCyclesView, today: date) -> Paper:
    """All cycles as a PDF; `today` is the day the file says it was made."""
    return paper(
        "compare-all.typ",
        view,
        title=tr("%(school)s: every cycle side by side", school=view.school),
        author=view.school,
        when=today,
    )


def _keys(charter: Charter, key_point: str) -> list[str]:
    return [key for key, point in charter.key_point_of.items() if point.id == key_point]


def _row(  # noqa: PLR0917 - what a row is made of
    key: str,
    key_point: str,
    newest: Charter,
    timeline: Sequence[Evaluated],
    lines: Sequence[Lineage],
    known: Sequence[dict[str, Badge]],
) -> AspectRow:
    stands = [_standing(evaluation, line[key]) for evaluation, line in zip(timeline, lines, strict=True)]
    return AspectRow(
        key,
        key_point,
        newest.aspects[key].text,
        tuple(badge_of(stand, of) for stand, of in zip(stands, known, strict=True)),
        tuple(stand.word if stand else None for stand in stands),
        newest.aspects[key].number or "",
    )


def _whole(
    part: str, newest: Charter, timeline: Sequence[Evaluated], known: Sequence[dict[str, Badge]]
) -> AspectRow | None:
    """A key point's own row, or that of the whole; None where the charter does not rate it."""
    if part not in titles_of(newest):
        return None
    stands = [standing_of(evaluation, part) for evaluation in timeline]
    shown = tuple(badge_of(stand, of) for stand, of in zip(stands, known, strict=True))
    return AspectRow(part, part, label_of(part, where="cell"), shown, tuple(stand.word for stand in stands))


def _standing(evaluation: Evaluated, olds: tuple[str, ...]) -> Standing | None:
    return inherited([evaluation.standings[old] for old in olds]) if olds else None


def _summary(timeline: Sequence[Evaluated], noun: str) -> str:
    """How many of what is rated reached the mark, cycle by cycle."""
    met = [distribution(evaluation.charter, evaluation.standings).met for evaluation in timeline]
    steps = [
        tr("%(count)s in %(cycle)s", count=number(count), cycle=evaluation.cycle.spoken)
        for count, evaluation in zip(met, timeline, strict=True)
    ]
    text = "%(what)s reached the charter’s mark in %(cycle)s"
    first = tr(text, what=counted(met[0], noun), cycle=timeline[0].cycle.spoken)
    return sentence(joined([first, *steps[1:]]))


def _notes(cycles: Sequence[CycleLine], noun: str) -> list[str]:
    notes = []
    drafts = [line.cycle for line in cycles if line.is_draft]
    if len(drafts) == 1:
        notes.append(tr(DRAFT, cycle=drafts[0]))
    elif drafts:
        notes.append(tr(_DRAFTS, cycles=joined(drafts)))
    versions = {line.version for line in cycles}
    if len(versions) > 1:
        notes.append(
            tr_of(
                noun,
                "The charter has changed between the cycles: each aspect is followed back to the ones it came from.",
            )
        )
    return notes


def _scale_notes(timeline: Sequence[Evaluated], versions: Sequence[Charter]) -> list[str]:
    """Where the levels changed from one version to the next, and which stand for which."""
    used = {evaluation.charter.version: evaluation.charter for evaluation in timeline}
    charters = [used[version] for version in sorted(used, key=version_key)]
    return [note for before, after in pairwise(charters) if (note := rescaled(scaling(before, after, versions)))]


def all_cycles_json(view: AllCyclesView) -> dict[str, Any]:
    """The JSON of `compare --all`, documented in docs/json.md."""
    return {
        "school": view.slug,
        "charter": view.charter_id,
        "cycles": [
            {
                "cycle": line.id,
                "date": line.day,
                "version": line.version,
                "status": "draft" if line.is_draft else "agreed",
            }
            for line in view.cycles
        ],
        "aspects": [
            {
                "aspect": row.id,
                "key_point": row.key_point,
                "title": row.title,
                "ratings": list(row.ratings),
                **({"number": row.number} if row.number else {}),
            }
            for point in view.key_points
            for row in point.aspects
        ],
        **({"parts": wholes} if (wholes := _parts_json(view)) else {}),
    }


def _parts_json(view: AllCyclesView) -> list[dict[str, Any]]:
    wholes = [(point, point.whole) for point in view.key_points if point.whole]
    return [{"part": row.id, "title": point.title, "ratings": list(row.ratings)} for point, row in wholes]


def all_cycles_csv(view: AllCyclesView) -> str:
    """One row an aspect, one column a cycle; an empty cell is not yet rated."""
    rows = [["aspect", "key_point", "title", *(line.id for line in view.cycles)]]
    rows += [
        [row.id, row.key_point, row.title, *(rating or "" for rating in row.ratings)]
        for point in view.key_points
        for row in point.aspects
    ]
    return csv_text(rows)
