"""Which matrices a student has to print so that fewer mistakes explain the numbers."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.program_run import OutOfWork, ProgramRun, ProgramStopped, TooLong, Work
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array

# Printed numbers have at least so many digits, as R's seven.
_DIGITS = 1e-6
# Iterations of the lecture for each program: enough for the first one.
_WORK = 2_000
# Of more explanations, the first ones.
_MOST = 12


@frozen_dataclass
class TellingMatrices:
    """``names`` are as few matrices as tell most explanations apart; ``all_apart`` is whether they tell all of them."""

    names: tuple[str, ...]
    all_apart: bool


def telling_matrices(explanations: Sequence[Explanation], names: Sequence[str]) -> TellingMatrices:
    """Those of the matrices ``names`` of iteration 1 that differ between the programs of ``explanations``.

    A program whose iteration 1 is not computed, as it counts from another one, differs from each other one.
    """
    values = [_first_iteration(one) for one in explanations[:_MOST]]
    pairs = [*combinations(range(len(values)), 2)]
    told = {name: {(one, other) for one, other in pairs if _differ(values[one], values[other], name)} for name in names}
    left, chosen = set(pairs), list[str]()
    while told and (best := max(told, key=lambda name: len(told[name] & left))) and told[best] & left:
        chosen.append(best)
        left -= told[best]
    return TellingMatrices(tuple(name for name in names if name in chosen), not left)


def _first_iteration(explanation: Explanation) -> Mapping[str, Array] | None:
    """All matrices of iteration 1; None where computing them would take long."""
    program = explanation.program
    if program.offset < 0:
        return None
    try:
        return ProgramRun(program, Work(_WORK, 0)).at(1 + program.offset)
    except ProgramStopped as stopped:
        return stopped.values
    except (OutOfWork, TooLong):
        return None


def _differ(one: Mapping[str, Array] | None, other: Mapping[str, Array] | None, name: str) -> bool:
    if one is None or other is None:
        return True
    theirs, ours = one.get(name), other.get(name)
    if theirs is None or ours is None:
        return theirs is not ours
    if name == StepKind.COST:
        theirs, ours = np.atleast_2d(theirs), np.atleast_2d(ours)
    if theirs.shape != ours.shape:
        return True
    size = float(np.nan_to_num(np.abs(theirs)).max(initial=0.0))
    return not np.allclose(theirs, ours, rtol=_DIGITS, atol=_DIGITS * size, equal_nan=True)
