"""R's random numbers, bit for bit."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.unit.helpers import figures_of_R
from tui_nn.network.array import Array
from tui_nn.network.r_generator import r_normal, r_uniform

_SEEDS = ("0", "1", "2", "42", "102", "-1", "2147483647")


@pytest.mark.parametrize("seed", _SEEDS)
def test_runif_is_R_s(seed: str) -> None:
    assert r_uniform(int(seed), 12).tolist() == figures_of_R("r_runif")[seed]


@pytest.mark.parametrize("seed", _SEEDS)
def test_rnorm_is_R_s(seed: str) -> None:
    assert r_normal(int(seed), 12).tolist() == figures_of_R("r_rnorm")[seed]


def test_R_s_figures_are_all_compared() -> None:
    for name in ("r_runif", "r_rnorm"):
        assert sorted(figures_of_R(name)) == sorted(_SEEDS)


@pytest.mark.parametrize("draw", [r_uniform, r_normal])
def test_fewer_numbers_are_the_first_of_more(draw: Callable[[int, int], Array]) -> None:
    # 1000 numbers take the twister past its first block of 624 words.
    assert draw(1, 9).tolist() == draw(1, 1000)[:9].tolist()
    assert draw(1, 0).shape == (0,)


def test_uniform_numbers_lie_between_0_and_1() -> None:
    numbers = r_uniform(2024, 100_000)
    assert 0 < numbers.min() < numbers.max() < 1
    assert abs(float(np.mean(numbers)) - 0.5) < 0.01
