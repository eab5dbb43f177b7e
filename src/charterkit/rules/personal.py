"""Personal data in a text: email addresses, telephone numbers, pupil numbers and dates of birth of people.

Every finder takes a text and gives the spans it found. All take time in proportion to the text: each repetition in a
pattern has an upper limit or gives nothing back.
"""

import re
from collections.abc import Iterator
from datetime import date

from charterkit.text.later import later

Span = tuple[int, int]

# -- email addresses

_EMAIL = later(r"(?<![\w.%+'-])([\w.%+'-]{1,64}+)@[\w-]{1,63}+(?:\.([\w-]{1,63}+)){1,8}+(?!@)")
_OFFICES = frozenset(
    re.findall(
        r"\S+",
        """
        office admin enquiries enquiry info contact reception school head headteacher principal secretary senco send
        safeguarding dpo governors governance clerk chair attendance admissions finance hr recruitment library parents
        pta families communications comms press support help helpdesk noreply no-reply donotreply git postmaster
        webmaster foi dataprotection complaints feedback
        """,
    )
)
"""Names in front of the @ that belong to a post or an office, not to a person: a choice of ours, from no list."""
_NO_DOMAIN = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "html", "css", "js"))
"""Endings of files: `banner@2x.png` is a picture."""


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """Only in lines with the sign, as none goes over two: the expression looks long at every word."""
    sign = text.find("@")
    while sign >= 0:
        start, end = text.rfind("\n", 0, sign) + 1, text.find("\n", sign)
        end = end if end >= 0 else len(text)
        yield from _EMAIL.finditer(text, start, end)
        sign = text.find("@", end)


def emails(text: str, _today: date) -> Iterator[Span]:
    """Email addresses, but for those that belong to a post or an office."""
    for found in _addresses(text):
        name = found[1].lower().strip(".'")
        words = re.split(r"[._+-]", name)
        is_office = name in _OFFICES or words[0] in _OFFICES
        ending = found[2].lower()
        if name and not is_office and ending[:1].isalpha() and len(ending) > 1 and ending not in _NO_DOMAIN:
            yield found.start(), found.end()


# -- telephone numbers

_PHONE = later(
    r"(?<![\w+/-])(?<![0-9][.,:])(?P<start>(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)"
    r"(?P<rest>[127](?:[0-9]|[ ().-]{1,2}(?=[0-9])){8,18}+)"
)
_NATIONAL = 10
"""Digits behind the 0 or +44 (Ofcom's National Telephone Numbering Plan, as known in November 2026).

A few numbers in small places have 9: those are left out, since old book numbers look the same. Numbers that begin 03,
05, 08 and 09 belong to organisations.
"""
_FIRST_GROUP = range(3, 6)
"""The 0 and the area code: 020, 0121, 01632, 07700; dates, scores and page lists begin with shorter groups.

Only a mobile number is also written as 07 700 900 123.
"""
_SHORTEST_GROUP = 2


def phones(text: str, _today: date) -> Iterator[Span]:
    """Telephone numbers of the United Kingdom that people have: those that begin 01, 02 and 07."""
    for found in _PHONE.finditer(text):
        length = _whole_number(found["rest"], is_national=found["start"].endswith("0"))
        if length:
            end = found.start("rest") + length
            if not re.match(r"[\w/]|[.,:-][0-9]", text[end : end + 2]):
                yield found.start(), end


def _whole_number(rest: str, *, is_national: bool) -> int:
    """How many characters make up a whole number of ten digits in groups that people write; 0 for none."""
    digits, shortest = 0, _SHORTEST_GROUP
    for number, group in enumerate(re.finditer(r"[0-9]+", rest)):
        digits += len(group[0])
        if number == 0 and digits < _NATIONAL and is_national and digits + 1 not in _FIRST_GROUP:
            if group[0] != "7":
                return 0
            shortest = 3
        if len(group[0]) < shortest and number:
            return 0
        if digits >= _NATIONAL:
            return group.end() if digits == _NATIONAL else 0
    return 0


# -- pupil numbers

