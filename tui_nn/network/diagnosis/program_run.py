"""Runs a student's program to the iterations that are wanted, first formula by formula, then compiled."""

from collections.abc import Iterable, Mapping
from functools import partial
from types import FunctionType

import numpy as np

from tui_nn.network.diagnosis.student_program import NOTHING, StudentProgram
from tui_nn.network.formulas.equations import PENALISED, matrices_by_row
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    Derivative,
    Difference,
    Expression,
    Symbol,
    parts,
    symbols,
)
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.activations import ACTIVATIONS, Operation
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network
from tui_nn.network.training.program import BLOCK, Program, compile_equations

# Compiling takes as long as so many iterations do, formula by formula.
_WORTH_COMPILING = 30
# What a formula takes that is not compiled, in compiled iterations of the lecture; and how many multiplications take
# as long as one of these.
_UNCOMPILED_FORMULA, _WORK_OF_A_CALL = 0.55, 2_000
# As long as an iteration of the lecture's own program take so many calls, and so many formulas of a mistaken program,
# compiled or not; and a call of what is written in Python takes as long as so many of numpy's.
_CALLS, _FORMULAS, _UNCOMPILED, _CALLS_OF_A_FUNCTION = 22, 6.0, 1.2, 12
# Fetching the rows and the numbers of an iteration takes as long as this many iterations of the lecture.
RENEWAL = 1.5
# Programs whose numbers are the same in so many iterations, to so many decimals, are taken to go on alike.
BEGINNING, _SIGNATURE_DECIMALS = 3, 10


class ProgramStopped(Exception):
    """The program can't go on: matrices don't fit or are not there yet, or numbers overflow.

    ``values`` are the matrices that it had computed in ``iteration`` by then; {} and 0 where they are not known.
    """

    def __init__(self, values: Mapping[str, Array] = NOTHING, iteration: int = 0) -> None:
        super().__init__()
        self.values, self.iteration = values, iteration


class TooLong(Exception):
    """The program would have to run for longer than may still be computed."""


class OutOfWork(Exception):
    """No more iterations may be computed."""


class Work:
    """How much may still be computed, in iterations of the lecture, and what long runs have reached so far.

    ``short`` is for the first iterations of programs, ``long`` for the many that may follow. Many mistakes leave the
    training as it is, or change it in the same way: programs that begin alike share their long runs.
    ``with_costs`` is whether J of every iteration matters, too.
    """

    def __init__(self, short: float, long: float, *, with_costs: bool = False) -> None:
        self.short, self.long = short, long
        self.with_costs = with_costs
        self.reached: dict[tuple[object, ...], tuple[Mapping[str, Array], list[float]]] = {}

    def begin(self, iterations: float) -> None:
        """Takes ``iterations`` from those for beginnings. Raises `OutOfWork` where too few are left."""
        if iterations > self.short:
            raise OutOfWork
        self.short -= iterations

    def go_on(self, iterations: float) -> None:
        """Takes ``iterations`` from those of long runs. Raises `TooLong` where too few are left."""
        if iterations > self.long:
            raise TooLong
        self.long -= iterations


