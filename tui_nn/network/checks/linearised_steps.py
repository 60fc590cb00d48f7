"""Computes at once what many iterations make of a difference between two runs, while the weights hardly move."""

from math import inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.parameters import views
from tui_nn.network.training.run import Run, Segment
from tui_nn.network.training.trainer import StackedTrainer, cells_of_a_run

EPSILON = 2.0**-52
"""The distance from 1 to the next double."""
LONGEST_STROKE = 2**17
_LEAST_STROKE = 32
# In a stroke: how far weights may move, relative to max(1, |w|), and the logarithm of a difference's greatest growth.
_MOVE, _GROWTH = 0.05, log(2)
_BESIDE = 1e-6
_LARGEST_MAP, _CELLS_OF_A_MAP = 128, 2_000_000


class LinearisedSteps:
    """Computes how a difference between two runs changes in a stroke, which is many iterations at once.

    It multiplies the difference by a power of ∂w_next/∂w = I − η ∂²J/∂w², which hardly changes while the weights hardly
    move. Fixed parameters are left out: they do not differ.
    """

    def __init__(self, run: Run, segment: Segment) -> None:
        self._run, self._segment = run, segment
        trained, network = trained_places(run.network), segment.network_of(run.network)
        self._trainer = StackedTrainer(network, segment.dataset, segment.learning_rate, 2 * len(trained))
        self._trained = trained
        self._known: tuple[int, Array, Array] | None = None
        self._begins = np.empty(0), np.empty(0)
        self._sizes = np.empty(0)
        self._curvature = cost_of(run.network, segment.dataset.rows).curvature
        # How far rounding moves Ŷ, all cells together: by that alone, a small J goes up and down.
        self._rounding = 16 * EPSILON * _norm(1 + np.abs(segment.dataset.Y))
        self._least = 1 << (max(_LEAST_STROKE, 4 * run.network.size) - 1).bit_length()

    @staticmethod
    def is_worth_it(network: Network, segment: Segment) -> bool:
        """Whether computing ∂w_next/∂w takes less time than running the iterations.

        That is so of gradient descent at an even pace; elsewhere, each iteration has another matrix.
        """
        if network.optimizer.name != Optimizer.name or not segment.pace.is_same_for_all(segment.dataset):
            return False
        cells = 2 * network.size * cells_of_a_run(network, segment.dataset.rows)
        return network.size <= _LARGEST_MAP and cells <= _CELLS_OF_A_MAP and bool(network.trained)

    def length(self, begin: int, wanted: int, left: int) -> int:
        """How many iterations, at most ``wanted``, one stroke can take from ``begin`` on; 0 if too few for a stroke.

        The run has ``left`` more iterations. Strokes begin at multiples of their lengths, which are powers of 2, so the
        result for an iteration does not depend on how many come after it.
        """
        before = begin - self._segment.first
        count = max(wanted, self._least)
        while before % count or count > left:
            count //= 2
        while count >= self._least:
            if self._is_calm(begin, count):
                return count
            count //= 2
        return 0

    def _is_calm(self, begin: int, count: int) -> bool:
        """Whether J falls from ``begin`` on, the weights hardly move, and a difference hardly grows."""
        first = self._run.parameters(begin).flat
        middle, end = (self._run.parameters(begin + n).flat for n in (count // 2, count))
        room = _MOVE * np.maximum(1.0, np.abs(first))
        costs = self._run.costs[begin - 1 : begin - 1 + count]
        if not ((np.abs(middle - first) <= room).all() and (np.abs(end - first) <= room).all()):
            return False
        with np.errstate(over="ignore"):
            steepness = np.sqrt(2 * self._curvature * costs[:-1])
            rises = self._rounding * (steepness + self._curvature * self._rounding)
        if not (costs[1:] <= costs[:-1] * (1 + 1e-9) + rises).all():
            return False
        for n, flat in ((0, first), (count, end), (count // 2, middle)):
            powers, directions = self._map(begin + n, flat)
            largest = float(np.abs(powers).max())
            if largest > 1 and not count * log(largest) <= _GROWTH:
                return False
            if n == 0:
                self._begins = powers, directions
        self._sizes = np.abs(first[self._trained])
        return True

    def _map(self, iteration: int, flat: Array) -> tuple[Array, Array]:
        """The eigenvalues and eigenvectors of ∂w_next/∂w, by finite differences; it is symmetric, as ∂²J/∂w² is."""
        if self._known and self._known[0] == iteration:
            return self._known[1:]
        size = len(self._trained)
        beside = _BESIDE * np.maximum(0.01 * max(0.1, float(np.abs(flat).max())), np.abs(flat))
        apart = np.diag(beside)[:, self._trained]
        around = flat[:, np.newaxis]
        after = self._trainer.advance(np.hstack((around + apart, around - apart)), np.empty((1, 2 * size)))
        with np.errstate(all="ignore"):
            slopes = (after[self._trained, :size] - after[self._trained, size:]) / (2 * beside[self._trained])
            slopes = (slopes + slopes.T) / 2
        if not np.isfinite(slopes).all():
            return np.full(size, inf), slopes
        powers, directions = np.linalg.eigh(slopes)
        self._known = iteration, powers, directions
        return powers, directions

    def after(self, differences: Array, count: int, noise: Array, of_outputs: float) -> Array:
        """``differences`` after so many iterations, with the rounding of each iteration, in proportion to ``noise``.

        Each weight is rounded in proportion to itself, and the gradient as Ŷ is, by ``of_outputs``: along an
        eigenvector with the power p that is √(c η (1 − p)) as much, c being the cost's curvature, since c η times the
        square of Ŷ's slope along it is 1 − p.
        """
        powers, directions = self._begins
        trained = self._trained
        result = np.zeros_like(differences)
        with np.errstate(all="ignore"):
            grown = powers**count
            sums = np.where(np.abs(powers) == 1, count, (1 - grown**2) / (1 - powers**2))
            of_weights = EPSILON**2 * ((directions * self._sizes[:, np.newaxis]) ** 2).sum(axis=0)
            of_gradient = self._curvature * self._segment.learning_rate * np.abs(1 - powers) * (of_outputs * of_outputs)
            rounded = np.sqrt((of_weights + of_gradient) * np.abs(sums))
            along = grown[:, np.newaxis] * (directions.T @ differences[trained])
            result[trained] = directions @ (along + sqrt(3) * rounded[:, np.newaxis] * noise[: len(trained)])
        return result


def _norm(sizes: Array) -> float:
    """√(Σ a²), also where a² would overflow; inf where that is too large itself."""
    # A power of 2 takes no digits away.
    unit = 2.0 ** (np.frexp(sizes.max())[1] - 1)
    with np.errstate(over="ignore"):
        return float(unit * np.linalg.norm(sizes / unit))


def trained_places(network: Network) -> NDArray[np.intp]:
    """The indices, in the flat parameters, of those that updates change."""
    places = views(network, np.arange(float(network.size)))
    every = [np.empty(0), *(places[name].ravel() for name in network.trained)]
    return np.concatenate(every).astype(np.intp)
