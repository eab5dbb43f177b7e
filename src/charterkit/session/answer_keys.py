"""What may be said at a question of a self-evaluation: a charter's levels, and the commands beside them."""

from collections.abc import Mapping
from functools import cached_property

from charterkit.insight.evaluations.answers import level_meant, level_words
from charterkit.model.charter import Charter
from charterkit.model.scale import Level, LevelKey, bears, keyed
from charterkit.text.english import alternatives

_COMMANDS = {
    "x": "not applicable",
    "k": "key point not applicable",
    "n": "note",
    "i": "idea",
    "t": "action to take",
    "e": "evidence",
    "f": "focus group",
    "c": "change",
    "u": "take back",
    "s": "skip",
    "b": "back",
    "j": "jump",
    "?": "help",
    "q": "stop",
}
"""The keys that do not rate, and their labels, in the order in which they are shown."""
HELP = {
    "not applicable": "it does not apply to this school; you are asked why.",
    "key point not applicable": "nothing under it applies; you are asked why once. What is rated stays.",
    "note": "write or add to the note about it.",
    "idea": "jot down how the school might improve it.",
    "action to take": "add a line to the action plan: what, who, by when.",
    "evidence": "say where it can be seen: on paper, on screen or in practice.",
    "change": "change or remove what it holds; set a target, a number, or what the cycle is to reach.",
    "keep raters' words": "write what the raters wrote into the meeting's notes, ideas and evidence.",
    "take back": "take the last answer back; again, the one before it.",
    "focus group": "rate it for one of the charter's groups of pupils.",
    "skip": "leave it for later and go on.",
    "back": "go back one question.",
    "jump": "go to another key point. An aspect goes by its id or its own number.",
    "help": "this list.",
    "stop": "stop for now; the next run carries on at the first question without a rating.",
    "looked at": "say what you looked at for this aspect, or whom you talked with.",
    "why below": "say why a certification visit may be met although this is below the mark.",
}
"""What each does, by its label."""
OF_A_MERGE = {**_COMMANDS, "m": "keep raters' words"}
"""The same at a meeting that puts together what raters wrote."""
OF_A_VISIT = {
    "x": "not applicable",
    "n": "note",
    "l": "looked at",
    "w": "why below",
    "f": "focus group",
    "c": "change",
    "u": "take back",
    "s": "skip",
    "b": "back",
    "j": "jump",
    "?": "help",
    "q": "stop",
}
"""The same where a visitor rates."""
_ALSO_SAID = {"undo": "u", "remove": "c", "quit": "q", "exit": "q", "next": "s", "n/a": "x"}
_TAKE_TEXT = frozenset("xknitw")


class GuideAnswers:
    """One charter's levels and the commands by what they are called. A command gives way to a level with its key.

    It has its capital then, which is shown: a level answers to the small letter alone.
    """

    def __init__(self, charter: Charter, labels: Mapping[str, str] = _COMMANDS) -> None:
        """Give every level and every command its key. `labels` are the commands by their usual keys."""
        self.charter, self.labels = charter, labels
        self.levels: dict[Level, LevelKey] = dict(keyed(charter.levels.values()))
        keys = {key: level for level, known in self.levels.items() for key in (known.key, known.also) if key}
        wanted = {key: label for key, label in labels.items() if key != "f" or charter.focus_groups}
        self.commands = {(key.upper() if key in keys else key): key for key in wanted}
        """The command of each key, by its usual one."""
        self._by_key = {key.upper(): level for key, level in keys.items()} | keys

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that can be typed, in small letters."""
        levels = (word for level, known in self.levels.items() for word in level_words(level, known))
        labels = [self.labels[command] for command in self.commands.values()]
        return frozenset([*levels, *labels, *(label.partition(" ")[0] for label in labels), *_ALSO_SAID])

    @property
    def texts(self) -> frozenset[str]:
        """Keys of commands that ask for a text first."""
        return frozenset(key for key, command in self.commands.items() if command in _TAKE_TEXT)

    def meant(self, text: str) -> Level | str:
        """The level, or the usual key of the command, for what was said; what means nothing comes back as it is."""
        if text in self.commands:
            command = self.commands[text]
            return "q" if command == "q" else text
        if text in self._by_key:
            return self._by_key[text]
        level = level_meant(text, self.charter) if len(text) > 1 else None
        if level in self.charter.levels:
            return self.charter.levels[level]
        return self._command_called(text.casefold())

    def _command_called(self, word: str) -> str:
        for key, command in self.commands.items():
            label = self.labels[command]
            if len(word) > 1 and (word in (label, label.partition(" ")[0]) or _ALSO_SAID.get(word) == command):
                return "q" if command == "q" else key
        return word

    def commands_shown(self) -> list[tuple[str, str]]:
        """Keys and labels for the foot of a question."""
        return [(key, self.labels[command]) for key, command in self.commands.items()]

    def keys_of(self, level: Level) -> str:
        """As in "r or 1"."""
        known = self.levels[level]
        return alternatives([key for key in (known.key, known.also) if key])

    def spoken(self, level: Level) -> str:
        """A level with its keys, none of them twice: "r or 1 Red", "4 Inadequate"."""
        return level.label if bears(level.label, self.levels[level].key) else f"{self.keys_of(level)} {level.label}"

    def key_list(self) -> str:
        """The keys in a sentence."""
        levels = [f"{known.key} for {known.name or level.label}" for level, known in self.levels.items()]
        return f"Press {alternatives([*levels, *self.commands])}."
