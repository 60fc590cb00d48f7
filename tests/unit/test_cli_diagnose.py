"""``tui-nn diagnose``: what students' programs printed, in R and in numpy, right and with mistakes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.programs import needs
from tests.unit.command_line import Answer, command

_DATA = Path(__file__).resolve().parents[1] / "data" / "diagnose"
_LECTURE = "lecture"


def _diagnosed(
    capsys: pytest.CaptureFixture[str], name: str, *options: str, lesson: str = _LECTURE
) -> tuple[int, Mapping[str, Any]]:
    answer = command(capsys, "diagnose", lesson, str(_DATA / name), "--format", "json", *options)
    return answer.code, json.loads(answer.out)


@pytest.mark.parametrize(
    "name", ["right_in_r.txt", "right_at_the_end_in_r.txt", "right_plus_in_numpy.txt", "right_turned_in_numpy.json"]
)
def test_a_right_program_is_not_accused(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, found = _diagnosed(capsys, name)
    assert code == 0
    assert found["first_difference"] is None
    assert found["explanations"] == []
    assert {"Y_hat", "W1_next", "W2_next"} <= set(found["agrees"])
    assert all(one["agrees"] for one in found["compared"])


def test_a_program_that_adds_the_step_of_y_minus_y_hat_is_told_that_this_is_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, found = _diagnosed(capsys, "right_plus_in_numpy.txt")
    assert (code, found["first_difference"]) == (0, None)
    assert "opposite sign" in found["convention"]
    assert "that is right" in found["convention"]


def test_a_program_with_adam_that_trains_in_batches(capsys: pytest.CaptureFixture[str]) -> None:
    # A student's program in R; row 5 is kept back. It calls M and S m and v, as Adam's paper does.
    lesson = str(_DATA / "adam_in_batches.toml")
    code, found = _diagnosed(capsys, "right_adam_in_r.txt", lesson=lesson)
    assert (code, found["first_difference"]) == (0, None)
    assert {"Y_hat", "M_W1", "S_W1", "W1_next"} <= set(found["agrees"])
    code, found = _diagnosed(capsys, "adam_uncorrected_in_r.txt", lesson=lesson)
    assert (code, found["first_difference"]["matrix"]) == (1, "W1_next")
    assert [one["mistake"] for one in found["explanations"]] == ["no bias correction"]
    assert found["explanations"][0]["wrong"] == ["M_hat_W1 <- M_W1"]


@pytest.mark.parametrize(
    ("lesson", "name", "mistake", "first", "wrong"),
    [
        (_LECTURE, "wrong_sign_in_r.txt", "wrong sign", "W1_next", "W1_next <- W1 + learning_rate * dJdW1"),
        (
            _LECTURE,
            "forgotten_derivative_in_numpy.txt",
            "forgotten derivative, hidden",
            "delta2",
            "delta2 <- delta3 %*% t(W2)",
        ),
        (
            _LECTURE,
            "derivative_at_a.json",
            "derivative at a instead of z",
            "delta3",
            "delta3 <- -(Y - Y_hat) * sigmoidprime(Y_hat)",
        ),
        (_LECTURE, "other_learning_rate_in_numpy.txt", "other learning rate", "W1_next", "learning_rate <- 1"),
        (
            "homework-biases",
            "bias_recycled_in_r.txt",
            "bias recycled down the columns",
            "Z2",
            "Z2 <- X %*% W1 + b1",
        ),
    ],
)
def test_a_mistake_is_named_with_its_first_difference_and_its_line(
    capsys: pytest.CaptureFixture[str], lesson: str, name: str, mistake: str, first: str, wrong: str
) -> None:
    code, found = _diagnosed(capsys, name, lesson=lesson)
    assert code == 1
    assert found["first_difference"]["matrix"] == first
    assert found["first_difference"]["iteration"] == 1
    best = found["explanations"][0]
    assert (best["mistake"], best["mistakes"]) == (mistake, [mistake])
    assert best["largest_difference"] < 1e-6
    assert best["wrong"] == [wrong]
    assert first not in found["agrees"]


def test_the_first_difference_has_the_cell_with_both_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = _diagnosed(capsys, "forgotten_derivative_in_numpy.txt")
    first = found["first_difference"]
    assert (first["row"], first["column"], first["theirs"]) == (1, 1, 0.00988761)
    assert first["ours"] == pytest.approx(0.002349942, abs=5e-10)
    assert found["agrees"] == ["Z2", "A2", "Z3", "Y_hat", "cost", "delta3", "dJdW2", "W2_next"]


def test_two_mistakes_are_named_together(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = _diagnosed(capsys, "two_mistakes_in_r.txt")
    best = found["explanations"][0]
    assert code == 1
    assert best["mistakes"] == ["data not scaled", "error in place of delta"]
    assert best["mistake"] == "data not scaled and error in place of delta"
    assert best["wrong"][0] == "Y <- y"


_OF_ITERATION_1 = """Z3:
[[1.52533104]
 [1.2858242 ]
 [1.44403523]]
