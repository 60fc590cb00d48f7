"""The numbers of one iteration, as the panes write them."""

import numpy as np

from tui_nn.network import ACTIVATIONS, Network, Pass, Slope, WeightPlace, prediction, slope
from tui_nn.network.checks.run_notes import Saturated, saturated
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.formulas.expression import (
    Activated,
    Derivative,
    DividedByRows,
    Expression,
    SumOfSquares,
    Symbol,
    Transposed,
)
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import DataRows
from tui_nn.writing.notation.number_format import Format, matrix_format
from tui_nn.writing.notation.signs import Notation

_LEAST_WIDTH = 6


class IterationNumbers:
    """The pass of an iteration, and the values and number formats of its formulas' parts.

    Everything is computed when a pane first asks for it, and kept for the other steps of the iteration.
    """

    def __init__(self, computed: Pass, notation: Notation) -> None:
        self.computed = computed
        self._notation = notation
        self._values_and_formats: dict[Expression, tuple[Array, Format]] = {}
        self._slopes: dict[WeightPlace, Slope] = {}
        self._check: SlopeMeasurement | None = None
        self._saturated: dict[int, Saturated | None] = {}
        self._of_test_rows: dict[str, Array] = {}
        self.of_charts: dict[tuple[object, ...], object] = {}
        """What charts computed for themselves, by what it depends on besides the iteration."""

    def saturated(self, layer: int) -> Saturated | None:
        """The units of a layer that are saturated in every row of the data; None if there is no such unit."""
        if layer not in self._saturated:
            self._saturated[layer] = saturated(self.computed, layer)
        return self._saturated[layer]

    def value_and_format(self, expression: Expression) -> tuple[Array, Format]:
        """The value of ``expression`` in this iteration, and the format in which its cells are written."""
        if expression not in self._values_and_formats:
            with np.errstate(all="ignore"):
                values = expression.value(self.computed.matrices)
            # Read-only, so that others can keep what they have found out about these numbers.
            values.flags.writeable = False
            number_format = matrix_format(
                values,
                self._notation.minus,
                _LEAST_WIDTH,
                self._notation.digits,
                can_be_negative=_can_be_negative(expression, self.computed.network),
            )
            self._values_and_formats[expression] = values, number_format
        return self._values_and_formats[expression]

    def of_test_rows(self, test: DataRows, expression: Expression) -> Array:
        """The value of ``expression``, of the forward pass, for the rows kept back for a test."""
        with np.errstate(all="ignore"):
            if not self._of_test_rows:
                network, parameters = self.computed.network, self.computed.parameters
                self._of_test_rows = {**prediction(network, test.X, parameters), "Y": test.Y}
            return expression.value(self._of_test_rows)

    def slope(self, place: WeightPlace) -> Slope:
        """The slope of J at a weight, measured."""
        if place not in self._slopes:
            with np.errstate(all="ignore"):
                self._slopes[place] = slope(self.computed.data, self.computed, place)
        return self._slopes[place]

    def check(self) -> SlopeMeasurement:
        """The gradient check of the iteration."""
        if self._check is None:
            self._check = SlopeMeasurement(self.computed.data, self.computed)
        return self._check


def _can_be_negative(expression: Expression, network: Network) -> bool:
    """Whether a value can have minus signs in one iteration of a run and none in another."""
    match expression:
        case Transposed(of) | DividedByRows(of):
            return _can_be_negative(of, network)
        case Symbol("X" | "Y" | "J" | "penalty") | SumOfSquares() | Derivative():
            # The data are the same in every iteration, and the others are never negative.
            return False
        case Activated(activation, _):
            return ACTIVATIONS[activation].reach[0] < 0
        case Symbol():
            layers = range(2, len(network.layers) + 1)
            outputs = (network.activation_of(layer) for layer in layers if layer_output(layer) == expression)
            output = next(outputs, None) if expression.name != "Y_hat" else network.activation_of(len(network.layers))
            return output is None or output.reach[0] < 0
    return True
