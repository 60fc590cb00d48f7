"""What an edit did to the end of a run: its last J, beside that of the run before."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.writing.notation.number_format import group_digits, rounded_text

_DIGITS = 2
_OF_ALL = "cost per row of all training rows"


@frozen_dataclass
class RunEnd:
    """The last iteration of a run and its J; the J is None if numbers overflow in that iteration.

    ``kind`` says what J is, such as its name and whether it is a sum or a mean. ``has_batches`` is true if J is that of
    a batch; ``cost_of_all`` is then the cost as a mean over all training rows, without a penalty, if it is known.
    """

    iteration: int
    cost: float | None
    kind: tuple[str, ...] = ()
    has_batches: bool = False
    cost_of_all: float | None = None


def outcome_sentence(now: RunEnd, before: RunEnd | None) -> str:
    """How a run ends, and how it ended ``before``: ``J in iteration 10 000: 0.0015; it was 7e-9.``

    Without ``before``, it says only how the run ends. "" if both end alike. J of a batch can't be compared with that of
    other rows: if one of the runs has batches, these are the costs of all training rows; "" where they are not known.
    """
    if now == before:
        return ""
    J = "J"
    if any(end.has_batches for end in (now, before) if end):
        if any(end.cost is not None and end.cost_of_all is None for end in (now, before) if end):
            return ""
        J, now, before = _OF_ALL, _of_all_rows(now), before and _of_all_rows(before)
    last = group_digits(now.iteration)
    end = f"The run overflows in iteration {last}"
    if now.cost is not None:
        end = f"{J[0].upper()}{J[1:]} in iteration {last}: {_text(now.cost)}"
    if before is None:
        return f"{end}."
    if before.kind != now.kind:
        return f"{end}. The J before had another formula: the two can't be compared."
    J = J if J == "J" else f"the {J}"
    if before.cost is None:
        was = f"it overflowed in iteration {group_digits(before.iteration)}"
    elif before.iteration != now.iteration:
        was = f"in iteration {group_digits(before.iteration)} it was {_text(before.cost)}"
        if now.cost is None:
            was = f"{J} in iteration {group_digits(before.iteration)} was {_text(before.cost)}"
    else:
        was = f"it was {_text(before.cost)}" if now.cost is not None else f"{J} there was {_text(before.cost)}"
    return f"{end}; {was}."


def _of_all_rows(end: RunEnd) -> RunEnd:
    """The end with the mean cost of all training rows in the place of J: whether J is a sum makes no difference."""
    return replace(end, cost=end.cost_of_all, kind=end.kind[:1])


def _text(cost: float) -> str:
    """J with two significant digits."""
    return rounded_text(cost, _DIGITS)
