"""The pieces of a formula with its numbers: matrices in brackets and the signs between them, and how wide they are."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from itertools import takewhile
from typing import TypeAlias

from rich.cells import cell_len

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.their_texts import mark_of_ours
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.explain import SourceCells
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import Format

_GAP = 1
QUESTION_MARK = "?"
"""The screen shows it in place of a number that a question asks for."""


@frozen_dataclass(eq=False)
class LaidOutSign:
    """A sign between matrices, with blanks beside it unless it ``has_air`` not."""

    text: str
    has_air: bool = True


@frozen_dataclass(eq=False)
class LaidOutMatrix:
    """A matrix in its brackets, with its label above it.

    ``style`` says which part the matrix has in the step: ``current`` or ``now`` if the step computes it,
    ``operand`` if the step uses it, or ``used`` where only its name says so. ``values`` is None if the matrix is
    not reached yet in this iteration: its cells are dots then, never zeros. ``name`` is "" if the matrix is a part
    of a formula that has no name. ``selected_cell`` is the selected row and column, from 1 on. A question asks for
    the ``hidden_cells``, for the signs of the ``cells_without_sign``, and for the shape if ``has_unknown_shape`` is
    true. ``shape_text`` is its shape in signs, for layouts that write it below the label; ``marked_row`` the chosen
    row of the data, which a layout with a margin marks, or 0. ``row_numbers`` are the numbers of its rows in the data:
    the layout writes them in the margin. () if they are 1, 2, 3, ….

    ``data_axis`` is 0 if the matrix has a row for each row of the data, 1 if it has a column for each, or None. Of
    such a matrix, ``window`` has the numbers of the rows of the data in sight, with 0 where dots stand for those
    left out; () if all are in sight.

    ``theirs`` has what a student's program printed for the cells that differ, by row and column. It stands below the
    matrix's own numbers; with ``only_marks_theirs``, these cells are marked instead.

    ``test_rows`` has the numbers of rows that are kept back for a test, as they stand below a rule with the
    ``test_label``; () if there are none.
    """

    label: str
    shape: tuple[int, int]
    values: Array | None
    number_format: Format
    style: str = ""
    name: str = ""
    selected_cell: tuple[int, int] | None = None
    source_cells: tuple[SourceCells, ...] = ()
    hidden_cells: tuple[SourceCells, ...] = ()
    cells_without_sign: tuple[SourceCells, ...] = ()
    has_unknown_shape: bool = False
    shape_text: str = ""
    marked_row: int = 0
    row_numbers: tuple[int, ...] = ()
    data_axis: int | None = None
    window: tuple[int, ...] = ()
    theirs: Mapping[tuple[int, int], str] = field(default_factory=dict)
    only_marks_theirs: bool = False
    test_rows: tuple[tuple[str, ...], ...] = ()
    test_label: str = ""

    @property
    def rows(self) -> Sequence[int]:
        """The number of the row on each of its lines; 0 on a line of dots."""
        return self.window if self.window and self.data_axis == 0 else range(1, self.shape[0] + 1)

    @property
    def columns(self) -> Sequence[int]:
        """The numbers of the columns in sight, from left to right; 0 for a column of dots."""
        return self.window if self.window and self.data_axis == 1 else range(1, self.shape[1] + 1)

    def line_of(self, row: int) -> int:
        """The line of a row, counted from 1; the nearest line if the row is not in sight."""
        return _nearest_place(self.rows, row)

    def place_of(self, column: int) -> int:
        """The place of a column, counted from 1; the nearest place if the column is not in sight."""
        return _nearest_place(self.columns, column)

    def cell_on(self, line: int, place: int) -> tuple[int, int]:
        """The row and the column that stand on a line and at a place; at dots, the nearest ones left out."""
        return _number_at(self.rows, line), _number_at(self.columns, place)

    def texts_on(self, row: int, *, unicode: bool) -> list[str]:
        """The texts of the cells in sight of a row, or the dots that stand for rows left out if ``row`` is 0."""
        if not row or not all(self.columns):
            dots = ("…" if unicode else "...").center(self.number_format.width)
            return [self._text(row, column, unicode=unicode) if row and column else dots for column in self.columns]
        if self.values is None or self.hidden_cells or self.cells_without_sign or self.only_marks_theirs:
            return [self._text(row, column, unicode=unicode) for column in self.columns]
        cells = self.values[row - 1]
        return [self.number_format(float(cells[column - 1])) for column in self.columns]

    def _text(self, row: int, column: int, *, unicode: bool) -> str:
        if self.only_marks_theirs and (row, column) in self.theirs:
            text = mark_of_ours(unicode=unicode) + self.text_of_cell(row, column).lstrip()
            return text.rjust(self.number_format.width)
        if self.values is None and not self.has_unknown_shape:
            return ("·" if unicode else ".").rjust(self.number_format.width)
        return self.text_of_cell(row, column)

    def text_of_cell(self, row: int, column: int) -> str:
        """The text of a cell: its number, with a question mark in place of what a question asks for."""
        if self.values is None or _is_among(self.hidden_cells, row, column):
            return QUESTION_MARK.rjust(self.number_format.width)
        value = float(self.values[row - 1, column - 1])
        if not _is_among(self.cells_without_sign, row, column):
            return self.number_format(value)
        return (QUESTION_MARK + self.number_format(abs(value)).strip()).rjust(self.number_format.width)

    def style_of(self, row: int, column: int) -> str:
        """The style of a cell: the matrix's, unless the cell is selected, hidden, or a source of the selected cell."""
        if self.selected_cell == (row, column):
            return "chosen" if self.style == "current" else "cursor"
        if _is_among(self.hidden_cells, row, column) or _is_among(self.cells_without_sign, row, column):
            return "mark"
        if self.only_marks_theirs and (row, column) in self.theirs:
            return "error"
        is_source = _is_among(self.source_cells, row, column)
        return "source" if is_source and self.values is not None else self.style

    @property
    def has_line_of_theirs(self) -> bool:
        """Whether a student's numbers stand below those of a row."""
        return bool(self.theirs) and not self.only_marks_theirs

    def theirs_below(self, row: int) -> Line:
        """What stands below the numbers of a row: a student's numbers, where they differ; [] if there is nothing."""
        texts = [self.theirs.get((row, column), "") for column in self.columns]
        if not row or not any(texts):
            return []
        width = self.number_format.width
        line: Line = []
        for place, text in enumerate(texts):
            line += [(" " * (width - len(text) + bool(place)), ""), (text, "error")]
        return line

    def below_the_rule(self, line: int, rule: str) -> str:
        """What stands on a line below the matrix, from bracket to bracket: on line 1 the rule, then the test rows."""
        width = matrix_width(self)
        if line == 1:
            label = self.test_label if len(self.test_label) + 2 <= width else self.test_label.partition(" ")[0]
            return f"{rule}{label}".ljust(width, rule)
        texts = self.test_rows[line - 2]
        return f" {' '.join(text.rjust(self.number_format.width) for text in texts)} "

    @property
    def title(self) -> str:
        """The label, after a pointer if the step computes this matrix: colour alone must not say that."""
        pointer = "▶" if self.number_format.minus != "-" else ">"
        return pointer + self.label if self.is_result else self.label

    @property
    def label_style(self) -> str:
        """The style of its label."""
        return {"current": "now", "operand": "operand-name", "used": "operand-name", "": "label"}.get(
            self.style, self.style
        )

    @property
    def is_result(self) -> bool:
        """Whether the step computes it."""
        return self.style in ("current", "now")


