"""The film of a lesson as a page, in a real browser: it steps, plays, goes from mark to mark, and speaks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.films import short_film, short_lesson
from tests.programs import needs
from tui_nn import decimal_sign
from tui_nn.handouts.films.html_replay import html_replay

pytestmark = needs("chromium", called="Chromium")

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """The page, open in Chromium without a network."""
    path = tmp_path / "lesson.html"
    path.write_text(html_replay(short_film(short_lesson(tmp_path))), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*_QUIET])
        context = browser.new_context(offline=True)
        shown = context.new_page()
        errors: list[str] = []
        shown.on("pageerror", lambda error: errors.append(str(error)))
        shown.on("request", lambda request: errors.append(request.url) if not request.url.startswith("file:") else None)
        shown.goto(path.as_uri())
        yield shown
        assert not errors
        browser.close()


def test_it_steps_plays_and_speaks(page: Page) -> None:
    screen, spoken, where = page.locator("#screen"), page.locator("#spoken"), page.locator("#where")
    assert "Step 1 of 10: Z⁽²⁾" in screen.inner_text()
    # The keys of the dashboard would do other things here.
    assert "e explain  y derive" not in screen.inner_text().splitlines()[-1]
    assert "Z2[1,1] = 0.30000 . 0.26551 + 1.00000 . 0.37212 = 0.4518" in spoken.inner_text()
    page.keyboard.press("End")
    assert "Step 8 of 10: δ⁽²⁾" in screen.inner_text()
    assert "delta2[1,1] = 0.010467 . 0.94468 . 0.23767 = 0.002350" in spoken.inner_text()
    last = where.inner_text()
    page.keyboard.press("ArrowLeft")
    assert where.inner_text() != last
    page.keyboard.press("ArrowRight")
    assert where.inner_text() == last
    page.keyboard.press("p")
    assert "mark:" in where.inner_text()
    page.keyboard.press("Home")
    assert where.inner_text().startswith("0:00 of ")
    # Signs that a font lacks keep the width of their cell: all lines of frames end in the same column.
    ends = page.evaluate(
        "[...document.querySelectorAll('#screen')].flatMap(pre => pre.innerText.split('\\n')).map(line => line.length)"
    )
    assert max(ends) <= 100
    page.keyboard.press("End")
    page.get_by_role("checkbox").focus()
    page.keyboard.press(" ")
    assert page.get_by_role("checkbox").is_checked()
    page.keyboard.press("ArrowLeft")
    assert where.inner_text() != last
    page.keyboard.press("ArrowRight")
    assert where.inner_text() == last
    page.keyboard.press("p")
    assert "mark:" in where.inner_text()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("!document.getElementById('where').textContent.startsWith('0:00')")
    assert page.get_by_role("button", name="Pause").is_visible()


def test_its_words_have_the_decimal_sign_of_its_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.COMMA)
    page = html_replay(short_film(short_lesson(tmp_path)))
    assert "Z2[1,1] = 0,30000 . 0,26551 + 1,00000 . 0,37212 = 0,4518" in page
    assert "font:15px/1.22" in page


def test_no_text_of_a_lesson_becomes_markup(tmp_path: Path) -> None:
    film = short_film(short_lesson(tmp_path))
    hostile = "</script><script>alert(1)</script>"
    first, *rest = film.frames
    lines = (((hostile, "1;38;2;255;0;0"),), *first.lines[1:])
    changed = type(film)(hostile, 100, 30, (type(first)(0.0, first.state, "", lines, hostile), *rest))
    page = html_replay(changed)
    assert hostile not in page
    assert "<script>alert" not in page
