"""Files from strangers: whatever is in them, a lesson comes back or one sentence."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.command_line import command
from tests.unit.helpers import is_one_sentence, written
from tui_nn.session import limits
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError, read

_LECTURE = bundled_lessons.bundled()["lecture"].read_bytes()
_WITH_EVENTS = _LECTURE + b'\n[[event]]\nkind = "moved"\nat = 3.2\niteration = 1\nstep = "delta3"\nseq = 1\n'
_PIECES = (
    b"",
    b"[",
    b"]]",
    b'"',
    b"'''",
    b"=",
    b"\n",
    b"\\",
    b"\xff",
    b"\x00",
    b"-",
    b"9" * 50,
    b"nan",
    b"[[event]]\n",
)

# The file is written anew for each example.
_one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def _sentence(path: Path) -> str | None:
    """Why ``path`` is refused, or None where it holds a lesson; any other exception is a failure."""
    try:
        read(path)
    except SessionError as error:
        return str(error)
    return None


@given(cut=st.integers(0, len(_WITH_EVENTS)))
@_one_file
def test_a_file_cut_off_anywhere_is_read_or_refused(tmp_path: Path, cut: int) -> None:
    sentence = _sentence(written(tmp_path, _WITH_EVENTS[:cut]))
    assert sentence is None or is_one_sentence(sentence + "\n")


@given(place=st.integers(0, len(_WITH_EVENTS)), drop=st.integers(0, 12), piece=st.sampled_from(_PIECES) | st.binary())
@_one_file
def test_a_file_changed_anywhere_is_read_or_refused(tmp_path: Path, place: int, drop: int, piece: bytes) -> None:
    changed = _WITH_EVENTS[:place] + piece + _WITH_EVENTS[place + drop :]
    sentence = _sentence(written(tmp_path, changed))
    assert sentence is None or is_one_sentence(sentence + "\n")


def test_an_event_of_tables_nested_deeply_is_read_or_refused(tmp_path: Path) -> None:
    sentence = _sentence(written(tmp_path, f"[[event]]\n{'a.' * 3000}b = 1"))
    assert sentence is None or is_one_sentence(sentence + "\n")


def _directory(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(path))


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def _log_of_the_kernel(path: Path) -> None:
    """To root an ordinary file, which would have to be waited for."""
    path.symlink_to("/proc/kmsg")


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)


@pytest.mark.posix
@pytest.mark.parametrize(
    ("make", "fragment"),
    [
        (_directory, "is a directory; expected a session file"),
        (_pipe, "pipe"),
        (_socket, "is a device, a pipe or a socket; expected a session file"),
        (_log_of_the_kernel, "lesson.toml"),
        (_endless, "device"),
        (_terminal, "lesson.toml"),
        (_loop, "can't be read"),
        (_nothing, "no such file"),
        (_too_large, "larger than 16 MiB"),
    ],
)
def test_what_is_no_file_is_refused_in_one_sentence(
    make: Callable[[Path], None],
    fragment: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "lesson.toml")
    answer = command(capsys, "train", "lesson.toml")
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert "lesson.toml" in answer.err
    assert fragment in answer.err


@pytest.mark.parametrize(
    "words",
    [
        "train F",
        "show F --iteration 1",
        "predict F --x 1 2",
        "check F",
        "export F --to md",
        "starts F",
        "verify F",
        "answers F",
        "share F",
    ],
)
def test_a_file_that_would_have_to_be_waited_for_is_refused_by_every_command(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, _LECTURE)

    def waiting(*_: object) -> bytes:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "read", waiting)
    answer = command(capsys, *words.replace("F", str(path)).split())
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert "has no end that could be read now" in answer.err


_NO_NAMES = {
    "too long a word": "a" * 300,
    "too long a name": "a" * 300 + ".toml",
    "too long a path": "a/" * 3000 + "b.toml",
    "a path through a file": "/dev/null/b.toml",
    "a control sequence": "\x1b[31m",
    "nothing": "",
}


@pytest.mark.parametrize("name", _NO_NAMES.values(), ids=_NO_NAMES)
def test_a_name_that_can_t_be_a_file_is_refused_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = command(capsys, "train", name)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err


def test_a_path_with_a_zero_byte_is_refused_in_one_sentence() -> None:
    sentence = _sentence(Path("a\0b.toml"))
    assert sentence is not None
    assert is_one_sentence(sentence + "\n")


def test_no_character_of_a_path_reaches_the_terminal_as_a_control_sequence(tmp_path: Path) -> None:
    sentence = _sentence(tmp_path / "\x1b[31mred\n.toml")
    assert sentence is not None
    assert sentence.isprintable()
    assert "red" in sentence
