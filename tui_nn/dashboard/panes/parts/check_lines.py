"""The lines of the gradient check: one weight at each ε, the whole gradient, and a program with a mistake in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrix_board import wrapped_lines
from tui_nn.dashboard.widgets.matrix_layout import BoardPiece, BoardRow, LaidOutMatrix
from tui_nn.network import (
    EPSILON,
    GradientCheck,
    GradientVerdict,
    MeasuredSlope,
    Mistake,
    Slope,
    SlopeVerdict,
    mistaken_among,
)
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.cell_captions import cell_caption
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import format_of, grouped, significant
from tui_nn.writing.reports.epsilon_sweep_table import (
    ERROR,
    distinct_least_error,
    epsilon_text,
    error_text,
    sweep_table,
    sweep_text,
)
from tui_nn.writing.sentences.mistake_sentences import effects_of, mistake_name
from tui_nn.writing.sentences.verdict_sentences import BACKPROPAGATION, gradient_verdict, slope_verdict

_LEAST_WIDTH = 6
_PROGRAM = "the program with the mistake"
_SAME = f"The same holds for {_PROGRAM}."
_STYLES = {SlopeVerdict.AGREE: "good", SlopeVerdict.DIFFER: "refused"}
_MOST_CELLS = 4_000


def check_rows(view: View, room: int) -> Iterator[BoardRow]:
    """The weight and its slope, the mistake where there is one, the table, and the gradient's matrices."""
    check, cell, notation = view.check, view.checked_weight, view.notation
    name = cell_name(cell, notation)
    slope = cell_name(replace(cell, name=f"dJd{cell.name}"), notation)
    where = cell_caption(cell, view.state.document)
    if not check or not view.iteration_numbers:
        yield from wrapped_lines(f"Iteration {grouped(view.iteration)} is being computed.", room, "title")
        return
    gradient = {"J", *(f"dJd{one}" for one in view.state.document.network.shapes)}
    if view.hidden.matrices & {*gradient, cell.name}:
        yield from wrapped_lines("Some of these numbers are asked for: P leads to the question.", room, "title")
        return
    computed = view.iteration_numbers.computed
    weight = _number_text(float(cell.value(computed.matrices)), view)
    line = [("w = ", "label"), (f"{name} = {weight}", "operand"), (f"   {where}", "faint")]
    yield line if sum(cell_len(text) for text, _ in line) <= room else line[:2]
    analytic = float(computed[f"dJd{cell.name}"][cell.row - 1, cell.column - 1])
    known = [(f"J(w) = {_number_text(computed.cost, view)}", ""), ("   ", "")]
    known += [(f"{slope} by backpropagation = ", ""), (_number_text(analytic, view), "current")]
    yield from [known] if sum(len(text) for text, _ in known) <= room else [known[:1], known[2:]]
    mistaken_pass = check.mistaken_pass(view.mistaken_equations) if view.mistaken_equations else None
    yield from _mistake_rows(view, mistaken_pass, room)
    slopes, measured, gradient_checks = (
        check.epsilon_sweep(view.checked_place),
        view.measured_slope,
        check.whole_gradient(),
    )
    if slopes is None or measured is None:
        yield from wrapped_lines("Its slopes are being measured.", room, "title")
        return
    yield from _sweep_rows(
        view, slopes, measured, None if check.is_too_large else gradient_checks or (), mistaken_pass, room
    )
    yield from _gradient_rows(view, check, gradient_checks, mistaken_pass, room)


