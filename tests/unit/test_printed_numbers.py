"""What reading gives: numbers, how exactly they are known, names, iterations, lines, and notes on what is left out."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.unit.helpers import figures_of_R
from tui_nn.network.model.array import Array
from tui_nn.session.homework.printed_numbers import NumbersError, PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.reading import read_printed


def _one(text: str) -> PrintedMatrix:
    (matrix,) = read_printed(text).matrices
    return matrix


def _labels(found: PrintedNumbers) -> list[str]:
    return [matrix.label for matrix in found.matrices]


@pytest.mark.parametrize("case", figures_of_R("r_printed"), ids=lambda case: str(case["how"]))
def test_what_R_prints_is_read_as_exactly_as_R_gave_it(case: dict[str, Any]) -> None:
    right = np.array(case["numbers"]).reshape((case["rows"], case["columns"]), order="F")
    printed = _one(case["printed"])
    assert printed.numbers.shape == right.shape
    assert (np.abs(printed.numbers - right) <= 1.0001 * printed.tolerance + 1e-15 * np.abs(right)).all()


_FINITE = st.floats(-1e6, 1e6).map(lambda number: 0.0 if abs(number) < 1e-12 else number)
_MATRICES = arrays(np.float64, st.tuples(st.integers(2, 9), st.integers(1, 12)), elements=_FINITE)


@given(_MATRICES, st.integers(2, 12), st.booleans(), st.integers(30, 120))
def test_what_numpy_prints_is_read_to_its_digits(matrix: Array, precision: int, suppress: bool, width: int) -> None:
    with np.printoptions(precision=precision, suppress=suppress, linewidth=width):
        texts = str(matrix), repr(matrix)
    for text in texts:
        printed = _one(f"W1 = {text}")
        assert (printed.label, printed.numbers.shape) == ("W1", matrix.shape)
        assert (np.abs(printed.numbers - matrix) <= 1.0001 * printed.tolerance + 1e-15 * np.abs(matrix)).all()


@given(_MATRICES)
def test_what_python_and_json_write_is_read_to_the_last_bit(matrix: Array) -> None:
    for text in (json.dumps({"W1": matrix.tolist()}), f"W1: {matrix.tolist()}", f"{{'W1': {matrix.tolist()}}}"):
        printed = _one(text)
        assert printed.label == "W1"
        assert printed.numbers.tolist() == matrix.tolist()


@pytest.mark.parametrize(
    ("text", "tolerance"),
    [
        # All have the decimals of the one with the most: 0.37 is 0.370.
        ("[[0.287, 0.37], [0.5, 0.908]]", [[0.0005, 0.0005], [0.0005, 0.0005]]),
        ('{"W1": [[0.287, 0.37], [0.5, 0.908]]}', [[0.0005, 0.0005], [0.0005, 0.0005]]),
        ("0.27 0.57 0.2\n0.37 0.91 0.9", [[0.005] * 3] * 2),
        ("0.50 0.60", [[0.005, 0.005]]),
        # R gives each column seven digits of its own.
        ("     [,1] [,2]\n[1,] 0.06178627 0.2059746\n[2,] 0.07178627 0.1765568", [[5e-9, 5e-8]] * 2),
        # The first column is 44.93530 and 17.99920 in R, to seven digits.
        ("     [,1] [,2]\n[1,] 44.9353 3.956812\n[2,] 17.9992 1.774088", [[5e-6, 5e-7]] * 2),
        # The digits of the mantissa count.
        ("1.234e-05 2.5e-07", [[5e-9, 5e-9]]),
        ("-0.0042469591 4.041576e-05", [[5e-11, 5e-12]]),
        # signif() to three digits, filled up with zeros.
        ("0.00235 0.001310 0.001320\n-0.00423 -0.000971 -0.002500", [[5e-6] * 3, [5e-6, 5e-7, 5e-6]]),
        ("0.0000 -0.0042", [[5e-5, 5e-5]]),
        ("3 5", [[0.5, 0.5]]),
        ("tensor([0.5000, 0.2500])", [[5e-5 + 2e-6, 5e-5 + 1e-6]]),
    ],
)
def test_the_tolerance_is_half_a_unit_of_the_last_digit_given(text: str, tolerance: list[list[float]]) -> None:
    np.testing.assert_allclose(_one(text).tolerance, tolerance, rtol=1e-9)


@pytest.mark.parametrize(
    ("text", "iterations", "costs"),
    [
        ("iteration 1: cost 0.0105\niteration 100: cost 0.0032\n", (1, 100), [0.0105, 0.0032]),
        ("Epoch 1/300\nloss: 0.0105\nEpoch 300/300\nloss: 0.0021\n", (1, 300), [0.0105, 0.0021]),
        ("Epoch 1,000, Loss: 0.0012, lr 0.1\nEpoch 2,000, Loss: 0.0010, lr 0.1", (1000, 2000), [0.0012, 0.0010]),
        ("iteration,cost\n1,0.0105\n2,0.0096\n", (1, 2), [0.0105, 0.0096]),
        ("iteration;cost\n1;0,0105\n2;0,0096\n", (1, 2), [0.0105, 0.0096]),
        ("  iteration   cost\n1         1 0.0105\n2       100 0.0032", (1, 100), [0.0105, 0.0032]),
        ("1 0.0105\n100 0.0032\n200 0.0021\n", (1, 100, 200), [0.0105, 0.0032, 0.0021]),
        ('{"history": [{"iteration": 1, "cost": 0.0105}, {"iteration": 9, "cost": 0.0086}]}', (1, 9), [0.0105, 0.0086]),
        ('{"iteration": [1, 9], "cost": [0.0105, 0.0086]}', (1, 9), [0.0105, 0.0086]),
        ("cost: {1: 0.0105, 9: 0.0086}", (1, 9), [0.0105, 0.0086]),
        ("> cost_hist[9:10]\n[1] 0.00864 0.00857", (9, 10), [0.00864, 0.00857]),
        ('{"iteration": 1, "cost": 0.0105}\n{"iteration": 9, "cost": 0.0086}\n', (1, 9), [0.0105, 0.0086]),
    ],
)
def test_a_log_of_costs_is_one_list_with_its_iterations(text: str, iterations: object, costs: list[float]) -> None:
    found = read_printed(text).matrices[0]
    assert found.is_list
    assert found.iterations == iterations
    assert found.numbers.tolist() == [costs]


def test_matrices_below_an_iteration_are_of_that_iteration() -> None:
    text = 'Iteration 1\ndjdw2\n[1] 0.1 0.2\n[1] "iteration 2"\ndjdw2\n[1] 0.3 0.4\nfinal W_1\n0.5 0.6\n'
    found = read_printed(text).matrices
    assert [(one.label, one.iteration, one.line) for one in found] == [
        ("djdw2", 1, 3),
        ("djdw2", 2, 6),
        ("final W_1", None, 8),
    ]
    wide = read_printed("iteration,W1_1_1,W1_1_2\n1,0.1,0.2\n2,0.3,0.4\n").matrices
    assert [(one.label, one.iteration, one.numbers.tolist()) for one in wide] == [
        ("W1", 1, [[0.1, 0.2]]),
        ("W1", 2, [[0.3, 0.4]]),
    ]


def test_weights_behind_a_log_are_not_those_of_its_last_line() -> None:
    log = "iteration 1: cost 0.0105\niteration 1001: cost 0.0012\n"
    costs, weights = read_printed(log + "W_1\n[1] 0.5 0.25\n").matrices
    assert (costs.iterations, weights.label, weights.iteration) == ((1, 1001), "W_1", None)


@pytest.mark.parametrize(
    ("text", "numbers", "tail"),
    [
        ("[0.1 0.2 ... 0.8 0.9]", [[0.1, 0.2, 0.8, 0.9]], 2),
        ("[[0.1]\n [0.2]\n ...\n [0.9]]", [[0.1, 0.2, 0.9]], 1),
        ("> tail(cost, 2)\n[1] 0.8 0.9", [[0.8, 0.9]], 2),
        ("0    0.1\n1    0.2\n    ... \n9    0.9\nName: cost, Length: 10, dtype: float64", [[0.1, 0.2, 0.9]], 1),
    ],
)
def test_the_end_of_a_longer_list_is_told(text: str, numbers: object, tail: int) -> None:
    printed = _one(text)
    assert (printed.numbers.tolist(), printed.tail, printed.is_list) == (numbers, tail, True)


def test_numbers_in_code_are_no_output_unless_there_is_only_code() -> None:
    code = "W_1 <- matrix(c(0.1, 0.2, 0.3, 0.4), nrow = 2)\nscalar <- 5\n"
    alone = read_printed(code).matrices[0]
    assert (alone.label, alone.numbers.tolist()) == ("W_1", [[0.1, 0.3], [0.2, 0.4]])
    assert _labels(read_printed(code + "W_2\n[1] 0.7 0.8\n")) == ["W_2"]
    python = "import numpy as np\nx = np.array([[3, 5], [5, 1]])\nfor i in range(3):\n    print(W1)\nW1:\n[[0.1 0.2]]\n"
    assert _labels(read_printed(python)) == ["W1"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("W1\n0.1 0.2\n0.3\n\ncost\n0.5\n", "Line 3: this row of W1 has 1 number where the first has 2 numbers."),
        ("cost 0.5\nW1 = [[0.1, 0.2],\n [0.3]]\n", "Line 3: a row of W1 has 1 number where the first has 2 numbers."),
        (
            "cost 0.5\n     [,1] [,2]\n[1,]  0.1  0.2\n[2,]  0.3\n",
            "Line 4: this row has 1 number, but there are 2 columns.",
        ),
        ("cost 0.5\n[[0.1 ... 0.2]\n [0.3 ... 0.4]]\n", 'Line 2: "..." stands for cells of a matrix'),
        ('[1] 0.5\n [ reached getOption("max.print") -- omitted 9 entries ]', "Line 2: the program left out the rest"),
    ],
)
def test_what_is_left_out_is_noted_with_its_line(text: str, says: str) -> None:
    found = read_printed(text)
    assert len(found.matrices) == 1
    assert any(note.startswith(says) for note in found.notes), found.notes


@pytest.mark.parametrize("text", ["", " \n\t", "W_1 and djdw2", "import numpy as np\n", "{}", "[]", "##"])
def test_a_text_without_numbers_is_refused_in_words(text: str) -> None:
    with pytest.raises(NumbersError, match="There are no numbers in this text"):
        read_printed(text)


def test_missing_and_infinite_numbers() -> None:
    printed = _one("cost\n[1] 0.5 NaN Inf NA -Inf")
    np.testing.assert_array_equal(printed.numbers, [[0.5, np.nan, np.inf, np.nan, -np.inf]])
    assert printed.tolerance.tolist() == [[0.05, 0, 0, 0, 0]]


def test_the_form_is_told() -> None:
    assert read_printed("a,b\n1,2\n3,4\n").form == "csv"
    assert read_printed('{"W1": [[1, 2]]}').form == "json"
    assert read_printed("W1\n1 2\n3 4\n").form == "text"
