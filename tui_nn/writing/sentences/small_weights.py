"""How many weights are nearly 0, in words."""

from tui_nn.language import _, ngettext
from tui_nn.network.checks.small_weights import SmallWeights
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.signs import Notation


def small_weights_sentence(small: SmallWeights, notation: Notation) -> str:
    """How many weights are nearly 0, and which size still counts as that."""
    limit = rounded_text(small.within, 3)
    if small.is_reach_of_penalty:
        limit = f"2 {notation.learning_rate} {notation.lambda_1} = {limit}"
    found, every = group_digits(small.count), group_digits(small.of)
    if not small.count and small.counts_biases:
        says = _("None of the {every} weights and biases is nearly 0: |w| ≤ {limit}.", every=every, limit=limit)
    elif not small.count:
        says = _("None of the {every} weights is nearly 0: |w| ≤ {limit}.", every=every, limit=limit)
    elif small.counts_biases:
        says = ngettext(
            "{found} of the {every} weights and biases is nearly 0: |w| ≤ {limit}.",
            "{found} of the {every} weights and biases are nearly 0: |w| ≤ {limit}.",
            small.count,
            found=found,
            every=every,
            limit=limit,
        )
    else:
        says = ngettext(
            "{found} of the {every} weights is nearly 0: |w| ≤ {limit}.",
            "{found} of the {every} weights are nearly 0: |w| ≤ {limit}.",
            small.count,
            found=found,
            every=every,
            limit=limit,
        )
    return notation.translated(says)
