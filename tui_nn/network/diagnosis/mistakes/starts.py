"""The start is drawn otherwise: with another seed, by another generator, filled by rows, turned, or all ones."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.mistakes.data import filled_by_rows, refilled
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank, groups
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.generators import COLUMNS, GENERATORS, NORMAL, ROWS, UNIFORM
from tui_nn.network.model.starts import Start

_SEEDS = (
    *range(11),
    42,
    123,
    1234,
    12345,
    100,
    1000,
    10,
    99,
    2020,
    2021,
    2022,
    2023,
    2024,
    2025,
    2026,
    1337,
    314,
    321,
    101,
    111,
)


def _weights(program: StudentProgram) -> tuple[str, ...]:
    return tuple(name for name in program.parameters if name.startswith("W"))


def _is_drawn(program: StudentProgram) -> bool:
    return program.drawing.distribution is not None


def _drawn(program: StudentProgram, start: Start) -> StudentProgram | None:
    """The program with the parameters of another start; None if they are the same or can't be drawn."""
    parameters = start.draw(program.network).named
    if all(np.array_equal(parameters[name], program.parameters[name]) for name in parameters):
        return None
    return program.with_parameters(parameters)


def _other_seed(program: StudentProgram) -> Iterator[StudentProgram]:
    if not _is_drawn(program):
        return
    for seed in dict.fromkeys(_SEEDS):
        if seed != program.drawing.seed and (changed := _drawn(program, replace(program.drawing, seed=seed))):
            yield changed.noting(seed)


def _other_generator(program: StudentProgram) -> Iterator[StudentProgram]:
    if not _is_drawn(program):
        return
    own = program.drawing
    methods = dict.fromkeys([own.method, *(method for method in (UNIFORM, NORMAL) if own.spread is None)])
    for name, generator in GENERATORS.items():
        for method in methods:
            for fill in (COLUMNS, ROWS):
                if (name, method) == (own.generator, own.method):
                    continue
                if not generator.least_seed <= own.seed <= generator.greatest_seed:
                    continue
                for biases in dict.fromkeys(
                    [own.biases, *((0.0,) if own.biases_are_drawn and program.network.bias else ())]
                ):
                    start = replace(own, generator=name, method=method, fill=fill, biases=biases)
                    if changed := _drawn(program, start):
                        yield changed.noting(name if method == own.method else method)
    yield from _python_random(program)


def _python_random(program: StudentProgram) -> Iterator[StudentProgram]:
    """Python's random.seed(seed) and random.random()."""
    from random import Random

    if program.drawing.method != UNIFORM:
        return
    draw = Random(program.drawing.seed)  # noqa: S311 - nothing is to be kept secret
    low, high = program.drawing.low, program.drawing.high
    parameters = {
        name: np.array([[low + (high - low) * draw.random() for _ in row] for row in matrix])
        for name, matrix in program.parameters.items()
    }
    yield program.with_parameters(parameters).noting("Python")


def _filled(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(_weights(program)):
        for number in range(2):
            changed = {name: [*refilled(program.parameters[name])][number] for name in names}
            if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in changed.items()):
                yield program.with_parameters(changed)
    yield from filled_by_rows(program)


def _transposed(program: StudentProgram) -> Iterator[StudentProgram]:
    """Weights as units by inputs: the numbers drawn fill the transposed matrix, or a square matrix is turned."""
    for names in groups(_weights(program)):
        turned = {name: _turned(program.parameters[name]) for name in names}
        if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in turned.items()):
            yield program.with_parameters(turned)


def _turned(matrix: Array) -> Array:
    rows, columns = matrix.shape
    return matrix.T.copy() if rows == columns else matrix.ravel(order="F").reshape((columns, rows), order="F").T.copy()


def _ones(program: StudentProgram) -> Iterator[StudentProgram]:
    weights = {name: np.ones_like(program.parameters[name]) for name in _weights(program)}
    others = [name for name in program.parameters if name not in weights]
    for biases in (None, 1.0, 0.0) if others else (None,):
        own = {} if biases is None else {name: np.full_like(program.parameters[name], biases) for name in others}
        changed = {**weights, **own}
        if any(not np.array_equal(matrix, program.parameters[name]) for name, matrix in changed.items()):
            yield program.with_parameters(changed)


OTHER_SEED = ProgramMistake("other seed", _other_seed, found=0, rank=Rank.NUMBER)
OTHER_GENERATOR = ProgramMistake("other generator", _other_generator, found=1, rank=Rank.DATA)
FILLED_BY_ROWS = ProgramMistake("filled by rows", _filled, found=2, rank=Rank.DATA)
TRANSPOSED = ProgramMistake("weights transposed", _transposed, found=1, rank=Rank.DATA)
ONES = ProgramMistake("ones for the start", _ones, found=0, rank=Rank.DATA)
