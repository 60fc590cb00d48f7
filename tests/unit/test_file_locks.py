"""Which locks a system gets, and what whoever asks about one does to whoever takes it."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.autosaved import holds_all
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.locked_file import FileInUse, LockedFile, is_recorded
from tui_nn.session.storage.session_file import Lesson

fcntl = pytest.importorskip("fcntl", reason="these are the locks of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.toml"
    path.touch()
    return path


@pytest.fixture
def asker(path: Path) -> Iterator[int]:
    """The file, as opened by somebody who only reads it."""
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def _calls(monkeypatch: pytest.MonkeyPatch, error: int = 0) -> list[str]:
    """Which kind of lock is asked for from now on; those of open files fail with the error ``refused``, if any."""
    called: list[str] = []
    ask, flock = fcntl.fcntl, fcntl.flock

    def of_open_file(*given: Any) -> Any:
        called.append("open file")
        if error:
            raise OSError(error, os.strerror(error))
        return ask(*given)

    def of_whole_file(*given: Any) -> None:
        called.append("flock")
        flock(*given)

    monkeypatch.setattr(fcntl, "fcntl", of_open_file)
    monkeypatch.setattr(fcntl, "flock", of_whole_file)
    return called


def _works(path: Path) -> None:
    record = LockedFile.resume(path)
    assert is_recorded(path)
    with pytest.raises(FileInUse):
        LockedFile.resume(path)
    record.close()
    assert not is_recorded(path)


def test_linux_locks_open_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = _calls(monkeypatch)
    _works(path)
    assert set(called) == {"open file"}


@pytest.mark.parametrize("system", ["darwin", "freebsd14"])
def test_another_system_never_gets_linux_s_struct(path: Path, system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert hasattr(fcntl, "F_OFD_SETLK")
    called = _calls(monkeypatch)
    _works(path)
    assert set(called) == {"flock"}


def test_a_python_that_knows_no_locks_of_open_files_has_flock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("F_OFD_SETLK", "F_OFD_GETLK", "F_OFD_SETLKW"):
        monkeypatch.delattr(fcntl, name)
    _works(path)


def test_a_kernel_that_knows_no_locks_of_open_files_has_flock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _calls(monkeypatch, error=errno.EINVAL)
    _works(path)


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS])
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_a_disk_that_knows_no_locks_is_recorded_on(
    tmp_path: Path, system: str, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(fcntl, "fcntl", refusing)
    monkeypatch.setattr(fcntl, "flock", refusing)
    lesson, path = Lesson.without_events(Document()), tmp_path / "new.toml"
    autosave = Autosave(lesson.source, lambda: path)
    history = LessonLog(lesson, autosave)
    history.append(Moved(2, "J"))
    assert autosave.failure == ""
    assert holds_all(path, history)
    assert not is_recorded(path)


def test_whoever_asks_at_that_moment_keeps_no_teacher_from_recording(
    path: Path, asker: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    fcntl.flock(asker, fcntl.LOCK_SH)
    assert not is_recorded(path), "to another who asks"
    monkeypatch.setattr(time, "sleep", lambda _: fcntl.flock(asker, fcntl.LOCK_UN))
    record = LockedFile.resume(path)
    assert is_recorded(path)
    record.close()


def test_whoever_holds_on_to_the_question_is_waited_for_so_long_and_no_longer(
    path: Path, asker: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    fcntl.flock(asker, fcntl.LOCK_SH)
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with pytest.raises(FileInUse):
        LockedFile.resume(path)


@pytest.mark.parametrize("is_refused", [False, True])
def test_where_fsync_leaves_it_in_the_disk_s_memory_the_disk_is_told_to_write_it(
    path: Path, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def full(_: int, command: int) -> None:
        assert command == 51
        synced.append("full")
        if is_refused:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    record = LockedFile.resume(path)
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", full)
    monkeypatch.setattr(os, "fsync", lambda _: synced.append("usual"))
    record.append("mine")
    assert synced == (["full", "usual"] if is_refused else ["full"])
    record.close()
