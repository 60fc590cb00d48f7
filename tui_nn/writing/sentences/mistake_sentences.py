"""Names the mistakes that can be planted, and says where the numbers show them."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import numpy as np

from tui_nn.language import _, ngettext
from tui_nn.network import GradientRatio, Mistake, MistakenEquation, Network, equations, gradient_ratio
from tui_nn.network.formulas.expression import Derivative, Expression, Hadamard
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import ASCII, Notation

_DIGITS = 3
_MOST_DIGITS = 12
_NEAR = 0.75
_NAMES = {
    Mistake.DERIVATIVE: _("a forgotten f′(Z)"),
    Mistake.TRANSPOSE: _("a missing transpose"),
    Mistake.MINUS: _("a lost minus"),
    Mistake.MEAN: _("the mean in place of the sum"),
    Mistake.SUM: _("the sum in place of the mean"),
    Mistake.PENALTY: _("a penalty forgotten in the slopes"),
    Mistake.PENALISED_BIASES: _("a penalty on the biases"),
    Mistake.KEPT_DERIVATIVE: _("f′(Z) left in, though it cancels"),
    Mistake.COMPLEMENT: _("a forgotten (1 − y) ln(1 − ŷ)"),
    Mistake.OTHER_UNITS: _("the sigmoid's slope for softmax's"),
    Mistake.UNCORRECTED: _("averages that are not divided by 1 − βᵗ"),
    Mistake.PLUS: _("a plus for the minus in the update"),
    Mistake.CLEARED: _("an optimizer that is cleared each epoch"),
}
_WHY_NOT = {
    Mistake.DERIVATIVE: _("the slope of the identity is 1, or cancels"),
    Mistake.TRANSPOSE: _("without a transpose no shapes fit"),
    Mistake.MINUS: _("there is no minus"),
    Mistake.MEAN: _("J is already the mean, or there is one row: then mean and sum are the same"),
    Mistake.SUM: _("J is a sum, or there is one row: then mean and sum are the same"),
    Mistake.PENALTY: _("there is no penalty"),
    Mistake.PENALISED_BIASES: _("there is no penalty, there are no biases, or the penalty counts them"),
    Mistake.KEPT_DERIVATIVE: _("with this cost, f′ doesn't cancel"),
    Mistake.COMPLEMENT: _("this cost has no such term"),
    Mistake.OTHER_UNITS: _("the outputs are not softmax"),
    Mistake.UNCORRECTED: _("only Adam corrects its averages"),
    Mistake.PLUS: _("there is no optimizer: a lost minus does the same"),
    Mistake.CLEARED: _("the optimizer must keep something; it shows where a new epoch begins"),
}
BEHIND_GRADIENT = _("Every slope is right, so no gradient check finds this mistake: it is made after them.")
"""What a gradient check can say about a mistake that is made in the steps of the update."""
_FILLERS = ("a", "an", "the", "in", "of", "for", "place", "f", "z")


def mistake_name(mistake: Mistake, notation: Notation) -> str:
    """What a mistake is called, in a few words."""
    return notation.translated(_NAMES[mistake].replace("′", notation.prime))


def parse_mistake(text: str) -> Mistake | None:
    """The mistake that ``text`` names, or None: by its name in a file or on the screen, shortened or misspelt."""
    called = [(name, mistake) for mistake in Mistake for name in (str(mistake), mistake_name(mistake, ASCII))]
    names = {_telling_words(name): mistake for name, mistake in called}
    wanted = _telling_words(text)
    if wanted in names:
        return names[wanted]
    told = {mistake for name, mistake in names.items() if wanted and _abbreviates(wanted, name)}
    if len(told) > 1:
        # "mean" is short for "mean for sum", not for "sum for mean".
        told = {names[name] for name in names if name.startswith(wanted)} or {
            # Nor is "minus" for "plus for minus".
            mistake
            for name, mistake in called
            if _abbreviates(wanted, _telling_words(re.split(r" for | in place of ", name)[0]))
        }
    if len(told) == 1:
        return told.pop()
    near = get_close_matches(wanted, names, n=1, cutoff=_NEAR)
    return names[near[0]] if near else None


def _abbreviates(text: str, name: str) -> bool:
    """Whether each word of ``text`` begins a word of ``name``."""
    return all(any(whole.startswith(word) for whole in name.split()) for word in text.split())


def _telling_words(text: str) -> str:
    """The words of ``text`` that tell mistakes apart, in small letters: without articles, signs and the like."""
    words = re.split(r"[^a-z]+", text.casefold())
    return " ".join(word for word in words if word and word not in _FILLERS)


def why_impossible(mistake: Mistake) -> str:
    """Why some networks can't have this mistake."""
    return _WHY_NOT[mistake]


