"""Where training starts, and in which order random numbers become weights."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.strategies import networks
from tui_nn.network import Network, Parameters, Start, ValidationError
from tui_nn.network.model.array import Array
from tui_nn.network.model.r_generator import r_normal, r_uniform

_NETWORK = Network((2, 3, 1), bias=True)


def _drawn(start: Start, network: Network) -> list[float]:
    """Every number in the order in which it was drawn: matrix after matrix, each column by column."""
    matrices = start.draw(network).named.values()
    return [cell for matrix in matrices for cell in matrix.ravel(order="F").tolist()]


def test_ones_are_ones() -> None:
    start = Start("ones").draw(_NETWORK)
    assert {name: matrix.shape for name, matrix in start.named.items()} == _NETWORK.shapes
    assert set(start.flat.tolist()) == {1.0}


def test_zeros_are_zeros() -> None:
    assert set(Start("zeros").draw(_NETWORK).flat.tolist()) == {0.0}


@pytest.mark.parametrize("method", ["ones", "normal", "xavier uniform"])
def test_biases_may_all_have_one_number_and_take_none_of_the_draws(method: str) -> None:
    start = Start(method, biases=0.25)
    drawn, without = start.draw(_NETWORK), start.draw(replace(_NETWORK, bias=False))
    assert [bias.tolist() for bias in drawn.biases] == [[[0.25, 0.25, 0.25]], [[0.25]]]
    assert [weight.tolist() for weight in drawn.weights] == [weight.tolist() for weight in without.weights]


def test_what_a_start_does_not_say_is_usual_with_its_method_and_generator() -> None:
    assert (Start("normal").biases, Start("xavier normal").biases, Start("he uniform").biases) == ("drawn", 0.0, 0.0)
    assert (Start().fill, Start(generator="numpy").fill) == ("columns", "columns")
    assert Start(generator="numpy legacy").fill == "rows"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"low": 1.0}, "low"),
        ({"low": 2.0, "high": 1.0}, "low"),
        ({"high": float("inf")}, "high"),
        ({"mean": float("nan")}, "mean"),
        ({"sd": 0.0}, "sd"),
        ({"sd": 1e301}, "sd"),
        ({"biases": "none"}, "biases"),
        ({"biases": float("inf")}, "biases"),
        ({"fill": "diagonals"}, "fill"),
    ],
)
def test_numbers_that_no_distribution_has_are_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as error:
        Start(**changes)
    assert error.value.where == where


@given(network=networks(), seed=st.integers(0, 2**31 - 1))
def test_every_generator_fills_matrix_after_matrix_column_by_column(network: Network, seed: int) -> None:
    count = network.size
    assert _drawn(Start("uniform", "R", seed), network) == r_uniform(seed, count).tolist()
    assert _drawn(Start("normal", "R", seed), network) == r_normal(seed, count).tolist()
    assert _drawn(Start("uniform", "numpy", seed), network) == np.random.default_rng(seed).random(count).tolist()
    normal = np.random.default_rng(seed).standard_normal(count)
    assert _drawn(Start("normal", "numpy", seed), network) == normal.tolist()


def test_the_first_column_is_filled_first() -> None:
    numbers = r_uniform(1, 9).tolist()
    weights = Start("uniform", "R", 1).draw(Network((2, 3, 1))).weights
    assert weights[0].tolist() == [[numbers[0], numbers[2], numbers[4]], [numbers[1], numbers[3], numbers[5]]]
    assert weights[1].tolist() == [[numbers[6]], [numbers[7]], [numbers[8]]]


@pytest.mark.parametrize(
    ("generator", "seed", "taken"),
    [
        ("R", -(2**31) + 1, True),
        ("R", -(2**31), False),
        ("R", 2**31 - 1, True),
        ("R", 2**31, False),
        ("numpy", -1, False),
        ("numpy", 2**63 - 1, True),
        ("numpy", 2**63, False),
        ("numpy legacy", 2**32 - 1, True),
        ("numpy legacy", 2**32, False),
    ],
)
def test_a_seed_is_one_that_its_generator_takes(generator: str, seed: int, taken: bool) -> None:
    if taken:
        assert Start("uniform", generator, seed).draw(_NETWORK).flat.shape == (13,)
    else:
        with pytest.raises(ValidationError, match=str(seed)) as error:
            Start("uniform", generator, seed)
        assert error.value.where == "seed"


@pytest.mark.parametrize(
    ("method", "generator", "where"),
    [("xavier", "R", "method"), ("uniform", "C", "generator"), ("given", "R", "W1")],
)
def test_a_start_that_can_t_be_is_refused(method: str, generator: str, where: str) -> None:
    with pytest.raises(ValidationError) as error:
        Start(method, generator)
    assert error.value.where == where


def _given(weights: list[Array], biases: list[Array]) -> Start:
    return Start("given", given=Parameters(tuple(weights), tuple(biases)))


def test_given_weights_are_taken_as_they_stand() -> None:
    weights, biases = [np.full((2, 3), 0.5), np.full((3, 1), -2.0)], [np.full((1, 3), 3.0), np.full((1, 1), 4.0)]
    drawn = _given(weights, biases).draw(_NETWORK).named
    assert {name: matrix.tolist() for name, matrix in drawn.items()} == {
        "W1": weights[0].tolist(),
        "W2": weights[1].tolist(),
        "b1": biases[0].tolist(),
        "b2": biases[1].tolist(),
    }


_W = [np.ones((2, 3)), np.ones((3, 1))]
_B = [np.ones((1, 3)), np.ones((1, 1))]


@pytest.mark.parametrize(
    ("weights", "biases", "where", "found"),
    [
        ([np.ones((3, 2)), _W[1]], _B, "W1", "3×2"),
        ([_W[0], np.ones((1, 3))], _B, "W2", "1×3"),
        (_W[:1], _B, "W2", "absent"),
        ([*_W, np.ones((1, 1))], _B, "W3", "given"),
        (_W, [np.ones((3, 1)), _B[1]], "b1", "3×1"),
        (_W, [], "b1", "absent"),
        ([_W[0], np.array([[1.0], [np.nan], [1.0]])], _B, "W2", "not finite"),
    ],
)
def test_given_weights_that_do_not_fit_are_refused(
    weights: list[Array], biases: list[Array], where: str, found: str
) -> None:
    with pytest.raises(ValidationError) as error:
        _given(weights, biases).draw(_NETWORK)
    assert (error.value.where, error.value.found) == (where, found)


def test_biases_are_refused_where_the_network_has_none() -> None:
    with pytest.raises(ValidationError) as error:
        _given(_W, _B).draw(replace(_NETWORK, bias=False))
    assert error.value.where == "b1"


@pytest.mark.parametrize(
    ("generator", "seed", "count", "first"),
    [("R", 1, 1000, 1), ("R", -7, 5, -7), ("R", 2**31 - 1, 10, 2**31 - 10), ("numpy", 2**63 - 3, 4, 2**63 - 4)],
)
def test_seeds_count_from_the_start_s_on_as_far_as_there_are(generator: str, seed: int, count: int, first: int) -> None:
    seeds = Start("uniform", generator, seed).seeds(count)
    assert (seeds[0], len(seeds)) == (first, count)
    # Each of them is one that the generator takes.
    for each in (seeds[0], seeds[-1]):
        Start("uniform", generator, each)
