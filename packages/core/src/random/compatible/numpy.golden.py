"""Writes numpy.golden.json: python numpy.golden.py, with numpy==2.4.6 and scipy==1.17.1.

Every initializer as a user of NumPy would write it down, from both generators.
"""
import math
import numpy as np
import scipy
from scipy import linalg, stats
from golden import CONV, DENSE, GROWING, SQUARE, case, save, share, written

STD = stats.truncnorm.std(-2, 2)


class Legacy:
    """RandomState draws float64; what asks for float32 rounds."""
    def __init__(self, seed, dtype):
        self.rng, self.dtype = np.random.RandomState(seed), dtype

    def uniform(self, low, high, shape):
        return self.rng.uniform(low, high, shape).astype(self.dtype)

    def normal(self, mean, std, shape):
        return self.rng.normal(mean, std, shape).astype(self.dtype)


class Default(Legacy):
    """default_rng has float32 draws of its own."""
    def __init__(self, seed, dtype):
        self.rng, self.dtype = np.random.default_rng(seed), dtype

    def uniform(self, low, high, shape):
        if self.dtype == "float64":
            return self.rng.uniform(low, high, shape)
        low, high = np.float32(low), np.float32(high)
        return low + (high - low) * self.rng.random(shape, dtype=np.float32)

    def normal(self, mean, std, shape):
        if self.dtype == "float64":
            return self.rng.normal(mean, std, shape)
        return np.float32(mean) + np.float32(std) * self.rng.standard_normal(shape, dtype=np.float32)


def fans(shape):
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def symmetric(limit):
    return lambda g, shape: g.uniform(-limit(*fans(shape)), limit(*fans(shape)), shape)


def gaussian(std):
    return lambda g, shape: g.normal(0, std(*fans(shape)), shape)


def truncated(std):
    def draw(g, shape):
        scale = std(*fans(shape)) / STD
        return stats.truncnorm.rvs(-2, 2, 0, scale, shape, random_state=g.rng).astype(g.dtype)
    return draw


def orthonormal(g, rows, cols):
    a = g.normal(0, 1, (rows, cols)).astype("float64")
    q, r = np.linalg.qr(a if rows >= cols else a.T)
    q = q * np.sign(np.diag(r))
    return q if rows >= cols else q.T


def orthogonal(g, shape):
    return (1.5 * orthonormal(g, shape[0], math.prod(shape[1:]))).reshape(shape)


