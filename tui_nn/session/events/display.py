"""What the screen shows besides the step: the pane, the charts, and from where on edits take effect."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import validation
from tui_nn.session.events.event import Event
from tui_nn.session.state import AHEAD_STYLES, CHART_PANE, CHARTS, EDIT_EFFECTS, PANES, State, replace


@frozen_dataclass
class PaneChosen(Event, kind="looked at", viewer_may_make=True):
    """The teacher turned to a pane: a name of `state.PANES`."""

    pane: str

    def apply(self, state: State) -> State:
        chart_cursor = state.chart_cursor if self.pane == CHART_PANE else None
        return replace(state, pane=validation.choice("pane", self.pane, PANES), chart_cursor=chart_cursor)


@frozen_dataclass
class ChartChosen(Event, kind="chart chosen", viewer_may_make=True):
    """The teacher chose a chart: a name of `state.CHARTS`."""

    chart: str

    def apply(self, state: State) -> State:
        return replace(state, chart=validation.choice("chart", self.chart, CHARTS))


@frozen_dataclass
class AheadChosen(Event, kind="ahead chosen", viewer_may_make=True):
    """The teacher chose how the charts show the iterations after the one shown: a name of `state.AHEAD_STYLES`."""

    ahead: str

    def apply(self, state: State) -> State:
        return replace(state, ahead_style=validation.choice("ahead", self.ahead, AHEAD_STYLES))


@frozen_dataclass
class ChartCursorMoved(Event, kind="pointed at", viewer_may_make=True):
    """The chart's cursor went to an iteration."""

    iteration: int

    def apply(self, state: State) -> State:
        return replace(state, chart_cursor=state.plan.check_iteration(self.iteration))


@frozen_dataclass
class EffectChosen(Event, kind="effect chosen"):
    """The teacher chose the iteration from which on edits take effect: a name of `state.EDIT_EFFECTS`."""

    effect: str

    def apply(self, state: State) -> State:
        return replace(state, edit_effect=validation.choice("effect", self.effect, EDIT_EFFECTS))
