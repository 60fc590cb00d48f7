"""How much of a lesson a terminal of a given size has room for."""

from textual.geometry import Size

_LEAST = Size(60, 20)
"""The least size for one pane under tabs."""
_PAIR = Size(100, 28)
"""The least size for the step and the network beside each other, above one pane under tabs."""
_LOW = 30
"""Up to this height, a pass below the step has no lower frame: its matrices need that line."""
_ALL = Size(118, 38)
"""The least size for all panes."""
_TALL = 40
"""The least height for the settings on a line below all panes."""
_WIDE = Size(168, 44)
"""The least size for the data, the results and the cost in a column at the right of all else."""
WIDE_COLUMN = 48
"""The width of that column, including the empty one at its left."""
_ROOMY = 24
"""The least height for the step below another pane."""


def has_room(size: Size) -> bool:
    """Whether there is room for at least one pane."""
    return _holds(size, _LEAST)


def classes_for(size: Size, *, is_whole: bool) -> dict[str, bool]:
    """The screen's classes, by which the style sheets lay out the panes; ``is_whole`` if one pane has all of it."""
    has_all, has_pair = _holds(size, _ALL) and not is_whole, _holds(size, _PAIR) and not is_whole
    return {
        "-tiny": not has_room(size),
        "-all": has_all,
        "-wide": has_all and _holds(size, _WIDE),
        "-tall": size.height >= _TALL,
        "-beside": has_pair,
        "-pair": has_pair and not has_all,
        "-low": size.height <= _LOW,
        # A pane that has the whole screen is laid out as on a terminal with room for one pane only.
        "-single": has_room(size) and not has_pair,
        "-roomy": has_room(size) and not has_pair and not is_whole and size.height >= _ROOMY,
    }


def _holds(size: Size, least: Size) -> bool:
    return size.width >= least.width and size.height >= least.height
