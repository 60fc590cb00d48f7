"""Tells the parameters that a program printed before its update from those after it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.session.homework.placed_numbers import PlacedMatrix
from tui_nn.session.homework.print_order import NEXT, after_update, is_parameter


def before_or_after(
    matrices: Sequence[GivenMatrix],
    places: Sequence[PlacedMatrix],
    is_right: Callable[[GivenMatrix], bool],
    last: int,
    *,
    is_said: bool,
) -> list[GivenMatrix]:
    """Renames the parameters W1 to W1_next, or W1_next to W1, where all of them agree only under that name.

    A program may print its weights before the update, and a JSON file may have those after the loop as W1. Weights
    that were never updated agree with those before, too: so they stay those after the update unless ``is_said``,
    which means that somebody says of which iteration the numbers are, or unless δ or slopes stand below them. Those
    that the text calls new stay that; if they differ, all others of the iteration do, too. A loop prints all
    iterations alike. Of the ``last`` iteration alone, parameters without anything else are those after it: a loop
    may be an iteration too short.
    """
    renamed = [*matrices]
    every = sorted({one.iteration for one in matrices})
    prints_after = prints_before = False
    for iteration in every:
        of_iteration = [number for number, one in enumerate(matrices) if one.iteration == iteration]
        free = [number for number in of_iteration if not places[number].printed.when]
        called = [number for number in of_iteration if places[number].printed.when.is_late]
        called = [number for number in called if matrices[number].name.endswith(NEXT)]
        after = [number for number in free if matrices[number].name.endswith(NEXT)]
        before = [number for number in free if is_parameter(matrices[number].name)]
        said = is_said or len(every) > 1 or any(places[number].printed.iteration is not None for number in after)
        said = said or bool(called) or _precede_slopes(matrices, of_iteration, after)
        is_result = iteration == last > 1 and not prints_before and len(free) == len(of_iteration) == len(after)
        may_be_before = not (prints_after or is_result) and all(is_right(matrices[number]) for number in called)
        if after and said and may_be_before and not _ends_a_pass(matrices, of_iteration, min(after)):
            others = {number: matrices[number].name.removesuffix(NEXT) for number in after}
            _rename(renamed, of_iteration, others, is_right)
        if before:
            _rename(renamed, of_iteration, {number: after_update(matrices[number].name) for number in before}, is_right)
        prints_before |= any(is_parameter(renamed[number].name) for number in free)
        prints_after |= any(renamed[number].name.endswith(NEXT) and is_right(renamed[number]) for number in after)
    return renamed


def _rename(
    matrices: list[GivenMatrix],
    of_iteration: Sequence[int],
    names: dict[int, str],
    is_right: Callable[[GivenMatrix], bool],
) -> None:
    """Gives the matrices of these numbers other names, if all agree with these and not all with their own."""
    taken = {matrices[number].name for number in of_iteration}
    others = {number: replace(matrices[number], name=name) for number, name in names.items()}
    if taken & {*names.values()} or all(is_right(matrices[number]) for number in names):
        return
    if all(map(is_right, others.values())):
        for number, other in others.items():
            matrices[number] = other


def _precede_slopes(matrices: Sequence[GivenMatrix], of_iteration: Sequence[int], after: Sequence[int]) -> bool:
    """Whether all δ and slopes of the iteration stand below the parameters ``after``, and there are some."""
    slopes = [number for number in of_iteration if matrices[number].name.startswith(("delta", "dJd"))]
    return bool(slopes and after) and max(after) < min(slopes)


def _ends_a_pass(matrices: Sequence[GivenMatrix], of_iteration: Sequence[int], place: int) -> bool:
    """Whether Z and slopes of the iteration stand before ``place``: then later parameters are the updated ones."""
    names = [matrices[number].name for number in of_iteration if number < place]
    return all(any(name.startswith(begin) for name in names) for begin in ("Z", "dJd"))
