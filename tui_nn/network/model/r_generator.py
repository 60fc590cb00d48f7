"""R's default random numbers, bit for bit: what ``set.seed(seed)`` and ``runif(n)`` or ``rnorm(n)`` give in R."""

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


def r_uniform(seed: int, count: int) -> Array:
    """``set.seed(seed); runif(count)``, shape (count,), in (0, 1). Source: R's RNG.c, the Mersenne Twister."""
    # Python has the same twister, and has loaded it already; importing numpy's generators would take 90 ms.
    twister = Random()  # noqa: S311 - nothing is to be kept secret
    twister.setstate((_TWISTER_VERSION, (*_scrambled(seed), _WORDS), None))
    drawn = twister.getrandbits(32 * count).to_bytes(4 * count, "little")
    uniform = np.frombuffer(drawn, "<u4").astype(np.float64) * _PER_WORD
    return np.where(uniform > 0, uniform, _LEAST)


def r_normal(seed: int, count: int) -> Array:
    """``set.seed(seed); rnorm(count)``, shape (count,), by inversion.

    Source: R's snorm.c; the quantiles are Wichura's algorithm AS 241, in R as in the standard library.
    """
    from statistics import NormalDist

    pairs = r_uniform(seed, 2 * count).reshape(count, 2)
    quantile = NormalDist().inv_cdf
    levels = (np.floor(_INVERSION_BITS * pairs[:, 0]) + pairs[:, 1]) / _INVERSION_BITS
    return np.array([quantile(level) for level in levels])


def _scrambled(seed: int) -> list[int]:
    # R scrambles the seed fifty times, then takes 625 words. The first is the twister's position, which R sets to 624.
    word = seed % _WORD
    words = []
    for _ in range(50 + 1 + _WORDS):
        word = (69069 * word + 1) % _WORD
        words.append(word)
    return words[-_WORDS:]
