"""Where one is, as the commands know it."""

from textual.widget import Widget

from tui_nn.dashboard.widgets.pane import Pane


def places_of(pane: Widget | None) -> list[str]:
    """The places whose commands apply where ``pane`` has the keys, the nearest first."""
    return list(pane.places) if isinstance(pane, Pane) else []
