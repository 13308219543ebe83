"""Writes anyinit-depth.golden.json: python anyinit-depth.golden.py, with torch==2.15.0 on a CPU; seven minutes on one thread.

The experiment of AnyInit's examples/depth_matters.py, commit 391259d, with PyTorch's own initialization: its draws as
hashes, the second moments, the losses in float64 (parameters and points widened after they are drawn), and in float32
400 updates. At depth 10 those are repeated from starts whose first weight is moved by a few parts in a million, since
the end of such a run is chaotic. From their logarithms, the interval that holds one more run in 99 of 100 cases:
mean ± t(12, .995) · s · √(1 + 1/13).
"""
import hashlib
import json
import math

import torch

torch.set_num_threads(1)
WIDTH, SAMPLES, RATE = 128, 2048, 1e-3
MARKS = (100, 200, 300, 400)


def build(depth):
    layers = [torch.nn.Linear(2, WIDTH), torch.nn.SiLU()]
    for _ in range(depth - 1):
        layers += [torch.nn.Linear(WIDTH, WIDTH), torch.nn.SiLU()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(WIDTH, 1))


def start(depth):
    torch.manual_seed(0)
    model = build(depth)
    return model, torch.rand(SAMPLES, 2) * 4 - 2


def target(points):
    return torch.sin(3 * points[:, :1]) * torch.cos(3 * points[:, 1:])


def word(tensor):
    return int.from_bytes(hashlib.sha1(tensor.detach().numpy().tobytes()).digest()[:4], "big")


def moments(model, points):
    found, hidden = [], points
    with torch.no_grad():
        for layer in model:
            hidden = layer(hidden)
            if isinstance(layer, torch.nn.SiLU):
                found.append(hidden.pow(2).mean().item())
    return found[0], found[-1]


def losses(model, points, updates):
    values = target(points)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    found = []
    for step in range(updates + 1):
        optimizer.zero_grad()
        loss = (model(points) - values).pow(2).mean()
        found.append(loss.item())
        if step < updates:
            loss.backward()
            optimizer.step()
    return found


def drawn(depth):
    model, points = start(depth)
    words = {"parameters": [word(p) for p in model.parameters()], "points": word(points)}
    model, points = model.double(), points.double()
    first, last = moments(model, points)
    variance = target(points).var(unbiased=False).item()
    return {"depth": depth, "words": words, "first": first, "last": last, "variance": variance}


def widened(depth, updates):
    model, points = start(depth)
    return losses(model.double(), points.double(), updates)


def single(depth, moved=0.0, zeros=False):
    model, points = start(depth)
    with torch.no_grad():
        model[0].weight[0, 0] *= 1 + moved
        if zeros:
            for parameter in model.parameters():
                parameter.zero_()
    found = losses(model, points, MARKS[-1])
    return [found[step] for step in MARKS]


def interval(values):
    logs = [math.log(value) for value in values]
    mean = sum(logs) / len(logs)
    std = math.sqrt(sum((value - mean) ** 2 for value in logs) / (len(logs) - 1))
    reach = 3.054539589 * std * math.sqrt(1 + 1 / len(logs))
    return [math.exp(mean - reach), math.exp(mean + reach)]


deep = {**drawn(30), "losses": widened(30, 20), "end": single(30)[-1], "zeros": single(30, zeros=True)[-1]}
moves = [k * 1e-6 for k in range(-6, 7)]
runs = [single(10, moved) for moved in moves]
shallow = {**drawn(10), "marks": MARKS, "runs": runs, "intervals": [interval(column) for column in zip(*runs)]}
with open("anyinit-depth.golden.json", "w") as file:
    json.dump({"made by": "python anyinit-depth.golden.py", "deep": deep, "shallow": shallow}, file)
    file.write("\n")
