"""Results with test rows or batches: which rows are counted, the order of the rows, and how test rows are marked."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, opened
from tui_nn.dashboard.charts.plane_rows import row_signs
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.network.checks.fit import fit_of
from tui_nn.session.events import QuestionAsked
from tui_nn.session.plane_choice import PlaneUnit

_SOURCE = """
[data]
x = [[1.0, 3.0], [2.0, 1.0], [3.0, 2.0], [4.0, 4.0], [1.5, 0.5], [3.5, 1.5]]
y = {y}
x_scaling = "standardise"
y_scaling = "none"
{test}
[network]
hidden = [3]
bias = true
[training]
{cost}
batch_size = 2
learning_rate = 0.5
iterations = 100
"""
_CLASSES = [[0.0], [0.0], [1.0], [1.0], [1.0], [1.0]]
_NUMBERS = [[0.1], [0.2], [0.4], [0.9], [0.3], [0.7]]
_KEPT_BACK = "test_rows = [2, 5]"


def _lesson(directory: Path, *, y: list[list[float]], test: str = "") -> Path:
    cost = 'cost = "cross-entropy"' if y is _CLASSES else ""
    return lesson_in(directory, _SOURCE.format(y=y, test=test, cost=cost))


async def _lines(stage: Stage, place: str) -> list[str]:
    """The lines of the results at a place, with one blank between words."""
    await stage.go_to(place)
    stage.app.lesson_screen.go_to_pane("results")
    await stage.settle()
    return [" ".join(line.replace("−", "-").split()) for line in stage.pane("results").splitlines()]


def _has(lines: list[str], name: str, *numbers: float | None) -> bool:
    """Whether a line has these numbers behind ``name``, or dots."""
    [found] = [line.partition(name)[2].split() for line in lines if name in line]
    wanted = ["·" if number is None else pytest.approx(number, rel=1e-4) for number in numbers]
    return [cell if cell == "·" else float(cell) for cell in found[: len(numbers)]] == wanted


async def test_test_rows_stand_beside_the_training_rows_as_far_as_the_iteration_tells(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, y=_CLASSES, test=_KEPT_BACK), size=(80, 30)) as stage:
        data, run = stage.document.dataset, stage.document.trajectory()
        run.extend(100)
        before = run.pass_at(40).parameters
        training, test = (fit_of(stage.document.network, data, rows, before) for rows in (data.training, data.test))
        assert training.classes
        assert test.classes
        confusions = training.classes.confusion, test.classes.confusion
        assert _has(await _lines(stage, "40 Z3"), "accuracy", None, None)
        lines = await _lines(stage, "40 Y_hat")
        assert _has(lines, "accuracy", training.classes.accuracy, test.classes.accuracy)
        assert _has(lines, "AUC", training.auc, test.auc)
        assert _has(lines, "cost per row", None, None)
        lines = await _lines(stage, "40 update")
        assert _has(lines, "cost per row", training.mean_cost, test.mean_cost)
        assert _has(lines, "log-likelihood", training.log_likelihood, test.log_likelihood)
        right = f"{training.classes.right}/4 right, test {test.classes.right}/2"
        assert right in stage.text
        counts = [str(count) for matrix in confusions if matrix is not None for count in matrix[1].tolist()]
        assert any(line.strip("│ ") == " ".join(["1", *counts]) for line in lines)


async def test_the_fit_of_numbers_and_what_a_question_hides(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, y=_NUMBERS, test=_KEPT_BACK), size=(80, 30)) as stage:
        data = stage.document.dataset
        start = stage.document.start_parameters
        training, test = (fit_of(stage.document.network, data, rows, start) for rows in (data.training, data.test))
        lines = await _lines(stage, "1 update")
        assert _has(lines, "R²", training.r_squared[0], test.r_squared[0])
        assert _has(lines, "RMSE", training.rmse[0], test.rmse[0])
        stage.app.dispatch(QuestionAsked("matrix", "J"))
        await stage.settle()
        lines = await _lines(stage, "1 update")
        assert _has(lines, "cost per row", None, None)
        assert _has(lines, "RMSE", training.rmse[0], test.rmse[0])


async def test_with_batches_all_training_rows_are_counted(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, y=_CLASSES), size=(80, 30)) as stage:
        data, run = stage.document.dataset, stage.document.trajectory()
        run.extend(100)
        fit = fit_of(stage.document.network, data, data.training, run.pass_at(40).parameters)
        lines = await _lines(stage, "40 update")
        assert any("all training rows" in line for line in lines)
        assert _has(lines, "log-likelihood", fit.log_likelihood)


async def test_the_arrows_walk_through_the_rows_as_they_are_listed(tmp_path: Path) -> None:
    async with opened(_lesson(tmp_path, y=_CLASSES, test=_KEPT_BACK), size=(80, 30)) as stage:
        await _lines(stage, "1 update")
        walked = []
        for _ in range(6):
            [chosen] = [line for line in stage.pane("results").splitlines() if "›" in line and "Results" not in line]
            walked.append((int(chosen.replace("✗", " ").split("›")[1].split()[0]), stage.app.state.row))
            await stage.press("down")
        assert walked == [(row, row) for row in (1, 3, 4, 6, 2, 5)]


@pytest.mark.parametrize(
    ("y", "signs", "legend"),
    [(_CLASSES, "○ ◦ ● ● • ●", "small: test"), (_NUMBERS, "1 t2 3 4 t5 6", "t: test")],
)
async def test_test_rows_are_told_apart_without_colour(
    y: list[list[float]], signs: str, legend: str, tmp_path: Path
) -> None:
    async with opened(_lesson(tmp_path, y=y, test=_KEPT_BACK), size=(120, 40)) as stage:
        await stage.go_to("1 update")
        await stage.press("6")
        await stage.still()
        shown = stage.app.query_one("#cost", ChartPane).shown_view
        assert row_signs(shown, PlaneUnit("Y_hat", 1)).signs == signs.split()
        # The frames of the data and of the plane.
        assert stage.text.count("t: test") >= (1 if y is _CLASSES else 2)
        assert legend in stage.text
        data = stage.pane("data")
        assert "t: test" in data
        assert " 2t" in data
        assert " 1t" not in data
