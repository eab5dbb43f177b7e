"""CK61x: personal data. What has once been in a git history stays there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, ClassVar

from charterkit.choices import Severity
from charterkit.files.document import Document
from charterkit.files.yaml.marks import marks
from charterkit.files.yaml.reader import decode, place
from charterkit.findings import Code, Problem, TreePath
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.rules.personal import Span, births, emails, phones, pupil_numbers
from charterkit.text.later import later

MOST_FOUND = 100
"""Places of one kind that are named in one file."""
_PUBLIC = frozenset(
    {"website", "url", "email", "address", "path", "sha256", "urn", "former_urns", "dfe_number", "ukprn", "group_uid"}
)
"""Keys whose values are public, or numbers of something else than a person."""
_TEN_DIGITS = later(rb"[127](?:[ ().-]{0,2}[0-9]){9}")
_TWELVE_DIGITS = later(rb"(?:[0-9] ?){11}[0-9A-Za-z]")
_BIRTH_WORDS = (b"born", b"birth")
_B = later(rb"(?<![0-9a-z])b\.[^\n]{0,16}[0-9]")


_AS_ZERO = bytes.maketrans(b"123456789", b"0" * 9)


def _has_digits(data: bytes, count: int) -> bool:
    """Whether so many digits stand together, but for what stands within numbers: a tenth of the time of a pattern."""
    return b"0" * count in data.translate(_AS_ZERO, b" ().-")


def _private_text(text: str) -> str:
    """The text with blanks where public contacts and addresses stand; every other character keeps its place."""
    pieces: list[str] = []
    done = 0
    public = [(mark.start, mark.end) for way, mark in marks(text).items() if mark.kind == "scalar" and _is_public(way)]
    for start, end in sorted(public):
        pieces += (text[done:start], re.sub(r"[^\n]", " ", text[start:end]))
        done = end
    return "".join([*pieces, text[done:]])


def _is_public(way: TreePath) -> bool:
    words = [key for key in way if isinstance(key, str)]
    return "contacts" in words or (bool(words) and words[-1] in _PUBLIC)


class _PersonalData(Rule):
    """A kind of personal data: how it is found, and a quick look at the bytes that most files pass."""

    what: ClassVar[str]
    remedy: ClassVar[str]

    def may_hold(self, data: bytes) -> bool:
        """Whether it is worth a closer look: nearly no file is, so this is all that most cost."""
        raise NotImplementedError

    def find(self, text: str, today: date) -> Iterator[Span]:
        """Where it stands in a text."""
        raise NotImplementedError

    def check(self, context: Context) -> Iterator[Report]:
        """Every text and every comment of every file, but for public contacts and addresses."""
        for document in context.documents:
            if not self.may_hold(document.data):
                continue
            text, _ = decode(document.data)
            spans = list(islice(self.find(text, context.today), MOST_FOUND + 1))
            if not spans or self.are_contacts(document, text, spans, context.today):
                continue
            text = _private_text(text)
            spans = list(islice(self.find(text, context.today), MOST_FOUND + 1))
            for number, (start, _) in enumerate(spans[:MOST_FOUND], 1):
                line, column = place(text, start)
                more = "; there are more further down" if number == MOST_FOUND < len(spans) else ""
                yield document, Problem(self.code, f"{self.what}{more}", self.remedy, line=line, column=column)

    def are_contacts(self, document: Document[Any], text: str, spans: Sequence[Span], today: date) -> bool:
        """Whether all that was found is in values under `contacts`, as in most files where anything is. To know where
        each value stands takes as long as all other rules together.

        What is in one piece and without an escape stands in the text as often as in contacts, at least; where it is
        found no more often, and stands no more often, it stands nowhere else.
        """
        if document.loaded.problems or "\\" in text:
            return False
        contacts = getattr(document.model, "contacts", ())
        values = [value for each in contacts for value in (each.name, each.role, each.email) if value]
        public = Counter(value[start:end] for value in values for start, end in self.find(value, today))
        return public == Counter(text[start:end] for start, end in spans) and all(
            text.count(words) == count and not re.search(r"\s", words) for words, count in public.items()
        )

    def excerpt(self, line: str, today: date) -> str:
        """The line with what was found masked: findings end up in logs."""
        for start, end in islice(self.find(line, today), MOST_FOUND):
            line = line[:start] + re.sub(r"\w", "•", line[start:end]) + line[end:]
        return line


class Email(_PersonalData):
    """An email address of a person stands in a text.

    Why: what was once in a git history stays there, and whoever may read the files reads it. Public contacts of the
    school have a place of their own, `contacts` in school.yaml.
    Bad: note: Write to jo.patel@mail.example if you want to help
    Good: note: Write to the school office if you want to help
    Mend: name the role instead. If it was pushed already, ask whoever looks after the repository to rewrite it.
    """

    code = Code.EMAIL_ADDRESS
    severity = Severity.WARNING
    what = "a person's email address stands here"
    remedy = "Name the role instead, or list public contacts under 'contacts' in school.yaml."

    def may_hold(self, data: bytes) -> bool:
        """By a part of its form."""
        return b"@" in data

    def find(self, text: str, today: date) -> Iterator[Span]:
        """By its form."""
        return emails(text, today)


class Phone(_PersonalData):
    """A telephone number stands in a text.

    Why: what was once in a git history stays there, and whoever may read the files can ring it.
    Bad: note: Ring Mrs Patel on 07700 900123
    Good: note: Ring the family support worker
    Mend: name the role instead. If it was pushed already, ask whoever looks after the repository to rewrite it.
    """

    code = Code.TELEPHONE_NUMBER
    severity = Severity.WARNING
    what = "a telephone number stands here"
    remedy = "Name the role instead, or list public contacts under 'contacts' in school.yaml."

    def may_hold(self, data: bytes) -> bool:
        """By a part of its form."""
        return _has_digits(data, 10) and _TEN_DIGITS.search(data) is not None

    def find(self, text: str, today: date) -> Iterator[Span]:
        """By its form."""
        return phones(text, today)


class PupilNumber(_PersonalData):
    """A Unique Pupil Number stands in the file.

    Why: it tells which child is meant in every school record, and may only be used within those.
    Bad: reference: H801200001001
    Good: reference: log 24-031
    Mend: refer to the school's own log. If it was pushed already, tell the data protection officer.
    """

    code = Code.PUPIL_NUMBER
    what = "a Unique Pupil Number stands here"
    remedy = "Take it out, and refer to the school's own log instead."

    def may_hold(self, data: bytes) -> bool:
        """By a part of its form."""
        return _has_digits(data, 11) and _TWELVE_DIGITS.search(data) is not None

    def find(self, text: str, today: date) -> Iterator[Span]:
        """By its form."""
        return pupil_numbers(text, today)


class DateOfBirth(_PersonalData):
    """A date of birth stands in the file.

    Why: with one more detail it tells who a child is, and a git history never forgets.
    Bad: note: The family of a boy born 3/4/2012
    Good: note: The family of a boy in Year 8
    Mend: write the year group, or the age. If it was pushed already, tell the data protection officer.
    """

    code = Code.DATE_OF_BIRTH
    what = "a date of birth stands here"
    remedy = "Write the year group instead."

    def may_hold(self, data: bytes) -> bool:
        """By a part of its form."""
        small = data.lower()
        is_word = any(word in small for word in _BIRTH_WORDS) or b"dob" in small.translate(None, b" .")
        return is_word or (b"b." in small and _B.search(small) is not None)

    def find(self, text: str, today: date) -> Iterator[Span]:
        """By its form."""
        return births(text, today)
