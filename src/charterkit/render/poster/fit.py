"""Whether a poster's words fit on one page of HTML, how large, and the sentence for those that do not.

A browser's fonts are not known beforehand, and no script may measure them. So widths are taken from a wide typeface
(letters as DejaVu Sans Bold has them), and what remains is spread between the rows. All numbers are points on A4; A3
is the same page, larger by the square root of two.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from charterkit.errors import CharterkitError, Refused
from charterkit.records import dataclass
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.poster.view import PosterPoint, PosterView
from charterkit.render.poster.words import Wording

SHORT, LONG = 595.0, 842.0
PANEL = 0.325
"""The share of a landscape page that the title's panel takes."""
GUTTER = 26.0
NUMBER = 2.1
"""How much larger a number is than the key point's text; a long one less, as below."""
_SHORT_NUMBER = 2
PART, SMALL_PART = 0.7, 11.0
"""How large the heading of a part is beside a key point's text; among small ones it is as large as they are."""
_SAFE = 0.96
"""The share of the height that is planned for."""
_EMS = {**dict.fromkeys("iIjl .,:;'’‘!|()[]-/", 0.4), **dict.fromkeys("tfrs", 0.56), **dict.fromkeys("mwMW@%—…", 1.08)}
_INDIC = 0x0900
_BOLD_FROM, _LIGHTER = 15.0, 0.91
"""From this size on the key points are semibold; below, medium, whose letters are narrower by this factor."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes that fit, in points on A4, and in how many columns the key points stand."""

    title: float
    point: float
    columns: int
    letters: int = 2
    """Of the longest number before a key point."""

    @property
    def number(self) -> float:
        """How much larger a number is than its key point's text."""
        return numeral(self.letters)

    @property
    def part(self) -> float:
        """The size of a part's heading."""
        return heading(self.point)

    @property
    def weight(self) -> int:
        """How heavy the key points' letters are: small ones read better when they are not too heavy."""
        return 600 if self.point >= _BOLD_FROM else 500


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is too long: the title, key points, or a word in one; how long each is by its number, and may be."""

    what: str
    most: int
    lengths: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, said: str) -> "Unfit":
        """As the typst template says it: "points 85 3:140 7:96"."""
        what, most, *rest = said.split()
        pairs = (text.partition(":") for text in rest)
        return cls(what, int(most), tuple((int(number), int(length)) for number, _, length in pairs))


def too_long(unfit: Unfit) -> CharterkitError:
    """Which text to shorten, and to what."""
    if unfit.what == "title":
        ((_, length),) = unfit.lengths
        return Refused("poster-title-too-long", length=length, most=unfit.most)
    if unfit.what in ("word", "title-word"):
        names = " and ".join(f"key point {number}" for number, _ in unfit.lengths) or "the charter’s title"
        return Refused("poster-word-too-wide", names=names)
    worst = sorted(unfit.lengths, key=lambda pair: -pair[1])
    named = ", ".join(f"key point {number} has {length} characters" for number, length in worst[:4])
    more = f" (and {len(worst) - 4} more)" if len(worst) > 4 else ""  # noqa: PLR2004 - enough to start with
    return Refused("poster-too-full", named=named, more=more, most=unfit.most)


def heading(point: float) -> float:
    """The size of a part's heading over key points of a size."""
    return max(point * PART, min(point, SMALL_PART))


def numeral(letters: int) -> float:
    """How much larger than the text a number of so many letters stands before it."""
    return NUMBER if letters <= _SHORT_NUMBER else max(NUMBER * _SHORT_NUMBER / letters, 1.0)


def scale_for(view: PosterView) -> Scale:
    """The largest sizes that fit. Raises CharterkitError where nothing does."""
    return _Page(view).scale()


