"""What the order of a program's output tells: the iterations, the numbers of layers, and what came before an update."""

import re
from collections import Counter
from collections.abc import Mapping

from tui_nn.network import Network
from tui_nn.network.diagnosis.given import COST
from tui_nn.session.homework.printed_numbers import PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.student_names import matrix_names
from tui_nn.session.homework.when_printed import When

LOSS = "loss"
NEXT = "_next"
_PARAMETER = re.compile(r"(?:dJd)?[Wb](\d+)(?:_next)?")
_LAST_NUMBER = re.compile(r"(\d{1,3})\D*\Z")


class Repeats:
    """The iterations of matrices that a program printed under the same name again and again."""

    def __init__(self, printed: PrintedNumbers, network: Network, iteration: int, last: int) -> None:
        seen, latest = Counter[str](), dict[str, bytes]()
        self._numbers, self._last = dict[int, int](), last
        self._after_the_loop = _after_the_loop(printed, network)
        for number, one in enumerate(printed.matrices):
            names = names_in_time(one, network)[:1]
            is_timed = one.iterations is not None or one.when in (When.START, When.END)
            if number in self._after_the_loop or is_timed:
                continue
            if one.iteration is None and names and not (COST in names and one.numbers.size > 1):
                key = one.numbers.tobytes()
                if latest.get(names[0]) == key:
                    # The same output, pasted twice.
                    self._numbers[number] = seen[names[0]] - 1
                    continue
                latest[names[0]] = key
                self._numbers[number] = seen[names[0]]
                seen[names[0]] += 1
        # Names that stand there once more than others, as W1 before and after a loop, are of the same iteration.
        parameters = {name: count for name, count in seen.items() if name in network.shapes}
        others = [count for name, count in seen.items() if name not in parameters]
        self.times = max(
            others, default=1 if set(parameters.values()) <= {1, 2} else max(parameters.values(), default=1)
        )
        self._first = iteration if iteration + self.times - 1 <= last else max(1, last - self.times + 1)

    def iteration_of(self, number: int) -> int:
        """The iteration of the matrix with that number."""
        if number in self._after_the_loop:
            return self._last
        return self._first + min(self._numbers.get(number, 0), self.times - 1)


def _after_the_loop(printed: PrintedNumbers, network: Network) -> set[int]:
    """The numbers of the matrices that a program printed after its loop: behind a whole pass, and a second time.

    Of a pass, Z, A, δ and slopes were printed once; only parameters, Ŷ and J follow again.
    """
    names = _first_names(printed, network)
    of_pass = [place for place, name in enumerate(names) if name[:1] in ("Z", "A") or name.startswith(("delta", "dJd"))]
    slopes = [place for place in of_pass if names[place].startswith("dJd")]
    if not slopes or len({names[place] for place in of_pass}) < len(of_pass):
        return set()
    found = set[int]()
    for place, name in enumerate(names):
        is_again = name in names[:place] and place > of_pass[-1] and printed.matrices[place].iteration is None
        if is_again and (name in ("Y_hat", COST) or (name in network.shapes and names.index(name) > slopes[0])):
            found.add(place)
    return found


