"""Rewrites the equations of an iteration so that they have a mistake, as a student's program may."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.equations import Equation, equations, kept_by_iteration_before, matrix_shapes
from tui_nn.network.formulas.expression import (
    Added,
    CategoricalCrossEntropy,
    ConstantTimes,
    CrossEntropy,
    Derivative,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    OverNumber,
    Product,
    Shapes,
    Symbol,
    Transposed,
    replaced,
    symbols,
)
from tui_nn.network.formulas.optimizers import update_rule
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.activations.function import Number
from tui_nn.network.model.network import Network

Rewriting: TypeAlias = Callable[[Network, int], tuple[Equation, ...]]
"""Gives the equations of an iteration over so many rows with a mistake in them, or () where it is impossible."""


def forgotten_derivative(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Leaves out f′(Z) in a δ; impossible where every f′ is 1."""
    # In a hidden layer first: the gradients computed before it are right, so it shows where the mistake begins.
    hidden_first = sorted(equations(network), key=lambda one: one.step.number == len(network.layers))
    return _with_one_rewritten(equations(network), hidden_first, _without_derivative)


def missing_transpose(network: Network, rows: int) -> tuple[Equation, ...]:
    """Leaves out a transpose; impossible where without it no shapes fit, or the matrix is 1×1."""
    shapes = matrix_shapes(network, rows)
    right = equations(network)
    return _with_one_rewritten(right, right, lambda one: _untransposed(one.expression, shapes))


