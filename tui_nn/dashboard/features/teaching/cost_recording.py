"""Records the lesson taught here: its events, and the costs of the iterations that the class visits."""

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from tui_nn.network import Run
from tui_nn.session.events import CostReached, Event, Moved, Paused, Played, RunChosen
from tui_nn.session.runs.branches import Branch
from tui_nn.session.state import State
from tui_nn.session.teaching_session import TeachingSession


class CostRecording:
    """Puts events into the log of ``session``; another session may take its place.

    After a move it adds J of that iteration, once for each run: a replay compares it with the J that it computes.
    ``run_of`` gives the run of a branch.
    """

    def __init__(self, session: TeachingSession, run_of: Callable[[Branch], Run]) -> None:
        self.session = session
        self._run_of = run_of
        self._recorded: WeakKeyDictionary[Run, set[int]] = WeakKeyDictionary()

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        return self.session.state

    def append(self, *events: Event) -> None:
        """Puts events into the log and onto the disk. Raises `ValidationError`, and then takes none of them."""
        before, after = self._run_before(), self._run_after(events)
        paused = self._unrecorded(before, [self.state.iteration]) if Paused() in events else []
        moved = self._unrecorded(after, [event.iteration for event in events if isinstance(event, Moved)])
        if after is before:
            moved = [one for one in moved if one not in paused]
        happened: list[Event] = []
        for event in events:
            happened += [event, *paused] if event == Paused() else [event]
        # The cost of the current iteration is recorded before `Played`: a replay plays on from there.
        end = len(happened) - 1 if happened and isinstance(happened[-1], Played) else len(happened)
        self.session.append(*happened[:end], *moved, *happened[end:])
        self._remember(before, paused)
        self._remember(after, moved)

    def append_while_playing(self, event: Moved) -> None:
        """Puts a move of a lesson that plays into the log, a few times a second."""
        self.session.append_while_playing(event)

    def progressed(self, run: Run) -> None:
        """Records the costs of ``run`` that the log waits for, if it is the run shown.

        Records none before the first key: opening a lesson leaves no trace in its file.
        """
        is_waiting = self.session.has_new_events and self.state.speed is None
        if is_waiting and run is self._run_before():
            reached = self._unrecorded(run, [self.state.iteration, self.state.plan.document.iterations])
            if reached:
                self.session.append(*reached)
                self._remember(run, reached)

    def _run_before(self) -> Run:
        return self._run_of(self.state.branches.current)

    def _run_after(self, events: Sequence[Event]) -> Run:
        """The run shown after ``events``, unless they make a new run."""
        branches = {branch.name: branch for branch in self.state.branches.all}
        chosen = [event.name for event in events if isinstance(event, RunChosen) and event.name in branches]
        return self._run_of(branches[chosen[-1]]) if chosen else self._run_before()

    def _unrecorded(self, run: Run, iterations: Sequence[int]) -> list[CostReached]:
        """The costs of those iterations that are computed and not yet in the log."""
        known = self._recorded.get(run, set())
        wanted = [i for i in dict.fromkeys(iterations) if 1 <= i <= run.reached and i not in known]
        return [CostReached(iteration, run.cost(iteration)) for iteration in wanted]

    def _remember(self, run: Run, reached: Sequence[CostReached]) -> None:
        self._recorded.setdefault(run, set()).update(cost.iteration for cost in reached)
