"""What the reports say of the fit to the training rows and to the test rows, side by side."""

from collections.abc import Iterator

import numpy as np

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


def fit_lines(dataset: Dataset, training: Fit, test: Fit) -> Iterator[str]:
    """A line for each measure, with the training rows' number and the test rows'."""
    lines = [("", "training", "test"), ("rows", group_digits(len(training.rows)), group_digits(len(test.rows)))]
    lines.append(("mean cost", _text(training.mean_cost), _text(test.mean_cost)))
    if training.classes and test.classes:
        lines.append(("accuracy", _text(training.classes.accuracy), _text(test.classes.accuracy)))
    if dataset.classes and dataset.classes.is_binary:
        lines.append(("AUC", _text(training.auc), _text(test.auc)))
    if training.log_likelihood is not None:
        lines.append(("log-likelihood", _text(training.log_likelihood), _text(test.log_likelihood)))
    if not dataset.classes:
        for output, name in enumerate(dataset.y_names):
            of = f" of {name}" if len(dataset.y_names) > 1 else ""
            lines.append((f"R²{of}", _text(training.r_squared[output]), _text(test.r_squared[output])))
            lines.append((f"RMSE{of}", _text(training.rmse[output]), _text(test.rmse[output])))
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for name, *numbers in lines:
        cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *cells))


def _text(number: float | None) -> str:
    return "none" if number is None or np.isnan(number) else rounded_text(number, _DIGITS)
