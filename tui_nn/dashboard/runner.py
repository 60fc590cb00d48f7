"""Training in a thread of its own, so that the screen answers while it lasts."""

import sys
from time import monotonic

from textual.app import App
from textual.message import Message
from textual.worker import get_current_worker

from tui_nn.network import Pass, Trajectory

_PROGRESS_SECONDS = 0.5
# A key passes through three threads on its way to the screen: with Python's own 5 ms, training would hold up each.
_SWITCH_SECONDS = 0.001
# Up to so many multiplications, an iteration between checkpoints is recomputed before the screen could miss it.
_AT_ONCE = 20_000_000


class Runner:
    """Extends a trajectory and recomputes iterations, and tells the app how far it is."""

    class Progressed(Message):
        """More iterations of ``trajectory`` are there."""

        def __init__(self, trajectory: Trajectory) -> None:
            super().__init__()
            self.trajectory = trajectory

    class Recalled(Message):
        """An iteration of ``trajectory`` that had to be recomputed."""

        def __init__(self, trajectory: Trajectory, iteration: int, computed: Pass) -> None:
            super().__init__()
            self.trajectory = trajectory
            self.iteration = iteration
            self.computed = computed

    def __init__(self, app: App[None]) -> None:
        self._app = app
        sys.setswitchinterval(_SWITCH_SECONDS)

    def extend(self, trajectory: Trajectory, until: int) -> None:
        """Goes on up to ``until``; a run that was under way before ends."""

        def train() -> None:
            worker = get_current_worker()
            told = monotonic()

            def stop() -> bool:
                nonlocal told
                if monotonic() - told > _PROGRESS_SECONDS:
                    told = monotonic()
                    self._app.post_message(self.Progressed(trajectory))
                return worker.is_cancelled

            trajectory.extend(until, stop)
            self._app.post_message(self.Progressed(trajectory))

        self._app.run_worker(train, thread=True, exclusive=True, group="training")

    def pass_at(self, trajectory: Trajectory, iteration: int) -> Pass | None:
        """An iteration at once, or None where that takes longer: it follows in a message then."""
        if trajectory.work_to(iteration) <= _AT_ONCE:
            return trajectory.pass_at(iteration)

        def recall() -> None:
            self._app.post_message(self.Recalled(trajectory, iteration, trajectory.pass_at(iteration)))

        self._app.run_worker(recall, thread=True, exclusive=True, group="recall")
        return None
