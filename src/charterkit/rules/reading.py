"""CK1xx: the file as YAML. All of these are found while it is read."""

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.rules.base import Rule


class Encoding(Rule):
    """The file is not UTF-8.

    Why: every program must read the same letters; Windows-1252 and UTF-16 turn é and £ into something else.
    Bad: a file saved as "ANSI" or "Unicode" in Windows Notepad.
    Good: the same file saved with the encoding UTF-8.
    Mend: open it in the editor that wrote it, choose Save as, and pick UTF-8.
    """

    code = Code.ENCODING


class TooLarge(Rule):
    """The file is larger than 1 MiB, or has more than 50,000 keys and values.

    Why: a self-evaluation has a few dozen kilobytes; a file this large was not meant, and would slow everybody down.
    Bad: a file of several megabytes.
    Good: a file of a few pages, with long papers kept beside it as evidence.
    Mend: move long texts into documents of their own and name them under `evidence`.
    """

    code = Code.TOO_LARGE


class Syntax(Rule):
    """The file is not YAML in this place.

    Why: the rating, action or line of history that the mistake stands in cannot be read, and does not count. Where the
    mistake may reach further, as quotes that are not closed do, nothing of the file counts.
    Bad: note: Families said: come earlier
    Good: note: "Families said: come earlier"
    Mend: put text that holds a colon, a hash or a quotation mark in double quotes, and line the keys up with spaces.
    """

    code = Code.SYNTAX


class DuplicateKey(Rule):
    """One key stands twice in one place.

    Why: only one of the two values can be meant, and nobody can tell which; neither is counted.
    Bad: two entries gate-greeting under ratings
    Good: one entry gate-greeting
    Mend: keep the right one and delete the other.
    """

    code = Code.DUPLICATE_KEY


class AnchorOrAlias(Rule):
    """A value is named with & or pointed at with *.

    Why: a reader of the file cannot see what stands there, and nested aliases can fill a computer's memory.
    Bad: note: *same-as-above
    Good: note: As last year
    Mend: write the value out in both places.
    """

    code = Code.ANCHOR_OR_ALIAS


class Tag(Rule):
    """A value carries a YAML tag (!).

    Why: charterkit reads every value as text; a tag asks for something else.
    Bad: version: !!str 1
    Good: version: "1"
    Mend: leave the tag out; put text that starts with an exclamation mark in quotes.
    """

    code = Code.TAG


class MergeKey(Rule):
    """The merge key << is used.

    Why: it hides what an entry holds, and not every YAML program knows it.
    Bad: <<: *defaults
    Good: the keys themselves
    Mend: write the keys out.
    """

    code = Code.MERGE_KEY


class SeveralDocuments(Rule):
    """The file holds more than one YAML document.

    Why: one file is one thing; what follows the second --- would be overlooked.
    Bad: two evaluations in one file with --- between them
    Good: two files
    Mend: move the second part into a file of its own, or delete the ---.
    """

    code = Code.SEVERAL_DOCUMENTS


class Tab(Rule):
    """A tab stands in the indentation.

    Why: YAML knows only spaces there; editors show tabs at different widths.
    Bad: a line that begins with a tab
    Good: a line that begins with two spaces
    Mend: replace the tab with spaces.
    """

    code = Code.TAB


class ControlCharacter(Rule):
    """A control character stands in the file.

    Why: it cannot be seen, and can change what a terminal or a page shows.
    Bad: a note pasted with an escape or NUL character in it
    Good: the note without it
    Mend: delete the character, or write it as an escape in double quotes.
    """

    code = Code.CONTROL_CHARACTER


class TooDeep(Rule):
    """The file is nested more than 40 deep.

    Why: no file of charterkit needs more than eight levels; deeper ones only cost time.
    Bad: [[[[...]]]]
    Good: a list of entries
    Mend: nest less.
    """

    code = Code.TOO_DEEP


class NullWord(Rule):
    """A value is the word null, or ~.

    Why: charterkit reads words as words; "nothing" is written by leaving the value empty.
    Bad: note: null
    Good: note:
    Mend: delete the word, or put it in quotes if it is meant.
    """

    code = Code.NULL_WORD


class UnfitFile(Rule):
    """The file cannot be opened, or lies outside the workspace.

    Why: a link out of the workspace could show files that are nobody's business; an unreadable file hides its contents.
    Bad: a link to a file elsewhere, a file without read permission
    Good: a plain file
    Mend: put the file itself in its place and check its permissions.
    """

    code = Code.UNFIT_FILE


class Misplaced(Rule):
    """A YAML file lies where nothing is read, or has a name that is not read: .yml, .yaml.txt, .yam, no ending at all.

    Why: it would be overlooked, and its author would not know. Windows hides the last part of a name unless File
    name extensions is ticked under View.
    Bad: schools/lathom/2025-26.yaml, or evaluations/2025-26.yaml.txt
    Good: schools/lathom/evaluations/2025-26.yaml
    Mend: move or rename it.
    """

    code = Code.MISPLACED_FILE


class BadKey(Rule):
    """A key is empty, a list or a mapping.

    Why: keys are plain words.
    Bad: ? [a, b]
    Good: a: ...
    Mend: write one word before the colon.
    """

    code = Code.BAD_KEY


class Empty(Rule):
    """The file holds nothing.

    Why: a file that is there is expected to say something.
    Bad: a file of comments only
    Good: a file with its required keys
    Mend: fill it in or delete it.
    """

    code = Code.EMPTY_FILE


class Backup(Rule):
    """A backup that an editor or a person made lies among the files.

    Why: it is not read; somebody may think that it is, and it may be the only one left.
    Bad: evaluations/2025-26.yaml~ or 2025-26.yaml.bak
    Good: evaluations/2025-26.yaml alone; git keeps what stood there before
    Mend: delete it, or rename it if it is the one that counts.
    """

    code = Code.BACKUP
    severity = Severity.WARNING
