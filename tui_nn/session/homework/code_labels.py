"""Finds what a line of code prints: print(round(W_1, 3)) prints W_1."""

import re
from typing import NamedTuple

_ASSIGNED = re.compile(r"\s*[\w.$\[\],\"' ]{1,80}?(?:<<?-|(?<![=<>!+*/-])=(?!=))\s*(?P<value>.*)", re.DOTALL)
_SHOWN = re.compile(
    r"\s*\(?(?:print|round|signif|show|disp|display|format|head|np\.round|np\.around|as\.matrix|str|dput|invisible|drop|"
    r"repr|torch\.round|pprint|noquote|as\.numeric|as\.vector|c|unname|data\.matrix|pd\.DataFrame|as\.data\.frame)\("
)
_ARGUMENT = re.compile(r",\s*(?:digits\s*=\s*|decimals\s*=\s*|n\s*=\s*)?\d{1,4}L?\s*$")
_LONGEST = 400
_TAIL = re.compile(r"tail\((?P<name>[\w.$]{1,60})(?:,\s*(?:n\s*=\s*)?\d{1,6}L?)?\)")
_SLICE = re.compile(r"(?P<name>[\w.]{1,60})\[-\d{1,6}:\]")
_PLACES = re.compile(r"(?P<name>[\w.$]{1,60})\[(?P<first>\d{1,8})(?::(?P<last>\d{1,8}))?\]")
_BOUND = re.compile(r"cbind\((?P<names>[^()\n]{1,200})\)|data\.frame\((?P<columns>[^\n]{1,300})\)")


def printed_by(code: str) -> list[str]:
    """The names of what a line of code prints, one for each statement; "" for an expression without a name."""
    found = []
    for statement in code[:_LONGEST].split("#", 1)[0].split(";"):
        bare = statement.strip()
        if not bare or bare in ("{", "}", "})"):
            continue
        if bare.startswith("(") and bare.endswith(")") and (assigned := _ASSIGNED.fullmatch(bare[1:-1])):
            bare = bare[1 : len(bare) - 1 - len(assigned["value"])].rstrip("<-= ")
        elif _ASSIGNED.fullmatch(bare) and not bare.startswith(("data.frame(", "print(", "round(", "head(", "tail(")):
            continue
        found.append(_without_wrapping(bare))
    return found


def _without_wrapping(expression: str) -> str:
    bare = expression
    while (shown := _SHOWN.match(bare)) and bare.endswith(")"):
        bare = _ARGUMENT.sub("", bare[shown.end() : -1]).strip()
    return bare


def assigned_name(code: str) -> tuple[str, int] | None:
    """The name to which a line of code assigns a value, and where the value begins; None if it assigns none."""
    found = _ASSIGNED.match(code[:_LONGEST])
    if not found:
        return None
    return code[: found.start("value")].strip().rstrip("<-= ").strip(), found.start("value")


class PartOfList(NamedTuple):
    """Which part of a list an expression is: its last numbers, or those at ``places``, None if it says none."""

    name: str
    is_tail: bool = False
    places: tuple[int, ...] | None = None


def part_of_list(label: str, count: int) -> PartOfList:
    """The part of a list, of ``count`` numbers, that is printed by R's tail(cost, 3) and cost[9901:10000]."""
    if tail := _TAIL.fullmatch(label) or _SLICE.fullmatch(label):
        return PartOfList(tail["name"], is_tail=True)
    if (places := _PLACES.fullmatch(label)) and places["first"] != "0":
        first = int(places["first"])
        last = int(places["last"] or first)
        if last - first + 1 == count:
            return PartOfList(places["name"], places=tuple(range(first, last + 1)))
    return PartOfList(label)


def bound_names(label: str) -> list[str]:
    """The names of the columns that R's cbind(Y, Y_hat) puts beside each other; [] for anything else."""
    found = _BOUND.fullmatch(label)
    if not found or not found["names"]:
        return []
    return [name.partition("=")[0].strip() for name in found["names"].split(",")]
