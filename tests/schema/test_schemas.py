"""The JSON Schemas for editors: fresh, in draft 7's words, and never stricter than what the files may hold."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from charterkit.choices import FILE_KINDS, TERMS
from charterkit.files.load import load, word
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.reader import decode, parse
from charterkit.model.adoption import Adoption
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.pack import Pack
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit
from charterkit.schema.shipped import FOLDER, shipped, shipped_text
from tests.files.samples import EVALUATION, POLICY, broken_bytes
from tools import schemas

from .editors import mistakes, read, validator

ROOT = Path(__file__).parents[2]
KINDS = (Charter, Translation, School, Evaluation, Policy, Visit, Survey, Adoption, Pack, Config)
MODELS = {word(kind): kind for kind in KINDS}
FILES = {path: word(kind) for path, kind in Workspace(ROOT).paths() if kind}

DRAFT_7 = {
    *("$schema", "$ref", "definitions", "description", "examples", "type", "enum", "pattern", "minimum", "maximum"),
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "required"),
    *("items", "minItems", "maxItems", "allOf", "anyOf", "not", "if", "then", "else"),
}
"""The words the schemas use, each of them in draft 7 (json-schema.org, Validation draft-handrews-01)."""


def test_every_kind_is_shipped():
    assert set(FILE_KINDS) == set(MODELS) == {one.stem for one in FOLDER.iterdir()}


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_fresh(kind):
    assert shipped_text(kind) == schemas.text_of(kind), "run: make reference"


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_valid_by_the_metaschema(kind):
    assert shipped(kind)["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(shipped(kind))


def inside(schema):
    """A schema and every schema in it, but for what it is said not to be."""
    yield schema
    for key, value in schema.items():
        if key in ("properties", "patternProperties", "definitions"):
            for one in value.values():
                yield from inside(one)
        elif key in ("allOf", "anyOf"):
            for one in value:
                yield from inside(one)
        elif key in ("items", "if", "then", "else", "additionalProperties", "propertyNames") and value is not False:
            yield from inside(value)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_in_words_that_editors_know(kind):
    for one in inside(shipped(kind)):
        assert set(one) <= DRAFT_7
        assert "$ref" not in one or len(one) == 1, "draft 7 ignores what stands beside $ref"


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_key_has_help_and_no_other_key_may_stand_there(kind):
    for one in inside(shipped(kind)):
        for key, value in one.get("properties", {}).items():
            assert len(value.get("description", "")) > 3, key
        if "properties" in one:
            assert one["additionalProperties"] is False


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_no_editor_offers_null_or_true_for_a_text(kind):
    for one in inside(shipped(kind)):
        assert "boolean" not in one.get("type", [])
        assert "null" not in one.get("type", []) or "properties" in one, "a whole file may be empty"
        assert None not in one.get("enum", [])


@pytest.mark.parametrize("path", FILES)
def test_every_file_of_the_repository_is_valid(path):
    assert mistakes(FILES[path], (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("kind", "text"), [("evaluation", EVALUATION), ("policy", POLICY)])
def test_samples_in_every_style_are_valid(kind, text):
    assert mistakes(kind, text) == []


CHARTER = "id: c\nversion: 1\ntitle: C\nstatus: draft\n"
RATED = "charter: c\ncharter_version: 1\ncycle: 2025-26\ndate: 2025\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("charter", f"{CHARTER}key_points:\n"),
        ("charter", f"{CHARTER}key_points:\n- {{id: 1, title: 2.50, aspects: []}}\nscale: [{{id: 0, label: 1}}]\n"),
        ("evaluation", f"{RATED}ratings:\n"),
        ("evaluation", f"{RATED}ratings:\n  a:\n  b: {{rating: , note: true, ideas: [1, no]}}\nactions:\n"),
        ("policy", "id: 2025\ntitle: true\nstatus: live\nstatutory: no\nreview: {every: 1 year}\n"),
        ("policy", "id: a\ntitle: t\nstatus: live\nstatutory: True\npeople: {TR: Tim, 1: One}\nnext_review:\n"),
        ("school", "name: 7\nurn: 119774\nformer_urns: ['012345']\nukprn: 10012345\ndfe_number: 888/4042\n"),
        (
            "school",
            "name: S\nshares_practice: Yes\ncharters:\n- {charter: c, signed: 2025, pledges: {a: 2025-09, b: }}\n",
        ),
        ("survey", "title: 2025\ndate: 2025-10\nsent: '420'\nresponses: 187\nquestions:\n"),
        ("visit", "date: 2026-03-12\nfindings: {a: {rating: 1}}\n"),
        ("translation", "charter: c\nversion: 1.10\nlanguage: no\n"),
        ("config", ""),
        ("config", "terms: {2025-26: {autumn: [2025-09-01, 2025-12-19]}}\ncharter:\n"),
    ],
)
def test_what_may_be_left_without_quotes_or_empty(kind, text):
    assert load(MODELS[kind], text.encode()).problems == ()
    assert mistakes(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("evaluation", f"{RATED}ratings: {{a: {{ratin: red}}}}\n", "ratings/a"),
        ("evaluation", f"{RATED}ratings: {{Gate Greeting: {{rating: red}}}}\n", "ratings"),
        ("evaluation", f"{RATED}ratings: {{a: amber}}\n", "ratings/a"),
        ("evaluation", f"{RATED}ratings: {{a: {{ideas: one}}}}\n", "ratings/a/ideas"),
        ("evaluation", f"{RATED}ratings: {{}}\nstatus: agred\n", "status"),
        ("evaluation", f"{RATED}ratings: {{}}\nactions: [{{aspect: a}}]\n", "actions/0"),
        ("evaluation", f"{RATED}ratings: {{}}\nactions: [{{action: a, due: 1/05/17}}]\n", "actions/0/due"),
        ("evaluation", RATED.replace("2025-26", "2025/26") + "ratings: {}\n", "cycle"),
        ("evaluation", RATED.replace("date: 2025", "date: 14 October 2025") + "ratings: {}\n", "date"),
        ("evaluation", RATED.replace("date: 2025", "date: 25") + "ratings: {}\n", "date"),
        ("evaluation", RATED.replace("date: 2025", "date:") + "ratings: {}\n", "date"),
        ("evaluation", RATED, ""),
        ("charter", f"{CHARTER}key_points: [{{id: a, title: A}}]\n", "key_points/0"),
        ("charter", f"{CHARTER}key_points: []\nscale: [{{id: red, label: R, colour: red}}]\n", "scale/0/colour"),
        ("policy", "id: a\ntitle: t\nstatus: live\nreview: {every: yearly}\n", "review/every"),
        ("policy", "id: a\ntitle: t\nstatus: live\nstatutory: maybe\n", "statutory"),
        ("policy", "id: a\ntitle: t\nstatus: live\nhistory: [{date: 2017, event: invented}]\n", "history/0/event"),
        ("school", "name: S\nurn: 1197\n", "urn"),
        ("school", "name: S\nphase: Junior\n", "phase"),
        ("school", "name: S\ndfe_number: 8884042\n", "dfe_number"),
        ("survey", "title: t\ndate: 2025\nquestions: []\nsent: about 400\n", "sent"),
        ("survey", "title: t\ndate: 2025\nquestions: []\nsent: -1\n", "sent"),
        ("visit", "outcome: passed\n", "outcome"),
        ("translation", "charter: c\nversion: 1\nlanguage: Welsh language\n", "language"),
        ("config", "organization: x\n", ""),
        ("config", "terms: {2025-26: {autumn: [2025-09-01]}}\n", "terms/2025-26/autumn"),
    ],
)
def test_typical_mistakes_are_marked_where_they_stand(kind, text, where):
    assert load(MODELS[kind], text.encode()).problems
    assert mistakes(kind, text) == [where]


# -- the editor never marks what check accepts


PLAIN = st.sampled_from(
    [
        "a",
        "x-1",
        "2025",
        "1",
        "1.10",
        "1e5",
        "1e-5",
        "0x1f",
        "0o7",
        "007",
        "true",
        "no",
        "True",
        "-1",
        ".5",
        ".inf",
        "a b",
    ]
)
TEXTS = st.one_of(PLAIN, st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=5))
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
DATES = st.one_of(
    st.integers(1800, 2999).map(str),
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
)
YEARS_OF_TERMS = st.integers(1800, 2998)
BY_NAME = {
    "text": TEXTS,
    "id": st.one_of(st.sampled_from(["2025", "1e5", "1e-5", "0x1f", "0o7", "true", "no"]), IDS),
    "count": st.from_regex(r"[0-9]{1,9}", fullmatch=True),
    "how-many": st.from_regex(r"[0-9]{1,9}|[0-9]{1,2}(\.[0-9]{1,6})? ?%|100%", fullmatch=True),
    "yes-or-no": st.sampled_from(["yes", "no", "Yes", "NO", "true", "False", "tRuE", "nO"]),
    "colour": st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True),
    "urn": st.from_regex(r"[1-9][0-9]{4,5}", fullmatch=True),
    "dfe-number": st.from_regex(r"[0-9]{3}/[0-9]{4}", fullmatch=True),
    "ukprn": st.from_regex(r"[1-9][0-9]{7}", fullmatch=True),
    "group-uid": st.from_regex(r"[1-9][0-9]{0,5}", fullmatch=True),
    "value": st.from_regex(r"-?[0-9]{1,3}(\.[0-9])?(%| families)?", fullmatch=True),
    "language": st.from_regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", fullmatch=True),
    "date": DATES,
    "due-date": st.one_of(
        DATES,
        st.builds(lambda year, term: f"{year}-{(year + 1) % 100:02}-{term}", YEARS_OF_TERMS, st.sampled_from(TERMS)),
        st.builds("{} {}".format, st.sampled_from(["autumn", "Spring", "summer term"]), YEARS_OF_TERMS),
    ),
    "cycle": st.builds(
        lambda year, term: f"{year}-{(year + 1) % 100:02}{term}",
        YEARS_OF_TERMS,
        st.sampled_from(["", "-autumn", "-spring", "-summer"]),
    ),
    "interval": st.one_of(
        st.sampled_from(["live", "as needed"]),
        st.builds("{} {}".format, st.integers(0, 9999), st.sampled_from(["year", "months", "weeks", "day"])),
    ),
    "span": st.builds("{}{}".format, st.integers(0, 9999), st.sampled_from(["d", " days", " day", "w", " weeks"])),
    "recurrence": TEXTS,
}


OWN = BY_NAME["id"].map(lambda name: f"x-{name}")
"""Keys of people's own, with anything behind them."""


