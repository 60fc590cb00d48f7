"""The programs that `diagnose` compares with, for lessons with optimizers, schedules, batches and test rows."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from tui_nn.network import Segment
from tui_nn.network.diagnosis.agreement_with_program import largest_difference
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.network.diagnosis.program_run import ProgramRun, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import Batches
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.pace import Pace
from tui_nn.network.model.schedules import Schedule
from tui_nn.network.model.starts import Start
from tui_nn.network.training.run import Run
from tui_nn.session.document import lecture_data

_BY_NAME = {mistake.name: mistake for mistake in CATALOGUE}
_PLENTY = 1e12
_RATE = 0.1


@pytest.mark.parametrize("batches", [Batches(), Batches(2), Batches(2, "shuffled", 3)])
@pytest.mark.parametrize("optimizer", UPDATE_RULES)
def test_the_right_program_is_the_lesson(optimizer: str, batches: Batches) -> None:
    network = Network((2, 3, 1), bias=True, optimizer=Optimizer(optimizer))
    pace = Pace(Schedule("step", 0.5, 20), batches)
    data, start = replace(lecture_data(), test_rows=(2,)), Start()
    run = Run(network, start.draw(network), [Segment(1, data, _RATE, pace=pace)])
    run.extend(50)
    program = ProgramRun(StudentProgram.right(network, data, start, _RATE, pace), Work(_PLENTY, _PLENTY))
    for iteration in (1, 3, 50):
        ours = run.pass_at(iteration).matrices
        theirs = program.at(iteration)
        for name in theirs.keys() & ours.keys():
            np.testing.assert_allclose(theirs[name], ours[name], rtol=1e-12, atol=1e-14)


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


State = dict[str, Array]
Update = Callable[[Array, State, int], Array]
"""What a student's program subtracts, times the rate, from a weight: from its slope, what it keeps, and t."""


def _momentum(g: Array, kept: State, t: int, share: float = 1.0) -> Array:  # noqa: ARG001 - as every update
    kept["V"] = 0.9 * kept["V"] + share * g
    return kept["V"]


def _cleared(g: Array, kept: State, t: int) -> Array:
    # Two batches make an epoch.
    if t % 2:
        kept["V"] = np.zeros_like(g)
    return _momentum(g, kept, t)


def _adam(
    g: Array,
    kept: State,
    t: int,
    *,
    share: float = 0.1,
    square: Callable[[Array], Array] = np.square,
    corrections: tuple[float, float] | None = None,
    divisor: Callable[[Array], Array] = lambda s: np.sqrt(s) + 1e-8,
    betas: tuple[float, float] = (0.9, 0.999),
) -> Array:
    beta1, beta2 = betas
    kept["M"] = beta1 * kept["M"] + share * g
    kept["S"] = beta2 * kept["S"] + (1 - beta2) * square(g)
    of_m, of_s = corrections or (1 - beta1**t, 1 - beta2**t)
    return np.asarray(kept["M"] / of_m / divisor(kept["S"] / of_s))


def _printed(update: Update, **changes: object) -> GivenNumbers:
    """The weights after each of four updates, in batches of two rows, of a program with this update."""
    order = changes.get("order", [[0, 1], [2]])
    rates = changes.get("rates", [0.1, 0.09, 0.081, 0.0729])
    assert isinstance(order, list)
    assert isinstance(rates, list)
    data, W = lecture_data(), dict(Start().draw(Network((2, 3, 1))).named)
    kept = {name: {letter: np.zeros_like(matrix) for letter in "VMS"} for name, matrix in W.items()}
    matrices = list[GivenMatrix]()
    for t, (rows, rate) in enumerate(zip(itertools.cycle(order), rates, strict=False), 1):
        X, Y = data.X[rows], data.Y[rows]
        A2 = _sigmoid(X @ W["W1"])
        Y_hat = _sigmoid(A2 @ W["W2"])
        delta3 = -(Y - Y_hat) * Y_hat * (1 - Y_hat)
        delta2 = delta3 @ W["W2"].T * A2 * (1 - A2)
        slopes = {"W1": X.T @ delta2, "W2": A2.T @ delta3}
        W = {name: W[name] - rate * update(slopes[name], kept[name], t) for name in W}
        matrices += [GivenMatrix(f"{name}_next", t, matrix, np.zeros((1, 1))) for name, matrix in W.items()]
    return GivenNumbers(tuple(matrices))


@pytest.mark.parametrize(
    ("optimizer", "name", "printed"),
    [
        ("adam", "", _printed(_adam)),
        ("adam", "no bias correction", _printed(partial(_adam, corrections=(1.0, 1.0)))),
        ("adam", "bias correction mistyped", _printed(partial(_adam, corrections=(0.1, 0.001)))),
        ("adam", "other share of the new slope", _printed(partial(_adam, share=1.0))),
        ("adam", "slopes not squared", _printed(partial(_adam, square=np.abs))),
        ("adam", "root mistyped", _printed(partial(_adam, divisor=lambda s: s + 1e-8))),
        ("adam", "other number in the optimizer", _printed(partial(_adam, betas=(0.9, 0.99)))),
        ("adam", "other optimizer", _printed(_momentum)),
        ("momentum", "", _printed(_momentum)),
        ("momentum", "state cleared each epoch", _printed(_cleared)),
        ("momentum", "other share of the new slope", _printed(partial(_momentum, share=0.1))),
        ("momentum", "wrong sign", _printed(lambda g, kept, t: -_momentum(g, kept, t))),
        ("momentum", "other batch size", _printed(_momentum, order=[[0, 1, 2]])),
        ("momentum", "rows dealt otherwise", _printed(_momentum, order=[[0, 1]])),
        ("momentum", "schedule left out", _printed(_momentum, rates=[0.1] * 4)),
        ("momentum", "schedule counted otherwise", _printed(_momentum, rates=[0.09, 0.081, 0.0729, 0.06561])),
    ],
)
def test_numbers_of_a_student(optimizer: str, name: str, printed: GivenNumbers) -> None:
    pace = Pace(Schedule("exponential", 0.9), Batches(2))
    network = Network((2, 3, 1), optimizer=Optimizer(optimizer))
    right = StudentProgram.right(network, lecture_data(), Start(), 0.1, pace)
    # The right program computes these numbers if no mistake is named; if one is, only a program with it does.
    assert _agrees(right, printed) == (not name)
    assert not name or any(_agrees(program, printed) for program in _BY_NAME[name].programs(right))


def _agrees(program: StudentProgram, printed: GivenNumbers) -> bool:
    return largest_difference(program, printed, Work(_PLENTY, _PLENTY)) is not None
