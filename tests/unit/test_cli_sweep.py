"""`tui-nn sweep`: a table of the combinations for people, every run for programs."""

import csv
import json
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import written
from tui_nn.network import many_starts
from tui_nn.network.checks.rate_test import ITERATIONS

_SMALL = ("--seeds", "3", "--iterations", "40")


def test_the_combinations_stand_in_a_table_the_lowest_median_first(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("sweep", "lecture", "--learning-rate", "0.1,5,1e300", "--hidden", "3,4-3", *_SMALL)
    answer = command(capsys, *arguments)
    assert (answer.code, answer.err) == (0, "")
    heading, *lines = answer.out.split("\n\n")[1].splitlines()
    assert heading == "Runs of 40 iterations that differ in hidden units and learning rate, the best first"
    rows = [line.split() for line in lines[2:]]
    medians = [float(row[3]) for row in rows]
    assert len(rows) == 6
    assert medians == sorted(medians)
    assert {(row[0], row[1]) for row in rows} == {(h, r) for h in ("3", "4-3") for r in ("0.1", "5", "1e+300")}
    assert all(int(row[-1]) in (1, 2, 3) for row in rows)


def test_csv_and_json_have_every_run_with_all_digits(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("sweep", "xor", "--learning-rate", "0.1,2", "--from", "7", *_SMALL)
    rows = list(csv.DictReader(command(capsys, *arguments, "--format", "csv").out.splitlines()))
    answer = json.loads(command(capsys, *arguments, "--format", "json").out)
    assert [(row["learning_rate"], row["seed"]) for row in rows] == [(r, s) for r in ("0.1", "2") for s in "789"]
    assert [float(row["final_cost"]) for row in rows] == [run["final_cost"] for run in answer["runs"]]
    assert answer["runs"][0]["settings"] == {"learning_rate": 0.1}
    assert (answer["settings"], answer["iterations"], answer["not_complete"]) == (["learning_rate"], 40, 0)
    starts = json.loads(
        command(
            capsys, "starts", "xor", "--count", "3", "--from-seed", "7", "--iterations", "40", "--format", "json"
        ).out
    )
    again = json.loads(
        command(capsys, "sweep", "xor", "--learning-rate", "1", "--from", "7", *_SMALL, "--format", "json").out
    )
    assert [run["final_cost"] for run in again["runs"]] == starts["final_costs"]
    assert [run["outcome"] for run in again["runs"]] == starts["endings"]


def test_a_setting_that_changes_with_the_varied_one_stands_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("sweep", "lecture", "--optimizer", "adam,gradient", "--batch-size", "0,2", *_SMALL)
    rows = csv.DictReader(command(capsys, *arguments, "--format", "csv").out.splitlines())
    usual = {"adam": "0.01", "gradient descent": "5"}
    assert all(row["learning_rate"] == usual[row["optimizer"]] for row in rows)
    says = command(capsys, *arguments).out
    assert "The learning rate changes with what is varied" in says
    assert says.count("J is that of all training rows") == 1


def test_with_test_rows_the_test_cost_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, "[data]\nx = [[1], [2], [3], [4]]\ny = [[0.2], [0.4], [0.5], [0.9]]\ntest_rows = [4]"))
    answer = command(capsys, "sweep", path, "--learning-rate", "0.1,5", "--l2", "0,0.1", *_SMALL)
    rows = [line.split() for line in answer.out.split("\n\n")[1].splitlines()[3:]]
    tests = [float(row[6]) for row in rows]
    assert tests == sorted(tests)
    assert "J has another formula in some of the rows" in answer.out
    assert "least test cost" in answer.out


def test_a_stop_prints_what_is_complete_and_exits_with_130(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **named: object) -> object:
        if 5.0 in arguments:
            raise KeyboardInterrupt
        return many_starts(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("tui_nn.session.runs.sweep.many_starts", interrupted)
    answer = command(capsys, "sweep", "lecture", "--learning-rate", "1,5,2", *_SMALL)
    assert answer.code == 130
    assert answer.err == "tui-nn: Stopped: 1 of 3 combinations are complete.\n"
    assert "\n  1 " in answer.out


def test_the_rate_test_says_from_where_j_rises(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "sweep", "lecture", "--rate-test")
    assert (answer.code, answer.err) == (0, "")
    assert (
        "J rises for good from a rate of 100 on; a tenth of that is 10. The lesson's learning rate is 5." in answer.out
    )
    values = json.loads(command(capsys, "sweep", "lecture", "--rate-test", "--format", "json").out)
    assert len(values["rates"]) == len(values["costs"]) == ITERATIONS
    assert values["suggested_rate"] == pytest.approx(values["rises_from"] / 10)


_BAD_REQUESTS = {
    "nothing to vary": (["lecture"], "name a setting to vary"),
    "a rate below 0": (["lecture", "--learning-rate", "-1,2"], "The learning rate must be above 0; you typed -1"),
    "a cost that the output does not allow": (
        ["lecture", "--cost", "cross-e", "--output-activation", "tanh"],
        "sigmoid",
    ),
    "both at once": (["lecture", "--rate-test", "--hidden", "3"], "--rate-test"),
    "a seed that R does not take": (["lecture", "--hidden", "3", "--from", "2147483647"], "2 147 483 647"),
    "too many runs": (["lecture", "--hidden", "3,4", "--seeds", "100000"], "at most 100000"),
    "no process": (["lecture", "--hidden", "3", "--processes", "0"], "--processes"),
}


@pytest.mark.parametrize("case", _BAD_REQUESTS)
def test_a_request_that_can_t_be_met_exits_with_2_and_a_sentence(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, fragment = _BAD_REQUESTS[case]
    answer = command(capsys, "sweep", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("tui-nn: ")
    assert answer.err.count("\n") == 1
    assert fragment in answer.err
