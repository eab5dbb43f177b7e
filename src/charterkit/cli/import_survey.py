"""`charterkit import survey`: a form tool's export made into totals, shown first and written only with --yes."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import SURVEY_AUDIENCES
from charterkit.cli.options import Session, session
from charterkit.cli.params import CharterOption, PartialDate, choice_option, date_option, school_option
from charterkit.errors import Missing, Refused

if TYPE_CHECKING:
    from charterkit.exchange.survey.draft import SurveyDraft
    from charterkit.exchange.survey.read import KnownHere

_COLUMN = "COLUMN is its letter or its heading; repeatable."


def _columns(option: str, form: str, words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    return typer.Option(option, metavar=form, help=f"{words} {_COLUMN}")


def survey(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The export: .csv or .xlsx.")],
    school: Annotated[
        str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
    ] = None,
    charter: CharterOption = None,
    name: Annotated[str | None, typer.Option(metavar="ID", help="The survey's id; who was asked and the year.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The survey's name.")] = None,
    date: Annotated[PartialDate | None, date_option("--date", "When it was held; 2026-10 will do.")] = None,
    audience: Annotated[str | None, choice_option("--audience", SURVEY_AUDIENCES, "Who was asked.")] = None,
    sent: Annotated[int | None, typer.Option(min=0, metavar="NUMBER", help="How many were asked.")] = None,
    responses: Annotated[
        int | None, typer.Option(min=0, metavar="NUMBER", help="How many answered, where the file does not say so.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="Which sheet of a workbook.")] = None,
    use: Annotated[list[str] | None, _columns("--use", "COLUMN=question|group|text|out", "What a column is.")] = None,
    agreeing: Annotated[
        list[str] | None, _columns("--agreeing", "COLUMN=ANSWER,ANSWER", "Which answers of a question agree.")
    ] = None,
    aspects: Annotated[
        list[str] | None, _columns("--aspects", "COLUMN=ASPECT,ASPECT", "To which aspects it speaks; or none.")
    ] = None,
    ids: Annotated[list[str] | None, _columns("--id", "COLUMN=ID", "A question's id.")] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="TEXT=GROUP", help="Which answer names which focus group; repeatable."),
    ] = None,
    quotes: Annotated[
        list[str] | None, typer.Option("--quotes", metavar="COLUMN", help="Show its free text, line by line.")
    ] = None,
    keep: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Lines of it to keep as what families said: 2,5.")
    ] = None,
    latest_only: Annotated[
        bool, typer.Option("--latest-only", help="Of somebody who answered twice, count the last answer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write the survey; without it this is a trial run.")] = False,
) -> None:
    """Make a survey's totals out of the export of Google Forms, Microsoft Forms, SurveyMonkey or Ofsted Parent View.

    Without --yes it says what each column is taken for and what the totals would be. No line of a person is ever
    written: names, emails, addresses, time stamps and free text are dropped.
    """
    from charterkit.exchange.survey.read import Wishes, facts, read_survey
    from charterkit.exchange.survey.told import told

    call = session(ctx)
    folder = call.workspace.choose_school(school)
    path = Path(file)
    title = title or _title(path.stem)
    who = audience or _audience(title)
    wishes = Wishes(use or (), agreeing or (), aspects or (), ids or (), groups or (), quotes or (), sheet, latest_only)
    draft = read_survey(path, wishes, _around(call, folder.slug, charter, who))
    draft.responses = draft.responses if responses is None else responses
    _print(call, *told(draft))
    if draft.complaints:
        raise Refused("survey-not-understood", complaints="\n".join(draft.complaints))
    kept = _kept(call, draft, keep)
    when = str(date) if date else draft.date
    about = {"title": title, "date": when or None, "audience": who, "sent": sent}
    made = name or f"{who or 'survey'}-{when[:4]}".strip("-")
    target = f"schools/{folder.slug}/surveys/{made}.yaml"
    if not when and yes:
        raise Missing("survey-needs-date")
    _print(call, "", f"“{title}”, {when or 'no date yet: add --date'}, {_asked(who)}: {target}")
    if not yes:
        call.say("This was a trial run: nothing is written. Add --yes to write it.")
        return
    from charterkit.files.new import write_survey

    written = write_survey(call.workspace, folder.slug, made, facts(draft, about, kept))
    call.say(f"Saved in {written}. Look at it with: charterkit survey show {made} --school {folder.slug}")


def _asked(who: str | None) -> str:
    return f"asked: {who}" if who else "who was asked is not said: add --audience"


def _title(stem: str) -> str:
    import re

    plain = re.sub(r"\((responses?|[0-9]+-[0-9]+)\)|\bresponses\b", "", stem, flags=re.IGNORECASE)
    words = " ".join(re.sub(r"[_-]+", " ", plain).split())
    return words[:1].upper() + words[1:] or "Survey"


def _audience(title: str) -> str | None:
    words = title.casefold()
    known = {"parents": ("parent", "carer", "famil"), "pupils": ("pupil", "student", "child"), "staff": ("staff",)}
    return next((who for who, signs in known.items() if any(sign in words for sign in signs)), None)


def _around(call: Session, slug: str, charter: str | None, who: str | None) -> "KnownHere":
    """The school's charter, where there is one to choose, and its earlier surveys of the same people."""
    from charterkit.exchange.survey.read import KnownHere
    from charterkit.insight.surveys.results import in_order

    folder = call.workspace.school(slug)
    signed = [each.charter for each in folder.school.charters]
    named = charter or (signed[0] if len(signed) == 1 else None)
    is_plain = named or len(call.workspace.charter_ids) == 1
    chosen = call.workspace.choose_charter(named) if is_plain else None
    return KnownHere(chosen, [found for _, found in reversed(in_order(folder)) if found.audience == who])


def _kept(call: Session, draft: "SurveyDraft", keep: str | None) -> list[str]:
    """The lines of free text that somebody keeps, after each was shown."""
    if not draft.quotes:
        return []
    _print(
        call,
        "",
        "Free text, line by line. Keep none that says who wrote it or whom it is about.",
        "Read each to its end: charterkit sees addresses and numbers, and not the names in a sentence.",
    )
    hidden = "(holds an address or a number that leads to a person: cannot be kept)"
    for number, (where, text) in enumerate(draft.quotes, 1):
        _print(call, f"{number:>4}  {text or hidden}  [{where}]")
    if keep is None and sys.stdin.isatty() and sys.stdout.isatty():
        keep = typer.prompt("Which are to be kept, as 2,5? Enter for none", default="", show_default=False)
    numbers = [part.strip() for part in (keep or "").split(",") if part.strip()]
    if not all(number.isdigit() and 0 < int(number) <= len(draft.quotes) for number in numbers):
        raise Refused("bad-keep", said=keep)
    chosen = [(number, draft.quotes[int(number) - 1][1]) for number in dict.fromkeys(numbers)]
    personal = [number for number, text in chosen if not text]
    if personal:
        raise Refused("quote-personal", number=personal[0])
    _print(call, f"{len(chosen)} of {len(draft.quotes)} lines are kept, as what families said and nobody’s name.")
    return [text for _, text in chosen]


def _print(call: Session, *lines: str) -> None:
    """Lines of the trial run, broken between words where a terminal is narrower."""
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    typer.echo("\n".join(part for line in lines for part in broken(visible(line), call.columns)))
