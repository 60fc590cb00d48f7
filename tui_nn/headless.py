"""The commands that print instead of opening the dashboard: text for people, JSON and CSV for programs."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from tui_nn.handouts import PROGRAMS
from tui_nn.handouts.output import to_file, to_standard_output
from tui_nn.network import (
    EPSILON,
    EPSILONS,
    Pass,
    Refusal,
    Run,
    Step,
    WeightPlace,
    check_of,
    gradient_check,
    ladder,
    many_starts,
    steps,
)
from tui_nn.network.scalar import Cell
from tui_nn.session import lessons, recordings
from tui_nn.session import verify as verifying
from tui_nn.session.answers import answers_of
from tui_nn.session.course import Course
from tui_nn.session.document import Document
from tui_nn.session.events import Moved
from tui_nn.session.file import SessionError, read, title_of
from tui_nn.session.fold import fold
from tui_nn.session.hyperparameters import HYPERPARAMETERS
from tui_nn.session.runs import Runs
from tui_nn.session.share import invitation, let_others_read, obstacle
from tui_nn.session.state import State
from tui_nn.session.values import many, short
from tui_nn.writing.answers_report import AnswersReport, Student
from tui_nn.writing.figures import grouped, significant
from tui_nn.writing.ladder_report import ladder_report, weight_report
from tui_nn.writing.notation import Notation, written_in
from tui_nn.writing.report import Report, check_report, predict_report, show_report, train_report
from tui_nn.writing.sentences import overflow_sentence
from tui_nn.writing.spoken import cell_called, step_called
from tui_nn.writing.starts_report import starts_report
from tui_nn.writing.verify_report import verify_report

_LARGEST_RELATIVE_ERROR = 1e-6


def train(request: argparse.Namespace) -> int:
    """Trains, and prints the weights after the last update and the predictions."""
    course = _course(request.file)
    if request.iterations:
        longer = HYPERPARAMETERS["iterations"].set(course.document, request.iterations)
        course = replace(course, document=longer)
    run, document = _run_of(course, course.document.iterations)
    if run.overflow and not run.reached:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
    _print(train_report(document, run, request.history, notation_for(document)), request.format)
    return 0


def show(request: argparse.Namespace) -> int:
    """Prints every matrix of one iteration."""
    course = _course(request.file)
    step = _step(course.document, request.step)
    run, document = _reached(course, request.iteration)
    computed = run.pass_at(request.iteration)
    _print(show_report(document, computed, request.iteration, step, notation_for(document)), request.format)
    return 0


def predict(request: argparse.Namespace) -> int:
    """Prints the prediction for rows that need not be in the data, by the weights after the last update."""
    course = _course(request.file)
    names = course.document.dataset.x_names
    for row in request.x:
        if len(row) != len(names):
            listed = short(", ".join(names))
            raise SessionError(f"--x gives {many(len(row), 'number')}; expected {len(names)}: {listed}")
    x = np.array(request.x)
    if request.iteration:
        run, document = _reached(course, request.iteration)
        parameters = run.parameters(request.iteration)
    else:
        run, document = _run_of(course, course.document.iterations)
        if run.overflow and not run.reached:
            raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
        parameters = run.parameters(run.reached + 1)
    report = predict_report(document, run, x, parameters, request.iteration, notation_for(document))
    _print(report, request.format)
    return 0


def check(request: argparse.Namespace) -> int:
    """Compares the gradient of backpropagation with a numeric one; 1 where they differ."""
    run, document = _reached(_course(request.file), request.iteration)
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
    report.remarks.append(
        f"The gradients agree: the error is at most {limit}."
        if passed
        else f"The gradients differ: the error is above {limit}."
    )
    _print(report, request.format)
    return 0 if passed else 1


def export(request: argparse.Namespace, picture_of: Callable[[State], str]) -> int:
    """Writes a lesson as a document, a program or a picture of its screen, to a file or to standard output."""
    # All the writers, which no other command needs.
    from tui_nn.handouts.handout import handout

    path = lessons.find(request.file)
    state = read(path).state
    course, iteration = state.course, request.iteration
    step = _step(course.document, request.step)
    if iteration is None and request.to in PROGRAMS:
        if step:
            raise SessionError("--step says how much of an iteration is printed; --iteration says of which")
        run, _ = _run_of(course, 1)
    elif iteration is None:
        # Where the lesson stands may lie behind an overflow.
        run, _ = _run_of(course, state.iteration)
        iteration = min(state.iteration, run.last)
    else:
        run, _ = _reached(course, iteration)
    if request.to == "svg":
        there = Moved(iteration or state.iteration, (step or state.step).name)
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
    document = _course(request.file).document
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
    _print(starts_report(document, many, notation_for(document)), request.format)
    return 0


def verify(request: argparse.Namespace) -> int:
    """Computes every recorded cost again; 1 where one differs."""
    lesson = read(lessons.find(request.file))
    found = verifying.verify(lesson)
    _print(verify_report(lesson, found), request.format)
    return 0 if found.passed else 1


def answers(request: argparse.Namespace) -> int:
    """Prints the answers in many files; 2 where one of these can't be read, after the others were."""
    students, unread = [], []
    for name in request.files:
        path = lessons.find(name)
        try:
            lesson = read(path)
        except SessionError as error:
            unread.append(str(error))
        else:
            students.append(Student(path, lesson, answers_of(lesson)))
    _print(AnswersReport(students, notation()), request.format)
    if unread:
        raise SessionError("; ".join(unread))
    return 0


