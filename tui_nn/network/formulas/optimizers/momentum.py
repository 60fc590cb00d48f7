"""Momentum: the velocity V adds up all gradients, those of long ago with less weight; w − η V.

Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964, as PyTorch has it.
"""

from tui_nn.network.formulas.expression import (
    Added,
    Complement,
    NumberPower,
    NumberTimes,
    PowerTimes,
    Quotient,
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
    step_along,
)
from tui_nn.network.formulas.reasons import Reason

_V, _DECAYED = Symbol("V"), NumberPower("momentum", "t-k")
_LAST_TWO = Added(
    Added(
        PowerTimes(NumberPower("momentum", "2"), at(_V, "t-2")),
        NumberTimes("momentum", at(dJdw, "t-1")),
    ),
    at(dJdw),
)
_GEOMETRIC_SUM = Quotient(Complement(NumberPower("momentum", "t")), Complement(NumberPower("momentum")))
VELOCITY = RuleStep(
    "velocity",
    "V",
    Added(NumberTimes("momentum", before("V")), dJdw),
    (
        LineOverIterations(Reason.INSERTED, at(_V), _LAST_TWO),
        LineOverIterations(Reason.UNROLLED, at(_V), SumOverIterations(PowerTimes(_DECAYED, at(dJdw, "k")))),
        LineOverIterations(Reason.TOTAL, SumOverIterations(_DECAYED), _GEOMETRIC_SUM),
    ),
)
MOMENTUM = UpdateRule("momentum", step_along(_V), (VELOCITY,), ("momentum",))
