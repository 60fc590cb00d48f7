"""A painter draws a shared lesson once, and small followers copy what it draws, each in a real terminal."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.terminal.program import DASHBOARD, PATIENCE_SECONDS, Program, is_opened, running, step_shown
from tui_nn.following import copier
from tui_nn.following.copier import Copier
from tui_nn.following.protocol import ELSEWHERE, MESSAGE_BYTES, WHOLE, SeatView, socket_path, view_message
from tui_nn.painting.other_painter import OtherPainter
from tui_nn.session.storage.sharing import proposed_path

_VIEW = SeatView(100, 30, 3, 0, erases=True, comma=False, theme="", language="en")


@contextmanager
def _sharing(folder: Path, cwd: str | None = None) -> Iterator[tuple[Program, Path]]:
    """A teacher who shares a lesson, and its file."""
    path = folder / "shared.toml"
    path.write_text('title = "Mine"\n[training]\niterations = 100\n', encoding="utf-8")
    with running((sys.executable, "-P", "-m", "tui_nn", str(path)), cwd=cwd) as teacher:
        teacher.until(is_opened)
        teacher.press("s")
        teacher.shows("Save the lesson to this file")
        teacher.press("enter")
        teacher.until(lambda screen: "Save the lesson" not in screen.text)
        teacher.press("w")
        teacher.shows("Tell the class")
        teacher.press("escape")
        teacher.until(lambda screen: "Tell the class" not in screen.text)
        _until(Path(socket_path(str(path))).exists)
        yield teacher, path


@contextmanager
def _following(path: Path, size: tuple[int, int] = (120, 40), *options: str, **environment: str) -> Iterator[Program]:
    with running((*DASHBOARD, "follow", str(path), *options), size, **environment) as program:
        program.shows("Following")
        yield program


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _until_alike(one: Program, other: Program) -> None:
    """Waits until both terminals show the same, cell by cell."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while one.screen.cells != other.screen.cells:
        assert time.monotonic() < deadline, f"{one.screen.text}\n\n{other.screen.text}"
        one.read_for(0.05)
        other.read_for(0.05)


def _is_small(program: Program) -> bool:
    return b"tui_nn.following.copier" in Path(f"/proc/{program.process.pid}/cmdline").read_bytes()


def _painter() -> int:
    """The process that paints the first view for the teacher of this test."""
    state, found = os.environ["XDG_STATE_HOME"].encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        # Others end while they are looked at.
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            is_painter = b"0" in words and any(b"tui_nn.painting" in word for word in words)
            if is_painter and state in (process / "environ").read_bytes():
                found.append(int(process.name))
    assert len(found) == 1, found
    return found[0]


def test_small_followers_show_what_whole_programs_show_and_become_whole_to_look_around(tmp_path: Path) -> None:
    with (
        _sharing(tmp_path) as (teacher, path),
        _following(path) as one,
        _following(path) as other,
        _following(path, (80, 24), "--theme", "textual-light") as light,
        _following(path, TEXTUAL_COLOR_SYSTEM="truecolor") as whole,
        _following(path, (80, 24), "--theme", "textual-light", TEXTUAL_COLOR_SYSTEM="truecolor") as whole_light,
    ):
        everyone = (one, other, light, whole, whole_light)
        assert [_is_small(seat) for seat in everyone] == [True, True, True, False, False]
        for keys in (("right",) * 4, ("down", "down"), ("2",), ("e",), ("escape",), ("0",)):
            teacher.press(*keys)
            teacher.until_it_rests()
            at = teacher.screen.lines[1]
            for seat in everyone:
                seat.until(lambda screen, at=at: screen.lines[1].split() == at.split())  # type: ignore[misc]
            for small, alone in ((one, whole), (other, whole), (light, whole_light)):
                _until_alike(small, alone)

        one.resize(80, 24)
        one.shows("[Step]")
        one.press("n")
        one.shows("Looking around")
        assert not _is_small(one)
        one.press("escape")
        one.shows("Following")
        one.until(lambda _: _is_small(one))

        teacher.press("q")
        assert teacher.ended() == 0
        for seat in (other, light):
            seat.shows("the teacher has ended the lesson")
        # Hundreds of whole programs would be too much for the machine.
        assert _is_small(other)
        before = other.attributes
        other.press("q")
        assert other.ended() == 0
        assert other.attributes != before


