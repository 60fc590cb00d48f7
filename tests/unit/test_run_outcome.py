"""How a run ends: stuck is told from learnt, from slow, and from what neither rises nor falls for good."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.helpers import dataset, random_problem
from tui_nn.network import Dataset, Evidence, Network, Outcome, Start, compute_pass, many_starts
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_outcome import constant_cost, floor_of, outcomes, slopes_of

_NETWORK = Network((1, 1))
_NAN = float("nan")


def _ends(
    *curves: tuple[float, ...],
    mean: float = 1.0,
    floor: float = 0.0,
    rises: float = 0.0,
    pull: float = 1e-6,
    fall: float = 0.0,
) -> list[str]:
    """How runs end whose costs were kept at as many iterations as each curve has."""
    costs = np.array(curves)
    runs = np.ones(len(costs))
    evidence = Evidence(floor, mean, rises * runs, 0.2 * runs, pull * runs, fall * runs)
    return [str(one) for one in outcomes(costs, evidence)]


def test_a_run_is_stuck_where_it_is_high_and_no_longer_falls() -> None:
    assert _ends((1.0, 0.1, 0.0001), (1.0, 0.5, 0.5), (1.0, 0.5, 0.49), (1.0, 0.5, 0.6), (1.0, _NAN, _NAN)) == [
        "learnt",
        "stuck",
        "still falling",
        "rising or oscillating",
        "overflowed",
    ]
    assert _ends((1.0, 0.3, 0.05), (1.0, 0.3, 0.3)) == ["still falling", "at rest"]


def test_where_all_are_stuck_none_of_them_is_a_witness_of_the_floor() -> None:
    assert _ends((1.5, 1.0, 1.0), (1.2, 1.0, 1.0)) == ["stuck", "stuck"]
    assert _ends((1.5, 0.995, 0.995)) == ["stuck"]


def test_at_rest_at_a_cost_that_the_data_do_not_let_fall_is_learnt() -> None:
    assert _ends((1.0, 0.25, 0.25), floor=0.25, mean=0.5) == ["learnt"]
    assert _ends((1.0, 0.25, 0.25), floor=0.25, mean=0.25) == ["learnt"]
    assert _ends((1.0, 0.25, 0.25), floor=0.0, mean=0.5) == ["at rest"]


def test_rounding_is_not_stuck() -> None:
    assert set(_ends((0.01, 1e-28, 0.0), (0.01, 1e-28, 1e-28))) == {"learnt"}
    assert set(_ends((0.01, 1e-16, 1e-16), (0.01, 1e-29, 1e-29))) == {"learnt"}
    assert set(_ends((0.01, 0.0), (0.01, 0.0))) == {"learnt"}


def test_where_the_rate_is_small_a_run_that_hardly_falls_is_not_stuck() -> None:
    assert _ends((1.21, 1.205, 1.2), pull=0.9) == ["still falling"]
    assert _ends((1.21, 1.2, 1.2), pull=1e-9) == ["stuck"]


def test_a_run_that_oscillates_is_not_stuck_at_the_cost_at_which_it_is_seen() -> None:
    assert _ends((1.5, 1.2, 1.2), rises=0.5) == ["rising or oscillating"]


def test_weights_that_jump_across_a_valley_oscillate_though_the_cost_stays() -> None:
    assert _ends((1.5, 1.2, 1.2), fall=2.0) == ["rising or oscillating"]
    # J = ½ (1 − w)² and w_next = w − 2 (w − 1) = 2 − w.
    one = dataset(np.array([[1.0]]), np.array([[1.0]]))
    assert _ending(one, Network((1, 1), output_activation="identity"), 2.0, 200) == "rising or oscillating"


def test_a_fall_by_rounding_is_none() -> None:
    assert _ends((1.5, 1.2, 1.2 * (1 - 1e-15)), pull=0.9) == ["at rest"]


def test_where_the_output_comes_nowhere_near_y_nothing_is_learnt() -> None:
    x = _column(0.0, 0.3, 0.6, 1.0)
    network = Network((1, 3, 1), bias=True)
    assert _ending(dataset(x, _column(175, 80, 90, 60)), network, 5.0, 500) == "stuck"
    assert _ending(dataset(x, _column(-20, -10, -3, -5)), network, 5.0, 500) == "stuck"
    # Two of four are out of reach by little: as good as it gets is learnt.
    assert _ending(dataset(x, _column(0, 0, 1.1, 1.1)), network, 5.0, 5000) == "learnt"


def test_a_single_iteration_says_nothing() -> None:
    assert _ends((1.0,), (100.0,)) == ["too short to tell"] * 2
    assert _ends((_NAN,)) == ["overflowed"]


def test_a_column_that_is_the_same_in_every_row_is_learnt_where_the_cost_falls_away() -> None:
    assert _ends((0.5, 1e-5, 9.99e-6), mean=0.0) == ["learnt"]
    assert _ends((0.5, 0.2, 0.2), (0.5, 0.21, 0.21), mean=0.0) == ["at rest", "at rest"]


def test_rows_with_the_same_x_set_the_floor() -> None:
    data = dataset(np.array([[1.0], [1.0], [2.0]]), np.array([[0.0], [1.0], [0.3]]))
    assert floor_of(data, _NETWORK) == pytest.approx(0.25)
    mean = (1.3 / 3 - np.array([0, 1, 0.3])) ** 2
    assert constant_cost(data, _NETWORK) == pytest.approx(0.5 * mean.sum())


def test_what_the_output_can_t_reach_is_part_of_the_floor() -> None:
    data = dataset(np.array([[1.0], [2.0]]), np.array([[175.0], [-20.0]]))
    assert floor_of(data, _NETWORK) == 0.5 * (174.0**2 + 20.0**2)
    assert floor_of(data, Network((1, 1), output_activation="identity")) == 0
    assert constant_cost(data, _NETWORK) == 97.5**2


def _ending(data: Dataset, network: Network, rate: float, iterations: int, start: Start | None = None) -> str:
    chosen = start or Start("normal", seed=3)
    (ending,) = many_starts(network, data, chosen, rate, iterations, (chosen.seed,)).outcomes
    return str(ending)


def _xor() -> Dataset:
    return dataset(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))


def _column(*numbers: float) -> Array:
    return np.array(numbers)[:, np.newaxis]


def test_a_relu_that_died_is_stuck() -> None:
    many = many_starts(Network((2, 2, 1), "sigmoid", "relu", True), _xor(), Start("normal"), 5.0, 500, range(1, 31))
    assert set(many.outcomes) == {Outcome.STUCK}


def test_a_sigmoid_that_a_large_rate_has_saturated_is_stuck() -> None:
    # All of 60 rows pull the same way at first; the output then is 0 or 1 for every row, and its slope 1e-10 or less.
    x = np.linspace(0.1, 1, 60)[:, np.newaxis]
    data = dataset(x, (x > 0.7).astype(float))
    assert _ending(data, Network((1, 3, 1)), 50.0, 400) == "stuck"


def test_an_output_saturated_on_the_wrong_side_is_stuck_even_if_y_does_not_vary() -> None:
    # z is 26: ŷ is 1 but for 3e-12, and so is its slope.
    assert _ending(dataset(np.array([[100.0]]), np.array([[0.0]])), Network((1, 1)), 0.15, 100, Start()) == "stuck"


def test_a_run_at_the_floor_of_noise_has_learnt() -> None:
    data = dataset(_column(0.2, 0.2, 0.9, 0.9), _column(0.0, 0.5, 1.0, 0.5))
    assert _ending(data, Network((1, 3, 1), bias=True), 1.0, 5000) == "learnt"


def test_a_run_that_can_do_no_better_than_the_best_line_is_at_rest() -> None:
    x = np.linspace(0, 1, 8)[:, np.newaxis]
    data = dataset(x, x + 0.1 * np.sin(40 * x))
    assert _ending(data, Network((1, 1), output_activation="identity", bias=True), 0.1, 3000) == "at rest"


def test_a_tiny_rate_is_slow_and_not_stuck() -> None:
    assert _ending(_xor(), Network((2, 4, 1), bias=True), 1e-6, 1000) == "still falling"


def test_a_rate_past_the_edge_oscillates() -> None:
    # w − w* changes its sign in each update: 1 − η Σx² is −1.
    data = dataset(_column(1.0, -1.0), _column(0.5, -0.5))
    assert _ending(data, Network((1, 1), output_activation="identity"), 1.0, 1000) == "rising or oscillating"


def test_the_verdict_says_what_it_rests_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "dead.toml"
    path.write_text(
        "[data]\nx = [[0, 0], [0, 1], [1, 0], [1, 1]]\ny = [[0], [1], [1], [0]]\nx_names = ['a', 'b']\n"
        "y_names = ['c']\nx_scaling = 'none'\ny_scaling = 'none'\n"
        "[network]\nhidden = [2]\noutput_activation = 'relu'\nbias = true\n"
        "[start]\nmethod = 'normal'\n[training]\nlearning_rate = 5.0\niterations = 400\n",
        encoding="utf-8",
    )
    text = command(capsys, "starts", str(path), "--count", "30").out
    assert "Stuck: 30 of 30 starts. In all: 30 stuck." in text
    assert "the mean of y (J = 0.5)" in text


def test_starts_say_that_y_is_out_of_reach(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(
        "[data]\nx = [[1], [2]]\ny = [[175], [60]]\nx_scaling = 'none'\ny_scaling = 'none'\n"
        "[training]\niterations = 50\n",
        encoding="utf-8",
    )
    assert "Note: Scaled y of row 1 (y) is 175" in command(capsys, "starts", str(path), "--count", "2").out


def test_the_slopes_of_a_mean_let_as_much_of_the_error_through_as_those_of_the_sum() -> None:
    network = Network((2, 3, 1))
    _, data, parameters = random_problem(network, 400, 1)
    through = [
        slopes_of(compute_pass(replace(network, reduction=reduction), data, parameters, 0.1), 0.1)[0]
        for reduction in ("sum", "mean")
    ]
    assert through[1] == pytest.approx(through[0], rel=1e-12)
