"""Remembers what the terminal shows, cell by cell, and sends only the cells that change."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from tui_nn import decimal_sign
from tui_nn.dashboard.terminal.escape_sequences import (
    NO_COLOURS,
    Colours,
    Span,
    escape_sequences,
    in_short_order,
    with_blanks_coloured,
)
from tui_nn.dashboard.terminal.textual_internals import (
    ChopsUpdate,
    CompositorUpdate,
    LayoutUpdate,
    colour_system_of,
)
from tui_nn.decimal_sign import POINT_OF_CODE, is_comma, with_commas
from tui_nn.writing.notation.sign_set import LOOKALIKES, SignSet

_Cell: TypeAlias = tuple[str, Colours]
"""A character and its colours. The second cell of a wide character has the character ""; a blank on which no line is
drawn has the colours of its ground alone: in a blank, nobody sees those of the text."""

_UNKNOWN: _Cell = ("\0", NO_COLOURS)
# Sending up to so many bytes of unchanged cells costs no more than moving the cursor past them.
_MOST_UNCHANGED_BYTES = 4


class DiffRenderer:
    """Keeps the cells that the terminal shows, and sends those that differ.

    Textual would send each changed line of a widget from its left edge to the last changed cell, and the colours of
    each word again. For a small change, the renderer sends all cells of one colour one after the other.
    """

    def __init__(self, signs: SignSet = SignSet.ALL, *, erases: bool = False) -> None:
        self._has_commas = decimal_sign.is_comma()
        self._signs = signs
        """The signs that the terminal can show; similar ones of these replace all others."""
        self._erases = erases
        """Whether the terminal gives erased cells the current background colour; not every terminal does."""
        self._size = Size(0, 0)
        self._lines: list[list[_Cell]] = []
        self._is_whole = False

    @property
    def is_whole(self) -> bool:
        """Whether Textual has drawn the whole screen since the last resize and since the last call of `forget`."""
        return self._is_whole

    def forget(self) -> None:
        """Forgets what the terminal shows, so that the next drawing is sent whole."""
        self._size = Size(0, 0)
        self._is_whole = False

    def whole(self) -> str:
        """The text that makes an empty terminal of the same size show what this one shows."""
        spans = []
        for y, line in enumerate(self._lines):
            x = 0
            for colours, run in groupby(line, lambda cell: cell[1]):
                cells = [*run]
                if cells[0] is not _UNKNOWN:
                    spans.append(Span(y, x, len(cells), "".join(text for text, _ in cells), colours))
                x += len(cells)
        return escape_sequences(with_blanks_coloured(spans), self._size.width, erases=self._erases)

    def lines_in_runs(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What the terminal shows, line by line: texts of one style, each with its escape sequence's parameters."""
        return tuple(
            tuple(
                ("".join(text for text, _ in run), colours) for colours, run in groupby(line, lambda cell: cell[1].all)
            )
            for line in self._lines
        )

    def changes(self, update: LayoutUpdate | ChopsUpdate, size: Size, console: Console) -> str:
        """The text that makes a terminal of ``size`` show ``update``; "" if it shows the update already.

        Leaves out cells outside of the terminal: Textual may have made the update for an older, larger size.
        """
        if size != self._size:
            self._size, self._is_whole = size, False
            self._lines = [[_UNKNOWN] * size.width for _ in range(size.height)]
        if isinstance(update, LayoutUpdate) and update.region == size.region:
            self._is_whole = True
        colour_system = colour_system_of(console)
        spans = [
            span
            for y, x, strip in _strips(update)
            for span in self._changed_spans(y, x, _cells_of_strip(strip, colour_system, self._signs))
        ]
        spans = with_blanks_coloured(spans)
        if isinstance(update, ChopsUpdate):
            spans = in_short_order(spans, size.width)
        return escape_sequences(spans, size.width, erases=self._erases)

    def _changed_spans(self, y: int, x: int, cells: list[_Cell]) -> Iterator[Span]:
        """Keeps the cells that lie on the terminal, and yields the spans that differ from what it showed."""
        if not 0 <= y < len(self._lines):
            return
        line = self._lines[y]
        new = _cells_between(cells, -x, len(line) - x)
        x = max(0, x)
        if self._has_commas:
            new = _with_commas(line, x, new)
        old = line[x : x + len(new)]
        if new == old:
            return
        line[x : x + len(new)] = new
        # If half of a wide character is written over, terminals differ in what they show of the other half.
        if not old[0][0] and x:
            line[x - 1] = _UNKNOWN
        if x + len(new) < len(line) and not line[x + len(new)][0]:
            line[x + len(new)] = _UNKNOWN
        end = 0
        for begin in [i for i, (cell, before) in enumerate(zip(new, old, strict=True)) if cell != before]:
            if begin < end:
                # The span before covers this cell.
                continue
            colours = new[begin][1]
            is_blank = _is_blank(new[begin])
            end = looked_at = begin + 1
            unchanged_bytes = 0
            while looked_at < len(new) and unchanged_bytes < _MOST_UNCHANGED_BYTES:
                cell = new[looked_at]
                if is_blank and cell[1].ground == colours.ground:
                    colours, is_blank = cell[1], _is_blank(cell)
                elif cell[1] != colours and not (_is_blank(cell) and cell[1].ground == colours.ground):
                    break
                looked_at += 1
                if cell != old[looked_at - 1]:
                    end, unchanged_bytes = looked_at, 0
                else:
                    unchanged_bytes += len(cell[0].encode())
            while end < len(new) and not new[end][0]:
                end += 1
            yield Span(y, x + begin, end - begin, "".join(text for text, _ in new[begin:end]), colours)


