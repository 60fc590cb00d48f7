"""A session is written whole or not at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.full_disk import files_of_at_most
from tests.unit.helpers import entries, is_one_sentence
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.locked_file import write
from tui_nn.session.storage.session_file import SessionError, read

_OLD = document_toml.dump(Document(title="old"))
_NEW = document_toml.dump(Document(title="new"), entries(Moved(2, "J")))


def _listing(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.toml"
    write(path, _OLD)
    return path


def test_what_is_written_is_what_is_read(path: Path) -> None:
    write(path, _NEW)
    assert path.read_text(encoding="utf-8") == _NEW
    assert document_toml.dump(read(path).document, read(path).entries) == _NEW
    assert _listing(path.parent) == ["lesson.toml"]


@pytest.mark.posix
def test_a_reader_who_has_the_old_file_open_keeps_it_whole(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        write(path, _NEW)
        assert file.read() == _OLD


@pytest.mark.posix
def test_a_new_file_can_be_read_by_its_owner_alone(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.posix
def test_a_link_is_written_through(path: Path) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(path.name)
    write(link, _NEW)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == _NEW
    assert _listing(path.parent) == ["lesson.toml", "link.toml"]


@pytest.mark.posix
def test_a_link_to_nothing_makes_what_it_points_to(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to("new.toml")
    write(link, _NEW)
    assert (tmp_path / "new.toml").read_text(encoding="utf-8") == _NEW
    assert link.is_symlink()


@pytest.mark.posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o755])
def test_a_file_keeps_its_mode(path: Path, mode: int) -> None:
    path.chmod(mode)
    write(path, _NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode


_NAMES = {
    "long": "a" * 250 + ".toml",
    "long in two bytes a letter": "é" * 120 + ".toml",
    "long in three bytes a letter": "数" * 80 + ".toml",
    "in another encoding": "\udcff.toml",
    "blank": " ",
}


@pytest.mark.posix
@pytest.mark.parametrize("name", _NAMES.values(), ids=_NAMES)
def test_a_file_may_have_any_name_that_the_system_allows(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, _NEW)
    assert _listing(tmp_path) == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == _NEW


class _Failing:
    """A function of `os` that fails when it is called for the ``nth`` time."""

    def __init__(self, nth: int, error: BaseException) -> None:
        self._left = nth
        self._error = error

    def __call__(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            raise self._error


_FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("function", "nth"),
    [("fsync", 1), ("fsync", 2), ("replace", 1), pytest.param("fchmod", 1, marks=pytest.mark.posix)],
    ids=str,
)
def test_a_write_that_is_said_to_have_failed_has_changed_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, function: str, nth: int
) -> None:
    real = getattr(os, function)
    failing = _Failing(nth, _FULL)

    def at_last_failing(*arguments: object) -> None:
        failing()
        real(*arguments)

    monkeypatch.setattr(os, function, at_last_failing)
    said = None
    try:
        write(path, _NEW)
    except SessionError as error:
        said = str(error)
    assert path.read_text(encoding="utf-8") == (_OLD if said else _NEW)
    assert said is None or (is_one_sentence(said + "\n") and "no space left" in said)
    assert _listing(path.parent) == ["lesson.toml"]


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_disk_that_fills_up_leaves_the_old_file_whole(path: Path, size: int) -> None:
    with files_of_at_most(size), pytest.raises(SessionError, match="nothing was changed") as error:
        write(path, _NEW)
    assert is_one_sentence(f"{error.value}\n")
    assert read(path).document.title == "old"
    assert _listing(path.parent) == ["lesson.toml"]


def test_an_interrupted_write_leaves_the_old_file_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _Failing(1, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write(path, _NEW)
    assert read(path).document.title == "old"
    assert _listing(path.parent) == ["lesson.toml"]


def _in_no_directory(directory: Path) -> Path:
    return directory / "missing" / "lesson.toml"


def _below_a_file(directory: Path) -> Path:
    (directory / "file").touch()
    return directory / "file" / "lesson.toml"


def _directory(directory: Path) -> Path:
    (directory / "lesson.toml").mkdir()
    return directory / "lesson.toml"


def _pipe(directory: Path) -> Path:
    os.mkfifo(directory / "lesson.toml")
    return directory / "lesson.toml"


def _device(directory: Path) -> Path:
    (directory / "lesson.toml").symlink_to("/dev/null")
    return directory / "lesson.toml"


def _loop(directory: Path) -> Path:
    (directory / "one.toml").symlink_to("two.toml")
    (directory / "two.toml").symlink_to("one.toml")
    return directory / "one.toml"


def _name_too_long(directory: Path) -> Path:
    return directory / ("a" * 300)


def _zero_byte(directory: Path) -> Path:
    return directory / "a\0b.toml"


@pytest.mark.posix
@pytest.mark.parametrize(
    "place",
    [_in_no_directory, _below_a_file, _directory, _pipe, _device, _loop, _name_too_long, _zero_byte],
)
def test_where_no_file_can_be_written_nothing_is(place: Callable[[Path], Path], tmp_path: Path) -> None:
    path = place(tmp_path)
    before = _listing(tmp_path)
    with pytest.raises(SessionError) as error:
        write(path, _NEW)
    assert is_one_sentence(f"{error.value}\n")
    assert _listing(tmp_path) == before
