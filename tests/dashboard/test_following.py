"""A class that follows: it sees what the teacher sees, looks around, and changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, on_stage
from tests.unit.helpers import plain
from tui_nn.session.events import (
    Branched,
    CellSet,
    ChartChosen,
    Ended,
    Event,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    NoteRedone,
    NoteUndone,
    NumbersCompared,
    NumbersPutAway,
    PaneChosen,
    RunChosen,
    Selected,
    Undone,
    WeightSet,
)
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.teaching_session import TeachingSession

_SIZES = [(120, 40), (80, 24)]
_FOLLOWS = "Following · you see what the teacher sees"
_THEIRS = NumbersCompared(
    "Ann",
    ("delta3",),
    (37,),
    (((0.5,), (0.7,), (-0.01051,)),),
    (((5e-5,),) * 3,),
    first_matrix="delta3",
    first_iteration=37,
    first_row=1,
    first_column=1,
    mistakes=("forgotten derivative, output",),
    largest_differences=(1e-6,),
    details=("",),
    acts_in=(("delta3",),),
    right_lines=(("delta3 <- -(Y - Y_hat) * sigmoidprime(Z3)",),),
    wrong_lines=(("delta3 <- -(Y - Y_hat)",),),
    example_lines=(("",),),
)


class Teacher:
    """Somebody who teaches the lesson in a file, in a program without a screen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        session = TeachingSession.opened(bundled_lessons.bundled()["lecture"])
        assert session
        self.session = session
        self.session.save_as(path)

    def does(self, *events: Event) -> None:
        for event in events:
            self.session.log.append(event)

    def comes_back(self) -> None:
        session = TeachingSession.opened(self.path)
        assert session
        self.session = session


@pytest.fixture
def teacher(tmp_path: Path) -> Iterator[Teacher]:
    teacher = Teacher(tmp_path / "class.toml")
    yield teacher
    teacher.session.close()


async def _sees(stage: Stage, teacher: Teacher) -> None:
    """Waits until the follower is where the teacher is."""
    await stage.until(lambda: plain(stage.app.state) == plain(teacher.session.log.state))
    await stage.still()


@pytest.mark.parametrize("size", _SIZES)
async def test_what_the_teacher_does_is_seen(size: tuple[int, int], teacher: Teacher) -> None:
    sees: tuple[tuple[Event, Callable[[Stage], bool]], ...] = (
        (Moved(37, "delta3"), lambda stage: stage.place == (37, "δ⁽³⁾") and "−0.00049" in stage.pane("step")),
        (_THEIRS, lambda stage: "✗0.5" in stage.pane("step")),
        (NoteUndone(), lambda stage: "✗" not in stage.text),
        (NoteRedone(), lambda stage: "✗0.5" in stage.pane("step")),
        (PaneChosen("diagnosis"), lambda stage: "right delta3 <- -(Y - Y_hat)" in stage.words("diagnosis")),
        (NumbersPutAway(), lambda stage: "✗" not in stage.text and not stage.pane("diagnosis")),
        (PaneChosen("step"), lambda stage: stage.place == (37, "δ⁽³⁾")),
        (Noted("The error."), lambda stage: "Note: The error." in stage.words("step")),
        (ChartChosen("log10 cost"), lambda stage: size == (80, 24) or "log₁₀ J" in stage.pane("cost")),
        (PaneChosen("data"), lambda stage: "Data" in stage.text and _cursor(stage) == "3"),
        (Selected("x", 2, 2), lambda stage: _cursor(stage) == "1"),
        (CellSet("x", 2, 2, 4.5), lambda stage: "4.5 0.9000" in stage.pane("data")),
        (Undone(), lambda stage: "4.5" not in stage.pane("data")),
        (PaneChosen("settings"), lambda stage: "learning rate" in stage.pane("settings")),
        (Selected("learning_rate"), lambda stage: _cursor(stage) == "5"),
        (HyperparameterSet("learning_rate", 0.5, 37), lambda stage: _cursor(stage) == "0.5"),
        (PaneChosen("forward"), lambda stage: "W⁽¹⁾" in stage.pane("forward")),
        (Selected("W1", 1, 1), lambda stage: _cursor(stage) != ""),
        (WeightSet("W1", 1, 1, 0.125, 37), lambda stage: _cursor(stage) == "0.1250"),
        (Branched("B"), lambda stage: "compare" in stage.app.lesson_screen.panes),
        (PaneChosen("compare"), lambda stage: "Compare: run B − run A" in stage.pane("compare")),
        (RunChosen("A"), lambda stage: "run A − run B" in stage.words("compare")),
        (PaneChosen("step"), lambda stage: "δ⁽³⁾ = −(" in stage.words("step")),
        (Marked("turn"), lambda stage: "Mark: turn" in stage.pane("step")),
    )
    async with on_stage(follow_app(teacher.path), size) as stage:
        assert _FOLLOWS in stage.banner
        for event, is_seen in sees:
            teacher.does(event)
            await _sees(stage, teacher)
            assert is_seen(stage), event
            assert _FOLLOWS in stage.banner


