"""Says which matrix of which iteration each printed one is: by its name, its shape, and how near its numbers are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tui_nn.network import Dataset, Network, named_shapes
from tui_nn.network.diagnosis.given import COST, GivenCosts, GivenMatrix, GivenNumbers
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.array import Array
from tui_nn.session import limits
from tui_nn.session.homework.before_or_after import before_or_after
from tui_nn.session.homework.bias_columns import without_bias_columns
from tui_nn.session.homework.cost_lists import cost_list
from tui_nn.session.homework.counting import period_without_names
from tui_nn.session.homework.exact_zeros import with_exact_zeros
from tui_nn.session.homework.placed_numbers import (
    LeftAside,
    PlacedMatrix,
    PlacedNumbers,
    WhyAside,
    distance,
    name_in_a_pass,
)
from tui_nn.session.homework.print_order import (
    LOSS,
    NEXT,
    Numbering,
    Repeats,
    after_update,
    is_parameter,
    printed_before_the_update,
    says_next,
)
from tui_nn.session.homework.printed_numbers import PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.student_names import matrix_names
from tui_nn.session.homework.transposed_matrices import transposed_alike
from tui_nn.session.homework.units_of_data import are_errors, from_units, is_in_units

# A matrix without a name is taken for the one whose numbers are nearest, if they are as near as this.
_NEAR = 0.5
# With a name that means nothing here, only numbers as near as this are taken for ours.
_VERY_NEAR = 1e-3
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
        self._shapes = named_shapes(network, dataset.rows)
        self._greatest = max(rows * columns for rows, columns in self._shapes.values())

    def place(self, printed: PrintedNumbers, iteration: int, *, is_said: bool) -> PlacedNumbers:
        """Places everything. What does not say its iteration is of ``iteration``; the user says so if ``is_said``."""
        matrices, places, aside = list[GivenMatrix](), list[PlacedMatrix](), list[LeftAside]()
        of_costs = list[GivenCosts]()
        split = [*self._split(with_exact_zeros(printed.matrices))]
        plain = without_bias_columns(split, self._names_of, self._shapes, self._ours(min(iteration, self._last)))
        printed = replace(printed, matrices=tuple(plain))
        before = printed_before_the_update(printed, self._network)
        again = Repeats(printed, self._network, iteration, self._last)
        numbering = Numbering(printed, self._network, self._shapes)
        taken = set[tuple[str, int]]()
        # With names such as W1_new in sight, W1 is that before the update.
        distinguishes = printed.form == "json" or any(map(self._is_called_next, printed.matrices))
        period = period_without_names(printed, self._network)
        for number, one in enumerate(printed.matrices):
            at = one.iteration if one.iteration is not None else again.iteration_of(number)
            if len(matrices) >= limits.COMPARED_MATRICES:
                aside.append(LeftAside(one, WhyAside.TOO_MANY))
                continue
            if not 1 <= at <= self._last:
                aside.append(LeftAside(one, WhyAside.NO_ITERATION))
                continue
            names = self._names_of(one)
            if period and number == period and not self._are_parameters(places):
                period = 0
            if period and number >= period:
                # A loop prints the same matrices in each of its iterations.
                of_first = [place.name for place in places if place.printed is printed.matrices[number % period]]
                names, at = tuple(of_first), at + number // period
                if at > self._last:
                    aside.append(LeftAside(one, WhyAside.NO_ITERATION))
                    continue
            # A number called loss is J, unless it agrees only as a mean.
            names = tuple(sorted(numbering.of(names, one.label), key=lambda name: name == LOSS))
            if COST in names and are_errors(one, self._ours(at)):
                aside.append(LeftAside(one, WhyAside.ERRORS))
                continue
            if (listed := self._as_costs(one, names, at, alone=len(printed.matrices) == 1)) is not None:
                of_costs.append(listed)
                continue
            if not distinguishes:
                names = tuple(after_update(name) if number not in before else name for name in names)
            found = self._nearest(one, names, at, taken, alone=len(printed.matrices) == 1)
            if isinstance(found, WhyAside):
                aside.append(LeftAside(one, found))
                continue
            given, is_transposed = found
            matrices.append(given)
            taken.add((given.name, at))
            places.append(PlacedMatrix(one, given.name, given.iteration, is_transposed))
        matrices = before_or_after(
            [*transposed_alike(matrices, places, self._shapes, self._right, self._agrees_as_some)],
            places,
            self._is_right,
            is_said=is_said,
        )
        matrices = [*self._after_the_last(matrices)]
        places = [
            replace(place, name=one.name, iteration=one.iteration) for place, one in zip(places, matrices, strict=True)
        ]
        numbers = GivenNumbers(tuple(matrices), _joined(of_costs))
        return PlacedNumbers(numbers, iteration, tuple(places), tuple(aside))

    def _are_parameters(self, places: Sequence[PlacedMatrix]) -> bool:
        """Whether the matrices are W1, W2, …, before an update or after it."""
        names = [place.name.removesuffix(NEXT) for place in places]
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
        names = matrix_names(one.label, self._network) if one.label else ()
        return names or ((one.label,) if one.label in self._shapes else ())

    def _is_called_next(self, one: PrintedMatrix) -> bool:
        return says_next(one.label) and any(name.endswith(NEXT) for name in matrix_names(one.label, self._network))

    def _after_the_last(self, matrices: Sequence[GivenMatrix]) -> Iterator[GivenMatrix]:
        """The matrices; Ŷ of the weights after the last update is that of an iteration more.

        Where those weights differ themselves, Ŷ stays that of the last iteration: a loop may be one iteration too long.
        """
        of_last = [one for one in matrices if one.iteration == self._last and one.name.endswith(NEXT)]
        has_right_weights = all(one.agrees(self._right(one)) for one in of_last)
        for one in matrices:
            is_last = one.name == "Y_hat" and one.iteration == self._last and has_right_weights
            if is_last and not one.agrees(self._right(one)) and (after := self._an_iteration_later(one)):
                yield after
            else:
                yield one

    def _an_iteration_later(self, one: GivenMatrix) -> GivenMatrix | None:
        """``one`` as a matrix of the next iteration, if it agrees with that; None if not."""
        after = replace(one, iteration=one.iteration + 1)
        try:
            return after if after.agrees(self._right(after)) else None
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
        found = cost_list(one, self._costs, self._last, self._loss_factor if LOSS in names else 1.0)
        if found is None or names:
            return found
        # Without a name, numbers that begin as J does are costs, and so is a list that no matrix could be.
        if (
            alone
            and len(found.numbers) >= _LONG
            and not any(one.numbers.size == r * c for r, c in self._shapes.values())
        ):
            return found
        is_matrix = one.numbers.size <= self._greatest and any(
            given.agrees(self._right(given)) for given, _ in self._fitting(one, self._shapes, at)
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
        candidates = [*self._fitting(one, every, at)]
        if not candidates:
            if not names:
                return WhyAside.NO_SHAPE if _says_nothing(one.label) else WhyAside.UNKNOWN_NAME
            if names[0] == LOSS:
                return WhyAside.NO_SHAPE
            return GivenMatrix(names[0], at, one.numbers, one.tolerance), False
        agreeing = [pair for pair in candidates if pair[0].agrees(self._right(pair[0]))]
        if not names:
            # Of few digits, many matrices may agree; of parameters that don't, those after the update are meant.
            updated = [pair for pair in candidates if not is_parameter(pair[0].name)]
            best = min(agreeing or updated or candidates, key=lambda pair: self._distance_of(pair[0]))
        else:
            agreeing = agreeing or [pair for pair in candidates if self._agrees_as_some(pair[0])]
            # A mistake may bring the numbers near to another matrix: the likeliest name decides; a square stays.
            best = (agreeing or candidates)[0]
        if not names and not self._is_near(best[0], one.label):
            return WhyAside.NOT_NEAR if _says_nothing(one.label) else WhyAside.UNKNOWN_NAME
        if is_in_units(best[0], one.label, self._dataset):
            return WhyAside.IN_UNITS
        return best

    def _fitting(self, one: PrintedMatrix, names: Iterable[str], at: int) -> Iterator[tuple[GivenMatrix, bool]]:
        """The matrices that ``one`` may be by its name and its shape, as it is and transposed."""
        for name in names:
            shape = (1, 1) if name in (COST, LOSS) else self._shapes.get(name)
            if shape is None:
                continue
            called = COST if name in (COST, LOSS, "J") else name
            factor = self._loss_factor if name == LOSS else 1.0
            for numbers, tolerance, is_transposed in _shaped(one, shape):
                given = GivenMatrix(called, at, factor * numbers, factor * tolerance)
                yield given, is_transposed
                if called == "Y_hat" and (of_units := from_units(given, self._dataset, self._right(given))) is not None:
                    yield of_units, is_transposed

    @property
    def _loss_factor(self) -> float:
        """What J is, divided by the loss that ``show`` gives."""
        rows = 1 if self._network.reduction == MEAN else self._dataset.rows
        return rows / summed_cost(self._network).loss_factor

    def _right(self, given: GivenMatrix) -> Array:
        return self._ours(given.iteration)[name_in_a_pass(given.name)]

    def _is_right(self, given: GivenMatrix) -> bool:
        """Whether a matrix agrees with the right one; its last digits may be cut off in place of rounded."""
        return replace(given, tolerance=2 * given.tolerance).agrees(self._right(given))

    def _agrees_as_some(self, given: GivenMatrix) -> bool:
        """Whether a matrix agrees with the right one or, of parameters, with those before or after the update."""
        names = {given.name}
        if is_parameter(given.name.removesuffix(NEXT)):
            names |= {given.name.removesuffix(NEXT), after_update(given.name)}
        right = [self._ours(given.iteration)[name_in_a_pass(name)] for name in names]
        if given.name.startswith(("delta", "dJd")):
            # Of a program that takes y − ŷ, they have the opposite sign.
            right += [-matrix for matrix in right]
        return any(map(given.agrees, right))

    def _distance_of(self, given: GivenMatrix) -> float:
        return distance(given.numbers, self._right(given))

    def _is_near(self, given: GivenMatrix, label: str) -> bool:
        """Whether numbers without a name of ours are near enough to be taken for these; for data, they must agree."""
        if given.agrees(self._right(given)):
            return _says_nothing(label) or self._distance_of(given) <= _VERY_NEAR
        is_data = given.name in ("X", "Y")
        return self._distance_of(given) <= (_NEAR if _says_nothing(label) and not is_data else _VERY_NEAR)


def _says_nothing(label: str) -> bool:
    """Whether a label names no matrix, but nothing else either: a list's number, a layer."""
    return not any(character.isalpha() for character in label)


def _shaped(one: PrintedMatrix, shape: tuple[int, int]) -> Iterator[tuple[Array, Array, bool]]:
    """The numbers of ``one`` in a shape: as they are, transposed, or a list filled by rows and by columns."""
    numbers, tolerance = one.numbers, one.tolerance
    if numbers.shape == shape:
        yield numbers, tolerance, False
    if numbers.shape[::-1] == shape and (numbers.shape != shape or shape[0] > 1):
        yield numbers.T, tolerance.T, True
    if numbers.size == shape[0] * shape[1] and (one.is_list or 1 in numbers.shape) and 1 not in shape:
        yield numbers.reshape(shape, order="F"), tolerance.reshape(shape, order="F"), False
        yield numbers.reshape(shape), tolerance.reshape(shape), False


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
