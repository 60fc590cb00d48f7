"""Single lines of the program in R, right and wrong ones, to be shown beside each other."""

import re
from collections.abc import Iterable

from tui_nn.handouts.programs.numpy_in_r import Binding, RCode, code_of
from tui_nn.handouts.programs.program_formulas import PYTHON, R
from tui_nn.handouts.programs.program_functions import function_name
from tui_nn.handouts.programs.program_parts import enclosed, number
from tui_nn.handouts.programs.program_scalings import scaled_in_r
from tui_nn.handouts.programs.program_schedules import rate_in_r
from tui_nn.handouts.programs.program_starts import drawn_in_python, drawn_in_r, seeded_in_python
from tui_nn.network import ACTIVATIONS, Dataset, Start
from tui_nn.network.diagnosis.mistakes.elementwise_for_product import sums_of_recycled
from tui_nn.network.diagnosis.mistakes.mistyped import Mistyped
from tui_nn.network.diagnosis.mistakes.recycling import plus_recycled, times_recycled
from tui_nn.network.diagnosis.mistakes.reshaped_for_transposed import Reshaped
from tui_nn.network.diagnosis.student_program import Count, Scaling
from tui_nn.network.formulas.expression import (
    Added,
    ConstantTimes,
    Difference,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    Product,
    Symbol,
    parts,
    replaced,
)
from tui_nn.network.formulas.numpy_call import NumpyCall
from tui_nn.network.formulas.optimizers.update_rule import without_time
from tui_nn.network.model.array import Array
from tui_nn.network.model.schedules import Schedule
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import rounded_text

# A matrix with more numbers is not written out.
_MOST = 12
_NAME = re.compile(r"[a-z]+")
# What R does where the catalogue's function says it in numpy.
_RECYCLED = {
    plus_recycled: ("{} + {}", Binding.SUM),
    times_recycled: ("{} * c({})", Binding.PRODUCT),
    sums_of_recycled: ("rowSums({} * c({}))", Binding.ATOM),
}
_ACTIVATED = {one.value: function_name(one.name) for one in ACTIVATIONS.values()}


