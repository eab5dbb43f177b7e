"""`charterkit translate`: the translations of a charter, what they lack, and a new one to fill in."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import TRANSLATION_PARTS
from charterkit.cli.options import Session, session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterArgument,
    OutputOption,
    TodayOption,
    choice_option,
    day,
    format_option,
    language_option,
)
from charterkit.errors import Conflict, Refused

if TYPE_CHECKING:
    from charterkit.model.charter import Charter

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="See what a charter's translations lack, or start one.",
)
VersionOption = Annotated[
    str | None, typer.Option("--version", metavar="VERSION", help="Which version; the one in use when left out.")
]


@app.command(short_help="List what each translation lacks.")
def status(
    ctx: typer.Context,
    charter: CharterArgument = None,
    lang: Annotated[str | None, language_option("Only this language, such as ur.")] = None,
    version: VersionOption = None,
    output_format: Annotated[str | None, format_option("translations")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """List a charter's translations: what is missing, made from other English than the charter has now, or not yet
    checked by somebody who speaks the language.
    """
    call = session(ctx)
    to = target(call, "translations", output_format, output)
    produce(call, "translations", to, day(today), charter=charter, version=version, language=lang)


@app.command(short_help="List charterkit's own words, and what a language has for them.")
def words(
    ctx: typer.Context,
    lang: Annotated[str, language_option("The language, such as cy.")] = "cy",
    output_format: Annotated[str | None, format_option("own words")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """List charterkit's own words in English and in another language side by side, for whoever checks them."""
    call = session(ctx)
    to = target(call, "own words", output_format, output)
    produce(call, "own words", to, day(today), None, language=lang)


@app.command(short_help="Start a translation, with every text to translate.")
def new(
    ctx: typer.Context,
    lang: Annotated[str, language_option("The language's tag: pl, cy, zh-Hant.")],
    charter: CharterArgument = None,
    version: VersionOption = None,
    from_version: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="Take over what this version's translation has for the same English."),
    ] = None,
    part: Annotated[
        list[str] | None,
        choice_option("--part", TRANSLATION_PARTS, "Only these texts; repeatable. All of them when left out."),
    ] = None,
) -> None:
    """Start a translation: a file with every text to translate, and the English of each beside it.

    What an earlier version's translation has for the same English is taken over. A built-in draft is, too.
    """
    from charterkit.files.new import write_translation
    from charterkit.insight.translations.choosing import choose_version
    from charterkit.insight.translations.translated import english
    from charterkit.insight.translations.translating import start, translation_text
    from charterkit.insight.written import written_in

    call = session(ctx)
    found = choose_version(call.workspace, charter, version)
    tag = _tag(call, lang, written_in(found, call.workspace))
    _refuse_second(call, found, tag)
    chosen = tuple(each for each in TRANSLATION_PARTS if not part or each in part)
    begin = start(call.workspace, found, tag, from_version)
    path = write_translation(call.workspace, found, tag, translation_text(found, tag, begin, chosen))
    wanted = [key for key in english(found) if key.part in chosen]
    taken = sum(key in begin.texts for key in wanted)
    left = len(wanted) - taken
    call.say(f"{path} is ready: {f'{left} texts to translate' if left else 'every text is there, to be checked'}.")
    if taken:
        call.say(f"{taken} more are taken over from {begin.path}. Their English is the same.")
    call.say("Open it in any editor and write each text after 'text:', and after each of the labels.")
    call.say(f"See what is missing with: charterkit translate status --lang {tag}")
    call.say(f"Look at the poster with: charterkit render-poster --lang {tag} -o poster.html")


def _tag(call: Session, language: str, own: str) -> str:
    """The tag as it is usually written. Raises CharterkitError for what is none, and for the charter's own language."""
    from charterkit.insight.translations.languages import is_known, meant, named, names
    from charterkit.model.base import BadValue
    from charterkit.model.language import language_tag

    try:
        tag = language_tag(language)
    except BadValue as bad:
        close = meant(language)
        asked = f"Is {named(close)} meant? " if close else ""
        raise Refused("no-language", why=bad.message, remedy=f"{asked}{bad.remedy}") from None
    if not is_known(tag):
        close = meant(tag)
        hint = f": is {named(close)} meant?" if close else "."
        call.warn(f"charterkit does not know the language tag '{tag}'{hint}")
    if tag.partition("-")[0] == own.partition("-")[0].lower():
        raise Conflict("language-already", language=names().get(tag.partition("-")[0], tag))
    return tag


def _refuse_second(call: Session, charter: "Charter", tag: str) -> None:
    """Raises CharterkitError where the workspace has such a translation already."""
    from charterkit.insight.translations.translated import translations

    there = translations(call.workspace, charter).get(tag.lower())
    if there is not None and not there.builtin:
        from charterkit.insight.translations.languages import named

        raise Conflict("translation-already", language=named(tag), path=there.path, tag=tag)
