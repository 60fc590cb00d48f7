"""The cost of the test rows in every iteration, as `train --history` prints it."""

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
