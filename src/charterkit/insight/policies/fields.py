"""What a policy's file says besides its history: as a person says it, and what that changes in the file."""

from collections.abc import Mapping, Sequence
from typing import Any

from charterkit.choices import APPROVERS, PolicyField
from charterkit.errors import NotThere, Refused
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.emit import plain_tree
from charterkit.files.yaml.reader import Tree, copied, value_at
from charterkit.findings import TreePath
from charterkit.insight.addresses import is_address
from charterkit.insight.policies.bodies import BODIES
from charterkit.insight.policies.control import LONGEST
from charterkit.model.base import nearest
from charterkit.model.base import slug as as_slug
from charterkit.model.dates import Interval, PartialDate
from charterkit.model.pack import Pack
from charterkit.records import dataclass
from charterkit.text.safe import is_page

PLACES: dict[PolicyField, TreePath] = {
    "owner": ("owner",),
    "approver": ("approver",),
    "operated-by": ("operated_by",),
    "monitored-by": ("monitored_by",),
    "statutory": ("statutory",),
    "requirement": ("requirement",),
    "every": ("review", "every"),
    "early-if": ("review", "early_if"),
    "next": ("next_review",),
    "applies-to": ("applies_to",),
    "related": ("related",),
    "url": ("publication", "url"),
    "visibility": ("publication", "visibility"),
}
"""Where each field that can be taken out stands in the file."""
ORDER = (
    "id",
    "title",
    "status",
    "owner",
    "approver",
    "operated_by",
    "monitored_by",
    "statutory",
    "requirement",
    "review",
    "next_review",
    "history",
    "applies_to",
    "related",
    "publication",
)
"""The keys of a new file, as docs/policies.md has them."""
_BODY_OF: Mapping[str, str] = {as_slug(text): body for body, texts in BODIES.items() for text in (body, *texts)}


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """What is said of a policy; what is None or empty is not said."""

    title: str | None = None
    owner: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    approver: str | None = None
    committee: str | None = None
    operated_by: str | None = None
    monitored_by: str | None = None
    reports_to: str | None = None
    monitored: str | None = None
    statutory: str | None = None
    requirement: Sequence[str] = ()
    every: Interval | None = None
    early_if: str | None = None
    next_review: PartialDate | None = None
    applies_to: Sequence[str] = ()
    related: Sequence[str] = ()
    url: str | None = None
    visibility: str | None = None


def demand_readable(said: PolicyFields) -> None:
    """Raises Refused for a text that is empty, too long or on several lines, and for what is no address."""
    texts = {
        "title": said.title,
        "owner": said.owner,
        "owner-name": said.owner_name,
        "committee": said.committee,
        "operated-by": said.operated_by,
        "monitored-by": said.monitored_by,
        "reports-to": said.reports_to,
        "monitored": said.monitored,
        "early-if": said.early_if,
    }
    for key, text in texts.items():
        if text is not None and (not text.strip() or len(text) > LONGEST):
            raise Refused("bad-text", key=key, what="empty" if not text.strip() else "too long")
        if text is not None and len(text.splitlines()) > 1 and key not in ("title", "owner"):
            raise Refused("line-break", key=key)
    if said.owner_email is not None and not (
        is_address(said.owner_email) and "." in said.owner_email.partition("@")[2]
    ):
        raise Refused("owner-no-email-address", text=said.owner_email)
    if said.url is not None and not is_page(said.url):
        raise Refused("no-web-address", url=said.url)


def approver_meant(said: str | None, committee: str | None) -> str | dict[str, str] | None:
    """Who approves, as the file has it: a word, or a committee with its name.

    Raises CharterkitError for words that name no body.
    """
    if said is None and committee is None:
        return None
    word = as_slug(said or "committee").removeprefix("the-")
    word = _BODY_OF.get(word, word)
    if said is not None and word not in APPROVERS:
        if "committee" not in word or committee is not None:
            raise NotThere("no-approving-body", text=said, meant=_body_nearest(word), known=APPROVERS)
        return {"body": "committee", "name": said.strip()}
    if committee is not None and word != "committee":
        raise Refused("committee-or-approver", approver=word, committee=committee)
    return {"body": "committee", "name": committee.strip()} if committee is not None else word


def _body_nearest(word: str) -> str:
    near = nearest(word, _BODY_OF)
    return _BODY_OF.get(near, near)


def entries_meant(said: Sequence[str], packs: Sequence[Pack]) -> list[str]:
    """The ids of rule packs' entries, which may be said by id or by title. Raises NotThere for what names none."""
    known = {as_slug(text): entry.id for pack in packs for entry in pack.entries for text in (entry.title, entry.id)}
    found = []
    for text in said:
        if as_slug(text) not in known:
            raise NotThere("no-requirement-entry", name=text, meant=nearest(as_slug(text), set(known.values())))
        found.append(known[as_slug(text)])
    return found


