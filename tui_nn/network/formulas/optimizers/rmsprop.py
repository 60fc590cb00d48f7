"""RMSProp: as Adagrad, but S is a moving average of the squares, which forgets those of long ago.

Source: G. Hinton, lecture 6 of "Neural networks for machine learning", 2012. S begins with 0.
"""

from tui_nn.network.formulas.expression import Added, NumberTimes, PlusNumber, Quotient, Squared, SquareRoot, Symbol
from tui_nn.network.formulas.optimizers.update_rule import (
    LineOverIterations,
    RuleStep,
    UpdateRule,
    at,
    before,
    dJdw,
    mean_over_iterations,
    step_along,
    sum_of_shares,
)
from tui_nn.network.formulas.reasons import Reason

_S = Symbol("S")
_SQUARES = RuleStep(
    "squares",
    "S",
    Added(NumberTimes("rho", before("S")), NumberTimes("1-rho", Squared(dJdw))),
    (mean_over_iterations(_S, "rho", Squared(at(dJdw, "k"))), sum_of_shares("rho")),
)
RMSPROP = UpdateRule(
    "rmsprop",
    step_along(Quotient(dJdw, PlusNumber(SquareRoot(_S), "epsilon"))),
    (_SQUARES,),
    ("rho", "epsilon"),
    usual_rate=0.01,
    lines=(LineOverIterations(Reason.FIRST_ITERATION, at(_S, "1"), NumberTimes("1-rho", Squared(at(dJdw, "1")))),),
)
