"""Collects the matrices that are found in a text, within bounds."""

from collections.abc import Sequence

from tui_nn.session import limits
from tui_nn.session.homework.digits import numbers_and_tolerance
from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.validation import counted, shortened


def clean_label(text: str) -> str:
    """``text`` as the name of a matrix: on one line, without control characters, of at most 60 characters."""
    shown = "".join(char if char.isprintable() else " " for char in text[: 4 * limits.NAME_LENGTH])
    return " ".join(shown.split())[: limits.NAME_LENGTH].strip()


class _Series:
    """Numbers with the same name on several lines of a log, each with its iteration."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.cells: list[str] = []
        self.iterations: list[int] = []


class _Cells:
    """Cells of a matrix that stand in the text one by one, with their rows and columns."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.cells: dict[tuple[int, ...], str] = {}


class Collector:
    """Takes what readers find in a text, and gives the matrices in the order of the text."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._matrices: list[PrintedMatrix] = []
        self._series: dict[str, _Series] = {}
        self._cells: dict[tuple[str, int | None], _Cells] = {}
        self._count = 0
        self.is_full = False
        """Whether there is no more room."""

    def note(self, sentence: str) -> None:
        """Keeps a sentence on what is left out, unless there are many already."""
        if len(self.notes) < limits.READING_NOTES and sentence not in self.notes:
            self.notes.append(sentence)

    def stop(self, line: int, most: str) -> None:
        """Notes that nothing behind ``line`` is read, since there are more than ``most``."""
        self.note(f"What follows line {line} is left out: at most {most} are read.")
        self.is_full = True

    def _has_room(self, cells: int, line: int) -> bool:
        things = len(self._matrices) + len(self._cells)
        if self._count + cells > limits.PRINTED_CELLS or things >= limits.PRINTED_MATRICES:
            self.stop(line, f"{limits.PRINTED_CELLS} numbers in {limits.PRINTED_MATRICES} matrices")
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
    ) -> None:
        """Adds a matrix with cells as `clean_number` gives them; notes it if its rows are not equally long."""
        columns = len(rows[0]) if rows else 0
        for i, row in enumerate(rows):
            if len(row) != columns:
                named = f" of {shortened(label)}" if label else ""
                found, wanted = counted(len(row), "number"), counted(columns, "number")
                self.note(
                    f"Line {line}: row {i + 1}{named} has {found} where row 1 has {wanted}. The matrix is left out."
                )
                return
        if columns and self._has_room(columns * len(rows), line):
            numbers, tolerance = numbers_and_tolerance(rows)
            name = clean_label(label)
            self._matrices.append(PrintedMatrix(name, numbers, tolerance, is_list, iteration, line, tail, iterations))

    def add_of_iteration(self, label: str, cell: str, iteration: int, line: int) -> None:
        """Adds one number of a log to the list of the numbers with this name."""
        if label not in self._series:
            if len(self._series) >= limits.PRINTED_LABELS:
                self.note(f"Line {line}: there are too many different names; at most {limits.PRINTED_LABELS} are read.")
                return
            self._series[label] = _Series(line)
        if self._has_room(1, line):
            self._series[label].cells.append(cell)
            self._series[label].iterations.append(iteration)

    def add_cell(self, label: str, place: tuple[int, ...], cell: str, iteration: int | None, line: int) -> None:
        """Adds one cell of a matrix or a list, at the row and the column, or the place, that the program wrote."""
        key = label, iteration
        if self._has_room(1, line):
            self._cells.setdefault(key, _Cells(line)).cells.setdefault(place, cell)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self._matrices or self._series or self._cells)

    def matrices(self) -> tuple[PrintedMatrix, ...]:
        """All matrices, in the order of the text. A log's numbers are one list, at the place of the first."""
        for label, series in self._series.items():
            self._add_series(label, series)
        for (label, iteration), cells in self._cells.items():
            self._add_cells(label, iteration, cells)
        self._series, self._cells = {}, {}
        return tuple(sorted(self._matrices, key=lambda matrix: matrix.line))

    def _add_series(self, label: str, series: _Series) -> None:
        numbers, tolerance = numbers_and_tolerance([series.cells])
        name, several = clean_label(label), tuple(series.iterations)
        if len(several) == 1:
            self._matrices.append(PrintedMatrix(name, numbers, tolerance, True, several[0], series.line))
        else:
            self._matrices.append(PrintedMatrix(name, numbers, tolerance, True, None, series.line, 0, several))

    def _add_cells(self, label: str, iteration: int | None, given: _Cells) -> None:
        """Adds a matrix of cells that the text gives one by one; nan where it gives none."""
        is_list = all(len(place) == 1 for place in given.cells)
        places = [place if len(place) > 1 else (1, *place) for place in given.cells]
        # Programs in Python count from 0.
        first_row = 0 if any(place[0] == 0 for place in places) else 1
        first_column = 0 if any(place[1] == 0 for place in places) else first_row
        first_row = first_row if is_list else first_column
        rows = max(place[0] for place in places) + 1 - first_row
        columns = max(place[1] for place in places) + 1 - first_column
        if rows * columns > 4 * len(places) + 100 or min(map(min, places)) < 0:
            self.note(f"Line {given.line}: most cells of {shortened(label)} are not given. It is left out.")
            return
        grid = [["nan"] * columns for _ in range(rows)]
        for (row, column, *_), cell in zip(places, given.cells.values(), strict=True):
            grid[row - first_row][column - first_column] = cell
        numbers, tolerance = numbers_and_tolerance(grid)
        name = clean_label(label)
        self._matrices.append(PrintedMatrix(name, numbers, tolerance, is_list, iteration, given.line))
