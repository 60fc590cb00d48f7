"""Over a real sshd: a connection that drops, and an account that can do nothing but follow."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.programs import needs
from tests.terminal.program import PATIENCE_SECONDS, Program, is_opened, running
from tests.terminal.sshd import SSHD, TUI_NN, Server, dashboard, sshd
from tui_nn.session.storage.session_file import read

pytestmark = needs(SSHD, "ssh", called="sshd")

_GONE_SECONDS = 2.0
_MANUAL = Path(__file__).resolve().parents[2] / "docs" / "for-teachers.md"
_OF_THE_MANUAL = (
    "PermitTTY yes",
    "DisableForwarding yes",
    "X11Forwarding no",
    "AllowAgentForwarding no",
    "PermitUserRC no",
)


def _lesson(path: Path) -> Path:
    path.write_text('title = "Mine"\n[training]\niterations = 100\n', encoding="utf-8")
    return path


def _running(*words: str) -> list[int]:
    """The processes whose command line has all ``words`` in it, one after the other."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            except OSError:
                # It has ended meanwhile.
                continue
            if line[: len(words)] == list(words):
                found.append(int(entry.name))
    return found


def _until(condition: Callable[[], bool]) -> float:
    """Looks until ``condition`` holds; gives the seconds that it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < PATIENCE_SECONDS, "this did not come about"
        os.sched_yield()
    return time.monotonic() - began


def _trained(program: Program) -> None:
    program.until(is_opened)


def test_a_client_that_is_killed_takes_the_dashboard_with_it_and_the_lesson_is_offered_again(
    tmp_path: Path, recordings: Path
) -> None:
    path = _lesson(tmp_path / "lesson.toml")
    words = (*TUI_NN, str(path))
    with sshd(tmp_path / "sshd") as server:
        with server.logged_in(dashboard(path)) as client:
            _trained(client)
            client.press("g")
            client.shows("Go to iteration")
            client.press("37 delta3", "enter")
            client.shows("iteration 37 of 100")
            client.stands_at("δ⁽³⁾")
            assert len(_running(*words)) == 1
            client.process.send_signal(signal.SIGKILL)
            assert _until(lambda: not _running(*words)) <= _GONE_SECONDS
        (recorded,) = recordings.glob("*.toml")
        state = read(recorded).state
        assert (state.iteration, state.step.name) == (37, "delta3")
        with server.logged_in(dashboard(path)) as client:
            client.shows("go on with it", "Mine, iteration 37,")
            client.press("c")
            client.until(lambda screen: "go on with it" not in screen.text and "iteration 37" in screen.lines[0])
            client.stands_at("δ⁽³⁾")
            client.press("q")
            assert client.ended() == 0
        assert read(recorded).is_ended


@pytest.fixture
def class_account(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server that forces whoever logs in to follow, with the lines of the manual, and the file that they follow."""
    path = _lesson(tmp_path / "shared.toml")
    forced = f"ForceCommand {dashboard('follow', path)}"
    with sshd(tmp_path / "sshd", forced, *_OF_THE_MANUAL) as server:
        yield server, path


@pytest.fixture
def teacher(class_account: tuple[Server, Path]) -> Iterator[Program]:
    """A teacher who records in the file that the class follows."""
    _, path = class_account
    with running((*TUI_NN, str(path))) as program:
        _trained(program)
        program.press("s")
        program.shows("Save the lesson to this file")
        program.press("enter")
        program.until(lambda screen: "Save the lesson" not in screen.text)
        program.press("w")
        program.shows("Tell the class", "tui-nn follow")
        program.press("escape")
        program.until(lambda screen: "Tell the class" not in screen.text)
        yield program


def test_a_class_account_follows_the_teacher_and_can_do_nothing_else(
    class_account: tuple[Server, Path], teacher: Program
) -> None:
    server, path = class_account
    with server.logged_in("sh", size=(80, 24)) as student:
        student.shows("Following", "iteration 1")
        teacher.press("g")
        teacher.shows("Go to iteration")
        teacher.press("37 delta3", "enter")
        teacher.shows("iteration 37 of 100")
        student.shows("iteration 37")
        student.stands_at("δ⁽³⁾")
        before = path.read_bytes()
        student.press("s", "o", "S", "w", "b", "r", "m", "u", "R", "t", "\x1a", "!", ":")
        student.press("right")
        student.shows("Looking around")
        student.stands_at("∂J/∂W⁽²⁾")
        student.press("escape")
        student.shows("Following")
        student.stands_at("δ⁽³⁾")
        assert "Save" not in student.screen.text
        assert "Open" not in student.screen.text
        student.press("\x03")
        student.press("right")
        student.shows("Looking around")
        assert path.read_bytes() == before
        student.press("q")
        assert student.ended() == 0
    _gives_neither_a_shell_nor_files_nor_other_ports(server, path)


def _gives_neither_a_shell_nor_files_nor_other_ports(server: Server, path: Path) -> None:
    for words in (("sh", "-c", "echo shell"), ("cat", str(path)), ()):
        answer = server.answer(*words)
        assert answer.returncode == 2
        assert answer.stdout == ""
        assert "the dashboard needs a terminal" in answer.stderr
    assert server.answer("sftp", options=("-s",)).returncode != 0
    forwarded = server.answer(options=("-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:9"))
    assert forwarded.returncode != 0


def test_the_manual_s_lines_for_a_class_account_are_the_ones_tried_here() -> None:
    manual = _MANUAL.read_text(encoding="utf-8")
    for line in _OF_THE_MANUAL:
        assert f"    {line}\n" in manual
    assert "    ForceCommand /opt/tui-nn/bin/tui-nn follow /srv/class/lesson.toml\n" in manual


def test_sshd_takes_the_manual_s_lines_as_they_stand(tmp_path: Path) -> None:
    manual = _MANUAL.read_text(encoding="utf-8")
    begin = manual.index("Match User class\n")
    config = tmp_path / "config"
    key = tmp_path / "key"
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key), check=True)
    config.write_text(f"HostKey {key}\n" + manual[begin : manual.index("```", begin)], encoding="utf-8")
    tested = subprocess.run((SSHD, "-t", "-f", config), capture_output=True, encoding="utf-8", check=False)
    assert (tested.returncode, tested.stderr) == (0, "")
