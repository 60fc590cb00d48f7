"""``(delta_3 %*% t(W_2)) %*% sigmoidprime(Z_2)`` for ``*``; it fits where there are as many rows as units."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import derivatives
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, Hadamard, Product
from tui_nn.network.formulas.numpy_call import call_of, turned


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for name in reversed(derivatives(program)):
        match program.formula(name):
            case Hadamard(left, right):
                # %*%; and with a transpose, so that it fits: A Bᵀ, or Aᵀ B.
                for other in (
                    Product(left, right),
                    Product(left, _turned(right)),
                    Product(_turned(left), right),
                    Product(right, left),
                ):
                    yield program.with_formulas({name: other})


def _turned(expression: Expression) -> Expression:
    return call_of(np.transpose, expression, result=turned)


PRODUCT_FOR_ELEMENTWISE = ProgramMistake("matrix product for elementwise", _programs, frequency=0)
