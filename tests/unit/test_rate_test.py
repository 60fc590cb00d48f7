"""The rate test finds the rate above which gradient descent on a parabola climbs."""

import numpy as np
import pytest

from tests.unit.helpers import dataset, lesson
from tui_nn.network import Network, Parameters, Trajectory
from tui_nn.network.checks.rate_test import ITERATIONS, rate_test
from tui_nn.network.model.batches import Batches


def test_on_a_parabola_j_rises_where_the_rate_is_above_2_over_its_curvature() -> None:
    # J = ½ (w x)², so that an update multiplies w by 1 − η x².
    x = 1.5
    network = Network((1, 1), "identity", "identity")
    start = Parameters((np.array([[1.0]]),), ())
    found = rate_test(network, dataset(np.array([[x]]), np.array([[0.0]])), start, 0.3)
    expected = float(found.rates[found.rates > 2 / x**2][0])
    assert found.rises_from == expected
    assert found.suggested == pytest.approx(expected / 10)
    assert found.overflows_at is not None
    np.testing.assert_allclose(found.rates[[0, ITERATIONS // 2]], (0.3e-3, 0.3))
    before, after = found.costs[:-1], found.costs[1:]
    np.testing.assert_allclose(after, before * (1 - found.rates[:-1] * x**2) ** 2, rtol=1e-9)


def test_a_rate_that_only_helps_is_not_said_to_be_too_large() -> None:
    document = lesson("cross-entropy")
    found = rate_test(document.network, document.dataset, document.start_parameters, 1e-6)
    assert (found.rises_from, found.suggested, len(found.costs)) == (None, None, ITERATIONS)


def test_with_batches_j_is_that_of_all_rows() -> None:
    document = lesson("xor")
    network, data, start = document.network, document.dataset, document.start_parameters
    found = rate_test(network, data, start, 1.0, Batches(1))
    whole = Trajectory(network, data, start, 1.0)
    whole.extend(1)
    assert found.costs[0] == pytest.approx(whole.cost(1), rel=1e-12)
