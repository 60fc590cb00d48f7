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
from tui_nn.network.formulas.optimizers.update_rule import (
    LineOverIterations,
    RuleStep,
    UpdateRule,
    at,
    before,
    dJdw,
    first_step,
    mean_over_iterations,
    step_along,
    sum_of_shares,
)
from tui_nn.network.formulas.reasons import Reason

_M, _S, _M_HAT, _S_HAT = map(Symbol, ("M", "S", "M_hat", "S_hat"))
_MOMENTS = (
    RuleStep(
        "moments",
        "M",
        Added(NumberTimes("beta1", before("M")), NumberTimes("1-beta1", dJdw)),
        (mean_over_iterations(_M, "beta1", at(dJdw, "k")),),
    ),
    RuleStep(
        "moments",
        "S",
        Added(NumberTimes("beta2", before("S")), NumberTimes("1-beta2", Squared(dJdw))),
        (mean_over_iterations(_S, "beta2", Squared(at(dJdw, "k"))),),
    ),
)
_CORRECTED = (
    RuleStep(
        "corrected",
        "M_hat",
        OverNumber(_M, "1-beta1^t"),
        after=(LineOverIterations(Reason.FIRST_ITERATION, at(_M_HAT, "1"), at(dJdw, "1")),),
        before=(sum_of_shares("beta1"),),
    ),
    RuleStep(
        "corrected",
        "S_hat",
        OverNumber(_S, "1-beta2^t"),
        after=(LineOverIterations(Reason.FIRST_ITERATION, at(_S_HAT, "1"), Squared(at(dJdw, "1"))),),
    ),
)
ADAM = UpdateRule(
    "adam",
    step_along(Quotient(_M_HAT, PlusNumber(SquareRoot(_S_HAT), "epsilon"))),
    (*_MOMENTS, *_CORRECTED),
    ("beta1", "beta2", "epsilon"),
    usual_rate=0.01,
    lines=(first_step(_M_HAT, _S_HAT),),
)
