"""A check's result as text: a module and a function a format, of which a call loads the one that it wants."""

from importlib import import_module

from charterkit.findings import CheckResult
from charterkit.render.findings.style import PLAIN, Format, Style


def _format(name: str) -> Format:
    def said(result: CheckResult, style: Style = PLAIN) -> str:
        text: str = getattr(import_module(f"{__name__}.as_{name}"), f"as_{name}")(result, style)
        return text

    return said


FORMATS: dict[str, Format] = {name: _format(name) for name in ("text", "concise", "json", "github", "sarif", "junit")}
