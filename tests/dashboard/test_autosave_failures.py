"""A folder that can't be written: the screen says so, the lesson goes on, and nothing of it is lost afterwards."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, opened, recorded
from tests.unit.helpers import plain
from tui_nn.dashboard.apps.teach import TeachApp
from tui_nn.session.events import CostReached, Ended, Moved
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import read

_BANNER = "Not recorded at the moment: "


@pytest.fixture
def blocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ordinary file where the folder of recordings ought to be made."""
    place = tmp_path / "blocked"
    place.write_text("in the way\n", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "state"))
    return place


def _make_way(place: Path) -> None:
    place.unlink()
    place.mkdir()


def _says(stage: Stage) -> bool:
    return _BANNER in stage.terminal.lines[2]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_lesson_goes_on_and_is_recorded_whole_as_soon_as_it_can_be(
    size: tuple[int, int], blocked: Path
) -> None:
    async with opened(size=size) as stage:
        assert not _says(stage)
        await stage.press("right")
        assert _says(stage)
        assert "(the folder for recordings)" in stage.terminal.lines[2]
        await stage.press("right", "down", "c")
        await stage.focus("data")
        await stage.press("7", "enter", "escape")
        await stage.go_to("37 delta3")
        assert stage.place == (37, "δ⁽³⁾")
        assert _says(stage)
        assert blocked.read_text(encoding="utf-8") == "in the way\n"
        _make_way(blocked)
        await stage.press("right")
        assert not _says(stage)
        assert stage.place == (37, "∂J/∂W⁽²⁾")
        assert plain(recorded().state) == plain(stage.app.state)
        moves = [entry.event for entry in recorded().entries if isinstance(entry.event, Moved)]
        assert moves[:3] == [Moved(1, "A2"), Moved(1, "Z3"), Moved(2, "Z3")]


async def test_it_is_recorded_without_another_key(blocked: Path) -> None:
    async with opened() as stage:
        await stage.press("right")
        assert _says(stage)
        assert isinstance(stage.app, TeachApp)
        stage.app.record_again()
        await stage.settle()
        assert _says(stage)
        _make_way(blocked)
        stage.app.record_again()
        await stage.settle()
        assert not _says(stage)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_the_banner_takes_a_line_and_gives_it_back(blocked: Path) -> None:
    async with opened() as stage:
        await stage.press("right")
        await stage.still()
        assert stage.terminal.lines[3].startswith("┏━ Step 2")
        await stage.press("left")
        _make_way(blocked)
        await stage.press("right", "left")
        await stage.still()
        assert stage.terminal.lines[2].startswith("┏━ Step 1")


async def test_leaving_asks_and_another_place_is_found(blocked: Path, tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("right", "q")
        assert "This lesson is not recorded: " in stage.dialog
        await stage.press("s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter")
        await stage.ended()
    kept = read(tmp_path / "kept.toml")
    happened = [entry.event for entry in kept.entries if not isinstance(entry.event, CostReached)]
    assert happened == [Moved(1, "A2"), Ended()]
    assert blocked.is_file()


async def test_saving_elsewhere_takes_the_banner_away(blocked: Path, tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("right", "s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter")
        assert not _says(stage)
        await stage.press("right")
        assert not _says(stage)
        assert plain(read(tmp_path / "kept.toml").state) == plain(stage.app.state)
    assert blocked.is_file()


async def test_leaving_all_the_same_leaves_at_once(blocked: Path) -> None:
    async with opened() as stage:
        await stage.press("right", "q", "escape")
        assert not stage.dialog
        await stage.press("q", "d")
        await stage.ended()
        assert stage.app.return_code == 0
    assert blocked.read_text(encoding="utf-8") == "in the way\n"


async def test_a_recording_that_somebody_removes_is_written_anew_whole() -> None:
    async with opened() as stage:
        await stage.press("right", "down")
        (recording,) = library.recordings()
        recording.path.unlink()
        await stage.press("right")
        assert not _says(stage)
        assert library.recordings()[0].path == recording.path
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_file_that_another_program_changes_is_left_alone_and_the_screen_says_so() -> None:
    async with opened() as stage:
        await stage.press("right")
        (recording,) = library.recordings()
        with recording.path.open("a", encoding="utf-8") as file:
            file.write("# by somebody else\n")
        await stage.press("right")
        assert "another program has changed it" in stage.terminal.lines[2]
        assert recording.path.read_text(encoding="utf-8").endswith("# by somebody else\n")
        assert stage.place == (1, "Z⁽³⁾")


async def test_where_the_folder_is_moved_away_under_the_lesson_it_is_recorded_anew_whole(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("right")
        (tmp_path / "state").rename(tmp_path / "away")
        await stage.press("right")
        assert not _says(stage)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_file_of_one_s_own_whose_folder_goes_away_is_missed_and_found_again(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    async with opened() as stage:
        await stage.press("s", "ctrl+u")
        await stage.paste(str(place / "mine"))
        await stage.press("enter", "right")
        place.rename(tmp_path / "away")
        await stage.press("right")
        assert _says(stage)
        (tmp_path / "away").rename(place)
        await stage.press("right")
        assert not _says(stage)
        assert plain(read(place / "mine.toml").state) == plain(stage.app.state)


async def test_a_folder_that_is_not_the_one_asked_for_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", str(tmp_path))
    async with opened(size=(80, 24)) as stage:
        said = [notice for notice in stage.notices if "XDG_STATE_HOME" in notice]
        assert len(said) == 1
        assert said[0].startswith('XDG_STATE_HOME is "state", which is no absolute path: lessons are recorded in /')
        await stage.press("right")
        assert library.recordings()
