"""Compares what a student's program printed with the right program, and looks for the mistake that explains it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.agreement_with_program import first_differing, printed_as
from tui_nn.network.diagnosis.conventions import DELTA, OPPOSITE, SLOPE, Convention, convention_of, conventions
from tui_nn.network.diagnosis.explanations import Explanation, Explanations, explain, step_order
from tui_nn.network.diagnosis.fitted_programs import fitted_programs
from tui_nn.network.diagnosis.given import COST, GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.mistakes import Rank
from tui_nn.network.diagnosis.rounding import Amplified, with_rounding
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.training.run import Run

# What a few operations with 24 bits change in a number, relative to the largest of its matrix.
_SINGLE_PRECISION = 5e-7
# A less likely reading of the numbers is worth so much of the effort.
_LESS = 0.4
NOTHING_FOUND = Explanations((), is_complete=True)


class Digits(StrEnum):
    """How a program's last digits came about."""

    ROUNDED = "rounded"
    CUT = "cut off"
    SINGLE = "single precision"


@frozen_dataclass(eq=False)
class ComparedMatrix:
    """A matrix that the student printed, and the right program's matrix of the same name."""

    given: GivenMatrix
    ours: Array

    @cached_property
    def differing(self) -> NDArray[np.bool_]:
        """Which cells differ, in the shape of the matrix given."""
        return self.given.differing(self.ours)

    @property
    def agrees(self) -> bool:
        """Whether no cell differs."""
        return not self.differing.any()

    @property
    def is_judged(self) -> bool:
        """Whether any digit can be compared; none can where rounding changes all of them."""
        return bool(np.isfinite(self.given.tolerance).any())

    @property
    def has_own_shape(self) -> bool:
        """Whether the matrix given has another shape than the right one."""
        return self.given.numbers.shape != self.ours.shape


@frozen_dataclass
class FirstDifference:
    """The first cell that differs: its iteration, matrix, row and column, from 1, and both numbers.

    ``ours`` is nan where the right matrix has no such cell.
    """

    iteration: int
    matrix: str
    row: int
    column: int
    theirs: float
    ours: float


@frozen_dataclass(eq=False)
class Diagnosis:
    """How a student's numbers compare with the lesson's.

    ``compared`` has all matrices in the order of the computation, ``costs`` those of a history at the iterations given,
    as a row. ``convention`` is the form in which a right program printed its δ and slopes; ``digits`` is not "rounded"
    where the numbers agree only with digits that were cut off, or computed in single precision. ``amplified`` says
    from which iteration on a right program's own rounding changes the digits compared; None if nothing depends on it.
    """

    given: GivenNumbers
    compared: tuple[ComparedMatrix, ...]
    costs: ComparedMatrix | None
    first: FirstDifference | None
    convention: Convention
    explanations: Explanations
    digits: Digits = Digits.ROUNDED
    amplified: Amplified | None = None

    @property
    def agrees(self) -> tuple[str, ...]:
        """The names of the matrices that agree wherever they were given, in the order of the computation."""
        every = dict.fromkeys(one.given.name for one in self.compared)
        wrong = {one.given.name for one in self.compared if not one.agrees or not one.is_judged}
        if self.costs is not None:
            every[COST] = None
            wrong |= set() if self.costs.agrees and self.costs.is_judged else {COST}
        return tuple(name for name in every if name not in wrong)


def diagnose(run: Run, right: StudentProgram, given: GivenNumbers, effort: float = 1.0) -> Diagnosis:
    """Compares ``given`` with ``run``, the lesson's own run, which has all its iterations.

    ``right`` is the lesson's program, from which the mistaken ones are made. ``effort`` says how much may be computed
    to find a mistake: with 1, that ends after some seconds; with 0, none is looked for.
    """
    ours = {iteration: run.pass_at(iteration).matrices for iteration in given.iterations}
    result = _best_comparison(run, right, given, ours)
    if result.first is None:
        return result
    rounded = with_rounding(given, run)
    result = replace(_best_comparison(run, right, rounded.given, ours), amplified=rounded.amplified)
    if result.first is None or not effort:
        return result
    plain = result.convention.taken_out(given)
    found = _explained(run, right, plain, effort)
    if not found.found and any(one.name.startswith((DELTA, SLOPE)) for one in plain.matrices):
        opposite = _explained(run, right, OPPOSITE.taken_out(plain), _LESS * effort)
        if opposite.found:
            return replace(result, explanations=opposite, convention=OPPOSITE)
    if all(mistake.rank is Rank.DIGITS for one in found.found for mistake in one.mistakes):
        loosened = result.convention.taken_out(rounded.given)
        for digits, looser in _other_digits(loosened, is_last_digit=bool(found.found)):
            loose = _comparison(run, right, looser, ours, result.convention)
            if loose.first is None:
                return replace(loose, digits=digits, amplified=rounded.amplified)
    return replace(result, explanations=found)


def _best_comparison(
    run: Run, right: StudentProgram, given: GivenNumbers, ours: Mapping[int, Mapping[str, Array]]
) -> Diagnosis:
    """Compares the numbers in the convention in which they agree, if there is one, and allows for digits cut off."""
    convention = convention_of(given, ours, conventions(right.rows, right.learning_rate)) or Convention()
    result = _comparison(run, right, convention.taken_out(given), ours, convention)
    if result.first is not None and _is_cut(result):
        cut = _comparison(run, right, _with_digits_cut(result.given), ours, convention)
        return replace(cut, digits=Digits.CUT) if cut.first is None else result
    return result


