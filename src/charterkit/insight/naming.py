"""Which school is meant by its folder, its name, or a part of the name."""

from charterkit.errors import Conflict, NotThere
from charterkit.files.workspace import Workspace
from charterkit.model.base import nearest, slug


def school_meant(workspace: Workspace, words: str) -> str:
    """The folder of the school that is meant: capitals, blanks and hyphens make no difference.

    Of several that a part of a name fits, the one that is not made up. Raises CharterkitError where none or several
    fit.
    """
    if workspace.has_school(words):
        return words
    said = slug(words)
    names = {name: (slug(name), slug(workspace.school(name).school.name)) for name in workspace.slugs} if said else {}
    whole = [name for name, known in names.items() if said in known]
    found = whole or [name for name, known in names.items() if any(said in each for each in known)]
    if len(found) > 1:
        examples = workspace.config.examples
        found = [name for name in found if name not in examples] or found
    if len(found) > 1:
        raise Conflict("school-of-several", words=words, known=found)
    if not found:
        raise NotThere("no-school", slug=words, meant=_nearest(said, names), known=workspace.slugs)
    return found[0]


def _nearest(said: str, names: dict[str, tuple[str, str]]) -> str:
    """The folder of the school whose folder or name looks most like what was said; empty where none does."""
    spelt = {each: name for name, known in names.items() for each in known}
    return spelt.get(nearest(said, spelt), "") or _nearest_part(said, names)


def _nearest_part(said: str, names: dict[str, tuple[str, str]]) -> str:
    """The same by as many words of a name, where one school alone has words that look like that."""
    many, parts = said.count("-") + 1, dict[str, set[str]]()
    for name, known in names.items():
        for words in (each.split("-") for each in known):
            for at in range(len(words) - many + 1):
                parts.setdefault("-".join(words[at : at + many]), set()).add(name)
    found = parts.get(nearest(said, parts), ())
    return next(iter(found)) if len(found) == 1 else ""
