"""What the commands print of classes: how many are predicted right, and which ones are confused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.helpers import lesson, written

_DATA = """
[data]
x_names = ["length", "width"]
y_names = ["setosa", "versicolor", "virginica"]
x = [[1.4, 0.2], [1.3, 0.3], [4.5, 1.5], [4.1, 1.3], [6.0, 2.5], [5.1, 1.9], [4.4, 1.4]]
y = [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0],
  [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]
y_scaling = "none"
"""
_IRIS = f"""{_DATA}[network]
hidden = [3]
bias = true
[training]
cost = "cross-entropy"
learning_rate = 1.0
iterations = 200
"""

_NAMES = ["setosa", "versicolor", "virginica"]


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    answer = command(capsys, *arguments, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out, parse_constant=pytest.fail)
    assert isinstance(found, dict)
    return found


def test_the_lecture_has_none_and_says_nothing_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert lesson("lecture").dataset.classes is None
    for arguments in (("train", "lecture"), ("show", "lecture", "--iteration", "2"), ("predict", "lecture")):
        more = ("--x", "8", "5") if arguments[0] == "predict" else ()
        printed = json.loads(command(capsys, *arguments, *more, "--format", "json").out)
        assert not printed.keys() & {"classes", "accuracy", "confusion", "log_likelihood", "class"}
        assert "class" not in command(capsys, *arguments, *more).out


def test_the_commands_say_how_well_the_classes_are_predicted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, _IRIS))
    trained = _printed(capsys, "train", path)
    guesses = np.argmax(trained["Y_hat"], axis=1).tolist()
    truth = [0, 0, 1, 1, 2, 2, 2]
    pairs = [*zip(truth, guesses, strict=True)]
    assert trained["classes"] == _NAMES
    assert trained["confusion"] == [[pairs.count((i, j)) for j in range(3)] for i in range(3)]
    assert trained["right"] == sum(t == g for t, g in pairs)
    assert trained["accuracy"] == pytest.approx(trained["right"] / 7)
    assert trained["log_likelihood"] == -trained["cost"]
    after = np.argmax(trained["Y_hat_after"], axis=1)
    assert trained["accuracy_after"] == pytest.approx(np.mean(after == truth))
    shown = _printed(capsys, "show", path, "--iteration", "200")
    assert {name: shown[name] for name in ("classes", "confusion", "accuracy", "log_likelihood")} == {
        name: trained[name] for name in ("classes", "confusion", "accuracy", "log_likelihood")
    }
    early = _printed(capsys, "show", path, "--iteration", "200", "--step", "Y_hat")
    assert early["accuracy"] == trained["accuracy"]
    assert early["log_likelihood"] is None
    earlier = _printed(capsys, "show", path, "--iteration", "200", "--step", "Z2")
    assert (earlier["accuracy"], earlier["confusion"], earlier["right"]) == (None, None, None)
    text = command(capsys, "train", path).out
    assert "truth       setosa  versicolor  virginica" in text
    assert "Rows whose class is predicted right, of 7 = " in text
    rows = ("--x", "1.4", "0.2", "--x", "6", "2.5")
    assert _printed(capsys, "predict", path, *rows)["class"] == ["setosa", "virginica"]
    assert (
        "The class of each row: the one with the largest output\n  setosa\n  virginica"
        in command(capsys, "predict", path, *rows).out
    )


def test_the_classes_0_and_1_have_a_sensitivity_and_a_specificity(capsys: pytest.CaptureFixture[str]) -> None:
    trained = _printed(capsys, "train", "cross-entropy", "--iterations", "1")
    # At its start, the network is sure that nobody passes.
    assert (trained["classes"], trained["confusion"]) == (["0", "1"], [[2, 0], [2, 0]])
    assert (trained["accuracy"], trained["sensitivity"], trained["specificity"]) == (0.5, 0, 1)


def test_where_predictions_overflow_no_accuracy_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = "[[1e308, 0.0, 0.0], [0.0, 1.0, 0.0]]"
    source = f"""{_DATA}x_scaling = "none"
[network]
hidden = []
output_activation = "identity"
[start]
method = "given"
W1 = {large}
"""
    path = str(written(tmp_path, source))
    numbers = _printed(capsys, "show", path, "--iteration", "1")
    assert (numbers["accuracy"], numbers["confusion"], numbers["right"]) == (None, None, None)
    # 1.4 · 1e308 is a number, 4.5 · 1e308 is not.
    assert "No accuracy: Ŷ overflows in 5 of 7 rows" in command(capsys, "show", path, "--iteration", "1").out
