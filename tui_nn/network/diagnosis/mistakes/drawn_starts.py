"""Draws other parameters to start with."""

import numpy as np

from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.starts import Start


def is_drawn(program: StudentProgram) -> bool:
    """Whether the lesson draws its start."""
    return program.drawing.distribution is not None


def with_start(program: StudentProgram, start: Start) -> StudentProgram | None:
    """The program with the parameters of another start; None if they are the same."""
    parameters = start.draw(program.network).named
    if all(np.array_equal(matrix, program.parameters[name]) for name, matrix in parameters.items()):
        return None
    return program.with_parameters(parameters)
