"""A matrix gets the shape of its transpose, and keeps the order of its numbers: ``A2.reshape(3, -1)`` for ``A2.T``.

In R it is ``matrix(t(delta_2) %*% X, 2, 3)`` where ``t(X) %*% delta_2`` belongs. It silences an error about shapes.
"""

from collections.abc import Iterator

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import matrix_shapes
from tui_nn.network.formulas.expression import Expression, Product, Symbol, Transposed, parts, replaced
from tui_nn.network.formulas.numpy_call import call_of, turned
from tui_nn.network.formulas.operands import Shape
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


@frozen_dataclass
class Reshaped:
    """``A2.reshape(rows, columns)``, which goes row by row; or R's ``matrix(A_2, rows, columns)``, column by column."""

    rows: int
    columns: int
    is_by_rows: bool

    def __call__(self, matrix: Array) -> Array:
        """The matrix with its numbers in other places, shape (rows, columns)."""
        return np.reshape(matrix, (self.rows, self.columns), order="C" if self.is_by_rows else "F")


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    turned_over = _matrices_transposed(program)
    for names in dict.fromkeys([tuple(turned_over), *((name,) for name in turned_over)]):
        for is_by_rows in (True, False) if names else ():
            changed = program
            for name in names:
                others: dict[Expression, Expression] = {
                    Transposed(one): call_of(Reshaped(columns, rows, is_by_rows), one, result=turned)
                    for one, (rows, columns) in turned_over[name].items()
                }
                changed = changed.with_formulas({name: replaced(program.formula(name), others)})
            yield changed
    for name in program.named(StepKind.DJDW):
        yield from _product_reshaped(program, name)


def _matrices_transposed(program: StudentProgram) -> dict[str, dict[Symbol, Shape]]:
    """The matrices that δ and ∂J/∂W transpose, with their shapes; no row and no column: these are only reshaped."""
    shapes = matrix_shapes(program.network, program.rows)
    found = {}
    for name in program.named(StepKind.DELTA, StepKind.DJDW):
        # Another mistake may have given a matrix another name.
        every = {one: shapes[one.name] for one in _under_transpose(program.formula(name)) if one.name in shapes}
        if wide := {one: shape for one, shape in every.items() if min(shape) > 1}:
            found[name] = wide
    return found


def _under_transpose(expression: Expression) -> Iterator[Symbol]:
    match expression:
        case Transposed(Symbol() as one):
            yield one
    for part in parts(expression):
        yield from _under_transpose(part)


def _product_reshaped(program: StudentProgram, name: str) -> Iterator[StudentProgram]:
    """δᵀ A in place of Aᵀ δ, in the shape of W."""
    rows, columns = program.network.shapes[name.removeprefix("dJd")]
    formula = program.formula(name)
    for part in _products(formula) if min(rows, columns) > 1 else ():
        match part:
            case Product(Transposed(before), Symbol() as delta):
                other = Product(Transposed(delta), before)
                for is_by_rows in (False, True):
                    reshaped = call_of(Reshaped(rows, columns, is_by_rows), other, result=turned)
                    yield program.with_formulas({name: replaced(formula, {part: reshaped})})


def _products(expression: Expression) -> Iterator[Product]:
    if isinstance(expression, Product):
        yield expression
    for part in parts(expression):
        yield from _products(part)


RESHAPED_FOR_TRANSPOSED = ProgramMistake("reshaped for transposed", _programs, frequency=0)
