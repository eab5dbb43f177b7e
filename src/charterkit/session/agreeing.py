"""Agreeing a self-evaluation: what is written, and what there is to say about it."""

from collections.abc import Callable

from charterkit.errors import NotThere
from charterkit.insight.evaluations.summary import distribution
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.signing import tick


def agree(file: EvaluationFile, say: Callable[[str], None], warn: Callable[[str], None]) -> None:
    """Agree it, and tick off the duties of the sign-up that this fulfils. Raises NotThere where nothing is begun."""
    if file.existing is None:
        raise NotThere("nothing-begun")
    was_agreed, was_changed = file.is_agreed, file.is_to_be_looked_at
    file.agree()
    date = file.existing.evaluation.date
    already = " already, and its date and status stay" if was_agreed else ""
    if was_agreed and was_changed:
        already = " again, on the charter's text as it is now; its date stays"
    dated = f", {date.spoken}" if date and not was_agreed else ""
    say(f"The evaluation of {file.cycle.spoken} is agreed{already}{dated}.")
    if date:
        tick(file.workspace, file.folder, file.charter, "self-evaluation", date, say)
    found = distribution(file.charter, file.standings)
    if found.rated < found.applicable:
        warn(f"{found.applicable - found.rated} of its {found.total} aspects are not rated yet.")
