"""Formulas laid out with the numbers in their matrices: where each matrix and sign stands."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual.geometry import Region, Size

from tui_nn.dashboard.widgets.canvas import Line, with_styles_joined
from tui_nn.dashboard.widgets.matrices.matrix_pieces import (
    BoardPiece,
    BoardRow,
    LaidOutMatrix,
    LaidOutSign,
    broken_into_rows,
    first_columns,
    matrix_width,
    piece_width,
    with_one_test_label,
)
from tui_nn.frozen_dataclass import frozen_dataclass


@frozen_dataclass
class Spacing:
    """The lines of a row of matrices: those above the numbers, and from one row of numbers to the next.

    With ``is_formula``, the labels with the signs between them are the formula: they stand in the middle above their
    matrices, with the shapes below, or beside them with ``has_shapes_beside``. ``below`` lines follow the last row; if
    ``has_test_rows``, they are a rule and the rows kept back for a test.
    """

    above: int = 1
    stride: int = 1
    is_formula: bool = False
    has_shapes_beside: bool = False
    below: int = 0
    has_test_rows: bool = False

    def height(self, rows: int) -> int:
        """The lines that so many rows of numbers take, including the lines above them and below."""
        return self.above + (rows - 1) * self.stride + 1 + self.below

    def with_lines_below(self, pieces: Iterable[BoardPiece]) -> "Spacing":
        """The spacing with a line below each row, if a student's numbers stand there, or with the test rows."""
        matrices = [piece for piece in pieces if isinstance(piece, LaidOutMatrix)]
        if any(piece.has_line_of_theirs for piece in matrices):
            return replace(self, stride=max(2, self.stride), below=1)
        test_rows = max((len(piece.test_rows) for piece in matrices), default=0)
        return replace(self, below=1 + test_rows, has_test_rows=True) if test_rows else self


PLAIN = Spacing()
FORMULA = Spacing(above=2, is_formula=True)
PLAIN_FORMULA = Spacing(above=1, is_formula=True)
BRIEF_FORMULA = Spacing(above=1, is_formula=True, has_shapes_beside=True)
SPACED_FORMULA = Spacing(above=3, stride=2, is_formula=True)
LARGE_FORMULA = Spacing(above=4, stride=3, is_formula=True)
LARGEST_FORMULA = Spacing(above=5, stride=4, is_formula=True)


@frozen_dataclass(eq=False)
class LaidOutRow:
    """Pieces side by side, each with the column where it begins, or words, from line ``y`` on."""

    y: int
    rows: int
    """The rows of its tallest matrix."""
    pieces: tuple[tuple[int, BoardPiece], ...]
    words: Line
    spacing: Spacing

    @property
    def height(self) -> int:
        """Its lines; words have one."""
        return 1 if self.words or not self.rows else self.spacing.height(self.rows)


