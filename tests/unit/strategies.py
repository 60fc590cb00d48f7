"""Random networks, matrices and documents for hypothesis."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tui_nn.network import (
    ACTIVATIONS,
    COSTS,
    REDUCTIONS,
    Dataset,
    Network,
    Parameters,
    Penalty,
    Scaling,
    Start,
)
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document

activations = st.sampled_from(tuple(ACTIVATIONS))
finite = st.floats(allow_nan=False, allow_infinity=False)
# A quotient of two of these is finite.
divisible = st.just(0.0) | st.floats(1e-150, 1e150) | st.floats(-1e150, -1e-150)
divisors = divisible.filter(bool)

_printable = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")
texts = st.text(_printable, max_size=60)
names = texts.filter(str.strip)


_penalties = st.just(Penalty()) | st.builds(Penalty, st.floats(0, 0.1), st.floats(0, 0.1), st.booleans())


def networks(depth: int | None = None, most_units: int = 4, *, is_penalised: bool = True) -> st.SearchStrategy[Network]:
    units = st.integers(1, most_units)
    least, most = (depth + 1, depth + 1) if depth else (2, 5)
    layers = st.lists(units, min_size=least, max_size=most).map(tuple)
    costs, reductions = st.sampled_from([*COSTS]), st.sampled_from(REDUCTIONS)
    every = st.builds(
        Network,
        layers,
        activations,
        activations,
        st.booleans(),
        costs,
        reductions,
        _penalties if is_penalised else st.just(Penalty()),
    )
    return every.map(_with_outputs_of_its_cost)


def _with_outputs_of_its_cost(network: Network) -> Network:
    outputs = COSTS[network.cost].outputs
    return replace(network, output_activation=outputs[0]) if outputs else network


def matrices(rows: int, columns: int, cells: st.SearchStrategy[float]) -> st.SearchStrategy[Array]:
    row = st.lists(cells, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(np.array)


@st.composite
def _tables(draw: st.DrawFn, rows: int) -> tuple[Array, tuple[str, ...], Scaling]:
    columns = draw(st.integers(1, 3))
    kind = draw(st.sampled_from(("none", "column max", "column abs max", "divisors")))
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
