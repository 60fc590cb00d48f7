"""What stands on the main screen, from top to bottom."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.reactive import Reactive
from textual.widgets import Static

from tui_nn.dashboard.panes.chart import SmallCost
from tui_nn.dashboard.panes.registry import panes_in
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.pane import Area
from tui_nn.dashboard.widgets.status_lines import Banner, Header, KeyLine, PaneTabs
from tui_nn.dashboard.widgets.step_strip import SettingsLine, StepStrip
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.language import _


def lesson_widgets(view: Reactive[View | None]) -> ComposeResult:
    """All widgets. Those that show the lesson are bound to ``view``, a reactive of the app."""
    yield Header(id="header").data_bind(view)
    yield StepStrip(id="steps").data_bind(view)
    yield Banner(id="banner").data_bind(view)
    with Vertical(id="main"):
        for area in Area:
            if area is Area.MIDDLE:
                yield PaneTabs(id="tabs")
            with Container(id=area):
                for pane in panes_in(area):
                    yield pane().data_bind(view)
                if area is Area.BOTTOM:
                    yield SmallCost().data_bind(view)
    yield SettingsLine(id="settings-line").data_bind(view)
    yield Timeline(id="timeline").data_bind(view)
    yield KeyLine(id="keys")
    yield Static(_("tui-nn needs a terminal of at least 60 columns and 20 lines."), id="too-small", markup=False)
