"""The health of units: histograms count every number once, and saturated and dead units are told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.network import Dataset, Network, compute_pass
from tui_nn.network.checks.unit_health import Histogram, LayerHealth, histogram, layer_health, relative_update
from tui_nn.network.model.parameters import Parameters
from tui_nn.writing.sentences.health_sentences import health_sentence


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=40), st.integers(1, 20))
def test_a_histogram_counts_each_number_once(values: list[float], bins: int) -> None:
    found = histogram(np.array([*values, np.nan, np.inf]), bins)
    assert found
    assert (found.low, found.high) == (min(values), max(values))
    assert sum(found.counts) == len(values)
    assert len(found.counts) == bins


def test_a_histogram_is_numpy_s() -> None:
    values = np.random.default_rng(2).normal(size=500)
    found = histogram(values, 20)
    assert found
    assert list(found.counts) == np.histogram(values, 20)[0].tolist()
    assert histogram(np.array([2.0, 2.0]), 3) == Histogram(2.0, 2.0, (0, 2, 0))
    assert histogram(np.array([np.nan]), 3) is None


def _health(activation: str, W1: list[list[float]]) -> LayerHealth:
    network = Network((1, len(W1[0]), 1), activation)
    data = Dataset(np.array([[1.0], [0.5]]), np.array([[1.0], [0.0]]), ("x",), ("y",))
    parameters = Parameters((np.array(W1), np.ones((len(W1[0]), 1))), ())
    return layer_health(compute_pass(network, data, parameters, 1.0), 2)


def test_saturated_and_dead_units_are_told_apart() -> None:
    # Sigmoid's greatest slope is 1/4: it is flat below 0.0025, from |z| = 6 on.
    assert _health("sigmoid", [[1.0, 20.0, -20.0, 11.0]]) == LayerHealth(2, 5 / 8, (2, 3), ())
    assert _health("relu", [[1.0, -1.0]]) == LayerHealth(2, 0.5, (), (2,))
    assert _health("identity", [[9.0]]) == LayerHealth(2, 0.0, (), ())


def test_the_update_in_parts_of_the_weights() -> None:
    network = Network((1, 1))
    data = Dataset(np.array([[2.0]]), np.array([[1.0]]), ("x",), ("y",), x_scaling="none")
    for weight, part in ((0.5, None), (0.0, float("inf"))):
        computed = compute_pass(network, data, Parameters((np.array([[weight]]),), ()), 0.1)
        change = abs(0.1 * computed["dJdW1"][0, 0])
        assert relative_update(computed, "W1") == pytest.approx(change / weight if part is None else part)


def test_the_words() -> None:
    assert health_sentence(LayerHealth(2, 0.0, (), ()), 3) == ("no unit saturated or dead", False)
    assert health_sentence(LayerHealth(2, 0.001, (), ()), 3)[0].startswith("f is flat at under 1 % of the z")
    says, is_warning = health_sentence(LayerHealth(2, 0.7, (1, 3), (2,)), 4)
    assert says == "1 of 4 dead, 0 in every row: 2; 2 of 4 saturated in every row: 1, 3"
    assert is_warning
    assert health_sentence(LayerHealth(2, 1.0, tuple(range(1, 9)), ()), 8)[0].endswith("1, 2, 3, 4, 5, 6, …")
