"""A workbook as the program that reads it sees it: made here of its XML, cell by cell, at and beyond every limit."""

import io
import zipfile
from datetime import date

import pytest

from charterkit.errors import CharterkitError
from charterkit.exchange.cells import letters
from charterkit.exchange.workbook.limits import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_INDEX_BYTES,
    MOST_PARTS,
    MOST_SHEETS,
    Limits,
)
from charterkit.exchange.workbook.xlsx import Sheet, sheets

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
LOOKS = f"""<styleSheet xmlns="{SPACE}">
<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="mmmm yyyy*0"/>
<numFmt numFmtId="166" formatCode="[$-809]yyyy;0"/><numFmt numFmtId="167" formatCode="d mmm yyyy"/>
<numFmt numFmtId="168" formatCode="&quot;year&quot; 0"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs>{"".join(f'<xf numFmtId="{number}"/>' for number in (0, 9, 10, 164, 17, 165, 166, 167, 168, 14))}</cellXfs>
</styleSheet>"""
"""Look 0 is plain; 1 to 3 are percentages; 4 and 5 show a month, 6 a year; 7 to 9 a day, a number and a day."""


def packed(*found: str, **more: str | bytes) -> bytes:
    """A workbook of sheets, each the XML of its rows; `more` are further parts, or the same otherwise, by name."""
    names = [f"Sheet{number}" for number in range(1, len(found) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(found) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}">{BOOK}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
        "xl/styles.xml": LOOKS,
        **{f"xl/worksheets/sheet{at}.xml": sheet_xml(rows) for at, rows in enumerate(found, 1)},
        **more,
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return held.getvalue()


def sheet_xml(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def text(place: str, said: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def read(data: bytes, *wanted: str, limits: Limits | None = None) -> list[Sheet]:
    return sheets("b.xlsx", data, wanted or None, **({"limits": limits} if limits else {}))


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(CharterkitError) as refused:
        read(data, limits=limits)
    return refused.value.message


# -- what stands in the cells


def test_a_sheet_says_what_stands_in_its_cells_and_what_each_is() -> None:
    rows = f"""
    <row r="1">{text("A1", "Aspect")}<c r="C1" t="s"><v>1</v></c><c r="D1" t="s"><v>0</v></c></row>
    <row r="3"><c r="A3"><v>4.5</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c>
      <c r="D3" t="str"><f>"A "&amp;"B"</f><v>A B</v></c><c r="E3"><f>A3*2</f></c></row>
    <row>{'<c s="1"><v>0.5</v></c><c s="2"><v>0.5</v></c><c s="3"><v>0.5</v></c><c s="0"><v>0.5</v></c>'}</row>
    <row r="6"><c r="B6" s="4"><v>46000</v></c><c s="5"><v>46000</v></c><c s="6"><v>46000</v></c>
      <c s="7"><v>46000</v></c><c s="8"><v>46000</v></c><c s="9"><v>46000</v></c></row>
    """
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="AA10"/></mergeCells>'
    shared = f'<sst xmlns="{SPACE}"><si><t>One</t></si> <si> <r><t>Tw</t> </r><x>no text</x><r><t>o</t></r></si></sst>'
    data = packed(rows, **{"xl/worksheets/sheet1.xml": sheet_xml(rows, merged), "xl/sharedStrings.xml": shared})
    (sheet,) = read(data, "Two")
    assert (len(read(data, "One")), len(read(data, "no text"))) == (1, 0)
    assert sheet.rows[0][:4] == ["Aspect", "", "Two", "One"]
    assert sheet.rows[2][:4] == [4.5, True, sheet.value(2, 2), "A B"]
    assert sheet.rows[3][:4] == [0.5] * 4
    assert sheet.value(5, 4) == date(2025, 12, 9)
    assert (set(sheet.errors), set(sheet.formulas)) == ({(2, 2)}, {(2, 3), (2, 4)})
    assert sheet.written == {(2, 3): '="A "&"B"', (2, 4): "=A3*2"}
    assert sheet.percents == {(3, 0), (3, 1), (3, 2)}
    assert sheet.vague == {(5, 1): "month", (5, 2): "month", (5, 3): "year"}
    assert sheet.merged == ((0, 0, 1, 1), (9, 26, 9, 26))
    assert (sheet.name, sheet.is_hidden) == ("Sheet1", False)


def test_beyond_the_last_cell_there_is_empty_text() -> None:
    (sheet,) = read(packed(f"<row>{text('A1', 'x')}</row>"))
    assert [each.rows for each in read(packed(f"<row r='2'>{text('B2', 'x')}</row>"))] == [[["", ""], ["", "x"]]]
    assert [sheet.value(*at) for at in ((0, 0), (0, 1), (1, 0), (7, 7))] == ["x", "", "", ""]
    assert (sheet.where(0, 0), sheet.where(11, 27)) == ("Sheet1!A1", "Sheet1!AB12")


def test_cells_without_a_place_follow_the_one_before_as_programs_write_them() -> None:
    rows = """<row><c><v>1</v></c><c><f>1</f></c></row><row><c r="C2"><v>2</v></c><c><f>2</f></c></row>
    <row r="5"><c><f>3</f></c></row><row><c t="e"><v>#N/A</v></c><c><v>4</v></c></row>"""
    (sheet,) = read(packed(rows + f"<row>{text('A7', 'x')}</row>"))
    assert sheet.formulas == {(0, 1), (1, 3), (4, 0)}
    assert sheet.errors == {(5, 0)}


def test_tags_may_name_their_space() -> None:
    rows = '<x:row><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:f>A1</x:f><x:v>1</x:v></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{SPACE}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    texts = f'<x:sst xmlns:x="{SPACE}"><x:si><x:t>Long</x:t></x:si></x:sst>'
    (sheet,) = read(packed("", **{"xl/worksheets/sheet1.xml": part, "xl/sharedStrings.xml": texts}), "Long")
    assert (set(sheet.formulas), dict(sheet.written)) == ({(0, 1)}, {(0, 1): "=A1"})


def test_of_joined_cells_so_many_are_known_and_no_more() -> None:
    rows, merged = f"<row>{text('A1', 'x')}</row>", '<mergeCell ref="A1:B2"/>' * 2_001
    (sheet,) = read(packed("", **{"xl/worksheets/sheet1.xml": sheet_xml(rows, f"<mergeCells>{merged}</mergeCells>")}))
    assert sheet.merged == ((0, 0, 1, 1),) * 2_000


# -- which sheets


def test_only_the_sheets_with_a_text_that_is_wanted_are_read() -> None:
    runs = (
        '<row> <c r="A1" t="inlineStr"> <is> <r><t>a</t> </r> <r><t>b</t></r> </is> </c> <c r="B1"><v>1</v> </c></row>'
    )
    found = [f"<row>{text('A1', word)}</row>" for word in ("a", "b", "c")]
    data = packed(*found, runs, "<row/>")
    assert [sheet.name for sheet in read(data, "c", "a")] == ["Sheet1", "Sheet3"]
    assert [sheet.name for sheet in read(data)] == ["Sheet1", "Sheet2", "Sheet3", "Sheet4"]
    assert [sheet.rows for sheet in read(data, "ab")] == [[["ab", 1]]]


def index(*found: str) -> str:
    return f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}"><sheets>{"".join(found)}</sheets></workbook>'


def test_a_sheet_is_found_by_its_link_and_hidden_ones_are_told() -> None:
    listed = [
        f'<sheet name="S{at}" id="r2" sheetId="{at}" r:id="r{at}"{state}/>'
        for at, state in enumerate(("", ' state="hidden"', ' state="veryHidden"', ' state="visible"'), 1)
    ]
    chart = '<sheet name="Chart" sheetId="8" r:id="r5"/><externalReference name="Book" r:id="r6"/>'
    links = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="{folder}worksheets/sheet{5 - at}.xml"/>'
        for at, folder in enumerate(("", "/xl/", "", ""), 1)
    )
    links += f'<Relationship Id="r5" Type="{OFFICE}/chartsheet" Target="chartsheets/sheet1.xml"/>'
    links += f'<Relationship Id="r6" Type="{OFFICE}/externalLink" Target="externalLinks/one.xml"/>'
    more = {
        "xl/workbook.xml": index(*listed, chart),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
        "xl/externalLinks/one.xml": sheet_xml(f"<row>{text('A1', 'x')}</row>"),
        "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{SPACE}"/>',
    }
    found = read(packed(*(f"<row>{text('A1', f'in {at}')}</row>" for at in range(1, 5)), **more))
    assert [(sheet.name, sheet.rows, sheet.is_hidden) for sheet in found] == [
        ("S1", [["in 4"]], False),
        ("S2", [["in 3"]], True),
        ("S3", [["in 2"]], True),
        ("S4", [["in 1"]], False),
    ]
    lost = {**more, "xl/workbook.xml": index(*listed, chart, '<sheet name="Lost" sheetId="9" r:id="r9"/>')}
    assert refusal(packed(*["<row/>"] * 4, **lost)) == "b.xlsx is damaged."


# -- limits: what is just allowed, and the first thing that is not

SMALL = Limits(bytes=1024 * 1024, rows=3, elements=12, places=6, letters=9)
"""Sheets have six places, nine letters and twelve elements: two of them are the sheet itself."""


@pytest.mark.parametrize(
    ("fits", "not_any_more", "said"),
    [
        (
            '<row r="3"><c r="A3"><v>1</v></c></row>',
            '<row r="4"><c r="A4"><v>1</v></c></row>',
            "more than 3 rows or 200 columns",
        ),
        (text("A3", "x"), text("A4", "x"), "more than 3 rows or 200 columns"),
        ("<row/>" + "<c/>" * 9, "<row/>" + "<c/>" * 10, "has a sheet with too many cells"),
        ('<c r="B3"><v>1</v></c>', '<c r="C3"><v>1</v></c>', "has a sheet with too many cells"),
        ('<c r="C2"><v>1</v></c>', '<c r="G1"><v>1</v></c>', "has a sheet with too many cells"),
        ("<c><v>12345</v></c><c><v>6789</v></c>", "<c><v>12345</v></c><c><v>67890</v></c>", "holds too much text"),
        ('<row r="9"><c r="ZZ9"/></row>', '<row r="0"><c><v>1</v></c></row>', "more than 3 rows or 200 columns"),
        ('<c r="A1"><v>1</v></c>', '<c r="A12345678"><v>1</v></c>', "is damaged"),
    ],
)
def test_a_sheet_may_be_so_large_and_no_larger(fits: str, not_any_more: str, said: str) -> None:
    first = "" if "row" in fits else "<row/>"
    read(packed(first + fits), limits=SMALL)
    assert said in refusal(packed(first + not_any_more), SMALL)


def test_columns_end_where_they_end() -> None:
    read(packed(f'<row><c r="{letters(MOST_COLUMNS - 1)}1"><f>1</f></c></row>'))
    assert "more than 5,000 rows or 200 columns" in refusal(
        packed(f'<row><c r="{letters(MOST_COLUMNS)}1"><f>1</f></c></row>')
    )


def test_places_are_those_of_all_sheets_that_are_read() -> None:
    wide = f'<row>{text("A1", "x")}</row><row r="2"><c r="B2"><v>1</v></c></row>'
    read(packed(wide), limits=SMALL)
    assert "too many cells" in refusal(packed(wide, wide), SMALL)
    other = wide.replace("x", "y")
    assert [sheet.name for sheet in read(packed(wide, other), "x", limits=SMALL)] == ["Sheet1"]


def test_letters_are_those_of_all_sheets() -> None:
    row = f"<row>{text('A1', 'abcde')}</row>"
    read(packed(row), limits=SMALL)
    assert "holds too much text" in refusal(packed(row, row), SMALL)


@pytest.mark.parametrize(
    ("said", "fits"),
    [("x" * 32_767, True), ("x" * 32_768, False), ("😀" * 32_767, True), ("_x000D_" * 32_767, True)],
)
def test_a_cell_holds_as_much_as_the_programs_that_write_it_allow(said: str, fits: bool) -> None:
    data = packed(f"<row>{text('B1', said)}</row>")
    if fits:
        assert read(data)
    else:
        assert "has more than 32,767 characters, the most of a cell, at Sheet1!B1" in refusal(data)


def test_shared_texts_are_counted_too() -> None:
    texts = f'<sst xmlns="{SPACE}">' + "<si><t>a</t></si>" * 5 + "{}</sst>"
    row = '<row><c t="s"><v>0</v></c></row>'
    read(packed(row, **{"xl/sharedStrings.xml": texts.format("<si/>")}), limits=SMALL)
    assert "has too many texts" in refusal(packed(row, **{"xl/sharedStrings.xml": texts.format("<si/><si/>")}), SMALL)


def test_so_many_sheets_and_no_more() -> None:
    rows = [f"<row>{text('A1', 'x')}</row>"] * (MOST_SHEETS + 1)
    assert len(read(packed(*rows[1:]))) == MOST_SHEETS
    assert "has more than 30 sheets" in refusal(packed(*rows))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_the_list_of_sheets_has_a_size_that_is_refused(part: str) -> None:
    row = f"<row>{text('A1', 'x')}</row>"
    with zipfile.ZipFile(io.BytesIO(packed(row))) as made:
        known = made.read(part)
    room = MOST_INDEX_BYTES - len(known)
    assert read(packed(row, **{part: known + b" " * room}))
    assert "has too many sheets and names" in refusal(packed(row, **{part: known + b" " * (room + 1)}))


def test_so_many_parts_and_no_more() -> None:
    row = f"<row>{text('A1', 'x')}</row>"
    parts: dict[str, str | bytes] = {f"xl/media/{number}.png": b"" for number in range(MOST_PARTS - 6)}
    assert read(packed(row, **parts))
    assert "is not packed as a workbook is" in refusal(packed(row, **parts, more=b""))


def test_all_parts_together_have_a_size() -> None:
    row = f"<row>{text('A1', 'x')}</row>"
    room = MOST_BYTES - sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(packed(row))).infolist())
    assert read(packed(row, **{"xl/more.xml": b" " * room}))
    assert "holds more than 8 MB once it is unpacked" in refusal(packed(row, **{"xl/more.xml": b" " * (room + 1)}))


