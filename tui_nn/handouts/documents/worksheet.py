"""A worked iteration before it is written in any language: every sentence, formula and number that stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.matrix_grids import Operands, PaperMatrix, grid, is_cut, operands, paper_format, places
from tui_nn.network import Dataset, Equation, Pass, Run, Step, StepKind, equations, matrix_shapes, predict, steps
from tui_nn.network.formulas.explain import explain, numbers
from tui_nn.network.formulas.expression import Expression, Shape
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.state import State
from tui_nn.writing.formulas.cell_explanation import Explained, explained
from tui_nn.writing.notation.number_format import Format, grouped, r_columns, shortest
from tui_nn.writing.notation.signs import UNICODE, FormulaBlock, Glyph, Notation, Token
from tui_nn.writing.sentences.steps_and_errors import step_sentence

_NO_TITLE = "A worked iteration"
_MOST_COLUMNS = 9
# About as many characters as a table on paper has room for, and what stands between its columns.
_WIDTH, _GAP = 84, 3


@dataclass(frozen=True, eq=False)
class Worked:
    """One equation with its numbers: ``formula`` is all of it, ``parts`` its right side, to be broken between them."""

    name: str
    formula: tuple[Token, ...]
    parts: tuple[tuple[Token, ...], ...]
    shapes: Mapping[str, Shape]
    operands: Operands
    result: PaperMatrix
    cell: Explained

    @property
    def may_differ(self) -> bool:
        """Whether the last digit of a result may come out differently with the numbers shown."""
        return self.operands.may_differ or self.cell.rounded


@dataclass(frozen=True, eq=False)
class WorkedStep:
    """A step with its sentence, the teacher's remarks, and its equations."""

    number: int
    name: str
    sentence: str
    notes: tuple[str, ...]
    equations: tuple[Worked, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A table with headings; None is a row of dots."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...] | None, ...]


@dataclass(frozen=True, eq=False)
class Worksheet:
    """All of it, in order. ``predictions``, a table for each output, are none where they are not reached."""

    title: str
    iteration: str
    data: Table
    scaling: tuple[str, ...]
    scaled: tuple[tuple[str, PaperMatrix], ...]
    network: tuple[str, ...]
    origin: tuple[str, ...]
    weights: tuple[tuple[str, PaperMatrix], ...]
    steps: tuple[WorkedStep, ...]
    left_out: str
    predictions: tuple[Table, ...]
    remarks: tuple[str, ...]


def worksheet(state: State, run: Run, iteration: int, step: Step | None) -> Worksheet:
    """The iteration of the run that ``state`` shows, up to and with ``step`` where that is given."""
    document = state.course.at(iteration)
    return _Maker(state, document, run.pass_at(iteration), iteration, step).worksheet()


@dataclass(frozen=True, eq=False)
class _Maker:
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
        worked = tuple(self._step(step, number, formats) for number, step in enumerate(reached, start=1))
        scaled = tuple((name, grid(self.computed[name], formats[name])) for name in ("X", "Y"))
        weights = tuple((notation.name(name), grid(self.computed[name], formats[name])) for name in network.shapes)
        table = _data(data)
        is_large = any(is_cut(shape) for shape in matrix_shapes(network, data.rows).values()) or "⋯" in table.headings
        last = grouped(self.state.course.document.iterations)
        return Worksheet(
            title=self.document.title or _NO_TITLE,
            iteration=f"Iteration {grouped(self.iteration)} of {last}",
            data=table,
            scaling=(
                handout_sentences.scaling_sentence("x", data.x_scaling, data.x_divisors, data.x_names),
                handout_sentences.scaling_sentence("y", data.y_scaling, data.y_divisors, data.y_names),
            ),
            scaled=scaled,
            network=tuple(handout_sentences.network_sentences(network, data.rows, notation)),
            origin=tuple(handout_sentences.origin_sentences(self.state.course, self.iteration, notation)),
            weights=weights,
            steps=worked,
            left_out=", ".join(_called(step, notation) for step in every[len(reached) :]),
            predictions=self._predictions(reached),
            remarks=(handout_sentences.DIGITS, *((handout_sentences.CUT,) if is_large else ())),
        )

    @property
    def notation(self) -> Notation:
        return UNICODE.of(self.document.network)

    def _step(self, step: Step, number: int, formats: Mapping[str, Format]) -> WorkedStep:
        document, notation = self.document, self.notation
        here = replace(self.state, iteration=self.iteration, step=step)
        return WorkedStep(
            number,
            _called(step, notation),
            step_sentence(step, document.network, notation, document.learning_rate),
            here.notes_here,
            tuple(self._worked(one, formats) for one in equations(document.network) if one.step == step),
        )

    def _worked(self, equation: Equation, formats: Mapping[str, Format]) -> Worked:
        document, notation, name = self.document, self.notation, equation.name
        formula = tuple(notation.equation(equation))
        right = [self._with_rate(token) for token in formula[2:]]
        blocks: list[Expression] = [token.expression for token in right if isinstance(token, FormulaBlock)]
        known = numbers(document.dataset, self.computed.matrices)
        explanation = explain(document.network, document.dataset, Cell(name, 1, 1), document.learning_rate)
        return Worked(
            name,
            formula,
            tuple(_parts(right, notation)),
            matrix_shapes(document.network, document.dataset.rows),
            operands(equation.expression, blocks, self.computed.matrices, formats, name),
            grid(self.computed[name], formats[name]),
            explained(explanation, known, notation, formats=formats),
        )

    def _with_rate(self, token: Token) -> Token:
        """With the number of the learning rate in its place."""
        if isinstance(token, FormulaBlock):
            return token
        return Glyph(token.text.replace(self.notation.learning_rate, shortest(self.document.learning_rate)))

    def _predictions(self, reached: tuple[Step, ...]) -> tuple[Table, ...]:
        kinds = [step.kind for step in reached]
        if StepKind.Y_HAT not in kinds:
            return ()
        data, network = self.document.dataset, self.document.network
        columns = {"before the update": data.in_units(self.computed["Y_hat"])}
        if StepKind.UPDATE in kinds:
            after = predict(network, data.X, self.computed.next_parameters)
            columns["after it"] = data.in_units(after)
        outputs = places(data.outputs)
        return tuple(_predictions(data, output, columns) for output in outputs if output is not None)


def _called(step: Step, notation: Notation) -> str:
    return "the update" if step.kind is StepKind.UPDATE else notation.name(step.name)


def _parts(right: list[Token], notation: Notation) -> Iterator[tuple[Token, ...]]:
    """The right side of an equation in parts, each but the first beginning with the sign before it."""
    between = {notation.product, notation.hadamard, notation.minus, "+"}
    part: list[Token] = []
    depth = 0
    for token in right:
        if isinstance(token, Glyph):
            if depth == 0 and token.text in between and part:
                yield tuple(part)
                part = []
            depth += token.text.count("(") - token.text.count(")")
        part.append(token)
    yield tuple(part)


def _data(data: Dataset) -> Table:
    """The data as typed in, cut with dots where its rows or its columns have no room."""
    table, names = np.hstack((data.x, data.y)), ("row", *data.x_names, *data.y_names)
    numbers_of = [row for row in places(len(table)) if row is not None]
    written = [(str(row + 1), *map(_typed, table[row].tolist())) for row in numbers_of]
    widths = [max(map(len, column)) + _GAP for column in zip(*written, strict=True)]
    room = _WIDTH - widths[-1] - len("⋯") - _GAP
    first = min(_MOST_COLUMNS - 2, sum(1 for width in accumulate(widths[:-1]) if width <= room))
    fits = sum(widths) <= _WIDTH and len(names) <= _MOST_COLUMNS
    shown = places(len(names), len(names) if fits else 2, max(2, first))
    cells = iter(tuple("⋯" if column is None else row[column] for column in shown) for row in written)
    rows = tuple(None if row is None else next(cells) for row in places(len(table)))
    return Table(tuple("⋯" if column is None else names[column] for column in shown), rows)


def _typed(value: float) -> str:
    return shortest(value).replace("-", "−")


def _predictions(data: Dataset, output: int, columns: Mapping[str, Array]) -> Table:
    """One column of y as typed in, and its predictions in its units."""
    shown = places(data.rows)
    rows = [row for row in shown if row is not None]
    cells = [[str(row + 1) for row in rows], [_typed(value) for value in data.y[rows, output].tolist()]]
    for values in columns.values():
        written = r_columns(values[rows, output : output + 1])
        cells.append([cell.strip().replace("-", "−") for (cell,) in written])
    lines = iter(zip(*cells, strict=True))
    headings = ("row", data.y_names[output], *(f"Ŷ {when}" for when in columns))
    return Table(headings, tuple(None if row is None else next(lines) for row in shown))
