"""Characters no font for paper has: a document made of people's notes says what stood there, and is never refused.

A picture of a face or a sign becomes its Unicode name in square brackets, "[slightly smiling face]". Letters that are
only dressed up (𝐛𝐨𝐥𝐝, ①) become the plain ones. A word in a script without a font becomes □, and a notice says which
script that was. The HTML and Markdown of the same document show all of them as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from charterkit.model.scale import SHAPES
from charterkit.records import dataclass
from charterkit.render.engine.font_file import characters
from charterkit.render.engine.pdf import font_files, plain
from charterkit.text.english import joined

MISSING = "□"
ENGINE = frozenset("←↑→↓≠≤≥■□▲●○◆★✓✔✗✘☐☑☒")
"""Signs that typst's own font has (DejaVu Sans Mono, in the same package); a test sets them all."""
_QUICK = re.compile("[\t\n\x20-\x7e\xa0-\xac\xae-\u0233‘’‚“”„–—…•€\ufffd]*")
_TONES = dict(zip("🏻🏼🏽🏾🏿", ("light", "medium-light", "medium", "medium-dark", "dark"), strict=True))
_USUAL = {
    "❤": "red heart",
    "♥": "heart",
    "☺": "smiling face",
    "☹": "frowning face",
    "👍": "thumbs up",
    "👎": "thumbs down",
    "👏": "clapping hands",
    "🙏": "folded hands",
    "💪": "strong arm",
    "⭐": "star",
    "✅": "tick",
    "❗": "exclamation mark",
    "❓": "question mark",
    "☎": "telephone",
    "😂": "tears of joy",
    "😊": "smiling face",
    "💖": "heart",
    "💙": "blue heart",
    "💚": "green heart",
    "🖤": "heart, black",
}
"""Signs people use most, where Unicode's own name is a typesetter's ("heavy black heart")."""
_NATIONS = {"gbeng": "flag of England", "gbsct": "flag of Scotland", "gbwls": "flag of Wales"}
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "": "unknown"}
_PICTURES = range(0x1F000, 0x1FC00)
"""Blocks of pictures only: one that Python's Unicode does not know yet is no letter."""
_JOINER = "\u200d"
MOST_NAMED = 2_000
"""Signs of one text that no font has: more of them are counted. As names, 100,000 would fill hundreds of pages."""
MOST_MARKS = 30
"""On one character, in Unicode's stream-safe text (Unicode Standard Annex 15, section 13, read November 2026)."""
_DRESSED = re.compile("[\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]")
"""What only says how the character before it is drawn: as a picture, as a letter, on a key."""
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_REGION = re.compile("[\U0001f1e6-\U0001f1ff]")
_SIGNS = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|🏴[\U000e0020-\U000e007f]+"
    "|[^\\s\u200d🏻-🏿\ufe0f][🏻-🏿\ufe0f]*+(?:\u200d[^\\s\u200d🏻-🏿\ufe0f][🏻-🏿\ufe0f]*+)+"
    "|[^\\s][🏻-🏿]"
)
"""Characters that make one sign together: a flag, a family, a hand with its colour."""


_JOINED = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
"""Letters in one sign: poppler reads nothing of what follows one on its line of a tagged PDF, as others may not."""


@dataclass(frozen=True, slots=True)
class Legible:
    """A view as plain data that paper can show, and the sentences a person should hear about it."""

    view: Any
    notices: tuple[str, ...]


def legible(view: object) -> Legible:
    """A view with every text as the fonts can show it. Raises CharterkitError where a font is missing."""
    lost: set[str] = set()
    made = _mapped(plain(view), lambda text: replaced(text, lost))
    return Legible(made, notices(lost))


def notices(scripts: Iterable[str]) -> tuple[str, ...]:
    """What is said about scripts that no font has. Empty where there are none."""
    names = sorted(scripts)
    if not names:
        return ()
    return (f"There is no font for {joined(names)} letters on paper: they stand there as {MISSING}. HTML shows them.",)


