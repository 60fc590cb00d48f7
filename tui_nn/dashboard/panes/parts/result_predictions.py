"""The predictions of an iteration, in the units of y, and the blocks of the results that list them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tui_nn.dashboard.panes.parts.class_block import ClassBlock, ClassPredictions
from tui_nn.dashboard.panes.parts.class_summary import LogLikelihood, class_summary
from tui_nn.dashboard.panes.parts.output_block import ClassesOfOutput, OutputBlock
from tui_nn.dashboard.panes.parts.result_block import ResultBlock, Rows
from tui_nn.dashboard.panes.parts.result_columns import ClassColumn, PredictionColumn, ResultColumn
from tui_nn.dashboard.panes.parts.result_fit import MOST_WORK, ResultFits, fit_summary
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _, pgettext
from tui_nn.network import Classification, Parameters, has_probabilities, log_likelihood, predict
from tui_nn.network.formulas.explain import ERROR
from tui_nn.network.model.array import Array

_PROBABILITY = "p"


class Predictions(NamedTuple):
    """Ŷ in the units of y, before and after the update, of the rows of the data and of the new rows.

    Each is None while it is not reached or hidden; those of the new rows also if there are none.
    """

    before: Array | None = None
    after: Array | None = None
    new_before: Array | None = None
    new_after: Array | None = None


def predictions_of(view: View) -> Predictions:
    """What the iteration shown predicts, as far as the lesson has come and no question hides it."""
    if not view.iteration_numbers:
        return Predictions()
    computed, document = view.iteration_numbers.computed, view.state.document
    data, new_rows = document.dataset, view.state.new_rows_here
    is_visible, is_updated = "Y_hat" in view.visible_matrices, view.equations[-1].name in view.reached_matrices
    X_new = data.scaled(np.array([*new_rows.values()])) if new_rows else None

    def predicted(X: Array | None, parameters: Parameters) -> Array | None:
        return None if X is None else data.in_units(predict(document.network, X, parameters))

    every = data.rows * document.network.size <= MOST_WORK
    rows = computed.row_numbers
    has_all = len(rows) == data.rows and bool((rows[1:] > rows[:-1]).all())

    def of_all_rows(parameters: Parameters) -> Array:
        """Ŷ of every row; of very many rows only those of the batch, and nan for the others."""
        found = predict(document.network, data.X if every else computed["X"], parameters)
        if every or has_all:
            return data.in_units(found)
        known = np.full((data.rows, data.outputs), np.nan)
        known[rows] = data.in_units(found)
        return known

    before = data.in_units(computed["Y_hat"]) if has_all else None
    return Predictions(
        (of_all_rows(computed.parameters) if before is None else before) if is_visible else None,
        of_all_rows(computed.next_parameters) if is_updated else None,
        predicted(X_new, computed.parameters) if is_visible else None,
        predicted(X_new, computed.next_parameters) if is_updated else None,
    )


def classification_of(view: View, predictions: Predictions) -> Classification | None:
    """How well the iteration's predictions name the classes; None without classes, or while something is hidden."""
    classes = view.state.document.dataset.classes
    if classes is None or predictions.before is None or not shows_truth(view):
        return None
    return Classification(classes, classes.predicted(predictions.before), classes.truth)


def shows_truth(view: View) -> bool:
    """Whether no question hides y."""
    return "Y" not in view.hidden.matrices


def shows_errors(view: View) -> bool:
    """Whether no question hides y − ŷ."""
    return ERROR not in view.hidden.matrices


def blocks_of(view: View, predictions: Predictions, rows: Rows) -> Iterator[ResultBlock]:
    """The blocks of the results: the classes first, if each has a column of y; then a block for each output."""
    document, found = view.state.document, classification_of(view, predictions)
    data, notation = document.dataset, view.notation
    if data.classes and not data.classes.is_binary:
        head = _PROBABILITY if has_probabilities(document.network, data) else notation.name("Y_hat")
        before, new = (
            None if Y_hat is None else ClassPredictions(data.classes.predicted(Y_hat), Y_hat)
            for Y_hat in (predictions.before, predictions.new_before)
        )
        yield ClassBlock(rows, data.classes, head, before, new, shows_truth=shows_truth(view))
    name, minus = notation.name("Y_hat"), notation.minus
    error = None if predictions.before is None or not shows_errors(view) else data.y - predictions.before
    # For translators: the heading of a narrow column, for predictions after the update.
    updated = pgettext("column", "updated")
    columns = ((name, predictions.before), (f"y {minus} {name}", error), (updated, predictions.after))
    new_columns = ((name, predictions.new_before), (updated, predictions.new_after))
    for output, title in enumerate(data.y_names):
        written = [PredictionColumn(head, values, output, data, minus) for head, values in columns]
        new_written = [PredictionColumn(head, values, output, data, minus) for head, values in new_columns]
        y = ResultColumn("y", data.y[:, output], minus)
        yield OutputBlock(rows, title, [y, *written], new_written, _classes_of_output(view, predictions, found))


def _classes_of_output(view: View, predictions: Predictions, found: Classification | None) -> ClassesOfOutput | None:
    """The columns of two classes in one column of y; None for other data."""
    classes = view.state.document.dataset.classes
    if not classes or not classes.is_binary:
        return None
    column, new_column = (
        ClassColumn(classes, None if Y_hat is None else classes.predicted(Y_hat), view.notation.minus)
        for Y_hat in (predictions.before, predictions.new_before)
    )
    return ClassesOfOutput(found, column, new_column)


def summary_of(view: View, found: Classification | None, fits: ResultFits | None) -> list[Sequence[Line]]:
    """The lines on how well the rows are predicted, the widest way to write them first; [] if there are none.

    ``fits`` are there where the data have test rows, or not every iteration uses all rows.
    """
    document = view.state.document
    data = document.dataset
    if fits and data.test_rows:
        return fit_summary(view, fits)
    if data.classes is None:
        return []
    likelihood = None
    if has_probabilities(document.network, data):
        is_known = view.iteration_numbers and "J" in view.visible_matrices and shows_truth(view)
        computed = view.iteration_numbers.computed if view.iteration_numbers and is_known else None
        value = log_likelihood(data, computed) if computed else None
        if computed and fits and fits.training:
            value = fits.training.log_likelihood
        likelihood = LogLikelihood(value)
    if not fits:
        return [class_summary(data.classes, found, likelihood, view.notation)]
    counted = fits.training.classes if fits.training else None
    rows = _("the rows of the batch") if fits.is_of_batch else _("all training rows")
    return [[[(rows, "faint")], *class_summary(data.classes, counted, likelihood, view.notation)]]
