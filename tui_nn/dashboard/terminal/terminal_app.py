"""An app that sends only the cells that changed, in the signs and the colours that its terminal has."""

import re
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.driver import Driver
from textual.geometry import Offset
from textual.notifications import SeverityLevel

from tui_nn.dashboard.terminal.diff_renderer import ChangedCells, DiffRenderer
from tui_nn.dashboard.terminal.driver import HoldsFrames, TerminalDriver
from tui_nn.dashboard.terminal.lesson_colours import lesson_colours
from tui_nn.dashboard.terminal.ordered_input import OrderedInput
from tui_nn.dashboard.terminal.reading_cursor import HIDDEN, SHOWN, HasCursor, is_wanted
from tui_nn.dashboard.terminal.style_sheets import read_rules
from tui_nn.dashboard.terminal.textual_internals import (
    driver_of,
    notification_texts,
    replace_updates,
    withdraw_notifications,
)
from tui_nn.dashboard.terminal.themes import OWN_THEMES, SIXTEEN_COLOURS
from tui_nn.decimal_sign import for_reading
from tui_nn.late_pattern import late_pattern
from tui_nn.system import terminal
from tui_nn.writing.notation.signs import UNICODE, Notation

Result = TypeVar("Result")

_SECONDS_TO_LAY_OUT = 0.1
_RULES_OF_THEMES = Path(__file__).with_name("themes.tcss")
_TEXT_OF_SVG = late_pattern(r"(?<=>)[^<>]+(?=</text>)")
_FONT_FACES = late_pattern(r"@font-face \{.*?\}", re.DOTALL)


class TerminalApp(OrderedInput[Result]):
    """Sends only the cells that changed, in the signs and the colours that the terminal has."""

    TITLE = "tui-nn"
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    notation: ClassVar[Notation] = UNICODE
    """The signs that the terminal has; set before the first lesson is opened, and when the user takes others."""

    colours: ClassVar[str] = ""
    """The theme to begin with; "" for Textual's own choice."""

    erases: ClassVar[bool | None] = None
    """Whether the terminal gives cells that it erases their ground; None: its description says so."""

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in OWN_THEMES:
            self.register_theme(theme)
        if self.colours in self.themes:
            self.theme = self.colours
        elif self.console.color_system == "standard" and not self.no_color:
            # With sixteen colours, a terminal shows the colours of other themes as greys that look alike.
            self.theme = SIXTEEN_COLOURS
        if self._needs_rules:
            self.css_path.append(_RULES_OF_THEMES)
        self._renderer = self._new_renderer()
        self._has_cursor, self._cursor_of_input = is_wanted(), Offset(0, 0)
        # Textual itself would send all cells that it has drawn.
        replace_updates(self, lambda update: ChangedCells(self._renderer, update, self.size))

    @property
    def themes(self) -> list[str]:
        """The names of the themes that this terminal can show."""
        # Without colours, Textual turns the terminal's own colours black, which themes of sixteen colours use.
        known = self.available_themes
        return sorted(name for name in known if not (self.no_color and known[name].ansi))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours with a meaning of their own, for the theme that is on."""
        return lesson_colours(self.current_theme)

    @property
    def _needs_rules(self) -> bool:
        """Whether the style sheet is not enough. The first screen would wait for the rules of all themes."""
        return self.no_color or self.current_theme.ansi

    def watch_theme(self) -> None:
        """Reads the rules that a new theme needs, before Textual applies the style sheet again."""
        if self._needs_rules:
            read_rules(self, _RULES_OF_THEMES)

    def get_driver_class(self) -> type[Driver]:
        """`TerminalDriver` on a terminal; otherwise Textual's own choice."""
        driver = super().get_driver_class()
        return TerminalDriver if driver in TerminalDriver.__bases__ else driver

    @property
    def frame_holder(self) -> HoldsFrames | None:
        """The driver, if it can hold back what is drawn."""
        driver = driver_of(self)
        return driver if isinstance(driver, HoldsFrames) else None

    @property
    def cursor_position(self) -> Offset:
        """Where Textual leaves the terminal's cursor: at the place where the user is."""
        # Without a pane that has the keys, the user reads the step.
        places = (self.screen.focused, *self.screen.query("#step")) if self._has_cursor and self.screen_stack else ()
        for widget in places:
            if isinstance(widget, HasCursor) and (place := widget.cursor_on_screen()):
                return place
        return self._cursor_of_input

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Takes over from a line of text where its caret is."""
        self._cursor_of_input = place

    @property
    def has_cursor(self) -> bool:
        """Whether the terminal shows its own cursor."""
        return self._has_cursor

    def toggle_cursor(self) -> None:
        """Shows the terminal's own cursor, or hides it again."""
        self._has_cursor = not self._has_cursor
        self._show_cursor()
        self.action_redraw()

    def _show_cursor(self) -> None:
        if driver := driver_of(self):
            driver.write(SHOWN if self._has_cursor else HIDDEN)

    def on_resize(self) -> None:
        """Makes sure that the whole screen is drawn again: a terminal that shrank and grew has lost what it showed.

        Textual draws after it has laid out the screen for a new size. If the terminal changed twice and has its old
        size again, Textual neither lays out nor draws anything.
        """
        if self._has_cursor:
            # Textual hides it when it takes the terminal.
            self._show_cursor()
        self._renderer.forget()
        self.set_timer(_SECONDS_TO_LAY_OUT, self._draw_if_incomplete)

    def _draw_if_incomplete(self) -> None:
        if not self._renderer.is_whole:
            self.refresh()

    def write_in(self, notation: Notation) -> None:
        """Draws the whole screen again, in the signs of another notation; apps started from now on use it, too."""
        TerminalApp.notation = notation
        self._renderer = self._new_renderer()
        self.refresh()

    def _new_renderer(self) -> DiffRenderer:
        erases = terminal.erases_with_ground() if self.erases is None else self.erases
        return DiffRenderer(self.notation.signs, erases=erases)

    def whole_picture(self) -> str:
        """The text that makes an empty terminal show what this one shows."""
        return self._renderer.whole()

    def action_redraw(self) -> None:
        """Draws the whole screen again, whatever the terminal shows."""
        self._renderer.forget()
        self.refresh()

    @property
    def svg(self) -> str:
        """The screen as an SVG that uses the reader's fonts: it fetches none from the network."""
        drawn = _FONT_FACES.sub("", self.export_screenshot())
        return _TEXT_OF_SVG.sub(lambda text: for_reading(text[0]), drawn)

    @property
    def lines_in_runs(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What the terminal shows, line by line: texts of one style, each with its escape sequence's parameters."""
        return self._renderer.lines_in_runs()

    def notify(self, message: str, *, severity: SeverityLevel = "information", **options: Any) -> None:
        """Shows a notice for a while. It replaces earlier notices, except warnings and errors."""
        if severity == "information":
            self.withdraw_notices()
        super().notify(message, severity=severity, **options)

    def withdraw_notices(self, *, shown_for: float = 0) -> None:
        """Takes back the notices shown for ``shown_for`` seconds or more, but no warnings and no errors."""
        withdraw_notifications(self, "information", shown_for=shown_for)

    def withdraw_all_notices(self) -> None:
        """Takes back all notices, warnings and errors as well."""
        withdraw_notifications(self, "information", "warning", "error")

    def add_to_notice(self, message: str, seconds: float) -> None:
        """Shows a notice: behind the one that is still there, if there is one, for so many seconds from now on."""
        earlier = notification_texts(self, "information")
        self.notify(" ".join((*earlier, message)), timeout=seconds, markup=False)
