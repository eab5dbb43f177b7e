"""The report for Word, for leaders and for governors: what the page says, in the same order, to be pasted elsewhere."""

from collections.abc import Sequence
from datetime import date

from charterkit.render.engine.paper import Paper
from charterkit.render.engine.pdf import for_paper
from charterkit.render.engine.word import Line, Lines, Own, Pale, Strong, WordDocument
from charterkit.render.report.aspects import AspectView
from charterkit.render.report.evidence import EvidenceLine
from charterkit.render.report.view import KeyPointView, ReportView, title_of
from charterkit.render.report.whole import WholeView
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.movement import Movement
from charterkit.render.shared.plan import ActionLine
from charterkit.render.shared.sign_up import SignUp
from charterkit.render.shared.unreadable import UnreadableLine
from charterkit.text.english import sentence
from charterkit.text.speech import draft_note, ntr, tr, tr_of


def report_docx(view: ReportView, today: date) -> Paper:
    """The report as a Word document, as its audience has it. Raises CharterkitError where it is too much for one."""
    for_paper(view)
    word = WordDocument(title_of(view), view.school, today, title_of(view))
    word.charter_in(view.charter_lang, view.untranslated)
    (_governors if view.audience == "governors" else _leaders)(word, view)
    text = "Prepared on %(day)s with charterkit from the school’s own %(source)s."
    word.line(Pale(tr(text, day=view.made, source=tr("self-evaluation"))))
    if note := draft_note():
        word.line(Pale(note))
    if view.origin:
        word.line(Pale(view.origin))
    return word.paper()


# -- for leaders


def _leaders(word: WordDocument, view: ReportView) -> None:
    _head(word, view)
    word.heading(2, tr("Summary"))
    for line in view.summary:
        word.line(line)
    _statements(word, view)
    _bar(word, view)
    _meanings(word, view)
    _movement(word, view)
    word.heading(2, tr("Strengths"))
    word.line(Pale(view.strengths_intro) if view.strengths else view.strengths_intro)
    _aspects(word, view.strengths)
    word.heading(2, tr("Areas for development"))
    word.line(Pale(view.development_intro) if view.development else view.development_intro)
    _aspects(word, view.development)
    word.heading(2, tr("Action plan"))
    _plan(word, view.actions)
    _key_points(word, view)
    _whole(word, view.whole)
    _groups(word, view)
    _without_rating(word, view)
    _sign_up(word, view.sign_up)
    _visits(word, view)
    _raters(word, view)


def _head(word: WordDocument, view: ReportView) -> None:
    word.line(Pale(f"{tr('Self-evaluation report')} · {view.audience_title}"))
    word.heading(1, view.school)
    word.line(Own(view.charter))
    note = f". {view.charter_note}" if view.charter_note else ""
    facts = (
        (tr("Cycle"), sentence(view.cycle).rstrip(".")),
        (tr("Date of the self-evaluation"), view.date),
        (tr("Status"), view.status),
        (tr("Charter"), tr("Version %(version)s", version=view.charter_version) + note),
        (tr("Rated by"), "; ".join(view.rated_by)),
    )
    for name, value in facts:
        if value:
            word.line(Pale(name), value)
    if view.is_draft:
        word.line(
            Strong(tr("Draft.")),
            tr("The school has not agreed this self-evaluation yet. What is written here may still change."),
        )
    for note in view.notes:
        word.line(note)


def _bar(word: WordDocument, view: ReportView) -> None:
    word.bar(view.tally, tr_of(view.noun, "How many aspects stand at each level"))
    word.line(Pale(view.caption))


def _statements(word: WordDocument, view: ReportView) -> None:
    for statement in view.statements:
        word.line(Strong(statement.name))
        word.line(statement.text)


def _meanings(word: WordDocument, view: ReportView) -> None:
    if any(badge.meaning for badge in view.scale):
        rows = [(badge, Own(badge.meaning)) for badge in view.scale]
        word.table(tr("What the levels mean"), (1, 3), (tr("Level"), tr("What it means")), rows)


