"""Where Esc goes: the places that led the user to the pane in sight."""

from dataclasses import dataclass

from tui_nn.session.events import Event, Moved, Selected


@dataclass(frozen=True)
class Visit:
    """A place to come back to: a pane and, for an explanation, the cell explained there and when."""

    pane: str
    cell: Selected | None = None
    iteration: int = 0
    step: str = ""

    def events_from(self, iteration: int, step: str) -> tuple[Event, ...]:
        """The events that lead back to the cell from this iteration and step."""
        if self.cell is None:
            return ()
        is_elsewhere = (iteration, step) != (self.iteration, self.step)
        return (Moved(self.iteration, self.step), self.cell) if is_elsewhere else (self.cell,)


class NavigationStack:
    """The pane in sight, the places that led to it, and the pane that Tab leads to next.

    A place is on the stack only if the pane in sight was reached from there by following something: Enter on a cell
    leads to its explanation, Enter in an explanation to another cell or to the data. Going to a pane in any other way
    forgets them all.
    """

    def __init__(self, home: str) -> None:
        self.home = home
        """The pane to which Esc goes if nothing led here."""
        self.pane = home
        self._visits: list[Visit] = []
        self._suggested = ""

    def show(self, pane: str) -> None:
        """Takes note of the pane that is in sight now."""
        self.pane, self._suggested = pane, ""

    def suggest(self, pane: str) -> None:
        """Lets the next Tab lead to a pane that is in sight without having the keys."""
        self._suggested = pane

    def start(self, *visits: Visit) -> None:
        """Forgets all places but these."""
        self._visits = list(visits)

    def push(self, visit: Visit) -> None:
        """Adds the place that the user follows something from."""
        self._visits.append(visit)

    def pop(self) -> Visit | None:
        """Takes the last place away and gives it; None if there is none."""
        return self._visits.pop() if self._visits else None

    @property
    def came_from(self) -> str:
        """The pane that Esc goes back to; "" if nothing led here."""
        return self._visits[-1].pane if self._visits else ""

    def beside(self, panes: list[str], by: int, *, has_keys: bool, is_viewer: bool) -> str:
        """The pane to which Tab leads, or with ``by`` −1 shift+Tab; ``has_keys`` is whether a pane has the keys."""
        if self._suggested and not has_keys:
            return self._suggested
        if not has_keys and self.pane != self.home and not is_viewer:
            # It is in sight already, but does not have the keys.
            return self.pane
        return panes[(panes.index(self.pane) + by) % len(panes)]
