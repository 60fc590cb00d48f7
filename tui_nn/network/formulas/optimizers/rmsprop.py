"""RMSProp: as Adagrad, but S is a moving average of the squares, which forgets those of long ago.

Source: G. Hinton, lecture 6 of "Neural networks for machine learning", 2012. S begins with 0.
"""

from tui_nn.network.formulas.expression import Added, NumberTimes, PlusNumber, Quotient, Squared, SquareRoot, Symbol
from tui_nn.network.formulas.optimizers.update_rule import RuleStep, UpdateRule, before, dJdw, step_along

_SQUARES = RuleStep("squares", "S", Added(NumberTimes("rho", before("S")), NumberTimes("1-rho", Squared(dJdw))))
RMSPROP = UpdateRule(
    "rmsprop",
    step_along(Quotient(dJdw, PlusNumber(SquareRoot(Symbol("S")), "epsilon"))),
    (_SQUARES,),
    ("rho", "epsilon"),
    usual_rate=0.01,
)
