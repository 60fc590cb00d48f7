"""Forms in which a right program may print other numbers: y − ŷ in place of ŷ − y, a slope or V times the rate."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.given import GivenMatrix, GivenNumbers
from tui_nn.network.model.array import Array

DELTA, SLOPE, VELOCITY = "delta", "dJd", "V_"


@frozen_dataclass
class Convention:
    """A program prints ``of_delta`` times each δ, ``of_slopes`` times each ∂J/∂W and ∂J/∂b.

    It prints ``of_velocity`` times each V: −η times if its V is the step that it adds, V = μ V − η ∂J/∂W.
    """

    of_delta: float = 1.0
    of_slopes: float = 1.0
    of_velocity: float = 1.0

    @property
    def is_ours(self) -> bool:
        """Whether it prints what the lesson prints."""
        return self == Convention()

    def taken_out(self, given: GivenNumbers) -> GivenNumbers:
        """The numbers as they are in the lesson's convention."""
        return replace(given, matrices=tuple(map(self._as_ours, given.matrices)))

    def _as_ours(self, one: GivenMatrix) -> GivenMatrix:
        factors = {DELTA: self.of_delta, SLOPE: self.of_slopes, VELOCITY: self.of_velocity}
        factor = next((factor for begin, factor in factors.items() if one.name.startswith(begin)), 1.0)
        if factor == 1:
            return one
        return replace(one, numbers=one.numbers / factor, tolerance=one.tolerance / abs(factor))


OPPOSITE = Convention(-1.0, -1.0)
"""δ from y − ŷ: then the weights are W + η ∂J/∂W."""


def conventions(rows: int, learning_rate: float) -> Iterator[Convention]:
    """The conventions that a right program may have: other signs, sums and means, steps in place of slopes."""
    of_delta = (1.0, -1.0, float(rows), -float(rows), 1 / rows, -1 / rows)
    of_slopes = (*of_delta, learning_rate, -learning_rate)
    for velocity, delta, slopes in product((1.0, -learning_rate, learning_rate), of_delta, of_slopes):
        yield Convention(delta, slopes, velocity)


def convention_of(
    given: GivenNumbers, ours: Mapping[int, Mapping[str, Array]], conventions: Iterable[Convention]
) -> Convention | None:
    """The convention in which all δ and slopes given agree with ``ours``, the right matrices by iteration.

    None if they agree as they are, or no convention fits. A convention is no mistake only if the updates come out
    right: so all updated parameters of an iteration must be given, and agree.
    """
    of_other_sizes = [one for one in given.matrices if one.name.startswith((DELTA, SLOPE, VELOCITY))]
    if not of_other_sizes or not _has_right_updates(given, ours):
        return None
    for convention in conventions:
        taken = convention.taken_out(replace(given, matrices=tuple(of_other_sizes)))
        if all(one.agrees(ours[one.iteration][one.name]) for one in taken.matrices):
            return None if convention.is_ours else convention
    return None


def _has_right_updates(given: GivenNumbers, ours: Mapping[int, Mapping[str, Array]]) -> bool:
    for iteration, matrices in ours.items():
        # Nobody prints what no update changes.
        updated = {
            name
            for name, matrix in matrices.items()
            if name.endswith("_next") and not np.array_equal(matrix, matrices[name.removesuffix("_next")])
        }
        there = {one.name: one for one in given.of_iteration(iteration)}
        if updated <= there.keys() and all(there[name].agrees(matrices[name]) for name in updated):
            return True
    return False