def share(request: argparse.Namespace) -> int:
    """Lets everyone read a lesson, and prints what to tell the class; 1 where a folder is closed to them."""
    path = Path(request.file)
    read(path)
    let_others_read(path)
    _print(Report(invitation(path), {"path": str(path.resolve())}), request.format)
    return 1 if obstacle(path) else 0


def sessions(request: argparse.Namespace) -> int:
    """Lists the lessons that come with tui-nn, or those that were recorded."""
    if request.recorded:
        recorded = recordings.all_of_them()
        paths = {str(one.path): one.path for one in recorded}
        when = {str(one.path): f"{datetime.fromtimestamp(one.changed):%Y-%m-%d %H:%M}  " for one in recorded}
        if not paths and request.format == "text":
            raise SessionError(f"no lesson was recorded in {recordings.folder()} yet")
    else:
        paths, when = lessons.bundled(), {}
    titles = {name: _title(path) for name, path in paths.items()}
    width = max(map(len, titles), default=0)
    _print(
        Report(
            "\n".join(f"{when.get(name, '')}{name:<{width}}  {title}" for name, title in titles.items()), dict(titles)
        ),
        request.format,
    )
    return 0


def _title(path: Path) -> str:
    try:
        return title_of(path)
    except SessionError as error:
        return str(error)


def _course(name: str) -> Course:
    """The course of the run that is shown where the lesson's log ends."""
    return read(lessons.find(name)).state.course


def _step(document: Document, name: str | None) -> Step | None:
    """The step called ``name``, or None where no step is asked for. Raises `SessionError` where there is no such."""
    if not name:
        return None
    every = steps(document.network)
    step = step_called(every, name)
    if step is None:
        names = " ".join(step.name for step in every)
        raise SessionError(f'there is no step "{short(name)}"; the steps are {names}')
    return step


def _run_of(course: Course, until: int) -> tuple[Run, Document]:
    """The run, computed as far as ``until``, and the document that is in force where it ends."""
    run = Runs().run_of(course)
    run.extend(until)
    return run, course.at(max(1, min(run.last, until)))


def _reached(course: Course, iteration: int) -> tuple[Run, Document]:
    """The run up to ``iteration``. Raises `SessionError` where the lesson has no such iteration."""
    if iteration > course.document.iterations:
        raise SessionError(f"there is no iteration {iteration}: the lesson has {grouped(course.document.iterations)}")
    run, document = _run_of(course, iteration)
    if run.last < iteration and run.overflow:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
    return run, document


def notation_for(document: Document) -> Notation:
    """The signs that standard output can show, for the network of ``document``."""
    return notation().of(document.network)


def notation() -> Notation:
    """The signs that standard output can show."""
    return written_in(sys.stdout.encoding if sys.stdout else None)


def _print(report: Report, form: str) -> None:
    text = {"text": report.text, "json": report.json, "csv": report.csv}[form]()
    to_standard_output(text)


COMMANDS = {
    "train": train,
    "show": show,
    "predict": predict,
    "check": check,
    "starts": starts,
    "verify": verify,
    "answers": answers,
    "share": share,
    "sessions": sessions,
}
"""What each command does, by its name."""
