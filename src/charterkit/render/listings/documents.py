"""What the listings are made of: the register of policies, what the lists ask for, and a charter's translations."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from charterkit.files.places import SETTINGS
from charterkit.files.workspace import Workspace
from charterkit.insight.addresses import Addresses
from charterkit.insight.policies.agenda import find_body, is_decided_by, stated_bodies
from charterkit.insight.policies.by_term import by_term as reviews_by_term
from charterkit.insight.policies.choosing import warn_of_unread_policies, whole_name
from charterkit.insight.policies.gaps import GapKind, gaps
from charterkit.insight.policies.packs import chosen_packs, pack_files
from charterkit.insight.policies.register import Registered, register
from charterkit.insight.translations.choosing import choose_translations, choose_version, warn_of_unread_translations
from charterkit.insight.translations.translated import standing
from charterkit.model.config import Config
from charterkit.model.evaluation import Person
from charterkit.render.listings import gaps as of_gaps
from charterkit.render.listings import register as of_register
from charterkit.render.listings import translations as of_translations
from charterkit.render.listings.by_term import by_term_listing
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Listing
from charterkit.render.listings.register_sheet import register_sheet
from charterkit.render.shared.voice import Voice


def whole_register(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    states: Sequence[str] = (),
    statuses: Sequence[str] = (),
    owner: str | None = None,
    approver: str | None = None,
    within: int | None = None,
    by_term: bool = False,
) -> Listed:
    """The register of a school's policies or of all; of these, where it is asked for, some. `within` is in days.

    People read it `by_term` as a count of reviews.
    """
    slug = workspace.school(school).slug if school else None
    whole = list(register(workspace, today, slug, within))
    body = find_body(workspace, whole, approver) if approver else None
    stated = stated_bodies(workspace)

    def is_wanted(policy: Registered) -> bool:
        return (
            (not states or policy.state.value in states)
            and (not statuses or policy.policy.status in statuses)
            and (owner is None or is_owned(policy.policy.owner, owner))
            and (body is None or is_decided_by(policy.policy, body, stated))
        )

    found = list(filter(is_wanted, whole))

    def listing() -> Listing:
        unread = warn_of_unread_policies(workspace, slug, voice.warn)
        if by_term:
            is_many = len({policy.folder.slug for policy in found}) > 1
            return by_term_listing(reviews_by_term(found), whole_name(workspace, slug), today, unread, is_many=is_many)
        of = None if len(found) == len(whole) else len(whole)
        return of_register.register_listing(found, whole_name(workspace, slug), today, unread, of)

    title = whole_name(workspace, slug)
    sheet = partial(register_sheet, found, title)
    addresses = Addresses(workspace)
    rows = [of_register.register_cells(each, addresses) for each in found]
    data = partial(of_register.register_json, found)
    return Listed(rows, of_register.KEYS, listing, make_data=data, make_sheet=sheet)


def is_owned(person: Person | None, text: str) -> bool:
    """Whether an owner's name or role holds a text, in capitals or not."""
    said = (person.name, person.role) if person else ()
    return any(text.casefold() in words.casefold() for words in said if words)


def missing(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    packs: Sequence[str] = (),
    every: bool = False,
) -> Listed:
    """What rule packs ask for and a school, or all, do not have; with `every` what is in order too."""
    slug = workspace.school(school).slug if school else None
    chosen = chosen_packs(workspace, tuple(packs))
    _warn_of_mistakes(workspace, [pack.id for pack in chosen], voice)
    whole = list(gaps(workspace, chosen, today, slug))
    found = [gap for gap in whole if every or gap.kind is not GapKind.MET]

    def listing() -> Listing:
        warn_of_unread_policies(workspace, slug, voice.warn)
        is_asked = bool(whole or slug is None or workspace.school(slug).is_school)
        return of_gaps.gaps_listing(found, chosen, whole_name(workspace, slug), today, is_asked=is_asked)

    sheet = partial(of_gaps.gaps_sheet, found, whole_name(workspace, slug))
    return Listed(of_gaps.gaps_json(found), of_gaps.KEYS, listing, make_sheet=sheet)


def _warn_of_mistakes(workspace: Workspace, chosen: list[str], voice: Voice) -> None:
    """Say which of the files that decide what is asked for could not be read whole."""
    packs = [pack for pack in pack_files(workspace) if pack.model and pack.model.id in chosen]
    paths = [pack.path for pack in packs if pack.loaded.problems]
    if workspace.snapshot.has(SETTINGS):
        settings = workspace.read(SETTINGS, Config)
        at = {str(problem.at[0]) for problem in settings.loaded.problems if problem.at}
        paths += [SETTINGS] if settings.model is None or {"packs", "waivers"} & at else []
    for path in paths:
        voice.warn(f"{path} has mistakes, and what cannot be read does not count: 'charterkit check' says where.")


def every_language(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    charter: str | None = None,
    version: str | None = None,
    language: str | None = None,
) -> Listed:
    """How a charter version's translations stand, or the one into a language."""
    found = choose_version(workspace, charter, version)
    warn_of_unread_translations(workspace, voice.warn)
    documents = choose_translations(workspace, found, language)
    rows = [row for row in (standing(document, found) for document in documents) if row is not None]

    def listing() -> Listing:
        elsewhere = of_translations.other_versions(workspace, found) if language is None else {}
        return of_translations.translations_listing(found, rows, today, elsewhere)

    return Listed(of_translations.translations_json(rows), of_translations.KEYS, listing)
