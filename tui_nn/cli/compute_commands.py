"""The commands that compute: train, show, predict, export, starts."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tui_nn.cli.command_support import (
    compute_run,
    find_step,
    notation_for_document,
    print_report,
    read_lesson,
    read_run_plan,
    run_reaching,
    with_reading_note,
)
from tui_nn.cli.reading_commands import explained_cell
from tui_nn.handouts import PICTURE, PROGRAMS
from tui_nn.handouts.output import to_file, to_standard_output
from tui_nn.language import _
from tui_nn.network import (
    ValidationError,
    agreement,
    many_starts,
    steps,
)
from tui_nn.session.events import Moved
from tui_nn.session.reducer import apply_event
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.validation import counted, shortened
from tui_nn.writing.reports.class_values import ReportedValue
from tui_nn.writing.reports.run_report import Report, predict_report, show_report, train_report
from tui_nn.writing.reports.starts_report import starts_report
from tui_nn.writing.sentences.steps_and_errors import error_sentence, overflow_sentence


@with_reading_note
def train(request: argparse.Namespace) -> int:
    """Trains, and prints the weights after the last update, and the predictions."""
    plan = read_run_plan(request)
    if request.iterations:
        longer = HYPERPARAMETERS["iterations"].set(plan.document, request.iterations)
        plan = replace(plan, document=longer)
    run, document = compute_run(plan, plan.document.iterations)
    if run.overflow and not run.reached:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for_document(document)))
    agreed = agreement(run, run.reached)
    print_report(train_report(document, run, request.history, notation_for_document(document), agreed), request.format)
    return 0


@with_reading_note
def show(request: argparse.Namespace) -> int:
    """Prints every matrix of one iteration."""
    plan = read_run_plan(request)
    step = find_step(plan.document, request.step)
    if request.cell:
        lines = explained_cell(plan, request.iteration, request.cell, notation_for_document(plan.document))
        report = Report(plan.document.title)
        report.add("iteration", request.iteration, "Iteration")
        report.add("cell", request.cell)
        report.add_all([ReportedValue("explanation", [*lines], request.cell, tuple(lines))])
        print_report(report, request.format)
        return 0
    run, document = run_reaching(plan, request.iteration)
    computed = run.pass_at(request.iteration)
    costs, agreed = run.costs[: request.iteration], agreement(run, request.iteration)
    report = show_report(document, computed, request.iteration, step, notation_for_document(document), costs, agreed)
    print_report(report, request.format)
    return 0


@with_reading_note
def predict(request: argparse.Namespace) -> int:
    """Prints the prediction for rows that need not be in the data.

    It uses the weights after the last update, or those with which ``request.iteration`` begins.
    """
    plan = read_run_plan(request)
    names = plan.document.dataset.x_names
    for row in request.x:
        if len(row) != len(names):
            listed = shortened(", ".join(names))
            raise SessionError(f"--x must be {counted(len(names), 'number')} ({listed}); you typed {len(row)}")
    x = np.array(request.x)
    try:
        plan.document.dataset.check_derived(x)
    except ValidationError as error:
        raise SessionError(error_sentence(error, minus="-").removesuffix(".")) from None
    if request.iteration:
        run, document = run_reaching(plan, request.iteration)
        parameters = run.parameters(request.iteration)
    else:
        run, document = compute_run(plan, plan.document.iterations)
        if run.overflow and not run.reached:
            raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for_document(document)))
        parameters = run.parameters(run.reached + 1)
    report = predict_report(document, run, x, parameters, request.iteration, notation_for_document(document))
    print_report(report, request.format)
    return 0


@with_reading_note
def export(request: argparse.Namespace, picture_of: Callable[[State], str]) -> int:
    """Writes a lesson as a document, a program or a picture of its screen, to a file or to standard output."""
    # Imported here: no other command needs the code that writes documents and programs.
    from tui_nn.handouts.exports import export

    state = read_lesson(request).state
    plan, iteration = state.plan, request.iteration
    step = find_step(plan.document, request.step)
    if iteration is None and request.to in PROGRAMS:
        if step:
            raise SessionError(_("--step says how much of an iteration is printed; --iteration says of which"))
        run, _document = compute_run(plan, 1)
    elif iteration is None:
        # The iteration that the lesson shows may come after an overflow.
        run, _document = compute_run(plan, state.iteration)
        iteration = min(state.iteration, run.last)
    else:
        run, _document = run_reaching(plan, iteration)
    if request.to == PICTURE:
        # The last step shows the whole of an iteration. Without an iteration, the picture is of the lesson's own step.
        at = step or (steps(state.document.network)[-1] if request.iteration else state.step)
        text = picture_of(apply_event(state, Moved(iteration or state.iteration, at.name)))
    else:
        text = export(state, run, request.to, iteration, step)
    if request.output is None:
        to_standard_output(text, "utf-8")
    else:
        to_file(text, Path(request.output), source=bundled_lessons.find(request.file))
    return 0


@with_reading_note
def starts(request: argparse.Namespace) -> int:
    """Trains from many starts, and prints how each of them ends."""
    document = read_run_plan(request).document
    seeds = range(request.from_seed, request.from_seed + request.count)
    try:
        many = many_starts(
            document.network,
            document.dataset,
            document.start,
            document.learning_rate,
            request.iterations or document.iterations,
            seeds,
            pace=document.pace,
        )
    except ValidationError as error:
        raise SessionError(f"the start's {error}") from None
    print_report(starts_report(document, many, notation_for_document(document)), request.format)
    return 0
