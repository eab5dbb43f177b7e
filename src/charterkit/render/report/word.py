"""The report for Word, for leaders and for governors: what the page says, in the same order, to be pasted elsewhere."""

from collections.abc import Sequence
from datetime import date

from charterkit.render.engine.paper import Paper
from charterkit.render.engine.word import Line, Lines, Pale, Strong, WordDocument
from charterkit.render.report.aspects import AspectView
from charterkit.render.report.evidence import EvidenceLine
from charterkit.render.report.view import KeyPointView, ReportView, title_of
from charterkit.render.report.whole import WholeView
from charterkit.render.shared.levels import Badge
from charterkit.render.shared.movement import Movement
from charterkit.render.shared.plan import ActionLine
from charterkit.render.shared.sign_up import SignUp
from charterkit.render.shared.unreadable import UnreadableLine
from charterkit.text.english import counted, plural, sentence


def report_docx(view: ReportView, today: date) -> Paper:
    """The report as a Word document, as its audience has it."""
    word = WordDocument(title_of(view), view.school, today, title_of(view))
    (_governors if view.audience == "governors" else _leaders)(word, view)
    word.line(Pale(f"Prepared on {view.made} with charterkit from the school’s own self-evaluation."))
    if view.origin:
        word.line(Pale(view.origin))
    return word.paper()


# -- for leaders


def _leaders(word: WordDocument, view: ReportView) -> None:
    _head(word, view)
    word.heading(2, "Summary")
    for line in view.summary:
        word.line(line)
    _statements(word, view)
    _bar(word, view)
    _meanings(word, view)
    _movement(word, view)
    word.heading(2, "Strengths")
    above = " or above" if view.scale and view.mark != view.scale[-1] else ""
    if view.strengths:
        word.line(Pale(f"{_many(view.strengths, view.noun)} at {view.goal}{above}, in the charter’s order."))
    else:
        word.line(f"No {view.noun} has reached {view.goal} yet.")
    _aspects(word, view.strengths)
    word.heading(2, "Areas for development")
    if view.development:
        word.line(Pale(f"{_many(view.development, view.noun)} below {view.goal}, the lowest first."))
    else:
        word.line(f"Nothing that has been rated is below {view.goal}.")
    _aspects(word, view.development)
    word.heading(2, "Action plan")
    _plan(word, view.actions)
    _key_points(word, view)
    _whole(word, view.whole)
    _groups(word, view)
    _without_rating(word, view)
    _sign_up(word, view.sign_up)
    _visits(word, view)
    _raters(word, view)


def _head(word: WordDocument, view: ReportView) -> None:
    word.line(Pale(f"Self-evaluation report · {view.audience_title}"))
    word.heading(1, view.school)
    word.line(view.charter)
    note = f". {view.charter_note}" if view.charter_note else ""
    facts = (
        ("Cycle", sentence(view.cycle).rstrip(".")),
        ("Date of the self-evaluation", view.date),
        ("Status", view.status),
        ("Charter", f"Version {view.charter_version}{note}"),
        ("Rated by", "; ".join(view.rated_by)),
    )
    for name, value in facts:
        if value:
            word.line(Pale(name), value)
    if view.is_draft:
        word.line(
            Strong("Draft."),
            "The school has not agreed this self-evaluation yet. What is written here may still change.",
        )
    for note in view.notes:
        word.line(note)


def _bar(word: WordDocument, view: ReportView) -> None:
    word.bar(view.tally, f"How many {view.noun}s stand at each level")
    article = "An" if view.noun == "aspect" else "A"
    counts = f"{article} {view.noun} counts as met at {view.mark.word}{view.own_marks}."
    word.line(Pale(f"The {view.tally.total} {view.noun}s of the charter. {counts}"))


def _statements(word: WordDocument, view: ReportView) -> None:
    for statement in view.statements:
        word.line(Strong(statement.name))
        word.line(statement.text)


def _meanings(word: WordDocument, view: ReportView) -> None:
    if any(badge.meaning for badge in view.scale):
        rows = [(badge, badge.meaning) for badge in view.scale]
        word.table("What the levels mean", (1, 3), ("Level", "What it means"), rows)


