"""Bounds how far rounding can move each matrix of an iteration away from its exact value.

A running error analysis: each formula passes on the errors of its operands and adds that of its own operations.
Source: N. Higham, "Accuracy and Stability of Numerical Algorithms", sections 3.1 and 3.3.

The bounds leave out the jump of f′ at a kink, such as that of relu′ at 0: they hold for the side of the kink on which
each z was computed.
"""

from collections.abc import Iterable, Mapping
from math import frexp

import numpy as np

from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    CategoricalCrossEntropy,
    ColumnSums,
    ConstantTimes,
    CrossEntropy,
    Derivative,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    PlusRow,
    Product,
    Signs,
    SlopeOverErrors,
    SumOfSizes,
    SumOfSquares,
    SumOverErrors,
    Symbol,
    Transposed,
    Values,
)
from tui_nn.network.model.activations import ACTIVATIONS, Activation
from tui_nn.network.model.array import Array

UNIT = 2.0**-53
"""Half the distance between 1 and the next double: a bound on the relative error of one operation."""
# The least double: the error of a result that underflows.
_LEAST = 2.0**-1074
# numpy's exp, tanh and cosh are right to 4 units in the last place; f′ uses two of them and a few other operations.
_OF_F, _OF_SLOPE = 16 * UNIT, 32 * UNIT
# Below this, f′ underflows.
_FLAT = 1e-300


def rounding_errors(formulas: Iterable[Equation], computed: Values) -> dict[str, Array]:
    """A bound on the error of every matrix that ``formulas`` give, by the matrix's name and in its shape.

    ``formulas`` stand in the order in which they are computed; data and parameters count as exact. A bound is inf or
    nan if numbers overflow.
    """
    errors: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for equation in formulas:
            errors[equation.name] = _bounded(equation.expression, computed, errors)[1]
    return errors


def _bounded(expression: Expression, values: Values, errors: Mapping[str, Array]) -> tuple[Array, Array]:
    """The value of ``expression`` and a bound on its error, both of the same shape."""
    match expression:
        case Symbol(name):
            value = values[name]
            return value, errors[name] if name in errors else np.zeros_like(value)
        case Transposed(of):
            value, error = _bounded(of, values, errors)
            return value.T, error.T
        case Negated(of):
            value, error = _bounded(of, values, errors)
            return -value, error
        case Activated(name, of):
            f = ACTIVATIONS[name]
            return (_mixed if f.mixes_units else _activated)(f, *_bounded(of, values, errors))
        case Derivative(name, of) if not ACTIVATIONS[name].mixes_units:
            return _derivative(ACTIVATIONS[name], *_bounded(of, values, errors))
        case Product(left, right):
            return _product(*_bounded(left, values, errors), *_bounded(right, values, errors))
        case Hadamard(left, right):
            (a, a_error), (b, b_error) = _bounded(left, values, errors), _bounded(right, values, errors)
            value = a * b
            return value, UNIT * np.abs(value) + a_error * np.abs(b) + (np.abs(a) + a_error) * b_error + _LEAST
        case Difference(left, right) | Added(left, right) | PlusRow(left, right):
            (a, a_error), (b, b_error) = _bounded(left, values, errors), _bounded(right, values, errors)
            value = a - b if isinstance(expression, Difference) else a + b
            return value, UNIT * np.abs(value) + a_error + b_error
        case ColumnSums(of):
            value, error = _bounded(of, values, errors)
            sums = np.abs(value).sum(axis=0, keepdims=True)
            return expression.value(values), _of_terms(len(value)) * sums + error.sum(axis=0, keepdims=True)
        case SumOfSquares(of):
            value, error = _bounded(of, values, errors)
            total = expression.value(values)
            own = _of_terms(value.size + 1) * total + 2 * value.size * _LEAST
            return total, own + (2 * np.abs(value) * error + error * error).sum()
        case Signs(of):
            # Parameters are exact, and so are their signs.
            return expression.value(values), np.zeros_like(values[of.name])
        case SumOverErrors(h, of, predicted):
            e, error = _bounded(Difference(of, predicted), values, errors)
            slopes = h.derivative(e)
            total = expression.value(values)
            # No h(e) is below 0.
            own = (_of_terms(e.size) + _OF_F) * total + e.size * _FLAT
            return total, own + (np.abs(slopes) * error + h.curvature / 2 * error * error).sum()
        case SlopeOverErrors(h, of, predicted):
            e, error = _bounded(Difference(of, predicted), values, errors)
            slopes = h.derivative(e)
            return slopes, h.curvature * error + _OF_SLOPE * np.abs(slopes) + _FLAT
        case CrossEntropy(Symbol(y_name), _, of):
            (z, error), y = _bounded(of, values, errors), values[y_name]
            total = expression.value(values)
            # No term is below 0, and each takes a few operations. σ′, the second derivative by z, is at most ¼.
            own = _of_terms(z.size) * total + _OF_F * total + z.size * _LEAST
            slopes = np.abs(ACTIVATIONS["sigmoid"].value(z) - y)
            return total, own + (slopes * error + error * error / 8).sum()
        case CategoricalCrossEntropy(Symbol(y_name), _, of):
            (z, error), y = _bounded(of, values, errors), values[y_name]
            total = expression.value(values)
            # As for cross-entropy; besides, the rounding of each zₖ − max z moves its exponential.
            below = z.max(axis=1, keepdims=True) - z
            own = _of_terms(z.size) * total + _OF_F * total + z.size * _LEAST
            own += UNIT * (y.sum(axis=1, keepdims=True) * below * np.exp(-below)).sum()
            slopes = np.abs(ACTIVATIONS["softmax"].value(z) - y)
            # The greatest eigenvalue of the second derivatives by a row of z is ½ at most.
            return total, own + (slopes * error + error * error / 4).sum()
        case SumOfSizes(of):
            value, error = _bounded(of, values, errors)
            total = expression.value(values)
            return total, _of_terms(value.size) * total + error.sum()
        case NumberTimes(factor, of):
            value, error = _bounded(of, values, errors)
            number = float(values[factor].flat[0])
            return number * value, abs(number) * error + UNIT * np.abs(number * value) + _LEAST
        case ConstantTimes(constant, of):
            value, error = _bounded(of, values, errors)
            # A product with a power of 2 is exact.
            unit = 0.0 if frexp(abs(constant))[0] == 0.5 else UNIT
            return constant * value, abs(constant) * (error + unit * np.abs(value))
        case DividedByRows(of, counted):
            value, error = _bounded(of, values, errors)
            rows = len(counted.value(values))
            return value / rows, error / rows + UNIT * np.abs(value / rows) + _LEAST
    # The update, mistakes, and a derivation's steps for single rows need no bounds.
    raise NotImplementedError(type(expression).__name__)


