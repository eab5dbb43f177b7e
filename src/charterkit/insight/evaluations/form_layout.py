"""How a self-evaluation form is laid out as a workbook: what its writer and its reader both have to know.

People see one sheet. Beside their words stand a hidden column with each aspect's id and a hidden row with a key over
each column, so that deleted and moved rows are still told apart; a hidden sheet says which charter it is of, and which
sentence each aspect has on the form: where rows were sorted without the hidden column, the sentence tells.
"""

SHEET = "Self-evaluation"
HELP_SHEET = "How to use this"
MACHINE_SHEET = "charterkit"
MARK = "charterkit-form"
"""The first cell of the hidden sheet; without it a workbook is nobody's form."""
FORMAT = "2"
PLAN_SHEET = "Action plan"

ASPECT = "charterkit:aspect"
"""Over the column of ids; its cell is also where the hidden row is told by."""
ANSWERS = ("rating", "note", "ideas", "reason")
"""The columns to fill in, in their order."""
AIMS = ("target", "target-by", "value")
"""Columns to fill in beside the printed ones, for aspects alone. A form that was made before they were has none."""
TEXT = "text"
"""The column with the aspects' sentences."""
ACTION = "charterkit:action"
"""Over the column of actions' ids, on the sheet of the action plan; its cell tells where the hidden row is."""
PLAN = ("what", "who", "by-when", "about", "became", "note")
"""The columns of that sheet: an open action says in `became` what has become of it, a new one says the rest."""
HEAD = ("school", "cycle")
"""What is filled in above the table: the value stands two cells to the right of the key."""
CELL_UNITS = 32_767
"""The most that a cell of a workbook holds, in UTF-16 units (Microsoft, "Excel specifications and limits", 2026)."""


def key(name: str) -> str:
    """The hidden key of a column or of a line of the head."""
    return f"charterkit:{name}"


def fitting(text: str, mark: str = "…") -> str:
    """A text, or as much of it as a cell holds, with a mark at its end; no character is cut in half."""
    if units(text) <= CELL_UNITS:
        return text
    room = CELL_UNITS - units(mark)
    return text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore") + mark


def units(text: str) -> int:
    """A text's length as a workbook counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
