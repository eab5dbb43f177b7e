"""Jinja2 fenced in: no private attributes, no changed data, no endless loops; and nothing slips through unescaped.

HTML uses Jinja's own escaping. Markdown has its own: whatever a template prints is people's text and is escaped, unless
it is `Markdown`, which only macros and the filters below make. A forgotten filter therefore escapes too much, never too
little.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from jinja2 import BytecodeCache, StrictUndefined, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from charterkit.model.base import nearest
from charterkit.render.engine.templates import RefusedError, Templates
from charterkit.text import english as words
from charterkit.text import speech
from charterkit.text.markdown import markdown_block, markdown_inline, markdown_link
from charterkit.text.safe import safe_link, visible

STEPS = 500_000
"""How many rounds of loops one document may take; a report of 40 aspects takes under a thousand."""
CALL = 10
"""What a call costs of them."""
LONGEST = 1_000_000
"""The longest text or list that `*` may make."""


SPEAKING = ("tr", "tr_of", "ptr", "ntr", "draft_note")
"""What templates say sentences with, as everything else does: text/speech.py."""


class TooMuchError(RefusedError):
    """A document that would take too many steps: of a built-in template, one about too many things."""


class Markdown(str):
    """Markdown that a template made. Every other text is people's, and is escaped when it is printed."""

    __slots__ = ()


class MissingValue(StrictUndefined):
    """What a template asked for and is not there: said in plain words, with the nearest name."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = self._undefined_name
        around = "" if self._undefined_obj is None or not isinstance(name, str) else _around(self._undefined_obj, name)
        return f"there is no '{name}' here{around}"


def _around(thing: Any, name: str) -> str:  # noqa: ANN401 - whatever a template looks into
    known = list(getattr(type(thing), "__dataclass_fields__", ())) or (list(thing) if isinstance(thing, dict) else [])
    meant = nearest(name, [str(word) for word in known])
    return f"; did you mean '{meant}'?" if meant else ""


class Compiled(BytecodeCache):
    """Templates as they were compiled, kept for the process's next document: compiling takes longer than filling in.

    Jinja takes one from here only while the template's text is the same.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if it is known."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Fence(ImmutableSandboxedEnvironment):
    """The environment for HTML."""

    intercepted_binops = frozenset({"*", "**", "%"})
    compiled: ClassVar = Compiled()

    def __init__(self, templates: Templates, **settings: Any) -> None:  # noqa: ANN401 - Jinja's own settings
        """Take templates from `templates`."""
        super().__init__(
            loader=templates,
            undefined=MissingValue,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.loopcontrols"],
            bytecode_cache=self.compiled,
            **{"autoescape": True, "finalize": _printed, **settings},
        )
        self.steps = 0
        self.filters |= {
            "charterkit_counted": _counted,
            "number": words.number,
            "counted": words.counted,
            "joined": words.joined,
            "sentence": words.sentence,
            "link": _html_link,
        }
        self.globals |= {name: _in_html(getattr(speech, name)) for name in SPEAKING}
        self.tests["safe_link"] = lambda url: safe_link(url) is not None

    def spend(self, steps: int) -> None:
        """Count what a template does. Raises RefusedError when it is too much."""
        self.steps += steps
        if self.steps > STEPS:
            raise TooMuchError("the template goes round in its loops too often")

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:  # noqa: ANN401 - Jinja's hook
        for loop in list(source.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "charterkit_counted", [], [], None, None, lineno=loop.lineno)
            loop.iter.set_environment(self)
        return super()._generate(source, *rest, **more)

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as in Jinja
        """Call from a template, counted."""
        self.spend(1 if called in self.globals.values() else CALL)
        return super().call(context, called, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as in Jinja
        """Refuse the operators that make something huge out of little."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("'%' on text is not allowed: use '~' to join texts")
        if operator == "**" and not (_small(left) and _small(right)):
            raise SecurityError("'**' is allowed on small numbers only")
        if operator == "*" and _length(left, right) > LONGEST:
            raise SecurityError("'*' would make a text that is too long")
        return super().call_binop(context, operator, left, right)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as in Jinja
        """Private attributes and what changes data."""
        return self.undefined(
            f"'{attribute}' may not be used in a template", name=attribute, obj=obj, exc=SecurityError
        )


class MarkdownFence(Fence):
    """The environment for Markdown."""

    compiled: ClassVar = Compiled()

    def __init__(self, templates: Templates) -> None:
        """Everything printed is escaped as Markdown, see the module."""
        super().__init__(templates, autoescape=False, finalize=_printed_markdown)
        self.filters |= {
            "block": _block,
            "inline": lambda text: Markdown(markdown_inline(str(text))),
            "link": lambda url: Markdown(markdown_link(str(url))),
            "safe": Markdown,
        }
        self.globals |= {name: _in_markdown(getattr(speech, name)) for name in SPEAKING}

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as in Jinja
        """What a macro or a block makes is Markdown already."""
        made = super().call(context, called, *args, **named)
        return Markdown(made) if isinstance(called, Macro | BlockReference | LoopContext) else made


class TextFence(Fence):
    """The environment for plain text, where nothing needs escaping."""

    compiled: ClassVar = Compiled()

    def __init__(self, templates: Templates) -> None:
        """What is printed is text already."""
        super().__init__(templates, autoescape=False)
        self.globals |= {name: getattr(speech, name) for name in SPEAKING}


def _printed(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    if value is None:
        return ""
    return value if isinstance(value, Markup) else visible(str(value))


def _printed_markdown(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    if isinstance(value, Markdown):
        return value
    return "" if value is None else markdown_inline(str(value))


def _in_html(say: Callable[..., str]) -> Callable[..., Markup]:
    """A function of speech for pages: its facts are escaped, but for what macros made of them."""

    def said(*english: Any, **facts: Any) -> Markup:  # noqa: ANN401 - whatever a template fills in
        text = escape(say(*english))
        return text % facts if facts else text

    return said


def _in_markdown(say: Callable[..., str]) -> Callable[..., Markdown]:
    """The same for Markdown."""

    def said(*english: Any, **facts: Any) -> Markdown:  # noqa: ANN401 - as above
        text = markdown_inline(say(*english))
        return Markdown(text % {name: _printed_markdown(fact) for name, fact in facts.items()} if facts else text)

    return said


def _block(text: object, prefix: str = "") -> Markdown:
    return Markdown(markdown_block(str(text), prefix))


def _html_link(url: str) -> Markup:
    """A link that shows its address; the bare text where it may not be followed."""
    if safe_link(url) is None:
        return Markup("<bdi>{}</bdi>").format(visible(url))
    return Markup('<a href="{}" rel="noopener noreferrer"><bdi>{}</bdi></a>').format(url, url)


@pass_context
def _counted(context: Context, things: Any) -> Any:  # noqa: ANN401 - whatever a template loops over
    environment = context.environment
    if isinstance(environment, Fence):
        environment.spend(len(things) if hasattr(things, "__len__") else 1)
    return things


def _small(value: Any) -> bool:  # noqa: ANN401 - an operand
    most = 1000
    return isinstance(value, int | float) and abs(value) <= most


def _length(left: Any, right: Any) -> int:  # noqa: ANN401 - operands
    for many, times in ((left, right), (right, left)):
        if isinstance(many, str | list | tuple) and isinstance(times, int):
            return len(many) * times
    return 0
