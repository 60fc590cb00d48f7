"""Adagrad: each weight has a rate of its own, the smaller the larger its slopes were; S adds up all their squares.

Source: J. Duchi and others, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.
"""

from tui_nn.network.formulas.expression import (
    Added,
    PlusNumber,
    Quotient,
    Squared,
    SquareRoot,
    SumOverIterations,
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
    step_along,
)
from tui_nn.network.formulas.reasons import Reason

_S = Symbol("S")
_SQUARES = RuleStep(
    "squares",
    "S",
    Added(before("S"), Squared(dJdw)),
    (LineOverIterations(Reason.UNROLLED, at(_S), SumOverIterations(Squared(at(dJdw, "k")))),),
)
ADAGRAD = UpdateRule(
    "adagrad",
    step_along(Quotient(dJdw, PlusNumber(SquareRoot(_S), "epsilon"))),
    (_SQUARES,),
    ("epsilon",),
    usual_rate=0.1,
    lines=(first_step(dJdw, _S),),
)
