"""A lesson as a document or a program of any kind."""

from tui_nn.handouts import PROGRAMS
from tui_nn.handouts.cost_table import csv_table
from tui_nn.handouts.documents.html import html
from tui_nn.handouts.documents.latex import latex
from tui_nn.handouts.documents.markdown import markdown
from tui_nn.handouts.documents.worksheet import worksheet
from tui_nn.handouts.programs.program_parts import ProgramPlan
from tui_nn.handouts.programs.python_program import python_program
from tui_nn.handouts.programs.r_program import r_program
from tui_nn.network import Agreement, Run, Step, agreement
from tui_nn.session.state import State

_PROGRAMS = {"r": r_program, "python": python_program}
_LEAST_ITERATIONS, _MOST_ITERATIONS = 1000, 100_000
_WORK = 2_000_000_000
_DOCUMENTS = {"md": markdown, "html": html, "tex": latex}


def export(state: State, run: Run, kind: str, iteration: int | None = None, step: Step | None = None) -> str:
    """The run that ``state`` shows, as text of one of `KINDS`; ``run`` is that run, computed up to ``iteration``.

    A worked iteration ends with ``step`` if that is given; without ``iteration`` it is the one that ``state`` shows.
    Programs run all iterations, and print the matrices of ``iteration`` as well if that is given. A program says from
    which iteration on its digits can't be relied on; to know that, the run is computed further, within bounds.
    Raises IndexError if there is no such iteration, KeyError for an unknown kind.
    """
    if kind in PROGRAMS:
        return _PROGRAMS[kind](ProgramPlan(state.course, iteration, step, _agreed(state, run)))
    shown = iteration or state.iteration
    if kind == "csv":
        return csv_table(state.course, run, shown, step)
    return _DOCUMENTS[kind](worksheet(state, run, shown, step))


def _agreed(state: State, run: Run) -> Agreement:
    """How many digits of the run agree between programs, measured over as many iterations as take a few seconds."""
    document = state.course.document
    affordable = max(_LEAST_ITERATIONS, _WORK // (document.dataset.rows * document.network.size))
    until = min(document.iterations, max(run.reached, min(affordable, _MOST_ITERATIONS)))
    run.extend(until)
    return agreement(run, until)
