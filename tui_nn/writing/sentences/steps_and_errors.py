"""Writes sentences on what each step computes, and the messages of errors."""

import re

from tui_nn.network import ACTIVATIONS, Network, Overflow, Step, StepKind, ValidationError
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.stopping import StopReason
from tui_nn.network.training.stops import Stop
from tui_nn.session.document import Document
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.cost_text import cost_text
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.optimizer_text import optimizer_text
from tui_nn.writing.notation.setting_names import SETTING_NAMES, setting_subject
from tui_nn.writing.notation.signs import Notation


def step_title(step: Step, notation: Notation) -> str:
    """What a step is called in a heading: δ⁽³⁾, the update, the velocity."""
    return _TITLES.get(step.kind) or notation.name(step.name)


_TITLES = {
    StepKind.VELOCITY: "the velocity",
    StepKind.SQUARES: "the squares",
    StepKind.MOMENTS: "the moments",
    StepKind.CORRECTED: "the corrected moments",
    StepKind.UPDATE: "the update",
}


def step_sentence(step: Step, network: Network, notation: Notation, rate: str) -> str:
    """A sentence: what ``step`` computes, and how. ``rate`` is the learning rate, as `rate_text` writes it."""
    name = notation.name
    last = len(network.layers)
    number = step.number
    f = notation.functions.get(network.activation_of(number or last).name, "")
    where = "output" if number == last else "hidden"
    match step.kind:
        case StepKind.Z:
            plus = " and a bias" if network.bias else ""
            units = network.layers[number - 1]
            unit = f"The {where} unit" if units == 1 else f"Each of the {units} {where} units"
            source = "the data" if number == 2 else f"layer {number - 1}"
            return f"{unit} adds up its weighted inputs from {source}{plus}."
        case StepKind.A:
            activation = network.activation_of(number).name
            which = f if f == activation else f"{f}, the {activation},"
            return f"{which} of every cell gives the outputs of the hidden units."
        case StepKind.Y_HAT:
            which = f if f == network.output_activation else f"{f}, the {network.output_activation},"
            if ACTIVATIONS[network.output_activation].mixes_units:
                return f"{which} turns each row of the last sums into the probabilities of the classes, which sum to 1."
            return f"{which} of the last sums gives the prediction for each row of data."
        case StepKind.COST:
            return cost_text(network, notation).step
        case StepKind.DELTA if number == last and summed_cost(network).delta:
            what = f"the error alone, as the slope of {f} cancels"
            return f"How J changes with each cell of {name(f'Z{last}')}: {what}{_over_rows(network)}."
        case StepKind.DELTA if number == last:
            what = f"{cost_text(network, notation).error}, times the slope of {f} there"
            return f"How J changes with each cell of {name(f'Z{last}')}: {what}{_over_rows(network)}."
        case StepKind.DELTA:
            return f"The error is sent back through {name(f'W{number}')} and multiplied by the slope of {f} there."
        case StepKind.DJDW:
            into = "X" if number == 1 else name(f"A{number}")
            weight, delta = name(f"W{number}"), name(f"delta{number + 1}")
            plus = ", plus the slope of the penalty" if f"W{number}" in network.penalised else ""
            return f"How J changes with each weight of {weight}: {into} times {delta}, summed over the rows{plus}."
        case StepKind.DJDB:
            plus = ", plus the slope of the penalty" if f"b{number}" in network.penalised else ""
            return (
                f"How J changes with each bias of {name(f'b{number}')}: every row adds it once, so the rows are "
                f"summed{plus}."
            )
        case StepKind.UPDATE:
            if not network.trained:
                return "All weights are fixed: the update leaves them as they are."
            says = optimizer_text(network, notation).update.format(rate=f"learning rate {rate}")
            return f"{says} {fixed_clause(network, notation)}".rstrip()
        case StepKind.VELOCITY | StepKind.SQUARES | StepKind.MOMENTS | StepKind.CORRECTED:
            return optimizer_text(network, notation).steps[step.kind]


def _over_rows(network: Network) -> str:
    return "; divided by N, for J is a mean" if network.reduction == MEAN else ""


def fixed_clause(network: Network, notation: Notation) -> str:
    """A sentence: which parameters are fixed; "" if none are."""
    *others, last = [*map(notation.name, network.fixed)] or [""]
    if not last:
        return ""
    return f"{', '.join(others)} and {last} are fixed." if others else f"{last} is fixed."


def overflow_sentence(overflow: Overflow, learning_rate: float, notation: Notation) -> str:
    """Sentences: where a run ends because a number became too large, and what may help."""
    iteration, name = group_digits(overflow.iteration), notation.name(overflow.name)
    return (
        f"The run ends at iteration {iteration}: {name} is too large a number to go on with. "
        f"A learning rate below {rounded_text(learning_rate)} may help."
    )


