"""What a setting means with the value that it has, in a line."""

from collections.abc import Callable, Iterator, Mapping

from tui_nn.language import _
from tui_nn.network import UNIFORM, Network, Start
from tui_nn.network.model.starts import uniform_sd
from tui_nn.session.document import Document
from tui_nn.session.hyperparameter import Hyperparameter
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.setting_names import spread_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.scaling_text import scaling_meaning

LONGEST = 61
"""So many characters fit beside the title of the pane in 80 columns."""
_DIGITS = 3


def setting_meaning(setting: Hyperparameter, document: Document, notation: Notation) -> str:
    """What ``setting`` sets, or what its value in ``document`` does; "" where its name says it."""
    now = _MEANINGS_NOW.get(setting.key)
    return notation.translated((now and now(document, notation)) or setting.meaning)


def _start_meaning(document: Document, notation: Notation) -> str:
    start, network = document.start, document.network
    if start.constant is not None:
        if max(network.layers[1:-1], default=1) > 1:
            return _(
                "every weight is {number}, so all units of a hidden layer stay alike", number=_short(start.constant)
            )
        return _("every weight is {number}", number=_short(start.constant))
    if start.distribution is None:
        return ""
    if start.spread is None:
        return _range_meaning(start)
    return _fitting([*_spreads(start, network, notation)], notation)


def _range_meaning(start: Start) -> str:
    """The range or the mean of a start that is the same for all matrices, and the spread that follows."""
    first, second = start.numbers_of_distribution
    if start.distribution == UNIFORM:
        mean, sd = _signed(first / 2 + second / 2), _signed(uniform_sd(first, second))
        says = _(
            "weights from {least} to {greatest}: mean {mean}, sd {sd}",
            least=_signed(first),
            greatest=_signed(second),
            mean=mean,
            sd=sd,
        )
        why = f" = {_signed(second - first)} / sqrt(12)"
    else:
        says = _("weights around {mean} with sd {sd}", mean=_signed(first), sd=_signed(second))
        # For translators: 68% of the weights, after "weights around 0 with sd 1".
        why = _(": 68% from {least} to {greatest}", least=_signed(first - second), greatest=_signed(first + second))
    return says + why if len(says + why) <= LONGEST else says


def _short(number: float) -> str:
    return rounded_text(number, _DIGITS)


def _signed(number: float) -> str:
    return _short(number).replace("-", "−")


def _spreads(start: Start, network: Network, notation: Notation) -> Iterator[str]:
    """For each matrix of weights, its range or its sd, which follows from the units before it, or on both sides."""
    for number, shape in enumerate(network.weight_shapes, start=1):
        assert start.spread  # noqa: S101 - the caller asks for it
        spread = start.spread.value(*shape)
        why = f" = {spread_text(start.spread, shape)}" if number == 1 else ""
        name, value = notation.name(f"W{number}"), _short(spread)
        if start.distribution == UNIFORM:
            around = "±" if notation.unicode else "+-"
            yield f"{name} {around}{value}{why}, sd {_short(uniform_sd(-spread, spread))}"
        else:
            yield f"{name} sd {value}{why}"


def _fitting(parts: list[str], notation: Notation) -> str:
    """As many of the parts as fit in a line; the first always does."""
    for count in range(len(parts), 1, -1):
        more = f"; {notation.ellipsis}" if count < len(parts) else ""
        if len(line := "; ".join(parts[:count]) + more) <= LONGEST:
            return line
    return parts[0]


_MEANINGS_NOW: Mapping[str, Callable[[Document, Notation], str]] = {
    "x_scaling": lambda document, notation: scaling_meaning("x", document.dataset.x_scaling),  # noqa: ARG005
    "y_scaling": lambda document, notation: scaling_meaning("y", document.dataset.y_scaling),  # noqa: ARG005
    "method": _start_meaning,
}
