"""Programs that are computed together reach what each reaches alone; and late numbers say which programs are likely."""

import numpy as np
import pytest

from tui_nn.network.diagnosis.explanations import explain
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.likely_programs import Likelihood
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
from tui_nn.network.diagnosis.stacked_runs import compute_together
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import Batches
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.penalty import Penalty
from tui_nn.network.model.schedules import Schedule
from tui_nn.network.model.starts import Start
from tui_nn.session.document import lecture_data

_PLENTY = 1e12


def _right(network: Network, pace: Pace = EVEN) -> StudentProgram:
    data = lecture_data()
    if network.layers[-1] == 2:
        data = Dataset(data.x, np.array([[1.0, 0], [0, 1], [0, 1]]), data.x_names, ("no", "yes"), "column max", "none")
    return StudentProgram.right(network, data, Start(), 1.0, pace)


def _reached(program: StudentProgram, iteration: int, work: Work) -> tuple[dict[str, Array], list[float]]:
    run = ProgramRun(program, work)
    try:
        values = run.at(iteration)
    except ProgramStopped:
        return {}, []
    return {name: values[result] for name, result in program.carried.items()}, run.costs


@pytest.mark.parametrize(
    "network",
    [
        Network((2, 3, 1)),
        Network((2, 2, 2, 1), activation="tanh", bias=True, penalty=Penalty(0.01, 0.02)),
        Network((2, 2, 2), output_activation="softmax", cost="cross-entropy", bias=True),
        Network((2, 3, 1), bias=True, optimizer=Optimizer("adam")),
    ],
)
@pytest.mark.parametrize("pace", [EVEN, Pace(Schedule("cosine", iterations=50), Batches(1, "shuffled"))])
def test_programs_computed_together_reach_what_each_reaches_alone(network: Network, pace: Pace) -> None:
    right, iteration = _right(network, pace), 45
    every = [program for mistake in CATALOGUE for program in mistake.programs(right) if not program.offset]
    programs = every[:: 12 if pace is EVEN else 40]
    together, alone = (Work(_PLENTY, _PLENTY, with_costs=True) for _ in range(2))
    left_out = compute_together(right, programs, iteration, together)
    assert len(left_out) < len(programs) / 10
    for program in programs:
        if program not in left_out:
            (found, costs), (wanted, costs_alone) = (_reached(program, iteration, work) for work in (together, alone))
            assert found.keys() == wanted.keys()
            for name, matrix in wanted.items():
                np.testing.assert_allclose(found[name], matrix, rtol=1e-8, atol=1e-10 * (1 + np.abs(matrix).max()))
            np.testing.assert_allclose(costs, costs_alone, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("with_outputs", [True, False])
@pytest.mark.parametrize("name", ["wrong sign", "weights not updated", "derivative at a instead of z", "factor two"])
def test_weights_after_a_loop_say_which_programs_are_likely(name: str, with_outputs: bool) -> None:
    right, iteration = _right(Network((2, 3, 1), bias=True)), 1000
    ways = [program for mistake in CATALOGUE if mistake.name == name for program in mistake.programs(right)]
    every = [program for mistake in CATALOGUE for program in mistake.programs(right)][::4]
    program = ways[1]
    values = ProgramRun(program, Work(_PLENTY, _PLENTY)).at(iteration)
    printed = [*program.carried.values(), *(["Y_hat"] if with_outputs else [])]
    likelihood = Likelihood(
        GivenNumbers(
            tuple(
                GivenMatrix(one, iteration, np.round(values[one], 8), np.full(values[one].shape, 5e-9))
                for one in printed
            )
        ),
        iteration,
    )
    own = likelihood.unlikeliness(program)
    before = sum(likelihood.unlikeliness(other) < own for other in every)
    assert before < len(every) / 10, (before, own)


def test_a_search_that_may_compute_little_says_that_it_left_something_out() -> None:
    given = GivenMatrix("W1_next", 1000, np.ones((2, 3)), np.full((2, 3), 5e-9))
    found = explain(_right(Network((2, 3, 1), bias=True)), GivenNumbers((given,)), effort=0.01)
    assert (found.found, found.is_complete) == ((), False)
