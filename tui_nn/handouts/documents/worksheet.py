"""The content of a worked iteration, before it becomes Markdown, HTML or LaTeX: its sentences, formulas and numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.class_results import ClassResults, class_results
from tui_nn.handouts.documents.network_figure import NetworkFigure, network_figure
from tui_nn.handouts.documents.paper_matrices import (
    Operands,
    PaperMatrix,
    PaperTable,
    is_cut,
    operands,
    paper_format,
    paper_matrix,
    shown_indices,
)
from tui_nn.language import _
from tui_nn.network import Dataset, Equation, Pass, Run, Step, StepKind, equations, matrix_shapes, predict, steps
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.expression import Expression, Shape
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import SETTINGS
from tui_nn.session.document import Document
from tui_nn.session.state import State
from tui_nn.writing.formulas.cell_explanation import CellExplanation, explain_cell, rounding_sentence
from tui_nn.writing.notation.cost_text import floor_sentence
from tui_nn.writing.notation.number_format import Format, group_digits, r_columns, rounded_text, shortest_text
from tui_nn.writing.notation.schedule_text import rate_text
from tui_nn.writing.notation.signs import UNICODE, FormulaBlock, Glyph, Notation, Token
from tui_nn.writing.sentences.steps_and_errors import step_sentence, step_title

_NO_TITLE = _("A worked iteration")
_MOST_COLUMNS = 9
# In characters: the width of a table on paper, and the gap between its columns.
_WIDTH, _GAP = 84, 3


@frozen_dataclass(eq=False)
class WorkedEquation:
    """One equation with its numbers.

    ``formula`` is the whole equation, ``parts`` its right side in parts, between which a line may be broken.
    ``on_digits`` says why a reader who computes with these numbers may get another last digit; "" if not.
    """

    name: str
    formula: tuple[Token, ...]
    parts: tuple[tuple[Token, ...], ...]
    shapes: Mapping[str, Shape]
    operands: Operands
    result: PaperMatrix
    cell: CellExplanation
    on_digits: str


@frozen_dataclass(eq=False)
class WorkedStep:
    """A step with its sentence, the teacher's notes, and its equations."""

    number: int
    name: str
    sentence: str
    notes: tuple[str, ...]
    equations: tuple[WorkedEquation, ...]


@frozen_dataclass(eq=False)
class Worksheet:
    """All parts of a worked iteration, in order.

    ``predictions`` has a table for each output. If the worksheet ends before Ŷ, it is empty, and ``classes`` is None;
    ``classes`` is None, too, if the data have no classes. ``left_out`` is a sentence on the steps after its end, "" if
    there are none.
    """

    title: str
    iteration: str
    data: PaperTable
    scaling: tuple[str, ...]
    scaled: tuple[tuple[str, PaperMatrix], ...]
    network: tuple[str, ...]
    figure: NetworkFigure | None
    origin: tuple[str, ...]
    weights: tuple[tuple[str, PaperMatrix], ...]
    steps: tuple[WorkedStep, ...]
    left_out: str
    predictions: tuple[PaperTable, ...]
    classes: ClassResults | None
    footnotes: tuple[str, ...]


def worksheet(state: State, run: Run, iteration: int, step: Step | None) -> Worksheet:
    """Works out ``iteration`` of the run that ``state`` shows, up to and including ``step``, if it is given."""
    document = state.plan.document_at(iteration)
    return _WorksheetBuilder(state, document, run.pass_at(iteration), iteration, step).worksheet()


