"""Draws other parameters to start with."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.starts import Start


def is_drawn(program: StudentProgram) -> bool:
    """Whether the lesson draws its start."""
    return program.drawing.distribution is not None


def drawn(program: StudentProgram) -> list[str]:
    """The names of the parameters that the lesson draws, in their order: W1, W2, …, b1, b2, …."""
    return [name for name in program.parameters if name.startswith("W") or program.drawing.biases_are_drawn]


def with_start(program: StudentProgram, start: Start) -> StudentProgram | None:
    """The program with the parameters of another start; None if they are the same."""
    changed = with_other_draws(program, start.draw(program.network).named)
    return changed and replace(changed, drawing=start)


def with_other_draws(program: StudentProgram, parameters: Mapping[str, Array]) -> StudentProgram | None:
    """The program with these parameters; None if they are its own."""
    if all(np.array_equal(matrix, program.parameters[name]) for name, matrix in parameters.items()):
        return None
    return program.with_parameters(parameters)
