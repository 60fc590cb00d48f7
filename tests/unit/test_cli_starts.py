"""`tui-nn starts`: what it says about many starts, to people and to programs."""

import csv
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.command_line import command, process
from tests.unit.helpers import figures_of_R, is_one_sentence, lesson, written
from tui_nn.network import Evidence, ManyStarts
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.reports.starts_report import starts_report

_LECTURE = "Stats 102B, week 3, lecture 3"


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    answer = command(capsys, "starts", *arguments, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def _many(costs: Array) -> ManyStarts:
    runs = np.zeros(len(costs))
    return ManyStarts(
        tuple(range(1, len(costs) + 1)), np.array([1, 5, 10]), costs, Evidence(0.0, 1.0, runs, runs, runs, 0 * runs)
    )


def _report(costs: Sequence[float]) -> Report:
    """On starts that end with ``costs``, from seed 1 on."""
    final = np.array(costs)[:, np.newaxis]
    many = _many(np.hstack((final, final, final)))
    return starts_report(lesson("lecture"), many, UNICODE)


def test_it_says_how_far_the_starts_of_the_lecture_get(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "starts", "lecture", "--count", "20", "--from-seed", "150")
    assert (answer.code, answer.err) == (0, "")
    title, summary, spread, bars, stuck, best, worst = answer.out.split("\n\n")
    assert title == _LECTURE
    assert summary.splitlines() == ["Starts = 20", "Iterations = 10 000", "First seed = 150"]
    assert spread.splitlines()[0] == "J of iteration 10 000, from the least to the greatest"
    names = [line.strip().rsplit("  ", 1)[0].split("  ")[0] for line in spread.splitlines()[1:]]
    assert names == ["least", "lower quartile", "median", "upper quartile", "greatest"]
    assert spread.splitlines()[5].split() == ["greatest", "1.226389e-03", "seed", "151"]
    assert bars.splitlines()[-1].startswith("  from 1.0e-03")
    assert stuck.startswith("Stuck: ")
    assert " of 20 starts. " in stuck
    assert best.splitlines()[1].split()[0] == spread.splitlines()[1].split()[-1]
    assert worst.splitlines()[1].split() == ["151", "0.001226389"]
    assert len(best.splitlines()) == len(worst.splitlines()) == 6


def test_json_has_every_start_with_all_digits(capsys: pytest.CaptureFixture[str]) -> None:
    answer = _json(capsys, "lecture", "--count", "12", "--iterations", "5000")
    costs = answer["final_costs"]
    assert answer["seeds"] == list(range(1, 13))
    assert (answer["starts"], answer["first_seed"], answer["iterations"]) == (12, 1, 5000)
    assert costs[0] == pytest.approx(figures_of_R("r_lecture")["cost_hist"][4999], rel=1e-9, abs=0)
    by_cost = sorted(answer["seeds"], key=lambda seed: costs[seed - 1])
    assert answer["best_seeds"] == by_cost[:5]
    assert answer["worst_seeds"] == by_cost[:-6:-1]
    assert answer["least"] == min(costs)
    assert answer["greatest"] == max(costs)
    assert answer["median"] == pytest.approx(float(np.median(costs)))
    assert sum(answer["bar_counts"]) == 12
    assert answer["overflowed_seeds"] == []


def test_csv_has_a_line_for_each_start(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("xor", "--count", "4", "--iterations", "3")
    answer = command(capsys, "starts", *arguments, "--format", "csv")
    assert (answer.code, answer.err) == (0, "")
    header, *rows = csv.reader(answer.out.splitlines())
    assert header == ["name", "row", "column", "value"]
    costs = [float(value) for name, _, _, value in rows if name == "final_costs"]
    assert costs == _json(capsys, *arguments)["final_costs"]


def test_a_start_is_the_lesson_s_own_with_another_seed(capsys: pytest.CaptureFixture[str]) -> None:
    trained = json.loads(command(capsys, "train", "xor", "--iterations", "50", "--format", "json").out)
    answer = _json(capsys, "xor", "--count", "3", "--iterations", "50")
    assert answer["final_costs"][0] == pytest.approx(trained["cost"], rel=1e-9)


def test_starts_that_overflow_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        '[network]\nactivation = "identity"\noutput_activation = "identity"\n'
        '[start]\nmethod = "normal"\n[training]\nlearning_rate = 0.5\niterations = 200'
    )
    path = str(written(tmp_path, source))
    answer = _json(capsys, path, "--count", "40")
    overflowed = answer["overflowed_seeds"]
    assert 0 < len(overflowed) < 40
    assert [seed for seed, cost in zip(answer["seeds"], answer["final_costs"], strict=True) if cost is None] == (
        overflowed
    )
    assert sum(answer["bar_counts"]) == 40 - len(overflowed)
    assert not set(overflowed) & {*answer["best_seeds"], *answer["worst_seeds"]}
    text = command(capsys, "starts", path, "--count", "40").out
    assert f"Overflowed: {len(overflowed)} of 40 starts" in text
    assert "A learning rate below 0.5 may help." in text


def test_where_every_start_overflows_that_is_all_there_is_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "starts", "too-fast", "--count", "3")
    assert (answer.code, answer.err) == (0, "")
    assert "Overflowed: 3 of 3 starts" in answer.out
    assert "Stuck" not in answer.out
    assert "nan" not in answer.out
    values = _json(capsys, "too-fast", "--count", "3")
    assert values["final_costs"] == [None, None, None]
    assert values["median"] is None
    assert (values["best_seeds"], values["bar_counts"]) == ([], [])


