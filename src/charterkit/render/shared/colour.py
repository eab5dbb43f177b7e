"""The school's own colour: whether text reads on it, and the nearest one on which it does."""

import colorsys

from charterkit.render.shared.levels import BLACK, WHITE, contrast

TEXT = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3, AA)."""
LARGE = 3.0
"""The contrast that large text, from 24 px or bold 18.7 px, and signs need (WCAG 2.2, 1.4.3 and 1.4.11, AA)."""
_STEPS = 256


def passing(colour: str, behind: str, least: float = TEXT) -> str:
    """The colour, or the nearest one of the same hue whose contrast with `behind` is at least `least`.

    Darker on a light paper, lighter on a dark one; black or white where nothing else will do.
    """
    if contrast(colour, behind) >= least:
        return colour
    end = 0.0 if contrast(BLACK, behind) > contrast(WHITE, behind) else 1.0
    hue, light, strength = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    for step in range(1, _STEPS):
        parts = colorsys.hls_to_rgb(hue, light + (end - light) * step / _STEPS, strength)
        made = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if contrast(made, behind) >= least:
            return made
    return WHITE if end else BLACK
