"""The names of the settings in sentences, on the screen and in the palette."""

from collections.abc import Iterator

from tui_nn.network import Network
from tui_nn.session.document import Document
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits, shortest_text

SETTING_NAMES = {
    setting.key: setting.label
    for setting in sorted(HYPERPARAMETERS.values(), key=lambda setting: setting.section == "data")
}
"""The name of each setting, by its key in the file; those of the data come last."""


def setting_name(key: str) -> str:
    """The name of a setting, such as ``learning rate`` for ``learning_rate``; any other key unchanged."""
    return SETTING_NAMES.get(key, key.replace("_", " "))


def setting_subject(key: str) -> str:
    """The setting as the subject of a sentence: ``The learning rate``, ``The number of iterations``."""
    setting = HYPERPARAMETERS.get(key)
    return f"The number of {setting_name(key)}" if setting and setting.is_counted else f"The {setting_name(key)}"


def search_words(key: str) -> str:
    """More words, separated by blanks, under which the palette finds a setting."""
    setting = HYPERPARAMETERS.get(key)
    return setting.search_words if setting else ""


def setting_text(value: object) -> str:
    """A setting's value as the user would type it: ``yes``, ``4 3``, ``0.5``, ``sigmoid``."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " ".join(map(setting_text, value))
        case float():
            return shortest_text(value)
        case _:
            return str(value)


def settings_in_short(document: Document) -> Iterator[tuple[str, str]]:
    """The settings for one line, the most important first: short names ("" where the value says it all) and values."""
    network, start = document.network, document.start
    yield "", f"{'-'.join(map(str, network.layers))} {'with biases' if network.bias else 'no bias'}"
    if network.activation == network.output_activation:
        yield "f", network.activation
    else:
        yield "f", f"{network.activation}, output {network.output_activation}"
    if network.cost != Network.cost or network.reduction != Network.reduction:
        yield "cost", network.cost if network.reduction == Network.reduction else f"{network.cost}, {network.reduction}"
    for key, penalty in (("l1", network.penalty.l1), ("l2", network.penalty.l2)):
        if penalty:
            yield setting_name(key), shortest_text(penalty)
    yield "rate", shortest_text(document.learning_rate)
    is_drawn = start.method in DISTRIBUTIONS
    yield "start", f"{start.method}, {start.generator}, seed {start.seed}" if is_drawn else start.method
    yield "iterations", group_digits(document.iterations)
    for table in ("x", "y"):
        yield f"{table} by", setting_text(getattr(document.dataset, f"{table}_scaling"))


DISTRIBUTIONS = {"uniform": "uniform on (0, 1)", "normal": "standard normal"}
"""The distributions that weights are drawn from, in a sentence."""
