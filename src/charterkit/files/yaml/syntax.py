# ruff: noqa: E501 - the table of sentences reads best with a row a line
"""libyaml's complaints in the words of the people who write the files, at the place they have to look at."""

from typing import Any, NamedTuple

import yaml

from charterkit.findings import Code, Problem
from charterkit.text.safe import shown


class _Said(NamedTuple):
    """What libyaml says (its start), what that means, what to do; and whether the place is where it began."""

    start: str
    message: str
    remedy: str
    where_it_began: bool = False


_QUOTES = "Put the text in double quotes."
_SAID = (
    _Said("mapping values are not allowed", "a colon stands where none is expected", "Put text that holds a colon in double quotes, or line the keys up."),
    _Said("could not find expected ':'", "a key without a colon", "Write 'key: value', or put the text in double quotes.", where_it_began=True),
    _Said("found unexpected end of stream", "quotes are opened and never closed", "Close the quotes.", where_it_began=True),
    _Said("found unexpected document indicator", "quotes are opened and never closed", "Close the quotes.", where_it_began=True),
    _Said("did not find expected key", "the indentation or the quotes are not right here", "Line the keys up, and put text that holds quotes or a colon in double quotes."),
    _Said("did not find expected ',' or", "a list or mapping in brackets is not closed", "Close the bracket, with commas between the entries."),
    _Said("did not find expected '-' indicator", "the entries of this list do not line up", "Start every entry with '- ' in the same column."),
    _Said("did not find expected node content", "a value is missing between the brackets, or a bracket is closed twice", "Write a value, or delete the comma or bracket too many."),
    _Said("did not find expected <document start>", "something follows the end of the data", "Mend the indentation."),
    _Said("block sequence entries are not allowed", "a list entry stands where none is expected", "Start it on a line of its own below its key, or put the text in double quotes."),
    _Said("mapping keys are not allowed", "a question mark stands where none is expected", _QUOTES),
    _Said("found character that cannot start any token", "a character stands here that cannot start a value", _QUOTES),
    _Said("did not find expected alphabetic or numeric", "a '*' or '&' cannot start a value", _QUOTES, where_it_began=True),
    _Said("found undefined tag handle", "a '!' cannot start a value", _QUOTES, where_it_began=True),
    _Said("did not find expected '!'", "a '!' cannot start a value", _QUOTES, where_it_began=True),
    _Said("did not find expected tag URI", "a '!' cannot start a value", _QUOTES, where_it_began=True),
    _Said("did not find URI escaped", "a '!' cannot start a value", _QUOTES, where_it_began=True),
    _Said("did not find expected whitespace or line break", "a '!' or '%' cannot start a value", _QUOTES, where_it_began=True),
    _Said("could not find expected directive name", "a line cannot start with '%'", _QUOTES, where_it_began=True),
    _Said("found unknown directive name", "a line cannot start with '%'", _QUOTES, where_it_began=True),
    _Said("found unexpected non-alphabetical", "a line cannot start with '%'", _QUOTES, where_it_began=True),
    _Said("found unknown escape character", "a backslash in double quotes starts no escape here", "Use single quotes, or write two backslashes."),
    _Said("did not find expected hexdecimal number", "an escape in double quotes is not complete", "Use single quotes, or write two backslashes."),
    _Said("found invalid Unicode character", "an escape in double quotes stands for no character", "Use single quotes, or write two backslashes."),
    _Said("did not find expected comment or line break", "text follows a '|' or '>'", "Start the text on the next line, indented."),
    _Said("found an indentation indicator", "a '|' or '>' is followed by a 0", "Leave the number out."),
    _Said("found a tab character", "a tab stands in the indentation", "Use spaces."),
    _Said("control characters are not allowed", "a control character stands here", "Delete it, or write it as an escape in double quotes."),
)  # fmt: skip
"""Sentences of libyaml 0.2.5 (scanner.c, parser.c), as PyYAML 6.0.3 passes them on."""


def explained(text: str, error: yaml.YAMLError) -> Problem:
    """One error of libyaml as a problem at a place inside the text."""
    said = str(getattr(error, "problem", None) or error)
    rule = next((each for each in _SAID if said.startswith(each.start)), None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    began = getattr(error, "context_mark", None)
    if rule and rule.where_it_began and began:
        mark = began
    lines = text.split("\n")
    line, column = _inside(lines, mark)
    tab = _tab_in_indentation(lines, line)
    if tab or said.startswith("found a tab"):
        line, column = tab or (line, column)
        return Problem(Code.TAB, "a tab stands in the indentation", "Use spaces.", line=line, column=column)
    if rule:
        return Problem(Code.SYNTAX, rule.message, rule.remedy, line=line, column=column)
    remedy = "Put the text here in double quotes, or compare the lines around it with those of another file."
    return Problem(Code.SYNTAX, f"this is not YAML: {shown(said)}", remedy, line=line, column=column)


def _inside(lines: list[str], mark: Any) -> tuple[int, int]:  # noqa: ANN401 - either of PyYAML's two Mark classes
    """The mark's line and column from 1; at the end of a file that means the end of its last line with something on."""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, len(lines))
    while line > 1 and line == len(lines) and not lines[line - 1].strip():
        lines, line = lines[:-1], line - 1
        column = len(lines[line - 1]) + 1
    return line, min(column, len(lines[line - 1].rstrip("\r")) + 1)


def _tab_in_indentation(lines: list[str], line: int) -> tuple[int, int] | None:
    """The tab that made the parser stop: on its line or the one before, where people's editors put it."""
    for number in (line, line - 1):
        if not 0 < number <= len(lines):
            continue
        current = lines[number - 1]
        blank = current[: len(current) - len(current.lstrip(" \t-"))]
        if "\t" in blank and current.strip():
            return number, blank.index("\t") + 1
    return None
