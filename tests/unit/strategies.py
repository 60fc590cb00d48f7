"""Random networks, matrices and documents for hypothesis."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tui_nn.network import (
    ACTIVATIONS,
    COSTS,
    FILLS,
    GENERATORS,
    HIDDEN_ACTIVATIONS,
    NAMED_SCALINGS,
    REDUCTIONS,
    START_METHODS,
    Dataset,
    HiddenActivation,
    Network,
    Parameters,
    Penalty,
    Scaling,
    Start,
)
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.session.document import Document

activations = st.sampled_from(tuple(HIDDEN_ACTIVATIONS))
finite = st.floats(allow_nan=False, allow_infinity=False)
# A quotient of two of these is finite.
divisible = st.just(0.0) | st.floats(1e-150, 1e150) | st.floats(-1e150, -1e-150)
divisors = divisible.filter(bool)

_printable = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")
texts = st.text(_printable, max_size=60)
names = texts.filter(str.strip)


_penalties = st.just(Penalty()) | st.builds(Penalty, st.floats(0, 0.1), st.floats(0, 0.1), st.booleans())


def hidden_activations(hidden_layers: int) -> st.SearchStrategy[HiddenActivation]:
    """One name for all hidden layers, or one for each."""
    if not hidden_layers:
        return activations
    each = st.lists(activations, min_size=hidden_layers, max_size=hidden_layers).map(tuple)
    return activations | each


@st.composite
def networks(draw: st.DrawFn, depth: int | None = None, most_units: int = 4, *, is_penalised: bool = True) -> Network:
    least, most = (depth + 1, depth + 1) if depth else (2, 5)
    cost = draw(st.sampled_from([*COSTS]))
    layers = tuple(draw(st.lists(st.integers(1, most_units), min_size=least, max_size=most)))
    network = Network(
        layers=layers,
        output_activation=draw(st.sampled_from(_outputs(cost, layers[-1]))),
        bias=draw(st.booleans()),
        cost=cost,
        reduction=draw(st.sampled_from(REDUCTIONS)),
        penalty=draw(_penalties) if is_penalised else Penalty(),
    )
    activation = draw(hidden_activations(len(network.layers) - 2))
    return replace(network, activation=activation, fixed=draw(_fixed(network)))


_optimizers = st.builds(
    Optimizer,
    st.sampled_from([*UPDATE_RULES]),
    momentum=st.floats(0, 0.99),
    rho=st.floats(0, 0.999),
    beta1=st.floats(0, 0.99),
    beta2=st.floats(0, 0.999),
    epsilon=st.floats(1e-10, 1e-3),
)


def networks_with_optimizers(most_units: int = 4) -> st.SearchStrategy[Network]:
    """Networks whose updates any of the optimizers makes."""
    return st.builds(lambda network, own: replace(network, optimizer=own), networks(None, most_units), _optimizers)


def _outputs(cost: str, units: int) -> list[str]:
    """The activations that so many outputs may have; one output alone can't be softmax."""
    return [name for name in ACTIVATIONS if COSTS[cost].allows(name) and (name != "softmax" or units > 1)]


def _fixed(network: Network) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the parameters; mostly none."""
    some = st.lists(st.sampled_from([*network.shapes]), unique=True).map(tuple)
    return st.just(()) | some


def matrices(rows: int, columns: int, cells: st.SearchStrategy[float]) -> st.SearchStrategy[Array]:
    row = st.lists(cells, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(np.array)


@st.composite
def _tables(draw: st.DrawFn, rows: int) -> tuple[Array, tuple[str, ...], Scaling]:
    columns = draw(st.integers(1, 3))
    kind = draw(st.sampled_from((*NAMED_SCALINGS, "divisors")))
    numbers = {"none": finite, "standardise": st.integers(-1000, 1000).map(lambda eighths: eighths / 8)}
    cells = draw(matrices(rows, columns, numbers.get(kind, divisible)))
    if kind == "column max":
        cells[0] = 1.0 + np.abs(cells[0])
    scaling = tuple(draw(st.lists(divisors, min_size=columns, max_size=columns))) if kind == "divisors" else kind
    return cells, tuple(draw(st.lists(names, min_size=columns, max_size=columns, unique=True))), scaling


@st.composite
def _starts(draw: st.DrawFn, network: Network) -> Start:
    method = draw(st.sampled_from([*START_METHODS]))
    generator = draw(st.sampled_from([*GENERATORS]))
    seed = draw(st.integers(0, GENERATORS[generator].greatest_seed))
    low, width, mean, sd = (
        draw(st.floats(-9, 9)),
        draw(st.floats(0.1, 9)),
        draw(st.floats(-9, 9)),
        draw(st.floats(0.1, 9)),
    )
    biases, fill = draw(st.just("") | st.just("drawn") | st.floats(-9, 9)), draw(st.sampled_from(("", *FILLS)))
    given_parameters = None
    if method == "given":
        given_matrices = tuple(draw(matrices(*shape, finite)) for shape in network.shapes.values())
        given_parameters = Parameters(given_matrices[: network.depth], given_matrices[network.depth :])
    return Start(method, generator, seed, given_parameters, low, low + width, mean, sd, biases, fill)


@st.composite
def _targets(draw: st.DrawFn, rows: int, cost: str) -> tuple[Array, tuple[str, ...], Scaling]:
    """The outputs that a cost takes: any; for cross-entropy, classes, of which each row has one."""
    if not COSTS[cost].outputs:
        return draw(_tables(rows))
    classes = draw(st.integers(1, 3))
    y = np.eye(classes)[draw(st.lists(st.integers(0, classes - 1), min_size=rows, max_size=rows))]
    return y, tuple(draw(st.lists(names, min_size=classes, max_size=classes, unique=True))), "none"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    rows = draw(st.integers(1, 4))
    cost = draw(st.sampled_from([*COSTS]))
    x, x_names, x_scaling = draw(_tables(rows))
    y, y_names, y_scaling = draw(_targets(rows, cost))
    hidden = tuple(draw(st.lists(st.integers(1, 4), max_size=3)))
    layers = (x.shape[1], *hidden, y.shape[1])
    output = draw(st.sampled_from(_outputs(cost, y.shape[1])))
    network = Network(layers, draw(hidden_activations(len(hidden))), output, draw(st.booleans()))
    penalty = draw(_penalties)
    return Document(
        title=draw(texts),
        dataset=Dataset(x, y, x_names, y_names, x_scaling, y_scaling),
        hidden=hidden,
        activation=network.activation,
        output_activation=network.output_activation,
        bias=network.bias,
        fixed=draw(_fixed(network)),
        start=draw(_starts(network)),
        cost=cost,
        reduction=draw(st.sampled_from(REDUCTIONS)),
        l1=penalty.l1,
        l2=penalty.l2,
        penalise_biases=penalty.on_biases,
        learning_rate=draw(st.floats(min_value=0, exclude_min=True, allow_infinity=False)),
        iterations=draw(st.integers(1, 10_000_000)),
    )
