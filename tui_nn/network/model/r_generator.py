"""R's default random numbers, bit for bit: those of ``runif(n)``, ``rnorm(n)`` and ``sample(n)`` after ``set.seed``."""

from collections.abc import Callable
from random import Random

import numpy as np

from tui_nn.network.model.array import Array

_WORD = 2**32
_WORDS = 624
_TWISTER_VERSION = 3
_PER_WORD = 2.3283064365386963e-10  # 2⁻³²
# What R takes for a word of 0, so that no number is 0: half of 1 / (2³² − 1).
_LEAST = 0.5 * 2.328306437080797e-10
# R draws a normal number from two uniform ones: 27 bits of the first, then the second behind them.
_INVERSION_BITS = 2**27
# How many bits of a uniform number ``sample`` takes.
_SAMPLED_BITS = 16


def r_uniform(seed: int, count: int) -> Array:
    """``set.seed(seed); runif(count)``, shape (count,), in (0, 1). Source: R's RNG.c, the Mersenne Twister."""
    return uniform_from(r_twister(seed), count)


def uniform_from(twister: Random, count: int) -> Array:
    """``runif(count)``, shape (count,), in (0, 1); ``twister`` goes on for the next call."""
    drawn = twister.getrandbits(32 * count).to_bytes(4 * count, "little")
    uniform = np.frombuffer(drawn, "<u4").astype(np.float64) * _PER_WORD
    return np.where(uniform > 0, uniform, _LEAST)


def r_normal(seed: int, count: int) -> Array:
    """``set.seed(seed); rnorm(count)``, shape (count,), by inversion.

    Source: R's snorm.c; the quantiles are Wichura's algorithm AS 241, in R as in the standard library.
    """
    return normal_from(r_twister(seed), count)


def normal_from(twister: Random, count: int) -> Array:
    """``rnorm(count)``, shape (count,); ``twister`` goes on for the next call."""
    from statistics import NormalDist

    pairs = uniform_from(twister, 2 * count).reshape(count, 2)
    quantile = NormalDist().inv_cdf
    levels = (np.floor(_INVERSION_BITS * pairs[:, 0]) + pairs[:, 1]) / _INVERSION_BITS
    return np.array([quantile(level) for level in levels])


def r_twister(seed: int) -> Random:
    """The twister after ``set.seed(seed)``: 32 bits of it make a uniform number."""
    # Python has the same twister, and has loaded it already; importing numpy's generators would take 90 ms.
    twister = Random()  # noqa: S311 - nothing is to be kept secret
    twister.setstate((_TWISTER_VERSION, (*_scrambled(seed), _WORDS), None))
    return twister


def r_sample(twister: Random, count: int) -> list[int]:
    """``sample(count) - 1``: the numbers from 0 to count − 1 in random order; ``twister`` goes on for the next call.

    Source: R ≥ 3.6, unique.c and RNG.c. An index below n takes ⌈log₂ n⌉ random bits, 16 at a time, and draws again
    where they make n or more (``sample.kind = "Rejection"``).
    """
    left, order, draw = [*range(count)], [], twister.getrandbits
    for among in range(count, 0, -1):
        bits = (among - 1).bit_length()
        mask = (1 << bits) - 1
        if bits < _SAMPLED_BITS:
            # ⌊2¹⁶ u⌋ of a uniform number u is the upper half of its word.
            index = (draw(32) >> _SAMPLED_BITS) & mask
            while index >= among:
                index = (draw(32) >> _SAMPLED_BITS) & mask
        else:
            index = _of_many_bits(draw, bits) & mask
            while index >= among:
                index = _of_many_bits(draw, bits) & mask
        order.append(left[index])
        left[index] = left[among - 1]
    return order


def _of_many_bits(draw: Callable[[int], int], bits: int) -> int:
    number = 0
    for _ in range(bits // _SAMPLED_BITS + 1):
        number = (number << _SAMPLED_BITS) | (draw(32) >> _SAMPLED_BITS)
    return number


def _scrambled(seed: int) -> list[int]:
    # R scrambles the seed fifty times, then takes 625 words. The first is the twister's position, which R sets to 624.
    word = seed % _WORD
    words = []
    for _ in range(50 + 1 + _WORDS):
        word = (69069 * word + 1) % _WORD
        words.append(word)
    return words[-_WORDS:]
