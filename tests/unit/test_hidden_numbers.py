"""What a question hides: the number that is asked for, under every name that it has, until it is answered."""

from collections.abc import Mapping

import pytest

from tests.unit.helpers import after_events, lesson
from tui_nn.session.events import Answered
from tui_nn.session.quiz.hidden_numbers import hidden_at
from tui_nn.session.quiz.questions import Question
from tui_nn.session.state import State


def _asking(question: Question) -> State:
    opened = State.opened(lesson("lecture"))
    return State(opened.branches, opened.step, questions={1: question}, last_question=1)


_ASKED: Mapping[str, tuple[Question, int, str]] = {
    "a cell, in its iteration": (Question("cell", "delta3", 5, row=2), 5, "delta3[2,1]"),
    "a cell, in the iteration before": (Question("cell", "delta3", 5, row=2), 4, ""),
    "a cell, in the next iteration": (Question("cell", "delta3", 5, row=2), 6, ""),
    "a weight, in its iteration": (Question("cell", "W1", 5, row=2, column=3), 5, "W1[2,3]"),
    "a weight, where the update makes it": (Question("cell", "W1", 5, row=2, column=3), 4, "W1_next[2,3]"),
    "a weight, in the next iteration": (Question("cell", "W1", 5, row=2, column=3), 6, ""),
    "an updated weight, in its iteration": (Question("cell", "W2_next", 5, row=3), 5, "W2_next[3,1]"),
    "an updated weight, where it is the weight": (Question("cell", "W2_next", 5, row=3), 6, "W2[3,1]"),
    "an updated weight, two iterations on": (Question("cell", "W2_next", 5, row=3), 7, ""),
    "data, in any iteration": (Question("cell", "X", 5, row=3, column=2), 77, "X[3,2]"),
    "the truth, in any iteration": (Question("cell", "Y", 5, row=3), 1, "Y[3,1]"),
    "a row": (Question("row", "Z2", 5, row=2, column=3), 5, "Z2[2,0]"),
    "a matrix": (Question("matrix", "Z2", 5, row=2, column=3), 5, "Z2[0,0]"),
    "a sign": (Question("sign", "dJdW1", 5, row=2, column=3), 5, "sign dJdW1[2,3]"),
    "a sign, in another iteration": (Question("sign", "dJdW1", 5, row=2, column=3), 6, ""),
    "a shape, in any iteration": (Question("shape", "delta2", 5), 77, "shape delta2"),
    "a weight's shape": (Question("shape", "W1", 5), 1, "shape W1, shape W1_next, shape dJdW1"),
}


@pytest.mark.parametrize("case", _ASKED)
def test_what_is_asked_for_is_hidden_wherever_it_can_be_seen(case: str) -> None:
    question, iteration, expected = _ASKED[case]
    hidden = hidden_at(_asking(question), iteration)
    found = [f"{area.name}[{area.row},{area.column}]" for area in hidden.cells]
    found += [f"sign {area.name}[{area.row},{area.column}]" for area in hidden.signs]
    found += [f"shape {name}" for name in sorted(hidden.shapes)]
    assert ", ".join(found) == expected
    assert hidden.matrices == {one.split()[-1].partition("[")[0] for one in found}


@pytest.mark.parametrize(
    ("ask", "cells"),
    [("cell", {(2, 3)}), ("sign", {(2, 3)}), ("row", {(2, 1), (2, 2), (2, 3)}), ("shape", set())],
)
def test_no_other_cell_is_hidden(ask: str, cells: set[tuple[int, int]]) -> None:
    hidden = hidden_at(_asking(Question(ask, "Z2", 5, row=2, column=3)), 5)
    every = [(row, column) for row in range(1, 4) for column in range(1, 4)]
    assert {cell for cell in every if hidden.has_cell("Z2", *cell)} == cells
    assert not any(hidden.has_cell("A2", *cell) for cell in every)


@pytest.mark.parametrize(("ask", "answer"), [("cell", "1"), ("shape", "3x3"), ("sign", "-"), ("cell", "")])
def test_what_was_answered_or_given_up_is_hidden_no_more(ask: str, answer: str) -> None:
    asking = _asking(Question(ask, "Z2", 1, "Z2"))
    assert hidden_at(asking, 1).matrices == {"Z2"}
    assert hidden_at(after_events(asking, [Answered(1, answer)]), 1).matrices == set()
