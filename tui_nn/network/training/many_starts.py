"""Trains a network from many starts: where gradient descent gets stuck in a flat region, another start may help."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.errors import ValidationError, quoted
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.starts import START_METHODS, Start
from tui_nn.network.training.passes import CostAt, compute_pass
from tui_nn.network.training.run_outcome import (
    RISE,
    Evidence,
    Outcome,
    constant_cost,
    floor_of,
    has_learnt,
    is_flat,
    outcomes,
    slopes_of,
)
from tui_nn.network.training.run_state import state_size
from tui_nn.network.training.trainer import SequentialTrainer, StackedTrainer, cells_of_a_run, gains_by_stacking

_CURVE = 200
_CELLS_OF_ALL_CURVES = 4_000_000
_STACKED_BYTES = 4 * 2**20

_SLICE_WORK = 2_000_000
_SLICE_ITERATIONS = 512
_DRAWS_AT_A_TIME = 16


@frozen_dataclass(eq=False)
class ManyStarts:
    """How training went from each of ``seeds``.

    ``costs`` holds J, before the update, of each run at each of ``iterations``, shape (starts, iterations); nan from
    where a run overflowed. The iterations are evenly spaced, from the first to the last: 200 at most, and fewer with
    more than 20 000 starts. Both arrays are read-only. ``evidence`` is what the verdicts on the ends rest on, besides
    ``costs``. ``final_parameters`` has the parameters after the last update of each run, shape (starts, size), each row
    as in `Parameters.flat`; None unless they were asked for.
    """

    seeds: tuple[int, ...]
    iterations: NDArray[np.int64]
    costs: Array
    evidence: Evidence
    final_parameters: Array | None = None

    def __post_init__(self) -> None:
        self.iterations.flags.writeable = False
        self.costs.flags.writeable = False

    @property
    def final_costs(self) -> Array:
        """J of the last iteration, before its update, shape (starts,); nan where the run overflowed by then."""
        return self.costs[:, -1]

    @property
    def overflowed(self) -> NDArray[np.bool_]:
        """Which of the runs overflowed, shape (starts,)."""
        return np.isnan(self.final_costs)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How each run ends, in the order of ``seeds``."""
        return tuple(outcomes(self.costs, self.evidence))

    def that_are(self, ending: Outcome) -> NDArray[np.bool_]:
        """Which runs end in this way, shape (starts,)."""
        return np.array([outcome is ending for outcome in self.outcomes], dtype=np.bool_)

    @property
    def stuck(self) -> NDArray[np.bool_]:
        """Which runs are stuck, shape (starts,). Source: lecture 3, on flat regions."""
        return self.that_are(Outcome.STUCK)


def many_starts(
    network: Network,
    dataset: Dataset,
    start: Start,
    learning_rate: float,
    iterations: int,
    seeds: Sequence[int],
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda done: None,  # noqa: ARG005
    pace: Pace = EVEN,
    *,
    keep_parameters: bool = False,
) -> ManyStarts:
    """Trains from what ``start`` draws with each of ``seeds``; each run is that of `Trajectory`, but for rounding.

    A start that draws nothing is the same for every seed, and takes a single one. ``progress`` is told the share of the
    work that is done, from 0 to 1, and ``stop`` is asked, every few milliseconds, or after every iteration where one
    takes longer than that. Once ``stop()`` is true, the result holds the runs that were complete, from the first on.
    With batches, the costs are those of all training rows. With ``keep_parameters``, the result has the final
    parameters. Raises `ValidationError` for several seeds of a start that draws nothing, and for a seed that its
    generator does not take.
    """
    if start.distribution is None and len(seeds) > 1:
        between = _(" or ")
        drawn = between.join(quoted(method.name) for method in START_METHODS.values() if method.distribution)
        expected = _("{drawn}, as the weights are the same for every seed otherwise", drawn=drawn)
        raise ValidationError("method", quoted(start.method), expected)
    starts = [replace(start, seed=seed) for seed in seeds]
    kept = _kept(iterations, len(starts))
    costs = np.empty((len(starts), len(kept)))
    ends = np.empty((len(starts), network.size)) if keep_parameters else None
    together = _together(network, pace.epochs(dataset).batch_size, len(starts))

    def go_on(begin: int, runs: int, iteration: int) -> bool:
        progress((begin + runs * iteration / iterations) / len(starts))
        return not stop()

    rows = dataset.training if dataset.test_rows else dataset
    rises, slopes, pulls, falls = (np.full(len(starts), np.nan) for _ in range(4))
    evidence = Evidence(floor_of(rows, network), constant_cost(rows, network), rises, slopes, pulls, falls)
    complete = 0
    for begin in range(0, len(starts), together):
        chunk = starts[begin : begin + together]
        runs: _Runs
        if together > 1:
            runs = StackedTrainer(network, dataset, learning_rate, len(chunk), pace)
        else:
            runs = SequentialTrainer(network, dataset, learning_rate, pace)
        whole = None if pace.epochs(dataset).is_one_batch else CostAt(network, dataset.training)
        trained = _trained(
            runs, network, pace.epochs(dataset).batch_size, chunk, kept, partial(go_on, begin, len(chunk)), whole
        )
        if trained is None:
            break
        complete = begin + len(chunk)
        costs[begin:complete], rises[begin:complete] = trained.curves, trained.rises
        if ends is not None:
            ends[begin:complete] = trained.states[: network.size].T
        own = replace(evidence, rises=trained.rises)
        for run in np.flatnonzero(is_flat(trained.curves) & ~has_learnt(trained.curves, own)).tolist():
            parameters = Parameters.from_flat(network, trained.states[: network.size, run])
            computed = compute_pass(network, dataset.training, parameters, learning_rate)
            at = begin + run
            slopes[at], pulls[at], falls[at] = slopes_of(computed, learning_rate)
        progress(complete / len(starts))
    every = (values[:complete] for values in (rises, slopes, pulls, falls))
    found = Evidence(evidence.floor, evidence.constant_cost, *every)
    return ManyStarts(tuple(seeds[:complete]), kept, costs[:complete], found, None if ends is None else ends[:complete])


