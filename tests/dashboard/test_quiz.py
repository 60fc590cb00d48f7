"""Predict, then reveal: what is asked for is hidden, an answer is judged with its working, and counted."""

import re
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, lesson_in, on_stage, opened, recorded, replay_app
from tests.unit.helpers import entries
from tui_nn.session.events import Answered, HyperparameterSet, Moved, PaneChosen, QuestionOpened
from tui_nn.session.storage.event_log import LogEntry, log_text

_SIZES = [(120, 40), (60, 20)]
_QUESTIONS = """
[[question]]
ask = "shape"
matrix = "W1"

[[question]]
ask = "cell"
matrix = "delta3"
row = 2
iteration = 37

[[question]]
ask = "sign"
matrix = "dJdW2"
iteration = 37

[[question]]
ask = "row"
matrix = "A2"
row = 2
iteration = 40

[[question]]
ask = "matrix"
matrix = "Y_hat"
iteration = 41
"""


def _asking(directory: Path) -> Path:
    return lesson_in(directory, _QUESTIONS)


async def _answer(stage: Stage, text: str) -> None:
    await stage.press("P")
    await stage.type(text)
    await stage.press("enter")


@pytest.mark.parametrize("size", _SIZES)
async def test_p_leads_from_question_to_question_and_counts_what_was_right(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with opened(_asking(tmp_path), size) as stage:
        await stage.press("P")
        assert "How many rows and columns does W⁽¹⁾ have?" in stage.words("quiz")
        await stage.type("2x3")
        await stage.press("enter")
        assert "2x3: right." in stage.words("quiz")
        assert "Quiz: 1 of 1 right, 4 to come" in stage.pane("quiz")
        await _answer(stage, "0.5")
        assert stage.place == (37, "δ⁽³⁾")
        said = stage.words("quiz")
        assert "0.5: it is −0.0004907." in said
        assert "δ⁽³⁾[2,1] = −(Y[2,1] − Ŷ[2,1]) · f′(Z⁽³⁾[2,1])" in said
        assert "= −(0.82000 − 0.81672) · 0.14969" in said
        assert "Quiz: 1 of 2 right, 3 to come" in stage.pane("quiz")
        await _answer(stage, "-")
        assert "Quiz: 2 of 3 right, 2 to come" in stage.pane("quiz")


async def test_a_number_is_hidden_wherever_it_stands_until_it_is_answered(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        await stage.go_to("37 update")
        for pane in ("backward",):
            assert "0.01148" in stage.pane(pane)
            assert "0.00049" not in stage.pane(pane)
        await stage.go_to("37 delta3")
        assert "Question 2: What is δ⁽³⁾[2,1] in iteration 37? (within 1 %) P answers it." in stage.words("step")
        assert "0.00049" not in stage.text
        await stage.go_to("37 delta3[2,1]")
        assert "One of its numbers is asked for." in stage.words("explain")
        assert "0.0004" not in stage.text
        await stage.press("escape", "P", "a")
        assert "Once more, and the answer is shown" in " ".join(stage.notices)
        assert "0.0004" not in stage.text
        await stage.press("a")
        assert "−0.00049" in stage.pane("step")
        assert "it is −0.0004907." in stage.words("quiz")


async def test_of_a_sign_the_digits_are_seen(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        await stage.go_to("37 dJdW2")
        assert "?0.0008303" in stage.pane("step")
        assert "−0.0008303" not in stage.text


async def test_of_a_shape_neither_the_numbers_nor_the_shapes_are_seen(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        assert "?×?" in stage.pane("step")
        assert "0.2655" not in stage.text
        await stage.press("y", "right", "right")
        assert "2×3" not in stage.text
        await stage.press("escape")
        await _answer(stage, "3x2")
        assert "0.2655" in stage.text
        assert "3×2 2×3" in stage.words("step")


async def test_predictions_asked_for_are_not_given_away_by_the_results(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        await stage.go_to("42 Y_hat")
        assert "82.96077" in stage.pane("results")
        await stage.go_to("41 Y_hat")
        assert not re.search(r"\d\.\d", stage.pane("results"))
        run = stage.document.trajectory()
        run.extend(41)
        right = " ".join(f"{float(cell):.4f}" for cell in run.pass_at(41)["Y_hat"].ravel())
        await _answer(stage, right)
        assert "Quiz: 1 of 1 right, 4 to come" in stage.pane("quiz")
        assert "83.01419" in stage.pane("results")


async def test_what_is_no_answer_is_refused_below_it_and_can_be_mended(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path), (80, 24)) as stage:
        await _answer(stage, "6")
        assert "rows and columns, such as 3x2" in stage.words("quiz")
        assert stage.key_line.startswith(" Enter answer  Tab answer, next question  Esc leave it open")
        assert recorded().state.answers == {}
        await stage.erase(1)
        await stage.type("2 3")
        await stage.press("enter")
        assert "2 3: right." in stage.words("quiz")


async def test_answers_are_in_the_log_of_whoever_gave_them(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        await _answer(stage, "2x3")
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


async def test_a_replay_waits_at_a_question_for_one_s_own_answer(tmp_path: Path) -> None:
    happened = (
        Moved(37, "J"),
        PaneChosen("quiz"),
        QuestionOpened(2),
        Answered(2, "-0.0005"),
        PaneChosen("step"),
        Moved(37, "update"),
    )
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(*happened, seconds=0.01)))
    async with on_stage(replay_app(path)) as stage:
        await stage.press("space")
        await stage.until(lambda: "what is your answer?" in stage.terminal.lines[1])
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
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(1))))
    before = path.read_bytes()
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.press("P")
        await stage.type("2x3")
        await stage.press("enter")
        assert "2x3: right." in stage.words("quiz")
        assert "Looking around" not in stage.text
    assert path.read_bytes() == before


