"""The rate test: the learning rate grows by a factor in each iteration, and J shows from which rate on training fails.

Source: L. Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3, with a rate that grows
geometrically.
"""

from collections.abc import Callable

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import ALL_ROWS, Batches
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import Pace
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.schedules import Schedule
from tui_nn.network.training.passes import CostAt
from tui_nn.network.training.run_outcome import RISE
from tui_nn.network.training.trajectory import Trajectory

ITERATIONS = 300
_DECADES = 3
_SHARE = 0.1
_TOO_MUCH_WORK = 500_000_000


@frozen_dataclass(eq=False)
class RateTest:
    """J, before the update, of each iteration, shape (iterations,), and the rate of its update.

    There are fewer than `ITERATIONS` if numbers overflow: then ``overflows_at`` is the rate after which they do, else
    None. With batches, J is that of all training rows.
    """

    rates: Array
    costs: Array
    overflows_at: float | None

    @property
    def rises_from(self) -> float | None:
        """The rate after whose update J is higher than its least for good; None if J does not rise by the end."""
        lowest = np.flatnonzero(self.costs <= (1 + RISE) * self.costs.min())
        last = int(lowest[-1])
        if last + 1 < len(self.costs):
            return float(self.rates[last])
        return self.overflows_at

    @property
    def suggested(self) -> float | None:
        """A tenth of the rate from which J rises; None if it does not."""
        return None if self.rises_from is None else _SHARE * self.rises_from


def takes_long(network: Network, rows: int) -> bool:
    """Whether a rate test with so many rows in a batch would keep a class waiting for a second or more."""
    return rows * network.size * ITERATIONS > _TOO_MUCH_WORK


def rate_test(
    network: Network,
    dataset: Dataset,
    start: Parameters,
    learning_rate: float,
    batches: Batches = ALL_ROWS,
    pause: Callable[[], None] = lambda: None,
) -> RateTest:
    """Trains from ``start`` with rates from a thousandth of ``learning_rate`` to a thousand times as much.

    The rate of iteration i is low · (high / low)^((i − 1) / n). Calls ``pause`` every few milliseconds.
    """
    low, growth = learning_rate * 10.0**-_DECADES, 10.0 ** (2 * _DECADES / ITERATIONS)
    pace = Pace(Schedule("exponential", growth), batches)
    run = Trajectory(network, dataset, start, low, pace=pace)

    def stop() -> bool:
        pause()
        return False

    run.extend(ITERATIONS, stop)
    costs = run.costs
    if not pace.epochs(dataset).is_one_batch:
        cost_at = CostAt(network, dataset.training)
        found = np.array([cost_at(flat) for flat in run.flat_parameters(1, run.reached)])
        costs = np.where(np.isfinite(found), found, np.inf)
    rates = low * growth ** np.arange(ITERATIONS)
    # What overflows in an iteration is what the update before it has made.
    overflow = float(rates[max(0, run.reached - 1)]) if run.overflow else None
    return RateTest(rates[: len(costs)], costs, overflow)
