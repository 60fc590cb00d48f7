"""What each step does, and what went wrong, in plain sentences."""

import re

from tui_nn.network import Network, Overflow, Refusal, Step, StepKind
from tui_nn.writing.figures import grouped, significant
from tui_nn.writing.notation import Notation


def step_sentence(step: Step, network: Network, notation: Notation, learning_rate: float) -> str:
    """What ``step`` computes, and why, in one sentence."""
    name = notation.name
    last = len(network.layers)
    number = step.number
    f = notation.functions.get(network.activation_of(number or last).name, "")
    where = "output" if number == last else "hidden"
    match step.kind:
        case StepKind.Z:
            plus = " and the bias is added" if network.bias else ""
            units = network.layers[number - 1]
            unit = f"{where} unit" if units == 1 else f"of the {units} {where} units"
            source = "the data" if number == 2 else f"layer {number - 1}"
            return f"For each {unit}, what comes from {source} is weighted and summed{plus}."
        case StepKind.A:
            which = f if f == network.activation else f"{f}, the {network.activation},"
            return f"{which} is applied to every cell: what the hidden units answer."
        case StepKind.Y_HAT:
            which = f if f == network.output_activation else f"{f}, the {network.output_activation},"
            return f"{which} of the last sums is the prediction, one for each row of data."
        case StepKind.COST:
            return "How wrong the predictions are: half the sum of their squared errors."
        case StepKind.DELTA if number == last:
            return f"How J changes with each cell of {name(f'Z{last}')}: the error, times the slope of {f} there."
        case StepKind.DELTA:
            return f"The error is sent back through {name(f'W{number}')} and multiplied by the slope of {f} there."
        case StepKind.DJDW:
            into = "X" if number == 1 else name(f"A{number}")
            weight, delta = name(f"W{number}"), name(f"delta{number + 1}")
            return f"How J changes with each weight of {weight}: {into} times {delta}, summed over the rows."
        case StepKind.DJDB:
            return (
                f"How J changes with each bias of {name(f'b{number}')}: every row adds it once, so the rows are summed."
            )
        case StepKind.UPDATE:
            rate = f"{notation.learning_rate} = {significant(learning_rate)}"
            return f"Each weight moves against its slope, by the learning rate {rate} times it."


def overflow_sentence(overflow: Overflow, learning_rate: float, notation: Notation) -> str:
    """Where a run ends because its numbers became too large, and what to do about it."""
    iteration, name = grouped(overflow.iteration), notation.name(overflow.name)
    return (
        f"The run ends at iteration {iteration}: {name} is too large a number to go on with. "
        f"A learning rate below {significant(learning_rate)} may help."
    )


def refusal_sentence(refusal: Refusal) -> str:
    """Why a value typed in is refused; it names what is refused where that is not the value but given weights."""
    if refusal.sentence:
        return refusal.sentence
    if re.fullmatch(r"[Wb]\d+", refusal.where):
        return f"the start gives {refusal.where} as {refusal.found}; expected {refusal.expected}"
    return f"{refusal.found} can't be: expected {refusal.expected}"
