"""The forward and the backward pass in columns that they share: each gradient and δ below its own matrix."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, with_styles_joined
from tui_nn.dashboard.widgets.matrices.matrix_layout import PLAIN, LaidOutRow, Layout, Spacing
from tui_nn.dashboard.widgets.matrices.matrix_pieces import LaidOutMatrix, matrix_width
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.writing.notation.signs import Notation

Laid = Callable[[str], LaidOutMatrix]
"""Lays out the matrix with a given name."""


@frozen_dataclass
class PassColumn:
    """A column: the sign before it, its matrix in the forward pass, and the matrix below that one, by name, or ""."""

    sign: str
    forward: str
    backward: str = ""


def columns(view: View) -> Iterator[PassColumn]:
    """The columns of both passes, from X to Ŷ."""
    network, notation = view.state.document.network, view.notation
    last = len(network.layers)
    yield PassColumn("", "X")
    for layer in range(2, last + 1):
        yield PassColumn(notation.product, f"W{layer - 1}", f"dJdW{layer - 1}")
        if network.bias:
            yield PassColumn("+", f"b{layer - 1}", f"dJdb{layer - 1}")
        yield PassColumn(notation.equals, f"Z{layer}", f"delta{layer}")
        output = "Y_hat" if layer == last else f"A{layer}"
        function = notation.functions[network.activation_of(layer).name]
        yield PassColumn(f"{function}{notation.arrow}", output)


def widths_depend_on(view: View) -> object:
    """What moves the matrices besides their numbers: what questions hide, in either pass."""
    hidden = view.hidden
    return hidden.shapes, hidden.signs, view.reached_matrices if hidden.signs else None


def aligned(view: View, laid: Laid, room: Size, *, is_forward: bool) -> Layout | None:
    """One pass with all its matrices on one line, each above or below its partner in the other; None if too wide.

    If there are too few columns, the name X replaces the matrix X; if still too few, the blanks beside signs go.
    If there are enough lines, a blank line stands between two rows of numbers.
    """
    cells = list(columns(view))
    pieces = {name: laid(name) for one in cells for name in (one.forward, one.backward) if name}
    for air, has_inputs in ((_AIR, True), (_AIR, False), (_LESS_AIR, False), (_NO_AIR, False)):
        forward, signs = _forward(cells, pieces, view, air, has_inputs=has_inputs)
        backward = _backward(cells, forward, pieces, room.width)
        if backward is not None and forward[-1].end <= room.width:
            placed = forward if is_forward else backward
            return _Aligned(placed, signs if is_forward else [], view, room, is_forward=is_forward)
    return None


class _Air(NamedTuple):
    """The blanks before and after a sign."""

    before: int
    after: int


# If numbers may have a minus, the bracket begins with a blank, which also separates it from the sign before it.
_AIR, _LESS_AIR, _NO_AIR = _Air(1, 1), _Air(1, 0), _Air(0, 0)
_SPACED = Spacing(stride=2)


class _Placed(NamedTuple):
    x: int
    piece: LaidOutMatrix
    name: str
    """The name of the matrix. `piece` does not have it while a question asks for the shape."""

    @property
    def end(self) -> int:
        return self.x + matrix_width(self.piece)


def _forward(
    cells: Sequence[PassColumn], pieces: dict[str, LaidOutMatrix], view: View, air: _Air, *, has_inputs: bool
) -> tuple[list[_Placed], list[tuple[int, str]]]:
    """Where the matrices of the forward pass stand, and the signs between them."""
    placed, signs, x = [], [], 0
    for one in cells:
        if one.sign:
            signs.append((x + air.before, one.sign))
            x += len(one.sign) + air.before + air.after
        if one.forward == "X" and not has_inputs:
            signs.append((0, view.notation.name("X")))
            x = 1
            continue
        placed.append(_Placed(x, pieces[one.forward], one.forward))
        x = placed[-1].end
    return placed, signs


def _backward(
    cells: Sequence[PassColumn], forward: Sequence[_Placed], pieces: dict[str, LaidOutMatrix], room: int
) -> list[_Placed] | None:
    """Where the matrices of the backward pass stand: centred below their partners, or as near to that as they fit."""
    above = {one.name: one for one in forward}
    placed: list[_Placed] = []
    for one in cells:
        if one.backward:
            piece, over = pieces[one.backward], above[one.forward]
            middle = over.x + (over.end - over.x - matrix_width(piece)) // 2
            placed.append(_Placed(max(placed[-1].end + 1 if placed else 0, middle), piece, one.backward))
    limit = room
    for i in reversed(range(len(placed))):
        x = min(placed[i].x, limit - matrix_width(placed[i].piece))
        if x < 0:
            return None
        placed[i] = placed[i]._replace(x=x)
        limit = x - 1
    return placed


class _Aligned(Layout):
    def __init__(
        self, placed: Sequence[_Placed], signs: list[tuple[int, str]], view: View, room: Size, *, is_forward: bool
    ) -> None:
        super().__init__([], room.width, unicode=view.notation.unicode)
        first = next((piece for _, piece, _ in placed if piece.test_rows), None)
        row = tuple(
            (x, replace(piece, label="", test_label=piece.test_label if piece is first else ""))
            for x, piece, _ in placed
        )
        tallest = max((len(piece.rows) for _, piece in row), default=1)
        spacing = PLAIN.with_lines_below(piece for _, piece in row)
        has_theirs = spacing.below and not spacing.has_test_rows
        if has_theirs and spacing.height(tallest) > room.height:
            # Without room for a student's numbers, the cells that differ are marked.
            spacing, row = PLAIN, tuple((x, replace(piece, only_marks_theirs=True)) for x, piece in row)
        spaced = replace(spacing, stride=_SPACED.stride)
        if not has_theirs and spaced.height(tallest) < room.height:
            spacing = spaced
        self._place_row(LaidOutRow(0, tallest, row, [], spacing), Size(room.width, spacing.height(tallest)))
        self._labels = _labels(placed, view, room.width, is_forward=is_forward)
        self._signs = signs
        self._middle = 1 + (min(tallest, 3) - 1) // 2 * spacing.stride

    def line(self, y: int) -> Line:
        """The labels, or a row of numbers with the signs in the second of them."""
        if y == 0:
            return _written(self._labels)
        line = super().line(y)
        return _with_signs(line, self._signs) if y == self._middle else line


def _labels(placed: Sequence[_Placed], view: View, room: int, *, is_forward: bool) -> list[tuple[int, str, str]]:
    """The labels with their columns and styles: a formula if it fits between its neighbours, or else a name."""
    # The forward pass needs no formulas: its signs stand between the matrices.
    formulas = {} if is_forward else {one.name: view.notation.formula(one) for one in view.equations}
    labels: list[tuple[int, str, str]] = []
    limit = room
    for i in reversed(range(len(placed))):
        x, piece, matrix = placed[i]
        plain, name = view.notation.name(matrix), piece.label
        pointer = ("▶" if view.notation.unicode else ">") if piece.is_result else ""
        # The name may have a mark behind it.
        formula = formulas.get(matrix, plain).replace(plain, name, 1)
        texts = (name,) if is_forward else (formula, _tight(formula, view.notation), name)
        # The label before may need all the room up to the end of its matrix.
        begin = max(placed[i - 1].end, placed[i - 1].x + 1 + len(placed[i - 1].piece.label)) if i else 0
        text = pointer + next((one for one in texts if len(pointer + one) <= limit - begin), name)
        labels.append((max(0, min(x + 1 - len(pointer), limit - len(text))), text, piece.label_style))
        limit = labels[-1][0] - 1
    return labels


def _tight(formula: str, notation: Notation) -> str:
    """A formula without blanks around its signs, but for the equals sign."""
    left, equals, right = formula.partition(f" {notation.equals} ")
    return left + equals + right.replace(" ", "")


def _written(labels: Sequence[tuple[int, str, str]]) -> Line:
    """The labels on a line. A name has the colour of its matrix in this step; the formula behind it is always dim."""
    line: Line = []
    end = 0
    for x, text, style in sorted(labels):
        name, blank, formula = text.partition(" ")
        line += [(" " * (x - end), ""), (name, style), (blank + formula, "pending")]
        end = x + len(text)
    return [part for part in line if part[0]]


def _with_signs(line: Line, signs: Sequence[tuple[int, str]]) -> Line:
    """The line, with signs written over its blanks."""
    cells = [(char, style) for text, style in line for char in text]
    for x, sign in signs:
        cells += [(" ", "")] * (x + len(sign) - len(cells))
        cells[x : x + len(sign)] = [(char, "") for char in sign]
    return with_styles_joined(cells)
