"""What a follower and a painter say to each other, over a Unix socket beside the lesson's file.

A follower sends nothing but its view, in a message of one length; the painter sends frames.
"""

import os
import struct
from typing import NamedTuple

from tui_nn import __version__

FULL_VARIABLE = "TUI_NN_FULL"
"""The environment variable that tells a program that it takes the place of a small follower."""
FOR_GOOD = "for good"
"""Its value where the program must not become small again."""

COLOURS = ("none", "standard", "256", "truecolor")
SIGNS = ("all", "common", "ascii")

WHOLE, CHANGES, REFUSED, ELSEWHERE = b"W", b"C", b"N", b"E"
"""The first byte of what the painter sends: a whole picture, what changed in it, that it does not draw this view, or
that the second painter does."""

LONGEST_FRAME = 190_000
"""The most bytes of a frame: what a socket takes in one message."""

SMALLEST, LARGEST = (20, 5), (500, 250)
_TAG = f"tui-nn {__version__} 2".encode()[:24]
_HELLO = struct.Struct("!24sHHBBB24s8s")
_ERASES, _COMMA, _AGAIN, _HERE = 1, 2, 4, 8
MESSAGE_BYTES = _HELLO.size
_LONGEST_NAME = 100


class SeatView(NamedTuple):
    """What a follower's terminal shows the lesson in: everything that a picture depends on besides the lesson.

    ``colours`` and ``signs`` are places in `COLOURS` and `SIGNS`. ``erases``: whether the terminal gives cells that it
    erases their ground. ``comma``: whether numbers have a decimal comma.
    """

    columns: int
    lines: int
    colours: int
    signs: int
    erases: bool
    comma: bool
    theme: str
    language: str


def view_message(view: SeatView, *, again: bool = False, here: bool = False) -> bytes:
    """The message of a follower: the view that it wants.

    ``again``: it wants the whole picture once more. ``here``: it must not be sent to the other painter, which does not
    answer.
    """
    flags = _ERASES * view.erases | _COMMA * view.comma | _AGAIN * again | _HERE * here
    names = view.theme.encode(), view.language.encode()
    return _HELLO.pack(_TAG, view.columns, view.lines, view.colours, view.signs, flags, *names)


class Wish(NamedTuple):
    """What a follower says; see `view_message`."""

    view: SeatView
    again: bool
    here: bool


def read_wish(message: bytes) -> Wish:
    """What a follower says in a message.

    Raises ValueError for what no follower of this version says.
    """
    if len(message) != MESSAGE_BYTES:
        raise ValueError("it has another length")
    tag, columns, lines, colours, signs, flags, theme, language = _HELLO.unpack(message)
    if tag.rstrip(b"\0") != _TAG:
        raise ValueError("it is of another version")
    if not (SMALLEST[0] <= columns <= LARGEST[0] and SMALLEST[1] <= lines <= LARGEST[1]):
        raise ValueError("no terminal has this size")
    if colours >= len(COLOURS) or signs >= len(SIGNS) or flags > _ERASES | _COMMA | _AGAIN | _HERE:
        raise ValueError("no terminal is of this kind")
    names = [name.rstrip(b"\0").decode("ascii") for name in (theme, language)]
    view = SeatView(columns, lines, colours, signs, bool(flags & _ERASES), bool(flags & _COMMA), *names)
    return Wish(view, bool(flags & _AGAIN), bool(flags & _HERE))


def socket_path(lesson: str, painter: int = 0) -> str:
    """The socket of the first painter for the lesson in a file, or of the second, which has the number 1.

    "" where the name would be too long for a socket.
    """
    folder, name = os.path.split(os.path.realpath(lesson))
    path = os.path.join(folder, f".{name}.painter{painter or ''}")
    return path if len(os.fsencode(path)) <= _LONGEST_NAME else ""
