"""Where a charter's practice was collected from, in the one sentence that stands on every document made from it."""

from charterkit.model.charter import Charter
from charterkit.text.english import first_sentence, sentence


def origin(charter: Charter) -> str:
    """The first sentence of the charter's provenance; empty where it says nothing of it."""
    return sentence(first_sentence(charter.provenance or ""))
