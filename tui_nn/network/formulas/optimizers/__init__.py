"""The rules that make an update of the gradient, one in each file, by their names in the session file.

To add one, write its file and put it into `UPDATE_RULES`.
"""

from tui_nn.network.formulas.optimizers.adagrad import ADAGRAD
from tui_nn.network.formulas.optimizers.adam import ADAM
from tui_nn.network.formulas.optimizers.gradient_descent import GRADIENT_DESCENT
from tui_nn.network.formulas.optimizers.momentum import MOMENTUM
from tui_nn.network.formulas.optimizers.nesterov import NESTEROV
from tui_nn.network.formulas.optimizers.rmsprop import RMSPROP
from tui_nn.network.formulas.optimizers.update_rule import UpdateRule, matrix_name, name_before, parameter_of
from tui_nn.network.model.network import Network

UPDATE_RULES = {rule.name: rule for rule in (GRADIENT_DESCENT, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM)}
"""In the order in which the screen offers them."""


def update_rule(network: Network) -> UpdateRule:
    """The rule of the network's optimizer."""
    return UPDATE_RULES[network.optimizer.name]


__all__ = ["UPDATE_RULES", "UpdateRule", "matrix_name", "name_before", "parameter_of", "update_rule"]
