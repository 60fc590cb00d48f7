"""Compares what a student printed with what a program computes."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.given import COST, GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array

# After so many costs it is clear whether the rest is worth computing.
_FIRST_COSTS = 3


def printed_as(name: str, values: Mapping[str, Array]) -> Array | None:
    """The matrix of a pass that is called ``name`` in what a student gives; None if the program has none."""
    return values.get(StepKind.COST if name == COST else name)


def checkpoints(given: GivenNumbers) -> Iterator[int]:
    """The iterations at which a program is compared, in their order."""
    every = set(given.iterations)
    if given.costs is not None and given.costs.iterations.size:
        numbers = given.costs.iterations
        every |= {int(numbers[min(len(numbers), _FIRST_COSTS) - 1]), int(numbers[-1])}
    yield from sorted(every)


def largest_difference(program: StudentProgram, given: GivenNumbers, work: Work) -> float | None:
    """How far the numbers given are from the program's, at most; None if a cell differs, or the program stops before.

    The program runs only as far as it agrees. Raises `OutOfWork` where no more iterations may be computed.
    """
    run, largest = ProgramRun(program, work), 0.0
    for iteration in checkpoints(given):
        computed = iteration + program.offset
        if computed < 1:
            return None
        try:
            values = run.at(computed)
        except ProgramStopped as stopped:
            if stopped.iteration != computed:
                return None
            # It may have printed what it had by then.
            values = stopped.values
        for one in given.of_iteration(iteration):
            ours = printed_as(one.name, values)
            if ours is None or not one.agrees(ours):
                return None
            largest = max(largest, float(one.differences(ours).max(initial=0.0)))
        if given.costs is not None:
            costs = given.costs.until(iteration)
            ours = _costs_of(run, program.offset, costs.iterations)
            row = costs.as_matrix()
            if not row.agrees(ours[np.newaxis]):
                return None
            largest = max(largest, float(row.differences(ours[np.newaxis]).max(initial=0.0)))
    return largest


def _costs_of(run: ProgramRun, offset: int, iterations: NDArray[np.int_]) -> Array:
    costs = np.array(run.costs)
    numbers = iterations + offset
    found = np.full(len(numbers), np.nan)
    there = (numbers >= 1) & (numbers <= len(costs))
    found[there] = costs[numbers[there] - 1]
    return found


def first_differing(given: GivenMatrix, ours: Array) -> tuple[int, int] | None:
    """The row and the column, from 0, of the first cell that differs, row by row; None if none does."""
    places = np.argwhere(given.differing(ours))
    return (int(places[0][0]), int(places[0][1])) if len(places) else None
