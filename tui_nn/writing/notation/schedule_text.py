"""Writes the learning rate of an iteration: its number, and the schedule's formula that leads to it."""

from collections.abc import Callable

from tui_nn.network.model.schedules import Schedule
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import rounded_text, shortest_text
from tui_nn.writing.notation.signs import Notation

_Formula = Callable[[str, Schedule, int, Notation], str]


def rate_text(document: Document, iteration: int, notation: Notation) -> str:
    """The rate of an iteration with its sign: ``η = 5``, or ``η = 5 · 0.5^⌊(51 − 1)/50⌋ = 2.5``.

    In ASCII, where the sign of the learning rate is "rate", the sign is left out: ``= 5``.
    """
    schedule, rate = document.pace.schedule, document.moment(iteration).learning_rate
    parts = [notation.learning_rate] if notation.unicode else [""]
    if formula := _FORMULAS.get(schedule.name):
        parts.append(formula(shortest_text(document.learning_rate), schedule, iteration, notation))
    return f" {notation.equals} ".join([*parts, rounded_text(rate)]).lstrip()


def _step(rate: str, schedule: Schedule, iteration: int, notation: Notation) -> str:
    exponent = f"({iteration} {notation.minus} 1)/{schedule.every}"
    whole = f"⌊{exponent}⌋" if notation.all_signs else f"floor({exponent})"
    return f"{rate} {notation.product} {shortest_text(schedule.decay_in_force)}^{whole}"


def _exponential(rate: str, schedule: Schedule, iteration: int, notation: Notation) -> str:
    return f"{rate} {notation.product} {shortest_text(schedule.decay_in_force)}^({iteration} {notation.minus} 1)"


def _inverse_time(rate: str, schedule: Schedule, iteration: int, notation: Notation) -> str:
    decay = shortest_text(schedule.decay_in_force)
    return f"{rate} / (1 + {decay} {notation.product} ({iteration} {notation.minus} 1))"


def _cosine(rate: str, schedule: Schedule, iteration: int, notation: Notation) -> str:
    pi = "π" if notation.unicode else "pi"
    angle = f"{pi} {notation.product} ({iteration} {notation.minus} 1)/{schedule.iterations}"
    return f"{rate}/2 {notation.product} (1 + cos({angle}))"


_FORMULAS: dict[str, _Formula] = {
    "step": _step,
    "exponential": _exponential,
    "inverse time": _inverse_time,
    "cosine": _cosine,
}
"""The formula of each schedule but the constant one, by the name of the schedule."""
