"""The schemas of evaluations and visits with a charter's own aspects, levels and focus groups filled in."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from charterkit.model.charter import Charter
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.schema.shipped import shipped

Schema = dict[str, Any]

RATED = {"evaluation": ("ratings", "Rating"), "visit": ("findings", "VisitFinding")}
"""The kinds that hold ratings: the key they stand under, and the definition of one."""
_ONLY: Schema = {"additionalProperties": False, "patternProperties": {"^x-": {}}}
"""No other keys but people's own, which are kept and ignored."""
_EMPTY = {"$ref": "#/definitions/empty"}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


def of_charter(kind: str, charter: Charter) -> Schema:
    """A kind's schema for one charter version: no other aspect, level or focus group is accepted."""
    schema = shipped(kind)
    key, name = RATED[kind]
    schema["definitions"][name] = _entry(schema, name, charter)
    schema["properties"][key] |= _mapping(charter, name)
    if kind == "evaluation":
        schema["definitions"]["Action"] = _action(schema, charter)
    return schema


def of_workspace(kind: str, charters: Sequence[Charter]) -> Schema:
    """A kind's schema for all charter versions of a workspace: each file is held to the one that it names."""
    schema = shipped(kind)
    key, name = RATED[kind]
    keys = [key, "actions"] if kind == "evaluation" else [key]
    rest: Schema = {"properties": {key: schema["properties"][key] for key in keys}}
    for text in keys:
        schema["properties"][text] = {"description": schema["properties"][text]["description"]}
    for number, charter in reversed(list(enumerate(charters, 1))):
        schema["definitions"][f"{name}-{number}"] = _entry(schema, name, charter)
        then = {key: _mapping(charter, f"{name}-{number}")}
        if kind == "evaluation":
            schema["definitions"][f"Action-{number}"] = _action(schema, charter)
            then["actions"] = _or_empty({"type": "array", "items": {"$ref": f"#/definitions/Action-{number}"}})
        rest = {"if": _is_about(charter, charters), "then": {"properties": then}, "else": rest}
    return {**schema, **rest} if charters else shipped(kind)


def _is_about(charter: Charter, all_of_them: Iterable[Charter]) -> Schema:
    """The condition on a file: it names this charter and version. `1.10` without quotes may be `1.1` as well."""
    versions = {version.version for version in all_of_them if version.id == charter.id}
    often = Counter(str(word) for version in versions for word in spellings(version)[1:])
    words = [word for word in spellings(charter.version) if isinstance(word, str) or often[str(word)] == 1]
    pair = {"charter": {"enum": spellings(charter.id)}, "charter_version": {"enum": words}}
    return {"required": list(pair), "properties": pair}


def _mapping(charter: Charter, entry: str) -> Schema:
    """The charter's aspects, and no others, as keys."""
    aspects = {
        aspect.id: {
            "description": "\n\n".join(text for text in (aspect.text, aspect.detail) if text),
            **_or_empty({"$ref": f"#/definitions/{entry}"}),
        }
        for aspect in charter.aspects.values()
    }
    return _or_empty({"type": "object", **_ONLY, "properties": aspects})


def _entry(schema: Schema, name: str, charter: Charter) -> Schema:
    """One aspect's entry, with the charter's levels and focus groups."""
    entry: Schema = schema["definitions"][name]
    meanings = [f"{level.id} ({level.meaning})" if level.meaning else level.id for level in charter.scale]
    said = f"{', '.join(meanings)}; or {NOT_APPLICABLE}."
    levels = [word for level in charter.levels for word in spellings(level)]
    filled = {"rating": {"description": said, **_or_empty({"enum": [*levels, NOT_APPLICABLE]})}}
    if "groups" in entry["properties"]:
        groups = {
            group.id: {"description": group.name, **_or_empty({"enum": levels})} for group in charter.focus_groups
        }
        inner = {"type": "object", **_ONLY, "properties": groups}
        filled["groups"] = {"description": entry["properties"]["groups"]["description"], **_or_empty(inner)}
    return {**entry, "properties": {**entry["properties"], **filled}}


def _action(schema: Schema, charter: Charter) -> Schema:
    """A line of the action plan, about one of the charter's aspects."""
    action: Schema = schema["definitions"]["Action"]
    said = action["properties"]["aspect"]["description"]
    aspects = [word for aspect in charter.aspects for word in spellings(aspect)]
    filled = {"aspect": {"description": said, **_or_empty({"enum": aspects})}}
    return {**action, "properties": {**action["properties"], **filled}}


def _or_empty(schema: Schema) -> Schema:
    return {"anyOf": [schema, _EMPTY]}


def spellings(text: str) -> list[str | float | bool]:
    """A text as YAML 1.2 editors may hand it over: as it is, and as what they make of it without quotes."""
    if text in ("true", "false"):
        return [text, text == "true"]
    if not _NUMBER.fullmatch(text):
        return [text]
    number = float(text)
    if not isfinite(number):
        return [text]
    return [text, int(number) if number.is_integer() else number]
