"""Programs to hand out, and what they print when they are run."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.unit.course import COVERED, course_figures
from tests.unit.handed_out import EDITS, LESSONS, data_of, of, run_of
from tests.unit.helpers import after_events
from tui_nn.network import Dataset, Parameters, Penalty, Start, agreement, forward, predict
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.array import Array
from tui_nn.network.model.schedules import SCHEDULES
from tui_nn.session.document import Document
from tui_nn.session.events import CellSet, Event, HyperparameterSet, RowAdded, RowRemoved, WeightSet
from tui_nn.session.state import State

_LONG_ENOUGH = 300
"""How many iterations a program runs here: the lecture's program alone runs all of them."""


# RMSProp makes rounding errors grow: later, no two programs agree on its numbers.
_STILL_AGREED = 80


def _shortened(name: str, state: State) -> State:
    if state.document.optimizer == "rmsprop":
        return after_events(state, [HyperparameterSet("iterations", _STILL_AGREED)])
    if name == "lecture" or state.plan.document.iterations <= _LONG_ENOUGH:
        return state
    return after_events(state, [HyperparameterSet("iterations", _LONG_ENOUGH)])


# The second column is constant among the rows that are trained on.
_with_test_rows = Dataset(
    np.array([[3.0, 2.0], [9.0, 5.0], [5.0, 2.0], [10.0, 2.0], [-4.0, -1.0], [6.0, 2.0], [7.0, 2.0]]),
    np.array([[75.0], [60.0], [82.0], [93.0], [70.0], [81.0], [90.0]]),
    ("a", "b"),
    ("y",),
    "standardise",
    "column max",
    (5, 2),
)
_of_test_rows: tuple[Event, ...] = (
    HyperparameterSet("x_scaling", "min-max", 4),
    RowAdded(1, (8.0, 2.0), (88.0,), 12),
    HyperparameterSet("x_scaling", "column abs max", 17),
    WeightSet("W1", 2, 3, -1.5, 20),
    HyperparameterSet("learning_rate", 0.3, 20),
    RowRemoved(3, 25),
)


def _sped(optimizer: str) -> State:
    """A run with an ``optimizer``, and with edits on the way."""
    rate = UPDATE_RULES[optimizer].usual_rate
    document = Document(optimizer=optimizer, learning_rate=rate, bias=True, fixed=("b1",), iterations=30)
    return of(document, HyperparameterSet("learning_rate", rate / 2, 5), WeightSet("W1", 1, 1, 0.5, 9), *EDITS[1:3])


SHUFFLED = of(
    Document(
        dataset=_with_test_rows,
        bias=True,
        reduction="mean",
        l2=0.01,
        optimizer="momentum",
        schedule="inverse time",
        decay=0.01,
        batch_size=3,
        order="shuffled",
        order_seed=-4,
        iterations=30,
    ),
    *_of_test_rows,
)
"""A lesson with batches, test rows, momentum and a rate that falls, in which the rows change on the way."""
PROGRAMS: Mapping[str, State] = {
    **{name: _shortened(name, state) for name, state in LESSONS.items()},
    "more rows than R reads at once": of(
        Document("", data_of(2, 1, 700), (2,), start=Start("normal", "numpy"), learning_rate=0.01, iterations=5)
    ),
    "softmax, sure of its classes": of(
        Document(
            "",
            Dataset(np.array([[1.0], [-1.0]]), np.eye(2), ("a",), ("u", "v"), "none"),
            (),
            output_activation="softmax",
            start=Start("given", given=Parameters((np.array([[15.0, -15.0]]),), ())),
            cost="cross-entropy",
            iterations=5,
        )
    ),
    **{f"another rate: {name}": of(Document(schedule=name, every=7, iterations=20)) for name in SCHEDULES},
    **{f"edits with {name}": _sped(name) for name in UPDATE_RULES},
    "squares that overflow": of(
        Document(
            activation="leaky relu",
            output_activation="identity",
            optimizer="adagrad",
            learning_rate=1e60,
            iterations=20,
        )
    ),
    "shuffled batches, test rows, momentum": SHUFFLED,
    "J small enough": of(Document(iterations=300, stop_cost=0.0055, stop_gradient=1e-6)),
    "slopes small enough": of(Document(iterations=300, optimizer="momentum", stop_cost=1e-9, stop_gradient=0.002)),
    "slopes of parameters that are not fixed small enough": of(
        Document(iterations=300, bias=True, fixed=("W2", "b2"), stop_gradient=0.001)
    ),
    "all fixed, and a slope to stop at": of(
        Document(iterations=5, bias=True, fixed=("W1", "W2", "b1", "b2"), stop_gradient=9.0)
    ),
    "no more patience": of(
        Document(dataset=_with_test_rows, batch_size=2, learning_rate=0.5, patience=2, iterations=300)
    ),
    "patience, with other rows on the way": of(
        Document(dataset=_with_test_rows, bias=True, learning_rate=0.5, patience=4, iterations=60),
        CellSet("x", 3, 1, 7.5, 8),
    ),
    "patience, the test rows removed on the way": of(
        Document(dataset=replace(_with_test_rows, test_rows=(2,)), learning_rate=0.1, patience=50, iterations=40),
        RowRemoved(2, 30),
    ),
    "all rows shuffled, the test rows removed on the way": of(
        Document(dataset=_with_test_rows, order="shuffled", iterations=30), RowRemoved(2, 10), RowRemoved(4, 20)
    ),
    "listed batches, more rows on the way": of(Document(batch_size=3, optimizer="adam", iterations=30), *EDITS[1:3]),
}


