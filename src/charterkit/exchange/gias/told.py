"""What a trial run says: who is asked for, what becomes of each school, and what a person has to look at."""

from collections.abc import Iterator, Sequence

from charterkit.exchange.gias.outcome import GiasPlan, GiasPlans
from charterkit.exchange.gias.read import GiasRead
from charterkit.text.english import figures, joined, joined_some, plural
from charterkit.text.safe import shown, visible

_MOST = 60
_ALL = 1_000
"""Schools of which each is shown; of more, all that are not new, and as many of those."""
_SOME = 20
"""Lines of one kind below."""
_VERBS = {
    "made": "make",
    "changed": "change",
    "stays": "stays",
    "left out": "LEAVE",
    "closed": "closed",
    "merged": "merged",
    "split": "split",
}


def told(read: GiasRead) -> Iterator[str]:
    """The lines of a trial run, one a sentence; people's text in them does nothing."""
    return map(visible, _told(read))


def _told(read: GiasRead) -> Iterator[str]:
    plans, extract = read.plans, read.extract
    asked = f", those with {extract.wished}" if extract.wished else ""
    yield f"{shown(extract.name)}: {figures(len(extract.by_urn), 'establishment')}{asked}."
    if extract.lacking:
        yield f"It has no column {joined(extract.lacking)}: what would stand there is left as it is."
    yield ""
    many = plans.plans
    if len(many) > _ALL:
        new = [plan for plan in many if plan.becomes in ("made", "stays")][:_ALL]
        shown_ones = [*(plan for plan in many if plan.becomes not in ("made", "stays")), *new]
    else:
        shown_ones = many
    for plan in shown_ones:
        yield from _school(plan)
    if len(shown_ones) < len(many):
        yield f"and {len(many) - len(shown_ones):,} more to make or to stay, of which not each is shown."
    yield from _beside(read)
    yield ""
    yield summary(plans)


def _school(plan: GiasPlan) -> Iterator[str]:
    """One school's lines. What is new and what changes stands below its name."""
    place = f" as {plan.slug}" if plan.becomes == "made" else f" ({plan.slug})" if plan.slug else ""
    yield f"{_VERBS[plan.becomes]:<6}  {shown(plan.name, _MOST)}{place}"
    if plan.becomes == "made":
        yield f"        {'; '.join(shown(words, 120) for words in plan.words)}"
    else:
        yield from (f"        {shown(words, 300)}" for words in plan.words)


def _beside(read: GiasRead) -> Iterator[str]:
    """What a person has to look at, and what was passed over."""
    plans = read.plans
    yield from _listed("Left as a person wrote it (the register’s words with --update):", plans.kept)
    yield from _listed("Left as before, against the register:", plans.by_hand)
    yield from _listed("Please look at:", [*read.links.puzzles, *read.extract.puzzles, *plans.notes])
    yield from _listed("To be mended before anything is written:", plans.blocks, most=_ALL)
    lines = []
    if plans.absent:
        lines.append(
            f"Here and not in the file, left as they are: {joined_some([shown(name) for name in plans.absent], _SOME)}."
        )
    if read.memory.strange:
        lines.append(
            f"{figures(read.memory.strange, 'line')} of .charterkit/gias.jsonl cannot be read; what the register said "
            "of those schools is not known."
        )
    passed = [
        words
        for count, words in (
            (plans.closed, f"{plans.closed:,} that {plural(plans.closed, 'is', 'are')} closed"),
            (plans.coming, f"{plans.coming:,} that {plural(plans.coming, 'is', 'are')} yet to open"),
        )
        if count
    ]
    if passed:
        lines.append(f"Not made: {joined(passed)}.")
    if not read.has_links and any(plan.becomes == "closed" for plan in plans.plans):
        lines.append("With the links file beside it, this says what came after a closed school: --links FILE.")
    if lines:
        yield ""
        yield from lines


def _listed(heading: str, lines: Sequence[str], most: int = _SOME * 10) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines[:most])
        if len(lines) > most:
            yield f"  and {len(lines) - most:,} more."


def summary(plans: GiasPlans) -> str:
    """How many would be made, changed and left as they are."""
    trusts = sum(plan.is_trust for plan in plans.plans)
    schools = len(plans.plans) - trusts
    what = figures(schools, "school") + (f" and {figures(trusts, 'trust')}" if trusts else "")
    counts = {word: len(plans.of(word)) for word in _VERBS}  # type: ignore[arg-type]  # the words of GiasBecomes
    stay = counts["stays"]
    parts = [
        f"{counts['made']:,} to make",
        f"{counts['changed']:,} to change",
        f"{stay:,} to stay as {plural(stay, 'it is', 'they are')}",
    ]
    parts += [f"{counts[word]:,} {word}" for word in ("closed", "merged", "split") if counts[word]]
    said = f"{what}: {joined(parts)}"
    left = counts["left out"]
    return f"{said}; {figures(left, 'row')} not taken in." if left else f"{said}."
