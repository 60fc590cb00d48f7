"""Writes sentences on what each step computes, and the messages of errors."""

import re
from itertools import zip_longest

from tui_nn.language import _, ngettext, pgettext
from tui_nn.late_pattern import late_pattern
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
    StepKind.VELOCITY: _("the velocity"),
    StepKind.SQUARES: _("the squares"),
    StepKind.MOMENTS: _("the moments"),
    StepKind.CORRECTED: _("the corrected moments"),
    StepKind.UPDATE: _("the update"),
}


def step_sentence(step: Step, network: Network, notation: Notation, rate: str) -> str:
    """A sentence: what ``step`` computes, and how. ``rate`` is the learning rate, as `rate_text` writes it."""
    name = notation.name
    last = len(network.layers)
    number = step.number
    f = notation.functions.get(network.activation_of(number or last).name, "")
    match step.kind:
        case StepKind.Z:
            return _weighted_sum_sentence(number, network)
        case StepKind.A:
            activation = network.activation_of(number).name
            if f == activation:
                return _("{f} of every cell gives the outputs of the hidden units.", f=f)
            return _(
                "{f}, the {activation}, of every cell gives the outputs of the hidden units.",
                f=f,
                activation=activation,
            )
        case StepKind.Y_HAT:
            return _prediction_sentence(network, f)
        case StepKind.COST:
            return cost_text(network, notation).step
        case StepKind.DELTA if number == last:
            return _delta_sentence(network, notation, f)
        case StepKind.DELTA:
            return _(
                "The error is sent back through {weights} and multiplied by the slope of {f} there.",
                weights=name(f"W{number}"),
                f=f,
            )
        case StepKind.DJDW:
            into = "X" if number == 1 else name(f"A{number}")
            names = {"weights": name(f"W{number}"), "inputs": into, "delta": name(f"delta{number + 1}")}
            if f"W{number}" in network.penalised:
                return _(
                    "How J changes with each weight of {weights}: {inputs} times {delta}, summed over the rows, plus "
                    "the slope of the penalty.",
                    **names,
                )
            return _(
                "How J changes with each weight of {weights}: {inputs} times {delta}, summed over the rows.", **names
            )
        case StepKind.DJDB:
            bias = name(f"b{number}")
            if f"b{number}" in network.penalised:
                return _(
                    "How J changes with each bias of {biases}: every row adds it once, so the rows are summed, plus "
                    "the slope of the penalty.",
                    biases=bias,
                )
            return _(
                "How J changes with each bias of {biases}: every row adds it once, so the rows are summed.", biases=bias
            )
        case StepKind.UPDATE:
            if not network.trained:
                return _("All weights are fixed: the update leaves them as they are.")
            # For translators: stands in a sentence such as "From each weight, subtract the {rate} times its slope."
            says = optimizer_text(network, notation).update.format(rate=_("learning rate {rate}", rate=rate))
            return f"{says} {fixed_clause(network, notation)}".rstrip()
        case StepKind.VELOCITY | StepKind.SQUARES | StepKind.MOMENTS | StepKind.CORRECTED:
            return optimizer_text(network, notation).steps[step.kind]


def _weighted_sum_sentence(number: int, network: Network) -> str:
    """What Z of a layer computes."""
    units, is_output = network.layers[number - 1], number == len(network.layers)
    if units == 1:
        unit = _("The output unit") if is_output else _("The hidden unit")
    elif is_output:
        unit = _("Each of the {units} output units", units=units)
    else:
        unit = _("Each of the {units} hidden units", units=units)
    # For translators: {unit} is "The output unit" or "Each of the 3 hidden units".
    if number == 2 and network.bias:
        return _("{unit} adds up its weighted inputs from the data and a bias.", unit=unit)
    if number == 2:
        return _("{unit} adds up its weighted inputs from the data.", unit=unit)
    if network.bias:
        return _("{unit} adds up its weighted inputs from layer {layer} and a bias.", unit=unit, layer=number - 1)
    return _("{unit} adds up its weighted inputs from layer {layer}.", unit=unit, layer=number - 1)


def _prediction_sentence(network: Network, f: str) -> str:
    """What Ŷ computes; ``f`` is the sign of the output's function."""
    activation = network.output_activation
    if ACTIVATIONS[activation].mixes_units:
        if f == activation:
            return _("{f} turns each row of the last sums into the probabilities of the classes, which sum to 1.", f=f)
        return _(
            "{f}, the {activation}, turns each row of the last sums into the probabilities of the classes, which sum "
            "to 1.",
            f=f,
            activation=activation,
        )
    if f == activation:
        return _("{f} of the last sums gives the prediction for each row of data.", f=f)
    return _(
        "{f}, the {activation}, of the last sums gives the prediction for each row of data.", f=f, activation=activation
    )