def answer_of(program: Sequence[str], *files: Path) -> str:
    """What a program prints."""
    done = subprocess.run(
        [*program, *files], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def printed(answer: str) -> dict[str, Array]:
    """Every matrix that a program printed, by its heading."""
    found: dict[str, Array] = {}
    for block in answer.strip().split("\n\n"):
        heading, *lines = block.splitlines()
        rows: dict[str, list[float]] = {}
        for number, line in enumerate(lines):
            # R writes [1,] before a row, and columns that find no room below the others.
            if line.strip().startswith("[,"):
                continue
            row = re.match(r"\s*(\[\d+,\])?", line)
            assert row
            cells = line[row.end() :].split()
            rows.setdefault(row[1] or str(number), []).extend(float("nan" if cell == "NA" else cell) for cell in cells)
        if rows:
            found[heading] = np.array([*rows.values()])
    return found


def check_against_the_session(state: State, answer: str, tolerance: float = 1e-9) -> None:
    """What the program printed at its end is what the session computes."""
    run = run_of(state)
    # A longer lesson with the same data, network and start has the same run.
    last = min(run.reached, state.plan.document.iterations)
    tolerance = max(tolerance, 10.0 ** -agreement(run, last).digits(last))
    assert f"Iterations = {last}" in answer.splitlines()
    document = state.plan.document_at(max(1, min(run.last, state.plan.document.iterations)))
    after = run.parameters(last + 1)
    expected = {f"{name} after the last update": matrix for name, matrix in after.named.items()}
    expected[f"J of iteration {last}"] = np.array([[run.cost(last)]])
    expected[f"Y_hat of iteration {last}, before its update"] = run.pass_at(last)["Y_hat"]
    data, network = document.dataset, document.network
    expected["Y_hat with the weights after the last update"] = predict(network, data.training.X, after)
    found = printed(answer)
    assert any("test rows" in heading for heading in found) == bool(data.test_rows)
    if data.test_rows:
        computed = forward(replace(network, reduction="mean", penalty=Penalty()), data.test, after)
        expected["Y_hat of the test rows with the weights after the last update"] = computed["Y_hat"]
        expected["Mean cost of the test rows with the weights after the last update"] = computed["J"]
    least = run.least_test_cost
    assert any(heading.startswith("Least mean cost of the test rows") for heading in found) == (least is not None)
    if least:
        expected[f"Least mean cost of the test rows, after iteration {least.iteration}"] = np.array([[least.cost]])
        best = run.parameters_after(least.iteration).named
        expected |= {f"{name} after iteration {least.iteration}": matrix for name, matrix in best.items()}
    for heading, matrix in expected.items():
        np.testing.assert_allclose(found[heading], matrix, rtol=tolerance, atol=tolerance, err_msg=heading)
    if document.cost == "cross-entropy":
        # Computed from z, J keeps its digits however small it is.
        np.testing.assert_allclose(found[f"J of iteration {last}"], [[run.cost(last)]], rtol=tolerance)
    end = f"The run ends at iteration {run.overflow.iteration}: {run.overflow.name} is" if run.overflow else None
    assert (end is None and "The run ends" not in answer) or (end is not None and end in answer)


def check_the_test_rows(answers: Mapping[str, str]) -> None:
    """What the programs of the course's lessons printed of their test rows is what autograd computes."""
    for name, answer in answers.items():
        if name in COVERED and (wanted := course_figures(name).get("test")):
            found = printed(answer)
            predicted = found["Y_hat of the test rows with the weights after the last update"]
            np.testing.assert_allclose(predicted, wanted["Y_hat"], rtol=0, atol=1e-9)
            mean_cost = found["Mean cost of the test rows with the weights after the last update"]
            np.testing.assert_allclose(mean_cost, [[wanted["mean_cost_after"]]], rtol=1e-9)


def check_the_matrices(state: State, iteration: int, step: str, answer: str) -> None:
    """What the program printed of an iteration, up to ``step``, is what the session computes."""
    check_against_the_session(state, answer)
    found, computed = printed(answer), run_of(state).pass_at(iteration)
    known = {name: found[name] for name in computed.matrices if name in found}
    assert ("dJdW1" in known) == ("W2_next" in known) == (not step)
    assert {"X", "Y", "W1", "b2", "Z2", "J", "delta3", "delta2"} <= known.keys()
    assert state.document.batch_size == 0 or {"learning_rate", "V_W1"} <= known.keys()
    for name, matrix in known.items():
        np.testing.assert_allclose(matrix, computed[name], rtol=0, atol=1e-9, err_msg=name)
    if "rows" in found:
        assert found["rows"].tolist() == [(computed.row_numbers + 1).tolist()]
    assert ("rows" in found) == (state.document.batch_size > 0)