def lost_minus(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Leaves out the minus of the slope of J, such as −(Y − Ŷ)."""
    return _with_one_rewritten(equations(network), equations(network), _without_minus)


def mean_for_sum(network: Network, rows: int) -> tuple[Equation, ...]:
    """Divides the data's part of each slope by the number of rows; impossible with one row, or where J is the mean."""
    if rows == 1 or network.reduction == MEAN:
        return ()
    return tuple(
        replace(one, expression=replaced(one.expression, {_of_data(one): DividedByRows(_of_data(one), Symbol("Y"))}))
        if _is_slope(one)
        else one
        for one in equations(network)
    )


def forgotten_penalty(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Leaves the penalty out of the slopes, though J counts it; impossible without a penalty."""
    if not network.penalised:
        return ()
    return tuple(replace(one, expression=_of_data(one)) if _is_slope(one) else one for one in equations(network))


def penalty_on_biases(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Adds the penalty to the slopes of the biases, though J does not count them; impossible where it does."""
    if not network.penalised or not network.bias or network.penalty.on_biases:
        return ()
    right = equations(network)
    counted = {one.name: one for one in equations(replace(network, penalty=replace(network.penalty, on_biases=True)))}
    return tuple(counted[one.name] if one.step.kind is StepKind.DJDB else one for one in right)


def _is_slope(equation: Equation) -> bool:
    return equation.step.kind in (StepKind.DJDW, StepKind.DJDB)


def _of_data(equation: Equation) -> Expression:
    """A slope without the terms that the penalty adds to it."""
    expression = equation.expression
    while isinstance(expression, Added):
        expression = expression.left
    return expression


def sum_for_mean(network: Network, rows: int) -> tuple[Equation, ...]:
    """Forgets 1/N in the slope of J, which is a mean; impossible with one row, or where J is a sum."""
    if rows == 1:
        return ()
    return _with_one_rewritten(equations(network), equations(network), _without_division)


def _without_division(equation: Equation) -> Iterator[Expression]:
    match equation.expression:
        case Hadamard(DividedByRows(of), right):
            yield Hadamard(of, right)
        case DividedByRows(of) if equation.step.kind is StepKind.DELTA:
            yield of


def kept_derivative(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Multiplies the output's δ by f′(Z), though f′ cancels there; impossible where it does not."""
    kept = Derivative(network.output_activation, Symbol(f"Z{len(network.layers)}"))
    return _with_delta_of_outputs(network, lambda delta: Hadamard(delta, kept))


def forgotten_complement(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Takes −Σ y ln ŷ for J, without (1 − y) ln(1 − ŷ): the output's δ is −y (1 − ŷ) then, for a sigmoid."""
    return _only_own_target(network) if isinstance(summed_cost(network).value, CrossEntropy) else ()


def forgotten_other_units(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Takes the sigmoid's slope ŷ (1 − ŷ) in place of softmax's: the output's δ is −y (1 − ŷ) then.

    It leaves out the slopes −ŷₖ ŷⱼ of the other units, which z moves, too.
    """
    return _only_own_target(network) if isinstance(summed_cost(network).value, CategoricalCrossEntropy) else ()


def forgotten_correction(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Takes Adam's moving averages as they are, not divided by 1 − βᵗ; impossible with another optimizer."""
    right = equations(network)
    wrong = tuple(
        replace(one, expression=one.expression.of)
        if one.step.kind is StepKind.CORRECTED and isinstance(one.expression, OverNumber)
        else one
        for one in right
    )
    return wrong if wrong != right else ()


def plus_for_minus(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Adds the step to each parameter; impossible without an optimizer, where a lost minus does the same."""
    if not update_rule(network).steps:
        return ()
    return tuple(
        replace(one, expression=_added(one.expression)) if one.step.kind is StepKind.UPDATE else one
        for one in equations(network)
    )


def cleared_state(network: Network, rows: int) -> tuple[Equation, ...]:  # noqa: ARG001 - as every rewriting
    """Takes 0 for what the optimizer keeps, as a program that clears it does; impossible where it keeps nothing."""
    kept = frozenset(kept_by_iteration_before(network))
    if not kept:
        return ()
    return tuple(replace(one, expression=_without(kept, one.expression)) for one in equations(network))


def _added(update: Expression) -> Expression:
    """W + step for w − step."""
    return Added(update.left, update.right) if isinstance(update, Difference) else update


def _without(names: frozenset[str], expression: Expression) -> Expression:
    """A sum A + B without A if A has one of ``names`` in it."""
    if isinstance(expression, Added) and names & symbols(expression.left):
        return expression.right
    return expression


def _only_own_target(network: Network) -> tuple[Equation, ...]:
    """The equations with −y (1 − ŷ) for the output's δ, in place of −(y − ŷ)."""
    right = Difference(Symbol("Y"), Symbol("Y_hat"))
    wrong = Difference(Symbol("Y"), Hadamard(Symbol("Y"), Symbol("Y_hat")))
    return _with_delta_of_outputs(network, lambda delta: replaced(delta, {right: wrong}))


def _with_delta_of_outputs(network: Network, rewritten: Callable[[Expression], Expression]) -> tuple[Equation, ...]:
    """The equations with the output's δ rewritten; () where f′ does not cancel in it."""
    if not summed_cost(network).delta:
        return ()
    return tuple(
        replace(one, expression=rewritten(one.expression)) if one.name == f"delta{len(network.layers)}" else one
        for one in equations(network)
    )


def _with_one_rewritten(
    formulas: Iterable[Equation], order: Iterable[Equation], rewritings: Callable[[Equation], Iterator[Expression]]
) -> tuple[Equation, ...]:
    """The formulas with the first one in ``order`` rewritten that can be; () where none can."""
    for equation in order:
        for expression in rewritings(equation):
            return tuple(replace(one, expression=expression) if one is equation else one for one in formulas)
    return ()


def _without_derivative(equation: Equation) -> Iterator[Expression]:
    match equation.expression:
        case Hadamard(left, Derivative(activation)) if ACTIVATIONS[activation].slope != Number(1):
            yield left


def _without_minus(equation: Equation) -> Iterator[Expression]:
    match equation.expression:
        case Hadamard(left, right):
            yield from (Hadamard(one, right) for one in _without_sign(left))
        case delta if equation.step.kind is StepKind.DELTA:
            yield from _without_sign(delta)


def _without_sign(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Negated(of):
            yield of
        case ConstantTimes(constant, of) if constant < 0:
            yield ConstantTimes(-constant, of)
        case DividedByRows(of, counted):
            yield from (DividedByRows(one, counted) for one in _without_sign(of))


def _untransposed(expression: Expression, shapes: Shapes) -> Iterator[Expression]:
    """The expression without one of its transposes, each in turn."""
    match expression:
        case Product(Transposed(Symbol() as of), right) if _is_square(of, shapes):
            yield Product(of, right)
        case Product(left, Transposed(Symbol() as of)) if _is_square(of, shapes):
            yield Product(left, of)
        case Hadamard(left, right):
            yield from (Hadamard(other, right) for other in _untransposed(left, shapes))
        case Added(left, right):
            yield from (Added(other, right) for other in _untransposed(left, shapes))


def _is_square(symbol: Symbol, shapes: Shapes) -> bool:
    """Whether a matrix may stand where its transpose does, and is not the same."""
    rows, columns = symbol.shape(shapes)
    return rows == columns > 1
