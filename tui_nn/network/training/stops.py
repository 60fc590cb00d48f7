"""Looks for the iteration with which a run stops."""

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

    ``best`` is the iteration after whose update the test cost was least, if the run waited for that.
    """

    iteration: int
    reason: StopReason
    best: int = 0


class StopSearch:
    """Follows a run slice by slice, until one of its conditions is met.

    ``before`` is how many iterations the run had before those that it counts from 1.
    """

    def __init__(self, network: Network, dataset: Dataset, pace: Pace, stopping: Stopping, before: int) -> None:
        self._network, self._dataset, self._stopping, self._before = network, dataset, stopping, before
        self._epochs = pace.epochs(dataset)
        self._waits = bool(stopping.patience and dataset.test_rows)
        self._least, self._best, self._waited = np.inf, 0, 0

    @property
    def needs_gradient(self) -> bool:
        """Whether it looks at the largest slope of each iteration."""
        return self._stopping.gradient > 0

    def in_slice(self, first: int, costs: Array, largest_slopes: Array | None, states: Array) -> Stop | None:
        """The stop in the iterations from ``first`` on; None if the run goes on after them.

        ``costs`` and ``largest_slopes`` have a number for each iteration, ``states`` a row for each, with what it
        starts from, and one more for what comes after the last.
        """
        met = costs < self._stopping.cost
        early, reason = (int(np.argmax(met)), StopReason.COST) if met.any() else (len(costs), StopReason.COST)
        if largest_slopes is not None:
            flat = largest_slopes < self._stopping.gradient
            if flat.any() and int(np.argmax(flat)) < early:
                early, reason = int(np.argmax(flat)), StopReason.GRADIENT
        if self._waits and (impatient := self._out_of_patience(first, states[: early + 1])):
            return impatient
        return Stop(first + early, reason, self._best) if early < len(costs) else None

    def _out_of_patience(self, first: int, states: Array) -> Stop | None:
        """The stop after the last epoch that the run waited for; None if it goes on after these ``states``."""
        for place in range(1, len(states)):
            iteration = first + place - 1
            if (self._before + iteration) % self._epochs.per_epoch:
                continue
            parameters = Parameters.from_flat(self._network, states[place][: self._network.size])
            cost = mean_cost(self._network, self._dataset.test, parameters)
            if cost < self._least:
                self._least, self._best, self._waited = cost, iteration, 0
            else:
                self._waited += 1
            if self._waited == self._stopping.patience:
                return Stop(iteration, StopReason.PATIENCE, self._best)
        return None
