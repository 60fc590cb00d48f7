"""A sweep: the values of settings as typed, and runs that are those of the same settings one by one."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.helpers import lesson
from tui_nn.network import Outcome, Trajectory, ValidationError, classification, forward, predict
from tui_nn.network.training.passes import mean_cost
from tui_nn.session.document import Document
from tui_nn.session.runs.sweep import CombinationRuns, ranked, sweep
from tui_nn.session.runs.swept_settings import Combination, combinations, parse_values, with_settings
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_SEEDS = range(3, 6)

_VALUES = {
    ("learning_rate", "0.1, 1,5,1"): [0.1, 1.0, 5.0],
    ("learning_rate", "0.001..10:5"): [0.001, 0.01, 0.1, 1.0, 10.0],
    ("learning_rate", "1/4,1..4:3"): [0.25, 1.0, 2.0, 4.0],
    ("hidden", "3,8-8,4 3,none"): [(3,), (8, 8), (4, 3), ()],
    ("hidden", "2..32:5"): [(2,), (4,), (8,), (16,), (32,)],
    ("batch_size", "1..3:2"): [1, 3],
    ("activation", "relu,tanh-relu,leaky"): ["relu", ("tanh", "relu"), "leaky relu"],
    ("optimizer", "adam,momentum"): ["adam", "momentum"],
    ("bias", "yes,no"): [True, False],
    ("low", "-1,−2"): [-1.0, -2.0],
}
_REFUSED = {
    ("learning_rate", "1,-1"): "above 0",
    ("learning_rate", "1,,2"): "A value is missing",
    ("learning_rate", "1..2"): "Say how many",
    ("learning_rate", "0..2:3"): "above 0",
    ("learning_rate", "1..2:1"): "from 2 to 1000",
    ("hidden", "3,x"): '"x"',
    ("optimizer", "downhill"): '"downhill"',
}


@pytest.mark.parametrize(("key", "text"), _VALUES)
def test_values_are_typed_with_commas_between_them_or_as_a_range(key: str, text: str) -> None:
    assert parse_values(key, text) == _VALUES[key, text]


@pytest.mark.parametrize(("key", "text"), _REFUSED)
def test_a_value_that_can_t_be_is_refused_in_a_sentence(key: str, text: str) -> None:
    with pytest.raises(ValidationError) as error:
        parse_values(key, text)
    assert _REFUSED[key, text] in error_sentence(error.value)


def test_settings_that_need_or_move_each_other_hold_in_any_order() -> None:
    softmax = with_settings(lesson("iris"), {"cost": "half squared error", "output_activation": "sigmoid"})
    wanted = {"output_activation": "softmax", "cost": "cross-entropy", "learning_rate": 5.0, "optimizer": "adam"}
    for order in (wanted, dict(reversed(wanted.items()))):
        document = with_settings(softmax, order)
        assert {key: HYPERPARAMETERS[key].get(document) for key in wanted} == wanted


def test_a_combination_that_can_t_be_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(ValidationError, match="Cross-entropy goes with"):
        combinations(Document(), {"cost": ["cross-entropy"], "output_activation": ["sigmoid", "tanh"]}, _SEEDS)
    with pytest.raises(ValidationError, match="at most 100000"):
        combinations(Document(), {"learning_rate": [1.0, 2.0]}, range(60_000))


def _swept() -> list[Combination]:
    document = lesson("iris")
    with_test = replace(document, dataset=replace(document.dataset, test_rows=(2, 60, 101, 149)), iterations=25)
    return combinations(with_test, {"batch_size": [40, 0], "optimizer": ["momentum"], "learning_rate": [0.1]}, _SEEDS)


def test_each_run_is_that_of_the_lesson_with_these_settings_and_this_seed() -> None:
    swept = _swept()
    assert [dict(one.combination.settings) for one in sweep(swept, _SEEDS, 1)] == [one.settings for one in swept]
    for found in sweep(swept, _SEEDS, 1):
        document = found.combination.document
        data, network = document.dataset, document.network
        for place, seed in enumerate(_SEEDS):
            start = replace(document.start, seed=seed).draw(network)
            run = Trajectory(network, data, start, document.learning_rate, pace=document.pace)
            run.extend(25)
            after, before = run.parameters(26), run.parameters(25)
            costs = found.mean_costs[place], found.test_costs[place]
            expected = [mean_cost(network, rows, after) for rows in (data.training, data.test)]
            np.testing.assert_allclose(costs, expected, rtol=1e-9)
            J = forward(network, data.training, before)["J"][0, 0]
            assert found.many.final_costs[place] == pytest.approx(J, rel=1e-9)
            for rows, accuracy in ((data.training, found.accuracies), (data.test, found.test_accuracies)):
                classes = classification(data, predict(network, rows.X, after), rows.numbers)
                assert classes
                assert accuracy[place] == classes.accuracy


def test_processes_compute_the_same_numbers_and_stop_with_what_is_complete() -> None:
    swept, told = _swept(), list[float]()
    found, alone = sweep(swept, _SEEDS, 2, progress=told.append), sweep(swept, _SEEDS, 1)
    for one, other in zip(found, alone, strict=True):
        assert one.combination is other.combination
        assert one.many.costs.tobytes() == other.many.costs.tobytes()
        assert one.test_costs.tobytes() == other.test_costs.tobytes()
    assert told[-1] == pytest.approx(1)
    endless = with_settings(swept[0].document, {"iterations": 10_000_000})

    def interrupt(done: float) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    for processes in (1, 2):
        kept = sweep([swept[0], Combination({}, endless)], _SEEDS, processes, progress=interrupt)
        assert [one.combination for one in kept] == swept[:1]
        with pytest.raises(KeyboardInterrupt):
            sweep([Combination({}, endless)] * 2, _SEEDS, processes, progress=lambda done: interrupt(1 - done))


def test_a_start_that_draws_nothing_has_one_run() -> None:
    document = replace(Document(), iterations=5)
    ones, drawn = sweep(combinations(document, {"method": ["ones", "uniform"]}, _SEEDS), _SEEDS)
    assert (len(ones.many.seeds), len(drawn.many.seeds)) == (1, 3)


def test_an_overflow_counts_as_higher_than_any_cost() -> None:
    document = lesson("too-fast")
    swept = combinations(document, {"learning_rate": [document.learning_rate, 0.01]}, _SEEDS)
    found: list[CombinationRuns] = ranked(sweep(swept, _SEEDS))
    assert [one.combination.settings["learning_rate"] for one in found] == [0.01, document.learning_rate]
    assert found[1].count(Outcome.OVERFLOWED) == 3
    assert np.isinf(found[1].median)
    assert np.isnan(found[1].mean_costs).all()