class Layout:
    """Rows of matrices and words, one below the other. Breaks a row that is wider than ``width`` before a sign."""

    def __init__(
        self, board_rows: Sequence[BoardRow], width: int, *, unicode: bool, spacing: Spacing = PLAIN, margin: int = 0
    ) -> None:
        self._unicode = unicode
        self._margin = margin
        self._rows: list[LaidOutRow] = []
        y = widest = 0
        for board_row in board_rows:
            words = [part for part in board_row if isinstance(part, tuple)]
            pieces = [part for part in board_row if not isinstance(part, tuple)]
            for pieces_of_row in broken_into_rows(pieces, width - margin) or [[]]:
                row = with_one_test_label(pieces_of_row)
                xs = [margin + x for x in first_columns(row)]
                tallest = max((len(piece.rows) for piece in row if isinstance(piece, LaidOutMatrix)), default=0)
                placed = LaidOutRow(y, tallest, tuple(zip(xs, row, strict=True)), words, spacing.with_lines_below(row))
                self._rows.append(placed)
                ends = (x + piece_width(piece) for x, piece in zip(xs, row, strict=True))
                widest = max(widest, sum(len(text) for text, _ in words), max(ends, default=0))
                y += placed.height
        self._first_lines = [row.y for row in self._rows]
        self.size = Size(widest, y)

    def _place_row(self, row: LaidOutRow, size: Size) -> None:
        """Makes ``row`` the only one of the layout."""
        self._rows, self._first_lines, self.size = [row], [row.y], size

    def line(self, y: int) -> Line:
        """Line ``y`` of the layout."""
        row = self._rows[bisect_right(self._first_lines, y) - 1]
        if row.words:
            return row.words
        line: Line = []
        end = 0
        if self._margin:
            line = self._in_margin(row, y - row.y)
            end = sum(cell_len(text) for text, _ in line)
        for x, piece in row.pieces:
            part = self._line_of_piece(piece, y - row.y, row)
            line += [(" " * (x - end), ""), *part] if x > end else part
            end = x + sum(cell_len(text) for text, _ in part)
        return with_styles_joined(line)

    def _in_margin(self, row: LaidOutRow, line: int) -> Line:
        """The mark of the chosen row of the data, and the row's number, beside the first matrix that marks rows."""
        marks = (piece for _, piece in row.pieces if isinstance(piece, LaidOutMatrix) and piece.marked_row)
        piece = next(marks, None)
        below, between = divmod(line - row.spacing.above, row.spacing.stride)
        place = below - _lines_above(row, piece) if piece else -1
        if not piece or between or not 0 <= place < len(piece.rows) or not (number := piece.rows[place]):
            return []
        is_marked = number == piece.rows[piece.line_of(piece.marked_row) - 1]
        mark = ("›" if self._unicode else ">") if is_marked else " "
        style = "row" if is_marked else "faint"
        if piece.row_numbers:
            return [(f"{mark}{piece.row_numbers[number - 1]:{self._margin - 2}} ", style)]
        return [(f"{mark} ", style)] if is_marked else []

    @property
    def window(self) -> tuple[int, ...]:
        """The rows of the data that its matrices show, with 0 for dots; () if they show all."""
        return next((piece.window for _, _, piece in self._matrices() if piece.window), ())

    def region_of_selected_cell(self) -> Region | None:
        """The place of the selected cell; the first one, if several matrices show it."""
        for row, x, piece in self._matrices():
            if piece.selected_cell and piece.selected_cell[0] in piece.rows:
                return _cell_region(row, x, piece, *piece.selected_cell)
        return None

    def _matrices(self) -> Iterator[tuple[LaidOutRow, int, LaidOutMatrix]]:
        for row in self._rows:
            for x, piece in row.pieces:
                if isinstance(piece, LaidOutMatrix):
                    yield row, x, piece

    def neighbour_of_cell(self, across: int, down: int) -> tuple[str, int, int] | None:
        """The matrix, row and column of the next cell in a direction; of the first cell, if none is selected.

        Beyond the edge of a matrix, that is the nearest cell of the next matrix; None if there is no matrix.
        """
        named = [(row, x, piece) for row, x, piece in self._matrices() if piece.name]
        here = next(((row, x, piece) for row, x, piece in named if piece.selected_cell), None)
        if here is None:
            return self.first_cell()
        row, x, piece = here
        assert piece.selected_cell  # noqa: S101 - the search above asks for it
        next_row, next_column = piece.selected_cell[0] + down, piece.selected_cell[1] + across
        if 1 <= next_row <= piece.shape[0] and 1 <= next_column <= piece.shape[1]:
            return piece.name, next_row, next_column
        place = _cell_region(row, x, piece, *piece.selected_cell)
        nearest: tuple[int, tuple[str, int, int]] | None = None
        for other_row, other_x, other in named:
            if other is piece:
                continue
            cell = _nearest_cell(other_row, other_x, other, place)
            there = _cell_region(other_row, other_x, other, *cell)
            away = (there.x - place.x) * across + (there.y - place.y) * down
            aside = abs(there.y - place.y) if across else abs(there.x - place.x)
            if away > 0 and (not across or other_row is row):
                distance = away + 2 * aside if across else 100 * away + aside
                if nearest is None or distance < nearest[0]:
                    nearest = distance, (other.name, *cell)
        return nearest and nearest[1]

    def first_cell(self, top: int = 0) -> tuple[str, int, int] | None:
        """The first cell of the step's matrix; without such a matrix, of the first one from line ``top`` on."""
        named = [(row.y, piece) for row, _, piece in self._matrices() if piece.name]
        ordered = sorted(named, key=lambda one: (not one[1].is_result, one[0] < top))
        return (ordered[0][1].name, 1, 1) if ordered else None

    def cell_at(self, x: int, y: int) -> tuple[str, int, int] | None:
        """The matrix, row and column of the cell at a place of the surface; None if there is no cell."""
        for row, begin, piece in self._matrices():
            top = row.y + row.spacing.above + _lines_above(row, piece) * row.spacing.stride
            column = (x - begin - 1 - _indent(row, piece)) // (piece.number_format.width + 1) + 1
            line = (y - top) // row.spacing.stride + 1
            if piece.name and 1 <= line <= len(piece.rows) and x > begin and 1 <= column <= len(piece.columns):
                return piece.name, *piece.cell_on(line, column)
        return None

    def region_of_step(self) -> Region | None:
        """The place of the step's matrix and its label; without such a matrix, of the last operand of the step."""
        place = None
        for row in self._rows:
            for x, piece in row.pieces:
                if isinstance(piece, LaidOutMatrix) and (piece.is_result or piece.style in ("operand", "used")):
                    place = Region(x, row.y, piece_width(piece), row.height)
                    if piece.is_result:
                        return place
        return place

    def page_with(self, end: int, height: int) -> int:
        """The first line to show, so that ``height`` lines from there on reach to ``end``.

        That is the top of a row of matrices, or, if no row is low enough, the line that just reaches.
        """
        least = max(0, end - height)
        return next((y for y in self._first_lines if least <= y < end), least)

    def _line_of_piece(self, piece: BoardPiece, line: int, of: LaidOutRow) -> Line:
        spacing = of.spacing
        number, between = divmod(line - spacing.above, spacing.stride)
        row = number + 1 if line >= spacing.above and not between else 0
        if isinstance(piece, LaidOutSign):
            # Signs stand beside the second row, which matrices of different heights share more often than a middle row.
            is_middle = row == 1 + (min(of.rows, 3) - 1) // 2 or (spacing.is_formula and line == 0)
            return [(piece.text if is_middle else " " * len(piece.text), "")]
        width, rows = piece_width(piece), len(piece.rows)
        if line == 0:
            return self._label(piece, width, spacing)
        if line == 1 and spacing.is_formula and spacing.above > 1:
            return [(piece.shape_text.center(width), "faint")]
        if spacing.has_test_rows and (below := line - spacing.height(of.rows) + spacing.below) >= 0:
            return self._of_test_rows(piece, below + 1, width)
        row -= _blank_lines_above(rows, of.rows)
        is_between = spacing.stride > 1 and between and 1 <= number + 1 - _blank_lines_above(rows, of.rows) < rows
        if between == 1 and line >= spacing.above and (theirs := self._theirs(piece, number + 1, of, width)):
            return theirs
        if is_between:
            return self._between_rows(piece, width)
        if not row or not 1 <= row <= rows:
            return [(" " * width, "")]
        number = piece.rows[row - 1]
        has_top, has_bottom = row == 1 and number <= 1, row == rows and number in (0, piece.shape[0])
        left, right = _brackets(self._unicode, has_top=has_top, has_bottom=has_bottom)
        cells = piece.texts_on(number, unicode=self._unicode)
        padding = " " * (width - matrix_width(piece))
        is_plain = not (piece.source_cells or piece.hidden_cells or piece.cells_without_sign or piece.only_marks_theirs)
        if not is_plain or (piece.selected_cell and piece.selected_cell[0] == number):
            inside = []
            for place, (column, text) in enumerate(zip(piece.columns, cells, strict=True)):
                number_text = text.lstrip()
                style = piece.style_of(number, column)
                # A cell without the fill of its matrix has none before its number either.
                within = "" if piece.style == "current" and style in ("source", "mark") else piece.style
                before = " " * (len(text) - len(number_text))
                inside += [(" " * bool(place), piece.style), (before, within), (number_text, style)]
        else:
            inside = [(" ".join(cells), piece.style)]
        if spacing.is_formula:
            bracket = piece.style if piece.style == "operand" else ""
            half = len(padding) // 2
            return [(" " * half + left, bracket), *inside, (right + padding[half:], bracket)]
        return [(left, ""), *inside, (right + padding, "")]

    @staticmethod
    def _label(piece: LaidOutMatrix, width: int, spacing: Spacing) -> Line:
        if spacing.is_formula:
            shape = f" {piece.shape_text}" if spacing.has_shapes_beside else ""
            beside = shape if cell_len(piece.label + shape) <= width else ""
            return _centred(piece.label, width, piece.label_style, beside)
        return [(piece.title, piece.label_style), (" " * (width - cell_len(piece.title)), "")]

    def _between_rows(self, piece: LaidOutMatrix, width: int) -> Line:
        """The line between two rows of numbers: the sides of the brackets, and the fill."""
        side = ("⎢", "⎥") if self._unicode else ("[", "]")
        inside = matrix_width(piece) - 2
        padding = width - inside - 2
        half = padding // 2
        bracket = piece.style if piece.style == "operand" else ""
        fill = piece.style if piece.style == "current" else ""
        return [(" " * half + side[0], bracket), (" " * inside, fill), (side[1] + " " * (padding - half), bracket)]

    def _of_test_rows(self, piece: LaidOutMatrix, line: int, width: int) -> Line:
        """A line below the last row of numbers: the rule, or a test row; blank where there is none."""
        text = piece.below_the_rule(line, "─" if self._unicode else "-") if piece.test_rows else ""
        return [(text.ljust(width), "faint")]

    def _theirs(self, piece: LaidOutMatrix, row: int, of: LaidOutRow, width: int) -> Line:
        """The line below a row of numbers, with a student's numbers where they differ; [] if there are none."""
        row -= _blank_lines_above(len(piece.rows), of.rows)
        inside = piece.theirs_below(piece.rows[row - 1]) if 1 <= row <= len(piece.rows) else []
        if not inside:
            return []
        sides = (" ", " ") if row == len(piece.rows) else ("⎢", "⎥") if self._unicode else ("[", "]")
        padding = width - matrix_width(piece)
        half = padding // 2 if of.spacing.is_formula else 0
        bracket = piece.style if piece.style == "operand" else ""
        return [(" " * half + sides[0], bracket), *inside, (sides[1] + " " * (padding - half), bracket)]


