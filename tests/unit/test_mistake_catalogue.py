"""Each mistake of the catalogue computes what a student's program with that mistake computes."""

from collections import Counter
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.strategies import networks
from tui_nn.network.diagnosis.agreement_with_program import largest_difference
from tui_nn.network.diagnosis.explanations import explain
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.mistakes import CATALOGUE, ProgramMistake
from tui_nn.network.diagnosis.program_run import ProgramRun, ProgramStopped, Work
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

_BY_NAME = {mistake.name: mistake for mistake in CATALOGUE}
_PLENTY = 1e12


def _program(network: Network, start: Start | None = None) -> StudentProgram:
    """The right program for the lecture's data."""
    return StudentProgram.right(network, lecture_data(), start or Start(), 5.0)


_WITH_BIASES = Network((2, 3, 1), bias=True)


# The names that teachers and the manual use.
_NAMES = """
bias recycled down the columns | bias summed over the wrong axis | vector against column |
derivative at a instead of z | sum for mean | mean for sum | wrong sign | updated too early |
derivative mistyped | cost over all pairs | forgotten derivative, output | forgotten derivative, hidden |
factor two | biases not updated | bias gradient averaged | bias gradient summed over everything |
other activation | activation left out | activated twice | activation mistyped | penalty on the biases |
penalty left out | softmax over everything | softmax over the rows | elementwise for matrix product |
matrix product for elementwise | cost mistyped | scaling recycled down the columns | data not scaled |
scaled by another number | filled by rows | other learning rate | gradient not reset |
divided by the number of rows twice | by another number of rows | bias with the wrong sign |
bias not in the forward pass | a bias per row of data | weights not updated | weights replaced by the step |
error in place of delta | z(1-z) for the derivative | derivative of another activation | off by one layer |
integer division | forward pass again between the updates | other number of iterations | one iteration off |
cost after the update | a column taken twice | rounded on the way | weights transposed | rows in another order |
other generator | other cost | other seed | ones for the start | zeros for the start | missing transpose |
slope left in | forgotten complement | sigmoid slope for softmax | drawn in another order | seed set again |
reshaped for transposed | error squared in delta | derivative for the activation | columns in another order |
penalty divided by the number of rows | no bias correction | bias correction mistyped | state cleared each epoch |
other share of the new slope | slopes not squared | root mistyped | schedule left out | schedule counted otherwise |
other schedule | rows dealt otherwise | other batch size | test rows used in training |
test rows used in the scaling | other optimizer | other number in the optimizer
"""


def test_names() -> None:
    names = (name.strip() for line in _NAMES.splitlines() for name in line.split("|"))
    assert Counter(mistake.name for mistake in CATALOGUE) == Counter(filter(None, names))


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _slope(z: Array) -> Array:
    return np.asarray(np.exp(-z) / (1 + np.exp(-z)) ** 2)


