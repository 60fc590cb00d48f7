"""What the headless commands print for programs: JSON and CSV, with all digits."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import lesson, written
from tui_nn.network import equations
from tui_nn.network.model.array import Array
from tui_nn.session.storage import bundled_lessons

_CLASS_KEYS = {"classes", "right", "accuracy", "confusion", "sensitivity", "specificity"}
_LECTURE_KEYS = "X Y W1 W2 Z2 A2 Z3 Y_hat delta3 dJdW2 delta2 dJdW1 W1_next W2_next"


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    answer = command(capsys, *arguments, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    printed = json.loads(answer.out, parse_constant=pytest.fail)
    assert isinstance(printed, dict)
    return printed


def _csv(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[tuple[str, str, str]]]:
    """The cells of each name: row, column and value."""
    answer = command(capsys, *arguments, "--format", "csv")
    assert (answer.code, answer.err) == (0, "")
    header, *rows = csv.reader(io.StringIO(answer.out))
    assert header == ["name", "row", "column", "value"]
    cells: dict[str, list[tuple[str, str, str]]] = {}
    for name, row, column, value in rows:
        cells.setdefault(name, []).append((row, column, value))
    return cells


def _cells(matrix: Array) -> list[tuple[str, str, str]]:
    return [
        (str(i), str(j), repr(cell))
        for i, row in enumerate(matrix.tolist(), start=1)
        for j, cell in enumerate(row, start=1)
    ]


@pytest.mark.parametrize("name", ["lecture", "homework-biases", "two-hidden-layers"])
def test_train_gives_the_numbers_that_were_computed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = lesson(name)
    run = document.trajectory()
    run.extend(50)
    parameters = run.parameters(51).named
    printed = _json(capsys, "train", name, "--iterations", "50", "--history")
    assert list(printed) == ["iterations", "cost", *document.network.shapes, "Y_hat", "Y_hat_after", "history"]
    assert printed["iterations"] == 50
    assert printed["cost"] == run.cost(50)
    assert {key: printed[key] for key in parameters} == {key: value.tolist() for key, value in parameters.items()}
    assert printed["Y_hat"] == run.pass_at(50)["Y_hat"].tolist()
    assert printed["history"] == run.costs.tolist()
    run.extend(51)
    assert printed["Y_hat_after"] == run.pass_at(51)["Y_hat"].tolist()


def test_train_gives_the_history_only_on_request_and_runs_as_far_as_the_file_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = _json(capsys, "train", "lecture")
    assert "history" not in printed
    assert printed["iterations"] == 10_000
    assert (printed["Y_hat"][2][0], printed["Y_hat_after"][2][0]) == pytest.approx((0.9298944, 0.9298945), abs=5e-8)


def test_show_gives_every_matrix_by_its_lecture_name(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _json(capsys, "show", "lecture", "--iteration", "37")
    assert list(printed) == ["iteration", "cost", "loss", "learning_rate", "rows", *_LECTURE_KEYS.split()]
    run = lesson("lecture").trajectory()
    run.extend(37)
    computed = run.pass_at(37)
    assert (printed["iteration"], printed["cost"], printed["loss"]) == (37, computed.cost, computed.loss)
    for key in _LECTURE_KEYS.split():
        assert printed[key] == computed[key].tolist(), key
    assert printed["W1"] == run.parameters(37).weights[0].tolist()
    assert printed["W1_next"] == run.parameters(38).weights[0].tolist()


@pytest.mark.parametrize("name", bundled_lessons.bundled())
def test_show_has_a_key_for_every_equation(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    network = lesson(name).network
    named = {equation.name for equation in equations(network)} - {"J"}
    expected = {"iteration", "cost", "loss", "learning_rate", "rows", "X", "Y", *network.shapes, *named}
    expected |= {"epoch"} if lesson(name).batch_size else set()
    if lesson(name).dataset.classes:
        expected |= _CLASS_KEYS if network.layers[-1] == 1 else _CLASS_KEYS - {"sensitivity", "specificity"}
        expected |= {"log_likelihood"} if network.cost == "cross-entropy" else set()
    assert set(_json(capsys, "show", name, "--iteration", "2")) == expected


@pytest.mark.parametrize(
    ("step", "known"),
    [
        ("Z2", "Z2"),
        ("Y_hat", "Z2 A2 Z3 Y_hat"),
        ("J", "Z2 A2 Z3 Y_hat cost loss"),
        ("delta3", "Z2 A2 Z3 Y_hat cost loss delta3"),
        ("dJdW1", "Z2 A2 Z3 Y_hat cost loss delta3 dJdW2 delta2 dJdW1"),
        ("update", "Z2 A2 Z3 Y_hat cost loss delta3 dJdW2 delta2 dJdW1 W1_next W2_next"),
    ],
)
def test_show_gives_null_for_what_a_step_has_not_reached(
    step: str, known: str, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = _json(capsys, "show", "lecture", "--iteration", "5")
    printed = _json(capsys, "show", "lecture", "--iteration", "5", "--step", step)
    assert printed.pop("step") == step
    always = {"iteration", "learning_rate", "rows", "X", "Y", "W1", "W2"}
    expected = {key: value if key in always | set(known.split()) else None for key, value in whole.items()}
    assert printed == expected
    cells = _csv(capsys, "show", "lecture", "--iteration", "5", "--step", step)
    assert [key for key, value in cells.items() if value == [("", "", "")]] == [
        k for k in printed if printed[k] is None
    ]


def test_csv_has_a_line_for_each_cell(capsys: pytest.CaptureFixture[str]) -> None:
    run = lesson("homework-biases").trajectory()
    run.extend(3)
    computed = run.pass_at(3)
    cells = _csv(capsys, "show", "homework-biases", "--iteration", "3")
    assert cells["iteration"] == [("", "", "3")]
    assert cells["cost"] == [("", "", repr(computed.cost))]
    for name in ("X", "W1", "b2", "Z2", "delta3", "dJdb1", "b2_next"):
        assert cells[name] == _cells(computed[name]), name


def test_train_gives_the_same_in_csv_as_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("train", "lecture", "--iterations", "12", "--history")
    printed, cells = _json(capsys, *arguments), _csv(capsys, *arguments)
    assert list(printed) == list(cells)
    assert cells["history"] == [(str(i), "", repr(cost)) for i, cost in enumerate(printed["history"], start=1)]
    assert [float(value) for _, _, value in cells["W2"]] == [row[0] for row in printed["W2"]]


def test_a_run_that_overflows_is_valid_json_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _json(capsys, "train", "too-fast", "--history")
    assert (printed["iterations"], len(printed["history"])) == (128, 128)
    assert printed["overflow"] == {"iteration": 129, "matrix": "J"}
    shown = _json(capsys, "show", "too-fast", "--iteration", "129")
    assert shown["cost"] is None
    assert ("overflow" in _csv(capsys, "train", "too-fast")) is True


def test_check_gives_both_gradients_and_their_error(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _json(capsys, "check", "homework-biases", "--iteration", "2", "--epsilon", "1e-5")
    names = ["dJdW1", "dJdW2", "dJdb1", "dJdb2"]
    assert set(printed) == {
        "iteration",
        "epsilon",
        "relative_error",
        "verdict",
        "differing",
        "left_out",
        "passed",
        *names,
        *(f"{name}_numeric" for name in names),
    }
    assert (printed["iteration"], printed["epsilon"], printed["passed"]) == (2, 1e-5, True)
    assert printed["relative_error"] < 1e-6
    run = lesson("homework-biases").trajectory()
    run.extend(2)
    for name in names:
        assert printed[name] == run.pass_at(2)[name].tolist()


def test_sessions_gives_the_title_of_each_lesson(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _json(capsys, "sessions")
    assert printed == {name: lesson(name).title for name in bundled_lessons.bundled()}


def test_numbers_at_the_edge_of_what_a_double_holds_come_back_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny, third = 5e-324, 0.1 + 0.2
    source = f'[data]\nx = [[{tiny!r}, {third!r}]]\ny = [[1.0]]\nx_scaling = "none"\n'
    printed = _json(capsys, "show", str(written(tmp_path, source)), "--iteration", "1")
    assert printed["X"] == [[tiny, third]]
