"""Momentum: the velocity V adds up all gradients, those of long ago with less weight; w − η V.

Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964, as PyTorch has it.
"""

from tui_nn.network.formulas.expression import Added, NumberTimes, Symbol
from tui_nn.network.formulas.optimizers.update_rule import RuleStep, UpdateRule, before, dJdw, step_along

VELOCITY = RuleStep("velocity", "V", Added(NumberTimes("momentum", before("V")), dJdw))
MOMENTUM = UpdateRule("momentum", step_along(Symbol("V")), (VELOCITY,), ("momentum",))