def related_meant(workspace: Workspace, said: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The ids of policies, which may be said by title; and those that are not kept in the workspace.

    Raises Refused for what is neither an id nor a title.
    """
    documents = [policy for each in workspace.own_slugs for policy in workspace.school(each).policies]
    titles = {as_slug(policy.model.title): policy.model.id for policy in documents if policy.model}
    ids = {policy.model.id for policy in documents if policy.model}
    found = []
    for name in said:
        meant = name if name in ids else titles.get(as_slug(name), name)
        if not meant or as_slug(meant) != meant:
            raise Refused("no-related-policy", name=name, known=sorted(ids))
        found.append(meant)
    return tuple(found), [name for name in found if name not in ids]


# -- what the file comes to


def laid_over(tree: Mapping[str, Tree], said: PolicyFields, without: Sequence[PolicyField] = ()) -> dict[str, Tree]:
    """The file's tree with what is said; `without` is taken out first, so that what is said takes its place.

    Raises CharterkitError for what cannot be said together.
    """
    wanted: dict[str, Any] = copied(dict(tree))
    for name in without:
        _take_out(wanted, PLACES[name])
    _owner(wanted, said)
    approver = approver_meant(said.approver, said.committee)
    plain = {
        ("title",): said.title.strip() if said.title else None,
        ("approver",): approver,
        ("operated_by",): said.operated_by,
        ("statutory",): said.statutory,
        ("review", "every"): said.every,
        ("review", "early_if"): said.early_if,
        ("next_review",): said.next_review,
        ("publication", "url"): said.url,
        ("publication", "visibility"): said.visibility,
    }
    for at, value in plain.items():
        if value is not None:
            _put(wanted, at, plain_tree(value))
    _monitoring(wanted, said)
    _more(wanted, "requirement", said.requirement, may_be_alone=True)
    _more(wanted, "applies_to", said.applies_to)
    _more(wanted, "related", said.related)
    new = sorted(wanted.keys() - tree.keys(), key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    return {key: wanted[key] for key in [*(key for key in wanted if key in tree), *new]}


def _owner(wanted: dict[str, Any], said: PolicyFields) -> None:
    """Another role or name is another person: what was said of the old one goes."""
    new = {"role": said.owner, "name": said.owner_name, "email": said.owner_email}
    new = {key: text for key, text in new.items() if text is not None}
    if not new:
        return
    old = wanted.get("owner")
    old = old if isinstance(old, dict) else {}
    if "role" in new and new["role"] != old.get("role") and "name" not in new:
        old = {key: text for key, text in old.items() if key not in ("name", "email")}
    if "name" in new and new["name"] != old.get("name"):
        old = {key: text for key, text in old.items() if key != "email"}
    wanted["owner"] = {**old, **new}


def _monitoring(wanted: dict[str, Any], said: PolicyFields) -> None:
    """Who watches over it: another entry, or more about the one of that name, or about the only one."""
    more = {"reports_to": said.reports_to, "every": said.monitored}
    more = {key: text for key, text in more.items() if text is not None}
    if said.monitored_by is None and not more:
        return
    known = wanted.get("monitored_by")
    known = list(known) if isinstance(known, list) else []
    alike = [
        at
        for at, entry in enumerate(known)
        if isinstance(entry, dict) and (said.monitored_by is None or entry.get("who") == said.monitored_by)
    ]
    if said.monitored_by is None and len(known) != 1:
        raise Refused("monitored-by-whom")
    if alike:
        known[alike[0]] = {**known[alike[0]], **more}
    else:
        known.append({"who": said.monitored_by, **more})
    wanted["monitored_by"] = known


def _more(wanted: dict[str, Any], key: str, added: Sequence[str], *, may_be_alone: bool = False) -> None:
    """A list with more in it, each once; a single one may stand without a list."""
    if not added:
        return
    known = wanted.get(key)
    known = known if isinstance(known, list) else [known] if known else []
    every = list(dict.fromkeys([*known, *added]))
    wanted[key] = every[0] if may_be_alone and len(every) == 1 else every


def _put(wanted: dict[str, Any], at: TreePath, value: Tree) -> None:
    for key in at[:-1]:
        if not isinstance(wanted.get(str(key)), dict):
            wanted[str(key)] = {}
        wanted = wanted[str(key)]
    wanted[str(at[-1])] = value


def _take_out(wanted: dict[str, Any], at: TreePath) -> None:
    """Take a key out, and what holds it where that is then empty."""
    holder = value_at(wanted, at[:-1])
    if isinstance(holder, dict):
        holder.pop(str(at[-1]), None)
        if not holder and at[:-1]:
            _take_out(wanted, at[:-1])


def changes_between(tree: Mapping[str, Tree], wanted: Mapping[str, Tree], at: TreePath = ()) -> list[Change]:
    """What makes one mapping of the other: key by key, and in lists only what is added at the end, where it is that."""
    made: list[Change] = []
    for key in dict.fromkeys([*tree, *wanted]):
        old, new = tree.get(key), wanted.get(key)
        if old == new:
            continue
        if key not in wanted:
            made.append(Change((*at, key), remove=True))
        elif isinstance(old, dict) and isinstance(new, dict) and old:
            made += changes_between(old, new, (*at, key))
        elif isinstance(old, list) and isinstance(new, list) and old and new[: len(old)] == old:
            made += [Change((*at, key), entry, append=True) for entry in new[len(old) :]]
        else:
            made.append(Change((*at, key), new))
    return made
