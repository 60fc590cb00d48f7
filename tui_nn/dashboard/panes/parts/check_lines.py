"""The lines of the gradient check: one weight at each ε, the whole gradient, and a program with a mistake in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import size_of_lines
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardPiece, BoardRow, LaidOutMatrix
from tui_nn.language import _
from tui_nn.network import (
    EPSILON,
    GradientCheck,
    GradientVerdict,
    MeasuredSlope,
    Mistake,
    Slope,
    SlopeVerdict,
    mistaken_among,
    mistaken_equations,
)
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.cell_captions import cell_caption
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import group_digits, matrix_format, rounded_text
from tui_nn.writing.reports.epsilon_sweep_table import (
    ERROR,
    distinct_least_error,
    epsilon_text,
    error_text,
    sweep_table,
    sweep_text,
)
from tui_nn.writing.sentences.mistake_sentences import BEHIND_GRADIENT, mistake_effects, mistake_name
from tui_nn.writing.sentences.verdict_sentences import BACKPROPAGATION, gradient_verdict, slope_verdict

_LEAST_WIDTH = 6
_PROGRAM = _("the program with the mistake")
_SAME_HOLDS = _("The same holds for the program with the mistake.")
_MISTAKEN, _RIGHT = _("mistaken"), _("right")
_STYLES = {SlopeVerdict.AGREE: "good", SlopeVerdict.DIFFER: "error"}
_MOST_CELLS = 4_000


def check_rows(view: View, room: int) -> Iterator[BoardRow]:
    """The checked weight and its slope, the mistake if one is planted, the table over ε, the gradient's matrices."""
    check, weight, notation = view.check, view.checked_weight, view.notation
    if not check or not view.iteration_numbers:
        says = _("Iteration {iteration} is being computed.", iteration=group_digits(view.iteration))
        yield from wrapped_lines(says, room, "title")
        return
    gradient = {"J", *(f"dJd{one}" for one in view.state.document.network.shapes)}
    if view.hidden.matrices & {*gradient, weight.name}:
        says = _("Some of these numbers are asked for: P leads to the question.")
        yield from wrapped_lines(says, room, "title")
        return
    computed = view.iteration_numbers.computed
    value = f"{cell_name(weight, notation)} = {_number_text(weight.value(computed.matrices), view)}"
    caption = cell_caption(weight, view.state.document, view.moment)
    line = [("w = ", "label"), (value, "operand"), (f"   {caption}", "faint")]
    yield line if size_of_lines([line]).width <= room else line[:2]
    slope = _slope_of(weight)
    line = [(f"J(w) = {_number_text(computed.cost, view)}", ""), ("   ", "")]
    line += [(_("{slope} by backpropagation = ", slope=cell_name(slope, notation)), "")]
    line += [(_number_text(slope.value(computed.matrices), view), "now")]
    yield from [line] if size_of_lines([line]).width <= room else [line[:1], line[2:]]
    mistaken_pass = check.mistaken_pass(view.mistaken_equations) if view.mistaken_equations else None
    yield from _mistake_rows(view, mistaken_pass, room)
    slopes, measured = check.epsilon_sweep(view.checked_place), view.measured_slope
    gradient_checks = check.whole_gradient()
    if slopes is None or measured is None:
        yield from wrapped_lines(_("Its slopes are being measured."), room, "title")
        return
    in_table = None if check.is_too_large else gradient_checks or ()
    yield from _sweep_rows(view, slopes, measured, in_table, mistaken_pass, room)
    yield from _gradient_rows(view, check, gradient_checks, mistaken_pass, room)
    yield from wrapped_lines(notation.translated(ERROR), room, "faint")
    yield from _matrix_rows(view, gradient_checks, mistaken_pass)
    yield from _rows_after_gradient(view, mistaken_pass)


