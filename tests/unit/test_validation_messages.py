"""What is said of a value that can't be: what was expected, and what was typed."""

import pytest

from tui_nn.network import HIDDEN_ACTIVATIONS, ValidationError
from tui_nn.session import input_parsing, limits
from tui_nn.session.document import Document
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.setting_names import SETTING_NAMES
from tui_nn.writing.sentences.steps_and_errors import error_sentence


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("learning_rate", "-1", "The learning rate must be above 0; you typed −1."),
        ("learning_rate", "0", "The learning rate must be above 0; you typed 0."),
        ("learning_rate", "", "The learning rate must be a number, such as 0.5, 1e-3 or 1/3; you typed nothing."),
        ("learning_rate", "abc", 'The learning rate must be a number, such as 0.5, 1e-3 or 1/3; you typed "abc".'),
        ("iterations", "0", "The number of iterations must be from 1 to 10 000 000; you typed 0."),
        ("iterations", "1e9", "The number of iterations must be from 1 to 10 000 000; you typed 1 000 000 000."),
        ("hidden", "2000", "The number of hidden units must be from 1 to 1024; you typed 2000."),
        ("hidden", "1024 1024", "This gives a network of 1 051 648 weights; expected at most 1 000 000."),
        ("bias", "perhaps", 'The bias must be yes or no; you typed "perhaps".'),
        (
            "activation",
            "rex",
            'The activation must be one of "' + '", "'.join(HIDDEN_ACTIVATIONS) + '"; you typed "rex".',
        ),
        (
            "activation",
            "relu, tanh",
            "The activations are 2 for 1 hidden layer: there is no hidden layer 2. Give one for each, or one name for "
            "all.",
        ),
        ("low", "2", "The lowest weight must be below the highest: 2 is not below 1."),
        ("high", "-1", "The lowest weight must be below the highest: 0 is not below −1."),
        ("sd", "0", "The sd of weights must be above 0; you typed 0."),
        ("biases", "x", 'The start of biases must be a number, such as 0 or 0.1, or drawn; you typed "x".'),
        ("fixed", "b1", "Without biases, b1 can't be fixed. Turn the biases on, or take b1 out of what is fixed."),
        ("fixed", "Z2", "Z2 can't be fixed: this network has W1, W2."),
        ("x_scaling", "1", "The scaling of x must be 2 divisors, one for each column; you typed a list of 1."),
    ],
)
def test_a_setting_says_what_it_takes_and_what_was_typed(key: str, text: str, sentence: str) -> None:
    setting = HYPERPARAMETERS[key]
    with pytest.raises(ValidationError) as error:
        setting.set(Document(), setting.parse_input(text))
    assert error_sentence(error.value) == sentence


def test_every_setting_has_a_name() -> None:
    assert set(SETTING_NAMES) == set(HYPERPARAMETERS)


def test_a_sentence_of_its_own_is_said_as_it_is() -> None:
    assert error_sentence(ValidationError("x", "this", "that", "The only row stays.")) == "The only row stays."


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1e9", 10**9),
        ("1e3", 1000),
        ("10 000", 10000),
        ("10_000", 10000),
        ("10,000", 10000),
        ("1e0", 1),
        ("2.5e3", 2500),
        ("1E+2", 100),
        (" 37 ", 37),
        ("−5", -5),
        ("-1 000", -1000),
        ("007", 7),
    ],
)
def test_a_whole_number_is_taken_however_it_is_written(text: str, number: int) -> None:
    assert input_parsing.parse_whole_number(text) == number


@pytest.mark.parametrize("text", ["1.5", "1.5e0", "1e-3", "", "abc", "1 2", "10 00", "1e999", "٣", "0x10", "1e", "--1"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="a whole number"):
        input_parsing.parse_whole_number(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1, 2, 3", (1, 2, 3)),
        ("1 2 3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        ("1; 2 ;3", (1, 2, 3)),
        ("1 , 2 , 3", (1, 2, 3)),
        ("0,5 1", (0.5, 1)),
        ("0,5, 1", (0.5, 1)),
        ("0,5; 1,5", (0.5, 1.5)),
        ("8.5,3", (8.5, 3)),
        ("-1,-2", (-1, -2)),
        ("1 / 2 3", (0.5, 3)),
        ("1, 2,", (1, 2)),
        ("0,5", (0.5,)),
    ],
)
def test_numbers_are_parted_by_blanks_semicolons_and_commas(text: str, numbers: tuple[float, ...]) -> None:
    assert input_parsing.parse_numbers(text, ["x"] * len(numbers)) == numbers


@pytest.mark.parametrize(("text", "count"), [("8,5", 2), ("8,5 3", 3), ("1 2", 3), ("1,2,3", 2), ("", 2), ("1 2", 1)])
def test_another_number_of_numbers_is_refused_with_how_many_are_wanted(text: str, count: int) -> None:
    with pytest.raises(ValidationError) as error:
        input_parsing.parse_numbers(text, ["x"] * count)
    says = error_sentence(error.value)
    assert says.startswith(f"{count} number{' is' if count == 1 else 's are'} expected here")
    # One number or two? Nobody knows: it is not taken for either.
    assert ("decimal comma" in says) == ("8,5" in text)


def test_what_was_typed_is_quoted_safely() -> None:
    with pytest.raises(ValidationError) as error:
        input_parsing.parse_whole_number_in_range("iterations", "\x1b[31m" + "9" * 90, 1, limits.ITERATIONS)
    says = error_sentence(error.value)
    assert says.isprintable()
    assert len(says) < 160
