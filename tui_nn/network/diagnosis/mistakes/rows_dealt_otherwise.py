"""The rows are dealt into other batches: of another size, in another order, or without the rest of an epoch."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.batches import LISTED, SHUFFLED, Batches, Epochs

_SIZES = (1, 2, 3, 4, 5, 8, 10, 12, 16, 20, 25, 32, 50, 64, 100, 128, 256)
_SEEDS = (0, 1, 2, 3, 10, 42, 100, 123, 1234)


class _ShuffledOnce(Epochs):
    """Every epoch has the order of the first one."""

    def rows_of(self, iteration: int) -> NDArray[np.intp]:
        return super().rows_of((iteration - 1) % self.per_epoch + 1)


class _WithoutRest(Epochs):
    """An epoch leaves out the rows that do not fill a batch: ``for (b in 1:(N %/% 4))``."""

    def __init__(self, rows: int, batches: Batches) -> None:
        super().__init__(rows, batches)
        self.per_epoch = max(1, rows // self.batch_size)

    @property
    def is_one_batch(self) -> bool:
        return False


class _WithRestCarried(Epochs):
    """The rows that do not fill a batch are the first of the next one: all batches are of one size."""

    def count(self, iteration: int) -> int:  # noqa: ARG002 - as Epochs has it
        return self.batch_size

    def rows_of(self, iteration: int) -> NDArray[np.intp]:
        begin = (iteration - 1) * self.batch_size
        return np.arange(begin, begin + self.batch_size) % self.rows


class _Backwards(Epochs):
    """The batches of an epoch come in the opposite order."""

    def count(self, iteration: int) -> int:
        return super().count(self._opposite(iteration))

    def rows_of(self, iteration: int) -> NDArray[np.intp]:
        return super().rows_of(self._opposite(iteration))

    def _opposite(self, iteration: int) -> int:
        begin = iteration - (iteration - 1) % self.per_epoch
        return 2 * begin + self.per_epoch - 1 - iteration


def _dealt_otherwise(program: StudentProgram) -> Iterator[StudentProgram]:
    rows, size = program.epochs.rows, program.epochs.batch_size
    batches = program.epochs.batches
    if size == rows:
        return
    listed, shuffled = Batches(size, LISTED), replace(batches, size=size, order=SHUFFLED)
    if batches.order == SHUFFLED:
        yield _dealing(program, Epochs(rows, listed), "they are dealt as they are listed")
        yield _dealing(program, _ShuffledOnce(rows, shuffled), "every epoch has the order of the first one")
    else:
        yield _dealing(program, Epochs(rows, shuffled), f"they are shuffled, with the seed {shuffled.seed}")
        yield _dealing(program, _Backwards(rows, listed), "an epoch goes from the last batch to the first")
    if rows % size:
        yield _dealing(program, _WithoutRest(rows, batches), "the smaller batch at the end of an epoch is left out")
        yield _dealing(
            program, _WithRestCarried(rows, listed), "the rows left at the end of an epoch go into the next batch"
        )
    for seed in _SEEDS:
        if seed != shuffled.seed:
            yield _dealing(
                program, Epochs(rows, replace(shuffled, seed=seed)), f"they are shuffled, with the seed {seed}"
            )


def _other_size(program: StudentProgram) -> Iterator[StudentProgram]:
    rows, size = program.epochs.rows, program.epochs.batch_size
    # In a lesson without batches, each row has an update of its own, if anything.
    others = (1,) if size == rows else (0, 1, rows // 2, size - 1, size + 1, 2 * size, size // 2, *_SIZES)
    for other in dict.fromkeys(others):
        if 0 <= other < rows and other != size:
            # All rows together are hardly shuffled.
            order = program.epochs.batches.order if other else LISTED
            dealing = Epochs(rows, replace(program.epochs.batches, size=other, order=order))
            yield _dealing(program, dealing, {0: "all rows", 1: "1 row"}.get(other, f"{other} rows"))


def _dealing(program: StudentProgram, epochs: Epochs, words: str) -> StudentProgram:
    return replace(program, epochs=epochs).noting(words)


ROWS_DEALT_OTHERWISE = ProgramMistake("rows dealt otherwise", _dealt_otherwise, frequency=2, rank=Rank.DATA)
OTHER_BATCH_SIZE = ProgramMistake("other batch size", _other_size, frequency=1, rank=Rank.DATA)