def _mistake_rows(view: View, mistaken_pass: Mapping[str, Array] | None, room: int) -> Iterator[BoardRow]:
    """The slope that the program with the mistake computes; once the mistake is found, the mistake and its effects."""
    state, notation = view.state, view.notation
    if not state.planted_mistake:
        return
    if not view.mistaken_equations or not view.iteration_numbers:
        network, rows, planted = state.document.network, view.moment.rows, Mistake(state.planted_mistake)
        if mistaken_equations(network, rows, planted, is_new_epoch=True):
            says = _("The mistake that was planted is made where a new epoch begins, not in this iteration.")
            yield from wrapped_lines(says, room, "title")
            return
        says = _("The mistake that was planted can't be made in this network any more: M plants another.")
        yield from wrapped_lines(says, room, "error")
        return
    if mistaken_pass is None:
        yield from wrapped_lines(_("A program with a mistake in it is being computed."), room, "title")
        return
    mistaken_slope = _number_text(_slope_of(view.checked_weight).value(mistaken_pass), view)
    yield [(_("A program with a mistake in it says "), ""), (mistaken_slope, "error")]
    wrong = [mistake_name(Mistake(guess), notation) for guess in state.guesses if guess != state.planted_mistake]
    if wrong:
        # For translators: between the names of mistakes that it is not.
        says = _("It is not {mistakes}.", mistakes=_(", nor ").join(wrong))
        yield from wrapped_lines(says, room, "faint")
    if not state.is_mistake_found:
        says = _("Which mistake is it? Look where its numbers differ, and how. Enter: say it.")
        yield from wrapped_lines(says, room, "title")
        return
    network = view.state.document.network
    says = _("Found: it is {mistake}.", mistake=mistake_name(Mistake(state.planted_mistake), notation))
    yield from wrapped_lines(says, room, "good")
    mistaken = mistaken_among(network, view.mistaken_equations)
    width = max(len(_MISTAKEN), len(_RIGHT))
    for equation in mistaken:
        yield [(f"  {_MISTAKEN:{width}}  ", "faint"), (notation.formula(equation.wrong), "error")]
        yield [(f"  {_RIGHT:{width}}  ", "faint"), (notation.formula(equation.right), "title")]
    judged = view.check and view.check.gradient_verdict(mistaken_pass)
    if judged and not judged.verdict.is_measured:
        yield from wrapped_lines(_("In this iteration, the costs can't show the mistake."), room, "")
        return
    for sentence in mistake_effects(
        network, mistaken, mistaken_pass, view.iteration_numbers.computed.matrices, notation
    ):
        yield from wrapped_lines(sentence, room, "")


def _sweep_rows(
    view: View,
    slopes: Sequence[Slope],
    measured: MeasuredSlope,
    gradient_checks: Sequence[GradientCheck] | None,
    mistaken_pass: Mapping[str, Array] | None,
    room: int,
) -> Iterator[BoardRow]:
    """The table of relative errors, a line for each ε with the least error marked; and sentences on what it shows."""
    notation = view.notation
    mistaken_checks, mistaken_slope = None, None
    if mistaken_pass is not None:
        mistaken_slope = _slope_of(view.checked_weight).value(mistaken_pass)
        of_gradient = gradient_checks and [one.for_gradient(mistaken_pass) for one in gradient_checks]
        mistaken_checks = [one.for_slope(mistaken_slope) for one in slopes], of_gradient
    head, *lines = sweep_table(slopes, gradient_checks, room - 1, notation, mistaken_checks)
    yield [(f" {''.join(head)}", "faint")]
    columns = [column for column in (slopes, gradient_checks, *(mistaken_checks or ())) if column is not None]
    errors = [[one.relative_error for one in column] for column in columns]
    first_mistaken = len(columns) // (2 if mistaken_checks else 1)
    pointer = "▶" if notation.unicode else ">"
    is_caught = [mistaken_slope is not None and measured.verdict(mistaken_slope) is SlopeVerdict.DIFFER, False]
    if mistaken_pass is not None and (judged := view.check and view.check.gradient_verdict(mistaken_pass)):
        is_caught[1] = judged.verdict is SlopeVerdict.DIFFER
    for number, cells in enumerate(lines):
        is_best = number == distinct_least_error(errors[0])
        line = [(pointer if is_best else " ", "now" if is_best else "")]
        first_error = len(cells) - len(errors)
        for column, text in enumerate(cells, start=-first_error):
            style = ""
            if column >= first_mistaken:
                style = "error" if is_caught[column - first_mistaken] else ""
            elif column >= 0 and number == distinct_least_error(errors[column]):
                style = "now"
            number_text = text.lstrip()
            line += [(" " * (len(text) - len(number_text)), ""), (number_text, style)]
        yield line
    verdict = measured.verdict()
    yield from wrapped_lines(sweep_text([one.epsilon for one in slopes], errors[0], notation, verdict), room, "title")
    sentence = slope_verdict(measured, view.state.document.network, view.iteration, notation)
    yield from wrapped_lines(sentence, room, _STYLES.get(verdict, "title"))
    if mistaken_slope is not None:
        yield from wrapped_lines(_verdict_on_mistake(measured, mistaken_slope, view), room, "")