def _recycled(matrix: Array, vector: Array) -> Array:
    """R's matrix + vector, cell by cell in R's order."""
    sum_, cells = matrix.copy(), vector.ravel()
    for number in range(matrix.size):
        sum_[number % len(matrix), number // len(matrix)] += cells[number % cells.size]
    return sum_


# The lines of a student's program, for one with biases; each mistake replaces some of them.
_LINES = {
    "X": "x / x.max(axis=0)",
    "Y": "y / 100",
    "Z2": "X @ W1 + b1",
    "A2": "sigmoid(Z2)",
    "Z3": "A2 @ W2 + b2",
    "Y_hat": "sigmoid(Z3)",
    "cost": "0.5 * ((Y - Y_hat)**2).sum()",
    "delta3": "-(Y - Y_hat) * slope(Z3)",
    "dJdW2": "A2.T @ delta3",
    "dJdb2": "delta3.sum(axis=0, keepdims=True)",
    "delta2": "delta3 @ W2.T * slope(Z2)",
    "dJdW1": "X.T @ delta2",
    "dJdb1": "delta2.sum(axis=0, keepdims=True)",
    "W2_next": "W2 - 5 * dJdW2",
    "b2_next": "b2 - 5 * dJdb2",
    "W1_next": "W1 - 5 * dJdW1",
    "b1_next": "b1 - 5 * dJdb1",
}


def _iterations(program: StudentProgram, count: int, **lines: str) -> list[dict[str, Array]]:
    """What a program of these lines computes, iteration by iteration."""
    values = {
        **program.parameters,
        "x": program.dataset.x,
        "y": program.dataset.y,
        "total1": np.zeros((2, 3)),
        "total2": np.zeros((3, 1)),
    }
    functions = {"np": np, "sigmoid": _sigmoid, "slope": _slope, "recycled": _recycled}
    passes = []
    for _ in range(count):
        for name in _LINES:
            values[name] = eval((_LINES | lines)[name], functions | values)  # noqa: S307 - lines of this file
        passes.append(dict(values))
        values |= {name: values[f"{name}_next"] for name in ("W1", "W2", "b1", "b2")}
        values |= {"total1": values["dJdW1"], "total2": values["dJdW2"]}
    return passes


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("bias recycled down the columns", {"Z2": "recycled(X @ W1, b1)"}),
        ("bias summed over the wrong axis", {"dJdb1": "delta2.sum(axis=1)[None]"}),
        ("bias gradient averaged", {"dJdb1": "delta2.mean(axis=0, keepdims=True)"}),
        ("bias gradient summed over everything", {"dJdb1": "np.array([[delta2.sum()]])"}),
        (
            "bias with the wrong sign",
            {"Z2": "X @ W1", "A2": "1 / (1 + np.exp(-Z2 + b1))", "delta2": "delta3 @ W2.T * A2 * (1 - A2)"},
        ),
        ("bias not in the forward pass", {"Z2": "X @ W1", "Z3": "A2 @ W2"}),
        ("biases not updated", {"b1_next": "b1", "b2_next": "b2"}),
        ("derivative at a instead of z", {"delta2": "delta3 @ W2.T * slope(A2)"}),
        ("derivative mistyped", {"delta2": "delta3 @ W2.T * (np.exp(-Z2) / (1 + np.exp(-Z2)**2))"}),
        ("z(1-z) for the derivative", {"delta2": "delta3 @ W2.T * Z2 * (1 - Z2)"}),
        ("forgotten derivative, output", {"delta3": "-(Y - Y_hat)"}),
        ("forgotten derivative, hidden", {"delta2": "delta3 @ W2.T"}),
        ("mean for sum", {"cost": "0.5 * ((Y - Y_hat)**2).mean()", "delta3": "-(Y - Y_hat) * slope(Z3) / 3"}),
        ("divided by the number of rows twice", {"delta3": "-(Y - Y_hat) * slope(Z3) / 9"}),
        ("wrong sign", {"W1_next": "W1 + 5 * dJdW1"}),
        ("factor two", {"cost": "((Y - Y_hat)**2).sum()", "delta3": "-2 * (Y - Y_hat) * slope(Z3)"}),
        ("updated too early", {"delta2": "delta3 @ (W2 - 5 * dJdW2).T * slope(Z2)"}),
        ("cost over all pairs", {"cost": "0.5 * ((Y - Y_hat) @ (Y - Y_hat).T).sum()"}),
        ("vector against column", {"cost": "0.5 * ((Y.ravel() - Y_hat)**2).sum()"}),
        ("activation left out", {"Y_hat": "Z3"}),
        ("activation left out", {"Z3": "Z2 @ W2 + b2"}),
        ("activation left out", {"dJdW2": "Z2.T @ delta3"}),
        ("error squared in delta", {"delta3": "-(Y - Y_hat)**2 * slope(Z3)"}),
        ("derivative for the activation", {"dJdW2": "slope(Z2).T @ delta3"}),
        ("reshaped for transposed", {"dJdW1": "(delta2.T @ X).reshape((2, 3), order='F')"}),
        ("reshaped for transposed", {"dJdW1": "X.reshape(2, 3) @ delta2", "dJdW2": "A2.reshape(3, 3) @ delta3"}),
        ("activated twice", {"Z3": "sigmoid(A2 @ W2 + b2)"}),
        ("elementwise for matrix product", {"Z3": "np.sum(A2 * W2, axis=1, keepdims=True) + b2"}),
        ("gradient not reset", {"dJdW1": "total1 + X.T @ delta2", "dJdW2": "total2 + A2.T @ delta3"}),
        ("weights not updated", {"W1_next": "W1"}),
        ("weights replaced by the step", {"W1_next": "-5 * dJdW1", "W2_next": "-5 * dJdW2"}),
        ("error in place of delta", {"delta2": "(Y_hat - Y) @ W2.T * slope(Z2)"}),
        ("other learning rate", {f"{one}_next": f"{one} - 0.5 * dJd{one}" for one in ("W1", "W2", "b1", "b2")}),
        ("other learning rate", {"W2_next": "W2 - 0.5 * dJdW2"}),
        ("other cost", {"cost": "np.sqrt(((Y - Y_hat)**2).mean())"}),
        ("columns in another order", {"X": "(x / x.max(axis=0))[:, ::-1]"}),
        ("data not scaled", {"X": "x"}),
        ("scaled by another number", {"X": "x / x.max()"}),
        ("scaling recycled down the columns", {"X": "x / recycled(0 * x, x.max(axis=0))"}),
        ("a column taken twice", {"X": "(x / x.max(axis=0))[:, [0, 0]]"}),
        ("rows in another order", {"X": "(x / x.max(axis=0))[::-1]"}),
        ("integer division", {"X": "x // x.max(axis=0)"}),
        ("rounded on the way", {"dJdW1": "np.round(X.T @ delta2, 3)", "dJdW2": "np.round(A2.T @ delta3, 3)"}),
    ],
)  # fmt: skip
def test_numbers_of_a_student(name: str, lines: dict[str, str]) -> None:
    right = _program(_WITH_BIASES)
    passes = _iterations(right, 2, **lines)
    names = [*_LINES]
    numbers = tuple(
        GivenMatrix(one, iteration, np.atleast_2d(values[one]), np.zeros(np.atleast_2d(values[one]).shape))
        for iteration, values in enumerate(passes, 1)
        for one in names
    )
    # The right program does not compute them; one with this mistake does.
    assert not _agrees(right, GivenNumbers(numbers))
    assert any(_agrees(program, GivenNumbers(numbers)) for program in _BY_NAME[name].programs(right))


