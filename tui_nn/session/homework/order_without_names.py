"""Tells matrices without names by the order in which a program prints them: Ŷ, W1, W2, or W1, W2, b1, b2."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Network
from tui_nn.network.diagnosis.given import GivenMatrix
from tui_nn.session.homework.candidates import Candidates, says_nothing
from tui_nn.session.homework.placed_numbers import WhyAside
from tui_nn.session.homework.print_order import after_update
from tui_nn.session.homework.printed_numbers import PrintedMatrix

_Y_HAT = "Y_hat"


@frozen_dataclass(eq=False)
class Attempt:
    """A printed matrix with the lesson's matrix that it was taken for; ``given`` is None if it was taken for none.

    ``at`` is its iteration, ``why`` the reason if it is taken for none.
    """

    printed: PrintedMatrix
    at: int
    given: GivenMatrix | None = None
    is_transposed: bool = False
    why: WhyAside | None = None


def named_by_order(attempts: Sequence[Attempt], network: Network, candidates: Candidates) -> list[Attempt]:
    """The attempts; parameters without names that stand one behind the other, and Ŷ beside them, are taken for these.

    What agrees as another matrix stays that. Where all parameters agree, nothing changes.
    """
    found = [*attempts]
    patterns = [*_patterns(network)]
    place = 0
    while place < len(found):
        named = _as_parameters(found, place, patterns, candidates)
        if not named:
            place += 1
            continue
        end = place + len(named)
        if not all(one.given is not None and candidates.is_right(one.given) for one in found[place:end]):
            found[place:end] = named
            for beside in (place - 1, end):
                if 0 <= beside < len(found):
                    found[beside] = _as_prediction(found, beside, candidates)
        place = end
    return found


def _patterns(network: Network) -> Iterator[list[str]]:
    """The orders in which programs print their parameters, the longest first."""
    every = [*network.shapes]
    weights, biases = every[: network.depth], every[network.depth :]
    if biases:
        yield every
        yield [name for pair in zip(weights, biases, strict=True) for name in pair]
    if len(weights) > 1:
        yield weights


def _as_parameters(
    found: Sequence[Attempt], place: int, patterns: Sequence[Sequence[str]], candidates: Candidates
) -> list[Attempt]:
    """The matrices from ``place`` on as all parameters after the update, or as their slopes; [] if they can't be.

    The longest of ``patterns`` counts; then those of which fewest are transposed, and the numbers are nearest.
    """
    possible = list[list[Attempt]]()
    for names in patterns:
        run = found[place : place + len(names)]
        if len(run) < len(names) or any(one.at != run[0].at or not _is_open(one, candidates) for one in run):
            continue
        others = {one.given.name for one in found if one.given is not None and one.at == run[0].at and one not in run}
        kinds = [[after_update(name) for name in names], [f"dJd{name}" for name in names]]
        for kind in kinds if not any(one.printed.when.is_early for one in run) else [[*names]]:
            named = [*filter(None, (_named(*pair, candidates) for pair in zip(run, kind, strict=True)))]
            if others.isdisjoint(kind) and len(named) == len(run):
                possible.append(named)

    def order(named: Sequence[Attempt]) -> tuple[int, int, float]:
        turned = sum(one.is_transposed and not one.printed.is_list for one in named)
        away = sum(candidates.distance_of(one.given) for one in named if one.given is not None)
        return -len(named), turned, away

    return min(possible, key=order, default=[])


def _is_open(one: Attempt, candidates: Candidates) -> bool:
    """Whether a matrix has no name, and agrees with no other matrix than a parameter or a slope."""
    if one.printed.label.strip() and not says_nothing(one.printed.label):
        return False
    if one.given is None:
        return one.why is WhyAside.NOT_NEAR
    return one.given.name.startswith(("W", "b", "dJd")) or not candidates.is_right(one.given)


def _named(one: Attempt, name: str, candidates: Candidates) -> Attempt | None:
    """``one`` as the matrix ``name``; None if its shape is another."""
    fitting = [*candidates.fitting(one.printed, [name], one.at)]
    if not fitting:
        return None
    given, is_transposed = next((pair for pair in fitting if candidates.agrees_as_some(pair[0])), fitting[0])
    return replace(one, given=given, is_transposed=is_transposed, why=None)


def _as_prediction(found: Sequence[Attempt], place: int, candidates: Candidates) -> Attempt:
    """The matrix at ``place`` as Ŷ, if it has no name and agrees with none, and Ŷ was not printed elsewhere."""
    one = found[place]
    has_one = any(other.given is not None and other.given.name == _Y_HAT and other.at == one.at for other in found)
    if has_one or not _is_open(one, candidates) or (one.given is not None and candidates.is_right(one.given)):
        return one
    return _named(one, _Y_HAT, candidates) or one