def _movement(word: WordDocument, view: ReportView) -> None:
    moved = view.movement
    if moved is None:
        return
    word.heading(2, tr("What has changed since %(cycle)s", cycle=moved.before.cycle))
    if moved.steps:
        about = tr("From %(before)s to %(after)s", before=moved.before.cycle, after=moved.after.cycle)
        word.line(Strong(about))
        rows = [(_from_to(step.before, step.after), step.word, str(step.count)) for step in moved.steps]
        word.table(about, (5, 3, 1), (tr("From and to"), tr("What happened"), tr_of(view.noun, "Aspects")), rows)
    for section in moved.sections:
        word.heading(3, f"{section.heading} ({len(section.changes)})")
        if section.intro:
            word.line(Pale(section.intro))
        _changes(word, section.heading, section.changes, view.noun)


def _changes(word: WordDocument, about: str, changes: Sequence[Movement], noun: str) -> None:
    word.table(about, (3, 2), (tr_of(noun, "Aspect"), tr("Before and after")), [_change(change) for change in changes])


def _change(change: Movement) -> tuple[Lines, Lines]:
    lines: list[Line] = [Own(change.numbered)]
    lines += [Pale(tr("Before: %(what)s", what="; ".join(change.from_titles)))] if change.from_titles else []
    lines += [Pale(change.why)] if change.why else []
    return lines, _from_to(change.before, change.after)


def _from_to(before: Badge, after: Badge) -> Line:
    return after if before == after else (before, "→", after)


def _aspects(word: WordDocument, aspects: Sequence[AspectView]) -> None:
    for aspect in aspects:
        word.line(Own(aspect.numbered, is_strong=True), aspect.badge, *_was(aspect))
        if aspect.key_point:
            word.line(Pale(aspect.key_point))
        for name, lines in _details(aspect):
            if len(lines) == 1:
                word.line(Pale(name), *(lines[0] if isinstance(lines[0], tuple) else (lines[0],)))
            else:
                word.line(Pale(name))
                word.points(lines)


def _was(aspect: AspectView) -> tuple[Pale, ...]:
    return (Pale(tr("%(change)s, was %(level)s", change=aspect.change, level=aspect.was.word)),) if aspect.was else ()


def _details(aspect: AspectView) -> list[tuple[str, list[Line]]]:
    groups: list[Line] = [(group.badge, group.name) for group in aspect.groups]
    found: tuple[tuple[str, list[Line]], ...] = (
        (tr("Could not be read"), [aspect.why] if aspect.why else []),
        (tr("Why it does not apply"), [aspect.reason] if aspect.reason else []),
        (tr("What this level looks like"), [Own(aspect.looks_like)] if aspect.looks_like else []),
        (tr("Next step"), [Own(aspect.next_step)] if aspect.next_step else []),
        (tr("What is going well"), [aspect.strengths] if aspect.strengths else []),
        (tr("Note"), [aspect.note] if aspect.note else []),
        (tr("Copied, not looked at again"), [tr("from %(cycle)s", cycle=aspect.carried)] if aspect.carried else []),
        (tr("Target"), [aspect.target] if aspect.target else []),
        (tr("Counted"), [aspect.value] if aspect.value else []),
        (ntr("Idea", "Ideas", len(aspect.ideas)), list(aspect.ideas)),
        (tr("For focus groups"), groups),
        (tr("Evidence"), [_evidence(line) for line in aspect.evidence]),
    )
    return [(name, lines) for name, lines in found if lines]


def _evidence(line: EvidenceLine) -> str:
    link = f": {line.link}" if line.link else ""
    text = f"{', ' if line.link else ': '}{line.text}" if line.text else ""
    return f"{line.kind}{link}{text}{f'. {line.note}' if line.note else ''}"


def _plan(word: WordDocument, actions: Sequence[ActionLine]) -> None:
    if not actions:
        word.line(tr("There is no action plan yet."))
        return
    tells = any(action.success for action in actions)
    head = (tr("Action"), tr("Owner"), tr("Due"), *([tr("How we will know")] if tells else []), tr("Status"))
    widths = (5, 3, 2, *([4] if tells else []), 2)
    rows: list[list[Lines]] = []
    for action in actions:
        what: list[Line] = [action.action, *([Pale(action.aspect)] if action.aspect else [])]
        known: list[Lines] = [action.success or tr("Not said")] if tells else []
        status: Line = (action.status, Strong(tr("Overdue"))) if action.is_overdue else action.status
        rows.append([what, action.owner or tr("Nobody named"), action.due or tr("No date"), *known, status])
    word.table(tr("The action plan, open actions first"), widths, head, rows)


