"""The pane that compares two runs: where they part, their costs, and the differences of their weights."""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard, wrapped_lines
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, BoardRow, LaidOutMatrix, LaidOutSign
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network import Pass
from tui_nn.network.model.array import Array
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.writing.notation.number_format import group_digits, matrix_format, rounded_text
from tui_nn.writing.notation.run_labels import run_labels

_LEAST_WIDTH = 6


class ComparePane(MatrixBoard):
    """Shows the differences of two runs in the iteration shown, and the selected cell in both."""

    info = PaneInfo(
        name="compare",
        title=pgettext("pane", "Compare"),
        hint=_("V compares with the next run"),
        help=_("Two runs: their costs, weights and the cell selected."),
        area=Area.BOTTOM,
        place=30,
        tab=130,
    )

    @classmethod
    def is_there(cls, view: View) -> bool:
        """True if there is another run to compare with."""
        return len(view.state.branches.all) > 1

    def part_of(self, view: View) -> object:
        compared, iteration = view.comparison, view.iteration
        if not compared:
            return None
        return (
            (compared.name, compared.fork, compared.computed),
            tuple((one.name, len(one.costs) >= iteration) for one in view.other_runs),
            view.reached >= iteration,
            view.state.branches,
            view.iteration_numbers,
            iteration,
            view.selected,
            view.visible_matrices,
            view.reached_matrices,
            view.notation,
        )

    @property
    def can_set_weight(self) -> bool:
        """False: the cells are differences, which can't be set."""
        return False

    def show_view(self, view: View) -> None:
        """Shows the new view, and names both runs in the title."""
        title = self.info.title
        if view.comparison:
            labels = run_labels(view.state)
            here, other = labels[view.state.branches.current.name], labels[view.comparison.name]
            self.set_title(f"{title}: {here} {view.notation.minus} {other}", title)
        else:
            self.set_title(title)
        super().show_view(view)

    def laid_out(self, view: View, room: int) -> Layout:
        """The numbers of both runs in sentences; in short equations if these would push the matrices out of sight."""
        brief = self._rows(view, room, is_brief=True)
        return self.first_that_fits(view, room, self.board_rows(view, room), otherwise=brief)

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:
        """The costs of all runs, the selected cell in both runs, and the difference of each matrix of weights."""
        return self._rows(view, room, is_brief=False)

    def _rows(self, view: View, room: int, *, is_brief: bool) -> Iterator[BoardRow]:
        if not view.comparison:
            yield [(_("There is one run only. b keeps it and begins another beside it."), "faint")]
            return
        labels = run_labels(view.state)
        here, other = labels[view.state.branches.current.name], labels[view.comparison.name]
        if not view.iteration_numbers or not view.comparison.computed:
            yield from wrapped_lines(_costs_text(view, labels), room, "title")
            iteration = group_digits(view.iteration)
            yield [(_("Not both runs have come to iteration {iteration}.", iteration=iteration), "faint")]
            return
        mine, theirs = view.iteration_numbers.computed, view.comparison.computed
        cell = view.selected
        if is_brief:
            yield from wrapped_lines(_difference_text(view, "J", SelectedCell("J", 1, 1), mine, theirs), room, "title")
            if cell:
                name = f"{view.notation.name(cell.matrix)}[{cell.row},{cell.column}]"
                yield from wrapped_lines(_difference_text(view, name, cell, mine, theirs), room, "")
        else:
            yield from wrapped_lines(_costs_text(view, labels), room, "title")
            if cell:
                yield from wrapped_lines(_cell_text(view, cell, mine, theirs, here, other), room, "")
        yield list(self._differences(view, mine, theirs, here, other))

    def _differences(self, view: View, mine: Pass, theirs: Pass, here: str, other: str) -> Iterator[BoardPiece]:
        minus = view.notation.minus
        # The first label says it for all of them.
        of_runs = f": {here} {minus} {other}"
        for name in view.state.document.network.shapes:
            label = view.notation.name(name) + of_runs
            if name not in theirs.matrices or mine[name].shape != theirs[name].shape:
                differs = _("{matrix} differs in shape", matrix=view.notation.name(name))
                yield LaidOutSign(f"{differs} ")
                continue
            with np.errstate(invalid="ignore"):
                values: Array = mine[name] - theirs[name]
            yield LaidOutMatrix(
                label, values.shape, values, matrix_format(values, minus, _LEAST_WIDTH, view.notation.digits)
            )
            yield LaidOutSign(" ")
            of_runs = ""


