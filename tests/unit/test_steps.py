"""The steps of an iteration: their order, and the matrix of weights that each is about."""

from tui_nn.network import Network, steps, weight_of


def test_the_lecture_s_steps_come_in_the_lecture_s_order() -> None:
    names = [step.name for step in steps(Network((2, 3, 1)))]
    assert names == ["Z2", "A2", "Z3", "Y_hat", "J", "delta3", "dJdW2", "delta2", "dJdW1", "update"]


def test_each_step_is_about_the_weights_of_its_layer() -> None:
    network = Network((2, 3, 4, 1), bias=True)
    about = {step.name: weight_of(step, network) for step in steps(network)}
    assert about == {
        **{"Z2": "W1", "A2": "W1", "Z3": "W2", "A3": "W2", "Z4": "W3", "Y_hat": "W3", "J": "W3"},
        **{"delta4": "W3", "dJdW3": "W3", "dJdb3": "b3", "delta3": "W2", "dJdW2": "W2", "dJdb2": "b2"},
        **{"delta2": "W1", "dJdW1": "W1", "dJdb1": "b1", "update": "W1"},
    }
