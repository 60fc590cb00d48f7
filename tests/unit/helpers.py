"""What several tests need: R's figures, small problems, a lesson on disk."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, reduce
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tui_nn.network import COSTS, Dataset, Network, Parameters, Pass, compute_pass
from tui_nn.network.model.array import Array
from tui_nn.network.model.pace import Moment
from tui_nn.network.training.run_state import state_size
from tui_nn.session.document import Document
from tui_nn.session.events import Event
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.session_file import read

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def figures_of_R(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def lesson(name: str) -> Document:
    return read(bundled_lessons.bundled()[name]).document


def dataset(x: Array, y: Array) -> Dataset:
    """Data that the network sees as they are."""
    x_names = tuple(f"x{column}" for column in range(1, x.shape[1] + 1))
    y_names = tuple(f"y{column}" for column in range(1, y.shape[1] + 1))
    return Dataset(x, y, x_names, y_names, "none", "none")


def entries(*happened: Event, seconds: float = 0.5) -> tuple[LogEntry, ...]:
    """A log of events that came every so many seconds."""
    return tuple(LogEntry(seq, seconds * seq, event) for seq, event in enumerate(happened, start=1))


def after_events(state: State, happened: Iterable[Event]) -> State:
    return reduce(apply_event, happened, state)


def plain(value: object, *, without: str = "") -> object:
    """All that ``value`` holds, to the last bit, as values that can be compared; but for the field ``without``."""
    match value:
        case np.ndarray():
            return value.shape, value.tobytes()
        case tuple() | list():
            return tuple(map(plain, value))
        case Mapping():
            return tuple(sorted((key, plain(one)) for key, one in value.items()))
    if is_dataclass(value):
        own = [field.name for field in fields(value) if field.name != without]
        return type(value).__name__, tuple((name, plain(getattr(value, name))) for name in own)
    return value


class Problem(NamedTuple):
    network: Network
    dataset: Dataset
    parameters: Parameters


def random_problem(network: Network, rows: int, seed: int) -> Problem:
    """Inputs above 0 and weights of both signs, more of them above 0: few relu units are silent from the start."""
    numbers = np.random.default_rng(seed)
    x = numbers.uniform(0.2, 1.0, (rows, network.layers[0]))
    y = targets(network, numbers.uniform(-1.0, 1.0, (rows, network.layers[-1])))
    parameters = Parameters.from_flat(network, numbers.uniform(-0.6, 1.0, network.size))
    return Problem(network, dataset(x, y), parameters)


def all_rows(rows: int, learning_rate: float = 0.3, iteration: int = 1) -> Moment:
    """An iteration over all of so many rows."""
    return Moment(iteration, learning_rate, np.arange(rows))


def some_iteration(problem: Problem, iteration: int, learning_rate: float = 0.3) -> Pass:
    """An iteration in the middle of a run: the optimizer has kept some numbers, none of them below 0."""
    network, data, parameters = problem
    kept = np.random.default_rng(iteration).uniform(0.1, 1.0, state_size(network) - network.size)
    state = np.concatenate((parameters.flat, kept))
    return compute_pass(network, data, parameters, learning_rate, state, iteration)


def targets(network: Network, drawn: Array) -> Array:
    """The numbers drawn, as far as the network's cost allows them as y.

    Cross-entropy needs numbers from 0 to 1; with softmax, each row of them sums to 1.
    """
    least, greatest = COSTS[network.cost].reach
    if network.output_activation == "softmax":
        sizes = np.where(np.abs(drawn).sum(axis=1, keepdims=True) > 0, np.abs(drawn), 1.0)
        return np.asarray(sizes / sizes.sum(axis=1, keepdims=True))
    return drawn if math.isinf(least) else np.clip(np.abs(drawn), least, greatest)


def same_bits(left: Array, right: Array) -> bool:
    return left.shape == right.shape and left.tobytes() == right.tobytes()


def written(directory: Path, source: str | bytes, name: str = "lesson.toml") -> Path:
    path = directory / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return path


def is_one_sentence(text: str) -> bool:
    """One line that a terminal can show as it is."""
    return text.endswith("\n") and text[:-1].isprintable() and len(text) > 20
