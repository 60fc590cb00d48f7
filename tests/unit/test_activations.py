"""Every activation and its slope, against 60 decimal digits."""

import cmath
from collections.abc import Callable
from decimal import Context, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.strategies import finite
from tui_nn.network import HIDDEN_ACTIVATIONS

_LEAST_NORMAL = float(np.finfo(np.float64).tiny)
# Beyond this, e^−|z| is nothing to a double, and the decimals need not go on.
_FARTHEST = 2000.0
_LEAK = Decimal.from_float(0.01)
_ENDS = (0.0, -0.0, 5e-324, -5e-324, 36.5, -36.5, 351.0, -354.5, 708.5, -708.5, 709.7, -745.0, 1e308, -1e308)


def _exact(name: str, z: float) -> tuple[Decimal, Decimal]:
    """f(z) and f′(z), by formulas in e^−|z| that cancel nothing."""
    with localcontext(Context(prec=60)):
        if name == "relu":
            return Decimal(max(z, 0.0)), Decimal(1 if z > 0 else 0)
        if name == "identity":
            return Decimal(z), Decimal(1)
        if name == "leaky relu":
            return Decimal(z) * (1 if z > 0 else _LEAK), Decimal(1) if z > 0 else _LEAK
        e = (-Decimal(min(abs(z), _FARTHEST))).exp()
        if name == "elu":
            return (Decimal(z), Decimal(1)) if z > 0 else (_minus_one(e, z), e)
        if name == "softplus":
            return Decimal(max(z, 0.0)) + _log_of_one_plus(e), (1 if z > 0 else e) / (1 + e)
        if name == "sigmoid":
            return (1 if z >= 0 else e) / (1 + e), e / (1 + e) ** 2
        slope = 4 * e**2 / (1 + e**2) ** 2
        t = Decimal(z)
        # Close to 0, where 1 − e^−2|z| would cancel, two terms of the series are exact enough.
        value = t - t**3 / 3 if abs(z) < 1e-12 else ((1 - e**2) / (1 + e**2)).copy_sign(t)
        return value, slope


def _minus_one(e: Decimal, z: float) -> Decimal:
    """eᶻ − 1. Close to 0, where this would cancel, two terms of the series are exact enough."""
    t = Decimal(z)
    return t + t * t / 2 if abs(z) < 1e-25 else e - 1


def _log_of_one_plus(e: Decimal) -> Decimal:
    """ln(1 + e). Where 1 + e loses the digits of e, two terms of the series are exact enough."""
    return e - e * e / 2 if e < Decimal("1e-25") else (1 + e).ln()


def _is_close(found: float, exact: Decimal) -> bool:
    with localcontext(Context(prec=60)):
        return abs(Decimal(found) - exact) <= Decimal("4e-15") * abs(exact) + Decimal(_LEAST_NORMAL)


@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
@given(z=st.lists(finite | st.floats(-800, 800) | st.floats(-40, 40), min_size=1, max_size=12))
@example(z=list(_ENDS))
@settings(max_examples=150)
def test_value_and_slope_are_accurate_at_any_finite_z(name: str, z: list[float]) -> None:
    values = HIDDEN_ACTIVATIONS[name].value(np.array([z]))
    slopes = HIDDEN_ACTIVATIONS[name].derivative(np.array([z]))
    for place, value, slope in zip(z, values[0].tolist(), slopes[0].tolist(), strict=True):
        exact_value, exact_slope = _exact(name, place)
        assert _is_close(value, exact_value), f"{name}({place!r}) = {value!r}, not {float(exact_value)!r}"
        assert _is_close(slope, exact_slope), f"{name}′({place!r}) = {slope!r}, not {float(exact_slope)!r}"


@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
def test_an_activation_keeps_the_shape_and_leaves_z_alone(name: str) -> None:
    z = np.array([[-1.0, 0.0, 2.0], [3.0, -4.0, 5.0]])
    before = z.copy()
    assert HIDDEN_ACTIVATIONS[name].value(z).shape == z.shape
    assert HIDDEN_ACTIVATIONS[name].derivative(z).shape == z.shape
    assert np.array_equal(z, before)


def test_relu_has_no_slope_at_its_kink() -> None:
    assert HIDDEN_ACTIVATIONS["relu"].derivative(np.array([[-0.0, 0.0, 5e-324]])).tolist() == [[0.0, 0.0, 1.0]]


def test_the_lesson_offers_these_activations() -> None:
    assert tuple(HIDDEN_ACTIVATIONS) == ("sigmoid", "tanh", "relu", "identity", "leaky relu", "elu", "softplus")


_RATIOS: dict[str, Callable[[complex, float], complex]] = {
    "sigmoid": lambda u, _: -cmath.tanh(u / 2),
    "tanh": lambda u, _: -2 * cmath.tanh(u),
    "elu": lambda _, z: complex(z < 0),
    "softplus": lambda u, _: 1 / (1 + cmath.exp(u)),
}
"""f″ / f′ at a complex number close to the real z, of each f that is curved."""


@pytest.mark.parametrize("name", [name for name, f in HIDDEN_ACTIVATIONS.items() if f.curvature])
@given(st.floats(-30, 30), st.floats(0, 0.999), st.floats(0, 6.3))
def test_curvature_bounds_the_slope_of_the_slope_at_complex_z(name: str, z: float, part: float, angle: float) -> None:
    """|f″| ≤ c · |f′|, closer than 1 / 2c to a real z; the formula of f is that of the side on which the real z is."""
    c = HIDDEN_ACTIVATIONS[name].curvature
    u = z + cmath.rect(part / (2 * c), angle)
    assert abs(_RATIOS[name](u, z)) <= c + 1e-9


def test_leaky_relu_has_its_slope_below_at_0_and_elu_has_1() -> None:
    zero = np.zeros((1, 1))
    assert HIDDEN_ACTIVATIONS["leaky relu"].derivative(zero) == 0.01
    assert HIDDEN_ACTIVATIONS["elu"].derivative(zero) == 1.0


def test_softplus_does_not_overflow() -> None:
    found = HIDDEN_ACTIVATIONS["softplus"].value(np.array([-800.0, -40.0, 800.0]))
    assert found.tolist() == [0.0, np.exp(-40.0), 800.0]
