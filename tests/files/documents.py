"""Random YAML files in every style that people and editors write."""

from hypothesis import strategies as st

KEYS = ["a", "b", "note", "gate-greeting", "x1", "ratings", "ideas"]
WORDS = [
    "red",
    "it's",
    "a b",
    "x",
    "Über",
    "😀",
    "2025-10",
    "yes",
    "12:30",
    "#",
    "a: b",
    "- c",
    "",
    " s ",
    "l\nm",
    "سلام",
]


@st.composite
def scalar(draw, indent, flow):
    """A value's text behind its key or dash, with the blank in front."""
    text = draw(st.sampled_from(WORDS))
    quoted = ' "' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    choices = [quoted, " '" + text.replace("'", "''").replace("\n", " ") + "'"]
    if text in ("red", "it's", "a b", "x", "Über", "2025-10", "yes", "سلام"):
        choices += [f" {text}", f"  {text}"]
    if not flow:
        pad = " " * (indent + draw(st.integers(1, 3)))
        blank = draw(st.sampled_from(["", "\n", "\n\n", f"\n{pad}", "\n "]))
        head = draw(st.sampled_from(["|", "|-", "|+", ">", ">-", ">+", "| # c", "|+  # d"]))
        choices += [
            f" {head}\n{pad}one\n\n{pad}  two{blank}",
            f" {head}\n{pad}only{blank}",
            "",
            "   # empty",
            " plain\n" + pad + "folded",
        ]
    return draw(st.sampled_from(choices))


def _comment(draw):
    return draw(st.sampled_from(["", "", "", " # c", "   # it's: [x"]))


@st.composite
def flow(draw, depth):
    """A value in brackets."""
    kind = draw(st.sampled_from(["{}", "[]", "{", "["])) if depth < 3 else draw(st.sampled_from(["{}", "[]", "[ ]"]))
    if kind not in ("{", "["):
        return f" {kind}"
    inner = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=3)):
        value = draw(st.one_of(flow(depth + 1), scalar(0, flow=True)))
        inner.append(f"{key}:{value}" if kind == "{" else value.strip())
    comma = draw(st.sampled_from([", ", ",", " , ", ",\n        "]))
    tail = draw(st.sampled_from(["", " ", ",", "\n        "]))
    return f" {kind}{comma.join(inner)}{tail}{'}' if kind == '{' else ']'}"


@st.composite
def block(draw, indent, depth):
    """Lines of a mapping or list at an indentation."""
    is_list = draw(st.booleans()) if depth else False
    pad = " " * indent
    lines = []
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=4))
    for key in keys:
        head = f"{pad}-" if is_list else f"{pad}{draw(st.sampled_from([key, chr(34) + key + chr(34)]))}:"
        lines += draw(st.sampled_from([[], [], [f"{pad}# about {key}"], [""], ["      # odd"]]))
        form = draw(st.sampled_from(["scalar", "flow", "block", "indentless"])) if depth < 3 else "scalar"
        if form == "block":
            lines += [head + _comment(draw), *draw(block(indent + draw(st.integers(1, 4)), depth + 1))]
        elif form == "indentless" and not is_list:
            lines += [
                head,
                *[f"{pad}- {word}" for word in draw(st.lists(st.sampled_from(["x", "'y'"]), min_size=1, max_size=2))],
            ]
        else:
            value = draw(flow(depth) if form == "flow" else scalar(indent, flow=False))
            lines.append(
                head + value + (_comment(draw) if "\n" not in value and "|" not in value and ">" not in value else "")
            )
    return lines


@st.composite
def files(draw):
    """A whole file."""
    lines = draw(block(0, 0))
    text = "\n".join(draw(st.sampled_from([[], ["# top", ""], ["---"]])) + lines)
    text += draw(st.sampled_from(["", "\n", "\n\n# end\n", "\n  \n", "\n# end"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text
