"""The command ``answers``: what a class answered to a lesson's questions, and which mistakes their programs make."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui_nn.cli.command_support import notation_for_document, output_notation, print_report
from tui_nn.cli.progress_line import progress_line
from tui_nn.decimal_sign import keep
from tui_nn.session.quiz.answers import answers_of
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SUFFIX, SessionError, is_session, printable_path, read
from tui_nn.session.validation import counted
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.reports.answers_report import AnswersReport, Student
from tui_nn.writing.reports.run_report import Report


def answers(request: argparse.Namespace) -> int:
    """Prints a table of the answers, and one of the mistakes; returns the exit code, 0.

    Raises `SessionError` after that if some session files could not be read.
    """
    keep(Path(name).stem for name in request.files)
    sessions = [name for name in request.files if _is_session(name, request.lesson)]
    numbers = [name for name in request.files if name not in sessions]
    if numbers and not request.lesson:
        bundled_lessons.find(numbers[0])
        raise SessionError(
            f"{printable_path(Path(numbers[0]))} is no session file; if it has numbers that a program printed, name "
            "their lesson: --lesson LESSON"
        )
    if sessions and numbers and request.format == "csv":
        raise SessionError("CSV has one table: ask for the session files and for the files of numbers one by one")
    reports, unread = list[Report](), list[str]()
    if sessions:
        students = [*_students(sessions, unread)]
        reports += [AnswersReport(students, output_notation())] if students else []
    if numbers:
        reports.append(_homework(request, numbers))
    if reports:
        print_report(reports[0] if len(reports) == 1 else _together(reports), request.format)
    if unread:
        raise SessionError("; ".join(unread))
    return 0


def _is_session(name: str, lesson: str) -> bool:
    """Whether a file given is a session file; otherwise it has numbers."""
    if name in bundled_lessons.numbers_of(lesson):
        return False
    return name in bundled_lessons.bundled() or Path(name).suffix.lower() == SUFFIX or is_session(Path(name))


def _students(names: Sequence[str], unread: list[str]) -> Iterator[Student]:
    """The students whose files can be read; adds to ``unread`` why the others can't."""
    for name in names:
        path = bundled_lessons.find(name)
        try:
            lesson = read(path)
        except SessionError as error:
            unread.append(str(error))
        else:
            yield Student(path, lesson, answers_of(lesson))


def _homework(request: argparse.Namespace, names: Sequence[str]) -> Report:
    """The report on files of numbers. Raises `SessionError` if the lesson can't be read or has no such iteration."""
    # Imported here: session files do not need them.
    from tui_nn.session.homework.handed_in import diagnose_file
    from tui_nn.writing.reports.homework_report import HomeworkReport, homework_row

    plan = read(bundled_lessons.find(request.lesson)).state.plan
    document, iteration = plan.document, request.iteration
    if iteration is not None and iteration > document.iterations:
        raise SessionError(f"there is no iteration {iteration}: the lesson has {group_digits(document.iterations)}")
    rows = []
    with progress_line(shows=len(names) > 1) as say:
        for done, name in enumerate(names):
            say(f"{done} of {counted(len(names), 'file')} compared")
            path = bundled_lessons.find_numbers(request.lesson, name)
            try:
                # Only what the table shows is kept: a class may hand in many large files.
                rows.append(homework_row(path, diagnose_file(plan, path, iteration)))
            except KeyboardInterrupt:
                if not rows:
                    raise
                break
    return HomeworkReport(document, rows, notation_for_document(document), stopped_before=len(names) - len(rows))


def _together(reports: Sequence[Report]) -> Report:
    """One report of several: first all of the first one."""
    joined = Report("")
    for one in reports:
        joined.values |= one.values
        joined.paragraphs += [*([one.title] if one.title else []), *one.paragraphs]
    return joined
