"""A charter's text has one hash, which its words change and its layout does not."""

import pytest

from charterkit.insight.charter_text import text_hash
from charterkit.model.charter import Charter

POINT: dict[str, object] = {
    "id": "gate",
    "title": "At the gate",
    "aspects": [{"id": "greeting", "text": "Somebody greets"}],
}
PLAIN: dict[str, object] = {
    "id": "welcome",
    "version": "1",
    "title": "Welcome",
    "status": "draft",
    "key_points": [POINT],
}


def _hash(**changed: object) -> str:
    return text_hash(Charter.model_validate({**PLAIN, **changed}))


def test_order_status_and_contacts_are_no_part_of_the_text() -> None:
    turned = Charter.model_validate(dict(reversed(PLAIN.items())))
    assert text_hash(turned) == _hash() == _hash(status="published") == _hash(contacts=[{"role": "Adviser"}])
    assert len(_hash()) == len("sha256:") + 64


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Welcome!"},
        {"version": "2"},
        {"met_at": "amber"},
        {"key_points": [{**POINT, "detail": "Every morning"}]},
        {"awards": [{"id": "met", "label": "Met", "needs": "green"}]},
    ],
)
def test_what_is_asked_meant_and_awarded_is(changed: dict[str, object]) -> None:
    assert _hash(**changed) != _hash()
