"""What a question hides: the number that is asked for, under every name that it has, until it is answered."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.unit.helpers import after_events, dataset, lesson
from tui_nn.session.document import Document
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


_ONE_ROW = {"x": [[1.0, 0.5]], "y": [[0.5]], "bias": True}
_TWO_CLASSES = {"x": [[0.2], [0.3]], "y": [[1.0, 0.0], [0.0, 1.0]], "output_activation": "softmax"}
_ONE_HOT = {"x": [[1.0, 0.0], [0.0, -1.0]], "y": [[0.5], [0.25]]}

_TOLD: Mapping[str, tuple[Mapping[str, Any], str, Question, str]] = {
    # What the document is besides, its cost, the question, and the cells that would tell what is asked for.
    "δ of softmax": (_TWO_CLASSES, "cross-entropy", Question("cell", "delta3"), "delta3[1,2] error[1,1] error[1,2]"),
    "of two classes, one tells the other": (
        _TWO_CLASSES,
        "cross-entropy",
        Question("cell", "dJdW2", row=2),
        "dJdW2[2,2]",
    ),
    "both classes": (_TWO_CLASSES, "cross-entropy", Question("row", "delta3"), "error[1,0]"),
    "a δ's sign": (_ONE_HOT, "cross-entropy", Question("sign", "delta3", row=2), "error[2,1]"),
    "all of δ": (_ONE_HOT, "cross-entropy", Question("matrix", "delta3"), "error[0,0]"),
    "a prediction": (_ONE_HOT, "cross-entropy", Question("cell", "Y_hat", row=2), "delta3[2,1] error[2,1]"),
    "a δ of the mean": (
        {**_ONE_HOT, "reduction": "mean"},
        "cross-entropy",
        Question("cell", "delta3", row=2),
        "error[2,1]",
    ),
    "a prediction of one row": (
        _ONE_ROW,
        "cross-entropy",
        Question("cell", "Y_hat"),
        "dJdb2[1,1] delta3[1,1] error[1,1]",
    ),
    "squared errors with f′": (_ONE_HOT, "half squared error", Question("cell", "delta3"), ""),
    "a prediction with squared errors": (_ONE_HOT, "half squared error", Question("cell", "Y_hat"), ""),
    "squared errors with f′ = 1": (
        {**_ONE_HOT, "output_activation": "identity"},
        "squared error",
        Question("cell", "delta3"),
        "error[1,1]",
    ),
    "the sum of an output that is the output": (
        {**_ONE_HOT, "output_activation": "identity"},
        "half squared error",
        Question("cell", "Z3"),
        "Y_hat[1,1] delta3[1,1] error[1,1]",
    ),
    "an output that is its sum": (
        {**_ONE_HOT, "output_activation": "identity"},
        "half squared error",
        Question("cell", "Y_hat"),
        "Z3[1,1] delta3[1,1] error[1,1]",
    ),
    "what relu keeps": (
        {**_ONE_HOT, "activation": "relu"},
        "half squared error",
        Question("cell", "Z2", column=2),
        "A2[1,2]",
    ),
    "what relu is computed from": (
        {**_ONE_HOT, "activation": "relu"},
        "half squared error",
        Question("cell", "A2", column=2),
        "",
    ),
    "a slope of an input of −1": (
        _ONE_HOT,
        "half squared error",
        Question("cell", "dJdW1", row=2, column=3),
        "delta2[2,3]",
    ),
    "a slope of one row": (
        _ONE_ROW,
        "half squared error",
        Question("cell", "dJdW1", column=3),
        "dJdb1[1,3] delta2[1,3]",
    ),
    "a slope with a penalty": (
        {**_ONE_ROW, "l2": 0.1, "penalise_biases": True},
        "half squared error",
        Question("cell", "delta2"),
        "",
    ),
    "a weight that is a sum": (_ONE_HOT, "half squared error", Question("cell", "W1", row=2, column=3), "Z2[2,3]"),
    "a fixed weight": ({**_ONE_ROW, "fixed": ("W2",)}, "half squared error", Question("cell", "W2"), "W2_next[1,1]"),
}


@pytest.mark.parametrize("case", _TOLD)
def test_what_tells_the_number_at_a_glance_is_hidden_with_it(case: str) -> None:
    changes, cost, question, expected = _TOLD[case]
    settings = {key: value for key, value in changes.items() if key not in ("x", "y")}
    data = dataset(np.array(changes["x"]), np.array(changes["y"]))
    opened = State.opened(Document(title=case, dataset=data, cost=cost, **settings))
    asking = State(opened.branches, opened.step, questions={1: question}, last_question=1)
    found = {f"{one.name}[{one.row},{one.column}]" for one in hidden_at(asking, 1).cells}
    row, column = (
        (0 if question.ask == "matrix" else question.row),
        (0 if question.ask in ("row", "matrix") else question.column),
    )
    assert " ".join(sorted(found - {f"{question.matrix}[{row},{column}]"})) == expected
