"""Says of which iterations a list of costs is."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.given import GivenCosts
from tui_nn.network.model.array import Array
from tui_nn.session.homework.printed_numbers import PrintedMatrix

# So many costs may be those of every tenth iteration, or hundredth, or thousandth, though the loop does not end there.
_MUCH_NEARER, _FEW = 0.2, 8


def cost_list(one: PrintedMatrix, costs: Array, last: int, loss_factor: float = 1.0) -> GivenCosts | None:
    """The costs in ``one``, each with its iteration; None if the lesson has too few iterations.

    ``costs`` has J of every iteration. A list that says no iterations is that of 1, 2, 3, …, or that of every tenth,
    hundredth, …: the one whose numbers are nearest. Numbers after a gap are those of the last iterations. A list of
    losses is one of J, unless it agrees only as J divided by ``loss_factor``.
    """
    found = _as_costs(one, costs[:last], last)
    if found is None or loss_factor == 1:
        return found
    scaled = replace(one, numbers=loss_factor * one.numbers, tolerance=loss_factor * one.tolerance)
    as_loss = _as_costs(scaled, costs[:last], last)
    is_loss = as_loss is not None and as_loss.as_matrix().agrees(as_loss.of(costs)[np.newaxis])
    return as_loss if is_loss else found


def _as_costs(one: PrintedMatrix, costs: Array, last: int) -> GivenCosts | None:
    numbers, tolerance = one.numbers.ravel(), one.tolerance.ravel()
    best: tuple[float, NDArray[np.int_]] | None = None
    for iterations in _possible(one, len(numbers), len(costs), last):
        inside = (iterations >= 1) & (iterations <= len(costs))
        if not inside.any():
            continue
        away = _distance(numbers[inside], costs[iterations[inside] - 1], tolerance[inside])
        # Programs print costs from the first on: only much nearer ones are of other iterations.
        if best is None or away < _MUCH_NEARER * best[0]:
            best = away, iterations
    if best is None:
        return None
    there = ~np.isnan(numbers) & (best[1] >= 1) & (best[1] <= len(costs))
    return GivenCosts(best[1][there], numbers[there], tolerance[there])


def _possible(one: PrintedMatrix, count: int, computed: int, last: int) -> Iterator[NDArray[np.int_]]:
    """The iterations of which ``count`` costs may be, the likeliest first."""
    if one.iterations is not None:
        iterations = np.array(one.iterations)
        yield iterations
        return
    first = np.arange(1, count + 1)
    if one.tail:
        first[count - one.tail :] = np.arange(computed - one.tail + 1, computed + 1)
    yield first
    if one.tail or count >= computed or count < 2:
        return
    every = max(1, last // count)
    if every > 1:
        yield np.arange(count) * every + 1
        yield np.arange(1, count + 1) * every
    # The end of a list, as R's tail() gives it.
    yield first + computed - count
    for every in (10, 100, 1000):
        if count >= _FEW and count * every <= computed + every:
            yield np.concatenate([[1], np.arange(1, count) * every])
            yield np.arange(1, count + 1) * every
            yield np.arange(count) * every + 1


def _distance(theirs: Array, ours: Array, tolerance: Array) -> float:
    """The median relative distance, from 0 to 1, beyond what the digits given explain."""
    with np.errstate(all="ignore"):
        away = np.maximum(np.abs(theirs - ours) - tolerance, 0.0) / (np.abs(ours) + 1e-300)
    return float(np.nanmedian(np.minimum(away, 1.0))) if away.size else 1.0