def _agrees(program: StudentProgram, numbers: GivenNumbers) -> bool:
    return largest_difference(program, numbers, Work(_PLENTY, _PLENTY)) is not None


def test_right_lines_are_right() -> None:
    # The student's lines, without a mistake, are the lesson's: what differs below comes from the mistake.
    right = _program(_WITH_BIASES)
    values = _iterations(right, 2)[-1]
    matrices = tuple(GivenMatrix(one, 2, np.atleast_2d(values[one]), np.array([[0.0]])) for one in _LINES)
    assert _agrees(right, GivenNumbers(matrices))


_NETWORKS = [
    Network((2, 3, 1), bias=True),
    Network((2, 2, 2, 1)),
    Network((2, 3, 1), bias=True, penalty=Penalty(l2=0.1), reduction="mean"),
    Network((2, 3, 1), bias=True, penalty=Penalty(l2=0.1), cost="cross-entropy"),
    Network((2, 3, 2), bias=True, output_activation="softmax", cost="cross-entropy"),
    Network((2, 3, 1), bias=True, optimizer=Optimizer("adam")),
    Network((2, 3, 1), optimizer=Optimizer("momentum")),
]
# Four rows, the last of which is kept back for a test; the others make a batch of two rows and one of a single row.
_PACE = Pace(Schedule("exponential", 0.9), Batches(2, "shuffled"))


def _small_programs() -> list[StudentProgram]:
    data = lecture_data()
    classes = replace(data, y=np.array([[1.0, 0], [0, 1], [1, 0]]), y_names=("a", "b"), y_scaling="none")
    programs = []
    for network in _NETWORKS:
        table = classes if network.layers[-1] == 2 else data
        programs.append(StudentProgram.right(network, table, Start(), 0.5))
        if network.optimizer.name == "adam":
            programs.append(StudentProgram.right(network, _with_test_row(data), Start(), 0.5, _PACE))
    return programs


