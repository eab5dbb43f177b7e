"""The language that a document is made in: the one asked for, else the workspace's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.cli.options import Session


@contextmanager
def in_language(call: "Session", wanted: str | None) -> Iterator[None]:
    """Makes what is made inside in the language that is asked for, or that `charterkit.yaml` names.

    Where charterkit has no words of its own in it, that is said. Raises CharterkitError for what is no language's tag.
    """
    from charterkit.insight.written import is_english
    from charterkit.text.speech import ENGLISH, speaking

    tag = _tag(wanted) if wanted else call.workspace.config.language or ENGLISH
    with speaking(ENGLISH if is_english(tag) else tag) as speech:
        if speech.catalogue is None and speech.asked != ENGLISH:
            from charterkit.insight.translations.languages import named

            call.say(
                f"charterkit has no words of its own in {named(tag)}: the charter's are, where they are translated."
            )
        yield


def _tag(said: str) -> str:
    """A tag as it is usually written."""
    from charterkit.insight.translations.languages import meant, named
    from charterkit.model.base import BadValue
    from charterkit.model.language import language_tag

    try:
        return language_tag(said)
    except BadValue as bad:
        close = meant(said)
        asked = f"Is {named(close)} meant? " if close else ""
        raise Refused("no-language", why=bad.message, remedy=f"{asked}{bad.remedy}") from None