def _costs_text(view: View, labels: Mapping[str, str]) -> str:
    """``J in iteration 37: 0.006725 (rate 5), 0.003318 (rate 1); rate 1 left rate 5 at iteration 12``."""
    costs = {one.name: one.costs for one in view.other_runs} | {view.state.branches.current.name: view.costs}
    iteration = view.iteration
    is_J_visible = "J" in view.visible_matrices
    parts = [] if is_J_visible else [_("not yet")]
    for name in view.state.branches.names if is_J_visible else ():
        is_known = len(costs[name]) >= iteration
        cost = rounded_text(float(costs[name][iteration - 1]), 4) if is_known else _("not yet")
        parts.append(f"{cost} ({labels[name]})")
    branch = view.state.branches.current
    values = {"iteration": group_digits(iteration), "costs": ", ".join(parts)}
    if not branch.parent:
        return _("J in iteration {iteration}: {costs}", **values)
    return _(
        "J in iteration {iteration}: {costs}; {run} left {other} at iteration {fork}",
        **values,
        run=labels[branch.name],
        other=labels[branch.parent],
        fork=group_digits(branch.fork),
    )


def _cell_text(view: View, cell: SelectedCell, mine: Pass, theirs: Pass, here: str, other: str) -> str:
    """``W⁽¹⁾[1,2]: 0.8077 (rate 5), 0.6786 (rate 0.5), difference 0.1291``."""
    name = f"{view.notation.name(cell.matrix)}[{cell.row},{cell.column}]"
    texts = _two_numbers_and_difference(view, name, cell, mine, theirs)
    if isinstance(texts, str):
        return texts
    first, second, difference = texts
    return _(
        "{name}: {first} ({here}), {second} ({other}), difference {difference}",
        name=name,
        first=first,
        here=here,
        second=second,
        other=other,
        difference=difference,
    )


def _difference_text(view: View, name: str, cell: SelectedCell, mine: Pass, theirs: Pass) -> str:
    """``W⁽¹⁾[1,2]: 0.8077 − 0.6786 = 0.1291``, which is shorter."""
    texts = _two_numbers_and_difference(view, name, cell, mine, theirs)
    if isinstance(texts, str):
        return texts
    return f"{name}: {texts[0]} {view.notation.minus} {texts[1]} {view.notation.equals} {texts[2]}"


def _two_numbers_and_difference(
    view: View, name: str, cell: SelectedCell, mine: Pass, theirs: Pass
) -> tuple[str, str, str] | str:
    """The numbers of a cell in both runs, and their difference; if there is none, a sentence that says why."""
    if cell.matrix not in view.visible_matrices:
        is_reached = cell.matrix in view.reached_matrices
        return _("{name} is asked for", name=name) if is_reached else _("{name} is not reached yet", name=name)
    place = cell.row - 1, cell.column - 1
    first, second = (_cell_or_none(computed, cell.matrix, place) for computed in (mine, theirs))
    if first is None or second is None:
        return _("{name} is in one of the runs only", name=name)
    minus = view.notation.minus
    return _number_text(first, minus), _number_text(second, minus), _number_text(first - second, minus)


def _cell_or_none(computed: Pass, name: str, place: tuple[int, int]) -> float | None:
    matrix = computed.matrices.get(name)
    if matrix is None or not (place[0] < matrix.shape[0] and place[1] < matrix.shape[1]):
        return None
    return float(matrix[place])


def _number_text(number: float, minus: str) -> str:
    return (rounded_text(number) if math.isfinite(number) else _("overflow")).replace("-", minus)
