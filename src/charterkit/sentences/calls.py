"""Errors about the call itself: options, formats, schools and charters that are named."""

SENTENCES: dict[str, tuple[str, ...]] = {}
