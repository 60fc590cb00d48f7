"""Sharing: the file that a class can read, and what the teacher tells them."""

import getpass
import re
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, on_stage, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import Ended
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import read

pytestmark = pytest.mark.posix
_SIZES = [(120, 40), (80, 24)]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder into which everybody gets, and in which nothing is cleared away."""
    place = tmp_path / "everybody"
    place.mkdir(mode=0o755)
    monkeypatch.setattr("tui_nn.session.storage.sharing._LASTING_FOLDER", place)
    return place


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _told(stage: Stage) -> str:
    """What the dialog says, with nothing between the parts of a word that was broken at the end of a line."""
    return re.sub(r"\s+", "", stage.dialog)


@pytest.mark.parametrize("size", _SIZES)
async def test_a_recording_moves_to_where_everybody_can_read_it_and_goes_on_there(
    size: tuple[int, int], places: Path
) -> None:
    shared = places / f"tui-nn-{getpass.getuser()}" / "lecture.toml"
    async with opened(size=size) as stage:
        await stage.go_to("37 delta3")
        await stage.press("w")
        assert "Share the lesson from this file, where it is recorded from now on:" in stage.dialog
        await stage.press("enter")
        assert "Tell the class, who can follow each in a terminal of their own:" in stage.dialog
        for line in (f"tui-nn follow {shared}", "ssh -C -t NAME@"):
            assert re.sub(r"\s", "", line) in _told(stage)
        await stage.press("enter")
        assert not stage.dialog
        assert (_mode(shared), _mode(shared.parent)) == (0o644, 0o755)
        # What was recorded before stays, and ends there: it does not go on.
        (copy,) = (one.path for one in library.recordings() if not one.path.samefile(shared))
        assert isinstance(read(copy).entries[-1].event, Ended)
        assert _mode(copy) == 0o600
        await stage.press("right")
        assert plain(read(shared).state) == plain(stage.app.state)
        assert _mode(shared) == 0o644
        assert "(changed)" not in stage.header


async def test_the_class_follows_with_the_command_that_it_was_told(places: Path) -> None:
    async with opened(size=(200, 40)) as stage:
        await stage.press("w", "enter")
        told = re.search(r"onthismachine:\S*?follow(\S+?\.toml)", _told(stage))
        assert told
        path = Path(told[1])
        assert path.is_relative_to(places)
        await stage.press("escape")
        await stage.go_to("37 delta3")
        async with on_stage(follow_app(path)) as follower:
            assert follower.place == (37, "δ⁽³⁾")


async def test_a_lesson_in_a_file_of_one_s_own_is_shared_there_without_a_question(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("right", "s", "ctrl+u")
        await stage.paste("mine")
        await stage.press("enter")
        mine = tmp_path / "mine.toml"
        assert _mode(mine) == 0o600
        await stage.press("w")
        assert "Tell the class" in stage.dialog
        assert f"tui-nnfollow{mine}" in _told(stage)
        assert _mode(mine) == 0o644
        # Whoever else uses the machine can't get into this folder.
        assert "They can't get into" in stage.dialog
        assert "chmod o+x" in stage.dialog


async def test_what_to_tell_the_class_stays_until_a_key_takes_it_away() -> None:
    async with opened() as stage:
        await stage.press("w", "enter")
        for key in ("enter", "escape", "q", "space"):
            await stage.press("right", "x")
            assert "Tell the class" in stage.dialog, key
            await stage.press(key)
            assert not stage.dialog
            assert stage.place == (1, "Z⁽²⁾")
            # Again, without a question.
            await stage.press("w")


async def test_thought_better_of_nothing_is_shared() -> None:
    async with opened() as stage:
        await stage.press("right", "w", "escape")
        assert not stage.dialog
        (recording,) = library.recordings()
        assert _mode(recording.path) == 0o600
        await stage.press("right")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_folder_that_is_somebody_else_s_is_refused_in_words(places: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (places / f"tui-nn-{getpass.getuser()}").symlink_to(elsewhere)
    async with opened() as stage:
        await stage.press("right", "w", "enter")
        assert "is somebody else's; choose another place" in stage.dialog
        assert list(elsewhere.iterdir()) == []
        await stage.press("ctrl+u")
        await stage.paste(str(tmp_path / "here"))
        await stage.press("enter")
        assert "Tell the class" in stage.dialog
        assert read(tmp_path / "here.toml").entries


async def test_another_file_there_is_replaced_only_after_a_question(places: Path) -> None:
    other = places / f"tui-nn-{getpass.getuser()}" / "lecture.toml"
    other.parent.mkdir(mode=0o755)
    other.write_text("# last week's\n", encoding="utf-8")
    async with opened() as stage:
        await stage.press("right", "w", "enter")
        assert "is there already. Replace it?" in stage.dialog
        await stage.press("n")
        assert other.read_text(encoding="utf-8") == "# last week's\n"
        await stage.press("w", "enter", "y")
        assert "Tell the class" in stage.dialog
        assert plain(read(other).state) == plain(stage.app.state)


async def test_a_path_with_blanks_is_quoted_for_the_shell(tmp_path: Path) -> None:
    async with opened(size=(200, 40)) as stage:
        await stage.press("w", "ctrl+u")
        await stage.paste(str(tmp_path / "my class"))
        await stage.press("enter")
        assert f"tui-nn follow '{tmp_path / 'my class.toml'}'".replace(" ", "") in _told(stage)
