"""Threads that train, recompute, grade and measure while the screen answers keys."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual.message import Message
from textual.worker import Worker, get_current_worker

from tui_nn.dashboard.terminal.ordered_input import OrderedInput
from tui_nn.network import Agreement, Equation, Pass, Run, WeightPlace, agreement
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.session.quiz.grading import Verdict, grade
from tui_nn.session.quiz.questions import Question
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import Answer

_TRAINING = "training"
_PROGRESS_SECONDS = 0.5
# A key passes through three threads on its way to the screen, and waits in each until training lets go of the
# interpreter: with Python's default, 5 ms each time.
_SECONDS_WITHOUT_PAUSE = 0.03
_SWITCH_SECONDS = 0.001
# Up to this many multiplications, the UI thread recomputes an iteration: nobody notices the time.
_WORK_AT_ONCE = 10_000_000
_LEAST_ITERATIONS_MEASURED = 64


class BackgroundWorker:
    """Runs what is slow in threads, and posts messages to the app as results come."""

    @dataclass
    class Progressed(Message):
        """The worker has computed more iterations of ``run``."""

        run: Run

    @dataclass
    class Recomputed(Message):
        """The worker has recomputed an iteration of ``run``."""

        run: Run
        iteration: int
        computed: Pass

    @dataclass
    class Graded(Message):
        """The worker has graded some answers. A verdict is None if the run does not reach the answer's iteration."""

        verdicts: dict[Answer, Verdict | None]

    class Measured(Message):
        """The worker has measured more of a gradient check."""

    @dataclass
    class RoundingMeasured(Message):
        """The worker has measured how many digits of ``run`` can be relied on."""

        run: Run
        agreed: Agreement

    def __init__(self, app: OrderedInput[Any]) -> None:
        self._app = app
        self._keys_first = app.keys_first
        self._rounding_under_way: tuple[Run, int] | None = None
        self._measurement_under_way: tuple[object, ...] = ()
        self._whole_check_under_way: SlopeMeasurement | None = None
        sys.setswitchinterval(_SWITCH_SECONDS)

    def extend(self, runs: Sequence[tuple[Run, int]]) -> None:
        """Trains each run in turn up to its iteration. Cancels earlier training."""
        self._has_trained = True

        def train() -> None:
            worker = get_current_worker()
            began = reported = monotonic()

            def stop() -> bool:
                nonlocal reported
                if monotonic() - reported > _PROGRESS_SECONDS:
                    reported = monotonic()
                    self._app.post_message(self.Progressed(run))
                # At first, training does not give way to keys: a short run is done before a user notices.
                return (
                    worker.is_cancelled if monotonic() - began < _SECONDS_WITHOUT_PAUSE else self._should_stop(worker)
                )

            for run, until in runs:
                run.extend(until, stop)
                run.free_buffers()
                self._app.post_message(self.Progressed(run))

        self._app.run_worker(train, thread=True, exclusive=True, group=_TRAINING)

    def _should_stop(self, worker: Worker[Any]) -> bool:
        """Whether ``worker`` should stop. Waits first while the screen handles a key; for computing threads only."""
        if not worker.is_cancelled:
            self._keys_first.give_way()
        return worker.is_cancelled

    @property
    def is_extending(self) -> bool:
        """Whether training is under way."""
        return any(worker.group == _TRAINING and not worker.is_finished for worker in self._app.workers)

    def stop(self) -> None:
        """Cancels training; the iterations computed so far stay."""
        self._app.workers.cancel_group(self._app, _TRAINING)

    def pass_at(self, run: Run, iteration: int) -> Pass | None:
        """The pass of an iteration; None if computing it takes long: `Recomputed` brings it later."""
        if computed := self.pass_if_quick(run, iteration):
            return computed

        def recompute() -> None:
            self._app.post_message(self.Recomputed(run, iteration, run.pass_at(iteration)))

        self._app.run_worker(recompute, thread=True, exclusive=True, group="recall")
        return None

    def grade(self, answers: Sequence[tuple[Question, Answer, Run | None]]) -> None:
        """Grades answers, computing their iterations first where needed; `Graded` brings the verdicts as they come.

        An answer without a run is about one that the lesson no longer has.
        """

        def grade_all() -> None:
            worker = get_current_worker()
            verdicts: dict[Answer, Verdict | None] = {}
            reported = monotonic()
            # Making the run of each of a thousand answers takes long as well.
            former_runs = RunCache()
            for question, answer, known in answers:
                run = known or former_runs.run_of(answer.plan)
                verdicts[answer] = grade(question, answer, run, lambda: self._should_stop(worker))
                if self._should_stop(worker):
                    return
                if monotonic() - reported > _PROGRESS_SECONDS:
                    reported = monotonic()
                    self._app.post_message(self.Graded(dict(verdicts)))
            self._app.post_message(self.Graded(verdicts))

        self._app.run_worker(grade_all, thread=True, exclusive=True, group="grading")

    def measure(self, check: SlopeMeasurement, place: WeightPlace, mistaken: tuple[Equation, ...]) -> None:
        """Measures what a gradient check lacks: at a weight, for the whole gradient, and of a program with a mistake.

        Cancels measurements of other iterations.
        """

        def measure() -> None:
            check.measure(place, mistaken)
            self._app.post_message(self.Measured())

        def measure_whole() -> None:
            worker = get_current_worker()
            check.measure_whole_gradient(lambda: self._should_stop(worker))
            self._app.post_message(self.Measured())

        if check.lacks_measurements(place, mistaken) and self._measurement_under_way != (check, place, mistaken):
            self._measurement_under_way = check, place, mistaken
            self._app.run_worker(measure, thread=True, exclusive=True, group="check")
        if check.lacks_whole_gradient and self._whole_check_under_way is not check:
            self._whole_check_under_way = check
            self._app.run_worker(measure_whole, thread=True, exclusive=True, group="whole check")

    def measure_rounding(self, run: Run, iteration: int) -> None:
        """Measures how many digits of ``run`` can be relied on, up to twice ``iteration``."""
        if self._rounding_under_way and self._rounding_under_way[0] is run and self._rounding_under_way[1] >= iteration:
            return
        until = min(run.reached, max(_LEAST_ITERATIONS_MEASURED, 2 * iteration))
        self._rounding_under_way = run, until

        def measure() -> None:
            worker = get_current_worker()
            agreed = agreement(run, until, lambda: worker.is_cancelled)
            if not worker.is_cancelled:
                self._app.post_message(self.RoundingMeasured(run, agreed))

        self._app.run_worker(measure, thread=True, exclusive=True, group="rounding")

    @staticmethod
    def pass_if_quick(run: Run, iteration: int) -> Pass | None:
        """The pass of an iteration; None if computing it takes long."""
        return run.pass_at(iteration) if run.work_to(iteration) <= _WORK_AT_ONCE else None
