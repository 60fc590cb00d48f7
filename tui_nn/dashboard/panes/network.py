"""The pane of the network's picture: units, weights, and the numbers of one row of the data at the step shown."""

from dataclasses import astuple

from textual import events
from textual.geometry import Offset, Size

from tui_nn.dashboard.panes.parts.network_units import NetworkUnits
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.grid.cell_typing import STARTS_A_NUMBER
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.network.network_drawing import NetworkDrawing
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _, ngettext
from tui_nn.network import StepKind
from tui_nn.network.formulas.diagram import ALL_ROWS, element_count
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.events import RowChosen, Selected
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.sign_set import SignSet

PICTURE = _("In the picture of the network")
_ASKED = _("what the picture shows is asked for:"), _("P leads to the question")
_LAYERS = {StepKind.Z: 0, StepKind.A: 0, StepKind.DELTA: 0, StepKind.DJDW: 1, StepKind.DJDB: 1}

_KINDS_OF_LINES = {SignSet.ALL: ("━", "╍"), SignSet.COMMON: ("•••", "• •"), SignSet.ASCII: ("===", "= =")}
"""How the legend draws the edges of positive and of negative weights."""


class NetworkPane(Pane):
    """Units and weights of the network, with the numbers of one row of the data, or their sums over all rows."""

    info = PaneInfo(
        name="network",
        title=_("Network"),
        hint=_("left and right choose the row, up and down a unit or weight; Enter explains or sets it"),
        help=_("The network as a picture: row by row, what every unit computes."),
        area=Area.TOP,
        place=20,
        tab=20,
    )
    commands = (
        Command("", "", "← →", _("row"), _("Choose the row of the data, or the sum over all rows"), PICTURE),
        Command("", "", "↑ ↓", _("select"), _("Go from unit to unit, from weight to weight; Home, End"), PICTURE),
        Command("", "enter", "Enter", _("explain or set"), _("Explain the number selected; set a weight"), PICTURE),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: NetworkUnits | None = None
        self._drawing: NetworkDrawing | None = None

    def part_of(self, view: View) -> object:
        """The numbers of the step, the row and the cell selected."""
        state = view.state
        return (
            (view.iteration_numbers, view.step, state.document.network, state.document.dataset),
            (state.row, view.row_in_pass, view.selected, self.is_teachers_pane(view)),
            (view.notation, view.hidden, view.is_explaining, state.compared),
        )

    def show_view(self, view: View) -> None:
        """Says which row the picture shows, and draws it."""
        self._shown = self._drawing = None
        moment, row = view.moment, self._numbers(view).row
        rows = moment.rows
        left, right = ("‹", "›") if view.notation.unicode else ("<", ">")
        if row == ALL_ROWS:
            which = ngettext(
                "{left} sum over {rows} row {right}",
                "{left} sum over {rows} rows {right}",
                rows,
                left=left,
                rows=group_digits(rows),
                right=right,
            )
        else:
            number, every = moment.row_of_data(row), view.state.document.dataset.rows
            which = _(
                "{left} row {row} {right} of {rows}",
                left=left,
                row=group_digits(number),
                right=right,
                rows=group_digits(every),
            )
        self.set_title(self.info.title, beside=which)
        super().show_view(view)

    def fit(self) -> None:
        """Draws the picture for the new size."""
        self._shown = self._drawing = None
        super().fit()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """What is in sight: the picture fits itself."""
        return self.size

    def line(self, y: int) -> Line:
        """One line of the picture; the last says what thick and dashed edges mean."""
        view = self.view
        if not view:
            return []
        if view.hidden.shapes:
            return [(_ASKED[y], "faint")] if y < len(_ASKED) else []
        if y == self.size.height - 1:
            return [(self._legend(view), "faint")]
        lines = self._picture(view).lines
        return lines[y] if y < len(lines) else []

    def _legend(self, view: View) -> str:
        solid, dashed = _KINDS_OF_LINES[view.notation.signs]
        shown = self._numbers(view)
        parts = [_("{line} positive", line=solid), _("{line} negative", line=dashed)]
        if shown.thickest:
            parts.append(_("thickest {weight}", weight=rounded_text(shown.thickest, 3)))
        match view.step.kind:
            case StepKind.DJDW | StepKind.DJDB:
                parts = [_("sum over the rows"), *([shown.share] if shown.share else []), *parts]
            case StepKind.UPDATE:
                parts.insert(0, _("new w {minus} w", minus=view.notation.minus))
        if left_out := self._picture(view).left_out:
            parts.insert(0, _("{edges} thin edges left out", edges=left_out))
        while len("  ".join(parts)) > self.size.width and len(parts) > 1:
            parts.pop()
        return "  ".join(parts).rjust(self.size.width)

    def _picture(self, view: View) -> NetworkDrawing:
        if self._drawing is None:
            shown = self._numbers(view)
            self._drawing = NetworkDrawing(
                shown.layers,
                shown.edges_from,
                Size(self.size.width, self._rows_of_picture),
                signs=view.notation.signs,
                selected=shown.selected_edge.target if shown.selected_edge else shown.selected_unit,
                layer=self._layer(view),
            )
        return self._drawing

    @property
    def _rows_of_picture(self) -> int:
        return max(1, self.size.height - 1)

    def _numbers(self, view: View) -> NetworkUnits:
        if self._shown is None:
            self._shown = NetworkUnits(view, self._rows_of_picture)
        return self._shown

    @staticmethod
    def _layer(view: View) -> int:
        """The layer that the step is about."""
        added = _LAYERS.get(view.step.kind)
        return view.step.number + added if added is not None else len(view.state.document.network.layers)

    def on_key(self, event: events.Key) -> None:
        """Chooses the row, or selects the next unit or weight; Enter explains a number, or sets a weight."""
        view = self.view
        if not view:
            return
        moment = view.moment
        match event.key:
            case "left" | "right":
                by = 1 if event.key == "right" else -1
                place = (self._numbers(view).row + by) % (moment.rows + 1)
                dispatch(self, RowChosen(moment.row_of_data(place) if place else ALL_ROWS))
            case "up" | "down" | "home" | "end":
                self._walk(view, event.key)
            case "enter":
                self._enter(view)
            case _ if self._can_set_weight(view) and event.character in STARTS_A_NUMBER:
                self._ask_for_weight(view, str(event.character))
            case _:
                return
        event.stop()
        event.prevent_default()

    def _walk(self, view: View, key: str) -> None:
        """Selects the next unit or edge; the first or the last if none is selected."""
        shown = self._numbers(view)
        match key:
            case "home":
                self._select(shown.cell_of(0), view)
            case "end":
                self._select(shown.cell_of(element_count(view.state.document.network) - 1), view)
            case _:
                self._select(shown.neighbour_of_cell(1 if key == "down" else -1), view)

    def _select(self, cell: Cell, view: View) -> None:
        row = cell.row or view.row_in_pass
        dispatch(self, Selected(cell.name, row, cell.column))

    def _enter(self, view: View) -> None:
        """Asks for another weight of the selected edge; explains the number of a unit. Viewers only look."""
        if self._can_set_weight(view):
            self._ask_for_weight(view, "")
        else:
            self.post_message(MatrixBoard.ExplanationAsked())

    def _can_set_weight(self, view: View) -> bool:
        """Whether a number that the user types sets a weight: an edge is selected, and the user teaches."""
        return self._numbers(view).selected_edge is not None and not view.is_viewer

    def _ask_for_weight(self, view: View, begun: str) -> None:
        """Asks for another weight of the selected edge, of which the user has typed ``begun``."""
        edge = self._numbers(view).selected_edge
        if edge and view.selected_cell != edge.weight:
            dispatch(self, Selected(*astuple(edge.weight)))
        self.post_message(MatrixBoard.WeightAsked(begun))

    def has_effect(self, command: Command) -> bool:
        """On a selected edge, a digit begins a number: the commands with such keys have no effect then."""
        return not (command.key.isdigit() and self.view and self._can_set_weight(self.view))

    def on_click(self, event: events.Click) -> None:
        """Selects the number or the edge under the mouse."""
        view, offset = self.view, event.get_content_offset(self)
        if view and offset and not view.hidden.shapes and (cell := self._picture(view).cell_at(Offset(*offset))):
            self._select(cell, view)
