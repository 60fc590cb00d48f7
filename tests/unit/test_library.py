"""Where lessons are recorded that are recorded nowhere else, and which of them broke off."""

import os
import stat
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import entries, is_one_sentence
from tests.unit.holding import holder
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Event, Moved, Noted
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.storage import document_toml, event_log, library
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.library import Recording
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import Lesson, read

_LESSON = Lesson.without_events(Document())


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def _recorded(path: Path, *happened: Event, changed: int = 1000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document_toml.dump(Document(), entries(*happened)).encode())
    os.utime(path, (changed, changed))
    return path


def _folder() -> Path:
    folder = library.folder()
    assert folder is not None
    return folder


def _unfinished() -> list[Path]:
    return [recording.path for recording in library.unfinished_recordings()]


def _known() -> list[Path]:
    return [recording.path for recording in library.recordings()]


def test_recordings_are_in_the_user_s_folder_for_state(state_folder: Path) -> None:
    assert _folder() == state_folder / "tui-nn" / "lessons"
    assert _known() == _unfinished() == []
    assert not state_folder.exists()


@pytest.mark.posix
@pytest.mark.parametrize("named", ["state", "~/state", "./state"])
def test_a_place_that_is_no_absolute_path_is_not_taken_and_that_is_said(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    place = tmp_path / ".local/state/tui-nn/lessons"
    assert _folder() == place
    answer = command(capsys, "sessions", "--recorded", "--format", "json")
    assert (answer.code, answer.out) == (0, "{}\n")
    assert is_one_sentence(answer.err)
    assert f'XDG_STATE_HOME is "{named}", which is no absolute path: lessons are recorded in {place}' in answer.err


@pytest.mark.posix
@pytest.mark.parametrize("named", ["", "/absolute"])
def test_nothing_is_said_where_the_folder_is_the_one_asked_for(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", named)
    assert library.folder_warning() == ""


@pytest.mark.posix
def test_without_home_in_the_environment_it_is_the_account_s(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")
    monkeypatch.delenv("XDG_STATE_HOME")
    for home in ("", "somewhere"):
        monkeypatch.setenv("HOME", home)
        assert _folder() == Path(os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)) / ".local/state/tui-nn/lessons"


@pytest.mark.posix
def test_an_account_without_a_home_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pwd = pytest.importorskip("pwd")

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert _known() == _unfinished() == []
    autosave = Autosave(_LESSON.source, lambda: library.new_path("lecture"))
    LessonLog(_LESSON, autosave).append(Moved(2, "J"))
    wanted = "you have no home directory; set XDG_STATE_HOME to a folder of yours"
    assert wanted in autosave.failure
    assert wanted in command(capsys, "sessions", "--recorded").err


@pytest.mark.posix
def test_a_folder_that_can_t_be_read_is_not_called_empty(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    answer = command(capsys, "sessions", "--recorded")
    assert (answer.code, answer.err) == (2, "tui-nn: /dev/null/tui-nn/lessons can't be read: not a directory\n")


@pytest.mark.posix
def test_a_recording_and_its_folder_are_the_user_s_alone() -> None:
    autosave = Autosave(_LESSON.source, lambda: library.new_path("lecture"))
    LessonLog(_LESSON, autosave).append(Moved(2, "J"))
    path = autosave.path
    assert path is not None
    assert path.parent == _folder()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert _known() == [path]
    assert _unfinished() == []
    autosave.close()
    assert _unfinished() == [path]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("lecture", "lecture"),
        ("Week 3: Lecture 3", "week-3-lecture-3"),
        ("../../etc/passwd", "etc-passwd"),
        ("\x1b[31mred\n", "31mred"),
        ("数字", "lesson"),
        ("", "lesson"),
        ("a" * 300, "a" * 40),
    ],
    ids=repr,
)
def test_a_recording_is_called_after_its_lesson(name: str, slug: str) -> None:
    path = library.new_path(name)
    assert path.parent == _folder()
    assert f"-{slug}-" in path.name
    assert path.name.isprintable()
    assert path.suffix == ".toml"


def test_no_two_recordings_have_the_same_name() -> None:
    assert len({library.new_path("lecture") for _ in range(1000)}) == 1000


def test_a_folder_that_can_t_be_made_is_said_to_be(state_folder: Path) -> None:
    state_folder.touch()
    with pytest.raises(OSError, match=r"[Nn]ot a directory|exists"):
        library.new_path("lecture")
    assert _known() == _unfinished() == []


def test_lessons_that_nobody_left_and_nobody_teaches_are_unfinished_the_newest_first() -> None:
    folder = _folder()
    older = _recorded(folder / "older.toml", Moved(2, "J"), changed=1000)
    newer = _recorded(folder / "newer.toml", Moved(2, "J"), Ended(), Moved(3, "J"), changed=3000)
    ended = _recorded(folder / "ended.toml", Moved(2, "J"), Ended(), changed=2000)
    noted = _recorded(folder / "noted.toml", Noted('kind = "ended"'), changed=500)
    (folder / "other.txt").touch()
    assert _known() == [newer, ended, older, noted]
    assert library.recordings()[0] == Recording(newer, 3000.0)
    assert _unfinished() == [newer, older, noted]
    with holder(newer) as teacher:
        assert _unfinished() == [older, noted]
        assert _known() == [newer, ended, older, noted]
        teacher.kill()
        assert _unfinished() == [newer, older, noted]


def test_a_lesson_of_which_the_end_was_cut_off_is_unfinished() -> None:
    path = _recorded(_folder() / "lesson.toml", Moved(2, "J"), Ended())
    content = path.read_bytes()
    assert _unfinished() == []
    path.write_bytes(content[:-1])
    assert _unfinished() == []
    for cut in range(2, 30):
        path.write_bytes(content[:-cut])
        assert _unfinished() == [path]


@pytest.mark.posix
def test_a_lesson_recorded_elsewhere_is_known_by_a_link(tmp_path: Path) -> None:
    path = _recorded(tmp_path / "mine" / "my lesson.toml", Moved(2, "J"))
    library.remember(path)
    library.remember(path)
    (link,) = _unfinished()
    assert link.parent == _folder()
    assert link.is_symlink()
    assert link.samefile(path)
    assert read(link).entries == read(path).entries
    with holder(path):
        assert _unfinished() == []
    path.unlink()
    assert _known() == []


def test_a_lesson_recorded_elsewhere_is_forgotten_but_not_deleted(tmp_path: Path) -> None:
    path = _recorded(tmp_path / "mine.toml", Moved(2, "J"))
    other = _recorded(tmp_path / "other.toml", Moved(2, "J"))
    library.remember(path)
    library.remember(other)
    library.forget(path)
    assert [found.resolve() for found in _known()] == [other]
    assert path.exists()
    library.forget(path)


def test_a_recording_in_the_folder_needs_no_link() -> None:
    path = _recorded(_folder() / "lesson.toml", Moved(2, "J"))
    library.remember(path)
    assert _known() == [path]


def test_a_folder_behind_a_link_is_the_same_folder(
    tmp_path: Path, state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state_folder.mkdir()
    (tmp_path / "link").symlink_to(state_folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "link"))
    path = _recorded(library.new_path("lecture"), Moved(2, "J"))
    record = LockedFile.resume(path)
    library.remember(record.path)
    record.close()
    assert _known() == [path]


@pytest.mark.posix
def test_what_is_no_file_is_no_recording(tmp_path: Path) -> None:
    folder = library.new_path("lecture").parent
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    (folder / "device.toml").symlink_to("/dev/zero")
    (folder / "loop.toml").symlink_to("loop.toml")
    (folder / "gone.toml").symlink_to(tmp_path / "gone.toml")
    assert _known() == _unfinished() == []


@pytest.mark.parametrize("left", ["", "\n[[event]]\nkind = 'mov", "\x00" * 500], ids=["whole", "torn", "zeros"])
@pytest.mark.parametrize("happened", [(), (Moved(2, "J"), Noted("δ"))], ids=["nothing", "something"])
def test_a_lesson_that_is_dismissed_is_not_offered_again(left: str, happened: tuple[Event, ...]) -> None:
    path = _recorded(_folder() / "lesson.toml", *happened)
    if happened:
        path.write_text(path.read_text(encoding="utf-8") + left, encoding="utf-8")
    (offered,) = library.unfinished_recordings()
    library.dismiss(offered)
    assert _unfinished() == []
    assert _known() == [path]
    assert [entry.event for entry in read(path).entries] == [*happened, Ended()]


def test_a_lesson_recorded_elsewhere_is_dismissed_and_stays_where_it_is(tmp_path: Path) -> None:
    path = _recorded(tmp_path / "mine.toml", Moved(2, "J"))
    library.remember(path)
    (offered,) = library.unfinished_recordings()
    library.dismiss(offered)
    assert _known() == []
    assert path.read_text(encoding="utf-8").endswith(event_log.log_text([event_log.LogEntry(2, 0.5, Ended())]))


def test_a_lesson_that_is_taught_meanwhile_is_not_dismissed() -> None:
    path = _recorded(_folder() / "lesson.toml", Moved(2, "J"))
    (offered,) = library.unfinished_recordings()
    before = path.read_bytes()
    with holder(path), pytest.raises(OSError, match="another tui-nn records in it"):
        library.dismiss(offered)
    assert path.read_bytes() == before
