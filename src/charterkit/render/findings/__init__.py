"""A check's result as text: one function a format, in one dict that drives the dispatch and the choices shown."""

from charterkit.render.findings.as_concise import as_concise
from charterkit.render.findings.as_github import as_github
from charterkit.render.findings.as_json import as_json
from charterkit.render.findings.as_junit import as_junit
from charterkit.render.findings.as_sarif import as_sarif
from charterkit.render.findings.as_text import as_text
from charterkit.render.findings.style import Format

FORMATS: dict[str, Format] = {
    "text": as_text,
    "concise": as_concise,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