def _blank_lines_above(rows: int, tallest: int) -> int:
    # A matrix with a single row stands beside the signs.
    return min((tallest - rows) // 2, 1)


def _lines_above(row: LaidOutRow, piece: LaidOutMatrix) -> int:
    return _blank_lines_above(len(piece.rows), row.rows)


def _cell_region(row: LaidOutRow, x: int, piece: LaidOutMatrix, cell_row: int, column: int) -> Region:
    width = piece.number_format.width
    y = row.y + row.spacing.above + (_lines_above(row, piece) + piece.line_of(cell_row) - 1) * row.spacing.stride
    return Region(x + 1 + _indent(row, piece) + (piece.place_of(column) - 1) * (width + 1), y, width, 1)


def _indent(row: LaidOutRow, piece: LaidOutMatrix) -> int:
    """The columns before the bracket: in a formula, a matrix stands in the middle below its label."""
    if not row.spacing.is_formula:
        return 0
    return (piece_width(piece) - matrix_width(piece)) // 2


def _nearest_cell(row: LaidOutRow, x: int, piece: LaidOutMatrix, place: Region) -> tuple[int, int]:
    """The cell of ``piece`` that is nearest to a place of the surface."""
    line = (place.y - row.y - row.spacing.above) // row.spacing.stride - _lines_above(row, piece) + 1
    column = (place.x - x - 1 - _indent(row, piece)) // (piece.number_format.width + 1) + 1
    return piece.cell_on(min(max(1, line), len(piece.rows)), min(max(1, column), len(piece.columns)))


def _centred(text: str, width: int, style: str, beside: str = "") -> Line:
    left, right = divmod(width - cell_len(text + beside), 2)
    return [(" " * left, ""), (text, style), (beside, "faint"), (" " * (left + right), "")]


def _brackets(unicode: bool, *, has_top: bool, has_bottom: bool) -> tuple[str, str]:
    """The brackets beside a line; without dots, they stay open where a matrix goes on beyond the rows in sight."""
    if not unicode or (has_top and has_bottom):
        return "[", "]"
    if has_top:
        return "⎡", "⎤"
    return ("⎣", "⎦") if has_bottom else ("⎢", "⎥")
