"""The form as a page and as a PDF."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from charterkit.render.engine.environment import render
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.form.view import FormView

HTML, TYPST = "form.html.j2", "form.typ"


def form_html(view: FormView, root: Path | None) -> str:
    """One self-contained page, which reads well on a screen and which a browser prints."""
    return render(
        HTML,
        {**{field.name: getattr(view, field.name) for field in fields(view)}, "title": view.title, "source": None},
        root,
    )


def form_pdf(view: FormView, today: date) -> Paper:
    """The form on paper: PDF/UA-1."""
    shown = replace(view, source=None)  # the charter as a table is the workbook's alone
    return paper(TYPST, shown, title=view.title, author=view.school, when=today, lang=view.lang)