def _gradient_rows(
    view: View,
    check: SlopeMeasurement,
    gradient_checks: Sequence[GradientCheck] | None,
    mistaken_pass: Mapping[str, Array] | None,
    room: int,
) -> Iterator[BoardRow]:
    """The verdict on the whole gradient."""
    if check.is_too_large:
        says = _("The whole gradient has too many weights to be measured here, twice twelve costs for each.")
        yield from wrapped_lines(says, room, "faint")
        return
    if gradient_checks is None:
        yield from wrapped_lines(_("The whole gradient is being measured."), room, "faint")
        return
    gradient_check = _at_usual_epsilon(gradient_checks)
    verdict = check.gradient_verdict()
    if mistaken_pass is None:
        yield from _verdict_rows(verdict, BACKPROPAGATION, view, room)
    else:
        epsilon = f"{view.notation.epsilon} = {epsilon_text(gradient_check.epsilon)}"
        both = (gradient_check, gradient_check.for_gradient(mistaken_pass))
        right, mistaken = (error_text(one.relative_error, view.notation) for one in both)
        mistaken_verdict = check.gradient_verdict(mistaken_pass)
        style = "error" if mistaken_verdict and mistaken_verdict.verdict is SlopeVerdict.DIFFER else ""
        begin = _("The whole gradient at {epsilon}: relative error ", epsilon=epsilon)
        # For translators: a number follows, the relative error of the program with the mistake.
        yield [(begin, ""), (right, "now"), (_(", mistaken "), ""), (mistaken, style)]
        yield from _verdict_rows(verdict, BACKPROPAGATION, view, room)
        if verdict and mistaken_verdict and verdict.verdicts == mistaken_verdict.verdicts:
            yield from wrapped_lines(_SAME_HOLDS, room, "")
        else:
            yield from _verdict_rows(mistaken_verdict, _PROGRAM, view, room)


def _matrix_rows(
    view: View, gradient_checks: Sequence[GradientCheck] | None, mistaken_pass: Mapping[str, Array] | None
) -> Iterator[BoardRow]:
    """Each matrix of slopes by backpropagation, measured and mistaken, that of the checked weight first."""
    network = view.state.document.network
    if gradient_checks and network.size <= _MOST_CELLS:
        first, gradient_check = view.checked_weight.name, _at_usual_epsilon(gradient_checks)
        for name in sorted(network.shapes, key=lambda one: one != first):
            yield list(_matrices_beside(view, f"dJd{name}", gradient_check, mistaken_pass))


