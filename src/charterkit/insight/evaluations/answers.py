"""What people answer about aspects, in whatever form, read against a charter before any of it is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any

from charterkit.files.yaml.edit import Change
from charterkit.insight.evaluations.aims import SPOKEN, Aim
from charterkit.insight.evaluations.naming import aspects_meant, plain_word, why_none
from charterkit.insight.evaluations.taking_out import OF_AN_ASPECT, held, without, without_reason
from charterkit.model.charter import Charter
from charterkit.model.scale import NOT_APPLICABLE, Level, LevelKey, keyed
from charterkit.model.value import Value
from charterkit.records import dataclass
from charterkit.text.english import alternatives, plural
from charterkit.text.safe import shown

NOT_APPLICABLE_WORDS = frozenset({NOT_APPLICABLE, "not applicable", "does not apply", "n/a", "na"})
"""Where the charter has no level of that name."""
TEXTS = ("reason", "strengths", "note")


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said about one aspect. `where` names its place: an option, or a file with line and column."""

    aspect: str
    where: str
    rating: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    """Under the keys of a rating: reason, strengths, note."""
    ideas: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Mapping[str, Any], ...] = ()
    target: Aim | None = None
    value: Value | None = None
    cleared: tuple[str, ...] = ()
    """Keys of a rating that are to be taken out: rating, note, target, value."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where each part of it stands, of a table by cell: aspect, rating, reason and so on."""

    def place(self, part: str) -> str:
        """Where a part of it stands."""
        return self.places.get(part, self.where)


def level_meant(word: str, charter: Charter) -> str | None:
    """A level's id from its id, its label or the key on its badge, in any case; not-applicable from "n/a".

    None for a word that is no level's, or that is one level's id and another one's key: nothing is guessed.
    """
    found = _levels_called(word, charter)
    if not found and plain_word(word) in NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    return found[0] if len(found) == 1 else None


def level_words(level: Level, key: LevelKey) -> frozenset[str]:
    """What a level may be called, in small letters. Its place alone is none: on paper, 1 is the best for some."""
    initial = "" if key.also.isdecimal() else key.also
    return frozenset(plain_word(text) for text in (level.id, level.label, key.name, key.key, initial)) - {""}


def _levels_called(word: str, charter: Charter) -> list[str]:
    """The ids of the levels that a word may mean; a label of theirs before all else."""
    said = plain_word(word)
    known = keyed(charter.levels.values())
    labelled = [level.id for level, _ in known if plain_word(level.label) == said]
    return labelled or [level.id for level, key in known if said in level_words(level, key)]


def _named(answer: Answer, charter: Charter) -> str:
    """The id of the aspect that an answer is about; empty where none or several are meant."""
    found = aspects_meant(answer.aspect, charter, from_table=bool(answer.places))
    return found[0] if len(found) == 1 else ""


def _no_aspect(answer: Answer, charter: Charter) -> str:
    return why_none(answer.aspect, charter, from_table=bool(answer.places))


class Claims:
    """What was said of each thing so far, and where: the same may be said again, something else may not."""

    def __init__(self) -> None:
        """Nothing has been said."""
        self._said: dict[tuple[str, ...], tuple[str, str]] = {}

    def against(self, at: tuple[str, ...], value: str, where: str) -> str | None:
        """Where something else was said of a thing before; None where nothing was, or the same."""
        earlier, place = self._said.setdefault(at, (value, where))
        return place if earlier != value else None


def at_odds(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str, str]]:
    """Answers that say something else of an aspect than one before them: each with what of, and where that one is."""
    claims = Claims()
    for answer in answers:
        for name, value in (("rating", answer.rating), *answer.texts.items()):
            place = None if value is None else claims.against((answer.aspect, name), value, answer.where)
            if place is not None:
                yield answer, name, place


def changes(
    answers: Sequence[Answer],
    charter: Charter,
    there: Mapping[str, Any] = MappingProxyType({}),
    not_asked: Collection[str] = (),
) -> tuple[list[Change], list[str]]:
    """The changes to an evaluation's file, and every complaint with its place. Use the changes only without complaints.

    `there` is what stands in the file for each aspect: a reason given there is enough, and an idea or a piece of
    evidence that stands there already is not added again. `not_asked` are aspects that do not apply to the school.
    """
    reading = _Reading(answers, charter, there, not_asked)
    for answer in reading.answers:
        reading.take(answer)
    return reading.made, reading.complaints


