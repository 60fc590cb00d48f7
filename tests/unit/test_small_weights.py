"""How many weights a penalty has brought close to 0, also where gradient descent can't rest at 0."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.descents import LECTURE, NETWORK, START
from tests.unit.helpers import written
from tui_nn.network import Network, Parameters, Run, Segment, Start, compute_pass
from tui_nn.network.checks.small_weights import SmallWeights, small_weights
from tui_nn.network.model.array import Array
from tui_nn.network.model.penalty import Penalty
from tui_nn.session.document import Document
from tui_nn.session.storage import document_toml
from tui_nn.writing.notation.signs import ASCII, UNICODE
from tui_nn.writing.sentences.small_weights import small_weights_sentence


def _lasso_by_soft_threshold(network: Network, l1: float, rate: float) -> Array:
    """The weights of the lasso by proximal gradient descent, which sets weights to exactly 0."""
    flat = Start().draw(network).flat
    for _ in range(20_000):
        computed = compute_pass(network, LECTURE, Parameters.from_flat(network, flat), rate)
        moved = flat - rate * np.concatenate([computed[f"dJd{name}"].ravel() for name in network.shapes])
        flat = np.sign(moved) * np.maximum(np.abs(moved) - rate * l1, 0)
    return flat


@pytest.mark.parametrize("l1", [0.003])
def test_as_many_are_nearly_0_as_the_lasso_makes_0(l1: float) -> None:
    zeros = int((_lasso_by_soft_threshold(NETWORK, l1, 1.0) == 0).sum())
    assert zeros >= 6
    for rate in (1.0, 5.0):
        run = Run(NETWORK, START, [Segment(1, LECTURE, rate, penalty=Penalty(l1=l1))])
        run.extend(30_000)
        for iteration in range(29_000, 30_000, 111):
            computed = run.pass_at(iteration)
            assert small_weights(computed, computed.next_parameters) == SmallWeights(
                zeros, 9, max(1e-3, 2 * rate * l1), counts_biases=False
            )


def test_it_counts_what_the_penalty_counts_by_the_rate_and_penalty_of_the_iteration() -> None:
    def counted(penalty: Penalty, rate: float = 0.1) -> SmallWeights | None:
        network = Network((2, 3, 1), bias=True, penalty=penalty)
        parameters = Start("uniform", biases=0.0).draw(network)
        return small_weights(compute_pass(network, LECTURE, parameters, rate), parameters)

    # R: set.seed(1); runif(9) are from 0.2 to 0.95, 0.2017 the least.
    assert counted(Penalty(l2=0.1)) == SmallWeights(0, 9, 0.001, counts_biases=False)
    assert counted(Penalty(l2=0.1, on_biases=True)) == SmallWeights(4, 13, 0.001, counts_biases=True)
    assert counted(Penalty(l1=0.01)) == SmallWeights(0, 9, 0.002, counts_biases=False)
    assert counted(Penalty(l1=1.01)) == SmallWeights(1, 9, 0.2 * 1.01, counts_biases=False)
    assert counted(Penalty()) is None


def test_the_sentence_says_what_counts_as_nearly_0() -> None:
    none, some = SmallWeights(0, 9, 0.001, counts_biases=False), SmallWeights(1204, 2000, 0.012, counts_biases=True)
    assert small_weights_sentence(none, UNICODE) == "None of the 9 weights is nearly 0: |w| ≤ 0.001."
    assert (
        small_weights_sentence(some, UNICODE)
        == "1 204 of the 2 000 weights and biases are nearly 0: |w| ≤ 2 η λ₁ = 0.012."
    )
    assert small_weights_sentence(some, ASCII).endswith("|w| <= 2 rate l1 = 0.012.")


def test_train_says_it_where_there_is_a_penalty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, document_toml.dump(Document(l1=0.001)), "lasso.toml"))
    assert json.loads(command(capsys, "train", path, "--format", "json").out)["weights_near_zero"] == {
        "count": 6,
        "of": 9,
        "within": 0.01,
    }
    assert "6 of the 9 weights are nearly 0" in command(capsys, "train", path).out
    assert "near" not in command(capsys, "train", "lecture", "--format", "json").out
