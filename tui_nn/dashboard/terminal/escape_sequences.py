"""Turns the cells that changed into the fewest bytes that make a terminal show them."""

import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

_BOLD, _NOT_BOLD = "1", "22"
_RESET = "\x1b[0m"
# From this length on, a run of blanks takes more bytes than an escape sequence that erases it. Inside a span, the
# cursor also has to move past the erased cells, so only longer runs are worth it there.
_BLANKS_TO_ERASE_AT_END = 6
_BLANKS_TO_ERASE_INSIDE = 11
_BLANKS = re.compile(" +")
# At most so many spans are compared to find the nearest: to compare all of them would take longer than to send them.
_NEAR_ENOUGH_TO_COMPARE = 8

_Place: TypeAlias = tuple[int, int]
"""A line and a column, from 0 on."""


class Colours(NamedTuple):
    """The parameters of a style's escape sequence (SGR): all together, and those for attributes, text and ground.

    ``ground`` is what a blank shows of the style: all, if the style has a line under the text or reverses it.
    ``is_plain_ground`` says that a blank shows a colour alone, and no line.
    """

    all: str
    attributes: str
    text: str
    ground: str
    is_plain_ground: bool = True

    @property
    def begins(self) -> str:
        """The sequence that gives a terminal these colours, whatever it had before."""
        return f"\x1b[0;{self.all}m" if self.all else _RESET

    def after(self, before: "Colours") -> str:
        """The shortest sequence that turns ``before`` into these colours on every terminal."""
        is_simple = {self.attributes, before.attributes} <= {"", _BOLD}
        if not is_simple or self.ground != before.ground or not self.text:
            return self.begins
        bold = self.attributes or _NOT_BOLD
        changes = [bold] * (self.attributes != before.attributes) + [self.text] * (self.text != before.text)
        return f"\x1b[{';'.join(changes)}m"


NO_COLOURS = Colours("", "", "", "")
"""The terminal's own colours."""


class Span(NamedTuple):
    """Neighbouring cells to send that have the same colours. ``width`` counts cells, not characters."""

    y: int
    x: int
    width: int
    text: str
    colours: Colours

    @property
    def is_blank(self) -> bool:
        """Whether it shows only its background."""
        return not self.text.strip(" ") and self.colours.all == self.colours.ground


def with_blanks_coloured(spans: list[Span]) -> list[Span]:
    """The spans; those of blanks take over the colours of a text on the same ground, to save a change of colours."""
    on_ground: dict[str, Colours] = {}
    for span in spans:
        if not span.is_blank:
            on_ground.setdefault(span.colours.ground, span.colours)
    return [
        span._replace(colours=on_ground.get(span.colours.ground, span.colours)) if span.is_blank else span
        for span in spans
    ]


def in_short_order(spans: list[Span], width: int) -> list[Span]:
    """The spans in an order that takes few bytes: colour by colour, and within a colour from one to a near one.

    A change of colours costs more bytes than a move of the cursor, and a long move more than a short one. Similar
    colours follow each other.
    """
    ahead = sorted(spans, key=lambda one: (one.colours.ground, one.colours.text, one.colours.all, one.y, one.x))
    ordered: list[Span] = []
    place = None
    while ahead:
        near = [i for i, span in enumerate(ahead[:_NEAR_ENOUGH_TO_COMPARE]) if span.colours == ahead[0].colours]
        span = ahead.pop(min(near, key=lambda i: len(_move(place, (ahead[i].y, ahead[i].x)))))
        ordered.append(span)
        place = _place_after(span.y, span.x + span.width, width)
    return ordered


def escape_sequences(spans: list[Span], width: int, *, erases: bool) -> str:
    """The text that draws ``spans`` on a terminal of ``width`` columns, wherever its cursor is.

    ``erases`` says that the terminal gives cells that it erases the current background colour, not its own.
    """
    parts: list[str] = []
    colours = NO_COLOURS
    place: _Place | None = None
    for span in spans:
        parts.append(_move(place, (span.y, span.x)))
        if span.colours != colours:
            parts.append(span.colours.after(colours))
            colours = span.colours
        can_erase = erases and colours.is_plain_ground
        text, left = _with_blanks_erased(span.text) if can_erase else (span.text, 0)
        parts.append(text)
        place = _place_after(span.y, span.x + span.width - left, width)
    if colours != NO_COLOURS:
        parts.append(_RESET)
    return "".join(parts)


def _place_after(y: int, x: int, width: int) -> _Place | None:
    """Where the cursor is after a text that ends before column ``x``; None after the last column: terminals differ."""
    return (y, x) if x < width else None


def _move(place: _Place | None, goal: _Place) -> str:
    """The shortest text that moves the cursor from ``place`` to ``goal``."""
    absolute = f"\x1b[{goal[0] + 1};{goal[1] + 1}H"
    if place is None:
        return absolute
    relative = _relative_move(goal[0] - place[0], goal[1] - place[1])
    return relative if len(relative) < len(absolute) else absolute


@lru_cache(maxsize=4096)
def _relative_move(down: int, right: int) -> str:
    vertical = _times("\x1b[{}B", down) if down > 0 else _times("\x1b[{}A", -down)
    return vertical + (_times("\x1b[{}C", right) if right > 0 else _back(-right))


def _back(cells: int) -> str:
    """The shortest text that moves the cursor back by so many cells."""
    return min("\b" * cells, _times("\x1b[{}D", cells), key=len)


def _times(sequence: str, times: int) -> str:
    """A sequence that repeats something ``times`` times; if that is 1, it has no number."""
    return sequence.format(times if times > 1 else "") if times else ""


def _with_blanks_erased(text: str) -> tuple[str, int]:
    """The text with long runs of blanks erased instead of written, and how far before its end the cursor stops."""
    body = text.rstrip(" ")
    at_end = len(text) - len(body)
    if at_end < _BLANKS_TO_ERASE_AT_END:
        body, at_end = text, 0
    body = _BLANKS.sub(_erased, body)
    return body + (f"\x1b[{at_end}X" if at_end else ""), at_end


def _erased(blanks: re.Match[str]) -> str:
    count = len(blanks[0])
    return f"\x1b[{count}X\x1b[{count}C" if count >= _BLANKS_TO_ERASE_INSIDE else blanks[0]
