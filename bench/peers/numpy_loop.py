"""Workloads A and C in NumPy, float32, C batched over networks.

`plain` is the loop as one writes it, a new array for every result and the loss of each step; `tuned` computes
no loss and updates in place. Prints one JSON line: steps a second of CPU time, peak memory.
Usage: python numpy_loop.py A|C seconds plain|tuned
"""
import json
import resource
import sys
import time

import numpy as np

workload, seconds, form = sys.argv[1], float(sys.argv[2]), sys.argv[3]
networks = 1 if workload == "A" else 300
rng = np.random.RandomState(0)
n = 300
angle = rng.uniform(0, 2 * np.pi, n)
y = (np.arange(n) % 2).astype(np.float32)[None, :]
radius = np.where(y[0] == 1, 0.8, 1.0)
X = (np.stack([np.cos(angle), np.sin(angle)]) * radius + 0.05 * rng.randn(2, n)).astype(np.float32)
lead = () if networks == 1 else (networks,)
sizes = [2, 10, 5, 1]
W = [(rng.randn(*lead, o, i) * np.sqrt(2 / i)).astype(np.float32) for i, o in zip(sizes, sizes[1:])]
b = [np.zeros((*lead, o, 1), np.float32) for o in sizes[1:]]
rate, share = np.float32(0.1), np.float32(1 / n)


def tuned():
    z1 = W[0] @ X + b[0]
    a1 = np.maximum(z1, 0)
    z2 = W[1] @ a1 + b[1]
    a2 = np.maximum(z2, 0)
    z3 = W[2] @ a2 + b[2]
    d3 = (1 / (1 + np.exp(-z3)) - y) * share
    d2 = (W[2].swapaxes(-1, -2) @ d3) * (a2 > 0)
    d1 = (W[1].swapaxes(-1, -2) @ d2) * (a1 > 0)
    for k, (d, a) in enumerate(((d1, X), (d2, a1), (d3, a2))):
        W[k] -= rate * (d @ a.swapaxes(-1, -2))
        b[k] -= rate * d.sum(-1, keepdims=True)


def plain():
    z1 = W[0] @ X + b[0]
    a1 = np.maximum(0, z1)
    z2 = W[1] @ a1 + b[1]
    a2 = np.maximum(0, z2)
    z3 = W[2] @ a2 + b[2]
    p = 1 / (1 + np.exp(-z3))
    loss = np.sum(-np.log(p) * y - np.log(1 - p) * (1 - y), axis=(-1, -2)) * share
    d3 = (p - y) * share
    d2 = (W[2].swapaxes(-1, -2) @ d3) * (a2 > 0)
    d1 = (W[1].swapaxes(-1, -2) @ d2) * (a1 > 0)
    gradients = [(d @ a.swapaxes(-1, -2), d.sum(-1, keepdims=True)) for d, a in ((d1, X), (d2, a1), (d3, a2))]
    for k, (dW, db) in enumerate(gradients):
        W[k] = W[k] - rate * dW
        b[k] = b[k] - rate * db
    return loss


step = plain if form == "plain" else tuned


def measure(limit):
    steps, begin = 0, time.process_time()
    while time.process_time() - begin < limit:
        for _ in range(200 if networks == 1 else 5):
            step()
        steps += (200 if networks == 1 else 5) * networks
    return steps / (time.process_time() - begin)


measure(seconds / 4)
print(json.dumps({
    "stepsPerSecond": max(measure(seconds / 4) for _ in range(3)),
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "version": f"numpy {np.__version__}",
}))