def least_test_cost_sentence(document: Document, iteration: int, cost: float | None = None) -> str:
    """A sentence: after which iteration the test cost was least, and how low it was if ``cost`` is given.

    With batches, only the ends of epochs count.
    """
    which = "The test cost at the end of an epoch" if has_batches(document) else "The test cost"
    told = "" if cost is None else f": {rounded_text(cost)}"
    return f"{which} was least after iteration {group_digits(iteration)}{told}."


def stop_sentence(stop: Stop, document: Document, notation: Notation) -> str:
    """A sentence: with which iteration a run ends, and why."""
    iteration = group_digits(stop.iteration)
    match stop.reason:
        case StopReason.COST:
            why = f"J is below {rounded_text(document.stop_cost)} there. Its update is not made."
        case StopReason.GRADIENT:
            below = rounded_text(document.stop_gradient)
            which = "every slope of a parameter that is not fixed" if document.fixed else "every slope"
            why = f"{which} lies between {notation.minus}{below} and {below}. Its update is not made."
        case StopReason.PATIENCE:
            epochs = f"{group_digits(document.patience)} epoch{'' if document.patience == 1 else 's'} in a row"
            why = f"the test cost has not fallen below its least in {epochs}."
    return f"The run stops with iteration {iteration}: {why}"


def error_sentence(error: ValidationError, minus: str = "−") -> str:
    """The message of an error in one sentence: what is wrong, what was expected, and what the user typed.

    ``The learning rate must be above 0; you typed −1.`` If the error has its own ``sentence``, that is the message.
    """
    if error.sentence:
        return error.sentence
    where, found, expected = (
        error.where,
        _with_grouped_digits(error.found, minus),
        _with_grouped_digits(error.expected, minus),
    )
    if where in _PLACES:
        return f"There is no {_place_text(where, found)}; expected {expected}."
    subject = _subject(where)
    if length := _TOO_LONG.fullmatch(found):
        return f"{subject} must have {expected}; it has {length[1]}."
    typed = _quoted_input(error.found)
    if typed is None:
        return f"{'This' if ' number of ' in subject else subject} gives {found}; expected {expected}."
    if _NUMBER.fullmatch(typed):
        # "must be above 0" is shorter than "must be a number above 0".
        expected = re.sub(r"^an? (?:whole )?number (?=above |below |from |no larger )", "", expected)
    return f"{subject} must be {expected}; you typed {_with_grouped_digits(typed, minus)}."


_PLACES = frozenset({"", "iteration", "step", "mark", "row", "column", "question", "note"})
"""If `ValidationError.where` is one of these, the error is that no such place exists."""
_SUBJECTS = {
    "answer": "The answer",
    "count": "The number of starts",
    "kind": "The kind of data",
    "name": "The name",
    "noise": "The noise",
    "points": "The number of points",
    "seed": "The seed",
    "share": "The share of test rows",
    "speed": "The speed",
    "test_share": "The share of test rows",
    "text": "The text",
    "value": "The value",
    "weight": "The weight",
    "x_names": "The name",
    "y_names": "The name",
}
_NUMBER = re.compile(r"[+-]?[\d.]+(?:e[+-]?\d+)?")
_TOO_LONG = re.compile(r"(\d+) characters long")
_WHOLE = re.compile(r"(?<![\w.,])-?\d{5,}(?![\w.,]*\d)")
_MINUS = re.compile(r"(?<![\w)\]])-(?=\.?\d)")


def _subject(where: str) -> str:
    key = where.split(",")[0]
    return setting_subject(key) if key in SETTING_NAMES else _SUBJECTS.get(key, "This")


def _place_text(where: str, found: str) -> str:
    return found if not where or found.startswith(where) else f"{where} {found}"


def _quoted_input(found: str) -> str | None:
    """What the user typed, if ``found`` quotes it; None if ``found`` describes it, such as by its length."""
    if found.startswith("the text "):
        found = found.removeprefix("the text ")
    if _NUMBER.fullmatch(found):
        return found.removesuffix(".0")
    if found.startswith('"') and found.endswith('"') and len(found) > 1:
        inside = found[1:-1]
        return "nothing" if not inside else "only blanks" if not inside.strip() else found
    is_counted = re.fullmatch(r"(?:a list of )?\d+(?: numbers?)?", found)
    return found if found == "nothing" or is_counted else None


def _with_grouped_digits(text: str, minus: str) -> str:
    """``text`` with whole numbers in groups of three digits and with ``minus`` as the sign; quoted text stays."""
    parts = text.split('"')
    for place in range(0, len(parts), 2):
        grouped_ones = _WHOLE.sub(lambda found: group_digits(int(found[0])), parts[place])
        parts[place] = _MINUS.sub(minus, grouped_ones)
    return '"'.join(parts)
