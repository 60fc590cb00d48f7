"""Batches deal out every row once in an epoch, in the order that R draws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.network.model.batches import ORDERS, SHUFFLED, Batches, Epochs
from tui_nn.network.model.r_generator import r_sample, r_twister


def test_shuffling_is_that_of_r() -> None:
    # set.seed(7); sample(3); sample(3); …
    epochs = Epochs(3, Batches(3, SHUFFLED, 7))
    assert [(epochs.rows_of(epoch) + 1).tolist() for epoch in range(1, 5)] == [
        [2, 1, 3],
        [3, 2, 1],
        [2, 3, 1],
        [3, 2, 1],
    ]
    # An index below 65 536 or more takes two of R's numbers: set.seed(3); sample(70000)[1:4]; sample(5).
    twister = r_twister(3)
    assert [row + 1 for row in r_sample(twister, 70_000)[:4]] == [52922, 41352, 36520, 66541]
    assert [row + 1 for row in r_sample(twister, 5)] == [3, 5, 4, 2, 1]


@given(st.integers(1, 9), st.integers(0, 12), st.sampled_from(ORDERS), st.integers(1, 30))
def test_an_epoch_has_every_row_once(rows: int, size: int, order: str, epoch: int) -> None:
    epochs = Epochs(rows, Batches(size, order, 4))
    first = epochs.first_iteration(epoch)
    iterations = range(first, epochs.first_iteration(epoch + 1))
    batches = [epochs.rows_of(iteration).tolist() for iteration in iterations]
    assert sorted(row for batch in batches for row in batch) == [*range(rows)]
    assert {epochs.epoch_of(iteration) for iteration in iterations} == {epoch}
    assert [epochs.count(iteration) for iteration in iterations] == [len(batch) for batch in batches]
    assert all(len(batch) == epochs.batch_size for batch in batches[:-1])


@pytest.mark.parametrize("epoch", [1, 2, 700, 701, 3000])
def test_any_epoch_is_shuffled_as_if_all_before_it_had_been(epoch: int) -> None:
    far, twister = Epochs(5, Batches(5, SHUFFLED, 2)), r_twister(2)
    orders = [r_sample(twister, 5) for _ in range(3000)]
    assert far.rows_of(3000).tolist() == orders[-1]
    assert far.rows_of(epoch).tolist() == orders[epoch - 1]
