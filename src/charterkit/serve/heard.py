"""What the making of something says on its way, kept for the page that shows it."""

from dataclasses import field

from charterkit.records import dataclass


@dataclass
class Heard:
    """A voice that keeps what it is told, in its order."""

    notices: list[str] = field(default_factory=list)

    def say(self, message: str) -> None:
        """What may be left away."""
        self.notices.append(message)

    def warn(self, message: str) -> None:
        """What has to be read."""
        self.notices.append(message)
