"""The data is scaled by other numbers: twice, ``x / max(x)`` for all columns, ``(x - mean) / sd`` for ``x / max``."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import is_new
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import Scaling, StudentProgram
from tui_nn.network.model.array import Array


def _standardised(x: Array) -> Any:
    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


def _standardised_together(x: Array) -> Any:
    return (x - x.mean()) / x.std(ddof=1)


def _by_deviation(x: Array) -> Any:
    return x / x.std(axis=0, ddof=1)


_OF_SAMPLES = (_standardised, _standardised_together, _by_deviation)
# Ways to scale a table, of numpy's functions: a student's line is written of them.
_SCALINGS: tuple[Scaling, ...] = (
    lambda x: x / np.abs(x).max(),
    lambda x: x / x.max(axis=0),
    _standardised,
    lambda x: (x - x.mean(axis=0)) / x.std(axis=0),
    lambda x: (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0)),
    lambda x: (x - x.min()) / (x.max() - x.min()),
    lambda x: x / 10,
    lambda x: x / 100,
    lambda x: x / 1000,
    _standardised_together,
    lambda x: (x - x.mean()) / x.std(),
    lambda x: x / np.abs(x).max(axis=0),
    lambda x: x - x.mean(axis=0),
    lambda x: (x - x.mean(axis=0)) / (x.max(axis=0) - x.min(axis=0)),
    lambda x: x / x.std(axis=0),
    _by_deviation,
    lambda x: x / x.sum(axis=0),
    lambda x: x / x.mean(axis=0),
    lambda x: x / np.sqrt((x**2).sum(axis=0)),
    lambda x: x / x.max(axis=1, keepdims=True),
    lambda x: x / x.sum(axis=1, keepdims=True),
    lambda x: x / (x.max(axis=0) + 1),
    lambda x: x / x.min(axis=0),
    lambda x: x / 2,
    lambda x: x / 255,
)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    # A single number has no deviation.
    scalings = [one for one in _SCALINGS if data.rows > 1 or one not in _OF_SAMPLES]
    # Twice, in each of the ways, or without one of the two steps of the lesson's own.
    of_x: list[Scaling] = [
        lambda x: ((x - data.x_shifts) / data.x_divisors - data.x_shifts) / data.x_divisors,
        *scalings,
    ]
    of_x += [lambda x: x / data.x_divisors, lambda x: x - data.x_shifts]
    of_y: list[Scaling] = [lambda y: ((y - data.y_shifts) / data.y_divisors - data.y_shifts) / data.y_divisors]
    of_y += [*scalings, lambda y: y / data.y_divisors]
    with np.errstate(all="ignore"):
        xs = [(scaling, np.asarray(scaling(data.all_x))) for scaling in of_x]
        ys = [(scaling, np.asarray(scaling(data.y))) for scaling in of_y]
    new_x = [is_new(X, data.X) and is_new(X, data.all_x) for _, X in xs]
    new_y = [is_new(Y, data.Y) and is_new(Y, data.y) for _, Y in ys]
    for (scaling, X), is_other in zip(xs, new_x, strict=True):
        if is_other:
            yield replace(program.with_data(X=X), scaled_by={"X": scaling})
    for (scaling, Y), is_other in zip(ys, new_y, strict=True):
        if is_other:
            yield replace(program.with_data(Y=Y), scaled_by={"Y": scaling})
    for one, other, *are_new in zip(xs, ys, new_x, new_y, strict=False):
        if all(are_new):
            yield replace(program.with_data(one[1], other[1]), scaled_by={"X": one[0], "Y": other[0]})


SCALED_BY_ANOTHER_NUMBER = ProgramMistake("scaled by another number", _programs, frequency=2, rank=Rank.DATA)
