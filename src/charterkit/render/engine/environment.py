"""One function that turns a view into a document: `render`."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from charterkit.errors import NotThere, Refused
from charterkit.render.engine.pdf import direction
from charterkit.render.engine.sandbox import Fence, MarkdownFence, TextFence, TooMuchError
from charterkit.render.engine.templates import BUILTIN_NAME, FOLDER, RefusedError, Templates
from charterkit.text.safe import visible
from charterkit.text.speech import page_language

_GAPS = re.compile(r"\n{3,}")
_MISTAKES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""What a template can run into; a fault of the program's own has no template in its way and goes on."""


def render(template_name: str, view: object, root: Path | None, *, builtin_only: bool = False) -> str:
    """A view as the named template has it, such as "report.html.j2".

    The view is a dataclass or a mapping; its fields are the template's variables, besides `tokens` and `site`, the way
    through a site, which is None on a page of its own. Templates of the workspace at `root` come before the built-in
    ones, unless `builtin_only`: what runs on other people's files must not run their templates. Raises CharterkitError
    that names the template's file and line.
    """
    templates = Templates(None if builtin_only else root)
    is_markdown = template_name.endswith(".md.j2")
    environment = fence(template_name)(templates)
    try:
        variables = {"tokens": templates.tokens(), "site": None, **_page(), **_variables(view)}
        made = environment.get_template(template_name).render(variables)
    except _MISTAKES as error:
        raise _mistake(error, template_name, templates) from error
    made = visible(made)
    return _GAPS.sub("\n\n", made).strip("\n") + "\n" if is_markdown else made


_FENCES: dict[str, type[Fence]] = {".md.j2": MarkdownFence, ".txt.j2": TextFence}
"""By the template's ending; HTML for every other one."""


def fence(template_name: str) -> type[Fence]:
    """The environment in which the named template is compiled and filled in."""
    return next((item for ending, item in _FENCES.items() if template_name.endswith(ending)), Fence)


def _page() -> dict[str, str]:
    """The language that a page is in, and the way it runs."""
    language = page_language()
    return {"page_lang": language, "page_dir": direction(language)}


def _variables(view: object) -> dict[str, Any]:
    if is_dataclass(view):
        return {field.name: getattr(view, field.name) for field in fields(view)}
    if isinstance(view, Mapping):
        return dict(view)
    raise TypeError(f"a view is a dataclass or a mapping, not {type(view).__name__}")


def _mistake(error: Exception, asked: str, templates: Templates) -> Exception:
    """The exception as a sentence with file and line; itself where no template had a part in it."""
    where = _place(error, templates)
    if isinstance(error, TemplateNotFound) and error.name == asked:
        return NotThere("no-template", asked=asked, folder=FOLDER)
    if not where and not isinstance(error, TemplateError):
        return error
    if not where:
        return Refused("template-unusable", error=_words(error), folder=FOLDER)
    if isinstance(error, TooMuchError) and where.startswith(BUILTIN_NAME):
        return Refused("too-much")
    return Refused("template-mistake", where=where, error=_words(error), folder=FOLDER)


_TOO_MUCH = "Ask for one school, for fewer things, or for CSV or JSON, which hold any number."
_HINT = f"Mend it, or take it out of the folder {FOLDER}/: then the built-in one is used."


def _place(error: Exception, templates: Templates) -> str:
    """The file and line nearest to the mistake: "templates/report.html.j2, line 12"."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or 'a template'}, line {error.lineno}"
    place = ""
    frame = error.__traceback__
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename
        if name in templates.used:
            place = f"{name}, line {frame.tb_lineno}"
        frame = frame.tb_next
    return place


def _words(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{error.name}'"
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    if isinstance(error, MemoryError):
        return "it makes a text that fills the computer's memory"
    if isinstance(error, OverflowError):
        return "a range in it is too large"
    text = visible(str(getattr(error, "message", None) or error)).strip().rstrip(".")
    if not text:
        return "it cannot be read"
    return text if isinstance(error, TemplateError | RefusedError) else f"it cannot be worked out ({text})"