def _delta_sentence(network: Network, notation: Notation, f: str) -> str:
    """What δ of the output computes; ``f`` is the sign of the output's function."""
    z, is_mean = notation.name(f"Z{len(network.layers)}"), network.reduction == MEAN
    if summed_cost(network).delta:
        if is_mean:
            return _(
                "How J changes with each cell of {z}: the error alone, as the slope of {f} cancels; divided by N, for "
                "J is a mean.",
                z=z,
                f=f,
            )
        return _("How J changes with each cell of {z}: the error alone, as the slope of {f} cancels.", z=z, f=f)
    error = cost_text(network, notation).error
    # For translators: {error} is "the error" or another slope of the cost.
    if is_mean:
        return _(
            "How J changes with each cell of {z}: {error}, times the slope of {f} there; divided by N, for J is a "
            "mean.",
            z=z,
            error=error,
            f=f,
        )
    return _("How J changes with each cell of {z}: {error}, times the slope of {f} there.", z=z, error=error, f=f)


def fixed_clause(network: Network, notation: Notation) -> str:
    """A sentence: which parameters are fixed; "" if none are."""
    *others, last = [*map(notation.name, network.fixed)] or [""]
    if not last:
        return ""
    names = _("{names} and {last}", names=", ".join(others), last=last) if others else last
    return ngettext("{names} is fixed.", "{names} are fixed.", len(others) + 1, names=names)


def overflow_sentence(overflow: Overflow, learning_rate: float, notation: Notation) -> str:
    """Sentences: where a run ends because a number became too large, and what may help."""
    iteration, name = group_digits(overflow.iteration), notation.name(overflow.name)
    return _(
        "The run ends at iteration {iteration}: {name} is too large a number to go on with. A learning rate below "
        "{rate} may help.",
        iteration=iteration,
        name=name,
        rate=rounded_text(learning_rate),
    )


def least_test_cost_sentence(document: Document, iteration: int, cost: float | None = None) -> str:
    """A sentence: after which iteration the test cost was least, and how low it was if ``cost`` is given.

    With batches, only the ends of epochs count.
    """
    at, is_at_end = group_digits(iteration), has_batches(document)
    if cost is None:
        if is_at_end:
            return _("The test cost at the end of an epoch was least after iteration {iteration}.", iteration=at)
        return _("The test cost was least after iteration {iteration}.", iteration=at)
    least = rounded_text(cost)
    if is_at_end:
        return _(
            "The test cost at the end of an epoch was least after iteration {iteration}: {cost}.",
            iteration=at,
            cost=least,
        )
    return _("The test cost was least after iteration {iteration}: {cost}.", iteration=at, cost=least)


def stop_sentence(stop: Stop, document: Document, notation: Notation) -> str:
    """A sentence: with which iteration a run ends, and why."""
    iteration = group_digits(stop.iteration)
    match stop.reason:
        case StopReason.COST:
            return _(
                "The run stops with iteration {iteration}: J is below {cost} there. Its update is not made.",
                iteration=iteration,
                cost=rounded_text(document.stop_cost),
            )
        case StopReason.GRADIENT:
            above = rounded_text(document.stop_gradient)
            below = f"{notation.minus}{above}"
            if document.fixed:
                return _(
                    "The run stops with iteration {iteration}: every slope of a parameter that is not fixed lies "
                    "between {below} and {above}. Its update is not made.",
                    iteration=iteration,
                    below=below,
                    above=above,
                )
            return _(
                "The run stops with iteration {iteration}: every slope lies between {below} and {above}. Its update is "
                "not made.",
                iteration=iteration,
                below=below,
                above=above,
            )
        case StopReason.PATIENCE:
            return ngettext(
                "The run stops with iteration {iteration}: the test cost has not fallen below its least in {epochs} "
                "epoch in a row.",
                "The run stops with iteration {iteration}: the test cost has not fallen below its least in {epochs} "
                "epochs in a row.",
                document.patience,
                iteration=iteration,
                epochs=group_digits(document.patience),
            )


