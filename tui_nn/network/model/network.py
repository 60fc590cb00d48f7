"""What a network is made of, before it has any weights."""

from functools import cached_property

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations import ACTIVATIONS, Activation
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.penalty import NO_PENALTY, Penalty


@frozen_dataclass
class Network:
    """Units in each layer, their activations, whether they have biases, and the cost that training makes small.

    The lecture's has ``layers = (2, 3, 1)``. Layer 1 is the input, as in the lecture: W1 leads from it to layer 2,
    whose units have z, a and δ numbered 2.
    ``cost`` is a name among `formulas.costs.COSTS`, ``reduction`` one among `formulas.costs.REDUCTIONS`.
    Raises `ValidationError` for fewer than two layers, a layer without units or an unknown activation.
    """

    layers: tuple[int, ...]
    activation: str = "sigmoid"
    output_activation: str = "sigmoid"
    bias: bool = False
    cost: str = "half squared error"
    reduction: str = "sum"
    penalty: Penalty = NO_PENALTY

    def __post_init__(self) -> None:
        if len(self.layers) < 2:
            raise ValidationError("layers", f"{len(self.layers)} layers", "an input and an output layer at least")
        for units in self.layers:
            if units < 1:
                raise ValidationError("hidden", f"a layer of {units} units", "at least 1 unit in each layer")
        for key in ("activation", "output_activation"):
            if getattr(self, key) not in ACTIVATIONS:
                choices = ", ".join(f'"{name}"' for name in ACTIVATIONS)
                raise ValidationError(key, f'"{getattr(self, key)}"', f"one of {choices}")

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
        return ACTIVATIONS[self.output_activation if layer == len(self.layers) else self.activation]
