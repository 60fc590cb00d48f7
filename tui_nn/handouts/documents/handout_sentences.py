"""The sentences of a worked iteration: about the data, the network, the weights and the digits."""

from collections.abc import Iterator, Sequence

from tui_nn.handouts.documents.paper_matrices import MOST_COLUMNS, MOST_ROWS
from tui_nn.language import _, ngettext
from tui_nn.network import (
    COLUMN_ABS_MAX,
    COLUMN_MAX,
    MIN_MAX,
    NAMED_SCALINGS,
    NO_SCALING,
    STANDARDISE,
    Dataset,
    Network,
)
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.writing.notation.activation_text import error_cost_sentence, function_sentence
from tui_nn.writing.notation.batch_text import epoch_text, has_batches, numbers_of_rows, rows_text
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.notation.setting_names import distribution_text, setting_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.steps_and_errors import fixed_clause

_MOST_NAMES = 8
DIGITS = _(
    "All numbers are rounded, and every line shows as many digits as it takes: compute with the numbers in it, and you "
    "get the result in it, to the last digit. Where no number of digits is enough for that, a sentence says so. So a "
    "number may have more digits in a later line."
)
CUT = _(
    "A matrix with more than {rows} rows or {columns} columns shows only its first ones and the last; dots "
    "stand for the others. Shapes and results are those of the whole matrix.",
    rows=MOST_ROWS,
    columns=MOST_COLUMNS,
)
NOT_TO_THE_DIGIT = _("Here terms cancel: with the numbers as shown, you may get other last digits of the result.")
DATA_HEADING = _("The data")
NETWORK_HEADING = _("The network")
WEIGHTS_HEADING = _("The weights at the start of this iteration")
PREDICTIONS_HEADING = _("The predictions, in the units of the data")
# For translators: "columns" are those of a matrix, with what each is divided by: x1 by 10, x2 by 5.
_SCALED = {
    COLUMN_MAX: _("For {matrix}, each column of {table} is divided by its greatest number: {columns}."),
    COLUMN_ABS_MAX: _(
        "For {matrix}, each column of {table} is divided by its greatest absolute value (or by 1 where that is 0): "
        "{columns}."
    ),
    MIN_MAX: _(
        "For {matrix}, each column of {table} is moved so that its least number is 0, and divided by its range (or by "
        "1 where that is 0): {columns}."
    ),
    STANDARDISE: _(
        "For {matrix}, each column of {table} is moved so that its mean is 0, and divided by its standard deviation "
        "(or by 1 where that is 0): {columns}."
    ),
}
_SCALED_BY_NUMBERS = _("For {matrix}, each column of {table} is divided by a number: {columns}.")


def scaling_sentence(name: str, data: Dataset) -> str:
    """A sentence that says how each column of ``name``, x or y, is scaled."""
    scaling, shifts, divisors, names = (
        (data.x_scaling, data.x_shifts, data.x_divisors, data.input_names)
        if name == "x"
        else (data.y_scaling, data.y_shifts, data.y_divisors, data.y_names)
    )
    if scaling == NO_SCALING:
        return _("{matrix} is {table} as it was typed in.", matrix=name.upper(), table=name)
    is_shifted = isinstance(scaling, str) and bool(NAMED_SCALINGS[scaling].shift_sign)
    each = [
        f"({called} − {shortest_text(shift)}) / {shortest_text(divisor)}".replace("− -", "+ ")
        if is_shifted
        else _("{column} by {divisor}", column=called, divisor=shortest_text(divisor))
        for called, shift, divisor in zip(names, shifts.tolist(), divisors.tolist(), strict=True)
    ]
    listed = ", ".join(each[:_MOST_NAMES]) + (", …" if len(each) > _MOST_NAMES else "")
    sentence = _SCALED[scaling] if isinstance(scaling, str) else _SCALED_BY_NUMBERS
    return sentence.format_map({"matrix": name.upper(), "table": name, "columns": listed})


def rows_sentences(document: Document, iteration: int) -> Iterator[str]:
    """Sentences: which rows an iteration computes with, and which are kept back for a test."""
    if has_batches(document):
        yield _(
            "This iteration, in {epoch}, computes with a batch: {rows}, in this order.",
            epoch=epoch_text(document, iteration),
            rows=rows_text(document.moment(iteration)),
        )
    if test_rows := document.dataset.test_rows:
        yield ngettext(
            "Kept back for a test, and never trained on: row {numbers}.",
            "Kept back for a test, and never trained on: rows {numbers}.",
            len(test_rows),
            numbers=numbers_of_rows(test_rows),
        )