def error_sentence(error: ValidationError, minus: str = "−", subject: str = "") -> str:
    """The message of an error in one sentence: what is wrong, what was expected, and what the user typed.

    ``The learning rate must be above 0; you typed −1.`` If the error has its own ``sentence``, that is the message.
    ``subject`` says what has the value; by default, it is the name of the setting.
    """
    if error.sentence:
        return error.sentence
    where, found, expected = (
        error.where,
        _with_grouped_digits(error.found, minus),
        _with_grouped_digits(error.expected, minus),
    )
    if where in _PLACES:
        return _("There is no {place}; expected {expected}.", place=_place_text(where, found), expected=expected)
    subject = subject or _subject(where)
    if length := _TOO_LONG.fullmatch(found):
        return _(
            "{subject} must have {expected}; it has {length}.", subject=subject, expected=expected, length=length[1]
        )
    typed = _quoted_input(error.found)
    if typed is None:
        subject = pgettext("what was typed", "This") if " number of " in subject else subject
        return _("{subject} gives {found}; expected {expected}.", subject=subject, found=found, expected=expected)
    if _NUMBER.fullmatch(typed):
        # "must be above 0" is shorter than "must be a number above 0".
        expected = re.sub(r"^an? (?:whole )?number (?=above |below |from |no larger )", "", expected)
    return _(
        "{subject} must be {expected}; you typed {typed}.",
        subject=subject,
        expected=expected,
        typed=_with_grouped_digits(typed, minus),
    )


_PLACES = {
    "": "",
    "iteration": _("iteration"),
    "step": _("step"),
    "mark": _("mark"),
    "row": _("row"),
    "column": _("column"),
    "question": _("question"),
    "note": _("note"),
}
"""If `ValidationError.where` is one of these, the error is that no such place exists."""
_SUBJECTS = {
    "answer": _("The answer"),
    "count": _("The number of starts"),
    "kind": _("The kind of data"),
    "name": _("The name"),
    "noise": _("The noise"),
    "points": _("The number of points"),
    "seed": _("The seed"),
    "share": _("The share of test rows"),
    "speed": _("The speed"),
    "test_share": _("The share of test rows"),
    "text": _("The text"),
    "value": _("The value"),
    "weight": _("The weight"),
    "x_names": _("The name"),
    "y_names": _("The name"),
}
_NUMBER = late_pattern(r"[+-]?[\d.]+(?:e[+-]?\d+)?")


def _with_value(template: str, name: str, value: str) -> re.Pattern[str]:
    """What finds the sentence ``template`` with a ``value`` in the place of ``name``."""
    before, after = template.split(f"{{{name}}}")
    return late_pattern(f"{re.escape(before)}({value}){re.escape(after)}")


# How `tui_nn.session.validation` says what was found.
_TOO_LONG = _with_value(_("{length} characters long"), "length", r"\d+")
_TEXT = _with_value(_('the text "{text}"'), "text", ".*")
_LIST = _with_value(_("a list of {length}"), "length", r"\d+")
_NUMBERS = [_with_value(ngettext("{numbers} number", "{numbers} numbers", n), "numbers", r"\d+") for n in (1, 2)]
_NOTHING = _("nothing")
# The marks around a quotation: in the user's language, or those of a program.
_QUOTED = _with_value(_('"{text}"'), "text", ".*"), late_pattern('"(.*)"')
_MARKS = late_pattern("|".join({re.escape(mark) for mark in ('"', *_('"{text}"').split("{text}"))}))
_WHOLE = late_pattern(r"(?<![\w.,])-?\d{5,}(?![\w.,]*\d)")
_MINUS = late_pattern(r"(?<![\w)\]])-(?=\.?\d)")


def _subject(where: str) -> str:
    key = where.split(",")[0]
    return setting_subject(key) if key in SETTING_NAMES else _SUBJECTS.get(key) or pgettext("what was typed", "This")


def _place_text(where: str, found: str) -> str:
    return found if found.startswith((where, _PLACES[where])) else f"{_PLACES[where]} {found}"


def _quoted_input(found: str) -> str | None:
    """What the user typed, if ``found`` quotes it; None if ``found`` describes it, such as by its length."""
    if text := _TEXT.fullmatch(found):
        found = f'"{text[1]}"'
    if _NUMBER.fullmatch(found):
        return found.removesuffix(".0")
    if quoted := next(filter(None, (marks.fullmatch(found) for marks in _QUOTED)), None):
        inside = quoted[1]
        return _NOTHING if not inside else _("only blanks") if not inside.strip() else _('"{text}"', text=inside)
    is_counted = any(counted.fullmatch(found) for counted in (_LIST, *_NUMBERS))
    return found if found == _NOTHING or is_counted else None


def _with_grouped_digits(text: str, minus: str) -> str:
    """``text`` with whole numbers in groups of three digits and with ``minus`` as the sign; quoted text stays."""
    parts, marks = _MARKS.split(text), _MARKS.findall(text)
    for place in range(0, len(parts), 2):
        grouped_ones = _WHOLE.sub(lambda found: group_digits(int(found[0])), parts[place])
        parts[place] = _MINUS.sub(minus, grouped_ones)
    return "".join(part + mark for part, mark in zip_longest(parts, marks, fillvalue=""))
