"""Writes the wrong line of a mistake in the data or in the start, beside the right one."""

import re
from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.data_tables import filled_otherwise
from tui_nn.network.diagnosis.mistakes.scaling_recycled import recycled
from tui_nn.network.diagnosis.mistakes.weights_transposed import filled_and_transposed
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.starts import Start
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import shortest_text
from tui_nn.writing.reports.program_lines import ProgramLines
from tui_nn.writing.sentences.mistake_text import MistakeText

_BY_ROW = ", byrow = TRUE"
# How a line divides each column by its own number: t(t(x) / apply(x, 2, max)).
_DIVIDED = re.compile(r"<- t\(t\((\w+)\) / (.+)\)$")
_FILLED = re.compile(r"matrix\((.*), (\d+), (\d+)(, byrow = TRUE)?\)$", re.DOTALL)
# A mistake may keep so many decimals.
_DECIMALS = range(1, 9)
# Of more rows or columns, their order is not written out.
_MOST = 12


class BeginningLines:
    """Writes lines of the data and the start: the right one and that of a program, which may be ""."""

    def __init__(self, document: Document, right: StudentProgram, lines: ProgramLines) -> None:
        self._document, self._right, self._lines = document, right, lines

    def of_data(self, name: str, program: StudentProgram, text: MistakeText, detail: str) -> tuple[str, str]:
        """The lines in which a program with other data differs; ``name`` is X or Y."""
        data, called = self._document.dataset, name.lower()
        right = self._lines.scaled(name, data)
        if text.beginning:
            return right, text.beginning.format_map({"data": name, "table": called, "detail": detail})
        if name in program.scaled_by:
            try:
                return right, self._lines.scaled_otherwise(name, program.scaled_by[name])
            except TypeError:
                return right, ""
        table = data.x if name == "X" else data.y
        if called in program.typed:
            return self._typed(called, program.typed[called], table, right)
        theirs, ours = (program.X, self._right.X) if name == "X" else (program.Y, self._right.Y)
        shifts, divisors = (data.x_shifts, data.x_divisors) if name == "X" else (data.y_shifts, data.y_divisors)
        with np.errstate(all="ignore"):
            whole = np.floor_divide(table - shifts, divisors)
        if np.array_equal(theirs, whole):
            return right, right.replace(" / ", " %/% ", 1)
        if np.array_equal(theirs, recycled(table, shifts, divisors)):
            divided = _DIVIDED.search(right)
            return right, f"{name} <- {divided[1]} / {divided[2]}" if divided else ""
        return right, _with_digits_lost(right, theirs, ours)

    def of_start(self, name: str, program: StudentProgram, text: MistakeText, detail: str) -> tuple[str, str]:
        """The lines in which a program with another start differs; ``name`` is the matrix that it changes first."""
        start, document = self._document.start, self._document
        if program.draws:
            return self._lines.drawn([self._drawn_names()], start, document), self._lines.drawn(
                program.draws, start, document
            )
        right = self._lines.start(name, document)
        transposed = _transposed(right)
        told = text.beginning.format_map({"detail": detail, "transposed": transposed})
        if not _draws_alike(program.drawing, start):
            return right, told or self._lines.drawn([[name]], program.drawing, document)
        theirs, ours = program.parameters[name], self._right.parameters[name]
        if (theirs == theirs[0, 0]).all():
            rows, columns = theirs.shape
            return right, f"{name} <- matrix({shortest_text(float(theirs[0, 0]))}, {rows}, {columns})"
        if told and transposed and np.array_equal(theirs, filled_and_transposed(ours, start.fill)):
            return right, told
        return self._filled(name, theirs, ours, right) or (right, _with_digits_lost(right, theirs, ours))

    def _drawn_names(self) -> list[str]:
        start = self._document.start
        return [name for name in self._right.parameters if name.startswith("W") or start.biases_are_drawn]

    def _typed(self, name: str, theirs: Array, ours: Array, scaled: str) -> tuple[str, str]:
        """Lines that type the numbers of x or y."""
        if found := self._filled(name, theirs, ours, ""):
            return found
        right, wrong = self._lines.listed(name, ours), self._lines.listed(name, theirs)
        if right and wrong:
            return right, wrong
        return scaled, next(_selected(name, theirs, ours), "")

    def _filled(self, name: str, theirs: Array, ours: Array, right: str) -> tuple[str, str] | None:
        """Lines that fill a matrix in another order; None if that is not what differs."""
        by_columns, by_rows = filled_otherwise(ours)
        for other, listed in ((by_columns, ours), (by_rows, ours.ravel(order="F").reshape(ours.shape))):
            if np.array_equal(theirs, other) and not np.array_equal(theirs, ours):
                is_by_columns = other is by_columns
                if right and (_BY_ROW in right) == is_by_columns:
                    return right, _filled_otherwise(right)
                if line := self._lines.listed(name, listed):
                    return (line, _filled_otherwise(line)) if is_by_columns else (_filled_otherwise(line), line)
        return None


def _draws_alike(one: Start, other: Start) -> bool:
    """Whether two starts draw the same numbers into the same places."""
    keys = ("method", "generator", "seed", "fill", "biases")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def _filled_otherwise(line: str) -> str:
    """A line ``W <- matrix(…)`` with ``byrow = TRUE`` if it does not have it, and without it if it has."""
    return line.replace(_BY_ROW, "") if _BY_ROW in line else f"{line.removesuffix(')')}{_BY_ROW})"


def _transposed(line: str) -> str:
    """``W <- t(matrix(…, 3, 2))`` for ``W <- matrix(…, 2, 3)``; "" for a line of another form."""
    found = _FILLED.search(line)
    if not found:
        return ""
    return f"{line[: found.start()]}t(matrix({found[1]}, {found[3]}, {found[2]}{found[4] or ''}))"


def _with_digits_lost(line: str, theirs: Array, ours: Array) -> str:
    """A line ``A <- …`` whose right side is rounded or cut off as ``theirs`` is; "" if it is neither."""
    begin, arrow, computed = line.rpartition("<- ")
    if arrow and np.array_equal(theirs, np.trunc(ours)):
        return f"{begin}{arrow}trunc({computed})"
    digits = next((digits for digits in _DECIMALS if np.array_equal(theirs, np.round(ours, digits))), None)
    return f"{begin}{arrow}round({computed}, {digits})" if arrow and digits else ""


def _selected(name: str, theirs: Array, ours: Array) -> Iterator[str]:
    """``x <- x[c(2, 1), ]``, if the rows or the columns of ``theirs`` are some of those of ``ours``."""
    for place, (their_parts, our_parts) in (("{}, , drop = FALSE", (theirs, ours)), (", {}", (theirs.T, ours.T))):
        if len(our_parts) > _MOST:
            continue
        found = [
            next((number for number, ours_ in enumerate(our_parts, 1) if np.array_equal(part, ours_)), 0)
            for part in their_parts
        ]
        if all(found):
            yield f"{name} <- {name}[{place.format('c(' + ', '.join(map(str, found)) + ')')}]"
