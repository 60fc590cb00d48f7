"""Adam's averages are not divided by 1 − βᵗ, or by another number: t counts epochs, or the power is missing."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import with_rule
from tui_nn.network.diagnosis.student_program import Count, StudentProgram
from tui_nn.network.formulas.expression import NumberTimes, OverNumber, Symbol
from tui_nn.network.formulas.optimizers import matrix_name
from tui_nn.network.formulas.optimizers.adam import ADAM

_OF_M, _OF_S = ("M_hat", "M", "1-beta1"), ("S_hat", "S", "1-beta2")
_GROUPS = ((_OF_M, _OF_S), (_OF_M,), (_OF_S,))


def _left_out(program: StudentProgram) -> Iterator[StudentProgram]:
    if _is_adam(program):
        for group in _GROUPS:
            yield with_rule(program, {corrected: Symbol(plain) for corrected, plain, _ in group})


def _mistyped(program: StudentProgram) -> Iterator[StudentProgram]:
    if not _is_adam(program):
        return
    if program.epochs.per_epoch > 1:
        yield replace(program, power_count=Count(is_of_epochs=True))
    yield replace(program, power_count=Count(ahead=1))
    # t counts from 0, and the numbers of iteration 1 are those of 0 / 0.
    yield replace(program, power_count=Count(ahead=-1))
    for group in _GROUPS:
        # ``M / (1 - beta1)``; ``M * (1 - beta1^t)``; the corrected average is what the next iteration begins with.
        yield with_rule(program, {corrected: OverNumber(Symbol(plain), of_one) for corrected, plain, of_one in group})
        yield with_rule(
            program, {corrected: NumberTimes(f"{of_one}^t", Symbol(plain)) for corrected, plain, of_one in group}
        )
        kept = {
            f"{matrix_name(plain, name)}_previous": matrix_name(corrected, name)
            for corrected, plain, _ in group
            for name in program.network.trained
        }
        yield replace(program, carried={**program.carried, **kept})
    # Both averages are divided by the number of one.
    yield with_rule(program, {"S_hat": OverNumber(Symbol("S"), "1-beta1^t")})
    yield with_rule(program, {"M_hat": OverNumber(Symbol("M"), "1-beta2^t")})


def _is_adam(program: StudentProgram) -> bool:
    return program.optimizer.name == ADAM.name and bool(program.network.trained)


NO_BIAS_CORRECTION = ProgramMistake("no bias correction", _left_out, frequency=2)
BIAS_CORRECTION_MISTYPED = ProgramMistake("bias correction mistyped", _mistyped, frequency=1)
