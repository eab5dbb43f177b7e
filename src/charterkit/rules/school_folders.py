"""CK305 and CK313: the folders below schools/, and what names one."""

from collections.abc import Iterator
from typing import Any

from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.model.base import is_device, slug
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class UnknownSchool(Rule):
    """A school or trust is named that has no folder here.

    Why: the two would not be shown together.
    Bad: trust: leading-lerning-trust
    Good: trust: leading-learning-trust
    Mend: write the folder's name below schools/.
    """

    code = Code.UNKNOWN_SCHOOL

    def check(self, context: Context) -> Iterator[Report]:
        """`trust`, `members`, a policy's `applies_to`, a visit's `school`."""
        for document, name, at in self._named(context):
            if not context.workspace.has_school(name):
                remedy = self.meant(context, document, name, context.workspace.slugs)
                yield document, self.problem(f"there is no school '{shown(name)}'", remedy, *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, tuple[str | int, ...]]]:
        for _, file, school in context.organisations:
            if school.trust:
                yield file, school.trust, ("trust",)
            for number, member in enumerate(school.members):
                yield file, member, ("members", position(file, ("members",), number))
        for _, document, policy in context.policies:
            for number, member in enumerate(policy.applies_to):
                yield document, member, ("applies_to", position(document, ("applies_to",), number))
            for place, promise in enumerate(policy.commitments):
                at = ("commitments", position(document, ("commitments",), place), "applies_to")
                for number, member in enumerate(promise.applies_to):
                    yield document, member, (*at, position(document, at, number))
        for _, found, visit, _ in context.visits:
            if visit.school:
                yield found, visit.school, ("school",)


class SchoolFile(Rule):
    """A folder below schools/ has no school.yaml, or a name that is no id.

    Why: the folder's name is the school's short name everywhere; the file says who it is.
    Bad: schools/Lathom High/
    Good: schools/lathom-high/school.yaml
    Mend: rename the folder, or add school.yaml with at least `name:`.
    """

    code = Code.SCHOOL_FOLDER

    def check(self, context: Context) -> Iterator[Report]:
        """Every folder; of one that may not be looked into nobody knows."""
        read = {document.path for document in context.documents}
        for folder in context.schools:
            if folder.slug != slug(folder.slug):
                message = f"the folder's name '{shown(folder.slug)}' is not in small letters, digits and hyphens"
                yield folder.document, self.problem(message, f"Rename it to '{slug(folder.slug) or 'a-name'}'.")
            elif is_device(folder.slug):
                message = f"Windows can open no folder that is called '{folder.slug}'"
                yield folder.document, self.problem(message, f"Rename it to '{folder.slug}-school'.")
            if folder.path not in read and folder.document.path not in read:
                remedy = "Add the file with a line 'name: ...'."
                yield folder.document, self.problem(f"{shown(folder.path)} has no school.yaml", remedy)
