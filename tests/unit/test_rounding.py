"""How many digits of a run agree between programs that round differently."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit.handed_out import of, run_of, written
from tests.unit.helpers import DATA, dataset, lesson
from tui_nn.network import (
    PROMISED,
    Agreement,
    Dataset,
    Network,
    Parameters,
    Run,
    Segment,
    Start,
    Trajectory,
    WeightCell,
    agreement,
    cost_rounding,
    output_rounding,
)
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.events import Event, HyperparameterSet
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import read

_PARTING = read(DATA / "parting.toml").document
# J of iteration 100, 130 and 160 of that lesson as R 4.5 computes it, from the program that is handed out.
_OF_R = {100: 0.10925478276604617, 130: 0.03861976205126845, 160: 0.20699632957175645}
_OTHERS = ("lecture-ones", "xor", "two-hidden-layers", "homework-biases", "lecture")


def _run(document: Document, until: int) -> Run:
    run = Run(document.network, document.start_parameters, [Segment(1, document.dataset, document.learning_rate)])
    run.extend(until)
    return run


def _agreed(left: float, right: float) -> float:
    """How many digits of two costs agree."""
    difference = abs(left - right) / max(left, right)
    return float(-np.log10(max(difference, 1e-17)))


def test_where_r_computes_another_run_no_digit_is_promised() -> None:
    run = _run(_PARTING, 400)
    found = agreement(run, 400)
    assert _agreed(run.cost(160), _OF_R[160]) < 1
    for iteration, cost in _OF_R.items():
        assert found.digits(iteration) <= _agreed(run.cost(iteration), cost)
    assert found.first is not None
    assert 100 < found.first < 130
    assert found.below(1) is not None
    assert found.digits(160) == found.digits(10**9) == 0


@pytest.mark.parametrize("name", _OTHERS)
def test_of_a_lesson_that_comes_with_the_program_all_digits_can_be_relied_on(name: str) -> None:
    document = lesson(name)
    found = agreement(_run(document, document.iterations), document.iterations)
    assert (found.first, found.measured) == (None, document.iterations)
    assert found.digits(document.iterations) >= PROMISED


def test_what_is_found_of_an_iteration_does_not_depend_on_how_many_come_after_it() -> None:
    run = _run(_PARTING, 400)
    losses = agreement(run, 400).losses
    for until in (64, 111, 112, 113, 128, 150):
        assert agreement(run, until).losses == tuple(loss for loss in losses if loss[0] <= until)


def test_copies_of_a_start_that_differ_in_the_last_bits_part_no_sooner_than_is_said() -> None:
    document = _PARTING
    run = _run(document, 300)
    found = agreement(run, 300)
    for seed in range(5):
        noise = np.random.default_rng(seed).uniform(-1, 1, document.network.size)
        start = document.start_parameters
        flat = start.flat * (1 + 2.0**-52 * noise)
        copy = Trajectory(document.network, document.dataset, start.from_flat(document.network, flat), 5.0)
        copy.extend(300)
        for iteration in range(1, 301):
            assert _agreed(copy.cost(iteration), run.cost(iteration)) >= found.digits(iteration)


def test_edits_on_the_way_are_followed() -> None:
    document = _PARTING
    segments = [Segment(1, document.dataset, 0.5), Segment(40, document.dataset, 5.0, (WeightCell("W1", 1, 1, 0.3),))]
    run = Run(document.network, document.start_parameters, segments)
    run.extend(600)
    found = agreement(run, 600)
    assert found.first is not None
    assert found.first > 40
    slow = Run(document.network, document.start_parameters, [*segments[:1], Segment(40, document.dataset, 0.4)])
    slow.extend(600)
    assert agreement(slow, 600) == replace(agreement(slow, 600), measured=600)
    assert agreement(slow, 600).first is None


@pytest.mark.parametrize(("hidden", "activation", "y"), [((4, 1, 4), "relu", [0.1]), ((3, 5), "relu", [0.4, 0.5])])
def test_a_run_that_learns_until_its_cost_is_rounding_amplifies_nothing(
    hidden: tuple[int, ...], activation: str, y: list[float]
) -> None:
    # J falls to 1e-30, by the same iterations in R; of digits in which the programs differ J has none left.
    data = dataset(np.array([[1.3, 1.4]]), np.array([y]))
    network = Network((2, *hidden, len(y)), "tanh" if len(y) == 1 else "relu", activation, False)
    start = Start("uniform", generator="R", seed=94 if len(y) == 1 else 17)
    run = Run(network, start.draw(network), [Segment(1, data, 0.01)])
    run.extend(10000)
    assert run.cost(10000) < 1e-28
    assert agreement(run, 10000).first is None


def test_an_output_that_is_close_to_0_by_cancellation_is_rounded_as_what_cancels() -> None:
    # z = 0.1 · 0.36 − 0.8 · 0.31 + 0.4 · 0.53 + …, all but nothing; each product is rounded.
    x, y = np.array([[0.1, 0.8, 0.4]]), np.array([[0.0]])
    network = Network((3, 1, 1), "relu", "identity")
    start = Start("uniform", generator="R", seed=88)
    run = Run(network, start.draw(network), [Segment(1, dataset(x, y), 0.1)])
    run.extend(10000)
    assert output_rounding(run.pass_at(10000)) > 0.01 * output_rounding(run.pass_at(1)) > 1e-18
    assert agreement(run, 10000).first is None


def test_a_start_in_which_all_weights_are_0_or_the_same_loses_nothing() -> None:
    document = lesson("lecture-ones")
    for value in (0.0, 1.0):
        flat = np.full(document.network.size, value)
        start = document.start_parameters.from_flat(document.network, flat)
        run = Run(document.network, start, [Segment(1, document.dataset, 5.0)])
        run.extend(500)
        assert agreement(run, 500).first is None


def test_a_run_whose_cost_falls_in_every_iteration_may_amplify_rounding_all_the_same() -> None:
    # Both hidden units begin alike, but for 1e-14; they part, and J shows nothing of it.
    x, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    network, data = Network((2, 2, 1), "tanh", "identity", bias=True), dataset(x, y)

    def start(by: float) -> Parameters:
        return Parameters.from_flat(network, np.array([0.9 + by, 0.9, -1.2, -1.2, 0.4, 0.4, 0.1, 0.1, 0.0]))

    run, other = (Run(network, start(by), [Segment(1, data, 0.2)]) for by in (1e-14, -1e-14))
    run.extend(300)
    other.extend(300)
    assert (np.diff(run.costs) < 0).all()
    apart = np.abs(other.parameters(300).flat - run.parameters(300).flat).max() / np.abs(run.parameters(300).flat).max()
    assert apart > 1e-8
    found = agreement(run, 300)
    assert found.digits(300) <= -np.log10(apart) + 1
    assert found.first is not None


def test_it_ends_where_it_is_told_to() -> None:
    assert agreement(_run(_PARTING, 400), 400, lambda: True) == Agreement(0)


@pytest.mark.parametrize("rows", [3, 2000])
def test_a_large_network_is_followed_too(rows: int) -> None:
    numbers = np.random.default_rng(0)
    network = Network((3, 60, 1), "tanh")
    data = dataset(numbers.uniform(-1, 1, (rows, 3)), numbers.uniform(0.1, 0.9, (rows, 1)))
    run = Run(network, Start("normal").draw(network), [Segment(1, data, 0.5 / rows)])
    run.extend(40)
    found = agreement(run, 40)
    assert (found.measured, found.first) == (40, None)


def test_the_rounding_of_a_cost_is_far_more_than_of_a_number_so_small() -> None:
    document = lesson("homework-biases")
    network, rows = document.network, document.dataset.rows
    computed = _run(document, 5000).pass_at(5000)
    assert computed.cost == pytest.approx(4.4e-16, rel=0.01)
    # What a processor with other instructions has been seen to make of it: 7e-9 of J.
    assert 1e-8 < cost_rounding(network, rows, computed.cost, output_rounding(computed)) / computed.cost < 1e-5
    first = _run(document, 1).pass_at(1)
    assert cost_rounding(network, rows, first.cost, output_rounding(first)) / first.cost < 1e-11


def _random(seed: int) -> State:
    """A lesson with a large learning rate."""
    numbers = np.random.default_rng(seed)
    inputs, outputs, rows = (int(numbers.integers(low, 5)) for low in (1, 1, 2))
    x, y = numbers.uniform(0.5, 9, (rows, inputs)).round(1), numbers.uniform(0, 1, (rows, outputs)).round(2)
    data = Dataset(x, y, tuple(f"x{i}" for i in range(inputs)), tuple(f"y{i}" for i in range(outputs)), "column max")
    rate = round(float(10 ** numbers.uniform(0, 1.6)), 2)
    start = Start("normal", seed=int(numbers.integers(1, 999)))
    hidden = (int(numbers.integers(2, 6)),)
    return of(Document("", data, hidden, "tanh" if seed % 2 else "sigmoid", learning_rate=rate, start=start))


@needs("Rscript", called="R")
def test_r_has_as_many_digits_as_are_promised(tmp_path: Path) -> None:
    shorter: Event = HyperparameterSet("iterations", 400)
    states = [of(_PARTING, shorter), *(of(_random(seed).document, shorter) for seed in range(14))]
    script = []
    for number, state in enumerate(states):
        program = tmp_path / f"{number}.R"
        program.write_text(written(state, "r"), encoding="utf-8")
        script.append(f'e <- new.env(); sink(nullfile()); sys.source("{program}", e); sink()')
        script.append('cat("====\\n"); cat(sprintf("%.17g", e$cost_history), "")')
    (tmp_path / "all.R").write_text("\n".join(script), encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", tmp_path / "all.R"], capture_output=True, check=True, encoding="utf-8"
    )
    amplified = 0
    for state, printed in zip(states, done.stdout.split("====\n")[1:], strict=True):
        costs: Array = np.array([float(one) for one in printed.split() if one != "NA"])
        run = run_of(state)
        found = agreement(run, 400)
        amplified += found.first is not None
        room, rows = output_rounding(run.pass_at(run.reached)), state.document.dataset.rows
        for iteration, cost in enumerate(costs.tolist(), start=1):
            digits = min(PROMISED, found.digits(iteration))
            own = run.cost(iteration)
            rounding = cost_rounding(run.network, rows, own, room)
            assert abs(cost - own) <= 10.0**-digits * max(own, cost) + rounding, (state.document, iteration)
    assert 3 <= amplified <= 12


def test_the_programs_say_from_where_on_their_digits_can_t_be_relied_on() -> None:
    for kind in ("r", "python"):
        text = written(of(_PARTING), kind)
        comment = " ".join(line.removeprefix("# ") for line in text.splitlines()[:8] if line.startswith("# "))
        assert "the run amplifies rounding: fewer than 9 digits can be relied on" in comment
        assert "the run amplifies rounding" in text.splitlines()[-1]
        assert "rounding" not in written(of(Document(iterations=50)), kind)
