"""Where training starts: all ones, uniform or normal random numbers, or weights that are given."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.r_generator import r_normal, r_uniform

START_METHODS = ("ones", "uniform", "normal", "given")
GENERATORS = ("R", "numpy")

_DRAWS: dict[tuple[str, str], Callable[[int, int], Array]] = {
    ("uniform", "R"): r_uniform,
    ("normal", "R"): r_normal,
    ("uniform", "numpy"): lambda seed, count: np.random.default_rng(seed).random(count),
    ("normal", "numpy"): lambda seed, count: np.random.default_rng(seed).standard_normal(count),
}
_SEEDS = {"R": (-(2**31) + 1, 2**31 - 1), "numpy": (0, 2**63 - 1)}


@dataclass(frozen=True, eq=False)
class Start:
    """How the first weights come about; ``given`` holds them where the method is "given".

    Raises `ValidationError` for an unknown method or generator, a seed that the generator does not take, or given
    weights that are missing.
    """

    method: str = "uniform"
    generator: str = "R"
    seed: int = 1
    given: Parameters | None = None

    def __post_init__(self) -> None:
        for key, choices in (("method", START_METHODS), ("generator", GENERATORS)):
            if getattr(self, key) not in choices:
                raise ValidationError(key, f'"{getattr(self, key)}"', "one of " + ", ".join(f'"{c}"' for c in choices))
        least, greatest = _SEEDS[self.generator]
        if not least <= self.seed <= greatest:
            expected = f"a whole number from {least} to {greatest}, which the generator {self.generator} takes"
            raise ValidationError("seed", str(self.seed), expected)
        if self.method == "given" and self.given is None:
            raise ValidationError("W1", "absent", 'the weights, as the start\'s method is "given"')

    def seeds(self, count: int) -> range:
        """So many seeds from this start's on, or the last ones that its generator takes."""
        last = _SEEDS[self.generator][1]
        first = min(self.seed, last - count + 1)
        return range(first, first + count)

    def draw(self, network: Network) -> Parameters:
        """The parameters that iteration 1 starts from.

        Random numbers fill W1, W2, … in turn, each column by column as R's ``matrix()`` does, then b1, b2, ….
        Raises `ValidationError` where given weights don't fit the network.
        """
        if self.method == "given":
            return self._fitting(network)
        if self.method == "ones":
            numbers = np.ones(network.size)
        else:
            numbers = _DRAWS[self.method, self.generator](self.seed, network.size)
        matrices, begin = [], 0
        for rows, columns in network.shapes.values():
            matrices.append(numbers[begin : begin + rows * columns].reshape((rows, columns), order="F"))
            begin += rows * columns
        return Parameters(tuple(matrices[: network.depth]), tuple(matrices[network.depth :]))

    def _fitting(self, network: Network) -> Parameters:
        assert self.given is not None  # noqa: S101 - __post_init__ has seen to it
        named = self.given.named
        for name, (rows, columns) in network.shapes.items():
            expected = f"{rows}×{columns}, for a network of {'-'.join(map(str, network.layers))} units"
            if name not in named:
                raise ValidationError(name, "absent", expected)
            if named[name].shape != (rows, columns):
                found = "×".join(map(str, named[name].shape))
                if named[name].shape == (columns, rows):
                    expected += " (a row for each unit before it; other programs print units by inputs: transpose it)"
                raise ValidationError(name, found, expected)
            if not np.isfinite(named[name]).all():
                raise ValidationError(name, "not finite", "finite numbers only")
        for name in named:
            if name not in network.shapes:
                raise ValidationError(name, "given", f"only {', '.join(network.shapes)}")
        return self.given
