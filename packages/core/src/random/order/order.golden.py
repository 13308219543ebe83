"""Writes order.golden.json: python order.golden.py, with torch==2.15.0 and numpy==2.4.6.

Three epochs of what a DataLoader gives, for several counts and seeds, after nothing and after a model's draws; and of
NumPy's legacy permutation. Long orders keep their first values and a hash.
"""
import hashlib
import json

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def kept(order):
    words = np.asarray(order, dtype="<u4")
    return {"first": words[:20].tolist(), "sha256": hashlib.sha256(words.tobytes()).hexdigest()}


cases = []
for seed in (0, 1, 42, 2**31 + 5, 2**32 - 1):
    for count in (1, 2, 5, 16, 17, 1000, 70001):
        for layers in (None, [2, 3, 1], [4, 16, 2]):
            if layers is not None and count > 1000:
                continue
            torch.manual_seed(seed)
            if layers is not None:
                for a, b in zip(layers, layers[1:]):
                    torch.nn.Linear(a, b)
            loader = DataLoader(TensorDataset(torch.arange(count)), batch_size=max(1, count // 3), shuffle=True)
            epochs = [kept(torch.cat([x for (x,) in loader]).numpy()) for _ in range(3)]
            cases.append({"order": "pytorch", "seed": seed, "count": count, "layers": layers, "epochs": epochs})
        np.random.seed(seed)
        epochs = [kept(np.random.permutation(count)) for _ in range(3)]
        cases.append({"order": "numpy", "seed": seed, "count": count, "layers": None, "epochs": epochs})
with open("order.golden.json", "w") as file:
    json.dump({"made by": "python order.golden.py", "cases": cases}, file)
    file.write("\n")
