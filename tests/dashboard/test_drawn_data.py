"""Data drawn at random, and rows kept back for a test, on the screen."""

from pathlib import Path

import pytest

from tests.dashboard.stage import opened
from tui_nn.session.generated_lessons import GeneratedData
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.session_file import read


async def test_a_lesson_begins_with_data_drawn_at_random(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("xor.toml").write_text('title = "Mine"\n', encoding="utf-8")
    drawn = GeneratedData("xor", points=8, noise=0.1, seed=1, test_share=0.0)
    async with opened() as stage:
        await stage.press("B", "down", "tab", "ctrl+u")
        await stage.paste("--points 8 --noise 9")
        await stage.press("enter")
        assert "The noise must be from 0 to 1; you typed 9." in stage.dialog
        await stage.press("ctrl+u")
        await stage.paste(drawn.options)
        await stage.press("enter")
        await stage.still()
        assert "Xor: 8 points" in stage.header
        assert stage.dump == document_toml.dump(drawn.document())
        # It has no file yet: a file with its name is another's.
        await stage.press("s", "enter")
        await stage.still()
        assert "is there already. Replace it?" in stage.dialog
        await stage.press("n", "right")
    assert Path("xor.toml").read_text(encoding="utf-8") == 'title = "Mine"\n'
    (recorded,) = {one.path for one in library.recordings()}
    assert read(recorded).source.startswith(f"# tui-nn new xor {drawn.options}\n")


async def test_the_list_of_lessons_offers_data_drawn_at_random() -> None:
    async with opened() as stage:
        await stage.press("o", "end", "enter")
        await stage.still()
        assert "Begin a lesson with data drawn at random" in stage.dialog


async def test_rows_are_kept_back_and_given_back() -> None:
    async with opened(bundled_lessons.bundled()["xor"]) as stage:
        before = stage.dump
        await stage.focus("data")
        await stage.press("K", "ctrl+u")
        await stage.paste("0.9")
        await stage.press("enter")
        assert "All rows would be kept back for a test. Leave at least one to train on." in stage.text
        await stage.press("K", "ctrl+u")
        await stage.paste("1/4 1")
        await stage.press("enter")
        await stage.still()
        assert "1 of 4 rows kept back for a test" in stage.text
        # R: set.seed(1); sample(4) gives 1 3 4 2.
        assert stage.document.dataset.test_rows == (2,)
        await stage.press("u")
        assert stage.dump == before
