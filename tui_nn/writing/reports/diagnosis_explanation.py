"""Writes what explains a student's numbers: the mistake, its wrong line, and the right one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.mistakes import ProgramMistake
from tui_nn.network.diagnosis.mistakes.mistyped import Mistyped
from tui_nn.network.diagnosis.program_run import OutOfWork, ProgramRun, ProgramStopped, TooLong, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation, matrix_shapes
from tui_nn.network.formulas.expression import Activated, Expression
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE, StepKind
from tui_nn.network.model.batches import LISTED, Epochs
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import right_program
from tui_nn.writing.notation.number_format import shortest_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.beginning_lines import BeginningLines
from tui_nn.writing.reports.program_lines import ProgramLines
from tui_nn.writing.reports.wrong_formulas import (
    activation_in,
    functions_in,
    in_terms_of_a,
    plainly_written,
    repeats_cells,
    updated_before,
)
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS
from tui_nn.writing.sentences.mistake_text import COUNT, DATA, PACE, RATE, START, MistakeText, detail_of, what_it_does

# So many ways to make a mistake are looked through for the one that a program with two mistakes has.
_WAYS = 200
# Numbers that differ by less are those of the program.
_ROUNDING = 1e-14
# What two orders of computing the same may change; and enough work for one iteration of a program.
_SAME, _WORK = 1e-12, 2_000
# What a program computes a second time in an iteration: "Z3 with 1 updated".
_OF_NEW_PASS = re.compile(r" with \d+ updated")
_OTHER_WORDS = (("sum of ", ""), (" after the update", "_after"))


@frozen_dataclass
class ExplainedMistake:
    """A mistake in words, in the signs of a notation.

    ``does`` says what such a program does. ``matrices`` are the names of those that it computes, begins with or updates
    wrongly, () if it is none of these; ``acts_in`` is the one whose line is shown, or the learning rate, or "".
    ``formula`` is the right formula in signs, ``right``, ``wrong`` and ``wrong_in_numpy`` are the line, or lines, of a
    program in which it differs; each is "" where there is none. If ``is_example``, programs with this mistake may have
    another wrong line.
    """

    name: str
    does: str
    matrices: tuple[str, ...]
    formula: str
    right: str
    wrong: str
    wrong_in_numpy: str = ""
    is_example: bool = False
    acts_in: str = ""


class ExplanationWriter:
    """Words the explanations of a lesson's numbers."""

    def __init__(self, document: Document, notation: Notation, lines: ProgramLines) -> None:
        self._document, self._notation, self._lines = document, notation, lines
        self._right = right_program(document)
        self._formulas = {one.name: one for one in self._right.formulas}
        self._shapes = matrix_shapes(document.network, self._right.rows)
        self._beginnings = BeginningLines(document, self._right, lines)
        self._programs = dict[str, list[StudentProgram]]()

    def mistakes(self, explanation: Explanation) -> Iterator[ExplainedMistake]:
        """The mistakes of an explanation, in words."""
        several = len(explanation.mistakes) > 1
        shown = set[str]()
        for place, mistake in enumerate(explanation.mistakes):
            alone = self._alone(mistake, explanation.program) if several else explanation.program
            one = self._mistake(mistake, alone or explanation.program, place if alone is None else 0)
            if one.right and one.right in shown and alone is None:
                # The line above has both mistakes.
                one = replace(one, wrong="", wrong_in_numpy="", right="", formula="")
            shown.add(one.right)
            yield one

    def _alone(self, mistake: ProgramMistake, both: StudentProgram) -> StudentProgram | None:
        """The program with ``mistake`` alone, of which ``both`` has every change; None if there is none."""
        if mistake.name not in self._programs:
            self._programs[mistake.name] = [*islice(mistake.programs(self._right), _WAYS)]
        return next((one for one in self._programs[mistake.name] if self._is_part(one, both)), None)

    def _is_part(self, one: StudentProgram, both: StudentProgram) -> bool:
        """Whether all that differs in ``one`` from the right program is the same in ``both``."""
        right, of_both = self._right, {equation.name: equation.expression for equation in both.formulas}
        pairs = [
            (one.X, right.X, both.X),
            (one.Y, right.Y, both.Y),
            *((one.parameters[name], right.parameters[name], both.parameters[name]) for name in right.parameters),
        ]
        changed = [(theirs, also) for theirs, ours, also in pairs if not np.array_equal(theirs, ours)]
        numbers = {name: number for name, number in _numbers_of(one).items() if number != _numbers_of(right)[name]}
        formulas = [
            equation
            for equation in one.formulas
            if equation.name not in self._formulas or equation.expression != self._formulas[equation.name].expression
        ]
        return (
            bool(changed or formulas or numbers)
            and all(np.array_equal(theirs, also) for theirs, also in changed)
            and all(of_both.get(equation.name) == equation.expression for equation in formulas)
            and numbers.items() <= _numbers_of(both).items()
        )

    def line_of(self, name: str) -> str:
        """The right line of the program that computes a matrix."""
        return f"{name} <- {self._lines.formula(self._formulas[name].expression)}"

    def _mistake(self, mistake: ProgramMistake, program: StudentProgram, place: int) -> ExplainedMistake:
        text = TEXTS[mistake.name]
        does = self._notation.translated(what_it_does(text, program, place))
        detail = detail_of(program, place)
        changed = self._changed(program, text)
        if changed:
            names = tuple(one.name for one in changed)
            formula = self._notation.formula(self._formulas[names[0]])
            right, wrong, in_numpy = self._of_formula(changed[0], self._formulas[names[0]], text, detail)
            is_example = bool(text.r or text.numpy) and not text.is_exact
            if not right.startswith(names[0]):
                # The line defines f or f′: the formula that uses it is right.
                formula = ""
            return ExplainedMistake(mistake.name, does, names, formula, right, wrong, in_numpy, is_example, names[0])
        if RATE in text.about:
            line, wrong = (
                self._lines.rate(of.learning_rate, of.schedule, of.rate_count) for of in (self._right, program)
            )
            return ExplainedMistake(mistake.name, does, (), "", line, wrong if detail else "", acts_in=LEARNING_RATE)
        if COUNT in text.about:
            return ExplainedMistake(mistake.name, does, (), "", "", "")
        if PACE in text.about:
            return self._of_pace(ExplainedMistake(mistake.name, does, (), "", "", ""), program)
        matrices, is_data = self._beginning_changed(program, text)
        if not matrices:
            return ExplainedMistake(mistake.name, does, (), "", "", "")
        write = self._beginnings.of_data if is_data else self._beginnings.of_start
        right, wrong = write(matrices[0], program, text, detail)
        return ExplainedMistake(mistake.name, does, matrices, "", right, wrong, acts_in=matrices[0])

    def _of_pace(self, one: ExplainedMistake, program: StudentProgram) -> ExplainedMistake:
        """A mistake in what goes on from iteration to iteration: where it acts, and the numbers of the optimizer."""
        right = self._right
        if program.X.shape != right.X.shape or _numbers_of(program)["batches"] != _numbers_of(right)["batches"]:
            line, wrong = _lines_of_batches(right, program)
            return replace(one, matrices=("X",), acts_in="X", right=line, wrong=wrong)
        if (program.schedule, program.rate_count) != (right.schedule, right.rate_count):
            lines = [self._lines.rate(of.learning_rate, of.schedule, of.rate_count) for of in (right, program)]
            return replace(one, right=lines[0], wrong=lines[1], acts_in=LEARNING_RATE)
        acts_in = next((each.name for each in right.formulas if each.step.kind in STEPS_OF_UPDATE), "")
        if program.optimizer.name != right.optimizer.name and acts_in:
            formula = self._notation.formula(self._formulas[acts_in])
            return replace(one, right=self.line_of(acts_in), formula=formula, acts_in=acts_in)
        used = UPDATE_RULES[right.optimizer.name].uses
        theirs = {name: getattr(program.optimizer, name) for name in used}
        ours = {name: getattr(right.optimizer, name) for name in used}
        others = [name for name in used if theirs[name] != ours[name]]
        lines = ["\n".join(f"{name} <- {shortest_text(of[name])}" for name in others) for of in (ours, theirs)]
        return replace(one, right=lines[0], wrong=lines[1], acts_in=acts_in)

    def _beginning_changed(self, program: StudentProgram, text: MistakeText) -> tuple[tuple[str, ...], bool]:
        """The matrices with which the program begins otherwise, and whether they are the data."""
        tables = {"X": (program.X, self._right.X), "Y": (program.Y, self._right.Y)}
        data = tuple(name for name, (theirs, ours) in tables.items() if not np.array_equal(theirs, ours))
        start = tuple(
            name
            for name, matrix in self._right.parameters.items()
            if not np.array_equal(program.parameters[name], matrix)
        )
        is_data = bool(data) and (DATA in text.about or not start)
        return data if is_data else start, is_data

    def _changed(self, program: StudentProgram, text: MistakeText) -> list[Equation]:
        """The formulas that the program has otherwise, of the kind that its mistake is about most."""
        every = [
            one
            for one in program.formulas
            if one.name in self._formulas and one.expression != self._formulas[one.name].expression
        ]
        every = [*self._with_effect(every, program)] or every
        for kind in text.about:
            if found := [one for one in every if one.step.kind == kind]:
                return found
        return [] if {DATA, START, RATE, COUNT, PACE} & set(text.about) else every

    def _with_effect(self, changed: Iterable[Equation], program: StudentProgram) -> Iterator[Equation]:
        """The formulas that give other numbers than the right ones do, in iteration 1 of the program.

        The sum of all of δ is the sum of its column, where it has only one.
        """
        try:
            values = ProgramRun(program, Work(_WORK, 0)).at(1)
        except (ProgramStopped, OutOfWork, TooLong):
            return
        for one in changed:
            try:
                right = self._formulas[one.name].expression.value(values)
            except (ValueError, KeyError):
                yield one
                continue
            theirs = np.asarray(values[one.name])
            is_alike = theirs.shape == np.shape(right) or (theirs.size == np.size(right) == 1)
            if not (is_alike and np.allclose(theirs, right, rtol=_SAME, atol=0, equal_nan=True)):
                yield one

    def _of_formula(self, wrong: Equation, right: Equation, text: MistakeText, detail: str) -> tuple[str, str, str]:
        """The right line of a formula, the wrong one, and that in numpy; "" for a wrong one of which nothing is known.

        A function with a slip is shown where the program defines it.
        """
        line = self.line_of(right.name)
        if text.r or text.numpy:
            return line, self._filled_in(text.r, right, detail), self._filled_in(text.numpy, right, detail)
        activation = activation_in(right.expression)
        slip = next((one for one in functions_in(wrong.expression) if isinstance(one, Mistyped)), None)
        if slip and activation:
            return *self._lines.definitions(activation, slip), ""
        if early := updated_before(wrong.expression, right.expression):
            updates = [self.line_of(f"{name}_next").replace("_next", "", 1) for name in early]
            return "\n".join([line, *updates]), "\n".join([*updates, line]), ""
        expression = plainly_written(wrong.expression, self._right.rows)
        if repeats_cells(expression, self._shapes) and (in_numpy := self._in_numpy(wrong.name, expression)):
            return line, "", in_numpy
        try:
            code = self._lines.formula(expression)
        except TypeError:
            return line, "", self._in_numpy(wrong.name, expression)
        for found, instead in _OTHER_WORDS:
            code = code.replace(found, instead)
        written = f"{wrong.name} <- {_OF_NEW_PASS.sub('_again', code)}"
        if other := in_terms_of_a(wrong.expression, right.expression, self._right):
            line = f"{right.name} <- {self._lines.formula(other)}"
        return line, "" if written == line else written, ""

    def _in_numpy(self, name: str, expression: Expression) -> str:
        try:
            return f"{name} = {self._lines.formula_in_numpy(expression)}"
        except TypeError:
            return ""

    def _filled_in(self, line: str, equation: Equation, detail: str) -> str:
        """A line of a `MistakeText` with the names of the layer's matrices."""
        last = len(self._document.network.layers)
        layer = _layer(equation, last)
        activated = [
            one.expression.activation
            for one in self._right.formulas
            if isinstance(one.expression, Activated) and _layer(one, last) == layer
        ]
        names = {
            "Z": f"Z{layer}",
            "A": "Y_hat" if layer == last else f"A{layer}",
            "delta": f"delta{layer}",
            "W": f"W{layer - 1}",
            "b": f"b{layer - 1}",
            "before": "X" if layer == 2 else f"A{layer - 1}",
            "f": activated[0].replace(" ", "_") if activated else "f",
            "name": equation.name,
            "right": self._lines.formula(equation.expression),
            "detail": detail,
        }
        return line.format_map(names)