_HIDDEN = {
    # What is asked for at iteration 37, the digits by which it would be known, and where else it could be read.
    ("cell", "J", 1): ("6725", (37,)),
    ("cell", "delta3", 2): ("000049", (37,)),
    ("cell", "dJdW2", 1): ("8303", (37,)),
    ("matrix", "dJdW1", 1): ("1781", (37,)),
    ("cell", "W1", 1): ("6485", (36, 37)),
    ("cell", "W2_next", 1): ("11384", (37, 38)),
    ("row", "Y_hat", 2): ("8167", (37,)),
    ("cell", "X", 1): ("3000", (36, 37)),
    ("matrix", "A2", 1): ("5562", (37,)),
}


async def _seen(stage: Stage, iteration: int, cell: str) -> str:
    """All that the screen shows of an iteration, in every pane and on every chart, with the cursor on it."""
    await stage.go_to(f"{iteration} {cell}")
    await stage.go_to(f"{iteration} update")
    seen = [stage.text]
    for pane in ("explain", "check", "results", "compare", "cost"):
        stage.app.lesson_screen.go_to_pane(pane)
        await stage.settle()
        seen.append(stage.text)
    for chart in "1345678":
        await stage.press(chart)
        seen.append(stage.text)
    await stage.press("escape")
    # Groups of digits, wherever the point stands: scores are a hundred times as large as what the network says.
    return "\n".join(seen).replace(".", "")


def _begins(seen: str, digits: str) -> bool:
    """Whether a number begins so: within the last digits of a long one they may stand by chance."""
    return any(re.match(f"0*{digits}", number) for number in re.findall(r"\d+", seen))


def _place(matrix: str, iteration: int) -> tuple[int, str]:
    """Where what is asked for would be seen: in an iteration, with this cell selected."""
    return iteration, "W1[1,1]" if matrix.startswith("W1") else "W2[1,1]"


async def test_what_is_not_asked_for_can_be_seen() -> None:
    async with opened(size=(200, 60)) as stage:
        await stage.press("b", "enter")
        looked = {_place(matrix, i) for (_, matrix, _), (_, iterations) in _HIDDEN.items() for i in iterations}
        seen = {(i, cell): await _seen(stage, i, cell) for i, cell in sorted(looked)}
    for key, (digits, iterations) in _HIDDEN.items():
        for iteration in iterations:
            assert _begins(seen[_place(key[1], iteration)], digits), (key, iteration)


