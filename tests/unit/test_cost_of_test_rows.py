"""The cost of the test rows in every iteration and at its least, as `train` prints it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import written

_LESSON = """
[data]
x = [[1], [2], [3], [4]]
y = [[0.2], [0.4], [0.5], [0.9]]
test_rows = [2, 4]
[training]
batch_size = 1
l2 = 0.1
"""
_WITHOUT_THEM_LATER = """
[data]
x = [[1], [2], [3], [4]]
y = [[0.2], [0.4], [0.5], [0.9]]
test_rows = [4]
[[event]]
kind = "row removed"
at = 1.0
row = 4
iteration = 3
seq = 1
"""


def _trained(capsys: pytest.CaptureFixture[str], path: Path | str, iterations: int) -> Any:
    answer = command(capsys, "train", str(path), "--iterations", str(iterations), "--history", "--format", "json")
    return json.loads(answer.out)


def test_it_is_that_of_the_weights_before_each_update(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, _LESSON)
    costs = _trained(capsys, path, 4)["test_mean_cost"]
    assert len(costs) == 4
    assert costs[1:] == [_trained(capsys, path, after)["test"]["mean_cost_after"] for after in (1, 2, 3)]
    told = command(capsys, "train", str(path), "--iterations", "4", "--history", "--format", "csv").out
    rows = [row for row in csv.DictReader(told.splitlines()) if row["name"] == "test_mean_cost"]
    assert [(row["row"], float(row["value"])) for row in rows] == [(str(i), cost) for i, cost in enumerate(costs, 1)]


def test_once_the_test_rows_are_removed_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, _WITHOUT_THEM_LATER)
    costs = _trained(capsys, path, 4)["test_mean_cost"]
    assert [cost is None for cost in costs] == [False, False, True, True]
    lines = command(capsys, "train", str(path), "--iterations", "4", "--history").out.splitlines()
    heading = lines.index("Mean cost of the test rows, with the weights that each iteration starts from")
    assert ["no test rows" in line for line in lines[heading + 1 : heading + 5]] == [False, False, True, True]


def test_without_test_rows_the_history_has_only_J(capsys: pytest.CaptureFixture[str]) -> None:
    assert "test_mean_cost" not in _trained(capsys, "lecture", 2)


def test_the_weights_with_the_least_of_it_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, f"{_LESSON}learning_rate = 9.0\npatience = 3\n")
    found = _trained(capsys, path, 200)
    best, after_each = found["best"], found["test_mean_cost"][1:]
    assert found["stopped"]["reason"] == "patience"
    # Two iterations are an epoch, at whose end the test cost is computed.
    at_ends = [*after_each, found["test"]["mean_cost_after"]][1::2]
    assert best["test_mean_cost"] == min(at_ends)
    assert best["iteration"] == found["best_iteration"] == 2 * (at_ends.index(min(at_ends)) + 1)
    shorter = _trained(capsys, path, best["iteration"])
    assert best["parameters"] == {name: shorter[name] for name in ("W1", "W2")}
    told = command(capsys, "train", str(path), "--iterations", "200").out
    says = "The test cost at the end of an epoch was least after iteration"
    assert f"{says} {best['iteration']}: {best['test_mean_cost']:.7g}" in told


def test_the_least_of_it_is_told_of_a_run_that_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _trained(capsys, written(tmp_path, f"{_LESSON}patience = 100\n"), 8)
    assert "stopped" not in found
    assert found["best"]["test_mean_cost"] == min([*found["test_mean_cost"][2::2], found["test"]["mean_cost_after"]])
