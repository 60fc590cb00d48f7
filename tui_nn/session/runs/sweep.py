"""Trains a lesson with every combination of some settings, from the same seeds, on several processors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

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
    # What starts processes takes long to import.
    from tui_nn.session.runs.sweep_processes import side_by_side

    return side_by_side(swept, seeds, used, stop, progress)


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
            found = train_all(one, seeds, stop, partial(told, place))
            if found is None:
                break
            complete.append(found)
    except KeyboardInterrupt:
        if not complete:
            raise
    return complete


def train_all(
    one: Combination, seeds: range, stop: Callable[[], bool], progress: Callable[[float], None]
) -> CombinationRuns | None:
    """The runs of a combination from each of its seeds; None if ``stop()`` was true before all were complete."""
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
