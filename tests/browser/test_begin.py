"""Someone who has never seen a command: an empty folder, `charterkit open`, and the governors' report as a PDF."""

import subprocess
import sys

from tests.cli.calling import environment

ANSWERS = 4


def test_from_an_empty_folder_to_the_governors_report(chromium, tmp_path):
    folder = tmp_path / "Élm school"
    folder.mkdir()
    variables = environment(HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path / "state"), CHARTERKIT_TODAY="2026-11-22")
    command = [sys.executable, "-m", "charterkit", "open", "--no-browser"]
    served = subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, encoding="utf-8")
    page = chromium.browser.new_page(accept_downloads=True)
    try:
        assert served.stdout
        page.goto(served.stdout.readline().strip())
        page.get_by_label("Name of the school").fill("Elm Tree Primary")
        page.get_by_role("button", name="Begin").click()
        page.get_by_label("Who signed for the school").fill("A. Head")
        page.get_by_role("button", name="Sign up").click()
        page.get_by_role("link", name="Start the self-evaluation").click()
        cards = page.locator("article.card")
        cards.nth(39).wait_for()
        assert cards.count() == 40
        for number in range(ANSWERS):
            cards.nth(number).get_by_role("button", name="Green").click()
            cards.nth(number).get_by_text("Green saved.").wait_for()
        page.get_by_role("link", name="Act", exact=True).click()
        page.get_by_role("link", name="Agree it").click()
        page.get_by_text("36 of its 40 aspects are not rated yet.").wait_for()
        page.get_by_role("button", name="Agree it").click()
        page.get_by_text("is agreed, 22 November 2026.").wait_for()
        page.get_by_role("link", name="Look", exact=True).click()
        page.get_by_role("link", name="Report for governors").click()
        inside = page.frame_locator("iframe")
        inside.get_by_role("heading", name="Elm Tree Primary").first.wait_for()
        with page.expect_download() as begun:
            page.get_by_role("link", name="PDF").click()
        assert begun.value.suggested_filename == "elm-tree-primary-governors.pdf"
        assert begun.value.path().read_bytes().startswith(b"%PDF")
        page.get_by_role("button", name="Stop").click()
        page.get_by_role("heading").first.wait_for()
        assert served.wait(20) == 0
    finally:
        page.close()
        served.kill()
        served.communicate()
    assert "rating: green" in next(folder.glob("schools/*/evaluations/*.yaml")).read_text(encoding="utf-8")
