"""Collects the matrices that are found in a text, within bounds."""

import re
from collections.abc import Sequence

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework.digits import numbers_and_tolerance
from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.reading_notes import numbered_row_of_another_length
from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name
from tui_nn.session.homework.when_printed import When, when_said
from tui_nn.session.validation import shortened


def clean_label(text: str) -> str:
    """``text`` as the name of a matrix: on one line, without control characters, of at most 60 characters."""
    shown = "".join(char if char.isprintable() else " " for char in text[: 4 * limits.NAME_LENGTH])
    return " ".join(shown.split())[: limits.NAME_LENGTH].strip()


# W1[1,] and W1[0, :] are rows, W1[,1] and W1[:, 0] columns; so is W1[0] a row if it has several numbers.
_ROW = re.compile(r"(?P<name>.{1,50}\d)\[(?P<place>\d{1,7})(?P<rest> ?, ?:? ?)?\]")
_COLUMN = re.compile(r"(?P<name>.{1,50}\d)\[:? ?, ?(?P<place>\d{1,7})\]")


def is_part_of_matrix(label: str) -> bool:
    """Whether a label names a row or a column of a matrix: W1[1,], W1[:, 0]."""
    return bool(_COLUMN.fullmatch(label)) or bool((row := _ROW.fullmatch(label)) and row["rest"])


