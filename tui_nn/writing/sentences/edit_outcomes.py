"""What an edit did to the end of a run: its last J, beside that of the run before."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.writing.notation.number_format import group_digits, rounded_text

_DIGITS = 2


@frozen_dataclass
class RunEnd:
    """The last iteration of a run and its J; the J is None if numbers overflow in that iteration.

    ``kind`` says what J is, such as its name and whether it is a sum or a mean.
    """

    iteration: int
    cost: float | None
    kind: tuple[str, ...] = ()


def outcome_sentence(now: RunEnd, before: RunEnd | None) -> str:
    """How a run ends, and how it ended ``before``: ``J in iteration 10 000: 0.0015; it was 7e-9.``

    Without ``before``, it says only how the run ends. "" if both end alike.
    """
    if now == before:
        return ""
    last = group_digits(now.iteration)
    end = f"The run overflows in iteration {last}" if now.cost is None else f"J in iteration {last}: {_text(now.cost)}"
    if before is None:
        return f"{end}."
    if before.kind != now.kind:
        return f"{end}. The J before had another formula: the two can't be compared."
    if before.cost is None:
        was = f"it overflowed in iteration {group_digits(before.iteration)}"
    elif before.iteration != now.iteration:
        was = f"in iteration {group_digits(before.iteration)} it was {_text(before.cost)}"
        if now.cost is None:
            was = f"J in iteration {group_digits(before.iteration)} was {_text(before.cost)}"
    else:
        was = f"it was {_text(before.cost)}" if now.cost is not None else f"J there was {_text(before.cost)}"
    return f"{end}; {was}."


def _text(cost: float) -> str:
    """J with two significant digits."""
    return rounded_text(cost, _DIGITS)
