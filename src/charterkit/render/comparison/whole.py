"""All that `charterkit compare` shows: the views, and the same as JSON, CSV, Markdown and HTML."""

from charterkit.render.comparison.all_cycles import (
    AllCyclesView,
    all_cycles_csv,
    all_cycles_html,
    all_cycles_json,
    all_cycles_markdown,
    all_cycles_view,
)
from charterkit.render.comparison.data import compare_csv, compare_json
from charterkit.render.comparison.view import CompareView, compare_view

__all__ = [
    "AllCyclesView",
    "CompareView",
    "all_cycles_csv",
    "all_cycles_html",
    "all_cycles_json",
    "all_cycles_markdown",
    "all_cycles_view",
    "compare_csv",
    "compare_json",
    "compare_view",
]
