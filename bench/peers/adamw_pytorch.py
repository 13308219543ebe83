"""torch.optim.AdamW of 10⁶ float32 parameters, one thread. Prints one JSON line: median CPU ms of an update.

Usage: python adamw_pytorch.py adamw seconds foreach|fused|loop tensors
"""
import json
import sys
import time

import torch

torch.set_num_threads(1)
seconds, kind, tensors = float(sys.argv[2]), sys.argv[3], int(sys.argv[4])
UPDATES = 20
parameters = [torch.nn.Parameter(torch.rand(1_000_000 // tensors) - 0.5) for _ in range(tensors)]
for parameter in parameters:
    parameter.grad = torch.rand_like(parameter) - 0.5
optimizer = torch.optim.AdamW(parameters, 1e-3, foreach=kind == "foreach", fused=kind == "fused")


def updates():
    begin = time.process_time()
    for _ in range(UPDATES):
        optimizer.step()
    return time.process_time() - begin


updates()
times = []
while sum(times) < seconds:
    times.append(updates())
print(json.dumps({"version": f"torch {torch.__version__}", "milliseconds": sorted(times)[len(times) // 2] / UPDATES * 1000}))
