"""A network with leaky relu, then tanh, then a sigmoid output, against figures of another program."""

import numpy as np
import pytest

from tests.unit.helpers import dataset
from tui_nn.network import Network, Parameters, compute_pass, equations
from tui_nn.network.formulas.derivation import FunctionRule, derivation
from tui_nn.network.formulas.steps import steps

_NETWORK = Network((2, 4, 3, 1), ("leaky relu", "tanh"), "sigmoid", bias=True)
_X, _Y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[0.0], [1.0], [1.0], [0.0]]
_START = Parameters(
    (
        np.array([[-0.005, 0.837, 0.593, 0.579], [1.295, -0.964, -0.502, -1.057]]),
        np.array([[-0.086, 0.799, -0.018], [0.397, -1.529, 0.118], [-0.726, 1.42, 0.709], [0.759, -0.046, 0.49]]),
        np.array([[0.526], [-0.276], [-0.398]]),
    ),
    (np.array([[-0.034, -0.182, -0.178, -0.085]]), np.array([[-0.219, 0.23, -0.479]]), np.array([[0.247]])),
)


# Source: automatic differentiation in double precision, of the mean cross-entropy, whose δ⁽⁴⁾ is (Ŷ − Y) / 4.
def test_predictions_and_gradients_are_those_of_another_program() -> None:
    computed = compute_pass(_NETWORK, dataset(np.array(_X), np.array(_Y)), _START, 0.3)
    predicted = [0.5619519316046555, 0.5077638351564154, 0.5768112536061093, 0.5077564812882773]
    np.testing.assert_allclose(computed["Y_hat"].ravel(), predicted, rtol=0, atol=1e-12)

    known = dict(computed.matrices) | {"delta4": (computed["Y_hat"] - computed["Y"]) / 4}
    backward = [one for one in equations(_NETWORK) if one.name.startswith(("dJd", "delta")) and one.name != "delta4"]
    for one in backward:
        known[one.name] = one.expression.value(known)
    gradients = {
        "dJdW1": [
            [-0.01219864039022043, -0.05939797969781869, 0.1081015891832068, -0.02244594294221021],
            [-0.0005008368509392836, 1.2922157205070151e-05, -3.133352043582381e-05, 7.849982596231416e-06],
        ],
        "dJdW3": [[-0.04319362693457918], [0.056145378256932214], [-0.07797615753986939]],
        "dJdb1": [[-0.0005838174201674637, -0.05894027969650584, 0.10757689802495866, -0.02237132490691504]],
        "dJdb2": [[0.017513368059006128, -0.009237508586598706, -0.004890291111644789]],
    }
    for name, expected in gradients.items():
        np.testing.assert_allclose(known[name], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("hidden", "output", "derived_at"),
    [
        (("relu", "tanh", "relu"), "sigmoid", {"delta5": "sigmoid", "delta4": "relu", "delta3": "tanh"}),
        (("sigmoid", "elu", "sigmoid"), "sigmoid", {"delta5": "sigmoid", "delta3": "elu"}),
        ("tanh", "identity", {"delta5": "identity", "delta4": "tanh"}),
    ],
)
def test_each_slope_is_derived_once_where_it_is_first_needed(
    hidden: str | tuple[str, ...], output: str, derived_at: dict[str, str]
) -> None:
    network = Network((2, 3, 3, 3, 1), hidden, output)
    found = {
        step.name: {
            line.right.function.name for line in derivation(network, step) if isinstance(line.right, FunctionRule)
        }
        for step in steps(network)
        if step.name.startswith("delta")
    }
    assert {name: names.pop() for name, names in found.items() if names} == derived_at
