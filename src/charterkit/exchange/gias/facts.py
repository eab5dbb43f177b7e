"""What a row of an extract comes to as keys of a school.yaml. What is not sure is left out."""

import re
import unicodedata
from functools import lru_cache

from charterkit.exchange.gias.extract import Establishment
from charterkit.text.safe import safe_link, shown

SOURCE = "Get Information about Schools (GIAS), Department for Education, Open Government Licence v3.0"

_MAINTAINED = frozenset(
    """community school|voluntary aided school|voluntary controlled school|foundation school|community special school
foundation special school|pupil referral unit|local authority nursery school""".replace("\n", "|").split("|")
)
_ACADEMY = ("academy ", "free school", "university technical college", "studio school")
"""How types of academies begin (DfE, Get Information about Schools, glossary, as of November 2026)."""
_PHASES = {
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "primary",
    "secondary": "secondary",
    "middle deemed secondary": "secondary",
    "16 plus": "sixth-form",
    "all-through": "all-through",
    "all through": "all-through",
}
_NOTHING = frozenset({"", "not applicable", "does not apply", "not recorded", "unknown", "none", "n/a", "-"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?::[0-9]{1,5})?", re.IGNORECASE)
_USUAL = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]+(?:/[a-z0-9._~/-]*)?", re.IGNORECASE)
"""An address in which nothing can hide."""
_SURE = (".uk", ".com", ".org", ".net", ".info", ".school", ".academy", ".education", ".co", ".wales")
"""How names of websites end that are written without http://."""
_DIGITS = re.compile("[0-9]{8}")


def said_of(row: Establishment) -> tuple[dict[str, str], str]:
    """What a row says, by the key of a school.yaml it belongs to, without the trust; and of what it cannot be sure."""
    website, doubt = web_address(row.website)
    kind = row.type.strip().casefold()
    found = {
        "name": one_line(row.name),
        "type": type_of(kind),
        "dfe_number": row.dfe_number,
        "ukprn": row.ukprn.strip() if _DIGITS.fullmatch(row.ukprn.strip()) else "",
        "phase": _phase(kind, row.phase.strip().casefold()),
        "nation": "wales" if kind == "welsh establishment" else "",
        "local_authority": given(row.la),
        "website": website,
        "address": address(row),
    }
    return {key: text for key, text in found.items() if text}, doubt


def one_line(text: str) -> str:
    """People's text without doubled blanks."""
    return " ".join(text.split())


def given(text: str) -> str:
    """A text, unless it is one of those that say that there is nothing."""
    found = one_line(text)
    return "" if found.casefold() in _NOTHING else found


@lru_cache(maxsize=512)
def type_of(kind: str) -> str:
    """Who runs an establishment of this type; empty where it is neither a local authority nor an academy trust."""
    return "academy" if kind.startswith(_ACADEMY) else "maintained" if kind in _MAINTAINED else ""


@lru_cache(maxsize=512)
def _phase(kind: str, said: str) -> str:
    """The phase; of special schools and pupil referral units, for which GIAS has none, by the type."""
    if "special post 16" in kind:
        return "sixth-form"
    if "special" in kind:
        return "special"
    if kind == "pupil referral unit" or "alternative provision" in kind:
        return "pupil-referral-unit"
    return _PHASES.get(said, "")


def address(row: Establishment) -> str:
    """The postal address on one line, each part once."""
    parts = (row.street, row.locality, row.address3, row.town, row.county, row.postcode)
    return ", ".join(dict.fromkeys(filter(None, map(given, parts))))


def web_address(text: str) -> tuple[str, str]:
    """A web address as it can be followed, or nothing and the doubt in words.

    Many stand there without http://. It is put in front of what can only be the name of a website; a browser is led on
    from there to https:// by the websites that have it.
    """
    said = text.strip()
    if said.casefold() in _NOTHING:
        return "", ""
    small = said.casefold()
    if small.startswith(("http://", "https://")):
        rest = small.partition("://")[2]
        host = re.split(r"[/?#]", rest, maxsplit=1)[0]
        is_whole = _HOST.fullmatch(host) and (_USUAL.fullmatch(said) or safe_link(said))
        return (said, "") if is_whole else ("", f"“{shown(said)}” is no web address")
    host = re.split(r"[/?#]", said, maxsplit=1)[0]
    is_sure = _HOST.fullmatch(host) and (small.startswith("www.") or host.casefold().endswith(_SURE))
    if is_sure and (_USUAL.fullmatch(said) or safe_link(f"http://{said}")):
        return f"http://{said}", ""
    return "", f"“{shown(said)}” is no web address"


def plain_words(text: str) -> str:
    """A name as small words: two that differ in capitals, accents, apostrophes or commas alone are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("’", "").replace("&", " and ")
    return " ".join(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


_WORD = re.compile(r"\w+")


def is_academy_trust(row: Establishment) -> bool:
    """Whether the trust that a row names is one that runs academies; a foundation school's is none."""
    flag = row.trust_flag.casefold()
    return "academy trust" in flag or (not flag.strip() and type_of(row.type.strip().casefold()) == "academy")
