"""The lecture's formulas, for a network of any depth."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, reduce
from types import MappingProxyType

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import in_network, summed_cost
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    ColumnSums,
    ConstantTimes,
    Derivative,
    Expression,
    Hadamard,
    NumberTimes,
    PlusRow,
    Product,
    Shape,
    Signs,
    SumOfSizes,
    SumOfSquares,
    Symbol,
    Transposed,
    replaced,
)
from tui_nn.network.formulas.optimizers import matrix_name, name_before, parameter_of, update_rule
from tui_nn.network.formulas.optimizers.update_rule import before, w
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE, Step, StepKind, steps
from tui_nn.network.model.network import Network

L1, L2 = "l1", "l2"
PENALTY = "penalty"
"""The penalty on the weights, a 1×1 matrix: the part of J that does not depend on the data."""
SINGLE_NUMBERS = frozenset({"J", PENALTY})
"""The matrices that are single numbers in every network, and are called by their names alone."""
DATA_COST = "E"
"""J without the penalty: the name that a derivation gives to it."""
PENALISED = "weights"
"""All parameters that the penalty counts, in one row: W1, W2, …, each row by row."""


@frozen_dataclass
class Equation:
    """``name`` = ``expression``, computed at ``step``."""

    step: Step
    name: str
    expression: Expression


@lru_cache(maxsize=64)
def equations(network: Network) -> tuple[Equation, ...]:
    """Every equation of one iteration in the order of its steps; the update has one for each W and b.

    Source: lecture 3, "Forward propagation", "The gradients" and "Gradient descent"; for biases its exercise, that
    ∂J/∂b is the column sums of δ.
    """
    return tuple(equation for step in steps(network) for equation in _equations_of(network, step))


def with_data_cost(formulas: Iterable[Equation]) -> Iterator[Equation]:
    """``formulas``; a J with a penalty is split into two: E, the data's part, and J = E + penalty.

    E as the difference J − penalty would lose digits where it is small.
    """
    for equation in formulas:
        match equation:
            case Equation(step, StepKind.COST, Added(of_data, Symbol(name))) if name == PENALTY:
                yield Equation(step, DATA_COST, of_data)
                yield replace(equation, expression=Added(Symbol(DATA_COST), Symbol(PENALTY)))
            case _:
                yield equation


def updates_in_place(network: Network) -> Iterator[Equation]:
    """The update, and the steps that lead to it, as equations that overwrite the parameters and the rule's state.

    They are one for all parameters as one matrix, w = w − η · dJdw, or one for each that is not fixed. ``V`` or
    ``V_W1`` is the state before and after.
    """
    rule = update_rule(network)
    in_place: dict[Expression, Expression] = {before(letter): Symbol(letter) for letter in rule.letters}
    formulas = [(Step(StepKind(one.step)), one.letter, one.expression) for one in rule.before_update]
    for step, name, expression in (*formulas, (Step(StepKind.UPDATE), w.name, rule.update)):
        own = replaced(expression, in_place)
        if not network.fixed:
            yield Equation(step, name, own)
            continue
        for parameter in network.trained:
            called = parameter if name == w.name else matrix_name(name, parameter)
            yield Equation(step, called, rule.of_parameter(own, parameter))


@lru_cache(maxsize=64)
def kept_by_iteration_before(network: Network) -> Mapping[str, str]:
    """What the optimizer keeps from the iteration before: V_W1_previous, …, each with its name there: V_W1."""
    letters = update_rule(network).state
    return MappingProxyType(
        {name_before(letter, name): matrix_name(letter, name) for name in network.trained for letter in letters}
    )


@lru_cache(maxsize=64)
def matrix_shapes(network: Network, rows: int) -> Mapping[str, Shape]:
    """The shape of every matrix of an iteration over so many rows of data, by its lecture name: X, Y, W1, … W2_next."""
    shapes: dict[str, Shape] = {"X": (rows, network.layers[0]), "Y": (rows, network.layers[-1]), **network.shapes}
    if network.penalised:
        shapes[DATA_COST] = 1, 1
        shapes[PENALISED] = 1, sum(shapes[name][0] * shapes[name][1] for name in network.penalised)
    shapes |= {before: network.shapes[parameter_of(name)] for before, name in kept_by_iteration_before(network).items()}
    for equation in equations(network):
        shapes[equation.name] = equation.expression.shape(shapes)
    return MappingProxyType(shapes)


@lru_cache(maxsize=64)
def named_shapes(network: Network, rows: int) -> Mapping[str, Shape]:
    """The matrices of `matrix_shapes` that a pass has and a lesson can name: all but those that only formulas have."""
    every = matrix_shapes(network, rows)
    return MappingProxyType({name: shape for name, shape in every.items() if name not in (DATA_COST, PENALISED)})


@lru_cache(maxsize=64)
def matrices_by_row(network: Network) -> frozenset[str]:
    """The names of the matrices that have a row for each row of the data: X, Y, Z2, A2, …, Y_hat, delta3, …."""
    one, two = matrix_shapes(network, 1), matrix_shapes(network, 2)
    return frozenset(name for name in one if one[name] != two[name])


def data_axis(network: Network, expression: Expression) -> int | None:
    """0 if the value has a row for each row of the data, 1 if it has a column for each, or None: 1 for A2ᵀ."""
    one, two = (expression.shape(matrix_shapes(network, rows)) for rows in (1, 2))
    return next((axis for axis in (0, 1) if one[axis] != two[axis]), None)


def _equations_of(network: Network, step: Step) -> list[Equation]:
    last = len(network.layers)
    number = step.number
    match step.kind:
        case StepKind.Z:
            expression: Expression = Product(layer_output(number - 1), Symbol(f"W{number - 1}"))
            if network.bias:
                expression = PlusRow(expression, Symbol(f"b{number - 1}"))
        case StepKind.A:
            expression = Activated(network.activation_of(number).name, Symbol(f"Z{number}"))
        case StepKind.Y_HAT:
            expression = Activated(network.output_activation, Symbol(f"Z{last}"))
        case StepKind.COST:
            expression = in_network(network, summed_cost(network).value)
            if network.penalised:
                penalty = Equation(step, PENALTY, _penalty(network))
                return [penalty, Equation(step, step.name, Added(expression, Symbol(PENALTY)))]
        case StepKind.DELTA if number == last:
            cost = summed_cost(network)
            slope = Derivative(network.output_activation, Symbol(f"Z{last}"))
            expression = (
                in_network(network, cost.delta) if cost.delta else Hadamard(in_network(network, cost.slope), slope)
            )
        case StepKind.DELTA:
            back = Product(Symbol(f"delta{number + 1}"), Transposed(Symbol(f"W{number}")))
            expression = Hadamard(back, Derivative(network.activation_of(number).name, Symbol(f"Z{number}")))
        case StepKind.DJDW:
            product = Product(Transposed(layer_output(number)), Symbol(f"delta{number + 1}"))
            expression = _with_slope_of_penalty(network, product, f"W{number}")
        case StepKind.DJDB:
            expression = _with_slope_of_penalty(network, ColumnSums(Symbol(f"delta{number + 1}")), f"b{number}")
        case StepKind.UPDATE:
            return [Equation(step, f"{name}_next", _update(network, name)) for name in network.shapes]
        case _ if step.kind in STEPS_OF_UPDATE:
            rule = update_rule(network)
            return [
                Equation(step, matrix_name(one.letter, name), rule.of_parameter(one.expression, name))
                for one in rule.before_update
                if one.step == step.kind
                for name in network.trained
            ]
    return [Equation(step, step.name, expression)]


def _update(network: Network, name: str) -> Expression:
    """What a parameter is after the update: one that is fixed stays as it is."""
    if name in network.fixed:
        return Symbol(name)
    rule = update_rule(network)
    return rule.of_parameter(rule.update, name)


def _penalty(network: Network) -> Expression:
    weights, terms = Symbol(PENALISED), list[Expression]()
    if network.penalty.l1:
        terms.append(NumberTimes(L1, SumOfSizes(weights)))
    if network.penalty.l2:
        terms.append(ConstantTimes(0.5, NumberTimes(L2, SumOfSquares(weights))))
    return reduce(Added, terms)


def _with_slope_of_penalty(network: Network, of_data: Expression, name: str) -> Expression:
    """The slope of J by a parameter: that of the data's part, and that of the penalty if it counts the parameter."""
    terms, parameter = [of_data], Symbol(name)
    if name in network.penalised and network.penalty.l1:
        terms.append(NumberTimes(L1, Signs(parameter)))
    if name in network.penalised and network.penalty.l2:
        terms.append(NumberTimes(L2, parameter))
    return reduce(Added, terms)


def layer_output(layer: int) -> Symbol:
    """The outputs of ``layer``: X for the input layer, A2, A3, … for the hidden layers."""
    return Symbol("X" if layer == 1 else f"A{layer}")
