"""Transposes square matrices as a program prints its others: a square one does not show whether it is transposed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.network.model.array import Array
from tui_nn.session.homework.placed_numbers import PlacedMatrix, distance

# Weights that were typed in with a few digits move every number a little.
_FAR_NEARER = 1e-3


def transposed_alike(
    matrices: Sequence[GivenMatrix],
    places: Sequence[PlacedMatrix],
    shapes: Mapping[str, tuple[int, int]],
    right: Callable[[GivenMatrix], Array],
    agrees: Callable[[GivenMatrix], bool],
) -> Iterator[GivenMatrix]:
    """Transposes a square matrix that differs if the program printed all others of its kind transposed.

    If no other shows it, it is transposed if that leaves few of the cells that differ. ``shapes`` are those of the
    lesson's matrices, ``right`` gives the right matrix, ``agrees`` says whether one agrees as it is or after an update.
    """

    def shows_it(one: GivenMatrix, place: PlacedMatrix) -> bool:
        rows, columns = one.numbers.shape
        if rows == columns:
            return rows > 1 and agrees(one) and not agrees(replace(one, numbers=one.numbers.T))
        return 1 not in place.printed.numbers.shape and len(set(shapes.get(place.name, (1, 1)))) > 1

    def differing(one: GivenMatrix) -> int:
        signs = (1.0, -1.0) if one.name.startswith(("delta", "dJd")) else (1.0,)
        return min(int(one.differing(sign * right(one)).sum()) for sign in signs)

    def is_far_nearer(one: GivenMatrix, other: GivenMatrix) -> bool:
        return distance(one.numbers, right(one)) < _FAR_NEARER * distance(other.numbers, right(other))

    pairs = [*zip(matrices, places, strict=True)]
    shown = Counter((_kind(place.name), place.is_transposed) for one, place in pairs if shows_it(one, place))
    for one, place in pairs:
        kind, (rows, columns) = _kind(one.name), one.numbers.shape
        transposed = replace(one, numbers=one.numbers.T, tolerance=one.tolerance.T)
        if rows != columns or rows == 1 or place.is_transposed or shown[kind, False]:
            yield one
        elif shown[kind, True] or 2 * differing(transposed) < differing(one) or is_far_nearer(transposed, one):
            yield transposed
        else:
            yield one


def _kind(name: str) -> str:
    """Parameters and slopes are kept one way in a program, what has a row for each row of data another way."""
    return "parameters" if name[:1] in "Wb" or name.startswith("dJd") else "rows"
