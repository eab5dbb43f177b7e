"""The pages that one school, trust or authority publishes: each a template and what it shows, in its own words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from charterkit.choices import FAMILIES, DutyProof
from charterkit.errors import CharterkitError
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight import public
from charterkit.insight.certificates.held import HeldCertificate
from charterkit.insight.evaluations.evaluated import asked_of
from charterkit.insight.evaluations.unread import places, unusable
from charterkit.insight.origin import origin
from charterkit.insight.policies.register import Registered, register
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.promises.year import planned, promises, unread
from charterkit.insight.written import foreign
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.model.scale import FEWEST
from charterkit.records import dataclass
from charterkit.render.listings.listing import spoken
from charterkit.render.policy.document import own_text
from charterkit.render.policy.parts import RelatedLine
from charterkit.render.policy.view import policy_view, visibility, why_unpublished
from charterkit.render.poster.document import demand_whole
from charterkit.render.poster.pages import HTML, poster_identity, poster_pdf, poster_variables
from charterkit.render.poster.view import Poster, poster
from charterkit.render.promises.planner import TEMPLATE, planner_view
from charterkit.render.promises.words import Year, unread_words
from charterkit.render.report.document import report_of
from charterkit.render.shared.audience import AUDIENCES
from charterkit.render.shared.said import said_groups
from charterkit.render.shared.sign_up import SignUp, sign_up
from charterkit.render.shared.untranslated import untranslated
from charterkit.render.site.certified import certificate_link
from charterkit.render.site.parts import (
    AskedPoint,
    Group,
    IndexView,
    Link,
    Page,
    Pages,
    PledgeView,
    SaidView,
    asked_points,
)
from charterkit.text.english import number, plain
from charterkit.text.speech import ENGLISH, ntr, speaking, tr

INDEX = "site.html.j2"
"""The template of a page that leads to others; its links count from the school's own first page."""
AGAIN = "'charterkit check' says why."
_NO_PAPER = ("needs-typst", "needs-fonts")
"""Why no PDF can be made at all on this computer, which is no news on a site."""


KnownPaper = Callable[[str, str], bytes | None]
"""By a PDF's path in the organisation's folder and what it is made of: its bytes, where it was made before."""


def unknown(_path: str, _identity: str) -> None:
    """What is known where nothing was made before."""