class _Reading:
    """Answers read one after another against a charter and what its file holds."""

    def __init__(
        self, answers: Sequence[Answer], charter: Charter, there: Mapping[str, Any], not_asked: Collection[str]
    ) -> None:
        self.charter, self.there, self.not_asked = charter, there, not_asked
        answers = [replace(answer, aspect=_named(answer, charter) or answer.aspect) for answer in answers]
        self.answers = answers
        self.made: list[Change] = []
        self.complaints: list[str] = []
        self.claims = Claims()
        self.listed: dict[tuple[str, str], list[Any]] = {}
        self.new_reasons = {answer.aspect: answer.texts["reason"] for answer in answers if "reason" in answer.texts}
        self.reasons = {aspect: str(held(there, aspect, "reason") or "") for aspect in there} | self.new_reasons

    def take(self, answer: Answer) -> None:
        """One more answer: its changes, or what is wrong with it."""
        if answer.aspect in self.not_asked:
            message = f"'{answer.aspect}' does not apply to a school of this phase and type, and is not asked"
            self.complain(answer, message, "aspect")
            return
        if answer.aspect not in self.charter.aspects:
            self.complain(answer, _no_aspect(answer, self.charter), "aspect")
            return
        for key, level, wrong in _levels(answer, self.charter):
            if level is None:
                self.complain(answer, wrong, *key)
            else:
                self.level(answer, key, level)
        for name, text in answer.texts.items():
            self.once(answer, name, text)
        if answer.target is not None:
            self.target(answer, answer.target)
        if answer.value is not None:
            self.once(answer, "value", str(answer.value))
        for name in answer.cleared:
            self.clear(answer, name)
        self.made += _added(answer, self.there, self.listed)

    def once(self, answer: Answer, name: str, said: str, value: Any = None) -> None:  # noqa: ANN401 - plain data
        """Write what is said of an aspect under a key; `value` where that is more than a text."""
        place = self.claims.against((answer.aspect, name), said, answer.place(name))
        if place is not None:
            self.complain(answer, f"the {name} of {answer.aspect} was given otherwise at {place}", name)
        else:
            self.made.append(Change(("ratings", answer.aspect, name), said if value is None else value))

    def target(self, answer: Answer, aim: Aim) -> None:
        """The level that the school means to reach."""
        level = level_meant(aim.level, self.charter)
        if level not in self.charter.levels:
            words = alternatives(list(self.charter.levels))
            self.complain(answer, _no_level(answer.aspect, aim.level, words, self.charter), "target")
            return
        meant = replace(aim, level=level)
        self.once(answer, "target", str(meant), {"level": meant.level, "by": meant.by})

    def clear(self, answer: Answer, name: str) -> None:
        """Take out what stands there under a key; with a rating, why the aspect did not apply."""
        place = self.claims.against((answer.aspect, name), "", answer.where)
        if place is not None:
            self.complain(answer, f"the {name} of {answer.aspect} was given at {place}")
            return
        self.made += without(self.there, answer.aspect, name)

    def level(self, answer: Answer, key: tuple[str, ...], level: str) -> None:
        """A level of the aspect, or of one of its focus groups: `key` is its place below the aspect."""
        aspect = answer.aspect
        is_apart = key == ("rating",) and level == NOT_APPLICABLE
        place = self.claims.against((aspect, *key), level, answer.place("rating"))
        if place is not None:
            self.complain(answer, f"{aspect} was rated otherwise at {place}", *key)
        elif is_apart and not self.reasons.get(aspect, "").strip():
            self.complain(answer, f"{aspect} is not-applicable without a reason: {how_to_say_why(answer)}", *key)
        else:
            self.made.append(Change(("ratings", aspect, *key), level))
            if key == ("rating",) and aspect not in self.new_reasons:
                self.made += without_reason(self.there, aspect, level)

    def complain(self, answer: Answer, wrong: str, *part: str) -> None:
        """Note what is wrong, with its place, or that of a part of the answer."""
        where = answer.place(part[0]) if part else answer.where
        self.complaints.append(f"{where}: {wrong}" + ("" if wrong.endswith((".", "?")) else "."))


def how_to_say_why(answer: Answer) -> str:
    """What to add where somebody says without a reason that something does not apply."""
    is_option = answer.where.startswith("--")
    return f"add --reason '{answer.aspect}=…'" if is_option else "write why under its reason"


