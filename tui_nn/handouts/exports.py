"""Exports a lesson in one of the formats that need no screen."""

from tui_nn.handouts.export_formats import EXPORT_FORMATS
from tui_nn.handouts.exported_lesson import ExportedLesson
from tui_nn.network import Run, Step
from tui_nn.session.state import State


def export(state: State, run: Run, form: str, iteration: int | None = None, step: Step | None = None) -> str:
    """The text of an export of the run that ``state`` shows.

    ``form`` is a name in `EXPORT_FORMATS`, ``run`` that run, computed up to ``iteration``. Without ``iteration``, the
    export is about the iteration that ``state`` shows. A document ends with ``step``, if it is given. A program runs
    all iterations, and prints the matrices of ``iteration``, if it is given. Raises IndexError if there is no such
    iteration, KeyError for an unknown ``form``, and ValueError for one that only the dashboard can write.
    """
    write = EXPORT_FORMATS[form].write
    if write is None:
        raise ValueError(f"only the dashboard can export {form}")
    return write(ExportedLesson(state, run, iteration, step))
