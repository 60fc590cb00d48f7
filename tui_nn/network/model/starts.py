"""Where training starts: the same number everywhere, random numbers, or weights that are given."""

import math
from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, pgettext
from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError, quoted
from tui_nn.network.model.generators import COLUMNS, GENERATORS, NORMAL, ROWS, UNIFORM
from tui_nn.network.model.network import Network
from tui_nn.network.model.parameters import Parameters

_Order: TypeAlias = Literal["C", "F"]

DRAWN = "drawn"
"""Biases that are drawn like the weights, and after them."""
FILLS = (COLUMNS, ROWS)
_LARGEST = 1e300
"""The greatest absolute value of low, high, mean, sd and biases: numbers drawn are then finite."""


@frozen_dataclass
class Spread:
    """How far the weights of a matrix are spread: √(``variance`` / units), the units counted before or on both sides.

    It is a in U(−a, a), or the standard deviation of normal numbers around 0.
    """

    variance: int
    is_of_both_sides: bool

    def units(self, before: int, after: int) -> tuple[int, ...]:
        """The numbers of units that are added up, for a matrix of so many units before and after."""
        return (before, after) if self.is_of_both_sides else (before,)

    def value(self, before: int, after: int) -> float:
        """The spread for a matrix of shape (before, after)."""
        return math.sqrt(self.variance / sum(self.units(before, after)))


def uniform_sd(low: float, high: float) -> float:
    """The standard deviation of a number that is uniform on (low, high): (high − low) / √12."""
    return high / math.sqrt(12) - low / math.sqrt(12)


@frozen_dataclass
class StartMethod:
    """Where the numbers of a start come from: all are ``constant``, or they are drawn from ``distribution``.

    Neither is set where the weights are given. With a ``spread``, the sizes of the layers set the distribution of each
    matrix; without, the start does. ``biases`` holds if the start does not set them.
    """

    name: str
    constant: float | None = None
    distribution: str | None = None
    spread: Spread | None = None
    biases: float | str = DRAWN


# Xavier's: Glorot and Bengio (2010); He's: He et al. (2015). Both leave the biases at 0.
START_METHODS = {
    method.name: method
    for method in (
        StartMethod("ones", constant=1.0),
        StartMethod("zeros", constant=0.0),
        StartMethod("uniform", distribution=UNIFORM),
        StartMethod("normal", distribution=NORMAL),
        StartMethod("xavier uniform", distribution=UNIFORM, spread=Spread(6, is_of_both_sides=True), biases=0.0),
        StartMethod("xavier normal", distribution=NORMAL, spread=Spread(2, is_of_both_sides=True), biases=0.0),
        StartMethod("he uniform", distribution=UNIFORM, spread=Spread(6, is_of_both_sides=False), biases=0.0),
        StartMethod("he normal", distribution=NORMAL, spread=Spread(2, is_of_both_sides=False), biases=0.0),
        StartMethod("given"),
    )
}
"""By their names in the session file, in the order in which the screen offers them."""


