"""JSON of strangers means one thing or is refused, whatever stands in its texts."""

import json

import pytest

from charterkit.credential.reading import MOST_BYTES, MOST_DEEP, parsed
from charterkit.errors import CharterkitError


def nested(deep: int) -> bytes:
    return b'{"a": ' + b"[" * (deep - 1) + b"]" * (deep - 1) + b"}"


def sized(size: int) -> bytes:
    return b'{"a": "' + b"x" * (size - 9) + b'"}'


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "' + "[{" * MOST_DEEP + '"}',
        '{"a": "\\"' + "[{" * MOST_DEEP + '"}',
        '{"a": "\\\\", "b": ["' + "[" * MOST_DEEP + '\\\\"]}',
        '{"a": [' + ", ".join(["[[]]"] * MOST_DEEP) + "]}",
        '{"a": [' + ", ".join(['{"b": {}}'] * MOST_DEEP) + "]}",
        '{"a": 1e99, "b": -1.5, "c": "Zoë 🌳", "a ": [true, null]}',
        nested(MOST_DEEP).decode(),
        sized(MOST_BYTES).decode(),
    ],
)
def test_what_means_one_thing_is_read_as_any_reader_has_it(text: str) -> None:
    assert parsed(text.encode()) == json.loads(text)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (sized(MOST_BYTES + 1), "json-too-large", "256 KB"),
        (nested(MOST_DEEP + 1), "json-too-deep", "32 deep"),
        (b'{"a": "\\\\' + b'", "b": ' + b"[" * MOST_DEEP + b"1" + b"]" * MOST_DEEP + b"}", "json-too-deep", "32 deep"),
        (b'{"a": ' + b'{"b":' * MOST_DEEP + b"1" + b"}" * MOST_DEEP + b"}", "json-too-deep", "32 deep"),
        (b'{"a": [' + b"[]," * 40 + b"[" * MOST_DEEP + b"]" * MOST_DEEP + b"]}", "json-too-deep", "32 deep"),
        (b'{"b": 1, "a": 1, "a": 2}', "json-key-twice", "'a'"),
        (b'{"b": [{"c": 1, "c": 1}]}', "json-key-twice", "'c'"),
        (b'{"a": -Infinity}', "json-no-number", "-Infinity"),
        (b'{"a": -1e999}', "json-no-number", "-1e999"),
        (b'"a"', "not-json", ""),
        (b'{"a": "\\udfff"}', "not-json", ""),
    ],
)
def test_what_does_not_is_refused_by_what_is_wrong_with_it(data: bytes, code: str, said: str) -> None:
    with pytest.raises(CharterkitError) as refused:
        parsed(data)
    assert refused.value.code == code
    assert said in refused.value.message
