"""A network before it has weights, and the weights that it takes."""

import numpy as np
import pytest

from tui_nn.network import Network, Parameters, ValidationError, fitted_activation


def test_the_lecture_s_network_has_nine_weights() -> None:
    network = Network((2, 3, 1))
    assert network.shapes == {"W1": (2, 3), "W2": (3, 1)}
    assert (network.size, network.depth) == (9, 2)


def test_biases_come_behind_all_weights() -> None:
    network = Network((2, 3, 1), bias=True)
    assert list(network.shapes.items()) == [("W1", (2, 3)), ("W2", (3, 1)), ("b1", (1, 3)), ("b2", (1, 1))]
    assert network.size == 13


def test_the_last_layer_has_the_output_s_activation() -> None:
    network = Network((2, 3, 3, 1), "tanh", "identity")
    assert [network.activation_of(layer).name for layer in (2, 3, 4)] == ["tanh", "tanh", "identity"]


def test_each_hidden_layer_may_have_its_own_activation() -> None:
    network = Network((2, 3, 3, 1), ("relu", "tanh"), "identity")
    assert [network.activation_of(layer).name for layer in (2, 3, 4)] == ["relu", "tanh", "identity"]
    assert network.activation_names == ("relu", "tanh", "identity")


@pytest.mark.parametrize(
    ("activation", "sentence"),
    [
        (("relu",), "The activations are 1 for 2 hidden layers: hidden layer 2 has none."),
        (("relu",) * 3, "The activations are 3 for 2 hidden layers: there is no hidden layer 3."),
        (("relu", "rleu"), 'The activation of hidden layer 2 must be one of "sigmoid", "tanh",'),
    ],
)
def test_activations_that_do_not_fit_the_hidden_layers_are_refused(activation: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(ValidationError) as error:
        Network((2, 3, 3, 1), activation)
    assert error.value.where == "activation"
    assert error.value.sentence.startswith(sentence)


def test_another_number_of_hidden_layers_keeps_their_activations_and_repeats_the_last() -> None:
    assert fitted_activation(("relu", "tanh"), 3) == ("relu", "tanh", "tanh")
    assert fitted_activation(("relu", "tanh"), 1) == ("relu",)
    assert fitted_activation(("relu", "tanh"), 0) == "relu"
    assert fitted_activation("elu", 5) == "elu"


@pytest.mark.parametrize(
    ("layers", "activation", "where"),
    [((2,), "sigmoid", "layers"), ((2, 0, 1), "sigmoid", "hidden"), ((2, 1), "softmax", "activation")],
)
def test_a_network_that_can_t_be_is_refused(layers: tuple[int, ...], activation: str, where: str) -> None:
    with pytest.raises(ValidationError) as error:
        Network(layers, activation)
    assert error.value.where == where


def test_parameters_in_a_row_become_the_same_matrices() -> None:
    network = Network((2, 3, 1), bias=True)
    row = np.arange(13.0)
    parameters = Parameters.from_flat(network, row)
    assert parameters.named["W1"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert parameters.named["b1"].tolist() == [[9, 10, 11]]
    assert parameters.flat.tolist() == row.tolist()


def test_parameters_can_t_be_written_to_and_don_t_follow_their_source() -> None:
    row = np.arange(9.0)
    parameters = Parameters.from_flat(Network((2, 3, 1)), row)
    row[0] = 99.0
    assert parameters.weights[0][0, 0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        parameters.weights[0][0, 0] = 1.0
