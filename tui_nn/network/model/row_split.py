"""Draws the rows that are kept back for a test."""

from fractions import Fraction

from tui_nn.network.model.r_generator import r_sample, r_twister


def drawn_test_rows(rows: int, share: float, seed: int) -> tuple[int, ...]:
    """The numbers of the rows, from 1, that are kept back if ``share`` of all ``rows`` are; in ascending order.

    ``set.seed(seed); sample(n)``: the first ⌊n · (1 − share)⌋ of them are trained on, the others kept back.
    """
    # The share as it was typed: 10 · (1 − 0.9) of doubles is a little less than 1.
    trained = int(rows * (1 - Fraction(repr(share))))
    return tuple(sorted(row + 1 for row in r_sample(r_twister(seed), rows)[trained:]))
