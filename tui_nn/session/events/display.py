"""What the screen shows besides the step: the pane, the charts, and from where on edits take effect."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits, validation
from tui_nn.session.display_choices import AHEAD_STYLES, CHART, CHART_PANE, CHARTS, ITERATION_SCALES, NETWORK, PANES
from tui_nn.session.events.event import Event
from tui_nn.session.state import EDIT_EFFECTS, State, replace


@frozen_dataclass
class PaneChosen(Event, kind="looked at", viewer_may_make=True):
    """The teacher turned to a pane: a name of `PANES`."""

    pane: str

    def apply(self, state: State) -> State:
        pane = validation.choice("pane", self.pane, PANES)
        if pane == CHART_PANE:
            return replace(state, pane=pane)
        return replace(state, pane=pane, chart_cursor=None, plane=state.plane._replace(cursor=None))


@frozen_dataclass
class ChartChosen(Event, kind="chart chosen", viewer_may_make=True):
    """The teacher chose a chart: a name of `CHARTS`."""

    chart: str

    def apply(self, state: State) -> State:
        return replace(state, chart=validation.choice("chart", self.chart, CHARTS), beside_step=CHART)


@frozen_dataclass
class NetworkShown(Event, kind="network shown", viewer_may_make=True):
    """The teacher brought the picture of the network back beside the step, in the place of a chart."""

    def apply(self, state: State) -> State:
        return replace(state, beside_step=NETWORK)


@frozen_dataclass
class AheadChosen(Event, kind="ahead chosen", viewer_may_make=True):
    """The teacher chose how the charts show the iterations after the one shown: a name of `AHEAD_STYLES`."""

    ahead: str

    def apply(self, state: State) -> State:
        return replace(state, ahead_style=validation.choice("ahead", self.ahead, AHEAD_STYLES))


@frozen_dataclass
class IterationScaleChosen(Event, kind="scale chosen", viewer_may_make=True):
    """The teacher chose how the charts space the iterations: a name of `ITERATION_SCALES`."""

    scale: str

    def apply(self, state: State) -> State:
        return replace(state, iteration_scale=validation.choice("scale", self.scale, ITERATION_SCALES))


@frozen_dataclass
class IterationsCharted(Event, kind="iterations charted", viewer_may_make=True):
    """The teacher chose the iterations that the charts show; a ``last`` of 0 is the last one of the run."""

    first: int
    last: int

    def apply(self, state: State) -> State:
        first = validation.whole_number("first", self.first, 1, limits.ITERATIONS)
        last = self.last and validation.whole_number("last", self.last, first + 1, limits.ITERATIONS)
        return replace(state, first_charted=first, last_charted=last)


@frozen_dataclass
class ChartCursorMoved(Event, kind="pointed at", viewer_may_make=True):
    """The chart's cursor went to an iteration."""

    iteration: int

    def apply(self, state: State) -> State:
        return replace(state, chart_cursor=state.plan.check_iteration(self.iteration))


@frozen_dataclass
class RowChosen(Event, kind="row chosen", viewer_may_make=True):
    """The teacher chose the row of the data that the picture of the network shows; 0: the sum over all rows."""

    row: int

    def apply(self, state: State) -> State:
        return replace(state, row=validation.in_range("row", self.row, state.document.dataset.rows, first=0))


@frozen_dataclass
class EffectChosen(Event, kind="effect chosen"):
    """The teacher chose the iteration from which on edits take effect: a name of `state.EDIT_EFFECTS`."""

    effect: str

    def apply(self, state: State) -> State:
        return replace(state, edit_effect=validation.choice("effect", self.effect, EDIT_EFFECTS))
