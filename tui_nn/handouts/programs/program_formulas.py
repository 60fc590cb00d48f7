"""The lecture's formulas in R and Python: an exported program computes what the lesson computes."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.programs.program_functions import function_name
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    CategoricalCrossEntropy,
    ColumnSums,
    ConstantTimes,
    CrossEntropy,
    Derivative,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    OverNumber,
    PlusNumber,
    PlusRow,
    Product,
    Quotient,
    Signs,
    SlopeOverErrors,
    Squared,
    SquareRoot,
    SumOfSizes,
    SumOfSquares,
    SumOverErrors,
    Symbol,
    Transposed,
)

_SUMS = (Added, Difference, PlusNumber)
_TERMS = (ConstantTimes, NumberTimes, Hadamard, OverNumber, Quotient)


@frozen_dataclass
class Language:
    """How a language writes the operations that differ between languages; ``{}`` stands for each operand.

    In ``power`` the second stands for the exponent.
    """

    transposed: str
    product: str
    plus_row: str
    column_sums: str
    sum_of_squares: str
    divided_by_rows: str
    signs: str
    sum_of_sizes: str
    sum_of_cells: str
    cross_entropy: str
    categorical_cross_entropy: str
    power: str
    square_root: str

    def formula(self, expression: Expression) -> str:
        """``expression`` as code, with the matrices by their lecture names and f′ of a sigmoid as sigmoidprime."""
        match expression:
            case Symbol(name):
                return name
            case Transposed(Symbol(name)):
                return self.transposed.format(name)
            case Activated(activation, Symbol(name)):
                return f"{function_name(activation)}({name})"
            case Derivative(activation, Symbol(name)):
                return f"{function_name(activation)}prime({name})"
            case Product(Difference() as left, right):
                return self.product.format(f"({self.formula(left)})", self.formula(right))
            case Product(left, right):
                return self.product.format(self.formula(left), self.formula(right))
            case Hadamard(Product() | Difference() as left, right):
                return f"({self.formula(left)}) * {self.formula(right)}"
            case Hadamard(left, right):
                return f"{self.formula(left)} * {self.formula(right)}"
            case Difference(left, right):
                code = self.formula(right)
                return f"{self.formula(left)} - {f'({code})' if isinstance(right, _SUMS) else code}"
            case SumOverErrors(function, of, predicted):
                costs = f"{function_name(function.name)}({self.formula(of)} - {self.formula(predicted)})"
                return self.sum_of_cells.format(costs)
            case SlopeOverErrors(function, of, predicted):
                return f"{function_name(function.name)}prime({self.formula(of)} - {self.formula(predicted)})"
            case Negated(SlopeOverErrors() as of):
                return f"-{self.formula(of)}"
            case Negated(of):
                return f"-({self.formula(of)})"
            case PlusRow(left, row):
                return self.plus_row.format(self.formula(left), row.name)
            case ColumnSums(of):
                return self.column_sums.format(of.name)
            case ConstantTimes(constant, of):
                return f"{constant:g} * {self._operand(of)}"
            case SumOfSquares(of):
                return self.sum_of_squares.format(self.formula(of))
            case DividedByRows(Difference() | Added() as of, counted):
                return self.divided_by_rows.format(f"({self.formula(of)})", counted.name)
            case DividedByRows(of, counted):
                return self.divided_by_rows.format(self.formula(of), counted.name)
            case Added(left, right):
                return f"{self.formula(left)} + {self.formula(right)}"
            case Signs(of):
                return self.signs.format(of.name)
            case CrossEntropy(y, _, z):
                return self.cross_entropy.format(y=self.formula(y), z=self.formula(z))
            case CategoricalCrossEntropy(y, _, z):
                return self.categorical_cross_entropy.format(y=self.formula(y), z=self.formula(z))
            case SumOfSizes(of):
                return self.sum_of_sizes.format(of.name)
            case NumberTimes(factor, of):
                return f"{self._number(factor)} * {self._operand(of)}"
            case OverNumber(of, divisor):
                return f"{self._operand(of)} / {self._number(divisor)}"
            case PlusNumber(of, name):
                return f"{self.formula(of)} + {self._number(name)}"
            case Squared(of):
                return self.power.format(self.formula(of), 2)
            case SquareRoot(of):
                return self.square_root.format(self.formula(of))
            case Quotient(left, right):
                divisor = f"({self.formula(right)})" if isinstance(right, _TERMS) else self._operand(right)
                return f"{self._operand(left)} / {divisor}"
        raise TypeError(f"no equation has {expression} in it")

    def _operand(self, expression: Expression) -> str:
        """``expression`` as it stands beside * or /: a sum in parentheses."""
        code = self.formula(expression)
        return f"({code})" if isinstance(expression, _SUMS) else code

    def _number(self, name: str) -> str:
        """A number in a formula, by its name; t, the number of the update, is the loop's i: ``(1 - beta1^i)``."""
        parts = (
            self.power.format(part.removesuffix("^t"), "i") if part.endswith("^t") else part for part in name.split("-")
        )
        return f"({' - '.join(parts)})" if "-" in name else name


def remark(expression: Expression) -> str:
    """A comment on how an expression is computed, where its code does not say what it means; otherwise ""."""
    match expression:
        case CrossEntropy(Symbol(y), Symbol(y_hat)):
            meaning = f"-sum({y} * log({y_hat}) + (1 - {y}) * log(1 - {y_hat}))"
            return f"# {meaning}, accurate where {y_hat} is close to 0 or 1, too"
        case CategoricalCrossEntropy(Symbol(y), Symbol(y_hat)):
            return f"# -sum({y} * log({y_hat})), accurate where {y_hat} is close to 0 or 1, too"
        case Added(of) | DividedByRows(of):
            return remark(of)
    return ""


R = Language(
    "t({})",
    "{} %*% {}",
    'sweep({}, 2, {}, "+")',
    "t(colSums({}))",
    "sum(({})^2)",
    "{} / nrow({})",
    "sign({})",
    "sum(abs({}))",
    "sum({})",
    "sum(log1p(exp(-abs({z}))) + {y} * pmax(-{z}, 0) + (1 - {y}) * pmax({z}, 0))",
    "sum({y} * minus_log_softmax({z}))",
    "{}^{}",
    "sqrt({})",
)
PYTHON = Language(
    "{}.T",
    "{} @ {}",
    "{} + {}",
    "{}.sum(axis=0, keepdims=True)",
    "np.sum(({}) ** 2)",
    "{} / len({})",
    "np.sign({})",
    "np.sum(np.abs({}))",
    "np.sum({})",
    "np.sum(np.log1p(np.exp(-np.abs({z}))) + {y} * np.maximum(-{z}, 0) + (1 - {y}) * np.maximum({z}, 0))",
    "np.sum({y} * minus_log_softmax({z}))",
    "{} ** {}",
    "np.sqrt({})",
)
