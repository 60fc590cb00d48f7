"""What the reports say of classes: how often the right one is predicted, and which ones are confused."""

from collections.abc import Iterator
from typing import NamedTuple

from tui_nn.network import Classification, Dataset, Pass, classification, log_likelihood
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.class_text import class_label, confusion_lines, likelihood_meaning, threshold_text
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation

_WIDTH = 80
_OF_LIKELIHOOD = "log_likelihood"
_NAMES = ("right", "accuracy", "confusion")
_OF_BINARY = ("sensitivity", "specificity")


class ReportedValue(NamedTuple):
    """A value of a report: its name for programs, its heading for people, and its lines if it stands in a table."""

    name: str
    value: object
    heading: str = ""
    table: tuple[str, ...] = ()


def class_values(
    dataset: Dataset, computed: Pass, notation: Notation, *, is_reached: bool = True, has_cost: bool = True
) -> Iterator[ReportedValue]:
    """How well Ŷ of an iteration names the classes of ``dataset``; nothing if these are no classes.

    All values are None unless Ŷ is reached; the log-likelihood is None unless J is reached.
    """
    found = classification(dataset, computed["Y_hat"], computed.row_numbers)
    if not found:
        return
    yield ReportedValue("classes", list(found.classes.names))
    if is_reached:
        yield from _known_values(found, notation)
    else:
        names = (*_NAMES, *(_OF_BINARY if found.classes.is_binary else ()))
        yield from (ReportedValue(name, None) for name in names)
    likelihood = log_likelihood(dataset, computed)
    if likelihood is not None:
        meaning = likelihood_meaning(found.classes, computed.network, notation.name("Y_hat"), notation.minus)
        heading = f"Log-likelihood: {meaning}"
        yield ReportedValue(_OF_LIKELIHOOD, likelihood, heading) if has_cost else ReportedValue(_OF_LIKELIHOOD, None)


def _known_values(found: Classification, notation: Notation) -> Iterator[ReportedValue]:
    rows = len(found.predicted)
    if found.unknown:
        which = f"{group_digits(found.unknown)} of {group_digits(rows)} rows"
        yield ReportedValue("right", None)
        yield ReportedValue("accuracy", None, f"No accuracy: {notation.name('Y_hat')} overflows in {which}")
        yield ReportedValue("confusion", None)
    else:
        yield ReportedValue("right", found.right, f"Rows whose class is predicted right, of {group_digits(rows)}")
        yield ReportedValue("accuracy", found.accuracy, "Accuracy: the share of these rows")
        heading = "Confusion matrix: the rows, by true and by predicted class"
        yield ReportedValue("confusion", found.confusion, heading, tuple(confusion_lines(found, _WIDTH)))
    if found.classes.is_binary:
        for name, share, of in zip(
            _OF_BINARY, (found.sensitivity, found.specificity), found.classes.names[::-1], strict=True
        ):
            heading = "" if share is None else f"{name.capitalize()}: the share of the {of}s that are predicted as {of}"
            yield ReportedValue(name, share, heading)


def accuracy_after(dataset: Dataset, Y_hat_after: Array) -> Iterator[ReportedValue]:
    """The accuracy over the training rows, with the weights after the last update; nothing without classes."""
    found = classification(dataset, Y_hat_after, dataset.training_rows)
    if found:
        heading = "" if found.accuracy is None else "Accuracy with the weights after the last update"
        yield ReportedValue("accuracy_after", found.accuracy, heading)


def predicted_classes(dataset: Dataset, Y_hat: Array, notation: Notation) -> Iterator[ReportedValue]:
    """The classes that ``Y_hat`` means for any rows, each with its output; nothing if the data are no classes."""
    classes = dataset.classes
    if not classes:
        return
    outputs = dataset.in_units(Y_hat)
    numbers = classes.predicted(outputs).tolist()
    names = [classes.names[number] if number >= 0 else None for number in numbers]
    labels = [class_label(classes, number) if number < 0 else classes.names[number] for number in numbers]
    heading = "The class of each row" if len(names) > 1 else "The class"
    rule = "the one with the largest output"
    if classes.is_binary:
        first, second = classes.names
        rule = f"{second} where {notation.name('Y_hat')} is {threshold_text(classes, notation)} or more, else {first}"
    yield ReportedValue("class", names, f"{heading}: {rule}", tuple(labels))
