"""What a network is made of, before it has any weights."""

import re
from functools import cached_property
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network.model.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS, Activation
from tui_nn.network.model.errors import ValidationError, quoted
from tui_nn.network.model.optimizer import GRADIENT_DESCENT, Optimizer
from tui_nn.network.model.penalty import NO_PENALTY, Penalty

_CHOICES = {"activation": HIDDEN_ACTIVATIONS, "output_activation": ACTIVATIONS}
_NAMES = {key: ", ".join(map(quoted, choices)) for key, choices in _CHOICES.items()}

HiddenActivation: TypeAlias = str | tuple[str, ...]
"""The name of the activation of all hidden layers, or a name for each of them, from the first to the last."""


def fitted_activation(activation: HiddenActivation, hidden_layers: int) -> HiddenActivation:
    """``activation`` for another number of hidden layers.

    New layers take the activation of the last one; names without a layer are left out.
    One name for all layers stays as it is. Without hidden layers, it is the name of the first.
    """
    if isinstance(activation, str):
        return activation
    if not hidden_layers:
        return activation[0]
    return (*activation, *activation[-1:] * hidden_layers)[:hidden_layers]


@frozen_dataclass
class Network:
    """Units in each layer, their activations, whether they have biases, the cost, and what makes the updates.

    The lecture's has ``layers = (2, 3, 1)``. Layer 1 is the input, as in the lecture: W1 leads from it to layer 2,
    whose units have z, a and δ numbered 2.
    ``activation`` is that of all hidden layers, or has one for each. ``cost`` is a name among `formulas.costs.COSTS`,
    ``reduction`` one among `formulas.costs.REDUCTIONS`. ``fixed`` names the parameters that no update changes, such as
    b1; the penalty counts them all the same. ``optimizer`` makes the update of the gradient.
    Raises `ValidationError` for fewer than two layers, a layer without units, an unknown activation or parameter, or
    a list of activations that is longer or shorter than the hidden layers.
    """

    layers: tuple[int, ...]
    activation: HiddenActivation = "sigmoid"
    output_activation: str = "sigmoid"
    bias: bool = False
    cost: str = "half squared error"
    reduction: str = "sum"
    penalty: Penalty = NO_PENALTY
    fixed: tuple[str, ...] = ()
    optimizer: Optimizer = GRADIENT_DESCENT

    def __post_init__(self) -> None:
        if len(self.layers) < 2:
            found = _("{layers} layers", layers=len(self.layers))
            raise ValidationError("layers", found, _("an input and an output layer at least"))
        for units in self.layers:
            if units < 1:
                found = _("a layer of {units} units", units=units)
                raise ValidationError("hidden", found, _("at least 1 unit in each layer"))
        for key, choices in _CHOICES.items():
            name = getattr(self, key)
            if isinstance(name, str) and name not in choices:
                raise ValidationError(key, quoted(name), _("one of {names}", names=_NAMES[key]))
        if isinstance(self.activation, tuple):
            self._check_each_hidden_layer(self.activation)
        for name in self.fixed:
            if name not in self.shapes:
                raise _no_such_parameter(name, self)
        if len(set(self.fixed)) != len(self.fixed):
            raise ValidationError("fixed", _("a list with the same name twice"), _("each parameter once"))

    def _check_each_hidden_layer(self, names: tuple[str, ...]) -> None:
        hidden, count = len(self.layers) - 2, len(names)
        for layer, name in enumerate(names, start=1):
            if name not in HIDDEN_ACTIVATIONS:
                choices = _NAMES["activation"]
                sentence = _(
                    'The activation of hidden layer {layer} must be one of {names}; "{name}" is none of them.',
                    layer=layer,
                    names=choices,
                    name=name,
                )
                raise ValidationError("activation", quoted(name), _("one of {names}", names=choices), sentence)
        if count != hidden:
            if count < hidden:
                wrong = _("hidden layer {layer} has none", layer=count + 1)
            else:
                wrong = _("there is no hidden layer {layer}", layer=hidden + 1)
            layers = (
                ngettext("{layers} hidden layer", "{layers} hidden layers", hidden, layers=hidden)
                if hidden
                else _("no hidden layers")
            )
            sentence = _(
                "The activations are {activations} for {layers}: {wrong}. Give one for each, or one name for all.",
                activations=count,
                layers=layers,
                wrong=wrong,
            )
            found, expected = _("a list of {length}", length=count), _("one for each of {layers} layers", layers=hidden)
            raise ValidationError("activation", found, expected, sentence)

    @property
    def depth(self) -> int:
        """The number of weight matrices: 2 for the lecture's network."""
        return len(self.layers) - 1

    @property
    def weight_shapes(self) -> tuple[tuple[int, int], ...]:
        """The shapes of W1, W2, …: (units before, units after)."""
        return tuple(zip(self.layers, self.layers[1:], strict=False))

    @property
    def bias_shapes(self) -> tuple[tuple[int, int], ...]:
        """The shapes of b1, b2, …: (1, units after); empty where the network has no biases."""
        return tuple((1, units) for units in self.layers[1:]) if self.bias else ()

    @cached_property
    def shapes(self) -> dict[str, tuple[int, int]]:
        """The shape of each parameter by its name, in the order in which they are drawn: W1, W2, …, b1, b2, …."""
        named = {f"W{layer}": shape for layer, shape in enumerate(self.weight_shapes, start=1)}
        return named | {f"b{layer}": shape for layer, shape in enumerate(self.bias_shapes, start=1)}

    @property
    def trained(self) -> tuple[str, ...]:
        """The names of the parameters that updates change: all that are not fixed."""
        return tuple(name for name in self.shapes if name not in self.fixed)

    @property
    def penalised(self) -> tuple[str, ...]:
        """The names of the parameters that the penalty counts: W1, W2, …, and the biases if it is on them too."""
        if not self.penalty.is_there:
            return ()
        return tuple(name for name in self.shapes if self.penalty.on_biases or name.startswith("W"))

    @property
    def size(self) -> int:
        """The number of parameters: 9 for the lecture's network."""
        return sum(rows * columns for rows, columns in self.shapes.values())

    def activation_of(self, layer: int) -> Activation:
        """The activation f of the units in ``layer``, counted from 2, as in Z2."""
        if layer == len(self.layers):
            return ACTIVATIONS[self.output_activation]
        return ACTIVATIONS[self.activation if isinstance(self.activation, str) else self.activation[layer - 2]]

    @property
    def activation_names(self) -> tuple[str, ...]:
        """The names of the activations, each once, in the order of the layers that have them."""
        return tuple(dict.fromkeys(self.activation_of(layer).name for layer in range(2, len(self.layers) + 1)))


def _no_such_parameter(name: str, network: Network) -> ValidationError:
    """The error that ``network`` has no parameter called ``name``, so that it can't be fixed."""
    parameters = ", ".join(network.shapes)
    if not network.bias and re.fullmatch(r"b[1-9][0-9]*", name):
        says = _(
            "Without biases, {name} can't be fixed. Turn the biases on, or take {name} out of what is fixed.", name=name
        )
    else:
        says = _("{name} can't be fixed: this network has {parameters}.", name=name, parameters=parameters)
    return ValidationError("fixed", quoted(name), _("names among {parameters}", parameters=parameters), says)