def mistake_effects(
    network: Network,
    wrong: Sequence[MistakenEquation],
    program: Mapping[str, Array],
    right: Mapping[str, Array],
    notation: Notation,
) -> Iterator[str]:
    """Sentences that say, from the numbers, how a program with a mistake differs from the right one.

    ``wrong`` are the equations with the mistake; ``program`` and ``right`` are the matrices of both programs, by name.
    """
    if wrong and all(equation.right.step.kind in STEPS_OF_UPDATE for equation in wrong):
        yield BEHIND_GRADIENT
        for equation in wrong:
            yield _ratio_sentence(gradient_ratio(equation.right.name, program, right), notation)
        return
    slopes = [
        gradient_ratio(equation.name, program, right)
        for equation in equations(network)
        if equation.name.startswith("dJd")
    ]
    said = [ratio for ratio in slopes if not math.isnan(ratio.least)]
    if not said:
        yield _("Every slope is 0 here, with the mistake and without.")
        return
    if all(ratio.is_about(said[0].least) for ratio in said):
        yield _common_ratio_sentence(said[0].least, len(right["Y"]), notation)
        return
    agree = [notation.name(ratio.name) for ratio in said if ratio.is_about(1.0)]
    if agree:
        *before, last = agree
        names = _("{names} and {last}", names=", ".join(before), last=last) if before else last
        yield ngettext("{names} agrees with the costs.", "{names} agree with the costs.", len(agree), names=names)
    for ratio in said:
        if not ratio.is_about(1.0):
            yield _ratio_sentence(ratio, notation, is_of_costs=True)
    for equation in wrong:
        if isinstance(factor := _other_factor(equation), Derivative):
            of_it = gradient_ratio(equation.wrong.name, program, right)
            values = factor.value(right)
            least, greatest = (_number_text(float(end), notation) for end in (values.min(), values.max()))
            because = _(
                "{matrix} is from {least} to {greatest}", matrix=notation.label(factor), least=least, greatest=greatest
            )
            yield _ratio_sentence(of_it, notation, because=because)


def _other_factor(equation: MistakenEquation) -> Expression | None:
    """The factor that the wrong formula lacks or has in excess; None if the mistake is not about a factor."""
    match equation.right.expression, equation.wrong.expression:
        case (Hadamard(left, right), other) | (other, Hadamard(left, right)) if left == other:
            return right
    return None


def _common_ratio_sentence(factor: float, rows: int, notation: Notation) -> str:
    if math.isclose(factor, 1, rel_tol=1e-9):
        return _("In these numbers it does not show: every slope is what the costs say.")
    number, times = _number_text(factor, notation), notation.times
    if math.isclose(factor, -1, rel_tol=1e-9):
        return _("Every slope is {factor} {times} what the costs say: it leads uphill.", factor=number, times=times)
    if rows > 1 and math.isclose(factor, 1 / rows, rel_tol=1e-9):
        return _(
            "Every slope is {factor} {times} what the costs say, which is 1/N: there are {rows} rows.",
            factor=number,
            times=times,
            rows=rows,
        )
    if rows > 1 and math.isclose(factor, rows, rel_tol=1e-9):
        return _(
            "Every slope is {factor} {times} what the costs say, which is N: there are {rows} rows.",
            factor=number,
            times=times,
            rows=rows,
        )
    # For translators: {factor} {times} is "0.5 ×".
    return _("Every slope is {factor} {times} what the costs say.", factor=number, times=times)


def _ratio_sentence(ratio: GradientRatio, notation: Notation, *, is_of_costs: bool = False, because: str = "") -> str:
    """How far a matrix is from the right one, which the costs give if ``is_of_costs``; ``because`` is a clause."""
    name, times = notation.name(ratio.name), notation.times
    if not (math.isfinite(ratio.least) and math.isfinite(ratio.greatest)):
        return _("{name} is not 0 in some cells where it should be.", name=name)
    least, greatest = (_ratio_text(quotient, notation) for quotient in (ratio.least, ratio.greatest))
    factor = least
    if least != greatest:
        factor = _("from {least} to {greatest}", least=least, greatest=greatest)
    # For translators: {factor} {times} is "0.5 ×" or "from 0.1 to 0.25 ×".
    if is_of_costs:
        return _("{name} is {factor} {times} what the costs say.", name=name, factor=factor, times=times)
    if because:
        return _(
            "{name} is {factor} {times} what it should be: {because}.",
            name=name,
            factor=factor,
            times=times,
            because=because,
        )
    return _("{name} is {factor} {times} what it should be.", name=name, factor=factor, times=times)


def _ratio_text(quotient: float, notation: Notation) -> str:
    """A quotient with enough digits to tell it from 1."""
    for digits in range(_DIGITS, _MOST_DIGITS + 1):
        text = rounded_text(quotient, digits)
        if float(text) != 1 or quotient == 1:
            break
    return text.replace("-", notation.minus)


def _number_text(number: float, notation: Notation) -> str:
    return rounded_text(number, _DIGITS).replace("-", notation.minus)


def is_mistake_visible(
    program: Mapping[str, Array], right: Mapping[str, Array], names: Sequence[str], least: float
) -> bool:
    """Whether a slope of the program differs from the right one by more than ``least`` times the largest slope."""
    size = max((float(np.abs(right[name]).max()) for name in names), default=0.0)
    return any(float(np.abs(program[name] - right[name]).max()) > least * size for name in names)
