"""The commands about recorded lessons: verify, share, sessions."""

import argparse
from datetime import datetime
from pathlib import Path

from tui_nn.cli.command_support import print_report, read_lesson, with_reading_note
from tui_nn.handouts.output import to_standard_error
from tui_nn.session import verify as verifying
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.session_file import SessionError, printable_path, title_of
from tui_nn.session.storage.sharing import closed_folder, invitation, let_others_read
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.reports.verify_report import verify_report


@with_reading_note
def verify(request: argparse.Namespace) -> int:
    """Computes every recorded cost again; returns the exit code, 1 if one differs."""
    lesson = read_lesson(request)
    found = verifying.verify(lesson)
    print_report(verify_report(lesson, found), request.format)
    return 0 if found.passed else 1


def share(request: argparse.Namespace) -> int:
    """Lets everyone read a lesson, and prints what to tell the class.

    Returns the exit code: 1 if others can't enter a folder on the way to the file.
    """
    path = let_others_read(Path(request.file))
    print_report(Report(invitation(path), {"path": str(path)}), request.format, is_of_numbers=False)
    return 1 if closed_folder(path) else 0


def sessions(request: argparse.Namespace) -> int:
    """Lists the lessons that come with tui-nn, or this user's recordings."""
    if request.recorded:
        if warning := library.folder_warning():
            to_standard_error(warning)
        recorded = library.recordings()
        paths = {str(recording.path): recording.path for recording in recorded}
        dates = {
            str(recording.path): f"{datetime.fromtimestamp(recording.changed):%Y-%m-%d %H:%M}  "
            for recording in recorded
        }
        if not paths and request.format == "text":
            raise SessionError(library.why_no_recordings())
    else:
        paths, dates = bundled_lessons.bundled(), {}
    titles = {name: _title(path) for name, path in paths.items()}
    width = max((len(printable_path(Path(name))) for name in titles), default=0)
    lines = []
    for name, title in titles.items():
        # Control characters in a name could command the terminal, so they are made visible; JSON escapes them.
        written = printable_path(Path(name))
        lines.append(f"{dates.get(name, '')}{written}{' ' * (width - len(written))}  {title}")
        if not request.recorded and (numbers := bundled_lessons.numbers_of(name)):
            lines.append(f"{' ' * width}  numbers for tui-nn diagnose: {', '.join(numbers)}")
    print_report(Report("\n".join(lines), dict(titles)), request.format, is_of_numbers=False)
    return 0


def _title(path: Path) -> str:
    try:
        return title_of(path)
    except SessionError as error:
        return str(error)
