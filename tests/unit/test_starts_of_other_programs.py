"""Starts as R and numpy draw them, to the last bit."""

import subprocess
from dataclasses import replace

import numpy as np
import pytest

from tests.programs import needs
from tui_nn.network import Dataset, Network, Start
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document

_NETWORK = Network((2, 3, 1), bias=True)
_WITHOUT_BIASES = replace(_NETWORK, bias=False)

# What a student writes in R for each start: the weights, then the biases.
_IN_R: tuple[tuple[Start, str], ...] = (
    (
        Start("uniform", seed=5, low=-0.7, high=0.7),
        "matrix(runif(6, -0.7, 0.7), 2, 3); matrix(runif(3, -0.7, 0.7), 3, 1); runif(4, -0.7, 0.7)",
    ),
    (
        Start("uniform", seed=5, low=0.1, high=3.0, biases=0.1),
        "matrix(runif(6, 0.1, 3), 2, 3); matrix(runif(3, 0.1, 3), 3, 1); rep(0.1, 4)",
    ),
    (
        Start("normal", seed=-3, mean=0.3, sd=0.01),
        "matrix(rnorm(6, 0.3, 0.01), 2, 3); matrix(rnorm(3, 0.3, 0.01), 3, 1); rnorm(4, 0.3, 0.01)",
    ),
    (
        Start("xavier uniform", seed=1),
        "a <- sqrt(6 / 5); b <- sqrt(6 / 4); matrix(runif(6, -a, a), 2, 3); matrix(runif(3, -b, b), 3, 1); rep(0, 4)",
    ),
    (
        Start("xavier normal", seed=2, biases="drawn"),
        "a <- sqrt(2 / 5); b <- sqrt(2 / 4); "
        "matrix(rnorm(6, 0, a), 2, 3); matrix(rnorm(3, 0, b), 3, 1); rnorm(3, 0, a); rnorm(1, 0, b)",
    ),
    (
        Start("he uniform", seed=3),
        "a <- sqrt(6 / 2); b <- sqrt(6 / 3); matrix(runif(6, -a, a), 2, 3); matrix(runif(3, -b, b), 3, 1); rep(0, 4)",
    ),
    (
        Start("he normal", seed=4, fill="rows"),
        "a <- sqrt(2 / 2); b <- sqrt(2 / 3); "
        "matrix(rnorm(6, 0, a), 2, 3, byrow = TRUE); matrix(rnorm(3, 0, b), 3, 1); rep(0, 4)",
    ),
)
# sprintf("%a") writes all bits of a number.
_PRINTED = """
for (line in readLines(file("stdin"))) {
  parts <- strsplit(line, "; ")[[1]]
  found <- c()
  for (part in parts) {
    value <- eval(parse(text = part), globalenv())
    if (!grepl("<-|set.seed", part)) found <- c(found, as.vector(value))
  }
  cat(sprintf("%a", found), "\\n")
}
"""


@needs("Rscript", called="R")
def test_a_start_is_what_r_draws_to_the_last_bit() -> None:
    lines = "".join(f"set.seed({start.seed}); {drawn}\n" for start, drawn in _IN_R)
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", _PRINTED], input=lines, capture_output=True, encoding="utf-8", check=True
    )
    for (start, drawn), answer in zip(_IN_R, done.stdout.splitlines(), strict=True):
        assert _drawn(start) == [float.fromhex(number) for number in answer.split()], drawn


def _drawn(start: Start) -> list[float]:
    """Every number of a start, matrix after matrix, each column by column."""
    return [cell for matrix in start.draw(_NETWORK).named.values() for cell in matrix.ravel(order="F").tolist()]


# Source: R with set.seed(1), rounded to ten digits.
@pytest.mark.parametrize(
    ("method", "W1", "W2"),
    [
        (
            "xavier uniform",
            [[-0.5137447789, 0.1596137220, -0.6535821427], [-0.2801624989, 0.8943384589, 0.8728280685]],
            [1.0892275093, 0.3938725434, 0.3162635262],
        ),
        (
            "he normal",
            [[-0.6264538107, -0.8356286124, 0.3295077718], [0.1836433242, 1.5952808021, -0.8204683841]],
            [0.3979841548, 0.6028395974, 0.4701235050],
        ),
    ],
)
def test_xavier_s_and_he_s_starts_have_known_numbers(method: str, W1: list[list[float]], W2: list[float]) -> None:
    weights = Start(method).draw(_WITHOUT_BIASES).weights
    np.testing.assert_allclose(weights[0], W1, rtol=0, atol=1e-10)
    np.testing.assert_allclose(weights[1][:, 0], W2, rtol=0, atol=1e-10)


def _legacy(seed: int) -> np.random.RandomState:
    return np.random.RandomState(seed)


def test_numpy_s_legacy_generator_fills_rows_first_as_its_programs_do() -> None:
    drawn, generator = Start("uniform", "numpy legacy", 1, low=-1.0).draw(_NETWORK).named, _legacy(1)
    for name in ("W1", "W2", "b1", "b2"):
        expected = 2 * generator.random_sample(_NETWORK.shapes[name]) - 1
        assert drawn[name].tolist() == expected.tolist()


def test_numpy_s_legacy_generator_draws_normal_numbers_in_one_stream() -> None:
    drawn, generator = Start("normal", "numpy legacy", 7).draw(_NETWORK).named, _legacy(7)
    for name in ("W1", "W2", "b1", "b2"):
        assert drawn[name].tolist() == generator.standard_normal(_NETWORK.shapes[name]).tolist()


def test_a_known_program_of_eleven_lines_begins_with_these_weights() -> None:
    # Source: 2 * np.random.random((3, 1)) - 1 after np.random.seed(1).
    weights = Start("uniform", "numpy legacy", 1, low=-1.0).draw(Network((3, 1))).weights[0]
    assert weights[:, 0].tolist() == [-0.165955990594852, 0.4406489868843162, -0.9997712503653102]


@pytest.mark.parametrize("generator", ["R", "numpy", "numpy legacy"])
def test_the_order_of_filling_changes_places_and_no_numbers(generator: str) -> None:
    by_columns, by_rows = (Start("normal", generator, fill=fill).draw(_NETWORK) for fill in ("columns", "rows"))
    first: Array = by_columns.weights[0]
    assert by_rows.weights[0].ravel().tolist() == first.ravel(order="F").tolist()
    assert by_rows.biases[0].tolist() == by_columns.biases[0].tolist()


def test_the_program_of_eleven_lines_ends_with_its_published_outputs() -> None:
    x = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    data = Dataset(x, x[:, :1], ("x1", "x2", "x3"), ("y",), "none", "none")
    run = Document(
        dataset=data, hidden=(), start=Start(generator="numpy legacy", low=-1.0), learning_rate=1.0
    ).trajectory()
    run.extend(10_000)
    outputs = run.pass_at(10_000)["Y_hat"][:, 0]
    assert outputs.round(8).tolist() == [0.00966449, 0.00786506, 0.99358898, 0.99211957]


def test_the_lecture_from_xavier_s_start_has_known_costs() -> None:
    run = Document(start=Start("xavier uniform")).trajectory()
    run.extend(200)
    # Source: autograd in double precision, from R's draws.
    np.testing.assert_allclose(
        [run.cost(i) for i in (1, 2, 3, 10, 200)],
        [0.03916751006307887, 0.01840679898220792, 0.014177670107187953, 0.010516771521656733, 0.0012838204600078055],
        rtol=1e-9,
    )
