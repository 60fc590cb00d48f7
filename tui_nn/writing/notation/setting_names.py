"""The names of the settings in sentences, on the screen and in the palette."""

from tui_nn.writing.notation.number_format import shortest

SETTING_NAMES = {
    "hidden": "hidden units",
    "activation": "activation",
    "output_activation": "output activation",
    "bias": "bias",
    "method": "start",
    "generator": "generator",
    "seed": "seed",
    "cost": "cost",
    "learning_rate": "learning rate",
    "iterations": "iterations",
    "x_scaling": "scaling of x",
    "y_scaling": "scaling of y",
}
"""The name of each setting, by its key in the file."""

_COUNTED = frozenset({"hidden", "iterations"})
_ALSO_CALLED = {
    "hidden": "network layers layer unit size width depth neurons",
    "activation": "network function hidden",
    "output_activation": "network function",
    "bias": "network biases intercept yes no",
    "method": "start weights initialisation initialization",
    "generator": "start random R numpy",
    "seed": "start random set.seed",
    "learning_rate": "eta alpha step size",
    "iterations": "epochs number updates length",
    "x_scaling": "normalise normalize scale divisor inputs",
    "y_scaling": "normalise normalize scale divisor outputs",
}


def setting_name(key: str) -> str:
    """The name of a setting, such as ``learning rate`` for ``learning_rate``; any other key unchanged."""
    return SETTING_NAMES.get(key, key.replace("_", " "))


def subject(key: str) -> str:
    """The setting as the subject of a sentence: ``The learning rate``, ``The number of iterations``."""
    return f"The number of {setting_name(key)}" if key in _COUNTED else f"The {setting_name(key)}"


def other_words(key: str) -> str:
    """Words, separated by blanks, that find a setting in the palette besides its name."""
    return _ALSO_CALLED.get(key, "")


def written(value: object) -> str:
    """A setting's value as the user would type it: ``yes``, ``4 3``, ``0.5``, ``sigmoid``."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " ".join(map(written, value))
        case float():
            return shortest(value)
        case _:
            return str(value)


DISTRIBUTIONS = {"uniform": "uniform on (0, 1)", "normal": "standard normal"}
"""The distributions that weights are drawn from, in a sentence."""