def _lines_of_batches(right: StudentProgram, program: StudentProgram) -> tuple[str, str]:
    """The right line and the wrong one of a program that deals its rows otherwise; "" where it is no line."""
    ours, theirs = right.epochs, program.epochs
    if ours.rows != theirs.rows:
        return "", ""
    lines = [f"batch_size <- {ours.batch_size}", f"batch_size <- {theirs.batch_size}"]
    if lines[0] == lines[1] and type(ours) is type(theirs):
        lines = [_order_of(ours), _order_of(theirs)]
    return (lines[0], lines[1]) if lines[0] != lines[1] else ("", "")


def _order_of(epochs: Epochs) -> str:
    if epochs.batches.order == LISTED:
        return "epoch_rows <- 1:n"
    return f"set.seed({epochs.batches.seed}); epoch_rows <- sample(n)"


def _numbers_of(program: StudentProgram) -> dict[str, object]:
    """The numbers of a program besides its matrices: its rate, how it deals its rows, what it counts."""
    dealing = program.epochs
    return {
        "rate": program.learning_rate,
        "offset": program.offset,
        "batches": (type(dealing), dealing.rows, dealing.batches),
        "schedule": (program.schedule, program.rate_count),
        "optimizer": program.optimizer,
        "power": program.power_count,
        "cleared": program.cleared,
        "carried": tuple(program.carried.items()),
    }


def _layer(equation: Equation, last: int) -> int:
    """The layer whose Z, A and δ belong to an equation."""
    digits = "".join(char for char in equation.name.removesuffix("_next") if char.isdigit())
    if not digits:
        return last
    is_parameter = equation.step.kind in (StepKind.DJDW, StepKind.DJDB, *STEPS_OF_UPDATE)
    return int(digits) + is_parameter


def within(difference: float, minus: str) -> str:
    """How far the numbers of a program are from those given, as the end of a sentence."""
    return "exactly" if difference < _ROUNDING else f"to within {difference:.1g}".replace("-", minus)


def other_iteration(explanations: Iterable[Explanation], iterations: tuple[int, ...]) -> int | None:
    """The iteration whose numbers these are, if one of the explanations says so.

    ``iterations`` are those of which the numbers were taken to be.
    """
    offsets = (one.program.offset for one in explanations if len(one.mistakes) == 1 and one.program.offset)
    offset = next(offsets, 0)
    return iterations[0] + offset if offset and len(iterations) == 1 else None
