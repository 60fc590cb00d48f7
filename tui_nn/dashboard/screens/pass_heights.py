"""How many lines the forward and the backward pass get where all panes are in sight: as many as their matrices need."""

from textual.geometry import Size
from textual.screen import Screen

from tui_nn.dashboard.panes.backward import BackwardPane
from tui_nn.dashboard.panes.forward import ForwardPane
from tui_nn.dashboard.panes.parts.test_rows_below import most_test_rows
from tui_nn.dashboard.screens.breakpoints import WIDE_COLUMN
from tui_nn.dashboard.view_model.view import View

_LINES_AROUND = 5
"""The title, the steps, the settings, the timeline and the keys."""
_LEAST_ABOVE, _LEAST_ABOVE_TEST_ROWS, _LEAST_BELOW = 16, 14, 8
"""What the step needs, also above test rows, and what the data and the results need unless they stand at the right."""
_FRAME = Size(2, 1)
_LAST_LINE = 1
"""Only the lower pane has a bottom line in the frame that both share."""


class PassHeights:
    """Sets the heights of both passes, and does so again only if something that they depend on has changed."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._given_for: tuple[object, ...] = ()

    def give(self, view: View, size: Size) -> None:
        """Sets the least heights of both panes for a screen of this size; none where there is no room for both."""
        is_wide, has_all = self._screen.has_class("-wide"), self._screen.has_class("-all")
        document, numbers = view.state.document, view.iteration_numbers is not None
        test_rows = most_test_rows(view)
        given_for = size, is_wide, has_all, document.network, view.moment.rows, test_rows, view.notation, numbers
        if given_for == self._given_for:
            return
        self._given_for = given_for
        forward = backward = 0
        if has_all:
            room = size.width - _FRAME.width - (WIDE_COLUMN if is_wide else 0)
            most = size.height - _LINES_AROUND - (0 if is_wide else _LEAST_BELOW)
            backward = self._screen.query_one(BackwardPane).lines_wanted(view, room) + _FRAME.height + _LAST_LINE
            pane = self._screen.query_one(ForwardPane)
            for count in range(test_rows, -1, -1):
                forward = pane.lines_wanted(view, room, count) + _FRAME.height
                if forward + backward <= most - (_LEAST_ABOVE_TEST_ROWS if count else _LEAST_ABOVE):
                    break
            else:
                forward = backward = 0
        for name, lines in (("middle", forward + backward), ("forward", forward), ("backward", backward)):
            self._screen.query_one(f"#{name}").styles.min_height = lines or None