@frozen_dataclass(eq=False)
class Start:
    """How the weights that training starts with are made; ``given`` holds them if the method is "given".

    ``low`` and ``high`` are the ends of the range of uniform numbers, ``mean`` and ``sd`` the mean and the standard
    deviation of normal ones, for methods that leave them to the start. ``biases`` is "drawn", or a number for all of
    them; ``fill`` is "columns" or "rows", the order in which drawn numbers fill a matrix. "" stands for what is usual
    with the method or the generator, and is replaced by it.

    Raises `ValidationError` for an unknown method, generator or fill, a seed that the generator does not take, a
    distribution that can't be, or given weights that are missing.
    """

    method: str = "uniform"
    generator: str = "R"
    seed: int = 1
    given: Parameters | None = None
    low: float = 0.0
    high: float = 1.0
    mean: float = 0.0
    sd: float = 1.0
    biases: float | str = ""
    fill: str = ""

    def __post_init__(self) -> None:
        for key, choices in (("method", START_METHODS), ("generator", GENERATORS)):
            if getattr(self, key) not in choices:
                names = ", ".join(map(quoted, choices))
                raise ValidationError(key, quoted(getattr(self, key)), _("one of {names}", names=names))
        generator = GENERATORS[self.generator]
        if not generator.least_seed <= self.seed <= generator.greatest_seed:
            expected = _(
                "a whole number from {least} to {greatest}, which the generator {generator} takes",
                least=generator.least_seed,
                greatest=generator.greatest_seed,
                generator=self.generator,
            )
            raise ValidationError("seed", str(self.seed), expected)
        for key, usual in (("biases", START_METHODS[self.method].biases), ("fill", generator.fill)):
            if getattr(self, key) == "":
                object.__setattr__(self, key, usual)
        _check_distributions(self)
        if self.method == "given" and self.given is None:
            raise ValidationError("W1", _("absent"), _('the weights, as the start\'s method is "given"'))

    @property
    def constant(self) -> float | None:
        """The number that every weight starts with; None where they are drawn or given."""
        return START_METHODS[self.method].constant

    @property
    def distribution(self) -> str | None:
        """The distribution that the weights are drawn from; None where they are not drawn."""
        return START_METHODS[self.method].distribution

    @property
    def spread(self) -> Spread | None:
        """How the sizes of the layers set the distribution; None where they don't."""
        return START_METHODS[self.method].spread

    @property
    def numbers_of_distribution(self) -> tuple[float, float]:
        """The ends of the range of a uniform start, or the mean and standard deviation of a normal one."""
        return (self.low, self.high) if self.distribution == UNIFORM else (self.mean, self.sd)

    @property
    def biases_are_drawn(self) -> bool:
        """Whether the biases are made as the weights are, and not set to a number."""
        return self.biases == DRAWN

    def seeds(self, count: int) -> range:
        """``count`` seeds, from this start's seed on; the last ones that its generator takes if there are too few."""
        last = GENERATORS[self.generator].greatest_seed
        first = min(self.seed, last - count + 1)
        return range(first, first + count)

    def draw(self, network: Network) -> Parameters:
        """The parameters that iteration 1 starts from.

        Random numbers fill W1, W2, … in turn, each column by column as R's ``matrix()`` does, or row by row, then b1,
        b2, …. Raises `ValidationError` where given weights don't fit the network.
        """
        if self.distribution is None and self.constant is None:
            return self._fitting(network)
        drawn = [name for name in network.shapes if name.startswith("W") or self.biases_are_drawn]
        matrices = self.made(network, drawn)
        for name, shape in network.shapes.items():
            if name not in matrices:
                matrices[name] = np.full(shape, self.biases, dtype=float)
        ordered = tuple(matrices[name] for name in network.shapes)
        return Parameters(ordered[: network.depth], ordered[network.depth :])

    def made(self, network: Network, names: list[str]) -> dict[str, Array]:
        """The matrices of these names, in a start that makes no others: constant, or drawn in this order."""
        shapes = {name: network.shapes[name] for name in names}
        if self.distribution is None:
            return {name: np.full(shape, self.constant) for name, shape in shapes.items()}
        count = sum(rows * columns for rows, columns in shapes.values())
        numbers = GENERATORS[self.generator].draws[self.distribution](self.seed, count)
        matrices, begin = {}, 0
        order: _Order = "C" if self.fill == ROWS else "F"
        for name, (rows, columns) in shapes.items():
            cells = self._placed(numbers[begin : begin + rows * columns], network, name)
            matrices[name] = cells.reshape((rows, columns), order=order)
            begin += rows * columns
        return matrices

    def _placed(self, numbers: Array, network: Network, name: str) -> Array:
        """Numbers on (0, 1), or standard normal ones, as numbers of the distribution of a matrix.

        Source: R's runif.c, ``a + (b - a) * u``, and rnorm.c, ``mu + sigma * z``; numpy computes the same.
        """
        first, second = self.numbers_of_distribution
        if self.spread:
            # The biases of a layer are spread as its weights are.
            spread = self.spread.value(*network.weight_shapes[int(name[1:]) - 1])
            first, second = (-spread if self.distribution == UNIFORM else 0.0), spread
        return first + ((second - first) if self.distribution == UNIFORM else second) * numbers

    def _fitting(self, network: Network) -> Parameters:
        assert self.given is not None  # noqa: S101 - __post_init__ checks it
        named = self.given.named
        for name, (rows, columns) in network.shapes.items():
            if name not in named:
                raise ValidationError(name, _("absent"), _expected_shape(network, rows, columns))
            if named[name].shape != (rows, columns):
                found, expected = "×".join(map(str, named[name].shape)), _expected_shape(network, rows, columns)
                if named[name].shape == (columns, rows) and name.startswith("W"):
                    expected += _(
                        " (a row for each unit before it; a matrix of units by inputs is {name}_transposed)", name=name
                    )
                raise ValidationError(name, found, expected)
            if not np.isfinite(named[name]).all():
                raise ValidationError(name, _("not finite"), _("finite numbers only"))
        for name in named:
            if name not in network.shapes:
                raise ValidationError(
                    name, pgettext("found", "given"), _("only {names}", names=", ".join(network.shapes))
                )
        return self.given


def _expected_shape(network: Network, rows: int, columns: int) -> str:
    units = "-".join(map(str, network.layers))
    return _("{rows}×{columns}, for a network of {units} units", rows=rows, columns=columns, units=units)


def _check_distributions(start: Start) -> None:
    """Raises `ValidationError` for an invalid range, mean, standard deviation, number of the biases, or fill."""
    numbers: Mapping[str, float | str] = {key: getattr(start, key) for key in ("low", "high", "mean", "sd")}
    if start.biases != DRAWN:
        numbers = {**numbers, "biases": start.biases}
    for key, number in numbers.items():
        if not isinstance(number, float | int) or not abs(number) <= _LARGEST:
            least, greatest = f"{-_LARGEST:g}", f"{_LARGEST:g}"
            expected = _("a number from {least} to {greatest}", least=least, greatest=greatest)
            if key == "biases":
                expected += _(' or "{drawn}"', drawn=DRAWN)
            raise ValidationError(key, str(number), expected)
    if start.low >= start.high:
        low, high = (f"{number:g}".replace("-", "−") for number in (start.low, start.high))
        says = _("The lowest weight must be below the highest: {low} is not below {high}.", low=low, high=high)
        most = f"{start.high:g}"
        raise ValidationError("low", f"{start.low:g}", _("a number below {most}", most=most), says)
    if start.sd <= 0:
        raise ValidationError("sd", f"{start.sd:g}", _("a number above 0"))
    if start.fill not in FILLS:
        names = ", ".join(map(quoted, FILLS))
        raise ValidationError("fill", quoted(start.fill), _("one of {names}", names=names))
