"""The Word document, opened by python-docx and as the zip of XML that it is."""

import io
import sys
import zipfile
from itertools import pairwise
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn

from charterkit.errors import CharterkitError
from charterkit.render.report.word import report_docx
from tests.render.samples import EXAMPLE, TODAY, after, example, small, viewed

EVIL = "<b>bold</b> & {MERGEFIELD x} \\x1b[31m \\u202e مرحبا"


def made(audience, place=2):
    view = viewed(example()[0], audience, place, school=EXAMPLE, charter="community-engagement")
    return report_docx(view, TODAY).data


@pytest.mark.parametrize("audience", ["leaders", "governors"])
def test_it_has_real_headings_tables_with_words_for_who_does_not_see_them_and_a_language(audience):
    data = made(audience)
    document = docx.Document(io.BytesIO(data))
    names = [part.style.name for part in document.paragraphs if part.style]
    levels = [int(name.removeprefix("Heading ")) for name in names if name.startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert "List Bullet" in names
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    heads = [table for table in document.tables if table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) == len([table for table in document.tables if len(table.rows) > 1])
    assert document.core_properties.title.startswith("Larkfield Primary School")
    assert document.core_properties.language == "en-GB"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_every_part_is_sound_xml_that_leads_nowhere_and_the_same_day_makes_the_same_bytes():
    data = made("governors")
    assert data == made("governors")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))
                assert b'TargetMode="External"' not in parts.read(name)


def test_people_s_words_stay_words(tmp_path):
    rated = f'ratings: {{gate: {{rating: amber, note: "{EVIL}"}}}}\n'
    document = docx.Document(io.BytesIO(report_docx(viewed(small(tmp_path, after(rated))), TODAY).data))
    said = "\n".join(part.text for part in document.paragraphs)
    assert "<b>bold</b> & {MERGEFIELD x}" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    body = document.element.body
    assert not list(body.iter(qn("w:instrText")))
    assert not list(body.iter(qn("w:fldSimple")))


def test_without_python_docx_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(CharterkitError, match="python-docx") as caught:
        made("governors")
    assert "charterkit[docx]" in caught.value.hint
