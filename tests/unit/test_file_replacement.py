"""Between the look at a place and the writing to it another file may come there: it is never lost."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import entries, written
from tui_nn.handouts.output import to_file
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Moved
from tui_nn.session.storage import document_toml, library
from tui_nn.session.storage.file_replacement import replace_anything, replace_current_file, replace_nothing
from tui_nn.session.storage.library import Recording
from tui_nn.session.storage.locked_file import FileInUse, LockedFile, write
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.storage.tail import Tail

_LOG = document_toml.dump(Document(title="theirs"), entries(Moved(2, "J")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.txt"


@pytest.fixture
def while_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Has something happen when the new file is on the disk, and not in its place yet."""

    def does(happens: Callable[[], object]) -> None:
        real, left = os.fsync, [happens]

        def fsync(descriptor: int) -> None:
            real(descriptor)
            if left:
                left.pop()()

        monkeypatch.setattr(os, "fsync", fsync)

    return does


def _theirs(path: Path) -> None:
    """Another program puts its lesson there, as this one does it."""
    other = path.with_name("other")
    other.write_text(_LOG, encoding="utf-8")
    other.replace(path)


@pytest.mark.posix
@pytest.mark.parametrize("has_links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("was_there", [True, False], ids=["another before", "nothing before"])
def test_a_file_that_came_in_between_stays(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    while_writing: Callable[[Callable[[], object]], None],
    was_there: bool,
    has_links: bool,
) -> None:
    if not has_links:

        def link(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", link)
    if was_there:
        path.write_text("old", encoding="utf-8")
    while_writing(lambda: _theirs(path))
    with pytest.raises(SessionError, match="another file has taken its place; nothing was changed"):
        write(path, "mine")
    assert path.read_text(encoding="utf-8") == _LOG
    assert list(path.parent.iterdir()) == [path]
    write(path, "mine")
    assert path.read_text(encoding="utf-8") == "mine"
    path.unlink()
    write(path, "mine")
    assert path.read_text(encoding="utf-8") == "mine"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.posix
@pytest.mark.parametrize("was_there", [True, False])
def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_it_is_said_to_be(
    path: Path, monkeypatch: pytest.MonkeyPatch, was_there: bool
) -> None:
    if was_there:
        path.write_text("old", encoding="utf-8")
    real, put = os.fsync, []

    def fsync(descriptor: int) -> None:
        real(descriptor)
        is_new_one = path.exists() and path.read_bytes() == b"mine"
        put.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), is_new_one))

    monkeypatch.setattr(os, "fsync", fsync)
    write(path, "mine")
    assert put == [(False, False), (True, True)]


def test_an_export_never_replaces_a_recorded_lesson(
    path: Path, while_writing: Callable[[Callable[[], object]], None]
) -> None:
    while_writing(lambda: _theirs(path))
    with pytest.raises(SessionError):
        to_file("mine", path)
    with pytest.raises(SessionError, match="holds a lesson, which would be lost"):
        to_file("mine", path)
    assert path.read_text(encoding="utf-8") == _LOG


@pytest.mark.parametrize(
    "log", ['[[event]]\nkind = "ended"\nseq = 1\n', 'title = "t"\r\n [[ "event" ]]\r\nkind = "ended"\r\nseq = 1\r\n']
)
def test_a_log_is_known_however_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str], log: str) -> None:
    assert read(written(tmp_path, log)).entries
    written(tmp_path, log, "page.html")
    answer = command(capsys, "export", "lecture", "--to", "html", "--iteration", "1", "-o", str(tmp_path / "page.html"))
    assert answer.code == 2
    assert "holds a lesson, which would be lost" in answer.err
    assert (tmp_path / "page.html").read_bytes() == log.encode()


def test_nobody_begins_to_record_in_a_file_that_is_being_replaced(
    path: Path, while_writing: Callable[[Callable[[], object]], None]
) -> None:
    path.write_text(_LOG, encoding="utf-8")

    def begin() -> None:
        with pytest.raises(FileInUse):
            LockedFile.resume(path)

    while_writing(begin)
    write(path, "mine")
    assert path.read_text(encoding="utf-8") == "mine"


def test_consent_to_replace_one_file_is_none_to_replace_another(path: Path) -> None:
    consent = replace_current_file(path)
    _theirs(path)
    for refusing in (consent, replace_nothing):
        with pytest.raises(SessionError, match="another file has taken its place"):
            write(path, "mine", consent=refusing)
    seen = replace_current_file(path)
    _theirs(path)
    with pytest.raises(SessionError, match="another file has taken its place"):
        write(path, "mine", consent=seen)
    assert path.read_text(encoding="utf-8") == _LOG
    for consenting in (replace_current_file(path), replace_anything):
        write(path, "mine", consent=consenting)
        assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.posix
@pytest.mark.parametrize(("another", "mode"), [(0, 0o666), (1, 0o600)], ids=["mine", "somebody else's"])
def test_only_the_mode_of_a_file_of_one_s_own_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, another: int, mode: int
) -> None:
    path.write_text("theirs", encoding="utf-8")
    path.chmod(0o666)
    owner = path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + another)
    write(path, "mine")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.posix
def test_a_lesson_that_broke_off_is_ended_in_the_file_that_was_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(document_toml.dump(Document(title="mine"), entries(Moved(9, "J"))), encoding="utf-8")
    kept = path.with_name("kept")
    kept.hardlink_to(path)
    real = LockedFile.resume

    def resume(place: Path) -> LockedFile:
        record = real(place)
        _theirs(place)
        return record

    monkeypatch.setattr(LockedFile, "resume", resume)
    library.dismiss(Recording(path, 0.0))
    assert [entry.event for entry in read(kept).entries] == [Moved(9, "J"), Ended()]
    assert path.read_text(encoding="utf-8") == _LOG


@pytest.mark.posix
@pytest.mark.parametrize("make", [lambda path: os.mkfifo(path), os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_a_follower_is_told_that_what_is_there_is_no_file_any_more(path: Path, make: Callable[[Path], None]) -> None:
    path.write_text(_LOG, encoding="utf-8")
    tail = Tail(path, read(path))
    path.unlink()
    make(path)
    news = tail.look()
    assert news
    assert "can't be read at the moment: it is no ordinary file any more" in news.problem
    assert [entry.event for entry in news.lesson.entries] == [Moved(2, "J")]


@pytest.mark.posix
def test_nothing_is_recorded_behind_a_link_that_was_swapped_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(_LOG, encoding="utf-8")
    private = path.with_name("private")
    private.write_text("private", encoding="utf-8")
    real = os.open

    def swapped(*given: Any, **named: Any) -> int:
        monkeypatch.setattr(os, "open", real)
        path.unlink()
        path.symlink_to(private)
        return real(*given, **named)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(OSError, match="symbolic links"):
        LockedFile.resume(path)
    assert private.read_text(encoding="utf-8") == "private"
