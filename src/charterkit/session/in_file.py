"""Where answers stand in an evaluation's file, and what is refused because it cannot be read there."""

from collections.abc import Sequence
from dataclasses import replace

from charterkit.errors import CharterkitError, Missing
from charterkit.files.load import Loaded, Unreadable, load
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode
from charterkit.findings import TreePath
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation


def placed(at: TreePath, charter: Charter) -> TreePath:
    """The place in the file of what is said about an aspect: where only key points are rated, they stand elsewhere."""
    return (charter.ratings_key, *at[1:]) if at[:1] == ("ratings",) else at


def aspects_of(made: Sequence[Change]) -> tuple[str, ...]:
    """The aspects whose entries are changed, each once."""
    return tuple(
        dict.fromkeys(str(change.at[1]) for change in made if change.at[0] == "ratings" and len(change.at) > 1)
    )


def with_changes(text: str, made: Sequence[Change], charter: Charter, path: str, loaded: Loaded[Evaluation]) -> str:
    """The file's text with the changes. Raises CharterkitError where an entry stays unreadable with its answer."""
    made = [replace(change, at=placed(change.at, charter)) for change in made]
    after = edited(text, made)
    for key in ("ratings", "key_points"):
        unread = loaded.unreadable_in(key)
        touched = [name for name in unread if any(change.at[:2] == (key, name) for change in made)]
        still = load(Evaluation, after.encode()).unreadable_in(key) if touched else {}
        for name in touched:
            if name in still:
                raise unreadable(path, text.encode(), unread[name])
    return after


def unreadable(path: str, data: bytes, entry: Unreadable) -> CharterkitError:
    """The refusal of an answer about an entry that cannot be read, with its place."""
    line, column = locate(decode(data)[0], [entry.problem])[0]
    return Missing(
        "unreadable-entry",
        path=path,
        line=line,
        column=column,
        why=entry.problem.message,
        remedy=f"{entry.problem.help} " if entry.problem.help else "",
    )
