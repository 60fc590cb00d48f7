"""Reads an iteration as lines of text, step by step: for screen readers, braille displays and plain terminals.

Nothing stands beside anything else, and each line says what it is about.
"""

from collections.abc import Iterable, Iterator, Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import Step, steps
from tui_nn.network.formulas.equations import SINGLE_NUMBERS, Equation, equations, matrices_by_row, named_shapes
from tui_nn.network.formulas.explain import explain
from tui_nn.network.formulas.expression import Shape
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.model.pace import Moment
from tui_nn.network.training.passes import Pass
from tui_nn.session.document import Document
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State
from tui_nn.writing.formulas.cell_captions import cell_caption, kept_number_origin, weight_origin
from tui_nn.writing.formulas.cell_explanation import explain_cell, number_shown, rounding_sentence
from tui_nn.writing.formulas.cell_formula import FormulaLine, cell_name
from tui_nn.writing.formulas.derivation_text import DerivedLine, derivation_lines
from tui_nn.writing.notation.batch_text import epoch_text, has_batches, rows_text
from tui_nn.writing.notation.number_format import Format, group_digits, matrix_format
from tui_nn.writing.notation.schedule_text import rate_text
from tui_nn.writing.notation.signs import FormulaBlock, Notation
from tui_nn.writing.sentences.steps_and_errors import step_sentence, step_title

_MOST_ROWS = 12
"""Of a matrix with more rows, the first ones are read."""
_MOST_TERMS = 6


