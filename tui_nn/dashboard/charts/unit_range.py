"""The range that the shades of a hidden unit cover."""

import numpy as np

from tui_nn.dashboard.view_model.view import View
from tui_nn.session.plane_choice import PlaneUnit


def unit_range(view: View, unit: PlaneUnit) -> tuple[float, float]:
    """The range of its f; for one that reaches far, of its outputs over the rows of the data, and 0."""
    low, high = view.state.document.network.activation_of(int(unit.matrix[1:])).reach
    if np.isfinite(high - low):
        return low, high
    if not view.iteration_numbers or unit.matrix in view.hidden.matrices:
        return 0.0, 1.0
    outputs = view.iteration_numbers.computed[unit.matrix][:, unit.column - 1]
    finite = outputs[np.isfinite(outputs)]
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    return low, high if high > low else low + 1.0
