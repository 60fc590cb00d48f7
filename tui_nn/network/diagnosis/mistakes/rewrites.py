"""The matrices of a program by what they are, and the ways to rewrite their formulas that several mistakes share."""

from collections.abc import Callable, Iterable, Iterator

from tui_nn.network.diagnosis.student_program import Rewritten, StudentProgram
from tui_nn.network.formulas.expression import (
    Added,
    ColumnSums,
    ConstantTimes,
    Derivative,
    DividedByRows,
    Expression,
    Hadamard,
    PlusRow,
    Symbol,
    parts,
    replaced,
)
from tui_nn.network.formulas.numpy_call import ResultShape, as_operand, call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def groups(program: StudentProgram, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All names together, then those of the hidden layers, then each by itself; none of these groups twice."""
    every, last = tuple(names), program.last
    of_outputs = {f"Z{last}", "Y_hat", f"delta{last}"}
    for letter in "Wb":
        of_outputs |= {f"{letter}{last - 1}", f"{letter}{last - 1}_next", f"dJd{letter}{last - 1}"}
    hidden = tuple(name for name in every if name not in of_outputs)
    yield from (group for group in dict.fromkeys([every, hidden, *((name,) for name in every)]) if group)


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


def weights(program: StudentProgram) -> tuple[str, ...]:
    """W1, W2, …."""
    return tuple(name for name in program.parameters if name.startswith("W"))


def biases(program: StudentProgram) -> tuple[str, ...]:
    """b1, b2, …; () without biases."""
    return tuple(name for name in program.parameters if name.startswith("b"))


def wide_biases(program: StudentProgram) -> Iterator[tuple[str, ...]]:
    """Groups of biases that have a layer of more than one unit among them."""
    sizes = {name: program.parameters[name].size for name in biases(program)}
    return (group for group in groups(program, sizes) if any(sizes[name] > 1 for name in group))


def layer_of(name: str) -> int:
    """The number in a name: 2 in Z2, delta2 and W2_next, and in the name that a second pass gives them."""
    return int("".join(sign for sign in name.split("_")[0].split(" ")[0] if sign.isdigit()))


def derivative_in(expression: Expression) -> Derivative | None:
    """The f′(Z) in a formula, if it has one."""
    if isinstance(expression, Derivative):
        return expression
    return next((found for part in parts(expression) if (found := derivative_in(part))), None)


def derivatives(program: StudentProgram) -> dict[str, Derivative]:
    """The f′(Z) in the formulas of the δ that have one, by the name of the δ, from the output back."""
    found = {name: derivative_in(program.formula(name)) for name in deltas(program)}
    return {name: derivative for name, derivative in found.items() if derivative is not None}


def with_derivative(program: StudentProgram, name: str, other: Expression) -> StudentProgram:
    """The program with ``other`` in place of f′(Z) in the δ ``name``; as it is where there is no f′(Z)."""
    derivative = derivative_in(program.formula(name))
    return program if derivative is None else program.rewritten([name], putting(derivative, other))


def activation_of(program: StudentProgram, derivative: Derivative) -> Symbol:
    """A = f(Z) of the layer whose f′(Z) this is: Y_hat for the last layer; A of the same pass, where there are more."""
    name, *of_pass = getattr(derivative.of, "name", "").split(" ", 1)
    number = program.last if name == "Y_hat" else layer_of(name)
    return Symbol(" ".join(["Y_hat" if number == program.last else f"A{number}", *of_pass]))


def putting(old: Expression, new: Expression) -> Rewritten:
    """Puts ``new`` in place of ``old``, wherever it stands in a formula."""
    return lambda expression: replaced(expression, {old: new})


def scaled(factor: float) -> Rewritten:
    """Rewrites A to ``factor`` · A."""
    return lambda expression: ConstantTimes(factor, expression)


def calling(function: Callable[..., Array], result: ResultShape = as_operand) -> Rewritten:
    """Rewrites A to ``function(A)``."""
    return lambda expression: call_of(function, expression, result=result)


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


def of_penalty(rewrite: Rewritten) -> Rewritten:
    """Rewrites only the penalty's terms of a slope: the data's part stays as it is."""

    def rewrite_penalty(expression: Expression) -> Expression:
        match expression:
            case Added(left, right):
                return Added(rewrite_penalty(left), rewrite(right))
        return expression

    return rewrite_penalty


def with_bias_sums(
    program: StudentProgram, names: Iterable[str], add: Callable[[Expression, Symbol], Expression]
) -> StudentProgram:
    """The program with ``add(XW, b)`` in place of XW + b, for the biases ``names``."""
    chosen = frozenset(names)

    def rewrite(expression: Expression) -> Expression:
        match expression:
            case PlusRow(left, row) if row.name in chosen:
                return add(left, row)
        return expression

    return program.rewritten(program.named(StepKind.Z), rewrite)


def with_bias_slopes(
    program: StudentProgram, names: Iterable[str], rewrite: Callable[[ColumnSums], Expression]
) -> StudentProgram:
    """The program with another formula in place of the column sums of δ in ∂J/∂b, for the biases ``names``."""

    def rewrite_sums(expression: Expression) -> Expression:
        return rewrite(expression) if isinstance(expression, ColumnSums) else expression

    return program.rewritten([f"dJd{name}" for name in names], of_data(rewrite_sums))
