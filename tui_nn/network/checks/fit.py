"""How well predictions fit some rows of the data: the mean cost, R², the error in the units of y, accuracy, AUC."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.classification import Classification, classification, has_probabilities
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import ClassNumbers
from tui_nn.network.model.dataset import DataRows, Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.training.passes import forward, mean_cost_of


@frozen_dataclass(eq=False)
class Fit:
    """How well the predictions for the ``rows``, counted from 0, fit.

    ``Y_hat`` has the network's outputs, shape (rows, outputs). ``mean_cost`` is the cost as a mean over the rows,
    without a penalty. ``r_squared`` is 1 − Σ (y − ŷ)² / Σ (y − ȳ)² and ``rmse`` √(Σ (y − ŷ)² / N), for each output in
    the units of y; R² is nan where y does not vary. ``log_likelihood`` is None where the outputs are no probabilities,
    ``classes`` and ``auc`` where the data are no classes; AUC is there for the classes 0 and 1 only.
    """

    rows: NDArray[np.intp]
    Y_hat: Array
    mean_cost: float
    r_squared: tuple[float, ...]
    rmse: tuple[float, ...]
    log_likelihood: float | None
    classes: Classification | None
    auc: float | None


def fit_of(network: Network, dataset: Dataset, rows: DataRows, parameters: Parameters) -> Fit:
    """How well the network with these ``parameters`` predicts some rows of ``dataset``; there is at least one."""
    return fit_of_pass(network, dataset, rows.numbers, forward(network, rows, parameters))


def fit_of_pass(network: Network, dataset: Dataset, rows: NDArray[np.intp], computed: Mapping[str, Array]) -> Fit:
    """How well a forward pass over the ``rows`` of ``dataset``, counted from 0, predicts them."""
    y, predicted = dataset.y[rows], dataset.in_units(computed["Y_hat"])
    with np.errstate(all="ignore"):
        squares = ((y - predicted) ** 2).sum(axis=0)
        around_mean = ((y - y.mean(axis=0)) ** 2).sum(axis=0)
        r_squared = np.where(around_mean > 0, 1 - squares / around_mean, np.nan)
        rmse = np.sqrt(squares / len(y))
    cost = mean_cost_of(network, computed)
    classes = classification(dataset, computed["Y_hat"], rows)
    is_binary = classes is not None and classes.classes.is_binary
    return Fit(
        rows,
        computed["Y_hat"],
        cost,
        tuple(r_squared.tolist()),
        tuple(rmse.tolist()),
        -cost * len(y) if has_probabilities(network, dataset) else None,
        classes,
        area_under_curve(classes.truth, predicted[:, 0]) if classes and is_binary else None,
    )


def area_under_curve(truth: ClassNumbers, predicted: Array) -> float | None:
    """The share of the pairs of both classes, 1 and 0, in which the 1 has the larger prediction; equal ones count half.

    None if one of both is missing or a prediction is not finite. Source: the statistic of Mann and Whitney.
    """
    ones, zeros = int((truth == 1).sum()), int((truth == 0).sum())
    if not ones or not zeros or not np.isfinite(predicted).all():
        return None
    # The mean of the ranks of equal predictions.
    _, places, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places.ravel()]
    return float((ranks[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))
