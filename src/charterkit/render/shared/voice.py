"""Whom the making of a document tells what there is to say: the command line says it aloud, a page may collect it."""

from typing import Protocol


class Voice(Protocol):
    """Takes sentences for the person, as they come up."""

    def say(self, message: str) -> None:
        """What may be left away."""

    def warn(self, message: str) -> None:
        """What has to be read."""
