"""How well the weights that an iteration begins with fit the training rows and the test rows: lines of the results."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui_nn.dashboard.panes.parts.class_summary import confusion_side_by_side
from tui_nn.dashboard.panes.parts.result_block import pending_dot
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network import Classification, Dataset, has_probabilities
from tui_nn.network.checks.fit import Fit, fit_of, fit_of_pass
from tui_nn.network.formulas.explain import ERROR
from tui_nn.network.model.dataset import DataRows
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.class_text import counted_right
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.fit_values import COST, ERRORS, PREDICTIONS, measures, number_text

MOST_WORK = 300_000
"""With at most so many multiplications, rows that the iteration does not compute with are predicted as well."""
_DIGITS = 5
_TRAINING, _BATCH, _TEST = _("training"), _("batch"), _("test")


class ResultFits(NamedTuple):
    """The fit to the training rows and to the test rows.

    ``training`` is None while Ŷ is not reached, or a question hides it or y; ``test`` also where there are no test rows
    or too many to predict at every step. ``is_of_batch`` says that there are too many training rows, too: ``training``
    is then the fit to those of the batch. ``known`` are the parts of the iteration that may be told.
    """

    training: Fit | None
    test: Fit | None
    is_of_batch: bool
    known: frozenset[str]

    @property
    def counted(self) -> str:
        """The rows that ``training`` is about."""
        return _BATCH if self.is_of_batch else _TRAINING


def fits_of(view: View) -> ResultFits:
    """The fits of the iteration shown, as far as the lesson has come and no question hides them."""
    document = view.state.document
    network, data = document.network, document.dataset

    def is_small(rows: int) -> bool:
        return rows * network.size <= MOST_WORK

    trained = data.rows - len(data.test_rows)
    is_of_batch = has_batches(document) and not is_small(trained)
    if not view.iteration_numbers or "Y_hat" not in view.visible_matrices or "Y" in view.hidden.matrices:
        return ResultFits(None, None, is_of_batch, frozenset())
    known = {
        PREDICTIONS: True,
        ERRORS: ERROR not in view.hidden.matrices,
        COST: "J" in view.visible_matrices,
    }
    computed = view.iteration_numbers.computed

    def fit(rows: DataRows) -> Fit:
        return fit_of(network, data, rows, computed.parameters)

    has_all = is_of_batch or not has_batches(document)
    training = fit_of_pass(network, data, computed.row_numbers, computed.matrices) if has_all else fit(data.training)
    test = fit(data.test) if data.test_rows and is_small(len(data.test_rows)) else None
    return ResultFits(training, test, is_of_batch, frozenset(part for part, is_known in known.items() if is_known))


def fit_heading(fits: ResultFits) -> str:
    """How many rows have the right class, ``6/8 right, test 3/4``; "" while that is not known."""
    training, test = (fit.classes if fit else None for fit in (fits.training, fits.test))
    if not training or training.unknown:
        return ""
    if test and not test.unknown:
        # In the frame of a narrow pane there is no room for words.
        return _("{training} right, test {test}", training=_counts(training), test=_counts(test))
    return f"{counted_right(training)}, {fits.counted}"


def _counts(found: Classification) -> str:
    return f"{group_digits(found.right or 0)}/{group_digits(len(found.predicted))}"


def fit_summary(view: View, fits: ResultFits) -> list[Sequence[Line]]:
    """The measures, training beside test, and the confusion matrix: the widest way first, with both confusion matrices.

    The narrow way has only that of the training rows.
    """
    document, notation = view.state.document, view.notation
    data = document.dataset
    table = [*_table(data, fits, notation, has_likelihood=has_probabilities(document.network, data))]
    if not fits.test and fits.training:
        table.append([(_("too many test rows to predict at every step"), "faint")])
    if not data.classes:
        return [table]
    found: list[tuple[str, Classification | None]] = [
        (head, fit.classes if fit else None)
        for head, fit in (
            (_("batch rows") if fits.is_of_batch else _("training rows"), fits.training),
            (_("test rows"), fits.test),
        )
    ]
    return [[*table, *confusion_side_by_side(data.classes, columns, notation)] for columns in (found, found[:1])]


def _table(data: Dataset, fits: ResultFits, notation: Notation, *, has_likelihood: bool) -> Iterator[Line]:
    dot = pending_dot(notation)
    lines = [("", fits.counted, _TEST)]
    for measure in measures(data, has_likelihood=has_likelihood):
        is_known = measure.depends_on in fits.known
        training, test = (
            number_text(measure.number(fit), _DIGITS).replace("-", notation.minus) if fit and is_known else dot
            for fit in (fits.training, fits.test)
        )
        name = measure.name if notation.unicode else measure.name.replace("²", "^2")
        lines.append((name, training, test))
    widths = [max(cell_len(line[column]) for line in lines) for column in range(3)]
    for name, *cells in lines:
        left = name + " " * (widths[0] - cell_len(name))
        training, test = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        style = "label" if name else "faint"
        yield [(left, ""), ("  ", ""), (training, style), ("  ", ""), (test, style)]