def _key_points(word: WordDocument, view: ReportView) -> None:
    word.heading(2, tr("By key point"))
    rows: list[Sequence[Lines]] = []
    for point in view.key_points:
        rows += [[Strong(point.part)]] if point.part else []
        rows.append((Own(point.numbered), point.tally.words, point.tally.met_words))
    about = (tr("Each key point with its aspects"), tr("Its aspects"))
    if view.noun != "aspect":
        about = (tr("Each key point with its level"), tr("Its level"))
    word.table(about[0], (4, 4, 2), (tr("Key point"), about[1], tr("Met")), rows)


def _whole(word: WordDocument, whole: WholeView) -> None:
    if whole.levels:
        word.heading(3, tr("Key points and the whole"))
        told = whole.has_notes
        rows: list[Sequence[Lines]] = [
            (stated.title, stated.badge, *((" ".join(filter(None, (stated.note, stated.fit))),) if told else ()))
            for stated in whole.levels
        ]
        heads = (tr("What"), tr("Level"), *((tr("What the leaders say"),) if told else ()))
        word.table(tr("The level of each key point and of the whole"), (4, 2, 5)[: len(heads)], heads, rows)
    if whole.awards:
        word.heading(3, tr("Awards"))
        lines: list[Sequence[Lines]] = [(award.label, award.needs, award.standing) for award in whole.awards]
        word.table(tr("Each award, and how far it is"), (3, 2, 5), (tr("Award"), tr("Needs"), tr("Standing")), lines)


def _groups(word: WordDocument, view: ReportView) -> None:
    if view.groups:
        word.heading(2, tr("Focus groups"))
    for group in view.groups:
        word.heading(3, group.name)
        is_board = view.board is not None
        word.line(f"{group.sentence} {group.below_sentence}" if is_board else group.sentence)
        word.bar(group.tally, group.name)
        if is_board:
            continue
        if group.below:
            about = tr("Where this group stands lower than the school as a whole")
            word.line(Strong(about))
            rows = [(below.title, below.school, below.group) for below in group.below]
            word.table(about, (4, 2, 2), (tr_of(view.noun, "Aspect"), tr("School"), tr("This group")), rows)
        else:
            word.line(group.below_sentence)


def _without_rating(word: WordDocument, view: ReportView) -> None:
    if view.unreadable or view.not_rated or view.not_applicable:
        word.heading(2, tr("Without a rating"))
    if view.unreadable:
        word.heading(3, tr("Could not be read"))
        _unreadable(word, view.unreadable)
        _aspects(word, view.unread)
    if view.not_rated:
        word.heading(3, tr("Not yet rated"))
        word.points(aspect.numbered for aspect in view.not_rated if not aspect.has_details)
        _aspects(word, [aspect for aspect in view.not_rated if aspect.has_details])
    if view.not_applicable:
        word.heading(3, tr("Not applicable"))
        _aspects(word, view.not_applicable)


def _unreadable(word: WordDocument, lines: Sequence[UnreadableLine]) -> None:
    word.line(tr("These entries of the file could not be read. They are counted nowhere until they are put right."))
    word.points(f"{line.what}: {line.why}" if line.why else line.what for line in lines)


def _sign_up(word: WordDocument, found: SignUp) -> None:
    if not found.sentence:
        return
    word.heading(2, tr("Sign-up"))
    word.line(found.sentence)
    word.points(
        (duty.text, Pale(tr("Done: %(when)s", when=duty.done) if duty.is_done else tr("Still to do") + duty.by))
        for duty in found.duties
    )


def _visits(word: WordDocument, view: ReportView) -> None:
    if view.visits:
        word.heading(2, tr("Visits"))
    for visit in view.visits:
        word.heading(3, visit.heading)
        word.points(visit.lines)


def _raters(word: WordDocument, view: ReportView) -> None:
    if view.raters:
        word.heading(2, tr("Before the meeting"))
        word.line(Pale(tr("What each rater said alone. The school’s answer stands above.")))
    for section in view.raters:
        word.heading(3, f"{section.heading} ({len(section.rows)})")
        rows: list[tuple[Lines, Lines]] = []
        for row in section.rows:
            said: list[Line] = []
            for rated in row.said:
                said += [(rated.badge, rated.name), *map(Pale, rated.lines)]
            rows.append((row.title, said))
        word.table(
            tr("%(what)s: who said what", what=section.heading),
            (1, 1),
            (tr_of(view.noun, "Aspect"), tr("Who said what")),
            rows,
        )


