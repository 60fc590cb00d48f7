"""Another program puts its file in the place of one that the user was asked about, or that a lesson is recorded in."""

import stat
from pathlib import Path

import pytest

from tests.dashboard.stage import opened
from tests.unit.helpers import entries, written
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import read
from tui_nn.session.teaching_session import TeachingSession

_LOG = document_toml.dump(Document(title="theirs"), entries(Moved(2, "J")))


def _theirs(path: Path) -> None:
    written(path.parent, _LOG, "theirs").replace(path)


async def test_only_the_file_that_was_asked_about_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path, "# last week's\n", "kept.toml")
    async with opened() as stage:
        await stage.press("right", "s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter")
        assert "is there already. Replace it?" in stage.dialog
        _theirs(path)
        await stage.press("y")
        assert "another file has taken its place; nothing was changed" in stage.latest_notice
        assert path.read_text(encoding="utf-8") == _LOG
        await stage.press("s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter", "y")
        assert "Saved to kept.toml." in stage.latest_notice
        assert read(path).state.document.title == stage.document.title


async def test_a_file_that_took_the_place_of_the_lesson_s_is_not_shared(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    async with opened() as stage:
        await stage.press("right", "s", "ctrl+u")
        await stage.paste("mine")
        await stage.press("enter")
        _theirs(path)
        path.chmod(0o600)
        await stage.press("w")
        assert "another file has taken its place" in stage.latest_notice
        assert not stage.dialog
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_lesson_is_gone_on_with_in_the_file_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, document_toml.dump(Document(title="mine"), entries(Moved(9, "J"))))
    real = LockedFile.resume

    def resume(place: Path) -> LockedFile:
        record = real(place)
        _theirs(place)
        return record

    monkeypatch.setattr(LockedFile, "resume", resume)
    session = TeachingSession.opened(path)
    assert session
    assert session.lesson.document.title == "mine"
    session.end()
    assert session.recording_failure == f"another file has taken its place ({path})"
    assert path.read_text(encoding="utf-8") == _LOG
