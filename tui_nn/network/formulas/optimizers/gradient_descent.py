"""Gradient descent, the lecture's: w − η ∂J/∂w."""

from tui_nn.network.formulas.optimizers.update_rule import UpdateRule, dJdw, step_along

GRADIENT_DESCENT = UpdateRule("gradient descent", step_along(dJdw))
