"""Finds the iterations in lines with a cost that call them by no word: "200 cost: 0.02", "[ 200/1000] J 0.02"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tui_nn.session.homework.digits import NUMBER
from tui_nn.session.homework.student_names import is_cost_name

_NUMBER = re.compile(rf"(?<![\d.,]){NUMBER}", re.ASCII)
_BLANKS = re.compile(r"\s+")
_AT_START = re.compile(
    r"\s*+[#\[(<]?\s*+(?P<number>\d{1,8})\s*+(?:(?:/|of|von|sur|de)\s*+\d{1,8})?\s*+[\])>]?\s*+[:|,;>–-]?\s++"
    r"(?P<word>[^\W\d][\w.]{0,30})"
)
_LONGEST, _MOST_FIGURES = 400, 8


def count_at_start(line: str) -> int | None:
    """The whole number with which a line begins, if the name of a cost follows; None if not."""
    found = _AT_START.match(line[:_LONGEST])
    return int(found["number"]) if found and is_cost_name(found["word"]) else None


class LineCounters:
    """The whole numbers that grow from line to line, where these differ in their numbers alone."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._counters: dict[int, int] | None = None

    def of(self, line: int) -> int | None:
        """The number that counts the line, from 0, among those like it; None if none does."""
        if self._counters is None:
            self._counters = dict(self._found())
        return self._counters.get(line, count_at_start(self._lines[line]))

    def _found(self) -> dict[int, int]:
        alike = dict[str, list[int]]()
        for place, line in enumerate(self._lines):
            if len(line) <= _LONGEST and any(map(str.isdigit, line)):
                alike.setdefault(_BLANKS.sub("", _NUMBER.sub("#", line)), []).append(place)
        counters = dict[int, int]()
        for places in alike.values():
            if len(places) < 2:
                continue
            for column in zip(*(_NUMBER.findall(self._lines[place]) for place in places), strict=True):
                is_whole = all(number.isdigit() and len(number) <= _MOST_FIGURES for number in column)
                if is_whole and all(int(before) < int(behind) for before, behind in pairwise(column)):
                    counters |= zip(places, map(int, column), strict=True)
                    break
        return counters
