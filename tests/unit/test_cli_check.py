"""tui-nn check: one weight, or the whole gradient, at each ε."""

import json

import pytest

from tests.unit.helpers import command, is_one_sentence, lesson
from tui_nn.network import EPSILONS


@pytest.mark.parametrize("spelling", ["W1[1,2]", "w1[1,2]", "W⁽¹⁾[1,2]", "∂J/∂W⁽¹⁾[1, 2]", "dJdW1[1,2]"])
def test_a_weight_is_checked_by_any_of_its_names(spelling: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "check", "lecture", "--weight", spelling, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert (found["matrix"], found["row"], found["column"], found["passed"]) == ("W1", 1, 2, True)
    assert found["weight"] == 0.57285336335189641
    assert [rung["epsilon"] for rung in found["ladder"]] == list(EPSILONS)
    for rung in found["ladder"]:
        assert rung["numeric"] == (rung["above"] - rung["below"]) / (2 * rung["epsilon"])
    assert found["best_epsilon"] in (1e-4, 1e-5, 1e-6)
    assert found["analytic"] == pytest.approx(found["ladder"][4]["numeric"], rel=1e-8)


def test_the_whole_gradient_is_checked_at_each_epsilon(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "check", "homework-biases", "--ladder", "--iteration", "37")
    assert (answer.code, answer.err) == (0, "")
    assert [line.split()[0] for line in answer.out.splitlines() if line.startswith("1e-")] == [
        f"{epsilon:.0e}" for epsilon in EPSILONS
    ]
    assert "better, until rounding takes over at about 1e-05; then worse." in answer.out
    assert "The gradients agree" in answer.out


@pytest.mark.parametrize("what", [("--ladder",), ("--weight", "W1[1,1]")])
def test_a_ladder_of_one_epsilon_passes_or_fails_at_that(
    what: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(capsys, "check", "lecture", *what, "--epsilon", "1").code == 1
    answer = command(capsys, "check", "lecture", *what, "--epsilon", "1e-5", "--format", "json")
    assert answer.code == 0
    assert [rung["epsilon"] for rung in json.loads(answer.out)["ladder"]] == [1e-5]


def test_every_weight_of_a_lesson_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    for name, (rows, columns) in lesson("homework-biases").network.shapes.items():
        assert command(capsys, "check", "homework-biases", "--weight", f"{name}[{rows},{columns}]").code == 0


@pytest.mark.parametrize("weight", ["W9[1,1]", "W1[3,1]", "W1[0,1]", "W1", "Z2[1,1]", "\x1b[31mred[1,1]", ""])
def test_a_weight_that_there_is_not_is_refused_in_one_sentence(weight: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "check", "lecture", f"--weight={weight}")
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err)
    assert "W1[1,1] to W1[2,3], W2[1,1] to W2[3,1]" in answer.err


def test_a_weight_and_the_whole_gradient_are_two_requests(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "check", "lecture", "--weight", "W1[1,1]", "--ladder")
    assert answer.code == 2
    assert is_one_sentence(answer.err)
