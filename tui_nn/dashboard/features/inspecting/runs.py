"""Runs beside each other: begins, shows and compares them, and tries many starts."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.features.teaching.note_editing import new_name
from tui_nn.dashboard.panes.compare import ComparePane
from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.events import Branched, Moved, RunChosen, RunCompared, SettingsTried, StartTried
from tui_nn.writing.notation.number_format import group_digits

if TYPE_CHECKING:
    from tui_nn.dashboard.dialogs.starts_dialog import StartsAsked
    from tui_nn.dashboard.screens.sweep import SettingsChosen
    from tui_nn.session.events.event import Settings


class Runs(Feature):
    """Keeps the run so far and begins another, from here or from another start; goes from run to run."""

    def __init__(self, lesson: LessonController, navigation: Navigation) -> None:
        super().__init__(lesson)
        self._navigation = navigation

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "branch": self._ask_for_name,
            "next_run": self._show_next,
            "next_compared": self._compare_with_next,
            "fork": self._go_to_fork,
            "starts": self._ask_how_many_starts,
        }

    def _ask_for_name(self) -> None:
        """Keeps the run so far, and goes on with another."""
        from tui_nn.dashboard.dialogs.ask import ask

        self._navigation.stay_where_shown()
        names = self.state.branches.names
        kept, here = self.state.branches.current.name, group_digits(self.lesson.shown_iteration)
        question = _(
            "Run {kept} is kept. Name of the new run, which goes on from iteration {iteration}:",
            kept=kept,
            iteration=here,
        )
        ask(self.app, question, partial(new_name, taken=names), self._branch, self.state.next_run_name)

    def _branch(self, name: str) -> None:
        self.lesson.dispatch(Branched(name))
        says = _("Run {name}: edits take effect from here on; v shows the other run.", name=name)
        self.app.notify(says, markup=False)

    def _show_next(self) -> None:
        branches = self.state.branches
        if self._has_other_run():
            # What the notices say of the run shown before is not true of the next one.
            self.app.clear_notifications()
            self._navigation.move(RunChosen(branches.names[(branches.shown + 1) % len(branches.all)]))

    def _compare_with_next(self) -> None:
        """Opens the pane "Compare"; with several other runs, compares with the next of them at each press."""
        names, compared = self.state.branches.names, self.state.compared_run
        if self._has_other_run() and compared:
            others = [name for name in names if name != self.state.branches.current.name]
            following = others[(others.index(compared.name) + 1) % len(others)]
            self.screen.go_to_pane(ComparePane.info.name, *([RunCompared(following)] if len(others) > 1 else []))

    def _has_other_run(self) -> bool:
        if len(self.state.branches.all) == 1:
            if self.lesson.may_make(Branched):
                says = _("There is one run only; b begins another beside it.")
            else:
                says = _("There is one run only.")
            self.app.notify(says, markup=False)
            return False
        return True

    def _go_to_fork(self) -> None:
        """Goes back to where the run shown left the one that it came from."""
        branch = self.state.branches.current
        if not branch.parent:
            self.app.notify(_("This run left no other; v shows the next run."), markup=False)
            return
        self._navigation.move(Moved(branch.fork, self.state.step.name))

    def _ask_how_many_starts(self) -> None:
        from tui_nn.dashboard.dialogs.starts_dialog import StartsDialog

        self._navigation.pause()
        self.app.push_screen(StartsDialog(self.state.document), self._train)

    def _train(self, asked: "StartsAsked | None") -> None:
        """Trains from the starts asked for, and with the settings that are to differ."""
        from tui_nn.dashboard.screens.many_starts import StartsScreen
        from tui_nn.dashboard.screens.sweep import SweepScreen

        if asked and asked.swept:
            self.app.push_screen(SweepScreen(asked.swept, asked.seeds, self.notation), self._try_settings)
        elif asked:
            screen = StartsScreen(self.state.document, asked.seeds, self.notation.signs)
            self.app.push_screen(screen, self._try_start)

    def _try_start(self, seed: int | None) -> None:
        if seed is not None:
            self._navigation.pause()
            with self.lesson.saying_refusals():
                self.lesson.dispatch(StartTried(f"{self.state.next_run_name} (seed {seed})", seed))

    def _try_settings(self, chosen: "SettingsChosen | None") -> None:
        if chosen is not None:
            from tui_nn.writing.reports.sweep_table import swept_text

            self._navigation.pause()
            settings = chosen.combination.settings
            values = ", ".join(map(swept_text, settings.values()))
            name = f"{self.state.next_run_name} ({values}, seed {chosen.seed})"
            if len(name) > limits.NAME_LENGTH:
                name = f"{self.state.next_run_name} (seed {chosen.seed})"
            tried: Settings = tuple(settings.values())  # type: ignore[arg-type]  # their checks have checked them
            with self.lesson.saying_refusals():
                self.lesson.dispatch(SettingsTried(name, tuple(settings), tried, chosen.seed))
