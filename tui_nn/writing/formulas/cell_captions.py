"""Captions for a cell: which row and unit it belongs to, and where a weight comes from."""

from tui_nn.language import _, ngettext, pgettext
from tui_nn.network import Start
from tui_nn.network.formulas.equations import SINGLE_NUMBERS
from tui_nn.network.formulas.optimizers import parameter_of
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.pace import Moment
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
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
        return _("row {row}, {column}", row=moment.row_of_data(cell.row), column=data.input_names[cell.column - 1])
    if name in ("Y", "Y_hat"):
        return _output_caption(cell, document, moment)
    layer = int("".join(char for char in name if char.isdecimal()))

    def unit(number: int, of: int) -> str:
        if of == 1:
            return data.input_names[number - 1]
        if of == last:
            return data.y_names[number - 1]
        if last == 3:
            return pgettext("from or to", "hidden unit {unit}", unit=number)
        return _("layer {layer}, unit {unit}", layer=of, unit=number)

    if name.startswith("W"):
        # For translators: the units, inputs or outputs that a weight joins.
        return _("from {source} to {target}", source=unit(cell.row, layer), target=unit(cell.column, layer + 1))
    if name.startswith("b"):
        return _("into {target}", target=unit(cell.column, layer + 1))
    if layer == last:
        return _output_caption(cell, document, moment)
    column = _("hidden unit {unit}", unit=cell.column) if last == 3 else unit(cell.column, layer)
    return _("row {row}, {column}", row=moment.row_of_data(cell.row), column=column)


def _output_caption(cell: Cell, document: Document, moment: Moment) -> str:
    """The row and the column of y that a cell belongs to."""
    data = document.dataset
    row, column = moment.row_of_data(cell.row), data.y_names[cell.column - 1]
    if data.classes and data.outputs > 1:
        # Otherwise the name of a class would read as the row's class.
        return _("row {row}, column {column}", row=row, column=column)
    return _("row {row}, {column}", row=row, column=column)


def is_set_by_hand(cell: Cell, plan: RunPlan, iteration: int) -> bool:
    """Whether the user set this weight before the forward pass of ``iteration``."""
    segment = next((segment for segment in plan.segments if segment.first == iteration), None)
    place = cell.name, cell.row, cell.column
    return segment is not None and any((weight.name, weight.row, weight.column) == place for weight in segment.weights)


def kept_number_origin(iteration: int) -> str:
    """A sentence: where a number that the optimizer keeps comes from, at the start of ``iteration``."""
    if iteration == 1:
        return _("It is 0: no iteration has come before.")
    return _("Iteration {iteration} left it.", iteration=group_digits(iteration - 1))


def weight_origin(cell: Cell, plan: RunPlan, iteration: int) -> str:
    """A sentence: where a weight at the start of ``iteration`` comes from."""
    if is_set_by_hand(cell, plan, iteration):
        return _("It was set by hand in this iteration.")
    network = plan.document.network
    if iteration > 1 and cell.name in network.fixed:
        return _("It is fixed: no update has changed it.")
    if iteration > 1:
        return _("The update of iteration {iteration} made it.", iteration=group_digits(iteration - 1))
    return _start_value_sentence(plan.document.start, cell, network.weight_shapes[int(cell.name[1:]) - 1])


def _start_value_sentence(start: Start, cell: Cell, shape: tuple[int, int]) -> str:
    """Where the run starts from; ``shape`` is that of the weights of the cell's layer."""
    if cell.name.startswith("b") and start.method != "given" and not start.biases_are_drawn:
        bias = setting_text(start.biases).replace("-", "−")
        return _("The run starts from it: every bias is {number} at the start.", number=bias)
    if start.distribution:
        says = _(
            "The run starts from it: a random number, {distribution}, from the generator of {generator} with seed "
            "{seed}.",
            distribution=distribution_text(start, shape),
            generator=start.generator,
            seed=start.seed,
        )
        return f"{says} {_reason_of_spread(start, shape)}" if start.spread else says
    if start.constant is not None:
        number = shortest_text(start.constant)
        return _("The run starts from it: every weight is {number} at the start.", number=number)
    return _("The run starts from it: it is given with the lesson, or was set by hand.")


def _reason_of_spread(start: Start, shape: tuple[int, int]) -> str:
    """Why the sizes of the layers set how far weights of this shape are spread."""
    before, after = shape
    assert start.spread  # noqa: S101 - the caller asks for it
    if start.spread.is_of_both_sides:
        units = ngettext(
            "These weights lead from {before} unit to {after}.",
            "These weights lead from {before} units to {after}.",
            before,
            before=before,
            after=after,
        )
        why = _(
            "The more units a sum has, the smaller its weights: so z and the errors on their way back spread about as "
            "far in every layer."
        )
        return f"{units} {why}"
    units = ngettext(
        "These weights lead from {before} unit.", "These weights lead from {before} units.", before, before=before
    )
    why = _("The more units a sum has, the smaller its weights: so z spreads about as far in every layer of relu.")
    return f"{units} {why}"
