"""What the form's workbook says about filling it in."""

from charterkit.render.form.view import FormView


def help_lines(view: FormView) -> tuple[str, ...]:
    """The steps, in plain sentences."""
    last = f"Beside each {view.noun} stand the rating and the ideas of last time ({view.last_cycle})."
    command = f"charterkit evaluate {view.school_slug or 'SCHOOL'} --from FILE.xlsx"
    steps = any(step.text for point in view.points for aspect in point.aspects for step in aspect.steps)
    looks = f"What each level looks like stands beside the {view.noun}"
    guided = f"{looks}; the next step shows at the cell of the rating." if steps else f"{looks}."
    apart = view.labels["not-applicable"].text
    reason, article = view.labels["reason"].text, "a" if view.noun.startswith("key") else "an"
    return (
        "Fill in the pale cells of the sheet “Self-evaluation”. The charter’s words are locked, without a password.",
        "Write the cycle at the top if it is not there: 2026-27 for a school year, 2026-27-autumn for one term.",
        *([last] if view.last_cycle else []),
        *([guided] if view.has_rubric else []),
        f"Choose one rating for each {view.noun} from its list. What you leave empty stays as it is.",
        f"Where {article} {view.noun} does not concern your school, choose “{apart}” and say why under “{reason}”.",
        "Write what explains the rating as a note.",
        "Write each idea on a line of its own: Alt and Enter together begin a new line.",
        "Beside that stand a target, by when, and what was counted: only where you want to. They are not printed.",
        "On the sheet “Action plan”, choose what has become of each open action, and write new ones below them.",
        "Write no passwords and no children’s names into the form: it is kept with the school’s files.",
        f"Save it as XLSX, then take it in with: {command}",
        "If anything cannot be taken in, nothing is, and each cell to mend is named.",
    )
