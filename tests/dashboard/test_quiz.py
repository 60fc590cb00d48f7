"""Predict, then reveal: questions are asked, answers are judged with their working, and counted."""

from pathlib import Path

import pytest

from tests.dashboard.asking import QUESTIONS, answer, asking
from tests.dashboard.stage import lesson_in, opened, recorded
from tests.unit.helpers import entries
from tui_nn.session.events import Answered, HyperparameterSet, Moved, PaneChosen, QuestionOpened
from tui_nn.session.storage.event_log import log_text

_SIZES = [(120, 40), (60, 20)]


@pytest.mark.parametrize("size", _SIZES)
async def test_p_leads_from_question_to_question_and_counts_what_was_right(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with opened(asking(tmp_path), size) as stage:
        await stage.press("P")
        assert "How many rows and columns does W⁽¹⁾ have?" in stage.words("quiz")
        await stage.type("2x3")
        await stage.press("enter")
        assert "2x3: right." in stage.words("quiz")
        assert "Quiz: 1 of 1 right, 4 to come" in stage.pane("quiz")
        await answer(stage, "0.5")
        assert stage.place == (37, "δ⁽³⁾")
        said = stage.words("quiz")
        assert "0.5: it is −0.0004907." in said
        assert "δ⁽³⁾[2,1] = −(Y[2,1] − Ŷ[2,1]) · f′(Z⁽³⁾[2,1])" in said
        assert "= −(0.82000 − 0.81672) · 0.14969" in said
        assert "Quiz: 1 of 2 right, 3 to come" in stage.pane("quiz")
        await answer(stage, "-")
        assert "Quiz: 2 of 3 right, 2 to come" in stage.pane("quiz")


async def test_what_is_no_answer_is_refused_below_it_and_can_be_mended(tmp_path: Path) -> None:
    async with opened(asking(tmp_path), (80, 24)) as stage:
        await answer(stage, "6")
        assert "rows and columns, such as 3x2" in stage.words("quiz")
        assert stage.key_line.startswith(" Enter answer  Tab answer, next question  Esc leave it open")
        assert recorded().state.answers == {}
        await stage.erase(1)
        await stage.type("2 3")
        await stage.press("enter")
        assert "2 3: right." in stage.words("quiz")


async def test_answers_are_in_the_log_of_whoever_gave_them(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        await answer(stage, "2x3")
        happened = [entry.event for entry in recorded().entries]
        assert happened[-2:] == [QuestionOpened(1), Answered(1, "2x3")]


async def test_anybody_can_ask_about_the_cell_selected_and_answer_for_themselves() -> None:
    async with opened() as stage:
        await stage.go_to("37 A2")
        await stage.press("P")
        assert "What is to be predicted at this step?" in stage.dialog
        await stage.press("n")
        assert "How near has an answer to come" in stage.dialog
        await stage.type("5")
        await stage.press("enter")
        assert "In which words?" in stage.dialog
        await stage.press("enter", "right")
        assert "1.6017" not in stage.text
        await stage.press("P")
        assert "What is Z⁽³⁾ in iteration 37? (within 5 %, row by row, ; between the rows)" in stage.words("quiz")
        await stage.type("1,6; 1,5; 1,7")
        await stage.press("enter")
        assert "1,6; 1,5; 1,7: right." in stage.words("quiz")
        assert "1.6017" in stage.text


async def test_a_question_can_be_taken_out_again() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("Q", "c", "enter")
        await stage.type("How far off is row 1?")
        await stage.press("enter")
        assert "Question 1: How far off is row 1? (within 1 %)" in stage.words("step")
        await stage.press("P", "d", "n")
        assert "How far off is row 1?" in stage.pane("quiz")
        await stage.press("d", "y")
        assert "No questions yet." in stage.pane("quiz")
        assert "0.01148" in stage.text


async def test_questions_go_with_a_lesson_that_is_saved_as_a_fresh_one(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("Q", "s", "enter", "S")
        await stage.type(str(tmp_path / "fresh.toml"))
        await stage.press("enter")
    async with opened(tmp_path / "fresh.toml") as stage:
        await stage.press("P")
        assert "What is the sign of δ⁽³⁾[1,1] in iteration 37?" in stage.words("quiz")


async def test_p_goes_past_a_question_about_what_an_edit_took_away(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        stage.app.dispatch(HyperparameterSet("iterations", 20))
        await stage.still()
        await answer(stage, "2x3")
        await stage.press("P")
        assert "they ask about numbers that this lesson does not have" in " ".join(stage.notices)
        assert "Quiz: 1 of 1 right" in stage.pane("quiz")


async def test_rows_of_a_spreadsheet_are_pasted_as_an_answer(tmp_path: Path) -> None:
    async with opened(asking(tmp_path), (80, 24)) as stage:
        for _ in range(4):
            await stage.press("P", "a", "a")
        await stage.press("P")
        await stage.paste("0.83\n0.82\n0.85\n")
        await stage.press("enter")
        assert "0.83; 0.82; 0.85: right." in stage.words("quiz")


async def test_answers_about_other_iterations_are_judged_as_well(tmp_path: Path) -> None:
    happened = (Answered(4, "0.55 0.61 0.57"), Answered(2, "-0.00049"), Moved(9_000, "J"), PaneChosen("quiz"))
    path = lesson_in(tmp_path, QUESTIONS + log_text(entries(*happened)))
    async with opened(path, (80, 24)) as stage:
        await stage.until(lambda: "of 2 right" in stage.pane("quiz"))
        await stage.still()
        assert "Quiz: 1 of 2 right, 3 to come" in stage.pane("quiz")


async def test_very_many_questions_are_written_around_the_one_gone_to(tmp_path: Path) -> None:
    many = "".join(f'[[question]]\nask = "sign"\nmatrix = "Z2"\niteration = {k}\n' for k in range(1, 301))
    async with opened(lesson_in(tmp_path, many)) as stage:
        stage.app.dispatch(QuestionOpened(150))
        await stage.focus("quiz")
        assert "What is the sign of Z⁽²⁾[1,1] in iteration 150?" in stage.words("quiz")
        assert stage.place.iteration == 150


async def test_a_row_that_the_batch_does_not_have_can_t_be_answered(tmp_path: Path) -> None:
    question = '[[question]]\nask = "cell"\nmatrix = "delta3"\nrow = 2\niteration = 4\n'
    async with opened(lesson_in(tmp_path, f"[training]\nbatch_size = 2\n{question}")) as stage:
        await stage.press("P")
        says = "This can't be answered: iteration 4 computes with 1 row of the data, so δ⁽³⁾ has no row 2 there."
        assert says in stage.words("quiz")
        assert (
            "The questions left can't be answered: they ask about numbers that this lesson does not have."
            in " ".join(stage.text.split())
        )
        await stage.press("a", "a")
        assert stage.app.state.answers == {}
