"""Two mistakes: f'(a) where f'(z) is meant, and the mean for the sum in the slopes of the biases. It prints JSON."""

import json

import numpy as np

X = np.array([[0.2, 0.9], [0.6, 0.5], [1.0, 0.3]])
Y = np.array([[0.3], [0.8], [0.5]])
W1 = np.array([[0.512, -0.314, 0.806], [-0.423, 0.635, 0.118]])
W2 = np.array([[0.721], [-0.535], [0.418]])
b1 = np.array([[0.105, -0.215, 0.325]])
b2 = np.array([[0.205]])


def f(z):
    """The sigmoid."""
    return 1 / (1 + np.exp(-z))


def f_prime(z):
    """Its slope at z."""
    return f(z) * (1 - f(z))


iterations = []
for i in range(1, 501):
    Z2 = X @ W1 + b1
    A2 = f(Z2)
    Z3 = A2 @ W2 + b2
    Y_hat = f(Z3)
    delta3 = -(Y - Y_hat) * f_prime(Y_hat)
    delta2 = delta3 @ W2.T * f_prime(A2)
    W2 = W2 - 0.5 * A2.T @ delta3
    W1 = W1 - 0.5 * X.T @ delta2
    b2 = b2 - 0.5 * delta3.mean(axis=0, keepdims=True)
    b1 = b1 - 0.5 * delta2.mean(axis=0, keepdims=True)
    if i == 1:
        found = {"Z2": Z2, "A2": A2, "Y_hat": Y_hat, "W1_next": W1, "b1_next": b1, "W2_next": W2, "b2_next": b2}
        print(json.dumps({"iteration": i, **{name: matrix.tolist() for name, matrix in found.items()}}))
