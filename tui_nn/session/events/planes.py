"""What the charts over two axes show: the unit and the inputs of the plane, the cursor on it, the second weight."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import validation
from tui_nn.session.events.event import Event
from tui_nn.session.plane_choice import PlaneUnit, WeightChoice, plane_units, weight_number
from tui_nn.session.state import State, replace


@frozen_dataclass
class PlaneUnitChosen(Event, kind="plane unit chosen", viewer_may_make=True):
    """The teacher chose the unit whose output the plane shows: a column of Y_hat, A2, A3, …, or classes."""

    matrix: str
    column: int

    def apply(self, state: State) -> State:
        unit, units = PlaneUnit(self.matrix, self.column), plane_units(state.document)
        validation.choice("matrix", self.matrix, tuple(dict.fromkeys(one.matrix for one in units)))
        validation.in_range("column", self.column, sum(one.matrix == self.matrix for one in units))
        return replace(state, plane=state.plane._replace(unit=unit))


@frozen_dataclass
class PlaneInputsChosen(Event, kind="plane inputs chosen", viewer_may_make=True):
    """The teacher chose the two inputs of the plane, by their numbers: the one from left to right, and the one up."""

    across: int
    up: int

    def apply(self, state: State) -> State:
        inputs = state.document.dataset.given_inputs
        across = validation.in_range("across", self.across, inputs)
        up = validation.in_range("up", self.up, inputs)
        if across == up:
            raise ValidationError("up", str(up), _("another input than the one across"))
        return replace(state, plane=state.plane._replace(across=across, up=up, cursor=None))


@frozen_dataclass
class PlaneCursorMoved(Event, kind="pointed at the plane", viewer_may_make=True):
    """The cursor on the plane went to a place, in the units of the two inputs."""

    across: float
    up: float

    def apply(self, state: State) -> State:
        cursor = validation.number("across", self.across), validation.number("up", self.up)
        return replace(state, plane=state.plane._replace(cursor=cursor))


@frozen_dataclass
class SecondWeightChosen(Event, kind="second weight chosen", viewer_may_make=True):
    """The teacher chose the weight that the chart of J over two weights has upwards, beside the selected one."""

    matrix: str
    row: int
    column: int

    def apply(self, state: State) -> State:
        weight, network = WeightChoice(self.matrix, self.row, self.column), state.document.network
        validation.choice("matrix", self.matrix, tuple(network.shapes))
        if weight_number(network, weight) is None:
            rows, columns = network.shapes[self.matrix]
            expected = _("a cell of {matrix}, {rows}×{columns}", matrix=self.matrix, rows=rows, columns=columns)
            raise ValidationError("row", f"{self.row},{self.column}", expected)
        return replace(state, second_weight=weight)
