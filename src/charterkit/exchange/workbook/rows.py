"""Which aspect a row of a form is about: the sentence that people see decides, with the hidden id beside it."""

from collections.abc import Collection, Mapping

from charterkit.text.safe import shown

SORTED = (
    "The rows of the form stand in another order than charterkit made them: each answer is taken in for the aspect "
    "whose sentence stands in its row."
)


class Rows:
    """Tells the rows of one form apart."""

    def __init__(self, sentences: Mapping[str, str], known: Collection[str], noun: str = "aspect") -> None:
        """`sentences` are the aspects' as the form was made with them, by id; `known` the charter's own."""
        self.noun = noun
        self.sentences = {aspect: text for aspect, text in sentences.items() if aspect in known}
        self._by_sentence: dict[str, list[str]] = {}
        for aspect, text in self.sentences.items():
            self._by_sentence.setdefault(plain(text), []).append(aspect)
        self.notices: tuple[str, ...] = ()

    @property
    def _article(self) -> str:
        return "an" if self.noun[:1] in "aeiou" else "a"

    def aspect(self, hidden: str, sentence: str) -> tuple[str, str]:
        """A row's aspect, or what is wrong with the row, from the hidden id and the visible sentence."""
        meant = self._by_sentence.get(plain(sentence), [])
        if hidden in meant:
            return hidden, ""
        if len(meant) == 1:
            if hidden in self.sentences:
                self.notices = (SORTED,)
            return meant[0], ""
        if meant:
            return "", f"several {self.noun}s have this sentence, and the rows were sorted: sort them back"
        if hidden in self.sentences:
            return "", (
                f"this is not the sentence of {self._article} {self.noun}, so it is not certain "
                "what the answers beside it are about: "
                f"write “{shown(self.sentences[hidden])}” here again"
            )
        return "", f"this row belongs to no {self.noun}: write beside one of the charter’s {self.noun}s"


def plain(text: str) -> str:
    """A text without what may differ in writing it: capitals, and how many blanks there are."""
    return " ".join(text.split()).casefold()
