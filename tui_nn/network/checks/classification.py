"""How well predictions name the classes of the data: accuracy, confusion matrix, log-likelihood."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs.cross_entropy import CROSS_ENTROPY
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import UNKNOWN, Classes, ClassNumbers
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.training.passes import Pass

Counts = NDArray[np.int_]


@frozen_dataclass(eq=False)
class Classification:
    """The class predicted for each row of the data, beside the true one.

    ``predicted`` has the number of the class of each row, from 0, and `UNKNOWN` where Ŷ is inf or nan; ``truth`` its
    right class.
    """

    classes: Classes
    predicted: ClassNumbers
    truth: ClassNumbers

    @cached_property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Which rows have a predicted class, but not the right one; shape (rows,)."""
        return np.asarray((self.predicted != self.truth) & (self.predicted != UNKNOWN))

    @cached_property
    def unknown(self) -> int:
        """How many rows have no predicted class. If there are any, all values below are None."""
        return int((self.predicted == UNKNOWN).sum())

    @cached_property
    def right(self) -> int | None:
        """How many rows have the right class."""
        return None if self.unknown else int((self.predicted == self.truth).sum())

    @property
    def accuracy(self) -> float | None:
        """The share of rows with the right class. Source: R's ``mean(predicted == truth)``."""
        return None if self.right is None else self.right / len(self.predicted)

    @cached_property
    def confusion(self) -> Counts | None:
        """How many rows of each class have which prediction: a row for each true class, a column for each predicted.

        Source: R's ``table(truth, predicted)``.
        """
        if self.unknown:
            return None
        count = len(self.classes.names)
        pairs = self.truth * count + self.predicted
        return np.bincount(pairs, minlength=count * count).reshape(count, count)

    @property
    def sensitivity(self) -> float | None:
        """Of two classes in one column: the share of the second one's rows that are predicted as it."""
        return self._share_of(1)

    @property
    def specificity(self) -> float | None:
        """Of two classes in one column: the share of the first one's rows that are predicted as it."""
        return self._share_of(0)

    def _share_of(self, number: int) -> float | None:
        if self.confusion is None or not self.classes.is_binary:
            return None
        of_class = self.confusion[number]
        # A batch may have no row of a class.
        return float(of_class[number] / of_class.sum()) if of_class.any() else None


def classification(dataset: Dataset, Y_hat: Array, rows: NDArray[np.intp] | None = None) -> Classification | None:
    """The classes that ``Y_hat`` means for some rows of ``dataset``; None if these belong to no classes.

    ``Y_hat`` has the outputs of the network, shape (rows, outputs). ``rows`` are the numbers of the rows, counted from
    0; without them, it is of all rows.
    """
    classes = dataset.classes
    if not classes:
        return None
    truth = classes.truth if rows is None else classes.truth[rows]
    return Classification(classes, classes.predicted(dataset.in_units(Y_hat)), truth)


def has_probabilities(network: Network, dataset: Dataset) -> bool:
    """Whether the cells of Ŷ are probabilities, so that J, as a sum without penalties, is −log-likelihood.

    This is so if the cost is cross-entropy and y is not scaled.
    """
    return bool(dataset.classes) and network.cost == CROSS_ENTROPY.name and np.array_equal(dataset.Y, dataset.y)


def log_likelihood(dataset: Dataset, computed: Pass) -> float | None:
    """The logarithm of the probability that the network gives to the classes of the iteration's rows.

    None without probabilities.

    It is minus the data's part of J, as a sum over the rows, so it keeps the digits that J has. With softmax it is
    Σ ln p of each row's class. Each sigmoid output is a probability of its own: there it is the sum of ln ŷ where y
    is 1 and of ln(1 − ŷ) where y is 0, over all outputs.
    """
    network = computed.network
    if not has_probabilities(network, dataset):
        return None
    return -computed.data_cost * (len(computed["Y"]) if network.reduction == MEAN else 1)
