"""Which data are those of classes, which class is predicted, and how well; as R and other arithmetic have it."""

import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.programs import needs
from tests.unit.helpers import dataset
from tui_nn.network import (
    UNKNOWN,
    Classification,
    Dataset,
    Network,
    Parameters,
    Penalty,
    classification,
    compute_pass,
    has_probabilities,
    log_likelihood,
)
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import classes_of
from tui_nn.writing.notation.class_text import confusion_lines

_NAMES = ("setosa", "versicolor", "virginica")


def _one_hot(truth: list[int], count: int = 3) -> Array:
    return np.eye(count)[truth]


def _classified(truth: list[int], outputs: Array) -> Classification:
    found = classes_of(_one_hot(truth, outputs.shape[1]), tuple(f"c{i}" for i in range(outputs.shape[1])))
    assert found
    return Classification(found, found.predicted(outputs), found.truth)


@given(st.integers(2, 6).flatmap(lambda m: st.tuples(st.just(m), st.lists(st.integers(0, m - 1), min_size=1))))
def test_a_column_for_each_class_says_the_class_of_every_row(drawn: tuple[int, list[int]]) -> None:
    count, truth = drawn
    found = classes_of(_one_hot(truth, count), tuple(map(str, range(count))))
    assert found
    assert found.truth.tolist() == truth
    assert not found.is_binary


@given(st.lists(st.integers(0, 2), min_size=1), st.data(), st.sampled_from([0.0, 0.5, 2.0, -1.0]))
def test_one_row_that_is_not_of_one_class_means_that_there_are_none(
    truth: list[int], drawn: st.DataObject, other: float
) -> None:
    y = _one_hot(truth)
    row = drawn.draw(st.integers(0, len(truth) - 1))
    y[row, truth[row]] = other
    assert classes_of(y, _NAMES) is None
    y[row] = [1.0, 1.0, 0.0]
    assert classes_of(y, _NAMES) is None


@pytest.mark.parametrize(
    ("y", "are_classes"),
    [
        ([0.0, 1.0, 1.0], True),
        ([1.0, 1.0], False),
        ([0.0, 0.0], False),
        ([0.0, 1.0, 0.5], False),
        ([-1.0, 1.0, 1.0], True),
        ([-1.0, -1.0], False),
        ([-1.0, 0.0, 1.0], False),
        ([75.0, 82.0, 93.0], False),
    ],
)
def test_one_column_has_classes_if_it_has_two_numbers_that_stand_for_them(y: list[float], are_classes: bool) -> None:
    assert bool(classes_of(np.array(y)[:, np.newaxis], ("y",))) is are_classes


def test_of_equal_outputs_the_first_counts_and_one_half_is_a_one() -> None:
    found = classes_of(_one_hot([0, 1, 2]), _NAMES)
    binary = classes_of(np.array([[0.0], [1.0]]), ("y",))
    assert found
    assert binary
    assert found.predicted(np.array([[0.2, 0.4, 0.4], [1.0, 1.0, 1.0], [-3.0, -2.0, -2.5]])).tolist() == [1, 0, 1]
    half = 0.5
    outputs = np.array([[np.nextafter(half, 0)], [half], [np.nextafter(half, 1)]])
    assert binary.predicted(outputs).tolist() == [0, 1, 1]


def test_of_the_classes_minus_1_and_1_the_second_is_predicted_from_0_on() -> None:
    found = classes_of(np.array([[1.0], [-1.0], [1.0]]), ("y",))
    assert found
    assert (found.names, found.truth.tolist()) == (("-1", "1"), [1, 0, 1])
    assert found.predicted(np.array([[-0.9], [-1e-300], [0.0], [0.4], [np.nan]])).tolist() == [0, 0, 1, 1, UNKNOWN]


def test_a_run_that_overflows_is_not_judged() -> None:
    outputs = np.array([[0.1, 0.9, 0.0], [np.nan, 0.5, 0.2], [np.inf, 0.0, 0.0]])
    found = _classified([1, 1, 0], outputs)
    assert found.predicted.tolist() == [1, UNKNOWN, UNKNOWN]
    assert found.unknown == 2
    assert (found.right, found.accuracy, found.confusion) == (None, None, None)
    assert not found.is_wrong.any()


@given(arrays(float, (9, 4), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])), st.data())
def test_the_confusion_matrix_counts_every_row_once(outputs: Array, drawn: st.DataObject) -> None:
    truth = drawn.draw(st.lists(st.integers(0, 3), min_size=9, max_size=9))
    found = _classified(truth, outputs)
    guesses = [max(range(4), key=lambda k, row=row: (row[k], -k)) for row in outputs.tolist()]  # type: ignore[misc]
    counts = [[sum((t, g) == (i, j) for t, g in zip(truth, guesses, strict=True)) for j in range(4)] for i in range(4)]
    assert found.confusion is not None
    assert found.confusion.tolist() == counts
    assert found.right == sum(counts[i][i] for i in range(4))
    assert found.is_wrong.sum() == 9 - found.right


_R = """
f <- file("stdin"); lines <- readLines(f); close(f)
m <- as.integer(lines[1])
truth <- factor(scan(text = lines[2], quiet = TRUE), levels = 0:(m - 1))
p <- matrix(scan(text = lines[3], quiet = TRUE), ncol = m, byrow = TRUE)
pred <- factor(max.col(p, ties.method = "first") - 1, levels = levels(truth))
y <- outer(as.integer(truth), 1:m, "==") * 1
cat(mean(pred == truth), t(table(truth, pred)), sum(dbinom(y, 1, p, log = TRUE)), "\n")
b <- factor(1 * (p[, 1] >= 0.5), levels = 0:1); t1 <- factor(y[, 1], levels = 0:1)
counts <- table(t1, b)
cat(mean(b == t1), t(counts), counts[2, 2] / sum(counts[2, ]), counts[1, 1] / sum(counts[1, ]),
    sum(dbinom(y[, 1], 1, p[, 1], log = TRUE)), "\n")
"""


