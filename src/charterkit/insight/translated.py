"""The translations there are of a charter, and its words in one of them."""

from charterkit.files.workspace import Document, Workspace
from charterkit.model.charter import Charter
from charterkit.model.translation import Translation


def translations(workspace: Workspace, charter: Charter) -> dict[str, Document[Translation]]:
    """A charter version's translations by language tag in small letters; the workspace's own before built-in ones."""
    found: dict[str, Document[Translation]] = {}
    builtin = workspace.builtin
    places = [workspace] if builtin is None or builtin == workspace.root else [workspace, Workspace(builtin)]
    for place in places:
        for path, kind in place.shared_paths():
            if kind is not Translation:
                continue
            document = place.read(path, Translation)
            model = document.model
            if model and (model.charter, model.version) == (charter.id, charter.version):
                found.setdefault(model.language.lower(), document)
    return found