def test_a_single_start_is_the_best_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    out = command(capsys, "starts", "lecture", "--count", "1", "--iterations", "1").out
    assert "The best seeds\n  1  0.01052273\n" in out
    assert "The worst seeds" not in out


@given(
    costs=st.lists(st.floats(0, 1e300) | st.sampled_from((0.0, 5e-324, 1e-12, 1e-3, 1.7e308)), min_size=1, max_size=40),
    overflowed=st.integers(0, 3),
)
def test_every_start_that_did_not_overflow_is_in_the_bar_of_its_cost(costs: list[float], overflowed: int) -> None:
    report = _report(costs + [float("nan")] * overflowed)
    bars_from, counts = report.values["bars_from"], report.values["bar_counts"]
    assert isinstance(bars_from, list)
    assert isinstance(counts, list)
    assert len(counts) <= 18
    assert counts[0] > 0
    assert counts[-1] > 0
    edges = [*bars_from, float("inf")]
    assert edges == sorted(edges)
    assert counts == [sum(low <= cost < high for cost in costs) for low, high in pairwise(edges)]
    drawn = [line.split() for line in report.text().splitlines() if line.startswith("  from ")]
    assert [int(line[2]) for line in drawn] == counts
    assert [len(line) > 3 for line in drawn] == [count > 0 for count in counts]


def test_a_report_on_no_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="no starts"):
        starts_report(lesson("lecture"), _many(np.empty((0, 3))), UNICODE)


def test_where_only_ascii_can_be_printed_only_ascii_is() -> None:
    answer = process("starts", "xor", "--count", "9", PYTHONIOENCODING="ascii")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.isascii()
    assert "?" not in answer.out
    assert "##" in answer.out


def test_nothing_of_the_screen_is_loaded() -> None:
    # In a process of its own, as other tests in this one may have loaded it.
    answer = process("starts", "lecture", "--count", "2", "--iterations", "5", PYTHONPROFILEIMPORTTIME="1")
    assert answer.code == 0
    assert "tui_nn.network.training.many_starts" in answer.err
    assert not [line for line in answer.err.splitlines() if line.endswith((" textual", " plotext", " rich"))]


_BAD_REQUESTS = {
    "no file": ([], "FILE"),
    "no starts": (["lecture", "--count", "0"], "--count must be from 1 to 100 000; you typed 0"),
    "too many starts": (["lecture", "--count", "100001"], "100 000"),
    "starts in words": (["lecture", "--count", "many"], '"many"'),
    "a seed in words": (["lecture", "--from-seed", "first"], '"first"'),
    "a seed of thousands of digits": (["lecture", "--from-seed", "9" * 9000], "whole number"),
    "a seed that R does not take": (["lecture", "--from-seed", "2147483647"], "2147483648"),
    "no iterations": (["lecture", "--iterations", "0"], "you typed 0"),
    "every weight at 1": (["lecture-ones"], '"ones"'),
    "an unknown format": (["lecture", "--format", "xml"], "xml"),
}


@pytest.mark.parametrize("case", _BAD_REQUESTS)
def test_a_request_that_can_t_be_met_exits_with_2_and_one_sentence(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, fragment = _BAD_REQUESTS[case]
    answer = command(capsys, "starts", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert answer.err.startswith("tui-nn: ")
    assert fragment in answer.err


def test_given_weights_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = '[start]\nmethod = "given"\nW1 = [[1, 2, 3], [4, 5, 6]]\nW2 = [[1], [2], [3]]'
    answer = command(capsys, "starts", str(written(tmp_path, source)))
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err)
    assert '"given"' in answer.err


def test_help_names_the_command_and_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, fragments in ((["--help"], ["starts"]), (["starts", "--help"], ["--count", "--from-seed"])):
        with pytest.raises(SystemExit) as left:
            command(capsys, *arguments)
        assert left.value.code == 0
        out = capsys.readouterr().out
        assert all(fragment in out for fragment in fragments)