class ProgramRun:
    """The iterations of a program, in their order. ``costs`` has J of each that was passed so far.

    It begins with iteration ``first``, whose state is then that of the program's start.
    """

    def __init__(self, program: StudentProgram, work: Work, first: int = 1) -> None:
        self.program, self._work = program, work
        self.state = {**program.parameters, **program.memory}
        self.next = first
        # What the first iterations left, with J of each: programs that begin alike share what follows.
        self._beginning: list[tuple[Mapping[str, Array], float]] = []
        self._shapes: dict[str, tuple[int, ...]] = {}
        self.costs: list[float] = []
        self._size = program.rows * program.network.size / _WORK_OF_A_CALL

    def at(self, iteration: int) -> Mapping[str, Array]:
        """All matrices of ``iteration``, which comes after those that were asked for before.

        Raises `ProgramStopped` if the program does not get there, `TooLong` or `OutOfWork` if that would take too long.
        """
        if self.leap_to(iteration):
            self._leap(iteration - self.next)
        for _ in range(iteration - self.next):
            self._advance()
        return self._advance()

    def leap_to(self, iteration: int) -> tuple[object, ...]:
        """Computes the first iterations. Gives the key under which `Work` keeps the run from there to ``iteration``.

        Gives () if that is so near that the iterations are computed formula by formula. Raises as `at` does.
        """
        while self.next <= min(BEGINNING, iteration - 1):
            self._advance()
        ahead = iteration - self.next
        if ahead <= _WORTH_COMPILING:
            return ()
        program = self.program
        signature = (self._rounded(state, cost) for state, cost in self._beginning)
        later = (
            program.epochs,
            program.cleared,
            program.schedule,
            program.rate_count,
            program.optimizer,
            program.power_count,
        )
        return (*signature, self.next, ahead, *later, _with_kinks(program))

    def _advance(self) -> Mapping[str, Array]:
        self._work.begin(_UNCOMPILED_FORMULA * len(self.program.formulas) + self._size)
        values = {**self.program.known(self.next), **self.state, **self._cleared(self.next)}
        if PENALISED not in values and self.program.network.penalised:
            values[PENALISED] = _penalised(self.program.network, values)
        with np.errstate(all="ignore"):
            try:
                for equation in self.program.formulas:
                    values[equation.name] = equation.expression.value(values)
            except (ValueError, KeyError):
                raise ProgramStopped(values, self.next) from None
        self._shapes = {name: matrix.shape for name, matrix in values.items()}
        self.state = {name: values[result] for name, result in self.program.carried.items()}
        if not all(np.isfinite(matrix).all() for matrix in self.state.values()):
            raise ProgramStopped(values, self.next)
        self.costs.append(float(np.sum(values[StepKind.COST])))
        if self.next <= BEGINNING:
            self._beginning.append((self.state, self.costs[-1]))
        self.next += 1
        return values

    def _cleared(self, iteration: int) -> Mapping[str, Array]:
        """What the program sets to its first value before ``iteration``."""
        program = self.program
        if not (program.cleared and iteration > 1 and program.epochs.is_first_of_epoch(iteration)):
            return NOTHING
        return {name: program.memory[name] for name in program.cleared}

    def _rounded(self, state: Mapping[str, Array], cost: float) -> bytes:
        """What an iteration left, without the digits that rounding may change."""
        with np.errstate(all="ignore"):
            cells = [np.round(matrix, _SIGNATURE_DECIMALS).ravel() for matrix in state.values()]
            costs = [np.round([cost], _SIGNATURE_DECIMALS)] if self._work.with_costs else []
        # Adding 0 makes 0 of −0.
        return (np.concatenate([*cells, *costs]) + 0.0).tobytes()

    def _leap(self, count: int) -> None:
        """Computes ``count`` iterations, or takes them over from a program that began with the same numbers."""
        reached = self.leap_to(self.next + count)
        if reached not in self._work.reached:
            regular = self.is_regular()
            each = len(self.program.formulas) / (_FORMULAS if regular else _UNCOMPILED) + self._size
            each += 0.0 if self.program.is_same_for_all else RENEWAL
            self._work.go_on(count * each)
            costs_before, first = list(self.costs), self.next
            try:
                if regular:
                    self._compute(count)
                else:
                    self._work.short += count * each
                    for _ in range(count):
                        self._advance()
            except ProgramStopped:
                self._work.reached[reached] = {}, []
                raise
            self._work.reached[reached] = self.state, self.costs[len(costs_before) :]
            self.next = first
            self.costs = costs_before
        state, costs = self._work.reached[reached]
        if not state:
            raise ProgramStopped
        self.state = {**state}
        self.next += count
        self.costs += costs

    def has_shapes(self, shapes: Mapping[str, tuple[int, ...]]) -> bool:
        """Whether all matrices keep the shapes that they have in ``shapes``, by their names."""
        return self.is_regular() and all(shapes.get(name, shape) == shape for name, shape in self._shapes.items())

    def is_regular(self) -> bool:
        """Whether all matrices keep the shapes that their formulas give them, so that these can be compiled."""
        if self.program.rows > BLOCK:
            return False
        known = self.program.known(self.next - 1)
        shapes = {name: matrix.shape for name, matrix in {**known, **self.state}.items()}
        if self.program.network.penalised:
            shapes[PENALISED] = _penalised(self.program.network, self.state).shape
        try:
            for equation in self.program.formulas:
                shapes[equation.name] = equation.expression.shape(shapes)
        except ValueError:
            return False
        is_as_computed = all(self._shapes.get(name) == shape for name, shape in shapes.items())
        return is_as_computed and all(shapes[name] == shapes[result] for name, result in self.program.carried.items())

    def _compute(self, count: int) -> None:
        """Computes ``count`` iterations on the same arrays."""
        iterations = _CompiledIterations(self.program, self.state, with_costs=self._work.with_costs)
        costs = np.empty(count)
        with np.errstate(all="ignore"):
            for i in range(count):
                if not i or not self.program.is_same_for_all:
                    iterations.begin(self.next + i, self._cleared(self.next + i))
                costs[i] = iterations.advance()
        self.state = iterations.state
        self.next += count
        self.costs += costs.tolist()
        if not all(np.isfinite(matrix).all() for matrix in self.state.values()):
            raise ProgramStopped


