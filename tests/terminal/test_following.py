"""A teacher and those who follow, each in a real terminal of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.program import DASHBOARD, Program, is_opened, running
from tui_nn.session.storage.session_file import read

# What was under way when one began to look is drawn by then.
_LOOKS = 100


def _lesson(folder: Path) -> Path:
    path = folder / "shared.toml"
    path.write_text('title = "Mine"\n[training]\niterations = 100\n', encoding="utf-8")
    return path


@contextmanager
def _teaching(path: Path, *keys: str) -> Iterator[Program]:
    """A teacher who records in ``path``."""
    with running((*DASHBOARD, str(path))) as program:
        program.until(is_opened)
        program.press("s")
        program.shows("Save the lesson to this file")
        program.press("enter")
        program.until(lambda screen: "Save the lesson" not in screen.text)
        program.press(*keys)
        yield program


@contextmanager
def _following(path: Path, size: tuple[int, int]) -> Iterator[Program]:
    with running((*DASHBOARD, "follow", str(path)), size) as program:
        program.shows("Following")
        yield program


def test_a_class_sees_what_the_teacher_does_at_its_own_sizes(tmp_path: Path) -> None:
    path = _lesson(tmp_path)
    with (
        _teaching(path) as teacher,
        _following(path, (120, 40)) as wide,
        _following(path, (80, 24)) as narrow,
    ):
        teacher.press("g")
        teacher.shows("Go to iteration")
        teacher.press("37 delta3", "enter")
        for screen in (teacher, wide, narrow):
            screen.shows("iteration 37", "−0.00049")
            screen.stands_at("δ⁽³⁾")
        teacher.press("r")
        teacher.shows("A note at this step")
        teacher.press("Look at row 2", "enter")
        for screen in (teacher, wide, narrow):
            screen.shows("Note: Look at row 2")
        teacher.press("c", "c")
        for screen in (teacher, wide):
            screen.shows("log₁₀ J")
        teacher.press("tab")
        narrow.shows("[Chart]", "log₁₀")
        teacher.press("escape")
        narrow.shows("[Step]")
        teacher.focus("Data")
        narrow.shows("[Data]", "hours")
        before = narrow.screen.cells
        teacher.press("down")
        narrow.until(lambda screen: screen.cells != before)
        teacher.press("7", "enter")
        for screen in (teacher, wide, narrow):
            screen.shows(" 7 0.7000 ")


def test_a_student_waits_for_the_teacher_looks_around_comes_back_with_one_key_and_writes_nothing_when_idle(
    tmp_path: Path,
) -> None:
    path = tmp_path / "shared.toml"
    with running((*DASHBOARD, "follow", str(path)), (80, 24)) as student:
        student.shows("There is no lesson in")
        with _teaching(_lesson(tmp_path), "down") as teacher:
            student.shows("Following", "iteration 2 ")
            _looks_around_and_comes_back(student, teacher)
            assert any(student.is_silent() for _ in range(_LOOKS))
            assert student.is_silent()


def _looks_around_and_comes_back(student: Program, teacher: Program) -> None:
    student.press("up")
    student.shows("Looking around", "Esc: back to the teacher", "iteration 1 ")
    teacher.press("down")
    student.shows("the teacher is at iteration 3")
    assert "iteration 1 " in student.screen.lines[0]
    student.press("escape")
    student.shows("Following", "iteration 3 ")


def test_a_class_is_told_that_the_teacher_is_gone_or_has_ended_and_goes_on_when_they_are_back(tmp_path: Path) -> None:
    path = _lesson(tmp_path)
    with _following(path, (120, 40)) as early:
        with _teaching(path, "down") as teacher:
            early.shows("iteration 2 of 100")
            teacher.process.kill()
            early.shows("the teacher's program is gone")
        with running((*DASHBOARD, str(path))) as teacher:
            teacher.shows("iteration 2 of 100")
            early.until(lambda screen: "is gone" not in screen.text)
            teacher.press("down")
            early.shows("iteration 3 of 100")
            with _following(path, (80, 24)) as late:
                late.shows("iteration 3 ")
            teacher.press("q")
            assert teacher.ended() == 0
        early.shows("the teacher has ended the lesson")
        with running((*DASHBOARD, str(path))) as teacher:
            teacher.shows("iteration 3 of 100")
            teacher.press("down")
            early.shows("iteration 4 of 100")
            early.until(lambda screen: "has ended" not in screen.text)


def test_a_second_program_on_the_same_file_follows_the_first_and_says_so(tmp_path: Path) -> None:
    path = _lesson(tmp_path)
    with _teaching(path, "down") as teacher:
        teacher.shows("iteration 2 of 100")
        before = path.read_bytes()
        with running((*DASHBOARD, str(path))) as second:
            second.shows("Another tui-nn records this lesson", "Following", "iteration 2 of 100")
            second.press("s", "down", "m")
            second.shows("Looking around", "iteration 3 of 100")
            assert path.read_bytes() == before
            teacher.press("q")
            assert teacher.ended() == 0
            second.shows("the teacher has ended the lesson")
    assert read(path).is_ended
