"""Writes pytorch-settings.golden.json: python pytorch-settings.golden.py, with torch==2.15.0 on a CPU.

Whole runs like those of pytorch-runs.golden.py, each another setting: networks, activations, losses, schedules with
warm-up, clipping, options of optimizers, batches that do not divide the samples. The loss over all samples after every
update; parameters widened to float64 after they are drawn.
"""
import json

import torch
from torch.utils.data import DataLoader, TensorDataset

nn, T, S = torch.nn, torch.optim, torch.optim.lr_scheduler
ACTIVATIONS = {
    "celu": nn.CELU, "elu": nn.ELU, "gelu": nn.GELU, "geluTanh": lambda: nn.GELU("tanh"), "hardSigmoid": nn.Hardsigmoid,
    "hardSwish": nn.Hardswish, "hardTanh": nn.Hardtanh, "leakyRelu": nn.LeakyReLU, "mish": nn.Mish, "relu": nn.ReLU,
    "selu": nn.SELU, "sigmoid": nn.Sigmoid, "silu": nn.SiLU, "softplus": nn.Softplus, "softsign": nn.Softsign, "tanh": nn.Tanh,
}
LOSSES = {"softmax": nn.CrossEntropyLoss(), "bce": nn.BCEWithLogitsLoss(), "mse": nn.MSELoss()}
USUAL = {
    "layers": [4, 9, 6, 3], "activation": "tanh", "loss": "softmax", "samples": 50, "batch": 16, "steps": 40, "seed": 1,
    "schedule": None, "warmup": 0, "norm": None, "value": None,
}
cases = []