def _mistake_rows(view: View, mistaken_pass: Mapping[str, Array] | None, room: int) -> Iterator[BoardRow]:
    """What the program with the mistake says; once the mistake is found, where it is and what shows it."""
    state, notation, cell = view.state, view.notation, view.checked_weight
    if not state.planted_mistake:
        return
    if not view.mistaken_equations or not view.iteration_numbers:
        says = "The mistake that was planted can't be made in this network any more: M plants another."
        yield from wrapped_lines(says, room, "refused")
        return
    if mistaken_pass is None:
        yield from wrapped_lines("A program with a mistake in it is being computed.", room, "title")
        return
    number = _number_text(float(mistaken_pass[f"dJd{cell.name}"][cell.row - 1, cell.column - 1]), view)
    yield [("A program with a mistake in it says ", ""), (number, "refused")]
    wrong = [mistake_name(Mistake(guess), notation) for guess in state.guesses if guess != state.planted_mistake]
    if wrong:
        yield from wrapped_lines(f"It is not {', nor '.join(wrong)}.", room, "faint")
    if not state.is_found:
        says = "Which mistake is it? Look where its numbers differ, and how. Enter: say it."
        yield from wrapped_lines(says, room, "title")
        return
    network = view.state.document.network
    yield from wrapped_lines(f"Found: it is {mistake_name(Mistake(state.planted_mistake), notation)}.", room, "good")
    every_wrong = mistaken_among(network, view.mistaken_equations)
    for one in every_wrong:
        yield [("  mistaken  ", "faint"), (notation.formula(one.wrong), "refused")]
        yield [("  right     ", "faint"), (notation.formula(one.right), "title")]
    judged = view.check and view.check.gradient_verdict(mistaken_pass)
    if judged and not judged.verdict.is_measured:
        yield from wrapped_lines("In this iteration, the costs can't show the mistake.", room, "")
        return
    for sentence in effects_of(network, every_wrong, mistaken_pass, view.iteration_numbers.computed.matrices, notation):
        yield from wrapped_lines(sentence, room, "")


def _sweep_rows(
    view: View,
    slopes: Sequence[Slope],
    measured: MeasuredSlope,
    gradient_checks: Sequence[GradientCheck] | None,
    mistaken_pass: Mapping[str, Array] | None,
    room: int,
) -> Iterator[BoardRow]:
    """One line for each ε, the best marked, and what happens from one to the next in words."""
    notation = view.notation
    beside_it, analytic = None, None
    if mistaken_pass is not None:
        cell = view.checked_weight
        analytic = float(mistaken_pass[f"dJd{cell.name}"][cell.row - 1, cell.column - 1])
        beside_it = (
            [one.of(analytic) for one in slopes],
            gradient_checks and [one.of(mistaken_pass) for one in gradient_checks],
        )
    head, *lines = sweep_table(slopes, gradient_checks, room - 1, notation, beside_it)
    yield [(f" {''.join(head)}", "faint")]
    every = [column for column in (slopes, gradient_checks, *(beside_it or ())) if column is not None]
    errors = [[one.relative_error for one in column] for column in every]
    mine = len(every) // (2 if beside_it else 1)
    pointer = "▸" if notation.unicode else ">"
    is_caught = [analytic is not None and measured.verdict(analytic) is SlopeVerdict.DIFFER, False]
    if mistaken_pass is not None and (judged := view.check and view.check.gradient_verdict(mistaken_pass)):
        is_caught[1] = judged.verdict is SlopeVerdict.DIFFER
    for number, cells in enumerate(lines):
        is_best = number == distinct_least_error(errors[0])
        line = [(pointer if is_best else " ", "current" if is_best else "")]
        first_error = len(cells) - len(errors)
        for column, text in enumerate(cells, start=-first_error):
            style = ""
            if column >= mine:
                style = "refused" if is_caught[column - mine] else ""
            elif column >= 0 and number == distinct_least_error(errors[column]):
                style = "current"
            shown = text.lstrip()
            line += [(" " * (len(text) - len(shown)), ""), (shown, style)]
        yield line
    said = measured.verdict()
    yield from wrapped_lines(sweep_text([one.epsilon for one in slopes], errors[0], notation, said), room, "title")
    network = view.state.document.network
    yield from wrapped_lines(
        slope_verdict(measured, network, view.iteration, notation), room, _STYLES.get(said, "title")
    )
    if analytic is not None:
        yield from wrapped_lines(_verdict_on_mistake(measured, analytic, view), room, "")
    yield from wrapped_lines(notation.in_signs(ERROR), room, "faint")


