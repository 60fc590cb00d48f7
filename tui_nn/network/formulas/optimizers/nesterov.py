"""Nesterov's momentum: V as with momentum, but the update already takes the next push along: w − η (∂J/∂w + μ V).

Source: Y. Nesterov, 1983, in the form of I. Sutskever and others, "On the importance of initialization and momentum in
deep learning", 2013.
"""

from tui_nn.network.formulas.expression import Added, Difference, Expression, NumberTimes, Symbol
from tui_nn.network.formulas.optimizers.momentum import VELOCITY
from tui_nn.network.formulas.optimizers.update_rule import (
    LEARNING_RATE,
    LineOverIterations,
    UpdateRule,
    at,
    dJdw,
    step_along,
)
from tui_nn.network.formulas.reasons import Reason

_V = Symbol("V")


def _push(when: str) -> Expression:
    """η μ v: the part of a move that is known before the slope."""
    return NumberTimes(LEARNING_RATE, NumberTimes("momentum", at(_V, when)))


_MOVE = NumberTimes(LEARNING_RATE, at(_V))
_AHEAD = NumberTimes(LEARNING_RATE, Added(at(dJdw), NumberTimes("momentum", at(_V))))
NESTEROV = UpdateRule(
    "nesterov",
    step_along(Added(dJdw, NumberTimes("momentum", _V))),
    (VELOCITY,),
    ("momentum",),
    lines=(
        LineOverIterations(Reason.KNOWN_BEFORE, _MOVE, Added(_push("t-1"), NumberTimes(LEARNING_RATE, at(dJdw)))),
        LineOverIterations(Reason.TAKEN_ALONG, Added(Difference(_MOVE, _push("t-1")), _push("t")), _AHEAD),
    ),
)