class Numbering:
    """How a program numbers its layers: z2 is Z2, or z1 is, as it belongs to the first weights."""

    def __init__(self, printed: PrintedNumbers, network: Network, shapes: Mapping[str, tuple[int, int]]) -> None:
        self._last = len(network.layers)
        fitting = Counter[int]()
        self._from_zero = self._counts_weights_from_zero(printed, network, shapes)
        for one in printed.matrices:
            for name in matrix_names(one.label, network) if one.label else ():
                shift = self._shift(name, one.label)
                if shift is not None:
                    fits = sorted(one.numbers.shape) == sorted(shapes.get(name, ()))
                    fitting[shift] += 2 if fits else -3
        self._shifts = [shift for shift, _ in fitting.most_common()]

    def of(self, names: tuple[str, ...], label: str) -> tuple[str, ...]:
        """``names``, which ``label`` may mean, those in the program's own numbering first."""
        if self._from_zero and all(_PARAMETER.fullmatch(name) for name in names):
            return tuple(_one_higher(name) if _written(label) == _number(name) else name for name in names)

        def place(name: str) -> int:
            shift = self._shift(name, label)
            return -1 if shift is None else self._shifts.index(shift)

        return tuple(sorted(names, key=place))

    @staticmethod
    def _counts_weights_from_zero(
        printed: PrintedNumbers, network: Network, shapes: Mapping[str, tuple[int, int]]
    ) -> bool:
        """Whether W0 are the first weights, and so W1 the second ones: as their shapes allow, and W1's own does not."""
        higher = list[tuple[str, tuple[int, ...]]]()
        has_zero = False
        for one in printed.matrices:
            name = (matrix_names(one.label, network) or ("",))[0]
            if _PARAMETER.fullmatch(name):
                has_zero |= _written(one.label) == 0
                if _written(one.label) == _number(name):
                    higher.append((_one_higher(name), one.numbers.shape))
        fits = [sorted(shapes.get(name, ())) == sorted(shape) for name, shape in higher]
        return has_zero and bool(fits) and all(fits)

    def _shift(self, name: str, label: str) -> int | None:
        """What is added to the number in ``label``; None for a name without a layer's number."""
        written = _LAST_NUMBER.search(label)
        number = str(self._last) if name == "Y_hat" else name.lstrip("ZAdelt")
        if not written or name[:1] not in "ZAdY" or name.startswith("dJ") or not number.isdigit():
            return None
        return int(number) - int(written[1])


def _written(label: str) -> int | None:
    """The last number in a label; None if it has none."""
    found = _LAST_NUMBER.search(label)
    return int(found[1]) if found else None


def _number(name: str) -> int:
    found = _PARAMETER.fullmatch(name)
    return int(found[1]) if found else -1


def _one_higher(name: str) -> str:
    """W2 for W1, dJdb3_next for dJdb2_next."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), name, count=1)


def printed_before_the_update(printed: PrintedNumbers, network: Network) -> set[int]:
    """The numbers of the parameters that a program printed before it updated them.

    That is so where the text says it, where Z, A, Ŷ or slopes follow, and where the same name follows them again, or no
    update is printed.
    """
    names = _first_names(printed, network)
    computed = [
        place
        for place, name in enumerate(names)
        if name and name not in network.shapes and name not in ("X", "Y", COST, LOSS) and not name.endswith(NEXT)
    ]
    once = len({names[place] for place in computed}) == len(computed)
    before = set[int]()
    for place, name in enumerate(names):
        if name not in network.shapes:
            continue
        of_time = [other for other, called in enumerate(names) if called == f"{name}{NEXT}"]
        if printed.matrices[place].when.is_early or any(printed.matrices[one].when is not When.END for one in of_time):
            before.add(place)
            continue
        forward = [other for other in computed if names[other][:1] in "ZA"]
        slopes_before = any(other < place and names[other].startswith("dJd") for other in computed)
        again = [other for other, called in enumerate(names) if called == name and other > place]
        is_first_of_two = once and names.count(name) == 2 and bool(again) and not slopes_before
        if is_first_of_two and printed.matrices[again[0]].iteration != printed.matrices[place].iteration:
            is_first_of_two = False
        if is_first_of_two or (forward and place < min(forward)):
            before.add(place)
    return before


def after_update(name: str) -> str:
    """The name of a parameter after the update: W1_next for W1; any other name as it is."""
    return f"{name}{NEXT}" if is_parameter(name) else name


def is_parameter(name: str) -> bool:
    """Whether ``name`` is that of weights or biases: W1, b2."""
    return name[:1] in "Wb" and name[1:].isdigit()


def names_in_time(one: PrintedMatrix, network: Network) -> tuple[str, ...]:
    """The matrices that ``one`` may be, the likeliest first; W1_next for W1 if the text says that it was updated."""
    names = matrix_names(one.label, network) if one.label else ()
    return tuple(map(after_update, names)) if one.when.is_late else names


def _first_names(printed: PrintedNumbers, network: Network) -> list[str]:
    return [(names_in_time(one, network) or ("",))[0] for one in printed.matrices]
