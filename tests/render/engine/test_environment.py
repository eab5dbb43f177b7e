import os
from dataclasses import dataclass

import pytest

from charterkit.errors import CharterkitError
from charterkit.render.engine.environment import render
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.resources import builtin

HOSTILE = """<script>alert(1)</script> "q" 'a' & [bold]b[/bold] **c** مرحبا 🎉 \x1b[31m \u202egnp {{ 7 * 7 }}"""


@dataclass(frozen=True)
class View:
    school: str = "St Joseph’s"
    note: str = HOSTILE
    ideas: tuple[str, ...] = ("one", "two")
    nothing: str | None = None


def write(root, name, text):
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def made(root, text, name="page.html.j2", view=None):
    write(root, name, text)
    return render(name, view or View(), root)


def refused(root, text, name="page.html.j2"):
    with pytest.raises(CharterkitError) as caught:
        made(root, text, name)
    return caught.value.message


# -- escaping


def test_html_is_escaped_and_invisible_characters_shown(tmp_path):
    out = made(tmp_path, '<p title="{{ note }}">{{ note }}</p>')
    assert "<script>" not in out
    assert "&#34;q&#34; &#39;a&#39; &amp;" in out
    assert "{{ 7 * 7 }}" in out
    assert "مرحبا 🎉" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    "printed",
    [
        "{{ note }}",
        "{{ note | upper | lower }}",
        '{{ "- " ~ note }}',
        "{% set x %}{{ note }}{% endset %}{{ x }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(note) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ note }}{% endcall %}",
        "{{ [note, note | inline] | join }}",
        '{{ "%s" | format(note) }}',
        '{{ "{}".format(note) }}',
        "{% for x in [note] recursive %}{{ x }}{% endfor %}",
        "{{ note | inline | replace('a', note) }}",
        "{{ (note | inline) ~ note }}",
        "{{ note | escape }}",
        "{{ note | forceescape }}",
        "{% filter trim %}{{ note }}{% endfilter %}",
        "{% autoescape true %}{{ note }}{% endautoescape %}",
        "{{ note | urlize }}",
        "{{ [note] | xmlattr_or_join if false else [note] | join(note) }}",
    ],
)
def test_markdown_cannot_be_printed_unescaped_by_forgetting(tmp_path, printed):
    try:
        out = made(tmp_path, f"# Note\n\n{printed}\n", "page.md.j2")
    except CharterkitError:
        return  # refused is as good
    assert "<script>" not in out
    assert "<a " not in out
    assert not out.replace("\\*", "").count("**")
    assert "\\[bold" in out
    assert "\x1b" not in out


def test_what_a_macro_makes_is_markdown_and_not_escaped_again(tmp_path):
    out = made(tmp_path, "{% macro m(a) %}**{{ a }}**{% endmacro %}{{ m('a*b') }}", "page.md.j2")
    assert out == "**a\\*b**\n"


def test_blocks_are_markdown_too(tmp_path):
    write(tmp_path, "frame.md.j2", "{% block a %}**{{ school }}**{% endblock %} {{ self.a() }}")
    text = "{% extends 'frame.md.j2' %}{% block a %}_{{ super() }}_{% endblock %}"
    assert made(tmp_path, text, "page.md.j2") == "_**St Joseph’s**_ _**St Joseph’s**_\n"


def test_nothing_is_printed_as_nothing(tmp_path):
    assert made(tmp_path, "a{{ nothing }}b") == "ab"
    assert made(tmp_path, "a{{ nothing }}b", "page.md.j2") == "ab\n"


def test_a_link_is_made_only_of_an_address_that_may_be_followed(tmp_path):
    view = {"good": 'https://example.org/?a="b"&c', "bad": "javascript:alert(1)"}
    out = made(tmp_path, "{{ good | link }} {{ bad | link }}", view=view)
    assert 'href="https://example.org/?a=&#34;b&#34;&amp;c"' in out
    assert out.count("<a ") == 1
    assert "<bdi>javascript:alert(1)</bdi>" in out


