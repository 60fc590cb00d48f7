"""Lessons to hand out, and what their programs print when they are run."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.unit.course import COVERED, course_lesson
from tests.unit.helpers import after_events, lesson
from tui_nn.handouts.documents.paper_matrices import is_cut
from tui_nn.handouts.exports import export
from tui_nn.network import Dataset, Network, Parameters, Run, Start, predict, steps
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.events import CellSet, Event, HyperparameterSet, Noted, RowAdded, WeightSet
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read

NASTY = (
    "100 % & _{} \\input{x} $ # ^ ~ <script>",
    "\"); stop('no'); ('''#\\",
    "`*_[a](b)*` | 睡眠 😀 ¿ß’",
)
"""Names that mean something in one language or another."""
_NUMBERS = np.random.default_rng(8)


def _data(inputs: int, outputs: int, rows: int = 4) -> Dataset:
    x, y = _NUMBERS.uniform(1, 9, (rows, inputs)), _NUMBERS.uniform(0.1, 0.9, (rows, outputs))
    called = (*NASTY, "x4", "x5")
    return Dataset(x, y, called[:inputs], called[:outputs], tuple(range(3, 3 + inputs)), "none")


def _given(network: Network, scale: float) -> Start:
    return Start("given", given=Parameters.from_flat(network, scale * _NUMBERS.normal(size=network.size)))


_standardised = Dataset(
    np.array([[3.0, 0.1, -2.0], [5.0, 0.1, 4.0], [10.0, 0.1, 1.0], [4.0, 0.1, 1.5]]),
    np.array([[75.0, 7.0], [82.0, 7.0], [93.0, 7.0], [80.0, 7.0]]),
    ("a", "b", "c"),
    ("y1", "y2"),
    "standardise",
    "min-max",
)
_deep = Document(
    NASTY[0], _data(3, 2), (4, 3), "tanh", "identity", True, Start("normal"), learning_rate=0.05, iterations=50
)
_steep = Network((2, 3, 1), "sigmoid", "sigmoid", bias=True)
_EDITS: tuple[Event, ...] = (
    HyperparameterSet("learning_rate", 1.5, 10),
    RowAdded(2, (8.0, 3.0), (88.0,), 20),
    CellSet("x", 1, 2, 7.0, 20),
    WeightSet("W1", 2, 3, -1.5, 30),
    WeightSet("b2", 1, 1, 0.25, 30),
    HyperparameterSet("x_scaling", (10.0, 4.0), 40),
    HyperparameterSet("iterations", 60),
)


def of(document: Document, *events: Event) -> State:
    """The lesson after these events."""
    return after_events(State.opened(document), events)


LESSONS: Mapping[str, State] = {
    **{name: read(path).state for name, path in bundled_lessons.bundled().items()},
    "biases, tanh, two hidden layers, two outputs": of(_deep),
    "relu, a start of numpy's": of(
        Document(
            "",
            _data(2, 1),
            (5,),
            "relu",
            "sigmoid",
            False,
            Start("normal", "numpy", 7),
            learning_rate=0.1,
            iterations=40,
        )
    ),
    "uniform, of numpy's": of(Document(start=Start("uniform", "numpy", 3), iterations=30)),
    "no hidden layer, ones, identity": of(
        Document(NASTY[1], _data(1, 3), (), "relu", "identity", True, Start("ones"), learning_rate=0.01, iterations=30)
    ),
    "biases fixed and given a number, Xavier's start, columns standardised": of(
        Document(
            "",
            _standardised,
            (3,),
            "tanh",
            "identity",
            True,
            Start("xavier uniform", biases=0.1),
            learning_rate=0.05,
            iterations=30,
            fixed=("b1", "W2"),
        ),
        HyperparameterSet("x_scaling", "min-max", 5),
        WeightSet("b1", 1, 2, 0.5, 8),
    ),
    "one row, standardised": of(
        Document(
            dataset=Dataset(np.array([[2.0, 3.0]]), np.array([[0.5]]), ("a", "b"), ("y",), "standardise"), iterations=5
        )
    ),
    "numpy's legacy generator, a range": of(
        Document(start=Start("uniform", "numpy legacy", 1, low=-1.0), bias=True, iterations=30)
    ),
    "numpy's legacy generator, normal by columns": of(
        Document(start=Start("normal", "numpy legacy", 2, mean=0.1, sd=0.3, fill="columns"), bias=True, iterations=30)
    ),
    "He's start of numpy's": of(Document(start=Start("he uniform", "numpy", 3), hidden=(4, 2), iterations=20)),
    "normal by rows": of(Document(start=Start("normal", sd=0.5, fill="rows"), iterations=20)),
    "He's normal start": of(Document(start=Start("he normal", biases="drawn"), bias=True, iterations=20)),
    "zeros": of(Document(start=Start("zeros", biases=0.5), bias=True, iterations=20)),
    "seeds below zero": of(Document(start=Start("normal", "R", -5), bias=True, iterations=20)),
    "sums where exp overflows": of(
        Document("", _data(2, 1), (3,), bias=True, start=_given(_steep, 900.0), learning_rate=0.5, iterations=20)
    ),
    "columns below 0 and of zeros, by their greatest number without the sign": of(
        Document(
            "",
            Dataset(
                np.array([[-4.0, 0.0, 2.0], [1.0, 0.0, 1.0]]),
                np.array([[0.0], [-0.0]]),
                ("a", "b", "c"),
                ("y",),
                "column abs max",
                "column abs max",
            ),
            iterations=20,
        ),
        HyperparameterSet("x_scaling", "none", 5),
    ),
    "y standardised and x scaled otherwise on the way": of(
        Document(
            dataset=replace(_standardised, x_scaling="column abs max", y_scaling="standardise"),
            activation="tanh",
            output_activation="identity",
            start=Start("he normal"),
            learning_rate=0.02,
            iterations=30,
        ),
        *(HyperparameterSet("x_scaling", scaling, 7 * i) for i, scaling in enumerate(("min-max", "standardise"), 1)),
        HyperparameterSet("y_scaling", "column abs max", 21),
    ),
    "three classes, cross-entropy": of(
        Document(
            "",
            Dataset(
                np.array([[5.1, -3.5], [7.0, 3.2], [6.3, 3.3], [5.9, 3.0]]),
                np.eye(3)[[0, 1, 2, 2]],
                ("a", "b"),
                ("x", "y", "z"),
                "standardise",
            ),
            cost="cross-entropy",
            reduction="mean",
            iterations=20,
        )
    ),
    "edits on the way": of(lesson("homework-biases"), *_EDITS),
    "an edit that overflows": of(
        Document(output_activation="identity", iterations=100), HyperparameterSet("learning_rate", 1e300, 12)
    ),
    "another rate after the end": of(
        Document(iterations=50), HyperparameterSet("learning_rate", 1.0, 40), HyperparameterSet("iterations", 30)
    ),
    "a note": of(Document(iterations=2), Noted("# a note")),
    "leaky relu, softplus": of(
        Document("", _data(2, 1), (4,), "leaky relu", "softplus", True, learning_rate=0.1, iterations=40)
    ),
    "three activations": of(
        Document(
            "",
            _data(2, 2),
            (4, 3),
            ("elu", "leaky relu"),
            "tanh",
            start=Start("normal"),
            learning_rate=0.02,
            iterations=40,
        )
    ),
    "fixed parameters, a penalty, two activations": of(
        Document(
            "",
            _data(2, 2),
            (4, 3),
            ("elu", "leaky relu"),
            "tanh",
            bias=True,
            fixed=("b1", "W2"),
            start=Start("xavier uniform"),
            cost="squared error",
            reduction="mean",
            l2=0.05,
            learning_rate=0.1,
            iterations=40,
        ),
        HyperparameterSet("l2", 0.01, 20),
    ),
    "derived inputs": of(
        Document(
            "",
            replace(_data(2, 1), x_scaling="column abs max", derived=("x1*x2", "sin(x1)^2/-x2 + log(x2) - 2^(x1 - 3)")),
            activation="tanh",
            learning_rate=0.05,
            iterations=30,
        ),
        CellSet("x", 1, 2, 7.0, 20),
        HyperparameterSet("x_scaling", "standardise", 25),
    ),
    **{name: course_lesson(name) for name in COVERED},
}
WHOLE = [name for name, state in LESSONS.items() if not is_cut(state.document.dataset.x.shape)]
"""The lessons whose matrices stand on paper without dots in place of rows."""

_LONG_ENOUGH = 300
"""How many iterations a program runs here: the lecture's program alone runs all of them."""


