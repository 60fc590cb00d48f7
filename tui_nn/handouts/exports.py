"""Exports a lesson as a document, a program or a table."""

from tui_nn.handouts import PROGRAMS
from tui_nn.handouts.cost_table import csv_table
from tui_nn.handouts.documents.html import html
from tui_nn.handouts.documents.latex import latex
from tui_nn.handouts.documents.markdown import markdown
from tui_nn.handouts.documents.worksheet import worksheet
from tui_nn.handouts.programs.program_parts import Plan
from tui_nn.handouts.programs.python_program import python_program
from tui_nn.handouts.programs.r_program import r_program
from tui_nn.network import Agreement, Run, Step, agreement
from tui_nn.session.state import State

_PROGRAMS = {"r": r_program, "python": python_program}
_LEAST_ITERATIONS, _MOST_ITERATIONS = 1000, 100_000
_WORK = 2_000_000_000
_DOCUMENTS = {"md": markdown, "html": html, "tex": latex}


def export(state: State, run: Run, kind: str, iteration: int | None = None, step: Step | None = None) -> str:
    """The text of an export: of one of `KINDS`, made from the run that ``state`` shows.

    ``run`` is that run, computed up to ``iteration``; without ``iteration``, the export is about the iteration that
    ``state`` shows. A document ends with ``step``, if it is given. A program runs all iterations, and prints the
    matrices of ``iteration``, if it is given. It also says from which iteration on its digits can't be relied on;
    to measure that, `export` computes ``run`` further, for a few seconds at most.
    Raises IndexError if there is no such iteration, KeyError for an unknown kind.
    """
    if kind in PROGRAMS:
        return _PROGRAMS[kind](Plan(state.course, iteration, step, _measured_agreement(state, run)))
    shown = iteration or state.iteration
    if kind == "csv":
        return csv_table(state.course, run, shown, step)
    return _DOCUMENTS[kind](worksheet(state, run, shown, step))


def _measured_agreement(state: State, run: Run) -> Agreement:
    """How many digits of the run two programs agree on, measured over as many iterations as take a few seconds."""
    document = state.course.document
    affordable = max(_LEAST_ITERATIONS, _WORK // (document.dataset.rows * document.network.size))
    until = min(document.iterations, max(run.reached, min(affordable, _MOST_ITERATIONS)))
    run.extend(until)
    return agreement(run, until)