@frozen_dataclass(eq=False)
class _WorksheetBuilder:
    state: State
    document: Document
    computed: Pass
    iteration: int
    step: Step | None

    def worksheet(self) -> Worksheet:
        data, network, notation = self.document.dataset, self.document.network, self.notation
        every = steps(network)
        reached = every[: every.index(self.step) + 1] if self.step else every
        formats = {name: paper_format(matrix) for name, matrix in self.computed.matrices.items()}
        worked = tuple(self._worked_step(step, number, formats) for number, step in enumerate(reached, start=1))
        scaled = tuple((name, paper_matrix(self.computed[name], formats[name])) for name in ("X", "Y"))
        weights = tuple(
            (notation.name(name), paper_matrix(self.computed[name], formats[name])) for name in network.shapes
        )
        table = _data_table(data)
        shapes = matrix_shapes(network, self.computed.data.rows).values()
        is_large = any(map(is_cut, shapes)) or "⋯" in table.headings
        last = group_digits(self.state.plan.document.iterations)
        return Worksheet(
            title=self.document.title or _NO_TITLE,
            iteration=_("Iteration {iteration} of {last}", iteration=group_digits(self.iteration), last=last),
            data=table,
            scaling=(
                handout_sentences.scaling_sentence("x", data),
                handout_sentences.scaling_sentence("y", data),
                *handout_sentences.rows_sentences(self.document, self.iteration),
            ),
            scaled=scaled,
            network=tuple(handout_sentences.network_sentences(network, data, notation)),
            figure=network_figure(network, self.computed.matrices, frozenset({"X", *(one.name for one in reached)})),
            origin=tuple(handout_sentences.origin_sentences(self.state.plan, self.iteration, notation)),
            weights=weights,
            steps=worked,
            left_out=handout_sentences.left_out_sentence(
                [step_title(step, notation) for step in every[len(reached) :]]
            ),
            predictions=self._predictions(reached),
            classes=self._classes(reached),
            footnotes=(handout_sentences.DIGITS, *((handout_sentences.CUT,) if is_large else ())),
        )

    @property
    def notation(self) -> Notation:
        return UNICODE.for_network(self.document.network)

    def _worked_step(self, step: Step, number: int, formats: Mapping[str, Format]) -> WorkedStep:
        document, notation = self.document, self.notation
        here = replace(self.state, iteration=self.iteration, step=step)
        return WorkedStep(
            number,
            step_title(step, notation),
            self._step_sentence(step),
            here.notes_here,
            tuple(
                self._worked_equation(equation, formats)
                for equation in equations(document.network)
                if equation.step == step
            ),
        )

    def _step_sentence(self, step: Step) -> str:
        network, notation = self.document.network, self.notation
        rate = rate_text(self.document, self.iteration, notation)
        sentence = step_sentence(step, network, notation, rate)
        floor = floor_sentence(network, self.computed["Y"], notation) if step.kind is StepKind.COST else ""
        return f"{sentence} {floor}".rstrip()

    def _worked_equation(self, equation: Equation, formats: Mapping[str, Format]) -> WorkedEquation:
        document, notation, name = self.document, self.notation, equation.name
        formula = tuple(notation.equation(equation))
        right = [self._with_numbers(token) for token in formula[2:]]
        blocks: list[Expression] = [token.expression for token in right if isinstance(token, FormulaBlock)]
        known = numbers(document.dataset, self.computed.matrices)
        explanation = explain(document.network, document.dataset, Cell(name, 1, 1), document.moment(self.iteration))
        with_rate = {**self.computed.matrices, LEARNING_RATE: np.array([[float(self._rate)]])}
        inserted = operands(equation.expression, blocks, with_rate, formats, name)
        cell = explain_cell(explanation, known, notation, formats=formats)
        on_digits = handout_sentences.NOT_TO_THE_DIGIT if inserted.may_differ or cell.rounded else ""
        if cell.rounded and (cell.has_logarithms or cell.has_exponentials):
            on_digits = rounding_sentence(cell, document.network, notation)
        return WorkedEquation(
            name,
            formula,
            tuple(_split_at_operators(right, notation)),
            matrix_shapes(document.network, self.computed.data.rows),
            inserted,
            paper_matrix(self.computed[name], formats[name]),
            cell,
            on_digits,
        )

    def _with_numbers(self, token: Token) -> Token:
        """``token`` with the numbers of the rate, the penalty and the optimizer in place of their signs."""
        if isinstance(token, FormulaBlock):
            return token
        notation, optimizer, text = self.notation, self.document.network.optimizer, token.text
        settings = ((notation.number(name), shortest_text(getattr(optimizer, name))) for name in SETTINGS)
        for sign, number in (
            (notation.learning_rate, self._rate),
            (notation.lambda_1, shortest_text(self.document.l1)),
            (notation.lambda_2, shortest_text(self.document.l2)),
            *settings,
            (notation.power("t"), notation.power(str(self.iteration))),
        ):
            # ½ λ₂ needs no sign between its factors, but ½ · 0.01 does.
            half = f"{notation.half} "
            text = text.replace(half + sign, f"{half}{notation.product} {sign}").replace(sign, number)
        return Glyph(text)

    @property
    def _rate(self) -> str:
        """The learning rate of this iteration, in digits that can be read; a schedule's may have 17."""
        rate = self.document.moment(self.iteration).learning_rate
        return shortest_text(rate) if rate == self.document.learning_rate else rounded_text(rate)

    def _predictions(self, reached: tuple[Step, ...]) -> tuple[PaperTable, ...]:
        kinds = [step.kind for step in reached]
        if StepKind.Y_HAT not in kinds:
            return ()
        data, network = self.document.dataset, self.document.network
        # For translators: the heading of a column of predictions.
        columns = {_("Ŷ before the update"): data.in_units(self.computed["Y_hat"])}
        if StepKind.UPDATE in kinds:
            after = predict(network, self.computed["X"], self.computed.next_parameters)
            columns[_("Ŷ after it")] = data.in_units(after)
        outputs, numbers_of = shown_indices(data.outputs), self.computed.row_numbers
        return tuple(_prediction_table(data, numbers_of, output, columns) for output in outputs if output is not None)

    def _classes(self, reached: tuple[Step, ...]) -> ClassResults | None:
        kinds = [step.kind for step in reached]
        if StepKind.Y_HAT not in kinds:
            return None
        has_cost = StepKind.COST in kinds
        return class_results(self.document.dataset, self.computed, self.notation, has_cost=has_cost)


