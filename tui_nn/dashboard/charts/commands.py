"""The commands that charts have of their own, known before a chart is imported."""

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.language import _

_AXES = 2


def has_more_inputs(view: View) -> bool:
    """Whether there is an input that the plane does not show."""
    return view.state.document.dataset.given_inputs > _AXES


PLANE = _("On the plane")
PLANE_COMMANDS = (
    Command("", "", "← → ↑ ↓", _("move"), _("Move the cursor; the title says the value there"), PLANE),
    Command("", "enter", "Enter", _("add row"), _("Predict for a new row at the cursor (also a click)"), PLANE),
)
PLANE_CHOICES = (
    Command("next_unit", "", ".", _("next unit"), _("The next output or hidden unit on the plane"), PLANE),
    Command("previous_unit", "", ",", "", _("The output or hidden unit before"), PLANE),
    Command(
        "next_across", "", "a", _("input →"), _("Another input from left to right"), PLANE, has_effect=has_more_inputs
    ),
    Command("next_up", "", "A", _("input ↑"), _("Another input upwards"), PLANE, has_effect=has_more_inputs),
)
"""What can be chosen by its name as well, wherever the user is."""
COST_MAP = _("On the map of J")
COST_MAP_COMMANDS = (
    Command("", "", "← →", _("weight across"), _("Another weight from left to right"), COST_MAP),
    Command("", "", "↑ ↓", _("weight up"), _("Another weight upwards"), COST_MAP),
)
TILES = _("On the tiles")
TILES_COMMANDS = (
    Command("", "", "← →", _("unit"), _("Choose a hidden unit"), TILES),
    Command("", "enter", "Enter", _("large"), _("Show the unit chosen large, on the plane (also a click)"), TILES),
)
