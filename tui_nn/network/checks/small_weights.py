"""How many weights a penalty has brought close to 0."""

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.training.passes import Pass

NEAR = 1e-3
"""A weight of at most this size counts as nearly 0."""


@frozen_dataclass
class SmallWeights:
    """Of the ``of`` weights that the penalty counts, ``count`` are nearly 0: |w| ≤ ``within``.

    ``within`` is `NEAR`, or 2 η λ₁ where that is more. With an L1 penalty, gradient descent never rests at 0: where λ₁
    is larger than the slope of the data's part, an update moves w by less than 2 η λ₁ towards 0, and the later updates
    move it across 0 again and again. With ``counts_biases``, biases are among the weights.
    """

    count: int
    of: int
    within: float
    counts_biases: bool

    @property
    def is_reach_of_penalty(self) -> bool:
        """Whether ``within`` is 2 η λ₁."""
        return self.within > NEAR


def small_weights(computed: Pass, parameters: Parameters) -> SmallWeights | None:
    """The small ones among ``parameters``, by the penalty and the rate of the pass; None where J has no penalty."""
    network = computed.network
    if not network.penalised:
        return None
    within = max(NEAR, 2 * float(computed[LEARNING_RATE][0, 0]) * network.penalty.l1)
    sizes = np.abs(np.concatenate([parameters.named[name].ravel() for name in network.penalised]))
    return SmallWeights(int((sizes <= within).sum()), len(sizes), within, network.bias and network.penalty.on_biases)
