"""Goes to the explanation of a number, to the cells of the step, and to the derivation of its formula."""

from collections.abc import Mapping

from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.derive import DerivePane
from tui_nn.dashboard.screens.navigation_stack import Visit
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.session.events import Event, Selected


class Explaining(Feature):
    """Explains the cell selected, or the first cell of what the step computes."""

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "explain": self._explain,
            "derive": lambda: self.screen.go_to_pane(DerivePane.info.name),
            "choose": lambda: self.screen.choose(*self.cell_of_step()),
        }

    def _explain(self) -> None:
        pane = self.app.focused
        in_sight = pane.selection_in_sight() if isinstance(pane, MatrixBoard) else ()
        self.screen.explain(*(in_sight or self.cell_of_step()))

    def cell_of_step(self) -> tuple[Selected, ...]:
        """The event that selects the first cell that the step computes; none if the cell selected stays.

        It stays if a pane has the keys, or if it stands in a matrix that the step computes.
        """
        selected = self.state.selected("matrices")
        if selected is not None and (self.app.focused or selected.matrix in self._matrices_of_step):
            return ()
        return (Selected(self.view.step_result, 1, 1),) if self.view else ()

    @property
    def _matrices_of_step(self) -> frozenset[str]:
        return frozenset(equation.name for equation in self.view.step_equations) if self.view else frozenset()

    def way_back(self, visit: Visit) -> tuple[Event, ...] | None:
        """The events that lead back to a place; None if its cell is not there any more."""
        view, cell = self.view, visit.cell
        if view is None or cell is None:
            return ()
        rows, columns = view.shapes.get(cell.matrix, (0, 0))
        if cell.row > rows or cell.column > columns or visit.iteration > view.last_iteration:
            return None
        return visit.events_from(view.iteration, view.step.name)
