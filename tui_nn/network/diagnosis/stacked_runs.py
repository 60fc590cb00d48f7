"""Computes the long runs of many programs at once: of those that differ from the right one only in start or rate."""

from collections.abc import Iterable

import numpy as np

from tui_nn.network.diagnosis.program_run import BEGINNING, ProgramRun, ProgramStopped, TooLong, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.network.model.parameters import views
from tui_nn.network.training.trainer import StackedTrainer, gains_by_stacking

# So many iterations are computed before their costs are kept; a run of a stack takes about so much of a run alone.
_CHUNK, _SHARE = 10_000, 0.1


def compute_together(right: StudentProgram, programs: Iterable[StudentProgram], iteration: int, work: Work) -> None:
    """Computes the runs of those of ``programs`` that differ from ``right`` only in their start or learning rate.

    It computes them up to ``iteration``, and ``work`` keeps them: a `ProgramRun` then takes them over.
    """
    if not gains_by_stacking(right.network, right.rows) or right.network.fixed:
        return
    keys, starts, rates = list[tuple[object, ...]](), list[Array](), list[float]()
    for program in programs:
        if not _is_right_but_for_start_and_rate(program, right):
            continue
        try:
            key = ProgramRun(program, work).leap_to(iteration)
        except ProgramStopped:
            continue
        if key and key not in work.reached and key not in keys:
            keys.append(key)
            starts.append(np.concatenate([program.parameters[name].ravel() for name in right.network.shapes]))
            rates.append(program.learning_rate)
    if not keys:
        return
    try:
        work.go_on(iteration * len(keys) * _SHARE)
    except TooLong:
        return
    trainer = StackedTrainer(right.network, right.dataset, np.array(rates), len(keys))
    parameters, costs = np.array(starts).T.copy(), list[Array]()
    for begin in range(0, iteration - 1, _CHUNK):
        of_chunk = np.empty((min(_CHUNK, iteration - 1 - begin), len(keys)))
        parameters = trainer.advance(parameters, of_chunk)
        costs += [of_chunk] if work.with_costs else []
    every = np.concatenate(costs) if costs else np.zeros((iteration - 1, len(keys)))
    for number, key in enumerate(keys):
        state = {name: matrix.copy() for name, matrix in views(right.network, parameters[:, number].copy()).items()}
        is_finite = all(np.isfinite(matrix).all() for matrix in state.values())
        work.reached[key] = (state, every[BEGINNING:, number].tolist()) if is_finite else ({}, [])


def _is_right_but_for_start_and_rate(program: StudentProgram, right: StudentProgram) -> bool:
    return (
        program.formulas == right.formulas
        and program.X is right.X
        and program.Y is right.Y
        and not program.memory
        and not program.offset
        and all(program.parameters[name].shape == shape for name, shape in right.network.shapes.items())
    )
