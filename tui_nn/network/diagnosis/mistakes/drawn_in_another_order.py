"""The start is drawn in another order: ``W_2 <- matrix(runif(3), 3, 1)`` before W_1, or each b right after its W."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from tui_nn.network.diagnosis.mistakes.drawn_starts import drawn, is_drawn, with_other_draws
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if not is_drawn(program):
        return
    for order in dict.fromkeys(map(tuple, _orders(drawn(program)))):
        if changed := with_other_draws(program, program.drawing.made(program.network, [*order])):
            yield replace(changed, draws=(order,)).noting(", ".join(order))


def _orders(names: list[str]) -> Iterator[list[str]]:
    weights, biases = ([name for name in names if name.startswith(letter)] for letter in "Wb")
    if biases:
        layers = [*zip(weights, biases, strict=True)]
        yield [*chain(*layers)]
        yield [*biases, *weights]
        yield [*chain(*(layer[::-1] for layer in layers))]
        yield [*chain(*layers[::-1])]
    yield [*weights[::-1], *biases[::-1]]
    yield [*weights[::-1], *biases]


DRAWN_IN_ANOTHER_ORDER = ProgramMistake("drawn in another order", _programs, frequency=0, rank=Rank.DATA)
