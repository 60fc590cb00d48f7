"""tui-nn check: one weight, or the whole gradient, at each ε."""

import json
import re
from typing import Any

import pytest

from tests.unit.command_line import command
from tests.unit.helpers import DATA, is_one_sentence, lesson
from tui_nn.network import EPSILONS, Mistake, possible_mistakes
from tui_nn.writing.sentences.mistake_sentences import parse_mistake


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


@pytest.mark.parametrize("what", [(), ("--ladder",), ("--weight", "W1[1,1]")])
def test_an_epsilon_that_is_asked_for_is_the_only_one(
    what: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = command(capsys, "check", "lecture", *what, "--epsilon", "1")
    assert answer.code == 0
    assert "ε = 1 is too large: J bends too much from w − ε to w + ε for the quotient to be its slope" in answer.out
    assert "Choose ε = 1e-05." in answer.out
    answer = command(capsys, "check", "lecture", *what, "--epsilon", "1e-5", "--format", "json")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["verdict"] == "agree"
    assert [rung["epsilon"] for rung in found.get("ladder", [found])] == [1e-5]


def test_an_epsilon_that_rounding_hides_is_too_small(capsys: pytest.CaptureFixture[str]) -> None:
    told = command(capsys, "check", "lecture", "--weight", "W1[1,1]", "--epsilon", "1e-14")
    assert told.code == 0
    assert "W⁽¹⁾[1,1]: ε = 1e-14 is too small: J changes by 8.5e−17 from w − ε to w + ε" in told.out
    assert "Choose ε = 1e-05." in told.out
    assert command(capsys, "check", "lecture", "--epsilon", "1e-300").code == 2


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


def _checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    answer = command(capsys, "check", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(answer.out)
    assert answer.code == (0 if found["passed"] else 1)
    return found


@pytest.mark.parametrize(
    ("lesson_name", "iteration", "verdict", "of_weight"),
    [
        ("lecture", "1", "agree", "agree"),
        ("homework-biases", "10000", "too small to be measured here", "too small to be measured here"),
        (str(DATA / "saturated_10_20.toml"), "1", "too small to be measured here", "too small to be measured here"),
        (str(DATA / "relu_xor_zero_bias.toml"), "1", "agree", "kink of relu"),
        ("too-fast", "129", "overflow", "overflow"),
    ],
)
def test_the_gradient_a_weight_and_the_ladder_have_one_verdict(
    lesson_name: str, iteration: str, verdict: str, of_weight: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = lesson_name, "--iteration", iteration
    whole, ladder = _checked(capsys, *asked), _checked(capsys, *asked, "--ladder")
    assert whole["verdict"] == ladder["verdict"] == verdict
    assert whole["left_out"] == ladder["left_out"]
    left_out = {(one["matrix"], one["row"], one["column"]): one["verdict"] for one in whole["left_out"]}
    place = ("b1", 1, 1) if of_weight == "kink of relu" else ("W1", 1, 1)
    one = _checked(capsys, *asked, "--weight", "{}[{},{}]".format(*place))
    assert one["verdict"] == left_out.get(place, "agree") == of_weight
    assert one["passed"] is whole["passed"] is True


def test_what_is_left_out_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = command(capsys, "check", "homework-biases", "--iteration", "10000").out
    assert "The gradients are too small to be measured here. That is no failure" in told
    # Its digits are rounding: they differ between processors.
    assert re.search(r"It is about −\d\.\de−1\d\. .*rounding alone can change J ≈ .* Choose an earlier iteration", told)
    told = command(capsys, "check", str(DATA / "relu_xor_zero_bias.toml")).out
    assert "The gradients agree: the 13 slopes of 17 that can be measured here." in told
    assert "b⁽¹⁾[1,4]: z is 0: of hidden unit 1 in row 1, " in told
    assert "backpropagation takes relu′(0) = 0." in told
    told = command(capsys, "check", str(DATA / "relu_xor_zero_bias.toml"), "--weight", "b1[1,3]").out
    assert "z of hidden unit 3 is 0 in row 1. There relu has a kink, so J has no slope to measure" in told
    told = command(capsys, "check", "too-fast", "--iteration", "129").out
    assert "J or its slope is too large a number" in told


@pytest.mark.parametrize("mistake", possible_mistakes(lesson("lecture").network, 3))
@pytest.mark.parametrize("what", [(), ("--ladder",), ("--weight", "W1[2,3]")])
def test_a_mistake_is_checked_without_a_screen(
    what: tuple[str, ...], mistake: Mistake, capsys: pytest.CaptureFixture[str]
) -> None:
    # In the lecture the transpose that can be missing is that of A2.
    where = ("--weight", "W2[2,1]") if what[:1] == ("--weight",) and mistake is Mistake.TRANSPOSE else what
    asked = "check", "lecture", "--mistake", str(mistake), *where
    answer = command(capsys, *asked)
    assert (answer.code, answer.err) == (1, "")
    assert re.search("The (gradients|slopes) differ: .*a program with a|the mean", answer.out, re.DOTALL)
    found = json.loads(command(capsys, *asked, "--format", "json").out)
    assert (found["mistake"], found["verdict"], found["passed"]) == (mistake, "differ", False)
    if not what:
        assert all(one["analytic"] != pytest.approx(one["measured"], rel=1e-3) for one in found["differing"])


_SPELLINGS = {
    Mistake.MINUS: ("Lost Minus", "lost-minus", "minus", "a lost minus", "lost_minsu"),
    Mistake.DERIVATIVE: ("forgotten f′(Z)", "derivative", "deriv", "forgoten derivative"),
    Mistake.TRANSPOSE: ("a missing transpose", "transpose", "missing  transpose"),
    Mistake.MEAN: ("mean", "the mean in place of the sum", "mean_for_sum", "mean in place of sum"),
}


def test_a_mistake_is_known_by_its_names_and_close_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    for mistake, spellings in _SPELLINGS.items():
        assert [parse_mistake(text) for text in spellings] == [mistake] * len(spellings)
    for text in ("", "sum of all evil", "x", "\x1b[31m"):
        answer = command(capsys, "check", "lecture", "--mistake", text)
        assert (answer.code, answer.out) == (2, "")
        assert is_one_sentence(answer.err)
        assert "forgotten derivative, missing transpose, lost minus, mean for sum" in answer.err
    result = command(capsys, "check", "xor", "--mistake", "mean", "--iteration", "2")
    assert result.code == 1
    result = command(capsys, "check", str(DATA / "saturated_10_20.toml"), "--mistake", "mean")
    assert result.code == 2
    assert "then mean and sum are the same" in result.err
