"""How many weights are nearly 0, in words."""

from tui_nn.network.checks.small_weights import SmallWeights
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation


def small_weights_sentence(small: SmallWeights, notation: Notation) -> str:
    """How many weights are nearly 0, and which size still counts as that."""
    who = group_digits(small.count) if small.count else "None"
    counted = "weights and biases" if small.counts_biases else "weights"
    verb = "are" if small.count > 1 else "is"
    limit = rounded_text(small.within, 3)
    if small.is_reach_of_penalty:
        limit = f"2 {notation.learning_rate} {notation.lambda_1} = {limit}"
    return notation.translated(f"{who} of the {group_digits(small.of)} {counted} {verb} nearly 0: |w| ≤ {limit}.")