def _is_among(areas: tuple[SourceCells, ...], row: int, column: int) -> bool:
    return any(one.row in (0, row) and one.column in (0, column) for one in areas)


def _nearest_place(numbers: Sequence[int], number: int) -> int:
    if number in numbers:
        return numbers.index(number) + 1
    return 1 if number < max(numbers[:2]) else len(numbers)


def _number_at(numbers: Sequence[int], place: int) -> int:
    if number := numbers[place - 1]:
        return number
    return numbers[1] - 1 if place == 1 else numbers[-2] + 1


BoardPiece: TypeAlias = LaidOutSign | LaidOutMatrix
BoardRow: TypeAlias = Sequence[BoardPiece] | Line
"""Matrices and signs side by side, or the words of one line."""


def with_marks_only(row: BoardRow) -> BoardRow:
    """The row; of a student's numbers, it only marks the cells that differ."""
    return [
        replace(piece, only_marks_theirs=True) if isinstance(piece, LaidOutMatrix) and piece.theirs else piece
        for piece in row
    ]  # type: ignore[return-value]  # a line of words stays one


def with_one_test_label(pieces: Sequence[BoardPiece]) -> list[BoardPiece]:
    """The pieces; of the matrices with test rows below them, only the first says which rows these are."""
    labelled = [piece for piece in pieces if isinstance(piece, LaidOutMatrix) and piece.test_rows]
    return [replace(piece, test_label="") if piece in labelled[1:] else piece for piece in pieces]


