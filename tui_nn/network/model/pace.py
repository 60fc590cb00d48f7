"""The pace of a run: the rate and the rows of each iteration."""

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.batches import ALL_ROWS, Batches, Epochs, epochs
from tui_nn.network.model.dataset import DataRows, Dataset
from tui_nn.network.model.schedules import CONSTANT, Schedule


@frozen_dataclass(eq=False)
class Moment:
    """What an iteration has beside its matrices: the rate, and the ``row_numbers`` of its rows, counted from 0.

    ``is_new_epoch``: whether an epoch has ended with the iteration before.
    """

    iteration: int
    learning_rate: float
    row_numbers: NDArray[np.intp]
    is_new_epoch: bool = False

    @property
    def rows(self) -> int:
        """The number of rows that the iteration computes with."""
        return len(self.row_numbers)

    def row_of_data(self, row: int) -> int:
        """The number in the data of the row that stands at ``row`` in X; both count from 1."""
        return int(self.row_numbers[row - 1]) + 1

    def place_of(self, row: int) -> int:
        """Where the row of the data with this number, counted from 1, stands in X; 0 if it is not there."""
        places = np.flatnonzero(self.row_numbers == row - 1)
        return int(places[0]) + 1 if len(places) else 0


@frozen_dataclass
class Pace:
    """How the rate changes from iteration to iteration, and how the rows are dealt into batches."""

    schedule: Schedule = CONSTANT
    batches: Batches = ALL_ROWS

    def epochs(self, dataset: Dataset) -> Epochs:
        """The epochs over the rows of ``dataset`` that are trained on."""
        return epochs(len(dataset.training_rows), self.batches)

    def is_same_for_all(self, dataset: Dataset) -> bool:
        """Whether every iteration has the same rate and the same rows."""
        return self.schedule.is_constant and self.epochs(dataset).is_one_batch

    def rows_of(self, dataset: Dataset, iteration: int) -> DataRows:
        """The rows of the data that ``iteration`` computes with, in the order in which they are drawn."""
        dealt = self.epochs(dataset)
        if dealt.is_one_batch:
            return dataset.training
        return dataset.chosen(dataset.training_rows[dealt.rows_of(iteration)])

    def moment(self, dataset: Dataset, learning_rate: float, iteration: int) -> Moment:
        """The rate and the rows of ``iteration``, where the rate begins with ``learning_rate``."""
        rows, dealt = dataset.training_rows, self.epochs(dataset)
        if not dealt.is_one_batch:
            rows = rows[dealt.rows_of(iteration)]
        is_new_epoch = iteration > 1 and dealt.is_first_of_epoch(iteration)
        return Moment(iteration, learning_rate * self.schedule.factor(iteration), rows, is_new_epoch)


EVEN = Pace()
"""The lecture's: one rate, and all rows in every iteration."""