class _CompiledIterations:
    """Iterations of a program as numpy calls on the same arrays, compiled for each size of a batch.

    ``state`` has the parameters and the memory, which each iteration overwrites.
    """

    def __init__(self, program: StudentProgram, state: Mapping[str, Array], *, with_costs: bool) -> None:
        self._program, self._in_place = program, _updated_in_place(program)
        self.state = {name: matrix.copy() for name, matrix in state.items()}
        self._results = {
            name: self.state[carried] if name in self._in_place else np.empty(state[carried].shape)
            for carried, name in program.carried.items()
        }
        self._cost = np.zeros((1, 1))
        if with_costs:
            self._results[StepKind.COST.value] = self._cost
        self._penalised = _penalised(program.network, self.state) if program.network.penalised else None
        self._known = program.known(1)
        self._of_sizes: dict[int, tuple[tuple[Operation, ...], Array, Array]] = {}
        self._operations: tuple[Operation, ...] = ()

    def begin(self, iteration: int, cleared: Mapping[str, Array]) -> None:
        """Puts the numbers and the rows of ``iteration`` into the arrays, and ``cleared`` into the memory."""
        program = self._program
        for name in program.changing_numbers:
            self._known[name].fill(program.number(name, iteration))
        for name, matrix in cleared.items():
            self.state[name][:] = matrix
        rows = program.epochs.count(iteration)
        if rows not in self._of_sizes:
            X, Y = (np.array(table) for table in program.batch(iteration))
            self._of_sizes[rows] = self._compiled(X, Y), X, Y
        self._operations, X, Y = self._of_sizes[rows]
        if not program.epochs.is_one_batch:
            X[:], Y[:] = program.batch(iteration)

    def advance(self) -> float:
        """Computes an iteration, and gives its J if costs are wanted."""
        for call, arguments in self._operations:
            call(*arguments)
        return float(self._cost[0, 0])

    def _compiled(self, X: Array, Y: Array) -> tuple[Operation, ...]:
        program, known = self._program, {**self._known, **self.state, "X": X, "Y": Y}
        operations: tuple[Operation, ...] = ()
        if self._penalised is not None:
            known[PENALISED] = self._penalised
            cells = [self.state[name].reshape(-1) for name in program.network.penalised]
            operations = ((partial(np.concatenate, out=self._penalised[0]), (cells,)),)
        needed = needed_for(program, self._results)
        formulas = [one for one in program.formulas if one.name in needed]
        try:
            compiled = compile_equations(
                sorted(formulas, key=lambda one: one.name in self._in_place),
                {name: matrix.shape for name, matrix in known.items()},
                matrices_by_row(program.network),
                frozenset(self._results),
            )
        except ValueError:
            # The matrices do not fit a batch of this size.
            raise ProgramStopped from None
        return (
            *operations,
            *Program(compiled, known, self._results).operations,
            *(
                (np.copyto, (self.state[name], self._results[result]))
                for name, result in program.carried.items()
                if result not in self._in_place
            ),
        )


def work_of(operations: Iterable[Operation]) -> float:
    """How long the calls take, in iterations of the lecture."""
    return sum(_CALLS_OF_A_FUNCTION if isinstance(call, FunctionType) else 1 for call, _ in operations) / _CALLS


def _with_kinks(program: StudentProgram) -> frozenset[Expression]:
    """The f(Z) and f′(Z) whose f has a kink: such a program may begin like another one, and differ later."""
    found, rest = set[Expression](), [one.expression for one in program.formulas]
    while rest:
        expression = rest.pop()
        if isinstance(expression, Activated | Derivative) and ACTIVATIONS[expression.activation].kinks:
            found.add(expression)
        rest += parts(expression)
    return frozenset(found)


def needed_for(program: StudentProgram, results: Iterable[str]) -> set[str]:
    """The matrices that the program must compute to get ``results``."""
    needed = set(results)
    for equation in reversed(program.formulas):
        if equation.name in needed:
            needed |= symbols(equation.expression)
    return needed


def _updated_in_place(program: StudentProgram) -> set[str]:
    """The updates that can overwrite their parameter: W + …, W − …, and W itself, if nothing else uses the result."""
    used = frozenset().union(*(symbols(one.expression) for one in program.formulas))
    in_place = set()
    for name, result in program.carried.items():
        match program.formula(result):
            case Difference(Symbol(left)) | Added(Symbol(left)) | Symbol(left) if left == name and result not in used:
                in_place.add(result)
    return in_place


def _penalised(network: Network, values: Mapping[str, Array]) -> Array:
    """All parameters that the penalty counts, in one row."""
    return np.concatenate([values[name].ravel() for name in network.penalised])[np.newaxis]
