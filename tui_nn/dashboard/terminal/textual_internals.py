"""The private names of Textual and Rich that the dashboard uses. No other file uses one; a test holds that.

An upgrade may move or change a private name without a word in a changelog. `tests/unit/test_textual_internals.py` then
says which name moved and what it was for, and this file is the only one to change.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets._toast import ToastRack

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver

__all__ = [
    "ChopsUpdate",
    "CompositorUpdate",
    "LayoutUpdate",
    "ParseError",
    "after_size_update",
    "app_of",
    "attach_part",
    "colour_system_of",
    "forget_scrollbars_tried",
    "mark_whole_dirty",
    "notification_texts",
    "parser_for",
    "replace_updates",
    "send_through",
    "terminal_size",
    "update_scrollbars",
    "withdraw_notifications",
    "write_to",
]


def replace_updates(
    app: App[Any], replacement: Callable[[LayoutUpdate | ChopsUpdate], CompositorUpdate | RenderableType]
) -> None:
    """Makes ``app`` send what ``replacement`` returns for each update of the screen that Textual has drawn."""
    display = app._display

    def display_replaced(screen: Screen[Any], renderable: RenderableType | None) -> None:
        is_update = isinstance(renderable, LayoutUpdate | ChopsUpdate)
        display(screen, replacement(renderable) if is_update else renderable)  # type: ignore[arg-type]

    app._display = display_replaced  # type: ignore[method-assign]


def withdraw_notifications(app: App[Any], *severities: SeverityLevel, shown_for: float = 0) -> None:
    """Takes back the notifications of ``severities`` that ``app`` still shows, with the lines that they stand on.

    Notifications that it has shown for less than ``shown_for`` seconds stay.
    """
    for notification in list(app._notifications):
        is_old = notification.timeout - notification.time_left >= shown_for
        if is_old and notification.severity in severities:
            # Textual itself leaves an empty line, which pushes later notifications down.
            for holder in app.screen.query(f"#{ToastRack._toast_id(notification)}"):
                holder.remove()
            app._unnotify(notification)


def notification_texts(app: App[Any], severity: SeverityLevel) -> list[str]:
    """The texts of the notifications of ``severity`` that ``app`` still shows."""
    return [one.message for one in app._notifications if one.severity == severity]


def colour_system_of(console: Console) -> ColorSystem:
    """How many colours ``console`` may send; all of them if Rich does not know."""
    return console._color_system or ColorSystem.TRUECOLOR


def use_all_colours(console: Console) -> None:
    """Lets ``console`` send all colours, whatever the terminal of this process can show."""
    console._color_system = ColorSystem.TRUECOLOR


def attach_part(part: DOMNode, parent: DOMNode) -> None:
    """Puts ``part`` below ``parent``, so that the style sheet finds it there. ``part`` is never shown."""
    part._attach(parent)


def after_size_update(widget: Widget, follow_up: Callable[[bool], None]) -> None:
    """Calls ``follow_up`` each time that Textual sets the size of ``widget``, with whether the size is another one.

    Textual's message of a new size comes later, when the widget has been drawn already.
    """
    update = widget._size_updated

    def update_and_follow_up(size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        is_resized = update(size, virtual_size, container_size, layout)
        follow_up(is_resized)
        return is_resized

    widget._size_updated = update_and_follow_up  # type: ignore[method-assign]


def mark_whole_dirty(widget: Widget) -> None:
    """Makes Textual draw all lines of ``widget`` again, with the next frame that it draws anyway."""
    widget._set_dirty()


def forget_scrollbars_tried(view: ScrollView) -> None:
    """Lets ``view`` show any combination of scrollbars again: Textual refuses one that it has tried before.

    The dashboard's panes say how large their surface is with and without a scrollbar, so none of them goes to and fro.
    """
    view._scrollbar_changes.clear()


def update_scrollbars(view: ScrollView, surface: Size) -> None:
    """Shows the scrollbars that a ``surface`` of this size needs."""
    view._scroll_update(surface)


def write_to(driver: "LinuxDriver", output: Any) -> None:
    """Makes the writing thread of ``driver`` write to ``output``, which has ``write``, ``flush`` and ``fileno``."""
    driver._file = output


def send_through(driver: WebDriver, write: Callable[[bytes], object]) -> None:
    """Makes ``driver`` send its packets through ``write``."""
    driver._write = write  # type: ignore[assignment]


def parser_for(driver: Driver) -> XTermParser:
    """A parser that turns what the terminal sends to ``driver`` into events."""
    return XTermParser(driver._debug)


def app_of(driver: Driver) -> App[Any]:
    """The app to which ``driver`` posts events."""
    return driver._app


def terminal_size(driver: "LinuxDriver") -> Size | None:
    """The size of the terminal now; None if the terminal itself reports each new size among its input."""
    return None if driver._in_band_window_resize else Size(*driver._get_terminal_size())


def driver_of(app: App[Any]) -> Driver | None:
    """The driver through which ``app`` writes; None before it runs."""
    return app._driver
