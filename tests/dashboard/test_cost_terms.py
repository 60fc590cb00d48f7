"""The step J of cross-entropy: the whole formula, each matrix once, and what each cell adds to J."""

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.stage import Stage, opened
from tests.unit.helpers import lesson, written
from tui_nn.session.events import RowChosen, Selected
from tui_nn.session.storage import document_toml

_SIZES = [(120, 40), (80, 24)]


@pytest.mark.parametrize("size", _SIZES)
async def test_each_matrix_stands_once_and_the_terms_add_up_to_J(size: tuple[int, int]) -> None:
    async with opened("cross-entropy", size=size) as stage:
        await stage.go_to("1 J")
        shown = stage.pane("step")
        assert "J = −Σ (Y ⊙ ln Ŷ + (1 − Y) ⊙ ln(1 − Ŷ))" in shown
        assert re.search(r"J += Σ +terms +from +Y +and +Ŷ", shown)
        rows = [
            [float(cell.replace("−", "-")) for cell in re.findall(r"[\d.]+(?:e−\d+)?", line)]
            for line in shown.splitlines()
            if line.count("⎡") + line.count("⎢") + line.count("⎣") == 3
        ]
        assert len(rows) == 4
        terms, y, y_hat = (np.array([row[column] for row in rows]) for column in (-3, -2, -1))
        np.testing.assert_allclose(terms, -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)), atol=5e-4)
        assert terms.sum() == pytest.approx(31.3504, abs=2e-4)
        assert "[31.3504]" in shown


async def test_the_largest_term_of_the_row_chosen_is_worked_out_in_numbers_that_give_it() -> None:
    async with opened("cross-entropy", size=(80, 24)) as stage:
        await stage.go_to("1 J")
        for row, pattern in ((1, r"row 1 +(\S+) = −ln\((\S+)\)"), (2, r"row 2 +(\S+) = −ln\(1 − (\S+)\)")):
            stage.app.dispatch(RowChosen(row))
            await stage.settle()
            said = re.search(pattern, stage.pane("step"))
            assert said
            term, y_hat = (float(text.replace("−", "-")) for text in said.groups())
            made = -math.log(y_hat if row == 1 else 1 - y_hat)
            assert f"{made:.4g}" == f"{term:.4g}"
        # J itself, if it is selected, as any cell.
        stage.app.dispatch(Selected("J", 1, 1))
        await stage.settle()
        assert not re.search(r"row 2 +\S+ = −ln", stage.pane("step"))
        stage.app.dispatch(Selected("Y_hat", 2, 1))
        await stage.settle()
        assert re.search(r"row 2 +\S+ = −ln", stage.pane("step"))


async def test_of_several_outputs_fractions_and_a_mean_it_shows_the_terms_too(tmp_path: Path) -> None:
    document = lesson("cross-entropy")
    data = replace(document.dataset, y=np.array([[1, 0.3], [0, 0.5], [0, 0.2], [1, 0.7]]), y_names=("a", "b"))
    start = replace(document.start, method="normal", given=None)
    several = replace(document, dataset=data, start=start, reduction="mean", l2=0.01)
    path = written(tmp_path, document_toml.dump(several), "several.toml")
    async with opened(path, size=(200, 60)) as stage:
        await stage.go_to("1 J")
        shown = stage.pane("step")
        assert "J = (1/N) · −Σ (Y ⊙ ln Ŷ + (1 − Y) ⊙ ln(1 − Ŷ)) + penalty" in shown
        assert len(re.findall("0.2000", shown)) == 1
        computed = several.trajectory()
        computed.extend(1)
        y, y_hat = computed.pass_at(1)["Y"], computed.pass_at(1)["Y_hat"]
        for term in -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)).ravel():
            assert f"{term:.4f}" in shown
        assert re.search(r"row 1, output \d +\S+ = ", shown)


@pytest.mark.parametrize(("matrix", "row"), [("J", 1), ("Y_hat", 4)])
async def test_a_question_hides_the_terms_that_would_answer_it(matrix: str, row: int, tmp_path: Path) -> None:
    asked = f'\n[[question]]\nask = "cell"\nmatrix = "{matrix}"\nrow = {row}\niteration = 1\n'
    text = document_toml.dump(replace(lesson("cross-entropy"), questions=())) + asked
    async with opened(written(tmp_path, text, "asked.toml"), size=(80, 24)) as stage:
        await stage.go_to("1 J")
        assert "terms" in stage.pane("step")
        for digits in ("15.73", "15.61", "−ln(1.4"):
            assert digits not in stage.pane("step")


async def test_the_fill_of_what_a_step_computes_leaves_out_whole_cells(tmp_path: Path) -> None:
    async with opened("ridge") as stage:
        await stage.go_to("1 J")
        await stage.press("e")
        assert len(_grounds_within(stage, "[0.001967]")) == 1
    asked = '\n[[question]]\nask = "cell"\nmatrix = "dJdW2"\nrow = 2\niteration = 1\n'
    text = document_toml.dump(lesson("lecture")) + asked
    async with opened(written(tmp_path, text, "asked.toml")) as stage:
        await stage.go_to("1 dJdW2")
        asked_for = re.search(r"⎢ +\?⎥", stage.text)
        assert asked_for
        assert len(_grounds_within(stage, asked_for[0])) == 1


def _grounds_within(stage: Stage, text: str) -> set[str]:
    """The background colours between the brackets of a row of numbers."""
    row, line = next((row, line) for row, line in enumerate(stage.terminal.lines) if text in line)
    start = line.index(text)
    return {cell.background for cell in stage.terminal.cells[row][start + 1 : start + len(text) - 1]}
