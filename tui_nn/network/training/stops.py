"""Looks for the iteration with which a run stops."""

from bisect import bisect_right
from math import inf
from typing import NamedTuple

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import Pace
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.stopping import Stopping, StopReason
from tui_nn.network.training.passes import mean_cost


@frozen_dataclass
class Stop:
    """The last ``iteration`` of a run that stopped, and why.

    ``best`` is the iteration after whose update the test cost was least; None if the run did not wait for that.
    """

    iteration: int
    reason: StopReason
    best: int | None = None


class LeastTestCost(NamedTuple):
    """The least test cost that a run has seen: with the weights after the update of ``iteration``."""

    iteration: int
    cost: float


class Waiting(NamedTuple):
    """What a run has seen of the test cost after an epoch.

    ``least`` is the least so far, ``best`` the iteration after which it was, and ``waited`` the epochs since.
    """

    least: float = inf
    best: int | None = None
    waited: int = 0


NOT_YET = Waiting()
"""Before the first epoch is complete."""


class StopSearch:
    """Follows a run slice by slice, until one of its conditions is met.

    ``before`` is how many iterations the run had before those that it counts from 1, and ``waiting`` what it had seen
    by then. It counts iterations from there, so that its best one may lie at 0 or below.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        pace: Pace,
        stopping: Stopping,
        before: int = 0,
        waiting: Waiting = NOT_YET,
    ) -> None:
        self._network, self._dataset, self._stopping, self._before = network, dataset, stopping, before
        self._epochs = pace.epochs(dataset)
        self._waits = bool(stopping.patience and dataset.test_rows)
        # What was seen after each epoch, with the epoch's last iteration.
        self._seen = [(0, waiting)]

    @property
    def needs_gradient(self) -> bool:
        """Whether it looks at the largest slope of each iteration: never if all parameters are fixed."""
        return self._stopping.gradient > 0 and bool(self._network.trained)

    def waiting_after(self, iteration: int) -> Waiting:
        """What the run had seen of the test cost once ``iteration`` was complete."""
        return self._seen[bisect_right(self._seen, iteration, key=lambda seen: seen[0]) - 1][1]

    def in_slice(self, first: int, costs: Array, largest_slopes: Array | None, states: Array) -> Stop | None:
        """The stop in the iterations from ``first`` on; None if the run goes on after them.

        ``costs`` has a number for each iteration, and so has ``largest_slopes``, of the parameters that are not fixed.
        ``states`` has a row for each, with what it starts from, and one more for what comes after the last.
        """
        met = costs < self._stopping.cost
        early, reason = (int(np.argmax(met)), StopReason.COST) if met.any() else (len(costs), StopReason.COST)
        if largest_slopes is not None:
            flat = largest_slopes < self._stopping.gradient
            if flat.any() and int(np.argmax(flat)) < early:
                early, reason = int(np.argmax(flat)), StopReason.GRADIENT
        if self._waits and (impatient := self._out_of_patience(first, states[: early + 1])):
            return impatient
        return Stop(first + early, reason, self._seen[-1][1].best) if early < len(costs) else None

    def _out_of_patience(self, first: int, states: Array) -> Stop | None:
        """The stop after the last epoch that the run waited for; None if it goes on after these ``states``."""
        for place in range(1, len(states)):
            iteration = first + place - 1
            if (self._before + iteration) % self._epochs.per_epoch:
                continue
            parameters = Parameters.from_flat(self._network, states[place][: self._network.size])
            cost = mean_cost(self._network, self._dataset.test, parameters)
            now = self._seen[-1][1]
            now = Waiting(cost, iteration) if cost < now.least else now._replace(waited=now.waited + 1)
            self._seen.append((iteration, now))
            if now.waited == self._stopping.patience:
                return Stop(iteration, StopReason.PATIENCE, now.best)
        return None
