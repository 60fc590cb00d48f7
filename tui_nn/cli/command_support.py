"""What the commands that print have in common: the run that is asked about, and where the answer goes."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from tui_nn.handouts.output import to_standard_error, to_standard_output
from tui_nn.network import (
    Run,
    Step,
    steps,
)
from tui_nn.session.document import Document
from tui_nn.session.run_cache import RunCache
from tui_nn.session.run_plan import RunPlan
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import Lesson, SessionError, read, shown
from tui_nn.session.validation import short
from tui_nn.writing.notation.encoding import notation_of
from tui_nn.writing.notation.name_parser import step_called
from tui_nn.writing.notation.number_format import grouped
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence

_Rest = ParamSpec("_Rest")


def lesson_in(request: argparse.Namespace) -> Lesson:
    """Reads the lesson that ``request`` names; sets ``request.remark`` to how it was read. Raises `SessionError`."""
    path = bundled_lessons.find(request.file)
    lesson = read(path, request.choice)
    request.remark = f"{shown(path)}: {' '.join(lesson.remarks)}" if lesson.remarks else ""
    return lesson


def saying_how_it_was_read(command: Callable[Concatenate[argparse.Namespace, _Rest], int]) -> Callable[..., int]:
    """Wraps ``command`` so that it says after its answer how a table of data was read.

    It says so on standard error, since programs read standard output; and only after an answer.
    """

    @wraps(command)
    def and_say(request: argparse.Namespace, *rest: _Rest.args, **named: _Rest.kwargs) -> int:
        code = command(request, *rest, **named)
        if request.remark:
            to_standard_error(request.remark)
        return code

    return and_say


def course_of(request: argparse.Namespace) -> RunPlan:
    """The course of the run shown at the end of the lesson's log. Raises `SessionError`."""
    return lesson_in(request).state.course


def step_in(document: Document, name: str | None) -> Step | None:
    """The step called ``name``, or None where no step is asked for. Raises `SessionError` where there is no such."""
    if not name:
        return None
    every = steps(document.network)
    step = step_called(every, name)
    if step is None:
        names = " ".join(step.name for step in every)
        raise SessionError(f'there is no step "{short(name)}"; the steps are {names}')
    return step


def run_of(course: RunPlan, until: int) -> tuple[Run, Document]:
    """The run, computed as far as ``until``, and the document that is in force where it ends."""
    run = RunCache().run_of(course)
    run.extend(until)
    return run, course.at(max(1, min(run.last, until)))


def reached(course: RunPlan, iteration: int) -> tuple[Run, Document]:
    """The run up to ``iteration``. Raises `SessionError` where the lesson has no such iteration."""
    if iteration > course.document.iterations:
        raise SessionError(f"there is no iteration {iteration}: the lesson has {grouped(course.document.iterations)}")
    run, document = run_of(course, iteration)
    if run.last < iteration and run.overflow:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for(document)))
    return run, document


def notation_for(document: Document) -> Notation:
    """The signs that standard output can show, for the network of ``document``."""
    return notation().of(document.network)


def notation() -> Notation:
    """The signs that standard output can show."""
    return notation_of(sys.stdout)


def say(report: Report, form: str) -> None:
    """Prints a report as text, JSON or CSV. Raises `SessionError` where that can't be written."""
    text = {"text": report.text, "json": report.json, "csv": report.csv}[form]()
    to_standard_output(text)
