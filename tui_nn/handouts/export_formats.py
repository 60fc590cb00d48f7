"""The formats in which a lesson can be exported: a table with a row for each.

Reading the table imports no writer; `ExportFormat.write` imports the one that it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from tui_nn.decimal_sign import for_reading, is_comma
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _

if TYPE_CHECKING:
    from tui_nn.handouts.exported_lesson import ExportedLesson


class ExportScope(Enum):
    """What an export is about."""

    ITERATION = "one iteration"
    RUN = "the whole run"
    SCREEN = "the screen"


@frozen_dataclass
class ExportFormat:
    """One format.

    ``name`` is its name after ``--to``. ``key`` and ``description`` are its line in the dashboard's menu, where ``{}``
    stands for the iteration. ``write`` gives the text of the file. It is None for a picture of the screen, which only
    the dashboard can make.
    """

    name: str
    key: str
    description: str
    suffix: str
    scope: ExportScope
    write: Callable[[ExportedLesson], str] | None


def _markdown(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.markdown import markdown

    return for_reading(markdown(lesson.worksheet))


def _latex(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.decimal_commas import latex_with_commas
    from tui_nn.handouts.documents.latex import latex

    document = latex(lesson.worksheet)
    return latex_with_commas(document) if is_comma() else document


def _html(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.documents.decimal_commas import html_with_commas
    from tui_nn.handouts.documents.html import html

    page = html(lesson.worksheet)
    return html_with_commas(page) if is_comma() else page


def _csv(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.cost_table import csv_table

    return csv_table(lesson.state.plan, lesson.run, lesson.shown_iteration, lesson.step)


def _r(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.programs.r_program import r_program

    return r_program(lesson.plan)


def _python(lesson: ExportedLesson) -> str:
    from tui_nn.handouts.programs.python_program import python_program

    return python_program(lesson.plan)


EXPORT_FORMATS = {
    # For translators: {} stands for the number of the iteration.
    form.name: form
    for form in (
        ExportFormat("md", "m", _("Markdown: iteration {} worked out"), ".md", ExportScope.ITERATION, _markdown),
        ExportFormat("tex", "t", _("LaTeX: the same"), ".tex", ExportScope.ITERATION, _latex),
        ExportFormat("html", "h", _("a page for a browser: the same"), ".html", ExportScope.ITERATION, _html),
        ExportFormat(
            "csv", "c", _("CSV: the costs, and every matrix of iteration {}"), ".csv", ExportScope.ITERATION, _csv
        ),
        ExportFormat("r", "r", _("a program for R: the whole run"), ".R", ExportScope.RUN, _r),
        ExportFormat("python", "p", _("a program for Python: the whole run"), ".py", ExportScope.RUN, _python),
        ExportFormat("svg", "s", _("SVG: the screen as it stands"), ".svg", ExportScope.SCREEN, None),
    )
}
"""Every format by its name, in the order of the menu."""
