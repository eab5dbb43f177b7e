"""What a site says of organisations that everybody can look up."""

from collections.abc import Iterator

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.text.speech import mark, tr

_KINDS = {"school": mark("School"), "trust": mark("Trust"), "local-authority": mark("Local authority")}
_PHASES = {
    "nursery": mark("Nursery"),
    "primary": mark("Primary"),
    "secondary": mark("Secondary"),
    "all-through": mark("All-through"),
    "special": mark("Special"),
    "pupil-referral-unit": mark("Pupil referral unit"),
    "sixth-form": mark("Sixth-form"),
}


def kind(folder: SchoolFolder) -> str:
    """What an organisation is, in a sentence: "Primary, Lancashire."."""
    school = folder.school
    words = _phase(school.phase) or tr(_KINDS[school.kind])
    return f"{words}{f', {school.local_authority}' if school.local_authority else ''}."


def _phase(phase: str | None) -> str:
    return "" if phase is None else tr(_PHASES[phase])


def facts(workspace: Workspace, folder: SchoolFolder) -> Iterator[tuple[str, str]]:
    """What GIAS, the register of schools in England, tells everybody too: no address, website or person."""
    school = folder.school
    above = [workspace.school(organisation).school for organisation in Organisations(workspace).above(folder.slug)]
    trusts = [school.name for school in above if school.kind == "trust"]
    yield from (
        (name, text)
        for name, text in (
            (tr("Phase"), _phase(school.phase)),
            (tr("Local authority"), school.local_authority),
            (tr("Trust"), ", ".join(trusts)),
            (tr("Unique reference number (URN)"), school.urn),
        )
        if text
    )
