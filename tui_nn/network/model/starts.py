"""Where training starts: all ones, uniform or normal random numbers, or weights that are given."""

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.generators import GENERATORS, NORMAL, UNIFORM
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters


@frozen_dataclass
class StartMethod:
    """How a start comes by its numbers: all of them are ``fill``, or are drawn from ``distribution``.

    Neither is set where the weights are given.
    """

    name: str
    fill: float | None = None
    distribution: str | None = None


START_METHODS = {
    method.name: method
    for method in (
        StartMethod("ones", fill=1.0),
        StartMethod("uniform", distribution=UNIFORM),
        StartMethod("normal", distribution=NORMAL),
        StartMethod("given"),
    )
}
"""By their names in the session file, in the order in which the screen offers them."""


@frozen_dataclass(eq=False)
class Start:
    """How the weights that training starts with are made; ``given`` holds them if the method is "given".

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
        generator = GENERATORS[self.generator]
        if not generator.least_seed <= self.seed <= generator.greatest_seed:
            seeds = f"{generator.least_seed} to {generator.greatest_seed}"
            expected = f"a whole number from {seeds}, which the generator {self.generator} takes"
            raise ValidationError("seed", str(self.seed), expected)
        if self.method == "given" and self.given is None:
            raise ValidationError("W1", "absent", 'the weights, as the start\'s method is "given"')

    @property
    def fill(self) -> float | None:
        """The number that every weight starts with; None where they are drawn or given."""
        return START_METHODS[self.method].fill

    @property
    def distribution(self) -> str | None:
        """The distribution that the weights are drawn from; None where they are not drawn."""
        return START_METHODS[self.method].distribution

    def seeds(self, count: int) -> range:
        """``count`` seeds, from this start's seed on; the last ones that its generator takes if there are too few."""
        last = GENERATORS[self.generator].greatest_seed
        first = min(self.seed, last - count + 1)
        return range(first, first + count)

    def draw(self, network: Network) -> Parameters:
        """The parameters that iteration 1 starts from.

        Random numbers fill W1, W2, … in turn, each column by column as R's ``matrix()`` does, then b1, b2, ….
        Raises `ValidationError` where given weights don't fit the network.
        """
        if self.distribution is not None:
            numbers = GENERATORS[self.generator].draws[self.distribution](self.seed, network.size)
        elif self.fill is not None:
            numbers = np.full(network.size, self.fill)
        else:
            return self._fitting(network)
        matrices, begin = [], 0
        for rows, columns in network.shapes.values():
            matrices.append(numbers[begin : begin + rows * columns].reshape((rows, columns), order="F"))
            begin += rows * columns
        return Parameters(tuple(matrices[: network.depth]), tuple(matrices[network.depth :]))

    def _fitting(self, network: Network) -> Parameters:
        assert self.given is not None  # noqa: S101 - __post_init__ checks it
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