def test_who_comes_before_the_lesson_waits_and_then_follows_in_a_small_program(tmp_path: Path) -> None:
    # The key w makes the folder.
    folder = tmp_path / "class"
    follow = (*DASHBOARD, "follow", str(folder / "shared.toml"))
    with running(follow) as early, running(follow) as impatient:
        for student in (early, impatient):
            student.shows("There is no lesson in")
            assert _is_small(student)
        impatient.press("\x03")
        assert impatient.ended() == 130
        folder.mkdir()
        with _sharing(folder) as (teacher, _):
            # What it waits for stays in sight until there is a picture.
            early.until(lambda screen: "There is no lesson in" not in screen.text)
            assert "Following" in early.screen.text
            early.until(lambda _: _is_small(early))
            teacher.press("right")
            early.stands_at("A⁽²⁾")


def test_a_painter_that_is_killed_is_replaced_and_nobody_loses_anything(tmp_path: Path) -> None:
    with _sharing(tmp_path) as (teacher, path), _following(path) as student:
        killed = _painter()
        os.kill(killed, signal.SIGKILL)
        _until(lambda: not Path(f"/proc/{killed}/exe").exists())
        teacher.press("right")
        teacher.stands_at("A⁽²⁾")
        student.stands_at("A⁽²⁾")
        assert _is_small(student)
        assert _painter() != killed
        # The teacher's window closes: the painter ends as well.
        painter = _painter()
        teacher.hang_up()
        _until(lambda: not Path(f"/proc/{painter}").exists())


def test_where_the_teachers_program_is_killed_everyone_sees_its_last_step_and_that_it_is_gone(tmp_path: Path) -> None:
    with _sharing(tmp_path) as (teacher, path), _following(path) as one, _following(path, (80, 24)) as other:
        teacher.press("right")
        teacher.stands_at("A⁽²⁾")
        os.kill(teacher.process.pid, signal.SIGKILL)
        for student in (one, other):
            student.shows("the teacher's program is gone")
            assert step_shown(student.screen) == "A⁽²⁾"
            assert _is_small(student)
        _until(lambda: not Path(socket_path(str(path))).exists())


