"""What `test_simulated_windows.py` wants to hold, in one process that believes to run on Windows.

``python -m tests.unit.on_simulated_windows FOLDER`` does each of `CHECKS` in FOLDER, and prints their names with what
went wrong as JSON.
"""

import asyncio
import contextlib
import errno
import io
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

CHECKS: dict[str, Callable[[Path], None]] = {}


def check(function: Callable[[Path], None]) -> Callable[[Path], None]:
    """Makes a function one of the `CHECKS`; it gets a folder of its own."""
    CHECKS[function.__name__] = function
    return function


def _answer(*words: str, code: int = 0) -> str:
    """What a command prints on standard output, or on standard error if it fails as expected."""
    from tui_nn.cli import main

    out, err = io.BytesIO(), io.StringIO()
    standard_output = io.TextIOWrapper(out, encoding="utf-8", newline="")
    with contextlib.redirect_stdout(standard_output), contextlib.redirect_stderr(err):
        found = main(words)
    standard_output.flush()
    assert found == code, (words, found, err.getvalue())
    return err.getvalue() if code == 2 else out.getvalue().decode()


@check
def the_commands_print(_: Path) -> None:
    assert "2.1169800  1.6157951  -1.4547416" in _answer("train", "lecture")
    assert "0.9049169" in _answer("show", "lecture", "--iteration", "2")
    assert "The gradients agree: all 9 slopes." in _answer("check", "lecture")
    assert "With this mistake" in _answer("diagnose", "homework-gradients", "ben", code=1)
    assert "The costs agree" in _answer("verify", "lecture-walkthrough")
    assert "lecture" in _answer("sessions")
    assert "# " in _answer("export", "lecture", "--to", "md")
    assert "no lesson was recorded" in _answer("sessions", "--recorded", code=2)
    assert "the dashboard needs a terminal" in _answer("lecture", code=2)


@check
def several_processes_sweep(_: Path) -> None:
    grid = ("--learning-rate", "1,5", "--seeds", "2", "--iterations", "50")
    alone = _answer("sweep", "xor", *grid, "--processes", "1")
    # Python's own library, which begins the processes, has to know where it is.
    with mock.patch.object(sys, "platform", "linux"):
        assert _answer("sweep", "xor", *grid, "--processes", "2") == alone


@check
def files_are_written_and_never_lost(folder: Path) -> None:
    mine = folder / "mine.toml"
    _answer("new", "circle", "-o", str(mine))
    assert b"\r" not in mine.read_bytes()
    assert "is there already" in _answer("new", "circle", "-o", str(mine), code=2)
    _answer("split", str(mine), "-o", str(folder / "split.toml"))
    page = folder / "page.html"
    for kind in ("html", "md"):
        _answer("export", str(mine), "--to", kind, "-o", str(page))
    assert page.read_text(encoding="utf-8").startswith("#")
    assert sorted(one.name for one in folder.iterdir()) == ["mine.toml", "page.html", "split.toml"]
    for name in ("con.toml", "Lpt1.toml", "what?.toml", "hidden.toml:in.toml", "dot.toml. "):
        answer = _answer("new", "circle", "-o", str(folder / name), code=2)
        assert "is no name that a file can have" in answer or "must end in .toml" in answer, answer
    assert "is a directory" in _answer("train", str(folder), code=2)
    before = sorted(folder.iterdir()), page.read_bytes()
    with mock.patch("tui_nn.system.files.sync", side_effect=OSError(errno.ENOSPC, "no space left")):
        assert "no space left" in _answer("export", str(mine), "--to", "html", "-o", str(page), code=2)
    assert (sorted(folder.iterdir()), page.read_bytes()) == before


