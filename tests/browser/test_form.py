"""The form as a browser prints it: its header on every page and every aspect whole. On screens, test_pages looks at it."""

import re
import subprocess

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.evaluations.form_cycle import occasion
from charterkit.render.form.pages import form_html
from charterkit.render.form.view import form
from charterkit.resources import builtin
from tests.render.forms import TODAY


def joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_prints_whole_aspects(page):
    workspace = Workspace(builtin(), builtin())
    folder = workspace.school("example-primary")
    chosen = workspace.choose_charter("community-engagement")
    found = occasion(workspace, timeline(workspace, folder, chosen.id), chosen, None, TODAY)
    view = form(folder, found, today=TODAY).view
    page.set_content(form_html(view, None))
    printed = page.pdf(prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=printed, capture_output=True, check=True).stdout
    raw = subprocess.run(["pdftotext", "-raw", "-", "-"], input=printed, capture_output=True, check=True).stdout
    pages = [one for one in text.decode().split("\f") if one.strip()]
    assert 8 <= len(pages) <= 30
    assert all("Note, ideas and next steps" in one or "What has become of it" in one for one in pages)
    plan = joined("What has become of it")
    sheets = [joined(one) for one in raw.decode().split("\f")]
    end = next(number for number, text in enumerate(sheets) if plan in text)
    flat = [*sheets[:end], sheets[end].partition(plan)[0]]
    for point in view.points:
        for one in point.aspects:
            there = [number for number, each in enumerate(flat) if joined(one.words.text) in each]
            assert len(there) == 1, one.words.text
            assert joined("Note, ideas and next steps") in flat[there[0]], one.words.text
            last = [joined(example.text) for example in one.examples][-1:]
            assert all(part in flat[there[0]] for part in last), one.words.text
