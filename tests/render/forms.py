"""What tests of the form share: a small charter in two versions, and workbooks filled in by another program."""

import io
import re
from datetime import date
from typing import Any

import openpyxl

from charterkit.files.load import load
from charterkit.insight.evaluations.form_cycle import Occasion
from charterkit.insight.evaluations.form_layout import SHEET
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.render.form.view import form
from charterkit.render.form.workbook import form_xlsx

TODAY = date(2026, 11, 22)
HEAD = """\
id: small
title: "Small & =fine"
status: published
scale: [{id: not-yet, label: Not yet}, {id: nearly, label: Nearly, meaning: "Almost, not quite"}, {id: good, label: Good}]
key_points:
"""
ONE = f"""\
version: "1"
{HEAD}  - id: welcome
    title: Welcome
    aspects:
      - {{id: gate, text: "=The gate", detail: Somebody stands there, examples: [{{text: We do, school: Elm}}, {{text: So do we}}]}}
      - {{id: phone, text: The phone}}
      - {{id: post, text: The post}}
  - {{id: talk, title: Talk, aspects: [{{id: night, text: Evenings}}, {{id: letter, text: Letters}}, {{id: web, text: The website}}]}}
"""
TWO = f"""\
version: "2"
{HEAD}  - id: welcome
    title: Welcome
    aspects:
      - {{id: entrance, text: The entrance, replaces: [gate]}}
      - {{id: messages, text: Messages, replaces: [phone, post]}}
      - {{id: morning, text: Mornings, replaces: [night]}}
      - {{id: evening, text: Evenings, replaces: [night]}}
      - {{id: letter, text: Letters}}
"""


def charter(text: str = ONE) -> Charter:
    found = load(Charter, text.encode())
    assert found.model, found.problems
    return found.model


def blank(text: str = ONE, cycle: str = "2026-27") -> bytes:
    """A form to fill in, of no school."""
    made = form(None, Occasion(charter(text), Cycle.parse(cycle) if cycle else None, None, {}), today=TODAY)
    return form_xlsx(made.view, TODAY).data


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def places(book: openpyxl.Workbook) -> tuple[dict[str, int], dict[str, int]]:
    """The rows of the aspects and the columns of the answers, as the hidden keys tell them."""
    sheet = book[SHEET]
    top = next(row for row in sheet.iter_rows() if row[0].value == "charterkit:aspect")
    columns = {str(cell.value).removeprefix("charterkit:"): cell.column for cell in top if cell.value}
    del columns["text"]
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=top[0].row + 2) if row[0].value}
    return rows, columns


def filled(data: bytes, answers: dict[str, dict[str, Any]]) -> bytes:
    """A workbook with answers written in by openpyxl; text goes in as text, whatever it begins with."""
    book = opened(data)
    rows, columns = places(book)
    for aspect, values in answers.items():
        for name, value in values.items():
            cell = book[SHEET].cell(rows[aspect], columns[name])
            if isinstance(value, str):
                cell.value = escaped(value)
                cell.data_type = "s"
            else:
                cell.value = value
    return saved(book)


def escaped(text: str) -> str:
    """What Excel writes for characters XML cannot hold, and for text that looks like that (ECMA-376, ST_Xstring)."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text)
