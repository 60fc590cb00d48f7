"""A disk that is full, gone, or somebody else's by now: the lesson says so, goes on, and loses nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.autosaved import LESSON, autosaved, happened_in, holds_all
from tests.unit.full_disk import files_of_at_most
from tests.unit.helpers import is_one_sentence
from tui_nn.session import limits
from tui_nn.session.events import Ended, Moved, Noted
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import event_log
from tui_nn.session.storage.autosave import Autosave


def test_a_disk_that_is_full_is_no_end_of_the_lesson(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    with files_of_at_most(0):
        history.append(Moved(2, "J"))
        assert is_one_sentence(f"{autosave.failure}\n")
        assert str(path) in autosave.failure
        assert list(path.parent.iterdir()) == []
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)


@pytest.mark.parametrize("room", [0, 1, 40, 100])
def test_a_disk_that_becomes_full_within_an_event_keeps_what_was_whole(tmp_path: Path, room: int) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    before = path.read_bytes()
    with files_of_at_most(len(before) + room):
        for iteration in range(3, 6):
            history.append(Moved(iteration, "delta3"), Noted("a note"))
            assert autosave.failure
            assert path.read_bytes() == before
            assert history.state.iteration == iteration
    history.append(Moved(6, "J"))
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_what_could_not_be_cut_off_at_once_is_cut_off_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    before = path.read_bytes()

    def never(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with files_of_at_most(len(before) + 40), monkeypatch.context() as patched:
        patched.setattr(os, "ftruncate", never)
        history.append(Moved(3, "J"))
        assert autosave.failure
        assert len(path.read_bytes()) == len(before) + 40
        assert happened_in(path) == [Moved(2, "J")]
        autosave.catch_up()
        assert "input/output error" in autosave.failure
    history.append(Moved(4, "J"))
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_a_disk_that_can_t_be_written_to_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))

    def failing(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing)
        history.append(Moved(3, "J"))
        assert "input/output error" in autosave.failure
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_a_folder_that_can_t_be_made_is_no_end_of_the_lesson(tmp_path: Path) -> None:
    def new_path() -> Path:
        folder = tmp_path / "file" / "folder"
        folder.mkdir(parents=True)
        return folder / "lesson.toml"

    (tmp_path / "file").touch()
    autosave = Autosave(LESSON.source, new_path)
    history = LessonLog(LESSON, autosave)
    history.append(Moved(2, "J"))
    assert is_one_sentence(f"{autosave.failure}\n")
    assert "the folder for recordings" in autosave.failure
    (tmp_path / "file").unlink()
    history.append(Moved(3, "J"))
    assert autosave.failure == ""
    assert holds_all(tmp_path / "file" / "folder" / "lesson.toml", history)


@pytest.mark.posix
def test_a_file_that_was_deleted_is_written_anew(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    path.unlink()
    history.append(Moved(3, "J"))
    assert autosave.failure == ""
    assert holds_all(path, history)


@pytest.mark.posix
def test_a_folder_that_is_gone_and_comes_back_has_all_that_happened_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "memory stick"
    folder.mkdir()
    path = folder / "lesson.toml"
    autosave = Autosave(LESSON.source, lambda: path)
    history = LessonLog(LESSON, autosave)
    history.append(Moved(2, "J"))
    path.unlink()
    folder.rmdir()
    history.append(Moved(3, "J"))
    autosave.catch_up()
    assert "no such file or directory" in autosave.failure
    folder.touch()
    history.append(Moved(4, "J"))
    assert "not a directory" in autosave.failure
    folder.unlink()
    folder.mkdir()
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)


def _moved_in(path: Path) -> None:
    other = path.with_name("other.toml")
    other.write_text("theirs", encoding="utf-8")
    other.replace(path)


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "theirs").touch()


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.mark.posix
@pytest.mark.parametrize("replace", [_moved_in, _directory, _link])
def test_what_took_the_place_of_the_file_is_never_overwritten(tmp_path: Path, replace: Callable[[Path], None]) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    replace(path)
    theirs = path.lstat()
    for iteration in (3, 4):
        history.append(Moved(iteration, "J"))
        assert is_one_sentence(f"{autosave.failure}\n")
        assert path.lstat() == theirs
    if path.is_dir():
        (path / "theirs").unlink()
        path.rmdir()
    else:
        path.unlink()
    autosave.catch_up()
    assert autosave.failure == ""
    assert holds_all(path, history)


@pytest.mark.parametrize("theirs", [b"", b'title = "theirs"\n', b'title = "theirs"\n' * 100])
def test_a_file_that_another_program_changed_in_its_place_is_never_overwritten(tmp_path: Path, theirs: bytes) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    path.write_bytes(theirs)
    history.append(Moved(3, "J"))
    autosave.catch_up()
    assert "another program has changed it" in autosave.failure
    assert path.read_bytes() == theirs
    autosave.move_to(path)
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_a_file_that_lacks_events_is_left_as_it_is(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    before = path.read_bytes()
    with files_of_at_most(len(before)):
        history.append(Moved(3, "J"))
    autosave.move_to(path.with_name("elsewhere.toml"), event_log.log_text([event_log.LogEntry(3, 1.0, Ended())]))
    assert path.read_bytes() == before
    assert holds_all(path.with_name("elsewhere.toml"), history)


def test_a_lesson_grows_no_larger_than_what_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    monkeypatch.setattr(limits, "FILE_BYTES", path.stat().st_size + 100)
    history.append(Noted("a note " * 20))
    assert "as long as a file may be" in autosave.failure
    assert happened_in(path) == [Moved(2, "J")]
