"""How the lecture comes to each formula: the chain rule, a line at a time, for a network of any depth.

A line is a value, like an equation: its expressions can be evaluated, and each product knows its shape. The last line
of each step is the equation that the iteration computes.
"""

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import in_network, summed_cost
from tui_nn.network.formulas.costs.cost import of_row
from tui_nn.network.formulas.equations import DATA_COST, PENALTY, equations, layer_output
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    ColumnSums,
    Complement,
    Derivative,
    Diagonal,
    Difference,
    Expression,
    Hadamard,
    MatrixRow,
    Negated,
    PlusRow,
    Product,
    Shape,
    Shapes,
    SumOverRows,
    Symbol,
    Transposed,
)
from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.formulas.steps import Step, StepKind
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.activations.cell_function import CellFunction
from tui_nn.network.model.network import Network


@frozen_dataclass
class Partial:
    """∂a/∂b."""

    of: Symbol | MatrixRow
    by: Symbol | MatrixRow


@frozen_dataclass
class Differentiated:
    """∂/∂b of the cost of all rows, or of one row."""

    by: Symbol
    of: Expression


@frozen_dataclass
class Chain:
    """The product of ``factors``, in the order of the chain rule, summed over the rows; without factors, 1."""

    factors: tuple[Expression | Partial | Differentiated, ...]


@frozen_dataclass
class FunctionRule:
    """Line ``number``, from 0, of the ``derivation`` of a function, or f(z) itself where ``number`` is None."""

    function: CellFunction
    number: int | None


Right: TypeAlias = Expression | Chain | Differentiated | FunctionRule


class ShapeFit(Enum):
    """Whether the shapes of a line fit together."""

    RIGHT = auto()
    UNDEFINED = auto()
    """There is no such product."""
    OTHER_SHAPE = auto()
    """It can be computed, but does not have the wanted shape."""
    BY_CHANCE = auto()
    """It has the wanted shape, but other numbers."""
    SAME = auto()
    """It is a product of two single numbers, whose order does not matter."""


@frozen_dataclass
class DerivationLine:
    """``left`` = ``right``; a line without a left side continues the one before it.

    ``is_right`` is false if the line is a tempting mistake; ``wanted`` is then the matrix whose shape it should have.
    ``letter`` is that of the optimizer's matrix that the line is about, in lines over all iterations.
    """

    reason: Reason
    left: Expression | Partial | None
    right: Right
    is_right: bool = True
    wanted: Symbol | MatrixRow | None = None
    letter: str = ""

    def fit(self, shapes: Shapes) -> ShapeFit:
        """Whether the shapes fit, those of the matrices being ``shapes``."""
        if self.is_right or isinstance(self.right, Chain | Differentiated | FunctionRule) or self.wanted is None:
            return ShapeFit.RIGHT
        if isinstance(self.right, Product) and {self.right.left.shape(shapes), self.right.right.shape(shapes)} == {
            (1, 1)
        }:
            return ShapeFit.SAME
        try:
            shape = self.right.shape(shapes)
        except ValueError:
            return ShapeFit.UNDEFINED
        return ShapeFit.BY_CHANCE if shape == self.wanted.shape(shapes) else ShapeFit.OTHER_SHAPE

    def shape(self, shapes: Shapes) -> Shape | None:
        """The shape of the left side; None if there is no left side, or if it is no matrix."""
        match self.left:
            case Partial(Symbol("J" | "E"), by):
                return by.shape(shapes)
            case Symbol() | MatrixRow():
                return self.left.shape(shapes)
        return None


@lru_cache(maxsize=64)
def derivation(network: Network, step: Step) -> tuple[DerivationLine, ...]:
    """The lines that lead to what ``step`` computes; at least one.

    Source: lecture 3, "Forward propagation", "The gradients" and "Gradient descent"; for biases its exercise.
    """
    return tuple(_Deriver(network).lines(step))


_J, _Y, _Y_HAT = Symbol("J"), Symbol("Y"), Symbol("Y_hat")


