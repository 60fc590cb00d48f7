"""The names that students give to what an optimizer keeps."""

import pytest

from tui_nn.network import Network
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.session.homework.student_names import matrix_names


@pytest.mark.parametrize(
    ("optimizer", "labels", "name"),
    [
        ("momentum", "V_W1 v1 vW1 VdW1 v_dw1 velocity_W1 W1_velocity momentum_W1 $V$W1", "V_W1"),
        ("nesterov", "V_b2 vb2 v_b2 b2_v", "V_b2"),
        ("adagrad", "S_W1 s1 cache_W1 cache1 W1_cache", "S_W1"),
        ("rmsprop", "S_W2 SdW2 v_W2 r2", "S_W2"),
        ("adam", "M_W1 m1 m_dW1 W1_m", "M_W1"),
        ("adam", "v_W1 vdW1 S_W1 s1", "S_W1"),
        ("adam", "m_hat_b1 mhat_b1 M_hat_b1 m_b1_corrected b1_m_hat", "M_hat_b1"),
        ("adam", "vhat2 v_hat_W2", "S_hat_W2"),
        ("adam", "dW1 dJdW1 grad_W1", "dJdW1"),
    ],
)
def test_the_likeliest_meaning_of_a_name(optimizer: str, labels: str, name: str) -> None:
    network = Network((2, 3, 1), bias=True, optimizer=Optimizer(optimizer))
    found = {label: matrix_names(label, network)[:1] for label in labels.split()}
    assert found == dict.fromkeys(labels.split(), (name,))


@pytest.mark.parametrize("label", ["V_W1", "vW1", "m_b1", "W1_velocity"])
def test_what_the_lesson_has_not_means_nothing(label: str) -> None:
    assert matrix_names(label, Network((2, 3, 1), bias=True)) == ()
