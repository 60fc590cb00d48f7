"""While a number is asked for, none in sight is the same: not with another sign, not N times or 1/N times as large."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.helpers import dataset, random_problem
from tests.unit.strategies import networks
from tui_nn.network import Network, Parameters, Penalty, Start, named_shapes
from tui_nn.network.formulas.explain import ERROR, SourceCells, explain
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.session.document import Document
from tui_nn.session.quiz.hidden_numbers import HiddenNumbers, hidden_at
from tui_nn.session.quiz.questions import Question
from tui_nn.session.state import State


class _Asked(NamedTuple):
    network: Network
    given_x: Array
    """Cells of X; NaN where X is drawn."""
    cell: Cell

    @property
    def rows(self) -> int:
        return len(self.given_x)


@st.composite
def _asked(draw: st.DrawFn) -> _Asked:
    """Any number of any network, for data with many inputs of 0 and 1."""
    network, rows = draw(networks(most_units=3, is_penalised=False)), draw(st.integers(1, 3))
    penalty = draw(st.sampled_from((Penalty(), Penalty(l2=0.1), Penalty(0.0, 0.1, True))))
    network = replace(network, penalty=penalty, optimizer=Optimizer(draw(st.sampled_from([*UPDATE_RULES]))))
    inputs = network.layers[0]
    cells = draw(st.lists(st.sampled_from((np.nan, 0.0, 1.0)), min_size=rows * inputs, max_size=rows * inputs))
    x = np.array(cells).reshape(rows, inputs)
    # Rows that are alike have the same numbers, and inputs that are alike the same slopes: a student may use that.
    assume(not _has_twins([*x]) and (rows == 1 or not _has_twins([*x.T, np.ones(rows)])))
    # Where an input is 0 in all rows, no update changes its weights. Without biases, the sums of a row of zeros are 0.
    assume(x.any(axis=0).all() and (network.bias or x.any(axis=1).all()))
    shapes = named_shapes(network, rows)
    # The update leaves a fixed parameter as it is, which is what a question about it is to show.
    fixed = {f"{name}_next" for name in network.fixed}
    name = draw(st.sampled_from([name for name in shapes if name not in {"X", *fixed}]))
    row, column = (draw(st.integers(1, size)) for size in shapes[name])
    return _Asked(network, x, Cell(name, row, column))


def _has_twins(lines: list[Array]) -> bool:
    """Whether two of the lines are the same."""
    return any((one == other).all() for one, other in combinations(lines, 2))


def _document(network: Network, given_x: Array, seed: int) -> Document:
    problem = random_problem(network, len(given_x), seed)
    # Without negative ones, no unit is silent.
    weights = np.random.default_rng(seed).uniform(0.1, 1.0, network.size)
    x = np.where(np.isnan(given_x), problem.dataset.x, given_x)
    return Document(
        title="asked",
        dataset=dataset(x, problem.dataset.y),
        hidden=network.layers[1:-1],
        activation=network.activation,
        output_activation=network.output_activation,
        bias=network.bias,
        fixed=network.fixed,
        start=Start("given", given=Parameters.from_flat(network, weights)),
        cost=network.cost,
        reduction=network.reduction,
        l1=network.penalty.l1,
        l2=network.penalty.l2,
        penalise_biases=network.penalty.on_biases,
        optimizer=network.optimizer.name,
        iterations=2,
    )


def _matrices(document: Document) -> dict[str, Array]:
    run = document.trajectory()
    run.extend(1)
    computed = run.pass_at(1)
    matrices = {name: computed[name] for name in named_shapes(document.network, document.dataset.rows)}
    return matrices | {ERROR: matrices["Y"] - matrices["Y_hat"]}


def _hidden(document: Document, ask: str, cell: Cell) -> HiddenNumbers:
    opened = State.opened(document)
    question = Question(ask, cell.name, 1, row=cell.row, column=cell.column)
    return hidden_at(State(opened.branches, opened.step, questions={1: question}, last_question=1), 1)


def _sources(document: Document, cell: Cell) -> Iterator[SourceCells]:
    """What the cell is computed from: z for a = f(z), and what z is computed from, too."""
    if cell.name in ("X", "Y") or cell.name in document.network.shapes:
        return
    for area in explain(document.network, document.dataset, cell, document.moment(1)).areas:
        yield area
        if area.name in document.network.fixed:
            yield replace(area, name=f"{area.name}_next")
        if area.row and area.column:
            yield from _sources(document, Cell(area.name, area.row, area.column))


def _is_seen(hidden: HiddenNumbers, sources: tuple[SourceCells, ...], cell: Cell) -> bool:
    """Whether the cell can be seen; it does not count if what is asked for is computed from it."""
    names = ("Y", "Y_hat", ERROR) if cell.name == ERROR else (cell.name,)
    return not any(hidden.has_cell(name, cell.row, cell.column) for name in names) and not any(
        cell in one for one in sources
    )


def _telling(asked: _Asked, matrices: dict[str, Array]) -> list[float]:
    """The number asked for, and what is one subtraction away from it."""
    cell = asked.cell
    number = cell.value(matrices)
    found = [number]
    if cell.name in ("Y", "Y_hat"):
        found.append(Cell(ERROR, cell.row, cell.column).value(matrices))
        found += [1 - number] if asked.network.output_activation == "softmax" else []
    return found


def _tells(number: float, other: float, rows: int) -> bool:
    return any(abs(abs(number) * factor - abs(other)) <= 1e-9 * abs(other) for factor in (1, rows, 1 / rows))


@given(_asked(), st.sampled_from(("cell", "sign")))
def test_no_number_in_sight_tells_the_one_asked_for(asked: _Asked, ask: str) -> None:
    documents = [_document(asked.network, asked.given_x, seed) for seed in range(1, 5)]
    draws = [_matrices(document) for document in documents]
    secrets = [one for one in zip(*(_telling(asked, draw) for draw in draws), strict=True) if _varies(one)]
    hidden = _hidden(documents[0], ask, asked.cell)
    sources = (*_sources(documents[0], asked.cell),)
    for name, matrix in draws[0].items():
        for row, column in np.ndindex(matrix.shape):
            cell = Cell(name, row + 1, column + 1)
            if cell == asked.cell or not _is_seen(hidden, sources, cell):
                continue
            # What is alike with any weights and data is not so by chance.
            values = [cell.value(draw) for draw in draws]
            for secret in secrets:
                told = all(_tells(one, other, asked.rows) for one, other in zip(values, secret, strict=True))
                assert not told, (asked.cell, cell)


def _varies(numbers: tuple[float, ...]) -> bool:
    """Whether a number depends on weights and data: 0 of a silent unit is no secret."""
    return 0.0 not in numbers and len(set(numbers)) == len(numbers)


def test_what_the_optimizer_keeps_is_hidden_in_the_iterations_beside_too() -> None:
    document = Document(optimizer="momentum")
    for asked, at, seen_at, tells in (
        ("V_W1", 3, 3, "V_W1"),
        ("V_W1", 3, 4, "V_W1_previous"),
        ("V_W1_previous", 3, 2, "V_W1"),
        ("dJdW1", 3, 3, "V_W1"),
    ):
        state = State.opened(document)
        question = Question("cell", asked, at, row=2, column=3)
        asking = State(state.branches, state.step, questions={1: question}, last_question=1)
        assert hidden_at(asking, seen_at).has_cell(tells, 2, 3)
        assert not hidden_at(asking, seen_at).has_cell(tells, 1, 3)
        assert not hidden_at(asking, 7).matrices
