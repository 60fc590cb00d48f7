"""The sentences of a worked iteration: about the data, the network, the weights and the digits."""

from collections.abc import Iterator, Sequence

from tui_nn.handouts.documents.paper_matrices import MOST_COLUMNS, MOST_ROWS
from tui_nn.handouts.programs.program_scalings import scaled_how
from tui_nn.network import NAMED_SCALINGS, NO_SCALING, Dataset, Network
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.validation import counted
from tui_nn.writing.notation.activation_text import error_cost_sentence, function_sentence
from tui_nn.writing.notation.batch_text import epoch_text, has_batches, numbers_of_rows, rows_text
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.notation.setting_names import distribution_text, setting_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.steps_and_errors import fixed_clause

_MOST_NAMES = 8
DIGITS = (
    "All numbers are rounded, and every line shows as many digits as it takes: compute with the numbers in it, and you "
    "get the result in it, to the last digit. Where no number of digits is enough for that, a sentence says so. So a "
    "number may have more digits in a later line."
)
CUT = (
    f"A matrix with more than {MOST_ROWS} rows or {MOST_COLUMNS} columns shows only its first ones and the last; dots "
    "stand for the others. Shapes and results are those of the whole matrix."
)
NOT_TO_THE_DIGIT = "Here terms cancel: with the numbers as shown, you may get other last digits of the result."
WEIGHTS_HEADING = "The weights at the start of this iteration"


def scaling_sentence(name: str, data: Dataset) -> str:
    """A sentence that says how each column of ``name``, x or y, is scaled."""
    scaling, shifts, divisors, names = (
        (data.x_scaling, data.x_shifts, data.x_divisors, data.input_names)
        if name == "x"
        else (data.y_scaling, data.y_shifts, data.y_divisors, data.y_names)
    )
    if scaling == NO_SCALING:
        return f"{name.upper()} is {name} as it was typed in."
    is_shifted = isinstance(scaling, str) and bool(NAMED_SCALINGS[scaling].shift_sign)
    each = [
        f"({called} − {shortest_text(shift)}) / {shortest_text(divisor)}".replace("− -", "+ ")
        if is_shifted
        else f"{called} by {shortest_text(divisor)}"
        for called, shift, divisor in zip(names, shifts.tolist(), divisors.tolist(), strict=True)
    ]
    listed = ", ".join(each[:_MOST_NAMES]) + (", …" if len(each) > _MOST_NAMES else "")
    return f"For {name.upper()}, each column of {name} is {scaled_how(scaling)}: {listed}."


def rows_sentences(document: Document, iteration: int) -> Iterator[str]:
    """Sentences: which rows an iteration computes with, and which are kept back for a test."""
    if has_batches(document):
        rows = rows_text(document.moment(iteration))
        yield f"This iteration, in {epoch_text(document, iteration)}, computes with a batch: {rows}, in this order."
    if test_rows := document.dataset.test_rows:
        yield f"Kept back for a test, and never trained on: {'row' if len(test_rows) == 1 else 'rows'} " + (
            f"{numbers_of_rows(test_rows)}."
        )


def network_sentences(network: Network, data: Dataset, notation: Notation) -> Iterator[str]:
    """Sentences: the rows of the data, the layers, the biases, and each function with its slope."""
    inputs, *hidden, outputs = network.layers
    layers = [
        counted(inputs, "input"),
        *(counted(units, "hidden unit") for units in hidden),
        counted(outputs, "output"),
    ]
    with_biases = "with biases" if network.bias else "without biases"
    rows = f"{group_digits(data.rows)} {'row' if data.rows == 1 else 'rows'} of data"
    kept_back = f", {group_digits(len(data.test_rows))} of them kept back for a test" if data.test_rows else ""
    yield f"{rows}{kept_back}; {', '.join(layers)}; {with_biases}."
    names = network.activation_names
    for name in names:
        value = function_sentence(name, derived=False, notation=notation)
        slope = function_sentence(name, derived=True, notation=notation)
        called = f"f is {name}" if notation.functions[name] == "f" else f"{name.capitalize()}"
        yield f"{called}: {value}, and its slope is {slope}."
    if over_errors := summed_cost(network).over_errors:
        cost, slope = (
            error_cost_sentence(over_errors.function, derived=derived, notation=notation) for derived in (False, True)
        )
        yield f"The cost of an error e: {cost}, and its slope is {slope}."
    if len(names) > 1:
        f_hidden, f_output = network.activation, network.output_activation
        if isinstance(f_hidden, str):
            yield f"The activation of the hidden units is {f_hidden}, that of the outputs {f_output}."
        else:
            each = [f"of hidden layer {layer} is {name}" for layer, name in enumerate(f_hidden, start=1)]
            yield f"The activation {', that '.join(each)}, that of the outputs is {f_output}."


def origin_sentences(plan: RunPlan, iteration: int, notation: Notation) -> Iterator[str]:
    """Sentences: where the weights at the start of the iteration come from."""
    start = plan.document.start
    if iteration > 1:
        yield f"The update of iteration {group_digits(iteration - 1)} made them."
    elif start.distribution:
        drawn = f"from the generator of {start.generator} with seed {start.seed}"
        order = "row by row" if start.fill == "rows" else "column by column"
        yield f"They are random numbers, {distribution_text(start)}, {drawn}; they fill each matrix {order}."
    elif start.constant is not None:
        yield f"All of them are {shortest_text(start.constant)}."
    else:
        yield "They are given with the lesson, or were set by hand."
    network = plan.document.network
    if iteration == 1 and network.bias and start.method != "given" and not start.biases_are_drawn:
        yield f"All biases start at {setting_text(start.biases)}.".replace("-", notation.minus)
    if network.fixed:
        yield fixed_clause(network, notation)
    segment = next((segment for segment in plan.segments if segment.first == iteration), None)
    for cell in segment.weights if segment else ():
        place = f"{notation.name(cell.name)}[{cell.row},{cell.column}]"
        yield f"{place} was set by hand to {shortest_text(cell.value).replace('-', notation.minus)}."


def left_out_sentence(steps: Sequence[str]) -> str:
    """A sentence: which later steps of the iteration are left out; "" if none are."""
    return f"The later steps of this iteration are left out: {', '.join(steps)}." if steps else ""


FIGURE = (
    "The network in this iteration, with the first row of X. An edge is the thicker, the larger |w| is; a dashed"
    " edge has a negative weight."
)
"""The caption of the network's figure."""
