"""Workloads A and C in PyTorch, float32, one thread: autograd-free baddbmm, the fastest form found.

Prints one JSON line: steps a second of CPU time, peak memory. Usage: python pytorch_loop.py A|C seconds
"""
import json
import resource
import sys
import time

import torch

torch.set_num_threads(1)
torch.set_grad_enabled(False)
workload, seconds = sys.argv[1], float(sys.argv[2])
networks = 1 if workload == "A" else 300
torch.manual_seed(0)
n = 300
angle = torch.rand(n) * 2 * torch.pi
y = (torch.arange(n) % 2).float()[None, None, :]
X = torch.stack([torch.cos(angle), torch.sin(angle)]) * torch.where(y[0, 0] == 1, 0.8, 1.0) + 0.05 * torch.randn(2, n)
X = X[None].expand(networks, 2, n).contiguous()
sizes = [2, 10, 5, 1]
W = [torch.randn(networks, o, i) * (2 / i) ** 0.5 for i, o in zip(sizes, sizes[1:])]
b = [torch.zeros(networks, o, 1) for o in sizes[1:]]
rate = 0.1


def step():
    a1 = torch.baddbmm(b[0], W[0], X).relu_()
    a2 = torch.baddbmm(b[1], W[1], a1).relu_()
    d3 = torch.baddbmm(b[2], W[2], a2).sigmoid_().sub_(y).mul_(1 / n)
    d2 = torch.bmm(W[2].transpose(1, 2), d3).mul_(a2 > 0)
    d1 = torch.bmm(W[1].transpose(1, 2), d2).mul_(a1 > 0)
    for k, (d, a) in enumerate(((d1, X), (d2, a1), (d3, a2))):
        W[k].baddbmm_(d, a.transpose(1, 2), alpha=-rate)
        b[k].sub_(d.sum(2, keepdim=True), alpha=rate)


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
    "version": f"torch {torch.__version__}",
}))