def matrix_width(piece: LaidOutMatrix) -> int:
    """The columns from bracket to bracket."""
    return len(piece.columns) * (piece.number_format.width + 1) + 1


def piece_width(piece: BoardPiece) -> int:
    """The columns that a piece takes."""
    if isinstance(piece, LaidOutSign):
        return cell_len(piece.text)
    # The label has a free column, so that nothing moves when the pointer to the step's matrix appears before it.
    return max(matrix_width(piece), cell_len(piece.label) + 1)


def first_columns(row: Sequence[BoardPiece]) -> list[int]:
    """The column in which each piece of a row begins."""
    xs, end = [], 0
    for before, piece in zip((None, *row), row, strict=False):
        xs.append(end + _gap(before, piece))
        end = xs[-1] + piece_width(piece)
    return xs


def _gap(before: BoardPiece | None, piece: BoardPiece) -> int:
    """The blanks between two pieces that stand side by side; none before the first."""
    is_tight = any(isinstance(one, LaidOutSign) and not one.has_air for one in (before, piece))
    return 0 if before is None or is_tight else _GAP


def broken_into_rows(board_row: Sequence[BoardPiece], width: int) -> list[list[BoardPiece]]:
    """A row of pieces in lines of at most ``width`` columns, broken before signs."""
    rows: list[list[BoardPiece]] = []
    row: list[BoardPiece] = []
    end = 0
    for number, piece in enumerate(board_row, start=1):
        behind = end + _width_behind(row, [piece])
        if row and isinstance(piece, LaidOutMatrix):
            closing = _signs_behind(board_row[number:])
            fits = behind + _width_behind([piece], closing) <= width
            # The signs before this matrix go to the next row with it; blanks need not.
            last = -1 if fits else max((i for i, one in enumerate(row) if isinstance(one, LaidOutMatrix)), default=-1)
            if last >= 0:
                # A bracket is closed on its own row.
                while last + 1 < len(row) and _closes(row[last + 1]):
                    last += 1
                rows.append(row[: last + 1])
                row = [sign for sign in row[last + 1 :] if not isinstance(sign, LaidOutSign) or sign.text.strip()]
                behind = _width_behind([], [*row, piece])
        row.append(piece)
        end = behind
    return [*rows, row] if row else rows


def _width_behind(row: Sequence[BoardPiece], more: Sequence[BoardPiece]) -> int:
    """The columns that more pieces take behind a row."""
    width, before = 0, row[-1] if row else None
    for piece in more:
        width += _gap(before, piece) + piece_width(piece)
        before = piece
    return width


def _signs_behind(pieces: Sequence[BoardPiece]) -> Sequence[BoardPiece]:
    """The signs that stay with the matrix before them: those that close a bracket, and all if no matrix follows."""
    if any(isinstance(piece, LaidOutMatrix) for piece in pieces):
        return [*takewhile(_closes, pieces)]
    return pieces


def _closes(piece: BoardPiece) -> bool:
    """Whether a sign, such as ) or + ε), closes a bracket that a sign before it opens."""
    return isinstance(piece, LaidOutSign) and piece.text.count(")") > piece.text.count("(")
