"""The rate does not fall as it is to: it is the same throughout, falls in another way, or is counted otherwise."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import Count, StudentProgram
from tui_nn.network.model.schedules import CONSTANT, SCHEDULES, Schedule

_DECAYS = (0.5, 0.1, 0.9, 0.99, 0.95, 0.999, 0.01, 0.001, 0.2, 0.8, 0.0001, 0.9999)
_EVERY = (1, 10, 50, 100, 500, 1000)
_ITERATIONS = (100, 1000, 5000, 10_000, 100_000)


def _left_out(program: StudentProgram) -> Iterator[StudentProgram]:
    if not program.schedule.is_constant:
        yield replace(program, schedule=CONSTANT)


def _counted(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.schedule.is_constant:
        return
    yield replace(program, rate_count=Count(ahead=1)).noting("one iteration too early")
    yield replace(program, rate_count=Count(ahead=-1)).noting("one iteration too late")
    if program.epochs.per_epoch > 1:
        yield replace(program, rate_count=Count(is_of_epochs=True)).noting("by epochs, not by iterations")


def _other(program: StudentProgram) -> Iterator[StudentProgram]:
    schedule = program.schedule
    if schedule.is_constant:
        return
    for other in _others(schedule):
        if other != schedule:
            yield replace(program, schedule=other).noting(_named(other))


def _others(schedule: Schedule) -> Iterator[Schedule]:
    uses = SCHEDULES[schedule.name].uses
    if "decay" in uses:
        yield from (replace(schedule, decay=decay) for decay in _DECAYS if decay != schedule.decay_in_force)
    if "every" in uses:
        yield from (replace(schedule, every=every) for every in _EVERY)
    if "iterations" in uses:
        yield from (replace(schedule, iterations=iterations) for iterations in _ITERATIONS)
    for name in SCHEDULES:
        if name not in (CONSTANT.name, schedule.name):
            yield replace(schedule, name=name, decay=None)


def _named(schedule: Schedule) -> str:
    uses = SCHEDULES[schedule.name].uses
    numbers = {"decay": schedule.decay_in_force, "every": schedule.every, "iterations": schedule.iterations}
    return ", ".join([schedule.name, *(f"{name} {numbers[name]:g}" for name in uses)])


SCHEDULE_LEFT_OUT = ProgramMistake("schedule left out", _left_out, frequency=2, rank=Rank.DATA)
SCHEDULE_COUNTED_OTHERWISE = ProgramMistake("schedule counted otherwise", _counted, frequency=2, rank=Rank.DATA)
OTHER_SCHEDULE = ProgramMistake("other schedule", _other, frequency=0, rank=Rank.NUMBER)
