"""Numbers lose digits on the way: ``W_1 <- round(W_1 - scalar * dJdW_1, 3)``, or a start typed from the screen."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import zip_longest

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.mistakes.activation_ways import activations, slopes_from_outputs, with_slopes
from tui_nn.network.diagnosis.mistakes.cost_formulas import with_cost_of_outputs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import calling, weights
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array

_DECIMALS = (3, 2, 4, 1, 5, 6, 7, 8)
# What is rounded in each iteration.
_KINDS: tuple[tuple[StepKind, ...], ...] = (
    (StepKind.Z,),
    (StepKind.Y_HAT,),
    (StepKind.DELTA,),
    (StepKind.DJDW,),
    (StepKind.DJDW, StepKind.DJDB),
    (StepKind.DELTA, StepKind.DJDW, StepKind.DJDB),
    (StepKind.Z, StepKind.A, StepKind.Y_HAT),
    tuple(StepKind),
)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    # What is rounded is as likely with one number of decimals as with another.
    for ways in zip_longest(*(_rounded_to(program, decimals) for decimals in _DECIMALS)):
        yield from (one for one in ways if one is not None)


def _rounded_to(program: StudentProgram, decimals: int) -> Iterator[StudentProgram]:
    return (one.noting(decimals) for one in _ways_to_round(program, decimals))


def _ways_to_round(program: StudentProgram, decimals: int) -> Iterator[StudentProgram]:
    to = Rounded(decimals)
    start = {name: to(matrix) for name, matrix in program.parameters.items()}
    updated = _with_rounded(program, program.named(StepKind.UPDATE), to)
    yield updated
    yield program.with_parameters(start)
    yield updated.with_parameters(start)
    yield from _with_rounded_outputs(program, to)
    for kinds in _KINDS:
        if names := program.named(*kinds):
            yield _with_rounded(program, names, to)
    yield _with_rounded(program, [StepKind.COST], to)
    of_weights = {name: start[name] for name in weights(program)}
    if len(of_weights) < len(start):
        yield program.with_parameters(of_weights)
        yield _with_rounded(program, [f"{name}_next" for name in of_weights], to)
    X, Y = to(program.X), to(program.Y)
    for changed in (program.with_data(X=X), program.with_data(Y=Y), program.with_data(X, Y)):
        if not (np.array_equal(changed.X, program.X) and np.array_equal(changed.Y, program.Y)):
            yield changed
            yield changed.with_parameters(start)
    yield _with_rounded(program, program.named(StepKind.UPDATE), _significant(decimals))
    yield program.with_parameters({name: _significant(decimals)(matrix) for name, matrix in program.parameters.items()})


def _with_rounded_outputs(program: StudentProgram, to: Callable[[Array], Array]) -> Iterator[StudentProgram]:
    """A and Ŷ, or only A, are rounded; f′ is computed from them, or from Z."""
    functions = activations(program)
    hidden = tuple(name for name in functions if name in program.named(StepKind.A))
    for names in dict.fromkeys([tuple(functions), hidden]):
        if names:
            changed = _with_rounded(program, names, to)
            yield changed
            yield with_slopes(changed, slopes_from_outputs(functions, names))


def _with_rounded(program: StudentProgram, names: Iterable[str], to: Callable[[Array], Array]) -> StudentProgram:
    chosen = tuple(names)
    changed = program.rewritten(chosen, calling(to))
    return with_cost_of_outputs(changed) if StepKind.Y_HAT in chosen and StepKind.COST not in chosen else changed


@frozen_dataclass
class Rounded:
    """The function that rounds each cell to so many decimals."""

    decimals: int

    def __call__(self, matrix: Array) -> Array:
        """``matrix``, rounded."""
        return np.asarray(np.round(matrix, self.decimals))

    def operations(self, matrix: Array, into: Array) -> tuple[Operation, ...]:
        """The calls of numpy with which `numpy.round` fills ``into``."""
        scale = np.array(10.0**self.decimals)
        return (np.multiply, (matrix, scale, into)), (np.rint, (into, into)), (np.divide, (into, scale, into))


@cache
def _significant(digits: int) -> Callable[[Array], Array]:
    """A function that rounds each cell to so many significant digits, as R's signif does."""

    def to_digits(matrix: Array) -> Array:
        with np.errstate(all="ignore"):
            places = np.where(matrix == 0, 0, digits - 1 - np.floor(np.log10(np.abs(matrix))))
            scale = 10.0**places
            return np.asarray(np.round(matrix * scale) / scale)

    return to_digits


ROUNDED_ON_THE_WAY = ProgramMistake("rounded on the way", _programs, frequency=1, rank=Rank.DIGITS)
