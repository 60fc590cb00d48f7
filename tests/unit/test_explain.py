"""What a cell was made from makes the cell, and nothing else does."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import Problem, all_rows, some_iteration, targets
from tests.unit.strategies import networks_with_optimizers
from tui_nn.network import COSTS, Dataset, Network, Parameters
from tui_nn.network.formulas.equations import equations
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array

_RATE, _ITERATION = 0.7, 3


def _problem(network: Network, rows: int, seed: int, scaling: str) -> tuple[Dataset, dict[str, Array]]:
    """Data that begin with the greatest of each column, and every number of one iteration over them."""
    random = np.random.default_rng(seed)
    x = np.vstack([np.full(network.layers[0], 9.0), random.uniform(-8, 8, (rows - 1, network.layers[0]))])
    y = np.vstack([np.full(network.layers[-1], 9.0), random.uniform(-8, 8, (rows - 1, network.layers[-1]))])
    if network.cost == "cross-entropy":
        # The column's greatest number divides them, where they are scaled.
        y = np.abs(y) if scaling == "column max" else np.abs(y) / 9.0
    y_scaling = scaling
    if network.output_activation == "softmax":
        y, y_scaling = targets(network, y), "none"
    names = tuple(f"x{i}" for i in range(network.layers[0])), tuple(f"y{i}" for i in range(network.layers[-1]))
    dataset = Dataset(x, y, *names, scaling, y_scaling)
    parameters = Parameters.from_flat(network, random.normal(size=network.size))
    computed = some_iteration(Problem(network, dataset, parameters), _ITERATION, _RATE)
    return dataset, numbers(dataset, computed.matrices)


@given(networks_with_optimizers(), st.integers(1, 5), st.integers(0, 1000), st.sampled_from(["none", "column max"]))
def test_the_formula_of_a_cell_gives_the_cell_from_what_it_names_alone(
    network: Network, rows: int, seed: int, scaling: str
) -> None:
    dataset, known = _problem(network, rows, seed, scaling)
    moment = all_rows(rows, _RATE, _ITERATION)
    for name in ["X", "Y", *(equation.name for equation in equations(network))]:
        for (row, column), value in np.ndenumerate(known[name]):
            explained = explain(network, dataset, Cell(name, row + 1, column + 1), moment)
            assert explained.scalar is not None
            # Everything beside what is named is unknown.
            named = {one: np.full_like(matrix, np.nan) for one, matrix in known.items()}
            for area in explained.areas:
                rows_of = slice(None) if area.row == 0 else area.row - 1
                columns_of = slice(None) if area.column == 0 else area.column - 1
                named[area.name][rows_of, columns_of] = known[area.name][rows_of, columns_of]
            if "Y_hat" in {area.name for area in explained.areas} and COSTS[network.cost].sums:
                # Where ŷ has lost digits, its z has them.
                named[f"Z{len(network.layers)}"] = known[f"Z{len(network.layers)}"]
            scale = max(1.0, float(np.abs(known[name]).max()))
            np.testing.assert_allclose(explained.scalar.value(named), value, rtol=1e-9, atol=1e-12 * scale)
            for area in explained.areas:
                assert Cell(area.name, max(1, area.row), max(1, area.column)) in area
                assert Cell(area.name, area.row + 1, area.column) not in area or area.row == 0
