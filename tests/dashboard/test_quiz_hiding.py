"""What a question asks for stands nowhere on the screen until it is answered."""

import re
from pathlib import Path

import pytest

from tests.dashboard.asking import answer, asking
from tests.dashboard.stage import Stage, lesson_in, opened


async def test_a_number_is_hidden_wherever_it_stands_until_it_is_answered(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        await stage.go_to("37 update")
        for pane in ("backward",):
            assert "0.01148" in stage.pane(pane)
            assert "0.00049" not in stage.pane(pane)
        await stage.go_to("37 delta3")
        assert "Question 2: What is δ⁽³⁾[2,1] in iteration 37? (within 1 %) Press P to answer." in stage.words("step")
        assert "0.00049" not in stage.text
        await stage.ask_for("37 delta3[2,1]")
        assert "One of its numbers is asked for." in stage.words("explain")
        assert "0.0004" not in stage.text
        await stage.press("escape", "P", "a")
        assert "Once more, and the answer is shown" in " ".join(stage.notices)
        assert "0.0004" not in stage.text
        await stage.press("a")
        assert not stage.notices
        assert "−0.00049" in stage.pane("step")
        assert "it is −0.0004907." in stage.words("quiz")


async def test_of_a_sign_the_digits_are_seen(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        await stage.go_to("37 dJdW2")
        assert "?0.0008303" in stage.pane("step")
        assert "−0.0008303" not in stage.text


async def test_of_a_shape_neither_the_numbers_nor_the_shapes_are_seen(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        assert "?×?" in stage.pane("step")
        assert "0.2655" not in stage.text
        await stage.press("y", "right", "right")
        assert "2×3" not in stage.text
        await stage.press("escape")
        await answer(stage, "3x2")
        assert "0.2655" in stage.text
        assert "3×2 2×3" in stage.words("step")


async def test_predictions_asked_for_are_not_given_away_by_the_results(tmp_path: Path) -> None:
    async with opened(asking(tmp_path)) as stage:
        await stage.go_to("42 Y_hat")
        assert "82.96077" in stage.pane("results")
        await stage.go_to("41 Y_hat")
        assert not re.search(r"\d\.\d", stage.pane("results"))
        run = stage.document.trajectory()
        run.extend(41)
        right = " ".join(f"{float(cell):.4f}" for cell in run.pass_at(41)["Y_hat"].ravel())
        await answer(stage, right)
        assert "Quiz: 1 of 1 right, 4 to come" in stage.pane("quiz")
        assert "83.01419" in stage.pane("results")


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
    await stage.ask_for(f"{iteration} {cell}")
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
    async with opened(asking(tmp_path)) as stage:
        await stage.go_to("37 delta3")
        await stage.press("E")
        assert "Its numbers are, when its questions are answered." in stage.dialog
        assert "Markdown" not in stage.dialog
        assert "a program for R" in stage.dialog


async def test_the_sentence_on_the_two_parts_of_j_does_not_tell_the_penalty(tmp_path: Path) -> None:
    source = '[training]\nl2 = 0.01\n\n[[question]]\nask = "cell"\nmatrix = "penalty"\niteration = 37\n'
    async with opened(lesson_in(tmp_path, source)) as stage:
        await stage.go_to("37 J")
        assert "for the penalty" not in stage.words("step")
        await answer(stage, "1")
        assert "for the penalty" in stage.words("step")
