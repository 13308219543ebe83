"""Writes pytorch.golden.json: python pytorch.golden.py, with torch==2.15.0 on a CPU.

With torch==2.11.0 it writes pytorch-2.11.golden.json: what trunc_normal_ drew up to that version.
"""
import math
import torch
from torch import nn
from torch.nn import init
from golden import CONV, DENSE, SQUARE, case, save, share, written

STD_FROM_1_TO_3 = 0.7849469634044259  # scipy.stats.truncnorm.std(-1, 3)
DTYPE = {"float32": torch.float32, "float64": torch.float64}


def by(fill):
    def draw(shape, seed, dtype):
        torch.manual_seed(seed)
        return fill(torch.empty(shape, dtype=DTYPE[dtype])).numpy()
    return draw


def laws(generator):
    rows = []
    for mean, std, low, high in [(0, 0.5, -1, 1), (0, 1, -2, 2), (0.1, 1, 0.9, 1.2), (0, 1, 2, 5), (0, 0.02, -2, 2), (0, 1, -4, 4), (0, 1, -5, -2)]:
        for size, seed in ((1, 1), (7, 2**31 + 5), (16, 0), (40, 2**32 - 1), (203, 5)):
            for dtype in ("float32", "float64"):
                t = by(lambda t: init.trunc_normal_(t, mean, std, low, high))(size, seed, dtype)
                rows.append({"generator": generator, "initializer": {"name": "truncatedNormal", "mean": mean, "std": std, "a": low, "b": high},
                             "size": size, "seed": seed, "dtype": dtype, "values": written(t)[0]})
    return rows


MADE_BY = "python pytorch.golden.py, torch " + torch.__version__ + ", " + torch.backends.cpu.get_cpu_capability()
cut = 0.02 / 0.87962566103423978


def truncated(generator, exact):
    draw = by(lambda t: init.trunc_normal_(t, 0.0, cut, -2 * cut, 2 * cut))
    unequal = by(lambda t: init.trunc_normal_(t, 0.1, 0.02, 0.08, 0.16))
    own = {"name": "truncatedNormal", "std": 0.02, "a": -2, "b": 2}
    return [
        case("trunc_normal_", {"name": "truncatedNormal", "std": 0.02}, draw, exact=exact, full=True, generator=generator),
        case("trunc_normal_, unequal bounds", {"name": "truncatedNormal", "mean": 0.1, "std": 0.02 * STD_FROM_1_TO_3, "low": -1, "high": 3},
             unequal, exact=exact, generator=generator),
        case("trunc_normal_, by its own parameters", own, by(lambda t: init.trunc_normal_(t, std=0.02)), exact=exact, generator=generator),
    ], [share(generator, {"name": "truncatedNormal", "std": 0.02}, draw, dtype) for dtype in ("float64", "float32") if dtype not in exact]


if torch.__version__.startswith("2.11"):
    cases, shares = truncated("pytorch-2.11", ())
    save("pytorch-2.11", MADE_BY, cases=cases, laws=laws("pytorch-2.11"), shares=shares, models=[])
    raise SystemExit

