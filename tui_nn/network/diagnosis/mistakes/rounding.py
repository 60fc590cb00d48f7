"""Numbers lose digits on the way: those that are typed in again, or those of every iteration."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array

_DECIMALS = (3, 2, 4, 1, 5, 6, 7, 8)


@cache
def rounded(decimals: int) -> Callable[[Array], Array]:
    """A function that rounds each cell to so many decimals."""

    def to_decimals(matrix: Array) -> Array:
        return np.asarray(np.round(matrix, decimals))

    return to_decimals


@cache
def _significant(digits: int) -> Callable[[Array], Array]:
    """A function that rounds each cell to so many significant digits, as R's signif does."""

    def to_digits(matrix: Array) -> Array:
        with np.errstate(all="ignore"):
            places = np.where(matrix == 0, 0, digits - 1 - np.floor(np.log10(np.abs(matrix))))
            scale = 10.0**places
            return np.asarray(np.round(matrix * scale) / scale)

    return to_digits


def _with_rounded(program: StudentProgram, names: Iterable[str], to: Callable[[Array], Array]) -> StudentProgram:
    return program.rewritten(names, lambda one: call_of(to, one))


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    kinds = [
        (StepKind.UPDATE,),
        (StepKind.Z,),
        (StepKind.A, StepKind.Y_HAT),
        (StepKind.Y_HAT,),
        (StepKind.A,),
        (StepKind.DELTA,),
        (StepKind.DJDW, StepKind.DJDB),
        (StepKind.Z, StepKind.A, StepKind.Y_HAT),
        tuple(kind for kind in StepKind if kind is not StepKind.COST),
    ]
    for decimals in _DECIMALS:
        start = {name: rounded(decimals)(matrix) for name, matrix in program.parameters.items()}
        weights = {name: matrix for name, matrix in start.items() if name.startswith("W")}
        X, Y = rounded(decimals)(program.X), rounded(decimals)(program.Y)
        for one in (
            program.with_parameters(start),
            program.with_parameters(weights) if len(weights) < len(start) else None,
            program.with_data(X=X),
            program.with_data(Y=Y),
            program.with_data(X, Y),
            program.with_data(X).with_parameters(start),
        ):
            if one is not None:
                yield one.noting(decimals)
        for of in kinds:
            if names := program.named(*of):
                changed = _with_rounded(program, names, rounded(decimals))
                yield changed.noting(decimals)
                if StepKind.UPDATE in of:
                    yield changed.with_parameters(start).noting(decimals)
                    yield _with_rounded(program, names, _significant(decimals)).noting(decimals)


ROUNDED = ProgramMistake("rounded on the way", _programs, found=1, rank=Rank.DIGITS)
