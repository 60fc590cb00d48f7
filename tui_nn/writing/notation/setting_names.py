"""The names of the settings in sentences, on the screen and in the palette."""

from collections.abc import Iterator

from tui_nn.language import _, pgettext
from tui_nn.network import UNIFORM, Network, Spread, Start
from tui_nn.network.model.batches import Batches
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.schedules import Schedule
from tui_nn.network.model.starts import uniform_sd
from tui_nn.session.document import Document
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits, rounded_text, shortest_text

_SECTIONS = ("network", "training", "start", "data")
SETTING_NAMES = {
    setting.key: setting.label
    for setting in sorted(HYPERPARAMETERS.values(), key=lambda setting: _SECTIONS.index(setting.section))
}
"""The name of each setting, by its key in the file; first those that a class changes most."""
SHORT_NAMES = {
    "activation": "f",
    "learning_rate": _("rate"),
    "hidden": pgettext("short for the setting hidden layers", "hidden"),
    "batch_size": _("batch"),
    # For translators: what x is divided by, such as "x by 10".
    "x_scaling": _("x by"),
    "y_scaling": _("y by"),
}
"""Shorter names for a line of settings, by their keys, where the first word of the name does not do."""


def setting_name(key: str) -> str:
    """The name of a setting, such as ``learning rate`` for ``learning_rate``; any other key unchanged."""
    return SETTING_NAMES.get(key, key.replace("_", " "))


def setting_subject(key: str) -> str:
    """The setting as the subject of a sentence: ``The learning rate``, ``The number of iterations``."""
    setting = HYPERPARAMETERS.get(key)
    name = setting_name(key)
    # For translators: the name of a setting, as the subject of a sentence.
    return _("The number of {name}", name=name) if setting and setting.is_counted else _("The {name}", name=name)


def search_words(key: str) -> str:
    """More words, separated by blanks, under which the palette finds a setting."""
    setting = HYPERPARAMETERS.get(key)
    return setting.search_words if setting else ""


def setting_text(value: object) -> str:
    """A setting's value as the user would type it: ``yes``, ``4 3``, ``0.5``, ``sigmoid``, ``relu, tanh``."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            between = ", " if any(isinstance(one, str) for one in value) else " "
            return between.join(map(setting_text, value))
        case float():
            return shortest_text(value)
        case _:
            return str(value)


def settings_in_short(document: Document) -> Iterator[tuple[str, str]]:
    """The settings for one line, the most important first: short names ("" where the value says it all) and values."""
    network, start = document.network, document.start
    layers = "-".join(map(str, network.layers))
    yield "", _("{layers} with biases", layers=layers) if network.bias else _("{layers} no bias", layers=layers)
    hidden = setting_text(network.activation)
    output = network.output_activation
    both = _("{hidden}, output {output}", hidden=hidden, output=output)
    yield SHORT_NAMES["activation"], output if hidden == output or not document.hidden else both
    yield SHORT_NAMES["learning_rate"], shortest_text(document.learning_rate)
    method, drawn = _method_in_short(start), start.generator
    yield (
        _("start"),
        _("{method}, {generator}, seed {seed}", method=method, generator=drawn, seed=start.seed)
        if start.distribution
        else start.method,
    )
    if network.fixed:
        yield _("fixed"), setting_text(network.fixed)
    if (network.cost, network.reduction) != (Network.cost, Network.reduction):
        cost = network.cost if network.reduction == Network.reduction else f"{network.cost}, {network.reduction}"
        yield _("cost"), cost
    if document.optimizer != Optimizer.name:
        yield "", document.optimizer
    if document.schedule != Schedule.name:
        yield _("schedule"), document.schedule
    if document.batch_size:
        yield (
            SHORT_NAMES["batch_size"],
            f"{document.batch_size}{'' if document.order == Batches.order else f', {document.order}'}",
        )
    if document.dataset.test_rows:
        yield _("test rows"), group_digits(len(document.dataset.test_rows))
    for key, number in (("L1", document.l1), ("L2", document.l2)):
        if number:
            yield key, shortest_text(number)
    yield _("iterations"), group_digits(document.iterations)
    for key in ("x_scaling", "y_scaling"):
        yield SHORT_NAMES[key], setting_text(getattr(document.dataset, key))


def _method_in_short(start: Start) -> str:
    """The method, with the numbers of its distribution where they are not the usual ones."""
    first, second = start.numbers_of_distribution
    if start.spread or (first, second) == (0, 1):
        return start.method
    low, high = shortest_text(first), shortest_text(second)
    if start.distribution == UNIFORM:
        return _("{method} {low} to {high}", method=start.method, low=low, high=high)
    return _("{method} {mean} sd {sd}", method=start.method, mean=low, sd=high)


def distribution_text(start: Start, shape: tuple[int, int] | None = None) -> str:
    """The distribution that weights are drawn from, in a sentence: ``uniform on (0, 1)``.

    If the sizes of the layers set it, ``shape`` gives it in numbers for a matrix of weights of that shape, with its
    standard deviation.
    """
    first, second = (shortest_text(number).replace("-", "−") for number in start.numbers_of_distribution)
    if start.spread:
        spread = spread_text(start.spread, shape)
        if shape:
            value = start.spread.value(*shape)
            spread += f" = {rounded_text(value, 4)}"
            if start.distribution == UNIFORM:
                sd = rounded_text(uniform_sd(-value, value), 4)
                return _("uniform on (−a, a), a = {spread}, sd a / sqrt(3) = {sd}", spread=spread, sd=sd)
        if start.distribution == UNIFORM:
            return _("uniform on (−a, a), a = {spread}", spread=spread)
        return _("normal with sd {spread}", spread=spread)
    if start.distribution == UNIFORM:
        return _("uniform on ({low}, {high})", low=first, high=second)
    if (first, second) == ("0", "1"):
        return _("standard normal")
    return _("normal with mean {mean} and sd {sd}", mean=first, sd=second)


def spread_text(spread: Spread, shape: tuple[int, int] | None) -> str:
    """``sqrt(6 / units before and after)``; with a shape ``sqrt(6 / (2 + 3))``."""
    if shape is None:
        if spread.is_of_both_sides:
            return _("sqrt({variance} / units before and after)", variance=spread.variance)
        return _("sqrt({variance} / units before)", variance=spread.variance)
    units = " + ".join(map(str, spread.units(*shape)))
    bracketed = f"({units})" if spread.is_of_both_sides else units
    return f"sqrt({spread.variance} / {bracketed})"