def _of_terms(count: int) -> float:
    """A bound on the relative error of a sum of ``count`` products, added up in any order."""
    return count * UNIT / (1 - count * UNIT)


def _product(left: Array, left_error: Array, right: Array, right_error: Array) -> tuple[Array, Array]:
    inner = left.shape[1]
    size = np.abs(left)
    error = (_of_terms(inner) * size + left_error) @ np.abs(right) + inner * _LEAST
    if right_error.any():
        error += (size + left_error) @ right_error
    return left @ right, error


def _activated(f: Activation, z: Array, error: Array) -> tuple[Array, Array]:
    a, slope = f.both(z)
    # Straight lines are exact where their slope is 0 or 1; elsewhere they are one multiplication.
    own = _OF_F * np.abs(a) + _FLAT if f.curvature else np.where(slope == 1, 0.0, UNIT * np.abs(a))
    return a, _steepest(f, z, slope, error) * error + own


def _mixed(f: Activation, z: Array, error: Array) -> tuple[Array, Array]:
    """Softmax of z. If no z moves by more than e, numerator and denominator each change by a factor of eᵉ at most.

    Rounding zₖ − max z adds a relative error in proportion to its size.
    """
    a = f.value(z)
    below = z.max(axis=1, keepdims=True) - z
    own = _OF_F + _of_terms(z.shape[1]) + UNIT * (below + (a * below).sum(axis=1, keepdims=True))
    moved = np.expm1(2 * error.max(axis=1, keepdims=True))
    return a, np.fmin(a * (own + moved + own * moved) + _FLAT, 1.0)


def _derivative(f: Activation, z: Array, error: Array) -> tuple[Array, Array]:
    slope = f.derivative(z)
    if not f.curvature:
        return slope, np.zeros_like(slope)
    return slope, np.fmin(f.curvature * _steepest(f, z, slope, error) * error, 1.0) + _OF_SLOPE * slope + _FLAT


def _steepest(f: Activation, z: Array, slope: Array, reach: Array) -> Array:
    """A bound on f′ within ``reach`` of z; f′(z) is ``slope``, and f′ is nowhere above 1.

    Gives the smaller of two bounds. First: |f″| ≤ c · |f′| with the activation's ``curvature`` c, so f′ grows at most
    by the factor exp(c · reach). Second: f′ is monotonic on either side of 0, so it is greatest at an end of the
    interval, unless the interval contains 0.
    """
    if not f.curvature:
        return slope
    steepest: Array = np.fmin(slope * np.exp(f.curvature * reach), 1.0)
    if reach.max() * f.curvature > 1:
        ends = np.fmax(f.derivative(z - reach), f.derivative(z + reach))
        steepest = np.fmin(steepest, np.where(reach < np.abs(z), ends, 1.0))
    return steepest
