"""One function asked of every school, by as many processes as are worth it; what is known already is not asked again.

The function is named, "module:function", so that another process or another machine can find it. It is called with a
look at the one school (`Workspace.apart`), its slug, the day, and options where there are some, and gives small plain
data, never what it read. What it asks about other schools by way of that workspace is noted, so that what it said
counts until any of that has changed; whoever goes round the workspace to the disk must not have it kept.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files.attachments import Answers
from charterkit.files.collector import uncollected
from charterkit.files.digests import digest
from charterkit.files.disk import UnfitError
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import tell
from charterkit.many.cache import Cache, Found
from charterkit.many.hands import Hands, Look, Processes, Work, named
from charterkit.many.known import Known
from charterkit.many.pieces import chunks
from charterkit.resources import builtin

_AT_ONCE = 256
"""Schools whose kept answers are read together, and so many new ones are kept together."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What stands in place of an answer where there is none: why, and what to do."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each school. `options` are plain data: texts, numbers, lists and mappings of them."""

    function: str
    """ "module:function" of (workspace, slug, today), and of options where there are some."""
    today: date
    options: Any = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where answers are kept, and how they become themselves again.

    An answer has `as_data()`, which gives plain data; `read` makes the same of that, also when it has been JSON
    meanwhile. `is_daily` is left out for what says the same on every day.
    """

    cache: Cache
    read: Callable[[Any], Any]
    is_daily: bool = True


def each(
    workspace: Workspace,
    question: Question,
    slugs: Sequence[str],
    *,
    hands: Hands | None = None,
    keeping: Keeping | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, Any]]:
    """Each school's slug with the answer, or with `Failed`, in their order; no more than some hundred are held at once.

    `hands` are whose work it is, the processes of this machine if left out; `progress` is told how many of how many are
    done. The disk is looked at anew: what `workspace` has read already does not count.
    """
    return _Asking(workspace, question, slugs, hands or Processes(), keeping, progress).answers()


class _Looked(NamedTuple):
    """What was found at one school, and all that it depends on. `body` is an answer that is to be kept, as JSON."""

    answer: Any
    body: str
    files: Mapping[str, str | None]
    asked: Answers


class _Asking:
    def __init__(  # noqa: PLR0917 - as `each` has them
        self,
        workspace: Workspace,
        question: Question,
        slugs: Sequence[str],
        hands: Hands,
        keeping: Keeping | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.question, self.slugs, self.hands, self.keeping, self.progress = question, slugs, hands, keeping, progress
        is_daily = keeping is not None and keeping.is_daily
        told = [str(question.today) if is_daily else "", question.options]
        self.known = Known(workspace.root, keeping.cache if keeping else None, question.function, told)
        self.workspace = Workspace(workspace.root, workspace.builtin, listed=self.known.listing)
        tell(self.workspace, self.known.belonging)
        self.look = _look(self.workspace, question, is_kept=keeping is not None)

    def answers(self) -> Iterator[tuple[str, Any]]:
        fresh = self.known.still(self.slugs)
        sizes = {slug: len(self.known.files(slug)) for slug in self.slugs if slug not in fresh}
        made, rows, done = self._made(sizes), dict[str, Found](), 0
        for start in range(0, len(self.slugs), _AT_ONCE):
            some = self.slugs[start : start + _AT_ONCE]
            bodies = self.known.bodies({slug: fresh[slug] for slug in some if slug in fresh})
            for slug in some:
                if slug in bodies:
                    answer = self._read(bodies[slug])
                    if fresh[slug] is not self.known.rows[slug]:
                        rows[slug] = fresh[slug], bodies[slug]
                else:  # one that is known and cannot be read any more is looked at here
                    looked = next(made) if slug in sizes else self.look([slug])[0]
                    answer = self._read(looked.body) if looked.body else looked.answer
                    row = self.known.row(slug, looked.files, looked.asked, looked.body) if looked.body else None
                    if row:
                        rows[slug] = row, looked.body
                yield slug, answer
            self.known.keep(rows)
            rows.clear()
            done += len(some)
            if self.progress:
                self.progress(done, len(self.slugs))
        self.known.tidy()

    def _read(self, body: str) -> Any:  # noqa: ANN401 - whatever is asked for
        return self.keeping.read(json.loads(body)) if self.keeping else None

    def _made(self, sizes: Mapping[str, int]) -> Iterator[_Looked]:
        workspace, is_kept = self.workspace, self.keeping is not None
        given = (workspace.root, workspace.builtin is not None, self.question, is_kept)
        work = Work(self.look, f"{__name__}:afresh", given)
        if sizes:
            total = sum(max(1, size) for size in sizes.values())
            for _, found in self.hands.handed(work, [[*chunk] for chunk in chunks(sizes)], total):
                yield from found


def afresh(root: Path, with_builtin: bool, question: Question, is_kept: bool) -> Look:
    """How another process, which was given this, looks at some schools."""
    return _look(Workspace(root, builtin() if with_builtin else None), question, is_kept=is_kept)


def _look(workspace: Workspace, question: Question, *, is_kept: bool) -> Look:
    function = named(question.function)
    options = () if question.options is None else (question.options,)

    def looked(slug: str) -> _Looked:
        view = workspace.apart(slug)
        try:
            answer = function(view, slug, question.today, *options)
        except CharterkitError as error:
            return _Looked(Failed(error.message, error.hint), "", {}, {})
        except Exception as fault:  # noqa: BLE001 - one of very many is named, and stops none of the others
            return _Looked(Failed(f"{type(fault).__name__}: {fault}"), "", {}, {})
        if not is_kept:
            return _Looked(answer, "", {}, {})
        body = json.dumps(answer.as_data(), separators=(",", ":"))
        return _Looked(None, body, _files(view, slug), view.asked)

    return uncollected(lambda slugs: [looked(slug) for slug in slugs])


def _files(view: Workspace, slug: str) -> dict[str, str | None]:
    """The files of a school with their digests, of those that were not looked at too."""
    found: dict[str, str | None] = {}
    for path in view.files(f"schools/{slug}"):
        try:
            found[path] = digest(view.snapshot.peek(path))
        except UnfitError:
            found[path] = None
    return found
