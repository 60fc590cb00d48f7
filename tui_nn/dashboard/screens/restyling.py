"""Styles the widgets on which changed classes have an effect, and no others."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.css.model import SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.widget import Widget


@contextmanager
def restyled(screen: Screen[None]) -> Iterator[None]:
    """After the block, styles the widgets that its changes of classes affect; they are made with ``update=False``.

    Textual itself would style every widget of the screen, and every scrollbar, for a class of the screen.
    """
    widgets = [widget for widget in screen.walk_children(with_self=True) if isinstance(widget, Widget)]
    before = {widget: widget.classes for widget in widgets}
    yield
    changed = {name for widget in widgets for name in widget.classes ^ before[widget]}
    concerned = _concerned(screen.app.stylesheet, changed) if changed else frozenset()
    styled: dict[tuple[object, ...], RulesMap] = {}
    for widget in widgets:
        if widget.classes != before[widget] or not concerned.isdisjoint(_names(widget)):
            screen.app.stylesheet.apply(widget, animate=True, cache=styled)


def _concerned(stylesheet: Stylesheet, changed: set[str]) -> frozenset[str]:
    """The last name of each selector with a ``changed`` class: the widgets that its rule is for have this name."""
    every = (selectors.selectors for rule in stylesheet.rules for selectors in rule.selector_set)
    return frozenset(
        names[-1].name
        for names in every
        if any(one.type is SelectorType.CLASS and one.name in changed for one in names)
    )


def _names(widget: Widget) -> Iterator[str]:
    """The names by which the last part of a selector may mean ``widget``."""
    yield from (widget.id or "", *widget.classes, "*")
    yield from (kind.__name__ for kind in type(widget).__mro__)