class _Series:
    """Numbers with the same name on several lines of a log, each with its iteration and its line."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.cells: list[str] = []
        self.iterations: list[int] = []
        self.at: dict[int, int] = {}
        """The place of the last number of an iteration."""


def _is_same(one: str, other: str) -> bool:
    """Whether two cells are one number, printed with more digits or fewer."""
    numbers, tolerance = zip(*(numbers_and_tolerance([[cell]]) for cell in (one, other)), strict=True)
    return bool(abs(numbers[0] - numbers[1]).item() <= max(within.item() for within in tolerance))


class _Cells:
    """Cells of a matrix that stand in the text one by one, with their rows and columns as the program wrote them.

    −2 is the second one, whether the program counts from 0 or from 1: a whole row has the columns −1, −2, ….
    """

    def __init__(self, line: int, when: When) -> None:
        self.line, self.when = line, when
        self.cells: dict[tuple[int, ...], str] = {}


class Collector:
    """Takes what readers find in a text, and gives the matrices in the order of the text."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._matrices: list[PrintedMatrix] = []
        self._series: dict[tuple[str, When], _Series] = {}
        self._cells: dict[tuple[str, int | None, When], _Cells] = {}
        self._count = 0
        self.section = When.UNSAID
        """What the headings say on the update and the training; the name of a matrix may say something else."""
        self.behind_label = When.UNSAID
        """What the last name says, for the matrices without a name below."""
        self.is_full = False
        """Whether there is no more room."""

    def note(self, sentence: str) -> None:
        """Keeps a sentence on what is left out, unless there are many already."""
        if len(self.notes) < limits.READING_NOTES and sentence not in self.notes:
            self.notes.append(sentence)

    def stop(self, line: int, most: str) -> None:
        """Notes that nothing behind ``line`` is read, since there are more than ``most``."""
        self.note(_("What follows line {line} is left out: at most {most} are read.", line=line, most=most))
        self.is_full = True

    def _has_room(self, cells: int, line: int) -> bool:
        things = len(self._matrices) + len(self._cells)
        if self._count + cells > limits.PRINTED_CELLS or things >= limits.PRINTED_MATRICES:
            # For translators: stands in place of {most} in "at most {most} are read".
            most = _(
                "{numbers} numbers in {matrices} matrices",
                numbers=limits.PRINTED_CELLS,
                matrices=limits.PRINTED_MATRICES,
            )
            self.stop(line, most)
            return False
        self._count += cells
        return True

    def add(
        self,
        label: str,
        rows: Sequence[Sequence[str]],
        line: int,
        *,
        is_list: bool = False,
        iteration: int | None = None,
        tail: int = 0,
        iterations: tuple[int, ...] | None = None,
        when: When = When.UNSAID,
    ) -> None:
        """Adds a matrix with cells as `clean_number` gives them; notes it if its rows are not equally long."""
        if is_list and len(rows) == 1 and not tail and self._add_line(label, rows[0], iteration, line, when):
            return
        columns = len(rows[0]) if rows else 0
        for i, row in enumerate(rows):
            if len(row) != columns:
                self.note(numbered_row_of_another_length(line, i + 1, label, len(row), columns))
                return
        if columns and self._has_room(columns * len(rows), line):
            numbers, tolerance = numbers_and_tolerance(rows)
            name = clean_label(label)
            self._matrices.append(
                PrintedMatrix(
                    name, numbers, tolerance, is_list, iteration, line, tail, iterations, self._when(label, when)
                )
            )

    def _when(self, label: str, when: When) -> When:
        """What is said nearest to the numbers: by the line itself, their name, or the headings above."""
        return when or when_said(label) or (self.section if label else self.behind_label or self.section)

    def add_of_iteration(self, label: str, cell: str, iteration: int, line: int, when: When = When.UNSAID) -> None:
        """Adds one number of a log to the numbers with this name, of which each iteration has one."""
        key = label, self._when(label, when)
        if key not in self._series:
            if len(self._series) >= limits.PRINTED_LABELS:
                self.note(
                    _(
                        "Line {line}: there are too many different names; at most {most} are read.",
                        line=line,
                        most=limits.PRINTED_LABELS,
                    )
                )
                return
            self._series[key] = _Series()
        series = self._series[key]
        if iteration in series.at and _is_same(series.cells[series.at[iteration]], cell):
            # Printed again in the same iteration, perhaps with fewer digits.
            return
        if self._has_room(1, line):
            series.at[iteration] = len(series.cells)
            series.cells.append(cell)
            series.iterations.append(iteration)
            series.lines.append(line)

    def add_cell(
        self,
        label: str,
        place: tuple[int, ...],
        cell: str,
        iteration: int | None,
        line: int,
        when: When = When.UNSAID,
    ) -> None:
        """Adds one cell of a matrix or a list, at the row and the column, or the place, that the program wrote."""
        said = self._when(label, when)
        if self._has_room(1, line):
            self._cells.setdefault((label, iteration, said), _Cells(line, said)).cells.setdefault(place, cell)

    def add_row(
        self, label: str, row: int, cells: Sequence[str], iteration: int | None, line: int, when: When = When.UNSAID
    ) -> None:
        """Adds one row of a matrix, at the place that the program wrote."""
        for column, cell in enumerate(cells, start=1):
            self.add_cell(label, (row, -column), cell, iteration, line, when)

    def add_column(
        self, label: str, column: int, cells: Sequence[str], iteration: int | None, line: int, when: When = When.UNSAID
    ) -> None:
        """Adds one column of a matrix, at the place that the program wrote."""
        for row, cell in enumerate(cells, start=1):
            self.add_cell(label, (-row, column), cell, iteration, line, when)

    def _add_line(self, label: str, cells: Sequence[str], iteration: int | None, line: int, when: When) -> bool:
        """Adds a row or a column of a matrix, if the label says that it is one."""
        if column := _COLUMN.fullmatch(label):
            self.add_column(column["name"], int(column["place"]), cells, iteration, line, when)
            return True
        row = _ROW.fullmatch(label)
        if row is None or not is_matrix_name(row["name"]) or is_cost_name(row["name"]):
            return False
        self.add_row(row["name"], int(row["place"]), cells, iteration, line, when)
        return True

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self._matrices or self._series or self._cells)

    def matrices(self) -> tuple[PrintedMatrix, ...]:
        """All matrices, in the order of the text. The costs of a log are one list, at the place of the first."""
        for (label, when), series in self._series.items():
            self._add_series(label, when, series)
        counts_from_zero = any(0 in place for given in self._cells.values() for place in given.cells)
        for (label, iteration, _when), cells in self._cells.items():
            self._add_cells(label, iteration, cells, 0 if counts_from_zero else 1)
        self._series, self._cells = {}, {}
        return tuple(sorted(self._matrices, key=lambda matrix: matrix.line))

    def _add_series(self, label: str, when: When, series: _Series) -> None:
        numbers, tolerance = numbers_and_tolerance([series.cells])
        name, iterations = clean_label(label), series.iterations
        if len(iterations) > 1 and (is_cost_name(label) or not is_matrix_name(label)):
            self._matrices.append(
                PrintedMatrix(name, numbers, tolerance, True, None, series.lines[0], 0, tuple(iterations), when)
            )
            return
        # Any other number, such as a bias, is a matrix of one cell in each iteration.
        for place, iteration in enumerate(iterations[: limits.PRINTED_MATRICES]):
            cell, within = numbers[:, place : place + 1], tolerance[:, place : place + 1]
            self._matrices.append(
                PrintedMatrix(name, cell, within, True, iteration, series.lines[place], 0, None, when)
            )

    def _add_cells(self, label: str, iteration: int | None, given: _Cells, first: int) -> None:
        """Adds a matrix of cells that the text gives one by one, counted from ``first``; nan where it gives none."""
        is_list = all(len(place) == 1 for place in given.cells)
        if is_list and is_cost_name(label):
            iterations = tuple(place[0] for place in given.cells)
            self.add(label, [[*given.cells.values()]], given.line, is_list=True, iterations=iterations)
            return
        every = [place if len(place) > 1 else (-1, *place) for place in given.cells]
        places = [tuple(number - first if number >= 0 else -number - 1 for number in place) for place in every]
        rows, columns = (max(numbers) + 1 for numbers in zip(*places, strict=True))
        if rows * columns > 4 * len(places) + 100:
            self.note(
                _(
                    "Line {line}: most cells of {name} are not given. It is left out.",
                    line=given.line,
                    name=shortened(label),
                )
            )
            return
        grid = [["nan"] * columns for _ in range(rows)]
        for (row, column), cell in zip(places, given.cells.values(), strict=True):
            grid[row][column] = cell
        numbers, tolerance = numbers_and_tolerance(grid)
        name = clean_label(label)
        self._matrices.append(
            PrintedMatrix(name, numbers, tolerance, is_list, iteration, given.line, when=given.when, is_part=True)
        )