def _movement(word: WordDocument, view: ReportView) -> None:
    moved = view.movement
    if moved is None:
        return
    word.heading(2, f"What has changed since {moved.before.cycle}")
    if moved.steps:
        about = f"From {moved.before.cycle} to {moved.after.cycle}"
        word.line(Strong(about))
        rows = [(_from_to(step.before, step.after), step.word, str(step.count)) for step in moved.steps]
        word.table(about, (5, 3, 1), ("From and to", "What happened", f"{view.noun.capitalize()}s"), rows)
    for section in moved.sections:
        word.heading(3, f"{section.heading} ({len(section.changes)})")
        if section.intro:
            word.line(Pale(section.intro))
        _changes(word, section.heading, section.changes, view.noun)


def _changes(word: WordDocument, about: str, changes: Sequence[Movement], noun: str) -> None:
    word.table(about, (3, 2), (noun.capitalize(), "Before and after"), [_change(change) for change in changes])


def _change(change: Movement) -> tuple[Lines, Lines]:
    lines: list[Line] = [change.numbered]
    lines += [Pale(f"Before: {'; '.join(change.from_titles)}")] if change.from_titles else []
    lines += [Pale(change.why)] if change.why else []
    return lines, _from_to(change.before, change.after)


def _from_to(before: Badge, after: Badge) -> Line:
    return after if before == after else (before, "→", after)


def _aspects(word: WordDocument, aspects: Sequence[AspectView]) -> None:
    for aspect in aspects:
        word.line(Strong(aspect.numbered), aspect.badge, *_was(aspect))
        if aspect.key_point:
            word.line(Pale(aspect.key_point))
        for name, lines in _details(aspect):
            if len(lines) == 1:
                word.line(Pale(name), *(lines[0] if isinstance(lines[0], tuple) else (lines[0],)))
            else:
                word.line(Pale(name))
                word.points(lines)


def _was(aspect: AspectView) -> tuple[Pale, ...]:
    return (Pale(f"{aspect.change}, was {aspect.was.word}"),) if aspect.was else ()


def _details(aspect: AspectView) -> list[tuple[str, list[Line]]]:
    groups: list[Line] = [(group.badge, group.name) for group in aspect.groups]
    found: tuple[tuple[str, list[Line]], ...] = (
        ("Could not be read", [aspect.why] if aspect.why else []),
        ("Why it does not apply", [aspect.reason] if aspect.reason else []),
        ("What this level looks like", [aspect.looks_like] if aspect.looks_like else []),
        ("Next step", [aspect.next_step] if aspect.next_step else []),
        ("What is going well", [aspect.strengths] if aspect.strengths else []),
        ("Note", [aspect.note] if aspect.note else []),
        ("Copied, not looked at again", [f"from {aspect.carried}"] if aspect.carried else []),
        ("Target", [aspect.target] if aspect.target else []),
        ("Counted", [aspect.value] if aspect.value else []),
        (plural(len(aspect.ideas), "Idea"), list(aspect.ideas)),
        ("For focus groups", groups),
        ("Evidence", [_evidence(line) for line in aspect.evidence]),
    )
    return [(name, lines) for name, lines in found if lines]


def _evidence(line: EvidenceLine) -> str:
    link = f": {line.link}" if line.link else ""
    text = f"{', ' if line.link else ': '}{line.text}" if line.text else ""
    return f"{line.kind}{link}{text}{f'. {line.note}' if line.note else ''}"


def _plan(word: WordDocument, actions: Sequence[ActionLine]) -> None:
    if not actions:
        word.line("There is no action plan yet.")
        return
    tells = any(action.success for action in actions)
    head = ("Action", "Owner", "Due", *(["How we will know"] if tells else []), "Status")
    widths = (5, 3, 2, *([4] if tells else []), 2)
    rows: list[list[Lines]] = []
    for action in actions:
        what: list[Line] = [action.action, *([Pale(action.aspect)] if action.aspect else [])]
        known: list[Lines] = [action.success or "Not said"] if tells else []
        status: Line = (action.status, Strong("Overdue")) if action.is_overdue else action.status
        rows.append([what, action.owner or "Nobody named", action.due or "No date", *known, status])
    word.table("The action plan, open actions first", widths, head, rows)