# -- where templates come from


def test_a_workspace_s_own_template_wins_and_can_extend_the_built_in_one(tmp_path):
    write(tmp_path, "base.html.j2", "{% extends 'builtin/base.html.j2' %}{% block footer %}Ours{% endblock %}")
    write(tmp_path, "page.html.j2", "{% extends 'base.html.j2' %}")
    assert "Ours" in render("page.html.j2", View(), tmp_path)
    assert "Content-Security-Policy" in render("page.html.j2", View(), tmp_path)


def test_built_in_only_looks_at_nothing_else(tmp_path):
    write(tmp_path, "base.html.j2", "Ours")
    assert render("base.html.j2", View(), tmp_path) == "Ours"
    assert "Ours" not in render("base.html.j2", View(), tmp_path, builtin_only=True)
    assert "Ours" not in render("base.html.j2", View(), None)


def test_own_tokens_go_over_the_built_in_ones(tmp_path):
    write(tmp_path, "tokens.json", '{"light": {"accent": "#123456"}}')
    out = made(tmp_path, "{{ tokens.light.accent }} {{ tokens.light.paper }}")
    assert out == f"#123456 {builtin_tokens()['light']['paper']}"


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "line 1, column 2"), ("[]", "in braces"), (b"\xff", "UTF-8"), ("[" * 100_000, "tokens.json")],
)
def test_tokens_with_a_mistake_are_a_sentence(tmp_path, text, said):
    write(tmp_path, "tokens.json", text)
    assert said in refused(tmp_path, "x")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "../../secret.txt",
        "/etc/passwd",
        "a/../../secret.txt",
        "..\\secret.txt",
        "C:\\secret.txt",
        "builtin/../../secret.txt",
        ".hidden",
        "",
        "a\0b",
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    (tmp_path / "secret.txt").write_text("TOP SECRET")
    root = tmp_path / "workspace"
    for text in (f"{{% include {name!r} %}}", f"{{% import {name!r} as x %}}", f"{{% extends {name!r} %}}"):
        assert "SECRET" not in refused(root, text)
    with pytest.raises(CharterkitError):
        render(name, View(), root)


def test_a_link_out_of_the_workspace_is_refused(tmp_path):
    (tmp_path / "secret.j2").write_text("TOP SECRET")
    root = tmp_path / "workspace"
    write(root, "x.html.j2", "")
    (root / "templates" / "out.html.j2").symlink_to(tmp_path / "secret.j2")
    (root / "templates" / "far").symlink_to(tmp_path)
    assert "leads out of the workspace" in refused(root, "{% include 'out.html.j2' %}")
    assert "leads out of the workspace" in refused(root, "{% include 'far/secret.j2' %}")


def test_a_whole_folder_that_is_a_link_out_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "base.html.j2").write_text("TOP SECRET")
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "templates").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CharterkitError, match="leads out"):
        render("base.html.j2", View(), tmp_path / "workspace")


def test_a_loop_of_links_and_a_pipe_do_not_hang(tmp_path):
    write(tmp_path, "x.html.j2", "")
    (tmp_path / "templates" / "loop.html.j2").symlink_to("loop.html.j2")
    assert "cannot be read" in refused(tmp_path, "{% include 'loop.html.j2' %}")
    os.mkfifo(tmp_path / "templates" / "pipe.html.j2")
    assert "no template 'pipe.html.j2'" in refused(tmp_path, "{% include 'pipe.html.j2' %}")


@pytest.mark.parametrize(("text", "said"), [(b"\xff\xfe", "UTF-8"), (b"x" * 1_048_577, "larger than 1 MiB")])
def test_a_file_that_is_no_template_is_a_sentence(tmp_path, text, said):
    write(tmp_path, "odd.html.j2", text)
    assert said in refused(tmp_path, "{% include 'odd.html.j2' %}")


# -- the sandbox


