"""Puts another matrix in place of f′(Z) in δ: in all layers, in the hidden ones, or in one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from tui_nn.network.diagnosis.mistakes.rewrites import derivatives, groups, with_derivative
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression


def with_other_derivatives(
    program: StudentProgram, others: Callable[[StudentProgram, Derivative], Sequence[Expression]]
) -> Iterator[StudentProgram]:
    """The program with the first of ``others(program, f′(Z))``, then with the second, …, in each group of layers."""
    instead = {name: others(program, derivative) for name, derivative in derivatives(program).items()}
    seen = {program.formulas}
    for number in count():
        if all(number >= len(expressions) for expressions in instead.values()):
            return
        for group in groups(program, instead):
            changed = program
            for name in group:
                if number < len(instead[name]):
                    changed = with_derivative(changed, name, instead[name][number])
            if changed.formulas not in seen:
                seen.add(changed.formulas)
                yield changed
