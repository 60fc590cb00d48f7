"""The slope of relu at 0 is 0, in the lesson and in both programs that are handed out."""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.unit.handed_out import answer_of, check_against_the_session, of, run_of, written
from tui_nn.network import Dataset, Parameters, Start
from tui_nn.session.document import Document
from tui_nn.session.state import State

_KINDS = {"r": ("Rscript", "--vanilla"), "python": (sys.executable,)}


def _lesson() -> State:
    """The sums of the first unit are 0 in every row: no error reaches its weights, which stay as they are."""
    x, y = np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 5.0]]), np.array([[1.0], [2.0], [3.0]])
    weights = (np.array([[0.0, 0.5], [0.0, -0.25]]), np.array([[1.0], [1.0]]))
    data = Dataset(x, y, ("a", "b"), ("c",), "none", "none")
    start = Start("given", given=Parameters(weights, ()))
    return of(Document("", data, (2,), "relu", "identity", start=start, learning_rate=0.01, iterations=5))


def test_weights_behind_a_sum_of_0_stay_as_they_are() -> None:
    run = run_of(_lesson())
    run.extend(5)
    after = run.parameters(6).weights[0]
    assert after[:, 0].tolist() == [0.0, 0.0]
    assert after[:, 1].tolist() != [0.5, -0.25]


@pytest.mark.parametrize("kind", _KINDS)
def test_a_program_leaves_them_as_they_are_as_well(kind: str, tmp_path: Path) -> None:
    if shutil.which(_KINDS[kind][0]) is None and "CI" not in os.environ:
        pytest.skip("R is not installed here")
    program = tmp_path / "program"
    program.write_text(written(_lesson(), kind), encoding="utf-8")
    check_against_the_session(_lesson(), answer_of(_KINDS[kind], program))
