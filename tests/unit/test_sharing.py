"""Sharing a lesson changes the mode of the file that was read, if it is the user's own, and of no other."""

import getpass
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import entries, is_one_sentence, written
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Moved
from tui_nn.session.shared_replay import SharedReplay
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.storage.sharing import invitation, let_others_read, make_folder_for, proposed_path

pytestmark = pytest.mark.posix
_LESSON = document_toml.dump(Document(title="shared"), entries(Moved(2, "J")))


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _file(path: Path, content: str = _LESSON, mode: int = 0o600) -> Path:
    written(path.parent, content, path.name).chmod(mode)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return _file(tmp_path / "lesson.toml")


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return _file(tmp_path / "private.toml")


def _before_the_first(
    monkeypatch: pytest.MonkeyPatch, function: str, happens: Callable[[], None], of: object = os
) -> None:
    """Does ``happens`` right before a function of the system is called for the first time."""
    real = getattr(of, function)
    left = [happens]

    def called(*given: object, **named: object) -> object:
        if left:
            left.pop()()
        return real(*given, **named)

    monkeypatch.setattr(of, function, called)


@pytest.mark.parametrize("moment", ["open", "fstat", "lseek", "read", "geteuid", "fchmod"])
def test_a_link_swapped_in_opens_nobody_s_private_file(
    path: Path, private: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    happened = []

    def swap() -> None:
        path.unlink()
        path.symlink_to(private)
        happened.append(moment)

    _before_the_first(monkeypatch, moment, swap)
    with suppress(SessionError):
        let_others_read(path)
    assert happened
    assert _mode(private) == 0o600


def test_a_folder_swapped_in_opens_no_file_that_was_not_read(
    tmp_path: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "class").mkdir()
    path = _file(tmp_path / "class" / "private.toml")

    def swap() -> None:
        path.parent.rename(tmp_path / "aside")
        path.parent.symlink_to(tmp_path)

    _before_the_first(monkeypatch, "fchmod", swap)
    let_others_read(path)
    assert _mode(private) == 0o600
    assert _mode(tmp_path / "aside" / "private.toml") == 0o644


def test_a_lesson_swapped_in_opens_no_other_file(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = _file(tmp_path / "secret", "no lesson")
    path.unlink()
    path.hardlink_to(secret)
    real = os.open

    def opened(*given: Any, **named: Any) -> int:
        """Opens the secret, in whose place is a lesson from then on."""
        descriptor = real(*given, **named)
        _file(tmp_path / "lesson").replace(path)
        return descriptor

    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(SessionError):
        let_others_read(path)
    assert _mode(secret) == 0o600


def test_a_link_to_a_lesson_of_one_s_own_shares_that_lesson(
    tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(path.name)
    answer = command(capsys, "share", str(link))
    assert answer.err == ""
    assert f"follow {path}\n" in answer.out
    assert _mode(path) == 0o644
    assert link.is_symlink()


@pytest.mark.parametrize(("before", "after"), [(0o600, 0o644), (0o640, 0o644), (0o700, 0o744), (0o666, 0o666)])
def test_sharing_lets_others_read_and_nothing_more(path: Path, before: int, after: int) -> None:
    path.chmod(before)
    let_others_read(path)
    assert _mode(path) == after


def test_a_file_of_somebody_else_s_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(SessionError, match="is somebody else's file; only its owner can share it"):
        let_others_read(path)
    assert _mode(path) == 0o600


@pytest.mark.parametrize("content", ["secret = 1\n", "-----BEGIN PRIVATE KEY-----\n", "\0"])
def test_a_file_that_is_no_lesson_is_left_as_it_is(path: Path, content: str) -> None:
    _file(path, content)
    with pytest.raises(SessionError):
        let_others_read(path)
    assert _mode(path) == 0o600


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    os.mkfifo(tmp_path / "pipe.toml", 0o600)
    for name in ("missing.toml", "loop.toml", "pipe.toml", "a\0b", "a" * 300, "."):
        answer = command(capsys, "share", str(tmp_path / name))
        assert (answer.code, answer.out) == (2, "")
        assert is_one_sentence(answer.err)
    assert _mode(tmp_path / "pipe.toml") == 0o600


def test_a_recording_whose_place_was_taken_is_not_shared(path: Path, private: Path) -> None:
    autosave = Autosave(_LESSON, lambda: path, LockedFile.resume(path))
    private.replace(path)
    with pytest.raises(OSError, match="another file has taken its place"):
        autosave.let_others_read()
    assert _mode(path) == 0o600
    autosave.close()


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a lesson is shared that has no place of its own yet; its folder is not there yet."""
    monkeypatch.setattr("tui_nn.session.storage.sharing._LASTING_FOLDER", tmp_path)
    path = proposed_path("lecture")
    assert path == tmp_path / f"tui-nn-{getpass.getuser()}" / "lecture.toml"
    return path


def test_the_folder_for_sharing_is_made_once(shared: Path) -> None:
    for _ in range(2):
        make_folder_for(shared)
        assert _mode(shared.parent) == 0o755


def test_nobody_else_can_write_in_the_folder_whatever_the_mask(shared: Path) -> None:
    mask = os.umask(0)
    try:
        make_folder_for(shared)
    finally:
        os.umask(mask)
    assert _mode(shared.parent) == 0o755


def test_a_folder_of_somebody_else_s_is_refused(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.parent.mkdir(mode=0o755)
    owner = shared.parent.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(SessionError, match="is somebody else's; choose another place"):
        make_folder_for(shared)


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777], ids=oct)
def test_a_folder_that_others_can_write_in_is_refused(shared: Path, mode: int) -> None:
    shared.parent.mkdir()
    shared.parent.chmod(mode)
    with pytest.raises(SessionError, match="; close it to them"):
        make_folder_for(shared)


def test_a_link_in_the_place_of_the_folder_is_refused(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    shared.parent.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SessionError, match="is somebody else's; choose another place"):
        make_folder_for(shared)


def test_no_other_folder_is_made(shared: Path, tmp_path: Path) -> None:
    make_folder_for(tmp_path / "mine" / "lecture.toml")
    assert list(tmp_path.iterdir()) == []
    assert not shared.parent.exists()


@pytest.mark.parametrize(("is_on_the_path", "is_beside"), [(True, True), (True, False), (False, True), (False, False)])
def test_the_class_is_told_a_program_that_it_can_run(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_on_the_path: bool, is_beside: bool
) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    own = folder / "tui-nn"
    if is_beside:
        own.touch(mode=0o755)
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    monkeypatch.setenv("PATH", str(path.parent))
    if is_on_the_path:
        (path.parent / "tui-nn").touch(mode=0o755)
    told = invitation(path)
    program = f"'{own}'" if is_beside and not is_on_the_path else "tui-nn"
    assert f"\n  {program} follow {path}\n" in told
    assert f" {program} follow {path}" in told.splitlines()[5]


@pytest.mark.parametrize("name", ["mine.csv", "mine.txt"])
def test_data_are_not_shared_as_a_lesson_since_nothing_is_recorded_there(name: str, tmp_path: Path) -> None:
    data = _file(tmp_path / name, "hours,score\n8,75\n5,62\n")
    with pytest.raises(SessionError, match="is a table of data"):
        let_others_read(data)
    assert _mode(data) == 0o600


def test_a_replay_is_shared_as_a_new_file_and_takes_the_place_of_none(tmp_path: Path, path: Path) -> None:
    lesson, copy = read(path), tmp_path / "replayed.toml"
    shared = SharedReplay(lesson, "lesson", copy)
    shared.show(1)
    assert read(copy).entries == lesson.entries
    assert _mode(copy) == 0o644
    shared.leave()
    assert [type(entry.event) for entry in read(copy).entries] == [Moved, Ended]
    shared.delete()
    assert not copy.exists()
    with pytest.raises(SessionError, match=r"lesson\.toml exists already"):
        SharedReplay(lesson, "lesson", path)
    # A copy that a killed program has left behind.
    SharedReplay(lesson, "lesson", copy).leave()
    again = SharedReplay(lesson, "lesson", copy)
    assert read(copy).entries == ()
    again.delete()
    assert path.read_text(encoding="utf-8") == _LESSON
