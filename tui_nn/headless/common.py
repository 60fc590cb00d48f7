"""What the commands that print have in common: the run that is asked about, and where the answer goes."""

import sys

from tui_nn.handouts.output import to_standard_output
from tui_nn.network import (
    Run,
    Step,
    steps,
)
from tui_nn.session import lessons
from tui_nn.session.course import Course
from tui_nn.session.document import Document
from tui_nn.session.file import SessionError, read
from tui_nn.session.runs import Runs
from tui_nn.session.values import short
from tui_nn.writing.figures import grouped
from tui_nn.writing.notation import Notation, written_in
from tui_nn.writing.report import Report
from tui_nn.writing.sentences import overflow_sentence
from tui_nn.writing.spoken import step_called


def course_of(name: str) -> Course:
    """The course of the run that is shown where the lesson's log ends."""
    return read(lessons.find(name)).state.course


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


def run_of(course: Course, until: int) -> tuple[Run, Document]:
    """The run, computed as far as ``until``, and the document that is in force where it ends."""
    run = Runs().run_of(course)
    run.extend(until)
    return run, course.at(max(1, min(run.last, until)))


def reached(course: Course, iteration: int) -> tuple[Run, Document]:
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
    return written_in(sys.stdout.encoding if sys.stdout else None)


def say(report: Report, form: str) -> None:
    """Prints a report as text, JSON or CSV. Raises `SessionError` where that can't be written."""
    text = {"text": report.text, "json": report.json, "csv": report.csv}[form]()
    to_standard_output(text)
