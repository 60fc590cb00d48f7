"""A replay and a class that follows answer the teacher's questions for themselves."""

from pathlib import Path

from tests.dashboard.asking import QUESTIONS
from tests.dashboard.stage import follow_app, lesson_in, on_stage, replay_app
from tests.unit.helpers import entries
from tui_nn.session.events import Answered, Moved, PaneChosen, QuestionOpened
from tui_nn.session.storage.event_log import LogEntry, log_text


async def test_a_replay_waits_at_a_question_for_one_s_own_answer(tmp_path: Path) -> None:
    happened = (
        Moved(37, "J"),
        PaneChosen("quiz"),
        QuestionOpened(2),
        Answered(2, "-0.0005"),
        PaneChosen("step"),
        Moved(37, "update"),
    )
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(*happened, seconds=0.01)))
    async with on_stage(replay_app(path)) as stage:
        await stage.press("space")
        await stage.until(lambda: "what is your answer?" in stage.banner)
        assert not stage.app.is_playing
        await stage.type("0.7")
        await stage.press("enter")
        assert "0.7: it is −0.0004907." in stage.words("quiz")
        assert "Quiz: 0 of 1 right" in stage.pane("quiz")
        await stage.press("space")
        await stage.until(lambda: stage.place.step == "update")
        # What the teacher answered is not what one answered oneself.
        await stage.press("P")
        assert "Quiz: 0 of 1 right" in stage.pane("quiz")


async def test_whoever_follows_may_answer_and_the_lesson_does_not_notice(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(1))))
    before = path.read_bytes()
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.press("P")
        await stage.type("2x3")
        await stage.press("enter")
        assert "2x3: right." in stage.words("quiz")
        assert "Looking around" not in stage.text
    assert path.read_bytes() == before


async def test_what_the_teacher_answers_in_a_replay_is_not_one_s_own_score(tmp_path: Path) -> None:
    happened = (PaneChosen("quiz"), QuestionOpened(1), Answered(1, "2x3"))
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(*happened)))
    async with on_stage(replay_app(path)) as stage:
        await stage.press("end")
        assert "2x3: right." in stage.words("quiz")
        assert "Quiz: 4 to come" in stage.pane("quiz")


async def test_what_one_types_at_the_teacher_s_question_is_an_answer(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(2))))
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.until(lambda: stage.app.focused is not None)
        await stage.type("0.5")
        await stage.press("enter")
        assert "0.5: it is −0.0004907." in stage.words("quiz")
        assert stage.place == (37, "δ⁽³⁾")


async def test_half_an_answer_is_none_where_the_teacher_goes_on(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(2))))
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.until(lambda: stage.app.focused is not None)
        await stage.type("0.5")
        with path.open("a", encoding="utf-8") as file:
            file.write(log_text([LogEntry(3, 1.0, PaneChosen("step"))]))
        await stage.until(lambda: stage.app.state.pane == "step")
        await stage.settle()
        assert stage.app.state.answers == {}
