"""Which panes there are, and which of them are in sight."""

from collections.abc import Iterable

from textual.screen import Screen
from textual.widget import Widget

from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.dashboard.panes.compare import ComparePane
from tui_nn.dashboard.panes.explain import ExplainPane
from tui_nn.dashboard.panes.quiz import QuizPane
from tui_nn.dashboard.panes.registry import PANE_CLASSES, STEP
from tui_nn.dashboard.screens.restyling import restyled
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.pane import Area
from tui_nn.dashboard.widgets.status_lines import PaneTabs
from tui_nn.network import StepKind
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE
from tui_nn.session.display_choices import CHART

_COMPARE = ComparePane.info.name
_FORWARD, _BACKWARD = _PASSES = ("forward", "backward")
_STEPS_BACKWARD = (StepKind.DELTA, StepKind.DJDW, StepKind.DJDB, *STEPS_OF_UPDATE)


class PaneArrangement:
    """Shows the pane that the lesson stands at, and others beside it where the screen has room.

    The screen's classes say how much room there is (`breakpoints`); the style sheets lay the panes out by these classes
    and by those that are set here.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._laid_out: tuple[object, ...] = ()
        self._beneath = _FORWARD
        self.there: tuple[str, ...] = ()
        """The panes that there are now, in the order in which Tab goes through them."""

    def offer(self, view: View) -> set[str]:
        """Finds out which panes there are for ``view``, and offers them on the tabs. Returns those that are gone."""
        before, there = self.there, tuple(name for name, pane in PANE_CLASSES.items() if pane.is_there(view))
        if there != before:
            if _COMPARE in set(there) - set(before):
                self._beneath = _COMPARE
            elif self._beneath not in there:
                self._beneath = _FORWARD
            self.there = there
            self._tabs.offer(self.titles)
        return set(before) - set(there)

    @property
    def titles(self) -> dict[str, str]:
        """The panes that there are now, with their titles."""
        return {name: PANE_CLASSES[name].info.title for name in self.there}

    def pane_at(self, view: View | None) -> str:
        """The pane that the lesson stands at; the step if that pane is not there now."""
        return view.state.pane if view and view.state.pane in self.there else STEP

    def show(self, view: View) -> None:
        """Shows the pane that the lesson stands at, and the right panes beside and below the step."""
        self._lay_out(self.pane_at(view), self._pane_beneath(view), has_chart=view.state.beside_step == CHART)

    def _pane_beneath(self, view: View) -> str:
        """The pane below the step and the network, where there is room for one.

        It is the pane there that the lesson stood at last. Of the two passes, it is the one that this step belongs to.
        """
        pane = self.pane_at(view)
        if PANE_CLASSES[pane].info.area is not Area.TOP:
            self._beneath = pane
        elif self._beneath in _PASSES:
            self._beneath = _BACKWARD if view.step.kind in _STEPS_BACKWARD else _FORWARD
        return self._beneath

    def _lay_out(self, pane: str, beneath: str, *, has_chart: bool) -> None:
        """Shows ``pane`` where the panes are tabs, and ``beneath`` below the step.

        Beside the step stands the chart chosen if ``has_chart``, or else the network.
        """
        screen, is_pair = self._screen, self._screen.has_class("-pair")
        laid_out = pane, beneath, self.there, has_chart, is_pair
        if laid_out == self._laid_out:
            return
        self._laid_out = laid_out
        with restyled(screen):
            for name, widget in self._widgets(PANE_CLASSES):
                widget.update_classes({"-current": name == pane, "-beneath": name == beneath}, update=False)
            for name, widget in self._widgets(Area):
                areas = {"-current-area": PANE_CLASSES[pane].info.area, "-beneath": PANE_CLASSES[beneath].info.area}
                widget.update_classes({one: area == name for one, area in areas.items()}, update=False)
            at = {f"-at-{name}": name == pane for name in PANE_CLASSES}
            has = {f"-has-{name}": name in self.there for name in PANE_CLASSES}
            screen.update_classes({"-charts": has_chart, **at, **has}, update=False)
        self._tabs.show(beneath if is_pair and PANE_CLASSES[pane].info.area is Area.TOP else pane)

    def _widgets(self, names: Iterable[str]) -> list[tuple[str, Widget]]:
        return [(name, self._screen.query_one(f"#{name}", Widget)) for name in names]

    @property
    def _tabs(self) -> PaneTabs:
        return self._screen.query_one("#tabs", PaneTabs)

    def is_in_sight(self, pane: str) -> bool:
        """Whether a pane is shown, beside others or alone."""
        widget = self._screen.query_one(f"#{pane}")
        return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))

    def comes_beside_step(self, pane: str, *, at: str) -> bool:
        """Whether ``pane`` appears beside the step if the user chooses it while the lesson stands at ``at``."""
        has_pairs = self._screen.has_class("-beside")
        others_stand_there = at != STEP and PANE_CLASSES[at].info.area is Area.TOP
        return (
            has_pairs and PANE_CLASSES[pane].info.area is Area.TOP and self.is_in_sight(STEP) and not others_stand_there
        )

    def shows_step_at(self, pane: str) -> bool:
        """Whether the step is in sight while the lesson stands at ``pane``."""
        screen = self._screen
        is_below = screen.has_class("-roomy") and pane in (ExplainPane.info.name, QuizPane.info.name)
        has_areas = screen.has_class("-all") or (screen.has_class("-pair") and pane != CheckPane.info.name)
        return has_areas or is_below or pane == STEP
