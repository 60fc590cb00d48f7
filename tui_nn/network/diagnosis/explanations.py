"""Finds the mistakes that explain what a student's program printed: one, or two together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.agreement_with_program import checkpoints, largest_difference, printed_as
from tui_nn.network.diagnosis.fitted_rates import with_fitted_rates
from tui_nn.network.diagnosis.given import COST, GivenMatrix, GivenNumbers
from tui_nn.network.diagnosis.likely_programs import Likelihood
from tui_nn.network.diagnosis.mistakes import CATALOGUE, ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.bias_summed_over_wrong_axis import BIAS_SUMMED_OVER_WRONG_AXIS
from tui_nn.network.diagnosis.mistakes.cost_over_all_pairs import COST_OVER_ALL_PAIRS
from tui_nn.network.diagnosis.mistakes.elementwise_for_product import ELEMENTWISE_FOR_PRODUCT
from tui_nn.network.diagnosis.mistakes.other_learning_rate import OTHER_LEARNING_RATE
from tui_nn.network.diagnosis.mistakes.product_for_elementwise import PRODUCT_FOR_ELEMENTWISE
from tui_nn.network.diagnosis.mistakes.vector_against_column import VECTOR_AGAINST_COLUMN
from tui_nn.network.diagnosis.program_run import OutOfWork, ProgramRun, ProgramStopped, TooLong, Work
from tui_nn.network.diagnosis.stacked_runs import compute_together
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation

# Compiled iterations of the lecture: about 5 µs each.
_WORK_OF_SINGLES, _WORK_ONCE_FOUND, _WORK_OF_PAIRS = 700_000, 40_000, 50_000
# Beginnings of programs, computed formula by formula: of some thousand programs, and of two together.
_BEGINNINGS, _BEGINNINGS_OF_PAIRS, _BEGINNINGS_ONCE_FOUND = 100_000, 400_000, 40_000
# With more rows, a number for each pair of them takes too much memory; with more cells of X, pairs take too long.
_ROWS_OF_PAIRS, _CELLS_OF_PAIRS = 1_000, 200_000
# How many ways to make each mistake are tried in pairs, and with how many first mistakes that explain a part.
_WAYS, _FIRST_MISTAKES = 4, 20
# How common two mistakes must be together, as the sum of their frequencies, to be tried as a pair.
_LEAST_FREQUENCY = 2
# A first mistake that explains a part of the numbers is looked for only up to this iteration.
_EARLY = 3
_BEGINNING_DECIMALS = 10
# So many programs are computed together for many iterations: a few at first, since the most likely come first.
_FIRST_STACK, _STACK = 60, 120
# Numbers that were computed exactly differ by so much.
_ROUNDING = 1e-13

# Mistakes with which a program may compute a number for each pair of rows.
_FOR_PAIRS_OF_ROWS = (
    BIAS_SUMMED_OVER_WRONG_AXIS,
    VECTOR_AGAINST_COLUMN,
    COST_OVER_ALL_PAIRS,
    ELEMENTWISE_FOR_PRODUCT,
    PRODUCT_FOR_ELEMENTWISE,
)


Candidate: TypeAlias = tuple[tuple[ProgramMistake, ...], StudentProgram]
"""A program, and the mistakes that it has."""


@frozen_dataclass(eq=False)
class Explanation:
    """Mistakes that a program may have: with them, it computes the numbers given.

    ``program`` is such a program, ``largest_difference`` how far its numbers are from those given, at most.
    """

    mistakes: tuple[ProgramMistake, ...]
    program: StudentProgram
    largest_difference: float


@frozen_dataclass(eq=False)
class Explanations:
    """What explains the numbers given, the best first; ``is_complete`` unless something was left untried."""

    found: tuple[Explanation, ...]
    is_complete: bool


@np.errstate(all="ignore")
def explain(
    right: StudentProgram, given: GivenNumbers, fitted: Iterable[Candidate] = (), effort: float = 1.0
) -> Explanations:
    """The mistakes of the catalogue that explain the numbers given: single ones or, where there is none, pairs.

    ``fitted`` are further programs to try: those that the numbers themselves suggest. ``effort`` says how much may be
    computed: with 1, a search ends after about five seconds.
    """
    work = Work(effort * _BEGINNINGS, effort * _WORK_OF_SINGLES, with_costs=given.costs is not None)
    search = _Search(given, work)
    search.try_all(fitted)
    first = next(checkpoints(given), 0)
    if first > _EARLY:
        for stack in _stacks(right, given, first):
            try:
                left_out = compute_together(right, [program for _, program in stack], first, work)
            except OutOfWork:
                search.is_complete = False
                break
            search.try_all(one for one in stack if one[1] not in left_out)
            search.leave_the_rest()
            search.try_all(one for one in stack if one[1] in left_out)
    else:
        for number, candidates in enumerate(_singles(right)):
            search.try_all(candidates)
            if number:
                search.leave_the_rest()
    is_large = right.X.size > _CELLS_OF_PAIRS
    if not search.found and not is_large:
        work.short, work.long = effort * _BEGINNINGS_OF_PAIRS, effort * _WORK_OF_PAIRS
        # After many iterations, few pairs can be tried.
        search.try_all(_pairs(right, given, work), until_too_long=max(checkpoints(given), default=0) > _EARLY)
    is_complete = search.is_complete and not is_large and len(_mistakes_in(right)) == len(CATALOGUE)
    return Explanations(tuple(_ordered(search.found, given)), is_complete)


def _mistakes_in(right: StudentProgram) -> tuple[ProgramMistake, ...]:
    """The mistakes that are tried: with many rows, none that computes a number for each pair of rows."""
    if right.rows <= _ROWS_OF_PAIRS:
        return CATALOGUE
    return tuple(mistake for mistake in CATALOGUE if mistake not in _FOR_PAIRS_OF_ROWS)


class _Search:
    """Programs that were found to explain the numbers given; ``is_complete`` unless one was left untried."""

    def __init__(self, given: GivenNumbers, work: Work) -> None:
        self._given, self._work = given, work
        self.found: list[Explanation] = []
        self.is_complete = True

    def try_all(self, candidates: Iterable[Candidate], *, until_too_long: bool = False) -> None:
        """Compares each program with the numbers given, as long as there is work left.

        It leaves out programs that would have to run for too long; with ``until_too_long``, it ends at the first.
        """
        try:
            for mistakes, program in candidates:
                try:
                    difference = largest_difference(program, self._given, self._work)
                except TooLong:
                    self.is_complete = False
                    if until_too_long:
                        return
                    continue
                if difference is not None:
                    self.found.append(Explanation(mistakes, program, difference))
                    if len(mistakes) > 1:
                        # Other pairs may explain the numbers as well, but hardly one that is tried much later.
                        self._work.short = min(self._work.short, _BEGINNINGS_ONCE_FOUND)
        except OutOfWork:
            self.is_complete = False

    def leave_the_rest(self) -> None:
        """Once a mistake explains the numbers, leaves only a little work for long runs.

        What else explains them mostly computes the same: that costs little more.
        """
        if self.found:
            self._work.long = min(self._work.long, _WORK_ONCE_FOUND)


def _singles(right: StudentProgram) -> Iterator[list[Candidate]]:
    """Each way to make each mistake: first one way for each mistake, then the second ways, and so on."""
    for round_of_ways in zip_longest(*(_ways_of(mistake, right) for mistake in _mistakes_in(right))):
        yield [way for way in round_of_ways if way is not None]


def _stacks(right: StudentProgram, given: GivenNumbers, iteration: int) -> Iterator[list[Candidate]]:
    """Programs to be computed together up to ``iteration``, a few at first: the likely ones before the others."""
    likelihood = Likelihood(given, iteration)

    def key(candidate: Candidate) -> tuple[float, float, bool]:
        mistakes, program = candidate
        # Programs that lose digits in each iteration go with the numbers of most others.
        loses = mistakes[0].rank is Rank.DIGITS and program.formulas != right.formulas
        return *likelihood.unlikeliness(program), loses

    rest, size = iter(sorted(chain.from_iterable(_singles(right)), key=key)), _FIRST_STACK
    while stack := [*islice(rest, size)]:
        yield stack
        size = _STACK


def _ways_of(mistake: ProgramMistake, right: StudentProgram) -> Iterator[Candidate]:
    for program in mistake.programs(right):
        yield (mistake,), program


def _ordered(found: Iterable[Explanation], given: GivenNumbers) -> list[Explanation]:
    """The explanations, each mistake or pair once: those that agree best first, formulas before numbers."""
    exactness = max(
        [_ROUNDING, *(float(np.nanmedian(one.tolerance)) for one in _everything(given) if one.numbers.size)]
    )
    order = {mistake: number for number, mistake in enumerate(CATALOGUE)}

    def key(one: Explanation) -> tuple[int, int, int]:
        bucket = int(np.ceil(np.log10(max(1.0, min(1e300, one.largest_difference / (10 * exactness))))))
        return bucket, max(mistake.rank for mistake in one.mistakes), sum(order[mistake] for mistake in one.mistakes)

    best: dict[frozenset[str], Explanation] = {}
    for one in sorted(found, key=key):
        best.setdefault(frozenset(mistake.name for mistake in one.mistakes), one)
    return [*best.values()]


def _everything(given: GivenNumbers) -> Iterator[GivenMatrix]:
    yield from given.matrices
    if given.costs is not None:
        yield given.costs.as_matrix()


def _pairs(right: StudentProgram, given: GivenNumbers, work: Work) -> Iterator[Candidate]:
    """Programs with two mistakes: first those whose first mistake explains a part of the numbers, then any two."""
    for mistakes, program in _explaining_a_part(right, given, work):
        if OTHER_LEARNING_RATE not in mistakes:
            yield from (((*mistakes, OTHER_LEARNING_RATE), both) for both in with_fitted_rates(program, given))
        for second in _mistakes_in(right):
            if second is not mistakes[0]:
                for both in second.programs(program):
                    yield (*mistakes, second), both
    chosen = sorted(_mistakes_in(right), key=lambda mistake: -mistake.frequency)
    together = [
        (one, other)
        for number, one in enumerate(chosen)
        for other in chosen[number + 1 :]
        # Two rare mistakes are hardly ever together.
        if one.frequency + other.frequency >= _LEAST_FREQUENCY
    ]
    together.sort(key=lambda pair: -(pair[0].frequency + 0.5) * (pair[1].frequency + 0.5))
    ways = {one.name: [*islice(one.programs(right), _WAYS)] for one in chosen}
    # Two mistakes that begin with the numbers of one of them are no pair.
    is_late = next(checkpoints(given), 0) > _EARLY
    alone = {_beginning(program, work) for programs in ways.values() for program in programs} if is_late else set()
    for one, other in together:
        for program in ways[one.name]:
            for both in islice(other.programs(program), _WAYS):
                if not (is_late and _beginning(both, work) in alone):
                    yield (one, other), both


def _beginning(program: StudentProgram, work: Work) -> bytes:
    """The parameters that a program reaches in its first iterations; b"" if it does not get there."""
    try:
        values = ProgramRun(program, work).at(_EARLY)
    except (ProgramStopped, TooLong):
        return b""
    cells = [np.round(values[f"{name}_next"], _BEGINNING_DECIMALS).ravel() for name in program.parameters]
    return (np.concatenate(cells) + 0.0).tobytes()


def _explaining_a_part(right: StudentProgram, given: GivenNumbers, work: Work) -> list[Candidate]:
    """Single mistakes with which more of the first iteration given agrees than without a mistake, the most first."""
    first = next(checkpoints(given), None)
    if first is None or first > _EARLY:
        return []
    matrices = sorted(given.of_iteration(first), key=lambda one: step_order(right.formulas, one.name))
    least = _agreeing(right, matrices, first, work)
    counted = [
        (_agreeing(program, matrices, first, work), mistakes, program)
        for one_round in _singles(right)
        for mistakes, program in one_round
    ]
    better = [one for one in counted if one[0][0] > least[0] or one[0][1] > least[1]]
    chosen, ways = list[Candidate](), Counter[str]()
    for _, mistakes, program in sorted(better, key=lambda one: one[0], reverse=True):
        ways[mistakes[0].name] += 1
        if ways[mistakes[0].name] <= _WAYS and len(chosen) < _FIRST_MISTAKES:
            chosen.append((mistakes, program))
    return chosen


def _agreeing(program: StudentProgram, matrices: list[GivenMatrix], iteration: int, work: Work) -> tuple[int, int]:
    """How many of the matrices agree, and how many before the first that does not, in the order of the steps."""
    try:
        values = ProgramRun(program, work).at(max(1, iteration + program.offset))
    except (ProgramStopped, TooLong):
        return 0, 0
    right = [(ours := printed_as(one.name, values)) is not None and one.agrees(ours) for one in matrices]
    return sum(right), [*right, False].index(False)


def step_order(formulas: Iterable[Equation], name: str) -> int:
    """The place of a matrix among those of an iteration: data and weights first, then as the steps compute them."""
    names = [equation.name for equation in formulas]
    called = "J" if name == COST else name
    return names.index(called) + 1 if called in names else 0