@dataclass(frozen=True)
class Maker:
    """Makes the pages of one organisation."""

    workspace: Workspace
    folder: SchoolFolder
    year: Cycle
    today: date
    charter: str | None = None
    certificates: tuple[HeldCertificate, ...] = ()
    """Those of the organisation that the site shows, in the order of their numbers."""
    known: KnownPaper = lambda _path, _identity: None
    made: Pages = field(default_factory=Pages)

    def pages(self) -> Pages:
        """All its pages but the first one, and the groups of links for that."""
        self._notice_unread()
        for place, charter in enumerate(self._charters):
            self._charter(charter, f"-{charter.id}" if place else "")
        rows = list(self._public_policies())
        links = tuple(text for text in (self._policies(rows), self._planner(rows), self._said()) if text)
        if links:
            self.made.groups.append(Group(tr("For families"), (), links))
        if self.made.is_empty:
            self._notice(self._nothing())
        elif not rows:
            self._notice(f"{self.folder.school.name} has no policy that everybody may read.")
        return self.made

    def _nothing(self) -> str:
        """Why there is nothing, and what to do."""
        name, slug = self.folder.school.name, self.folder.slug
        drafts = [
            document.model.cycle
            for document in self.folder.evaluations
            if document.model and document.model.cycle and document.model.status != "agreed"
        ]
        rated = (
            f"its self-evaluation is a draft (charterkit evaluate {slug} --cycle {drafts[-1]} --agree)"
            if drafts
            else f"there is no self-evaluation (charterkit evaluate {slug})"
        )
        return (
            f"{name} has nothing to publish yet: it has signed no charter (charterkit sign --school {slug}), {rated}, "
            "no policy in force says that everybody may read it ('publication: {visibility: public}'), and no survey "
            "of families says what was done about it ('you_said_we_did')."
        )

    def _notice_unread(self) -> None:
        folder = self.folder
        unread_files: list[Document[Any]] = [document for document in folder.policies if document.model is None]
        unread_files += [document for document in folder.surveys if document.model is None]
        for document in unread_files:
            for place in places(document, document.loaded.problems, 1)[:1]:
                self._notice(f"{document.path} cannot be read and is left out: {place}")
        self.made.notices += unusable(self.workspace, folder)
        for name in public.unknown_charters(self.workspace, folder):
            self._notice(f"{folder.document.path} names the charter {name}, which is not here.")

    def _notice(self, sentence: str) -> None:
        self.made.notices.append(sentence)

    def _notice_problems(self, document: Document[Any]) -> None:
        for place in places(document, document.loaded.problems):
            self._notice(f"{document.path} is not read whole: {place}")

    def _add(  # noqa: PLR0917 - what a page is made of
        self, path: str, name: str, template: str, view: object, about: str = "", charter: Charter | None = None
    ) -> Link:
        """A page and the link to it. Of several charters each page's name in the way says which it is about."""
        several = charter is not None and len(self._charters) > 1
        way = f"{name}: {charter.title}" if charter and several else name
        self.made.pages.append(Page(path, way, template, variables_of(view)))
        return Link(path, name, about)

    @cached_property
    def _charters(self) -> list[Charter]:
        return public.charters(self.workspace, self.folder, self.charter)

    # -- the charter

    def _charter(self, charter: Charter, ending: str) -> None:
        posters = list(self._poster(charter, ending))
        shown: tuple[DutyProof, ...] = ("poster",) if posters else ()  # no page says of another that it is to do
        signed = sign_up(self.workspace, self.folder, charter, AUDIENCES["public"], shown)
        links = [*posters, *([self._pledge(charter, ending, signed)] if signed.is_signed else [])]
        if not signed.is_signed:
            self._notice(f"{self.folder.school.name} has not signed {charter.title}: it has no pledge page.")
        report = self._report(charter, ending)
        sentences = (signed.sentence, "" if report else tr("No self-evaluation has been published yet."))
        links += [*([report] if report else ()), *self._certificate(charter)]
        group = Group(charter.title, tuple(filter(None, sentences)), tuple(links))
        self.made.groups.append(group)

    def _poster(self, charter: Charter, ending: str) -> Iterator[Link]:
        document = self.workspace.charters[charter.id, charter.version]
        try:
            demand_whole(document, AGAIN)
            made = poster(self.workspace, charter, self.folder, today=self.today)
            variables = poster_variables(made)
        except CharterkitError as why:
            self._notice(f"{self.folder.school.name} has no poster: {why.message} {why.hint}".strip())
            return
        self.made.notices += made.notices
        yield self._add(
            f"poster{ending}.html",
            tr("The poster"),
            HTML,
            variables,
            tr("The charter’s key points on one page."),
            charter,
        )
        path = f"poster{ending}.pdf"
        if paper := self._paper(made, path):
            self.made.files[path] = paper
            yield Link(path, tr("The poster to print (PDF)"), tr("One sheet of A4."))

    def _paper(self, made: Poster, path: str) -> bytes | None:
        try:
            self.made.papers[path] = identity = poster_identity(made, self.today)
            return self.known(path, identity) or poster_pdf(made, self.today)
        except CharterkitError as why:
            if why.code not in _NO_PAPER:
                self._notice(f"{self.folder.school.name} has no poster as PDF: {why.message} {why.hint}".strip())
            return None

    def _pledge(self, charter: Charter, ending: str, signed: SignUp) -> Link:
        is_published = charter.status == "published"
        asked = asked_points(asked_of(self.folder, charter))
        view = PledgeView(
            school=self.folder.school.name,
            charter=charter.title,
            version=charter.version,
            publisher=charter.publisher.name if charter.publisher and is_published else "",
            purpose=charter.purpose or "",
            notes=() if is_published else tuple(map(tr, _CHARTER_NOTES.get(charter.status or "draft", ()))),
            sentence=signed.sentence,
            duties=signed.duties,
            points=tuple(point.title for point in asked),
            made=spoken(self.today),
            origin=origin(charter),
            charter_lang=foreign(charter, self.workspace),
            untranslated=untranslated(self.workspace, charter),
            asked=asked if any(replace(point, title="") != AskedPoint("") for point in asked) else (),
        )
        about = tr("What the school has promised to do, and what of it is done.")
        return self._add(
            f"pledge{ending}.html", tr("What we signed up to"), "site-pledge.html.j2", view, about, charter
        )

    def _certificate(self, charter: Charter) -> Iterator[Link]:
        """The newest certificate, however it stands: one that was revoked is not passed over in silence."""
        held = [each for each in self.certificates if each.visit.charter == charter.id]
        if held:
            yield certificate_link(max(held, key=lambda each: each.given), self.today)

    def _report(self, charter: Charter, ending: str) -> Link | None:
        found = public.agreed(self.workspace, self.folder, charter.id)
        drafts = [
            document for document in self.folder.evaluations if document.model and document.model.charter == charter.id
        ]
        self._notice_drafts([document for document in drafts if document.model and document.model.status != "agreed"])
        if not found:
            return None
        evaluation, before = found[-1], public.before(found)
        public.demand_readable(self.workspace, self.folder, evaluation)
        if any(len(each.charter.levels) < FEWEST for each in (evaluation, before or evaluation)):
            self._notice(f"{self.folder.school.name} has no report: the charter's levels cannot be read.")
            return None
        self._notice_problems(evaluation.document)
        view = report_of(
            self.workspace, self.folder, evaluation, before, found, audience="public", today=self.today, whole=False
        )
        about = tr("What we do well and what we are working on: %(cycle)s.", cycle=evaluation.cycle.spoken)
        return self._add(f"report{ending}.html", tr("How we are doing"), "report-public.html.j2", view, about, charter)

    def _notice_drafts(self, drafts: list[Document[Any]]) -> None:
        for document in drafts:
            self._notice(f"{document.path} is still a draft, and a draft is not published.")

    # -- policies

    def _public_policies(self) -> Iterator[Registered]:
        """Those in force whose file says that everybody may read them, the school's own and its trust's."""
        for registered in register(self.workspace, self.today, self.folder.slug):
            why = why_unpublished(registered)
            if why is not None:
                if any(problem.at[:1] in _DECIDING for problem in registered.document.loaded.problems):
                    self._notice(f"{why.message} {why.hint}".strip())
                continue
            path = registered.document.path
            if visibility(registered.policy) is None:
                self._notice(f"{path} does not say who may read the policy ('publication: {_EVERYBODY}'): left out.")
            elif {"id", "title"} & registered.document.loaded.broken:
                self._notice(f"{path} is left out: its id or title cannot be read.")
            else:
                self._notice_problems(registered.document)
                yield registered

    def _policies(self, rows: list[Registered]) -> Link | None:
        if not rows:
            return None
        places = _places(rows)
        titles = {
            registered.id: RelatedLine(registered.title, href=f"{place}.html") for registered, place in reversed(places)
        }
        for registered, place in places:
            self._add(f"policies/{place}.html", "", "policy.html.j2", self._policy(registered, rows, titles))
        links = tuple(
            Link(f"policies/{place}.html", registered.title, _about(registered, self.folder))
            for registered, place in places
        )
        view = IndexView(
            tr("Policies"),
            self.folder.school.name,
            facts=(),
            groups=(Group(tr("Our policies"), (), links),),
            made=spoken(self.today),
            subtitle=tr("What everybody may read"),
        )
        about = ntr(
            "%(count)s policy that everybody may read.",
            "%(count)s policies that everybody may read.",
            len(rows),
            count=number(len(rows)).capitalize(),
        )
        return self._add("policies/index.html", tr("Policies"), INDEX, view, about)

    def _policy(self, registered: Registered, rows: list[Registered], titles: Mapping[str, RelatedLine]) -> object:
        text = own_text(registered)
        if text and text.why_not:
            self._notice(f"The text of {registered.document.path} is left out: {text.name} {text.why_not}.")
        with speaking(ENGLISH):  # policies' pages, and the planner's, have no words in other languages yet
            view = policy_view(registered, rows, today=self.today, school=self.folder.slug, public=True, text=text)
        return replace(view, related=tuple(titles[name] for name in registered.policy.related if name in titles))

    # -- the year

    def _planner(self, rows: list[Registered]) -> Link | None:
        paths = {registered.document.path for registered in rows}
        slug = self.folder.slug
        bad = [path for path in unread(self.workspace, slug) if path.path in paths]
        self.made.notices += unread_words(bad)
        plan = YearPlan(self.year, SchoolDays.at(self.workspace, slug))
        found = [promise for promise in promises(self.workspace, slug, FAMILIES) if promise.path in paths]
        if not found:
            return None
        year = Year(self.folder.school.name, plan, planned(found, plan), self.today, audiences=FAMILIES, people=False)
        about = tr("What we promise families, month by month: %(year)s.", year=self.year)
        return self._add("calendar/planner.html", tr("Year planner"), TEMPLATE, _in_english(year), about)

    def _said(self) -> Link | None:
        for document in self.folder.surveys:
            if document.model is not None and public.is_doubtful(document):
                self._notice(f"{document.path} is left out: {AGAIN}")
            elif document.model is not None and document.model.audience is None and public.followed(document.model):
                self._notice(f"{document.path} does not say who was asked (such as 'audience: parents'): left out.")
            elif document.model is not None:
                self._notice_problems(document)
        found = public.you_said_we_did(self.folder)
        if not found:
            return None
        view = SaidView(self.folder.school.name, said_groups(found), spoken(self.today))
        about = tr("What families told us, and what we did about it.")
        return self._add("you-said-we-did.html", tr("You said, we did"), "site-you-said.html.j2", view, about)


