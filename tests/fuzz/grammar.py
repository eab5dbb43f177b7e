"""Texts out of the odd corners of YAML's grammar, around the keys of real files; most are refused, some are read."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

KEYS = (
    "charter", "charter_version", "cycle", "date", "status", "ratings", "gate-greeting", "open-door", "rating", "note",
    "ideas", "groups", "evidence", "kind", "path", "url", "actions", "action", "due", "owner", "aspect", "id", "title",
    "key_points", "aspects", "text", "scale", "label", "name", "members", "history", "event", "review", "every",
    "commitments", "when", "contacts", "email", "language", "version", "<<", "=", "y", "null", "~", "", "a" * 1030,
)  # fmt: skip
WORDS = (
    "community-engagement", "small", "1", "green", "red", "Red", "not-applicable", "2025-26-autumn", "2025-10-14",
    "14/10/2025", "1/05/17", "draft", "published", "1 year", "live", "regularly", "survey", "document", "null", "~", "no",
    "0x1F", "1_000", "12:30:45", ".inf", "-", "--- a", "http://a:b", "javascript:x", "a b", "é", "文字", "à", "👩‍👩‍👧", "\u202e",
    "07700 900123", "jo@mail.example", "../../x", "/etc/passwd", "C:\\x", "a\0b", "x" * 300,
)  # fmt: skip
BREAKS = ("\n", "\r\n", "\r", "\n\n", "\x85", "\u2028", "\u2029", "\n \n", "\n\t\n", "\n# a remark\n", "\n#\n")
ANCHORS = (
    "",
    "",
    "",
    "",
    "&a ",
    "&a\n",
    "&é ",
    "& ",
    "!t ",
    "!!str ",
    "!!map ",
    "!<tag:x> ",
    "! ",
    "!a!b ",
    "&a !t ",
    "!!binary ",
)
ESCAPES = (
    r"\0", r"\a", r"\x41", r"\u00e9", r"\U0001F600", r"\ud800", r"\udc00\ud800", r"\ud83d\ude00", r"\N", r"\_", r"\L",
    r"\P", r"\e[31m", r"\/", "\\\n", "\\ ", r"\q", r"\x4", r"\u12", r"\U00110000", "\\", '""', "''", "\t", "\ufeff", "#", ": ",
)  # fmt: skip
DIRECTIVES = (
    "", "", "", "", "---\n", "--- ", "--- # a\n", "%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%YAML 3.0\n---\n", "%TAG ! tag:a,2000:\n---\n",
    "%FOO bar\n---\n", "%YAML 1.1\n%YAML 1.1\n---\n", "\ufeff", "\ufeff\ufeff", "# only a remark\n", "...\n", "%", "---\n---\n", "\t", " ",
)  # fmt: skip
ENDS = (
    "",
    "\n",
    "\n...\n",
    "\n---\n",
    "\n--- a: b\n",
    "\n...\n---\nb: c\n",
    "\n# end",
    "\n\t",
    "\n ",
    "\x00",
    "\ufeff",
    " #",
    "\n... x",
)


def _quoted(draw: DrawFn) -> str:
    pieces = draw(st.lists(st.sampled_from((*WORDS, *ESCAPES, *BREAKS)), max_size=4))
    return draw(st.sampled_from(('"%s"', "'%s'", '"%s', "'%s", '"%s"x'))) % "".join(pieces)


def _block(draw: DrawFn, indent: int) -> str:
    head = draw(st.sampled_from("|>")) + draw(
        st.sampled_from(("", "-", "+", "1", "2-", "-9", "+1", "0", " # c", "#c", "--", " x"))
    )
    newline = draw(st.sampled_from(BREAKS[:3]))
    lines = draw(
        st.lists(st.sampled_from((*WORDS, "", " ", "  more", "\tx", "# no remark", "---", "...", "a: b")), max_size=4)
    )
    deeper = draw(st.integers(0, 3))
    return str(head + newline + newline.join(" " * (indent + deeper) + line for line in lines))


def _plain(draw: DrawFn, indent: int) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=2))
    return draw(st.sampled_from((" ", f"\n{' ' * (indent + 1)}", "\n", " # ", ": "))).join(words)


@st.composite
def flow(draw: DrawFn, depth: int = 0) -> str:
    """A list or mapping in brackets, not always whole."""
    opening = draw(st.sampled_from("[{"))
    closing = draw(st.sampled_from((*("]" if opening == "[" else "}") * 6, "", "]", "}", "]]")))
    inner: list[str] = []
    for _ in range(draw(st.integers(0, 3))):
        value = draw(flow(depth + 1)) if depth < 3 and draw(st.booleans()) else _flow_word(draw)
        form = draw(
            st.sampled_from(
                (
                    "{v}",
                    "{k}: {v}",
                    "{k}: {v}",
                    "{k}:{v}",
                    "? {k} : {v}",
                    "? {k}",
                    ": {v}",
                    "- {v}",
                    "{k}",
                    '"{k}":{v}',
                    "[{k}]: {v}",
                )
            )
        )
        anchor = draw(st.sampled_from(ANCHORS))
        inner.append(form.replace("{k}", anchor + draw(st.sampled_from(KEYS))).replace("{v}", value))
    comma = draw(st.sampled_from((", ", ",", ",\n", " ,", ",,", "\n", ", # c\n")))
    return str(opening + comma.join(inner) + draw(st.sampled_from(("", ",", "\n"))) + closing)


def _flow_word(draw: DrawFn) -> str:
    kind = draw(st.sampled_from(("word", "word", "quoted", "alias", "none")))
    if kind == "quoted":
        return _quoted(draw)
    return {"word": draw(st.sampled_from(WORDS)), "alias": "*a", "none": ""}[kind]


@st.composite
def value(draw: DrawFn, indent: int, depth: int) -> str:
    """What stands behind a colon or dash, with the blank or line break in front."""
    anchor = draw(st.sampled_from(ANCHORS))
    kind = draw(st.sampled_from(("plain", "plain", "quoted", "block", "flow", "alias", "none", "mapping", "list")))
    if kind in ("mapping", "list") and depth < 4:
        deeper = indent + draw(st.sampled_from((0, 1, 2, 2, 2, 3)))
        return f" {anchor}\n{draw(entries(deeper, depth + 1, is_list=kind == 'list'))}"
    made = {
        "quoted": lambda: _quoted(draw),
        "block": lambda: _block(draw, indent),
        "flow": lambda: draw(flow()),
        "alias": lambda: draw(st.sampled_from(("*a", "*b", "*", "*a b"))),
        "none": lambda: "",
    }.get(kind, lambda: _plain(draw, indent))()
    return f" {anchor}{made}{draw(st.sampled_from(('', '', '', ' # c', '#c', ' ', chr(9))))}"


@st.composite
def entries(draw: DrawFn, indent: int, depth: int, *, is_list: bool) -> str:
    """Lines of a mapping or list at an indentation, which now and then slips."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        pad = draw(st.sampled_from((*[" " * indent] * 12, " " * (indent + 1), "\t", " " * max(indent - 1, 0))))
        key = draw(st.sampled_from(KEYS))
        inner = draw(value(indent, depth))
        forms = (f"{pad}-{inner}", f"{pad}- {key}:{inner}", f"{pad}-\n{pad} {key}:{inner}", f"{pad}- -{inner}") if is_list else (
            f"{pad}{key}:{inner}", f"{pad}{key}:{inner}", f"{pad}{key}:{inner}", f'{pad}"{key}":{inner}', f"{pad}? {key}\n{pad}:{inner}",
            f"{pad}?{inner}\n{pad}: x", f"{pad}? {key}", f"{pad}:{inner}", f"{pad}{key} :{inner}", f"{pad}[{key}]: {inner}", f"{pad}&k {key}:{inner}",
            f"{pad}!t {key}:{inner}", f"{pad}*a :{inner}", f"{pad}{key}{inner}",
        )  # fmt: skip
        lines.append(draw(st.sampled_from(forms)))
        lines += draw(
            st.sampled_from(
                ([], [], [], ["# a remark"], [""], ["      # odd"], ["\t# tab"], ["# charterkit: ignore[CK303] why"])
            )
        )
    return "\n".join(lines)


HEADS = (
    "",
    'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\ndate: 2025-10-14\n',
    'id: small\nversion: "1"\ntitle: Small\nstatus: draft\n',
    "name: Lathom\n",
)


@st.composite
def documents(draw: DrawFn) -> bytes:
    """A whole file."""
    text = draw(st.sampled_from(DIRECTIVES)) + draw(st.sampled_from(HEADS))
    text += draw(
        st.one_of(entries(0, 0, is_list=False), entries(0, 0, is_list=False), entries(0, 0, is_list=True), flow())
    )
    text += draw(st.sampled_from(ENDS))
    newline = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    encoding: SearchStrategy[str] = st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return text.replace("\n", newline).encode(draw(encoding), errors="replace")
