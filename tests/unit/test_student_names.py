"""The names that students give to the lecture's matrices, as found in programs of homework and in tutorials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.network import Network
from tui_nn.network.formulas.equations import named_shapes
from tui_nn.session.homework.student_names import is_cost_name, matrix_names

_LECTURE = Network((2, 3, 1))
_DEEP = Network((2, 4, 3, 1))
_BIASES = Network((2, 3, 1), bias=True)


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        ("W_1 w1 W1 W^{(1)} W⁽¹⁾ theta1 weights1 $W1 $weights$W1 weights[0] $layers[[1]]$W wih syn0 fc1.weight", "W1"),
        ("W_2 w2 layers[1].W $weights[[2]] Theta2 W_output who synapse_1 model.fc2.weight W23", "W2"),
        (
            "djdw2 dJdW2 dJdw2 dJ/dW_2 ∂J/∂W⁽²⁾ dW2 dW_2 grad_W2 W2_grad dLdW2 dC_dW2 gradients.W2 nabla_w2 dwho",
            "dJdW2",
        ),
        ("djdw1 dW[0] grads[0].dW $grads$dW1 fc1.weight.grad dEdW1", "dJdW1"),
        ("yhat Y_hat y_hat ŷ y_pred yHat predictions output a3 A_3 y.hat layer_2 l2", "Y_hat"),
        ("delta3 delta_3 δ⁽³⁾ d3 Delta_3 dZ3", "delta3"),
        ("delta2 delta_2 δ2 l1_delta hidden_delta", "delta2"),
        ("Z_2 z2 Z⁽²⁾ z_2 z1 hidden_layer_input", "Z2"),
        ("A_2 a2 A2 h1 hidden_layer_output l1", "A2"),
        ("cost J cost_hist costs j_history error total_cost L", "cost"),
        ("W1_next W_1_new new_W1 W1_updated w1_neu", "W1_next"),
        ("loss mse losses", "loss"),
        ("X x inputs", "X"),
        ("y Y target y_true", "Y"),
    ],
)
def test_the_likeliest_meaning_of_a_name(labels: str, name: str) -> None:
    assert {label: matrix_names(label, _LECTURE)[:1] for label in labels.split()} == dict.fromkeys(
        labels.split(), (name,)
    )


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("dW", ("dJdW1", "dJdW2")),
        ("W", ("W1", "W2")),
        ("a2", ("A2", "Y_hat")),
        ("a1", ("X", "A2")),
        ("W_1 (after the update)", ("W1_next",)),
        ("my weights W1 after the first iteration", ("W1_next",)),
        ("Y_hat with the final weights", ("Y_hat",)),
        ("t(W_2)", ("W2",)),
        ("0.5*sum((Y-Y_hat)^2)", ("cost", "loss")),
        ("W3", ()),
        ("b1", ()),
        ("size(W1)", ()),
        ("data.frame(y = Y, Y_hat)", ()),
        ("learning_rate", ()),
        ("foo", ()),
        ("Question 2", ()),
        ("", ()),
    ],
)
def test_what_a_name_may_mean(label: str, names: tuple[str, ...]) -> None:
    assert matrix_names(label, _LECTURE) == names


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("output unit: w", "W2"),
        ("bias of the hidden layer", "b1"),
        ("weights hidden -> output", "W2"),
        ("weights W1 from X to hidden", "W1"),
        ("gradient of J with respect to W1", "dJdW1"),
        ("slope of b2", "dJdb2"),
        ("Z2 = X W1 + b1", "Z2"),
        ("A2 (sigmoid of Z2)", "A2"),
        ("output of the hidden layer", "A2"),
        ("delta of the output layer", "delta3"),
        ("net input of the output unit", "Z3"),
        ("J(W1, W2)", "cost"),
        ("final weights of the hidden layer", "W1_next"),
    ],
)
def test_in_a_label_of_several_words_its_own_name_counts(label: str, name: str) -> None:
    assert matrix_names(label, _BIASES)[:1] == (name,)


def test_a_deeper_network_and_biases() -> None:
    assert matrix_names("a3", _DEEP)[0] == "A3"
    assert matrix_names("a4", _DEEP)[0] == "Y_hat"
    assert matrix_names("W3", _DEEP) == ("W3",)
    assert matrix_names("db2", _BIASES) == ("dJdb2",)
    assert matrix_names("b_1", _BIASES) == ("b1",)
    assert matrix_names("hidden_bias", _BIASES) == ("b1",)


@pytest.mark.parametrize("network", [_LECTURE, _DEEP, _BIASES])
def test_the_names_of_show_mean_themselves(network: Network) -> None:
    for name in named_shapes(network, 3):
        wanted = "cost" if name == "J" else name
        assert matrix_names(wanted, network)[0] == wanted


@given(st.text(max_size=200))
def test_any_text_is_a_name_or_none(label: str) -> None:
    for network in (_LECTURE, _BIASES):
        known = {*named_shapes(network, 3), "cost", "loss"}
        assert set(matrix_names(label, network)) <= known
    assert is_cost_name(label) in (True, False)