def _with_commas(line: list[_Cell], x: int, new: list[_Cell]) -> list[_Cell]:
    """``new``, the cells from column ``x`` of ``line``, with decimal commas; a number may begin before ``x``."""
    # One sign per cell: the second cell of a wide character is empty, and a character can have several code points.
    whole = "".join(cell[0][:1] or " " for cell in (*line[:x], *new, *line[x + len(new) :]))
    written = with_commas(whole)
    if written == whole:
        return new
    signs = zip(new, whole[x:], written[x:], strict=False)
    return [cell if before == after else (after, cell[1]) for cell, before, after in signs]


def _is_blank(cell: _Cell) -> bool:
    return cell[0] == " " and cell[1].all == cell[1].ground


def _strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of lines that Textual has drawn, each with its line and its first column."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, begin, end in update.spans:
        # A line that was marked for drawing on a larger screen may lie below the last line now.
        for x, piece in update.chops[y].items() if 0 <= y < len(update.chops) else ():
            # Outside of the span, the pieces may show what another widget covers.
            if piece is not None and x < end and x + piece.cell_length > begin:
                left = max(0, begin - x)
                yield y, x + left, piece.crop(left, end - x)


def _cells_of_strip(strip: Strip, colour_system: ColorSystem, signs: SignSet) -> list[_Cell]:
    cells: list[_Cell] = []
    for text, style, control in strip:
        if not control:
            colours = _colours(style, colour_system) if style else NO_COLOURS
            cells += _cells_of_text(text, colours, _colours_of_blank(style, colour_system), signs)
    return cells


def _cells_between(cells: list[_Cell], begin: int, end: int) -> list[_Cell]:
    """The cells from ``begin`` to ``end``, as far as there are any. A blank replaces a wide character cut in half."""
    begin, end = max(0, begin), min(len(cells), end)
    part = cells[begin:end] if begin < end else []
    if part and not part[0][0]:
        part[0] = (" ", part[0][1])
    if part and end < len(cells) and not cells[end][0]:
        part[-1] = (" ", part[-1][1])
    return part


@lru_cache(maxsize=4096)
def _colours(style: Style, colour_system: ColorSystem) -> Colours:
    whole = _parameters(style, colour_system)
    if _is_seen_in_blanks(style):
        return Colours(whole, "", "", whole, is_plain_ground=False)
    text = _parameters(Style(color=style.color), colour_system)
    ground = _parameters(Style(bgcolor=style.bgcolor), colour_system)
    attributes = whole.removesuffix(ground).rstrip(";").removesuffix(text).rstrip(";")
    return Colours(whole, attributes, text, ground)


def _parameters(style: Style, colour_system: ColorSystem) -> str:
    sequence = Strip.render_style(style, "\0", colour_system).partition("\0")[0]
    return sequence.removeprefix("\x1b[").removesuffix("m")


def _is_seen_in_blanks(style: Style) -> bool:
    """Whether a blank shows more of a style than the ground, such as a line under it."""
    return any((style.reverse, style.underline, style.underline2, style.overline, style.strike, style.blink))


@lru_cache(maxsize=4096)
def _colours_of_blank(style: Style | None, colour_system: ColorSystem) -> Colours:
    if style is None:
        return NO_COLOURS
    return _colours(style if _is_seen_in_blanks(style) else Style(bgcolor=style.bgcolor), colour_system)


@lru_cache(maxsize=4096)
def _cells_of_text(text: str, colours: Colours, colours_of_blank: Colours, signs: SignSet) -> list[_Cell]:
    # A text may be pasted or come from a file. None of its control characters may reach the terminal.
    text = "".join(char for char in text if char >= " " and not "\x7f" <= char <= "\x9f")
    if text.isascii():
        # Each of these characters takes one cell, and every terminal shows it.
        return [(char, colours_of_blank if char == " " else colours) for char in text]
    lookalike = LOOKALIKES[signs]
    cells: list[_Cell] = []
    # Textual counts in the same way: a heart with its variation selector is one character of two cells.
    for begin, end, width in split_graphemes(text)[0]:
        if text[begin:end] == " ":
            cells.append((" ", colours_of_blank))
        elif text[begin:end] == POINT_OF_CODE and is_comma():
            cells.append((POINT_OF_CODE, colours))
        elif signs is SignSet.ASCII:
            cells += [(lookalike(text[begin:end]), colours)] * width
        elif width:
            cells.append((lookalike(text[begin:end]), colours))
            cells += [("", colours)] * (width - 1)
    return cells


class ChangedCells(CompositorUpdate):
    """An update for Textual to write.

    Asks the renderer for the text only when Textual writes it, because the renderer counts the text as shown.
    """

    def __init__(self, renderer: DiffRenderer, update: LayoutUpdate | ChopsUpdate, size: Size) -> None:
        self._renderer = renderer
        self._update = update
        self._size = size

    def render_segments(self, console: Console) -> str:
        """The text to send, with its escape sequences."""
        return self._renderer.changes(self._update, self._size, console)
