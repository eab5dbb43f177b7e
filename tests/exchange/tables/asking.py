"""The queries of docs/queries.md, and what the commands answer to the same questions."""

import json
import re
from collections import Counter
from typing import Any

from charterkit.exchange.tables.naming import apart
from charterkit.insight.evaluations.compare import compare
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.policies.register import own_register
from charterkit.insight.promises import year
from tests.cli.calling import call

from .samples import ROOT, TODAY, opened

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))


def answer(root, *words):
    done = call(*words, "--format", "json", cwd=root, CHARTERKIT_TODAY=TODAY.isoformat())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def newest(root):
    """Each school's newest self-evaluation of each charter, with those before it."""
    workspace = opened(root)
    for slug in workspace.own_slugs:
        for charter in workspace.charter_ids:
            if line := timeline(workspace, workspace.school(slug), charter):
                yield workspace, slug, charter, line


def levels(root):
    found = []
    for _, slug, charter, line in newest(root):
        counted = Counter(each.word or "not-rated" for each in line[-1].standings.values())
        found += [(slug, charter, str(line[-1].cycle), word, count) for word, count in counted.items()]
    return sorted(found)


def green(root):
    found: dict[Any, Any] = {}
    for workspace, slug, charter, line in newest(root):
        if charter == "community-engagement":
            rated = [each.level.id == "green" for each in line[-1].standings.values() if each.level]
            schools, all_rated = found.setdefault(workspace.school(slug).school.local_authority, (set(), []))
            schools.add(slug)
            all_rated += rated
    rows = [
        (la, len(schools), len(rated), round(sum(rated) / len(rated), 3))
        for la, (schools, rated) in found.items()
        if rated
    ]
    return sorted(rows, key=lambda row: (row[0] is None, row[0]))


def moves(root):
    found = []
    for _, slug, charter, line in newest(root):
        if len(line) > 1:
            said = answer(root, "compare", slug, "--charter", charter)
            for kind, count in said["counts"].items():
                found += [(slug, charter, said["to"], said["from"], kind.replace("_", "-"), count)] if count else []
    return sorted(found, key=lambda row: (row[0], row[1], row[4]))


def stuck(root):
    found = []
    for workspace, slug, charter, line in newest(root):
        if len(line) > 1:
            compared = compare(line[-2], line[-1], workspace.versions(charter), line)
            found += [
                (slug, charter, str(line[-1].cycle), move.aspect, move.after.word)
                for move in compared.stuck
                if move.after
            ]
    return sorted(found, key=lambda row: (row[0], row[1], row[3]))


def weakest(root):
    met, rated, places = Counter[str](), Counter[str](), dict[str, int]()
    for _, _, charter, line in newest(root):
        if charter == "community-engagement":
            for at, (name, standing) in enumerate(line[-1].standings.items(), 1):
                if standing.level:
                    places[name] = at
                    rated[name] += 1
                    met[name] += line[-1].is_met(name)
    order = sorted(places, key=lambda name: (met[name] / rated[name], places[name]))
    return [(places[name], name, met[name], rated[name]) for name in order[:5]]


def not_started(root):
    workspace = opened(root)
    folders = [workspace.school(slug) for slug in workspace.own_slugs]
    return sorted(
        (folder.slug, charter)
        for folder in folders
        if folder.is_school
        for charter in dict.fromkeys(signed.charter for signed in folder.school.charters)
        if not any(held.cycle.year == 2026 for held in timeline(workspace, folder, charter))
    )


def overdue(root):
    rows = answer(root, "policies", "--state", "overdue")
    return sorted((each["school"], each["policy"], each["title"], each["owner"], each["next_review"]) for each in rows)


def stand(root):
    counted = Counter((each["school"], each["state"]) for each in answer(root, "policies"))
    return sorted((*key, count) for key, count in counted.items())


def actions(root):
    rows = answer(root, "actions")
    return [(each["school"], each["charter"], each["owner"], each["due_by"], each["state"]) for each in rows]


def visits(root):
    keys = ("path", "school", "state", "purpose", "outcome", "certificate", "valid_until")
    return sorted(tuple(each[key] for key in keys) for each in answer(root, "visits"))


def surveys(root):
    workspace, found = opened(root), []
    for slug in workspace.own_slugs:
        for document in workspace.school(slug).surveys:
            said, names = answer(root, "survey", "show", document.stem, "--school", slug), apart()
            found += [
                (slug, document.stem, names("", each["question"]), each["agreed"], each["answers"], each["share"])
                for each in said["questions"]
            ]
    return found


def trusts(root):
    workspace, found = opened(root), []
    for slug in workspace.own_slugs:
        members = answer_members(workspace, slug)
        agreed = [
            member
            for member in members
            if workspace.has_school(member)
            and any(
                held.evaluation.status == "agreed"
                for charter in workspace.charter_ids
                for held in timeline(workspace, workspace.school(member), charter)
            )
        ]
        found += [(slug, len(members), len(agreed))] if members else []
    return found


def answer_members(workspace, slug):
    named = [each for each in workspace.slugs if workspace.school(each).school.trust == slug]
    return set(workspace.school(slug).school.members) | set(named)


def behind(root):
    counted = Counter[tuple[str, str]]()
    for _, slug, _, line in newest(root):
        held = line[-1]
        for standing in held.standings.values():
            for group, word in (standing.entry.groups if standing.entry else {}).items():
                rank = held.charter.ranks.get(word)
                counted[slug, group] += rank is not None and bool(standing.level) and rank < standing.rank
    return sorted((*key, count) for key, count in counted.items() if count)


def promises(root):
    found = year.promises(opened(root))
    counted = Counter(
        each.folder.slug for each in found if not each.commitment.audience or "parents" in each.commitment.audience
    )
    return sorted(counted.items())


def not_adopted(root):
    workspace = opened(root)
    return [
        (slug, found.id, each.school.slug, each.version)
        for slug in workspace.own_slugs
        for found in own_register(workspace.school(slug), TODAY)
        for each in found.adoptions
        if each.adoption is None or each.is_older
    ]


def concerns(root):
    """As `concern list`, but for words that may be about a person: AB is somebody in the samples."""
    listed = answer(root, "concern", "list")
    said = [(each["category"] or "", each["state"]) for each in listed]
    sorts = [
        ("withheld" if re.search(r"[\d@]|\bmrs\b|\bAB\b", category) else category, state) for category, state in said
    ]
    return sorted((*sort, count) for sort, count in Counter(sorts).items())


ANSWERS: dict[str, Any] = {
    "A trust's policies that a member has not adopted": not_adopted,
    "Concerns by sort": concerns,
    "How many are at each level": levels,
    "What part is green, by local authority": green,
    "What has moved since the last cycle": moves,
    "What is stuck": stuck,
    "The weakest aspects": weakest,
    "Who has not started": not_started,
    "Policies that are overdue": overdue,
    "How policies stand": stand,
    "Actions that are open": actions,
    "Visits and certificates": visits,
    "What families answered": surveys,
    "Promises to families": promises,
    "A trust's schools": trusts,
    "How far a group is behind": behind,
    "What could not be read": None,
}