def _key_points(word: WordDocument, view: ReportView) -> None:
    word.heading(2, "By key point")
    rows: list[Sequence[Lines]] = []
    for point in view.key_points:
        rows += [[Strong(point.part)]] if point.part else []
        rows.append((point.numbered, point.tally.words, point.tally.met_words))
    under = "aspects" if view.noun == "aspect" else "level"
    word.table(f"Each key point with its {under}", (4, 4, 2), ("Key point", f"Its {under}", "Met"), rows)


def _whole(word: WordDocument, whole: WholeView) -> None:
    if whole.levels:
        word.heading(3, "Key points and the whole")
        told = whole.has_notes
        rows: list[Sequence[Lines]] = [
            (stated.title, stated.badge, *((" ".join(filter(None, (stated.note, stated.fit))),) if told else ()))
            for stated in whole.levels
        ]
        heads = ("What", "Level", *(("What the leaders say",) if told else ()))
        word.table("The level of each key point and of the whole", (4, 2, 5)[: len(heads)], heads, rows)
    if whole.awards:
        word.heading(3, "Awards")
        lines: list[Sequence[Lines]] = [(award.label, award.needs, award.standing) for award in whole.awards]
        word.table("Each award, and how far it is", (3, 2, 5), ("Award", "Needs", "Standing"), lines)


def _groups(word: WordDocument, view: ReportView) -> None:
    if view.groups:
        word.heading(2, "Focus groups")
    for group in view.groups:
        word.heading(3, group.name)
        is_board = view.board is not None
        word.line(f"{group.sentence} {group.below_sentence}" if is_board else group.sentence)
        word.bar(group.tally, group.name)
        if is_board:
            continue
        if group.below:
            about = "Where this group stands lower than the school as a whole"
            word.line(Strong(about))
            rows = [(below.title, below.school, below.group) for below in group.below]
            word.table(about, (4, 2, 2), (view.noun.capitalize(), "School", "This group"), rows)
        else:
            word.line(group.below_sentence)


def _without_rating(word: WordDocument, view: ReportView) -> None:
    if view.unreadable or view.not_rated or view.not_applicable:
        word.heading(2, "Without a rating")
    if view.unreadable:
        word.heading(3, "Could not be read")
        _unreadable(word, view.unreadable)
        _aspects(word, view.unread)
    if view.not_rated:
        word.heading(3, "Not yet rated")
        word.points(aspect.numbered for aspect in view.not_rated if not aspect.has_details)
        _aspects(word, [aspect for aspect in view.not_rated if aspect.has_details])
    if view.not_applicable:
        word.heading(3, "Not applicable")
        _aspects(word, view.not_applicable)


def _unreadable(word: WordDocument, lines: Sequence[UnreadableLine]) -> None:
    word.line("These entries of the file could not be read. They are counted nowhere until they are put right.")
    word.points(f"{line.what}: {line.why}" if line.why else line.what for line in lines)


def _sign_up(word: WordDocument, found: SignUp) -> None:
    if not found.sentence:
        return
    word.heading(2, "Sign-up")
    word.line(found.sentence)
    word.points((duty.text, Pale(f"Done: {duty.done}" if duty.is_done else "Still to do")) for duty in found.duties)


def _visits(word: WordDocument, view: ReportView) -> None:
    if view.visits:
        word.heading(2, "Visits")
    for visit in view.visits:
        word.heading(3, visit.heading)
        word.points(visit.lines)


def _raters(word: WordDocument, view: ReportView) -> None:
    if view.raters:
        word.heading(2, "Before the meeting")
        word.line(Pale("What each rater said alone. The school’s answer stands above."))
    for section in view.raters:
        word.heading(3, f"{section.heading} ({len(section.rows)})")
        rows: list[tuple[Lines, Lines]] = []
        for row in section.rows:
            said: list[Line] = []
            for rated in row.said:
                said += [(rated.badge, rated.name), *([Pale(rated.note)] if rated.note else [])]
            rows.append((row.title, said))
        word.table(f"{section.heading}: who said what", (1, 1), (view.noun.capitalize(), "Who said what"), rows)


