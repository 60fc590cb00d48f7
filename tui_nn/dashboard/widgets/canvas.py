"""A widget that draws lines of text, and sends only the lines that changed."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_nn.dashboard.terminal.textual_internals import (
    after_size_update,
    attach_part,
    forget_scrollbars_tried,
    mark_whole_dirty,
    update_scrollbars,
)
from tui_nn.writing.sentences.note_sentences import NoteText

# The columns around a title in its border, and between the title and the hint.
_BESIDE_TITLE = 7

Line: TypeAlias = list[tuple[str, str]]
"""Texts side by side, each with the name of its style, such as ``current``; "" is the plain one."""


class Canvas(ScrollView, can_focus=False):
    """Draws the part in sight of a surface, which may be larger than the widget.

    Subclasses say what stands in a `line` and how large the `surface` is, and call `repaint` when that changed.
    """

    DEFAULT_CSS = """
    Canvas {
        background: $background; color: $foreground;
        scrollbar-size: 1 1;
        & > .canvas--label { color: $foreground; text-style: bold; }
        & > .canvas--current { color: $text-accent; background: $accent-muted; text-style: bold; }
        & > .canvas--operand { color: $text-primary; text-style: bold; }
        & > .canvas--pending { color: auto 50%; }
        & > .canvas--faint { color: $text-muted; }
        & > .canvas--title, & > .canvas--curve { color: $text-primary; text-style: bold; }
        & > .canvas--cursor { text-style: reverse; }
        & > .canvas--chosen { text-style: reverse; }
        & > .canvas--editing { background: $primary-muted; color: $text; text-style: bold; }
        & > .canvas--refused { color: $text-error; text-style: bold; }
        & > .canvas--mark { color: $text-accent; text-style: bold; }
        & > .canvas--coming { color: $text-primary 75%; }
        & > .canvas--source { color: $text-success; background: $success-muted; text-style: bold; }
        & > .canvas--good { color: $text-success; }
    }
    """

    is_as_high_as_its_lines = True
    """Whether the height of the widget follows the number of its lines, if its height is automatic."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: list[Line] = []
        self._styles_by_name: dict[str, Style] = {}
        self._fitted = Size(0, 0), Size(0, 0)
        self._title = self._brief_title = ""
        self._entitled: list[tuple[str, str]] = []
        self.room = 0
        """How many columns are in sight, without the scrollbar."""
        after_size_update(self, self._fit_to_size)

    def surface(self, room: int) -> Size:
        """How many columns and lines the surface has if ``room`` columns are in sight."""
        raise NotImplementedError

    def line(self, y: int) -> Line:
        """What stands in line ``y`` of the surface, from its first column on."""
        raise NotImplementedError

    def entitle(self, title: str, brief: str = "") -> None:
        """Shows ``title`` in the border as plain text: it may come from a file and look like markup.

        ``brief`` is a shorter title, shown when the note needs the room.
        """
        self._title, self._brief_title = title, brief or title
        self._show_title()

    @property
    def observed(self) -> NoteText | None:
        """The note about what this pane shows, or None."""
        return None

    @property
    def hint(self) -> str:
        """What the user does here, in a few words; "" where there is nothing to say."""
        return ""

    def _show_title(self) -> None:
        """Shows the title, and after it the pane's note if there is room.

        Without a note, shows the hint there, if the pane has the focus or the whole width.
        """
        room = self.outer_size.width - _BESIDE_TITLE
        has_the_screen = self.is_attached and self.outer_size.width == self.screen.size.width
        hint = self.hint if self.has_focus or has_the_screen else ""
        beside = [(self._title, hint, "not bold $foreground 60%")] if hint else []
        if self.is_attached and (seen := self.observed):
            texts = ((self._title, seen.sentence), (self._title, seen.brief), (self._brief_title, seen.brief))
            beside = [*((title, text, "not bold $text-warning") for title, text in texts), *beside]
        fitting = ((title, text, style) for title, text, style in beside if len(title) + len(text) <= room)
        title, text, style = next(fitting, (self._title, "", ""))
        parts: list[tuple[str, str]] = [(title, ""), *([(f" · {text}", style)] if text else [])]
        # Setting a title sends the whole pane again, even if it is the same.
        if parts != self._entitled:
            self._entitled = parts
            self.border_title = Content.assemble(*parts)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows the hint while the widget has the keys."""
        super().watch_has_focus(has_focus)
        self._show_title()

    def on_hide(self, event: events.Hide) -> None:
        """Keeps the keys if this is the pane in sight again: Textual tells late that it was hidden before."""
        if self.has_class("-current"):
            event.prevent_default()

    def repaint(self) -> None:
        """Draws again what is in sight and differs from what the terminal shows."""
        self._fit()
        size = self.size
        if not size:
            self._shown = []
            return
        before = self._shown
        self._compute_lines()
        nothing: Line = []
        lines = enumerate(zip_longest(before, self._shown, fillvalue=nothing))
        if changed := [Region(0, y, size.width, 1) for y, (old, new) in lines if old != new]:
            self.refresh(*changed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The number of lines, for a widget of automatic height."""
        return self.surface(width).height

    def _fit(self) -> None:
        # Whether there is a scrollbar follows from what it would be without one, never from what it was before.
        width, height = self.size
        self.room = width
        surface = self.surface(width)
        if surface.height > height:
            self.room = max(0, width - self.styles.scrollbar_size_vertical)
            surface = self.surface(self.room)
        self._resize_surface(surface)

    def _resize_surface(self, size: Size) -> None:
        fitted = size, self.size
        if fitted == self._fitted:
            return
        self._fitted = fitted
        forget_scrollbars_tried(self)
        if (self.styles.auto_dimensions and self.is_as_high_as_its_lines) or not self.size:
            self.virtual_size = size
        else:
            # Only the scrollbars depend on it. A layout of the whole screen would draw everything again.
            self.set_reactive(Canvas.virtual_size, size)
        update_scrollbars(self, size)

    @property
    def _height(self) -> int:
        # Textual may still have the surface's size from before an edit, or the widget's size.
        return self._fitted[0].height

    def _lines_in_sight(self) -> Iterator[Line]:
        top, height = self.scroll_offset.y, self._height
        for y in range(top, top + self.size.height):
            yield self.line(y) if y < height else []

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of the part in sight, as Textual draws it."""
        line = self._shown[y] if y < len(self._shown) else []
        left, width = self.scroll_offset.x, self.size.width
        strip = Strip([Segment(text, self.style_of(name)) for text, name in line])
        return strip.crop_extend(left, left + width, self.style_of(""))

    def style_of(self, name: str) -> Style:
        """The colours that the current theme gives a style's name."""
        if name not in self._styles_by_name:
            self._styles_by_name[name] = self._part(name).rich_style if name else self.rich_style
        return self._styles_by_name[name]

    def _part(self, name: str) -> DOMNode:
        # As Textual does for COMPONENT_CLASSES. But Textual would look up all of them for every pane whenever a class
        # of the screen changes; a pane uses three or four.
        part = DOMNode(classes=f"canvas--{name}")
        attach_part(part, self)
        self.app.stylesheet.apply(part)
        return part

    def notify_style_update(self) -> None:
        """Looks the colours in sight up again, and draws all lines again if a colour changed."""
        super().notify_style_update()
        before, self._styles_by_name = self._styles_by_name, {}
        # A pane out of sight looks its colours up when it is drawn again.
        if self.size and any(self.style_of(name) != style for name, style in before.items()):
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
        # A pane that comes in sight again may have had other lines meanwhile.
        if is_resized or not self._shown:
            mark_whole_dirty(self)
            self.fit()

    def fit(self) -> None:
        """Lays the lines out for a new size; Textual then draws them all."""
        self._show_title()
        self._fit()
        self._compute_lines()

    def _compute_lines(self) -> None:
        if self.size:
            self._shown = list(self._lines_in_sight())


def surface_of(lines: list[Line]) -> Size:
    """How many columns and lines ``lines`` need, one below the other."""
    return Size(max((sum(cell_len(text) for text, _ in line) for line in lines), default=0), len(lines))
