"""A lesson as a document or a program of any kind."""

from tui_nn.handouts import PROGRAMS
from tui_nn.handouts.html import html
from tui_nn.handouts.latex import latex
from tui_nn.handouts.markdown import markdown
from tui_nn.handouts.programs import Plan
from tui_nn.handouts.python_program import python_program
from tui_nn.handouts.r_program import r_program
from tui_nn.handouts.sheet import sheet
from tui_nn.handouts.table import csv_table
from tui_nn.network import Run, Step
from tui_nn.session.state import State

_PROGRAMS = {"r": r_program, "python": python_program}
_DOCUMENTS = {"md": markdown, "html": html, "tex": latex}


def handout(state: State, run: Run, kind: str, iteration: int | None = None, step: Step | None = None) -> str:
    """The run that ``state`` shows, as text of one of `KINDS`; ``run`` is that run, and has reached ``iteration``.

    A worked iteration goes up to and with ``step`` where that is given; None stands for the iteration that ``state``
    shows. Programs run all iterations, and print the matrices of ``iteration`` besides, where one is given.
    Raises IndexError where there is no such iteration, KeyError for an unknown kind.
    """
    if kind in PROGRAMS:
        return _PROGRAMS[kind](Plan(state.course, iteration, step))
    shown = iteration or state.iteration
    if kind == "csv":
        return csv_table(state.course, run, shown, step)
    return _DOCUMENTS[kind](sheet(state, run, shown, step))
