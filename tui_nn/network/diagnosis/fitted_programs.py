"""Programs that the numbers given suggest themselves: another learning rate, another number of iterations."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.agreement_with_program import printed_as
from tui_nn.network.diagnosis.explanations import Candidate
from tui_nn.network.diagnosis.fitted_rates import with_fitted_rates
from tui_nn.network.diagnosis.given import COST, GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.mistakes.counting import ONE_ITERATION_OFF, OTHER_NUMBER_OF_ITERATIONS, counted_from
from tui_nn.network.diagnosis.mistakes.other_learning_rate import OTHER_LEARNING_RATE
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs import cost_of
from tui_nn.network.model.array import Array
from tui_nn.network.model.parameters import views
from tui_nn.network.training.run import Run

# So many multiplications are spent to look for an iteration beyond those of the lesson.
_WORK_AHEAD = 30_000_000
# Of more candidates than _FEW, the parameters are compared first, unless these have more than _CELLS cells together.
_FEW, _CELLS = 50, 5_000_000
# A lesson may have been trained for so many times longer.
_LONGER = 10


def fitted_programs(run: Run, right: StudentProgram, given: GivenNumbers) -> Iterator[Candidate]:
    """Programs whose learning rate or iteration is taken from the numbers given."""
    yield from (((OTHER_LEARNING_RATE,), program) for program in with_fitted_rates(right, given))
    if len(given.iterations) == 1 and given.costs is None:
        iteration = given.iterations[0]
        for other in _other_iterations(run, right, given):
            if other != iteration:
                offset = other - iteration
                mistake = ONE_ITERATION_OFF if abs(offset) == 1 else OTHER_NUMBER_OF_ITERATIONS
                yield (mistake,), counted_from(right, offset).noting(other)


def _other_iterations(run: Run, right: StudentProgram, given: GivenNumbers) -> Iterator[int]:
    """The iteration of the run that has the numbers given, the nearest of several; nothing if none has them."""
    iteration = given.iterations[0]
    each = max(1, right.rows * right.network.size)
    until = min(_LONGER * max(iteration, 10), iteration + _WORK_AHEAD // (each + 200))
    run.extend(until)
    costs = np.asarray(run.costs[:until])
    matrices = [*given.of_iteration(iteration)]
    likely = np.arange(1, len(costs) + 1)
    if cost := next((one for one in matrices if one.name == COST), None):
        likely = likely[np.abs(costs - cost.numbers[0, 0]) <= _allowed(cost)]
    elif predicted := next((one for one in matrices if one.name == "Y_hat" and not np.isnan(one.numbers).any()), None):
        likely = likely[_near_prediction(right, predicted, costs)]
    updated = [one for one in matrices if one.name.endswith("_next")]
    if updated and len(run.segments) == 1 and len(likely) > _FEW and len(costs) * right.network.size <= _CELLS:
        likely = likely[_near_parameters(run, updated, len(costs))[likely - 1]]
    for other in sorted(likely.tolist(), key=lambda other: abs(other - iteration))[: _most(right)]:
        values = run.pass_at(other).matrices
        if all((ours := printed_as(one.name, values)) is not None and one.agrees(ours) for one in matrices):
            yield other
            return


def _near_parameters(run: Run, updated: list[GivenMatrix], count: int) -> NDArray[np.bool_]:
    """After which of ``count`` iterations the parameters are those given, shape (count,)."""
    every = views(run.network, run.flat_parameters(1, count)[1:].T)
    near = np.ones(count, dtype=bool)
    for one in updated:
        cells = every[one.name.removesuffix("_next")]
        if cells.shape[:2] == one.numbers.shape:
            away = np.abs(cells - one.numbers[..., np.newaxis])
            allowed = 1.02 * one.tolerance[..., np.newaxis] + 1e-9 * np.abs(cells).max() + 1e-14
            near &= ((away <= allowed) | np.isnan(away)).all(axis=(0, 1))
    return near


def _most(right: StudentProgram) -> int:
    """How many passes are worth looking at."""
    return int(max(20, min(20_000, 300_000 // max(1, right.rows * right.network.size))))


def _allowed(cost: GivenMatrix) -> float:
    return 1.02 * float(cost.tolerance[0, 0]) + 1e-9 * abs(float(cost.numbers[0, 0])) + 1e-15


def _near_prediction(right: StudentProgram, predicted: GivenMatrix, costs: Array) -> NDArray[np.bool_]:
    """Which iterations have about the J of the predictions given."""
    if right.network.penalised or predicted.numbers.shape != right.Y.shape:
        return np.ones(len(costs), dtype=bool)
    cost = cost_of(right.network, right.rows)
    middle = cost.at(right.Y, predicted.numbers)
    sides = [cost.at(right.Y, predicted.numbers + side * predicted.tolerance) for side in (-1, 1)]
    spread = max(abs(side - middle) for side in sides) * (2 * predicted.numbers.size) + 1e-6 * abs(middle) + 1e-15
    return np.asarray(np.abs(costs - middle) <= spread)
