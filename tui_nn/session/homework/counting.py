"""How a program counts: from 0, as Python's loops do, and what it prints without names again and again."""

from dataclasses import replace

from tui_nn.network import Network
from tui_nn.session.homework.printed_numbers import PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.when_printed import When, when_said


def counted_from_one(printed: PrintedNumbers, last: int) -> PrintedNumbers:
    """The numbers with all iterations one higher, if the program counts them from 0.

    Weights "after 0 iterations" are those of iteration 1 before its update. Those after all ``last`` iterations are
    those of the last one.
    """
    said = {one.iteration for one in printed.matrices if one.iteration is not None}
    said |= {iteration for one in printed.matrices for iteration in one.iterations or ()}
    if min(said, default=1) != 0:
        return printed
    return replace(printed, matrices=tuple(_one_higher(one, last) for one in printed.matrices))


def _one_higher(one: PrintedMatrix, last: int) -> PrintedMatrix:
    if one.iteration == last and one.when is When.AFTER:
        return one
    iteration = None if one.iteration is None else one.iteration + 1
    # The heading counts the updates; so the weights of the next iteration may be meant, before its update.
    when = one.when if one.when is not When.AFTER or one.iteration is None else when_said(one.label)
    iterations = one.iterations and tuple(number + 1 for number in one.iterations)
    return replace(one, iteration=iteration, iterations=iterations, when=when)


def period_without_names(printed: PrintedNumbers, network: Network) -> int:
    """How many parameters a loop prints in each iteration, if a text has nothing else and no names; 0 if it has.

    Such a text has the shapes of W1, W2, W1, W2, …, with biases behind the weights or without.
    """
    shapes = [one.numbers.shape for one in printed.matrices]
    if any(one.label or one.iteration is not None for one in printed.matrices):
        return 0
    every = [*network.shapes.values()]
    for of_loop in (every, every[: network.depth]):
        period = len(of_loop)
        times, rest = divmod(len(shapes), period)
        if times > 1 and not rest and len({*of_loop}) > 1 and shapes == of_loop * times:
            return period
    return 0
