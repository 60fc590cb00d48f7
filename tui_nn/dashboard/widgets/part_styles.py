"""The colours of a canvas's parts, which the style sheets give by the parts' names."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from rich.style import Style
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

from tui_nn.dashboard.terminal.style_sheets import read_rules
from tui_nn.dashboard.terminal.textual_internals import attach_part

_SHADES = Path(__file__).with_name("shades.tcss")
_PART = "canvas--"

_found: WeakKeyDictionary[App[Any], tuple[str, dict[object, dict[str, Style]]]] = WeakKeyDictionary()
"""For each app its theme, and the styles that were looked up for it, by the look of the canvas and by their names."""


class PartStyles:
    """The styles of one canvas. Canvases of an app that look alike share what was looked up for one of them.

    Textual looks up COMPONENT_CLASSES, but all of them in every pane whenever a class of the screen changes. A pane
    uses three or four.
    """

    def __init__(self, canvas: Widget, common: frozenset[str]) -> None:
        """``common`` are the names that need no rules for shades."""
        self._canvas, self._common = canvas, common
        self._by_name: dict[str, Style] = {}
        self._look: object = None

    def of(self, name: str) -> Style:
        """The colours that the current theme gives to a part; "" is the canvas itself."""
        if not self._by_name:
            self._look = self._look_now()
        if name not in self._by_name:
            self._by_name[name] = self._shared(name) if name else self._canvas.rich_style
        return self._by_name[name]

    def look_up_again(self) -> bool:
        """Looks up the colours again that were asked for; returns whether one of them is another one now."""
        # Most updates change only the layout. Looking up the colours would take a tenth of the time that Tab takes.
        if self._by_name and self._look == self._look_now():
            return False
        before, self._by_name = self._by_name, {}
        # A canvas out of sight looks its colours up when it is drawn again.
        return bool(self._canvas.size) and any(self.of(name) != style for name, style in before.items())

    def _shared(self, name: str) -> Style:
        theme, looks = _found.get(self._canvas.app, ("", {}))
        if theme != self._canvas.app.theme:
            _found[self._canvas.app] = self._canvas.app.theme, (looks := {})
        styles = looks.setdefault(self._look, {})
        if name not in styles:
            styles[name] = self._looked_up(name)
        return styles[name]

    def _looked_up(self, name: str) -> Style:
        if name not in self._common:
            read_rules(self._canvas.app, _SHADES)
        part = DOMNode(classes=f"{_PART}{name}")
        attach_part(part, self._canvas)
        self._canvas.app.stylesheet.apply(part)
        return part.rich_style

    def _look_now(self) -> object:
        """All that a part's colours depend on, besides the style sheets."""
        canvas = self._canvas
        # The nearest class that has rules of its own for parts.
        ruled = next(kind for kind in type(canvas).__mro__ if _PART in kind.__dict__.get("DEFAULT_CSS", ""))
        return ruled, canvas.app.theme, canvas.app.pseudo_classes, canvas.background_colors, canvas.rich_style