# -- parts


@pytest.mark.parametrize(
    "part",
    [
        "docProps/app.xml",
        "xl/media/a.xml",
        "xl/theme/theme1.xml",
        "xl/drawings/drawing1.xml",
        "xl/charts/chart1.xml",
        "customXml/item1.xml",
        "xl/printerSettings/a.xml",
        "xl/vba.bin",
    ],
)
def test_what_is_not_read_may_hold_anything(part: str) -> None:
    assert read(packed(f"<row>{text('A1', 'x')}</row>", **{part: b"<!DOCTYPE a>\0"}))


@pytest.mark.parametrize("harm", [b"<!DOCTYPE a>", b'<!ENTITY a "b">', b"a\0b"])
@pytest.mark.parametrize("part", ["xl/a.xml", "xl/_rels/a.RELS"])
def test_no_part_that_is_read_defines_anything(part: str, harm: bytes) -> None:
    said = refusal(packed(f"<row>{text('A1', 'x')}</row>", **{part: harm}))
    assert said == "b.xlsx holds something that no workbook holds."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *(
            (name, "a workbook of another kind (.ods or .xlsb)")
            for name in ("content.xml", "mimetype", "xl/workbook.bin")
        ),
        ("a.xml", "no XLSX workbook"),
    ],
)
def test_workbooks_of_another_kind_are_told(name: str, said: str) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(name, b"<a/>")
    assert refusal(held.getvalue()) == f"b.xlsx is {said}."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no XLSX workbook"),
        (b"Aspect,Rating", "is no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(9), "is locked with a password, or it is an old workbook (.xls)"),
        (b"PK nothing", "is damaged, or it is no XLSX workbook"),
    ],
)
def test_what_is_no_workbook_is_told(data: bytes, said: str) -> None:
    assert refusal(data) == f"b.xlsx {said}."


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_a_part_that_is_cut_off_is_damage(part: str) -> None:
    row = '<row><c t="s"><v>0</v></c></row>'
    known: dict[str, str | bytes] = {"xl/sharedStrings.xml": f'<sst xmlns="{SPACE}"><si><t>One</t></si> </sst>'}
    with zipfile.ZipFile(io.BytesIO(packed(row, **known))) as made:
        whole = made.read(part)
    assert refusal(packed(row, **{**known, part: whole[:-7]})) == "b.xlsx is damaged, or it is no XLSX workbook."


def test_one_that_is_locked_says_so() -> None:
    data = bytearray(packed(f"<row>{text('A1', 'x')}</row>"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # how the list of parts says that one is encrypted
    assert refusal(bytes(data)) == "b.xlsx is locked with a password."


def test_one_without_texts_looks_or_sheets_is_still_one() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(f"<row>{text('A1', 'x')}</row>"))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    for gone, found in (("xl/styles.xml", [[["x"]]]), ("xl/worksheets/sheet1.xml", [])):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as bare:
            for name, part in parts.items():
                if name != gone:
                    bare.writestr(name, part)
        assert [sheet.rows for sheet in read(held.getvalue())] == found