def _kept(iterations: int, starts: int) -> NDArray[np.int64]:
    """The iterations at which costs are kept."""
    count = max(2, min(_CURVE, iterations, _CELLS_OF_ALL_CURVES // max(1, starts)))
    return np.unique(np.linspace(1, iterations, count).round().astype(np.int64))


def _together(network: Network, rows: int, starts: int) -> int:
    """How many runs to compute together: as many as have their buffers in the processor's cache, or one."""
    if starts == 0 or not gains_by_stacking(network, rows):
        return 1
    chunks = -(-starts * cells_of_a_run(network, rows) * 8 // _STACKED_BYTES)
    return -(-starts // chunks)


class _Runs(Protocol):
    """Runs of one network on one dataset, computed side by side."""

    def advance(self, states: Array, costs: Array, first: int = 1) -> Array:
        """Goes on from ``states``, shape (state size, runs), for as many iterations as ``costs`` has rows.

        ``first`` is the number of the first of them. Gives the states after the last update; ``costs``, shape
        (iterations, runs), receives J of each iteration.
        What overflows turns to inf or nan, without a warning, and leaves the other runs alone.
        """


@frozen_dataclass(eq=False)
class _Trained:
    """J at the iterations kept, shape (starts, kept), the share of rises, shape (starts,), and the last states."""

    curves: Array
    rises: Array
    states: Array


def _trained(
    runs: _Runs,
    network: Network,
    rows: int,
    starts: Sequence[Start],
    kept: NDArray[np.int64],
    go_on: Callable[[int], bool],
    whole: CostAt | None,
) -> _Trained | None:
    """Trains from these starts; returns None if ``go_on(iterations done)`` returned False.

    ``whole`` computes J of all rows, where each iteration only has that of its batch.
    """
    states = np.zeros((state_size(network), len(starts)))
    for column, start in enumerate(starts):
        if column % _DRAWS_AT_A_TIME == 0 and not go_on(0):
            return None
        states[: network.size, column] = start.draw(network).flat
    curves = np.full((len(starts), len(kept)), np.nan)
    rises = np.zeros(len(starts))
    finite = np.ones(len(starts), dtype=np.bool_)
    at_once = max(1, min(_SLICE_ITERATIONS, _SLICE_WORK // (rows * network.size * len(starts))))
    last, before = int(kept[-1]), np.full(len(starts), np.nan)
    done = 0
    for column, iteration in enumerate(kept.tolist()):
        # The J of all rows is that of the weights with which the iteration begins.
        until = iteration if whole is None else iteration - 1
        while done < until:
            if not go_on(done):
                return None
            costs = np.empty((min(at_once, until - done), len(starts)))
            states = runs.advance(states, costs, done + 1)
            if whole is None and 2 * done >= last:
                rises += _rises(np.vstack((before, costs)))
            before = costs[-1]
            done += len(costs)
            # Numbers that overflowed stay so: the last ones show whether any did.
            finite &= np.isfinite(costs).all(axis=0) & np.isfinite(states).all(axis=0)
            if not finite.any():
                return _Trained(curves, rises, states)
        if whole is None:
            curves[finite, column] = costs[-1, finite]
        else:
            curves[finite, column] = [whole(states[: network.size, run]) for run in np.flatnonzero(finite)]
    if done < last:
        states = runs.advance(states, np.empty((last - done, len(starts))), done + 1)
    return _Trained(curves, rises / max(1, last - last // 2), states)


def _rises(costs: Array) -> NDArray[np.int64]:
    """In how many updates J goes up, shape (runs,); ``costs`` has shape (iterations, runs)."""
    with np.errstate(all="ignore"):
        counts: NDArray[np.int64] = (costs[1:] > (1 + RISE) * costs[:-1]).sum(axis=0)
    return counts