yhat:
[[0.82132216]
 [0.78343955]
 [0.80907875]]
"""


def test_numbers_of_another_iteration_are_said_to_be_that(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    numbers = tmp_path / "mine.txt"
    numbers.write_text(_OF_ITERATION_1, encoding="utf-8")
    of_iteration_2 = ("diagnose", _LECTURE, str(numbers), "--iteration", "2", "--format")
    code, found, _ = command(capsys, *of_iteration_2, "json")
    assert (code, json.loads(found)["same_as_iteration"]) == (1, 1)
    text = " ".join(command(capsys, *of_iteration_2, "text").out.split())
    assert "These are the numbers of iteration 1, not of iteration 2." in text


def test_the_text_goes_from_what_was_read_to_what_explains_it(capsys: pytest.CaptureFixture[str]) -> None:
    name = str(_DATA / "forgotten_derivative_in_numpy.txt")
    text = command(capsys, "diagnose", _LECTURE, name, "--signs", "all").out
    parts = [
        "Compared: Z⁽²⁾, A⁽²⁾",
        "Your text does not say of which iteration",
        "Right so far: Z⁽²⁾, A⁽²⁾, Z⁽³⁾, Ŷ, J, δ⁽³⁾, ∂J/∂W⁽²⁾\n",
        "First difference: δ⁽²⁾ in iteration 1",
        "yours",
        "Every number differs.",
        "Differs as well: ∂J/∂W⁽¹⁾, new W⁽¹⁾",
        "Still right: new W⁽²⁾",
        "What explains it: forgotten derivative, hidden",
        "wrong    delta2 <- delta3 %*% t(W2)",
        "right    delta2 <- (delta3 %*% t(W2)) * sigmoidprime(Z2)",
        "that is  δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾)",
        "With this mistake, a program prints these numbers to within",
        "The same numbers come from: derivative of another activation.",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert max(map(len, text.splitlines())) <= 79


def test_ascii_is_ascii(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_NN_SIGNS", "ascii")
    for name in ("forgotten_derivative_in_numpy.txt", "two_mistakes_in_r.txt", "right_plus_in_numpy.txt"):
        assert command(capsys, "diagnose", _LECTURE, str(_DATA / name)).out.isascii(), name


_NOTHING_KNOWN = """delta2:
             [,1]          [,2]          [,3]
[1,]  0.002349942  0.0013088149  0.0013190234
[2,] -0.001449328 -0.0009705805 -0.0009566424
[3,] -0.004227278 -0.0024974198 -0.0027181980

dJdW1:
              [,1]          [,2]          [,3]
