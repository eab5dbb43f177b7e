"""The language that a charter is written in."""

from charterkit.files.workspace import Workspace
from charterkit.insight.translations.translated import lookup, translations
from charterkit.model.charter import Charter
from charterkit.text.speech import ENGLISH, page_language

__all__ = ["ENGLISH", "foreign", "is_english", "written_in"]


def written_in(charter: Charter, workspace: Workspace | None = None) -> str:
    """The tag of a charter's language: its own, else the workspace's, else English; any English is British here.

    A charter that is translated into the workspace's language is not written in it.
    """
    said = charter.written_in or (_of_workspace(charter, workspace) if workspace else None) or ENGLISH
    return ENGLISH if is_english(said) else said


def _of_workspace(charter: Charter, workspace: Workspace) -> str | None:
    language = workspace.config.language
    if not language or is_english(language):
        return None
    return None if lookup(translations(workspace, charter), language) else language


def is_english(language: str) -> bool:
    """Whether a tag is of any kind of English."""
    return language.lower().split("-")[0] == "en"


def foreign(charter: Charter, workspace: Workspace) -> str:
    """The tag of a charter's language where it is another than the page's, for marking its words; else empty."""
    said = written_in(charter, workspace)
    return "" if said == page_language() else said
