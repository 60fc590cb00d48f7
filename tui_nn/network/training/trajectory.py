"""The run of gradient descent: the parameters and the cost of any iteration, backwards as fast as forwards."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import equations
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.stopping import NEVER, Stopping, StopReason
from tui_nn.network.training.passes import Pass, compute_pass
from tui_nn.network.training.run_state import beginning, state_size
from tui_nn.network.training.stops import NOT_YET, Stop, StopSearch, Waiting
from tui_nn.network.training.trainer import WORK_OF_CALLS, Trainer

MEMORY = 64 * 2**20
"""How many bytes of parameters a trajectory keeps."""

_SLICE_WORK = 2_000_000
# A slice ends soon enough that a key hardly has to wait.
_SLICE_ITERATIONS = 128
_RECOMPUTED_BYTES = 8 * 2**20


@frozen_dataclass
class Overflow:
    """The iteration in which numbers became too large for a double, and the first matrix that did, by its name."""

    iteration: int
    name: str


@frozen_dataclass(eq=False)
class _Progress:
    """What has been computed so far.

    It is replaced as a whole, so that a reader in another thread never sees half of a change. Row k of ``checkpoints``
    holds the state that iteration 1 + k · ``stride`` starts from, and ``after`` that after the last update made. (A run
    that stops because of J or its slopes does not make the update of its last iteration.)
    ``data_costs`` are the parts of ``costs`` that depend on the data; None where J has no penalty.
    """

    checkpoints: Array
    stride: int
    costs: Array
    data_costs: Array | None
    reached: int
    after: Array
    overflow: Overflow | None = None
    stopped: Stop | None = None


class Trajectory:
    """Iterations 1, 2, 3, … of gradient descent, computed as far as `extend` was asked to.

    The state of every iteration, which is the parameters and what the optimizer keeps, is kept up to ``memory`` bytes.
    Past that those of every second, fourth, … iteration are kept, and those between are computed again from there.
    All costs are kept, and all data costs. Any thread may extend or read while others do.

    ``start`` are the parameters of iteration 1, or the state of an iteration. ``first`` is the number that iteration 1
    has in the whole run, of which ``pace`` gives the rates and the rows. ``stopping`` says on which conditions it ends.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        start: Parameters | Array,
        learning_rate: float,
        memory: int = MEMORY,
        pace: Pace = EVEN,
        first: int = 1,
        stopping: Stopping = NEVER,
        waiting: Waiting = NOT_YET,
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.learning_rate = learning_rate
        self.pace = pace
        self._before = first - 1
        self._stops = StopSearch(network, dataset, pace, stopping, self._before, waiting) if stopping.is_there else None
        self._state_size = state_size(network)
        self._capacity = max(2, memory // (8 * self._state_size))
        self._iteration_work = max(WORK_OF_CALLS, pace.epochs(dataset).batch_size * network.size)
        self._slice = max(1, min(_SLICE_ITERATIONS, _SLICE_WORK // self._iteration_work))
        self._trainer: Trainer | None = None
        rows = np.empty((self._capacity, self._state_size))
        data_costs = np.empty(1024) if network.penalised else None
        state = beginning(network, start) if isinstance(start, Parameters) else start
        self._progress = _Progress(rows, 1, np.empty(1024), data_costs, 0, frozen(state))
        self._extend_lock = Lock()
        self._recompute_lock = Lock()
        self._recompute_trainer: Trainer | None = None
        self._recomputed: tuple[int, Array] | None = None

    @property
    def reached(self) -> int:
        """The number of iterations that are complete: their cost is known, and any update is finite."""
        return self._progress.reached

    @property
    def overflow(self) -> Overflow | None:
        """Where the run ends because numbers overflow, once that was reached."""
        return self._progress.overflow

    @property
    def stopped(self) -> Stop | None:
        """Where the run ends because a condition is met, once that was reached."""
        return self._progress.stopped

    @property
    def has_ended(self) -> bool:
        """Whether there are no further iterations: numbers overflow, or a condition is met."""
        return bool(self.overflow or self.stopped)

    @property
    def last(self) -> int:
        """The last iteration that `pass_at` can show: the one reached, or the one that overflows. 0 before any."""
        progress = self._progress
        return progress.overflow.iteration if progress.overflow else progress.reached

    @property
    def costs(self) -> Array:
        """J of every complete iteration, shape (reached,); read-only."""
        progress = self._progress
        return _read_only(progress.costs[: progress.reached])

    @property
    def data_costs(self) -> Array:
        """J without its penalty, of every complete iteration, shape (reached,); read-only."""
        progress = self._progress
        kept = progress.costs if progress.data_costs is None else progress.data_costs
        return _read_only(kept[: progress.reached])

    def extend(self, until: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Computes up to iteration ``until``, unless the run ends before or ``stop()`` becomes true.

        ``stop`` is asked every few milliseconds, or after every iteration where one takes longer than that.
        """
        while self.reached < until and not self.has_ended and not stop():
            # Slice by slice, and without the lock while ``stop`` waits: another thread may extend meanwhile.
            with self._extend_lock:
                if self.reached < until and not self.has_ended:
                    self._extend_slice(min(self._slice, until - self.reached))

    def waiting_after(self, iteration: int) -> Waiting:
        """What the run had seen of the test cost once ``iteration`` was complete, as far as it waits for that."""
        return self._stops.waiting_after(iteration) if self._stops else NOT_YET

    def free_buffers(self) -> None:
        """Frees the buffers in which iterations are computed; further iterations allocate new ones."""
        with self._extend_lock:
            self._trainer = None
        with self._recompute_lock:
            self._recompute_trainer = None

    def _extend_slice(self, count: int) -> None:
        """Computes ``count`` more iterations, or as many as the run has."""
        progress = self._with_room(count)
        costs, data_costs = np.empty(count), None if progress.data_costs is None else np.empty(count)
        # The trainer writes the states that are kept straight into the store. A run that may stop needs all states.
        kept = range(-progress.reached % progress.stride, count, progress.stride)
        begin = -(-progress.reached // progress.stride)
        store = progress.checkpoints[begin : begin + len(kept)]
        every = np.empty((count, self._state_size)) if self._stops else None
        slopes = np.empty(count) if self._stops and self._stops.needs_gradient else None
        after = self._run_trainer(
            progress,
            costs,
            store if every is None else every,
            kept=kept if every is None else range(count),
            data_costs=data_costs,
            largest_slopes=slopes,
        )
        overflow = stopped = None
        # A number that is not finite stays so: every update adds to it, or multiplies it.
        if not (np.isfinite(costs).all() and np.isfinite(after).all()):
            if every is None:
                every = np.empty((count, self._state_size))
                self._run_trainer(progress, np.empty(count), every)
            finite = np.isfinite(costs) & np.isfinite(np.vstack((every[1:], after))).all(axis=1)
            count = int(np.argmin(finite))
            after = every[count]
            iteration = progress.reached + count + 1
            overflow = Overflow(iteration, self._first_infinite(after, iteration))
        if self._stops and every is not None:
            largest = None if slopes is None else slopes[:count]
            states = np.vstack((every[:count], after))
            stopped = self._stops.in_slice(progress.reached + 1, costs[:count], largest, states)
            if stopped:
                overflow, count = None, stopped.iteration - progress.reached
                # On a condition on J or its slopes, the run ends before the update.
                after = states[count if stopped.reason is StopReason.PATIENCE else count - 1]
            store[:] = every[kept.start :: kept.step]
        self._progress = replace(
            progress,
            costs=_appended(progress.costs, progress.reached, costs[:count]),
            data_costs=None
            if progress.data_costs is None or data_costs is None
            else _appended(progress.data_costs, progress.reached, data_costs[:count]),
            reached=progress.reached + count,
            after=frozen(after),
            overflow=overflow,
            stopped=stopped,
        )

    def _run_trainer(self, progress: _Progress, costs: Array, states: Array, **more: Any) -> Array:
        """Computes ``len(costs)`` iterations after those of ``progress``, as `Trainer.run` does."""
        if self._trainer is None:
            self._trainer = Trainer(self.network, self.dataset, self.learning_rate, self.pace)
        return self._trainer.run(progress.after, costs, states, first=self._before + progress.reached + 1, **more)

    def _with_room(self, count: int) -> _Progress:
        """The progress, with room for ``count`` more iterations. Where the store is full, every second state goes."""
        progress = self._progress
        store, stride = progress.checkpoints, progress.stride
        while -(-(progress.reached + count) // stride) > self._capacity:
            # Makes a new store, since another thread may be reading the old one.
            thinned, left = np.empty_like(store), store[: -(-progress.reached // stride) : 2]
            thinned[: len(left)] = left
            store, stride = thinned, 2 * stride
        return replace(progress, checkpoints=store, stride=stride)

    def _first_infinite(self, state: Array, iteration: int) -> str:
        computed = self._pass_from(state, iteration)
        names = (equation.name for equation in equations(self.network))
        return next(name for name in names if not np.isfinite(computed[name]).all())

    def cost(self, iteration: int) -> float:
        """J of ``iteration``, before its update. Raises IndexError where it is not complete."""
        self._check(iteration, self.reached)
        return float(self._progress.costs[iteration - 1])

    def data_cost(self, iteration: int) -> float:
        """J of ``iteration`` without its penalty. Raises IndexError where it is not complete."""
        self._check(iteration, self.reached)
        progress = self._progress
        return float((progress.costs if progress.data_costs is None else progress.data_costs)[iteration - 1])

    def parameters(self, iteration: int) -> Parameters:
        """The parameters that ``iteration`` starts from; those after the last update made are `reached` + 1's.

        Raises IndexError past that.
        """
        self._check(iteration, self.reached + 1)
        return Parameters.from_flat(self.network, self._state(iteration)[: self.network.size])

    def state(self, iteration: int) -> Array:
        """The parameters that ``iteration`` starts from, and what the optimizer has kept, shape (state size,).

        The state after the last update made is `reached` + 1's. Raises IndexError past that.
        """
        self._check(iteration, self.reached + 1)
        return self._state(iteration)

    def flat_parameters(self, first: int, count: int) -> Array:
        """The parameters that ``count`` iterations from ``first`` on start from, one row each, shape (count, size).

        Raises IndexError past `reached` + 1.
        """
        self._check(first, self.reached + 1)
        self._check(first + count - 1, self.reached + 1)
        return np.stack([self._state(iteration)[: self.network.size] for iteration in range(first, first + count)])

    def states(self, first: int, count: int) -> Array:
        """The states of ``count`` iterations from ``first`` on, one row each, shape (count, state size).

        Raises IndexError past `reached` + 1.
        """
        self._check(first, self.reached + 1)
        self._check(first + count - 1, self.reached + 1)
        return np.stack([self._state(iteration) for iteration in range(first, first + count)])

    def pass_at(self, iteration: int) -> Pass:
        """The whole of ``iteration``, from 1 to `last`. Raises IndexError outside."""
        self._check(iteration, self.last)
        return self._pass_from(self._state(iteration), iteration)

    def _pass_from(self, state: Array, iteration: int) -> Pass:
        """The whole of ``iteration``, from the ``state`` that it starts from."""
        number = self._before + iteration
        return compute_pass(
            self.network,
            self.pace.rows_of(self.dataset, number),
            Parameters.from_flat(self.network, state[: self.network.size]),
            self.learning_rate * self.pace.schedule.factor(number),
            state,
            number,
        )

    def work_to(self, iteration: int) -> int:
        """How many multiplications, about, `pass_at` needs for ``iteration``: far more between checkpoints."""
        progress, recomputed = self._progress, self._recomputed
        between = (iteration - 1) % progress.stride
        if iteration == progress.reached + 1 or (recomputed and 0 <= iteration - recomputed[0] < len(recomputed[1])):
            between = 0
        return (between + 1) * self._iteration_work

    def _check(self, iteration: int, last: int) -> None:
        if not 1 <= iteration <= last:
            raise IndexError(f"iteration {iteration} is not among those from 1 to {last}")

    def _state(self, iteration: int) -> Array:
        progress = self._progress
        if iteration == progress.reached + 1:
            return progress.after
        row, between = divmod(iteration - 1, progress.stride)
        state: Array = progress.checkpoints[row] if between == 0 else self._recompute(iteration, progress)
        return state

    def _recompute(self, iteration: int, progress: _Progress) -> Array:
        with self._recompute_lock:
            if self._recomputed:
                first, rows = self._recomputed
                if 0 <= iteration - first < len(rows):
                    return np.asarray(rows[iteration - first])
            if self._recompute_trainer is None:
                self._recompute_trainer = Trainer(self.network, self.dataset, self.learning_rate, self.pace)
            row = (iteration - 1) // progress.stride
            first, state = 1 + row * progress.stride, progress.checkpoints[row]
            end = min(first + progress.stride, progress.reached + 1)
            # Only the states near the iteration are kept.
            span = max(1, _RECOMPUTED_BYTES // (8 * self._state_size))
            if skipped := (iteration - first) // span * span:
                state = self._recompute_trainer.run(state, np.empty(skipped), first=self._before + first)
                first += skipped
            rows = np.empty((min(span, end - first), self._state_size))
            self._recompute_trainer.run(state, np.empty(len(rows)), rows, first=self._before + first)
            self._recomputed = first, rows
            return np.asarray(rows[iteration - first])


def _read_only(part: Array) -> Array:
    part.flags.writeable = False
    return part


def _appended(buffer: Array, used: int, numbers: Array) -> Array:
    """``buffer`` with ``numbers`` after its first ``used`` ones; a larger buffer where it is too small."""
    end = used + len(numbers)
    if end > len(buffer):
        # Another thread may be reading the old one.
        buffer, old = np.empty(max(end, 2 * len(buffer))), buffer
        buffer[:used] = old[:used]
    buffer[used:end] = numbers
    return buffer
