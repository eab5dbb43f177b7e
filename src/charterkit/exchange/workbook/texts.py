"""The texts that the cells of a workbook share, read under a limit."""

from xml.parsers import expat

from charterkit.exchange.workbook.limits import FEWER, UnfitBookError


class SharedTexts:
    """The texts that cells share, in their order, as they are written in the XML."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.is_text = False
        self.elements = 0

    @classmethod
    def at(cls, part: bytes, most: int) -> list[str]:
        """Reads the part that holds them."""
        found = cls(most)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
        parser.CharacterDataHandler = found.letters
        parser.Parse(part, True)
        return found.texts

    def start(self, tag: str, _: dict[str, str]) -> None:
        """One XML element."""
        self.elements += 1
        if self.elements > self.most:
            raise UnfitBookError("has too many texts", FEWER)
        name = local(tag)
        if name == "si":
            self.pieces = []
        self.is_text = name == "t"

    def end(self, tag: str) -> None:
        """Its end."""
        self.is_text = False
        if local(tag) == "si":
            self.texts.append("".join(self.pieces))

    def letters(self, text: str) -> None:
        """What stands in it."""
        if self.is_text:
            self.pieces.append(text)


def local(tag: str) -> str:
    """A tag without the name of its space."""
    return tag.rpartition("}")[2].rpartition(":")[2]
