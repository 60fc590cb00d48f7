"""What stands in a file and can't be: one sentence that names the file, the place, what was found and what expected."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import is_one_sentence, written

_NOT_TOML: dict[str, tuple[str | bytes, str]] = {
    "a missing bracket": ("[network\nhidden = [3]", "line 1"),
    "an open list": ("[network]\nhidden = [3", "TOML"),
    "a key without a value": ('title = "a"\niterations =\n', "line 2"),
    "a key twice": ('title = "a"\ntitle = "b"', "TOML"),
    "a control character": ('title = "\x1b[31m"', "line 1"),
    "a whole number of thousands of digits": (f"[training]\niterations = {'1' * 5000}", "38 digits"),
    "lists nested deeply": (f"x = {'[' * 100_000}", "nested too deeply"),
    "lists nested deeply in an event": (f"[[event]]\nx = {'[' * 600}{']' * 600}\n", "nested too deeply"),
    "no UTF-8": (b'title = "a\xff"', "byte 11"),
    "zeros": (bytes(1000), "line 1"),
    "UTF-16": ("title = 'a'".encode("utf-16"), "UTF-8"),
}

_KEYS = {
    "an unknown key": ("colour = 1", "colour", "unknown", "title"),
    "a key misspelled": ("[network]\nhiden = [3]", "line 2", "[network] hiden", "hidden"),
    "a section misspelled": ("[trainning]\niterations = 5", "line 1", "trainning", "training"),
    "a key with control characters": ('"\\u001b[31mred" = 1', "unknown"),
    "a key without a name": ('"" = 1', '""', "unknown"),
    "a setting of another section": (
        "[training]\nlearning_rate = 1.0\nseed = 2\n[start]\nseed = 1",
        "line 3",
        "[training] seed",
        "unknown",
    ),
    "a setting above all sections": ("iterations = 1\n[training]\niterations = 5", "line 1: iterations", "unknown"),
    "a section that is no table": ("data = 1", "line 1", "data is 1", "[data]"),
    "another format": ("format = 2", "line 1", "format is 2", "1"),
    "a format that is no number": ("format = true", "line 1", "format is true", "1"),
    "a line behind a line separator in a note": (
        "# one\u2028line\n[training]\niterations = 0",
        "line 3",
        "iterations is 0",
    ),
}

_TEXTS = {
    "a title that is a number": ("title = 3", "line 1", "title is 3", "text"),
    "a title too long": (f'title = "{"a" * 121}"', "title", "121", "120"),
    "a title with an escape sequence": ('title = "\\u001b[31mred"', "line 1", "title", "control"),
    "a title of two lines": ('title = "a\\nb"', "line 1", "title", "line breaks"),
    "a title written from right to left": ('title = "\\u202ea"', "line 1", "title", "control"),
    "a name with an escape sequence": ('[data]\nx_names = ["a", "\\u0007"]', "line 2", "x_names, number 2", "control"),
    "a blank name": ('[data]\ny_names = [" "]', "line 2", "y_names, number 1", "blank"),
    "a name too long": (f'[data]\ny_names = ["{"a" * 61}"]', "y_names, number 1", "61", "60"),
    "a name that is a number": ("[data]\nx_names = [1, 2]", "x_names, number 1 is 1", "text"),
    "names that are no list": ('[data]\nx_names = "a"', 'x_names is the text "a"', "list"),
    "too few names": ('[data]\nx_names = ["a"]', "line 2", "x_names", "a list of 1", "2 names"),
    "the same name twice": ('[data]\nx_names = ["a", "a"]', "line 2", "x_names", "twice"),
}

_DATA = {
    "a text for a number": ('[data]\nx = [[3.0, 5.0], ["five", 1.0]]', "line 2", "x, row 2, column 1", '"five"'),
    "a truth for a number": ("[data]\ny = [[75], [true], [93]]", "y, row 2, column 1 is true", "finite number"),
    "ragged rows": ("[data]\nx = [[3.0, 5.0], [5.0]]", "line 2", "x, row 2 is 1 long", "2 numbers"),
    "nan": ("[data]\nx = [[3.0, nan], [5.0, 1.0], [10.0, 2.0]]", "line 2", "x, row 1, column 2 is nan", "finite"),
    "inf": ("[data]\n\ny = [[75], [-inf], [93]]", "line 3", "y, row 2, column 1 is -inf", "finite"),
    "a number too large": ("[data]\ny = [[1e400], [1], [1]]", "a number above 1.8e308", "line 2 column 7"),
    "a whole number too large": (f"[data]\ny = [[{'9' * 400}], [1], [1]]", "38 digits", "line 2 column 7"),
    "no rows": ("[data]\nx = []", "line 2", "x is 0 rows", "1"),
    "no columns": ("[data]\nx = [[]]", "line 2", "x, row 1 is 0 long", "1"),
    "numbers for rows": ("[data]\nx = [3.0, 5.0]", "x, row 1 is 3", "list of numbers"),
    "a number for a table": ("[data]\nx = 3.0", "x is 3", "rows"),
    "a table in a cell": ("[data]\nx = [[{a = 1}, 2]]", "x, row 1, column 1 is a table", "finite number"),
    "too many columns": (f"[data]\nx = [{[1.0] * 257}]", "x, row 1 is 257 long", "256"),
    "more x than y": ("[data]\nx = [[1.0, 2.0]]\ny = [[1.0], [2.0]]", "line 3", "y is 2 rows", "1"),
    "an unknown scaling": ('[data]\nx_scaling = "max"', "line 2", 'x_scaling is the text "max"', "column max"),
    "a divisor for another number of columns": ("[data]\nx_scaling = [1.0]", "line 2", "x_scaling", "1", "2"),
    "a divisor of 0": ("[data]\nx_scaling = [1.0, 0.0]", "line 2", "x_scaling", "division by 0", "column 2"),
    "a divisor that is text": ('[data]\ny_scaling = ["a"]', "line 2", "y_scaling", '"a"', "finite"),
    "a column of zeros to be scaled": (
        '[data]\nx = [[0, 1], [0, 2], [0, 3]]\nx_scaling = "column max"',
        "line 3",
        "x_scaling",
        "Column 1 (x1) is 0 everywhere",
    ),
    "a divisor too small": ("[data]\ny = [[1e300], [1], [1]]\ny_scaling = [1e-300]", "line 3", "y_scaling", "small"),
}

_NETWORK = {
    "a hidden layer of -1": ("[network]\nhidden = [-1]", "line 2", "[network] hidden is -1", "1 to 1024"),
    "a hidden layer of none": ("[network]\nhidden = [3, 0]", "line 2", "hidden is 0", "1 to 1024"),
    "a billion hidden units": ("[network]\nhidden = [1_000_000_000]", "line 2", "hidden is 1000000000", "1024"),
    "half a unit": ("[network]\nhidden = [2.5]", "line 2", "hidden is 2.5", "whole number"),
    "a number for hidden layers": ("[network]\nhidden = 3", "line 2", "hidden is 3", "list"),
    "too many hidden layers": (f"[network]\nhidden = {[1] * 17}", "line 2", "hidden", "17 layers", "16"),
    "too many weights": ("[network]\nhidden = [1024, 1024]", "line 2", "hidden", "1051648 weights", "1000000"),
    "an unknown activation": ('[network]\nactivation = "softmax"', "line 2", "activation", '"softmax"', "tanh"),
    "more activations than hidden layers": (
        '[network]\nactivation = ["relu", "tanh"]',
        "line 2",
        "there is no hidden layer 2",
    ),
    "an unknown activation of a layer": (
        '[network]\nhidden = [3, 3]\nactivation = ["relu", "rleu"]',
        "line 3",
        'hidden layer 2 must be one of "sigmoid"',
        '"rleu"',
    ),
    "no activation": ("[network]\nactivation = []", "line 2", "an empty list", "each hidden layer"),
    "a number for an activation": ("[network]\nhidden = [1, 1]\nactivation = [1, 2]", "line 3", "activation, number 1"),
    "an output activation in capitals": ('[network]\noutput_activation = "ReLU"', "output_activation", "relu"),
    "a bias that is text": ('[network]\nbias = "yes"', "line 2", 'bias is the text "yes"', "true or false"),
    "a bias that is a number": ("[network]\nbias = 1", "line 2", "bias is 1", "true or false"),
}

_START = {
    "an unknown method": ('[start]\nmethod = "xavier"', "line 2", "method", '"xavier"', "normal"),
    "an unknown generator": ('[start]\ngenerator = "numpi"', "line 2", "generator", "numpy"),
    "a seed of R's too large": ("[start]\nseed = 2147483648", "line 2", "seed is 2147483648", "2147483647"),
    "a negative seed of numpy's": ('[start]\ngenerator = "numpy"\nseed = -1', "line 3", "seed is -1", "0"),
    "a seed that is no whole number": ("[start]\nseed = 1.0", "line 2", "seed is 1", "whole number"),
    "no weights where they are given": ('[start]\nmethod = "given"', "W1 is absent", "weights"),
    "weights where none are given": ("[start]\nW1 = [[1.0]]", "line 2", "W1", 'method = "given"'),
    "weights of another shape": (
        '[start]\nmethod = "given"\nW1 = [[1, 2]]\nW2 = [[1], [2], [3]]',
        "line 3",
        "W1 is 1×2",
        "2×3",
    ),
    "a layer's weights missing": ('[start]\nmethod = "given"\nW1 = [[1]]\nW3 = [[1]]', "W2 is absent", "W3"),
    "a layer too many": (
        '[network]\nhidden = []\n[start]\nmethod = "given"\nW1 = [[1], [2]]\nW2 = [[1]]',
        "line 6",
        "W2 is given",
        "W1",
    ),
    "biases for a network without": (
        '[network]\nhidden = []\n[start]\nmethod = "given"\nW1 = [[1], [2]]\nb1 = [1]',
        "line 6",
        "b1 is given",
        "W1",
    ),
    "ragged weights": ('[start]\nmethod = "given"\nW1 = [[1, 2], [3]]', "line 3", "W1, row 2 is 1 long", "2 numbers"),
    "weights that are text": ('[start]\nmethod = "given"\nW1 = [["a"]]', "line 3", "W1, row 1, column 1", '"a"'),
    "a weight with no number": ('[start]\nmethod = "given"\nW0 = [[1]]', "line 3", "W0 is unknown"),
}

_TRAINING = {
    "no learning": ("[training]\nlearning_rate = 0.0", "line 2", "learning_rate is 0", "above 0"),
    "a rate that is nan": ("[training]\nlearning_rate = nan", "line 2", "learning_rate is nan", "above 0"),
    "a rate that is infinite": ("[training]\nlearning_rate = inf", "line 2", "learning_rate is inf", "above 0"),
    "a rate that is text": ('[training]\nlearning_rate = "5"', "line 2", 'learning_rate is the text "5"', "number"),
    "no iterations": ("[training]\niterations = 0", "line 2", "iterations is 0", "1 to 10000000"),
    "too many iterations": ("[training]\niterations = 10_000_001", "line 2", "10000001", "10000000"),
    "iterations of thousands of hexadecimal digits": (
        f"[training]\niterations = 0x{'f' * 9000}",
        "line 2",
        "38 digits",
    ),
    "a date for iterations": ("[training]\niterations = 2024-01-31", "line 2", "2024-01-31", "whole number"),
    "an unknown cost": ('[training]\ncost = "cross entropy"', "line 2", "cost", "cross entropy", "half squared"),
}

_EVENTS = {
    "an event that is a number": ("event = 1", "event is 1", "[[event]]"),
    "an event that is one table": ("[event]\nkind = 'a'", "event is a table", "[[event]]"),
    "events that are numbers": ("event = [1, 2]", "event", "[[event]]"),
    "events before a section": (
        "\n[[event]]\nkind = 'a'\n[training]\niterations = 5",
        "line 2",
        "something other than events behind the first one",
        "[[event]]",
    ),
}

_CASES: dict[str, tuple[Any, ...]] = _NOT_TOML | _KEYS | _TEXTS | _DATA | _NETWORK | _START | _TRAINING | _EVENTS


@pytest.mark.parametrize("case", _CASES)
def test_a_file_that_can_t_be_read_is_refused_in_one_sentence(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, fragments = _CASES[case][0], _CASES[case][1:]
    answer = command(capsys, "train", str(written(tmp_path, source)))
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert "lesson.toml" in answer.err
    for fragment in fragments:
        assert fragment in answer.err, answer.err


def test_a_long_value_is_quoted_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = f'[network]\nactivation = "{"a" * 100_000}"'
    answer = command(capsys, "train", str(written(tmp_path, source)))
    assert answer.code == 2
    assert len(answer.err) < len(str(tmp_path)) + 250
