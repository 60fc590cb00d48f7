"""Grades answers: compares each with what its run computes. The file does not say which answers are right."""

from collections.abc import Callable, Mapping

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.late_pattern import late_pattern
from tui_nn.network import Run, ValidationError, named_shapes
from tui_nn.network.formulas.expression import Shapes
from tui_nn.network.model.array import Array
from tui_nn.session import input_parsing, validation
from tui_nn.session.quiz.questions import CELL, ROW, SHAPE, SIGN, Question, asked_part
from tui_nn.session.state import Answer


@frozen_dataclass
class Verdict:
    """Whether an answer is right, and the right numbers: shape (rows, columns); for the shape of a matrix, 1×2."""

    is_right: bool
    expected: Array


def grade(question: Question, answer: Answer, run: Run, stop: Callable[[], bool] = lambda: False) -> Verdict | None:
    """The verdict on an answer about ``run``; None if the run ends before the question's iteration.

    Computes the run up to there, unless ``stop()`` becomes true. An answer that the class was shown is not right.
    """
    if question.ask == SHAPE:
        return grade_from_matrices(question, answer, {})
    run.extend(question.iteration, stop)
    return (
        None
        if question.iteration > run.last
        else grade_from_matrices(question, answer, run.pass_at(question.iteration).matrices)
    )


def grade_from_matrices(question: Question, answer: Answer, matrices: Mapping[str, Array]) -> Verdict:
    """The verdict on an answer, from the ``matrices`` of the question's iteration; for a shape, none are needed."""
    document = answer.plan.document_at(question.iteration)
    shapes = named_shapes(document.network, document.moment(question.iteration).rows)
    return grade_text(question, shapes, matrices, answer.text or None)


def grade_text(question: Question, shapes: Shapes, matrices: Mapping[str, Array], answer: str | None) -> Verdict:
    """The verdict on what was typed; ``answer`` is None if the class was shown the answer.

    ``matrices`` are those of the question's iteration; for a shape, none are needed. Raises `ValidationError` if
    ``answer`` is not what the question asks for, such as a word instead of a number.
    """
    if question.ask == SHAPE:
        shape = shapes[question.matrix]
        return Verdict(answer is not None and _parse_shape(answer) == shape, np.array([shape], dtype=float))
    expected = asked_part(question, matrices[question.matrix])
    if answer is None:
        return Verdict(False, np.sign(expected) if question.ask == SIGN else expected)
    if question.ask == SIGN:
        return Verdict(_parse_sign(answer) == float(np.sign(expected[0, 0])), np.sign(expected))
    given = _parse_numbers(answer, expected.shape)
    matrix = matrices[question.matrix]
    largest = float(np.abs(matrix[np.isfinite(matrix)]).max(initial=0.0))
    tolerance = max(question.tolerance, _LEAST_TOLERANCE)
    with np.errstate(invalid="ignore"):
        # The tolerance is relative. Around a zero it is relative to the largest number of the matrix.
        measure = np.where(expected == 0, largest or 1.0, np.abs(expected))
        # If the right number overflowed, no answer is right.
        near = np.isfinite(expected) & (np.abs(given - expected) <= tolerance * measure * (1 + 1e-9))
    return Verdict(bool(near.all()), expected)


def check_answer(question: Question, shapes: Shapes, answer: str) -> None:
    """Raises `ValidationError` if ``answer`` is not what the question asks for; it may be right or wrong."""
    rows, columns = shapes[question.matrix]
    match question.ask:
        case "shape":
            _parse_shape(answer)
        case "sign":
            _parse_sign(answer)
        case ask:
            _parse_numbers(answer, {CELL: (1, 1), ROW: (1, columns)}.get(ask, (rows, columns)))


# The screen shows four digits: an answer with these is right, however small the question's tolerance is.
_LEAST_TOLERANCE = 5e-4
_SHAPE = late_pattern(r"[(\[]?\s*(\d{1,9})\s*(?:[x×X*,;/]|by|\s)\s*(\d{1,9})\s*[)\]]?")
_SIGNS = {
    "+": 1.0,
    "plus": 1.0,
    "positive": 1.0,
    "-": -1.0,
    "−": -1.0,
    "–": -1.0,
    "minus": -1.0,
    "negative": -1.0,
    "0": 0.0,
    "zero": 0.0,
}


def _parse_sign(answer: str) -> float:
    sign = _SIGNS.get(answer.strip().casefold())
    if sign is None:
        raise ValidationError("answer", validation.quoted_value(answer), _("+, - or 0"))
    return sign


def _parse_shape(answer: str) -> tuple[int, int]:
    found = _SHAPE.fullmatch(answer.strip())
    if not found:
        raise ValidationError("answer", validation.quoted_value(answer), _("rows and columns, such as 3x2"))
    return int(found[1]), int(found[2])


def _parse_numbers(answer: str, shape: tuple[int, int]) -> Array:
    rows, columns = shape
    texts = [line for line in answer.split(";") if line.strip()]
    lines = [input_parsing.split_numbers(line, rows * columns if len(texts) == 1 else columns) for line in texts]
    has_other_rows = rows > 1 and len(lines) > 1 and columns > 1 and any(len(line) != columns for line in lines)
    if sum(map(len, lines)) != rows * columns or has_other_rows:
        raise ValidationError("answer", validation.quoted_value(answer), _expected_numbers(rows, columns))
    try:
        return np.array([input_parsing.parse_decimal(part) for line in lines for part in line]).reshape(shape)
    except ValidationError:
        raise ValidationError("answer", validation.quoted_value(answer), _expected_numbers(rows, columns)) from None


def _expected_numbers(rows: int, columns: int) -> str:
    if rows * columns == 1:
        return _("a number, such as 0.25, 1/4 or 1e-3")
    if rows == 1:
        return ngettext("{numbers} number", "{numbers} numbers", columns, numbers=columns)
    return ngettext(
        "{rows} rows of {numbers} number, with ; between the rows",
        "{rows} rows of {numbers} numbers, with ; between the rows",
        columns,
        rows=rows,
        numbers=columns,
    )
