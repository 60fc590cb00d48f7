"""A right program in numpy: weights with a row for each unit, y − ŷ, and a step that is added."""

import numpy as np

x = np.array([[0.2, 0.9], [0.6, 0.5], [1.0, 0.3]])
y = np.array([[0.3], [0.8], [0.5]])
W1 = np.array([[0.512, -0.423], [-0.314, 0.635], [0.806, 0.118]])
b1 = np.array([0.105, -0.215, 0.325])
W2 = np.array([[0.721, -0.535, 0.418]])
b2 = np.array([0.205])
rate = 0.5


def sigmoid(z):
    """The sigmoid of each number."""
    return 1 / (1 + np.exp(-z))


for i in range(1, 501):
    a1 = sigmoid(x @ W1.T + b1)
    yhat = sigmoid(a1 @ W2.T + b2)
    error = (y - yhat) * yhat * (1 - yhat)
    hidden_error = (error @ W2) * a1 * (1 - a1)
    W2 += rate * error.T @ a1
    b2 += rate * error.sum(axis=0)
    W1 += rate * hidden_error.T @ x
    b1 += rate * hidden_error.sum(axis=0)
    if i == 1:
        print("iteration 1")
        print("yhat\n", yhat)
        print("delta3\n", error)
        print("delta2\n", hidden_error)
        print("W1\n", W1)
        print("b1\n", b1)
        print("W2\n", W2)
        print("b2\n", b2)
