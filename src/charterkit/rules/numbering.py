"""CK712 to CK714 and CK716: letters, numbers, parts and ids of a charter."""

from collections.abc import Iterator, Sequence

from charterkit.choices import Severity
from charterkit.files.explain import OWN
from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.model.charter import Charter
from charterkit.rules.base import Report, Rule, aspects_of, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown

LONGEST_LETTER = 3


class BadLetter(Rule):
    """The letter of a level cannot be its key: it is long, it is another level's too, or some levels have none.

    Why: a level is answered by its letter, on a keyboard, on paper and in a table, and shows it on its badge. Where not
    every level has one of its own, none of the letters is used.
    Bad: {id: met, label: Met, letter: M}, beside {id: missed, label: Missed, letter: m}
    Good: {id: met, label: Met, letter: "Y"}, beside {id: missed, label: Missed, letter: "N"}
    Mend: give every level a letter or number of its own, of one to three signs, or none of them any.
    """

    code = Code.BAD_LETTER
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale."""
        for document, charter in context.charters:
            lettered = any(level.letter for level in charter.scale)
            seen: dict[str, str] = {}
            for number, level in enumerate(charter.scale) if lettered else ():
                letter = level.letter or ""
                way = ("scale", position(document, ("scale",), number))
                wrong = _wrong(letter, seen.get(letter.casefold()))
                if wrong:
                    at = (*way, "letter") if letter else (*way, "id")
                    remedy = "Give every level a letter of its own, or none of them any."
                    yield document, self.problem(f"{shown(level.id)}: {wrong}", remedy, *at)
                seen.setdefault(letter.casefold(), level.id)


def _wrong(letter: str, other: str | None) -> str:
    if not letter:
        return "this level has no letter, and others have one"
    if other is not None:
        return f"'{shown(letter)}' is the letter of '{shown(other)}' too"
    if len(letter) > LONGEST_LETTER:
        return f"'{shown(letter)}' is longer than {LONGEST_LETTER} signs"
    return "" if letter.isalnum() else f"'{shown(letter)}' is not made of letters and digits"


class NumberTwice(Rule):
    """Two aspects of a charter, or two of its key points, have one number.

    Why: whoever names an aspect by its number must mean one.
    Bad: two aspects with number: 1.2a
    Good: 1.2a and 1.2b
    Mend: correct one of them.
    """

    code = Code.NUMBER_TWICE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter."""
        for document, charter in context.charters:
            points = [
                (point.id, point.number, ("key_points", position(document, ("key_points",), place)))
                for place, point in enumerate(charter.key_points)
            ]
            yield from self._twice(document, points)
            yield from self._twice(document, [(aspect.id, aspect.number, at) for aspect, at in aspects_of(document)])

    def _twice(
        self, document: Document[Charter], numbered: Sequence[tuple[str, str | None, TreePath]]
    ) -> Iterator[Report]:
        seen: dict[str, str] = {}
        for name, number, at in numbered:
            said = "".join((number or "").split()).casefold()
            if said and said in seen:
                message = f"'{shown(number)}' is the number of '{shown(seen[said])}' too"
                yield document, self.problem(message, "Correct one of them.", *at, "number")
            seen.setdefault(said, name)


class PartComesBack(Rule):
    """A part of a charter comes back after another one.

    Why: key points are shown in the file's order, so the heading would stand there twice.
    Bad: key points of the parts Leadership, Families and Leadership again
    Good: the key points of one part one after another
    Mend: move the key point to the others of its part, or correct the heading.
    """

    code = Code.PART_COMES_BACK
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's key points."""
        for document, charter in context.charters:
            seen: set[str] = set()
            last = ""
            for place, point in enumerate(charter.key_points):
                part = " ".join((point.part or "").split())
                if part and part != last and part in seen:
                    message = f"{shown(point.id)}: the part '{shown(part)}' comes back after another"
                    at = ("key_points", position(document, ("key_points",), place), "part")
                    yield document, self.problem(message, "Move the key point to the others of its part.", *at)
                seen.add(part)
                last = part


class OwnKeyAsId(Rule):
    """An id of a charter begins with x-.

    Why: keys that begin so are for what the format does not know, and are passed over: its ratings would not count.
    Bad: {id: x-ray, text: Pupils visit the hospital}
    Good: {id: xray, text: Pupils visit the hospital}
    Mend: choose another id.
    """

    code = Code.OWN_KEY_AS_ID

    def check(self, context: Context) -> Iterator[Report]:
        """Everything in a charter that files may use as a key."""
        for document, charter in context.charters:
            for name, at in _ids(document, charter):
                if name.startswith(OWN):
                    message = f"'{shown(name)}' begins with {OWN}: as a key of other files it would be passed over"
                    yield document, self.problem(message, "Choose another id.", *at, "id")


def _ids(document: Document[Charter], charter: Charter) -> Iterator[tuple[str, TreePath]]:
    for key in ("key_points", "scale", "focus_groups", "pledge", "awards"):
        for place, entry in enumerate(getattr(charter, key)):
            yield entry.id, (key, position(document, (key,), place))
    for aspect, at in aspects_of(document):
        yield aspect.id, at