@frozen_dataclass(eq=False)
class LinearReading:
    """An iteration, which is computed, in lines of text; ``document`` has the settings in force there."""

    plan: RunPlan
    document: Document
    computed: Pass
    iteration: int
    notation: Notation

    @property
    def steps(self) -> Sequence[Step]:
        """The steps of the iteration."""
        return steps(self.document.network)

    @property
    def moment(self) -> Moment:
        """The rate and the rows of the iteration."""
        return self.document.moment(self.iteration)

    def beginning(self) -> Iterator[str]:
        """Where the iteration stands in the run, its data, and the weights that it begins with."""
        last = group_digits(self.document.iterations)
        dash = "–" if self.notation.unicode else "-"
        iteration = group_digits(self.iteration)
        if has_batches(self.document):
            yield _(
                "Iteration {iteration} of {last}, {epoch}, {rows}.",
                iteration=iteration,
                last=last,
                epoch=epoch_text(self.document, self.iteration),
                rows=rows_text(self.moment, dash),
            )
        else:
            yield _("Iteration {iteration} of {last}.", iteration=iteration, last=last)
        yield _("The learning rate is {rate}.", rate=self._rate.removeprefix(f"{self.notation.equals} "))
        for name in ("X", "Y", *self.document.network.shapes):
            yield from self._matrix(name)

    def step(self, number: int) -> Iterator[str]:
        """Step ``number``, counted from 0: what it computes, its formula, its numbers, and one of them worked out."""
        step, network = self.steps[number], self.document.network
        title = step_title(step, self.notation)
        yield _("Step {number} of {last}: {title}.", number=number + 1, last=len(self.steps), title=title)
        yield step_sentence(step, network, self.notation, self._rate)
        for equation in self.equations_of(step):
            yield f"{self.notation.formula(equation)}"
            yield self._shapes_in(equation)
            yield from self._matrix(equation.name)
        worked = next((self._worked(one.name, 1, 1) for one in self.equations_of(step)), "")
        if worked:
            yield worked

    def cell(self, name: str, row: int, column: int) -> Iterator[str]:
        """Where the number in a cell comes from. The row is that of the matrix, from 1."""
        cell = Cell(name, row, column)
        caption = cell_caption(cell, self.document, self.moment)
        yield f"{cell_name(cell, self.notation)}{f': {caption}' if caption else ''}."
        explanation = explain(self.document.network, self.document.dataset, cell, self.moment)
        if explanation.scalar is None:
            yield _("It is {number}.", number=number_shown(cell, self.computed.matrices, self.notation))
            is_kept = name not in (*self.document.network.shapes, "X", "Y")
            yield kept_number_origin(self.iteration) if is_kept else weight_origin(cell, self.plan, self.iteration)
            return
        found = explain_cell(explanation, self.computed.matrices, self.notation, _MOST_TERMS)
        for line in found.lines:
            yield f"{found.name} {self.notation.equals} {_text(line)}"
        yield f"{found.name} {self.notation.equals} {found.result}"
        if found.left_out:
            yield ngettext(
                "The sum has {terms} more term; the lines above show their total.",
                "The sum has {terms} more terms; the lines above show their total.",
                found.left_out,
                terms=found.left_out,
            )
        if found.rounded:
            yield rounding_sentence(found, self.document.network, self.notation)

    def derivation(self, step: Step) -> Iterator[str]:
        """Why the formula of a step is as it is: numbered lines, each with a sentence and a formula."""
        shapes = named_shapes(self.document.network, len(self.computed["X"]))
        return numbered(derivation_lines(self.document.network, step, self.notation, shapes))

    def equations_of(self, step: Step) -> list[Equation]:
        """The equations that a step computes, in their order."""
        return [one for one in equations(self.document.network) if one.step == step]

    def _matrix(self, name: str) -> Iterator[str]:
        """A matrix, a line for each of its rows."""
        values, called = self.computed[name], self.notation.name(name)
        number_format = matrix_format(values, self.notation.minus, 0, self.notation.digits)
        if name in SINGLE_NUMBERS or values.size == 1:
            yield f"{called} {self.notation.equals} {number_format(float(values[0, 0])).strip()}"
            return
        rows, columns = values.shape
        size = (
            ngettext("{rows} row", "{rows} rows", rows, rows=rows),
            ngettext("{columns} column", "{columns} columns", columns, columns=columns),
        )
        yield f"{', '.join((called, *size))}:"
        for number, row in enumerate(values[:_MOST_ROWS], start=1):
            head = _("row {number}", number=self._row(name, number))
            yield f"  {head}: {_numbers(row, number_format)}"
        if rows > _MOST_ROWS:
            more = rows - _MOST_ROWS
            yield "  " + ngettext("and {rows} more row", "and {rows} more rows", more, rows=more)

    def _row(self, name: str, row: int) -> int:
        """The number of a row: that in the data, if the matrix has a row for each row of the data."""
        return self.moment.row_of_data(row) if name in matrices_by_row(self.document.network) else row

    def _shapes_in(self, equation: Equation) -> str:
        """The shapes of the matrices in a formula, in its order: ``Z2 is 3 by 3, X 3 by 2, W1 2 by 3.``"""
        shapes = named_shapes(self.document.network, len(self.computed["X"]))
        blocks = (token for token in self.notation.equation(equation) if isinstance(token, FormulaBlock))
        shape_of = {block.label: _by(block.expression.shape(shapes)) for block in blocks}
        (first, shape), *others = shape_of.items()
        # For translators: how large the matrices of a formula are: Z2 is 3 by 3, X 3 by 2, W1 2 by 3.
        begin = _("{matrix} is {shape}", matrix=first, shape=shape)
        return ", ".join([begin, *(f"{called} {its_shape}" for called, its_shape in others)]) + "."

    def _worked(self, name: str, row: int, column: int) -> str:
        """A cell worked out in numbers; "" where it has no formula of its own."""
        cell = Cell(name, row, column)
        explanation = explain(self.document.network, self.document.dataset, cell, self.moment)
        if explanation.scalar is None:
            return ""
        found = explain_cell(explanation, self.computed.matrices, self.notation, _MOST_TERMS)
        line = found.worked_out if len(found.worked_out) > 1 else found.figures
        return f"{found.name} {self.notation.equals} {_text(line)} {self.notation.equals} {found.result}"

    @property
    def _rate(self) -> str:
        return rate_text(self.document, self.iteration, self.notation)


def numbered(derivation: Iterable[DerivedLine]) -> Iterator[str]:
    """The lines of a derivation with their numbers: each a sentence, and the formula that it leads to."""
    for number, line in enumerate(derivation, start=1):
        yield f"{number}. {line.sentence}"
        yield f"   {line.formula}"


def note_sentences(state: State) -> Iterator[str]:
    """The notes of the teacher at the step that ``state`` shows."""
    return (_("Note: {note}", note=note) for note in state.notes_here)


def _numbers(row: Array, number_format: Format) -> str:
    return "  ".join(number_format(float(value)).strip() for value in row)


def _by(shape: Shape) -> str:
    return _("{rows} by {columns}", rows=group_digits(shape[0]), columns=group_digits(shape[1]))


def _text(line: FormulaLine) -> str:
    return "".join(piece.text for piece in line)