def _gradient_rows(
    view: View,
    check: SlopeMeasurement,
    gradient_checks: Sequence[GradientCheck] | None,
    mistaken_pass: Mapping[str, Array] | None,
    room: int,
) -> Iterator[BoardRow]:
    """Each matrix of the gradient, by backpropagation beside measured, and the mistaken program's."""
    network = view.state.document.network
    if check.is_too_large:
        says = "The whole gradient has too many weights to be measured here, twice twelve costs for each."
        yield from wrapped_lines(says, room, "faint")
        return
    if gradient_checks is None:
        yield from wrapped_lines("The whole gradient is being measured.", room, "faint")
        return
    at = next(one for one in gradient_checks if one.epsilon == EPSILON)
    said = f"The whole gradient at {view.notation.epsilon} = {epsilon_text(at.epsilon)}: relative error "
    if mistaken_pass is not None:
        right, mistaken = (error_text(one.relative_error, view.notation) for one in (at, at.of(mistaken_pass)))
        judged = check.gradient_verdict(mistaken_pass)
        style = "refused" if judged and judged.verdict is SlopeVerdict.DIFFER else ""
        yield [(said, ""), (right, "current"), (", mistaken ", ""), (mistaken, style)]
    yield from _verdict_rows(check.gradient_verdict(), BACKPROPAGATION, view, room)
    if mistaken_pass is not None:
        of_right, of_program = check.gradient_verdict(), check.gradient_verdict(mistaken_pass)
        if of_right and of_program and of_right.verdicts == of_program.verdicts:
            yield from wrapped_lines(_SAME, room, "")
        else:
            yield from _verdict_rows(of_program, _PROGRAM, view, room)
    if network.size > _MOST_CELLS:
        return
    first = view.checked_weight.name
    for name in sorted(network.shapes, key=lambda one: one != first):
        yield list(_matrices_beside(view, f"dJd{name}", at, mistaken_pass))


def _verdict_rows(judged: GradientVerdict | None, mistaken_pass: str, view: View, room: int) -> Iterator[BoardRow]:
    if judged is None:
        return
    style = _STYLES.get(judged.verdict, "title")
    network = view.state.document.network
    for sentence in gradient_verdict(judged, network, view.iteration, view.notation, mistaken_pass):
        yield from wrapped_lines(sentence, room, style)
        style = ""


def _matrices_beside(
    view: View, name: str, at: GradientCheck, mistaken_pass: Mapping[str, Array] | None
) -> Iterator[BoardPiece]:
    assert view.iteration_numbers is not None  # noqa: S101 - asked for where there are numbers
    notation, cell = view.notation, view.checked_weight
    selected = (cell.row, cell.column) if name == f"dJd{cell.name}" else None
    _, cells = view.iteration_numbers.value_and_format(Symbol(name))
    measured = f"measured, {notation.epsilon} = {epsilon_text(at.epsilon)}"
    matrices = [(notation.name(name), at.analytic[name], ""), (measured, at.numeric[name], "")]
    if mistaken_pass is not None:
        matrices.append(("mistaken", mistaken_pass[name], "refused"))
    for number, (label, values, style) in enumerate(matrices):
        wide = format_of(values, notation.minus, _LEAST_WIDTH, notation.digits).width
        like = replace(cells, width=max(cells.width, wide))
        yield LaidOutMatrix(label, values.shape, values, like, style, name if not number else "", selected)


def _verdict_on_mistake(measured: MeasuredSlope, slope: float, view: View) -> str:
    """Whether the check catches the mistake at this weight."""
    if measured.verdict(slope) is SlopeVerdict.AGREE:
        return "At this weight the mistake does not show: choose another with the arrows."
    if not measured.verdict(slope).is_measured:
        return _SAME
    network = view.state.document.network
    return slope_verdict(measured, network, view.iteration, view.notation, slope, _PROGRAM)


def _number_text(number: float, view: View) -> str:
    return significant(number).replace("-", view.notation.minus)