_DECIDING = (("publication",), ("status",), ("history",))
"""Where a mistake decides whether a policy is published."""
_EVERYBODY = "{visibility: public}"
_CHARTER_NOTES = {
    "draft": ("This version of the charter is itself still a draft.",),
    "withdrawn": ("This version of the charter has been withdrawn.",),
}


def variables_of(view: object) -> Mapping[str, Any]:
    """A view's fields as a template's variables."""
    if isinstance(view, Mapping):
        return view
    if not is_dataclass(view) or isinstance(view, type):
        raise TypeError(f"a view is a dataclass or a mapping, not {type(view).__name__}")
    return {each.name: getattr(view, each.name) for each in fields(view)}


def _in_english(year: Year) -> object:
    with speaking(ENGLISH):
        return planner_view(year)


def _places(rows: list[Registered]) -> list[tuple[Registered, str]]:
    """A file's name for each policy: its id, made longer where the trust has one of the same id."""
    taken = {"index"}
    found = []
    for registered in rows:
        names = (
            registered.id,
            f"{registered.id}-{registered.folder.slug}",
            *(f"{registered.id}-{number}" for number in range(2, 10_000)),
        )
        name = next(name for name in names if name not in taken)
        taken.add(name)
        found.append((registered, name))
    return found


def _about(registered: Registered, folder: SchoolFolder) -> str:
    """Where a policy comes from and how old it is."""
    keeper = (
        tr("A policy of %(school)s.", school=registered.folder.school.name)
        if registered.folder.slug != folder.slug
        else ""
    )
    version = tr("Version %(version)s.", version=registered.public_version) if registered.public_version else ""
    kind = {"reviewed": "Last review", "issued": "Issued"}.get(
        registered.last_kind, plain(registered.last_kind).capitalize()
    )
    last = f"{kind}: {registered.last.spoken}." if registered.last and kind else ""
    return " ".join(part for part in (keeper, version, last) if part)
