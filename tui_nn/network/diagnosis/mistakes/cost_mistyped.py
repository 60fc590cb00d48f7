"""J has a slip of a sign, a bracket or a power, ``sum(y * log(p) + (1 - y) * log(1 - p))``; the slopes are right."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.cost_formulas import CostFunction, with_costs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _ln(numbers: Array) -> Array:
    with np.errstate(all="ignore"):
        logarithms: Array = np.log(numbers)
        return logarithms


# −Σ (y ln p + (1 − y) ln(1 − p)), and −Σ y ln p
_ENTROPIES: tuple[CostFunction, ...] = (
    lambda y, p: ((y * _ln(p)) + ((1 - y) * _ln(1 - p))).sum(),
    lambda y, p: -((y * _ln(p)) - ((1 - y) * _ln(1 - p))).sum(),
    lambda y, p: (-(y * _ln(p)) + ((1 - y) * _ln(1 - p))).sum(),
    lambda y, p: -(y * _ln(p)).sum(),
    lambda y, p: -((1 - y) * _ln(1 - p)).sum(),
    lambda y, p: (y * _ln(p)).sum(),
    lambda y, p: -((y * _ln(p)) + (1 - y) * _ln(p)).sum(),
    lambda y, p: -((y * _ln(p)) + (1 - p) * _ln(1 - p)).sum(),
    lambda y, p: -((y * _ln(p)) + (1 - y) * (1 - _ln(p))).sum(),
    lambda y, p: -((y * _ln(p)) + 1 - y * _ln(1 - p)).sum(),
    lambda y, p: -(y * _ln(1 - p) + (1 - y) * _ln(p)).sum(),
    lambda y, p: -(y * _ln(1 - p)).sum(),
    lambda y, p: -((y * _ln(p)) + ((1 - y) * _ln(1 - p))).sum(),
    lambda y, p: -(p * _ln(p)).sum(),  # noqa: ARG005 - y is the slip
    lambda y, p: -((y * _ln(p)) + ((1 - y) * _ln(1 - p))).sum() / np.log(10),
    lambda y, p: -((y * _ln(p)) + ((1 - y) * _ln(1 - p))).sum() / np.log(2),
    lambda y, p: -((y * _ln(p)) + y * _ln(1 - p)).sum(),
    lambda y, p: -((y * _ln(p)) + (1 + y) * _ln(1 - p)).sum(),
    lambda y, p: -((y * _ln(p)) + (1 - y) * _ln(1 + p)).sum(),
    lambda y, p: -(y * _ln(p)).sum() / np.log(2),
    lambda y, p: -(y * _ln(p)).sum() / np.log(10),
    lambda y, p: -_ln((y * p).sum(axis=1)).sum() / 2,
    lambda y, p: -(y + _ln(p)).sum(),
    lambda y, p: -(y - _ln(p)).sum(),
    lambda y, p: -(p * _ln(np.where(y > 0, y, 1)) + (1 - p) * _ln(np.where(y < 1, 1 - y, 1))).sum(),
    lambda y, p: -((y * _ln(p)) * ((1 - y) * _ln(1 - p))).sum(),
)
# ½ Σ (y − p)²
_SQUARES: tuple[CostFunction, ...] = (
    lambda y, p: (y - p).sum() / 2,
    lambda y, p: (y - p**2).sum() / 2,
    lambda y, p: (y**2 - p**2).sum() / 2,
    lambda y, p: ((y + p) ** 2).sum() / 2,
    lambda y, p: -((y - p) ** 2).sum() / 2,
    lambda y, p: (y - p).sum(),
    lambda y, p: (y - p**2).sum(),
    lambda y, p: (y**2 - p**2).sum(),
    lambda y, p: ((y + p) ** 2).sum(),
    lambda y, p: -((y - p) ** 2).sum(),
    lambda y, p: np.sqrt(((y - p) ** 2).sum()),
    lambda y, p: np.sqrt(((y - p) ** 2).sum()) / 2,
    lambda y, p: (((y - p) / 2) ** 2).sum(),
    lambda y, p: ((y - p) ** 3).sum() / 2,
    lambda y, p: ((y - p) ** 3).sum(),
    lambda y, p: ((y - p) ** 4).sum() / 2,
    lambda y, p: ((y * p) ** 2).sum() / 2,
    lambda y, p: ((y**2 - p) ** 1).sum() / 2,
    lambda y, p: (y - p).sum() ** 2 / 4,
    lambda y, p: (y - p).sum() * 2,
)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_costs(program, _ENTROPIES if program.network.cost == "cross-entropy" else _SQUARES)


COST_MISTYPED = ProgramMistake("cost mistyped", _programs, frequency=3)
