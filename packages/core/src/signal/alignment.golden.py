"""How gradients come to lean on z, in real networks of width 16 and depth 20, forward and back in full.

Per layer l: E[kappa^2] and E[kappa^4] with kappa = g . d / |d|, g = z / sqrt(Var z given the layer before), d the gradient by z;
E and Var of ln (|d_l|^2 / |d_L|^2), Cov(kappa^2, that), and standard errors of the first and third. The last
gradient has a uniform direction. Weights have variance gain^2 / n. NumPy 2.
    python alignment.golden.py > alignment.golden.json
"""
import json
import numpy as np

N, DEPTH, NETWORKS, BLOCK = 16, 20, 40000, 4000
LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
ACTIVATIONS = {
    "selu": (
        lambda z: LAMBDA * np.where(z > 0, z, ALPHA * np.expm1(np.minimum(z, 0))),
        lambda z: LAMBDA * np.where(z > 0, 1, ALPHA * np.exp(np.minimum(z, 0))),
    ),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
}


def weights(rng, kind, gain):
    if kind == "normal":
        return rng.standard_normal((BLOCK, N, N)) * (gain / N**0.5)
    if kind == "uniform":
        return rng.uniform(-(3**0.5), 3**0.5, (BLOCK, N, N)) * (gain / N**0.5)
    q, r = np.linalg.qr(rng.standard_normal((BLOCK, N, N)))
    return gain * q * np.sign(np.diagonal(r, axis1=1, axis2=2))[:, None, :]


def measure(name, kind, gain, seed):
    phi, slope = ACTIVATIONS[name]
    rng = np.random.default_rng(seed)
    lean, logs = [], []
    for _ in range(NETWORKS // BLOCK):
        a = rng.standard_normal((BLOCK, N))
        a *= N**0.5 / np.linalg.norm(a, axis=1)[:, None]
        w, z, g = [], [], []
        for _ in range(DEPTH):
            w.append(weights(rng, kind, gain))
            z.append(np.einsum("bij,bj->bi", w[-1], a))
            g.append(z[-1] / (gain * np.linalg.norm(a, axis=1) / N**0.5)[:, None])
            a = phi(z[-1])
        d = rng.standard_normal((BLOCK, N))
        d /= np.linalg.norm(d, axis=1)[:, None]
        own_lean, own_logs = [], []
        for layer in range(DEPTH - 1, -1, -1):
            if layer < DEPTH - 1:
                d = slope(z[layer]) * np.einsum("bij,bi->bj", w[layer + 1], d)
            square = (d * d).sum(1)
            own_lean.append((g[layer] * d).sum(1) ** 2 / square)
            own_logs.append(np.log(square))
        lean.append(own_lean[::-1])
        logs.append(own_logs[::-1])
    lean, logs = (np.concatenate(x, axis=1) for x in (lean, logs))
    rows = []
    for layer in (1, 5, 10, 15):
        k, m = lean[layer - 1], logs[layer - 1]
        figures = [k.mean(), k.std() / NETWORKS**0.5, (k * k).mean(), m.mean(), m.std() / NETWORKS**0.5, m.var(), np.cov(k, m)[0, 1]]
        rows.append([layer, *[round(float(x), 5) for x in figures]])
    return {"activation": name, "kind": kind, "gain": gain, "rows": rows}


cases = [("selu", "normal", 1), ("selu", "uniform", 1), ("selu", "orthogonal", 1), ("tanh", "normal", 1), ("tanh", "orthogonal", 1)]
print(json.dumps({
    "columns": ["layer", "kappa2", "kappa2Error", "kappa4", "log", "logError", "logVariance", "covariance"],
    "cases": [measure(*case, seed) for seed, case in enumerate(cases)],
}))
