"""Makes an event of a diagnosis: the lesson then shows the student's numbers beside its own."""

from collections.abc import Iterable, Sequence

import numpy as np

from tui_nn.network.diagnosis.diagnosis import Diagnosis
from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.network.model.array import Array
from tui_nn.session import limits
from tui_nn.session.compared_numbers import BETWEEN_MISTAKES, MistakeLines
from tui_nn.session.events import NumbersCompared
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis

_NOBODY = "pasted numbers"


def numbers_compared(
    found: HomeworkDiagnosis, whose: str, lines: Sequence[Sequence[MistakeLines]] = (), remarks: Iterable[str] = ()
) -> NumbersCompared:
    """The event that shows what was found. Of very many numbers, it has those near the first difference.

    ``lines`` has for each explanation found what is known of its mistakes; ``remarks`` say how the numbers were read.
    """
    diagnosis, first = found.diagnosis, found.diagnosis.first
    matrices = _chosen(diagnosis)
    acts_in, right_lines, wrong_lines, example_lines = _lists_of_texts(lines[: limits.MISTAKES_NAMED])
    explanations = diagnosis.explanations.found[: limits.MISTAKES_NAMED]
    return NumbersCompared(
        printable_name(whose) or _NOBODY,
        tuple(one.name for one in matrices),
        tuple(one.iteration for one in matrices),
        tuple(_rows(one.numbers) for one in matrices),
        tuple(_rows(np.where(np.isnan(one.numbers), 0.0, one.tolerance)) for one in matrices),
        diagnosis.agrees[: limits.COMPARED_MATRICES],
        *((first.matrix, first.iteration, first.row, first.column) if first else ("", 0, 0, 0)),
        tuple(BETWEEN_MISTAKES.join(mistake.name for mistake in one.mistakes) for one in explanations),
        tuple(one.largest_difference for one in explanations),
        tuple(BETWEEN_MISTAKES.join(map(_detail, one.program.details)) for one in explanations),
        diagnosis.convention.of_delta,
        diagnosis.convention.of_slopes,
        diagnosis.explanations.is_complete,
        acts_in,
        right_lines,
        wrong_lines,
        example_lines,
        tuple(one[: limits.NOTE_LENGTH] for one in remarks)[: limits.MISTAKES_NAMED],
        diagnosis.convention.of_velocity,
    )


def _lists_of_texts(lines: Sequence[Sequence[MistakeLines]]) -> Iterable[tuple[tuple[str, ...], ...]]:
    """Each field of the lines, as a list for each explanation, without code that is too long for a text of the log."""
    for field in range(len(MistakeLines.__annotations__)):
        texts = ((one[field] for one in several) for several in lines)
        yield tuple(tuple(text if len(text) <= limits.NOTE_LENGTH else "" for text in one) for one in texts)


def printable_name(text: str) -> str:
    """``text`` as a student's name: one line, without control characters, and not too long."""
    shown = "".join(char for char in text if char.isprintable()).strip()
    return shown[: limits.NAME_LENGTH].strip()


def _chosen(diagnosis: Diagnosis) -> list[GivenMatrix]:
    """The matrices given, those of the first difference's iteration first, as many as a lesson keeps."""
    at = diagnosis.first.iteration if diagnosis.first else 1
    every = [*(one.given for one in diagnosis.compared), *_costs(diagnosis)]
    chosen = list[GivenMatrix]()
    cells = 0
    for one in sorted(every, key=lambda given: (abs(given.iteration - at), given.name == "cost")):
        cells += one.numbers.size
        if not one.numbers.size or cells > limits.COMPARED_CELLS or len(chosen) >= limits.COMPARED_MATRICES:
            break
        chosen.append(one)
    kept = {id(one) for one in chosen}
    return [one for one in every if id(one) in kept]


def _costs(diagnosis: Diagnosis) -> Iterable[GivenMatrix]:
    """The costs of many iterations, each as a matrix, unless it was given as one."""
    if diagnosis.costs is None or diagnosis.given.costs is None:
        return
    given, row = diagnosis.given.costs, diagnosis.costs.given
    known = {one.given.iteration for one in diagnosis.compared if one.given.name == row.name}
    for iteration, number, tolerance in zip(given.iterations.tolist(), row.numbers[0], row.tolerance[0], strict=True):
        if iteration not in known:
            yield GivenMatrix(row.name, iteration, np.array([[number]]), np.array([[tolerance]]))


def _detail(detail: float | str) -> str:
    return printable_name(detail) if isinstance(detail, str) else f"{detail:.7g}"


def _rows(matrix: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())
