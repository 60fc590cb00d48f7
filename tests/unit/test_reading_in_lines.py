"""``walk``, ``derive`` and ``show --cell``: a lesson in lines of text."""

import io
import json
import sys

import pytest

from tests.unit.command_line import Answer, command


def _walked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, keys: str, lesson: str = "lecture"
) -> Answer:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return command(capsys, "walk", lesson)


def test_a_whole_iteration_is_read_step_by_step(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _walked(capsys, monkeypatch, 10 * "n")
    assert told.code == 0
    assert told.out.isascii()
    steps = ["Z2", "A2", "Z3", "Y_hat", "J", "delta3", "dJ/dW2", "delta2", "dJ/dW1"]
    places = [told.out.index(f"Step {number} of 10: {step}.") for number, step in enumerate(steps, start=1)]
    assert places == sorted(places)
    # R's numbers, as the lecture prints them.
    assert "Z2[1,1] = 0.30000 . 0.26551 + 1.00000 . 0.37212 = 0.4518" in told.out
    assert "\n  row 1: 0.2867  0.5858  0.2157\n" in told.out
    # Each factor in the formula's order, with the shape that it has there.
    assert "Z3 = A2 . W2\nZ3 is 3 by 1, A2 3 by 3, W2 3 by 1.\n" in told.out
    assert "\ndelta2 is 3 by 3, delta3 3 by 1, W2' 1 by 3, f'(Z2) 3 by 3.\n" in told.out
    assert "Iteration 2 of 10 000." in told.out


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("p", "This is the first step of the first iteration."),
        ("\x1b[C\x1b[D", "Step 1 of 10: Z2."),
        ("g37 delta3\n", "Step 6 of 10: delta3."),
        ("g37\n", "Iteration 37."),
        ("gfoo\n", 'There is no step "foo"; the steps are Z2 A2 Z3'),
        ("g0\n", "This is the first iteration."),
        ("g10001\n", "There is no iteration 10001: the lesson has 10 000."),
        ("edelta2[1,3]\n", "delta2[1,3] = delta3[1,1] . W2[3,1] . f'(Z2[1,3])"),
        ("eZ9[1,1]\n", 'There is no number "Z9[1,1]"; name one such as delta2[1,3].'),
        ("e\n", "Z2[1,1]: row 1, hidden unit 1."),
        ("gdelta2\ny", "7. All rows, one below the other."),
        ("\x1b[F", "Step 10 of 10: the update."),
        ("#", "This key does nothing here. Press ? for the keys."),
    ],
)
def test_keys(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, keys: str, told: str) -> None:
    assert told in _walked(capsys, monkeypatch, keys).out


def test_batches_say_which_rows_they_have(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told = _walked(capsys, monkeypatch, "", "circle").out
    assert "Iteration 1 of 3 000, epoch 1, 10 rows." in told
    assert "X, 10 rows, 2 columns:" in told


def test_a_note_is_read_at_its_step_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told = _walked(capsys, monkeypatch, "n", "lecture-walkthrough").out
    first, second = told.split("\nStep ")[1:3]
    assert "Note: A row of X times a column of W1: one sum for each hidden unit.\n" in first
    assert "Note: The sigmoid turns every sum into a number between 0 and 1, cell by cell.\n" in second
    assert "A row of X" not in second


def test_a_number_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "show", "lecture", "--iteration", "2", "--cell", "W2_next[1,1]", "--format", "json"
    told = json.loads(command(capsys, *asked).out)
    # R has 1.00825086.
    assert (told["iteration"], told["cell"]) == (2, "W2_next[1,1]")
    assert told["explanation"][-1] == "new W⁽²⁾[1,1] = 1.0083"
    refused = command(capsys, "show", "lecture", "--iteration", "2", "--cell", "Y_hat[4,1]")
    assert (refused.code, refused.err) == (2, "tui-nn: Y_hat has 3 rows and 1 column; you asked for Y_hat[4,1]\n")


def test_a_formula_is_derived(capsys: pytest.CaptureFixture[str]) -> None:
    told = command(capsys, "derive", "lecture", "--step", "delta2").out
    assert "  7. All rows, one below the other." in told
    assert "     δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾)" in told
    every = json.loads(command(capsys, "derive", "lecture", "--format", "json").out)
    assert [*every] == ["Z2", "A2", "Z3", "Y_hat", "J", "delta3", "dJdW2", "delta2", "dJdW1", "update"]
    assert any(not line["right"] for line in every["delta2"])