@check
def a_file_that_is_open_elsewhere_is_waited_for_and_then_named_in_a_sentence(folder: Path) -> None:
    from tui_nn.session.storage.locked_file import write
    from tui_nn.session.storage.session_file import SessionError
    from tui_nn.system import files

    path = folder / "open.txt"
    write(path, "old")
    held = os.open(path, os.O_RDONLY)
    threading.Timer(0.05, os.close, (held,)).start()
    write(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    files._PATIENCE_SECONDS = 0.03  # type: ignore[attr-defined]
    with path.open("rb"), pytest.raises(SessionError, match="another program has it open"):
        write(path, "newer")
    assert path.read_text(encoding="utf-8") == "new"
    assert list(folder.iterdir()) == [path]


@check
def one_program_records_a_lesson_and_others_follow_it(folder: Path) -> None:
    from tui_nn.session.events import Moved, Noted
    from tui_nn.session.storage import library
    from tui_nn.session.storage.locked_file import is_recorded
    from tui_nn.session.storage.session_file import read
    from tui_nn.session.storage.tail import Tail
    from tui_nn.session.teaching_session import TeachingSession

    path = folder / "taught.toml"
    _answer("new", "circle", "-o", str(path))
    session = TeachingSession.opened(path)
    assert session
    session.append(Moved(2, "J"))
    assert not session.recording_failure
    automatic = session.path
    assert automatic
    assert automatic.parent == library.folder()
    assert ":" not in automatic.name
    # The file that the lesson came from is replaced by its recording, which others read meanwhile.
    session.save_as(path)
    assert not session.recording_failure
    assert is_recorded(path)
    assert TeachingSession.opened(path) is None
    tail = Tail(path, read(path))
    news = tail.look()
    assert news
    assert news.is_taught
    session.append(Noted("δ⁽³⁾"))
    session.append(Moved(3, "J"))
    news = tail.look()
    assert news
    assert news.state.iteration == 3
    assert [one.path for one in library.unfinished_recordings()] == []
    session.close()
    assert not is_recorded(path)
    # It broke off: it is offered although the recordings have no more than its path.
    (offered,) = library.unfinished_recordings()
    assert offered.path == path
    assert read(path).state.iteration == 3
    library.dismiss(offered)
    assert library.unfinished_recordings() == []
    session = TeachingSession.opened(path)
    assert session
    session.append(Moved(4, "J"))
    session.end()
    assert read(path).is_ended


@check
def a_lesson_that_lost_its_disk_is_written_over_its_own_file(folder: Path) -> None:
    from tui_nn.session.storage.locked_file import FileInUse, LockedFile, is_recorded
    from tui_nn.session.storage.session_file import SessionError

    path = folder / "own.toml"
    file = LockedFile.create(path, "first")
    again = LockedFile.create(path, "second", instead_of=file)
    file.close()
    assert is_recorded(path)
    assert path.read_bytes() == b"second"
    with pytest.raises(FileInUse):
        LockedFile.create(path, "theirs")

    def refuse(_: int) -> None:
        raise SessionError("no")

    with pytest.raises(SessionError):
        LockedFile.create(path, "third", instead_of=again, consent=refuse)
    again.append(" and more")
    assert path.read_bytes() == b"second and more"
    again.close()


@check
def sharing_says_what_windows_can_t_do(folder: Path) -> None:
    path = folder / "shared lesson.toml"
    _answer("new", "circle", "-o", str(path))
    told = _answer("share", str(path))
    assert f'follow "{path}"' in told
    assert "On Windows, tui-nn can't open a file to others" in told
    assert "ssh" not in told


@check
def the_dashboard_teaches_and_a_class_follows(folder: Path) -> None:
    from tests.dashboard.stage import follow_app, on_stage, opened
    from tui_nn.dashboard.terminal.driver import TerminalDriver
    from tui_nn.dashboard.terminal.terminal_app import TerminalApp

    async def lesson() -> None:
        async with opened() as stage:
            assert TerminalApp.get_driver_class(stage.app) is TerminalDriver
            await stage.go_to("37 delta3")
            await stage.press("right")
            await stage.until(lambda: stage.place == (37, "∂J/∂W⁽²⁾"))
            await stage.press("w")
            await stage.until(lambda: "Share the lesson from this file" in stage.dialog)
            await stage.press("enter")
            await stage.until(lambda: "the folder says who can read it" in stage.dialog)
            await stage.press("escape")
            shared = folder / "lecture.toml"
            async with on_stage(follow_app(shared)) as student:
                await stage.press("right")
                await student.until(lambda: student.place == stage.place)
                assert student.place.step != "∂J/∂W⁽²⁾"

    os.chdir(folder)
    asyncio.run(lesson())


def main(folder: Path) -> None:
    """Does all checks and prints what went wrong with each; "" where nothing did."""
    import tests.unit.like_windows  # noqa: F401

    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    found = {}
    for name, function in CHECKS.items():
        own = folder / name
        own.mkdir()
        try:
            function(own)
            found[name] = ""
        except Exception:  # noqa: BLE001 - the test that reads it fails with it
            found[name] = traceback.format_exc()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
