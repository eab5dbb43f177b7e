"""YAML as editors read it: the core schema of YAML 1.2.2, section 10.3, so that `2019` is a number and `no` a text."""

import re
from functools import cache
from typing import Any

import jsonschema
import yaml

from charterkit.schema.shipped import shipped


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever there is
    """PyYAML's reader with the scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way

    def number(self, node: yaml.ScalarNode) -> float:
        text = node.value
        if text[1:2] in "ox" and len(text) > 2:
            return int(text, 0)
        return int(text) if re.fullmatch(r"[-+]?[0-9]+", text) else float(re.sub(r"\.(inf|nan)", r"\1", text.lower()))


_NUMBER = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
_NUMBER += r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
for tag, words in (("null", "null|Null|NULL|~|"), ("bool", "true|True|TRUE|false|False|FALSE"), ("float", _NUMBER)):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{words})\\Z"), None)
Core.add_constructor("tag:yaml.org,2002:float", Core.number)


def read(text: str) -> Any:
    """A file's data; mappings' keys as text, as in JSON."""
    return _plain(yaml.load(text, Core))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _key(key: Any) -> str:
    """A key that was no text, as people wrote it: editors look at the words."""
    if isinstance(key, bool):
        return str(key).lower()
    return str(key)


@cache
def validator(kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(shipped(kind))


def mistakes(schema: Any, text: str) -> list[str]:
    """What an editor would mark: the places, as `ratings/gate-greeting/rating`."""
    found = jsonschema.Draft7Validator(schema) if isinstance(schema, dict) else validator(schema)
    return sorted({"/".join(map(str, _deepest(one).absolute_path)) for one in found.iter_errors(read(text))})


def _deepest(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """Of an "or empty", the error of what stands there."""
    inner = [_deepest(one) for one in error.context or () if one.validator != "not"]
    return max([error, *inner], key=lambda one: len(one.absolute_path))
