"""The program in tmux, which passes on fewer keys than a terminal does and redraws as it likes."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import needs
from tests.terminal.program import DASHBOARD, Program, running

pytestmark = needs("tmux", called="tmux")


def _tmux(directory: Path) -> tuple[str, ...]:
    return ("tmux", "-u", "-S", str(directory / "socket"), "-f", "/dev/null")


def _kill_server(directory: Path) -> None:
    subprocess.run((*_tmux(directory), "kill-server"), capture_output=True, check=False)


@contextmanager
def _in_tmux(directory: Path, *arguments: str) -> Iterator[Program]:
    """The program in the only window of a tmux of its own, without a status line."""
    command = (*_tmux(directory), "new-session", " ".join((*DASHBOARD, *arguments)), ";", "set", "status", "off")
    try:
        with running(command) as program:
            yield program
    finally:
        _kill_server(directory)


def test_the_lecture_can_be_walked_through_in_tmux(tmp_path: Path) -> None:
    with _in_tmux(tmp_path) as program:
        program.until(lambda screen: "? help" in screen.lines[-1] and "computed" not in screen.lines[0])
        program.press("g")
        program.shows("Go to iteration")
        program.press("37 delta3", "enter")
        program.shows("iteration 37 of 10 000", "J = 0.006725", " 0.01148", "−0.00049", "−0.01051")
        for key, place in (
            ("pagedown", "▶ ∂J/∂W⁽²⁾ "),
            ("pageup", "▶ δ⁽³⁾ "),
            ("down", "iteration 38 of"),
            ("up", "iteration 37 of"),
            ("home", "iteration 1 of"),
            ("end", "iteration 10 000 of"),
        ):
            program.press(key)
            program.shows(place)
        program.shows("92.98944", "92.98945")
        program.press("q")
        assert program.ended() == 0
        assert program.screen.gave_back


def test_a_lesson_whose_tmux_is_gone_goes_on_at_the_very_step(tmp_path: Path) -> None:
    with _in_tmux(tmp_path) as program:
        program.until(lambda screen: "? help" in screen.lines[-1] and "computed" not in screen.lines[0])
        program.press("g")
        program.shows("Go to iteration")
        program.press("37 delta3", "enter")
        program.shows("iteration 37 of 10 000", "J = 0.006725")
        _kill_server(tmp_path)
        program.ended()
    with _in_tmux(tmp_path) as program:
        program.shows("This lesson broke off", "iteration 37, δ⁽³⁾")
        program.press("c")
        program.shows("iteration 37 of 10 000", "J = 0.006725", " 0.01148", "−0.00049", "−0.01051")


def test_a_class_in_tmux_follows_the_teacher_in_tmux(tmp_path: Path, recordings: Path) -> None:
    seats = [tmp_path / name for name in ("teacher", "student")]
    for seat in seats:
        seat.mkdir()
    with _in_tmux(seats[0]) as teacher:
        teacher.until(lambda screen: "? help" in screen.lines[-1] and "computed" not in screen.lines[0])
        teacher.press("pagedown")
        teacher.stands_at("A⁽²⁾")
        (recording,) = recordings.glob("*.toml")
        with _in_tmux(seats[1], "follow", str(recording)) as student:
            student.shows("▶ A⁽²⁾ ", "you see what the teacher sees")
            teacher.press("down", "c", "c")
            student.shows("iteration 2 of 10 000", "log₁₀ J")
            student.press("pagedown")
            student.shows("▶ Z⁽³⁾ ", "Looking around")
            student.press("escape")
            student.shows("▶ A⁽²⁾ ", "you see what the teacher sees")
            teacher.press("q")
            student.shows("the teacher has ended the lesson")
