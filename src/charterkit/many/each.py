"""One function asked of every school, by as many processes as are worth it; what is known already is not asked again.

The function is named, "module:function", so that another process or another machine can find it. It is called with a
look at the one school (`Workspace.apart`), its slug, the day, and options where there are some, and gives small plain
data, never what it read. What it asks about other schools by way of that workspace is noted, so that what it said
counts until any of that has changed; whoever goes round the workspace to the disk must not have it kept.
"""

import json
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import IO, Any, NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files.attachments import Answers
from charterkit.files.collector import uncollected
from charterkit.files.digests import digest
from charterkit.files.disk import Stamp, UnfitError
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import tell
from charterkit.many.cache import Cache, Found, Row
from charterkit.many.hands import Hands, Look, Processes, Work, named
from charterkit.many.known import Known, Read
from charterkit.many.pieces import chunks
from charterkit.many.sheaves import SHEAF
from charterkit.records import dataclass
from charterkit.resources import builtin

_AT_ONCE = 1024
"""New answers that are kept together: before, all that the schools share is looked at once more."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What stands in place of an answer where there is none: why, and what to do."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SchoolQuestion:
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
    question: SchoolQuestion,
    slugs: Sequence[str],
    *,
    hands: Hands | None = None,
    keeping: Keeping | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, Any]]:
    """Each school's slug with the answer, or with `Failed`, in their order. Some hundred are held at once where answers
    are kept, else one.

    `hands` are whose work it is, the processes of this machine if left out; `progress` is told how many of how many are
    done. The disk is looked at anew: what `workspace` has read already does not count.
    """
    asking = Asking(workspace, question, slugs, hands or Processes(), keeping, progress)
    if keeping is None:
        yield from asking.alone()
        return
    for batch in asking:
        yield from zip(batch.slugs, batch.answers(), strict=True)
        batch.let_go()


class _Looked(NamedTuple):
    """What was found at one school, and all that it depends on. `body` is an answer that is to be kept, as JSON."""

    answer: Any
    body: str
    files: Read
    asked: Answers


class Asking:
    """A question asked of every school, in batches; as in `each`."""

    @uncollected
    def __init__(  # noqa: PLR0917 - as `each` has them
        self,
        workspace: Workspace,
        question: SchoolQuestion,
        slugs: Sequence[str],
        hands: Hands,
        keeping: Keeping | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.question, self.slugs, self.hands, self.keeping, self.progress = question, slugs, hands, keeping, progress
        is_daily = keeping is not None and keeping.is_daily
        told = [str(question.today) if is_daily else "", question.options]
        cache = keeping.cache if keeping else None
        self.known = Known(workspace.root, cache, question.function, told, has_sheaves=True)
        self.workspace = Workspace(workspace.root, workspace.builtin, listed=self.known.listing)
        tell(self.workspace, self.known.belonging)
        self.look = _look(self.workspace, question, is_kept=keeping is not None)
        self._rows: dict[str, Found] = {}

    def __iter__(self) -> Iterator["SchoolBatch"]:
        """The batches, in the order of the schools: once. Each is to be let go of before the next is asked for."""
        sheaves, runs = self.known.sheaves, [*self._runs()]
        wanted = {slug for name, some in runs if name not in sheaves.known for slug in self._all(name, some)}
        fresh = self.known.still(wanted)
        sizes = {slug: len(self.known.files(slug)) for slug in self.slugs if slug in wanted and slug not in fresh}
        made, done = self._made(sizes), 0
        for name, some in runs:
            is_whole = len(some) == len(sheaves.pieces.get(name, ()))
            if name in sheaves.known:
                yield SchoolBatch(self, some, name if is_whole else "", None)
            else:
                answers = self._answers(some, fresh, sizes, made)
                rows = {slug: row for slug in self._all(name, some) if (row := self._row(slug, fresh))}
                if self.keeping and is_whole:
                    self.known.bind(name, rows)
                yield SchoolBatch(self, some, name if is_whole and name in sheaves.known else "", answers)
            if len(self._rows) >= _AT_ONCE:
                self._keep()
            done += len(some)
            if self.progress:
                self.progress(done, len(self.slugs))
        next(made, None)  # to its end: what ^C does to one that is thrown away in the middle is lost
        self._keep()
        self.keep()
        self.known.tidy()

    def alone(self) -> Iterator[tuple[str, Any]]:
        """Each school with its answer as it comes, where none is kept: it may be large."""
        sizes = {slug: len(self.known.files(slug)) for slug in self.slugs}
        made = self._made(sizes)
        for done, slug in enumerate(self.slugs, 1):
            yield slug, next(made).answer
            if self.progress and (done % SHEAF == 0 or done == len(self.slugs)):
                self.progress(done, len(self.slugs))
        next(made, None)  # as above

    def keep(self) -> None:
        """Keep what was found out about batches since this was called last."""
        self.known.keep_sheaves()

    def _runs(self) -> Iterator[tuple[str, list[str]]]:
        """Schools that follow each other and are of one sheaf, with its name."""
        name_of = self.known.sheaves.name_of
        for name, some in groupby(self.slugs, lambda slug: name_of.get(slug, "")):
            run = [*some]
            for start in range(0, len(run), SHEAF):
                yield name, run[start : start + SHEAF]

    def _all(self, name: str, some: Sequence[str]) -> Sequence[str]:
        """The schools of a sheaf of which all are wanted, else those that are."""
        pieces = self.known.sheaves.pieces.get(name, ())
        return pieces if len(pieces) == len(some) else some

    def _answers(
        self,
        some: Sequence[str],
        fresh: Mapping[str, Row],
        sizes: Mapping[str, int],
        made: Iterator[_Looked],
    ) -> list[Any]:
        bodies = self.known.bodies({slug: fresh[slug] for slug in some if slug in fresh})
        found = []
        for slug in some:
            if slug in bodies:
                if fresh[slug] is not self.known.rows[slug]:
                    self._rows[slug] = fresh[slug], bodies[slug]
                found.append(self.read(bodies[slug]))
                continue  # one that is known and cannot be read any more is looked at here
            looked = next(made) if slug in sizes else self.look([slug])[0]
            found.append(self.read(looked.body) if looked.body else looked.answer)
            row = self.known.row(slug, looked.files, looked.asked, looked.body) if looked.body else None
            if row:
                self._rows[slug] = row, looked.body
        return found

    def _row(self, slug: str, fresh: Mapping[str, Row]) -> Row | None:
        """The row of a school that holds, whether it was found out now or before."""
        new = self._rows.get(slug)
        return new[0] if new else fresh.get(slug)

    def again(self, slugs: Sequence[str]) -> list[Any]:
        """The answers of some schools that are in a sheaf which is known."""
        rows = self.keeping.cache.rows(self.question.function, slugs) if self.keeping else {}
        self.known.rows |= rows
        bodies = self.known.bodies(self.known.still(slugs))
        for slug in rows:  # of very many none is held longer
            del self.known.rows[slug]
        return [self.read(bodies[slug]) if slug in bodies else self._anew(slug) for slug in slugs]

    def _anew(self, slug: str) -> Any:  # noqa: ANN401 - whatever is asked for
        looked = self.look([slug])[0]
        return self.read(looked.body) if looked.body else looked.answer

    def read(self, body: str) -> Any:  # noqa: ANN401 - whatever is asked for
        """An answer that was kept."""
        return self.keeping.read(json.loads(body)) if self.keeping else None

    def _keep(self) -> None:
        self.known.keep(self._rows)
        self._rows.clear()

    def _made(self, sizes: Mapping[str, int]) -> Iterator[_Looked]:
        workspace, is_kept = self.workspace, self.keeping is not None
        given = (workspace.root, workspace.builtin is not None, self.question, is_kept)
        work = Work(self.look, f"{__name__}:afresh", given)
        if sizes:
            total = sum(max(1, size) for size in sizes.values())
            for _, found in self.hands.handed(work, [[*chunk] for chunk in chunks(sizes)], total):
                yield from found


class SchoolBatch:
    """Some schools' answers. `name` is that of the sheaf that they make, empty where they make none that is known."""

    def __init__(self, asking: Asking, slugs: Sequence[str], name: str, held: list[Any] | None) -> None:
        self._asking, self.slugs, self._name, self._held = asking, slugs, name, held
        self._spool: tuple[IO[bytes], int] | None = None

    def answers(self) -> Sequence[Any]:
        """The answers, or `Failed`, of the schools in their order."""
        if self._held is not None:
            return self._held
        if self._spool is not None:
            file, start = self._spool
            file.seek(start)
            found: list[Any] = pickle.load(file)  # noqa: S301 - what this process wrote, in a file without a name
            return found
        return self._asking.again(self.slugs)

    def once(self, what: str, make: Callable[[Sequence[Any]], Any]) -> Any:  # noqa: ANN401 - plain data
        """What a function finds out about the answers, plain data: from an earlier call, where it is known still.
        `what` stands for all that it depends on besides them.
        """
        if self._name:
            return self._asking.known.sheaves.once(self._name, what, lambda: make(self.answers()))
        return make(self.answers())

    def let_go(self, spool: IO[bytes] | None = None) -> None:
        """Hold the answers no longer: those that are not known from an earlier call are put into a file, if one is
        given, in which they are found again.
        """
        if self._held is not None and spool is not None:
            self._spool = spool, spool.seek(0, os.SEEK_END)
            pickle.dump(self._held, spool, pickle.HIGHEST_PROTOCOL)
        self._held = None


def afresh(root: Path, with_builtin: bool, question: SchoolQuestion, is_kept: bool) -> Look:
    """How another process, which was given this, looks at some schools."""
    return _look(Workspace(root, builtin() if with_builtin else None), question, is_kept=is_kept)


def _look(workspace: Workspace, question: SchoolQuestion, *, is_kept: bool) -> Look:
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


def _files(view: Workspace, slug: str) -> Read:
    """The files of a school, as they were when they were read; those too that were not looked at."""
    found: dict[str, tuple[Stamp | None, str | None]] = {}
    for path in view.files(f"schools/{slug}"):
        try:
            text = digest(view.snapshot.peek(path))
        except UnfitError:
            text = None
        found[path] = view.snapshot.stamp_of(path), text
    return found