class _Page:
    """The page of one view, measured roughly."""

    def __init__(self, view: PosterView) -> None:
        self.view = view
        self.look = builtin_tokens()["poster"]
        self.least = float(self.look["point"]["page_least"])
        margin = float(self.look["margin"])
        self.wide, self.high = (LONG, SHORT) if view.landscape else (SHORT, LONG)
        panel = PANEL * LONG if view.landscape else 0
        self.width = self.wide - panel - 2 * margin
        self.title_width = panel - 1.5 * margin if view.landscape else self.width
        letters = max(len(point.label) for point in view.points)
        self.number = numeral(letters)
        self.digits = letters
        self.starts = [at for at, point in enumerate(view.points) if point.part or not at]
        self.texts = [point.words for point in view.points]
        self.needed = _needed(view.points, self.width)
        self.choices = (1,) if len(view.points) <= 3 else (1, 2, 3)  # noqa: PLR2004 - few stand one below the other

    def scale(self) -> Scale:
        found: Scale | None = None
        point, modest = self.look["point"], self.look["title"]["good"]
        for title in self._titles():
            height = self._height_beside(title)
            size, columns = self._best(self.texts, height)
            if size and (found is None or size > found.point * 1.02):
                found = Scale(round(title, 2), round(size, 2), columns, self.digits)
            if found and (found.point >= point["aim"] or (found.point >= point["good"] and title <= modest)):
                break
        if found is None:
            raise too_long(self._unfit(self._height_beside(self.look["title"]["page_least"])))
        return found

    def _titles(self) -> Iterator[float]:
        """Sizes for the title, the largest first."""
        least, size = float(self.look["title"]["page_least"]), float(self.look["title"]["most"])
        room = self.high * 0.3 if not self.view.landscape else self._panel_room()
        text = self.view.title
        while size >= least:
            if _height(text, size, self.title_width) <= room:
                yield size
            size -= 1
        if _height(text, least, self.title_width) > room:
            longest = [
                most for most in range(1, len(text.text)) if _height(_cut(text, most), least, self.title_width) <= room
            ]
            if not longest:
                raise too_long(Unfit("title-word", 0))
            raise too_long(Unfit("title", longest[-1], ((0, len(text.text)),)))

    def _panel_room(self) -> float:
        margin = float(self.look["margin"])
        return (self.high - 2 * margin - self._head() - self._tail() - 16) * _SAFE

    def _head(self) -> float:
        """What stands over the title: the logo and the name."""
        look, view = self.look, self.view
        width = self.title_width if view.landscape else self.width * 0.6
        name = _height(view.name, look["name"], width) if view.name else 0.0
        logo = look["logo"] + 12 if view.logo else 0.0
        marks = look["name"] * 1.9 if view.marks else 0.0
        if view.landscape:
            return (logo + 12 if logo else 0) + (name + 14 if name else 0)
        top = max(name, logo, marks)
        return top + 14 if top else 0

    def _tail(self) -> float:
        """The summary, the edition and the code."""
        look, view = self.look, self.view
        code = look["qr"] + 12 + _code_lines(view, look) * look["small"] * 1.22 if view.qr else 0
        width = self.title_width if view.landscape else self.width - (look["code"] + 20 if view.qr else 0)
        width /= _LIGHTER
        text = _height(view.summary, look["note"], width) + 8
        text += sum(_height(line, look["small"], width) + 2 for line in view.lines)
        if view.landscape:
            marks = len(view.marks) * (look["name"] * 1.9 + 6) + 8 if view.marks else 0
            return text + marks + (code + 10 if code else 0)
        return max(text, code) + 11

    def _height_beside(self, title: float) -> float:
        """What is left for the key points."""
        margin = float(self.look["margin"])
        if self.view.landscape:
            return (self.high - 2 * margin) * _SAFE
        band = margin * 1.55 + self._head() + _height(self.view.title, title, self.width)
        return (self.high - band - self._tail() - 2 * margin * 0.62 - margin * 0.7) * _SAFE

    def _best(self, texts: Sequence[Wording], height: float) -> tuple[float, int]:
        found, columns = 0.0, 1
        for many in self.choices:
            size = float(self.look["point"]["most"])
            while size >= self.least and not self._fits(texts, size, many, height):
                size -= 0.5
            if size >= self.least:
                score = size * (0.94 if len(texts) % many else 1) * (0.97 if many == 3 else 1)  # noqa: PLR2004
                if score > found * (0.94 if len(texts) % columns else 1):
                    found, columns = size, many
        return found, columns

    def _fits(self, texts: Sequence[Wording], size: float, columns: int, height: float) -> bool:
        if texts is not self.texts:
            return self._height(texts, size, columns) <= height
        if (size, columns) not in self.needed:
            self.needed[size, columns] = self._height(texts, size, columns)
        return self.needed[size, columns] <= height

    def _height(self, texts: Sequence[Wording], size: float, columns: int) -> float:
        """What the key points take."""
        number = self.number
        inner = (self.width - (columns - 1) * GUTTER) / columns - size * (number * 0.72 * self.digits + 0.42)
        inner /= 1 if size >= _BOLD_FROM else _LIGHTER
        heights = [_height(words, size, inner) for words in texts]
        rows = [
            max(heights[at : min(at + columns, end)])
            for start, end in pairwise([*self.starts, len(heights)])
            for at in range(start, end, columns)
        ]
        return sum(max(row, size * number * 0.9) + size * 0.8 + 2 for row in rows) + self._headings(size)

    def _headings(self, size: float) -> float:
        """What the headings of the parts take."""
        look = heading(size)
        return sum(_height(point.part, look, self.width) + look * 0.9 for point in self.view.points if point.part)

    def _unfit(self, height: float) -> Unfit:
        texts, least = self.texts, self.least
        alone = [at for at, words in enumerate(texts, 1) if not self._fits([words] * len(texts), least, 1, 1e9)]
        if alone:
            return Unfit("word", 0, tuple((at, 0) for at in alone))
        low, top = 1, max(len(words.text) for words in texts)
        while top - low > 1:
            middle = (low + top) // 2
            short = [_cut(words, middle) for words in texts]
            low, top = (middle, top) if self._best(short, height)[0] else (low, middle)
        lengths = tuple((at, len(words.text)) for at, words in enumerate(texts, 1) if len(words.text) > low)
        return Unfit("points", low, lengths)


