"""Finds the iteration of which a line speaks: "Iteration 100:", "epoch 3/10", "i = 2", "after 1000 iterations"."""

import re
from collections.abc import Sequence

from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name

# In English, German, French and Spanish, with accents or without.
_SURE = (
    r"it[eé]rations?|iterationen|iter|iters|epochs?|epochen?|steps?|schritte?n?|durchl[aä]ufe?|durchgang|"
    r"[eé]poques?|[eé]tapes?|pas|iteraci[oó]n(?:es)?|[eé]pocas?|pasos?"
)
_WORDS = rf"{_SURE}|nach|apr[eè]s|tras|it|t|k|i|n"
_NUMBERED = r"no|nr|n[°ºo]|number|num|num[eé]ro|n[uú]mero|nummer"
_NAME = re.compile(rf"\W*(?:{_WORDS})(?:[_. ]?(?:{_NUMBERED}|idx))?\W*", re.IGNORECASE)
_SIGN = rf"(?:\s?(?:{_NUMBERED})\.?)?\s{{0,4}}[#:=\[(]?\s{{0,4}}"
_BEFORE = re.compile(rf"(?<![^\W_])(?:{_SURE}){_SIGN}(\d{{1,3}}(?:,\d{{3}})+|\d{{1,8}})(?!\d|[.,]\d)", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?<![\w.])(?<!first )(?<!last )(?<!all )(?<!every )(\d{{1,3}}(?:,\d{{3}})+|\d{{1,8}})(?:st|nd|rd|th|\.)?\s?"
    rf"(?:gradient |training |full )?(?:{_SURE}|updates?)(?!\w)",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?<!\w)(?:first|erste[nrs]?|premi[eè]re?|primera?) (?:{_SURE}|update)(?!\w)", re.IGNORECASE)
_ALONE = re.compile(
    rf"[\W_]*(?:after |of |at |nach |training |apr[eè]s |[aà] |tras )?(?:the |l['’]|la )?(?:{_SURE})\b", re.IGNORECASE
)
_OVER = re.compile(
    r"(?<!\w)(?:final|finally|finale?s?|finaux|end|fin|trained|results?|resultados?|r[eé]sultats?)(?!\w)|"
    r"after (?:the )?(?:training|loop)",
    re.IGNORECASE,
)
# A counter is a word for an iteration and a whole number, alone on a line or before the other numbers of a line.
_COUNTERS = rf"{_SURE}|it|its|ep|rounds?|runde|pass|cycle|loop|updates?|upd|durchgang"
_COUNTER = re.compile(
    rf"[\W_]*(?:(?:at|in|after|nach|apr[eè]s|[aà]|en|training|gradient|descent|gd|this is) ){{0,3}}"
    rf"(?P<name>{_COUNTERS}|[a-z](?=[\s#:=\[(])){_SIGN}"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,8}})\s?[)\]]?(?:\s?(?:/|of|von|out of)\s?\d{{1,8}})?[\W_]*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[\W_]*(?:\w{2,9} ){0,3}[a-z][\s#:=\[(]")
_SETTING = re.compile(r"\s*(?P<name>[^\W\d][\w. ]{0,30}?)\s?[=:]\s?[-+]?[\d.]{1,12}(?:e-?\d+)?\s*")
# Programs count with these letters; another letter must be seen to count: s = 1, s = 2.
_LETTERS = frozenset("ikt")
# A line with a counter is short; a line longer than the other is no heading.
_SHORT, _LONGEST = 60, 400


def is_iteration_name(name: str) -> bool:
    """Whether a column or a key with this name has the numbers of iterations."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def is_counter_name(name: str) -> bool:
    """Whether a number behind this word, at the beginning of a line, is that of an iteration."""
    return name in _LETTERS or (len(name) > 1 and re.fullmatch(_COUNTERS, name, re.IGNORECASE) is not None)


def counter_in(text: str, letters: frozenset[str] = _LETTERS) -> int | None:
    """The iteration that a line gives if it says nothing else: "i = 1", "it: 5", "--- step 3 of 10 ---".

    ``letters`` are those that count iterations in this text.
    """
    found = _COUNTER.fullmatch(text[:_LONGEST])
    if found is None or (len(found["name"]) == 1 and found["name"] not in letters):
        return None
    return int(found["number"].replace(",", ""))


def counting_letters(lines: Sequence[str]) -> frozenset[str]:
    """The letters that count iterations in a text: i, and each that has a larger number on every such line.

    k and t do, too, unless other settings stand beside them: n = 3, k = 4.
    """
    numbers, are_settings = dict[str, list[int]](), set[str]()
    for place, line in enumerate(lines):
        found = _COUNTER.fullmatch(line) if len(line) <= _SHORT and _LETTER.match(line) else None
        if found and len(found["name"]) == 1:
            numbers.setdefault(found["name"], []).append(int(found["number"].replace(",", "")))
            beside = [
                _SETTING.fullmatch(other)
                for other in [*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2]]
            ]
            if any(other and not is_matrix_name(other["name"]) for other in beside):
                are_settings.add(found["name"])
    growing = {
        name
        for name, seen in numbers.items()
        # No J grows in whole numbers: e = 1, e = 2 are epochs.
        if len(seen) > 1 and seen == sorted({*seen}) and (not is_matrix_name(name) or is_cost_name(name))
    }
    return (_LETTERS - are_settings) | growing | {"i"}


def iteration_in(text: str) -> int | None:
    """The iteration of which ``text`` speaks, None if it speaks of none."""
    start = text[:_LONGEST]
    found = _BEFORE.search(start) or _BEHIND.search(start)
    if found:
        return int(found[1].replace(",", "")[:8])
    return 1 if _FIRST.search(start) else None


def is_only_iteration(text: str) -> bool:
    """Whether a line names an iteration, and no other number: "after 1,000 iterations:"."""
    return iteration_in(text) is not None and not any(map(str.isdigit, without_iteration(text)))


def is_about_iteration(text: str) -> bool:
    """Whether a heading is about an iteration, so that it holds for all that follows."""
    return _ALONE.match(text[:_LONGEST]) is not None


def ends_iterations(text: str) -> bool:
    """Whether a heading says that what follows is of no single iteration: the final weights."""
    return _OVER.search(text[:_LONGEST]) is not None


def without_iteration(text: str) -> str:
    """``text`` without the words on its iteration."""
    return _FIRST.sub(" ", _BEHIND.sub(" ", _BEFORE.sub(" ", text[:_LONGEST])))
