"""Writes pytorch-runs.golden.json: python pytorch-runs.golden.py, with torch==2.15.0 on a CPU.

Whole runs as a script has them: manual_seed, nn.Sequential, DataLoader(shuffle=True), a loop; the parameters widened to
float64 after they are drawn. The loss over all samples after every update, and the parameters at the end.
"""
import json

import torch
from torch.utils.data import DataLoader, TensorDataset

SAMPLES, STEPS = 50, 60
T = torch.optim


def numbers(count, salt):
    return [((i * 7919 + salt) % 2003) / 1000 - 1 for i in range(count)]


X = torch.tensor(numbers(4 * SAMPLES, 5), dtype=torch.float64).reshape(4, SAMPLES).T.contiguous()
Y = torch.tensor([(i * i + i // 3) % 3 for i in range(SAMPLES)])
SETTINGS = [
    ("sgd", {}, 0.1, lambda p: T.SGD(p, 0.1)),
    ("sgd", {"momentum": 0.9, "nesterov": True, "weightDecay": 0.01}, 0.03, lambda p: T.SGD(p, 0.03, 0.9, 0, 0.01, True)),
    ("sgd", {"momentum": 0.9, "dampening": 0.5}, 0.1, lambda p: T.SGD(p, 0.1, 0.9, 0.5)),
    ("rmsprop", {}, 0.003, lambda p: T.RMSprop(p, 0.003)),
    ("rmsprop", {"momentum": 0.5, "centered": True}, 0.001, lambda p: T.RMSprop(p, 0.001, momentum=0.5, centered=True)),
    ("adagrad", {}, 0.03, lambda p: T.Adagrad(p, 0.03)),
    ("adam", {}, 0.01, lambda p: T.Adam(p, 0.01)),
    ("adam", {"amsgrad": True, "weightDecay": 0.01}, 0.01, lambda p: T.Adam(p, 0.01, weight_decay=0.01, amsgrad=True)),
    ("adamW", {"weightDecay": 0.1}, 0.01, lambda p: T.AdamW(p, 0.01, weight_decay=0.1)),
    ("nadam", {}, 0.01, lambda p: T.NAdam(p, 0.01)),
]
cases = []
for index, (name, options, rate, make) in enumerate(SETTINGS):
    for batch in (16, SAMPLES):
        seed = 7 * index + 1
        torch.manual_seed(seed)
        model = torch.nn.Sequential(torch.nn.Linear(4, 9), torch.nn.Tanh(), torch.nn.Linear(9, 6), torch.nn.ReLU(), torch.nn.Linear(6, 3))
        model.double()
        loss = torch.nn.CrossEntropyLoss()
        opt = make(model.parameters())
        clip = 0.5 if index % 2 == 1 else None
        loader = DataLoader(TensorDataset(X, Y), batch_size=batch, shuffle=True)
        losses, step = [loss(model(X), Y).item()], 0
        while step < STEPS:
            for x, y in loader:
                if step == STEPS:
                    break
                opt.zero_grad()
                loss(model(x), y).backward()
                if clip is not None:
                    torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
                opt.step()
                step += 1
                losses.append(loss(model(X), Y).item())
        end = {k: v.detach().numpy().ravel()[:5].tolist() for k, v in model.named_parameters()}
        cases.append({"optimizer": {"name": name, **options}, "rate": rate, "batch": batch, "seed": seed, "clip": clip, "losses": losses, "end": end})
with open("pytorch-runs.golden.json", "w") as file:
    json.dump({"made by": "python pytorch-runs.golden.py", "samples": SAMPLES, "steps": STEPS, "cases": cases}, file)
    file.write("\n")
