"""`charterkit translate`: the translations of a charter, what they lack, and a new one to fill in."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import TRANSLATION_PARTS
from charterkit.cli.compare import chosen_format
from charterkit.cli.listing import deliver_listing
from charterkit.cli.options import OutputOption, Session, TodayOption, among, day, deliver, refuse_sources, session
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.model.charter import Charter

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="See what a charter's translations lack, or start one.",
)
FORMATS = ("table", "markdown", "html", "pdf", "csv", "json")

CharterArgument = Annotated[
    str | None, typer.Argument(metavar="[CHARTER]", help="Which charter, where there are several.")
]
VersionOption = Annotated[
    str | None, typer.Option("--version", metavar="VERSION", help="Which version; the one in use when left out.")
]


@app.command(short_help="List what each translation lacks.")
def status(
    ctx: typer.Context,
    charter: CharterArgument = None,
    language: Annotated[
        str | None, typer.Option("--language", "--lang", metavar="TAG", help="Only this language, such as ur.")
    ] = None,
    version: VersionOption = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """List a charter's translations: what is missing, made from other English than the charter has now, or not yet
    checked by somebody who speaks the language.
    """
    from charterkit.insight.translations.translated import standing, translations
    from charterkit.render.listings import listing
    from charterkit.render.listings.translations import KEYS, other_versions, translations_json, translations_listing

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "table")
    found = _charter(call, charter, version)
    _warn_of_unread(call)
    known = translations(call.workspace, found)
    if language is not None and language.lower() not in known:
        raise _no_translation(language, list(known))
    documents = [one for tag, one in sorted(known.items()) if language is None or tag == language.lower()]
    rows = [one for one in (standing(document, found) for document in documents) if one is not None]
    if chosen in ("json", "csv"):
        data = translations_json(rows)
        text = json.dumps(data, ensure_ascii=False, indent=2) if chosen == "json" else listing.rows_csv(data, KEYS)
        deliver(call, text, output)
        return
    now = day(today)
    elsewhere = other_versions(call.workspace, found) if language is None else {}
    deliver_listing(call, translations_listing(found, rows, now, elsewhere), chosen, output, now)


@app.command(short_help="Start a translation, with every text to translate.")
def new(
    ctx: typer.Context,
    language: Annotated[
        str, typer.Option("--language", "--lang", metavar="TAG", help="The language's tag: pl, cy, zh-Hant.")
    ],
    charter: CharterArgument = None,
    version: VersionOption = None,
    from_version: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="Take over what this version's translation has for the same English."),
    ] = None,
    part: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(TRANSLATION_PARTS), help="Only these texts; repeatable. All of them when left out."
        ),
    ] = None,
) -> None:
    """Start a translation: a file with every text to translate, and the English of each beside it.

    What an earlier version's translation has for the same English is taken over. A built-in draft is, too.
    """
    from charterkit.files.new import write_translation
    from charterkit.insight.translations.translated import english
    from charterkit.insight.translations.translating import start, translation_text

    call = session(ctx)
    among("--part", part or (), TRANSLATION_PARTS)
    tag, found = _tag(call, language), _charter(call, charter, version)
    _refuse_second(call, found, tag)
    chosen = tuple(one for one in TRANSLATION_PARTS if not part or one in part)
    begin = start(call.workspace, found, tag, from_version)
    path = write_translation(call.workspace, found, tag, translation_text(found, tag, begin, chosen))
    wanted = [key for key in english(found) if key.part in chosen]
    taken = sum(key in begin.texts for key in wanted)
    left = len(wanted) - taken
    call.say(f"{path} is ready: {f'{left} texts to translate' if left else 'every text is there, to be checked'}.")
    if taken:
        call.say(f"{taken} more are taken over from {begin.path}. Their English is the same.")
    call.say("Open it in any editor and write each text after 'text:', and after each of the labels.")
    call.say(f"See what is missing with: charterkit translate status --language {tag}")
    call.say(f"Look at the poster with: charterkit render-poster --lang {tag} -o poster.html")


def _charter(call: Session, named: str | None, version: str | None) -> "Charter":
    """The charter, in the version asked for. Raises CharterkitError with the versions there are."""
    found = call.workspace.choose_charter(named)
    if version is None:
        return found
    versions = {one.version: one for one in call.workspace.versions(found.id)}
    if version not in versions:
        raise CharterkitError(f"There is no version '{version}' of {found.id}.", f"There is: {', '.join(versions)}.")
    return versions[version]


def _tag(call: Session, language: str) -> str:
    """The tag as it is usually written. Raises CharterkitError for what is none, and for English."""
    from charterkit.insight.translations.languages import is_known, meant, named
    from charterkit.model.base import BadValue
    from charterkit.model.translation import language_tag

    try:
        tag = language_tag(language)
    except BadValue as bad:
        close = meant(language)
        hint = f"Is {named(close)} meant? " if close else ""
        raise CharterkitError(f"--language: {bad.message}.", f"{hint}{bad.remedy}") from None
    if not is_known(tag):
        close = meant(tag)
        hint = f": is {named(close)} meant?" if close else "."
        call.warn(f"charterkit does not know the language tag '{tag}'{hint}")
    if tag.partition("-")[0] == "en":
        raise CharterkitError("The charter is in English already.", "Say the language to translate it into.")
    return tag


def _refuse_second(call: Session, charter: "Charter", tag: str) -> None:
    """Raises CharterkitError where the workspace has such a translation already."""
    from charterkit.insight.translations.translated import translations

    there = translations(call.workspace, charter).get(tag.lower())
    if there is not None and not there.builtin:
        from charterkit.insight.translations.languages import named

        raise CharterkitError(
            f"There is a translation into {named(tag)} already: {there.path}.",
            f"Go on in that file. What it lacks: charterkit translate status --language {tag}",
        )


def _no_translation(language: str, known: list[str]) -> CharterkitError:
    from charterkit.insight.translations.languages import meant, named
    from charterkit.model.base import nearest

    close = nearest(language.lower(), known)
    close = close or next((one for one in known if one == meant(language)), "")
    there = f"There is: {', '.join(named(one) for one in sorted(known))}. " if known else ""
    hint = (
        f"Did you mean {named(close)}?"
        if close
        else f"{there}Start it with: charterkit translate new --language {language}"
    )
    return CharterkitError(f"This charter has no translation into {_quoted(language)}.", hint)


def _quoted(language: str) -> str:
    """With its name, or in quotes where there is none."""
    from charterkit.insight.translations.languages import is_known, named

    return named(language) if is_known(language) else f"'{language}'"


def _warn_of_unread(call: Session) -> None:
    """Say which translations cannot be read whole: what is unreadable in them counts as missing."""
    from charterkit.insight.translations.translated import every_translation

    for one in every_translation(call.workspace):
        if one.loaded.problems:
            call.warn(
                f"{one.path} has mistakes, and what cannot be read does not count: 'charterkit check' says where."
            )