@lru_cache(maxsize=16)
def _needed(points: tuple[PosterPoint, ...], width: float) -> dict[tuple[float, int], float]:  # noqa: ARG001 - whose they are
    """What key points were found to take in a width, by size and columns: the posters of a charter share it."""
    return {}


def _code_lines(view: PosterView, look: dict[str, float]) -> int:
    """How many lines the address under the code takes."""
    lines, used = 1, 0.0
    for piece in view.qr.pieces if view.qr else ():
        needed = sum(map(_em, piece)) * look["small"]
        used += needed
        if used > look["code"]:
            lines, used = lines + 1, needed
    return lines


def _cut(text: Wording, most: int) -> Wording:
    return replace(text, text=text.text[:most])


def _height(text: Wording, size: float, width: float) -> float:
    """How high a text stands at a size in a width; without end where a word is wider than that."""
    lines, used = 1, 0.0
    mark = _ems(f"({text.mark.text})") if text.mark else ()
    for ems in (*_ems(text.text), *mark):
        needed = ems * size
        if needed > width:
            return float("inf")
        used += (_em(" ") * size if used else 0) + needed
        if used > width:
            lines, used = lines + 1, needed
    return lines * size * (1.42 if text.tall else 1.22)


@lru_cache(maxsize=4096)
def _ems(text: str) -> tuple[float, ...]:
    """The width of each word; the same few texts are measured at hundreds of sizes."""
    return tuple(sum(map(_em, word)) for word in text.split())


def _em(letter: str) -> float:
    """A letter's width as a share of the type's size, in a wide and heavy face."""
    if letter in _EMS:
        return _EMS[letter]
    kind = unicodedata.category(letter)
    if kind in ("Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.05
    if kind == "Lo":
        return 0.6 if ord(letter) < _INDIC else 0.68
    return {"Lu": 0.8, "Mc": 0.6, "Mn": 0.25}.get(kind, 0.7)
