"""Finds the iteration of which a line speaks: "Iteration 100:", "epoch 3/10", "after 1000 iterations"."""

import re

_WORDS = r"iterations?|iterationen|iter|iters|epochs?|epoche|epochen|steps?|schritt|durchlauf|nach|it|t|k|i|n"
_SURE = r"iterations?|iterationen|iter|iters|epochs?|epoche|epochen|steps?|schritte?n?|durchlauf|durchläufe"
_NAME = re.compile(rf"\W*(?:{_WORDS})(?:[_. ]?(?:no|nr|number|num|idx))?\W*", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{_SURE})\s?[#:=\[(]?\s?(\d{{1,3}}(?:,\d{{3}})+|\d{{1,8}})(?!\d|[.,]\d)", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?<![\w.])(?<!first )(?<!last )(?<!all )(?<!every )(\d{{1,8}})(?:st|nd|rd|th|\.)?\s?(?:{_SURE})(?!\w)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"[\W_]*(?:after |of |at |nach |training )?(?:the )?(?:{_SURE})\b", re.IGNORECASE)
_OVER = re.compile(
    r"(?<!\w)(?:final|finally|end|trained|result|results)(?!\w)|after (?:the )?(?:training|loop)", re.IGNORECASE
)
# A line longer than this is no heading.
_LONGEST = 400


def is_iteration_name(name: str) -> bool:
    """Whether a column or a key with this name has the numbers of iterations."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def iteration_in(text: str) -> int | None:
    """The iteration of which ``text`` speaks, None if it speaks of none."""
    found = _BEFORE.search(text[:_LONGEST]) or _BEHIND.search(text[:_LONGEST])
    return int(found[1].replace(",", "")[:8]) if found else None


def is_about_iteration(text: str) -> bool:
    """Whether a heading is about an iteration, so that it holds for all that follows."""
    return _ALONE.match(text[:_LONGEST]) is not None


def ends_iterations(text: str) -> bool:
    """Whether a heading says that what follows is of no single iteration: the final weights."""
    return _OVER.search(text[:_LONGEST]) is not None


def without_iteration(text: str) -> str:
    """``text`` without the words on its iteration."""
    return _BEHIND.sub(" ", _BEFORE.sub(" ", text[:_LONGEST]))
