"""Writes pytorch.golden.json: python pytorch.golden.py, with PyTorch on a CPU."""
import json
import math
import torch
from torch.nn import init

SHAPES = [[4, 3], [5, 7], [1, 16], [17, 13], [3, 5, 3, 3]]


def old_trunc_normal(t, mean, std, a, b):
    # trunc_normal_ of 2.11 and before, by the same operations of the tensor.
    cdf = lambda x: (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0
    low, high = cdf((a - mean) / std), cdf((b - mean) / std)
    return t.uniform_(2 * low - 1, 2 * high - 1).erfinv_().mul_(std * math.sqrt(2.0)).add_(mean).clamp_(min=a, max=b)


CASES = {
    "uniform": (lambda t: init.uniform_(t, -0.3, 0.7), {"name": "uniform", "low": -0.3, "high": 0.7}),
    "normal": (lambda t: init.normal_(t, 0, 0.02), {"name": "normal", "std": 0.02}),
    "kaiming_normal": (lambda t: init.kaiming_normal_(t, nonlinearity="relu"), {"name": "heNormal"}),
    "kaiming_normal leaky": (lambda t: init.kaiming_normal_(t, a=0.2), {"name": "heNormal", "negativeSlope": 0.2}),
    "kaiming_uniform": (lambda t: init.kaiming_uniform_(t, nonlinearity="relu"), {"name": "heUniform"}),
    "xavier_normal": (lambda t: init.xavier_normal_(t), {"name": "glorotNormal"}),
    "xavier_uniform": (lambda t: init.xavier_uniform_(t), {"name": "glorotUniform"}),
    "linear default": (lambda t: init.kaiming_uniform_(t, a=math.sqrt(5)), {"name": "fanInUniform"}),
    "orthogonal": (lambda t: init.orthogonal_(t, gain=1.5), {"name": "orthogonal", "gain": 1.5}),
    "zeros": (lambda t: init.zeros_(t), {"name": "zeros"}),
    "ones": (lambda t: init.ones_(t), {"name": "ones"}),
    "constant": (lambda t: init.constant_(t, 0.25), {"name": "constant", "value": 0.25}),
}
TRUNCATED = [(0, 0.5, -1, 1), (0, 1, -2, 2), (0.1, 1, 0.9, 1.2), (0, 1, 2, 5)]

out = {"made by": "python pytorch.golden.py, torch " + torch.__version__, "cases": [], "truncated": [], "sequence": []}
for dtype in (torch.float32, torch.float64):
    for name, (fill, spec) in CASES.items():
        for shape in SHAPES:
            for seed in (0, 3):
                torch.manual_seed(seed)
                t = fill(torch.empty(shape, dtype=dtype))
                out["cases"].append({"what": name, "initializer": spec, "shape": shape, "seed": seed,
                                     "dtype": str(dtype)[6:], "values": t.flatten().tolist()[:40], "last": t.flatten()[-1].item()})
    for law in TRUNCATED:
        for size in (7, 40, 203):
            for version, fill in (("pytorch", init.trunc_normal_), ("pytorch-2.11", old_trunc_normal)):
                torch.manual_seed(5)
                t = fill(torch.empty(size, dtype=dtype), *law)
                out["truncated"].append({"generator": version, "law": law, "size": size, "dtype": str(dtype)[6:],
                                         "values": t.tolist()[:40], "last": t[-1].item()})
for seed in (0, 7):
    torch.manual_seed(seed)
    layers = [torch.nn.Linear(3, 5), torch.nn.Linear(5, 2)]
    out["sequence"].append({"seed": seed, "values": [p.flatten().tolist() for l in layers for p in (l.weight, l.bias)]})
with open("pytorch.golden.json", "w") as f:
    json.dump(out, f, separators=(",", ":"))
    f.write("\n")
