"""The mistake: the hidden delta lacks the sigmoid's derivative. It prints the cost, and W and b after iteration 1."""

import numpy as np

X = np.array([[0.2, 0.9], [0.6, 0.5], [1.0, 0.3]])
y = np.array([[0.3], [0.8], [0.5]])
params = {
    "W1": np.array([[0.512, -0.314, 0.806], [-0.423, 0.635, 0.118]]),
    "b1": np.array([[0.105, -0.215, 0.325]]),
    "W2": np.array([[0.721], [-0.535], [0.418]]),
    "b2": np.array([[0.205]]),
}


def forward(params):
    """The outputs of both layers."""
    a2 = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    return a2, 1 / (1 + np.exp(-(a2 @ params["W2"] + params["b2"])))


def gradients(params):
    """The slope of the cost for each parameter."""
    a2, yhat = forward(params)
    d3 = (yhat - y) * yhat * (1 - yhat)
    d2 = d3 @ params["W2"].T
    return {"W1": X.T @ d2, "b1": d2.sum(0, keepdims=True), "W2": a2.T @ d3, "b2": d3.sum(0, keepdims=True)}


for epoch in range(1, 501):
    cost = 0.5 * np.sum((y - forward(params)[1]) ** 2)
    slopes = gradients(params)
    for name in params:
        params[name] = params[name] - 0.5 * slopes[name]
    if epoch == 1:
        print(f"Epoch {epoch}, cost: {cost:.6f}")
        for name, value in params.items():
            print(f"{name} = {np.round(value, 5).tolist()}")
