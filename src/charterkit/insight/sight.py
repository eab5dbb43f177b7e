"""Whether two colours can be told apart: as they are, printed in black and white, and by people who are colour-blind.

Pure arithmetic on colours such as "#ffb000". No level is told by its colour alone; this is about whoever skims a page.

Sources, read November 2026:
- sRGB and relative luminance: IEC 61966-2-1, as in WCAG 2.2 (w3.org/TR/WCAG22/#dfn-relative-luminance).
- Colour blindness: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
  Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: the matrices for severity 1.0,
  which work on linear RGB.
- Difference: CIEDE2000, after Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", Color Research and
  Application 30(1), 2005.
"""

import colorsys
import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from charterkit.records import dataclass

TELLS = 10.0
"""The CIEDE2000 difference from which two badges on one page can be told apart.

No standard gives a number. Stone, Szafir and Setlur ("An Engineering Model for Color Difference as a Function of Size",
22nd Color and Imaging Conference, 2014) had many people look at their own screens: a step of lightness shows to half of
them from 5.079 + 0.751 / size in CIELAB units, which is 7.3 for what is a third of a degree wide, as a badge's letter
is at arm's length. 10 leaves a margin of a third for poor screens and printers. One that only shows with both
colours side by side is about 1; black and white are 100 apart.
"""

Triple = tuple[float, float, float]
_MACHADO: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4123908, 0.3575843, 0.1804808),
    (0.2126390, 0.7151687, 0.0721923),
    (0.0193308, 0.1191948, 0.9505322),
)
_STEPS = 64
_D65: Triple = (0.9504559, 1.0, 1.0890578)
"""The white of sRGB, CIE 15: x 0.3127, y 0.3290."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two colours, by their places, that are hard to tell apart by one way of seeing, and how far apart they are."""

    first: int
    second: int
    seen: str
    difference: float


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def difference(text: str, other: str, seen: str = "colour") -> float:
    """How far apart two colours are, as CIEDE2000, by one of the ways of seeing in SEEN."""
    return _ciede2000(_seen(text, seen), _seen(other, seen))


def alike(colours: Sequence[str], least: float = TELLS) -> Iterator[Alike]:
    """Each two of the colours that are less than `least` apart by some way of seeing.

    It names "colour" for those that everybody confuses, else the way of seeing that confuses them most.
    """
    for first, second in combinations(range(len(colours)), 2):
        found = [Alike(first, second, seen, difference(colours[first], colours[second], seen)) for seen in SEEN]
        worst = found[0] if found[0].difference < least else min(found, key=lambda each: each.difference)
        if worst.difference < least:
            yield worst


def apart(colours: Sequence[str], at: int, least: float = TELLS) -> str:
    """The colour nearest in lightness to the one at a place that differs from all the others; empty where none does."""
    others = [colour for place, colour in enumerate(colours) if place != at]
    hue, light, strength = colorsys.rgb_to_hls(*(int(colours[at][each : each + 2], 16) / 255 for each in (1, 3, 5)))
    for step in range(1, _STEPS):
        for level in (light + step / _STEPS, light - step / _STEPS):
            if 0 <= level <= 1:
                parts = colorsys.hls_to_rgb(hue, level, strength)
                made = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
                if all(_difference(made, other) >= least for other in others):
                    return made
    return ""


def _difference(text: str, other: str) -> float:
    return min(difference(text, other, seen) for seen in SEEN)


def grey(colour: str) -> str:
    """The grey that a black and white printer makes of a colour: the one of the same luminance."""
    level = _byte(luminance(colour))
    return f"#{level:02x}{level:02x}{level:02x}"


@lru_cache(4096)
def _seen(colour: str, seen: str) -> Triple:
    return _lab(SEEN[seen](_linear(colour)))


def _linear(colour: str) -> Triple:
    red, green, blue = (_expanded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _expanded(channel: float) -> float:
    low = 0.04045
    return channel / 12.92 if channel <= low else float(((channel + 0.055) / 1.055) ** 2.4)


def _byte(light: float) -> int:
    low = 0.0031308
    return round(255 * (12.92 * light if light <= low else 1.055 * light ** (1 / 2.4) - 0.055))


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    each, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return each, two, three


def _same(light: Triple) -> Triple:
    return light


def _printed(light: Triple) -> Triple:
    level = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
    return level, level, level


def _blind(name: str) -> Callable[[Triple], Triple]:
    def see(light: Triple) -> Triple:
        red, green, blue = (min(max(time, 0.0), 1.0) for time in _times(_MACHADO[name], light))
        return red, green, blue

    return see


SEEN: dict[str, Callable[[Triple], Triple]] = {
    "colour": _same,
    "greyscale": _printed,
    **{name: _blind(name) for name in _MACHADO},
}
"""The ways of seeing, each on linear RGB."""


def _lab(light: Triple) -> Triple:
    x, y, z = (_root(time / white) for time, white in zip(_times(_TO_XYZ, light), _D65, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    edge = 6 / 29
    return float(part ** (1 / 3)) if part > edge**3 else part / (3 * edge**2) + 4 / 29


def _ciede2000(each: Triple, other: Triple) -> float:
    """The names are those of the paper: lightness L, chroma C, hue h; S weighs, R turns."""
    (l1, a1, b1), (l2, a2, b2) = each, other
    power = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * math.sqrt(power / (power + 25**7))
    c1, c2 = math.hypot(a1 * g, b1), math.hypot(a2 * g, b2)
    h1, h2 = _hue(a1 * g, b1), _hue(a2 * g, b2)
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if not c1 * c2 else h1 + turn / 2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.2 * _cos(4 * hue - 63)
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    blue = 30 * math.exp(-((((hue % 360) - 275) / 25) ** 2))
    r = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(2 * blue))
    return math.sqrt(max(by_light**2 + by_chroma**2 + by_hue**2 + r * by_chroma * by_hue, 0.0))


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
