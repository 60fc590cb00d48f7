"""Parameters that are fixed: their gradient is computed and shown, and no update changes them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from tests.unit.strategies import networks
from tui_nn.network import (
    Dataset,
    Network,
    Start,
    Trajectory,
    ValidationError,
    agreement,
    check_gradient,
    compute_pass,
    equations,
    many_starts,
)
from tui_nn.network.formulas.derivation import derivation
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.reasons import Reason
from tui_nn.session.document import Document
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.steps_and_errors import step_sentence, stop_sentence

_WORKED_EXAMPLE = """
[data]
x = [[0.05, 0.1]]
y = [[0.01, 0.99]]
x_scaling = "none"
y_scaling = "none"
[network]
hidden = [2]
bias = true
fixed = ["b1", "b2"]
[start]
method = "given"
W1_transposed = [[0.15, 0.2], [0.25, 0.3]]
W2_transposed = [[0.4, 0.45], [0.5, 0.55]]
b1 = [0.35, 0.35]
b2 = [0.6, 0.6]
[training]
learning_rate = 0.5
"""


def _worked_example() -> Document:
    return document_toml.parse(_WORKED_EXAMPLE)[0]


def test_the_worked_2_2_2_example_has_its_published_costs() -> None:
    run = _worked_example().trajectory()
    run.extend(10_000)
    # Source: the published example after rounds 1, 2 and 10 000, and autograd in double precision.
    assert [round(run.cost(i), 9) for i in (1, 2)] == [0.298371109, 0.291027774]
    np.testing.assert_allclose(
        [run.cost(i) for i in (1, 2, 3, 10, 10_000)],
        [0.2983711087600027, 0.29102777369359933, 0.28354713312241997, 0.2288087405423599, 3.510854812251261e-05],
        rtol=1e-9,
    )


def test_its_first_iteration_shows_the_gradient_of_the_biases_and_leaves_them() -> None:
    document = _worked_example()
    computed = compute_pass(document.network, document.dataset, document.start_parameters, document.learning_rate)
    # Source: autograd in double precision.
    for name, expected in {
        "dJdW1": [[0.0004385677344743467, 0.0004977127352608599], [0.0008771354689486934, 0.0009954254705217198]],
        "dJdb1": [[0.008771354689486933, 0.009954254705217198]],
        "dJdW2": [[0.08216704056423077, -0.022602540477475067], [0.08266762784753325, -0.02274024221597822]],
        "dJdb2": [[0.13849856162855695, -0.03809823651655623]],
        "Y_hat": [[0.7513650695523157, 0.7729284653214625]],
        "W1_next": [[0.1497807161327628, 0.24975114363236958], [0.19956143226552567, 0.29950228726473915]],
        "W2_next": [[0.35891647971788465, 0.5113012702387375], [0.4086661860762334, 0.5613701211079891]],
    }.items():
        np.testing.assert_allclose(computed[name], expected, rtol=0, atol=1e-12, err_msg=name)
    assert computed["b1_next"].tolist() == [[0.35, 0.35]]
    assert computed["b2_next"].tolist() == [[0.6, 0.6]]


@given(networks())
def test_what_is_fixed_stays_to_the_last_bit_and_a_run_is_its_passes(network: Network) -> None:
    x, y = np.array([[0.5] * network.layers[0], [-1.0] * network.layers[0]]), np.ones((2, network.layers[-1]))
    called = [f"x{i}" for i in range(network.layers[0])], [f"y{i}" for i in range(network.layers[-1])]
    data = Dataset(x, y, tuple(called[0]), tuple(called[1]), "none", "none")
    start = Start("normal", sd=0.3).draw(network)
    run = Trajectory(network, data, start, 0.05)
    run.extend(3)
    parameters = start
    for iteration in range(1, run.reached + 1):
        parameters = compute_pass(network, data, parameters, 0.05).next_parameters
        assert run.parameters(iteration + 1).flat.tolist() == parameters.flat.tolist()
    for name in network.fixed:
        assert parameters.named[name].tolist() == start.named[name].tolist()


def test_the_penalty_counts_what_is_fixed_and_shows_its_slope() -> None:
    document = replace(Document(), l2=0.1, fixed=("W1",))
    free = replace(document, fixed=())
    rate, start = document.learning_rate, document.start_parameters
    fixed, moved = (compute_pass(one.network, one.dataset, start, rate) for one in (document, free))
    squares = sum(float((weights**2).sum()) for weights in start.weights)
    assert fixed["penalty"][0, 0] == pytest.approx(0.05 * squares, rel=1e-12)
    assert fixed.cost == moved.cost
    assert fixed["dJdW1"].tolist() == moved["dJdW1"].tolist()
    assert fixed["W1_next"].tolist() == start.named["W1"].tolist()
    assert fixed["W2_next"].tolist() == moved["W2_next"].tolist()


def test_blocks_of_rows_leave_what_is_fixed() -> None:
    x = np.linspace(-1, 1, 5000).reshape(2500, 2)
    data = Dataset(x, np.abs(x[:, :1]), ("a", "b"), ("y",), "none", "none")
    network = Network((2, 3, 1), bias=True, fixed=("W1", "b2"))
    start = Start().draw(network)
    run = Trajectory(network, data, start, 1e-4)
    run.extend(4)
    after = run.parameters(5).named
    changed = {name for name, matrix in start.named.items() if (after[name] != matrix).any()}
    assert changed == {"W2", "b1"}


def test_many_starts_and_the_gradient_check_know_them() -> None:
    document = _worked_example()
    network, start = document.network, Start("normal", biases=0.5)
    found = many_starts(network, document.dataset, start, 0.5, 50, range(1, 4))
    for seed, cost in zip(found.seeds, found.final_costs.tolist(), strict=True):
        run = Trajectory(network, document.dataset, replace(start, seed=seed).draw(network), 0.5)
        run.extend(50)
        np.testing.assert_allclose(cost, run.cost(50), rtol=1e-12)
    check = check_gradient(document.dataset, compute_pass(network, document.dataset, document.start_parameters, 0.5))
    assert check
    assert check.analytic.keys() == {"dJdW1", "dJdW2", "dJdb1", "dJdb2"}
    assert check.relative_error < 1e-8


def test_the_slopes_of_what_is_fixed_do_not_keep_a_run_from_stopping() -> None:
    document = Document(bias=True, fixed=("W2", "b2"), stop_gradient=0.001)
    run, unstopped = document.trajectory(), replace(document, stop_gradient=0.0).trajectory()
    run.extend(300)
    unstopped.extend(300)
    assert run.stopped
    last = run.stopped.iteration
    slopes = [
        {name: np.abs(unstopped.pass_at(i)[f"dJd{name}"]).max() for name in ("W1", "W2", "b1", "b2")}
        for i in range(1, last + 1)
    ]
    assert [max(one["W1"], one["b1"]) < 0.001 for one in slopes] == [False] * (last - 1) + [True]
    assert slopes[-1]["b2"] > 0.001
    says = stop_sentence(run.stopped, document, UNICODE)
    assert says.endswith(
        "every slope of a parameter that is not fixed lies between −0.001 and 0.001. Its update is not made."
    )


def test_where_all_is_fixed_no_slope_stops_the_run() -> None:
    run = Document(bias=True, fixed=("W1", "W2", "b1", "b2"), stop_gradient=1e9).trajectory()
    run.extend(5)
    assert (run.reached, run.stopped) == (5, None)


@pytest.mark.parametrize("fixed", [("b1", "b2"), ("W1",), ("W1", "W2", "b1", "b2")])
def test_digits_that_rounding_leaves_are_known_for_them(fixed: tuple[str, ...]) -> None:
    document = replace(_worked_example(), fixed=fixed)
    run = RunCache().run_of(State.opened(document).plan)
    run.extend(2000)
    assert agreement(run, 2000).measured == 2000
    assert agreement(run, 2000).first is None


def test_the_update_says_what_is_fixed_and_derives_the_others() -> None:
    network = Network((2, 2, 2), bias=True, fixed=("b1", "W1"))
    step = equations(network)[-1].step
    update = {one.name: one.expression for one in equations(network) if one.step == step}
    assert [name for name, expression in update.items() if isinstance(expression, Symbol)] == ["W1_next", "b1_next"]
    assert [line.reason for line in derivation(network, step)] == [
        Reason.FIXED,
        Reason.DOWNHILL,
        Reason.FIXED,
        Reason.DOWNHILL_TOO,
    ]
    assert step_sentence(step, network, UNICODE, "0.5").endswith("b⁽¹⁾ and W⁽¹⁾ are fixed.")
    every = replace(network, fixed=("W1", "W2", "b1", "b2"))
    assert step_sentence(step, every, UNICODE, "0.5") == "All weights are fixed: the update leaves them as they are."


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ('fixed = ["b3"]\nbias = true', "b3 can't be fixed: this network has W1, W2, b1, b2."),
        ('fixed = ["b1"]', "Without biases, b1 can't be fixed. Turn the biases on, or take b1 out of what is fixed."),
        ('fixed = ["Z2"]', "Z2 can't be fixed: this network has W1, W2."),
        ('fixed = ["W1", "W1"]', "a list with the same name twice"),
        ('fixed = "W1"', "a list of names"),
    ],
)
def test_what_can_t_be_fixed_is_refused_in_a_sentence(network: str, sentence: str) -> None:
    with pytest.raises(document_toml.TomlError, match="line 2") as error:
        document_toml.parse(f"[network]\n{network}")
    assert sentence in str(error.value)


def test_biases_that_are_fixed_can_t_be_turned_off() -> None:
    with pytest.raises(ValidationError) as error:
        replace(_worked_example(), bias=False, start=Start())
    assert error.value.sentence.startswith("Without biases, b1 can't be fixed.")
