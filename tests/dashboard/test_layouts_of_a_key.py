"""How often a key lays matrices out: what can't fit, or stays out of sight, is not tried."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.stage import opened
from tests.unit.helpers import lesson, written
from tui_nn.dashboard.panes.backward import BackwardPane
from tui_nn.dashboard.panes.forward import ForwardPane
from tui_nn.dashboard.panes.step import StepPane
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_layout import Layout
from tui_nn.network import Dataset
from tui_nn.session.document import Document
from tui_nn.session.storage import document_toml

_SIZE = (120, 40)
_FEW = 16


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many layouts each pane has tried; the panes are named by their classes."""
    tried: Counter[str] = Counter()
    made: Counter[str] = Counter()
    begin = Layout.__init__

    def count(layout: Layout, *arguments: object, **named: object) -> None:
        made["all"] += 1
        begin(layout, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Layout, "__init__", count)
    for pane in (StepPane, ForwardPane, BackwardPane):
        laid_out = pane.laid_out

        def counted(board: MatrixBoard, view: View, room: int, laid_out: Callable[..., Layout] = laid_out) -> Layout:
            before = made["all"]
            layout = laid_out(board, view, room)
            tried[type(board).__name__] += made["all"] - before
            return layout

        monkeypatch.setattr(pane, "laid_out", counted)
    return tried


def _wide(directory: Path) -> Path:
    return written(directory, document_toml.dump(replace(Document(), hidden=(48, 24), iterations=5)))


def _of_many_columns(directory: Path) -> Path:
    numbers = np.arange(40 * 15, dtype=float).reshape(40, 15) % 7
    document = replace(
        Document(),
        dataset=Dataset(numbers, numbers[:, :1], tuple(f"x{column}" for column in range(15)), ("y",)),
        iterations=5,
    )
    return written(directory, document_toml.dump(document))


@pytest.mark.parametrize("lesson_file", [_wide, _of_many_columns])
async def test_a_pass_that_no_pane_has_room_for_is_laid_out_once(
    lesson_file: Callable[[Path], Path], layouts: Counter[str], tmp_path: Path
) -> None:
    async with opened(lesson_file(tmp_path), size=_SIZE) as stage:
        for _ in range(12):
            layouts.clear()
            await stage.press("right")
            assert max(layouts["ForwardPane"], layouts["BackwardPane"]) <= 1


async def test_a_step_of_many_rows_tries_few_windows(layouts: Counter[str], tmp_path: Path) -> None:
    async with opened(
        written(tmp_path, document_toml.dump(replace(lesson("iris"), questions=()))), size=_SIZE
    ) as stage:
        for _ in range(8):
            layouts.clear()
            await stage.press("right")
            assert layouts["StepPane"] <= _FEW