def _trained_by_chance(outputs: int, rows: int = 40) -> tuple[Dataset, Network, Parameters]:
    """A dataset of classes in no order, and a network with random weights."""
    drawn = np.random.default_rng(outputs)
    truth = [*range(max(2, outputs)), *drawn.integers(0, max(2, outputs), rows - max(2, outputs)).tolist()]
    y = _one_hot(truth, max(2, outputs))[:, :outputs]
    network = Network((2, 3, outputs), "tanh", bias=True, cost="cross-entropy")
    parameters = Parameters.from_flat(network, drawn.normal(size=network.size))
    return dataset(drawn.normal(size=(rows, 2)), y), network, parameters


@needs("Rscript", called="R")
def test_accuracy_confusion_and_log_likelihood_are_R_s() -> None:
    data, network, parameters = _trained_by_chance(3)
    computed = compute_pass(network, data, parameters, 0.1)
    Y_hat = computed["Y_hat"]
    found = classification(data, Y_hat)
    assert found
    assert found.confusion is not None
    lines = ("3", " ".join(map(str, found.classes.truth.tolist())), " ".join(map(repr, Y_hat.ravel().tolist())))
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", f"options(digits = 15); {_R}"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    several, binary = ([float(cell) for cell in line.split()] for line in done.stdout.splitlines())
    assert [found.accuracy, *found.confusion.ravel().tolist()] == pytest.approx(several[:-1])
    assert log_likelihood(data, computed) == pytest.approx(several[-1], rel=1e-12)
    # The same weights, and the first output alone.
    one = Dataset(data.x, data.y[:, :1], data.x_names, data.y_names[:1], data.x_scaling)
    first = Network((2, 3, 1), "tanh", bias=True, cost="cross-entropy")
    named = parameters.named
    kept = Parameters((named["W1"], named["W2"][:, :1]), (named["b1"], named["b2"][:, :1]))
    computed = compute_pass(first, one, kept, 0.1)
    found = classification(one, computed["Y_hat"])
    assert found
    assert found.confusion is not None
    shares = [found.sensitivity, found.specificity]
    assert [found.accuracy, *found.confusion.ravel().tolist(), *shares] == pytest.approx(binary[:-1])
    assert log_likelihood(one, computed) == pytest.approx(binary[-1], rel=1e-12)


@settings(max_examples=25)
@given(
    st.sampled_from([1, 2, 3]), st.sampled_from(["sum", "mean"]), st.sampled_from([Penalty(), Penalty(0.3, 0.2, True)])
)
def test_the_log_likelihood_is_the_same_with_a_mean_and_with_penalties(
    outputs: int, reduction: str, penalty: Penalty
) -> None:
    data, network, parameters = _trained_by_chance(outputs)
    other = Network(network.layers, "tanh", bias=True, cost="cross-entropy", reduction=reduction, penalty=penalty)
    p = compute_pass(network, data, parameters, 0.1)["Y_hat"]
    expected = np.log(np.where(data.y == 1, p, 1 - p)).sum()
    assert log_likelihood(data, compute_pass(other, data, parameters, 0.1)) == pytest.approx(expected, rel=1e-12)


def test_the_log_likelihood_keeps_its_digits_where_a_probability_rounds_to_1() -> None:
    data = dataset(np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]]))
    network = Network((1, 1), bias=True, cost="cross-entropy")
    sure = Parameters((np.array([[0.0]]),), (np.array([[60.0]]),))
    # The network gives both rows the probability 1 for a 1, so the first row has ln(1 − ŷ) = −60.
    assert log_likelihood(data, compute_pass(network, data, sure, 1.0)) == pytest.approx(-60.0, rel=1e-15)


def test_outputs_are_probabilities_only_with_cross_entropy_and_a_y_as_it_was_typed() -> None:
    x, y = np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]])
    plain, halved = dataset(x, y), Dataset(x, y, ("x",), ("y",), "none", (2.0,))
    entropy, squares = Network((1, 1), cost="cross-entropy"), Network((1, 1))
    assert has_probabilities(entropy, plain)
    assert not has_probabilities(squares, plain)
    assert not has_probabilities(entropy, halved)
    assert not has_probabilities(entropy, dataset(x, y / 2))


def test_classes_are_told_in_the_units_of_y() -> None:
    x, y = np.array([[0.0], [1.0], [2.0]]), np.array([[0.0], [1.0], [1.0]])
    scaled = Dataset(x, y, ("x",), ("y",), "none", "standardise")
    # Standardised, ½ is (½ − mean) / sd; the mean is ⅔.
    threshold = (0.5 - y.mean()) / y.std(ddof=1)
    found = classification(scaled, np.array([[threshold - 0.01], [threshold + 0.01], [0.1]]))
    assert found
    assert found.predicted.tolist() == [0, 1, 1]


def test_the_confusion_matrix_is_written_as_R_writes_a_table() -> None:
    outputs = _one_hot([0, 1, 2, 2])
    found = classes_of(_one_hot([0, 1, 1, 2]), _NAMES)
    assert found
    of_rows = Classification(found, found.predicted(outputs), found.truth)
    assert confusion_lines(of_rows, 80) == [
        "            predicted",
        "truth       setosa  versicolor  virginica",
        "setosa           1           0          0",
        "versicolor       0           1          1",
        "virginica        0           0          1",
    ]
    assert confusion_lines(of_rows, 40)[1:3] == ["truth         A  B  C", "A setosa      1  0  0"]
