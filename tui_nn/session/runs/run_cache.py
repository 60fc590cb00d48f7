"""Keeps the last runs that were computed, so that showing one of them again computes nothing."""

import numpy as np

from tui_nn.network import Run, Segment
from tui_nn.session.runs.run_plan import RunPlan

_MOST = 8


class RunCache:
    """The runs of the last few plans. Runs share what their plans have in common."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: list[tuple[RunPlan, Run]] = []

    def run_of(self, plan: RunPlan) -> Run:
        """The run of ``plan``, as far as it is computed."""
        run = next((run for known, run in self._known if known is plan), None) or self._new_run(plan)
        others = [(known, other) for known, other in self._known if known is not plan]
        self._known = [*others, (plan, run)][-self._most :]
        return run

    def _new_run(self, plan: RunPlan) -> Run:
        segments = tuple(map(self._known_segment, plan.segments))
        network, start = plan.document.network, plan.document.start_parameters
        runs = [run for _, run in reversed(self._known)]
        for run in runs:
            # A plan that has only another length or other names is still the same run.
            if run.segments == segments and run.network == network and run.start is start:
                return run
        return Run(network, start, segments, sharing=runs)

    def _known_segment(self, segment: Segment) -> Segment:
        """An equal segment of an earlier run, or ``segment``: runs share what their equal segments computed."""
        known = (other for _, run in reversed(self._known) for other in run.segments)
        return next((other for other in known if _are_equal(segment, other)), segment)


def _are_equal(segment: Segment, other: Segment) -> bool:
    return segment is other or (
        segment.first == other.first
        and segment.learning_rate == other.learning_rate
        and segment.weights == other.weights
        and segment.penalty == other.penalty
        and (segment.pace, segment.stopping) == (other.pace, other.stopping)
        and segment.dataset.test_rows == other.dataset.test_rows
        and np.array_equal(segment.dataset.X, other.dataset.X)
        and np.array_equal(segment.dataset.Y, other.dataset.Y)
    )