def _cursor(stage: Stage) -> str:
    """What stands under the cursor on the screen; there is one only."""
    cells = [[cell.char if cell.underlined else "\n" for cell in line] for line in stage.terminal.cells]
    parts = {part.strip() for line in cells for part in "".join(line).split("\n") if part.strip()}
    # The name of the pane in sight is underlined on the tabs.
    marked = {part for part in parts if not part.startswith("[")}
    assert len(marked) <= 1, marked
    return next(iter(marked), "").strip("‹› ")


async def test_a_class_that_is_there_before_the_lesson_begins_is_told_so(teacher: Teacher) -> None:
    async with on_stage(follow_app(teacher.path), (160, 40)) as stage:
        # There is a teacher, who has done nothing yet.
        assert stage.banner == _FOLLOWS
        teacher.session.close()
        await stage.until(lambda: stage.banner == "Following · the lesson has not begun yet")


async def test_whoever_joins_late_sees_all_that_there_is_to_see(teacher: Teacher) -> None:
    teacher.does(Moved(37, "delta3"), Noted("early"), CellSet("x", 1, 1, 7.0), Branched("B"), PaneChosen("data"))
    async with on_stage(follow_app(teacher.path)) as late, on_stage(follow_app(teacher.path)) as later:
        for stage in (late, later):
            await _sees(stage, teacher)
            assert stage.place == (37, "δ⁽³⁾")
            assert "Note: early" in stage.words("step")
            assert "7 0.7000" in stage.pane("data")


async def test_the_follower_shows_the_teacher_s_numbers(teacher: Teacher) -> None:
    teacher.does(Moved(37, "J"), CellSet("x", 1, 1, 7.0), HyperparameterSet("learning_rate", 0.5, 37))
    async with on_stage(follow_app(teacher.path)) as stage:
        await stage.still()
        run = teacher.session.log.state.document.trajectory()
        run.extend(37)
        teacher.does(Moved(36, "J"))
        await _sees(stage, teacher)
        document = teacher.session.log.state.plan.document
        run = document.trajectory()
        run.extend(36)
        for prediction in run.pass_at(36)["Y_hat"][:, 0] * 100:
            assert f"{prediction:.5f}" in stage.pane("results")


async def test_when_the_teacher_leaves_and_comes_back_the_class_is_told(teacher: Teacher) -> None:
    async with on_stage(follow_app(teacher.path), (160, 40)) as stage:
        teacher.does(Moved(2, "J"))
        await _sees(stage, teacher)
        teacher.session.end()
        await stage.until(lambda: "the teacher has ended the lesson; it goes on here if they do" in stage.banner)
        assert stage.place == (2, "J")
        teacher.comes_back()
        teacher.does(Moved(3, "J"))
        await stage.until(lambda: stage.place == (3, "J"))
        assert "ended" not in stage.banner
        # Without a word, as where the line breaks.
        teacher.session.close()
        await stage.until(lambda: "the teacher's program is gone; it goes on here when they are back" in stage.banner)
        teacher.comes_back()
        await stage.until(lambda: "gone" not in stage.banner)
        teacher.does(Moved(4, "J"))
        await stage.until(lambda: stage.place == (4, "J"))
        assert not isinstance(teacher.session.log.entries[-1].event, Ended)


@pytest.mark.posix
async def test_a_file_that_goes_away_is_missed_and_found_again(teacher: Teacher) -> None:
    async with on_stage(follow_app(teacher.path), (200, 40)) as stage:
        teacher.does(Moved(2, "J"))
        await _sees(stage, teacher)
        away = teacher.path.rename(teacher.path.with_name("away.toml"))
        await stage.until(lambda: "can't be read at the moment: no such file or directory" in stage.banner)
        assert stage.place == (2, "J")
        await stage.press("right")
        assert stage.place == (2, "δ⁽³⁾")
        await stage.press("escape")
        away.rename(teacher.path)
        await stage.until(lambda: stage.banner == _FOLLOWS)
        teacher.does(Moved(5, "J"))
        await _sees(stage, teacher)
        assert stage.place == (5, "J")


async def test_what_the_teacher_plays_is_seen_playing(teacher: Teacher) -> None:
    async with on_stage(follow_app(teacher.path)) as stage:
        for iteration in range(2, 40):
            teacher.session.log.append_while_playing(Moved(iteration, "update"))
        teacher.session.log.flush()
        await stage.until(lambda: stage.place == (39, "update"))


