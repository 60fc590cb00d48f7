"""What the catalogue knows of a mistake, and what several mistakes need to rewrite a program."""

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.student_program import Rewritten, StudentProgram
from tui_nn.network.formulas.expression import (
    Added,
    ConstantTimes,
    Derivative,
    DividedByRows,
    Expression,
    Hadamard,
    Symbol,
    parts,
    replaced,
)
from tui_nn.network.formulas.steps import StepKind


class Rank(IntEnum):
    """Which of two mistakes with the same numbers is named first: the lower one."""

    FORMULA = 1
    """A formula is another."""
    DATA = 2
    """The data or the start is another."""
    NUMBER = 3
    """A number of the lesson is another: the learning rate, the seed, the number of iterations."""
    DIGITS = 4
    """Digits are lost."""


@frozen_dataclass
class ProgramMistake:
    """A mistake, by its name, and the programs that have it.

    ``programs(program)`` gives each way to make the mistake in a program, which may have another one already; none
    where it is impossible. ``found`` is in how many of 122 public cases a search found it.
    """

    name: str
    programs: Callable[[StudentProgram], Iterator[StudentProgram]]
    found: int
    rank: Rank = Rank.FORMULA


def groups(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All names together, then each by itself."""
    every = tuple(names)
    if len(every) > 1:
        yield every
    for name in every:
        yield (name,)


def deltas(program: StudentProgram) -> tuple[str, ...]:
    """The names of all δ, from the output back: delta3, delta2."""
    return program.named(StepKind.DELTA)


def output_delta(program: StudentProgram) -> str:
    """The δ of the output."""
    return f"delta{program.last}"


def slopes(program: StudentProgram) -> tuple[str, ...]:
    """The names of all ∂J/∂W and ∂J/∂b."""
    return program.named(StepKind.DJDW, StepKind.DJDB)


def updates(program: StudentProgram, letters: str = "Wb") -> tuple[str, ...]:
    """The names of the updated weights (W) and biases (b): W1_next, W2_next, b1_next, …."""
    return tuple(name for name in program.named(StepKind.UPDATE) if name[0] in letters)


def biases(program: StudentProgram) -> tuple[str, ...]:
    """b1, b2, …; () without biases."""
    return tuple(name for name in program.parameters if name.startswith("b"))


def derivative_in(expression: Expression) -> Derivative | None:
    """The f′(Z) in a formula, if it has one."""
    if isinstance(expression, Derivative):
        return expression
    return next((found for part in parts(expression) if (found := derivative_in(part))), None)


def deltas_with_derivative(program: StudentProgram) -> tuple[str, ...]:
    """The names of all δ whose formula has an f′(Z), from the output back."""
    return tuple(name for name in deltas(program) if derivative_in(program.formula(name)))


def with_derivative(program: StudentProgram, names: Iterable[str], other: Rewritten) -> StudentProgram:
    """The program with ``other(f′(Z))`` in place of f′(Z) in these δ."""

    def rewrite(expression: Expression) -> Expression:
        derivative = derivative_in(expression)
        return expression if derivative is None else replaced(expression, {derivative: other(derivative)})

    return program.rewritten(names, rewrite)


def layer_of(derivative: Derivative) -> str:
    """The number of the layer in the name of Z in f′(Z)."""
    return getattr(derivative.of, "name", "")[1:]


def output_of(program: StudentProgram, layer: str) -> Symbol:
    """A of ``layer``: Y_hat for the last one."""
    return Symbol("Y_hat" if layer == str(program.last) else f"A{layer}")


def scaled(factor: float) -> Rewritten:
    """Rewrites A to ``factor`` · A."""
    return lambda expression: ConstantTimes(factor, expression)


def without_mean(expression: Expression) -> Expression:
    """A formula without its 1/N, at its top level or before ⊙."""
    match expression:
        case DividedByRows(of):
            return of
        case Hadamard(DividedByRows(of), right):
            return Hadamard(of, right)
    return expression


def of_data(rewrite: Rewritten) -> Rewritten:
    """Rewrites only the data's part of a slope: the penalty's terms stay as they are."""

    def rewrite_data(expression: Expression) -> Expression:
        match expression:
            case Added(left, right):
                return Added(rewrite_data(left), right)
        return rewrite(expression)

    return rewrite_data
