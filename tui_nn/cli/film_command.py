"""Exports a recorded lesson as a film: for asciinema, or as a page for a browser."""

import argparse
from pathlib import Path

from tui_nn.cli.command_support import output_notation, read_lesson
from tui_nn.handouts.output import to_file, to_standard_output
from tui_nn.language import _
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import SessionError, printable_path


def film(request: argparse.Namespace) -> int:
    """Writes the film of a lesson to a file or to standard output. Raises `SessionError` if nothing was recorded."""
    lesson = read_lesson(request)
    if not lesson.entries:
        path = printable_path(bundled_lessons.find(request.file))
        raise SessionError(
            _(
                "{file} was not recorded, so there is nothing to play; "
                "tui-nn sessions --recorded lists your recordings",
                file=path,
            )
        )
    for option, value in (("--iteration", request.iteration), ("--step", request.step)):
        if value:
            raise SessionError(_("{option} chooses a part of a lesson; a film shows all of it", option=option))
    from tui_nn.dashboard.apps.film import film_of
    from tui_nn.dashboard.apps.launch import use

    use(output_notation())
    filmed = film_of(lesson, *request.size)
    if request.to == "cast":
        from tui_nn.handouts.films.cast import cast

        text = cast(filmed)
    else:
        from tui_nn.handouts.films.html_replay import html_replay

        text = html_replay(filmed)
    if request.output is None:
        to_standard_output(text, "utf-8")
    else:
        to_file(text, Path(request.output), source=bundled_lessons.find(request.file))
    return 0
