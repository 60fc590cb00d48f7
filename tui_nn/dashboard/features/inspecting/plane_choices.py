"""Which unit and which inputs the plane shows, chosen by the names of these commands."""

from collections.abc import Mapping
from functools import partial

from tui_nn.dashboard.charts.commands import has_more_inputs
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.language import _
from tui_nn.session.events import ChartChosen, Event, PlaneInputsChosen, PlaneUnitChosen
from tui_nn.session.plane_choice import next_inputs, next_unit

_SURFACE = "surface"


class PlaneChoices(Feature):
    """Shows the next unit, or the next input, on the plane, and brings the plane in sight."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "next_unit": partial(self._show_unit, 1),
            "previous_unit": partial(self._show_unit, -1),
            "next_across": partial(self._show_input, is_across=True),
            "next_up": partial(self._show_input, is_across=False),
        }

    def _show_unit(self, by: int) -> None:
        unit = next_unit(self.state.plane, self.state.document, by)
        self._show(PlaneUnitChosen(*unit))

    def _show_input(self, *, is_across: bool) -> None:
        if not self.view or not has_more_inputs(self.view):
            self.say(_("The network has no other input that the plane could show."))
            return
        document = self.state.document
        choice = self.state.plane.fitted(document)
        self._show(PlaneInputsChosen(*next_inputs(choice, document.dataset.given_inputs, is_across=is_across)))

    def _show(self, chosen: Event) -> None:
        is_there = self.state.chart == _SURFACE
        self.lesson.dispatch(*([] if is_there else [ChartChosen(_SURFACE)]), chosen)
