"""How a wrong program's matrix is compared with the right one: as a multiple of it, where that says anything."""

import math

import numpy as np
import pytest

from tui_nn.network.formulas.mistakes import GradientRatio, gradient_ratio

_RIGHT = [[2.0, -4.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("found", "least", "greatest"),
    [
        ([[2.0, -4.0], [0.0, 1.0]], 1.0, 1.0),
        ([[-2.0, 4.0], [0.0, -1.0]], -1.0, -1.0),
        ([[1.0, -4.0], [0.0, 3.0]], 0.5, 3.0),
        ([[0.0, 0.0], [0.0, 0.0]], 0.0, 0.0),
        # What is there and ought not to be has no multiple.
        ([[2.0, -4.0], [5.0, 1.0]], 1.0, math.inf),
    ],
)
def test_the_least_and_the_greatest_multiple_are_found(found: list[list[float]], least: float, greatest: float) -> None:
    compared = gradient_ratio("W1", {"W1": np.array(found)}, {"W1": np.array(_RIGHT)})
    assert (compared.name, compared.least, compared.greatest) == ("W1", least, greatest)


@pytest.mark.parametrize("found", [[[0.0]], [[math.nan]]])
def test_of_nothing_and_of_what_overflows_there_is_no_multiple(found: list[list[float]]) -> None:
    compared = gradient_ratio("W1", {"W1": np.array(found)}, {"W1": np.array([[0.0]])})
    assert math.isnan(compared.least)
    assert math.isnan(compared.greatest)
    assert not compared.is_about(0.0)


def test_it_is_a_number_only_where_every_cell_is() -> None:
    assert GradientRatio("W1", -1.0, -1.0).is_about(-1.0)
    assert GradientRatio("W1", 3.0 - 1e-9, 3.0 + 1e-9).is_about(3.0)
    for least, greatest in ((1.0, 3.0), (3.0, 4.0), (2.0, 2.9), (3.1, 3.1)):
        assert not GradientRatio("W1", least, greatest).is_about(3.0)
