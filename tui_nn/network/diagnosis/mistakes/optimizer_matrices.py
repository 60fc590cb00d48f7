"""The matrices of a program's optimizer, and ways to rewrite their formulas that several mistakes share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation, equations, kept_by_iteration_before
from tui_nn.network.formulas.expression import Expression
from tui_nn.network.formulas.optimizers import UPDATE_RULES, UpdateRule, matrix_name, parameter_of
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE
from tui_nn.network.model.optimizer import Optimizer


def rule_of(program: StudentProgram) -> UpdateRule:
    """The rule of the program's optimizer."""
    return UPDATE_RULES[program.optimizer.name]


def matrices_of(program: StudentProgram, letters: Iterable[str]) -> tuple[str, ...]:
    """The names of the optimizer's matrices with these letters: M_W1, M_b1, …."""
    return tuple(matrix_name(letter, name) for letter in letters for name in program.network.trained)


def formulas_of_update(program: StudentProgram, parameter: str) -> Iterator[Equation]:
    """The formulas that lead from ∂J/∂W of one parameter to its update, in their order."""
    for one in program.formulas:
        if one.step.kind in STEPS_OF_UPDATE and parameter in (parameter_of(one.name), one.name.removesuffix("_next")):
            yield one


def with_rule(program: StudentProgram, rules: Mapping[str, Expression]) -> StudentProgram:
    """The program with other formulas for the matrices of an optimizer, by their letters, or for the update, ``w``."""
    rule, formulas = rule_of(program), dict[str, Expression]()
    for letter, expression in rules.items():
        for name in program.network.trained:
            called = f"{name}_next" if letter == "w" else matrix_name(letter, name)
            formulas[called] = rule.of_parameter(expression, name)
    return program.with_formulas(formulas)


def with_optimizer(program: StudentProgram, optimizer: Optimizer) -> StudentProgram:
    """The program with another optimizer, which keeps other matrices; all else stays as it is."""
    network = replace(program.network, optimizer=optimizer)
    kept, old = kept_by_iteration_before(network), kept_by_iteration_before(program.network)
    others = [one for one in program.formulas if one.step.kind not in STEPS_OF_UPDATE]
    updates = [one for one in equations(network) if one.step.kind in STEPS_OF_UPDATE]
    carried = {name: result for name, result in program.carried.items() if name not in old}
    memory = {name: matrix for name, matrix in program.memory.items() if name not in old}
    return replace(
        program,
        network=network,
        optimizer=optimizer,
        formulas=(*others, *updates),
        carried={**carried, **kept},
        memory={**memory, **{name: np.zeros_like(program.parameters[parameter_of(name)]) for name in kept}},
    )
