"""Adagrad: each weight has a rate of its own, the smaller the larger its slopes were; S adds up all their squares.

Source: J. Duchi and others, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.
"""

from tui_nn.network.formulas.expression import Added, PlusNumber, Quotient, Squared, SquareRoot, Symbol
from tui_nn.network.formulas.optimizers.update_rule import RuleStep, UpdateRule, before, dJdw, step_along

_SQUARES = RuleStep("squares", "S", Added(before("S"), Squared(dJdw)))
ADAGRAD = UpdateRule(
    "adagrad",
    step_along(Quotient(dJdw, PlusNumber(SquareRoot(Symbol("S")), "epsilon"))),
    (_SQUARES,),
    ("epsilon",),
    usual_rate=0.1,
)
