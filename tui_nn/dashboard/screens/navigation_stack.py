"""Where Esc goes: the places that led the user to the pane in sight."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.events import Event, Moved, Selected


@frozen_dataclass
class Visit:
    """A place to come back to: a pane and, for an explanation, the cell explained there and when.

    ``led_to`` is the number of the data that the user followed from there.
    """

    pane: str
    cell: Selected | None = None
    iteration: int = 0
    step: str = ""
    led_to: Selected | None = None

    def events_from(self, iteration: int, step: str) -> tuple[Event, ...]:
        """The events that lead back to the cell from this iteration and step."""
        if self.cell is None:
            return ()
        is_elsewhere = (iteration, step) != (self.iteration, self.step)
        return (Moved(self.iteration, self.step), self.cell) if is_elsewhere else (self.cell,)


class NavigationStack:
    """The places that led to the pane in sight, and the pane that Tab leads to next.

    A place is on the stack only if the pane in sight was reached from there by following something: Enter on a cell
    leads to its explanation, Enter in an explanation to another cell or to the data. Going to a pane in any other way
    forgets them all.
    """

    def __init__(self, home: str) -> None:
        self.home = home
        """The pane to which Esc goes if nothing led here."""
        self._visits: list[Visit] = []
        self._suggested = ""

    def suggest(self, pane: str) -> None:
        """Lets Tab lead to a pane that is in sight without having the keys, until the user goes elsewhere."""
        self._suggested = pane

    def start(self, *visits: Visit) -> None:
        """Forgets all places but these."""
        self._visits, self._suggested = list(visits), ""

    def push(self, visit: Visit) -> None:
        """Adds the place from which the user follows something."""
        self._visits.append(visit)

    def pop(self) -> Visit | None:
        """Takes the last place away and gives it; None if there is none."""
        return self._visits.pop() if self._visits else None

    @property
    def last(self) -> Visit | None:
        """The place that Esc goes back to; None if nothing led here."""
        return self._visits[-1] if self._visits else None

    def beside(self, pane: str, panes: list[str], by: int, *, has_keys: bool, is_viewer: bool) -> str:
        """The pane to which Tab leads from ``pane``, or with ``by`` −1 shift+Tab.

        ``has_keys`` is whether a pane has the keys.
        """
        if self._suggested and not has_keys:
            return self._suggested
        if not has_keys and pane != self.home and not is_viewer:
            # It is in sight already, but does not have the keys.
            return pane
        return panes[(panes.index(pane) + by) % len(panes)]
