"""The language that a document is made in: the one asked for, else the workspace's."""

from collections.abc import Iterator
from contextlib import contextmanager

from charterkit.errors import Refused
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.languages import meant, named
from charterkit.insight.written import is_english
from charterkit.model.base import BadValue
from charterkit.model.language import language_tag
from charterkit.render.shared.voice import Voice
from charterkit.text.speech import ENGLISH, speaking


@contextmanager
def in_language(workspace: Workspace, voice: Voice, wanted: str | None = None) -> Iterator[None]:
    """Makes what is made inside in the language that is asked for, or that `charterkit.yaml` names.

    Where charterkit has no words of its own in it, that is said. Raises CharterkitError for what is no language's tag.
    """
    tag = _tag(wanted) if wanted else workspace.config.language or ENGLISH
    with speaking(ENGLISH if is_english(tag) else tag) as speech:
        if speech.catalogue is None and speech.asked != ENGLISH:
            voice.say(
                f"charterkit has no words of its own in {named(tag)}: the charter's are, where they are translated."
            )
        yield


def _tag(said: str) -> str:
    """A tag as it is usually written."""
    try:
        return language_tag(said)
    except BadValue as bad:
        close = meant(said)
        asked = f"Is {named(close)} meant? " if close else ""
        raise Refused("no-language", why=bad.message, remedy=f"{asked}{bad.remedy}") from None
