"""Two programs never record into one file; that one of them does can be asked without being in its way."""

import os
import sys
from pathlib import Path

import pytest

from tests.unit.helpers import entries
from tests.unit.holding import holder
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.locked_file import FileInUse, LockedFile, is_recorded, write
from tui_nn.session.storage.session_file import Lesson, SessionError

_TEXT = document_toml.dump(Document(), entries(Moved(2, "J")))


@pytest.fixture(params=["linux", "darwin"] if sys.platform == "linux" else [sys.platform], autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks as on Linux, and as on every other system of its kind; elsewhere as they are there."""
    monkeypatch.setattr(sys, "platform", request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.toml"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def test_what_another_program_records_in_is_taken(path: Path) -> None:
    with holder(path) as other:
        assert other.answer == "recording"
        with pytest.raises(FileInUse, match="another tui-nn records in it"):
            LockedFile.resume(path)
        with pytest.raises(FileInUse, match="another tui-nn records in it"):
            LockedFile.create(path, "mine")
        with pytest.raises(SessionError, match="another tui-nn records in it; nothing was changed"):
            write(path, "mine")
        assert path.read_text(encoding="utf-8") == _TEXT
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("how", ["resume", "create"])
def test_what_is_recorded_here_is_taken_for_another_program(path: Path, how: str) -> None:
    record = LockedFile.resume(path)
    with holder(path, how) as other:
        assert other.answer == "busy"
    record.append("mine")
    record.close()
    with holder(path, how) as other:
        assert other.answer == "recording"


def test_a_file_is_taken_from_the_moment_in_which_it_is_there(path: Path) -> None:
    record = LockedFile.create(path.with_name("new.toml"), _TEXT)
    with holder(record.path) as other:
        assert other.answer == "busy"


def test_a_second_window_of_the_same_program_is_another_program(path: Path) -> None:
    record = LockedFile.resume(path)
    with pytest.raises(FileInUse):
        LockedFile.resume(path)
    record.close()
    LockedFile.resume(path).close()


def test_it_can_be_asked_whether_a_file_is_recorded(path: Path) -> None:
    assert not is_recorded(path)
    with holder(path) as other:
        assert is_recorded(path)
        other.kill()
        assert not is_recorded(path)
    record = LockedFile.resume(path)
    assert is_recorded(path)
    record.close()
    assert not is_recorded(path)


@pytest.mark.posix
def test_what_is_no_file_is_not_recorded(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", tmp_path / "missing", Path("/dev/null"), tmp_path / ("a" * 300)):
        assert not is_recorded(place)


def test_asking_is_in_nobody_s_way(path: Path) -> None:
    asked = [os.open(path, os.O_RDONLY) for _ in range(3)]
    with holder(path) as other:
        for text in ("one", "two"):
            assert is_recorded(path)
            other.append(text)
    for descriptor in asked:
        os.close(descriptor)
    assert path.read_text(encoding="utf-8") == f"{_TEXT}onetwo"


def test_reading_a_file_that_is_recorded_here_leaves_it_taken(path: Path) -> None:
    record = LockedFile.resume(path)
    path.read_bytes()
    assert is_recorded(path)
    with holder(path) as other:
        assert other.answer == "busy"
    record.close()


def test_a_killed_program_leaves_its_file_to_others(path: Path) -> None:
    with holder(path) as other:
        other.append("theirs")
        other.kill()
        record = LockedFile.resume(path)
        record.append("mine")
        record.close()
    assert path.read_text(encoding="utf-8") == f"{_TEXT}theirsmine"


def test_a_lesson_saved_elsewhere_leaves_its_old_file_to_others(path: Path) -> None:
    lesson = Lesson.without_events(Document())
    old, new = path.with_name("old.toml"), path.with_name("new.toml")
    autosave = Autosave(lesson.source, lambda: old)
    LessonLog(lesson, autosave).append(Moved(2, "J"))
    autosave.move_to(new)
    assert (is_recorded(old), is_recorded(new)) == (False, True)
    autosave.close()
    assert not is_recorded(new)


def test_a_lesson_is_not_saved_over_one_that_is_being_taught(path: Path) -> None:
    lesson = Lesson.without_events(Document())
    autosave = Autosave(lesson.source, lambda: path.with_name("mine.toml"))
    history = LessonLog(lesson, autosave)
    history.append(Moved(2, "J"))
    with holder(path) as other:
        with pytest.raises(FileInUse):
            autosave.move_to(path)
        other.append("theirs")
    history.append(Moved(3, "J"))
    assert autosave.failure == ""
    assert path.read_text(encoding="utf-8") == f"{_TEXT}theirs"


@pytest.mark.posix
def test_a_link_to_a_file_that_is_recorded_is_recorded(path: Path) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(path)
    with holder(path):
        assert is_recorded(link)
        with pytest.raises(FileInUse):
            LockedFile.resume(link)
