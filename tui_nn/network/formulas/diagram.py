"""The network as a diagram: which numbers of an iteration stand at each unit and at each edge."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.formulas.scalar_expression import Cell, Values
from tui_nn.network.formulas.steps import Step, StepKind
from tui_nn.network.model.network import Network

ALL_ROWS = 0
"""In the place of a row of the data: the sum over all rows."""


@frozen_dataclass
class Unit:
    """A unit: its layer (1 is the input), and its number there, from 1. Number 0 is the bias, whose output is 1."""

    layer: int
    number: int

    @property
    def is_bias(self) -> bool:
        """Whether it is the node that the biases of the next layer come from."""
        return self.number == 0


@frozen_dataclass
class Edge:
    """The edge of one weight or bias, from a unit to a unit of the next layer."""

    source: Unit
    target: Unit

    @property
    def parameter(self) -> str:
        """The name of the matrix of its weight: W1 or b1 from layer 1 to layer 2."""
        return f"{'b' if self.source.is_bias else 'W'}{self.source.layer}"

    @property
    def weight(self) -> Cell:
        """The cell of its weight."""
        return Cell(self.parameter, max(1, self.source.number), self.target.number)

    @property
    def gradient(self) -> Cell:
        """The cell of ∂J/∂w, the sum over all rows."""
        return Cell(f"dJd{self.parameter}", self.weight.row, self.weight.column)

    @property
    def updated(self) -> Cell:
        """The cell of the weight after the update."""
        return Cell(f"{self.parameter}_next", self.weight.row, self.weight.column)


@lru_cache(maxsize=16)
def units(network: Network) -> tuple[tuple[Unit, ...], ...]:
    """The units of each layer; with biases, each layer but the last begins with the node 1."""
    last = len(network.layers)
    return tuple(
        tuple(Unit(layer, number) for number in range(0 if network.bias and layer < last else 1, count + 1))
        for layer, count in enumerate(network.layers, start=1)
    )


def edges_between(before: Iterable[Unit], after: Iterable[Unit]) -> Iterator[Edge]:
    """The edges from units of a layer to units of the next: those of each unit in turn."""
    targets = [target for target in after if not target.is_bias]
    return (Edge(source, target) for source in before for target in targets)


@lru_cache(maxsize=4096)
def matrices_at(network: Network, layer: int) -> dict[str, str]:
    """What a unit of ``layer`` has, in the order in which an iteration computes it: each symbol with its matrix.

    x for an input; z, a and delta for a hidden unit; z, y_hat, y and delta for an output.
    """
    last = len(network.layers)
    if layer == 1:
        return {"x": "X"}
    if layer < last:
        return {"z": f"Z{layer}", "a": layer_output(layer).name, "delta": f"delta{layer}"}
    return {"z": f"Z{last}", "y_hat": "Y_hat", "y": "Y", "delta": f"delta{last}"}


def main_symbol(network: Network, layer: int, step: Step) -> str:
    """The symbol of the number that stands for each unit of ``layer`` where there is room for one.

    It is what the step computes there, or else the output of the units: x, a or y_hat.
    """
    computed = (symbol for symbol, matrix in matrices_at(network, layer).items() if matrix == step.name)
    return next(computed, "x" if layer == 1 else "a" if layer < len(network.layers) else "y_hat")


def value_at(cell: Cell, values: Values) -> float:
    """The number of a cell, or the sum of its column where its row is `ALL_ROWS`."""
    if cell.row == ALL_ROWS:
        return float(np.sum(values[cell.name][:, cell.column - 1]))
    return cell.value(values)


def share_of_row(edge: Edge, row: int, values: Values) -> float:
    """What one row of the data adds to the edge's ∂J/∂w: a·δ, the output of its source times the target's δ there.

    Source: lecture 3, "The gradients": ∂J/∂W⁽²⁾ = A⁽²⁾ᵀ δ⁽³⁾ is the sum of these products over the rows.
    """
    delta = Cell(f"delta{edge.target.layer}", row, edge.target.number).value(values)
    if edge.source.is_bias:
        return delta
    output = Cell(layer_output(edge.source.layer).name, row, edge.source.number).value(values)
    return output * delta


def unit_of(cell: Cell, network: Network) -> Unit | None:
    """The unit that a cell of X, Z, A, Ŷ, Y or δ belongs to; None for a cell of another matrix."""
    layers = range(1, len(network.layers) + 1)
    layer = next((one for one in layers if cell.name in matrices_at(network, one).values()), None)
    return Unit(layer, cell.column) if layer else None


def edge_of(cell: Cell, network: Network) -> Edge | None:
    """The edge that a cell of W, b, their gradient or their update belongs to; None for a cell of another matrix."""
    name = cell.name.removeprefix("dJd").removesuffix("_next")
    if name not in network.shapes:
        return None
    layer = int(name[1:])
    return Edge(Unit(layer, 0 if name[0] == "b" else cell.row), Unit(layer + 1, cell.column))


def carries(step: Step, edge: Edge, network: Network) -> bool:
    """Whether a step uses the edge: forwards at Z, backwards at the δ of its source, at its gradient, at the update.

    A bias takes no part in δ: its source is the constant 1. What is fixed takes no part in the update.
    """
    layer = edge.source.layer
    match step.kind:
        case StepKind.Z:
            return step.number == layer + 1
        case StepKind.DELTA:
            return step.number == layer and not edge.source.is_bias
        case StepKind.DJDW | StepKind.DJDB:
            return step.name == edge.gradient.name
    return step.kind is StepKind.UPDATE and edge.parameter not in network.fixed


def element_count(network: Network) -> int:
    """How many units and edges there are."""
    return sum(map(len, units(network))) + network.size


def element_at(network: Network, index: int) -> Unit | Edge:
    """The unit or edge with a number, from 0: those of a layer, then the edges after it, then the next layer."""
    for layer, before in enumerate(layers := units(network)):
        if index < len(before):
            return before[index]
        index -= len(before)
        after = network.layers[layer + 1]
        if index < len(before) * after:
            target = layers[layer + 1][-after + index % after]
            return Edge(before[index // after], target)
        index -= len(before) * after
    raise IndexError(index)


def index_of(network: Network, element: Unit | Edge) -> int:
    """The number of a unit or edge in the order of `element_at`."""
    layers = units(network)
    unit = element if isinstance(element, Unit) else element.source
    index = sum(len(layers[i]) * (1 + network.layers[i + 1]) for i in range(unit.layer - 1))
    before = layers[unit.layer - 1]
    if isinstance(element, Unit):
        return index + before.index(unit)
    after = network.layers[unit.layer]
    return index + len(before) + before.index(unit) * after + element.target.number - 1