async def test_looking_around_leaves_the_teacher_and_esc_comes_back_to_where_they_are_by_then(teacher: Teacher) -> None:
    teacher.does(Moved(37, "delta3"))
    before = teacher.path.read_bytes()
    async with on_stage(follow_app(teacher.path), (160, 40)) as stage:
        for keys in (["right"], ["down", "down"], ["c"], ["tab", "down"], ["g", "9", "enter"], ["space"]):
            await stage.press(*keys)
            says = "Looking around · Esc: back to the teacher · the teacher is at iteration 37, δ⁽³⁾"
            await stage.until(lambda says=says: says in stage.banner)  # type: ignore[misc]
            await stage.press("escape")
            assert _FOLLOWS in stage.banner
            assert plain(stage.app.state) == plain(teacher.session.log.state)
        await stage.press("home")
        teacher.does(Moved(50, "J"))
        await stage.until(lambda: "the teacher is at iteration 50, J" in stage.banner)
        assert stage.place == (1, "Z⁽²⁾")
        await stage.press("escape")
        assert stage.place == (50, "J")
    assert teacher.path.read_bytes().startswith(before)


async def test_nothing_that_a_follower_presses_changes_the_lesson_or_any_file(teacher: Teacher, tmp_path: Path) -> None:
    teacher.does(Moved(37, "delta3"), Branched("B"))
    before = teacher.path.read_bytes(), sorted(path.name for path in tmp_path.rglob("*"))
    async with on_stage(follow_app(teacher.path)) as stage:
        await stage.press(*"soSwbrmuUhtvfR", "escape")
        for pane in ("data", "settings", "forward", "compare", "step"):
            await stage.focus(pane)
            await stage.press("right", "down", "enter", *"adAD7", "enter", "left", "escape")
            await stage.paste("12")
            await stage.press("enter", "escape")
        assert not stage.dialog
        assert plain(stage.app.state) == plain(teacher.session.log.state)
        await stage.press("q")
        await stage.ended()
    assert (teacher.path.read_bytes(), sorted(path.name for path in tmp_path.rglob("*"))) == before


async def test_a_follower_is_told_what_only_the_teacher_can_do(teacher: Teacher) -> None:
    async with on_stage(follow_app(teacher.path)) as stage:
        for key in "rmCQubthsSowRiE":
            await stage.dismiss_notices()
            await stage.press(key)
            assert stage.notices == ["Only the teacher can do this; you can look around in the lesson."], key
            assert _FOLLOWS in stage.banner
            assert not stage.dialog
        await stage.focus("data")
        for key in "adAD":
            await stage.dismiss_notices()
            await stage.press(key)
            assert stage.notices == ["Only the teacher can do this; you can look around in the lesson."], key
        assert plain(stage.app.state.document) == plain(teacher.session.log.state.document)


async def test_a_follower_looks_at_the_other_runs(teacher: Teacher) -> None:
    teacher.does(Branched("B"), CellSet("x", 1, 1, 7.0))
    async with on_stage(follow_app(teacher.path)) as stage:
        await stage.press("v")
        assert "run A" in stage.header
        await stage.press("escape", "V")
        assert "J in iteration 1: " in stage.pane("compare")
        await stage.press("escape")
        assert "run B" in stage.header
        assert _FOLLOWS in stage.banner


async def test_a_question_that_is_open_while_the_teacher_goes_on_is_answered_or_refused_in_words(
    teacher: Teacher,
) -> None:
    async with on_stage(follow_app(teacher.path)) as stage:
        await stage.press("g")
        await stage.type("9000")
        teacher.does(HyperparameterSet("iterations", 500))
        await stage.until(lambda: "of 500 " in stage.header)
        await stage.press("enter")
        assert "There is no iteration 9000; expected one from 1 to 500." in stage.latest_notice
        assert _FOLLOWS in stage.banner


async def test_who_looks_around_where_the_teacher_takes_the_ground_away_goes_on_as_near_as_can_be(
    teacher: Teacher,
) -> None:
    async with on_stage(follow_app(teacher.path)) as stage:
        await stage.press("end")
        teacher.does(HyperparameterSet("iterations", 500), HyperparameterSet("hidden", ()))
        await stage.until(lambda: plain(stage.app.session.teacher_state) == plain(teacher.session.log.state))  # type: ignore[attr-defined]
        await stage.press("left", "right", "up")
        assert "Looking around" in stage.banner
        await stage.press("escape")
        assert "iteration 1 of 500" in stage.header


@pytest.mark.parametrize("size", _SIZES)
async def test_a_comparison_that_the_teacher_takes_back_goes_without_a_trace(
    size: tuple[int, int], teacher: Teacher
) -> None:
    async with on_stage(follow_app(teacher.path), size) as stage:
        before = stage.text
        teacher.does(Branched("B"), PaneChosen("compare"))
        await _sees(stage, teacher)
        assert stage.text != before
        teacher.does(Undone(), PaneChosen("step"))
        await _sees(stage, teacher)
        assert _FOLLOWS in stage.banner
        assert stage.text == before
