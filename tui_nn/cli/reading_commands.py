"""The commands that read a lesson in lines, for screen readers and plain terminals: walk, derive, and show --cell."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from tui_nn.cli.command_support import (
    find_step,
    print_report,
    read_lesson,
    read_run_plan,
    run_reaching,
    with_reading_note,
)
from tui_nn.cli.key_reader import KeyReader
from tui_nn.decimal_sign import for_reading
from tui_nn.handouts.output import to_standard_output
from tui_nn.language import _, ngettext
from tui_nn.network import steps
from tui_nn.network.formulas.equations import named_shapes
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State, replace
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.validation import shortened
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation.encoding import notation_for_stream
from tui_nn.writing.notation.name_parser import parse_cell, parse_step
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.sign_set import SIGNS_VARIABLE
from tui_nn.writing.notation.signs import ASCII, Notation
from tui_nn.writing.reports.class_values import ReportedValue
from tui_nn.writing.reports.linear_reading import LinearReading, note_sentences, numbered
from tui_nn.writing.reports.run_report import Report
from tui_nn.writing.sentences.steps_and_errors import step_title

_DUMB = "dumb"
_HELP = _(
    "Keys: right, n or Page Down: next step. Left, p or Page Up: back. Down or full stop: next iteration.\n"
    "Up or comma: iteration back. Home, End: the very first and the very last step. g: go to an iteration or a step.\n"
    "e: explain a number. y: derive the formula of the step. m: read the step again. ?: these keys. q: quit."
)


def reading_notation(plan: RunPlan) -> Notation:
    """The signs for lines that are read aloud: those chosen, or ASCII on a plain terminal."""
    is_dumb = os.environ.get("TERM") == _DUMB and not os.environ.get(SIGNS_VARIABLE)
    return (ASCII if is_dumb else notation_for_stream(sys.stdout)).for_network(plan.document.network)


@with_reading_note
def derive(request: argparse.Namespace) -> int:
    """Prints why the formula of a step is as it is."""
    plan = read_run_plan(request)
    document, notation = plan.document, reading_notation(plan)
    step = find_step(document, request.step)
    rows = document.moment(1).rows
    chosen = [step] if step else steps(document.network)
    report = Report(document.title)
    for one in chosen:
        lines = derivation_lines(document.network, one, notation, named_shapes(document.network, rows))
        values = [{"sentence": line.sentence, "formula": line.formula, "right": line.is_right} for line in lines]
        heading = _("The derivation of {step}", step=step_title(one, notation))
        report.add_all([ReportedValue(one.name, values, heading, tuple(numbered(lines)))])
    print_report(report, request.format)
    return 0


def explained_cell(plan: RunPlan, iteration: int, text: str, notation: Notation) -> Sequence[str]:
    """The lines that explain the cell called ``text`` in an iteration. Raises `SessionError` if there is none."""
    run, document = run_reaching(plan, iteration)
    computed = run.pass_at(iteration)
    shapes = {
        name: shape
        for name, shape in named_shapes(document.network, len(computed["X"])).items()
        if name in computed.matrices
    }
    cell = parse_cell(shapes, text)
    if cell is None:
        raise SessionError(_('there is no number "{typed}"; name one such as delta2[1,3]', typed=shortened(text)))
    name, row, column = cell
    rows, columns = shapes[name]
    if not (1 <= row <= rows and 1 <= column <= columns):
        raise SessionError(
            _(
                "{matrix} has {rows} and {columns}; you asked for {typed}",
                matrix=name,
                rows=ngettext("{rows} row", "{rows} rows", rows, rows=rows),
                columns=ngettext("{columns} column", "{columns} columns", columns, columns=columns),
                typed=text,
            )
        )
    return [*LinearReading(plan, document, computed, iteration, notation).cell(*cell)]


@with_reading_note
def walk(request: argparse.Namespace) -> int:
    """Walks through a lesson in lines of text, with the keys of the dashboard."""
    state = read_lesson(request).state
    walking = _Walk(state, request.iteration)
    with KeyReader() as reader:
        walking.tell([state.plan.document.title, *_HELP.splitlines()])
        walking.tell(walking.reading.beginning())
        walking.tell_step()
        while (key := reader.key()) not in ("", "q", "escape"):
            try:
                walking.press(key, reader)
            except SessionError as error:
                said = str(error).removesuffix(".")
                walking.tell([f"{said[:1].upper()}{said[1:]}."])
    return 0


class _Walk:
    """Where the user stands: an iteration and a step of it, counted from 0."""

    def __init__(self, state: State, iteration: int) -> None:
        self._state, self._plan = state, state.plan
        self._notation = reading_notation(self._plan)
        self._run = RunCache().run_of(self._plan)
        self._step, self._iteration = 0, iteration
        self._go_to(iteration)

    def press(self, key: str, reader: KeyReader) -> None:
        """Does what a key says. Raises `SessionError` if that is impossible."""
        if action := self._actions.get(key):
            action()
        elif key == "g":
            self._ask_where(reader.line(_("Go to iteration, step, or both: ")))
        elif key == "e":
            default = f"{self._step_equation}[1,1]"
            text = reader.line(_("Which number? Press Enter for {default}: ", default=default)).strip() or default
            self.tell(explained_cell(self._plan, self._iteration, text, self._notation))
        elif key == "enter":
            self._next()
        else:
            self.tell([_("This key does nothing here. Press ? for the keys.")])

    @cached_property
    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            **dict.fromkeys(("right", "n", "pagedown", " "), self._next),
            **dict.fromkeys(("left", "p", "pageup"), self._back),
            **dict.fromkeys(("down", "."), lambda: self._to_iteration(self._iteration + 1, self._step)),
            **dict.fromkeys(("up", ","), lambda: self._to_iteration(self._iteration - 1, self._step)),
            "home": lambda: self._to_iteration(1, 0),
            "end": self._to_the_end,
            "y": lambda: self.tell(self.reading.derivation(self.reading.steps[self._step])),
            "m": self.tell_step,
            "?": lambda: self.tell(_HELP.splitlines()),
        }

    def tell(self, lines: Iterator[str] | Sequence[str]) -> None:
        """Prints lines, and a blank one behind them."""
        to_standard_output(for_reading("\n".join([*lines, "", ""])))

    def tell_step(self) -> None:
        """Reads the step, and the notes that the teacher made at it."""
        here = replace(self._state, iteration=self._iteration, step=self.reading.steps[self._step])
        self.tell([*self.reading.step(self._step), *note_sentences(here)])

    @property
    def _step_equation(self) -> str:
        return self.reading.equations_of(self.reading.steps[self._step])[0].name

    def _go_to(self, iteration: int) -> None:
        if iteration < 1:
            is_first = self._iteration == 1
            raise SessionError(_("this is the first iteration") if is_first else _("the first iteration is 1"))
        run, document = run_reaching(self._plan, iteration)
        self._iteration = iteration
        self.reading = LinearReading(self._plan, document, run.pass_at(iteration), iteration, self._notation)

    def _to_the_end(self) -> None:
        """Goes to the last step of the run, which may have stopped early."""
        self._run.extend(self._plan.document.iterations)
        self._to_iteration(self._run.last, len(self.reading.steps) - 1)

    def _to_iteration(self, iteration: int, step: int) -> None:
        self._go_to(iteration)
        self._step = step
        last = group_digits(self._plan.document.iterations)
        self.tell([_("Iteration {iteration} of {last}.", iteration=group_digits(iteration), last=last)])
        self.tell_step()

    def _next(self) -> None:
        if self._step + 1 < len(self.reading.steps):
            self._step += 1
            self.tell_step()
        else:
            self._to_iteration(self._iteration + 1, 0)

    def _back(self) -> None:
        if self._step:
            self._step -= 1
            self.tell_step()
        elif self._iteration == 1:
            raise SessionError(_("this is the first step of the first iteration"))
        else:
            self._to_iteration(self._iteration - 1, len(self.reading.steps) - 1)

    def _ask_where(self, text: str) -> None:
        """Goes to ``37``, ``delta3`` or ``37 delta3``."""
        step = self._step
        iteration = self._iteration
        for word in text.split():
            if word.isdigit():
                iteration, step = int(word), 0
            elif found := parse_step(self.reading.steps, word):
                step = [*self.reading.steps].index(found)
            else:
                names = " ".join(one.name for one in self.reading.steps)
                raise SessionError(
                    _('there is no step "{typed}"; the steps are {names}', typed=shortened(word), names=names)
                )
        self._go_to(iteration)
        self._step = step
        self.tell([_("Iteration {iteration}.", iteration=group_digits(iteration))])
        self.tell_step()
