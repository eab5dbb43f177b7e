"""Which policy is meant, whose policies they are, and which of them cannot be read."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from charterkit.errors import CharterkitError, Conflict, Missing, NotThere
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.unread import places
from charterkit.insight.organisations import Organisations
from charterkit.insight.policies.register import Registered, register
from charterkit.model.base import nearest, slug


def whole_name(workspace: Workspace, slug: str | None) -> str:
    """The name of the school that is meant; of all, that of the workspace."""
    if slug is not None:
        return workspace.school(slug).school.name
    slugs = workspace.own_slugs
    alone = workspace.school(slugs[0]).school.name if len(slugs) == 1 else ""
    return alone or workspace.config.organisation or "All schools"


def warn_of_unread_policies(workspace: Workspace, slug: str | None, warn: Callable[[str], None]) -> list[str]:
    """The paths of policies that cannot be read at all, of a school its trust's too; each is said aloud."""
    slugs = workspace.own_slugs if slug is None else [slug, *Organisations(workspace).above(slug)]
    folders = [workspace.school(each) for each in slugs]
    unread = [policy for folder in folders for policy in folder.policies if policy.model is None]
    for document in unread:
        for place in places(document, document.loaded.problems, 1)[:1]:
            warn(f"{document.path} cannot be read and is left out: {place}")
    return [document.path for document in unread]


def find_policy(workspace: Workspace, name: str, school: str | None, today: date) -> Registered:
    """The policy of an id or a title: of one school, its trust's included, or the only one of the workspace.

    Where a school and its trust both have one, the school's own is meant. Raises CharterkitError where there is none,
    where there are several, or where its file cannot be read.
    """
    whose = workspace.school(school).slug if school else None
    known = list(register(workspace, today, whose))
    matches = [policy for policy in known if policy.id == name] or called(known, name)
    own = [policy for policy in matches if policy.folder.slug == whose] or matches
    if not own:
        raise _nothing(workspace, name, whose, [policy.id for policy in known])
    if len(own) > 1:
        raise several_meant(name, own)
    return own[0]


def called(known: Iterable[Registered], name: str) -> list[Registered]:
    """Those whose title or id is what was said, whatever its capitals and signs, and whether "policy" ends it."""
    said = title_words(name)
    return [policy for policy in known if said and said in (title_words(policy.id), title_words(policy.title))]


def is_policy(workspace: Workspace, name: str) -> bool:
    """Whether any policy here has that id or title."""
    said = title_words(name)
    policies = (policy for folder in workspace.own_slugs for policy in workspace.school(folder).policies)
    return any(
        said in (title_words(policy.stem), title_words(policy.model.title if policy.model else ""))
        for policy in policies
    )


def title_words(text: str) -> str:
    """The words of a title or an id that tell which policy it is. What leads out of a folder is no title."""
    if text.startswith((".", "/", "\\")):
        return text
    return (slug(text) or text.strip().casefold()).removesuffix("-policy")


def several_meant(name: str, found: Sequence[Registered]) -> CharterkitError:
    """What is said where a name does not tell which of some policies is meant: they share a title, are of
    several schools, or share an id.
    """
    ids = sorted({policy.id for policy in found})
    if len(ids) > 1:
        return Conflict("policies-of-one-title", name=name, ids=ids)
    schools = list(dict.fromkeys(policy.folder.slug for policy in found))
    if len(schools) == 1:
        paths = " and ".join(policy.document.path for policy in found)
        return Conflict("policies-of-one-id", count=len(found), name=name, paths=paths)
    return Conflict("policy-of-several", name=name, known=schools)


def _nothing(workspace: Workspace, name: str, whose: str | None, known: list[str]) -> CharterkitError:
    slugs = workspace.own_slugs if whose is None else [whose, *Organisations(workspace).above(whose)]
    documents = [policy for each in slugs for policy in workspace.school(each).policies]
    for document in documents:
        if document.model is None and document.stem == name:
            return Missing("unreadable", path=document.path)
    ids = list(dict.fromkeys(known))
    place = f" of {workspace.school(whose).school.name}" if whose else ""
    return NotThere("no-policy", name=name, place=place, meant=nearest(name, ids), known=ids)