@frozen_dataclass
class _Deriver:
    network: Network

    def lines(self, step: Step) -> Iterator[DerivationLine]:
        last = len(self.network.layers)
        match step.kind:
            case StepKind.Z:
                return self._weighted_sums(step)
            case StepKind.A | StepKind.Y_HAT:
                return self._activated(step)
            case StepKind.COST:
                return self._cost(step)
            case StepKind.DELTA if step.number == last:
                return self._output_delta(step)
            case StepKind.DELTA:
                return self._hidden_delta(step)
            case StepKind.DJDW:
                return self._weights(step)
            case StepKind.DJDB:
                return self._biases(step)
            case StepKind.UPDATE:
                return self._update(step)
            case StepKind.VELOCITY | StepKind.SQUARES | StepKind.MOMENTS | StepKind.CORRECTED:
                return self._before_update(step)

    @property
    def _of_data(self) -> Symbol:
        """What the chain rule differentiates: J, or, if J has a penalty, J without the penalty."""
        return Symbol(DATA_COST) if self.network.penalised else _J

    def _equation(self, step: Step, reason: Reason) -> DerivationLine:
        """What the iteration computes at ``step``."""
        equation = next(one for one in equations(self.network) if one.name == step.name)
        return DerivationLine(reason, Symbol(equation.name), equation.expression)

    def _sum_of_row(self, layer: int) -> Expression:
        """zₙ of ``layer``, from what comes in on its weights."""
        product = Product(MatrixRow(layer_output(layer - 1)), Symbol(f"W{layer - 1}"))
        return PlusRow(product, Symbol(f"b{layer - 1}")) if self.network.bias else product

    def _weighted_sums(self, step: Step) -> Iterator[DerivationLine]:
        Z, W, before = Symbol(step.name), Symbol(f"W{step.number - 1}"), layer_output(step.number - 1)
        yield DerivationLine(Reason.ONE_ROW, MatrixRow(Z), self._sum_of_row(step.number))
        yield DerivationLine(Reason.WRONG_ORDER, None, Product(W, before), is_right=False, wanted=Z)
        yield self._equation(step, Reason.ALL_ROWS)

    def _activated(self, step: Step) -> Iterator[DerivationLine]:
        layer = step.number or len(self.network.layers)
        activation = self.network.activation_of(layer)
        yield DerivationLine(Reason.FUNCTION, None, FunctionRule(activation, None))
        yield DerivationLine(
            Reason.ROW_BY_ROW if activation.mixes_units else Reason.CELL_BY_CELL,
            MatrixRow(Symbol(step.name)),
            Activated(activation.name, MatrixRow(Symbol(f"Z{layer}"))),
        )
        yield self._equation(step, Reason.ALL_ROWS)

    def _cost(self, step: Step) -> Iterator[DerivationLine]:
        cost = summed_cost(self.network)
        value = cost.value
        yield DerivationLine(Reason.COST_OF_ROW, self._of_data, in_network(self.network, SumOverRows(of_row(value))))
        if cost.over_errors:
            yield DerivationLine(Reason.FUNCTION, None, FunctionRule(cost.over_errors.function, None))
        if self.network.penalised:
            yield DerivationLine(Reason.COST, self._of_data, in_network(self.network, value))
            penalty = next(one for one in equations(self.network) if one.name == PENALTY)
            yield DerivationLine(Reason.PENALTY, Symbol(PENALTY), penalty.expression)
            yield self._equation(step, Reason.WITH_PENALTY)
        else:
            yield self._equation(step, Reason.COST)

    def _output_delta(self, step: Step) -> Iterator[DerivationLine]:
        W, Z = Symbol(f"W{step.number - 1}"), Symbol(f"Z{step.number}")
        cost = summed_cost(self.network)
        added, outer = (in_network(self.network, of_row(formula)) for formula in (cost.value, cost.slope))
        if cost.over_errors:
            yield from self._rules(cost.over_errors.function)
        yield DerivationLine(Reason.SOUGHT, Partial(self._of_data, W), Differentiated(W, SumOverRows(added)))
        yield DerivationLine(Reason.SUM_RULE, None, Chain((Differentiated(W, added),)))
        yield DerivationLine(Reason.COST_SLOPE, None, Chain((outer, Partial(MatrixRow(_Y_HAT), W))))
        inner = (Partial(MatrixRow(_Y_HAT), MatrixRow(Z)), Partial(MatrixRow(Z), W))
        yield DerivationLine(Reason.CHAIN_RULE, None, Chain((outer, *inner)))
        if ACTIVATIONS[self.network.output_activation].mixes_units:
            yield from self._through_softmax(step, outer, Z)
        else:
            yield from self._slope(_Y_HAT, Z, self.network.output_activation)
            slope = Derivative(self.network.output_activation, MatrixRow(Z))
            yield DerivationLine(Reason.NAMED, MatrixRow(Symbol(step.name)), Hadamard(outer, slope))
        if cost.delta:
            delta = in_network(self.network, of_row(cost.delta))
            yield DerivationLine(Reason.CANCELLED, MatrixRow(Symbol(step.name)), delta)
        yield self._equation(step, Reason.ALL_ROWS)

    def _through_softmax(self, step: Step, outer: Expression, Z: Symbol) -> Iterator[DerivationLine]:
        """From ∂J/∂ŷₙ to δₙ: each z moves every ŷ of its row, so δ is a sum over them, with k = j and k ≠ j."""
        y, y_hat, delta = MatrixRow(_Y), MatrixRow(_Y_HAT), MatrixRow(Symbol(step.name))
        yield from self._rules(ACTIVATIONS[self.network.output_activation])
        jacobian = Difference(Diagonal(y_hat), Product(Transposed(y_hat), y_hat))
        yield DerivationLine(Reason.SLOPES_OF_UNITS, Partial(y_hat, MatrixRow(Z)), jacobian)
        yield DerivationLine(Reason.NAMED, delta, Product(outer, jacobian))
        same, others = Negated(Hadamard(y, Complement(y_hat))), Hadamard(Complement(y), y_hat)
        yield DerivationLine(Reason.SAME_UNIT, None, in_network(self.network, same))
        yield DerivationLine(Reason.OTHER_UNITS, None, in_network(self.network, others))
        yield DerivationLine(Reason.UNITS_ADDED, delta, in_network(self.network, Added(same, others)))

    def _rules(self, function: CellFunction) -> Iterator[DerivationLine]:
        for number in range(len(function.derivation)):
            yield DerivationLine(Reason.FUNCTION, None, FunctionRule(function, number))

    def _slope(self, A: Symbol, Z: Symbol, activation: str) -> Iterator[DerivationLine]:
        yield from self._rules(ACTIVATIONS[activation])
        yield DerivationLine(Reason.SLOPE, Partial(MatrixRow(A), MatrixRow(Z)), Derivative(activation, MatrixRow(Z)))

    def _weights(self, step: Step) -> Iterator[DerivationLine]:
        layer = step.number
        W, Z, before = Symbol(f"W{layer}"), Symbol(f"Z{layer + 1}"), layer_output(layer)
        delta = Symbol(f"delta{layer + 1}")
        changed_order = Product(Transposed(MatrixRow(before)), MatrixRow(delta))
        chain_order = Product(MatrixRow(delta), Transposed(MatrixRow(before)))
        yield DerivationLine(
            Reason.SO_FAR, Partial(self._of_data, W), Chain((MatrixRow(delta), Partial(MatrixRow(Z), W)))
        )
        yield DerivationLine(Reason.WEIGHTED_SUM, MatrixRow(Z), self._sum_of_row(layer + 1))
        yield DerivationLine(Reason.INCOMING, Partial(MatrixRow(Z), W), Transposed(MatrixRow(before)))
        yield DerivationLine(Reason.ROW_WRONG_ORDER, None, chain_order, is_right=False, wanted=W)
        yield DerivationLine(Reason.ROW_ORDER, None, changed_order)
        yield DerivationLine(Reason.SUMMED, Partial(self._of_data, W), SumOverRows(changed_order))
        yield DerivationLine(Reason.MATRICES_WRONG_ORDER, None, Product(delta, before), is_right=False, wanted=W)
        if self.network.penalised:
            product = Product(Transposed(before), delta)
            yield DerivationLine(Reason.MATRICES, Partial(self._of_data, W), product)
            yield self._equation(step, Reason.SLOPE_OF_PENALTY)
        else:
            yield self._equation(step, Reason.MATRICES)

    def _hidden_delta(self, step: Step) -> Iterator[DerivationLine]:
        layer = step.number
        W, before = Symbol(f"W{layer}"), Symbol(f"W{layer - 1}")
        A, Z, above = Symbol(f"A{layer}"), Symbol(f"Z{layer}"), Symbol(f"Z{layer + 1}")
        delta = MatrixRow(Symbol(f"delta{layer + 1}"))
        back = Product(delta, Transposed(W))
        yield DerivationLine(
            Reason.SOUGHT_DEEPER, Partial(self._of_data, before), Chain((delta, Partial(MatrixRow(above), before)))
        )
        inner = (
            Partial(MatrixRow(above), MatrixRow(A)),
            Partial(MatrixRow(A), MatrixRow(Z)),
            Partial(MatrixRow(Z), before),
        )
        yield DerivationLine(Reason.CHAIN_DEEPER, None, Chain((delta, *inner)))
        yield DerivationLine(Reason.BACK_WRONG, None, Product(delta, W), is_right=False, wanted=MatrixRow(A))
        yield DerivationLine(Reason.BACK, None, back)
        activation = self.network.activation_of(layer).name
        slope = Derivative(activation, MatrixRow(Z))
        # Each f′ is derived only once: at the last layer with this f, which is the first on the way back.
        later = range(layer + 1, len(self.network.layers) + 1)
        if activation in (self.network.activation_of(one).name for one in later):
            yield DerivationLine(Reason.SLOPE, Partial(MatrixRow(A), MatrixRow(Z)), slope)
        else:
            yield from self._slope(A, Z, activation)
        yield DerivationLine(Reason.NAMED, MatrixRow(Symbol(step.name)), Hadamard(back, slope))
        yield self._equation(step, Reason.ALL_ROWS)

    def _biases(self, step: Step) -> Iterator[DerivationLine]:
        b, delta = Symbol(f"b{step.number}"), Symbol(f"delta{step.number + 1}")
        yield DerivationLine(Reason.EACH_BIAS, Partial(MatrixRow(Symbol(f"Z{step.number + 1}")), b), Chain(()))
        yield DerivationLine(Reason.BIASES_SUMMED, Partial(self._of_data, b), SumOverRows(MatrixRow(delta)))
        if b.name in self.network.penalised:
            yield DerivationLine(Reason.COLUMN_SUMS, Partial(self._of_data, b), ColumnSums(delta))
            yield self._equation(step, Reason.SLOPE_OF_PENALTY)
        else:
            yield self._equation(step, Reason.COLUMN_SUMS)

    def _before_update(self, step: Step) -> Iterator[DerivationLine]:
        """For a single weight, what the rule comes to over all iterations; then the equations of all weights."""
        for one in update_rule(self.network).before_update:
            if one.step == step.kind:
                for line in one.lines:
                    yield DerivationLine(line.reason, line.left, line.right, letter=one.letter)
        reason = Reason.ALL_AT_ONCE
        for equation in equations(self.network):
            if equation.step == step:
                yield DerivationLine(reason, Symbol(equation.name), equation.expression)
                reason = Reason.DOWNHILL_TOO

    def _update(self, step: Step) -> Iterator[DerivationLine]:
        for line in update_rule(self.network).lines if self.network.trained else ():
            yield DerivationLine(line.reason, line.left, line.right)
        reason = Reason.DOWNHILL
        updates = [one for one in equations(self.network) if one.step == step]
        for name, equation in zip(self.network.shapes, updates, strict=True):
            if name in self.network.fixed:
                yield DerivationLine(Reason.FIXED, Symbol(equation.name), equation.expression)
            else:
                yield DerivationLine(reason, Symbol(equation.name), equation.expression)
                reason = Reason.DOWNHILL_TOO