@pytest.mark.parametrize(("asked", "digits", "iterations"), [(key, *value) for key, value in _HIDDEN.items()])
async def test_what_is_asked_for_stands_in_no_pane_and_no_chart(
    asked: tuple[str, str, int], digits: str, iterations: tuple[int, ...], tmp_path: Path
) -> None:
    ask, matrix, row = asked
    block = f'[[question]]\nask = "{ask}"\nmatrix = "{matrix}"\nrow = {row}\niteration = 37\n'
    async with opened(lesson_in(tmp_path, block), (200, 60)) as stage:
        await stage.press("b", "enter")
        for iteration in iterations:
            assert not _begins(await _seen(stage, *_place(matrix, iteration)), digits)


async def test_of_a_positive_number_no_digit_is_lost_with_its_sign(tmp_path: Path) -> None:
    block = '[[question]]\nask = "sign"\nmatrix = "Z3"\niteration = 37\n'
    async with opened(lesson_in(tmp_path, block)) as stage:
        await stage.go_to("37 Z3")
        assert "?1.6017" in stage.pane("step")


async def test_a_sheet_with_the_answers_is_not_handed_out_before_them(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        await stage.go_to("37 delta3")
        await stage.press("E")
        assert "Its numbers are, when its questions are answered." in stage.dialog
        assert "Markdown" not in stage.dialog
        assert "a program for R" in stage.dialog


async def test_p_goes_past_a_question_about_what_an_edit_took_away(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path)) as stage:
        stage.app.dispatch(HyperparameterSet("iterations", 20))
        await stage.still()
        await _answer(stage, "2x3")
        await stage.press("P")
        assert "ask about what this lesson has no more" in " ".join(stage.notices)
        assert "Quiz: 1 of 1 right" in stage.pane("quiz")


async def test_rows_of_a_spreadsheet_are_pasted_as_an_answer(tmp_path: Path) -> None:
    async with opened(_asking(tmp_path), (80, 24)) as stage:
        for _ in range(4):
            await stage.press("P", "a", "a")
        await stage.press("P")
        await stage.paste("0.83\n0.82\n0.85\n")
        await stage.press("enter")
        assert "0.83; 0.82; 0.85: right." in stage.words("quiz")


async def test_what_the_teacher_answers_in_a_replay_is_not_one_s_own_score(tmp_path: Path) -> None:
    happened = (PaneChosen("quiz"), QuestionOpened(1), Answered(1, "2x3"))
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(*happened)))
    async with on_stage(replay_app(path)) as stage:
        await stage.press("end")
        assert "2x3: right." in stage.words("quiz")
        assert "Quiz: 4 to come" in stage.pane("quiz")


async def test_what_one_types_at_the_teacher_s_question_is_an_answer(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(2))))
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.until(lambda: stage.app.focused is not None)
        await stage.type("0.5")
        await stage.press("enter")
        assert "0.5: it is −0.0004907." in stage.words("quiz")
        assert stage.place == (37, "δ⁽³⁾")


async def test_half_an_answer_is_none_where_the_teacher_goes_on(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(PaneChosen("quiz"), QuestionOpened(2))))
    async with on_stage(follow_app(path), (80, 24)) as stage:
        await stage.until(lambda: stage.app.focused is not None)
        await stage.type("0.5")
        with path.open("a", encoding="utf-8") as file:
            file.write(log_text([LogEntry(3, 1.0, PaneChosen("step"))]))
        await stage.until(lambda: stage.app.state.pane == "step")
        await stage.settle()
        assert stage.app.state.answers == {}


async def test_answers_about_other_iterations_are_judged_as_well(tmp_path: Path) -> None:
    happened = (Answered(4, "0.55 0.61 0.57"), Answered(2, "-0.00049"), Moved(9_000, "J"), PaneChosen("quiz"))
    path = lesson_in(tmp_path, _QUESTIONS + log_text(entries(*happened)))
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
