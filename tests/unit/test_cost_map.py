"""J over two weights is J: at the weights of now, and wherever both are set."""

import numpy as np
import pytest

from tui_nn.network import Network, compute_pass
from tui_nn.network.checks.cost_map import (
    contour_levels,
    costs_over,
    grid_size,
    index_of_weight,
    logarithms_of_costs,
    resampled,
)
from tui_nn.network.model.parameters import Parameters
from tui_nn.session.document import Document


def test_each_cost_is_that_of_a_pass_with_these_two_weights() -> None:
    document = Document()
    network, data = document.network, document.dataset
    flat = np.random.default_rng(3).normal(size=network.size)
    computed = compute_pass(network, data, Parameters.from_flat(network, flat), 1.0)
    across, up, pauses = np.array([-1.0, 0.5, 2.0]), np.array([3.0, -0.25]), []
    found = costs_over(data, computed, (("W2", 3, 1), ("W1", 2, 1)), (across, up), lambda: pauses.append(1))
    assert len(pauses) == 2
    for line, second in enumerate(up):
        for column, first in enumerate(across):
            moved = flat.copy()
            moved[[8, 3]] = first, second
            assert found[line, column] == compute_pass(network, data, Parameters.from_flat(network, moved), 1.0).cost
    assert index_of_weight(network, ("W2", 3, 1)) == 8


def test_large_data_get_a_coarser_grid() -> None:
    assert grid_size(Network((2, 3, 1)), 3, 45, 12) == (45, 12)
    columns, lines = grid_size(Network((100, 50, 10)), 1000, 45, 12)
    assert columns * lines * 1000 * 5500 < 10 * 24_000_000
    assert columns >= 6
    assert lines >= 6


def test_the_logarithms_are_finite_and_between_the_corners() -> None:
    found = logarithms_of_costs(np.array([[1.0, 100.0], [np.inf, 0.0]]))
    assert found.tolist() == [[0, 2], [2, -300]]
    fine = resampled(np.array([[0.0, 2.0], [4.0, 6.0]]), 3, 5)
    assert fine == pytest.approx(np.add.outer([0, 2, 4], [0, 0.5, 1, 1.5, 2]))
    assert contour_levels(0.0, 8.0) == [1, 2, 3, 4, 5, 6, 7]
    assert contour_levels(1.0, 1.0) == []