def delta(g, shape):
    w = np.zeros(shape)
    w[(slice(None), slice(None), *((k - 1) // 2 for k in shape[2:]))] = orthonormal(g, shape[0], shape[1])
    return w


def looks_linear(mirror):
    def draw(g, shape):
        rows, cols = shape[0] // (1 if mirror == "in" else 2), shape[1] // (1 if mirror == "out" else 2)
        w = orthonormal(g, rows, cols)
        return {"in": lambda: np.hstack([w, -w]), "out": lambda: np.vstack([w, -w]), "both": lambda: np.block([[w, -w], [-w, w]])}[mirror]()
    return draw


def sparse(g, shape):
    w = g.normal(0, 0.5, shape)
    for j in range(shape[1]):
        w[g.rng.permutation(shape[0])[: math.ceil(0.3 * shape[0])], j] = 0
    return w


def dirac(g, shape):
    w = np.zeros(shape)
    for i in range(min(shape[:2])):
        w[(i, i, *(k // 2 for k in shape[2:]))] = 1
    return w


def zero(g, shape):
    rows, cols, *kernel = shape
    matrix = np.eye(rows, cols)
    if rows > cols:
        size = 2 ** math.ceil(math.log2(rows))
        matrix = (linalg.hadamard(size) / math.sqrt(size))[:rows, :cols]
    w = np.zeros(shape)
    w[(slice(None), slice(None), *(k // 2 for k in kernel))] = matrix
    return w


def forget(g, shape):
    i, f, c, o = np.zeros((4, shape[0] // 4))
    return np.concatenate([i, f + 1, c, o])


half, twice = [[4, 6], [5, 8], [17, 12]], [[4, 6], [6, 3], [18, 13]]
PLAIN = [
    ("zeros", {}, lambda g, shape: np.zeros(shape), None),
    ("ones", {}, lambda g, shape: np.ones(shape), None),
    ("constant", {"value": 0.3}, lambda g, shape: np.full(shape, 0.3), None),
    ("identity", {"gain": 1.5}, lambda g, shape: 1.5 * np.eye(*shape), DENSE + SQUARE),
    ("dirac", {}, dirac, CONV),
    ("zerO", {}, zero, None),
    ("lstmForget", {}, forget, [[4], [20]]),
    ("outputPrior", {"frequencies": "2,1,4"}, lambda g, shape: np.log(np.array([2, 1, 4]) / 7), [[3]]),
    ("outputPrior", {"frequencies": "30,1"}, lambda g, shape: np.log([1 / 30]), [[1]]),
]
RANDOM = [
    ("random", {"mean": 0.1, "std": 0.02}, lambda g, shape: g.normal(0.1, 0.02, shape), None),
    ("uniform", {"low": -0.37, "high": 0.3}, lambda g, shape: g.uniform(-0.37, 0.3, shape), None),
    ("truncatedNormal", {"std": 0.02}, truncated(lambda n, m: 0.02), None),
    ("varianceScaling", {"gain": 1.5, "fan": "geometric"}, gaussian(lambda n, m: math.sqrt(1.5**2 / math.sqrt(n * m))), None),
    ("varianceScaling", {"fan": "out", "distribution": "truncatedNormal"}, truncated(lambda n, m: 1 / math.sqrt(m)), None),
    ("varianceScaling", {"fan": "average", "distribution": "uniform"}, symmetric(lambda n, m: math.sqrt(6 / (n + m))), None),
    ("heNormal", {}, gaussian(lambda n, m: math.sqrt(2 / n)), None),
    ("heUniform", {}, symmetric(lambda n, m: math.sqrt(6 / n)), None),
    ("glorotNormal", {}, gaussian(lambda n, m: math.sqrt(2 / (n + m))), None),
    ("glorotUniform", {}, symmetric(lambda n, m: math.sqrt(6 / (n + m))), None),
    ("lecunNormal", {}, gaussian(lambda n, m: math.sqrt(1 / n)), None),
    ("lecunUniform", {}, symmetric(lambda n, m: math.sqrt(3 / n)), None),
    ("fanInUniform", {}, symmetric(lambda n, m: 1 / math.sqrt(n)), None),
    ("siren", {}, symmetric(lambda n, m: math.sqrt(6 / n) / 30), None),
    ("siren", {"layer": "first"}, symmetric(lambda n, m: 1 / n), None),
    ("orthogonal", {"gain": 1.5}, orthogonal, None),
    ("deltaOrthogonal", {}, delta, GROWING),
    ("looksLinear", {}, looks_linear("in"), half),
    ("looksLinear", {"mirror": "out"}, looks_linear("out"), twice),
    ("looksLinear", {"mirror": "both"}, looks_linear("both"), [[4, 6], [18, 12]]),
    ("sparse", {"sparsity": 0.3, "std": 0.5}, sparse, DENSE + SQUARE),
]

FULL = ("random", "uniform", "truncatedNormal", "orthogonal")

cases, models, shares, laws = [], [], [], []
for generator, source in (("numpy", Legacy), ("numpy-default-rng", Default)):
    for name, options, formula, shapes in RANDOM + (PLAIN if generator == "numpy" else []):
        draw = lambda shape, seed, dtype: np.asarray(formula(source(seed, dtype), shape)).astype(dtype)
        what = ", ".join([name, *(str(v) for v in options.values())])
        plain = (name, options) in [p[:2] for p in PLAIN]
        uniform = name.endswith("niform") or name == "siren" or options.get("distribution") == "uniform"
        normal = name == "random" or name == "sparse" or name.endswith("Normal") and name != "truncatedNormal" or options.get("fan") == "geometric"
        rotated = name in ("orthogonal", "deltaOrthogonal", "looksLinear")
        exact = () if rotated else plain or uniform or ("float32", "float64")[: 1 + (generator != "numpy" and normal)]
        cases.append(case(what, {"name": name, **options}, draw, shapes, exact, name in FULL, () if rotated else ("float32", "float64"), generator=generator))
        if generator == "numpy" and name in ("random", "truncatedNormal"):
            shares.append(share(generator, {"name": name, **options}, draw, "float64"))
    for seed in (0, 3):
        g = source(seed, "float64")
        weights = [gaussian(lambda n, m: math.sqrt(2 / n))(g, [5, 3]), gaussian(lambda n, m: math.sqrt(2 / n))(g, [2, 5])]
        models.append({"what": "He's weights, layer after layer", "generator": generator, "sizes": [3, 5, 2], "initialization": "heNormal", "seed": seed,
                       "values": [v for w in weights for v in (w.flatten().tolist(), [0] * len(w))]})

    for low, high in ((-4, 4), (1, 4), (2, 5), (-1, 3), (-5, -2), (0.5, 0.6)):
        for size, seed, dtype in ((1, 1, "float64"), (16, 2**31 + 5, "float32"), (203, 0, "float64")):
            t = stats.truncnorm.rvs(low, high, 0.1, 0.05, size, random_state=source(seed, "float64").rng).astype(dtype)
            laws.append({"generator": generator, "initializer": {"name": "truncatedNormal", "mean": 0.1, "stddev": 0.05, "lower": low, "upper": high}, "size": size, "seed": seed, "dtype": dtype, "values": written(t)[0]})

permutations = [{"seed": seed, "count": count, "values": written(np.random.default_rng(seed).permutation(count))[0]}
                for seed in (0, 42, 2**32 - 1) for count in (7, 1000)]
# Large enough for the ziggurat's rejections and its tail: one draw in a hundred, one in four thousand.
normals = []
for dtype in ("float32", "float64"):
    t = np.random.default_rng(12345).standard_normal(300_000, dtype=dtype)
    tail = np.flatnonzero(np.abs(t) > 3.6541528853610088)
    normals.append({"seed": 12345, "dtype": dtype, "count": t.size, "tail": tail.tolist(), "values": [float(str(t[i])) for i in tail],
                    "sums": [float(t[k : k + 30_000].astype("float64").sum()) for k in range(0, t.size, 30_000)]})
save("numpy", f"python numpy.golden.py, numpy {np.__version__}, scipy {scipy.__version__}", cases=cases, models=models, shares=shares, laws=laws, permutations=permutations, normals=normals)
