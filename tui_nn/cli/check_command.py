"""The command ``check``: compares the gradient by backpropagation, or by a mistaken program, with numeric slopes."""

import argparse
from collections.abc import Mapping

import numpy as np

from tui_nn.cli.command_support import (
    notation_for_document,
    print_report,
    read_run_plan,
    run_reaching,
    with_reading_note,
)
from tui_nn.network import (
    EPSILON,
    EPSILONS,
    Equation,
    GradientVerdict,
    Mistake,
    Pass,
    SlopeMeasurer,
    SlopeVerdict,
    WeightPlace,
    backward_by,
    check_gradient,
    epsilon_sweep,
    mistaken_among,
    mistaken_equations,
)
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.name_parser import parse_cell
from tui_nn.writing.reports.check_report import (
    add_gradient_verdict,
    add_poor_quotients,
    add_slope_verdict,
    check_report,
    sweep_report,
    weight_report,
)
from tui_nn.writing.sentences.mistake_sentences import mistake_effects, mistake_name, why_impossible
from tui_nn.writing.sentences.verdict_sentences import BACKPROPAGATION


@with_reading_note
def check(request: argparse.Namespace) -> int:
    """Compares a program's gradient with the numeric gradient; returns the exit code, 1 if they differ."""
    run, document = run_reaching(read_run_plan(request), request.iteration)
    computed = run.pass_at(request.iteration)
    data = computed.data
    notation = notation_for_document(document)
    gradient = (
        computed.matrices
        if request.mistake is None
        else _matrices_with_mistake(document, computed, request.iteration, request.mistake)
    )
    program = (
        BACKPROPAGATION if request.mistake is None else f"a program with {mistake_name(request.mistake, notation)}"
    )
    epsilons = (request.epsilon,) if request.epsilon else EPSILONS
    measuring = SlopeMeasurer(data, computed, request.epsilon)
    with np.errstate(all="ignore"):
        if request.weight is not None:
            place = name, row, column = _find_weight(document, request.weight)
            slope = float(gradient[f"dJd{name}"][row - 1, column - 1])
            slopes = [one.for_slope(slope) for one in epsilon_sweep(data, computed, place, epsilons)]
            measured = measuring.at(place)
            report = weight_report(
                document, computed, Cell(*place), slopes, request.iteration, notation, measured.verdict(slope), program
            )
            verdict = add_slope_verdict(report, measured, slope, document, notation, program)
        else:
            asked = epsilons if request.ladder else (request.epsilon or EPSILON,)
            checks = [
                one.for_gradient(gradient) for epsilon in asked if (one := check_gradient(data, computed, epsilon))
            ]
            judged = GradientVerdict.on(measuring.all() or (), gradient)
            if request.ladder:
                report = sweep_report(document, checks, request.iteration, notation, judged.verdict)
            else:
                report = check_report(document, checks[0], request.iteration, notation, program)
            verdict = add_gradient_verdict(report, judged, document, notation, program)
            if not (request.ladder or request.epsilon):
                add_poor_quotients(report, checks[0], judged, notation)
    if request.mistake is not None:
        report.add("mistake", str(request.mistake))
        wrong = mistaken_among(computed.network, _formulas(document, request.iteration, request.mistake))
        if verdict.is_measured:
            report.paragraphs.append(
                " ".join(mistake_effects(computed.network, wrong, gradient, computed.matrices, notation))
            )
    print_report(report, request.format)
    return 1 if verdict is SlopeVerdict.DIFFER else 0


def _matrices_with_mistake(document: Document, computed: Pass, iteration: int, mistake: Mistake) -> Mapping[str, Array]:
    """All matrices that a program with ``mistake`` computes, by name.

    Raises `SessionError` if the mistake changes nothing in this network.
    """
    formulas = _formulas(document, iteration, mistake)
    if not formulas:
        called = mistake_name(mistake, notation_for_document(document))
        raise SessionError(f"there can't be {called} in this network: {why_impossible(mistake)}")
    return backward_by(formulas, computed)


def _formulas(document: Document, iteration: int, mistake: Mistake) -> tuple[Equation, ...]:
    """The equations of ``iteration`` with the mistake in them; () where it is impossible."""
    at = document.moment(iteration)
    return mistaken_equations(document.network, at.rows, mistake, is_new_epoch=at.is_new_epoch)


def _find_weight(document: Document, text: str) -> WeightPlace:
    """The weight called ``text``, such as ``W1[1,2]``. Raises `SessionError` if the network has no such weight."""
    shapes = document.network.shapes
    slopes = {f"dJd{name}": name for name in shapes}
    called = parse_cell((*shapes, *slopes), text)
    name, row, column = called or ("", 0, 0)
    name = slopes.get(name, name)
    rows, columns = shapes.get(name, (0, 0))
    if not (1 <= row <= rows and 1 <= column <= columns):
        every = ", ".join(f"{one}[1,1] to {one}[{rows},{columns}]" for one, (rows, columns) in shapes.items())
        raise SessionError(f'there is no weight "{shortened(text)}"; the weights are {every}')
    return name, row, column
