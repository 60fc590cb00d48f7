"""Explains the prediction for one row as text: the forward pass with numbers in place.

As in `explain_cell`, the numbers in a line give the result in it.
"""

from collections.abc import Collection, Iterator, Mapping
from string import ascii_lowercase

import numpy as np

from tui_nn.language import _
from tui_nn.network import UNKNOWN, Classes, Parameters, prediction, prediction_equations
from tui_nn.network.formulas.explain import IN_UNITS, Explanation, explain, explain_in_units
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.model.pace import Moment
from tui_nn.session.document import Document
from tui_nn.writing.formulas.cell_explanation import explain_cell
from tui_nn.writing.notation.activation_text import function_sentence
from tui_nn.writing.notation.class_text import class_label, threshold_text
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.notation.signs import Notation

_MOST_LINES = 12
_INDENT = "  "


def row_letter(number: int) -> str:
    """The name of a new row, by its number from 1: a, b, c, …. The rows of the data have numbers as names."""
    return ascii_lowercase[number - 1]


def row_text(x: tuple[float, ...], notation: Notation) -> str:
    """The row as the user typed it: ``8 5``."""
    return " ".join(map(shortest_text, x)).replace("-", notation.minus)


def worked_row(
    document: Document, x: tuple[float, ...], parameters: Parameters, known: Collection[str], notation: Notation
) -> str:
    """The forward pass of a row ``x``, which is in the data's units: a paragraph for each matrix.

    It ends before the first matrix whose name is not in ``known``.
    """
    data, network = document.dataset, document.network
    row = np.array([x])
    computed = prediction(network, data.scaled(row), parameters)
    values = {**computed, "x": row, IN_UNITS: data.in_units(computed["Y_hat"])}
    paragraphs = [
        [
            f"{name} = {shortest_text(number)}".replace("-", notation.minus)
            for name, number in zip(data.x_names, x, strict=True)
        ]
    ]
    if data.x_scaling != "none" or data.derived:
        heading = _("{name}, as the network sees it", name=notation.name("X"))
        paragraphs.append([heading, *_cell_lines(document, "X", values, notation)])
    for equation in prediction_equations(network):
        if equation.name not in known:
            pending = _("{name} is not computed yet in this iteration.", name=notation.name(equation.name))
            paragraphs.append([pending])
            break
        paragraphs.append([notation.formula(equation), *_cell_lines(document, equation.name, values, notation)])
    else:
        if data.y_scaling != "none":
            units = [explain_in_units(data, Cell("Y_hat", 1, output)) for output in range(1, data.outputs + 1)]
            heading = _(
                "{name} in the data's units: {columns}", name=notation.name("Y_hat"), columns=", ".join(data.y_names)
            )
            paragraphs.append([heading, *_lines(units, values, notation)])
        if data.classes:
            paragraphs.append([_class_sentence(data.classes, values[IN_UNITS], notation)])
    sentences = [function_sentence(name, derived=False, notation=notation) for name in network.activation_names]
    paragraphs.append(sentences)
    return "\n\n".join("\n".join(lines) for lines in paragraphs)


def _class_sentence(classes: Classes, outputs: Array, notation: Notation) -> str:
    """The class of one row, and why: ``outputs`` has the shape (1, outputs), in the units of y."""
    number, name = int(classes.predicted(outputs)[0]), notation.name("Y_hat")
    if number == UNKNOWN:
        return _("The row has no class: {name} overflows.", name=name)
    if classes.is_binary:
        middle, called = threshold_text(classes, notation), classes.names[number].replace("-", notation.minus)
        if number:
            return _("Class {label}: {name} is {middle} or more.", label=called, name=name, middle=middle)
        return _("Class {label}: {name} is below {middle}.", label=called, name=name, middle=middle)
    return _("Class {label}: its {name} is the largest.", label=class_label(classes, number), name=name)


def _cell_lines(document: Document, name: str, values: Mapping[str, Array], notation: Notation) -> Iterator[str]:
    columns = range(1, values[name].shape[1] + 1)
    alone = Moment(1, document.learning_rate, np.arange(1))
    cells = [explain(document.network, document.dataset, Cell(name, 1, column), alone) for column in columns]
    return _lines(cells, values, notation)


def _lines(cells: list[Explanation], values: Mapping[str, Array], notation: Notation) -> Iterator[str]:
    """A line for each cell, such as ``0.8000 · 0.2655 + 1.000 · 0.3721 = 0.5845``; of very many, the first."""
    for explanation in cells[:_MOST_LINES]:
        found = explain_cell(explanation, values, notation)
        made = "".join(piece.text for piece in found.figures)
        equals = ("≈" if notation.unicode else "~") if found.rounded else notation.equals
        rest = ""
        if found.left_out:
            rest = "   " + _("({count} terms are one number)", count=group_digits(found.left_out))
        yield f"{_INDENT}{made} {equals} {found.result}{rest}"
    if len(cells) > _MOST_LINES:
        yield _INDENT + _("and {count} more", count=group_digits(len(cells) - _MOST_LINES))
