"""The commands that write lessons: with data drawn at random, or with rows kept back for a test."""

import argparse
import os
from pathlib import Path

from tui_nn.cli.command_support import print_report, read_lesson, with_reading_note
from tui_nn.network import ValidationError
from tui_nn.session.generated_lessons import GeneratedData
from tui_nn.session.splitting import drawn_rows, split_source
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.file_replacement import replace_nothing
from tui_nn.session.storage.locked_file import write
from tui_nn.session.storage.session_file import SUFFIX, SessionError, printable_path
from tui_nn.session.validation import counted
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.steps_and_errors import error_sentence


def new(request: argparse.Namespace) -> int:
    """Writes a lesson with data drawn at random."""
    try:
        data = GeneratedData(request.kind, request.points, request.noise, request.seed, request.test_share)
        source = data.lesson().source
    except ValidationError as error:
        raise SessionError(error_sentence(error, minus="-").removesuffix(".")) from None
    path = _written(source, request.output, f"{data.kind}{SUFFIX}")
    print_report(
        Report(_opened_by(path, data.title), {"path": str(path), "title": data.title}),
        request.format,
        is_of_numbers=False,
    )
    return 0


@with_reading_note
def split(request: argparse.Namespace) -> int:
    """Writes a copy of a lesson, with all that happened in it, in which rows are kept back for a test."""
    lesson = read_lesson(request)
    rows = lesson.state.document.dataset.rows
    try:
        kept = drawn_rows(rows, request.share, request.seed)
        source = split_source(lesson, kept)
    except ValidationError as error:
        raise SessionError(error_sentence(error, minus="-").removesuffix(".")) from None
    path = _written(source, request.output, f"{bundled_lessons.find(request.file).stem}-split{SUFFIX}")
    says = f"{len(kept)} of {counted(rows, 'row')} kept back for a test"
    print_report(
        Report(_opened_by(path, says), {"path": str(path), "test_rows": list(kept)}),
        request.format,
        is_of_numbers=False,
    )
    return 0


def _written(source: str, output: str | None, usual_name: str) -> Path:
    """Writes a new lesson and returns its path. Raises `SessionError`; nothing that is there is ever replaced."""
    path = Path(output or usual_name)
    if path.suffix.lower() != SUFFIX:
        name = printable_path(path.with_name(f"{path.stem}{SUFFIX}")) if path.name else f"my-lesson{SUFFIX}"
        raise SessionError(f"the name of a lesson must end in {SUFFIX}; {name} would do")
    if os.path.lexists(path):
        raise SessionError(f"{printable_path(path)} is there already; choose another name with -o")
    write(path, source, consent=replace_nothing)
    return path


def _opened_by(path: Path, says: str) -> str:
    written = printable_path(path)
    return f"{written}: {says}. To open it, type: tui-nn {written}"
