"""Nesterov's momentum: V as with momentum, but the update already takes the next push along: w − η (∂J/∂w + μ V).

Source: Y. Nesterov, 1983, in the form of I. Sutskever and others, "On the importance of initialization and momentum in
deep learning", 2013.
"""

from tui_nn.network.formulas.expression import Added, NumberTimes, Symbol
from tui_nn.network.formulas.optimizers.momentum import VELOCITY
from tui_nn.network.formulas.optimizers.update_rule import UpdateRule, dJdw, step_along

NESTEROV = UpdateRule(
    "nesterov", step_along(Added(dJdw, NumberTimes("momentum", Symbol("V")))), (VELOCITY,), ("momentum",)
)
