"""Training in the background: starts, stops, and knows what the key for it would do now."""

from collections.abc import Callable, Sequence

from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.language import pgettext
from tui_nn.network import Run


class Training:
    """Computes one after the other the runs that ``runs`` gives, each up to its last iteration."""

    def __init__(self, worker: BackgroundWorker, runs: Callable[[], Sequence[tuple[Run, int]]]) -> None:
        self._worker = worker
        self._runs = runs
        self._progress_count = 0
        self.has_stopped = False
        """Whether the user stopped it."""

    def start(self) -> None:
        """Computes all runs, the one shown first."""
        self.has_stopped, self._progress_count = False, 0
        self._worker.extend(self._runs())

    def toggle(self) -> None:
        """Stops computing, or goes on with it."""
        if self._worker.is_extending:
            self.has_stopped = True
            self._worker.stop()
        else:
            self.start()

    def progressed(self) -> None:
        """Counts the messages about progress: the key line offers to stop training from the second message on."""
        self._progress_count += 1

    @property
    def is_complete(self) -> bool:
        """Whether every run is computed to its end."""
        return all(run.has_ended or run.reached >= iterations for run, iterations in self._runs())

    @property
    def key_label(self) -> str:
        """What the key would do; "" if training is done or takes no time."""
        if self.is_complete:
            return ""
        if self.has_stopped:
            return pgettext("key line", "compute on")
        return pgettext("key line", "stop computing") if self._progress_count > 1 and self._worker.is_extending else ""
