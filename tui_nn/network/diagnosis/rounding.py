"""How far a right program may be from the lesson because it rounds in its own way: a run may amplify that."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.checks.rounding_amplification import Agreement, agreement, cost_rounding, output_rounding
from tui_nn.network.diagnosis.given import COST, GivenCosts, GivenMatrix, GivenNumbers
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.training.passes import recomputed
from tui_nn.network.training.run import Run

# Passes with weights that were changed by rounding; a program may be farther off than these few.
_PASSES, _SAFETY = 4, 4.0
# The measurement of a run is given up after so many blocks of iterations, or so many multiplications.
_BLOCKS, _WORK = 400, 1_000_000_000
_LEAST_BLOCK, _BLOCK, _WORK_OF_BLOCK = 8, 64, 2_000_000
_WITHOUT_ROUNDING = ("X", "Y")


@frozen_dataclass
class Amplified:
    """How a lesson amplifies rounding: from ``iteration`` on, fewer than nine digits agree between right programs.

    ``digits`` is how many do in the last iteration of the numbers given.
    """

    iteration: int
    digits: int


@frozen_dataclass(eq=False)
class RoundedNumbers:
    """Numbers given, with room for another program's rounding in each tolerance.

    ``amplified`` is None if nine digits of the lesson or more agree between programs.
    """

    given: GivenNumbers
    amplified: Amplified | None = None


def with_rounding(given: GivenNumbers, run: Run) -> RoundedNumbers:
    """``given`` with room for what the order of additions, and another exp, change in a right program of ``run``."""
    costs = given.costs.iterations if given.costs is not None else ()
    last = max([*given.iterations, *map(int, costs[-1:])], default=1)
    agreed = _measured(run, last)
    spreads = {iteration: _spread(run, iteration, agreed.digits(iteration)) for iteration in given.iterations}
    matrices = tuple(_with_spread(one, spreads[one.iteration]) for one in given.matrices)
    rounded = GivenNumbers(matrices, given.costs and _costs_with_rounding(given.costs, run, agreed))
    return RoundedNumbers(rounded, Amplified(agreed.first, agreed.digits(last)) if agreed.first else None)


def _measured(run: Run, last: int) -> Agreement:
    """How many digits agree up to iteration ``last``, or as far as can be measured in about a second."""
    if last == 1:
        return Agreement(1)
    each = max(segment.dataset.rows for segment in run.segments) * run.network.size
    block = max(_LEAST_BLOCK, min(_BLOCK, _WORK_OF_BLOCK // each))
    left = max(1, min(_BLOCKS, _WORK // (block * each)))

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    return agreement(run, last, stop)


def _spread(run: Run, iteration: int, digits: int) -> Mapping[str, Array]:
    """How far each matrix of ``iteration`` may be off if so many digits of the weights agree."""
    right = run.pass_at(iteration)
    if not digits:
        return {name: np.full(matrix.shape, np.inf) for name, matrix in right.matrices.items()}
    flat = right.parameters.flat
    # Weights that are 0 may never have been changed, and are 0 in every program then.
    sizes = np.where(flat != 0, np.abs(flat) + (iteration > 1) * np.abs(flat).max(), 0.0) * 10.0**-digits
    spread = {name: np.zeros(matrix.shape) for name, matrix in right.matrices.items()}
    # Always the same pseudorandom numbers from −1 to 1; importing numpy's generators would take 90 ms.
    noise = np.modf(43758.5453 * np.sin(12.9898 * np.arange(1, 1 + _PASSES * flat.size)))[0].reshape(_PASSES, -1)
    with np.errstate(all="ignore"):
        for signs in noise:
            other = recomputed(right, Parameters.from_flat(run.network, flat + signs * sizes))
            for name, matrix in right.matrices.items():
                np.fmax(spread[name], np.abs(other[name] - matrix), out=spread[name])
    of_outputs = output_rounding(right)
    spread["J"] = spread["J"] + cost_rounding(run.network, len(right["Y"]), right.cost, of_outputs)
    return {name: _SAFETY * matrix for name, matrix in spread.items()}


def _with_spread(one: GivenMatrix, spread: Mapping[str, Array]) -> GivenMatrix:
    of_cells = spread.get(StepKind.COST if one.name == COST else one.name)
    if of_cells is None or of_cells.shape != one.tolerance.shape or one.name in _WITHOUT_ROUNDING:
        return one
    return replace(one, tolerance=one.tolerance + of_cells)


def _costs_with_rounding(costs: GivenCosts, run: Run, agreed: Agreement) -> GivenCosts:
    """The costs, with room for rounding where they differ."""
    ours = costs.of(run.costs)
    tolerance = costs.tolerance.copy()
    differing = np.flatnonzero(costs.as_matrix().differing(ours[np.newaxis])[0] & np.isfinite(ours))
    if not len(differing):
        return costs
    computed = run.pass_at(int(costs.iterations[differing[-1]]))
    of_outputs, rows = output_rounding(computed), len(computed["Y"])
    for place in differing.tolist():
        cost, digits = float(ours[place]), agreed.digits(int(costs.iterations[place]))
        tolerance[place] += cost * 10.0**-digits if digits else np.inf
        tolerance[place] += _SAFETY * cost_rounding(run.network, rows, cost, of_outputs)
    return replace(costs, tolerance=tolerance)
