"""Measures how many digits two programs agree on if they compute the same run and round differently.

Each program rounds in its own way: another order of a sum, another exp. Where gradient descent contracts, such a
difference of 1e-16 stays that small. Elsewhere (the learning rate is too large for the curvature of J, or the run
leaves a plateau in one of several directions) it grows in every iteration, until the programs show different runs.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import floor, inf, isfinite, log10, sqrt
from sys import maxsize

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.linearised_steps import EPSILON, LONGEST_STROKE, LinearisedSteps, trained_places
from tui_nn.network.formulas.costs import cost_of, summed_cost
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import views
from tui_nn.network.model.stopping import StopReason
from tui_nn.network.training.passes import Pass
from tui_nn.network.training.run import Run, Segment
from tui_nn.network.training.run_state import beginning, state_size
from tui_nn.network.training.trainer import SequentialTrainer, StackedTrainer

PROMISED = 9
"""The number of digits of a run that agree between programs, unless the run amplifies rounding."""

_MOST_DIGITS = 15
# A factor of safety: another program may differ more than the few copies of a run do.
_SAFETY = 30.0
_ROUNDINGS_OF_Y_HAT = 8
# With at most this many multiplications in an iteration, three copies take no longer than one.
_COPIES, _STACKED_WORK = 3, 1000
_BLOCK = 64
# Below this relative size, a difference grows in proportion to itself.
_LINEAR = 1e-6
# After _RUN_AGAIN iterations run again, only every fourth block is run again, as long as no difference grows.
_RUN_AGAIN, _PASSED_OVER = 2048, 3
_GROWN, _NOT_GROWN = 2.0, 1e-12
_POOL = 8191
_LEAST_BLOCK, _SLICE_WORK, _SLICE_CELLS = 8, 2_000_000, 4_000_000
_TINY = 1e-300
# Below this share of the first J, J is only rounding, and goes up and down.
_NOTHING = 1e-20


@frozen_dataclass
class Agreement:
    """How many significant digits of a run agree between programs, up to iteration ``measured``.

    Each of ``losses`` is an iteration and the number of digits that agree from there on, fewer than before.
    """

    measured: int
    losses: tuple[tuple[int, int], ...] = ()

    def digits(self, iteration: int) -> int:
        """How many digits of J and of the weights agree at ``iteration`` and everywhere before it."""
        return next((digits for first, digits in reversed(self.losses) if first <= iteration), _MOST_DIGITS)

    def below(self, digits: int) -> int | None:
        """The iteration from which on fewer than ``digits`` digits agree; None if that many agree throughout."""
        return next((first for first, left in self.losses if left < digits), None)

    @property
    def first(self) -> int | None:
        """The iteration from which on fewer than `PROMISED` digits agree; None if the run does not amplify rounding."""
        return self.below(PROMISED)


def output_rounding(computed: Pass) -> float:
    """√Σ u², where u is how much rounding may change a cell of Ŷ − Y; 0 or more, inf where numbers overflow.

    Each weight and each sum is rounded, and passed on by the layers behind it: where a sum of large numbers is close to
    0, so is Ŷ, but not its error. Where the cost is a function of the last Z, u is the change of a cell of Z.
    """
    network = computed.network
    last = len(network.layers)
    before = np.abs(computed["X"])
    with np.errstate(all="ignore"):
        error = before
        for layer in range(2, last + 1):
            error = (before + error) @ np.abs(computed[f"W{layer - 1}"])
            if network.bias:
                error = error + np.abs(computed[f"b{layer - 1}"])
            if layer == last and summed_cost(network).delta:
                error = error + np.abs(computed[f"Z{layer}"])
                break
            before = np.abs(computed["Y_hat" if layer == last else f"A{layer}"])
            error = before + network.activation_of(layer).derivative(computed[f"Z{layer}"]) * error
        norm = _ROUNDINGS_OF_Y_HAT * EPSILON * float(np.linalg.norm(np.abs(computed["Y"]) + error))
    return norm if isfinite(norm) else inf


def cost_rounding(network: Network, rows: int, cost: float, of_outputs: float) -> float:
    """How much J, which is ``cost`` over so many rows, changes at most if Ŷ changes by its rounding, `output_rounding`.

    That is √(2cJ) |u| + ½ c |u|², c being the cost's curvature: as J is nowhere below 0, |∂J/∂Ŷ| is at most √(2cJ).
    (Or ∂J/∂Z, where the cost is a function of the last Z.)
    For J = 1e-16 that is far more than J's own rounding.
    """
    curvature = cost_of(network, rows).curvature
    return (
        of_outputs * sqrt(2 * curvature * cost) + 0.5 * curvature * (of_outputs * of_outputs)
        if isfinite(of_outputs)
        else inf
    )


def agreement(run: Run, until: int, stop: Callable[[], bool] = lambda: False) -> Agreement:
    """How many digits of ``run`` agree between programs, up to iteration ``until`` or the last one computed.

    Follows copies of the run, which are rounded at random in every iteration, as they move away from it. In each
    iteration, a difference between two runs is multiplied by ∂w_next/∂w; where the weights hardly move, a power of
    that matrix takes many iterations in one stroke. Calls ``stop`` every few milliseconds, and ends if it is true.
    """
    last = min(until, run.reached)
    if run.stopped and last == run.stopped.iteration and run.stopped.reason is not StopReason.PATIENCE:
        # There is no update to follow in the iteration with which the run stops.
        last -= 1
        if not last:
            return Agreement(1)
    followed = _Followed(run)
    for segment, end in _segments(run, last):
        if not followed.to_the_end_of(segment, end, stop):
            break
    return Agreement(followed.iteration - 1, tuple(followed.losses))


def _segments(run: Run, last: int) -> Iterator[tuple[Segment, int]]:
    """Each segment up to iteration ``last``, with its own last iteration."""
    firsts = [*(segment.first for segment in run.segments), maxsize]
    for segment, (first, after) in zip(run.segments, pairwise(firsts), strict=True):
        if first <= last:
            yield segment, min(after - 1, last)


class _Followed:
    """The copies of one run, stored as differences from the state that ``iteration`` starts from."""

    def __init__(self, run: Run) -> None:
        self._run = run
        network = run.network
        work = max(segment.dataset.rows for segment in run.segments) * network.size
        self._size, self._copies = state_size(network), _COPIES if work <= _STACKED_WORK else 1
        # Always the same pseudorandom numbers from −1 to 1; importing numpy's generators would take 90 ms.
        places = np.arange(_POOL + self._size * self._copies)
        self._pool = np.modf(43758.5453 * np.sin(12.9898 * places + 1))[0]
        is_trained = np.zeros((network.size, 1))
        is_trained[trained_places(network)] = 1.0
        # What the optimizer keeps has a number for each parameter.
        self._is_trained = np.tile(is_trained, (self._size // network.size, 1))
        self._layers = _layers(network)
        self._scales = np.zeros(network.depth)
        self._differences = self._noise(0) * EPSILON * beginning(network, run.parameters(1))[:, np.newaxis]
        self._run_again = 0
        # Caches `output_rounding` and its iteration: it hardly changes from one iteration to the next.
        self._rounding, self._rounding_iteration = 0.0, 0
        self.iteration = 1
        self.losses: list[tuple[int, int]] = []

    def _noise(self, number: int) -> Array:
        """Pseudorandom numbers from −1 to 1, shape (state size, copies); each ``number`` gives others.

        They are 0 for fixed parameters, which are the same in every program.
        """
        place = number * 4099 % _POOL
        noise = self._pool[place : place + self._size * self._copies].reshape(-1, self._copies)
        return np.asarray(noise * self._is_trained)

    def to_the_end_of(self, segment: Segment, end: int, stop: Callable[[], bool]) -> bool:
        """Follows the copies to iteration ``end`` of a segment; False if no digit is left, or ``stop()`` is true."""
        flat = self._flat(segment.first)
        # Weights set by hand are the same in every program.
        self._differences[_places_set(self._run.network, segment)] = 0
        self._rounding_iteration = -_BLOCK
        stroke = (
            LinearisedSteps(self._run, segment) if LinearisedSteps.is_worth_it(self._run.network, segment) else None
        )
        trainer = self._trainer_of(segment)
        block = self._block(segment)
        length = _BLOCK
        while self.iteration <= end:
            if stop() or self._digits == 0:
                return False
            begin, left = self.iteration, end + 1 - self.iteration
            self._grow_scales(flat)
            taken = 0
            if stroke and self._error_now < _LINEAR:
                taken = stroke.length(begin, length, left)
            if stroke and taken:
                of_outputs = output_rounding(self._run.pass_at(begin)) / _ROUNDINGS_OF_Y_HAT
                self._differences = stroke.after(self._differences, taken, self._noise(2 * begin), of_outputs)
                self.iteration += taken
                self._note(begin, max(self._error_now, *(self._error_of_J(i) for i in (begin, self.iteration))))
                length = min(2 * taken, LONGEST_STROKE)
            else:
                before = self._error_now
                self._follow(trainer, min(block, left))
                length = _BLOCK
                self._run_again += self.iteration - begin
                if self._run_again > _RUN_AGAIN and self._error_now <= max(_GROWN * before, _NOT_GROWN):
                    self.iteration += min(_PASSED_OVER * _BLOCK, end + 1 - self.iteration)
            flat = self._flat(self.iteration)
        return self._digits > 0

    def _trainer_of(self, segment: Segment) -> StackedTrainer | SequentialTrainer:
        network, dataset, rate = segment.network_of(self._run.network), segment.dataset, segment.learning_rate
        if self._copies > 1:
            return StackedTrainer(network, dataset, rate, self._copies, segment.pace)
        return SequentialTrainer(network, dataset, rate, segment.pace)

    def _block(self, segment: Segment) -> int:
        """How many iterations to run again between two calls of ``stop``: a power of 2, less if iterations are slow."""
        work = min(_SLICE_WORK // (segment.dataset.rows * self._size), _SLICE_CELLS // (self._size * self._copies))
        return 1 << (max(_LEAST_BLOCK, min(_BLOCK, work)).bit_length() - 1)

    @property
    def _digits(self) -> int:
        return self.losses[-1][1] if self.losses else _MOST_DIGITS

    def _flat(self, iteration: int) -> Array:
        return self._run.parameters(iteration).flat

    def _grow_scales(self, flat: Array) -> None:
        """Keeps the largest number of each layer, to which errors are relative: a single weight may pass through 0."""
        np.maximum(self._scales, [np.abs(flat[places]).max() for places in self._layers], out=self._scales)

    @property
    def _error_now(self) -> float:
        return self._errors_of(self._differences[np.newaxis], self._scales[np.newaxis])[0]

    def _errors_of(self, differences: Array, scales: Array) -> list[float]:
        """The largest relative difference among the parameters, for each iteration.

        ``differences`` have the shape (iterations, state size, copies), ``scales`` the shape (iterations, layers).
        """
        with np.errstate(all="ignore"):
            largest = np.column_stack([np.abs(differences[:, places]).max(axis=(1, 2)) for places in self._layers])
            errors = (largest / np.maximum(scales, _TINY)).max(axis=1)
        errors[~np.isfinite(errors)] = inf
        return list(errors.tolist())

    def _error_of_J(self, iteration: int) -> float:
        """The relative change of J that the differences make: their product with the gradient."""
        iteration = min(iteration, self._run.reached)
        cost, computed = self._run.cost(iteration), self._run.pass_at(iteration)
        gradient = np.concatenate([computed[f"dJd{name}"].ravel() for name in self._run.network.shapes])
        change = float(np.abs(gradient @ self._differences[: len(gradient)]).max())
        return self._relative(change, cost, output_rounding(computed), len(computed["Y"]))

    def _follow(self, trainer: StackedTrainer | SequentialTrainer, count: int) -> None:
        """Runs the copies for ``count`` iterations, rounding them at random in each."""
        begin = self.iteration
        flats = self._run.states(begin, count)
        own = self._run.costs[begin - 1 : begin - 1 + count]
        with np.errstate(all="ignore"):
            weights = flats[0][:, np.newaxis] + self._differences
            passed, costs = np.empty((count, *weights.shape)), np.empty((count, weights.shape[1]))
            for i in range(count):
                after = trainer.advance(weights, costs[i : i + 1], begin + i)
                step = after - weights
                number = 2 * (begin + i)
                after += EPSILON * (after * self._noise(number) + 2 * step * self._noise(number + 1))
                passed[i] = weights = after
            differences = passed - flats[1:, :, np.newaxis]
            largest = np.column_stack([np.abs(flats[1:, places]).max(axis=1) for places in self._layers])
            scales = np.maximum.accumulate(np.maximum(largest, self._scales))
            if begin >= self._rounding_iteration + _BLOCK:
                computed = self._run.pass_at(begin)
                self._rounding_iteration, self._rounding = begin, output_rounding(computed)
                self._rows = len(computed["Y"])
            changes = np.abs(costs - own[:, np.newaxis]).max(axis=1)
            errors = self._errors_of(differences, scales)
            for i, (change, cost) in enumerate(zip(changes.tolist(), own.tolist(), strict=True)):
                self._note(begin + i, max(self._relative(change, cost, self._rounding, self._rows), errors[i]))
        self._differences, self._scales = np.ascontiguousarray(differences[-1]), scales[-1]
        self.iteration += count

    def _relative(self, change: float, cost: float, of_outputs: float, rows: int) -> float:
        """How far a change of J goes beyond the largest rounding error that a program can make in J, divided by J."""
        beyond = change - _SAFETY * cost_rounding(self._run.network, rows, cost, of_outputs)
        if cost + change < _NOTHING * self._run.costs[0] or beyond <= 0:
            return 0.0
        if np.isnan(beyond):
            return inf
        return beyond / cost if cost else inf

    def _note(self, iteration: int, error: float) -> None:
        """Keeps how many digits agree, given the largest relative difference at an iteration."""
        digits = _digits_of(error)
        if digits < self._digits:
            self.losses.append((iteration, digits))


def _digits_of(error: float) -> int:
    if not error > 0:
        return _MOST_DIGITS
    # An error so large that its product with the factor of safety overflows leaves no digit, either.
    return min(_MOST_DIGITS, max(0, floor(-log10(_SAFETY * error)))) if error < 1 else 0


def _layers(network: Network) -> list[NDArray[np.intp]]:
    """The indices of each layer's weights and biases in the flat parameters."""
    indices = _indices(network).items()
    layers = range(1, network.depth + 1)
    return [np.concatenate([own.ravel() for name, own in indices if int(name[1:]) == layer]) for layer in layers]


def _places_set(network: Network, segment: Segment) -> list[int]:
    """The indices, in the flat parameters, of the weights that a segment sets."""
    indices = _indices(network)
    return [int(indices[cell.name][cell.row - 1, cell.column - 1]) for cell in segment.weights]


def _indices(network: Network) -> dict[str, NDArray[np.intp]]:
    """The index of each parameter in the flat parameters, by its matrix and in its shape."""
    return {name: cells.astype(np.intp) for name, cells in views(network, np.arange(float(network.size))).items()}