def _many(aspects: Sequence[AspectView], noun: str) -> str:
    return sentence(counted(len(aspects), noun)).rstrip(".")


# -- for governors


def _governors(word: WordDocument, view: ReportView) -> None:
    board = view.board
    if board is None:
        raise ValueError("a report for governors has their page")
    word.line(Pale(f"Self-evaluation report · {view.audience_title}"))
    word.heading(1, view.school)
    word.line(view.charter)
    note = f". {view.charter_note}" if view.charter_note else ""
    cycle = sentence(view.cycle).rstrip(".")
    parts = (cycle, view.date, view.status, f"Charter version {view.charter_version}{note}")
    word.line(Pale(" · ".join(part for part in parts if part)))
    for text in view.notes:
        word.line(text)
    word.heading(2, "In short")
    _bar(word, view)
    for text in view.summary:
        word.line(text)
    _statements(word, view)
    _board_moves(word, view)
    word.heading(2, "Open actions")
    if board.actions:
        rows = [(action.action, action.owner or "Nobody named", _due(action)) for action in board.actions]
        word.table("Open actions, what is due first", (5, 3, 3), ("Action", "Owner", "Due"), rows)
    else:
        word.line("No action is open.")
    word.heading(2, "To decide and to ask")
    for heading, lines in (("To decide", board.decide), ("To ask", board.ask)):
        if lines:
            word.heading(3, heading)
            word.points(lines)
    if not board.decide and not board.ask:
        word.line("Nothing in this self-evaluation waits for governors.")
    _key_points(word, view)
    _whole(word, view.whole)
    _groups(word, view)
    if view.unreadable:
        word.heading(2, "Could not be read")
        _unreadable(word, view.unreadable)
    _sign_up(word, view.sign_up)
    _appendix(word, view)


def _about(point: KeyPointView) -> Lines:
    """A key point over its aspects, with what the charter says of it."""
    return [
        Strong(point.numbered),
        *([point.detail] if point.detail else []),
        *(Pale(example) for example in point.examples),
    ]


def _board_moves(word: WordDocument, view: ReportView) -> None:
    board = view.board
    if board is None:
        return
    word.heading(2, "What fell, what rose, what is lowest")
    rows: list[Sequence[Lines]] = []
    for heading, found in (("Fell back, worst first", board.falls), ("Rose, most first", board.rises)):
        if found:
            rows.append([Strong(heading)])
            rows += [(change.numbered, _from_to(change.before, change.after)) for change in found]
    if rows:
        word.table("What fell back and what rose", (3, 2), (view.noun.capitalize(), "Before and after"), rows)
    if board.more_rises:
        word.line(board.more_rises)
    if board.lowest:
        word.heading(3, f"Lowest now: {board.lowest.word}")
    word.line(board.lowest_sentence)
    word.points(aspect.numbered for aspect in board.lowest_aspects)


def _due(action: ActionLine) -> Line:
    due = action.due or "No date"
    return (due, Strong("Overdue")) if action.is_overdue else due


def _appendix(word: WordDocument, view: ReportView) -> None:
    word.heading(2, f"Appendix: every {view.noun}")
    if view.rated_by:
        word.line(Pale(f"Rated by: {'; '.join(view.rated_by)}"))
    _meanings(word, view)
    rows: list[Sequence[Lines]] = []
    for point in view.key_points:
        rows += [[Strong(point.part)]] if point.part else []
        rows.append([_about(point)])
        for aspect in point.aspects:
            lines: list[Line] = [aspect.numbered, *(Pale(f"{name}: {text}") for name, text in aspect.lines)]
            level: list[Line] = [aspect.badge, *_was(aspect)]
            rows.append((lines, level))
    word.table(f"Every {view.noun} with its level", (3, 1), (view.noun.capitalize(), "Level"), rows)
