"""Computes the long runs of many programs at once.

Most mistakes leave most formulas as they are. So a formula of the lesson is computed for all programs with the same
calls of numpy; then each program that has another formula there computes it anew, for itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.program_run import RENEWAL, ProgramRun, ProgramStopped, TooLong, Work, needed_for, work_of
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import PENALISED, Equation, matrix_shapes
from tui_nn.network.formulas.expression import Expression, Negated, Product, Shape, Symbol, Transposed, parts, replaced
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import Epochs
from tui_nn.network.training.compiler import Buffers, Compiler
from tui_nn.network.training.layouts import ONE_RUN, Layout, RunByRun
from tui_nn.network.training.trainer import gains_by_stacking

# A call for all runs takes longer than one for a matrix: as long as so many, and as one more for so many runs.
_CALLS, _RUNS = 4, 25
# The rows of each program are kept in full; of more cells, programs are not computed together.
_CELLS = 20_000


def compute_together(
    right: StudentProgram, programs: Iterable[StudentProgram], iteration: int, work: Work
) -> frozenset[StudentProgram]:
    """Computes the runs of those of ``programs`` that compute the same matrices as ``right``, in the same order.

    It computes them up to ``iteration``, and ``work`` keeps them: a `ProgramRun` then takes them over. Gives the
    programs that it leaves out, because they compute other matrices or too little may still be computed.
    """
    runs, shapes = dict[tuple[object, ...], ProgramRun](), matrix_shapes(right.network, right.rows)
    left_out = set[StudentProgram]()
    is_small = right.X.size <= _CELLS and len(right.epochs.sizes) == 1
    stacks = is_small and gains_by_stacking(right.network, right.rows)
    for program in programs:
        run = ProgramRun(program, work)
        try:
            key = run.leap_to(iteration)
        except ProgramStopped:
            continue
        if not key or key in work.reached or key in runs:
            continue
        if stacks and _has_the_steps_of(program, right) and run.has_shapes(shapes):
            runs[key] = run
        else:
            left_out.add(program)
    if not runs:
        return frozenset(left_out)
    stack = _Stack(right, [*runs.values()], with_costs=work.with_costs)
    count = iteration - next(iter(runs.values())).next
    try:
        work.go_on(count * stack.work)
    except TooLong:
        return frozenset({*left_out, *(run.program for run in runs.values())})
    costs = np.empty((count, len(runs)))
    stack.advance(costs)
    for number, key in enumerate(runs):
        state = stack.state(number)
        is_finite = all(np.isfinite(matrix).all() for matrix in state.values())
        work.reached[key] = (state, costs[:, number].tolist()) if is_finite else ({}, [])
    return frozenset(left_out)


def _has_the_steps_of(program: StudentProgram, right: StudentProgram) -> bool:
    return (
        [one.name for one in program.formulas] == [one.name for one in right.formulas]
        and program.carried == right.carried
        and program.memory.keys() == right.memory.keys()
        and not program.cleared
        and program.optimizer.name == right.optimizer.name
        and program.epochs.sizes == right.epochs.sizes
        and not program.offset
        and all(program.parameters[name].shape == matrix.shape for name, matrix in right.parameters.items())
        and program.X.shape == right.X.shape
        and program.Y.shape == right.Y.shape
    )


class _Stack:
    """The matrices of many runs, in arrays of shape (rows, columns, runs), and the calls of an iteration of all."""

    def __init__(self, right: StudentProgram, runs: Sequence[ProgramRun], *, with_costs: bool) -> None:
        layout = RunByRun(len(runs))
        self._runs = [run.program for run in runs]
        self._rates = np.array([program.learning_rate for program in self._runs])
        self._next = runs[0].next
        known = [{**run.program.known(run.next), **run.state} for run in runs]
        shapes = {name: matrix.shape for name, matrix in known[0].items()}
        self._carried, self._arrays = right.carried, dict[str, Array]()
        for name, shape in shapes.items():
            self._arrays[name] = layout.new_array(shape)
            for number, matrices in enumerate(known):
                self._arrays[name][:, :, number] = matrices[name]
        operations, self._work_of_own = list[Operation](), 0.0
        if right.network.penalised:
            cells = [_by_run(self._arrays[name]) for name in right.network.penalised]
            shapes[PENALISED] = 1, sum(one.shape[1] for one in cells)
            self._arrays[PENALISED] = layout.new_array(shapes[PENALISED])
            operations.append((partial(np.concatenate, axis=1, out=_by_run(self._arrays[PENALISED])), (cells,)))
        results = {*right.carried.values(), *((StepKind.COST.value,) if with_costs else ())}
        needed = set[str]().union(*(needed_for(run.program, results) for run in runs))
        pieces = _Pieces(one for one in right.formulas if one.name in needed)
        for one in pieces.formulas:
            shapes[one.name] = one.expression.shape(shapes)
            self._arrays[one.name] = layout.new_array(shapes[one.name])
        of_all = _operations(pieces.formulas, shapes, self._arrays, layout)
        of_runs = list[Mapping[str, Sequence[Operation]]]()
        for number, run in enumerate(runs):
            matrices = {name: array[:, :, number] for name, array in self._arrays.items()}
            of_runs.append(_operations(pieces.differing(run.program), shapes, matrices, ONE_RUN))
        for one in pieces.formulas:
            own = [*chain.from_iterable(of_run.get(one.name, ()) for of_run in of_runs)]
            operations += [*of_all[one.name], *own]
            self._work_of_own += work_of(own)
        operations += ((np.copyto, (self._arrays[name], self._arrays[new])) for name, new in right.carried.items())
        self._operations = tuple(operations)
        self._renewals = (*self._of_numbers(), *self._of_batches())
        self._cost = self._arrays[StepKind.COST][0, 0] if with_costs else np.zeros(len(runs))

    @property
    def work(self) -> float:
        """What an iteration takes, in iterations of the lecture."""
        shared = work_of(self._operations) - self._work_of_own
        return self._work_of_own + shared * (_CALLS + self._cost.size / _RUNS) + RENEWAL * len(self._renewals)

    def advance(self, costs: Array) -> None:
        """Computes as many iterations as ``costs`` has rows; it receives J of each, shape (iterations, runs)."""
        with np.errstate(all="ignore"):
            for i in range(len(costs)):
                for renew in self._renewals:
                    renew(self._next + i)
                for call, arguments in self._operations:
                    call(*arguments)
                costs[i] = self._cost

    def _of_numbers(self) -> Iterator[Callable[[int], None]]:
        """Functions that write the changing numbers of an iteration into all runs, each into a group of them."""
        for name in frozenset().union(*(program.changing_numbers for program in self._runs)):
            groups = dict[tuple[object, ...], list[int]]()
            for number, one in enumerate(self._runs):
                # The rate of each is a multiple of the schedule's factor.
                key = (one.schedule, one.rate_count) if name == LEARNING_RATE else (one.optimizer, one.power_count)
                groups.setdefault((*key, one.epochs), []).append(number)
            for numbers in groups.values():
                yield partial(self._renew_number, name, np.array(numbers))

    def _renew_number(self, name: str, numbers: NDArray[np.intp], iteration: int) -> None:
        first = self._runs[numbers[0]]
        if name != LEARNING_RATE:
            self._arrays[name][0, 0, numbers] = first.number(name, iteration)
            return
        factor = first.schedule.factor(max(1, first.rate_count.of(iteration, first.epochs)))
        self._arrays[name][0, 0, numbers] = self._rates[numbers] * factor

    def _of_batches(self) -> Iterator[Callable[[int], None]]:
        """Functions that write the rows of an iteration into all runs, one for each way to deal them."""
        groups = dict[Epochs, list[int]]()
        for number, program in enumerate(self._runs):
            if not program.epochs.is_one_batch:
                groups.setdefault(program.epochs, []).append(number)
        for dealing, numbers in groups.items():
            for name in ("X", "Y"):
                tables = [program.X if name == "X" else program.Y for program in map(self._runs.__getitem__, numbers)]
                yield partial(self._renew_batch, name, dealing, np.array(numbers), np.stack(tables, axis=-1))

    def _renew_batch(
        self, name: str, dealing: Epochs, numbers: NDArray[np.intp], tables: Array, iteration: int
    ) -> None:
        self._arrays[name][:, :, numbers] = tables[dealing.rows_of(iteration)]

    def state(self, number: int) -> dict[str, Array]:
        """The parameters that a run has reached, and its memory."""
        return {name: self._arrays[name][:, :, number].copy() for name in self._carried}


class _Pieces:
    """Formulas cut into pieces, each a matrix with a name: what a program changes in a formula is often one piece.

    ``formulas`` are those of the pieces and of the matrices, in the order in which they are computed.
    """

    def __init__(self, formulas: Iterable[Equation]) -> None:
        self.formulas, self._known = list[Equation](), dict[str, dict[Expression, Expression]]()
        self._pieces: dict[Expression, Expression] = {}
        for one in formulas:
            for part in parts(one.expression) if one.name != StepKind.COST else ():
                self._cut(one, part)
            self.formulas.append(replace(one, expression=replaced(one.expression, self._pieces)))
            # What is there by then: the pieces, and the matrix as the lesson computes it.
            self._known[one.name] = {**self._pieces, one.expression: Symbol(one.name)}

    def _cut(self, of: Equation, piece: Expression) -> None:
        if isinstance(piece, Symbol | Transposed) or piece in self._pieces:
            return
        # The compiler computes −(Y − Ŷ) with one call.
        for part in parts(piece) if not isinstance(piece, Negated) else ():
            self._cut(of, part)
        name = f"{of.name}, piece {len(self._pieces)}"
        self.formulas.append(Equation(of.step, name, replaced(piece, self._pieces)))
        self._pieces[piece] = Symbol(name)

    def differing(self, program: StudentProgram) -> Iterator[Equation]:
        """The formulas that are other ones in ``program``, made of what is there already."""
        for one in program.formulas:
            known = self._known.get(one.name)
            if known and (own := replaced(one.expression, known)) != Symbol(one.name):
                if _has_product(own):
                    # A product can't overwrite what it is made of.
                    known = {of: piece for of, piece in known.items() if piece != Symbol(one.name)}
                    own = replaced(one.expression, known)
                yield replace(one, expression=own)


def _has_product(expression: Expression) -> bool:
    return isinstance(expression, Product) or any(map(_has_product, parts(expression)))


def _operations(
    formulas: Iterable[Equation], shapes: Mapping[str, Shape], matrices: Mapping[str, Array], layout: Layout
) -> dict[str, Sequence[Operation]]:
    """The calls that compute each matrix, by its name."""
    compiler, buffers, begin = Compiler(shapes, matrices, shapes["X"][0]), Buffers(layout), 0
    operations = dict[str, Sequence[Operation]]()
    for one in formulas:
        compiler.compute(one.name, one.expression)
        compiled = compiler.instructions
        of_matrix = replace(compiled, instructions=compiled.instructions[begin:])
        operations[one.name], begin = [*of_matrix.bind(matrices, buffers)], len(compiled.instructions)
    return operations


def _by_run(array: Array) -> Array:
    """The cells of each run in a row, shape (runs, cells): a view."""
    return np.moveaxis(array, -1, 0).reshape(array.shape[-1], -1)
