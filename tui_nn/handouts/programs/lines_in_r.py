"""Single lines of the program in R, to be shown beside a wrong one."""

from tui_nn.handouts.programs.program_formulas import R
from tui_nn.handouts.programs.program_functions import function_name
from tui_nn.handouts.programs.program_parts import enclosed, number, numbers
from tui_nn.handouts.programs.program_scalings import scaled_in_r
from tui_nn.handouts.programs.program_starts import drawn_in_r
from tui_nn.network import Dataset
from tui_nn.network.formulas.expression import Derivative, Expression
from tui_nn.session.document import Document

# A start with more numbers is not written out.
_MOST = 12


class LinesInR:
    """Writes lines as the exported program has them."""

    def formula(self, expression: Expression) -> str:
        """A formula as code. Raises TypeError if it has no code."""
        return R.formula(expression)

    def slope(self, derivative: Derivative) -> str:
        """f′(Z) as code."""
        return R.formula(derivative)

    def function(self, activation: str) -> str:
        """The name of an activation's function."""
        return function_name(activation)

    def scaled(self, name: str, dataset: Dataset) -> str:
        """The line that scales X or Y."""
        scaling = dataset.x_scaling if name == "X" else dataset.y_scaling
        return f"{name} <- {scaled_in_r(name.lower(), scaling)}"

    def start(self, name: str, document: Document) -> str:
        """The line that gives a matrix its first numbers, behind the seed where they are drawn; "" if it is long."""
        start, network = document.start, document.network
        is_drawn = start.distribution is not None and (name.startswith("W") or start.biases_are_drawn)
        if is_drawn and start.generator == "R":
            return f"set.seed({start.seed}); {name} <- {drawn_in_r(start, network, name)}"
        matrix = document.start_parameters.named[name]
        rows, columns = matrix.shape
        if (matrix == matrix[0, 0]).all():
            return f"{name} <- matrix({number(float(matrix[0, 0]))}, {rows}, {columns})"
        if matrix.size > _MOST:
            return ""
        return f"{name} <- {enclosed('matrix(c(', numbers(matrix), f'), {rows}, {columns}, byrow = TRUE)')}"
