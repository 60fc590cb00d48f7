"""The commands that compute: a run, one iteration of it, its gradient, many starts, and what is handed out."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tui_nn.cli.command_support import (
    course_of,
    lesson_in,
    notation_for,
    reached,
    run_of,
    say,
    saying_how_it_was_read,
    step_in,
)
from tui_nn.handouts import PICTURE, PROGRAMS
from tui_nn.handouts.output import to_file, to_standard_output
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
from tui_nn.session.validation import many, short
from tui_nn.writing.reports.run_report import predict_report, show_report, train_report
from tui_nn.writing.reports.starts_report import starts_report
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence


@saying_how_it_was_read
def train(request: argparse.Namespace) -> int:
    """Trains, and prints the weights after the last update and the predictions."""
    course = course_of(request)
    if request.iterations:
        longer = HYPERPARAMETERS["iterations"].set(course.document, request.iterations)
        course = replace(course, document=longer)
    run, document = run_of(course, course.document.iterations)
    if run.overflow and not run.reached:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
    agreed = agreement(run, run.reached)
    say(train_report(document, run, request.history, notation_for(document), agreed), request.format)
    return 0


@saying_how_it_was_read
def show(request: argparse.Namespace) -> int:
    """Prints every matrix of one iteration."""
    course = course_of(request)
    step = step_in(course.document, request.step)
    run, document = reached(course, request.iteration)
    computed = run.pass_at(request.iteration)
    costs, agreed = run.costs[: request.iteration], agreement(run, request.iteration)
    report = show_report(document, computed, request.iteration, step, notation_for(document), costs, agreed)
    say(report, request.format)
    return 0


@saying_how_it_was_read
def predict(request: argparse.Namespace) -> int:
    """Prints the prediction for rows that need not be in the data, by the weights after the last update."""
    course = course_of(request)
    names = course.document.dataset.x_names
    for row in request.x:
        if len(row) != len(names):
            listed = short(", ".join(names))
            raise SessionError(f"--x must be {many(len(names), 'number')} ({listed}); you typed {len(row)}")
    x = np.array(request.x)
    if request.iteration:
        run, document = reached(course, request.iteration)
        parameters = run.parameters(request.iteration)
    else:
        run, document = run_of(course, course.document.iterations)
        if run.overflow and not run.reached:
            raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
        parameters = run.parameters(run.reached + 1)
    report = predict_report(document, run, x, parameters, request.iteration, notation_for(document))
    say(report, request.format)
    return 0


@saying_how_it_was_read
def export(request: argparse.Namespace, picture_of: Callable[[State], str]) -> int:
    """Writes a lesson as a document, a program or a picture of its screen, to a file or to standard output."""
    # All the writers, which no other command needs.
    from tui_nn.handouts.exports import export

    state = lesson_in(request).state
    course, iteration = state.course, request.iteration
    step = step_in(course.document, request.step)
    if iteration is None and request.to in PROGRAMS:
        if step:
            raise SessionError("--step says how much of an iteration is printed; --iteration says of which")
        run, _ = run_of(course, 1)
    elif iteration is None:
        # Where the lesson stands may lie behind an overflow.
        run, _ = run_of(course, state.iteration)
        iteration = min(state.iteration, run.last)
    else:
        run, _ = reached(course, iteration)
    if request.to == PICTURE:
        # All of an iteration that is asked for, or the lesson as it stands.
        at = step or (steps(state.document.network)[-1] if request.iteration else state.step)
        there = Moved(iteration or state.iteration, at.name)
        text = picture_of(apply_event(state, there))
    else:
        text = export(state, run, request.to, iteration, step)
    if request.output is None:
        to_standard_output(text, "utf-8")
    else:
        to_file(text, Path(request.output), of=bundled_lessons.find(request.file))
    return 0


@saying_how_it_was_read
def starts(request: argparse.Namespace) -> int:
    """Trains from many starts, and prints how they end."""
    document = course_of(request).document
    seeds = range(request.from_seed, request.from_seed + request.count)
    try:
        many = many_starts(
            document.network,
            document.dataset,
            document.start,
            document.learning_rate,
            request.iterations or document.iterations,
            seeds,
        )
    except ValidationError as refusal:
        raise SessionError(f"the start's {refusal}") from None
    say(starts_report(document, many, notation_for(document)), request.format)
    return 0
