"""Which cells of an iteration show the number of another cell, or give it away at a glance.

A quiz hides them with the number that it asks for. They follow from the formulas and the data, never from numbers that
happen to be alike.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.cost import Y_HAT, Y
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.formulas.explain import ERROR, SourceCells
from tui_nn.network.formulas.expression import (
    Added,
    ConstantTimes,
    Difference,
    Expression,
    Negated,
    NumberTimes,
    OverNumber,
    Symbol,
)
from tui_nn.network.formulas.optimizers import matrix_name, update_rule
from tui_nn.network.formulas.optimizers.update_rule import dJdw
from tui_nn.network.model.activations import ACTIVATIONS, Activation
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network

_IDENTITY = ACTIVATIONS["identity"]
_FEW_ROWS = 20


def cells_that_tell(network: Network, dataset: Dataset, cells: SourceCells) -> tuple[SourceCells, ...]:
    """The cells, besides ``cells``, that give these away: the same numbers but for a factor, or one subtraction away.

    The factor is −1, 1/N or a constant of the formulas. What ``cells`` are computed from is not among them: whoever
    computes them needs it. Ŷ is not given for δ = Ŷ − Y, even if y is 0.
    """
    found = {cells: None}
    waiting = [cells]
    while waiting:
        for one in _told_by(network, dataset, waiting.pop()):
            if one not in found:
                found[one] = None
                waiting.append(one)
    return tuple(found)[1:]


def _told_by(network: Network, dataset: Dataset, cells: SourceCells) -> Iterator[SourceCells]:
    name, row, column = cells.name, cells.row, cells.column
    last = len(network.layers)
    if name in network.fixed:
        yield SourceCells(f"{name}_next", row, column)
    yield from _told_by_optimizer(network, cells)
    if summed_cost(network).total_of_row and network.layers[-1] == 2:
        yield from _told_by_other_class(network, cells)
    if _delta_is_error(network):
        if name in (Y.name, Y_HAT.name):
            yield SourceCells(f"delta{last}", row, column)
        if name == f"delta{last}":
            yield SourceCells(ERROR, row, column)
    for layer in range(2, last + 1):
        sums, outputs = f"Z{layer}", Y_HAT.name if layer == last else layer_output(layer).name
        activation = network.activation_of(layer)
        if name == sums and _keeps_positive(activation):
            yield SourceCells(outputs, row, column)
        if name == outputs and activation is _IDENTITY:
            yield SourceCells(sums, row, column)
        biases, delta = f"b{layer - 1}", f"delta{layer}"
        if dataset.rows == 1 and network.bias and biases not in network.penalised:
            twins = {delta: f"dJd{biases}", f"dJd{biases}": delta}
            if name in twins:
                yield SourceCells(twins[name], row, column)
    if name in ("delta2", "dJdW1") and "W1" not in network.penalised:
        yield from _told_by_single_inputs(dataset, cells)
    if name == ("b1" if network.bias else "W1"):
        yield from _told_by_single_terms(dataset, cells)


def _told_by_optimizer(network: Network, cells: SourceCells) -> Iterator[SourceCells]:
    """The cells that the optimizer makes of these alone in iteration 1, where all that it has kept is 0: V of ∂J/∂W."""
    rule = update_rule(network)
    for parameter in network.trained:
        for symbol in (dJdw, *map(Symbol, rule.letters)):
            if rule.of_parameter(symbol, parameter) == Symbol(cells.name):
                for one in rule.before_update:
                    if _is_term(symbol, one.expression):
                        yield replace(cells, name=matrix_name(one.letter, parameter))


def _is_term(symbol: Symbol, expression: Expression) -> bool:
    """Whether a sum has the symbol as one of its terms, perhaps times a number."""
    match expression:
        case Added(left, right):
            return _is_term(symbol, left) or _is_term(symbol, right)
        case NumberTimes(of=of) | OverNumber(of=of):
            return _is_term(symbol, of)
    return expression == symbol


def _told_by_other_class(network: Network, cells: SourceCells) -> Iterator[SourceCells]:
    """The same cell of the other of two classes: each row of Y and Ŷ sums to 1, so what is computed from it to 0."""
    layer = len(network.layers)
    last_slopes = (f"dJd{name}" for name in (f"W{layer - 1}", f"b{layer - 1}") if name not in network.penalised)
    if cells.name in (Y.name, Y_HAT.name, f"delta{layer}", *last_slopes) and cells.column:
        yield SourceCells(cells.name, cells.row, 3 - cells.column)


def _told_by_single_inputs(dataset: Dataset, cells: SourceCells) -> Iterator[SourceCells]:
    """δ⁽²⁾ and ∂J/∂W⁽¹⁾ where they are alike: where a column of X is 0 but for a 1 or −1."""
    X = dataset.X
    is_single = (np.count_nonzero(X, axis=0) == 1) & (np.abs(X).max(axis=0) == 1)
    for at in np.flatnonzero(is_single):
        of_delta, of_slope = int(np.abs(X[:, at]).argmax()) + 1, int(at) + 1
        if cells.name == "delta2" and cells.row in (0, of_delta):
            yield SourceCells("dJdW1", of_slope, cells.column)
        if cells.name == "dJdW1" and cells.row in (0, of_slope):
            yield SourceCells("delta2", of_delta, cells.column)


def _told_by_single_terms(dataset: Dataset, cells: SourceCells) -> Iterator[SourceCells]:
    """The cells of Z⁽²⁾ that are a bias, in rows of zeros; or without biases a weight, in rows with only a 1 or −1."""
    X = dataset.X
    count = np.count_nonzero(X, axis=1)
    is_alike: NDArray[np.bool_] = count == 0
    if cells.name == "W1":
        is_alike = (count == 1) & (np.abs(X if cells.row == 0 else X[:, [cells.row - 1]]).max(axis=1) == 1)
    rows = np.flatnonzero(is_alike)
    # Each cell drawn looks through the places: of many rows, the whole column is quicker.
    for row in rows if len(rows) <= _FEW_ROWS else (-1,):
        yield SourceCells("Z2", int(row) + 1, cells.column)


def _delta_is_error(network: Network) -> bool:
    """Whether δ of the outputs is the error Y − Ŷ times a constant, at least for positive sums of the outputs."""
    cost = summed_cost(network)
    if cost.delta:
        return _is_multiple_of_error(cost.delta)
    return _is_multiple_of_error(cost.slope) and _keeps_positive(network.activation_of(len(network.layers)))


def _is_multiple_of_error(expression: Expression) -> bool:
    match expression:
        case Negated(of) | ConstantTimes(of=of):
            return _is_multiple_of_error(of)
    return expression == Difference(Y, Y_HAT)


def _keeps_positive(activation: Activation) -> bool:
    """Whether f(z) is z for positive z, as for relu."""
    z = np.array([[0.5, 2.0]])
    return not activation.mixes_units and bool((activation.value(z) == z).all())