def _rows_after_gradient(view: View, mistaken_pass: Mapping[str, Array] | None) -> Iterator[BoardRow]:
    """What the program with the mistake makes of right slopes, beside what is right, where the two differ."""
    if not view.iteration_numbers or mistaken_pass is None or not _is_behind_gradient(view):
        return
    for equation in view.equations:
        if equation.step.kind in STEPS_OF_UPDATE and equation.name not in view.hidden.matrices:
            right, _format = view.iteration_numbers.value_and_format(Symbol(equation.name))
            mistaken, label = mistaken_pass[equation.name], view.notation.name(equation.name)
            if not np.array_equal(mistaken, right, equal_nan=True):
                yield [_matrix(view, label, right, ""), _matrix(view, _MISTAKEN, mistaken, "error")]


def _matrix(view: View, label: str, values: Array, style: str) -> LaidOutMatrix:
    written = matrix_format(values, view.notation.minus, _LEAST_WIDTH, view.notation.digits)
    return LaidOutMatrix(label, values.shape, values, written, style, "", None)


def _is_behind_gradient(view: View) -> bool:
    """Whether the planted mistake is made after the slopes, in the steps of the update."""
    wrong = mistaken_among(view.state.document.network, view.mistaken_equations)
    return all(one.right.step.kind in STEPS_OF_UPDATE for one in wrong)


def _at_usual_epsilon(gradient_checks: Sequence[GradientCheck]) -> GradientCheck:
    return next(one for one in gradient_checks if one.epsilon == EPSILON)


def _verdict_rows(verdict: GradientVerdict | None, program: str, view: View, room: int) -> Iterator[BoardRow]:
    """The sentences of a verdict, the first one in the verdict's style; none before every slope is measured."""
    if verdict:
        style = _STYLES.get(verdict.verdict, "title")
        network = view.state.document.network
        for sentence in gradient_verdict(verdict, network, view.iteration, view.notation, program):
            yield from wrapped_lines(sentence, room, style)
            style = ""


def _matrices_beside(
    view: View, name: str, check: GradientCheck, mistaken_pass: Mapping[str, Array] | None
) -> Iterator[BoardPiece]:
    """A matrix of slopes by backpropagation, as measured, and as the program with the mistake computes it."""
    assert view.iteration_numbers is not None  # noqa: S101 - there is a check only of an iteration that is computed
    notation, weight = view.notation, view.checked_weight
    selected = (weight.row, weight.column) if name == f"dJd{weight.name}" else None
    _values, number_format = view.iteration_numbers.value_and_format(Symbol(name))
    measured = _("measured, {epsilon} = {number}", epsilon=notation.epsilon, number=epsilon_text(check.epsilon))
    matrices = [(notation.name(name), check.analytic[name], "", name), (measured, check.numeric[name], "", "")]
    if mistaken_pass is not None:
        matrices.append((_MISTAKEN, mistaken_pass[name], "error", ""))
    for label, values, style, matrix_name in matrices:
        needed = matrix_format(values, notation.minus, _LEAST_WIDTH, notation.digits).width
        widened = replace(number_format, width=max(number_format.width, needed))
        yield LaidOutMatrix(label, values.shape, values, widened, style, matrix_name, selected)


def _verdict_on_mistake(measured: MeasuredSlope, slope: float, view: View) -> str:
    """A sentence on whether the check catches the mistake at the checked weight."""
    if _is_behind_gradient(view):
        return BEHIND_GRADIENT
    if measured.verdict(slope) is SlopeVerdict.AGREE:
        return _("At this weight the mistake does not show: choose another with the arrows.")
    if not measured.verdict(slope).is_measured:
        return _SAME_HOLDS
    network = view.state.document.network
    return slope_verdict(measured, network, view.iteration, view.notation, slope, _PROGRAM)


def _slope_of(weight: Cell) -> Cell:
    return replace(weight, name=f"dJd{weight.name}")


def _number_text(number: float, view: View) -> str:
    return rounded_text(number).replace("-", view.notation.minus)
