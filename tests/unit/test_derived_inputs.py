"""Derived inputs: columns of X that a formula computes from x."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit.command_line import command
from tests.unit.helpers import after_events
from tui_nn.network import Dataset, ValidationError
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.derived_inputs import parse_derived, values
from tui_nn.session.document import Document, lecture_data
from tui_nn.session.editing.cell_edits import cell_edit, column_of_ones, without_column
from tui_nn.session.events import (
    CellSet,
    ColumnRemoved,
    ColumnRenamed,
    DataReplaced,
    HyperparameterSet,
    NewRowAdded,
    Undone,
)
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.notation.signs import UNICODE

_X = np.array([[3.0, -5.0], [5.5, 1.0], [0.25, -2.0]])
_FORMULAS = (
    "x1*x1",
    "-x1^2",
    "2^-x1^2",
    "x1-x2-1",
    "x1/x2/3",
    "x1/(x2*3)",
    "x1^0.5^2",
    "(x1^0.5)^2",
    "abs(x2)*(x1 + 1.5e-1)",
    "- -x1 - +x2",
    "sin(x1) + cos(x2)*exp(-x1)",
    "log(sqrt(x1)) - .5",
)


@needs("Rscript", called="R")
def test_formulas_give_what_R_gives() -> None:
    program = ["x1 <- c(3, 5.5, 0.25); x2 <- c(-5, 1, -2)"]
    program += [f'cat(sprintf("%.17g", {formula}), "\\n")' for formula in _FORMULAS]
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", "\n".join(program)], capture_output=True, check=True, encoding="utf-8"
    )
    for formula, line in zip(_FORMULAS, done.stdout.splitlines(), strict=True):
        ours = values(parse_derived(formula, ("a", "b")), _X)
        np.testing.assert_allclose(ours, np.array(line.split(), dtype=float), rtol=1e-14, err_msg=formula)


def test_columns_go_by_number_or_by_a_name_that_is_a_word() -> None:
    names = ("x2", "age", "hours slept")
    assert parse_derived("x2", names) == parse_derived("age", names)
    assert parse_derived("x3", names).number == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("", "it is empty"),
        ("x1*", "it ends too early"),
        ("x3", "no column is called x3; the columns are x1 to x2; or by their names: age."),
        ("tan(x1)", "there is no function tan; the functions are sin, cos, exp, log, sqrt, abs."),
        ("sin x1", r"sin needs a bracket behind it: sin\(x1\)"),
        ("(x1", "a bracket is not closed"),
        ("x1)", "a bracket is closed too often"),
        ("x1 x2", 'no sign stands before "x2"'),
        ("3 + 4", "it has no column of x"),
        ("__import__('os')", '"\'" has no meaning in a formula'),
        ("(" * 22 + "x1" + ")" * 22, "too many brackets within each other"),
        ("x1" + " " * 60, "at most 60 characters"),
        ("log(x1)", "log of 0 in row 2"),
        ("1/x1", "a division by 0 in row 2"),
        ("1/(1/x1)", "a division by 0 in row 2"),
        ("sqrt(x2)", "sqrt of -5 in row 1"),
        ("exp(exp(9 + x1))", "exp of 162755 in row 1"),
        ("x2^0.5", "-5 to the power 0.5 in row 1"),
    ],
)
def test_what_can_t_be_computed_is_refused_in_words(formula: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        Dataset(
            np.array([[3.0, -5.0], [0.0, 1.0]]), np.ones((2, 1)), ("age", "hours slept"), ("y",), derived=(formula,)
        )
    assert refused.value.sentence


def _derived(*formulas: str) -> Document:
    return Document(dataset=replace(lecture_data(), derived=formulas))


def test_derived_inputs_are_scaled_follow_the_data_and_stand_in_the_file() -> None:
    document = _derived("x1*x2", "x1/x2")
    assert document.network.layers == (4, 3, 1)
    X = document.dataset.X
    assert X[:, 2].tolist() == [15 / 20, 5 / 20, 20 / 20]
    again, _ = document_toml.parse(document_toml.dump(document))
    assert 'derived = ["x1*x2", "x1/x2"]' in document_toml.dump(document)
    assert (again.dataset.X == X).all()
    assert again.dataset.x.shape == (3, 2)
    edited = after_events(State.opened(document), [CellSet("x", 1, 2, 8.0)]).document.dataset
    assert edited.all_x[0].tolist() == [3.0, 8.0, 24.0, 3 / 8]
    # A list of divisors is for the columns of x.
    divided = replace(document.dataset, x_scaling=(10.0, 5.0))
    assert divided.X[0].tolist() == [0.3, 1.0, 15.0, 3 / 5]
    with pytest.raises(ValidationError, match="2 divisors"):
        replace(document.dataset, x_scaling=(10.0, 5.0, 1.0, 1.0))


def test_scalings_of_derived_inputs_are_those_of_the_training_rows() -> None:
    data = replace(_derived("x1*x2").dataset, test_rows=(3,))
    assert data.X[:, 2].tolist() == [15 / 15, 5 / 15, 20 / 15]


def test_a_derived_input_is_explained_by_the_cells_of_x() -> None:
    document = _derived("x1*x2^2 - log(x1)")
    found = explain(document.network, document.dataset, Cell("X", 2, 3), document.moment(1))
    assert [(area.name, area.row, area.column) for area in found.areas] == [("x", 2, 1), ("x", 2, 2)]
    values_ = numbers(document.dataset, {"X": document.dataset.X})
    assert found.scalar
    assert found.scalar.value(values_) == document.dataset.X[1, 2]
    written = explain_cell(found, values_, UNICODE.for_network(document.network))
    assert "".join(piece.text for piece in written.signs).startswith("(x[2,1] · x[2,2]^2 − ln(x[2,1])) / 73.9")
    assert "".join(piece.text for piece in written.figures).startswith("(5 · 1^2 − ln(5)) / 73.9")


def test_the_user_edits_columns_of_x_and_formulas_by_the_setting() -> None:
    state = State.opened(_derived("x1*x2"))
    data = state.document.dataset
    with pytest.raises(ValidationError, match=r"x1\*x2 is computed from the other columns"):
        cell_edit(data, 1, 2, "7")
    with pytest.raises(ValidationError, match=r"x1\*x2 is computed from the other columns"):
        cell_edit(data, 0, 2, "product")
    added = after_events(state, [cell_edit(data, 4, 3, "99")]).document.dataset
    assert added.y[-1].tolist() == [99.0]
    assert added.all_x[-1].tolist() == [10.0, 2.0, 20.0]
    assert after_events(state, [column_of_ones(data, 2)]).document.dataset.input_names[2:] == ("x1", "x1*x2")
    assert after_events(state, [without_column(data, 2)]).document.dataset.derived == ()
    with pytest.raises(ValidationError, match="no column is called x2"):
        ColumnRemoved("x", 2).apply(state)
    other = DataReplaced(("a", "b"), ("y",), ((1.0, 2.0),), ((3.0,),))
    assert after_events(state, [other]).document.dataset.derived == ()
    with pytest.raises(ValidationError, match="is there already"):
        HyperparameterSet("derived", ("x1*x2", "x1*x2")).apply(state)


def _named(*formulas: str) -> State:
    return State.opened(Document(dataset=replace(lecture_data(), x_names=("age", "e"), derived=formulas)))


def test_a_column_that_is_renamed_is_renamed_in_the_formulas_too() -> None:
    state = _named("sin(age) * age*x1", "x1/e + 1e−1", "exp(e) + e^2")
    before = state.document.dataset
    renamed = after_events(state, [ColumnRenamed("x", 1, "a.ge"), ColumnRenamed("x", 2, "x2")])
    data = renamed.document.dataset
    assert data.x_names == ("a.ge", "x2")
    assert data.derived == ("sin(a.ge) * a.ge*x1", "x1/x2 + 1e−1", "exp(x2) + x2^2")
    assert data.X.tobytes() == before.X.tobytes()
    # One undo takes back the name and the formulas.
    undone = after_events(renamed, [Undone()]).document.dataset
    assert (undone.x_names, undone.derived[2]) == (("a.ge", "e"), "exp(e) + e^2")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("log", "log is the name of a function"),
        ("hours slept", "in a formula, a name is one word of letters, digits, dots and _"),
        ("x2", "x2 means column 2 there"),
        ("a" * 50, "the formula would have 107 characters, and 60 is the most"),
    ],
)
def test_a_new_name_that_a_formula_can_t_have_is_refused(name: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ColumnRenamed("x", 1, name).apply(_named("age*age + e^2"))
    assert refused.value.sentence == (
        f"The derived input age*age + e^2 names this column, and the new name can't stand there: {why}. "
        "Choose another name, or first write x1 for the column in the formula."
    )
    # A formula with the column's number takes any name.
    assert ColumnRenamed("x", 1, name).apply(_named("x1*x1 + e")).document.dataset.derived == ("x1*x1 + e",)


def test_new_rows_have_the_columns_of_x(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = State.opened(_derived("log(x2)"))
    assert NewRowAdded((8.0, 5.0)).apply(state).new_rows_here == {1: (8.0, 5.0)}
    with pytest.raises(ValidationError, match="log of 0 in row 1"):
        NewRowAdded((8.0, 0.0)).apply(state)
    assert state.document.dataset.scaled(np.array([[10.0, 5.0]])).tolist() == [[1.0, 1.0, 1.0]]
    assert np.isneginf(state.document.dataset.scaled(np.array([[10.0, 0.0]]))[0, 2])
    path = tmp_path / "derived.toml"
    path.write_text(document_toml.dump(_derived("log(x2)")), encoding="utf-8")
    found = json.loads(command(capsys, "predict", str(path), "--x", "8", "5", "--format", "json").out)
    assert found["X"] == [[0.8, 1.0, 1.0]]
    refused = command(capsys, "predict", str(path), "--x", "8", "0")
    assert refused.err == "tui-nn: The derived input log(x2) can't be computed: log of 0 in row 1\n"
