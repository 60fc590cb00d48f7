"""Every event is on the disk before the screen changes; where that can't be, the lesson says so and goes on."""

import stat
from pathlib import Path

import pytest

from tests.unit.autosaved import LESSON, autosaved, happened_in, holds_all
from tests.unit.helpers import entries
from tests.unit.long_lessons import taught
from tui_nn.network import ValidationError
from tui_nn.session.events import Ended, Moved, Noted, RowRemoved, Undone
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import read


def _resumed(path: Path) -> tuple[LessonLog, Autosave]:
    record = LockedFile.resume(path)
    lesson = read(path)
    record.keep_only(lesson.size)
    autosave = Autosave(lesson.source, lambda: path, record)
    return LessonLog(lesson, autosave), autosave


def test_nothing_is_written_before_anything_has_happened(tmp_path: Path) -> None:
    autosave = autosaved(tmp_path).autosave
    autosave.catch_up()
    assert (autosave.path, autosave.failure) == (None, "")
    assert list(tmp_path.iterdir()) == []


def test_what_is_on_the_disk_after_each_event_is_the_whole_log(tmp_path: Path) -> None:
    path, _, history = autosaved(tmp_path)
    for event in (Moved(2, "J"), RowRemoved(1), Noted("δ⁽³⁾ 🎓"), Undone()):
        history.append(event)
        assert holds_all(path, history)
    with pytest.raises(ValidationError):
        history.append(Moved(3, "J"), Undone())
    assert holds_all(path, history)
    assert list(path.parent.iterdir()) == [path]


def test_a_long_lesson_on_the_disk_is_the_whole_log(tmp_path: Path) -> None:
    path, autosave, _ = autosaved(tmp_path)
    history = taught(LESSON, autosave, 500)
    assert holds_all(path, history)
    assert autosave.text.encode() == path.read_bytes()


@pytest.mark.posix
def test_a_recording_can_be_read_by_its_owner_alone_until_others_are_let(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    autosave.let_others_read()
    history.append(Moved(2, "J"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    autosave.let_others_read()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_lesson_is_gone_on_with_where_it_is(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"), Ended())
    autosave.close()
    before, inode = path.read_bytes(), path.stat().st_ino
    again, _ = _resumed(path)
    assert path.read_bytes() == before
    again.append(Moved(3, "J"))
    assert path.read_bytes() == before + event_log.log_text(again.entries[2:]).encode()
    assert path.stat().st_ino == inode
    assert happened_in(path) == [Moved(2, "J"), Ended(), Moved(3, "J")]


@pytest.mark.parametrize(
    "content",
    [
        b'title = "by hand"  # mine\n\n[[event]]\nkind = "ended" # so\nseq = 1',
        b'title = "by hand"\r\n\r\n[[event]]\r\nkind = "ended"\r\nseq = 1\r\n',
        b'\xef\xbb\xbftitle = "by hand"\n[[event]]\nkind = "ended"\nseq = 1\n',
        b'title = "by hand"\n[[event]]\nkind = "ended"\nseq = 1\n\n[[event]]\nkind = "noted"\ntext = "\xc3',
        b'title = "by hand"\n[[event]]\nkind = "ended"\nseq = 1\n' + bytes(5000),
    ],
    ids=["comments", "CRLF", "BOM", "torn", "zeros"],
)
def test_what_was_written_by_hand_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lesson.toml"
    path.write_bytes(content)
    whole = read(path).size
    history, _ = _resumed(path)
    assert path.read_bytes() == content
    history.append(Moved(2, "J"))
    assert path.read_bytes() == content[:whole] + event_log.log_text(history.entries[1:]).encode()
    assert (happened_in(path), read(path).cut_off_bytes) == ([Ended(), Moved(2, "J")], 0)


def test_a_lesson_saved_elsewhere_is_recorded_there_from_now_on(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    elsewhere = path.with_name("elsewhere.toml")
    autosave.move_to(elsewhere)
    assert autosave.path == elsewhere
    history.append(Moved(3, "J"))
    assert holds_all(elsewhere, history)
    assert happened_in(path) == [Moved(2, "J")]


def test_the_file_of_before_says_that_the_lesson_does_not_go_on_there(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    autosave.move_to(path.with_name("elsewhere.toml"), event_log.log_text([event_log.LogEntry(2, 1.0, Ended())]))
    history.append(Moved(3, "J"))
    assert holds_all(path.with_name("elsewhere.toml"), history)
    assert happened_in(path) == [Moved(2, "J"), Ended()]
    autosave.move_to(path.with_name("elsewhere.toml"), event_log.log_text([event_log.LogEntry(3, 1.0, Ended())]))
    assert holds_all(path.with_name("elsewhere.toml"), history)


def test_a_lesson_is_saved_before_anything_has_happened(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    autosave.move_to(path)
    assert path.read_text(encoding="utf-8") == LESSON.source
    history.append(Moved(2, "J"))
    assert holds_all(path, history)


def test_a_lesson_saved_to_its_own_file_goes_on_there(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    autosave.move_to(path)
    history.append(Moved(3, "J"))
    assert autosave.failure == ""
    assert holds_all(path, history)


def test_where_it_can_t_be_saved_the_lesson_is_recorded_as_before(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    path.with_name("folder").mkdir()
    for place in ("lesson.toml/below.toml", "missing/lesson.toml", "folder", "a" * 300, "a\0b"):
        with pytest.raises((OSError, ValueError)):
            autosave.move_to(path.parent / place)
        history.append(Moved(history.event_count, "J"))
        assert (autosave.path, autosave.failure) == (path, "")
        assert holds_all(path, history)


def test_saving_brings_what_could_not_be_recorded(tmp_path: Path) -> None:
    path, autosave, history = autosaved(tmp_path)
    history.append(Moved(2, "J"))
    path.write_text("theirs", encoding="utf-8")
    history.append(Moved(3, "J"))
    assert autosave.failure
    autosave.move_to(path.with_name("elsewhere.toml"))
    assert autosave.failure == ""
    assert holds_all(path.with_name("elsewhere.toml"), history)
    assert path.read_text(encoding="utf-8") == "theirs"


def test_a_log_that_a_file_holds_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(document_toml.dump(LESSON.document, entries(Moved(2, "J"))), encoding="utf-8")
    history, autosave = _resumed(path)
    before = path.stat()
    history.flush()
    autosave.catch_up()
    assert path.stat() == before
