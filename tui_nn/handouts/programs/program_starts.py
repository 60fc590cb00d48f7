"""Writes what draws the numbers of a matrix from the distribution of a start, in R and in Python."""

from tui_nn.handouts.programs.program_parts import number
from tui_nn.handouts.programs.program_sentences import distribution_sentence
from tui_nn.network import NORMAL, UNIFORM, Network, Start

_IN_R = {UNIFORM: "runif", NORMAL: "rnorm"}
_IN_PYTHON = {
    "numpy": {UNIFORM: "generator.random", NORMAL: "generator.standard_normal"},
    "numpy legacy": {UNIFORM: "np.random.random_sample", NORMAL: "np.random.standard_normal"},
}
_SEEDED_IN_PYTHON = {"numpy": "generator = np.random.default_rng({})", "numpy legacy": "np.random.seed({})"}
_STANDARD = (0.0, 1.0)


def drawn_in_words(start: Start) -> str:
    """A sentence for a comment, in ASCII: how the numbers were drawn that a program lists."""
    order = "row by row" if start.fill == "rows" else "column by column"
    drawn = distribution_sentence(start)
    return f"Drawn from the generator {start.generator} with seed {start.seed}: {drawn}, {order}."


def drawn_in_r(start: Start, network: Network, name: str) -> str:
    """An R expression for a matrix whose numbers are drawn: ``matrix(runif(6), 2, 3)``."""
    assert start.distribution  # noqa: S101 - the caller has looked
    rows, columns = network.shapes[name]
    numbers = [str(rows * columns), *_numbers_in_r(start, network, name)]
    order = ", byrow = TRUE" if start.fill == "rows" else ""
    return f"matrix({_IN_R[start.distribution]}({', '.join(numbers)}), {rows}, {columns}{order})"


def _numbers_in_r(start: Start, network: Network, name: str) -> list[str]:
    """The ends of the range, or the mean and the standard deviation; [] for R's own, which are 0 and 1."""
    if start.spread:
        spread = f"sqrt({_variance(start, network, name)})"
        return [f"-{spread}" if start.distribution == UNIFORM else "0", spread]
    return [] if start.numbers_of_distribution == _STANDARD else [*map(number, start.numbers_of_distribution)]


def seeded_in_python(start: Start) -> str:
    """The line of Python that seeds the generator of a start; "" for R's, which Python does not have."""
    return _SEEDED_IN_PYTHON.get(start.generator, "").format(start.seed)


def drawn_in_python(start: Start, network: Network, name: str) -> str:
    """A Python expression for a matrix whose numbers are drawn; it needs numpy as np and the generator seeded."""
    assert start.distribution  # noqa: S101 - the caller has looked
    rows, columns = network.shapes[name]
    draw = f"{_IN_PYTHON[start.generator][start.distribution]}({rows * columns})"
    first, second = start.numbers_of_distribution
    if start.spread:
        spread = f"np.sqrt({_variance(start, network, name)})"
        draw = f"(-{spread} + 2 * {spread} * {draw})" if start.distribution == UNIFORM else f"({spread} * {draw})"
    elif (first, second) != _STANDARD:
        width = second - first if start.distribution == UNIFORM else second
        draw = f"({number(first)} + {number(width)} * {draw})"
    order = "" if start.fill == "rows" else ', order="F"'
    return f"{draw}.reshape(({rows}, {columns}){order})"


def _variance(start: Start, network: Network, name: str) -> str:
    """What the root is taken of, such as ``6 / (2 + 3)``, in either language."""
    assert start.spread  # noqa: S101 - the caller has looked
    units = start.spread.units(*network.weight_shapes[int(name[1:]) - 1])
    summed = " + ".join(map(str, units))
    return f"{start.spread.variance} / {f'({summed})' if len(units) > 1 else summed}"