def replaced(text: str, lost: set[str]) -> str:
    """A text as the fonts can show it; `lost` takes the names of scripts that cannot be shown."""
    if _QUICK.fullmatch(text):
        return text
    text = text.translate(_JOINED)
    if coverage()[0].issuperset(map(ord, text.replace("\n", ""))):
        return text
    text = unicodedata.normalize("NFC", _with_few_marks(text))
    count = 0

    def named(sign: str, make: Callable[[str], str]) -> str:
        nonlocal count
        count += 1
        return make(sign) if count <= MOST_NAMED else ""

    text = _SIGNS.sub(lambda found: named(found[0], _sign), text)
    made: list[str] = []
    for cluster in _clusters(text):
        new = cluster if _is_covered(cluster) else named(cluster, lambda sign: _instead(sign, lost))
        if made and new[:1] == "[" and made[-1][-1:] == "]":
            made.append(" ")
        if not (new == MISSING and made and made[-1] == MISSING):
            made.append(new)
    if count > MOST_NAMED:
        made.append(f" [and {count - MOST_NAMED:,} more signs]")
    return "".join(made)


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """What each font has, in the order in which they are tried; the signs of typst's own font last."""
    return (*(characters(path) for path in font_files()), frozenset(map(ord, ENGINE)))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: item if _is_drawn(key, item) else _mapped(item, change) for key, item in value.items()}
    return [_mapped(each, change) for each in value] if isinstance(value, list) else value


def _is_drawn(key: str, value: object) -> bool:
    """Whether it is a level's own sign, which templates draw from the tokens and no font needs to have."""
    return key == "shape" and value in SHAPES


def _with_few_marks(text: str) -> str:
    """A text with no more marks on a character than can be drawn: to put thousands in order would take hours."""
    known, kept, marks = _marks(text), [], 0
    for sign in text if known else "":
        marks = marks + 1 if sign in known else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept) if known else text


def _marks(text: str) -> frozenset[str]:
    """The marks that are in a text: its different characters are few, however long it is."""
    return frozenset(sign for sign in set(text) if unicodedata.category(sign).startswith("M"))


def _clusters(text: str) -> list[str]:
    """A character with the marks on it: a font must have them all to draw one."""
    marks = _marks(text)
    found: list[str] = [] if marks else list(text)
    for word in text if marks else "":
        if found and word in marks and not found[-1].isspace():
            found[-1] += word
        else:
            found.append(word)
    return found


@lru_cache(maxsize=10_000)
def _is_covered(cluster: str) -> bool:
    if cluster in "\t\n":
        return True
    codes = {ord(text) for text in cluster}
    return any(codes <= font for font in coverage())


def _sign(sign: str) -> str:
    """Characters that are one sign, named as one; as they are where they are letters, or the fonts have them."""
    bare = _DRESSED.sub("", sign)
    if all(_is_covered(text) for text in bare if text != _JOINER) or any(map(str.isalpha, bare)):
        return sign if any(map(str.isalpha, bare)) else bare
    if _REGION.fullmatch(bare[0]):
        return f"[flag {''.join(chr(ord(text) - 0x1F1E6 + ord('A')) for text in bare)}]"
    if _TAGS.search(bare):
        code = "".join(chr(ord(each) - 0xE0000) for each in _TAGS.findall(bare))
        return f"[{_NATIONS.get(code.rstrip(chr(0x7F)), 'flag')}]"
    return f"[{', '.join(_name(text) for text in bare if text != _JOINER)}]"


def _name(text: str) -> str:
    if text in _TONES:
        return f"{_TONES[text]} skin tone"
    return _USUAL.get(text) or unicodedata.name(text, "").lower() or f"symbol U+{ord(text):04X}"


def _instead(cluster: str, lost: set[str]) -> str:
    """What stands for a character with its marks."""
    bare = _DRESSED.sub("", cluster)
    simple = unicodedata.normalize("NFKC", bare)
    if all(map(_is_covered, _clusters(simple))):
        return simple
    base, rest = bare[0], bare[1:]
    kind = unicodedata.category(base)
    if rest and _is_covered(base) and kind[0] != "M":
        return base + "".join(text for text in rest if _is_covered(base + text))
    is_letter = kind[0] in "LM" or kind in ("Nd", "Nl", "Co", "Cn")
    if is_letter and ord(base) not in _PICTURES:
        word = unicodedata.name(base, "").partition(" ")[0]
        lost.add(_SCRIPTS.get(word, word.capitalize()))
        return MISSING
    if kind[0] == "Z":
        return " "
    return "" if kind == "Cf" else f"[{_name(base)}]"
