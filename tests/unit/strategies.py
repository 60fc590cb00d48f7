"""Random networks, documents and edits for hypothesis."""

from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from tui_nn.network import ACTIVATIONS, Dataset, Network, Parameters, Scaling, Start
from tui_nn.network.array import Array
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    ChartChosen,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    Edit,
    Event,
    HyperparameterSet,
    Moved,
    Redone,
    RowAdded,
    RowRemoved,
    Table,
    Undone,
)
from tui_nn.session.state import CHARTS, State

activations = st.sampled_from(tuple(ACTIVATIONS))
finite = st.floats(allow_nan=False, allow_infinity=False)
# A quotient of two of these is finite.
divisible = st.just(0.0) | st.floats(1e-150, 1e150) | st.floats(-1e150, -1e-150)
divisors = divisible.filter(bool)

_printable = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")
texts = st.text(_printable, max_size=60)
names = texts.filter(str.strip)


def networks(depth: int | None = None, most_units: int = 4) -> st.SearchStrategy[Network]:
    units = st.integers(1, most_units)
    least, most = (depth + 1, depth + 1) if depth else (2, 5)
    layers = st.lists(units, min_size=least, max_size=most).map(tuple)
    return st.builds(Network, layers, activations, activations, st.booleans())


def matrices(rows: int, columns: int, cells: st.SearchStrategy[float]) -> st.SearchStrategy[Array]:
    row = st.lists(cells, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(np.array)


@st.composite
def _tables(draw: st.DrawFn, rows: int) -> tuple[Array, tuple[str, ...], Scaling]:
    columns = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(("none", "column max", "divisors")))
    cells = draw(matrices(rows, columns, finite if kind == "none" else divisible))
    if kind == "column max":
        cells[0] = 1.0 + np.abs(cells[0])
    scaling = tuple(draw(st.lists(divisors, min_size=columns, max_size=columns))) if kind == "divisors" else kind
    return cells, tuple(draw(st.lists(names, min_size=columns, max_size=columns, unique=True))), scaling


@st.composite
def _starts(draw: st.DrawFn, network: Network) -> Start:
    method = draw(st.sampled_from(("ones", "uniform", "normal", "given")))
    generator = draw(st.sampled_from(("R", "numpy")))
    seed = draw(st.integers(0, 2**31 - 1) if generator == "R" else st.integers(0, 2**63 - 1))
    if method != "given":
        return Start(method, generator, seed)
    given_matrices = tuple(draw(matrices(*shape, finite)) for shape in network.shapes.values())
    given_parameters = Parameters(given_matrices[: network.depth], given_matrices[network.depth :])
    return Start(method, generator, seed, given_parameters)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    rows = draw(st.integers(1, 4))
    x, x_names, x_scaling = draw(_tables(rows))
    y, y_names, y_scaling = draw(_tables(rows))
    hidden = tuple(draw(st.lists(st.integers(1, 4), max_size=3)))
    network = Network((x.shape[1], *hidden, y.shape[1]), draw(activations), draw(activations), draw(st.booleans()))
    return Document(
        title=draw(texts),
        dataset=Dataset(x, y, x_names, y_names, x_scaling, y_scaling),
        hidden=hidden,
        activation=network.activation,
        output_activation=network.output_activation,
        bias=network.bias,
        start=draw(_starts(network)),
        learning_rate=draw(st.floats(min_value=0, exclude_min=True, allow_infinity=False)),
        iterations=draw(st.integers(1, 10_000_000)),
    )


_tables_named: st.SearchStrategy[Table] = st.sampled_from(("x", "y"))
# Small places, some of them outside: what a class does, and what a stranger's file may say.
_places = st.integers(0, 5)
_cells = st.floats(-100, 100) | st.just(float("nan"))
_cells_of_few = st.lists(_cells, max_size=4).map(tuple)
_settings: st.SearchStrategy[Edit] = st.one_of(
    st.builds(HyperparameterSet, st.just("hidden"), st.lists(st.integers(-1, 5), max_size=3)),
    st.builds(HyperparameterSet, st.sampled_from(("activation", "output_activation")), activations),
    st.builds(HyperparameterSet, st.just("bias"), st.booleans()),
    st.builds(HyperparameterSet, st.just("method"), st.sampled_from(("ones", "uniform", "normal", "given"))),
    st.builds(HyperparameterSet, st.just("generator"), st.sampled_from(("R", "numpy"))),
    st.builds(HyperparameterSet, st.just("seed"), st.integers(-2, 2**40)),
    st.builds(HyperparameterSet, st.sampled_from(("x_scaling", "y_scaling")), st.sampled_from(("none", "column max"))),
    st.builds(HyperparameterSet, st.sampled_from(("x_scaling", "y_scaling")), st.lists(_cells, max_size=3)),
    st.builds(HyperparameterSet, st.just("learning_rate"), st.floats(-1, 10)),
    st.builds(HyperparameterSet, st.just("iterations"), st.integers(-1, 50)),
)

edits: st.SearchStrategy[Edit] = st.one_of(
    _settings,
    st.builds(CellSet, _tables_named, _places, _places, _cells),
    st.builds(RowAdded, _places, _cells_of_few, _cells_of_few),
    st.builds(RowRemoved, _places),
    st.builds(ColumnAdded, _tables_named, _places, names, _cells_of_few),
    st.builds(ColumnRemoved, _tables_named, _places),
    st.builds(ColumnRenamed, _tables_named, _places, names),
)


@st.composite
def fitting_edits(draw: st.DrawFn, state: State) -> Edit:
    """An edit with places inside the data and rows and columns of the right length; most apply."""
    data = state.document.dataset
    table = draw(_tables_named)
    columns = data.inputs if table == "x" else data.outputs
    row, column = draw(st.integers(1, data.rows)), draw(st.integers(1, columns))
    number = st.floats(1, 100)

    def cells(count: int) -> tuple[float, ...]:
        return tuple(draw(st.lists(number, min_size=count, max_size=count)))

    made: tuple[Callable[[], Edit], ...] = (
        lambda: draw(_settings),
        lambda: CellSet(table, row, column, draw(number)),
        lambda: RowAdded(row, cells(data.inputs), cells(data.outputs)),
        lambda: RowRemoved(row),
        lambda: ColumnAdded(table, column, draw(names), cells(data.rows)),
        lambda: ColumnRemoved(table, column),
        lambda: ColumnRenamed(table, column, draw(names)),
    )
    return draw(st.sampled_from(made))()


moves = st.builds(
    Moved, st.integers(-1, 60), st.sampled_from(("Z2", "A2", "Y_hat", "J", "delta3", "update", "nowhere"))
)
events: st.SearchStrategy[Event] = st.one_of(
    edits,
    moves,
    st.builds(ChartChosen, st.sampled_from((*CHARTS, "pie"))),
    st.builds(Undone),
    st.builds(Redone),
)
