"""``A_2 * W_2`` for ``A_2 %*% W_2``: R and numpy multiply cell by cell.

numpy repeats a row or a column; R repeats a vector, and stops where two matrices have different shapes.
"""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.recycling import times_recycled
from tui_nn.network.diagnosis.mistakes.rewrites import putting
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, Hadamard, Product, Transposed, parts
from tui_nn.network.formulas.numpy_call import call_of, column_of_rows
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    products = {
        name: product
        for name in program.named(StepKind.Z, StepKind.DELTA, StepKind.DJDW)
        if (product := _product_in(program.formula(name)))
    }
    ways = {name: _ways(product) for name, product in products.items()}
    for number in range(max(map(len, ways.values()), default=0)):
        for name, product in products.items():
            if number < len(ways[name]):
                yield program.rewritten([name], putting(product, ways[name][number]))


def _product_in(expression: Expression) -> Product | None:
    if isinstance(expression, Product):
        return expression
    return next((found for part in parts(expression) if (found := _product_in(part))), None)


def _ways(product: Product) -> list[Expression]:
    left, right = product.left, product.right
    plain_left, plain_right = _without_transpose(left), _without_transpose(right)
    ways: list[Expression] = [
        Hadamard(left, right),
        call_of(times_recycled, left, right),
        Hadamard(plain_left, plain_right),
        call_of(sums_of_recycled, left, right, result=column_of_rows),
        Hadamard(left, plain_right),
        Hadamard(plain_left, right),
        call_of(times_recycled, plain_left, plain_right),
    ]
    return [*dict.fromkeys(ways)]


def _without_transpose(expression: Expression) -> Expression:
    return expression.of if isinstance(expression, Transposed) else expression


def sums_of_recycled(left: Array, right: Array) -> Array:
    """``rowSums(A_2 * c(W_2))``: R repeats the vector down the columns; numpy does so with a column of as many rows."""
    if right.shape[1] > 1:
        raise ValueError("the sums of the rows are one column")
    return np.asarray(times_recycled(left, right).sum(axis=1, keepdims=True))


ELEMENTWISE_FOR_PRODUCT = ProgramMistake("elementwise for matrix product", _programs, frequency=3)
