"""What authors are warned of holds: the words of commands are the guide's own, and a poster's limits the poster's."""

from charterkit.files.load import load
from charterkit.insight.evaluations.answers import NOT_APPLICABLE_WORDS
from charterkit.insight.poster_points import parts_of, poster_lists
from charterkit.model.charter import Charter
from charterkit.rules.authors import COMMAND_WORDS
from charterkit.session.answer_keys import GuideAnswers

CHARTER = """\
id: small
version: "1"
title: Small
status: draft
focus_groups: [{id: boys, name: Boys}]
scale: [{id: left, label: Left}, {id: right, label: Right}]
key_points:
"""


def charter(parts: list[str]) -> Charter:
    points = [
        f"  - {{id: p-{at}, title: P, aspects: [{{id: a-{at}, text: T}}]{f', part: {part}' if part else ''}}}\n"
        for at, part in enumerate(parts)
    ]
    found = load(Charter, (CHARTER + "".join(points)).encode()).model
    assert found
    return found


def test_every_word_that_the_guide_knows_is_a_word_of_command() -> None:
    words = {word for word in GuideAnswers(charter([""])).words if len(word) > 1} - {"left", "right"}
    assert words - NOT_APPLICABLE_WORDS <= COMMAND_WORDS


def test_a_poster_lists_key_points_or_their_parts() -> None:
    assert poster_lists(charter([""] * 30)) == "key points"
    assert poster_lists(charter([""] * 31)) == ""
    assert poster_lists(charter(["A"] * 12 + ["B"] * 13)) == "parts"
    assert poster_lists(charter([f"Part {at}" for at in range(31)])) == ""
    assert parts_of(charter(["B", "A", "B"])) == ("B", "A")
    assert parts_of(charter(["B", ""])) == ()