def overwritten(made: Sequence[Change], charter: Charter, there: Mapping[str, Any]) -> tuple[str, ...]:
    """What the changes would take the place of, in sentences: ratings, notes, and reasons that no longer hold.

    `made` is as `changes` gives it; of a rating that goes, its reason is not spoken of apart.
    """
    cleared = {change.at[1] for change in made if change.remove and change.at[2:] == ("rating",)}
    ratings, notes, reasons, gone, silent = {}, {}, {}, {}, {}
    aims: dict[str, dict[Any, str]] = {name: {} for name in SPOKEN}
    for change in made:
        if change.append or len(change.at) != OF_AN_ASPECT:
            continue
        _, aspect, name = change.at
        old, said = held(there, str(aspect), str(name)), f"“{shown(charter.aspects[str(aspect)].text)}”"
        if name in aims:
            aims[str(name)] |= _aimed(change, old, said, charter)
        elif change.remove and name == "rating":
            gone[aspect] = f"{said} was {level_called(old, charter)}"
        elif change.remove and name == "note":
            silent[aspect] = said
        elif change.remove:
            reasons.update({} if aspect in cleared else {aspect: said})
        elif old is None or str(old).strip() == str(change.value).strip():
            continue
        elif name == "rating":
            ratings[aspect] = f"{said} was {level_called(old, charter)}, is {level_called(change.value, charter)}"
        elif name in TEXTS:
            notes[aspect, name] = said if name == "note" else f"{said} ({name})"
    kinds: tuple[tuple[Mapping[Any, str], str, str], ...] = (
        (ratings, "rating", "changed"),
        (notes, "note", "replaced"),
        (gone, "rating", "taken out"),
        (silent, "note", "taken out"),
        (reasons, "reason", f"taken out, as the {charter.rated_noun} applies now"),
        *((found, name, "changed") for name, found in aims.items()),
    )
    return tuple(_counted(list(found.values()), noun, done) for found, noun, done in kinds if found)


def _aimed(change: Change, old: Any, said: str, charter: Charter) -> dict[Any, str]:  # noqa: ANN401 - as in the file
    """What became of a target or a value that stood there."""
    spoken = SPOKEN[str(change.at[2])]
    if old is None or (not change.remove and spoken(old, charter) == spoken(change.value, charter)):
        return {}
    now = "is taken out" if change.remove else f"is {spoken(change.value, charter)}"
    return {change.at[1]: f"{said} was {spoken(old, charter)}, {now}"}


def level_called(level: Any, charter: Charter) -> str:  # noqa: ANN401 - whatever the file holds
    """A level in words, by its id; what is none as it stands there."""
    if level == NOT_APPLICABLE:
        return "Does not apply"
    return charter.levels[level].label if level in charter.levels else shown(str(level))


def _counted(said: Sequence[str], noun: str, done: str, most: int = 5) -> str:
    """A number of things, some of them named."""
    rest = [f"and {len(said) - most} more"] if len(said) > most else []
    return f"{len(said)} {plural(len(said), noun)} {done}: {'; '.join([*said[:most], *rest])}."


def _added(answer: Answer, there: Mapping[str, Any], listed: dict[tuple[str, str], list[Any]]) -> Iterable[Change]:
    """The ideas and evidence that do not stand there yet; `listed` holds those of the answers before this one too."""
    values: list[tuple[str, Any]] = [("ideas", idea) for idea in answer.ideas]
    values += [("evidence", seen) for seen in answer.evidence]
    for key, value in values:
        known = listed.setdefault((answer.aspect, key), _listed(there, answer.aspect, key))
        if _stripped(value) not in known:
            known.append(_stripped(value))
            yield Change(("ratings", answer.aspect, key), value, append=True)


def _listed(there: Mapping[str, Any], aspect: str, key: str) -> list[Any]:
    found = held(there, aspect, key)
    return [_stripped(value) for value in found] if isinstance(found, list) else []


def _stripped(value: Any) -> Any:  # noqa: ANN401 - an idea, or a piece of evidence
    if isinstance(value, Mapping):
        return {key: str(text).strip() for key, text in value.items()}
    return str(value).strip()


def _levels(answer: Answer, charter: Charter) -> Iterable[tuple[tuple[str, ...], str | None, str]]:
    """The key below the aspect, the level or None, and what to say about None."""
    if answer.rating is not None:
        level = level_meant(answer.rating, charter)
        words = alternatives([*charter.levels, NOT_APPLICABLE])
        yield ("rating",), level, _no_level(answer.aspect, answer.rating, words, charter)
    groups = [group.id for group in charter.focus_groups]
    for group, word in answer.groups.items():
        if group not in groups:
            there = f"write {alternatives(groups)}" if groups else "it has none"
            yield (), None, f"{answer.aspect}: '{shown(group)}' is not a focus group of this charter: {there}"
            continue
        level = level_meant(word, charter)
        is_level = level in charter.levels
        words = alternatives(list(charter.levels))
        yield ("groups", group), level if is_level else None, _no_level(answer.aspect, word, words, charter)


def _no_level(aspect: str, word: str, words: str, charter: Charter) -> str:
    several = [f"“{shown(charter.levels[level].label)}”" for level in _levels_called(word, charter)]
    if len(several) > 1:
        return f"{aspect}: '{shown(word)}' may mean more than one level: write {alternatives(several)}"
    return f"{aspect}: '{shown(word)}' is not a level of this charter: write {words}"