# -- for governors


def _governors(word: WordDocument, view: ReportView) -> None:
    board = view.board
    if board is None:
        raise ValueError("a report for governors has their page")
    word.line(Pale(f"{tr('Self-evaluation report')} · {view.audience_title}"))
    word.heading(1, view.school)
    word.line(Own(view.charter))
    note = f". {view.charter_note}" if view.charter_note else ""
    cycle = sentence(view.cycle).rstrip(".")
    parts = (cycle, view.date, view.status, tr("Charter version %(version)s", version=view.charter_version) + note)
    word.line(Pale(" · ".join(part for part in parts if part)))
    for text in view.notes:
        word.line(text)
    word.heading(2, tr("In short"))
    _bar(word, view)
    for text in view.summary:
        word.line(text)
    _statements(word, view)
    _board_moves(word, view)
    word.heading(2, tr("Open actions"))
    if board.actions:
        rows = [(action.action, action.owner or tr("Nobody named"), _due(action)) for action in board.actions]
        word.table(tr("Open actions, what is due first"), (5, 3, 3), (tr("Action"), tr("Owner"), tr("Due")), rows)
    else:
        word.line(tr("No action is open."))
    word.heading(2, tr("To decide and to ask"))
    for heading, lines in ((tr("To decide"), board.decide), (tr("To ask"), board.ask)):
        if lines:
            word.heading(3, heading)
            word.points(lines)
    if not board.decide and not board.ask:
        word.line(tr("Nothing in this self-evaluation waits for governors."))
    _key_points(word, view)
    _whole(word, view.whole)
    _groups(word, view)
    if view.unreadable:
        word.heading(2, tr("Could not be read"))
        _unreadable(word, view.unreadable)
    word.titled(2, tr("Concerns"), view.concerns)
    _sign_up(word, view.sign_up)
    _appendix(word, view)


def _about(point: KeyPointView) -> Lines:
    """A key point over its aspects, with what the charter says of it."""
    return [
        Own(point.numbered, is_strong=True),
        *([Own(point.detail)] if point.detail else []),
        *(Pale(example) for example in point.examples),
    ]


def _board_moves(word: WordDocument, view: ReportView) -> None:
    board = view.board
    if board is None:
        return
    word.heading(2, tr("What fell, what rose, what is lowest"))
    rows: list[Sequence[Lines]] = []
    for heading, found in ((tr("Fell back, worst first"), board.falls), (tr("Rose, most first"), board.rises)):
        if found:
            rows.append([Strong(heading)])
            rows += [(change.numbered, _from_to(change.before, change.after)) for change in found]
    if rows:
        word.table(
            tr("What fell back and what rose"), (3, 2), (tr_of(view.noun, "Aspect"), tr("Before and after")), rows
        )
    if board.more_rises:
        word.line(board.more_rises)
    if board.lowest:
        word.heading(3, tr("Lowest now: %(level)s", level=board.lowest.word))
    word.line(board.lowest_sentence)
    word.points(aspect.numbered for aspect in board.lowest_aspects)


def _due(action: ActionLine) -> Line:
    due = action.due or tr("No date")
    return (due, Strong(tr("Overdue"))) if action.is_overdue else due


def _appendix(word: WordDocument, view: ReportView) -> None:
    word.heading(2, tr_of(view.noun, "Appendix: every aspect"))
    if view.rated_by:
        word.line(Pale(tr("Rated by: %(people)s", people="; ".join(view.rated_by))))
    _meanings(word, view)
    rows: list[Sequence[Lines]] = []
    for point in view.key_points:
        rows += [[Strong(point.part)]] if point.part else []
        rows.append([_about(point)])
        for aspect in point.aspects:
            lines: list[Line] = [Own(aspect.numbered), *(Pale(f"{name}: {text}") for name, text in aspect.lines)]
            level: list[Line] = [aspect.badge, *_was(aspect)]
            rows.append((lines, level))
    word.table(tr_of(view.noun, "Every aspect with its level"), (3, 1), (tr_of(view.noun, "Aspect"), tr("Level")), rows)
