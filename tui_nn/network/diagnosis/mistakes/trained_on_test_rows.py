"""The test rows are trained on, or the scalings are those of all rows."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.batches import Epochs


def _trained_on(program: StudentProgram) -> Iterator[StudentProgram]:
    whole = program.whole
    if not whole.test_rows:
        return
    for data in (replace(whole, test_rows=()), whole):
        yield replace(program, dataset=data, X=data.X, Y=data.Y, epochs=Epochs(whole.rows, program.epochs.batches))
    # The rows that are kept back are the others, such as the first ones for the last ones.
    test = whole.test
    yield replace(program, X=test.X, Y=test.Y, epochs=Epochs(test.rows, program.epochs.batches))


def _scaled_with(program: StudentProgram) -> Iterator[StudentProgram]:
    whole = program.whole
    if not whole.test_rows:
        return
    rows, data = whole.training_rows, replace(whole, test_rows=())
    X, Y = data.X[rows], data.Y[rows]
    if not np.array_equal(X, program.X):
        yield program.with_data(X=X)
    if not np.array_equal(Y, program.Y):
        yield program.with_data(Y=Y)
        yield program.with_data(X, Y)


TEST_ROWS_IN_TRAINING = ProgramMistake("test rows used in training", _trained_on, frequency=2, rank=Rank.DATA)
TEST_ROWS_IN_SCALING = ProgramMistake("test rows used in the scaling", _scaled_with, frequency=1, rank=Rank.DATA)