def network_sentences(network: Network, data: Dataset, notation: Notation) -> Iterator[str]:
    """Sentences: the rows of the data, the layers, the biases, and each function with its slope."""
    inputs, *hidden, outputs = network.layers
    layers = [
        ngettext("{units} input", "{units} inputs", inputs, units=inputs),
        *(ngettext("{units} hidden unit", "{units} hidden units", units, units=units) for units in hidden),
        ngettext("{units} output", "{units} outputs", outputs, units=outputs),
    ]
    with_biases = _("with biases") if network.bias else _("without biases")
    rows = ngettext("{rows} row of data", "{rows} rows of data", data.rows, rows=group_digits(data.rows))
    if data.test_rows:
        rows = _("{rows}, {kept} of them kept back for a test", rows=rows, kept=group_digits(len(data.test_rows)))
    yield f"{rows}; {', '.join(layers)}; {with_biases}."
    names = network.activation_names
    for name in names:
        value = function_sentence(name, derived=False, notation=notation)
        slope = function_sentence(name, derived=True, notation=notation)
        if notation.functions[name] == "f":
            yield _("f is {activation}: {value}, and its slope is {slope}.", activation=name, value=value, slope=slope)
        else:
            yield _(
                "{activation}: {value}, and its slope is {slope}.",
                activation=name.capitalize(),
                value=value,
                slope=slope,
            )
    if over_errors := summed_cost(network).over_errors:
        cost, slope = (
            error_cost_sentence(over_errors.function, derived=derived, notation=notation) for derived in (False, True)
        )
        yield _("The cost of an error e: {cost}, and its slope is {slope}.", cost=cost, slope=slope)
    if len(names) > 1:
        f_hidden, f_output = network.activation, network.output_activation
        if isinstance(f_hidden, str):
            yield _(
                "The activation of the hidden units is {hidden}, that of the outputs {output}.",
                hidden=f_hidden,
                output=f_output,
            )
        else:
            # For translators: the activation of the first hidden layer, then of each other one, then of the outputs.
            each = [_("The activation of hidden layer 1 is {activation}", activation=f_hidden[0])]
            each += [
                _("that of hidden layer {layer} is {activation}", layer=layer, activation=name)
                for layer, name in enumerate(f_hidden[1:], start=2)
            ]
            each.append(_("that of the outputs is {activation}", activation=f_output))
            yield f"{', '.join(each)}."


def origin_sentences(plan: RunPlan, iteration: int, notation: Notation) -> Iterator[str]:
    """Sentences: where the weights at the start of the iteration come from."""
    start = plan.document.start
    if iteration > 1:
        yield _("The update of iteration {iteration} made them.", iteration=group_digits(iteration - 1))
    elif start.distribution:
        drawn = {"distribution": distribution_text(start), "generator": start.generator, "seed": start.seed}
        if start.fill == "rows":
            yield _(
                "They are random numbers, {distribution}, from the generator of {generator} with seed {seed}; they "
                "fill each matrix row by row.",
                **drawn,
            )
        else:
            yield _(
                "They are random numbers, {distribution}, from the generator of {generator} with seed {seed}; they "
                "fill each matrix column by column.",
                **drawn,
            )
    elif start.constant is not None:
        yield _("All of them are {number}.", number=shortest_text(start.constant))
    else:
        yield _("They are given with the lesson, or were set by hand.")
    network = plan.document.network
    if iteration == 1 and network.bias and start.method != "given" and not start.biases_are_drawn:
        yield _("All biases start at {number}.", number=setting_text(start.biases).replace("-", notation.minus))
    if network.fixed:
        yield fixed_clause(network, notation)
    segment = next((segment for segment in plan.segments if segment.first == iteration), None)
    for cell in segment.weights if segment else ():
        place = f"{notation.name(cell.name)}[{cell.row},{cell.column}]"
        number = shortest_text(cell.value).replace("-", notation.minus)
        yield _("{cell} was set by hand to {number}.", cell=place, number=number)


def left_out_sentence(steps: Sequence[str]) -> str:
    """A sentence: which later steps of the iteration are left out; "" if none are."""
    return _("The later steps of this iteration are left out: {steps}.", steps=", ".join(steps)) if steps else ""


FIGURE = _(
    "The network in this iteration, with the first row of X. An edge is the thicker, the larger |w| is; a dashed"
    " edge has a negative weight."
)
"""The caption of the network's figure."""
