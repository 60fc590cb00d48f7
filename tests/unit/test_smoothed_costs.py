"""A noisy series of costs, smoothed."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import lesson
from tui_nn.network.training.run_series import is_noisy, smoothed

_costs = st.lists(st.floats(0, 1e6), min_size=1, max_size=60).map(np.array)


@given(_costs)
def test_each_height_is_the_weighted_mean_of_the_costs_so_far(costs: np.ndarray) -> None:
    places, heights = smoothed(costs)
    assert places.tolist() == [*range(1, len(costs) + 1)]
    for i, height in enumerate(heights.tolist()):
        weights = 0.95 ** np.arange(i, -1, -1)
        np.testing.assert_allclose(height, (weights * costs[: i + 1]).sum() / weights.sum(), rtol=1e-9, atol=1e-9)


def test_of_very_many_costs_each_point_is_the_mean_of_its_share() -> None:
    costs = np.arange(1.0, 100_001.0)
    places, heights = smoothed(costs)
    assert len(places) == len(heights) == 2000
    assert (places[0], places[-1]) == (25.5, 99_975.5)
    assert heights[0] == 25.5
    assert (np.diff(heights) > 0).all()


def test_a_run_that_jumps_is_noisy_and_one_that_falls_or_has_few_bumps_is_not() -> None:
    for rate, noisy in ((5.0, False), (40.0, True)):
        run = replace(lesson("lecture"), learning_rate=rate, iterations=400).trajectory()
        run.extend(400)
        assert is_noisy(run.costs) is noisy
    bumps = 2 + np.cos(np.linspace(0, 6 * np.pi, 400))
    assert not is_noisy(bumps)
    assert not is_noisy(np.ones(1))
