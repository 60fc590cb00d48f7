"""What a student is told of a run and its data, and when nothing is."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.command_line import command
from tests.unit.helpers import dataset, lesson, written
from tui_nn.network import Dataset, Network, Parameters, compute_pass
from tui_nn.network.checks.run_notes import (
    Plateau,
    Rising,
    Saturated,
    out_of_reach,
    plateau,
    rescaled,
    rising,
    saturated,
    turned_signs,
)
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.note_sentences import observation_text

_OTHERS = ("lecture-ones", "xor", "two-hidden-layers", "homework-biases", "lecture")
_FAR = """
[data]
x_names = ["a", "b"]
y_names = ["score"]
x = [[3, -5], [5, -1], [10, -2]]
y = [[175], [-20], [93]]
x_scaling = "column max"
y_scaling = "none"
[training]
learning_rate = 0.5
iterations = 50
"""


def _y(*numbers: float) -> Dataset:
    return dataset(np.ones((len(numbers), 1)), np.array(numbers)[:, np.newaxis])


@pytest.mark.parametrize(
    ("output", "numbers", "row"),
    [
        ("sigmoid", (0.5, 175.0, -20.0), 2),
        ("sigmoid", (0.5, -0.2), 2),
        ("tanh", (1.5, 0.0), 1),
        ("relu", (3.0, -0.1), 2),
        ("sigmoid", (0.0, 1.0), None),
        ("tanh", (-1.0, 1.0), None),
        ("relu", (0.0, 175.0), None),
        ("identity", (175.0, -20.0), None),
    ],
)
def test_y_that_the_output_can_t_reach_are_told_and_0_and_1_are_not(
    output: str, numbers: tuple[float, ...], row: int | None
) -> None:
    found = out_of_reach(_y(*numbers), Network((1, 1), output_activation=output))
    assert (found.row if found else None) == row


def test_a_column_whose_greatest_number_is_below_0_turns_its_signs() -> None:
    x, y = np.array([[-5.0, 1.0], [-1.0, -9.0]]), np.array([[-2.0], [-3.0]])
    data = Dataset(x, y, ("a", "b"), ("c",), "column max", "column max")
    assert [(one.table, one.column, one.greatest) for one in turned_signs(data)] == [("x", 1, -1.0), ("y", 1, -2.0)]
    assert (data.X[:, 0] > 0).all()
    assert turned_signs(replace(data, x_scaling="none", y_scaling="none")) == ()


def _with(data: Dataset, row: int, column: int, value: float) -> Dataset:
    x = data.x.copy()
    x[row - 1, column - 1] = value
    return replace(data, x=x)


def test_an_edit_that_changes_what_a_column_is_scaled_by_changes_all_of_it() -> None:
    data = lesson("lecture").dataset
    assert [(one.table, one.column) for one in rescaled(data, _with(data, 3, 1, 20.0))] == [("x", 1)]
    assert rescaled(data, _with(data, 1, 1, 4.0)) == ()
    assert rescaled(data, replace(data, x_scaling="none")) == ()
    assert rescaled(data, data) == ()


def _saturated(activation: str, first: float, y: float, layer: int) -> Saturated | None:
    network = Network((1, 2, 1), activation)
    weights = (np.array([[first, 0.5]]), np.array([[20.0], [20.0]]))
    data = dataset(np.array([[1.0], [2.0]]), np.array([[y], [y]]))
    return saturated(compute_pass(network, data, Parameters(weights), 1.0), layer)


@pytest.mark.parametrize(
    ("activation", "first", "found"),
    [
        ("sigmoid", 20.0, Saturated(2, (1,), is_silent=False)),
        ("sigmoid", 3.0, None),
        ("tanh", -9.0, Saturated(2, (1,), is_silent=False)),
        ("relu", -1.0, Saturated(2, (1,), is_silent=True)),
        ("relu", 1.0, None),
        ("identity", 900.0, None),
    ],
)
def test_a_unit_that_is_flat_in_every_row_is_told(activation: str, first: float, found: Saturated | None) -> None:
    assert _saturated(activation, first, 0.0, 2) == found


def test_an_output_that_has_learnt_1_is_no_fault() -> None:
    assert _saturated("sigmoid", 20.0, 1.0, 3) is None
    assert _saturated("sigmoid", 20.0, 0.0, 3) == Saturated(3, (1,), is_silent=False)


def test_a_cost_that_rises_again_and_again_is_told() -> None:
    up_and_down = np.array([1.0, 0.9] * 10)
    assert rising(up_and_down) == Rising(9, 19, 19)
    assert rising(np.concatenate([up_and_down, np.linspace(0.8, 0.1, 30)]), 20) is None
    assert rising(np.linspace(1, 0, 50)) is None
    # Now and then over a thousand updates is none, though at the time it was.
    assert rising(np.concatenate([up_and_down, np.linspace(0.8, 0.1, 980)])) is None
    assert rising(np.concatenate([np.linspace(2, 1, 980), up_and_down])) == Rising(9, 999, 999)
    assert rising(np.array([1.0, 0.9] * 500)) == Rising(499, 999, 999)
    assert rising(np.array([1.0, 2.0])) is None
    assert rising(np.empty(0)) is None


@given(st.lists(st.floats(0.5, 1.5), max_size=40))
def test_rounding_of_a_cost_that_is_nothing_is_no_rise(factors: list[float]) -> None:
    assert rising(np.array([1.0, 1e-4, *(1e-30 * factor for factor in factors)])) is None


@pytest.mark.parametrize("name", _OTHERS)
def test_of_a_lesson_that_comes_with_the_program_there_is_nothing_to_tell(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    trained = json.loads(command(capsys, "train", name, "--format", "json").out)
    assert "notes" not in trained
    assert "rounding" not in trained
    for iteration in ("1", "37"):
        shown = command(capsys, "show", name, "--iteration", iteration, "--format", "json")
        assert "notes" not in json.loads(shown.out)


def test_a_rate_that_is_too_large_is_told_where_the_cost_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Note: J rose in 127 of 127 updates" in command(capsys, "train", "too-fast").out
    assert "Note: J rose in 20 of 20 updates" in command(capsys, "show", "too-fast", "--iteration", "60").out
    # Of iteration 6 J is not known yet at Z2; five rises are needed.
    shown = [command(capsys, "show", "too-fast", "--iteration", "6", "--step", step).out for step in ("Z2", "J")]
    assert ["J rose" in text for text in shown] == [False, True]


def test_notes_are_sentences_in_text_and_json_and_not_in_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, _FAR))
    text = command(capsys, "train", path).out
    for sentence in (
        "Note: Scaled y of row 1 (score) is 175, outside the output's range, 0 to 1",
        'Note: "b" (column 2 of x) is divided by its greatest number, −1, which turns all its signs',
    ):
        assert sentence in text.replace("-1", "−1")
    notes = json.loads(command(capsys, "show", path, "--iteration", "1", "--format", "json").out)["notes"]
    assert [note[:12] for note in notes[:2]] == ["Scaled y of ", '"b" (column ']
    table = command(capsys, "train", path, "--format", "csv")
    assert "note" not in table.out
    assert table.err == ""


@pytest.mark.parametrize(("y", "says"), [((175.0, -20.0), "(1 more number too):"), ((175.0, 0.5), "0 to 1: scale y")])
def test_how_many_y_are_out_of_reach_is_said(y: tuple[float, float], says: str) -> None:
    data = dataset(np.array([[1.0], [2.0]]), np.array(y)[:, np.newaxis])
    found = out_of_reach(data, Network((1, 3, 1)))
    assert found
    assert says in observation_text(found, data, UNICODE).sentence


def test_a_cost_that_hardly_changes_for_long_is_a_plateau_and_a_slow_fall_is_none() -> None:
    i = np.arange(1.0, 1201.0)
    flat = np.full(1200, 0.5)
    assert plateau(flat) == Plateau(200, 0.0)
    assert plateau(flat[:51]) == Plateau(50, 0.0)
    assert plateau(flat[:50]) is None
    assert plateau(1 / i) is None
    assert plateau(np.concatenate([[1.0], 0.0 * i])) is None
    assert plateau(np.where(i < 1150, 0.5, 0.4)) is None


def test_what_is_said_of_a_plateau_names_the_keys_that_help() -> None:
    text = observation_text(Plateau(200, 0.0142), _y(0.5), UNICODE)
    assert text.sentence.startswith("J changed by 1.4 % in 200 iterations")
    assert "keys 3 and t" in text.brief
