"""What an edit did to the end of a run: its last J, beside that of the run before."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.writing.notation.number_format import group_digits, rounded_text

_DIGITS = 2


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
    is_of_all = any(end.has_batches for end in (now, before) if end)
    if is_of_all:
        if any(end.cost is not None and end.cost_of_all is None for end in (now, before) if end):
            return ""
        now, before = _of_all_rows(now), before and _of_all_rows(before)
    last = group_digits(now.iteration)
    if now.cost is None:
        end = _("The run overflows in iteration {iteration}", iteration=last)
    elif is_of_all:
        end = _(
            "Cost per row of all training rows in iteration {iteration}: {cost}", iteration=last, cost=_text(now.cost)
        )
    else:
        end = _("J in iteration {iteration}: {cost}", iteration=last, cost=_text(now.cost))
    if before is None:
        return f"{end}."
    if before.kind != now.kind:
        return _("{end}. The J before had another formula: the two can't be compared.", end=end)
    return f"{end}; {_before_clause(now, before, is_of_all=is_of_all)}."


def _before_clause(now: RunEnd, before: RunEnd, *, is_of_all: bool) -> str:
    """How the run before ended, which had the same formula of J."""
    iteration = group_digits(before.iteration)
    if before.cost is None:
        return _("it overflowed in iteration {iteration}", iteration=iteration)
    cost, is_other = _text(before.cost), before.iteration != now.iteration
    if now.cost is not None:
        if is_other:
            return _("in iteration {iteration} it was {cost}", iteration=iteration, cost=cost)
        return _("it was {cost}", cost=cost)
    if is_other and is_of_all:
        return _(
            "the cost per row of all training rows in iteration {iteration} was {cost}", iteration=iteration, cost=cost
        )
    if is_other:
        return _("J in iteration {iteration} was {cost}", iteration=iteration, cost=cost)
    if is_of_all:
        return _("the cost per row of all training rows there was {cost}", cost=cost)
    return _("J there was {cost}", cost=cost)


def _of_all_rows(end: RunEnd) -> RunEnd:
    """The end with the mean cost of all training rows in the place of J: whether J is a sum makes no difference."""
    return replace(end, cost=end.cost_of_all, kind=end.kind[:1])


def _text(cost: float) -> str:
    """J with two significant digits."""
    return rounded_text(cost, _DIGITS)
