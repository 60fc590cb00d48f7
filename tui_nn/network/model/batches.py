"""Batches: the rows of the data that each update uses."""

from functools import lru_cache
from random import Random
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.r_generator import r_sample, r_twister

LISTED, SHUFFLED = "listed", "shuffled"
ORDERS = LISTED, SHUFFLED
"""The orders in which an epoch goes through the rows: as they are listed, or shuffled anew in each epoch."""

# How many states of the generator are kept, from which later epochs are shuffled.
_MOST_STATES = 256
_OLDEST_EPOCHS = 8


@frozen_dataclass
class Batches:
    """How the rows are dealt into batches: ``size`` rows in each, in an ``order`` among `ORDERS`.

    A size of 0 means all rows. ``seed`` is that of the shuffling: R's ``set.seed(seed)``, then ``sample(n)`` once for
    each epoch.
    """

    size: int = 0
    order: str = LISTED
    seed: int = 1


ALL_ROWS = Batches()


class Epochs:
    """The epochs of a run: in each, batch after batch, every row is used once. The last batch may be smaller."""

    def __init__(self, rows: int, batches: Batches) -> None:
        self.rows, self.batches = rows, batches
        self.batch_size = min(batches.size or rows, rows)
        self.per_epoch = -(-rows // self.batch_size)
        """The number of iterations in an epoch."""
        self._orders = _Shuffled(rows, batches.seed) if batches.order == SHUFFLED else None
        self._listed = np.arange(rows)

    @property
    def is_one_batch(self) -> bool:
        """Whether each iteration uses all rows in the same order."""
        return self.per_epoch == 1 and self._orders is None

    def epoch_of(self, iteration: int) -> int:
        """The epoch that ``iteration`` belongs to; both count from 1."""
        return (iteration - 1) // self.per_epoch + 1

    def is_first_of_epoch(self, iteration: int) -> bool:
        """Whether an epoch begins with ``iteration``."""
        return (iteration - 1) % self.per_epoch == 0

    def first_iteration(self, epoch: int) -> int:
        """The iteration with which ``epoch`` begins; both count from 1."""
        return (epoch - 1) * self.per_epoch + 1

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes that batches have: one, or two where the last batch of each epoch is smaller."""
        return tuple(dict.fromkeys((self.count(1), self.count(self.per_epoch))))

    def count(self, iteration: int) -> int:
        """How many rows the batch of ``iteration`` has."""
        begin = (iteration - 1) % self.per_epoch * self.batch_size
        return min(self.batch_size, self.rows - begin)

    def rows_of(self, iteration: int) -> NDArray[np.intp]:
        """The rows of the batch of ``iteration``, counted from 0, in the order in which they are drawn."""
        begin = (iteration - 1) % self.per_epoch * self.batch_size
        order = self._orders.of_epoch(self.epoch_of(iteration)) if self._orders else self._listed
        return order[begin : begin + self.batch_size]


@lru_cache(maxsize=32)
def epochs(rows: int, batches: Batches) -> Epochs:
    """The epochs over so many rows; the same object for all runs with them."""
    return Epochs(rows, batches)


class _Shuffled:
    """The order of the rows in each epoch. Any thread may ask for any epoch."""

    def __init__(self, rows: int, seed: int) -> None:
        self._rows, self._lock = rows, Lock()
        self._twister = r_twister(seed)
        # The states before the epochs 1, 1 + stride, 1 + 2 · stride, …, and the epoch that the twister comes to next.
        self._states, self._stride, self._next = [self._twister.getstate()], 1, 1
        self._recent: dict[int, NDArray[np.intp]] = {}

    def of_epoch(self, epoch: int) -> NDArray[np.intp]:
        found = self._recent.get(epoch)
        if found is None:
            with self._lock:
                found = self._shuffled(epoch)
        return found

    def _shuffled(self, epoch: int) -> NDArray[np.intp]:
        if epoch in self._recent:
            return self._recent[epoch]
        known = min((epoch - 1) // self._stride, len(self._states) - 1)
        if not 1 + known * self._stride <= self._next <= epoch:
            self._twister = Random()  # noqa: S311 - nothing is to be kept secret
            self._twister.setstate(self._states[known])
            self._next = 1 + known * self._stride
        order: list[int] = []
        while self._next <= epoch:
            order = r_sample(self._twister, self._rows)
            self._next += 1
            if self._next == 1 + len(self._states) * self._stride:
                self._keep_state()
        found = np.array(order)
        found.flags.writeable = False
        kept = [*self._recent.items()][1 - _OLDEST_EPOCHS :]
        self._recent = {**dict(kept), epoch: found}
        return found

    def _keep_state(self) -> None:
        if len(self._states) == _MOST_STATES:
            self._states, self._stride = self._states[::2], 2 * self._stride
        self._states.append(self._twister.getstate())
