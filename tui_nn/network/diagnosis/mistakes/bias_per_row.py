"""Each row of the data has a bias of its own."""

from collections.abc import Iterator, Mapping

import numpy as np

from tui_nn.network.diagnosis.mistakes.bias_summed_over_wrong_axis import row_sums, row_sums_as_column
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.recycling import plus_recycled
from tui_nn.network.diagnosis.mistakes.rewrites import biases, groups, with_bias_slopes, with_bias_sums
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Added
from tui_nn.network.formulas.numpy_call import call_of, column_of_rows, row_of_rows
from tui_nn.network.model.array import Array
from tui_nn.network.model.generators import GENERATORS, UNIFORM


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, biases(program)):
        start = _with_a_bias_per_row(program, names)
        # R: ``b_1 <- runif(N)``, added down the columns; ``dJdb_1 <- rowSums(delta_2)``.
        summed = with_bias_slopes(program, names, lambda sums: call_of(row_sums, sums.of, result=row_of_rows))
        added = with_bias_sums(summed, names, lambda left, b: call_of(plus_recycled, left, b))
        yield added.with_parameters(start)
        # numpy: the biases are a column, ``rng.random((N, 1))``, and so are the sums, ``axis=1, keepdims=True``.
        columns = {name: start[name].T for name in names}
        summed = with_bias_slopes(
            program, names, lambda sums: call_of(row_sums_as_column, sums.of, result=column_of_rows)
        )
        yield with_bias_sums(summed, names, Added).with_parameters({**start, **columns})
        # numpy: each row has its own biases of all units, ``np.zeros((N, 3))``, with δ for their slope.
        repeated = {name: np.repeat(program.parameters[name], program.rows, axis=0) for name in names}
        own = with_bias_slopes(program, names, lambda sums: sums.of)
        yield with_bias_sums(own, names, Added).with_parameters(repeated)


def _with_a_bias_per_row(program: StudentProgram, names: tuple[str, ...]) -> Mapping[str, Array]:
    """N biases for each of ``names``, as rows; drawn where the biases are drawn: then later draws move on."""
    start = program.drawing
    sizes = {name: program.rows if name in names else program.parameters[name].size for name in biases(program)}
    if start.distribution is None or not start.biases_are_drawn or start.spread is not None:
        return {name: np.resize(program.parameters[name], (1, sizes[name])) for name in names}
    before = sum(rows * columns for rows, columns in program.network.weight_shapes)
    drawn = GENERATORS[start.generator].draws[start.distribution](start.seed, before + sum(sizes.values()))[before:]
    first, second = start.numbers_of_distribution
    numbers = first + ((second - first) if start.distribution == UNIFORM else second) * drawn
    ends = np.cumsum([0, *sizes.values()])
    return {name: numbers[begin:end][np.newaxis] for name, begin, end in zip(sizes, ends[:-1], ends[1:], strict=True)}


BIAS_PER_ROW = ProgramMistake("a bias per row of data", _programs, frequency=2)
