"""Every activation and its slope, against 60 decimal digits."""

from decimal import Context, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.strategies import finite
from tui_nn.network import ACTIVATIONS

_LEAST_NORMAL = float(np.finfo(np.float64).tiny)
# Beyond this, e^−|z| is nothing to a double, and the decimals need not go on.
_FARTHEST = 2000.0
_ENDS = (0.0, -0.0, 5e-324, -5e-324, 36.5, -36.5, 351.0, -354.5, 708.5, -708.5, 709.7, -745.0, 1e308, -1e308)


def _exact(name: str, z: float) -> tuple[Decimal, Decimal]:
    """f(z) and f′(z), by formulas in e^−|z| that cancel nothing."""
    with localcontext(Context(prec=60)):
        if name == "relu":
            return Decimal(max(z, 0.0)), Decimal(1 if z > 0 else 0)
        if name == "identity":
            return Decimal(z), Decimal(1)
        e = (-Decimal(min(abs(z), _FARTHEST))).exp()
        if name == "sigmoid":
            return (1 if z >= 0 else e) / (1 + e), e / (1 + e) ** 2
        slope = 4 * e**2 / (1 + e**2) ** 2
        t = Decimal(z)
        # Close to 0, where 1 − e^−2|z| would cancel, two terms of the series are exact enough.
        value = t - t**3 / 3 if abs(z) < 1e-12 else ((1 - e**2) / (1 + e**2)).copy_sign(t)
        return value, slope


def _is_close(found: float, exact: Decimal) -> bool:
    with localcontext(Context(prec=60)):
        return abs(Decimal(found) - exact) <= Decimal("4e-15") * abs(exact) + Decimal(_LEAST_NORMAL)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(z=st.lists(finite | st.floats(-800, 800) | st.floats(-40, 40), min_size=1, max_size=12))
@example(z=list(_ENDS))
@settings(max_examples=150)
def test_value_and_slope_are_accurate_at_any_finite_z(name: str, z: list[float]) -> None:
    values = ACTIVATIONS[name].value(np.array([z]))
    slopes = ACTIVATIONS[name].derivative(np.array([z]))
    for place, value, slope in zip(z, values[0].tolist(), slopes[0].tolist(), strict=True):
        exact_value, exact_slope = _exact(name, place)
        assert _is_close(value, exact_value), f"{name}({place!r}) = {value!r}, not {float(exact_value)!r}"
        assert _is_close(slope, exact_slope), f"{name}′({place!r}) = {slope!r}, not {float(exact_slope)!r}"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_keeps_the_shape_and_leaves_z_alone(name: str) -> None:
    z = np.array([[-1.0, 0.0, 2.0], [3.0, -4.0, 5.0]])
    before = z.copy()
    assert ACTIVATIONS[name].value(z).shape == z.shape
    assert ACTIVATIONS[name].derivative(z).shape == z.shape
    assert np.array_equal(z, before)


def test_relu_has_no_slope_at_its_kink() -> None:
    assert ACTIVATIONS["relu"].derivative(np.array([[-0.0, 0.0, 5e-324]])).tolist() == [[0.0, 0.0, 1.0]]


def test_the_lesson_offers_these_activations() -> None:
    assert tuple(ACTIVATIONS) == ("sigmoid", "tanh", "relu", "identity")
