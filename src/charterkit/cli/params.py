"""Options that several commands share: how each is spelt, what may stand there, and what Tab offers."""

from typing import Any

import typer

from charterkit.documents import DOCUMENTS


def format_option(name: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """`--format` of a document, with its formats."""
    formats = list(DOCUMENTS[name].formats)
    usual = "a table" if formats[0] == "table" else formats[0]
    return typer.Option("--format", metavar="|".join(formats), help=f"Otherwise told from the file's name; {usual}.")
