"""What an extract would make and change: a school a row, by its numbers, and never two for one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from charterkit.exchange.gias.closing import ended
from charterkit.exchange.gias.compare import FIELDS, GiasComparison, compared, former, moved
from charterkit.exchange.gias.extract import Establishment, Extract
from charterkit.exchange.gias.facts import SOURCE, one_line, plain_words, said_of
from charterkit.exchange.gias.folders import UNREADABLE, Folders, FoundFolder, folders_of
from charterkit.exchange.gias.links import Links
from charterkit.exchange.gias.memory import GiasMemory
from charterkit.exchange.gias.outcome import GiasPlan, GiasPlans
from charterkit.exchange.gias.slugs import FolderNames, NamedPlace, folder_names
from charterkit.exchange.gias.trusts import GroupTrust, trust_key, trusts_of
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change
from charterkit.records import dataclass
from charterkit.text.english import figures, joined, joined_some, plural
from charterkit.text.safe import shown


@dataclass
class GiasPlanner:
    """Makes the plan of all rows that are asked for, and of the schools here that they are about."""

    workspace: Workspace
    extract: Extract
    links: Links
    memory: GiasMemory
    takes_all: bool
    made: GiasPlans = field(default_factory=GiasPlans)
    folders: Folders = field(init=False)
    trusts: Mapping[str, GroupTrust] = field(default_factory=dict)
    """By what they are known."""
    joining: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By a trust here that lists its members, those that it does not list yet."""

    slugs: dict[str, str] = field(default_factory=dict)
    """By number the folders of those who had none."""
    silent: list[Establishment] = field(default_factory=list)
    """Rows that do not say whether the school is open."""

    def plan(self) -> GiasPlans:
        """The plan. It does not depend on the order of the rows."""
        self.folders = folders_of(self.workspace)
        self.block_twice()
        matched = self.matched()
        new = [row for row in self.wanted() if row.urn not in matched and not self.is_asked(row)]
        self.name_folders(new, matched)
        for trust in self.trusts.values():
            plan = trust.plan()
            self.made.plans.append(self.changed(plan, trust.known) if trust.known else plan)
        for row, found, old in matched.values():
            self.made.plans.append(self.there(row, found, old))
        for row in new:
            self.made.plans.append(self.made_new(row))
        self.made.plans += ended(self, frozenset(found.slug for _, found, _ in matched.values()))
        self.join_members()
        self.close()
        self.made.plans.sort(key=lambda plan: (not plan.is_trust, plain_words(plan.name), plan.key))
        return self.made

    def close(self) -> None:
        """What is said of all together."""
        for plan in self.made.of("changed"):
            if plan.known and plan.known.document.loaded.problems:
                path = plan.known.document.path
                self.made.blocks.append(f"{path} has mistakes: mend it first, with charterkit check {path}")
        if self.silent:
            rows = figures(len(self.silent), "row does", "rows do")
            self.made.notes.append(
                f"{rows} not say whether the school is open, and {plural(len(self.silent), 'is', 'are')} taken in."
            )

    def wanted(self) -> Iterator[Establishment]:
        """The rows of schools that are open and asked for, by URN."""
        for urn in sorted(self.extract.by_urn):
            row = self.extract.by_urn[urn]
            if row.is_wanted and row.is_open:
                yield row
            elif row.is_wanted and urn not in self.folders.by_urn and urn not in self.folders.by_former:
                self.made.closed += row.is_closed
                self.made.coming += not row.is_closed

    def block_twice(self) -> None:
        """Two rows of one number, where they are asked for; two folders of one number."""
        for urn, more in sorted(self.extract.twice.items()):
            rows = [self.extract.by_urn[urn], *more]
            if any(row.is_wanted for row in rows):
                numbers = ", ".join(str(row.row) for row in rows)
                self.made.blocks.append(
                    f"rows {numbers} have one URN, {urn}, and do not say the same: delete all but one."
                )
        for urn, several in sorted(self.folders.by_urn.items()):
            if len(several) > 1 and urn in self.extract.by_urn:
                slugs = joined_some([found.document.path for found in several])
                self.made.blocks.append(f"{slugs} have one URN, {urn}: correct it in all but one.")

    # -- who is here already

    def matched(self) -> dict[str, tuple[Establishment, FoundFolder, str]]:
        """By URN the rows of schools that are here, their folder, and the URN it goes by until now (may be empty)."""
        found: dict[str, tuple[Establishment, FoundFolder, str]] = {}
        by_urn, extract = self.folders.by_urn, self.extract
        for urn in sorted(by_urn):
            row = extract.by_urn.get(urn)
            if row is not None and row.is_open:
                if row.is_wanted:
                    found[urn] = (row, by_urn[urn][0], urn)
                continue
            heir = self.heir(urn, by_urn[urn][0])
            if heir is None or heir.urn in by_urn:
                continue
            if heir.urn in found:
                paths = joined([found[heir.urn][1].document.path, by_urn[urn][0].document.path])
                self.made.blocks.append(f"{paths} both became URN {heir.urn}: write it as urn in the one that goes on.")
                continue
            if heir.is_wanted or (row is not None and row.is_wanted):
                found[heir.urn] = (heir, by_urn[urn][0], urn)
        used = {folder.slug for _, folder, _ in found.values()}
        for dfe, folders in sorted(self.folders.by_dfe.items()):
            one_here = [each for each in folders if not each.school.urn and each.slug not in used]
            rows = [row for row in self.by_dfe.get(dfe, ()) if row.urn not in by_urn and row.urn not in found]
            if len(one_here) == len(rows) == 1 and rows[0].is_wanted:
                found[rows[0].urn] = (rows[0], one_here[0], "")
        return found

    def heir(self, urn: str, found: FoundFolder) -> Establishment | None:
        """The open establishment that a school is now, which is open under this number no more."""
        chain = self.links.renewed(urn, self.extract.open)
        if chain:
            return self.extract.by_urn[chain[-1]]
        row = self.extract.by_urn.get(urn)
        if self.links.after.get(urn) or self.links.joined.get(urn) or (row is not None and not row.is_closed):
            return None
        numbers = {row.dfe_number if row else "", found.school.dfe_number or ""} - {""}
        rows = [each for number in numbers for each in self.by_dfe.get(number, ())]
        return rows[0] if len(rows) == 1 else None

    @cached_property
    def by_dfe(self) -> Mapping[str, list[Establishment]]:
        """The open establishments of the file by their DfE number."""
        found: dict[str, list[Establishment]] = defaultdict(list)
        for row in self.extract.by_urn.values():
            if row.is_open and (number := row.dfe_number):
                found[number].append(row)
        return dict(found)

    def is_asked(self, row: Establishment) -> bool:
        """Whether a row that matches no school may be about one that is here: a person has to say so."""
        folders, urn = self.folders, row.urn
        if urn in folders.by_former:
            slug = folders.by_former[urn][0].slug
            why = f"schools/{slug} has URN {urn} among its former ones, and in the register it is open"
        elif urn in folders.unread:
            why = f"{folders.unread[urn]} has mistakes and holds {urn}: mend it first"
        elif same := [each for each in folders.by_dfe.get(row.dfe_number, ()) if not each.school.urn]:
            paths = joined_some([each.document.path for each in same])
            has = plural(len(same), "has", "have")
            why = f'{paths} {has} its DfE number and no URN: if it is this school, write urn: "{urn}" there'
        elif alike := [
            each
            for each in folders.unnumbered.get(plain_words(row.name), ())
            if not each.school.local_authority or plain_words(each.school.local_authority) == plain_words(row.la)
        ]:
            why = (
                f'{alike[0].document.path} has this name and no number: if it is this school, write urn: "{urn}" there'
            )
        elif folders.hidden and (path := folders.hidden_at(folder_names(_place_of(row)))):
            why = UNREADABLE.format(path=path, what="school")
        else:
            return False
        self.made.plans.append(GiasPlan("left out", f"urn {urn}", one_line(row.name), words=[why]))
        return True

    # -- folders

    def name_folders(
        self, new: Sequence[Establishment], matched: Mapping[str, tuple[Establishment, FoundFolder, str]]
    ) -> None:
        """Find the trusts, and give a folder to all who have none."""
        rows = [*new, *(row for row, *_ in matched.values())]
        self.trusts = trusts_of(rows, self.folders, [(row, found) for row, found, _ in matched.values()])
        trusts = [trust for trust in self.trusts.values() if trust.known or trust.is_new]
        every = [_place_of(row) for row in rows]
        every += [trust.place for trust in trusts]
        have = frozenset({*matched, *(trust.number for trust in trusts if trust.known)})
        self.slugs = FolderNames(self.folders.taken).named(every, have)
        for trust in trusts:
            trust.slug = trust.slug or self.slugs[trust.number]

    # -- schools

    def said(self, row: Establishment) -> dict[str, str]:
        """What a row says, its trust by the folder's name."""
        said, doubt = said_of(row)
        if doubt:
            self.made.notes.append(f"row {row.row}, SchoolWebsite, {one_line(row.name)}: {doubt}, and is left out.")
        if not row.status.strip():
            self.silent.append(row)
        if (trust := self.trusts.get(trust_key(row))) and trust.slug:
            said["trust"] = trust.slug
        return said

    def made_new(self, row: Establishment) -> GiasPlan:
        """A school with what its row says, and nothing else."""
        said = self.said(row)
        slug = self.slugs[row.urn]
        earlier = self.links.former(row.urn)
        facts: dict[str, object] = {"name": said["name"], "kind": "school", "urn": row.urn}
        facts |= {"former_urns": earlier} if earlier else {}
        facts |= {key: said[key] for key in FIELDS if key in said}
        facts["source"] = SOURCE
        known = (said.get("phase", "").replace("-", " "), said.get("local_authority", ""), said.get("trust", ""))
        words = [f"URN {row.urn}", *filter(None, known)]
        return GiasPlan("made", f"urn {row.urn}", said["name"], slug, words, facts, said=said)

    def there(self, row: Establishment, found: FoundFolder, old: str) -> GiasPlan:
        """What the register says otherwise of a school that is here."""
        said = self.said(row)
        plan = GiasPlan("stays", f"urn {row.urn}", found.school.name, found.slug, said=said)
        changes: list[Change] = []
        if old != row.urn:
            since = self.links.renewed(old, self.extract.open) if old else []
            chain = [old, *since[:-1]] if old else []
            if old and not since:
                self.made.notes.append(
                    f"{found.slug} is taken to be URN {row.urn} now by its DfE number alone: look whether it is the "
                    "same school, not one that several were merged into."
                )
            changes = [Change(("urn",), row.urn), *former(found.school.former_urns, chain)]
            plan.words = [moved("urn", old, row.urn)]
            plan.was = f"urn {old}" if old else ""
        elif earlier := former(found.school.former_urns, self.links.former(row.urn)):
            changes, plan.words = earlier, [f"former URNs: {', '.join(str(change.value) for change in earlier)}"]
        plan.changes = changes
        return self.changed(plan, found)

    def changed(self, plan: GiasPlan, found: FoundFolder) -> GiasPlan:
        """With what the fields come to."""
        held = found.held
        if not plan.is_trust and (trust := self.folders.trust_of(found)):
            held["trust"] = trust
        last = self.memory.said.get(plan.was or plan.key) or self.memory.said.get(plan.key)
        compare: GiasComparison = compared(held, plan.said, last, takes_all=self.takes_all)
        plan.known, plan.changes = found, [*plan.changes, *compare.changes]
        plan.words += compare.words
        self.made.kept += [f"{found.slug}: {each}." for each in compare.kept]
        self.made.by_hand += [f"{found.slug}: {each}." for each in compare.by_hand]
        if plan.changes:
            plan.becomes = "changed"
        if "trust" in compare.taken:
            self.move(found, held.get("trust", ""), plan.said["trust"])
        return plan

    def move(self, found: FoundFolder, old: str, new: str) -> None:
        """A school of another trust than before: what trusts here list as their members follows."""
        before, after = self.folders.by_slug.get(old), self.folders.by_slug.get(new)
        if before and found.slug in before.school.members:
            self.made.notes.append(
                f"{before.document.path} lists {found.slug} among its members, which is with {new}: take it out there."
            )
        if after and after.school.members and found.slug not in after.school.members:
            self.joining[new].append(found.slug)

    def join_members(self) -> None:
        """Where a trust lists its members by hand, those that are new to it are listed too."""
        for plan in self.made.of("made"):
            trust = str(plan.said.get("trust", ""))
            if trust in self.folders.by_slug and self.folders.by_slug[trust].school.members:
                self.joining[trust].append(plan.slug)
        for plan in self.made.plans:
            if plan.is_trust and (more := sorted(self.joining.get(plan.slug, ()))):
                plan.changes = [*plan.changes, *(Change(("members",), slug, append=True) for slug in more)]
                come = plural(len(more), "comes", "come")
                plan.words.append(f"members: {joined_some([shown(slug) for slug in more])} {come} to it")
                plan.becomes = "changed"


def _place_of(row: Establishment) -> NamedPlace:
    return NamedPlace(row.urn, one_line(row.name), (row.town, row.la))
