"""Says which matrix of which iteration each printed one is: by its name, its shape, and how near its numbers are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset, Network
from tui_nn.network.diagnosis.given import COST, GivenCosts, GivenMatrix, GivenNumbers
from tui_nn.network.model.array import Array
from tui_nn.session import limits
from tui_nn.session.homework.before_or_after import before_or_after
from tui_nn.session.homework.bias_columns import without_bias_columns
from tui_nn.session.homework.candidates import Candidates, says_nothing, says_something_else
from tui_nn.session.homework.cost_lists import cost_list
from tui_nn.session.homework.counting import period_without_names
from tui_nn.session.homework.exact_zeros import with_exact_zeros
from tui_nn.session.homework.numbers_in_turn import numbers_together
from tui_nn.session.homework.order_without_names import Attempt, named_by_order
from tui_nn.session.homework.other_rows import is_of_test_rows, without_other_rows
from tui_nn.session.homework.placed_numbers import (
    LeftAside,
    PlacedMatrix,
    PlacedNumbers,
    WhyAside,
    distance,
)
from tui_nn.session.homework.print_order import (
    LOSS,
    NEXT,
    Numbering,
    Repeats,
    after_update,
    is_parameter,
    names_in_time,
    printed_before_the_update,
)
from tui_nn.session.homework.printed_numbers import PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.quantities import is_error
from tui_nn.session.homework.transposed_matrices import transposed_alike
from tui_nn.session.homework.units_of_data import are_errors, are_sizes_of_errors, is_in_units
from tui_nn.session.homework.when_printed import When

# A list without a name that is as long as this, and as no matrix is, is taken for costs.
_LONG = 5
_LIKE_J = 1e-2


class Placer:
    """Places what was printed among the matrices of a lesson.

    ``ours(iteration)`` gives the right matrices of an iteration by their names, ``costs`` has J of every iteration, and
    ``last`` is the last iteration that the lesson has.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        ours: Callable[[int], Mapping[str, Array]],
        costs: Array,
        last: int,
    ) -> None:
        self._network, self._dataset, self._ours, self._costs, self._last = network, dataset, ours, costs, last
        self._candidates = Candidates(network, dataset, ours)
        self._shapes = self._candidates.shapes

    def place(self, printed: PrintedNumbers, iteration: int, *, is_said: bool) -> PlacedNumbers:
        """Places everything. What does not say its iteration is of ``iteration``; the user says so if ``is_said``."""
        split = [*self._split(with_exact_zeros(numbers_together(printed.matrices, self._names_of, self._shapes)))]

        def ours(one: PrintedMatrix) -> Mapping[str, Array]:
            return self._ours(max(1, min(one.iteration or iteration, self._last)))

        plain = without_bias_columns(split, self._names_of, self._shapes, ours)
        printed = replace(printed, matrices=tuple(plain))
        of_costs = list[GivenCosts]()
        attempts = named_by_order(self._attempts(printed, iteration, of_costs), self._network, self._candidates)
        aside = tuple(LeftAside(one.printed, one.why) for one in attempts if one.why is not None)
        placed = [(one, one.given) for one in attempts if one.given is not None]
        places = [PlacedMatrix(one.printed, given.name, given.iteration, one.is_transposed) for one, given in placed]
        matrices = self._settled([given for _, given in placed], places, is_said=is_said)
        places = [
            replace(place, name=one.name, iteration=one.iteration) for place, one in zip(places, matrices, strict=True)
        ]
        return PlacedNumbers(GivenNumbers(tuple(matrices), _joined(of_costs)), iteration, tuple(places), aside)

    def _attempts(self, printed: PrintedNumbers, iteration: int, of_costs: list[GivenCosts]) -> list[Attempt]:
        """What each matrix is taken for at first. Lists of costs are added to ``of_costs``."""
        attempts = list[Attempt]()
        before = printed_before_the_update(printed, self._network)
        again = Repeats(printed, self._network, iteration, self._last)
        numbering = Numbering(printed, self._network, self._shapes)
        taken = set[tuple[str, int]]()
        # Beside W1_new, W1 is that before the update.
        called = {(self._names_of(one) or ("",))[0] for one in printed.matrices if one.when is not When.END}
        distinguishes = printed.form == "json" or any(f"{name}{NEXT}" in called for name in called)
        has_others = any(one.when is not When.END or one.iteration is not None for one in printed.matrices)
        has_cost = any(COST in self._names_of(one) and not is_error(one.label) for one in printed.matrices)
        period, alone = period_without_names(printed, self._network), len(printed.matrices) == 1
        for number, one in enumerate(printed.matrices):
            at = again.iteration_of(number)
            if one.iteration is not None:
                at = one.iteration
            elif one.when is When.START or (one.when is When.END and has_others):
                at = 1 if one.when is When.START else self._last
            names = self._names_of(one)
            if period and number == period and not self._are_parameters(attempts):
                period = 0
            if period and number >= period:
                # A loop prints the same matrices in each of its iterations.
                of_first = printed.matrices[number % period]
                first = next((attempt.given for attempt in attempts if attempt.printed is of_first), None)
                names, at = (first.name,) if first is not None else (), at + number // period
            if len(taken) >= limits.COMPARED_MATRICES or not 1 <= at <= self._last:
                why = WhyAside.NO_ITERATION if len(taken) < limits.COMPARED_MATRICES else WhyAside.TOO_MANY
                attempts.append(Attempt(one, at, why=why))
                continue
            # A number called loss is J, unless it agrees only as a mean.
            names = tuple(sorted(numbering.of(names, one.label), key=lambda name: name == LOSS))
            if (COST in names or "err" in one.label.casefold()) and are_errors(one, self._ours(at)):
                attempts.append(Attempt(one, at, why=WhyAside.ERRORS))
                continue
            if is_of_test_rows(one.label, self._dataset):
                attempts.append(Attempt(one, at, why=WhyAside.TEST_ROWS))
                continue
            if COST in names and are_sizes_of_errors(one, at, self._ours, self._last, has_cost=has_cost):
                attempts.append(Attempt(one, at, why=WhyAside.SIZES_OF_ERRORS))
                continue
            if (listed := self._as_costs(one, names, at, alone=alone)) is not None:
                of_costs.append(listed)
                continue
            if not distinguishes and not one.when:
                names = tuple(after_update(name) if number not in before else name for name in names)
            found = self._nearest(one, names, at, taken, alone=alone)
            if isinstance(found, WhyAside):
                attempts.append(Attempt(one, at, why=found))
                continue
            given, is_transposed = found
            taken.add((given.name, at))
            attempts.append(Attempt(one, at, given, is_transposed))
        return without_other_rows(attempts, self._network, self._dataset, self._ours)

    def _settled(
        self, matrices: Sequence[GivenMatrix], places: Sequence[PlacedMatrix], *, is_said: bool
    ) -> Sequence[GivenMatrix]:
        """The matrices, each as it is meant: transposed or not, before the update or after it, of another iteration."""
        right, is_right = self._candidates.right, self._candidates.is_right
        turned = [*transposed_alike(matrices, places, self._shapes, right, self._candidates.agrees_as_some)]
        found = before_or_after(turned, places, is_right, self._last, is_said=is_said)
        settled = [*self._after_the_last(found, places)]
        if is_said or all(one.agrees(right(one)) for one in settled):
            return settled
        of_two = [*self._after_the_last([*self._of_first_or_last(found, places)], places)]
        return of_two if all(one.agrees(right(one)) for one in of_two) else settled

    def _are_parameters(self, attempts: Sequence[Attempt]) -> bool:
        """Whether the matrices are W1, W2, …, before an update or after it."""
        names = [one.given.name.removesuffix(NEXT) for one in attempts if one.given is not None]
        return bool(names) and names == [*self._network.shapes][: len(names)]

    def _split(self, matrices: Iterable[PrintedMatrix]) -> Iterator[PrintedMatrix]:
        """The matrices; a list of as many numbers as the network has parameters is taken apart: W1, W2, …, b1, …."""
        for one in matrices:
            is_all = one.numbers.size == self._network.size and len(self._network.shapes) > 1
            if not is_all or not one.is_list or one.label or one.numbers.size in self._dataset.x.shape:
                yield one
                continue
            begin = 0
            for name, (rows, columns) in self._network.shapes.items():
                part = slice(begin, begin + rows * columns)
                begin += rows * columns
                yield replace(one, label=name, numbers=one.numbers[:, part], tolerance=one.tolerance[:, part])

    def _names_of(self, one: PrintedMatrix) -> tuple[str, ...]:
        """The matrices that the label of ``one`` may mean, the likeliest first; () if it is none."""
        return names_in_time(one, self._network) or ((one.label,) if one.label in self._shapes else ())

    def _of_first_or_last(
        self, matrices: Sequence[GivenMatrix], places: Sequence[PlacedMatrix]
    ) -> Iterator[GivenMatrix]:
        """The matrices; one that differs, and says no iteration, is of the first or the last if it agrees with that.

        A program may print the numbers of its first iteration and, after the loop, those of the last without a heading.
        """
        for one, place in zip(matrices, places, strict=True):
            stem = one.name.removesuffix(NEXT)
            is_free = place.printed.iteration is None and place.printed.iterations is None
            if is_free and not one.agrees(self._candidates.right(one)):
                called = replace(one, name=after_update(stem))
                others = (self._of_another(called, iteration) for iteration in (1, self._last))
                yield next(filter(None, others), one)
            else:
                yield one

    def _after_the_last(self, matrices: Sequence[GivenMatrix], places: Sequence[PlacedMatrix]) -> Iterator[GivenMatrix]:
        """The matrices; Ŷ and J of the weights after the last update are those of an iteration more.

        Where those weights differ themselves, Ŷ stays that of the last iteration: a loop may be one iteration too long.
        What was printed after a shorter training is of the last iteration that the text names, if it agrees with that.
        """
        of_last = [one for one in matrices if one.iteration == self._last and one.name.endswith(NEXT)]
        has_right_weights = all(one.agrees(self._candidates.right(one)) for one in of_last)
        shorter = max((place.printed.iteration or 1 for place in places), default=1)
        for one, place in zip(matrices, places, strict=True):
            is_end = place.printed.when is When.END
            may_be_later = one.name == "Y_hat" or (is_end and not one.name.endswith(NEXT))
            others = [self._last + 1] if may_be_later and has_right_weights else []
            others += [shorter, shorter + 1][: 1 + may_be_later] if is_end else []
            if one.iteration == self._last and not one.agrees(self._candidates.right(one)):
                yield next(filter(None, (self._of_another(one, iteration) for iteration in others)), one)
            else:
                yield one

    def _of_another(self, one: GivenMatrix, iteration: int) -> GivenMatrix | None:
        """``one`` as a matrix of ``iteration``, if it agrees with that; None if not."""
        other = replace(one, iteration=iteration)
        try:
            return other if other.agrees(self._candidates.right(other)) else None
        except IndexError:
            return None

    def _as_costs(self, one: PrintedMatrix, names: Sequence[str], at: int, *, alone: bool) -> GivenCosts | None:
        """A list of costs of many iterations; None if ``one`` is no such list. ``alone``: nothing else was printed."""
        if names and COST not in names:
            return None
        if one.numbers.size == 1 and one.iterations is None:
            return None
        if not names and (not one.is_list and 1 not in one.numbers.shape):
            return None
        found = cost_list(one, self._costs, self._last, self._candidates.loss_factor(1) if LOSS in names else 1.0)
        if found is None or names:
            return found
        # Without a name, numbers that begin as J does are costs, and so is a list that no matrix could be.
        if (
            alone
            and len(found.numbers) >= _LONG
            and not any(one.numbers.size == r * c for r, c in self._shapes.values())
        ):
            return found
        is_matrix = one.numbers.size <= self._candidates.greatest and any(
            given.agrees(self._candidates.right(given)) for given, _ in self._candidates.fitting(one, self._shapes, at)
        )
        begins_alike = len(found.numbers) > 1 and distance(found.numbers[:3], found.of(self._costs)[:3]) < _LIKE_J
        return found if begins_alike and not is_matrix else None

    def _nearest(
        self, one: PrintedMatrix, names: Sequence[str], at: int, taken: set[tuple[str, int]], *, alone: bool
    ) -> tuple[GivenMatrix, bool] | WhyAside:
        """The lesson's matrix that ``one`` is, and whether it is transposed; or the reason why it is none."""
        if not np.isfinite(one.numbers).any():
            return WhyAside.NO_NUMBER
        # Nobody hands in Y alone: it is Ŷ that has come near it.
        every = names or [name for name in self._shapes if (name, at) not in taken and not (alone and name == "Y")]
        candidates = [*self._candidates.fitting(one, every, at)]
        if not candidates:
            if not names:
                return WhyAside.NO_SHAPE if says_nothing(one.label) else WhyAside.UNKNOWN_NAME
            if (
                names[0] == LOSS
                or (names[0] == COST and one.is_part)
                or (one.numbers.size == 1 and says_something_else(one.label))
            ):
                return WhyAside.NO_SHAPE
            return GivenMatrix(names[0], at, one.numbers, one.tolerance), False
        agreeing = [pair for pair in candidates if pair[0].agrees(self._candidates.right(pair[0]))]
        if not names:
            # Of few digits, many matrices may agree; of parameters that don't, those after the update are meant.
            updated = [pair for pair in candidates if not is_parameter(pair[0].name)]
            best = min(agreeing or updated or candidates, key=lambda pair: self._candidates.distance_of(pair[0]))
        else:
            agreeing = agreeing or [pair for pair in candidates if self._candidates.agrees_as_some(pair[0])]
            # A mistake may bring the numbers near to another matrix: the likeliest name decides; a square stays.
            best = (agreeing or candidates)[0]
        if not names and not self._candidates.is_near(best[0], one.label):
            return WhyAside.NOT_NEAR if says_nothing(one.label) else WhyAside.UNKNOWN_NAME
        if is_in_units(best[0], one.label, self._dataset):
            return WhyAside.IN_UNITS
        return best


def _joined(lists: Sequence[GivenCosts]) -> GivenCosts | None:
    """All lists of costs as one; of two that name the same iteration, the later one stands."""
    if not lists:
        return None
    if len(lists) == 1:
        return lists[0]
    by_iteration = {
        int(iteration): (number, tolerance)
        for one in lists
        for iteration, number, tolerance in zip(one.iterations, one.numbers, one.tolerance, strict=True)
    }
    order = sorted(by_iteration)
    pairs = np.array([by_iteration[iteration] for iteration in order])
    return GivenCosts(np.array(order), pairs[:, 0], pairs[:, 1])
