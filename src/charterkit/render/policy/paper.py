"""One policy's control page on paper."""

from dataclasses import fields
from datetime import date

from charterkit.files.texts import Text
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.policy.blocks import Block, plain_blocks, text_blocks
from charterkit.render.policy.view import PolicyView

TEMPLATE = "policy.typ"


def policy_paper(view: PolicyView, text: Text | None, today: date) -> Paper:
    """The page as a tagged PDF, with the policy's own text, which `view` holds as HTML, as blocks.

    Raises CharterkitError where typst or a font is missing.
    """
    whole = {field.name: getattr(view, field.name) for field in fields(view)}
    return paper(
        TEMPLATE,
        {**whole, "text": _blocks(text, view.title)},
        title=f"{view.title}: {view.school}",
        author=view.school,
        when=today,
    )


def _blocks(text: Text | None, title: str) -> tuple[Block, ...]:
    if text is None or not text.text.strip():
        return ()
    return plain_blocks(text.text) if text.name.lower().endswith(".txt") else text_blocks(text.text, title)
