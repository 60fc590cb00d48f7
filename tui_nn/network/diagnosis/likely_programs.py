"""Orders programs by how well they go with numbers of a late iteration, before any of them runs so far.

After many iterations, an update changes little. So the weights given, which follow the update, nearly tell those before
it, what the pass computed from them, and how far a program would have come if it had always gone on like this.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from tui_nn.network.diagnosis.agreement_with_program import printed_as
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array

# So many times the weights before the update are computed from those after it, each time more exactly.
_STEPS_BACK = 2
# With steps as its last one, a program would come so many times as far as it came. Each bound makes it less likely.
_TIMES_AS_FAR = (3.0, 30.0, 1000.0)
# A misfit that only the digits given explain; and one that the steps of a program with a memory explain.
_NO_MISFIT, _OF_A_STEP = 1e-9, 0.02


class Likelihood:
    """What the numbers given of a late ``iteration`` say of a program. They must have all weights and biases."""

    def __init__(self, given: GivenNumbers, iteration: int) -> None:
        whole = [one for one in given.of_iteration(iteration) if not np.isnan(one.numbers).any()]
        self._iteration = iteration
        self._after = {one.name.removesuffix("_next"): one for one in whole if one.name.endswith("_next")}
        self._of_pass = [one for one in whole if not one.name.endswith("_next")]

    def unlikeliness(self, program: StudentProgram) -> tuple[float, int]:
        """A key to sort programs by, the most likely first: the power of ten of the misfit, and how far steps lead.

        The same for all programs if some weights or biases were not given.
        """
        if self._after.keys() != program.parameters.keys():
            return 0, 0
        after = {name: one.numbers for name, one in self._after.items()}
        before, misfit, times = after, np.inf if self._of_pass else 0.0, None
        for _ in range(1 if program.memory or not self._of_pass else 1 + _STEPS_BACK):
            values = _pass_with(program, before)
            if any(np.shape(values.get(program.carried[name])) != matrix.shape for name, matrix in after.items()):
                return np.inf, 0
            steps = {name: values[program.carried[name]] - matrix for name, matrix in before.items()}
            times = self._times_as_far(program, steps) if times is None else times
            misfit = min([misfit, *([_misfit(self._of_pass, values)] if self._of_pass else [])])
            before = {name: matrix - steps[name] for name, matrix in after.items()}
        if program.memory:
            misfit, times = 0.0 if misfit < _OF_A_STEP else misfit, 0.0
        return float(np.ceil(np.log10(max(misfit, _NO_MISFIT)))), sum(not times <= bound for bound in _TIMES_AS_FAR)

    def _times_as_far(self, program: StudentProgram, steps: Mapping[str, Array]) -> float:
        """How many times as far as any matrix came it would come with steps like these."""
        farthest = 0.0
        for name, one in self._after.items():
            start = program.parameters[name]
            came = float(np.abs(one.numbers - start).max()) if start.shape == one.numbers.shape else np.inf
            would = self._iteration * float(np.abs(steps[name]).max())
            if would or np.isnan(would):
                farthest = max(farthest, would / max(came, float(one.tolerance.max()), 1e-300))
        return farthest


def _pass_with(program: StudentProgram, parameters: Mapping[str, Array]) -> Mapping[str, Array]:
    try:
        return ProgramRun(program.with_parameters(parameters), Work(np.inf, np.inf)).at(1)
    except ProgramStopped as stopped:
        return stopped.values


def _misfit(given: Sequence[GivenMatrix], values: Mapping[str, Array]) -> float:
    """How far the matrices given are from those of a pass, relative to the largest cell of each."""
    largest = 0.0
    for one in given:
        ours = printed_as(one.name, values)
        if ours is None:
            return np.inf
        misfit = float(one.differences(ours).max() / max(np.abs(one.numbers).max(), 1e-300))
        largest = max(largest, misfit)
    return largest
