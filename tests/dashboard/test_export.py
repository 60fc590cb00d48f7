"""Handing out what is on the screen: a document, a program, a picture; from the screen and without one."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.dashboard.stage import Stage, follow_app, on_stage, opened, replay_app, taught
from tests.unit.command_line import without_slow_notice
from tui_nn.session.events import Moved

_NUMBER = "0.011484"
"""δ⁽³⁾[1,1] of the lecture's iteration 37, which a handout shows with these digits."""


async def _hand_out(stage: Stage, key: str, path: Path) -> None:
    await stage.press("E", key)
    # It is written first, which another iteration's costs may keep waiting.
    await stage.until(lambda: "Write it to this file" in stage.dialog)
    await stage.type(str(path))
    await stage.press("enter")


_KINDS = (
    ("m", ".md", _NUMBER),
    ("t", ".tex", _NUMBER),
    ("h", ".html", _NUMBER),
    ("c", ".csv", "delta3,1,1,0.01148"),
    ("r", ".R", "set.seed(1)"),
    ("p", ".py", "import numpy as np"),
    ("s", ".svg", "δ⁽³⁾"),
)


async def test_each_kind_is_written_where_one_says(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for key, ending, holds in _KINDS:
            await stage.press("E", key)
            await stage.until(lambda: f"lecture-37{ending}" in stage.dialog)  # noqa: B023 - called before the next
            await stage.paste(str(tmp_path / "sheet"))
            await stage.press("enter")
            assert "Saved to" in " ".join(stage.notices)
            await stage.dismiss_notices()
            assert holds in (tmp_path / f"sheet{ending}").read_text(encoding="utf-8")


async def test_a_picture_is_that_of_the_lesson_and_not_of_the_questions_on_top(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await _hand_out(stage, "s", tmp_path / "screen.svg")
    picture = (tmp_path / "screen.svg").read_text(encoding="utf-8")
    assert "Settings" in picture
    assert "handed" not in picture
    assert "@font-face" not in picture


async def test_a_lesson_is_never_replaced_by_a_handout_of_it(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "delta3"))
    before = path.read_bytes()
    async with opened(path) as stage:
        await _hand_out(stage, "m", path)
        await stage.press("y")
        assert "has the ending of a lesson" in " ".join(stage.notices)
    assert path.read_bytes().startswith(before)


async def test_whoever_watches_a_replay_may_take_a_sheet_home(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, Moved(37, "delta3")))) as stage:
        await stage.press("end")
        await _hand_out(stage, "m", tmp_path / "sheet.md")
    assert _NUMBER in (tmp_path / "sheet.md").read_text(encoding="utf-8")


async def test_whoever_follows_writes_no_file(tmp_path: Path) -> None:
    """An account for a class can do nothing but follow."""
    async with on_stage(follow_app(taught(tmp_path, Moved(37, "delta3")))) as stage:
        await stage.press("E")
        assert not stage.dialog
        await stage.press("?")
        assert "Hand out" not in stage.dialog
        await stage.press("escape", "ctrl+p")
        await stage.type("hand out")
        assert "Hand out this iteration" not in stage.text
        await stage.press("escape")


def test_the_screen_is_exported_without_one(tmp_path: Path) -> None:
    out = tmp_path / "screen.svg"
    words = ("export", "lecture", "--to", "svg", "--iteration", "37", "--step", "delta3", "--size", "100x30")
    command = (sys.executable, "-m", "tui_nn", *words, "-o", str(out))
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout, without_slow_notice(ended.stderr)) == (0, "", "")
    text = "".join(ET.parse(out).getroot().itertext()).replace("\xa0", " ")  # noqa: S314 - our own
    assert "iteration 37 of 10 000" in text
    assert "Step 6 of 10: δ⁽³⁾" in text
    assert "0.01148" in text


def test_a_size_that_has_no_room_is_refused() -> None:
    command = (sys.executable, "-m", "tui_nn", "export", "lecture", "--to", "svg", "--size", "20x10")
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 2
    assert '--size must be from 60x20 to 400x200, columns by lines; you typed "20x10"' in ended.stderr
