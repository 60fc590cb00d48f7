"""R's random numbers, bit for bit."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.unit.helpers import figures_of_R
from tui_nn.network import Network, Start
from tui_nn.network.model.array import Array
from tui_nn.network.model.r_generator import r_normal, r_uniform

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


# The only seeds whose first, or fourth, word is 0: R then gives half of 1 / (2³² − 1), as no number may be 0.
_NO_ZERO = {
    -1891743248: (1.1641532185403984e-10, 0.24567078100517392, 0.89541668957099319),
    626601877: (0.77409451641142368, 0.14736708044074476, 0.61766176228411496, 1.1641532185403984e-10),
}
_NORMAL_OF_IT = {
    -1891743248: (-5.8988345922110206, 1.2558602862865964),
    626601877: (0.75239929787968796, 0.29934544726519297, -0.68817660523944735),
}


@pytest.mark.parametrize("seed", _NO_ZERO)
def test_a_word_of_0_is_R_s_least_number(seed: int) -> None:
    uniform, normal = _NO_ZERO[seed], _NORMAL_OF_IT[seed]
    assert r_uniform(seed, len(uniform)).tolist() == list(uniform)
    assert r_normal(seed, len(normal)).tolist() == list(normal)
    assert Start(seed=seed).draw(Network((len(uniform), 1))).weights[0][:, 0].tolist() == list(uniform)
