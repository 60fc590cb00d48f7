"""Captions for a cell: which row and unit it belongs to, and where a weight comes from."""

from tui_nn.network import Start
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.network.formulas.optimizers import parameter_of
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.pace import Moment
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.notation.setting_names import distribution_text, setting_text


def cell_caption(cell: Cell, document: Document, moment: Moment) -> str:
    """The row and the units that a cell belongs to; "" for J and the penalty.

    ``row 1, hidden unit 3`` for a cell of A2, ``from hours slept to hidden unit 1`` for a weight and its velocity.
    """
    name = parameter_of(cell.name) or cell.name.removeprefix("dJd").removesuffix("_next")
    data, last = document.dataset, len(document.network.layers)
    if name in SINGLE_NUMBERS:
        return ""
    if name == "X":
        return f"row {moment.row_of_data(cell.row)}, {data.input_names[cell.column - 1]}"
    # Otherwise the name of a class would read as the row's class.
    column = "column " if data.classes and data.outputs > 1 else ""
    if name in ("Y", "Y_hat"):
        return f"row {moment.row_of_data(cell.row)}, {column}{data.y_names[cell.column - 1]}"
    layer = int("".join(char for char in name if char.isdecimal()))

    def unit(number: int, of: int) -> str:
        if of == 1:
            return data.input_names[number - 1]
        if of == last:
            return data.y_names[number - 1]
        where = "hidden unit" if last == 3 else f"layer {of}, unit"
        return f"{where} {number}"

    if name.startswith("W"):
        return f"from {unit(cell.row, layer)} to {unit(cell.column, layer + 1)}"
    if name.startswith("b"):
        return f"into {unit(cell.column, layer + 1)}"
    return f"row {moment.row_of_data(cell.row)}, {column if layer == last else ''}{unit(cell.column, layer)}"


def is_set_by_hand(cell: Cell, plan: RunPlan, iteration: int) -> bool:
    """Whether the user set this weight before the forward pass of ``iteration``."""
    segment = next((segment for segment in plan.segments if segment.first == iteration), None)
    place = cell.name, cell.row, cell.column
    return segment is not None and any((weight.name, weight.row, weight.column) == place for weight in segment.weights)


def kept_number_origin(iteration: int) -> str:
    """A sentence: where a number that the optimizer keeps comes from, at the start of ``iteration``."""
    if iteration == 1:
        return "It is 0: no iteration has come before."
    return f"Iteration {group_digits(iteration - 1)} left it."


def weight_origin(cell: Cell, plan: RunPlan, iteration: int) -> str:
    """A sentence: where a weight at the start of ``iteration`` comes from."""
    if is_set_by_hand(cell, plan, iteration):
        return "It was set by hand in this iteration."
    network = plan.document.network
    if iteration > 1 and cell.name in network.fixed:
        return "It is fixed: no update has changed it."
    if iteration > 1:
        return f"The update of iteration {group_digits(iteration - 1)} made it."
    return _start_value_sentence(plan.document.start, cell, network.weight_shapes[int(cell.name[1:]) - 1])


def _start_value_sentence(start: Start, cell: Cell, shape: tuple[int, int]) -> str:
    """Where the run starts from; ``shape`` is that of the weights of the cell's layer."""
    if cell.name.startswith("b") and start.method != "given" and not start.biases_are_drawn:
        bias = setting_text(start.biases).replace("-", "−")
        return f"The run starts from it: every bias is {bias} at the start."
    if start.distribution:
        drawn = f"from the generator of {start.generator} with seed {start.seed}"
        says = f"The run starts from it: a random number, {distribution_text(start, shape)}, {drawn}."
        return f"{says} {_reason_of_spread(start, shape)}" if start.spread else says
    if start.constant is not None:
        return f"The run starts from it: every weight is {shortest_text(start.constant)} at the start."
    return "The run starts from it: it is given with the lesson, or was set by hand."


def _reason_of_spread(start: Start, shape: tuple[int, int]) -> str:
    """Why the sizes of the layers set how far weights of this shape are spread."""
    before, after = shape
    assert start.spread  # noqa: S101 - the caller asks for it
    units = f"These weights lead from {counted(before, 'unit')}"
    smaller = "The more units a sum has, the smaller its weights: so z"
    if start.spread.is_of_both_sides:
        both = "and the errors on their way back spread about as far in every layer."
        return f"{units} to {after}. {smaller} {both}"
    return f"{units}. {smaller} spreads about as far in every layer of relu."
