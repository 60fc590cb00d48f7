"""Adam: M is a moving average of the slopes, S one of their squares; both begin with 0 and are corrected for that.

Source: D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015.
"""

from tui_nn.network.formulas.expression import (
    Added,
    NumberTimes,
    OverNumber,
    PlusNumber,
    Quotient,
    Squared,
    SquareRoot,
    Symbol,
)
from tui_nn.network.formulas.optimizers.update_rule import RuleStep, UpdateRule, before, dJdw, step_along

_MOMENTS = (
    RuleStep("moments", "M", Added(NumberTimes("beta1", before("M")), NumberTimes("1-beta1", dJdw))),
    RuleStep("moments", "S", Added(NumberTimes("beta2", before("S")), NumberTimes("1-beta2", Squared(dJdw)))),
)
_CORRECTED = (
    RuleStep("corrected", "M_hat", OverNumber(Symbol("M"), "1-beta1^t")),
    RuleStep("corrected", "S_hat", OverNumber(Symbol("S"), "1-beta2^t")),
)
ADAM = UpdateRule(
    "adam",
    step_along(Quotient(Symbol("M_hat"), PlusNumber(SquareRoot(Symbol("S_hat")), "epsilon"))),
    (*_MOMENTS, *_CORRECTED),
    ("beta1", "beta2", "epsilon"),
    usual_rate=0.01,
)
