"""Where Esc and Tab go."""

from tui_nn.dashboard.screens.navigation_stack import NavigationStack, Visit
from tui_nn.session.events import Moved, Selected

_PANES = ["step", "data", "forward", "explain"]
_CELL = Selected("delta2", 2, 1)


def test_places_are_left_in_the_order_in_which_they_led_here() -> None:
    stack = NavigationStack("step")
    stack.start(Visit("forward"))
    stack.push(Visit("explain", _CELL, 3, "J"))
    assert stack.last == Visit("explain", _CELL, 3, "J")
    assert [stack.pop(), stack.pop(), stack.pop()] == [Visit("explain", _CELL, 3, "J"), Visit("forward"), None]


def test_going_elsewhere_forgets_what_led_here() -> None:
    stack = NavigationStack("step")
    stack.push(Visit("forward"))
    stack.start()
    assert (stack.last, stack.pop()) == (None, None)


def test_the_way_back_to_a_cell_goes_to_its_iteration_only_from_another_one() -> None:
    visit = Visit("explain", _CELL, 3, "J")
    assert visit.events_from(3, "J") == (_CELL,)
    assert visit.events_from(4, "J") == (Moved(3, "J"), _CELL)
    assert Visit("forward").events_from(4, "J") == ()


def test_tab_goes_on_from_the_pane_in_sight() -> None:
    assert NavigationStack("step").beside("data", _PANES, 1, has_keys=True, is_viewer=False) == "forward"
    assert NavigationStack("step").beside("step", _PANES, -1, has_keys=False, is_viewer=False) == "explain"


def test_tab_goes_first_to_a_pane_that_is_in_sight_without_the_keys() -> None:
    stack = NavigationStack("step")
    assert stack.beside("data", _PANES, 1, has_keys=False, is_viewer=False) == "data"
    assert stack.beside("data", _PANES, 1, has_keys=False, is_viewer=True) == "forward"
    stack.suggest("explain")
    assert stack.beside("data", _PANES, 1, has_keys=False, is_viewer=True) == "explain"
    assert stack.beside("data", _PANES, 1, has_keys=True, is_viewer=True) == "forward"
    stack.start()
    assert stack.beside("data", _PANES, 1, has_keys=False, is_viewer=True) == "forward"