def outcome(root, text, name):
    """What came out, or the sentence that it was refused with."""
    try:
        return made(root, text, name)
    except CharterkitError as error:
        return error.message


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ school.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ tokens.light.update({'x': 1}) }}",
        "{{ tokens.clear() }}",
        "{{ '{0.__class__}'.format(school) }}",
        "{{ '{0.__class__.__mro__}' | format(school) }}{{ ''.__class__ }}",
        "{{ range(10000000) }}",
        "{{ 'x' * 100000000 }}",
        "{{ 100000000 * 'x' }}",
        "{{ [1] * 100000000 }}",
        "{{ 9 ** 99999999 }}",
        "{{ '%1000000000d' % 1 }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{{ m(n + 1) if n < 60 }}{{ m(n + 1) if n < 60 }}{% endmacro %}{{ m(1) }}",
        "{% include 'page.html.j2' %}",
    ],
)
def test_the_sandbox_holds(tmp_path, text):
    for name in ("page.html.j2", "page.md.j2"):
        said = outcome(tmp_path, text.replace("page.html.j2", name), name)
        assert "templates/page" in said or ("class" not in said and len(said) < 10_000)
    assert builtin_tokens()["light"]["paper"]


# -- mistakes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n{% if %}", "templates/page.html.j2, line 2"),
        ("one\n\n{{ shcool }}", "templates/page.html.j2, line 3: there is no 'shcool' here."),
        ("{{ view.nope }}", "there is no 'view' here"),
        ("\n{% if school.nmae %}{% endif %}", "line 2: there is no 'nmae' here."),
        ("\n{{ tokens.light.acent }}", "line 2: there is no 'acent' here; did you mean 'accent'?"),
        ("\n\n\n{{ ''.__class__ }}", "line 4: '__class__' may not be used in a template."),
        ("{{ range(10000000) }}", "line 1: a range in it is too large."),
        ("x\n{% include 'gone.html.j2' %}", "line 2: there is no template 'gone.html.j2'."),
        ("x\n{% include '../x' %}", "line 2: '../x' is no name of a template"),
        ("{{ 1 / 0 }}", "line 1: it cannot be worked out (division by zero)."),
        ("{{ school + 1 }}", "line 1: it cannot be worked out"),
        ("{{ school | nofilter }}", "line 1: No filter named 'nofilter'"),
        ("{% for a in range(99999) %}\n{% for b in range(99999) %}{% endfor %}{% endfor %}", "too often"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end"),
    ],
)
def test_a_mistake_is_a_sentence_with_file_and_line(tmp_path, text, said):
    message = refused(tmp_path, text)
    assert said in message
    assert message.endswith(".")
    assert "\n" not in message


def test_a_mistake_in_an_included_file_names_that_file(tmp_path):
    write(tmp_path, "part.html.j2", "\n\n{{ gone }}")
    assert "templates/part.html.j2, line 3" in refused(tmp_path, "\n{% include 'part.html.j2' %}")
    write(tmp_path, "part.html.j2", "\n{% endfor %}")
    assert "templates/part.html.j2, line 2" in refused(tmp_path, "\n{% include 'part.html.j2' %}")


def test_a_template_there_is_none_of(tmp_path):
    with pytest.raises(CharterkitError, match=r"There is no template 'gone\.html\.j2'") as caught:
        render("gone.html.j2", View(), tmp_path)
    assert "templates/" in caught.value.hint


def test_a_fault_of_the_program_s_own_is_not_blamed_on_a_template(tmp_path):
    with pytest.raises(TypeError):
        render("base.html.j2", 7, tmp_path)


# -- the built-in pages


@pytest.mark.parametrize("path", sorted((builtin() / "templates").glob("*.j2")), ids=lambda path: path.name)
def test_no_built_in_template_marks_people_s_text_as_safe(path):
    text = path.read_text(encoding="utf-8")
    assert "| safe" not in text
    assert "|safe" not in text
    assert "<script" not in text
    assert "http://" not in text.replace("http-equiv", "")
