"""A frame of a film: what a screen shows from a moment on."""

from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.state import State

Run: TypeAlias = tuple[str, str]
"""A text on one line, and the parameters of its style's escape sequence (SGR): ("new W1", "1;38;2;255;255;255")."""


@frozen_dataclass(eq=False)
class Frame:
    """What the screen shows from ``at`` on, in seconds; ``state`` is the lesson's.

    ``written`` turns the frame before into this one on a terminal. ``lines`` are all lines of the screen. ``mark`` is
    the name of the mark that the teacher set there, or "".
    """

    at: float
    state: State
    written: str
    lines: tuple[tuple[Run, ...], ...]
    mark: str = ""


@frozen_dataclass(eq=False)
class Film:
    """The frames of a lesson, at least one, on a screen of ``columns`` and ``lines``."""

    title: str
    columns: int
    lines: int
    frames: tuple[Frame, ...]
