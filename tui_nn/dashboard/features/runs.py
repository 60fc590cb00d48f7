"""Runs beside each other: begun, shown, compared, and tried from many starts."""

from functools import partial

from tui_nn.dashboard.features.editing import EditingApp, new_name
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing, limits
from tui_nn.session.events import BranchChosen, Branched, Moved, RunCompared, StartTried
from tui_nn.writing.notation.number_format import grouped
from tui_nn.writing.sentences.steps_and_errors import error_sentence


class BranchingApp(EditingApp):
    """A lesson of more than one run."""

    def action_branch(self) -> None:
        """Keeps the run so far, and goes on with another."""
        self.stay_where_shown()
        names = self.state.branches.names
        kept, here = self.state.branches.current.name, grouped(self._shown_and_last()[0])
        question = f"Run {kept} is kept. Name of the one that leaves it at iteration {here}:"
        self.ask(question, partial(new_name, taken=names), self._branch, self.state.next_name)

    def _branch(self, name: str) -> None:
        self.dispatch(Branched(name))
        self.notify(f"Run {name}: edits take effect from here on; v shows the other run.", markup=False)

    def action_next_run(self) -> None:
        """Shows the next of the runs."""
        branches = self.state.branches
        if self._has_other_run():
            # What was said of the run shown before is not true of this one.
            self.clear_notifications()
            self.pause()
            self.dispatch(BranchChosen(branches.names[(branches.shown + 1) % len(branches.all)]))

    def action_next_compared(self) -> None:
        """Opens the pane "Compare"; with several other runs, compares with the next of them at each press."""
        names, compared = self.state.branches.names, self.state.compared
        if self._has_other_run() and compared:
            others = [name for name in names if name != self.state.branches.current.name]
            if len(others) > 1:
                self.dispatch(RunCompared(others[(others.index(compared.name) + 1) % len(others)]))
            self.lesson_screen.go_to_pane("compare")

    def _has_other_run(self) -> bool:
        if len(self.state.branches.all) == 1:
            self.notify("There is one run only; b begins another beside it.", markup=False)
            return False
        return True

    def action_fork(self) -> None:
        """Goes back to where the run shown left the one that it came from."""
        branch = self.state.branches.current
        if not branch.parent:
            self.notify("This run left no other; v shows the next run.", markup=False)
            return
        self.move(Moved(branch.fork, self.state.step.name))

    def action_starts(self) -> None:
        """Asks how many starts to run."""
        self.pause()
        start = self.state.document.start
        if start.distribution is None:
            self.notify(f'Every start is the same where its method is "{start.method}".', markup=False)
            return
        self.ask("From how many starts (seeds)?", _count_of_starts, self._run_starts, "1000")

    def _run_starts(self, count: int) -> None:
        from tui_nn.dashboard.screens.many_starts import StartsScreen

        self.push_screen(StartsScreen(self.state.document, count, unicode=self.notation.unicode), self._try_start)

    def _try_start(self, seed: int | None) -> None:
        if seed is None:
            return
        self.pause()
        try:
            self.dispatch(StartTried(f"{self.state.next_name} (seed {seed})", seed))
        except ValidationError as refusal:
            self.notify(error_sentence(refusal), severity="error", markup=False)


def _count_of_starts(text: str) -> int:
    return input_parsing.whole_among("count", text, 2, limits.STARTS)
