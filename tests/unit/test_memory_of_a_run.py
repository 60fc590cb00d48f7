"""A run keeps what its memory has room for, and what it has let go comes back to the last bit."""

from typing import Any

import numpy as np
import pytest

from tests.unit.helpers import lesson, same_bits
from tui_nn.network import Trajectory
from tui_nn.network.model.array import Array
from tui_nn.network.model.stopping import NEVER, Stopping
from tui_nn.network.training import trajectory
from tui_nn.network.training.trainer import Trainer


def _lecture(rows_kept: int, stopping: Stopping = NEVER) -> Trajectory:
    document = lesson("lecture")
    return Trajectory(
        document.network,
        document.dataset,
        document.start_parameters,
        document.learning_rate,
        memory=rows_kept * 8 * document.network.size,
        stopping=stopping,
    )


@pytest.mark.parametrize("room", [2, 8, 100])
def test_every_iteration_is_kept_as_long_as_there_is_room(room: int) -> None:
    run = _lecture(room)
    run.extend(room)
    once = run.work_to(1)
    assert {run.work_to(iteration) for iteration in range(1, room + 2)} == {once}
    run.extend(room + 1)
    # Then every second one, and one step leads to each that lies between.
    assert [run.work_to(iteration) // once for iteration in range(1, room + 1)] == [1, 2] * (room // 2)


@pytest.mark.parametrize("at_once", [1, 2, 3, 5])
def test_iterations_between_are_the_same_however_few_are_recomputed_at_once(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    whole, thin = _lecture(100), _lecture(3)
    monkeypatch.setattr(trajectory, "_RECOMPUTED_BYTES", at_once * 8 * whole.network.size)
    for run in (whole, thin):
        run.extend(60)
    order = [*range(1, 62), *range(61, 0, -1), *np.random.default_rng(1).integers(1, 62, 60).tolist()]
    for iteration in order:
        assert same_bits(thin.parameters(iteration).flat, whole.parameters(iteration).flat), iteration


@pytest.mark.parametrize("stopping", [NEVER, Stopping(gradient=1e-300)], ids=["goes on", "may stop"])
@pytest.mark.parametrize("rows_kept", [2, 3, 40])
def test_a_run_in_pieces_is_the_same_to_the_last_bit_whatever_it_keeps(rows_kept: int, stopping: Stopping) -> None:
    whole, thin = _lecture(1000), _lecture(rows_kept, stopping)
    whole.extend(300)
    for until in (1, 2, 9, 10, 137, 300):
        thin.extend(until)
    assert thin.costs.tolist() == whole.costs.tolist()
    for iteration in (1, 2, 8, 9, 10, 11, 64, 128, 129, 137, 138, 255, 300, 301):
        assert same_bits(thin.parameters(iteration).flat, whole.parameters(iteration).flat), iteration


def test_what_was_recomputed_for_one_iteration_serves_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    thin = _lecture(3)
    thin.extend(60)
    stride = thin.work_to(32) // thin.work_to(1)
    assert stride >= 16
    recomputed: list[int] = []
    real = Trainer.run

    def run(self: Trainer, start: Array, costs: Array, states: Array | None = None, **more: Any) -> Array:
        recomputed.append(len(costs))
        return real(self, start, costs, states, **more)

    monkeypatch.setattr(Trainer, "run", run)
    for iteration in (32, 31, 18, 25):
        thin.parameters(iteration)
    assert recomputed == [stride]
    # No more at once than there is room for, and none past the one that is asked for.
    monkeypatch.setattr(trajectory, "_RECOMPUTED_BYTES", 5 * 8 * thin.network.size)
    for iteration in (40, 41):
        thin.parameters(iteration)
    assert recomputed == [stride, 5, 5]
