"""Where a weight of iteration 1 comes from, and how a cell of X and Y is scaled, in words and numbers."""

from dataclasses import replace

import pytest

from tui_nn.network import Start, compute_pass
from tui_nn.network.formulas.explain import explain, explain_in_units, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.document import Document, lecture_data
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.writing.formulas.cell_captions import weight_origin
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.notation.signs import UNICODE


@pytest.mark.parametrize(
    ("start", "name", "says"),
    [
        (Start(), "W1", "a random number, uniform on (0, 1), from the generator of R with seed 1."),
        (Start(low=-0.5, high=0.5), "W2", "uniform on (−0.5, 0.5), from"),
        (Start("normal", "numpy legacy", 7), "b1", "standard normal, from the generator of numpy legacy with seed 7."),
        (Start("normal", mean=-1.0, sd=0.1), "W1", "normal with mean −1 and sd 0.1, from"),
        (
            Start("xavier uniform"),
            "W1",
            "uniform on (−a, a), a = sqrt(6 / (2 + 3)) = 1.095, sd a / sqrt(3) = 0.6325, from",
        ),
        (Start("he normal", biases="drawn"), "b2", "normal with sd sqrt(2 / 3) = 0.8165, from"),
        (Start("he normal"), "b2", "every bias is 0 at the start."),
        (Start("ones", biases=-0.5), "b1", "every bias is −0.5 at the start."),
        (Start("zeros"), "W1", "every weight is 0 at the start."),
    ],
)
def test_a_weight_says_where_the_run_has_it_from(start: Start, name: str, says: str) -> None:
    plan = RunPlan(Document(start=start, bias=True))
    assert says in weight_origin(Cell(name, 1, 1), plan, 1)


def test_a_fixed_parameter_says_that_no_update_has_changed_it() -> None:
    plan = RunPlan(Document(bias=True, fixed=("b1",)))
    assert weight_origin(Cell("b1", 1, 1), plan, 5) == "It is fixed: no update has changed it."
    assert weight_origin(Cell("W1", 1, 1), plan, 5) == "The update of iteration 4 made it."


@pytest.mark.parametrize(
    ("scaling", "cell", "lines"),
    [
        ("min-max", Cell("X", 2, 1), ("(x[2,1] − min) / (max − min)", "(5 − 3) / 7", "0.2857")),
        ("min-max", Cell("Y", 3, 1), ("(y[3,1] − min) / (max − min)", "(93 − 75) / 18", "1.0000")),
        ("standardise", Cell("X", 3, 2), ("(x[3,2] − mean) / sd", "(2 − 2.6667) / 2.0817", "−0.3203")),
        ("column max", Cell("X", 1, 1), ("x[1,1] / 10", "3 / 10", "0.3000")),
    ],
)
def test_a_scaled_cell_is_explained_with_its_shift_and_divisor(
    scaling: str, cell: Cell, lines: tuple[str, ...]
) -> None:
    document = Document(dataset=replace(lecture_data(), x_scaling=scaling, y_scaling=scaling))
    computed = compute_pass(document.network, document.dataset, document.start_parameters, 5.0)
    found = explain_cell(
        explain(document.network, document.dataset, cell, document.moment(1)),
        numbers(document.dataset, computed.matrices),
        UNICODE,
    )
    assert (*("".join(piece.text for piece in line) for line in found.lines), found.result) == lines
    assert not found.rounded


def test_a_column_that_does_not_vary_is_divided_by_1() -> None:
    data = replace(lecture_data(), y=[[4.0]] * 3, y_scaling="min-max")  # type: ignore[arg-type]
    scalar = explain(Document().network, data, Cell("Y", 1, 1), Document().moment(1)).scalar
    assert scalar
    assert scalar.value({"y": data.y}) == data.Y[0, 0] == 0


@pytest.mark.parametrize("scaling", ["min-max", "standardise", "column max"])
def test_a_prediction_in_units_undoes_the_scaling(scaling: str) -> None:
    data = replace(lecture_data(), y_scaling=scaling)
    scalar = explain_in_units(data, Cell("Y_hat", 2, 1)).scalar
    assert scalar
    assert scalar.value({"Y_hat": data.Y}) == pytest.approx(82, rel=1e-15)