class LinesInR:
    """Writes lines as the exported program has them."""

    def formula(self, expression: Expression) -> str:
        """A formula as code. Raises TypeError if it has no code."""
        return self._code(without_time(expression)).text

    def formula_in_numpy(self, expression: Expression) -> str:
        """A formula as numpy's code. Raises TypeError if it has no code."""
        return PYTHON.formula(_with_reshaped(without_time(expression)))

    def _code(self, expression: Expression) -> RCode:
        if isinstance(expression, NumpyCall):
            operands = [self._code(one) for one in expression.operands]
            return _called(expression, operands)
        # A sum needs no brackets around what it adds up.
        least = Binding.SUM if isinstance(expression, Added) else Binding.POWER
        written: dict[Expression, Expression] = {
            call: Symbol(self._code(call).within(least if call in parts(expression) else Binding.POWER))
            for call in _calls(expression)
        }
        return RCode(R.formula(replaced(expression, written)), _binding(expression))

    def definitions(self, activation: str, mistyped: Mistyped) -> tuple[str, str]:
        """The lines that define f or f′ of an activation: the right one and the mistyped one."""
        name = f"{function_name(activation)}{'prime' if mistyped.is_derivative else ''} <- function(z) "
        right, wrong = (code_of(one, RCode("z")).text for one in (mistyped.meant, mistyped.function))
        return f"{name}{right}", f"{name}{wrong}"

    def scaled(self, name: str, dataset: Dataset) -> str:
        """The line that scales X or Y."""
        scaling = dataset.x_scaling if name == "X" else dataset.y_scaling
        return f"{name} <- {scaled_in_r(name.lower(), scaling)}"

    def scaled_otherwise(self, name: str, scaling: Scaling) -> str:
        """The line that scales X or Y with another function. Raises TypeError if that has no code."""
        return f"{name} <- {code_of(scaling, RCode(name.lower())).text}"

    def listed(self, name: str, table: Array) -> str:
        """The line that fills a matrix, row by row, with numbers that stand there; "" if these are many."""
        rows, columns = table.shape
        if table.size > _MOST:
            return ""
        order = ", byrow = TRUE" if min(rows, columns) > 1 else ""
        cells = map(rounded_text, table.ravel().tolist())
        return f"{name} <- {enclosed('matrix(c(', cells, f'), {rows}, {columns}{order})')}"

    def start(self, name: str, document: Document) -> str:
        """The line that gives a matrix its first numbers, behind the seed for the first drawn; "" if it is long."""
        start, network = document.start, document.network
        is_drawn = start.distribution is not None and (name.startswith("W") or start.biases_are_drawn)
        if is_drawn and start.generator == "R":
            seeded = f"set.seed({start.seed}); " if name == "W1" else ""
            return f"{seeded}{name} <- {drawn_in_r(start, network, name)}"
        matrix = document.start_parameters.named[name]
        rows, columns = matrix.shape
        if (matrix == matrix[0, 0]).all():
            return f"{name} <- matrix({number(float(matrix[0, 0]))}, {rows}, {columns})"
        return self.listed(name, matrix)

    def rate(self, learning_rate: float, schedule: Schedule, count: Count) -> str:
        """The line that computes the learning rate of an iteration, with the numbers of the schedule in it."""
        if schedule.is_constant:
            return f"learning_rate <- {rounded_text(learning_rate)}"
        iteration = "epoch" if count.is_of_epochs else "i"
        before = {1: iteration, 0: f"({iteration} - 1)"}.get(count.ahead, f"({iteration} - {1 - count.ahead})")
        numbers = {
            "eta": rounded_text(learning_rate),
            "decay": rounded_text(schedule.decay_in_force),
            "every": str(schedule.every),
            "iterations": str(schedule.iterations),
        }
        # "(i - 1)" stands in each formula.
        written = rate_in_r(schedule.name).replace("(i - 1)", before)
        return f"learning_rate <- {_NAME.sub(lambda name: numbers.get(name[0], name[0]), written)}"

    def drawn(self, groups: Iterable[Iterable[str]], start: Start, document: Document) -> str:
        """The lines that draw matrices, those of each group after the seed of ``start``; in numpy if it draws them."""
        is_r, network = start.generator == "R", document.network
        lines = []
        for group in groups:
            lines.append(f"set.seed({start.seed})" if is_r else seeded_in_python(start))
            lines += [
                f"{name} <- {drawn_in_r(start, network, name)}"
                if is_r
                else f"{name} = {drawn_in_python(start, network, name)}"
                for name in group
            ]
        return "\n".join(lines)


def _calls(expression: Expression) -> list[NumpyCall]:
    """The outermost calls of numpy functions in a formula."""
    if isinstance(expression, NumpyCall):
        return [expression]
    return [call for part in parts(expression) for call in _calls(part)]


def _binding(expression: Expression) -> Binding:
    match expression:
        case Difference() | Added():
            return Binding.SUM
        case Hadamard() | ConstantTimes() | NumberTimes():
            return Binding.PRODUCT
        case Product():
            return Binding.BETWEEN_PERCENTS
        case Negated():
            return Binding.MINUS
    return Binding.ATOM


def _called(call: NumpyCall, operands: list[RCode]) -> RCode:
    if call.function in _ACTIVATED:
        return RCode(f"{_ACTIVATED[call.function]}({operands[0].text})")
    if call.function in _RECYCLED:
        code, binding = _RECYCLED[call.function]
        return RCode(code.format(operands[0].within(binding), operands[1].text), binding)
    match call.function:
        case Reshaped(rows, columns, is_by_rows=False):
            return RCode(f"matrix({operands[0].text}, {rows}, {columns})")
        case Reshaped():
            raise TypeError("R's matrix() goes column by column")
    return code_of(call.function, *operands)


def _with_reshaped(expression: Expression) -> Expression:
    """A formula with the code of each reshape in its place."""
    written: dict[Expression, Expression] = {}
    for call in _calls(expression):
        match call.function:
            case Reshaped(rows, columns, is_by_rows=True):
                of = PYTHON.formula(call.of)
                of = of if isinstance(call.of, Symbol) else f"({of})"
                written[call] = Symbol(f"{of}.reshape({rows}, {columns})")
    return replaced(expression, written)