def test_every_kind_of_value_is_tried():
    differ = set(BY_NAME) ^ {name for _, name, _ in schemas.SCALARS}
    assert not differ, f"BY_NAME makes values of each scalar of the models, and these differ: {sorted(differ)}"


@st.composite
def written(draw, schema, top):  # noqa: PLR0911 - a line for each shape
    """A value as people may write it, in brackets: one that the schema's own shape leads to, whatever it holds."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name == "empty":
            return ""
        if name in BY_NAME:
            text = draw(BY_NAME[name])
            is_plain = text.isascii() and text.replace(" ", "").replace("-", "").replace(".", "").isalnum()
            return text if is_plain and text[0] not in "-." and draw(st.booleans()) else json.dumps(text)
        return draw(written(top["definitions"][name], top))
    for key in ("allOf", "anyOf"):
        if key in schema:
            return draw(written(draw(st.sampled_from(schema[key])), top))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if "type" not in schema:
        return draw(st.sampled_from(("kept", "[1, {a: b}]", "")))
    if schema["type"] == "array":
        size = draw(st.integers(schema.get("minItems", 0), schema.get("maxItems", 2)))
        return "[" + ", ".join(draw(written(schema["items"], top)) for _ in range(size)) + "]"
    pairs = draw(keys(schema, top))
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in pairs) + "}"


@st.composite
def keys(draw, schema, top):
    """Keys with values: those there must be, and some of those there may be."""
    properties = schema.get("properties", {})
    chosen = draw(st.sets(st.sampled_from(sorted(properties)), max_size=5)) if properties else set()
    needed = {*schema.get("required", []), *draw(st.sampled_from(schema.get("anyOf", [{}]))).get("required", [])}
    pairs = [(key, properties[key]) for key in {*needed, *chosen}]
    free = [
        (value, OWN if key == "^x-" else BY_NAME["id"]) for key, value in schema.get("patternProperties", {}).items()
    ]
    others = schema.get("additionalProperties")
    for value, names in (*free, *([(others, TEXTS)] if isinstance(others, dict) else ())):
        pairs += [(key, value) for key in draw(st.sets(names, max_size=2))]
    return [(key, draw(written(value, top))) for key, value in pairs]


@pytest.mark.alike(3)
@pytest.mark.parametrize("kind", FILE_KINDS)
@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.filter_too_much],  # most texts are not right
)
@given(data=st.data())
def test_what_the_models_accept_the_schema_accepts(kind, data):
    text = "\n".join(f"{json.dumps(key)}: {value}" for key, value in data.draw(keys(shipped(kind), shipped(kind))))
    assume(is_right(kind, text.encode()))
    assert mistakes(kind, text) == []


def is_right(kind, data):
    """Whether check has nothing to say, not even of a word that it takes as meant: an editor offers the small one."""
    loaded = load(MODELS[kind], data)
    return not loaded.problems and not loaded.meant


@given(data=st.data())
def test_broken_files_that_check_accepts_the_schema_accepts(data):
    path = data.draw(st.sampled_from(sorted(FILES)))
    broken = data.draw(broken_bytes([(ROOT / path).read_bytes()]))
    kind = FILES[path]
    assume(is_right(kind, broken))
    assume(not parse(broken).empty)  # an unknown key without a value is not given, so check passes over it
    assert validator(kind).is_valid(read(decode(broken)[0]))
