"""The matrix of the layer before or after stands in a formula: ``sigmoidprime(Z_3)`` in δ2, A2 for A3 in ∂J/∂W3."""

from collections.abc import Iterator
from itertools import chain

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import derivatives, groups, layer_of, with_derivative
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import matrix_shapes
from tui_nn.network.formulas.expression import Derivative, Symbol, replaced, symbols
from tui_nn.network.formulas.steps import StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from chain(_other_derivatives(program), _other_matrices(program))


def _other_derivatives(program: StudentProgram) -> Iterator[StudentProgram]:
    """f′ of another layer: at its Z, and, where the layers have other f, its f′ at the right Z, or f′ at its Z."""
    own = derivatives(program)
    for names in groups(program, own):
        for shift in (1, -1):
            layers = {name: layer_of(name) + shift for name in names}
            if not all(2 <= layer <= program.last for layer in layers.values()):
                continue
            changed = program
            for name, layer in layers.items():
                changed = with_derivative(changed, name, _derivative_of(program, layer))
            yield changed
            for name, layer in layers.items():
                other = program.network.activation_of(layer).name
                if len(names) == 1 and own[name].activation != other:
                    yield with_derivative(program, name, Derivative(other, own[name].of))
                    yield with_derivative(program, name, Derivative(own[name].activation, Symbol(f"Z{layer}")))


def _derivative_of(program: StudentProgram, layer: int) -> Derivative:
    return Derivative(program.network.activation_of(layer).name, Symbol(f"Z{layer}"))


def _other_matrices(program: StudentProgram) -> Iterator[StudentProgram]:
    """Another layer's A, δ, W or b of the same shape."""
    shapes = matrix_shapes(program.network, program.rows)
    for kind, letters in (
        (StepKind.DJDW, "Ad"),
        (StepKind.DELTA, "Wd"),
        (StepKind.Z, "AXWb"),
        (StepKind.DJDB, "d"),
        (StepKind.A, "Z"),
        (StepKind.UPDATE, "d"),
    ):
        for name in program.named(kind):
            formula = program.formula(name)
            for used in sorted(symbols(formula)):
                for other in _neighbours(used, program):
                    fits = used[0] in letters and shapes.get(other) == shapes.get(used) and other in shapes
                    if fits and other != name:
                        yield program.with_formulas({name: replaced(formula, {Symbol(used): Symbol(other)})})


def _neighbours(name: str, program: StudentProgram) -> Iterator[str]:
    """The same matrix, one layer before and one after it; A of the first layer is X, that of the last Ŷ."""
    called = {"X": "A1", "Y_hat": f"A{program.last}"}.get(name, name)
    letters = called.rstrip("0123456789")
    if number := called.removeprefix(letters):
        for layer in (int(number) - 1, int(number) + 1):
            yield {"A1": "X", f"A{program.last}": "Y_hat"}.get(f"{letters}{layer}", f"{letters}{layer}")


OFF_BY_ONE_LAYER = ProgramMistake("off by one layer", _programs, frequency=2)
