"""Writes pytorch.golden.json: python pytorch.golden.py, with torch==2.15.0 on a CPU."""
import math
import torch
from torch import nn
from torch.nn import init
from golden import CONV, DENSE, case, save, written

STD_FROM_1_TO_3 = 0.7849469634044259  # scipy.stats.truncnorm.std(-1, 3)
DTYPE = {"float32": torch.float32, "float64": torch.float64}


def by(fill):
    def draw(shape, seed, dtype):
        torch.manual_seed(seed)
        return fill(torch.empty(shape, dtype=DTYPE[dtype])).numpy()
    return draw


def old_trunc_normal(t, mean, std, a, b):
    # trunc_normal_ of 2.11 and before, by the same operations of the tensor.
    cdf = lambda x: (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0
    low, high = cdf((a - mean) / std), cdf((b - mean) / std)
    return t.uniform_(2 * low - 1, 2 * high - 1).erfinv_().mul_(std * math.sqrt(2.0)).add_(mean).clamp_(min=a, max=b)


gain = init.calculate_gain
cases = [
    case("uniform_", {"name": "uniform", "low": -0.37, "high": 0.3}, by(lambda t: init.uniform_(t, -0.37, 0.3)), exact=True),
    case("normal_", {"name": "random", "mean": 0.1, "std": 0.02}, by(lambda t: init.normal_(t, 0.1, 0.02))),
    case("normal_, as Embedding", {"name": "random", "std": 1}, by(lambda t: init.normal_(t))),
    case("constant_", {"name": "constant", "value": 0.3}, by(lambda t: init.constant_(t, 0.3)), exact=True),
    case("ones_", {"name": "ones"}, by(init.ones_), exact=True),
    case("zeros_", {"name": "zeros"}, by(init.zeros_), exact=True),
    case("eye_", {"name": "identity"}, by(init.eye_), DENSE, exact=True),
    case("dirac_", {"name": "dirac"}, by(init.dirac_), CONV + [[4, 4, 4], [4, 2, 2, 3]], exact=True),
    case("dirac_, groups 2", {"name": "dirac", "groups": 2}, by(lambda t: init.dirac_(t, 2)), [[6, 4, 5], [4, 2, 4, 3], [8, 3, 1, 2, 3]], exact=True),
    case("sparse_", {"name": "sparse", "sparsity": 0.3, "std": 0.5}, by(lambda t: init.sparse_(t, 0.3, 0.5)), DENSE),
    case("sparse_, default std", {"name": "sparse", "sparsity": 0.9}, by(lambda t: init.sparse_(t, 0.9)), DENSE),
    case("orthogonal_", {"name": "orthogonal"}, by(lambda t: init.orthogonal_(t))),
    case("orthogonal_, gain", {"name": "orthogonal", "gain": gain("tanh")}, by(lambda t: init.orthogonal_(t, gain("tanh")))),
    case("Linear and Conv default", {"name": "fanInUniform"}, by(lambda t: init.kaiming_uniform_(t, a=math.sqrt(5)))),
]
cut = 0.02 / 0.87962566103423978
for version, fill in (("pytorch", init.trunc_normal_), ("pytorch-2.11", old_trunc_normal)):
    cases.append(case("trunc_normal_", {"name": "truncatedNormal", "std": 0.02},
                      by(lambda t, fill=fill: fill(t, 0.0, cut, -2 * cut, 2 * cut)), generator=version))
    cases.append(case("trunc_normal_, unequal bounds", {"name": "truncatedNormal", "mean": 0.1, "std": 0.02 * STD_FROM_1_TO_3, "low": -1, "high": 3},
                      by(lambda t, fill=fill: fill(t, 0.1, 0.02, 0.08, 0.16)), generator=version))
for kind in ("uniform", "normal"):
    fill = getattr(init, f"xavier_{kind}_")
    ours = "glorot" + kind.capitalize()
    for nonlinearity in ("linear", "tanh", "relu"):
        g = gain(nonlinearity)
        cases.append(case(f"xavier_{kind}_, gain of {nonlinearity}", {"name": ours, "gain": g}, by(lambda t, fill=fill, g=g: fill(t, g))))
    fill = getattr(init, f"kaiming_{kind}_")
    ours = "he" + kind.capitalize()
    for mode, fan in (("fan_in", "in"), ("fan_out", "out")):
        for nonlinearity in ("relu", "tanh", "selu", "linear"):
            cases.append(case(f"kaiming_{kind}_, {mode}, {nonlinearity}", {"name": ours, "fan": fan, "gain": gain(nonlinearity)},
                              by(lambda t, f=fill, m=mode, n=nonlinearity: f(t, mode=m, nonlinearity=n))))
        cases.append(case(f"kaiming_{kind}_, {mode}, leaky_relu 0.2", {"name": ours, "fan": fan, "negativeSlope": 0.2},
                          by(lambda t, f=fill, m=mode: f(t, a=0.2, mode=m))))

laws = []
for law in [(0, 0.5, -1, 1), (0, 1, -2, 2), (0.1, 1, 0.9, 1.2), (0, 1, 2, 5), (0, 0.02, -2, 2)]:
    for size in (7, 40, 203):
        for dtype in ("float32", "float64"):
            for version, fill in (("pytorch", init.trunc_normal_), ("pytorch-2.11", old_trunc_normal)):
                t = by(lambda t: fill(t, *law))(size, 5, dtype)
                laws.append({"generator": version, "law": law, "size": size, "seed": 5, "dtype": dtype, "values": written(t)[0]})

models = []
for seed in (0, 7):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))
    models.append({"what": "nn.Sequential of Linear", "sizes": [3, 5, 2], "initialization": "pytorch", "seed": seed,
                   "values": [p.flatten().tolist() for p in model.parameters()]})
    # The second: 9 values, so that half a pair waits for the next tensor.
    for sizes in ([9, 4, 3], [3, 3, 2]):
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

save("pytorch", "python pytorch.golden.py, torch " + torch.__version__ + ", " + torch.backends.cpu.get_cpu_capability(),
     cases=cases, laws=laws, models=models, convolutions=convolutions)
