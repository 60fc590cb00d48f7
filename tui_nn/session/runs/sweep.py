"""Trains a lesson with every combination of some settings, from the same seeds, on several processors."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import RawArray
from threading import Thread
from typing import Any

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ManyStarts, Outcome, Parameters, many_starts
from tui_nn.network.checks.fit import fit_of
from tui_nn.network.model.array import Array
from tui_nn.network.training.trainer import WORK_OF_CALLS
from tui_nn.session.document import Document
from tui_nn.session.runs.swept_settings import Combination
from tui_nn.system import processes as system_processes

_WORK_OF_A_PROCESS = 1_000_000_000
"""Below so many multiplications, about two seconds of work, another process begins too late to help."""
_POLL_SECONDS = 0.1


class ProcessEnded(Exception):
    """The system ended a process that was training; the message is a sentence."""

    def __init__(self) -> None:
        super().__init__(
            _("The system ended a process that was training, perhaps for want of memory. Try fewer seeds.")
        )


@frozen_dataclass(eq=False)
class CombinationRuns:
    """The runs of one combination. The other arrays have a number for each of ``many.seeds``, shape (seeds,).

    ``mean_costs`` are the costs as means over the training rows, with the final weights and without a penalty;
    ``test_costs`` those over the test rows, nan without any. ``accuracies`` and ``test_accuracies`` are the shares of
    the rows whose class is right, nan where the data have no classes. Where numbers overflow, all are nan.
    """

    combination: Combination
    many: ManyStarts
    mean_costs: Array
    test_costs: Array
    accuracies: Array
    test_accuracies: Array

    @property
    def has_test_rows(self) -> bool:
        """Whether some rows are kept back for a test."""
        return bool(self.combination.document.dataset.test_rows)

    @property
    def ranked_by(self) -> Array:
        """What the runs are ranked by, the lower the better: the test cost, or J where there are no test rows."""
        return self.test_costs if self.has_test_rows else self.many.final_costs

    @property
    def median(self) -> float:
        """The median of `ranked_by`; infinite if half of the runs overflow."""
        return median_of(self.ranked_by)

    @property
    def best(self) -> int:
        """The place of the best run among the seeds; the first one if all overflow."""
        return int(np.argsort(self.ranked_by, kind="stable")[0])

    def count(self, ending: Outcome) -> int:
        """How many of the runs end in this way."""
        return int(np.count_nonzero(self.many.that_are(ending)))


def median_of(values: Array) -> float:
    """The median of some costs, of which those that overflow, nan, count as infinite."""
    return float(np.median(np.nan_to_num(values, nan=np.inf)))


def ranked(runs: Iterable[CombinationRuns]) -> list[CombinationRuns]:
    """The combinations from the lowest median to the highest."""
    return sorted(runs, key=lambda one: one.median)


def sweep(
    swept: Sequence[Combination],
    seeds: range,
    processes: int = 0,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda done: None,  # noqa: ARG005
) -> list[CombinationRuns]:
    """Trains each combination from ``seeds``; gives the runs of those that are complete, in their order.

    ``processes`` is how many processes compute; 0: as many as there are processors, or fewer where there is little to
    compute. ``progress`` is told the share of the work that is done, from 0 to 1, and ``stop`` is asked, both several
    times a second; once ``stop()`` is true, or Ctrl+C is pressed, no more is computed. Raises `ProcessEnded` if the
    system ends one of the processes.
    """
    needed = processes or min(system_processes.processors(), 1 + _work(swept, seeds) // _WORK_OF_A_PROCESS)
    used = min(needed, len(swept), system_processes.MOST_OF_A_POOL)
    if used <= 1:
        return _one_after_the_other(swept, seeds, stop, progress)
    return _side_by_side(swept, seeds, used, stop, progress)


def _work(swept: Sequence[Combination], seeds: range) -> int:
    """How many multiplications the sweep takes, about."""
    return sum(_work_of(one.document, len(one.seeds(seeds))) for one in swept)


def _work_of(document: Document, runs: int) -> int:
    rows = document.pace.epochs(document.dataset).batch_size
    return document.iterations * max(WORK_OF_CALLS, runs * rows * document.network.size)


def _one_after_the_other(
    swept: Sequence[Combination], seeds: range, stop: Callable[[], bool], progress: Callable[[float], None]
) -> list[CombinationRuns]:
    complete: list[CombinationRuns] = []

    def told(place: int, done: float) -> None:
        progress((place + done) / len(swept))

    try:
        for place, one in enumerate(swept):
            found = _train(one, seeds, stop, partial(told, place))
            if found is None:
                break
            complete.append(found)
    except KeyboardInterrupt:
        if not complete:
            raise
    return complete


def _train(
    one: Combination, seeds: range, stop: Callable[[], bool], progress: Callable[[float], None]
) -> CombinationRuns | None:
    """The runs of a combination; None if ``stop()`` was true before all were complete."""
    document, own = one.document, one.seeds(seeds)
    many = many_starts(
        document.network,
        document.dataset,
        document.start,
        document.learning_rate,
        document.iterations,
        own,
        stop=stop,
        progress=progress,
        pace=document.pace,
        keep_parameters=True,
    )
    if len(many.seeds) < len(own):
        return None
    assert many.final_parameters is not None  # noqa: S101 - as asked for
    fits = np.full((4, len(own)), np.nan)
    data = document.dataset
    for place in np.flatnonzero(~many.overflowed).tolist():
        parameters = Parameters.from_flat(document.network, many.final_parameters[place])
        for first, rows in enumerate((data.training, data.test) if data.test_rows else (data.training,)):
            fit = fit_of(document.network, data, rows, parameters)
            accuracy = fit.classes.accuracy if fit.classes else None
            fits[first, place] = fit.mean_cost if np.isfinite(fit.mean_cost) else np.nan
            fits[2 + first, place] = np.nan if accuracy is None else accuracy
    # The curves are enough to show: the parameters of many runs of a large network would have to be sent and kept.
    return CombinationRuns(one, replace(many, final_parameters=None), *fits)


# Of this process, if it computes for another: the share that is done of each combination, and last, whether to stop.
_shared: Any = None


def _side_by_side(
    swept: Sequence[Combination],
    seeds: range,
    processes: int,
    stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> list[CombinationRuns]:
    # Not "fork": a copy of a process that has threads, such as the screen's, may hang.
    context = get_context("spawn")
    shared = RawArray("d", len(swept) + 1)
    # The screen puts an object without a file in the place of standard error, which processes could not take over.
    with redirect_stderr(sys.__stderr__):
        pool = ProcessPoolExecutor(processes, context, _begin_process, (shared,))
        # The process that looks after those of a pool has begun now, and has let Ctrl+C through again.
        with system_processes.interrupts_held_back():
            under_way = [pool.submit(_train_in_process, one, seeds, place) for place, one in enumerate(swept)]
    interrupt: KeyboardInterrupt | None = None
    try:
        left = set(under_way)
        while left and not stop():
            left = wait(left, _POLL_SECONDS, FIRST_COMPLETED).not_done
            progress(sum(shared[:-1]) / len(swept))
    except KeyboardInterrupt as pressed:
        interrupt = pressed
    finally:
        shared[-1] = 1
        pool.shutdown(cancel_futures=True)
    try:
        found = _complete(under_way, swept)
    except ProcessEnded:
        # On Windows, Ctrl+C also ends a process that has only begun.
        if interrupt:
            raise interrupt from None
        raise
    if interrupt and not found:
        raise interrupt
    return found


def _complete(
    under_way: Sequence[Future[CombinationRuns | None]], swept: Sequence[Combination]
) -> list[CombinationRuns]:
    """What is complete, each with the combination itself, not with the copy that its process had.

    Raises what went wrong in a process.
    """
    ended = [(one, own) for one, own in zip(under_way, swept, strict=True) if one.done() and not one.cancelled()]
    try:
        return [replace(found, combination=own) for one, own in ended if (found := one.result()) is not None]
    except BrokenProcessPool:
        raise ProcessEnded from None


def _begin_process(shared: Any) -> None:
    # A pool hands over what processes share in no other way.
    global _shared
    _shared = shared
    # Ctrl+C is for the process that shares out the work: it says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process once the one that it computes for is gone."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _train_in_process(one: Combination, seeds: range, place: int) -> CombinationRuns | None:
    def told(done: float) -> None:
        _shared[place] = done

    return _train(one, seeds, partial(_is_stopped, _shared), told)


def _is_stopped(shared: Any) -> bool:
    return bool(shared[-1])
