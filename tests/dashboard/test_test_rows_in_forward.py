"""The rows kept back for a test stand below the training rows in the forward pass."""

from pathlib import Path

import pytest

from tests.dashboard.stage import lesson_in, opened

_SOURCE = """
[data]
x = [[3, 5], [5, 1], [10, 2], [4, 4]]
y = [[75], [82], [93], [70]]
test_rows = [4]
y_scaling = [100]
"""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_the_network_computes_for_them(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(lesson_in(tmp_path, _SOURCE), size) as stage:
        stage.app.lesson_screen.go_to_pane("forward")
        await stage.go_to("1 Z2")
        shown = stage.pane("forward")
        assert "─test 4──" in shown
        # R computes these with the lecture's first weights; Ŷ is not reached yet.
        assert "0.4039  0.9557  0.7994" in shown
        assert "0.8142" not in shown
        await stage.go_to("1 delta3")
        assert "0.8142" in stage.pane("forward")
        assert "0.8142" not in stage.pane("backward")


async def test_a_question_hides_them_as_well(tmp_path: Path) -> None:
    question = '[[question]]\nask = "cell"\nmatrix = "Y_hat"\nrow = 1\ncolumn = 1\niteration = 1\n'
    async with opened(lesson_in(tmp_path, _SOURCE + question), (80, 24)) as stage:
        stage.app.lesson_screen.go_to_pane("forward")
        await stage.go_to("1 delta3")
        assert "0.8142" not in stage.pane("forward")


async def test_matrices_of_the_step_keep_the_numbers_of_the_rows(tmp_path: Path) -> None:
    batches = _SOURCE.replace("[4]", "[2]") + "[training]\nbatch_size = 2\n"
    async with opened(lesson_in(tmp_path, batches), (80, 24)) as stage:
        await stage.go_to("1 Z2")
        assert "›1 ⎡" in stage.pane("step")
        assert " 3 ⎣" in stage.pane("step")
        await stage.go_to("2 Z2")
        assert "›4 [" in stage.pane("step")
