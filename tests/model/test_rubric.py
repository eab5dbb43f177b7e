"""The built-in charter's rubric: whole, short, plain, and nothing said twice."""

import re
from collections import Counter

import pytest
import yaml

from charterkit.model.charter import Aspect, Charter
from charterkit.resources import builtin

PATH = builtin() / "charters/community-engagement-v1.yaml"
CHARTER = Charter.model_validate(yaml.load(PATH.read_bytes(), yaml.CSafeLoader))
SCHOOLS = re.compile("selwyn|portway|kingsgate|ravensfield|oakmeadow|islington|learning trust", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(may|might|could|should|some|sometimes|certain|appropriate\w*|effective\w*|various)\b", re.IGNORECASE
)


def is_one_sentence(text: str) -> bool:
    return text.endswith(".") and not re.search(r"[.?!;]\s", text)


def words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text)


@pytest.mark.parametrize("aspect", CHARTER.aspects.values(), ids=CHARTER.aspects)
def test_an_aspect_says_what_each_level_looks_like_and_what_comes_next(aspect: Aspect) -> None:
    assert list(aspect.levels) == ["red", "amber", "green"]
    assert list(aspect.next) == ["red", "amber"], "nothing comes after green"
    for texts, fewest, most in ((aspect.levels, 10, 28), (aspect.next, 8, 20)):
        for text in texts.values():
            assert is_one_sentence(text), text
            assert fewest <= len(words(text)) <= most, text
            assert not SCHOOLS.search(text), text
            assert not VAGUE.search(text), text
    amber = aspect.levels["amber"]
    assert len(words(amber)) <= 25, "nobody keeps more of it in mind"
    assert words(amber).count("or") <= 2, "two alternatives beside the first: more are a list"


def test_one_thing_has_one_word() -> None:
    assert not re.search("telephone", PATH.read_text(encoding="utf-8"), re.IGNORECASE), "levels say phone"


def test_a_key_point_is_told_in_two_or_three_sentences_with_practice_and_its_sources() -> None:
    known = {reference.id for reference in CHARTER.references}
    for point in CHARTER.key_points:
        assert 2 <= len(re.findall(r"[.?!](?:\s|$)", point.detail or "")) <= 3, point.id
        assert point.examples, point.id
        assert all(example.school and is_one_sentence(example.text) for example in point.examples), point.id
        assert point.sources, point.id
        assert set(point.sources) <= known, point.id


def test_nothing_is_said_twice() -> None:
    said = Counter[str]()
    for aspect in CHARTER.aspects.values():
        said.update([*aspect.levels.values(), *aspect.next.values(), *(example.text for example in aspect.examples)])
    for point in CHARTER.key_points:
        said.update([point.detail or "", *(example.text for example in point.examples)])
    assert max(said.values()) == 1, said.most_common(1)