def _split_at_operators(right: list[Token], notation: Notation) -> Iterator[tuple[Token, ...]]:
    """Splits the right side of an equation before each operator; inside brackets only before a +."""
    between = {notation.product, notation.hadamard, notation.minus, "+"}
    part: list[Token] = []
    depth = 0
    for token in right:
        if isinstance(token, Glyph):
            is_term_in_brackets = depth > 0 and token.text.startswith("+")
            if part and (is_term_in_brackets or (depth == 0 and token.text in between)):
                yield tuple(part)
                part = []
            depth += token.text.count("(") - token.text.count(")")
        part.append(token)
    yield tuple(part)


def _data_table(data: Dataset) -> PaperTable:
    """The data as typed in; dots replace rows and columns for which there is no room."""
    table, names = np.hstack((data.all_x, data.y)), (_("row"), *data.input_names, *data.y_names)
    numbers_of = [row for row in shown_indices(len(table)) if row is not None]
    written = [(str(row + 1), *map(_number_text, table[row].tolist())) for row in numbers_of]
    widths = [max(map(len, column)) + _GAP for column in zip(*written, strict=True)]
    room = _WIDTH - widths[-1] - len("⋯") - _GAP
    first = min(_MOST_COLUMNS - 2, sum(1 for width in accumulate(widths[:-1]) if width <= room))
    fits = sum(widths) <= _WIDTH and len(names) <= _MOST_COLUMNS
    shown = shown_indices(len(names), len(names) if fits else 2, max(2, first))
    cells = iter(tuple("⋯" if column is None else row[column] for column in shown) for row in written)
    rows = tuple(None if row is None else next(cells) for row in shown_indices(len(table)))
    return PaperTable(tuple("⋯" if column is None else names[column] for column in shown), rows)


def _number_text(value: float) -> str:
    return shortest_text(value).replace("-", "−")


def _prediction_table(
    data: Dataset, row_numbers: NDArray[np.intp], output: int, columns: Mapping[str, Array]
) -> PaperTable:
    """One column of y as typed in, and its predictions in the same units, of the rows with these numbers, from 0."""
    shown = shown_indices(len(row_numbers))
    rows = [row for row in shown if row is not None]
    of_data = row_numbers[rows]
    cells = [[str(row + 1) for row in of_data.tolist()], list(map(_number_text, data.y[of_data, output].tolist()))]
    for values in columns.values():
        written = r_columns(values[rows, output : output + 1])
        cells.append([cell.strip().replace("-", "−") for (cell,) in written])
    lines = iter(zip(*cells, strict=True))
    headings = (_("row"), data.y_names[output], *columns)
    return PaperTable(headings, tuple(None if row is None else next(lines) for row in shown))