[1,] -0.0042469591 -0.0025900656 -2.800812e-03
[2,]  0.0003691652  0.0001157309  4.441576e-05
"""


def test_where_nothing_explains_the_numbers_the_text_says_where_to_look(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    numbers = tmp_path / "mine.txt"
    numbers.write_text(_NOTHING_KNOWN, encoding="utf-8")
    answer = command(capsys, "diagnose", _LECTURE, str(numbers), "--iteration", "1", "--signs", "all")
    assert answer.code == 1
    assert "1 number differs (*), 5 numbers agree. The first is in row 2, column 3" in answer.out
    assert "No mistake that tui-nn knows" in answer.out
    assert "right    dJdW1 <- t(X) %*% delta2" in answer.out
    looked_at = "Its input δ⁽²⁾ agrees. You did not print X. It may be wrong already: print it as well."
    assert looked_at in " ".join(answer.out.split())


def _process(*arguments: str, text: str = "") -> Answer:
    done = subprocess.run(
        [sys.executable, "-m", "tui_nn", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_the_numbers_may_come_from_standard_input() -> None:
    answer = _process("diagnose", _LECTURE, "-", text=(_DATA / "right_in_r.txt").read_text(encoding="utf-8"))
    assert answer.code == 0
    assert "No mistake found: all numbers agree with the lesson's, to the digits given." in answer.out


@pytest.mark.posix
def test_what_cannot_be_read_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("It does not work.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    os.mkfifo(tmp_path / "pipe")
    for name, why in (
        ("words.txt", "There are no numbers in this text."),
        ("empty.txt", "There are no numbers in this text."),
        ("picture.png", "This file is no text."),
        ("pipe", "This is a device, a pipe or a socket."),
        (".", "This is a directory."),
        ("missing.txt", "can't be read: no such file or directory"),
        ("a\0b", "is no name that a file can have"),
        ("/dev/zero", "This is a device, a pipe or a socket."),
    ):
        answer = command(capsys, "diagnose", _LECTURE, str(tmp_path / name))
        assert (answer.code, answer.out) == (2, ""), name
        assert why in answer.err, name
        assert answer.err.count("\n") == 1, name


@pytest.mark.parametrize(
    ("iteration", "why"),
    [
        ("10001", "there is no iteration 10001: the lesson has 10 000"),
        ("0", "--iteration must be"),
        ("one", "you typed"),
    ],
)
def test_an_iteration_that_is_not_there_is_refused(
    capsys: pytest.CaptureFixture[str], iteration: str, why: str
) -> None:
    answer = command(capsys, "diagnose", _LECTURE, str(_DATA / "right_in_r.txt"), "--iteration", iteration)
    assert (answer.code, answer.out) == (2, "")
    assert why in answer.err


def test_no_control_character_of_a_stranger_reaches_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(
        "\x1b]0;owned\x07evil\x1b[2J\u202e:\n[1,] 1 2\n[2,] 3 4\n\n"
        '$"\x1b[31mW1\x9b2J"\n[1,] 0.1 0.2 0.3\n[2,] 0.1 0.2 0.3\n\nW1:\n[1,] 0.2 0.3 0.4\n[2,] 0.1 0.2 0.3\n',
        encoding="utf-8",
    )
    for form in ("text", "json"):
        answer = command(capsys, "diagnose", _LECTURE, str(hostile), "--iteration", "1", "--format", form)
        assert answer.code == 1
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", answer.out + answer.err)


@needs("Rscript", called="R")
@pytest.mark.parametrize("lesson", ["adam_in_batches.toml", "overfitting"])
@pytest.mark.parametrize("form", ["r", "python"])
def test_the_exported_program_is_not_accused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lesson: str, form: str
) -> None:
    # It prints Ŷ of all training rows and of the test rows as well.
    file = str(_DATA / lesson) if lesson.endswith("toml") else lesson
    program, printed = tmp_path / "program", tmp_path / "printed.txt"
    program.write_text(command(capsys, "export", file, "--to", form).out, encoding="utf-8")
    run = ["Rscript", "--vanilla"] if form == "r" else [sys.executable]
    done = subprocess.run([*run, str(program)], capture_output=True, check=True)
    printed.write_bytes(done.stdout)
    answer = command(capsys, "diagnose", file, str(printed))
    assert (answer.code, "No mistake found" in answer.out) == (0, True)
    assert "the name says test rows" in " ".join(answer.out.split())
