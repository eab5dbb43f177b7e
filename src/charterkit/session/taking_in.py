"""Many answers taken in at once: written, or only tried, and what there is to say about it."""

from collections.abc import Callable, Sequence

from charterkit.files.yaml.edit import Change
from charterkit.insight.evaluations.aims import STATEMENTS
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.trial import trial_lines
from charterkit.text.english import figures, joined


def tried(file: EvaluationFile, given: Sequence[Answer], beside: Sequence[Change]) -> tuple[list[str], tuple[str, ...]]:
    """What would be written, a line a change, and every complaint. Nothing is written."""
    read = file.meant_by(given)
    return list(trial_lines([*read.made, *read.whole, *beside], file.held, file.charter)), read.complaints


def take_in(
    file: EvaluationFile,
    given: Sequence[Answer],
    plan: Sequence[Change],
    stated: Sequence[Change],
    say: Callable[[str], None],
) -> None:
    """Write answers, with what goes into the action plan and is stated, all or none, and say what came of it.

    Raises CharterkitError with every complaint and its place.
    """
    saved = file.answer(given, [*plan, *stated])
    noun = file.charter.rated_noun
    said = f"{figures(saved.aspects, noun)} saved in {file.path}."
    lines = sum(change.append for change in plan) + len({change.at[:2] for change in plan if not change.append})
    if lines:
        say(f"{figures(lines, 'line')} of the action plan saved in {file.path}.")
    say_stated(file, stated, say)
    if saved.parts:
        say(f"{_spoken_parts(saved.parts)} saved in {file.path}.")
    if saved.aspects:
        say(said)
    elif saved.parts or plan or stated:
        pass
    elif all(answer.cleared for answer in given):
        say("There is nothing to take out.")
    else:
        say(f"All of it stands in {file.path} already.")
    for sentence in saved.replaced:
        say(sentence)


def say_stated(file: EvaluationFile, made: Sequence[Change], say: Callable[[str], None]) -> None:
    """Say what became of statements about a whole cycle."""
    for change in made:
        became = "taken out of" if change.remove else "saved in"
        say(f"{STATEMENTS[str(change.at[0])]}: {became} {file.path}.")


def _spoken_parts(parts: tuple[str, ...]) -> str:
    """As in "2 key points and the whole"."""
    points = sum(part != OVERALL for part in parts)
    of = joined([*([figures(points, "key point")] if points else []), *(["the whole"] if OVERALL in parts else [])])
    return of[:1].upper() + of[1:]
