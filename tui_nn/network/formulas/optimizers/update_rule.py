"""What makes an update of the gradient: the formulas of one parameter, from which those of all follow."""

import re
from collections.abc import Iterable
from functools import cached_property

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import (
    Complement,
    Difference,
    Expression,
    Magnitude,
    NumberPower,
    NumberTimes,
    OfIteration,
    OverNumber,
    PlusNumber,
    PowerTimes,
    Quotient,
    SquareRoot,
    SumOverIterations,
    Symbol,
    parts,
    replaced,
    symbols,
)
from tui_nn.network.formulas.over_iterations import ITERATION
from tui_nn.network.formulas.reasons import Reason

LEARNING_RATE = "learning_rate"
_BEFORE = "_previous"
_OF_PARAMETER = re.compile(r"[A-Z]\w*_([Wb][0-9]+)(?:_previous)?")
w, dJdw = Symbol("w"), Symbol("dJdw")
"""The parameter and its slope, in the formulas of a rule."""


def before(letter: str) -> Symbol:
    """The matrix ``letter`` as the iteration before left it; 0 in iteration 1."""
    return Symbol(f"{letter}{_BEFORE}")


def matrix_name(letter: str, parameter: str) -> str:
    """The name of a rule's matrix for one parameter: V_W1."""
    return f"{letter}_{parameter}"


def name_before(letter: str, parameter: str) -> str:
    """The name of that matrix as the iteration before left it: V_W1_previous."""
    return f"{letter}_{parameter}{_BEFORE}"


def parameter_of(name: str) -> str:
    """The parameter that a rule's matrix belongs to: W1 for V_W1 and V_W1_previous; "" for any other name."""
    found = _OF_PARAMETER.fullmatch(name)
    return found[1] if found else ""


def at(symbol: Symbol, when: str = ITERATION) -> OfIteration:
    """A matrix of a rule as the iteration ``when`` had it."""
    return OfIteration(symbol, when)


def without_time(expression: Expression) -> Expression:
    """A formula as a line of a program: there V is both what the iteration before left and what is computed of it."""
    names = (name for name in symbols(expression) if name.endswith(_BEFORE) and parameter_of(name))
    return replaced(expression, {Symbol(name): Symbol(name.removesuffix(_BEFORE)) for name in names})


@frozen_dataclass
class LineOverIterations:
    """A line of a derivation, ``left`` = ``right``, which is true of each weight in every iteration t of a run."""

    reason: Reason
    left: Expression
    right: Expression


@frozen_dataclass
class RuleStep:
    """A matrix that a rule computes before the update: V = ``expression``, at the step ``step``.

    In its derivation, the lines ``before`` stand before that formula, and the lines ``after`` say what it comes to.
    """

    step: str
    letter: str
    expression: Expression
    after: tuple[LineOverIterations, ...] = ()
    before: tuple[LineOverIterations, ...] = ()

    @property
    def lines(self) -> tuple[LineOverIterations, ...]:
        """The derivation for a single weight."""
        own = Symbol(self.letter)
        earlier: dict[Expression, Expression] = {before(self.letter): at(own, "t-1")}
        now: dict[Expression, Expression] = {
            symbol: at(symbol) for symbol in map(Symbol, symbols(self.expression)) if symbol not in earlier
        }
        recursion = LineOverIterations(Reason.RECURSION, at(own), replaced(self.expression, {**earlier, **now}))
        return (*self.before, recursion, *self.after)


@frozen_dataclass
class UpdateRule:
    """How a parameter w is updated by its slope ∂J/∂w, cell by cell.

    ``before_update`` has the matrices that come first, in their order. A formula may name one as the iteration before
    left it (`before`): then it is part of the run's state, beside the parameters. ``update`` is w after the update.
    ``uses`` are the settings in the formulas, beside the learning rate; ``usual_rate`` is the learning rate of a lesson
    that sets none. ``lines`` lead to the update in its derivation.
    """

    name: str
    update: Expression
    before_update: tuple[RuleStep, ...] = ()
    uses: tuple[str, ...] = ()
    usual_rate: float = 5.0
    lines: tuple[LineOverIterations, ...] = ()

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The names of its steps before the update, in their order."""
        return tuple(dict.fromkeys(one.step for one in self.before_update))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of its matrices: ("M", "S", "M_hat", "S_hat") for Adam."""
        return tuple(one.letter for one in self.before_update)

    @cached_property
    def state(self) -> tuple[str, ...]:
        """The letters of the matrices that the next iteration needs: ("M", "S") for Adam."""
        used = frozenset().union(*(symbols(one.expression) for one in self.before_update), symbols(self.update))
        return tuple(letter for letter in self.letters if before(letter).name in used)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The names of the numbers in its formulas, the learning rate left out."""
        every = (self.update, *(one.expression for one in self.before_update))
        return frozenset().union(*map(_numbers_in, every)) - {LEARNING_RATE}

    def of_parameter(self, expression: Expression, parameter: str) -> Expression:
        """One of its formulas with the names of a certain parameter: W1, dJdW1, V_W1, V_W1_previous."""
        names: dict[Expression, Expression] = {w: Symbol(parameter), dJdw: Symbol(f"dJd{parameter}")}
        for letter in self.letters:
            names[Symbol(letter)] = Symbol(matrix_name(letter, parameter))
            names[before(letter)] = Symbol(name_before(letter, parameter))
        return replaced(expression, names)


def step_along(direction: Expression) -> Expression:
    """W − η · direction."""
    return Difference(w, NumberTimes(LEARNING_RATE, direction))


def mean_over_iterations(symbol: Symbol, setting: str, of_each: Expression) -> LineOverIterations:
    """A moving average as a sum over all iterations: (1 − β) Σₖ βᵗ⁻ᵏ aₖ, where ``of_each`` is aₖ."""
    terms = SumOverIterations(PowerTimes(NumberPower(setting, "t-k"), of_each))
    return LineOverIterations(Reason.UNROLLED, at(symbol), NumberTimes(f"1-{setting}", terms))


def sum_of_shares(setting: str) -> LineOverIterations:
    """What the shares of all iterations in a moving average sum to: 1 − βᵗ."""
    shares = NumberTimes(f"1-{setting}", SumOverIterations(NumberPower(setting, "t-k")))
    return LineOverIterations(Reason.TOTAL, shares, Complement(NumberPower(setting, "t")))


def first_step(direction: Symbol, squares: Symbol) -> LineOverIterations:
    """What a direction over the root of its squares is in iteration 1: g₁ / (|g₁| + ε), nearly the slope's sign."""
    step = Quotient(at(direction, "1"), PlusNumber(SquareRoot(at(squares, "1")), "epsilon"))
    sign = Quotient(at(dJdw, "1"), PlusNumber(Magnitude(at(dJdw, "1")), "epsilon"))
    return LineOverIterations(Reason.FIRST_ITERATION, step, sign)


def _numbers_in(expression: Expression) -> frozenset[str]:
    own: Iterable[str] = ()
    match expression:
        case NumberTimes(factor=name) | OverNumber(divisor=name) | PlusNumber(number=name):
            own = (name,)
    return frozenset(own).union(*map(_numbers_in, parts(expression)))