_UPN = later(
    r"(?<![0-9A-Za-z])[A-HJ-NP-RT-Za-hj-np-rt-z](?:[0-9](?: (?=[0-9]{3}))?){11}"
    r"[0-9A-HJ-NP-RT-Za-hj-np-rt-z](?![0-9A-Za-z])"
)
"""In one piece, or in groups of three and more."""
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AUTHORITIES = (range(1, 6), range(201, 385), range(390, 395), range(420, 421), range(660, 709), range(800, 950))
"""Where codes of local authorities lie, with room for new ones: validation 1530 of the school census, as
listed in Arbor Education's support pages, read November 2026."""


def check_letter(rest: str) -> str:
    """The first letter of a Unique Pupil Number, from the 12 characters behind it.

    Each is multiplied by its place, counted from 2; the sum modulo 23 picks a letter of the alphabet without I, O, S.
    The last character of a temporary number is a letter and counts as its own place in that alphabet, from 0.
    Source: Government Data Standards Catalogue, Unique Pupil Number 2.0 (18 November 2004), read November 2026; the
    Department for Education's "Unique Pupil Numbers: policy and practice guidance" (September 2010) builds on it.
    """
    values = [int(text) if text.isdigit() else _CHECK_LETTERS.index(text) for text in rest.upper()]
    return _CHECK_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % len(_CHECK_LETTERS)]


def pupil_numbers(text: str, _today: date) -> Iterator[Span]:
    """Unique Pupil Numbers whose check letter is right; of other words of that form, one in 23 has it by chance."""
    for found in _UPN.finditer(text):
        number = found[0].replace(" ", "")
        is_issued = any(int(number[1:4]) in codes for codes in _AUTHORITIES)
        if is_issued and check_letter(number[1:]) == number[0].upper():
            yield found.start(), found.end()


# -- dates of birth

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+\.?"
_DAY = r"[0-9]{1,2}+(?:st|nd|rd|th)?"
_DAY_NAME = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BORN = r"(?:born|(?:dob|d\.o\.b|d o b|d\. o\. b)\b\.?|date[ _-]of[ _-]birth|birth[ _-]?date|birthday|b\.)"
_YEAR = r"(?:[0-9]{4}|[0-9]{2})(?![0-9])"
_FORMS = (
    r"[0-9]{4}[-/.][0-9]{1,2}+[-/.][0-9]{1,2}+",
    rf"[0-9]{{1,2}}+[-/. ][0-9]{{1,2}}+[-/. ]{_YEAR}",
    rf"{_DAY} {{1,2}}+(?:of )?{_MONTH},? {{0,2}}+'?{_YEAR}",
    rf"{_MONTH} {{1,2}}+{_DAY},? {{1,2}}+[0-9]{{4}}(?![0-9])",
)
_WHEN = f"(?:{'|'.join(_FORMS)})"
_BIRTHS = later(
    rf"(?<![0-9A-Za-z]){_BORN}(?:[ \t:=,(\[\"'–-]|\b(?:is|was|on|the|in|of|{_DAY_NAME})\b){{0,8}}+({_WHEN})"
    rf"|({_WHEN})[ ,]{{0,3}}+\(?(?:d\.?o\.?b\b|date of birth)",
    re.IGNORECASE,
)
_DIGITS = frozenset("0123456789")
_NO_GAPS = str.maketrans("", "", " .")
_LIFETIME = 100
"""A date of birth longer ago is history."""


def _said_of_births(text: str) -> Iterator[re.Match[str]]:
    """Line by line, as none goes over two: nearly every line passes the quick look, and costs no more."""
    start = 0
    for line in text.split("\n"):
        small = line.lower()
        is_said = "born" in small or "birth" in small or "b." in small or "dob" in small.translate(_NO_GAPS)
        if is_said and not _DIGITS.isdisjoint(small):
            yield from _BIRTHS.finditer(text, start, start + len(line))
        start += len(line) + 1


def births(text: str, today: date) -> Iterator[Span]:
    """Whole dates that are said to be somebody's date of birth."""
    for found in _said_of_births(text):
        year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", found[1] or found[2])
        is_range = re.match(r" ?(?:to|until|till|-|–) ", text[found.end() : found.end() + 8])
        if is_range:  # a year group's: born 1 September 2019 to 31 August 2020
            continue
        if year is None or today.year - _LIFETIME <= int(year[0]) <= today.year:
            yield found.start(), found.end()


def has_personal(text: str, today: date) -> bool:
    """Whether any of these finds something in a text."""
    finders = (emails, phones, pupil_numbers, births)
    return any(next(finder(text, today), None) is not None for finder in finders)
