"""What the charts over two axes show: the plane of two inputs, and J over two weights."""

from typing import NamedTuple

from tui_nn.network import Network
from tui_nn.network.formulas.equations import layer_output
from tui_nn.session.document import Document

OUTPUT = "Y_hat"
CLASSES = "classes"


class PlaneUnit(NamedTuple):
    """A unit whose output the plane shows: its matrix, Y_hat or A2, A3, …, and its column there, from 1.

    With the matrix `CLASSES`, the plane shows which class the outputs predict.
    """

    matrix: str = OUTPUT
    column: int = 1


_NOT_CHOSEN = PlaneUnit("")


class PlaneChoice(NamedTuple):
    """The unit shown over the plane, its two inputs (columns of x, from 1), and where the cursor is, in x's units."""

    unit: PlaneUnit = _NOT_CHOSEN
    across: int = 1
    up: int = 2
    cursor: tuple[float, float] | None = None

    def fitted(self, document: Document) -> "PlaneChoice":
        """The choice, with the first unit and the first inputs in place of those that ``document`` does not have.

        The first unit stands for one that nobody has chosen, too.
        """
        units, inputs = plane_units(document), document.dataset.given_inputs
        unit = self.unit if self.unit in units else units[0]
        if self.across > inputs or self.up > inputs:
            return PlaneChoice(unit)
        return self._replace(unit=unit)


def plane_units(document: Document) -> tuple[PlaneUnit, ...]:
    """What the plane can show: the classes, if each has an output; the outputs; and the hidden units, layer by layer.

    Over one input it shows curves, and no classes.
    """
    network, found = document.network, document.dataset.classes
    last = len(network.layers)
    classes = [PlaneUnit(CLASSES)] if found and not found.is_binary and document.dataset.given_inputs > 1 else []
    outputs = [PlaneUnit(OUTPUT, column) for column in range(1, network.layers[-1] + 1)]
    hidden = [
        PlaneUnit(layer_output(layer).name, column)
        for layer in range(2, last)
        for column in range(1, network.layers[layer - 1] + 1)
    ]
    return *classes, *outputs, *hidden


def next_unit(choice: PlaneChoice, document: Document, by: int) -> PlaneUnit:
    """The unit that comes ``by`` places after the one shown; after the last comes the first."""
    units = plane_units(document)
    return units[(units.index(choice.fitted(document).unit) + by) % len(units)]


def next_inputs(choice: PlaneChoice, inputs: int, *, is_across: bool) -> tuple[int, int]:
    """Both inputs, once the one across, or the one up, has given way to the next that is not shown yet."""
    across, up = choice.across, choice.up
    changed, other = (across, up) if is_across else (up, across)
    changed = changed % inputs + 1
    if changed == other and inputs > 1:
        changed = changed % inputs + 1
    return (changed, other) if is_across else (other, changed)


class WeightChoice(NamedTuple):
    """A weight or bias: its matrix, row and column, from 1."""

    matrix: str
    row: int
    column: int


def weight_at(network: Network, number: int) -> WeightChoice:
    """The weight with a number, from 0: matrix by matrix, row by row. After the last comes the first."""
    number %= network.size
    for name, (rows, columns) in network.shapes.items():
        if number < rows * columns:
            return WeightChoice(name, number // columns + 1, number % columns + 1)
        number -= rows * columns
    raise IndexError(number)


def weight_number(network: Network, weight: WeightChoice) -> int | None:
    """The number of a weight in the order of `weight_at`; None if the network has no such weight."""
    before = 0
    for name, (rows, columns) in network.shapes.items():
        if name == weight.matrix:
            is_there = 1 <= weight.row <= rows and 1 <= weight.column <= columns
            return before + (weight.row - 1) * columns + weight.column - 1 if is_there else None
        before += rows * columns
    return None
