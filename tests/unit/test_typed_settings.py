"""What is typed into a setting means what people mean by it, or is refused and says so."""

import pytest

from tui_nn.network import ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.settings import HYPERPARAMETERS

_MEANT: list[tuple[str, str, object]] = [
    ("hidden", "4 3", (4, 3)),
    ("hidden", " 4, 3 ", (4, 3)),
    ("hidden", "4;3", (4, 3)),
    ("hidden", "", ()),
    ("hidden", "−1", (-1,)),
    ("iterations", "10000", 10_000),
    ("iterations", "10 000", 10_000),
    ("iterations", "10,000", 10_000),
    ("iterations", "1'000'000", 1_000_000),
    ("iterations", "10.000", 10_000),
    ("seed", " -42 ", -42),
    ("seed", "−42", -42),
    ("seed", "+7", 7),
    ("seed", "9" * 20, int("9" * 20)),
    ("x_scaling", "10 5", (10.0, 5.0)),
    ("x_scaling", "10; 0,5", (10.0, 0.5)),
    ("x_scaling", "column max", "column max"),
    ("y_scaling", "100", (100.0,)),
    ("bias", "yes", True),
    ("bias", "No", False),
    ("bias", "TRUE", True),
    ("bias", "false", False),
    ("activation", " tanh ", "tanh"),
    ("activation", "Leaky ReLU", "leaky relu"),
    ("activation", "LEA", "leaky relu"),
    ("output_activation", "softm", "softmax"),
    ("output_activation", "sof", "sof"),
    ("x_scaling", "Stand", "standardise"),
    ("x_scaling", "column", "column"),
    ("bias", "y", True),
    ("activation", "relu, tanh", ("relu", "tanh")),
    ("activation", "leaky relu tanh", ("leaky relu", "tanh")),
    ("activation", "relu; softmax", ("relu", "softmax")),
    ("activation", "relu,", "relu"),
    ("learning_rate", "0,5", 0.5),
    ("learning_rate", "1/3", 1 / 3),
    ("learning_rate", "1e-3", 0.001),
    ("learning_rate", "−2", -2.0),
    ("biases", "Drawn", "drawn"),
    ("biases", "0,1", 0.1),
    ("low", "−1", -1.0),
    ("sd", "1/2", 0.5),
    ("fixed", "b1 b2", ("b1", "b2")),
    ("fixed", "b1, W1", ("b1", "W1")),
    ("fixed", "none", ()),
    ("fixed", "", ()),
]


@pytest.mark.parametrize(("key", "text", "meant"), _MEANT)
def test_what_is_typed_is_what_is_meant(key: str, text: str, meant: object) -> None:
    found = HYPERPARAMETERS[key].parse_input(text)
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("hidden", "x"),
        ("hidden", "2.5"),
        ("iterations", ""),
        ("iterations", "ten"),
        ("seed", "1.5"),
        ("seed", "9" * 21),
        ("seed", "--1"),
        ("biases", "many"),
        ("low", ""),
        ("learning_rate", ""),
        ("learning_rate", "fast"),
        ("learning_rate", "1/0"),
        ("learning_rate", "1e999"),
        ("learning_rate", "nan"),
    ],
)
def test_what_can_mean_nothing_is_refused(key: str, text: str) -> None:
    with pytest.raises(ValidationError) as error:
        HYPERPARAMETERS[key].parse_input(text)
    assert (text or "nothing")[:30] in error.value.found


@pytest.mark.parametrize(
    ("text", "inputs", "meant"),
    [
        ("8 5", 2, (8.0, 5.0)),
        ("8; 5", 2, (8.0, 5.0)),
        ("8, 5", 2, (8.0, 5.0)),
        ("8,5 1/2", 2, (8.5, 0.5)),
        ("1 / 4", 1, (0.25,)),
        (" −3 ", 1, (-3.0,)),
    ],
)
def test_a_row_is_typed_with_blanks_or_semicolons_between(text: str, inputs: int, meant: tuple[float, ...]) -> None:
    assert input_parsing.parse_numbers(text, ["x"] * inputs) == meant


@pytest.mark.parametrize(
    ("text", "inputs", "found", "expected"),
    [
        ("", 2, "nothing", "2 numbers"),
        ("8", 2, "1 number", "2 numbers"),
        ("8 5 1", 2, "3 numbers", "2 numbers"),
        ("8 5", 1, "2 numbers", "1 number"),
    ],
)
def test_a_row_of_another_length_is_refused(text: str, inputs: int, found: str, expected: str) -> None:
    with pytest.raises(ValidationError) as error:
        input_parsing.parse_numbers(text, ["x"] * inputs)
    assert error.value.found == found
    assert expected in error.value.expected
