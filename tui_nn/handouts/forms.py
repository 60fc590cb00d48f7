"""The forms in which a lesson can be exported: a table with a row for each form.

Reading the table imports no writer; `Form.write` imports the one that it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_nn.handouts.exported_lesson import ExportedLesson


class Covers(Enum):
    """What an export is about."""

    ITERATION = "one iteration"
    RUN = "the whole run"
    SCREEN = "the screen"


@dataclass(frozen=True)
class Form:
    """One form.

    ``name`` is its name after ``--to``. ``key`` and ``description`` are its line in the dashboard's menu, where ``{}``
    stands for the iteration. ``write`` gives the text of the file; only the dashboard can write a form that covers the
    screen, whose ``write`` is None.
    """

    name: str
    key: str
    description: str
    suffix: str
    covers: Covers
    write: Callable[[ExportedLesson], str] | None


def _markdown(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.markdown import markdown

    return markdown(lesson.worksheet)


def _latex(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.latex import latex

    return latex(lesson.worksheet)


def _html(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.html import html

    return html(lesson.worksheet)


def _csv(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.cost_table import csv_table

    return csv_table(lesson.state.plan, lesson.run, lesson.shown_iteration, lesson.step)


def _r(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.programs.r_program import r_program

    return r_program(lesson.plan)


def _python(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.programs.python_program import python_program

    return python_program(lesson.plan)


FORMS = {
    form.name: form
    for form in (
        Form("md", "m", "Markdown: iteration {} worked out", ".md", Covers.ITERATION, _markdown),
        Form("tex", "t", "LaTeX: the same", ".tex", Covers.ITERATION, _latex),
        Form("html", "h", "a page for a browser: the same", ".html", Covers.ITERATION, _html),
        Form("csv", "c", "CSV: the costs, and every matrix of iteration {}", ".csv", Covers.ITERATION, _csv),
        Form("r", "r", "a program for R: the whole run", ".R", Covers.RUN, _r),
        Form("python", "p", "a program for Python: the whole run", ".py", Covers.RUN, _python),
        Form("svg", "s", "SVG: the screen as it stands", ".svg", Covers.SCREEN, None),
    )
}
"""Every form by its name, in the order of the menu."""
