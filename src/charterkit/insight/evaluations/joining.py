"""Several entries about aspects that became one: the lowest rating, and the words of all, each with its source."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from charterkit.files.yaml.reader import Tree, copied
from charterkit.model.charter import Aspect, Charter
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.records import dataclass


@dataclass(frozen=True)
class Levels:
    """The words for levels in two versions, and which of the newer each older one is, by id."""

    old: Charter
    new: Charter
    became: Mapping[str, str]

    def now(self, word: str) -> str:
        """What a word of the older scale is written as; itself where it means the same, or means nothing."""
        level = self.old.level_of(word)
        if level is None or level == NOT_APPLICABLE:
            return word
        now = self.became.get(level, level)
        return word if self.new.level_of(word) == now else now

    def rank(self, word: str | None) -> int:
        """A word's place on the older scale, the worst 0; -1 of one that is no level."""
        return self.old.ranks.get(self.old.level_of(word) or "", -1) if word else -1

    @cached_property
    def groups_gone(self) -> frozenset[str]:
        """The focus groups that the newer version does not have."""
        return frozenset(group.id for group in self.old.focus_groups) - {group.id for group in self.new.focus_groups}


def joined_entry(new: str, entries: Mapping[str, Tree], known: Mapping[str, Aspect], words: Levels) -> dict[str, Any]:
    """One entry of several, in the older version's order. What of them does not fit in is for whoever calls to keep."""
    held = {old: entry if isinstance(entry, dict) else {} for old, entry in entries.items()}
    lead = _lead(list(held.values()), words)
    rating = lead.get("rating")
    is_not_asked = words.old.level_of(str(rating)) == NOT_APPLICABLE
    made: dict[str, Any] = {
        "rating": words.now(str(rating)) if rating else None,
        "reason": _words("reason", new, held, known) if is_not_asked else None,
        "strengths": _words("strengths", new, held, known),
        "note": _words("note", new, held, known),
        "ideas": _all("ideas", held),
        "groups": _groups(held, words),
        "evidence": _all("evidence", held),
        "target": _target(lead, held, words),
        "value": _first("value", lead, held),
        "carried": _first("carried", lead, held),
    }
    return {key: value for key, value in made.items() if value}


def _lead(entries: Sequence[dict[str, Any]], words: Levels) -> dict[str, Any]:
    """The entry whose rating counts: the lowest that is rated, else one that does not apply, else the first."""
    rated = [entry for entry in entries if words.rank(entry.get("rating")) >= 0]
    if rated:
        return min(rated, key=lambda entry: words.rank(entry.get("rating")))
    return next((entry for entry in entries if entry.get("rating")), entries[0])


def _words(key: str, new: str, held: Mapping[str, dict[str, Any]], known: Mapping[str, Aspect]) -> str | None:
    """What was written of each, behind the aspect it was written of; plain where it is the new one's own id."""
    said = {old: str(entry[key]) for old, entry in held.items() if str(entry.get(key) or "").strip()}
    if len(said) > 1 and len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "\n".join(words if old == new else f"{_source(old, known)}: {words}" for old, words in said.items()) or None


def _source(old: str, known: Mapping[str, Aspect]) -> str:
    return " ".join(known[old].text.split()).rstrip(" .:") if old in known else old


def _all(key: str, held: Mapping[str, dict[str, Any]]) -> list[Any]:
    """Every entry of their lists once."""
    found: list[Any] = []
    for entry in held.values():
        values = entry.get(key)
        found += [copied(each) for each in (values if isinstance(values, list) else ()) if each not in found]
    return found


def _groups(held: Mapping[str, dict[str, Any]], words: Levels) -> dict[str, str]:
    """The lowest level of each group."""
    found: dict[str, str] = {}
    for entry in held.values():
        groups = entry.get("groups")
        for group, word in groups.items() if isinstance(groups, dict) else ():
            if group not in words.groups_gone and (
                group not in found or 0 <= words.rank(word) < words.rank(found[group])
            ):
                found[group] = word
    return {group: words.now(word) for group, word in found.items()}


def _target(lead: dict[str, Any], held: Mapping[str, dict[str, Any]], words: Levels) -> Any:  # noqa: ANN401 - a tree
    found = copied(_first("target", lead, held))
    if isinstance(found, dict) and found.get("level"):
        found["level"] = words.now(str(found["level"]))
    return found


def _first(key: str, lead: dict[str, Any], held: Mapping[str, dict[str, Any]]) -> Any:  # noqa: ANN401 - a tree
    """The value of the entry whose rating counts, else the first there is."""
    return next((entry[key] for entry in (lead, *held.values()) if entry.get(key)), None)
