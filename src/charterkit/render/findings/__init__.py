"""A check's result as text: one function a format, in one dict that drives the dispatch and the choices shown."""

from collections.abc import Callable

from charterkit.render.findings.as_json import as_json
from charterkit.render.findings.as_text import as_text
from charterkit.rules.check import CheckResult

FORMATS: dict[str, Callable[[CheckResult], str]] = {"text": as_text, "json": as_json}
