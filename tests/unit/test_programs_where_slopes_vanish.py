"""Slopes that are 0 or next to it, in the lesson and in both programs that are handed out: to the last digits."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.programs import is_to_run
from tests.unit.handed_out import of, run_of, written
from tests.unit.programs_handed_out import answer_of, check_against_the_session, printed
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
    check_against_the_session(_lesson(), _answer(_lesson(), kind, tmp_path))


def _saturated() -> State:
    """Sums from next to nothing to far beyond where e to them is too large a number, of both signs."""
    sums = np.array([[0.25], [3.0], [-12.0], [15.0], [-15.0], [400.0], [-400.0], [1000.0], [-1000.0]])
    data = Dataset(sums, np.full_like(sums, 0.5), ("a",), ("c",), "none", "none")
    weights = (np.array([[1.0, -0.5]]), np.array([[25.0], [-10.0]]))
    start = Start("given", given=Parameters(weights, ()))
    return of(Document("", data, (2,), "tanh", "sigmoid", start=start, learning_rate=1.0, iterations=1))


def test_slopes_of_saturated_units_are_right_relative_to_themselves() -> None:
    computed = run_of(_saturated()).pass_at(1)
    # Source: tanh′ = 4 / (eᶻ + e⁻ᶻ)² and σ′ = e⁻ᶻ / (1 + e⁻ᶻ)² = e⁻|ᶻ| / (1 + e⁻|ᶻ|)², in which nothing cancels.
    z, out = np.abs(computed["Z2"]), np.abs(computed["Z3"])
    of_tanh = 4 * np.exp(-2 * z) / (1 + np.exp(-2 * z)) ** 2
    of_sigmoid = np.exp(-out) / (1 + np.exp(-out)) ** 2
    delta3 = (computed["Y_hat"] - 0.5) * of_sigmoid
    np.testing.assert_allclose(computed["delta3"], delta3, rtol=1e-12, atol=0)
    np.testing.assert_allclose(computed["delta2"], delta3 * [[25.0, -10.0]] * of_tanh, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("kind", _KINDS)
def test_a_program_has_the_slopes_of_saturated_units_to_nine_digits(kind: str, tmp_path: Path) -> None:
    found = printed(_answer(_saturated(), kind, tmp_path, iteration=1))
    computed = run_of(_saturated()).pass_at(1)
    for name in ("delta3", "delta2", "dJdW2", "dJdW1"):
        np.testing.assert_allclose(found[name], computed[name], rtol=1e-9, atol=1e-300, err_msg=name)


def _answer(state: State, kind: str, folder: Path, iteration: int | None = None) -> str:
    """What the program prints."""
    _needs(kind)
    program = folder / "program"
    program.write_text(written(state, kind, iteration), encoding="utf-8")
    return answer_of(_KINDS[kind], program)


def _undefined() -> State:
    """A sum of what is too large above 0 and below it: no number, of which relu makes none either."""
    data = Dataset(np.array([[10.0, 10.0]]), np.array([[1.0]]), ("a", "b"), ("c",), "none", "none")
    weights = (np.array([[1e308], [-1e308]]), np.array([[1.0]]))
    return of(Document("", data, (1,), "relu", "identity", start=Start("given", given=Parameters(weights, ()))))


@pytest.mark.parametrize("kind", [None, *_KINDS])
def test_a_sum_that_is_no_number_ends_the_run_behind_relu_too(kind: str | None, tmp_path: Path) -> None:
    if kind is None:
        overflow = run_of(_undefined()).overflow
        assert overflow
        assert (overflow.iteration, overflow.name) == (1, "Z2")
        return
    program = tmp_path / "program"
    program.write_text(written(_undefined(), kind), encoding="utf-8")
    _needs(kind)
    done = subprocess.run([*_KINDS[kind], program], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "The run ends at iteration 1: Z2 is too large a number." in done.stderr


def _needs(kind: str) -> None:
    if not is_to_run(_KINDS[kind][0]):
        pytest.skip("R is not installed here")
