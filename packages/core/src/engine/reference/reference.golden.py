"""Trainings in plain NumPy float64: python reference.golden.py > reference.golden.json"""
import json
import numpy as np

def run(layers, phi, loss, seed, steps, rate, x, y):
    acts = {"relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
            "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
            "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: (s := 1 / (1 + np.exp(-z))) * (1 - s)),
            "leakyRelu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1, 0.01))}
    f, d = acts[phi]
    r = np.random.RandomState(seed)
    w = [r.randn(o, i) * np.sqrt(2 / i) for i, o in zip(layers, layers[1:])]
    b = [np.zeros((o, 1)) for o in layers[1:]]
    n = x.shape[1]
    losses = []
    for step in range(steps + 1):
        a, zs = [x], []
        for k, (wk, bk) in enumerate(zip(w, b)):
            zs.append(wk @ a[-1] + bk)
            a.append(zs[-1] if k == len(w) - 1 else f(zs[-1]))
        z = a[-1]
        if loss == "bce":
            losses.append(np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))
            dz = (1 / (1 + np.exp(-z)) - y) / n
        elif loss == "softmax":
            e = np.exp(z - z.max(0))
            p = e / e.sum(0)
            losses.append(-np.mean(np.log(p[y[0].astype(int), np.arange(n)])))
            dz = p.copy()
            dz[y[0].astype(int), np.arange(n)] -= 1
            dz /= n
        else:
            losses.append(np.mean((z - y) ** 2))
            dz = 2 * (z - y) / z.size
        for k in reversed(range(len(w))):
            dw, db = dz @ a[k].T, dz.sum(1, keepdims=True)
            if k > 0:
                dz = (w[k].T @ dz) * d(zs[k - 1])
            w[k] = w[k] - rate * dw
            b[k] = b[k] - rate * db
    return losses

data = np.random.RandomState(9)
x = data.randn(3, 40)
cases = []
for layers, phi, loss in [([3, 7, 1], "relu", "bce"), ([3, 6, 5, 4], "tanh", "softmax"), ([3, 8, 2], "leakyRelu", "mse"), ([3, 9, 4, 1], "sigmoid", "bce")]:
    y = data.randint(0, {"bce": 2, "softmax": 4, "mse": 2}[loss], (2 if loss == "mse" else 1, 40)).astype(float)
    losses = run(layers, phi, loss, 5, 200, 0.3, x, y)
    cases.append({"layers": layers, "activation": phi, "loss": loss, "seed": 5, "rate": 0.3, "y": y.ravel().tolist(), "losses": losses[::20]})
print(json.dumps({"made by": "python reference.golden.py, numpy " + np.__version__, "x": x.ravel().tolist(), "cases": cases}))