def _shortened(name: str, state: State) -> State:
    if name == "lecture" or state.plan.document.iterations <= _LONG_ENOUGH:
        return state
    return after_events(state, [HyperparameterSet("iterations", _LONG_ENOUGH)])


PROGRAMS: Mapping[str, State] = {
    **{name: _shortened(name, state) for name, state in LESSONS.items()},
    "more rows than R reads at once": of(
        Document("", _data(2, 1, 700), (2,), start=Start("normal", "numpy"), learning_rate=0.01, iterations=5)
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
}


_to_their_ends = RunCache(most=2 * len(PROGRAMS))


def run_of(state: State, until: int | None = None) -> Run:
    """The run of a lesson, as far as ``until`` and no further, or to its end: then the same run each time."""
    run = (RunCache() if until else _to_their_ends).run_of(state.plan)
    run.extend(until or state.plan.document.iterations)
    return run


def written(state: State, kind: str, iteration: int | None = None, step: str = "") -> str:
    """The lesson handed out."""
    chosen = next((one for one in steps(state.document.network) if one.name == step), None)
    return export(state, run_of(state, iteration or state.iteration), kind, iteration, chosen)


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
    assert f"Iterations = {last}" in answer.splitlines()
    document = state.plan.document_at(max(1, min(run.last, state.plan.document.iterations)))
    after = run.parameters(last + 1)
    expected = {f"{name} after the last update": matrix for name, matrix in after.named.items()}
    expected[f"J of iteration {last}"] = np.array([[run.cost(last)]])
    expected[f"Y_hat of iteration {last}, before its update"] = run.pass_at(last)["Y_hat"]
    expected["Y_hat with the weights after the last update"] = predict(document.network, document.dataset.X, after)
    found = printed(answer)
    for heading, matrix in expected.items():
        np.testing.assert_allclose(found[heading], matrix, rtol=tolerance, atol=tolerance, err_msg=heading)
    if document.cost == "cross-entropy":
        # Computed from z, J keeps its digits however small it is.
        np.testing.assert_allclose(found[f"J of iteration {last}"], [[run.cost(last)]], rtol=tolerance)
    end = f"The run ends at iteration {run.overflow.iteration}: {run.overflow.name} is" if run.overflow else None
    assert (end is None and "The run ends" not in answer) or (end is not None and end in answer)


def nasty() -> State:
    """A lesson whose title, names and note mean something in one language or another."""
    x = np.array([[1.0, 2.0, 4.0], [2.0, 1.0, 3.0]])
    data = Dataset(x, x[:, :1] / 8, NASTY, NASTY[2:], (2.0, 3.0, 4.0), "none")
    return of(Document(NASTY[0], data, iterations=3), Noted(NASTY[1]))


def classes() -> State:
    """A lesson with three classes whose names mean something in one language or another."""
    x = np.array([[1.0, 0.0], [2.0, 1.0], [3.0, 5.0], [4.0, 4.0]])
    data = Dataset(x, np.eye(3)[[0, 1, 2, 2]], ("a", "b"), NASTY, "none", "none")
    return of(Document("", data, iterations=3, cost="cross-entropy"))


def confusion_of(state: State, iteration: int) -> list[list[int]]:
    """How many rows of each class are predicted as which, for a lesson with a column of y for each class."""
    y, Y_hat = state.document.dataset.y.tolist(), run_of(state, iteration).pass_at(iteration)["Y_hat"].tolist()
    pairs = [(row.index(1.0), guess.index(max(guess))) for row, guess in zip(y, Y_hat, strict=True)]
    every = range(len(y[0]))
    return [[pairs.count((true, guess)) for guess in every] for true in every]


def large() -> State:
    """A lesson with matrices that no paper has room for."""
    columns = tuple(f"a column with a long name, number {i}" for i in range(1, 21))
    drawn = np.random.default_rng(4)
    x, y = drawn.normal(size=(100, 20)), drawn.normal(size=(100, 3))
    data = Dataset(x, y, columns, NASTY, "none", "none")
    return of(Document(NASTY[2], data, (12,), "tanh", "identity", True, learning_rate=0.001, iterations=3))