def _comparison(
    run: Run,
    right: StudentProgram,
    given: GivenNumbers,
    ours: Mapping[int, Mapping[str, Array]],
    convention: Convention,
) -> Diagnosis:
    """The numbers beside the right ones, without an explanation."""
    compared = tuple(_compared(given, ours, right))
    costs = None
    if given.costs is not None:
        costs = ComparedMatrix(given.costs.as_matrix(), given.costs.of(run.costs)[np.newaxis])
    first = _first_difference(compared, costs, given, right)
    return Diagnosis(given, compared, costs, first, convention, NOTHING_FOUND)


def _is_cut(result: Diagnosis) -> bool:
    """Whether every number given is as near to 0 as the right one, or nearer: then digits may be cut off."""
    every = [*result.compared, *([result.costs] if result.costs is not None else [])]
    if any(one.has_own_shape for one in every):
        return False
    with np.errstate(all="ignore"):
        return all(
            (np.abs(one.given.numbers) <= np.abs(one.ours) + 0.02 * one.given.tolerance)[
                ~np.isnan(one.given.numbers)
            ].all()
            for one in every
        )


def _other_digits(given: GivenNumbers, *, is_last_digit: bool) -> Iterator[tuple[Digits, GivenNumbers]]:
    """The numbers as a right program gives them that computes with fewer digits.

    With ``is_last_digit``, they may be off by no more than a unit or two of the last digit given.
    """
    single = _in_single_precision(given)
    if is_last_digit:
        near = _loosened(given, lambda numbers, tolerance: 3 * tolerance)  # noqa: ARG005
        yield Digits.SINGLE, _with_smaller_tolerance(near, single)
        return
    yield Digits.SINGLE, single


def _with_smaller_tolerance(given: GivenNumbers, other: GivenNumbers) -> GivenNumbers:
    matrices = tuple(
        replace(one, tolerance=np.minimum(one.tolerance, same.tolerance))
        for one, same in zip(given.matrices, other.matrices, strict=True)
    )
    costs = given.costs
    if costs is not None and other.costs is not None:
        costs = replace(costs, tolerance=np.minimum(costs.tolerance, other.costs.tolerance))
    return GivenNumbers(matrices, costs)


def _with_digits_cut(given: GivenNumbers) -> GivenNumbers:
    """The numbers, each of which may be off by a whole unit of its last digit."""
    return _loosened(given, lambda numbers, tolerance: 2 * tolerance)  # noqa: ARG005


def _in_single_precision(given: GivenNumbers) -> GivenNumbers:
    """The numbers, with the rounding of a program that computes with 24 bits."""
    return _loosened(
        given,
        lambda numbers, tolerance: tolerance + _SINGLE_PRECISION * np.nan_to_num(np.abs(numbers)).max(initial=0.0),
    )


def _loosened(given: GivenNumbers, loosen: Callable[[Array, Array], Array]) -> GivenNumbers:
    matrices = tuple(replace(one, tolerance=loosen(one.numbers, one.tolerance)) for one in given.matrices)
    costs = given.costs and replace(given.costs, tolerance=loosen(given.costs.numbers, given.costs.tolerance))
    return GivenNumbers(matrices, costs)


def _explained(run: Run, right: StudentProgram, given: GivenNumbers, effort: float) -> Explanations:
    return explain(right, given, fitted_programs(run, right, given), effort)


def _compared(
    given: GivenNumbers, ours: Mapping[int, Mapping[str, Array]], right: StudentProgram
) -> Iterator[ComparedMatrix]:
    order = sorted(given.matrices, key=lambda one: (one.iteration, step_order(right.formulas, one.name)))
    for one in order:
        matrix = printed_as(one.name, ours[one.iteration])
        if matrix is not None:
            yield ComparedMatrix(one, matrix)


def _first_difference(
    compared: tuple[ComparedMatrix, ...], costs: ComparedMatrix | None, given: GivenNumbers, right: StudentProgram
) -> FirstDifference | None:
    first = next((one for one in compared if not one.agrees), None)
    found = None
    if first is not None and (place := first_differing(first.given, first.ours)):
        found = _difference(first, place, first.given.iteration)
    if costs is None or given.costs is None or costs.agrees:
        return found
    column = int(np.argmax(costs.differing[0]))
    of_cost = _difference(costs, (0, column), int(given.costs.iterations[column]))
    if found is None:
        return FirstDifference(of_cost.iteration, COST, 1, 1, of_cost.theirs, of_cost.ours)
    places = [(one.iteration, step_order(right.formulas, one.matrix)) for one in (found, of_cost)]
    return (
        found
        if places[0] <= places[1]
        else FirstDifference(of_cost.iteration, COST, 1, 1, of_cost.theirs, of_cost.ours)
    )


def _difference(one: ComparedMatrix, place: tuple[int, int], iteration: int) -> FirstDifference:
    row, column = place
    ours = float(one.ours[place]) if not one.has_own_shape or _is_inside(one.ours, place) else np.nan
    return FirstDifference(iteration, one.given.name, row + 1, column + 1, float(one.given.numbers[place]), ours)


def _is_inside(matrix: Array, place: tuple[int, int]) -> bool:
    return all(index < size for index, size in zip(place, matrix.shape, strict=True))


__all__ = ["ComparedMatrix", "Diagnosis", "Explanation", "FirstDifference", "diagnose"]