def labels(loss, outputs, n):
    if loss == "mse":
        numbers = [((i * 31 + 7) % 101) / 50 - 1 for i in range(n * outputs)]
        return torch.tensor(numbers, dtype=torch.float64).reshape(outputs, n).T.contiguous()
    if loss == "bce":
        return torch.tensor([[float((i * i + i // 3) % 2)] for i in range(n)], dtype=torch.float64)
    return torch.tensor([(i * i + i // 3) % outputs for i in range(n)])


def main_schedule(opt, schedule, rate, left):
    name = schedule and schedule["name"]
    if name == "cosine":
        return S.CosineAnnealingLR(opt, left, rate * schedule.get("low", 0))
    if name == "linear":
        return S.LinearLR(opt, 1, schedule.get("low", 0), left)
    if name == "step":
        return S.StepLR(opt, schedule["every"], schedule["gamma"])
    if name == "exponential":
        return S.ExponentialLR(opt, schedule["gamma"])
    if name == "oneCycle":
        return S.OneCycleLR(opt, rate, left, pct_start=schedule.get("share", 0.3), cycle_momentum=False)
    return S.ConstantLR(opt, 1, 1)


def case(name, options, rate, make, **given):
    said = {**USUAL, **given}
    layers, n, warmup = said["layers"], said["samples"], said["warmup"]
    torch.manual_seed(said["seed"])
    parts = []
    for i, (inputs, outputs) in enumerate(zip(layers, layers[1:])):
        parts.append(nn.Linear(inputs, outputs))
        if i < len(layers) - 2:
            parts.append(ACTIVATIONS[said["activation"]]())
    model = nn.Sequential(*parts).double()
    numbers = [((i * 7919 + 5) % 2003) / 1000 - 1 for i in range(layers[0] * n)]
    x = torch.tensor(numbers, dtype=torch.float64).reshape(layers[0], n).T.contiguous()
    y = labels(said["loss"], layers[-1], n)
    loss = LOSSES[said["loss"]]
    opt = make(model.parameters())
    if warmup > 0:
        rise = S.LambdaLR(opt, lambda k: (k + 1) / warmup)
        sched = S.SequentialLR(opt, [rise, main_schedule(opt, said["schedule"], rate, said["steps"] - warmup)], [warmup])
    else:
        sched = main_schedule(opt, said["schedule"], rate, said["steps"])
    loader = DataLoader(TensorDataset(x, y), batch_size=said["batch"], shuffle=True)
    losses, step = [loss(model(x), y).item()], 0
    while step < said["steps"]:
        for a, b in loader:
            if step == said["steps"]:
                break
            opt.zero_grad()
            loss(model(a), b).backward()
            if said["value"] is not None:
                nn.utils.clip_grad_value_(model.parameters(), said["value"])
            if said["norm"] is not None:
                nn.utils.clip_grad_norm_(model.parameters(), said["norm"])
            opt.step()
            sched.step()
            step += 1
            losses.append(loss(model(x), y).item())
    cases.append({"optimizer": {"name": name, **options}, "rate": rate, **said, "losses": losses})


M = {"momentum": 0.9}
case("sgd", {**M, "nesterov": True}, 0.05, lambda p: T.SGD(p, 0.05, 0.9, nesterov=True), schedule={"name": "cosine"}, warmup=5)
case("sgd", {"momentum": 0.95, "weightDecay": 0.05}, 0.02, lambda p: T.SGD(p, 0.02, 0.95, 0, 0.05), activation="relu", samples=37, batch=10)
case("sgd", {"weightDecay": 0.1}, 0.2, lambda p: T.SGD(p, 0.2, weight_decay=0.1), loss="mse", layers=[3, 8, 2], activation="gelu", batch=50)
case("sgd", {**M, "dampening": 0.9}, 0.3, lambda p: T.SGD(p, 0.3, 0.9, 0.9), loss="bce", layers=[2, 10, 5, 1], activation="relu", schedule={"name": "step", "every": 15, "gamma": 0.3})
case("sgd", {}, 0.5, lambda p: T.SGD(p, 0.5), layers=[3, 4, 2], activation="hardSwish", samples=70, batch=70, norm=0.5)
case("adagrad", {"rateDecay": 0.05, "initialAccumulator": 0.1}, 0.1, lambda p: T.Adagrad(p, 0.1, lr_decay=0.05, initial_accumulator_value=0.1))
case("adagrad", {"weightDecay": 0.1, "epsilon": 1e-6}, 0.05, lambda p: T.Adagrad(p, 0.05, weight_decay=0.1, eps=1e-6), activation="elu", loss="mse", layers=[5, 7, 7, 1], batch=7, norm=0.3)
case("rmsprop", {**M, "centered": True, "weightDecay": 0.01}, 0.002, lambda p: T.RMSprop(p, 0.002, momentum=0.9, centered=True, weight_decay=0.01), activation="silu", schedule={"name": "exponential", "gamma": 0.97})
case("rmsprop", {"rho": 0.9, "epsilon": 1e-6, "momentum": 0.5}, 0.005, lambda p: T.RMSprop(p, 0.005, 0.9, 1e-6, momentum=0.5), activation="mish", loss="bce", layers=[2, 6, 1], warmup=7)
case("rmsprop", {"weightDecay": 0.1}, 0.01, lambda p: T.RMSprop(p, 0.01, weight_decay=0.1), layers=[4, 40, 3], activation="relu", steps=90, batch=17)
case("adam", {"amsgrad": True, "weightDecay": 0.1}, 0.02, lambda p: T.Adam(p, 0.02, weight_decay=0.1, amsgrad=True), activation="selu", schedule={"name": "linear"}, norm=1.0)
case("adam", {"beta1": 0.5, "beta2": 0.9, "epsilon": 1e-4}, 0.02, lambda p: T.Adam(p, 0.02, (0.5, 0.9), 1e-4), activation="softplus", loss="mse", layers=[6, 12, 1], samples=41, batch=9)
case("adam", {"beta1": 0.3}, 0.02, lambda p: T.Adam(p, 0.02, (0.3, 0.999)), activation="sigmoid", seed=123456789)
case("adam", {"beta1": 0, "beta2": 0.99}, 0.01, lambda p: T.Adam(p, 0.01, (0.0, 0.99)), activation="leakyRelu", samples=23, batch=1)
case("adam", {}, 0.003, lambda p: T.Adam(p, 0.003), activation="silu", layers=[2, *[16] * 8, 1], loss="mse", batch=50, schedule={"name": "oneCycle"})
case("adam", {}, 0.05, lambda p: T.Adam(p, 0.05), layers=[3, 5, 4], activation="hardSigmoid", seed=4294967295)
case("adamW", {"amsgrad": True, "weightDecay": 0.2}, 0.01, lambda p: T.AdamW(p, 0.01, weight_decay=0.2, amsgrad=True), activation="geluTanh", schedule={"name": "oneCycle", "share": 0.2}, value=0.05)
case("adamW", {}, 0.01, lambda p: T.AdamW(p, 0.01), activation="softsign", batch=50, schedule={"name": "linear", "low": 0.1}, warmup=10, norm=0.1)
case("adamW", {"weightDecay": 0}, 0.01, lambda p: T.AdamW(p, 0.01, weight_decay=0), activation="celu", layers=[4, 3], batch=3)
case("nadam", {"weightDecay": 0.05, "momentumDecay": 0.01}, 0.01, lambda p: T.NAdam(p, 0.01, weight_decay=0.05, momentum_decay=0.01), activation="hardTanh", norm=0.2, value=0.1)
case("nadam", {"weightDecay": 0.1, "decoupled": True}, 0.01, lambda p: T.NAdam(p, 0.01, weight_decay=0.1, decoupled_weight_decay=True))
case("nadam", {"beta1": 0.8, "beta2": 0.95}, 0.01, lambda p: T.NAdam(p, 0.01, (0.8, 0.95)), activation="relu", steps=120, samples=64, batch=13, schedule={"name": "cosine", "low": 0.05}, warmup=20)
with open("pytorch-settings.golden.json", "w") as file:
    json.dump({"made by": "python pytorch-settings.golden.py", "cases": cases}, file)
    file.write("\n")
