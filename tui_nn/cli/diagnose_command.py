"""The command ``diagnose``: where the numbers of a student's program first differ, and which mistake explains them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.cli.command_support import notation_for_document, print_report, read_run_plan, with_reading_note
from tui_nn.handouts.output import to_standard_error
from tui_nn.network import ValidationError
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError, os_error_reason, printable_path
from tui_nn.system import terminal
from tui_nn.writing.notation.number_format import group_digits

if TYPE_CHECKING:
    from tui_nn.session.homework.printed_numbers import PrintedNumbers

STANDARD_INPUT = "-"


@with_reading_note
def diagnose(request: argparse.Namespace) -> int:
    """Compares numbers with a lesson's; returns the exit code, 1 if something differs."""
    # Imported here: no other command needs them.
    from tui_nn.handouts.programs.lines_in_r import LinesInR
    from tui_nn.session.homework.diagnosing import diagnose_numbers
    from tui_nn.session.homework.printed_numbers import NumbersError
    from tui_nn.writing.reports.diagnosis_report import diagnosis_report

    plan = read_run_plan(request)
    document, iteration = plan.document, request.iteration
    if iteration is not None and iteration > document.iterations:
        raise SessionError(f"there is no iteration {iteration}: the lesson has {group_digits(document.iterations)}")
    printed = _read(request.file, request.numbers)
    try:
        found = diagnose_numbers(plan, printed, iteration)
    except NumbersError as error:
        raise SessionError(error.sentence) from None
    print_report(diagnosis_report(document, found, notation_for_document(document), LinesInR()), request.format)
    return 0 if found.diagnosis.first is None else 1


def _read(lesson: str, name: str) -> "PrintedNumbers":
    """The numbers in the file called ``name``, which may come with ``lesson``, or on standard input.

    Raises `SessionError`.
    """
    from tui_nn.session import limits
    from tui_nn.session.homework.file_text import decode, read_text
    from tui_nn.session.homework.reading import read_printed

    where = "standard input" if name == STANDARD_INPUT else printable_path(Path(name))
    try:
        if name != STANDARD_INPUT:
            text = read_text(bundled_lessons.find_numbers(lesson, name))
        elif sys.stdin is None:
            raise SessionError("there is no standard input to read from")
        else:
            if sys.stdin.isatty():
                to_standard_error(f"Paste what your program prints; then press Enter and {terminal.END_OF_INPUT}.")
            text = decode(sys.stdin.buffer.read(limits.NUMBERS_BYTES + 1))
        return read_printed(text)
    except ValidationError as error:
        raise SessionError(f"{where}: {error.sentence}") from None
    except OSError as error:
        raise SessionError(f"{where} can't be read: {os_error_reason(error)}") from None
    except ValueError:
        raise SessionError(f"{where} is no name that a file can have; choose another") from None
