"""What the reports say of the fit to the training rows and to the test rows, side by side."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from tui_nn.language import _, pgettext
from tui_nn.network import Network, Parameters
from tui_nn.network.checks.fit import Fit, fit_of
from tui_nn.network.model.dataset import Dataset
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.reports.class_values import ReportedValue

_DIGITS = 6


def fit_values(network: Network, dataset: Dataset, after: Parameters) -> Iterator[ReportedValue]:
    """How well the final parameters fit the training rows and the test rows; nothing without test rows."""
    if not dataset.test_rows:
        return
    training, test = (fit_of(network, dataset, rows, after) for rows in (dataset.training, dataset.test))
    yield ReportedValue("training", values_of_fit(training))
    heading = "The fit with the weights after the last update"
    yield ReportedValue("test", values_of_fit(test), heading, tuple(fit_lines(dataset, training, test)))


def values_of_fit(fit: Fit) -> dict[str, object]:
    """The fit for programs: rows count from 1, and what there is not is left out."""
    values: dict[str, object] = {
        "rows": (fit.rows + 1).tolist(),
        "Y_hat": fit.Y_hat,
        "mean_cost_after": fit.mean_cost,
        "r_squared": list(fit.r_squared),
        "rmse": list(fit.rmse),
    }
    if fit.classes:
        values |= {"accuracy": fit.classes.accuracy, "confusion": fit.classes.confusion}
    if fit.auc is not None:
        values["auc"] = fit.auc
    if fit.log_likelihood is not None:
        values["log_likelihood"] = fit.log_likelihood
    return values


class Measure(NamedTuple):
    """A measure of the fit: its name, and its number for a fit, which is None or nan if there is none.

    ``depends_on`` says which part of the iteration the number tells: Ŷ, the errors y − ŷ, or the cost.
    """

    name: str
    number: Callable[[Fit], float | None]
    depends_on: str


PREDICTIONS, ERRORS, COST = "predictions", "errors", "cost"


def measures(dataset: Dataset, *, has_likelihood: bool) -> Iterator[Measure]:
    """What is measured: the cost always, and what else suits the data."""
    yield Measure(_("cost per row"), lambda fit: fit.mean_cost, COST)
    if dataset.classes:
        yield Measure(_("accuracy"), lambda fit: fit.classes.accuracy if fit.classes else None, PREDICTIONS)
        if dataset.classes.is_binary:
            yield Measure(_("sensitivity"), lambda fit: fit.classes.sensitivity if fit.classes else None, PREDICTIONS)
            yield Measure(_("specificity"), lambda fit: fit.classes.specificity if fit.classes else None, PREDICTIONS)
            yield Measure("AUC", lambda fit: fit.auc, PREDICTIONS)
    if has_likelihood:
        yield Measure(_("log-likelihood"), lambda fit: fit.log_likelihood, COST)
    if not dataset.classes:
        for output, name in enumerate(dataset.y_names):
            for measure, number in (("R²", _r_squared), ("RMSE", _rmse)):
                # For translators: a measure, such as RMSE, of one of the columns of y.
                called = (
                    _("{measure} of {column}", measure=measure, column=name) if len(dataset.y_names) > 1 else measure
                )
                yield Measure(called, partial(number, output), ERRORS)


def _r_squared(output: int, fit: Fit) -> float:
    return fit.r_squared[output]


def _rmse(output: int, fit: Fit) -> float:
    return fit.rmse[output]


def fit_lines(dataset: Dataset, training: Fit, test: Fit) -> Iterator[str]:
    """A line for each measure, with the training rows' number and the test rows'."""
    lines = [("", "training", "test"), ("rows", group_digits(len(training.rows)), group_digits(len(test.rows)))]
    lines += [
        (measure.name, number_text(measure.number(training), _DIGITS), number_text(measure.number(test), _DIGITS))
        for measure in measures(dataset, has_likelihood=training.log_likelihood is not None)
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for name, *numbers in lines:
        cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *cells))


def number_text(number: float | None, digits: int) -> str:
    """The number of a measure; that there is none, where it is None or nan."""
    if number is None or np.isnan(number):
        return pgettext("number of a measure", "none")
    return rounded_text(number, digits)