def _with_test_row(data: Dataset) -> Dataset:
    x, y = np.vstack((data.x, [[11.0, 7.0]])), np.vstack((data.y, [[60.0]]))
    return replace(data, x=x, y=y, test_rows=(4,))


@pytest.mark.parametrize("name", sorted(_BY_NAME.keys() - {"other number of iterations"}))
def test_every_mistake_changes_a_number(name: str) -> None:
    for right in _small_programs():
        wanted = ProgramRun(right, Work(_PLENTY, _PLENTY)).at(2)
        for program in _BY_NAME[name].programs(right):
            try:
                found = ProgramRun(program, Work(_PLENTY, _PLENTY)).at(2 + program.offset)
            except ProgramStopped:
                continue
            for one in wanted.keys() & found.keys():
                if found[one].shape != wanted[one].shape or not np.allclose(found[one], wanted[one], rtol=1e-9, atol=0):
                    return
    pytest.fail("no program with this mistake computes other numbers")


def test_any_two_mistakes_make_a_program() -> None:
    # Each mistake can be made in a program that has another one already.
    right = _small_programs()[1]
    for first in CATALOGUE:
        for program in islice(first.programs(right), 1):
            for second in CATALOGUE:
                assert all(both.formulas for both in islice(second.programs(program), 2))


@settings(max_examples=60)
@given(networks(), st.sampled_from(CATALOGUE), st.sampled_from([EVEN, _PACE]))
def test_compiled_runs_equal_formulas(network: Network, mistake: ProgramMistake, pace: Pace) -> None:
    inputs, outputs = network.layers[0], network.layers[-1]
    x, classes = np.arange(1.0, 3 * inputs + 1).reshape(3, inputs) ** 0.5, np.arange(3) % outputs
    names = [f"{letter}{number}" for letter in "xy" for number in range(4)]
    data = Dataset(x, np.eye(outputs)[classes], tuple(names[:inputs]), tuple(names[4 : 4 + outputs]))
    right = StudentProgram.right(network, data, Start(), 0.1, pace)
    for program in islice(mistake.programs(right), 1):
        stepwise, leaping = (ProgramRun(program, Work(_PLENTY, _PLENTY)) for _ in range(2))
        try:
            for iteration in range(1, 46):
                wanted = stepwise.at(iteration)
        except ProgramStopped:
            continue
        found = leaping.at(45)
        for name, matrix in wanted.items():
            np.testing.assert_allclose(found[name], matrix, rtol=1e-9, atol=1e-12 * (1 + np.abs(matrix).max()))


def test_a_program_that_stops_is_named_by_what_it_printed() -> None:
    # δ3 is 3×3 where Y is a plain list: delta3 @ W2.T stops the program.
    right = _program(_WITH_BIASES)
    values = ProgramRun(right, Work(_PLENTY, _PLENTY)).at(1)
    square = -(values["Y"].ravel() - values["Y_hat"]) * _slope(values["Z3"])
    matrix = GivenMatrix("delta3", 1, square, np.zeros((3, 3)))
    found = explain(right, GivenNumbers((matrix,))).found
    assert [mistake.name for mistake in found[0].mistakes] == ["vector against column"]


def test_mistakes_with_the_same_numbers_are_named_together() -> None:
    # −2 (Y − Ŷ) doubles the step, and so does a doubled learning rate: W alone can't tell them apart.
    right = _program(_WITH_BIASES)
    values = _iterations(right, 1, delta3="-2 * (Y - Y_hat) * slope(Z3)")[0]
    matrices = tuple(GivenMatrix(one, 1, values[one], np.zeros((1, 1))) for one in ("W1_next", "W2_next"))
    names = [one.mistakes[0].name for one in explain(right, GivenNumbers(matrices)).found]
    assert names[0] == "factor two"
    assert "other learning rate" in names
