"""Gradient descent with changes on the way: from some iteration on another rate, other data, weights set by hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, takewhile
from sys import maxsize
from threading import Lock
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import DataRows, Dataset
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.parameters import Parameters, views
from tui_nn.network.model.penalty import Penalty
from tui_nn.network.model.stopping import NEVER, Stopping
from tui_nn.network.training.passes import Pass
from tui_nn.network.training.run_state import beginning
from tui_nn.network.training.stops import NOT_YET, LeastTestCost, Stop
from tui_nn.network.training.trajectory import MEMORY, Overflow, Trajectory


@frozen_dataclass
class WeightCell:
    """One weight or bias, set by hand: matrix by its lecture name (W1, b2), row and column from 1, and value."""

    name: str
    row: int
    column: int
    value: float


@frozen_dataclass(eq=False)
class Segment:
    """What holds from iteration ``first`` on: the data, the rate, the penalty, and the weights set before its pass.

    ``pace`` says how the rate and the rows change from iteration to iteration, ``stopping`` when the run ends. Without
    a ``penalty``, that of the run's network holds.
    """

    first: int
    dataset: Dataset
    learning_rate: float
    weights: tuple[WeightCell, ...] = ()
    penalty: Penalty | None = None
    pace: Pace = EVEN
    stopping: Stopping = NEVER

    def rate_at(self, iteration: int) -> float:
        """The learning rate of ``iteration``, which belongs to this segment."""
        return self.learning_rate * self.pace.schedule.factor(iteration)

    def rows_at(self, iteration: int) -> DataRows:
        """The rows of the data that ``iteration`` computes with."""
        return self.pace.rows_of(self.dataset, iteration)

    def network_of(self, network: Network) -> Network:
        """The network of this segment, of a run of ``network``."""
        return network if self.penalty is None else replace(network, penalty=self.penalty)


class _SegmentTrajectory:
    """Makes the trajectory of a segment once the segment before it is complete; runs share these objects."""

    def __init__(
        self, network: Network, segment: Segment, before: "Parameters | _SegmentTrajectory", memory: int
    ) -> None:
        self.segment = segment
        self.made: Trajectory | None = None
        self._network, self._before, self._memory = network, before, memory
        self._lock = Lock()

    def get(self) -> Trajectory:
        with self._lock:
            if self.made is None:
                segment, before = self.segment, self._before
                waiting = NOT_YET
                if isinstance(before, _SegmentTrajectory):
                    count = segment.first - before.segment.first
                    state = before.get().state(count + 1).copy()
                    if before.segment.dataset is segment.dataset:
                        waiting = before.get().waiting_after(count)
                        waiting = waiting._replace(best=None if waiting.best is None else waiting.best - count)
                else:
                    state = beginning(self._network, before)
                parameters = views(self._network, state[: self._network.size])
                for cell in segment.weights:
                    parameters[cell.name][cell.row - 1, cell.column - 1] = cell.value
                self.made = Trajectory(
                    segment.network_of(self._network),
                    segment.dataset,
                    state,
                    segment.learning_rate,
                    self._memory,
                    segment.pace,
                    segment.first,
                    segment.stopping,
                    waiting,
                )
            return self.made


_Span: TypeAlias = tuple[_SegmentTrajectory, int, int]
"""The trajectory of a segment, the number of iterations before it, and its own last one."""


class _JoinedCosts:
    """The costs of all segments in one array, to which each call adds only those that are new."""

    def __init__(self, of_trajectory: Callable[[Trajectory], Array]) -> None:
        self._of_trajectory = of_trajectory
        self._buffer, self._known = np.empty(0), 0
        self._lock = Lock()

    def up_to(self, reached: int, spans: Sequence[_Span]) -> Array:
        """The costs of the first ``reached`` iterations; read-only."""
        first, _before, end = spans[0]
        if reached <= end:
            return self._of_trajectory(first.get())[:reached]
        with self._lock:
            if reached > len(self._buffer):
                # A reader may hold a part of the old one.
                buffer = np.empty(2 * reached)
                buffer[: self._known] = self._buffer[: self._known]
                self._buffer = buffer
            for part, before, end in spans:
                begin, stop = max(self._known, before), min(reached, end)
                if begin < stop:
                    self._buffer[begin:stop] = self._of_trajectory(part.get())[begin - before : stop - before]
            self._known = max(self._known, reached)
            costs = self._buffer[:reached]
            costs.flags.writeable = False
            return costs


class Run:
    """Iterations 1, 2, 3, … of gradient descent, with changes on the way, computed as far as `extend` was asked to.

    The first segment starts from ``start``, each later one from the parameters after the segment before it; then each
    sets its own weights. The last segment goes on until numbers overflow or a condition of its ``stopping`` is met.
    Each segment has a `Trajectory`, with an equal share of ``memory`` bytes.
    Runs share what they compute: a run takes over the trajectories of one of ``sharing`` for the segments that both
    begin with, if these are the same objects, the start is too, and the networks are equal. Any thread may extend or
    read while others do.

    Raises ValueError unless the segments are in order from iteration 1 on, and `ValidationError` if a segment's data
    do not have the network's columns, or if it sets a weight that the network does not have or that is not finite.
    """

    def __init__(
        self,
        network: Network,
        start: Parameters,
        segments: Sequence[Segment],
        sharing: Iterable["Run"] = (),
        memory: int = MEMORY,
    ) -> None:
        firsts = [segment.first for segment in segments]
        if firsts[:1] != [1] or any(later <= earlier for earlier, later in pairwise(firsts)):
            raise ValueError(f"segments begin at {firsts}; expected 1 and then each after the one before")
        for segment in segments:
            _check_fit(network, segment)
        self.network, self.start, self.segments = network, start, tuple(segments)
        alike = (run for run in sharing if run.network == network and run.start is start)
        self._trajectories: list[_SegmentTrajectory] = max(
            (run._in_common(segments) for run in alike), key=len, default=[]
        )
        # A file may ask for hundreds of segments: together they keep not much more than one.
        share = memory // len(self.segments)
        for segment in self.segments[len(self._trajectories) :]:
            self._trajectories.append(
                _SegmentTrajectory(network, segment, self._trajectories[-1] if self._trajectories else start, share)
            )
        self._trajectories[0].get()
        before_each = [first - 1 for first in firsts]
        self._spans: list[_Span] = [*zip(self._trajectories, before_each, [*before_each[1:], maxsize], strict=True)]
        self._joined_costs = _JoinedCosts(lambda trajectory: trajectory.costs)
        self._joined_data_costs = _JoinedCosts(lambda trajectory: trajectory.data_costs)

    @property
    def reached(self) -> int:
        """The number of iterations that are complete: their cost is known, and any update is finite."""
        trajectory, before, end = self._front()
        return min(before + trajectory.reached, end)

    @property
    def overflow(self) -> Overflow | None:
        """Where the run ends because numbers overflow, once that was reached."""
        trajectory, before, end = self._front()
        overflow = trajectory.overflow
        # Past the segment's end, only another run gets there, one without the next change.
        if overflow is None or before + overflow.iteration > end:
            return None
        return Overflow(before + overflow.iteration, overflow.name)

    @property
    def stopped(self) -> Stop | None:
        """Where the run ends because a condition is met, once that was reached."""
        trajectory, before, end = self._front()
        stopped = trajectory.stopped
        if stopped is None or before + stopped.iteration > end:
            return None
        return replace(
            stopped, iteration=before + stopped.iteration, best=None if stopped.best is None else before + stopped.best
        )

    @property
    def least_test_cost(self) -> LeastTestCost | None:
        """The least test cost at the end of an epoch, as far as the run was computed.

        None if the run does not wait for the test cost to fall, that is, without patience or test rows.
        """
        trajectory, before, end = self._front()
        seen = trajectory.waiting_after(min(trajectory.reached, end - before))
        return None if seen.best is None else LeastTestCost(before + seen.best, seen.least)

    def parameters_after(self, iteration: int) -> Parameters:
        """The parameters after the update of ``iteration``, before a segment that begins then sets its weights.

        Raises IndexError where the iteration is not complete.
        """
        return Parameters.from_flat(self.network, self.flat_parameters(iteration, 1)[1])

    @property
    def has_ended(self) -> bool:
        """Whether there are no further iterations: numbers overflow, or a condition is met."""
        return bool(self.overflow or self.stopped)

    @property
    def last(self) -> int:
        """The last iteration that `pass_at` can show: the one reached, or the one that overflows. 0 before any."""
        overflow = self.overflow
        return overflow.iteration if overflow else self.reached

    @property
    def costs(self) -> Array:
        """J of every complete iteration, shape (reached,); read-only."""
        return self._joined_costs.up_to(self.reached, self._spans)

    @cached_property
    def has_penalty(self) -> bool:
        """Whether J has a penalty in some iteration."""
        return any(segment.network_of(self.network).penalised for segment in self.segments)

    @property
    def data_costs(self) -> Array | None:
        """J without its penalty, of every complete iteration, shape (reached,); read-only.

        None where J never has a penalty.
        """
        if not self.has_penalty:
            return None
        return self._joined_data_costs.up_to(self.reached, self._spans)

    def extend(self, until: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Computes up to iteration ``until``, unless the run ends before or ``stop()`` becomes true.

        ``stop`` is asked every few milliseconds, or after every iteration where one takes longer than that.
        """
        for part, before, end in self._spans:
            trajectory, wanted = part.get(), min(until, end) - before
            # If it has enough iterations, this run does not wait for another one that is extending it.
            if trajectory.reached < wanted:
                trajectory.extend(wanted, stop)
                if until > end:
                    # Otherwise each of a thousand segments would keep its own buffers.
                    trajectory.free_buffers()
            if until <= end or before + trajectory.reached < end or self.stopped:
                return

    def free_buffers(self) -> None:
        """Frees the buffers in which iterations are computed; further iterations allocate new ones."""
        for part in self._trajectories:
            if part.made:
                part.made.free_buffers()

    def cost(self, iteration: int) -> float:
        """J of ``iteration``, before its update. Raises IndexError where it is not complete."""
        part, own = self._place(iteration, self.reached)
        return part.get().cost(own)

    def data_cost(self, iteration: int) -> float:
        """J of ``iteration`` without its penalty. Raises IndexError where it is not complete."""
        part, own = self._place(iteration, self.reached)
        return part.get().data_cost(own)

    def parameters(self, iteration: int) -> Parameters:
        """The parameters that ``iteration`` starts from, after its segment has set its weights.

        Those after the last update that is made are `reached` + 1's. Raises IndexError past that.
        """
        part, own = self._place(iteration, self.reached + 1)
        return part.get().parameters(own)

    def flat_parameters(self, first: int, count: int) -> Array:
        """The parameters that ``count`` iterations start from, and those after the last; shape (count + 1, size).

        Each row has all parameters of an iteration, as in `Parameters.flat`. The iterations are of one segment: those
        between two edits of the run. The last row is that before the next edit sets any weights. Raises IndexError past
        `reached`.
        """
        part, own = self._place(first, self.reached)
        return part.get().flat_parameters(own, count + 1)

    def states(self, first: int, count: int) -> Array:
        """As `flat_parameters`, with all of each state: shape (count + 1, state size)."""
        part, own = self._place(first, self.reached)
        return part.get().states(own, count + 1)

    def segment_at(self, iteration: int) -> Segment:
        """The segment that ``iteration`` belongs to."""
        return next(segment for segment in self.segments[::-1] if segment.first <= iteration)

    def pass_at(self, iteration: int) -> Pass:
        """The whole of ``iteration``, from 1 to `last`. Raises IndexError outside."""
        part, own = self._place(iteration, self.last)
        return part.get().pass_at(own)

    def work_to(self, iteration: int) -> int:
        """How many multiplications, about, `pass_at` has to make for ``iteration``, which is `reached` + 1 at most."""
        part, own = self._place(iteration, self.reached + 1)
        return part.get().work_to(own)

    def _in_common(self, segments: Sequence[Segment]) -> list[_SegmentTrajectory]:
        same = takewhile(lambda pair: pair[0] is pair[1], zip(self.segments, segments, strict=False))
        return self._trajectories[: len([*same])]

    def _front(self) -> tuple[Trajectory, int, int]:
        """The trajectory of the last segment that has begun, and its span; the segments before it are complete."""
        return next((made, before, end) for part, before, end in self._spans[::-1] if (made := part.made))

    def _place(self, iteration: int, last: int) -> tuple[_SegmentTrajectory, int]:
        if not 1 <= iteration <= last:
            raise IndexError(f"iteration {iteration} is not among those from 1 to {last}")
        return next((part, iteration - before) for part, before, end in self._spans if iteration <= end)


def _check_fit(network: Network, segment: Segment) -> None:
    columns, units = (segment.dataset.inputs, segment.dataset.outputs), (network.layers[0], network.layers[-1])
    for key, found, expected in zip("xy", columns, units, strict=True):
        if found != expected:
            raise ValidationError(
                key,
                _("a table of {columns} columns", columns=found),
                _("{units}, as many as the network has units there", units=expected),
            )
    for cell in segment.weights:
        rows, width = network.shapes.get(cell.name, (0, 0))
        if not (1 <= cell.row <= rows and 1 <= cell.column <= width and np.isfinite(cell.value)):
            found_there = _(
                "{number} in row {row}, column {column}", number=cell.value, row=cell.row, column=cell.column
            )
            raise ValidationError(cell.name, found_there, _("a finite number in a cell that the network has"))
