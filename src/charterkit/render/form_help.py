"""What the form's workbook says about filling it in."""

from charterkit.render.form import FormView


def help_lines(view: FormView) -> tuple[str, ...]:
    """The steps, in plain sentences."""
    last = (
        f"Beside each aspect stand the rating and the ideas of last time ({view.last_cycle})."
        if view.last_cycle
        else ""
    )
    school = f" {view.school_slug}" if view.school_slug else " SCHOOL"
    steps = (
        "Fill in the pale cells of the sheet “Self-evaluation”. The wording of the charter is locked, so that nobody changes it by accident; there is no password.",
        "Write the cycle at the top, where it is not filled in: 2026-27 for a school year, 2026-27-autumn for one term.",
        last,
        "Choose one rating for each aspect from its list. An aspect that is left empty stays as it is: it counts as not yet rated.",
        f"Where an aspect does not concern your school, choose “{view.labels['not-applicable'].text}” and say why in the last column.",
        "Write what explains the rating as a note, and each idea on a line of its own (Alt and Enter together begin a new line).",
        "Write no passwords and no children’s names into the form: it is kept with the school’s files.",
        f"Save it as XLSX and take it in with: charterkit evaluate{school} --from FILE.xlsx. If anything cannot be taken in, nothing is, and each cell to mend is named.",
    )
    return tuple(line for line in steps if line)
