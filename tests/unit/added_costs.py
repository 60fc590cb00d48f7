"""Costs Σ h(y − ŷ) for the tests, added as `docs/architecture.md` says: Huber's, the example there, and ln(cosh(e))."""

import cmath
import math
import re
import textwrap
from functools import partial

import numpy as np
import pytest

from tests.unit import arithmetic, exact_slopes, reference
from tests.unit.helpers import DATA
from tui_nn.network import COSTS
from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y
from tui_nn.network.formulas.expression import Negated, SlopeOverErrors, SumOverErrors
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.activations.function import Call, log, z
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.writing.notation import cost_text
from tui_nn.writing.notation.cost_text import CostText

_HALF, _TWO, _TWENTY = (np.array(number) for number in (0.5, 2.0, 20.0))


def _compile_log_cosh(e: Array, h: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # ln(1 + 2 sinh²(e/2)), which loses no digits near 0; far from 0, |e| − ln 2.
    return (
        (np.absolute, (e, scratch)),
        (partial(np.minimum, out=h), (scratch, _TWENTY)),
        (np.multiply, (h, _HALF, h)),
        (np.sinh, (h, h)),
        (np.multiply, (h, h, h)),
        (np.multiply, (h, _TWO, h)),
        (np.log1p, (h, h)),
        (np.subtract, (scratch, np.log(_TWO), scratch)),
        (partial(np.maximum, out=h), (h, scratch)),
        (np.tanh, (e, prime)),
    )


_LOG_COSH = CostOfError(
    "logcosh",
    _compile_log_cosh,
    formula=log(Call("cosh", z)),
    slope=Call("tanh", z),
    derivation=(Call("sinh", z) / Call("cosh", z), Call("tanh", z)),
    # h″ is 1 / cosh², which is 1 / cos²(½) at e = ½ i.
    curvature=1.3,
    computed=(Call("log1p", 2 * Call("sinh", z / 2) ** 2), Call("tanh", z)),
)
_RECIPE = (DATA.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8").partition("### A cost: ")[2]
_BLOCKS = re.findall(r" +```python\n(.*?)```", _RECIPE, re.DOTALL)
_HUBER_FILE, _HUBER_TEXT = (textwrap.dedent(text) for text in _BLOCKS[:2])


def _huber_of_the_recipe() -> Cost:
    known: dict[str, Cost] = {}
    exec(_HUBER_FILE, known)  # noqa: S102 - our own manual
    return known["HUBER"]


ADDED = {
    "huber": _huber_of_the_recipe(),
    "log-cosh": Cost(
        "log-cosh",
        SumOverErrors(_LOG_COSH, Y, Y_HAT),
        Negated(SlopeOverErrors(_LOG_COSH, Y, Y_HAT)),
        _LOG_COSH.curvature,
    ),
}
_TEXTS = {
    **eval(f"{{{_HUBER_TEXT}}}", {"CostText": CostText}),  # noqa: S307 - our own manual
    "log-cosh": CostText(
        step="How wrong the predictions are: the costs of all errors, added up.",
        loss="(1/N) times the sum of these costs",
        of_row="The error of row n is {y} {minus} {y_hat}{several}",
        of_all="As matrices: the costs of all cells, added up.",
        slope="The minus of {y_hat} comes to the front.",
        error="the slope at the error",
        outputs=", {} numbers, whose costs are added up.",
    ),
}


def huber(e: float) -> float:
    return e * e / 2 if abs(e) <= 1 else abs(e) - 0.5


def log_cosh(e: float) -> float:
    return math.log(math.cosh(e))


def add_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The costs and their texts, and their twins for the tests."""
    for name, cost in ADDED.items():
        monkeypatch.setitem(COSTS, name, cost)
        monkeypatch.setitem(cost_text._TEXTS, name, _TEXTS[name])
    monkeypatch.setitem(reference.COSTS, "huber", lambda y, y_hat: huber(y - y_hat))
    monkeypatch.setitem(reference.COSTS, "log-cosh", lambda y, y_hat: log_cosh(y - y_hat))
    monkeypatch.setitem(arithmetic.COSTS_OF_ERRORS, "huber", (huber, lambda e: max(-1.0, min(1.0, e))))
    monkeypatch.setitem(arithmetic.COSTS_OF_ERRORS, "logcosh", (log_cosh, math.tanh))
    monkeypatch.setitem(
        exact_slopes.COSTS,
        "huber",
        lambda y, a: (y - a) ** 2 / 2 if abs((y - a).real) <= 1 else exact_slopes.size(y - a) - 0.5,
    )
    monkeypatch.setitem(exact_slopes.COSTS, "log-cosh", lambda y, a: cmath.log(cmath.cosh(y - a)))