SINGLE = ("float32",)
gain = init.calculate_gain
cases = [
    case("uniform_", {"name": "uniform", "low": -0.37, "high": 0.3}, by(lambda t: init.uniform_(t, -0.37, 0.3)), exact=True, full=True),
    case("normal_", {"name": "random", "mean": 0.1, "std": 0.02}, by(lambda t: init.normal_(t, 0.1, 0.02)), exact=SINGLE, full=True),
    case("normal_, as Embedding", {"name": "random", "std": 1}, by(lambda t: init.normal_(t)), exact=SINGLE),
    case("constant_", {"name": "constant", "value": 0.3}, by(lambda t: init.constant_(t, 0.3)), exact=True),
    case("ones_", {"name": "ones"}, by(init.ones_), exact=True),
    case("zeros_", {"name": "zeros"}, by(init.zeros_), exact=True),
    case("eye_", {"name": "identity"}, by(init.eye_), DENSE + SQUARE, exact=True),
    case("dirac_", {"name": "dirac"}, by(init.dirac_), CONV + [[4, 4, 4], [4, 2, 2, 3]], exact=True),
    case("dirac_, groups 2", {"name": "dirac", "groups": 2}, by(lambda t: init.dirac_(t, 2)), [[6, 4, 5], [4, 2, 4, 3], [8, 3, 1, 2, 3]], exact=True),
    case("sparse_", {"name": "sparse", "sparsity": 0.3, "std": 0.5}, by(lambda t: init.sparse_(t, 0.3, 0.5)), DENSE + SQUARE, exact=SINGLE),
    case("sparse_, default std", {"name": "sparse", "sparsity": 0.9}, by(lambda t: init.sparse_(t, 0.9)), DENSE + SQUARE, exact=SINGLE),
    case("orthogonal_", {"name": "orthogonal"}, by(lambda t: init.orthogonal_(t)), full=True, large=SINGLE),
    case("orthogonal_, gain", {"name": "orthogonal", "gain": gain("tanh")}, by(lambda t: init.orthogonal_(t, gain("tanh"))), large=()),
    case("Linear and Conv default", {"name": "fanInUniform"}, by(lambda t: init.kaiming_uniform_(t, a=math.sqrt(5))), exact=SINGLE),
]
more, shares = truncated("pytorch", SINGLE)
cases += more
shares.append(share("pytorch", {"name": "random", "std": 1}, by(lambda t: init.normal_(t)), "float64"))
for kind in ("uniform", "normal"):
    fill = getattr(init, f"xavier_{kind}_")
    ours = "glorot" + kind.capitalize()
    exact = True if kind == "uniform" else SINGLE
    for nonlinearity in ("linear", "tanh", "relu"):
        g = gain(nonlinearity)
        cases.append(case(f"xavier_{kind}_, gain of {nonlinearity}", {"name": ours, "gain": g}, by(lambda t, fill=fill, g=g: fill(t, g)), exact=exact))
    fill = getattr(init, f"kaiming_{kind}_")
    ours = "he" + kind.capitalize()
    for mode, fan in (("fan_in", "in"), ("fan_out", "out")):
        for nonlinearity in ("relu", "tanh", "selu", "linear"):
            cases.append(case(f"kaiming_{kind}_, {mode}, {nonlinearity}", {"name": ours, "fan": fan, "gain": gain(nonlinearity)},
                              by(lambda t, f=fill, m=mode, n=nonlinearity: f(t, mode=m, nonlinearity=n)), exact=exact))
        cases.append(case(f"kaiming_{kind}_, {mode}, leaky_relu 0.2", {"name": ours, "fan": fan, "negativeSlope": 0.2},
                          by(lambda t, f=fill, m=mode: f(t, a=0.2, mode=m)), exact=exact))

models = []
for seed in (0, 7):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))
    models.append({"what": "nn.Sequential of Linear", "sizes": [3, 5, 2], "initialization": "pytorch", "seed": seed,
                   "values": [p.flatten().tolist() for p in model.parameters()]})
    # The second: 9 values, so that half a pair waits for the next tensor.
    for sizes in ([9, 4, 3], [3, 3, 2], [6, 6, 6, 3]):
        torch.manual_seed(seed)
        weights = [init.kaiming_normal_(torch.empty(out, inputs)) for inputs, out in zip(sizes, sizes[1:])]
        models.append({"what": "kaiming_normal_ twice", "sizes": sizes, "initialization": "heNormal", "seed": seed,
                       "values": [v for w in weights for v in (w.flatten().tolist(), [0] * len(w))]})

convolutions = []
for seed in (0, 7):
    torch.manual_seed(seed)
    layers = [nn.Conv2d(3, 4, 3), nn.Conv1d(4, 6, 2, groups=2), nn.ConvTranspose2d(4, 2, 3)]
    convolutions.append({"seed": seed, "tensors": [{"shape": list(p.shape), "values": written(p.detach().numpy())[0]}
                                                   for layer in layers for p in (layer.weight, layer.bias)]})

save("pytorch", MADE_BY, cases=cases, laws=laws("pytorch"), shares=shares, models=models, convolutions=convolutions)
