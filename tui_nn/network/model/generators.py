"""The generators of random numbers that a start can be drawn with, by their names in the session file."""

from collections.abc import Callable, Mapping

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.model.r_generator import r_normal, r_uniform

UNIFORM, NORMAL = "uniform", "normal"
"""The distributions: uniform on (0, 1), and standard normal."""

COLUMNS, ROWS = "columns", "rows"
"""The ways to fill a matrix with the numbers drawn: column by column, or row by row."""


@frozen_dataclass
class Generator:
    """A generator: its name, the seeds that it takes, and what draws so many numbers of each distribution.

    ``draws[distribution](seed, count)`` gives an array of shape (count,), the same one for the same seed. ``fill`` is
    the order in which numbers fill a matrix, if the start does not set it.
    """

    name: str
    least_seed: int
    greatest_seed: int
    draws: Mapping[str, Callable[[int, int], Array]]
    fill: str = COLUMNS


_R = Generator("R", -(2**31) + 1, 2**31 - 1, {UNIFORM: r_uniform, NORMAL: r_normal})
_NUMPY = Generator(
    "numpy",
    0,
    2**63 - 1,
    {
        UNIFORM: lambda seed, count: np.random.default_rng(seed).random(count),
        NORMAL: lambda seed, count: np.random.default_rng(seed).standard_normal(count),
    },
)
# The generator of np.random.seed(seed), which older programs use.
_NUMPY_LEGACY = Generator(
    "numpy legacy",
    0,
    2**32 - 1,
    {
        UNIFORM: lambda seed, count: np.random.RandomState(seed).random_sample(count),
        NORMAL: lambda seed, count: np.random.RandomState(seed).standard_normal(count),
    },
    fill=ROWS,
)
GENERATORS = {generator.name: generator for generator in (_R, _NUMPY, _NUMPY_LEGACY)}