def test_who_has_lost_the_painter_becomes_a_whole_program_only_where_the_lesson_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("Before", encoding="utf-8")
    became_full: list[bytes] = []
    monkeypatch.setattr(Copier, "_become_full", lambda _, typed: became_full.append(typed))
    monkeypatch.setattr(copier, "_RETRY_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(copier, "_PATIENCE_SECONDS", (0.0, 0.0))
    student = Copier(str(path), _VIEW, [])
    student.lose_painter()

    def after_looks(content: str | None) -> list[bytes]:
        if content is None:
            path.unlink()
        else:
            path.write_text(content, encoding="utf-8")
        student.look_for_painter()
        # The teacher who is back may share the lesson in a moment.
        assert not became_full
        student.look_for_painter()
        return became_full

    assert not after_looks("Before")
    assert not after_looks(None)
    assert not after_looks("Before")
    assert after_looks("Before, and more") == [b""]


def test_no_module_of_the_current_directory_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for module in ("tui_nn/__init__", "random", "multiprocessing/__init__"):
        (trap / module).parent.mkdir(parents=True, exist_ok=True)
        (trap / f"{module}.py").write_text(f"open({str(trap / 'sprung')!r}, 'w')\n", encoding="utf-8")
    follow = (sys.executable, "-P", "-m", "tui_nn", "follow")
    with (
        _sharing(tmp_path, cwd=str(trap)) as (teacher, path),
        running((*follow, str(path)), cwd=str(trap)) as student,
    ):
        student.shows("Following")
        assert _is_small(student)
        student.press("n")
        student.shows("Looking around")
        student.press("escape")
        student.until(lambda _: _is_small(student))
        teacher.press("right")
        student.stands_at("A⁽²⁾")
    # As the installed program does, without -P and without the current directory.
    program = (sys.executable, "-c", "import sys; del sys.path[0]; from tui_nn.cli import main; sys.exit(main())")
    sweep = ("sweep", "lecture", "--learning-rate", "1,2", "--iterations", "1", "--seeds", "1", "--processes", "2")
    assert subprocess.run([*program, *sweep], cwd=trap, capture_output=True).returncode == 0
    assert not (trap / "sprung").exists()


def _connected(path: Path, painter: int = 0) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(PATIENCE_SECONDS)
    connection.connect(socket_path(str(path), painter))
    return connection


def _given_a_view(path: Path, *views: SeatView) -> socket.socket:
    """A connection that has asked for some views, to the painter that draws the last. Its picture waits to be read."""
    connection = _connected(path)
    for view in views:
        connection.send(view_message(view))
    try:
        is_sent_away = connection.recv(1, socket.MSG_PEEK) == ELSEWHERE
    except ConnectionResetError:
        # The painter sent it away before it had read all that was asked.
        is_sent_away = True
    if is_sent_away:
        connection.close()
        connection = _connected(path, 1)
        connection.send(view_message(views[-1]))
    return connection


def test_followers_that_send_rubbish_never_read_or_come_in_crowds_hold_up_nobody(tmp_path: Path) -> None:
    with _sharing(tmp_path) as (teacher, path), _following(path) as student:
        for rubbish in (b"", b"x", bytes(MESSAGE_BYTES), view_message(_VIEW) + b"x", b"\xff" * 100_000):
            with _connected(path) as rude:
                rude.send(rubbish or b"\0")
                assert rude.recv(10) == b""
        crowd = [_connected(path) for _ in range(300)]
        deaf = [_given_a_view(path, _VIEW) for _ in range(3)]
        restless = _given_a_view(path, *(_VIEW._replace(columns=columns) for columns in range(60, 200)))
        for step in ("A⁽²⁾", "Z⁽³⁾", "Ŷ", "J"):
            teacher.press("right")
            teacher.stands_at(step)
            student.stands_at(step)
        assert restless.recv(300_000)[:1] == WHOLE
        assert deaf[0].recv(300_000)[:1] == WHOLE
        for one in (*crowd, *deaf, restless):
            one.close()
        teacher.press("right")
        student.stands_at("δ⁽³⁾")
        assert _is_small(student)


def test_a_class_follows_a_replay_on_and_back() -> None:
    before = _copies()
    with running((*DASHBOARD, "replay", "first-lesson", "--share")) as teacher:
        teacher.shows("Tell the class", "tui-nn follow")
        (path,) = {*_copies()} - {*before}
        teacher.press("escape")
        teacher.until(lambda screen: "Tell the class" not in screen.text)
        _until(Path(socket_path(str(path))).exists)
        with _following(path) as student:
            assert _is_small(student)
            for key in ("right",) * 4 + ("left",) * 2 + ("end", "home", "right"):
                teacher.press(key)
                teacher.until_it_rests()
                header, strip = teacher.screen.lines[0].split(), teacher.screen.lines[1].split()
                student.until(
                    lambda screen, header=header, strip=strip: (
                        screen.lines[0].split()[-8:] == header[-8:]  # type: ignore[misc]
                        and screen.lines[1].split() == strip
                    )
                )
            teacher.press("q")
            assert teacher.ended() == 0
            assert not path.exists()
            student.shows("the teacher has ended the lesson")
            student.press("q")
            assert student.ended() == 0


def _copies() -> list[Path]:
    return [*proposed_path("").parent.glob("first-lesson-replay*.toml")]


@contextmanager
def _pretending(address: str) -> Iterator[None]:
    """Another user who pretends to paint."""
    pretends = (
        "import os, socket, sys\n"
        "listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\n"
        "listening.bind(sys.argv[1]); os.chmod(sys.argv[1], 0o666); listening.listen(); os.setuid(65534)\n"
        "listening.listen(); print('ready', flush=True)\n"
        "while True:\n"
        "    connection, _ = listening.accept(); connection.send(b'WThis is no lesson')\n"
    )
    with subprocess.Popen([sys.executable, "-c", pretends, address], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"ready\n"
        yield
        other.kill()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_painter_of_another_user_draws_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shared.toml"
    path.write_text('title = "Mine"\n[training]\niterations = 100\n', encoding="utf-8")
    with _pretending(socket_path(str(path))), _following(path) as student:
        student.shows("Mine")
        assert not _is_small(student)
        assert "This is no lesson" not in student.screen.text
    # Nor is it taken for the second painter, to which the first sends followers.
    with _pretending(socket_path(str(path), 1)):
        assert not OtherPainter(str(path)).draws(_VIEW, takes_more=True)


def test_a_second_painter_that_is_gone_draws_nothing(tmp_path: Path) -> None:
    lesson = str(tmp_path / "shared.toml")
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as second:
        second.bind(socket_path(lesson, 1))
        second.listen()
        other = OtherPainter(lesson)
        assert not other.draws(_VIEW, takes_more=False)
        assert other.draws(_VIEW, takes_more=True)
        assert other.draws(_VIEW, takes_more=False)
    assert Path(socket_path(lesson, 1)).exists()
    assert not OtherPainter(lesson).draws(_VIEW, takes_more=True)
