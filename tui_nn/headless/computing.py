"""The commands that compute: a run, one iteration of it, its gradient, many starts, and what is handed out."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tui_nn.handouts import PICTURE, PROGRAMS
from tui_nn.handouts.output import to_file, to_standard_output
from tui_nn.headless.common import course_of, notation_for, reached, run_of, say, step_in
from tui_nn.network import (
    EPSILON,
    EPSILONS,
    Pass,
    Refusal,
    WeightPlace,
    agreement,
    check_of,
    gradient_check,
    ladder,
    many_starts,
    steps,
)
from tui_nn.network.scalar import Cell
from tui_nn.session import lessons
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.file import SessionError, read
from tui_nn.session.fold import fold
from tui_nn.session.hyperparameters import HYPERPARAMETERS
from tui_nn.session.state import State
from tui_nn.session.values import many, short
from tui_nn.writing.figures import significant
from tui_nn.writing.ladder_report import ladder_report, weight_report
from tui_nn.writing.report import Report, check_report, predict_report, show_report, train_report
from tui_nn.writing.sentences import overflow_sentence
from tui_nn.writing.spoken import cell_called
from tui_nn.writing.starts_report import starts_report

_LARGEST_RELATIVE_ERROR = 1e-6


def train(request: argparse.Namespace) -> int:
    """Trains, and prints the weights after the last update and the predictions."""
    course = course_of(request.file)
    if request.iterations:
        longer = HYPERPARAMETERS["iterations"].set(course.document, request.iterations)
        course = replace(course, document=longer)
    run, document = run_of(course, course.document.iterations)
    if run.overflow and not run.reached:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
    agreed = agreement(run, run.reached)
    say(train_report(document, run, request.history, notation_for(document), agreed), request.format)
    return 0


def show(request: argparse.Namespace) -> int:
    """Prints every matrix of one iteration."""
    course = course_of(request.file)
    step = step_in(course.document, request.step)
    run, document = reached(course, request.iteration)
    computed = run.pass_at(request.iteration)
    costs, agreed = run.costs[: request.iteration], agreement(run, request.iteration)
    report = show_report(document, computed, request.iteration, step, notation_for(document), costs, agreed)
    say(report, request.format)
    return 0


def predict(request: argparse.Namespace) -> int:
    """Prints the prediction for rows that need not be in the data, by the weights after the last update."""
    course = course_of(request.file)
    names = course.document.dataset.x_names
    for row in request.x:
        if len(row) != len(names):
            listed = short(", ".join(names))
            raise SessionError(f"--x gives {many(len(row), 'number')}; expected {len(names)}: {listed}")
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


def check(request: argparse.Namespace) -> int:
    """Compares the gradient of backpropagation with a numeric one; 1 where they differ."""
    run, document = reached(course_of(request.file), request.iteration)
    if request.weight is not None or request.ladder:
        report, least = _ladder_report(request, document, run.pass_at(request.iteration))
    else:
        parameters = run.parameters(request.iteration)
        epsilon = request.epsilon or EPSILON
        found = gradient_check(document.network, document.dataset, parameters, epsilon)
        report, least = check_report(document, found, request.iteration, notation_for(document)), found.relative_error
    passed = least <= _LARGEST_RELATIVE_ERROR
    report.add("passed", passed)
    limit = significant(_LARGEST_RELATIVE_ERROR)
    says = f"the relative error, |a - b| / |a + b|, is {significant(least, 2)} at best; at most {limit} is let pass."
    report.remarks.append(f"The gradients {'agree' if passed else 'differ'}: {says}")
    say(report, request.format)
    return 0 if passed else 1


def export(request: argparse.Namespace, picture_of: Callable[[State], str]) -> int:
    """Writes a lesson as a document, a program or a picture of its screen, to a file or to standard output."""
    # All the writers, which no other command needs.
    from tui_nn.handouts.handout import handout

    path = lessons.find(request.file)
    state = read(path).state
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
        text = picture_of(fold(state, there))
    else:
        text = handout(state, run, request.to, iteration, step)
    if request.output is None:
        to_standard_output(text, "utf-8")
    else:
        to_file(text, Path(request.output), of=path)
    return 0


def _ladder_report(request: argparse.Namespace, document: Document, computed: Pass) -> tuple[Report, float]:
    """One weight, or the whole gradient, at each ε or at the one that is asked for; and the least relative error."""
    epsilons = (request.epsilon,) if request.epsilon else EPSILONS
    notation = notation_for(document)
    with np.errstate(all="ignore"):
        if request.weight is not None:
            place = _weight(document, request.weight)
            slopes = ladder(document.dataset, computed, place, epsilons)
            report = weight_report(document, computed, Cell(*place), slopes, request.iteration, notation)
            return report, min(one.relative_error for one in slopes)
        checks = [check for one in epsilons if (check := check_of(document.dataset, computed, one))]
        report = ladder_report(document, checks, request.iteration, notation)
        return report, min(one.relative_error for one in checks)


def _weight(document: Document, text: str) -> WeightPlace:
    """The weight that somebody named. Raises `SessionError`."""
    shapes = document.network.shapes
    slopes = {f"dJd{name}": name for name in shapes}
    called = cell_called((*shapes, *slopes), text)
    name, row, column = called or ("", 0, 0)
    name = slopes.get(name, name)
    rows, columns = shapes.get(name, (0, 0))
    if not (1 <= row <= rows and 1 <= column <= columns):
        every = ", ".join(f"{one}[1,1] to {one}[{rows},{columns}]" for one, (rows, columns) in shapes.items())
        raise SessionError(f'there is no weight "{short(text)}"; the weights are {every}')
    return name, row, column


def starts(request: argparse.Namespace) -> int:
    """Trains from many starts, and prints how they end."""
    document = course_of(request.file).document
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
    except Refusal as refusal:
        raise SessionError(f"the start's {refusal}") from None
    say(starts_report(document, many, notation_for(document)), request.format)
    return 0
