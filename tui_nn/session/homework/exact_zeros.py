"""Tells a 0 that a program computed from a number that it rounded to 0."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.student_names import is_cost_name

# 0.0 is known to half a unit of its decimal, 0 to less; what R and numpy print by themselves, mostly to far more.
_FEW_DIGITS, _ALL_DIGITS = 0.049, 1e-6


def with_exact_zeros(matrices: Sequence[PrintedMatrix]) -> Iterator[PrintedMatrix]:
    """The matrices; a J of 0 without decimals is exactly 0 where the program prints others with all their digits.

    A matrix such as [[0.]] may be rounded: numpy prints a small number so if it is told to print few digits.
    """
    has_all_digits = any((one.tolerance < _ALL_DIGITS).any() for one in matrices)
    for one in matrices:
        is_cost = one.is_list and one.numbers.size == 1 and is_cost_name(one.label)
        is_zero = is_cost and one.numbers.item() == 0 and one.tolerance.item() >= _FEW_DIGITS
        yield replace(one, tolerance=np.zeros_like(one.tolerance)) if is_zero and has_all_digits else one
