"""Exports a lesson in one of the forms that need no screen."""

from tui_nn.handouts.exported_lesson import ExportedLesson
from tui_nn.handouts.forms import FORMS
from tui_nn.network import Run, Step
from tui_nn.session.state import State


def export(state: State, run: Run, form: str, iteration: int | None = None, step: Step | None = None) -> str:
    """The text of an export of the run that ``state`` shows.

    ``form`` is the name of a form in `FORMS`, ``run`` that run, computed up to ``iteration``. Without ``iteration``,
    the export is about the iteration that ``state`` shows. A document ends with ``step``, if it is given. A program
    runs all iterations, and prints the matrices of ``iteration``, if it is given.
    Raises IndexError if there is no such iteration, KeyError if no form has this name, ValueError if only the dashboard
    can write it.
    """
    write = FORMS[form].write
    if write is None:
        raise ValueError(f"only the dashboard can export {form}")
    return write(ExportedLesson(state, run, iteration, step))
