import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from charterkit.insight.evaluations.compare import compare
from charterkit.render.comparison.all_cycles import all_cycles_view
from charterkit.render.comparison.terminal import all_cycles_renderable, compare_renderable
from charterkit.render.comparison.view import compare_view
from tests.render.samples import CHARTER, TODAY, after, compared, example, history, small


def printed(renderable, width=80, color=False):
    out = io.StringIO()
    Console(
        file=out, width=width, force_terminal=color, no_color=not color, color_system="truecolor" if color else None
    ).print(renderable)
    return out.getvalue()


def shown(workspace):
    folder = workspace.school("st-josephs")
    return (
        compare_renderable(compare_view(folder, compared(workspace), today=TODAY)),
        all_cycles_renderable(all_cycles_view(folder, history(workspace), workspace.versions("small"))),
    )


def test_a_level_is_a_letter_a_word_and_a_shape_without_colour(tmp_path):
    out = printed(shown(small(tmp_path))[0])
    assert "■ R Red" in out
    assert "● G Green  →  ▲ A Amber" in out
    assert "↓ Fell back (1)" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_the_terminal(width):
    _, folder, found, versions = example()
    one = compare_renderable(compare_view(folder, compare(found[1], found[2], versions, found), today=TODAY))
    every = all_cycles_renderable(all_cycles_view(folder, found, versions))
    for renderable in (one, every):
        lines = printed(renderable, width).splitlines()
        assert max(cell_len(line) for line in lines) <= width
    assert "OVERDUE" not in printed(one)


def test_the_newest_plan_marks_what_is_overdue():
    _, folder, found, versions = example()
    out = printed(compare_renderable(compare_view(folder, compare(found[2], found[3], versions, found), today=TODAY)))
    assert out.count("OVERDUE") == 1


def test_people_s_text_is_neither_markup_nor_a_command_to_the_terminal(tmp_path):
    hostile = "'[bold red]x[/bold red] [link=https://evil.example]y[/link] \u202eesrever'"
    charter = CHARTER.replace("text: Somebody is at the gate", f"text: {hostile}")
    action = '[{action: "[red]z[/red] \\x1b]0;title\\x07", owner: "[/]"}]'
    workspace = small(
        tmp_path,
        {"charters/small.yaml": charter, **after("ratings: {gate: {rating: amber}}\n", f"actions: {action}\n")},
    )
    for renderable in shown(workspace):
        out = printed(renderable)
        assert "[bold red]" in out
        assert "\u202e" not in out
        assert "\x1b" not in out
        assert "\x07" not in out
    assert "[red]z[/red] �]0;title�" in printed(shown(workspace)[0])


def test_levels_have_their_colours_where_there_are_any(tmp_path):
    out = printed(shown(small(tmp_path))[0], color=True)
    assert "48;2;122;0;25" in out
