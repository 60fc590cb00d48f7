"""What each edit makes of a document, and what can't be made."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.helpers import after_events, lesson
from tui_nn.network import Start, ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    DataReplaced,
    Edit,
    HyperparameterSet,
    RowAdded,
    RowRemoved,
    Undone,
    WeightSet,
)
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml

_NAN = float("nan")
_PAIR = ("relu", "tanh")


def edited(document: Document, edit: Edit) -> Document:
    """A lesson that begins with ``document``, after an edit at its beginning."""
    plan = edit.edited_plan(RunPlan(document), 1)
    assert plan.changes == ()
    return plan.document_at(1)


def test_a_cell_takes_a_number_in_its_own_units() -> None:
    data = edited(Document(), CellSet("y", 2, 1, 91.0)).dataset
    assert data.y.tolist() == [[75.0], [91.0], [93.0]]
    assert data.Y.tolist() == [[0.75], [0.91], [0.93]]


def test_a_column_s_scaling_follows_its_numbers() -> None:
    data = edited(Document(), CellSet("x", 3, 1, 20.0)).dataset
    assert data.X[:, 0].tolist() == [0.15, 0.25, 1.0]


@pytest.mark.parametrize(("row", "place"), [(1, 0), (2, 1), (4, 3)])
def test_a_row_is_added_where_it_is_told_and_can_be_removed(row: int, place: int) -> None:
    added = edited(Document(), RowAdded(row, (8.0, 3.0), (88.0,)))
    assert added.dataset.x.tolist()[place] == [8.0, 3.0]
    assert added.dataset.y.tolist()[place] == [88.0]
    assert added.dataset.rows == 4
    assert document_toml.dump(edited(added, RowRemoved(row))) == document_toml.dump(Document())


def test_a_column_of_x_is_an_input_of_the_network() -> None:
    added = edited(Document(), ColumnAdded("x", 2, "coffee", (1.0, 2.0, 4.0)))
    assert added.dataset.x_names == ("hours slept", "coffee", "hours studied")
    assert added.dataset.x[:, 1].tolist() == [1.0, 2.0, 4.0]
    assert added.network.layers == (3, 3, 1)
    assert document_toml.dump(edited(added, ColumnRemoved("x", 2))) == document_toml.dump(Document())


def test_a_column_beside_divisors_is_divided_by_one() -> None:
    added = edited(Document(), ColumnAdded("y", 1, "mood", (0.1, 0.2, 0.3)))
    assert added.dataset.y_scaling == (1.0, 100.0)
    assert added.dataset.Y.tolist() == [[0.1, 0.75], [0.2, 0.82], [0.3, 0.93]]
    assert added.network.layers == (2, 3, 2)
    assert edited(added, ColumnRemoved("y", 1)).dataset.y_scaling == (100.0,)


def test_a_column_takes_another_name() -> None:
    assert edited(Document(), ColumnRenamed("x", 2, "naps")).dataset.x_names == ("hours slept", "naps")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("x_scaling", "none"),
        ("y_scaling", [10.0]),
        ("hidden", [4, 2]),
        ("hidden", []),
        ("activation", "tanh"),
        ("output_activation", "identity"),
        ("bias", True),
        ("method", "normal"),
        ("generator", "numpy"),
        ("method", "he uniform"),
        ("generator", "numpy legacy"),
        ("seed", 42),
        ("low", -1.0),
        ("high", 0.5),
        ("mean", 0.25),
        ("sd", 2.0),
        ("biases", 0.1),
        ("fill", "rows"),
        ("fixed", ["W2"]),
        ("x_scaling", "standardise"),
        ("cost", "half squared error"),
        ("learning_rate", 0.5),
        ("iterations", 7),
    ],
)
def test_a_hyperparameter_takes_a_value_as_the_file_has_it(key: str, value: Any) -> None:
    document = edited(Document(), HyperparameterSet(key, value))
    section = HYPERPARAMETERS[key].section
    expected, _ = document_toml.parse(f"[{section}]\n{key} = {str(value).lower() if value is True else repr(value)}")
    assert document_toml.dump(document) == document_toml.dump(expected)
    got = HYPERPARAMETERS[key].get(document)
    assert (list(got) if isinstance(got, tuple) else got) == value


def test_the_activations_of_single_layers_follow_the_hidden_layers() -> None:
    document = replace(Document(), hidden=(4, 3), activation=("relu", "tanh"))
    for hidden, activation in (((4, 3, 2), ("relu", "tanh", "tanh")), ((5,), ("relu",)), ((), "relu")):
        assert edited(document, HyperparameterSet("hidden", hidden)).activation == activation


def test_an_activation_for_each_layer_comes_back_from_the_log() -> None:
    state = after_events(State.opened(replace(Document(), hidden=(4, 3))), [HyperparameterSet("activation", _PAIR)])
    assert state.document.activation == _PAIR
    assert 'activation = ["relu", "tanh"]' in document_toml.dump(state.document)
    assert after_events(state, [Undone()]).document.activation == "sigmoid"


@pytest.mark.parametrize(
    ("start", "method", "generator", "biases", "fill"),
    [
        (Start(), "xavier normal", "numpy legacy", 0.0, "rows"),
        (Start("he normal", "numpy legacy"), "normal", "R", "drawn", "columns"),
        # What was chosen stays.
        (Start(biases=0.5, fill="rows"), "he normal", "numpy", 0.5, "rows"),
    ],
)
def test_what_is_usual_with_a_method_or_a_generator_changes_with_it(
    start: Start, method: str, generator: str, biases: object, fill: str
) -> None:
    document = edited(Document(start=start), HyperparameterSet("method", method))
    changed = edited(document, HyperparameterSet("generator", generator)).start
    assert (changed.biases, changed.fill) == (biases, fill)


def test_every_hyperparameter_is_known_by_its_key() -> None:
    assert all(key == hyperparameter.key for key, hyperparameter in HYPERPARAMETERS.items())


def test_weights_become_given_as_they_stand() -> None:
    document = lesson("homework-biases")
    given = edited(document, HyperparameterSet("method", "given"))
    assert given.start_parameters.flat.tolist() == document.start_parameters.flat.tolist()
    assert "\nW1 = [" in document_toml.dump(given)
    assert document_toml.dump(edited(given, HyperparameterSet("method", "uniform"))) == document_toml.dump(document)


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (CellSet("x", 0, 1, 1.0), "row"),
        (CellSet("x", 4, 1, 1.0), "row"),
        (CellSet("x", 1, 3, 1.0), "column"),
        (CellSet("y", 1, 2, 1.0), "column"),
        (CellSet("x", 1, 1, _NAN), "x"),
        (CellSet("y", 1, 1, float("inf")), "y"),
        (RowAdded(0, (1.0, 1.0), (1.0,)), "row"),
        (RowAdded(5, (1.0, 1.0), (1.0,)), "row"),
        (RowAdded(1, (_NAN, 1.0), (1.0,)), "x"),
        (RowAdded(1, (1.0,), (1.0,)), "x"),
        (RowAdded(1, (1.0, 2.0, 3.0), (1.0,)), "x"),
        (RowAdded(1, (1.0, 2.0), ()), "y"),
        (RowRemoved(0), "row"),
        (RowRemoved(4), "row"),
        (ColumnAdded("x", 0, "a", (1.0, 1.0, 1.0)), "column"),
        (ColumnAdded("x", 4, "a", (1.0, 1.0, 1.0)), "column"),
        (ColumnAdded("x", 1, "hours slept", (1.0, 1.0, 1.0)), "x_names"),
        (ColumnAdded("x", 1, " ", (1.0, 1.0, 1.0)), "x_names"),
        (ColumnAdded("x", 1, "a", (0.0, 0.0, 0.0)), "x_scaling"),
        (ColumnAdded("x", 1, "a", (1.0,)), "x"),
        (ColumnAdded("y", 1, "a", (1.0, 2.0)), "y"),
        (ColumnRemoved("x", 3), "column"),
        (ColumnRemoved("y", 1), "y"),
        (ColumnRenamed("x", 3, "a"), "column"),
        (ColumnRenamed("x", 1, "hours studied"), "x_names"),
        (ColumnRenamed("y", 1, "\x1b[31mred"), "y_names"),
        (HyperparameterSet("title", "a"), "key"),
        (HyperparameterSet("hidden", (-1,)), "hidden"),
        (HyperparameterSet("hidden", (10**9,)), "hidden"),
        (HyperparameterSet("hidden", "3"), "hidden"),
        (HyperparameterSet("learning_rate", 0.0), "learning_rate"),
        (HyperparameterSet("learning_rate", _NAN), "learning_rate"),
        (HyperparameterSet("iterations", 0), "iterations"),
        (HyperparameterSet("seed", 2**31), "seed"),
        (HyperparameterSet("x_scaling", (1.0,)), "x_scaling"),
        (HyperparameterSet("bias", 1), "bias"),
        (HyperparameterSet("low", 1.0), "low"),
        (HyperparameterSet("sd", -1.0), "sd"),
        (HyperparameterSet("biases", "zeros"), "biases"),
        (HyperparameterSet("fill", "diagonals"), "fill"),
        (HyperparameterSet("fixed", ("b1",)), "fixed"),
        (HyperparameterSet("fixed", "W1"), "fixed"),
        (WeightSet("W3", 1, 1, 1.0), "matrix"),
        (WeightSet("b1", 1, 1, 1.0), "matrix"),
        (WeightSet("\x1b[31m", 1, 1, 1.0), "matrix"),
        (WeightSet("W1", 3, 1, 1.0), "row"),
        (WeightSet("W1", 0, 1, 1.0), "row"),
        (WeightSet("W1", 1, 4, 1.0), "column"),
        (WeightSet("W1", 1, 1, _NAN), "value"),
        (CellSet("x", 1, 1, 1.0, 0), "iteration"),
        (CellSet("x", 1, 1, 1.0, 10_001), "iteration"),
    ],
    ids=str,
)
def test_an_edit_that_can_t_be_is_refused(edit: Edit, where: str) -> None:
    document = Document()
    before = document_toml.dump(document)
    with pytest.raises(ValidationError) as error:
        edited(document, edit)
    assert error.value.where == where
    assert error.value.found
    assert error.value.expected
    assert document_toml.dump(document) == before


def test_the_last_row_stays() -> None:
    document = edited(edited(Document(), RowRemoved(1)), RowRemoved(1))
    with pytest.raises(ValidationError, match="one at least"):
        edited(document, RowRemoved(1))


def test_given_weights_hold_the_network_to_their_shapes() -> None:
    others = DataReplaced(("a",), ("u", "v"), ((1,), (2,)), ((1, 0), (0, 1)))
    for document, edits in (
        (Document(), (HyperparameterSet("hidden", (4,)), HyperparameterSet("bias", value=True), others)),
        (lesson("softmax"), (HyperparameterSet("hidden", (2, 2)), ColumnAdded("x", 1, "one", (1, 1, 1, 1)), others)),
        (lesson("homework-biases"), (HyperparameterSet("bias", value=False), HyperparameterSet("hidden", ()))),
    ):
        given = edited(document, HyperparameterSet("method", "given"))
        for edit in edits:
            with pytest.raises(ValidationError) as error:
                edited(given, edit)
            assert error.value.where[0] in "Wb"
            units = "-".join(map(str, document.network.layers)) + " units" + " with biases" * document.bias
            assert error.value.sentence == (
                f"The start gives the weights of a network of {units}. "
                "For other units or biases, set the start to uniform first (in Settings)."
            )
            drawn = edited(given, HyperparameterSet("method", "uniform"))
            assert edited(drawn, edit).network.shapes != document.network.shapes


def test_a_weight_of_the_start_is_set_and_the_others_stay_as_they_were_drawn() -> None:
    document = edited(Document(), WeightSet("W2", 3, 1, -1.5))
    before, after = Document().start_parameters.named, document.start_parameters.named
    assert after["W2"].ravel().tolist() == [*before["W2"].ravel()[:2].tolist(), -1.5]
    assert after["W1"].tolist() == before["W1"].tolist()
    assert document.start.method == "given"


def test_a_bias_of_the_start_is_set() -> None:
    document = edited(lesson("homework-biases"), WeightSet("b1", 1, 2, 0.25))
    assert document.start_parameters.named["b1"][0, 1] == 0.25
