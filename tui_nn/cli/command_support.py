"""What the printing commands share: they read a lesson, compute its run, and print a report."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from tui_nn.decimal_sign import for_reading, keep
from tui_nn.handouts.output import to_standard_error, to_standard_output
from tui_nn.language import _
from tui_nn.network import (
    Run,
    Step,
    steps,
)
from tui_nn.session.document import Document
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import Lesson, SessionError, printable_path, read
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.encoding import notation_for_stream
from tui_nn.writing.notation.name_parser import parse_step
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.steps_and_errors import overflow_sentence, stop_sentence

_Rest = ParamSpec("_Rest")


def read_lesson(request: argparse.Namespace) -> Lesson:
    """Reads the lesson that ``request`` names. Raises `SessionError`.

    Sets ``request.reading_note`` to a sentence on how a table of data was read, "" for a session file.
    """
    path = bundled_lessons.find(request.file)
    lesson = read(path, request.selection)
    keep((str(path), *lesson.state.texts))
    request.reading_note = f"{printable_path(path)}: {' '.join(lesson.reading_notes)}" if lesson.reading_notes else ""
    return lesson


def with_reading_note(command: Callable[Concatenate[argparse.Namespace, _Rest], int]) -> Callable[..., int]:
    """Wraps ``command``: after its answer, it also says how it read a table of data.

    It says so on standard error, since programs read standard output. If the command fails, it says only why.
    """

    @wraps(command)
    def answer_with_note(request: argparse.Namespace, *rest: _Rest.args, **named: _Rest.kwargs) -> int:
        code = command(request, *rest, **named)
        if request.reading_note:
            to_standard_error(request.reading_note)
        return code

    return answer_with_note


def read_run_plan(request: argparse.Namespace) -> RunPlan:
    """The plan of the run that the lesson shows at the end of its log. Raises `SessionError`."""
    return read_lesson(request).state.plan


def find_step(document: Document, name: str | None) -> Step | None:
    """The step called ``name``; None if ``name`` is empty. Raises `SessionError` if there is no such step."""
    if not name:
        return None
    every = steps(document.network)
    step = parse_step(every, name)
    if step is None:
        names = " ".join(step.name for step in every)
        raise SessionError(_('there is no step "{typed}"; the steps are {names}', typed=shortened(name), names=names))
    return step


def compute_run(plan: RunPlan, until: int) -> tuple[Run, Document]:
    """The run, computed up to iteration ``until``, and the document with the settings of its last iteration."""
    run = RunCache().run_of(plan)
    run.extend(until)
    return run, plan.document_at(max(1, min(run.last, until)))


def run_reaching(plan: RunPlan, iteration: int) -> tuple[Run, Document]:
    """As `compute_run`. Raises `SessionError` if the run has no such iteration, or overflows before it."""
    if iteration > plan.document.iterations:
        raise SessionError(
            _(
                "there is no iteration {iteration}: the lesson has {iterations}",
                iteration=iteration,
                iterations=group_digits(plan.document.iterations),
            )
        )
    run, document = compute_run(plan, iteration)
    if run.last < iteration and run.overflow:
        raise SessionError(overflow_sentence(run.overflow, document.learning_rate, notation_for_document(document)))
    if run.last < iteration and run.stopped:
        raise SessionError(stop_sentence(run.stopped, document, notation_for_document(document)))
    return run, document


def notation_for_document(document: Document) -> Notation:
    """`output_notation` with the names of the activations of this document's network."""
    return output_notation().for_network(document.network)


def output_notation() -> Notation:
    """The notation with the signs that standard output can show and that the user chose."""
    return notation_for_stream(sys.stdout)


def print_report(report: Report, form: str, *, is_of_numbers: bool = True) -> None:
    """Prints ``report`` as ``form``: text, json or csv. Raises `SessionError` if it can't be written.

    The decimal sign in a text that ``is_of_numbers`` is the one that the user chose; others have paths, not numbers.
    """
    text = {"text": report.text, "json": report.json, "csv": report.csv}[form]()
    to_standard_output(for_reading(text) if form == "text" and is_of_numbers else text)
