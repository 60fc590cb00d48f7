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
_NO_MATRIX = np.empty((0, 0))


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
        values, updated = _pass_with(program, after, self._iteration)
        if any(updated.get(name, _NO_MATRIX).shape != matrix.shape for name, matrix in after.items()):
            return np.inf, 0
        if program.memory:
            is_near = _misfit(self._of_pass, values) < _OF_A_STEP
            return (_power_of_ten(0.0) if is_near else 0.0), 1
        # Weights may jump to and fro between two places.
        values_there, back = _pass_with(program, updated, self._iteration)
        there_and_back = {name: back.get(name, np.full_like(matrix, np.inf)) for name, matrix in after.items()}
        times = min(self._times_as_far(program, updated), self._times_as_far(program, there_and_back))
        misfit = min(_misfit(self._of_pass, values), _misfit(self._of_pass, values_there))
        before = after
        for _ in range(_STEPS_BACK if self._of_pass else 0):
            before = {name: matrix - (updated[name] - before[name]) for name, matrix in after.items()}
            values, updated = _pass_with(program, before, self._iteration)
            if updated.keys() != after.keys():
                break
            misfit = min(misfit, _misfit(self._of_pass, values))
        return _power_of_ten(misfit), sum(not times <= bound for bound in _TIMES_AS_FAR)

    def _times_as_far(self, program: StudentProgram, updated: Mapping[str, Array]) -> float:
        """How many times as far as any matrix came it would come with steps from the one given to ``updated``."""
        farthest = 0.0
        for name, one in self._after.items():
            start = program.parameters[name]
            came = float(np.abs(one.numbers - start).max()) if start.shape == one.numbers.shape else np.inf
            would = self._iteration * float(np.abs(updated[name] - one.numbers).max())
            if would or np.isnan(would):
                farthest = max(farthest, would / max(came, float(one.tolerance.max()), 1e-300))
        return farthest


def _pass_with(
    program: StudentProgram, parameters: Mapping[str, Array], iteration: int
) -> tuple[Mapping[str, Array], dict[str, Array]]:
    """The matrices of ``iteration`` with these parameters, and the parameters after its update, as far as it gets."""
    try:
        values = ProgramRun(program.with_parameters(parameters), Work(np.inf, np.inf), iteration).at(iteration)
    except ProgramStopped as stopped:
        values = stopped.values
    return values, {name: values[program.carried[name]] for name in parameters if program.carried[name] in values}


def _misfit(given: Sequence[GivenMatrix], values: Mapping[str, Array]) -> float:
    """How far the matrices given are from those of a pass, relative to cells above 1; 0 if none is given."""
    largest = 0.0
    for one in given:
        ours = printed_as(one.name, values)
        if ours is None:
            return np.inf
        largest = max(largest, float(one.differences(ours).max() / max(np.abs(one.numbers).max(), 1.0)))
    return largest


def _power_of_ten(misfit: float) -> float:
    return float(np.ceil(np.log10(max(misfit, _NO_MISFIT))))
