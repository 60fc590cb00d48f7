"""Matrices are multiplied in the wrong way, along the wrong axis, or in the wrong layer."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import (
    ProgramMistake,
    deltas_with_derivative,
    groups,
    output_delta,
    with_derivative,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import matrix_shapes
from tui_nn.network.formulas.expression import (
    Derivative,
    Difference,
    Expression,
    Hadamard,
    Product,
    Symbol,
    Transposed,
    parts,
    replaced,
    symbols,
)
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.rewritings import missing_transpose
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def _recycled_product(left: Array, right: Array) -> Array:
    """What R computes for A * w where w is a vector: it repeats w down the columns of A."""
    if left.size < right.size or left.size % right.size:
        raise ValueError("R warns or refuses where the lengths do not fit")
    return left * np.resize(right.ravel(order="F"), left.size).reshape(left.shape, order="F")


def _product_in(expression: Expression) -> Product | None:
    if isinstance(expression, Product):
        return expression
    return next((found for part in parts(expression) if (found := _product_in(part))), None)


def _elementwise(program: StudentProgram) -> Iterator[StudentProgram]:
    """A * B in place of A B, as numpy does it (it repeats a single row or column), and as R does."""
    for name in program.named(StepKind.Z, StepKind.DELTA, StepKind.DJDW):
        product = _product_in(program.formula(name))
        if product is None:
            continue
        left, right = product.left, product.right
        plain_left = left.of if isinstance(left, Transposed) else left
        plain_right = right.of if isinstance(right, Transposed) else right
        for other in dict.fromkeys(
            [
                Hadamard(left, right),
                Hadamard(left, plain_right),
                Hadamard(plain_left, right),
                Hadamard(plain_left, plain_right),
                call_of(_recycled_product, left, right),
                call_of(_recycled_product, plain_left, plain_right),
            ]
        ):
            yield program.rewritten([name], lambda one, product=product, other=other: replaced(one, {product: other}))  # type: ignore[misc]


def _matrix_product(program: StudentProgram) -> Iterator[StudentProgram]:
    for name in deltas_with_derivative(program):
        formula = program.formula(name)
        if isinstance(formula, Hadamard):
            for other in (Product(formula.left, formula.right), call_of(_inner, formula.left, formula.right)):
                yield program.with_formulas({name: other})


def _inner(left: Array, right: Array) -> Array:
    """Aᵀ B, in place of A ⊙ B."""
    return left.T @ right


def _off_by_one_layer(program: StudentProgram) -> Iterator[StudentProgram]:
    last = program.last
    for names in groups(deltas_with_derivative(program)):
        for shift in (-1, 1):
            if all(2 <= int(name[5:]) + shift <= last for name in names):
                changed = program
                for name in names:
                    layer = int(name[5:]) + shift
                    activation = program.network.activation_of(layer).name
                    changed = with_derivative(
                        changed, [name], lambda one, n=layer, f=activation: Derivative(f, Symbol(f"Z{n}"))
                    )  # type: ignore[misc]
                    own = program.network.activation_of(int(name[5:])).name
                    if len(names) == 1 and own != activation:
                        yield with_derivative(program, [name], lambda one, f=activation: Derivative(f, one.of))  # type: ignore[misc]
                        yield with_derivative(
                            program, [name], lambda one, n=layer: Derivative(one.activation, Symbol(f"Z{n}"))
                        )  # type: ignore[misc]
                yield changed
    shapes = matrix_shapes(program.network, program.rows)
    # Another layer's A, δ or W of the same shape.
    for kind, letters in ((StepKind.DJDW, "Ad"), (StepKind.DELTA, "Wd"), (StepKind.Z, "AW")):
        for name in program.named(kind):
            formula = program.formula(name)
            for used in sorted(symbols(formula)):
                for other in _neighbours(used, program):
                    if used[0] in letters and shapes.get(other) == shapes.get(used) and other in shapes:
                        if kind is StepKind.DELTA and other == name:
                            continue
                        yield program.with_formulas({name: replaced(formula, {Symbol(used): Symbol(other)})})


def _neighbours(name: str, program: StudentProgram) -> Iterator[str]:
    """The same matrix, one layer before and one after it; A of the first layer is X, that of the last Ŷ."""
    letters, number = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
    if name == "X":
        letters, number = "A", "1"
    if not number:
        return
    for layer in (int(number) - 1, int(number) + 1):
        called = f"{letters}{layer}"
        if called == "A1":
            called = "X"
        if called == f"A{program.last}":
            called = "Y_hat"
        yield called


def _missing_transpose(program: StudentProgram) -> Iterator[StudentProgram]:
    if formulas := missing_transpose(program.network, program.rows):
        right = {
            one.name: one.expression
            for one in StudentProgram.right(
                program.network, program.dataset, program.drawing, program.learning_rate
            ).formulas
        }
        yield program.with_formulas({one.name: one.expression for one in formulas if one.expression != right[one.name]})


def _vector_against_column(program: StudentProgram) -> Iterator[StudentProgram]:
    """Y as a plain list less Ŷ as a column: numpy gives a square of all differences."""
    if program.Y.shape[1] != 1 or program.rows == 1:
        return
    y = Symbol("Y")
    square: dict[Expression, Expression] = {y: Transposed(y)}
    in_cost = program.with_cost(lambda one: call_of(_over_all_differences(one), y, Symbol("Y_hat"), is_number=True))
    in_delta = program.rewritten([output_delta(program)], lambda one: replaced(one, square))
    both = in_cost.rewritten([output_delta(program)], lambda one: replaced(one, square))
    yield in_cost
    yield both
    yield in_delta
    # The square is summed or averaged back to a column.
    for back in (_sum_of_rows, _mean_of_rows, _sum_of_columns, _mean_of_columns):
        for start in (program, in_cost):
            yield start.rewritten(
                [output_delta(program)],
                lambda one, back=back: replaced(  # type: ignore[misc]
                    one, {Difference(y, Symbol("Y_hat")): call_of(back, y, Symbol("Y_hat"))}
                ),
            )


def _sum_of_rows(y: Array, y_hat: Array) -> Array:
    return (y.T - y_hat).sum(axis=1, keepdims=True)


def _mean_of_rows(y: Array, y_hat: Array) -> Array:
    return (y.T - y_hat).mean(axis=1, keepdims=True)


def _sum_of_columns(y: Array, y_hat: Array) -> Array:
    return (y.T - y_hat).sum(axis=0)[:, np.newaxis]


def _mean_of_columns(y: Array, y_hat: Array) -> Array:
    return (y.T - y_hat).mean(axis=0)[:, np.newaxis]


def _over_all_differences(cost: Expression) -> Callable[[Array, Array], Array]:
    """J of all N² pairs of a y and a ŷ: the cost of each, added up, and divided where J is a mean."""

    def value(y: Array, y_hat: Array) -> Array:
        rows = len(y)
        pairs = {"Y": np.tile(y.ravel(), rows)[:, np.newaxis], "Y_hat": np.repeat(y_hat.ravel(), rows)[:, np.newaxis]}
        return cost.value({**pairs, **_no_sums(cost, pairs["Y_hat"])})

    return value


def _no_sums(cost: Expression, y_hat: Array) -> dict[str, Array]:
    """Z for a cost that is computed from it: the sigmoid's."""
    with np.errstate(all="ignore"):
        return {name: np.log(y_hat) - np.log1p(-y_hat) for name in symbols(cost) if name.startswith("Z")}


ELEMENTWISE = ProgramMistake("elementwise for matrix product", _elementwise, found=3)
MATRIX_PRODUCT = ProgramMistake("matrix product for elementwise", _matrix_product, found=0)
OFF_BY_ONE = ProgramMistake("off by one layer", _off_by_one_layer, found=2)
MISSING_TRANSPOSE = ProgramMistake("missing transpose", _missing_transpose, found=0)
VECTOR_AGAINST_COLUMN = ProgramMistake("vector against column", _vector_against_column, found=6)
