"""The start is drawn with the same seed by another generator: ``np.random.rand`` or ``rnorm`` for ``runif``."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np

from tui_nn.network.diagnosis.mistakes.drawn_starts import is_drawn, with_start
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.rewrites import biases
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.generators import COLUMNS, GENERATORS, NORMAL, ROWS, UNIFORM


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if not is_drawn(program):
        return
    own = program.drawing
    methods = dict.fromkeys([own.method, *((UNIFORM, NORMAL) if own.spread is None else ())])
    of_biases = dict.fromkeys([own.biases, *((0.0,) if own.biases_are_drawn and biases(program) else ())])
    # First what each generator usually does.
    for order in (0, 1):
        for (name, generator), method, start in product(GENERATORS.items(), methods, of_biases):
            fill = (generator.fill, ROWS if generator.fill == COLUMNS else COLUMNS)[order]
            is_own = (name, method) == (own.generator, own.method)
            if not is_own and generator.least_seed <= own.seed <= generator.greatest_seed:
                changed = with_start(program, replace(own, generator=name, method=method, fill=fill, biases=start))
                if changed:
                    yield changed.noting(name if method == own.method else method)
    if own.method == UNIFORM:
        yield _by_python(program).noting("Python")


def _by_python(program: StudentProgram) -> StudentProgram:
    """``random.seed(1)``, and ``random.random()`` for each cell, row by row."""
    draw = Random(program.drawing.seed)  # noqa: S311 - nothing is to be kept secret
    low, high = program.drawing.low, program.drawing.high
    return program.with_parameters(
        {
            name: np.array([[low + (high - low) * draw.random() for _ in row] for row in matrix])
            for name, matrix in program.parameters.items()
        }
    )


OTHER_GENERATOR = ProgramMistake("other generator", _programs, frequency=1, rank=Rank.DATA)
