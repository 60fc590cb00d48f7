"""Says in words what each cost computes, and why its formulas follow."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Network
from tui_nn.writing.notation.signs import Notation


@frozen_dataclass
class CostText:
    """The sentences about one cost.

    ``step`` says what the step J computes, ``loss`` what ℒ is. The others are the reasons in its derivation: ``of_row``
    for J as a sum over single rows, ``of_all`` for J of whole matrices, and ``slope`` for what the chain rule puts in
    front of ∂ŷₙ/∂W. Names in braces stand for row n of Y and of Ŷ, for signs, and for words on several outputs.
    """

    step: str
    loss: str
    of_row: str
    of_all: str
    slope: str


_TEXTS = {
    "half squared error": CostText(
        step="How wrong the predictions are: half the sum of their squared errors.",
        loss="(1/N) times the sum of squared errors",
        of_row="The error of row n is {y} {minus} {y_hat}{several}. Squared, errors can't cancel; "
        "{half} will make the slope tidy.",
        of_all="As matrices: the squares of all cells, added up and halved.",
        slope="From the outside in. The square gives 2 {product} {half} = 1 times what is squared; {y} is data and has "
        "no slope, and the minus of {y_hat} comes to the front.",
    ),
    "squared error": CostText(
        step="How wrong the predictions are: the sum of their squared errors.",
        loss="(1/N) times the sum of squared errors",
        of_row="The error of row n is {y} {minus} {y_hat}{several}. Squared, errors can't cancel.",
        of_all="As matrices: the squares of all cells, added up.",
        slope="From the outside in. The square gives 2 times what is squared; {y} is data and has no slope, and the "
        "minus of {y_hat} comes to the front.",
    ),
    "cross-entropy": CostText(
        step="How surprising the data are, if {y_hat_name} says how probable a 1 is: a wrong answer that is sure of "
        "itself costs most.",
        loss="(1/N) times the cross-entropy",
        of_row="Row n costs {minus}ln of the probability that {y_hat} gives to what came: {y_hat} where {y} is 1, and "
        "1 {minus} {y_hat} where it is 0{several}.",
        of_all="As matrices, over all cells. The probabilities of all rows multiply; their logarithms are added up.",
        slope="From the outside in. The slope of ln {y_hat} is 1/{y_hat}, that of ln(1 {minus} {y_hat}) is "
        "{minus}1/(1 {minus} {y_hat}); both on one denominator.",
    ),
}
_MEAN_STEP = " Divided by the number of rows N, it is their mean."
_PENALTY_STEP = " The penalty is added: large weights cost something, too."
_MEAN_OF_ROW = " Divided by the number of rows N, the sum is a mean."


def cost_text(network: Network, notation: Notation) -> CostText:
    """The sentences about the cost of ``network``, in the signs of ``notation``."""
    text, outputs = _TEXTS[network.cost], network.layers[-1]
    each = "whose squares" if "squared" in network.cost else "which"
    signs = {
        "y": notation.row_name("Y"),
        "y_hat": notation.row_name("Y_hat"),
        "half": notation.half,
        "minus": notation.minus,
        "product": notation.product,
        "y_hat_name": notation.name("Y_hat"),
        "several": "" if outputs == 1 else f", {outputs} numbers, {each} are added up",
    }
    is_mean = network.reduction == "mean"
    reasons = (text.of_row + _MEAN_OF_ROW * is_mean, text.of_all, text.slope)
    step = text.step.format(**signs) + _MEAN_STEP * is_mean + _PENALTY_STEP * bool(network.penalised)
    return CostText(step, text.loss, *(reason.format(**signs) for reason in reasons))


def penalty_sentence(network: Network, notation: Notation) -> str:
    """What the penalty counts, and why."""
    counted = "weight and bias" if network.penalty.on_biases and network.bias else "weight"
    terms = []
    if network.penalty.l1:
        terms.append(f"{notation.lambda_1} times its size |w|")
    if network.penalty.l2:
        terms.append(f"{notation.half} {notation.lambda_2} times its square")
    left_out = "; biases cost nothing" if network.bias and not network.penalty.on_biases else ""
    return f"The penalty keeps the weights small. Each {counted} w costs {' and '.join(terms)}{left_out}."


def slope_of_penalty_sentence(network: Network, notation: Notation) -> str:
    """The slope of the penalty by one weight."""
    terms = []
    if network.penalty.l1:
        terms.append(f"of {notation.lambda_1} |w| it is {notation.lambda_1} sign(w), which is 0 at w = 0")
    if network.penalty.l2:
        square = f"{notation.half} {notation.lambda_2} w{notation.squared}"
        terms.append(f"of {square} it is {notation.lambda_2} w")
    return f"The slope of the penalty is added: {'; '.join(terms)}."
