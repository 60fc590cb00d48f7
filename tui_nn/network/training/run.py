"""Gradient descent with changes on the way: from some iteration on another rate, other data, weights set by hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from sys import maxsize
from threading import Lock

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.training.passes import Pass
from tui_nn.network.training.trajectory import MEMORY, Overflow, Trajectory


@dataclass(frozen=True)
class WeightCell:
    """One weight or bias, set by hand: matrix by its lecture name (W1, b2), row and column from 1, and value."""

    name: str
    row: int
    column: int
    value: float


@dataclass(frozen=True, eq=False)
class Segment:
    """What holds from iteration `first` on: the data, the rate, and the weights set there, before its forward pass."""

    first: int
    dataset: Dataset
    learning_rate: float
    weights: tuple[WeightCell, ...] = ()


class _Descent:
    """A leg with its trajectory, made once the leg before has come so far; the same for all runs that share the leg."""

    def __init__(self, network: Network, leg: Segment, before: "Parameters | _Descent", memory: int) -> None:
        self.leg = leg
        self.trajectory: Trajectory | None = None
        self._network, self._before, self._memory = network, before, memory
        self._lock = Lock()

    def made(self) -> Trajectory:
        with self._lock:
            if self.trajectory is None:
                leg, before = self.leg, self._before
                if isinstance(before, _Descent):
                    before = before.made().parameters(leg.first - before.leg.first + 1)
                flat = before.flat
                for cell in leg.weights:
                    views(self._network, flat)[cell.name][cell.row - 1, cell.column - 1] = cell.value
                start = Parameters.from_flat(self._network, flat)
                self.trajectory = Trajectory(self._network, leg.dataset, start, leg.learning_rate, self._memory)
            return self.trajectory


class Run:
    """Iterations 1, 2, 3, … of gradient descent, with changes on the way, computed as far as `extend` was asked to.

    The first leg begins with ``start``, each other one with the parameters that the one before arrives at, all with
    their own weights put in; the last never ends. Each has a `Trajectory` that keeps its share of ``memory`` bytes. The
    runs ``sharing`` are those that may begin with the same legs: where the objects are the same, the start as well, and
    the network is equal, what one of them computes is there for all. Any thread may extend or read while others do.

    Raises ValueError where the legs are not in order from iteration 1 on, `ValidationError` where a leg's data have
    not the network's columns, or its weights are not among the network's or not finite.
    """

    def __init__(
        self,
        network: Network,
        start: Parameters,
        legs: Sequence[Segment],
        sharing: Iterable["Run"] = (),
        memory: int = MEMORY,
    ) -> None:
        firsts = [leg.first for leg in legs]
        if firsts[:1] != [1] or any(later <= earlier for earlier, later in pairwise(firsts)):
            raise ValueError(f"legs begin at {firsts}; expected 1 and then each after the one before")
        for leg in legs:
            _check_fit(network, leg)
        self.network, self.start, self.legs = network, start, tuple(legs)
        alike = (run for run in sharing if run.network == network and run.start is start)
        self._descents: list[_Descent] = max((run._in_common(legs) for run in alike), key=len, default=[])
        # Hundreds of legs, which a file may ask for, keep together not much more than one.
        share = memory // len(self.legs)
        for leg in self.legs[len(self._descents) :]:
            self._descents.append(_Descent(network, leg, self._descents[-1] if self._descents else start, share))
        self._descents[0].made()
        # Each descent, how many iterations of the run come before it, and up to which one it lasts.
        before_each = [first - 1 for first in firsts]
        self._spans = [*zip(self._descents, before_each, [*before_each[1:], maxsize], strict=True)]
        self._costs = self._room = np.empty(0)
        self._costs_lock = Lock()

    @property
    def reached(self) -> int:
        """The number of iterations that are complete: their cost is known and their update is finite."""
        trajectory, before, end = self._front()
        return min(before + trajectory.reached, end)

    @property
    def overflow(self) -> Overflow | None:
        """Where the run ends because numbers overflow, once that was reached."""
        trajectory, before, end = self._front()
        overflow = trajectory.overflow
        # Past the leg's end, it is another run's, which goes on there without the change.
        if overflow is None or before + overflow.iteration > end:
            return None
        return Overflow(before + overflow.iteration, overflow.name)

    @property
    def last(self) -> int:
        """The last iteration that `pass_at` can show: the one reached, or the one that overflows. 0 before any."""
        overflow = self.overflow
        return overflow.iteration if overflow else self.reached

    @property
    def costs(self) -> Array:
        """J of every complete iteration, shape (reached,); read-only."""
        first, _, end = self._spans[0]
        if self.reached <= end:
            return first.made().costs[:end]
        with self._costs_lock:
            known, reached = len(self._costs), self.reached
            if reached > len(self._room):
                self._room = np.empty(2 * reached)
                self._room[:known] = self._costs
            for descent, before, end in self._spans:
                new = slice(max(known, before), min(reached, end))
                if new.start < new.stop:
                    self._room[new] = descent.made().costs[new.start - before : new.stop - before]
            self._costs = self._room[:reached]
            self._costs.flags.writeable = False
            return self._costs

    def extend(self, until: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Computes up to iteration ``until``, unless the run overflows before or ``stop()`` becomes true.

        ``stop`` is asked every few milliseconds, or after every iteration where one takes longer than that.
        """
        for descent, before, end in self._spans:
            trajectory, wanted = descent.made(), min(until, end) - before
            # Where this run has enough of it, no waiting for another one that is extending it.
            if trajectory.reached < wanted:
                trajectory.extend(wanted, stop)
                if until > end:
                    # Otherwise each of a thousand legs would keep buffers for all rows in every layer.
                    trajectory.rest()
            if until <= end or before + trajectory.reached < end:
                return

    def rest(self) -> None:
        """Frees the buffers in which iterations are computed; further iterations allocate new ones."""
        for descent in self._descents:
            if descent.trajectory:
                descent.trajectory.rest()

    def leg(self, iteration: int) -> Segment:
        """The leg of ``iteration``, whether reached or not. Raises IndexError below 1."""
        return self._place(iteration, maxsize)[0].leg

    def cost(self, iteration: int) -> float:
        """J of ``iteration``, before its update. Raises IndexError where it is not complete."""
        descent, own = self._place(iteration, self.reached)
        return descent.made().cost(own)

    def parameters(self, iteration: int) -> Parameters:
        """The parameters that ``iteration`` starts from, the weights that its leg sets there among them.

        Those after the last update are `reached` + 1's. Raises IndexError past that.
        """
        descent, own = self._place(iteration, self.reached + 1)
        return descent.made().parameters(own)

    def flats(self, first: int, count: int) -> Array:
        """The parameters that ``count`` iterations of a leg start from, and the last result, shape (count + 1, size).

        The parameters after a leg's last iteration do not have the weights that the next leg sets. Raises IndexError
        past `reached`.
        """
        descent, own = self._place(first, self.reached)
        return descent.made().flats(own, count + 1)

    def pass_at(self, iteration: int) -> Pass:
        """The whole of ``iteration``, from 1 to `last`. Raises IndexError outside."""
        descent, own = self._place(iteration, self.last)
        return descent.made().pass_at(own)

    def work_to(self, iteration: int) -> int:
        """How many multiplications, about, `pass_at` has to make for ``iteration``, which is `reached` + 1 at most."""
        descent, own = self._place(iteration, self.reached + 1)
        return descent.made().work_to(own)

    def _in_common(self, legs: Sequence[Segment]) -> list[_Descent]:
        same = takewhile(lambda pair: pair[0] is pair[1], zip(self.legs, legs, strict=False))
        return self._descents[: len([*same])]

    def _front(self) -> tuple[Trajectory, int, int]:
        """The trajectory of the last leg that has begun, and its span; the legs before it are complete."""
        return next((made, before, end) for descent, before, end in self._spans[::-1] if (made := descent.trajectory))

    def _place(self, iteration: int, last: int) -> tuple[_Descent, int]:
        if not 1 <= iteration <= last:
            raise IndexError(f"iteration {iteration} is not among those from 1 to {last}")
        return next((descent, iteration - before) for descent, before, end in self._spans if iteration <= end)


def _check_fit(network: Network, leg: Segment) -> None:
    columns, units = (leg.dataset.inputs, leg.dataset.outputs), (network.layers[0], network.layers[-1])
    for key, found, expected in zip("xy", columns, units, strict=True):
        if found != expected:
            raise ValidationError(
                key, f"a table of {found} columns", f"{expected}, as many as the network has units there"
            )
    for cell in leg.weights:
        rows, width = network.shapes.get(cell.name, (0, 0))
        if not (1 <= cell.row <= rows and 1 <= cell.column <= width and np.isfinite(cell.value)):
            found_there = f"{cell.value} in row {cell.row}, column {cell.column}"
            raise ValidationError(cell.name, found_there, "a finite number in a cell that the network has")
