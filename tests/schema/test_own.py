"""Evaluations and visits held to the charter they name: its aspects, levels and focus groups."""

import json

import jsonschema
import pytest

from charterkit.model.charter import Charter
from charterkit.schema.own import of_charter, of_workspace, spellings
from charterkit.schema.shipped import shipped

from .editors import mistakes


def charter(name, version, *aspects, **more):
    points = [{"id": "k", "title": "K", "aspects": [{"id": one, "text": f"About {one}"} for one in aspects]}]
    return Charter.model_validate(
        {"id": name, "version": version, "title": "T", "status": "draft", "key_points": points, **more}
    )


ONE = charter("c", "1", "gate", "door", focus_groups=[{"id": "eal", "name": "Learning English"}])
TWO = charter(
    "c",
    "2",
    "gate",
    "2025",
    scale=[{"id": "no", "label": "No", "meaning": "Not yet"}, {"id": "yes", "label": "Yes"}],
)
OTHER = charter("other", "1", "window")
HEAD = "charter: {}\ncharter_version: {}\ncycle: 2025-26\ndate: 2025-10\n"


def evaluation(name, version, ratings, actions="[]"):
    return HEAD.format(name, version) + f"ratings: {ratings}\nactions: {actions}\n"


def test_the_aspects_are_keys_with_their_text_as_help():
    schema = of_charter("evaluation", ONE)
    jsonschema.Draft7Validator.check_schema(schema)
    aspects = schema["properties"]["ratings"]["anyOf"][0]["properties"]
    assert {key: one["description"] for key, one in aspects.items()} == {"gate": "About gate", "door": "About door"}
    levels = schema["definitions"]["Rating"]["properties"]["rating"]
    assert levels["anyOf"][0]["enum"] == ["red", "amber", "green", "not-applicable"]
    assert "amber (Partly in place, or not yet for every family)" in levels["description"]
    groups = schema["definitions"]["Rating"]["properties"]["groups"]["anyOf"][0]["properties"]
    assert groups["eal"]["description"] == "Learning English"


def test_the_detail_is_help_too():
    found = charter("c", "1", "gate").model_dump(mode="json")
    found["key_points"][0]["aspects"][0]["detail"] = "Whatever the weather."
    schema = of_charter("evaluation", Charter.model_validate(found))
    help_text = schema["properties"]["ratings"]["anyOf"][0]["properties"]["gate"]["description"]
    assert help_text == "About gate\n\nWhatever the weather."


GOOD = "{gate: {rating: amber, groups: {eal: red}}, door: {rating: not-applicable, reason: none}}"


@pytest.mark.parametrize("schema", [of_charter("evaluation", ONE), of_workspace("evaluation", [TWO, ONE, OTHER])])
class TestOneCharter:
    def test_what_it_has_is_accepted(self, schema):
        assert mistakes(schema, evaluation("c", "'1'", GOOD, "[{action: a, aspect: gate}]")) == []
        assert mistakes(schema, evaluation("c", 1, "{gate: , door: {rating: }}")) == []
        assert mistakes(schema, evaluation("c", 1, "", "")) == []

    @pytest.mark.parametrize(
        ("ratings", "actions", "where"),
        [
            ("{gaet: {rating: red}}", "[]", "ratings"),
            ("{gate: {rating: blue}}", "[]", "ratings/gate/rating"),
            ("{gate: {rating: red, groups: {nobody: red}}}", "[]", "ratings/gate/groups"),
            ("{gate: {rating: red, groups: {eal: not-applicable}}}", "[]", "ratings/gate/groups/eal"),
            ("{gate: {ratin: red}}", "[]", "ratings/gate"),
            ("{}", "[{action: a, aspect: gaet}]", "actions/0/aspect"),
            ("{}", "[{aspect: gate}]", "actions/0"),
        ],
    )
    def test_what_it_has_not_is_marked(self, schema, ratings, actions, where):
        assert mistakes(schema, evaluation("c", 1, ratings, actions)) == [where]


class TestAWorkspace:
    def test_each_file_is_held_to_the_version_it_names(self):
        schema = of_workspace("evaluation", [TWO, ONE, OTHER])
        jsonschema.Draft7Validator.check_schema(schema)
        assert mistakes(schema, evaluation("c", 2, "{gate: {rating: yes}, 2025: {rating: no}}")) == []
        assert mistakes(schema, evaluation("c", 2, "{door: {rating: yes}}")) == ["ratings"]
        assert mistakes(schema, evaluation("c", 1, "{gate: {rating: yes}}")) == ["ratings/gate/rating"]
        assert mistakes(schema, evaluation("other", 1, "{window: {rating: red}}")) == []
        assert mistakes(schema, evaluation("c", 2, "{}", "[{action: a, aspect: 2025}]")) == []

    def test_a_charter_it_does_not_have_is_only_held_to_the_format(self):
        schema = of_workspace("evaluation", [ONE])
        assert mistakes(schema, evaluation("away", 1, "{anything: {rating: blue}}", "[{action: a}]")) == []
        assert mistakes(schema, evaluation("away", 1, "{anything: {ratin: blue}}")) == ["ratings/anything"]
        assert mistakes(schema, evaluation("away", 1, "{}", "[{aspect: a}]")) == ["actions/0"]

    def test_versions_that_look_alike_without_quotes_are_told_apart_only_with_them(self):
        schema = of_workspace("evaluation", [charter("c", "1.10", "old"), charter("c", "1.1", "new")])
        assert mistakes(schema, evaluation("c", "1.1", "{old: {}, new: {}, any: {}}")) == []
        assert mistakes(schema, evaluation("c", "'1.1'", "{old: {}}")) == ["ratings"]
        assert mistakes(schema, evaluation("c", "'1.10'", "{old: {}}")) == []

    def test_without_charters_it_is_the_shipped_one(self):
        assert of_workspace("visit", []) == shipped("visit")

    def test_a_visit(self):
        schema = of_workspace("visit", [ONE])
        head = "charter: c\ncharter_version: '1'\n"
        assert mistakes(schema, head + "findings: {gate: {rating: green, note: n}}\n") == []
        assert mistakes(schema, head + "findings: {gaet: {rating: green}}\n") == ["findings"]
        assert mistakes(schema, head + "findings: {gate: {rating: blue}}\n") == ["findings/gate/rating"]
        assert mistakes(schema, "date: 2026-03-12\nfindings: {any: {rating: blue}}\n") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1", ["1", 1]),
        ("1.0", ["1.0", 1]),
        ("1.10", ["1.10", 1.1]),
        ("1e2", ["1e2", 100]),
        ("1e999", ["1e999"]),
        ("9" * 400, ["9" * 400]),
        ("true", ["true", True]),
        ("no", ["no"]),
        ("1-a", ["1-a"]),
    ],
)
def test_spellings(text, words):
    assert spellings(text) == words
    assert json.loads(json.dumps(spellings(text))) == words
