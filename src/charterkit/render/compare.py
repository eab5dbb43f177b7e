"""All that `charterkit compare` shows: the views, and the same as JSON, CSV, Markdown and HTML."""

from charterkit.render.all_cycles import (
    AllCyclesView,
    all_cycles_csv,
    all_cycles_html,
    all_cycles_json,
    all_cycles_markdown,
    all_cycles_view,
)
from charterkit.render.compare_data import compare_csv, compare_json
from charterkit.render.comparison import CompareView, compare_view

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
