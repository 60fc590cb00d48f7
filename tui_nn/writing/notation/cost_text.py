"""Says in words what each cost computes, and why its formulas follow."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Network, StepKind
from tui_nn.network.formulas.costs import cost_of, summed_cost
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import rounded_text, shortest_text
from tui_nn.writing.notation.signs import Notation


@frozen_dataclass
class CostText:
    """The sentences about one cost.

    ``step`` says what the step J computes, ``loss`` what ℒ is. The others are the reasons in its derivation: ``of_row``
    for J as a sum over single rows, ``of_all`` for J of whole matrices, and ``slope`` for what the chain rule puts in
    front of ∂ŷₙ/∂W. ``error`` is what δ is, before it is multiplied by f′, as in "the error, times the slope of f".
    Names in braces stand for row n of Y and of Ŷ, for signs, and for words on several outputs: ``outputs``, in which
    {} is their number, or ``one_output``.

    Of a cost that adds up h(y − ŷ), ``rules`` are the reasons for the lines of `CostOfError.derivation`; without them,
    each line says "The rules of differentiation give:".
    """

    step: str
    loss: str
    of_row: str
    of_all: str
    slope: str
    error: str
    outputs: str
    one_output: str = "."
    rules: tuple[str, ...] = ()


# For translators: {} is the number of outputs.
_SQUARES_ADDED = _(", {} numbers, whose squares are added up.")
_TEXTS = {
    "half squared error": CostText(
        step=_("How wrong the predictions are: half the sum of their squared errors."),
        loss=_("(1/N) times the sum of squared errors"),
        of_row=_(
            "The error of row n is {y} {minus} {y_hat}{several} Squared, errors can't cancel; "
            "{half} will make the slope tidy."
        ),
        of_all=_("As matrices: the squares of all cells, added up and halved."),
        slope=_(
            "From the outside in. The square gives 2 {product} {half} = 1 times what is squared; {y} is data and has "
            "no slope, and the minus of {y_hat} comes to the front."
        ),
        error=_("the error"),
        outputs=_SQUARES_ADDED,
    ),
    "squared error": CostText(
        step=_("How wrong the predictions are: the sum of their squared errors."),
        loss=_("(1/N) times the sum of squared errors"),
        of_row=_("The error of row n is {y} {minus} {y_hat}{several} Squared, errors can't cancel."),
        of_all=_("As matrices: the squares of all cells, added up."),
        slope=_(
            "From the outside in. The square gives 2 times what is squared; {y} is data and has no slope, and the "
            "minus of {y_hat} comes to the front."
        ),
        error=_("the error"),
        outputs=_SQUARES_ADDED,
    ),
    "cross-entropy": CostText(
        step=_(
            "{y_hat_name} is read as the probability of a 1. The less probable it makes the data, the larger is J, "
            "which is minus the log-likelihood."
        ),
        loss=_("(1/N) times the cross-entropy"),
        of_row=_(
            "Where {y} is 1, row n costs {minus}ln {y_hat}; where it is 0, {minus}ln(1 {minus} {y_hat}): minus the "
            "logarithm of the probability that the network gave to what came. One formula says both.{several}"
        ),
        of_all=_(
            "As matrices: all cells are added up. The probabilities of the rows are multiplied, so their logarithms "
            "are added."
        ),
        slope=_(
            "From the outside in. The slope of ln {y_hat} is 1/{y_hat}, that of ln(1 {minus} {y_hat}) is "
            "{minus}1/(1 {minus} {y_hat}). Over one denominator, {y_hat} {minus} {y} is left above it."
        ),
        error=_("the error"),
        one_output="",
        outputs=_(" The {} outputs of a row are added up."),
    ),
}
_OF_CLASSES = CostText(
    step=_(
        "Each row of {y_hat_name} has the probabilities of the classes. The less probable the right classes are, the "
        "larger is J, which is minus the log-likelihood."
    ),
    loss=_("(1/N) times the cross-entropy"),
    of_row=_(
        "Row n costs {minus}ln of the probability that the network gave to its class: {y} is 1 for this class and 0 "
        "for the others, so no other term is left."
    ),
    of_all=_(
        "As matrices: all cells are added up. The probabilities of the rows are multiplied, so their logarithms are "
        "added."
    ),
    slope=_("From the outside in. The slope of ln {y_hat} is 1/{y_hat}; {y} is data and stays."),
    error=_("the error"),
    outputs="",
)
_MEAN_STEP = _(" Divided by the number of rows N, it is their mean.")
_PENALTY_STEP = _(" A penalty is added: it grows with the size of every weight ({numbers}).")
_MEAN_OF_ROW = _(" Divided by the number of rows N, the sum is a mean.")


def cost_text(network: Network, notation: Notation) -> CostText:
    """The sentences about the cost of ``network``, in the signs of ``notation``."""
    text, outputs = _TEXTS[network.cost], network.layers[-1]
    if summed_cost(network).total_of_row:
        text = _OF_CLASSES
    signs = {
        "y": notation.row_name("Y"),
        "y_hat": notation.row_name("Y_hat"),
        "half": notation.half,
        "minus": notation.minus,
        "prime": notation.prime,
        "squared": notation.squared,
        "product": notation.product,
        "y_hat_name": notation.name("Y_hat"),
        "several": text.one_output if outputs == 1 else text.outputs.format(outputs),
    }
    is_mean = network.reduction == "mean"
    reasons = (text.of_row + _MEAN_OF_ROW * is_mean, text.of_all, text.slope)
    step = text.step.format(**signs) + _MEAN_STEP * is_mean + _penalty_step(network, notation)
    of_row, of_all, slope = (reason.format(**signs) for reason in reasons)
    return replace(
        text,
        step=step,
        of_row=of_row,
        of_all=of_all,
        slope=slope,
        error=text.error.format(**signs),
        rules=tuple(rule.format(**signs) for rule in text.rules),
    )


def has_own_best_constant(network: Network) -> bool:
    """Whether, for this cost, the best constant prediction is not the mean of y."""
    return summed_cost(network).over_errors is not None


def best_constant_name(network: Network) -> str:
    """A name for the constant that predicts y best."""
    return _("the best constant for y") if has_own_best_constant(network) else _("the mean of y")


def floor_sentence(network: Network, Y: Array, notation: Notation) -> str:
    """A sentence: below which number J can't fall, and why; "" if that is 0.

    ``Y`` has a row for each row of data. No Ŷ makes J smaller than Ŷ = Y does.
    """
    floor = cost_of(network, len(Y)).at(Y, Y)
    if not floor:
        return ""
    name, lowest = notation.name(StepKind.COST), rounded_text(floor, 4)
    return _("{name} can't fall below {lowest}: some y are neither 0 nor 1.", name=name, lowest=lowest)


def _penalty_step(network: Network, notation: Notation) -> str:
    penalty = network.penalty
    signs = ((notation.lambda_1, penalty.l1), (notation.lambda_2, penalty.l2))
    numbers = ", ".join(f"{sign} = {shortest_text(number)}" for sign, number in signs if number)
    return _PENALTY_STEP.format(numbers=numbers) if network.penalised else ""


def penalty_sentence(network: Network, notation: Notation) -> str:
    """What the penalty counts, and why."""
    signs = {"lambda_1": notation.lambda_1, "lambda_2": notation.lambda_2, "half": notation.half}
    if network.penalty.l1 and network.penalty.l2:
        costs = _("{lambda_1} times its size |w| and {half} {lambda_2} times its square", **signs)
    elif network.penalty.l1:
        costs = _("{lambda_1} times its size |w|", **signs)
    else:
        costs = _("{half} {lambda_2} times its square", **signs)
    if network.bias and network.penalty.on_biases:
        return _("The penalty keeps the weights small. Each weight and bias w costs {costs}.", costs=costs)
    if network.bias:
        return _("The penalty keeps the weights small. Each weight w costs {costs}; biases cost nothing.", costs=costs)
    return _("The penalty keeps the weights small. Each weight w costs {costs}.", costs=costs)


def slope_of_penalty_sentence(network: Network, notation: Notation) -> str:
    """The slope of the penalty by one weight."""
    signs = {
        "lambda_1": notation.lambda_1,
        "lambda_2": notation.lambda_2,
        "half": notation.half,
        "squared": notation.squared,
    }
    slopes = []
    if network.penalty.l1:
        slopes.append(_("of {lambda_1} |w| it is {lambda_1} sign(w), which is 0 at w = 0", **signs))
    if network.penalty.l2:
        slopes.append(_("of {half} {lambda_2} w{squared} it is {lambda_2} w", **signs))
    return _("The slope of the penalty is added: {slopes}.", slopes="; ".join(slopes))
