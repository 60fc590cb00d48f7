"""A widget that draws lines of text, and sends only the lines that changed."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_nn.dashboard.terminal.textual_internals import (
    after_size_update,
    forget_scrollbars_tried,
    mark_whole_dirty,
    update_scrollbars,
)
from tui_nn.dashboard.widgets.part_styles import PartStyles
from tui_nn.writing.sentences.note_sentences import ObservationText

# The columns around a title in its border, and between the title and the hint.
_COLUMNS_BESIDE_TITLE = 7

Line: TypeAlias = list[tuple[str, str]]
"""Texts side by side, each with the name of its style, such as ``current``; "" is the plain one."""


class Canvas(ScrollView, can_focus=False):
    """Draws the part in sight of a surface, which may be larger than the widget.

    A subclass gives the size of its `surface` and each `line` of it, and calls `repaint` when one of them changed.
    """

    DEFAULT_CSS = """
    Canvas {
        background: $background; color: $clear;
        scrollbar-size: 1 1;
        & > .canvas--label { color: $clear; text-style: bold; }
        & > .canvas--current { color: $on-now; background: $now; text-style: bold; }
        & > .canvas--now { color: $now; text-style: bold; }
        & > .canvas--operand, & > .canvas--operand-name { color: $operand; }
        & > .canvas--used { color: $clear; }
        & > .canvas--pending { color: $faint; }
        & > .canvas--faint { color: $faint; }
        & > .canvas--rule { color: $rule; }
        & > .canvas--title { color: $clear; text-style: bold; }
        & > .canvas--curve { color: $operand; text-style: bold; }
        & > .canvas--edge { color: $faint; }
        & > .canvas--negative { color: $negative; }
        & > .canvas--flow { color: $now; }
        & > .canvas--selected, & > .canvas--row { color: $selected; text-style: bold; }
        & > .canvas--cursor { color: $selected; text-style: bold underline; }
        & > .canvas--chosen { color: $on-now; background: $now; text-style: bold underline; }
        & > .canvas--editing { background: $primary-muted; color: $text; text-style: bold; }
        & > .canvas--error { color: $text-error; text-style: bold; }
        & > .canvas--mark { color: $now; text-style: bold; }
        & > .canvas--coming { color: $operand 65%; }
        & > .canvas--pointer { color: $selected; text-style: bold; }
        & > .canvas--other { color: $negative; }
        & > .canvas--other-ahead { color: $negative 65%; }
        & > .canvas--third { color: $text-success; }
        & > .canvas--third-ahead { color: $text-success 65%; }
        & > .canvas--plain { color: $foreground; }
        & > .canvas--source { color: $selected; text-style: bold; }
        & > .canvas--good { color: $good; }
    }
    """

    mark_of_focus = "› "
    """Stands before the title while the widget has the keys."""

    frame_rule = "─"
    """What the upper side of the frame is made of, between the title and what stands at the right end."""

    frame_colour = "$rule"
    """The colour of that part of the frame."""

    height_follows_lines = True
    """Whether a widget of automatic height is as high as its surface."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawn_lines: list[Line] = []
        self._styles_of_parts = PartStyles(self, _STYLES_OF_ALL)
        self._last_fit = Size(0, 0), Size(0, 0)
        self._title = self._brief_title = self._beside = ""
        self._title_parts: list[tuple[str, str]] = []
        self.room = 0
        """How many columns there are for the surface, without the scrollbar."""
        after_size_update(self, self._fit_to_size)

    def surface(self, room: int) -> Size:
        """The columns and lines that the surface has if there are ``room`` columns for it."""
        raise NotImplementedError

    @property
    def is_surely_too_high(self) -> bool:
        """Whether the surface is higher than the widget at every width; False where only `surface` can tell."""
        return False

    def line(self, y: int) -> Line:
        """Line ``y`` of the surface, from its first column on."""
        raise NotImplementedError

    def set_title(self, title: str, brief: str = "", beside: str = "") -> None:
        """Shows ``title`` in the frame as plain text: it may come from a file and look like markup.

        ``brief`` is a shorter title, shown when the note needs the room. ``beside`` stands at the right end of the
        frame, if there is room.
        """
        self._title, self._brief_title, self._beside = title, brief or title, beside
        self._refresh_title()

    def on_screen(self, place: Offset) -> Offset | None:
        """Where a place of the surface stands on the screen; None if it is out of sight."""
        shown = self.content_region.offset + place - self.scroll_offset
        return shown if self.content_region.contains_point(shown) else None

    def cursor_on_screen(self) -> Offset | None:
        """Where the terminal's cursor stands while this has the keys: at its first line."""
        return self.content_region.offset

    @property
    def note(self) -> ObservationText | None:
        """The note about what this pane shows, or None."""
        return None

    @property
    def hint(self) -> str:
        """What the user does here, in a few words; "" where there is nothing to say."""
        return ""

    @property
    def is_marked(self) -> bool:
        """Whether the title has the mark of focus."""
        return self.has_focus

    def _refresh_title(self) -> None:
        """Shows the title at the left of the frame, and at its right the note, the hint or what stands beside."""
        room = self.outer_size.width - _COLUMNS_BESIDE_TITLE
        hint = self.hint if self.has_focus else ""
        mark = self.mark_of_focus if self.is_marked else ""
        choices = [(self._title, hint, "not bold $faint")] if hint else []
        if self._beside:
            both = f"{hint}  {self._beside}" if hint else self._beside
            choices = [(self._title, text, "not bold $faint") for text in dict.fromkeys((both, self._beside))] + choices
        if self.is_attached and (note := self.note):
            texts = ((self._title, note.sentence), (self._title, note.brief), (self._brief_title, note.brief))
            choices = [*((title, text, "not bold $text-warning") for title, text in texts), *choices]
        fitting = (choice for choice in choices if cell_len(mark + choice[0] + choice[1]) <= room - 2)
        title, text, style = next(fitting, (self._title, "", ""))
        # A reversed title is easy to find, also without colours.
        parts: list[tuple[str, str]] = [(mark + title, "reverse" if mark else "")]
        if text:
            rule = self.frame_rule * max(1, room - 1 - cell_len(mark + title + text))
            parts += [(f" {rule} ", f"not bold {self.frame_colour}"), (text, style)]
        # Textual draws the whole pane again for every title, even for the same one.
        if parts != self._title_parts:
            self._title_parts = parts
            self.border_title = Content.assemble(*parts)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows the hint while the widget has the keys."""
        super().watch_has_focus(has_focus)
        self._refresh_title()

    def update_node_styles(self, animate: bool = True) -> None:
        """Styles the widget, which has no children, for its classes and the focus.

        Textual would style the scrollbars as well, which depend on neither, and then lay out the whole screen.
        """
        if self.is_attached:
            self.app.stylesheet.apply(self, animate=animate)

    def on_hide(self, event: events.Hide) -> None:
        """Keeps the focus if the pane is in sight again: Textual reports late that the pane was hidden."""
        if self.has_class("-current"):
            event.prevent_default()

    def repaint(self) -> None:
        """Draws the lines in sight that changed."""
        self._fit_surface()
        size = self.size
        if not size:
            self._drawn_lines = []
            return
        before = self._drawn_lines
        self._compute_lines()
        nothing: Line = []
        lines = enumerate(zip_longest(before, self._drawn_lines, fillvalue=nothing))
        if changed := [Region(0, y, size.width, 1) for y, (old, new) in lines if old != new]:
            self.refresh(*changed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The number of lines, for a widget of automatic height."""
        return self.surface(width).height

    def _fit_surface(self) -> None:
        # Whether there is a scrollbar depends on the size without one, never on whether there was one before.
        width, height = self.size
        self.room = width
        surface = None if self.is_surely_too_high else self.surface(width)
        if surface is None or surface.height > height:
            self.room = max(0, width - self.styles.scrollbar_size_vertical)
            surface = self.surface(self.room)
        self._resize_surface(surface)

    def _resize_surface(self, size: Size) -> None:
        sizes = size, self.size
        if sizes == self._last_fit:
            return
        self._last_fit = sizes
        forget_scrollbars_tried(self)
        if (self.styles.auto_dimensions and self.height_follows_lines) or not self.size:
            self.virtual_size = size
        else:
            # Only the scrollbars depend on this size. Setting it the usual way would lay out and draw the whole screen.
            self.set_reactive(Canvas.virtual_size, size)
        update_scrollbars(self, size)

    @property
    def _surface_height(self) -> int:
        # Textual's `virtual_size` may be from before an edit, or the size of the widget.
        return self._last_fit[0].height

    def _lines_in_sight(self) -> Iterator[Line]:
        top, height = self.scroll_offset.y, self._surface_height
        for y in range(top, top + self.size.height):
            yield self.line(y) if y < height else []

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of the part in sight, as Textual's line API asks for it."""
        line = self._drawn_lines[y] if y < len(self._drawn_lines) else []
        left, width = self.scroll_offset.x, self.size.width
        strip = Strip([Segment(text, self.style_of(name)) for text, name in line])
        return strip.crop_extend(left, left + width, self.style_of(""))

    def style_of(self, name: str) -> Style:
        """The colours that the current theme gives to a style's name."""
        return self._styles_of_parts.of(name)

    def notify_style_update(self) -> None:
        """Looks up the colours in sight again, and draws all lines again if a colour changed."""
        super().notify_style_update()
        if self._styles_of_parts.look_up_again():
            self.refresh()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Computes the lines that scrolling brought in sight."""
        super().watch_scroll_x(old_value, new_value)
        self._compute_lines()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Computes the lines that scrolling brought in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._compute_lines()

    def _fit_to_size(self, is_resized: bool) -> None:
        # The lines of a pane may have changed while it was out of sight.
        if is_resized or not self._drawn_lines:
            mark_whole_dirty(self)
            self.fit()

    def fit(self) -> None:
        """Computes the lines for a new size; Textual then draws all of them."""
        self._refresh_title()
        self._fit_surface()
        self._compute_lines()

    def _compute_lines(self) -> None:
        if self.size:
            self._drawn_lines = list(self._lines_in_sight())


_STYLES_OF_ALL = frozenset(re.findall(r"canvas--([\w-]+)", Canvas.DEFAULT_CSS))


def size_of_lines(lines: list[Line]) -> Size:
    """The columns and lines that ``lines`` need, one below the other."""
    return Size(max((sum(cell_len(text) for text, _ in line) for line in lines), default=0), len(lines))


def with_styles_joined(line: Line) -> Line:
    """The same line, with neighbours of one style joined: each change of style costs forty bytes of output."""
    merged: Line = []
    for text, style in line:
        if merged and style == merged[-1][1]:
            merged[-1] = (merged[-1][0] + text, style)
        elif text:
            merged.append((text, style))
    return merged
