"""A session written and read is the same to the last bit."""

import numpy as np
import pytest
from hypothesis import given

from tests.unit.helpers import same_bits
from tests.unit.strategies import documents
from tui_nn.session.document import Document
from tui_nn.session.storage import bundled_lessons, document_toml


@given(document=documents())
def test_a_document_written_and_read_is_the_same_to_the_last_bit(document: Document) -> None:
    text = document_toml.dump(document)
    read, log = document_toml.parse(text)
    assert document_toml.dump(read) == text
    assert (log.entries, log.end) == ((), len(text))
    assert same_bits(read.dataset.x, document.dataset.x)
    assert same_bits(read.dataset.y, document.dataset.y)
    assert same_bits(read.dataset.X, document.dataset.X)
    assert same_bits(read.dataset.Y, document.dataset.Y)
    assert same_bits(read.start_parameters.flat, document.start_parameters.flat)
    assert read.network == document.network
    for key in ("x_names", "y_names", "x_scaling", "y_scaling"):
        assert getattr(read.dataset, key) == getattr(document.dataset, key), key
    for key in ("title", "hidden", "learning_rate", "iterations", "cost", "fixed"):
        assert getattr(read, key) == getattr(document, key), key
    for key in ("method", "generator", "seed", "low", "high", "mean", "sd", "biases", "fill"):
        assert getattr(read.start, key) == getattr(document.start, key), key


def test_what_is_absent_is_the_lecture_s() -> None:
    document, log = document_toml.parse("")
    assert (log.entries, log.end) == ((), 0)
    assert document_toml.dump(document) == document_toml.dump(Document())
    data = document.dataset
    assert data.x.tolist() == [[3.0, 5.0], [5.0, 1.0], [10.0, 2.0]]
    assert data.y.tolist() == [[75.0], [82.0], [93.0]]
    assert (data.x_names, data.y_names) == (("hours slept", "hours studied"), ("test score",))
    assert (data.x_scaling, data.y_scaling) == ("column max", (100.0,))
    assert (document.hidden, document.activation, document.output_activation) == ((3,), "sigmoid", "sigmoid")
    assert (document.bias, document.title, document.cost) == (False, "", "half squared error")
    assert (document.start.method, document.start.generator, document.start.seed) == ("uniform", "R", 1)
    assert (document.learning_rate, document.iterations) == (5.0, 10_000)


@pytest.mark.parametrize("name", bundled_lessons.bundled())
def test_writing_a_lesson_that_comes_with_it_changes_nothing(name: str) -> None:
    text = bundled_lessons.bundled()[name].read_text(encoding="utf-8")
    document, log = document_toml.parse(text)
    assert document_toml.dump(document, log.entries) == text


def test_whole_numbers_are_numbers_too() -> None:
    names = '["hours slept", "hours studied"]'
    data = f"[data]\nx_names = {names}\nx = [[3, 5], [5, 1], [10, 2]]"
    document, _ = document_toml.parse(f"{data}\n[training]\nlearning_rate = 5")
    assert document_toml.dump(document) == document_toml.dump(Document())


@pytest.mark.parametrize(
    ("section", "x_names", "y_names"),
    [
        ("x = [[1, 2], [3, 4], [5, 6]]", ("x1", "x2"), ("test score",)),
        ("x = [[1], [3], [5]]\ny = [[1], [2], [3]]", ("x1",), ("y",)),
        ("y = [[1, 2], [3, 4], [5, 6]]\ny_scaling = 'none'", ("hours slept", "hours studied"), ("y1", "y2")),
        ("x = [[1, 2, 3]]\nx_names = ['a', 'b', 'c']\ny = [[1]]", ("a", "b", "c"), ("y",)),
        ("x_names = ['a', 'b']", ("a", "b"), ("test score",)),
    ],
)
def test_columns_that_a_file_does_not_name_have_the_usual_names(
    section: str, x_names: tuple[str, ...], y_names: tuple[str, ...]
) -> None:
    document, _ = document_toml.parse(f"[data]\n{section}\n")
    for one in (document, document_toml.parse(document_toml.dump(document))[0]):
        assert (one.dataset.x_names, one.dataset.y_names) == (x_names, y_names)


def test_a_bias_may_be_written_as_one_row_of_numbers() -> None:
    source = 'bias = true\n[start]\nmethod = "given"\nW1 = [[1], [2]]\nW2 = [[3]]\n'
    nested, _ = document_toml.parse(f"[network]\nhidden = [1]\n{source}b1 = [[4]]\nb2 = [[5]]")
    flat, _ = document_toml.parse(f"[network]\nhidden = [1]\n{source}b1 = [4]\nb2 = [5]")
    assert document_toml.dump(nested) == document_toml.dump(flat)
    assert nested.start_parameters.flat.tolist() == [1, 2, 3, 4, 5]


def test_a_network_may_have_no_hidden_layer() -> None:
    document, _ = document_toml.parse("[network]\nhidden = []")
    assert document.network.layers == (2, 1)


def test_a_wide_table_has_a_line_for_each_row() -> None:
    x = np.arange(40.0).reshape(20, 2)
    source = f"[data]\nx = {x.tolist()}\ny = {[[1.0]] * 20}\n"
    assert "\n    [38.0, 39.0],\n" in document_toml.dump(document_toml.parse(source)[0])


def test_other_programs_weights_may_be_given_units_by_inputs() -> None:
    source = '[start]\nmethod = "given"\n'
    plain, _ = document_toml.parse(f"{source}W1 = [[1, 2, 3], [4, 5, 6]]\nW2 = [[7], [8], [9]]")
    turned, _ = document_toml.parse(f"{source}W1_transposed = [[1, 4], [2, 5], [3, 6]]\nW2_transposed = [[7, 8, 9]]")
    assert document_toml.dump(turned) == document_toml.dump(plain)


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ("W1 = [[1, 2]]\nW1_transposed = [[1], [2]]", "Give W1 or W1_transposed"),
        ("W1_transposed = [[1, 2, 3], [4, 5, 6]]\nW2 = [[1], [1], [1]]", "3×2"),
        ("b1_transposed = [[1]]", "b1_transposed is unknown"),
        ("W1_transposed = [1]", "W1_transposed"),
    ],
)
def test_transposed_weights_that_do_not_fit_are_refused(weights: str, says: str) -> None:
    with pytest.raises(document_toml.TomlError) as error:
        document_toml.parse(f'[start]\nmethod = "given"\n{weights}')
    assert says in str(error.value)


def test_keys_that_are_absent_mean_what_they_always_meant() -> None:
    document, _ = document_toml.parse('[network]\nbias = true\n[start]\nmethod = "xavier uniform"')
    start = document.start
    assert (start.low, start.high, start.mean, start.sd, start.biases, start.fill) == (0, 1, 0, 1, 0.0, "columns")
    assert document.fixed == ()
    text = document_toml.dump(document)
    assert "biases" not in text
    assert "fill" not in text
    assert "fixed" not in text
