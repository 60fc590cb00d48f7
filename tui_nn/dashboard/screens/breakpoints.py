"""How much of a lesson a terminal of a given size has room for."""

from textual.geometry import Size

from tui_nn.dashboard.terminal.themes import HIGH_CONTRAST

_LEAST = Size(60, 20)
_ALL = Size(118, 38)
_LARGE = Size(160, 52)
"""The least size for one pane under tabs, for all panes side by side, and for wide charts with an explanation below."""
_MEDIUM = Size(96, 28)
"""The least size for the step below another pane."""
_ROOMY = 24
"""The least height for the step below its explanation."""


def has_room(size: Size) -> bool:
    """Whether there is room for at least one pane."""
    return size.width >= _LEAST.width and size.height >= _LEAST.height


def classes_for(size: Size, *, is_whole: bool, theme: str) -> dict[str, bool]:
    """The screen's classes, by which app.tcss lays out the panes; ``is_whole`` if one pane has the whole screen."""
    width, height = size
    # A pane that has the whole screen is laid out as on a terminal with room for one pane only.
    is_one_of_many = not is_whole and (height < _ALL.height or width < _ALL.width)
    is_tall = height >= _ALL.height and not is_whole
    return {
        "-tiny": not has_room(size),
        "-narrow": _LEAST.width <= width < _ALL.width,
        "-wide": width >= _ALL.width,
        "-short": height >= _LEAST.height and not is_tall,
        "-tall": is_tall,
        "-large": width >= _LARGE.width,
        "-high": height >= _LARGE.height,
        # -medium has room for the step below any other pane, -roomy below the explanation alone.
        "-medium": is_one_of_many and width >= _MEDIUM.width and height >= _MEDIUM.height,
        "-roomy": is_one_of_many and height >= _ROOMY,
        "-snug": is_one_of_many and has_room(size) and height < _ROOMY,
        # The theme of high contrast marks with blocks of colour, not with tints.
        "-contrast": theme == HIGH_CONTRAST.name,
    }
