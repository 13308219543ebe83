"""Writes tensorflow.golden.json, keras-pytorch.golden.json or keras-jax.golden.json.

python keras.golden.py tensorflow|torch|jax, with keras==3.15.1 and tensorflow-cpu==2.21.0, torch==2.15.0 or jax==0.10.2.
"""
import importlib
import os
import sys
BACKEND = sys.argv[1]
os.environ["KERAS_BACKEND"] = BACKEND
import keras
import numpy as np
from keras import initializers as init
from golden import DENSE, case, save, share

NAME = {"tensorflow": "tensorflow", "torch": "keras-pytorch", "jax": "keras-jax"}[BACKEND]
library = importlib.import_module(BACKEND)
if BACKEND == "jax":
    library.config.update("jax_enable_x64", True)
NORMAL = () if BACKEND == "tensorflow" else ("float32",)
ALL = BACKEND != "jax"  # whose compiler takes a second a shape; jax.golden.json has every shape
array = keras.ops.convert_to_numpy


def by(make):
    # Keras' own shape [...kernel, in, out]: the flat values are in the order in which they are drawn.
    def draw(shape, seed, dtype):
        out, inputs, *kernel = shape
        return array(make(seed)((*kernel, inputs, out), dtype=dtype)).reshape(shape)
    return draw


def orthogonal(shape, seed, dtype):
    # Keras' columns are the outputs: as a matrix [in · kernel, out], turned.
    out, *rest = shape
    t = init.Orthogonal(1.5, seed=seed)((int(np.prod(rest)), out), dtype=dtype)
    return array(t).T.reshape(shape)


def unit_forget_bias(shape, seed, dtype):
    layer = keras.layers.LSTM(shape[0] // 4, dtype=dtype)
    layer.build((None, 1, 3))
    return array(layer.cell.bias)


cases = [
    case("Zeros", {"name": "zeros"}, by(lambda seed: init.Zeros()), exact=True),
    case("Ones", {"name": "ones"}, by(lambda seed: init.Ones()), exact=True),
    case("Constant", {"name": "constant", "value": 0.375}, by(lambda seed: init.Constant(0.375)), exact=True),
    case("Identity", {"name": "identity", "gain": 1.5}, by(lambda seed: init.Identity(1.5)), [[4, 4], [3, 3]], exact=True),
    case("RandomUniform", {"name": "uniform"}, by(lambda seed: init.RandomUniform(seed=seed)), exact=True, full=ALL),
    case("RandomUniform, one-sided", {"name": "uniform", "low": 0.1, "high": 0.7}, by(lambda seed: init.RandomUniform(0.1, 0.7, seed=seed)), exact=True),
    case("RandomNormal", {"name": "random", "mean": 0.1, "std": 0.05}, by(lambda seed: init.RandomNormal(0.1, 0.05, seed=seed)), exact=NORMAL, full=ALL),
    case("TruncatedNormal", {"name": "truncatedNormal", "stddev": 0.05}, by(lambda seed: init.TruncatedNormal(0, 0.05, seed=seed)), exact=NORMAL, full=ALL),
    case("TruncatedNormal, mean", {"name": "truncatedNormal", "mean": 0.1, "stddev": 0.05}, by(lambda seed: init.TruncatedNormal(0.1, 0.05, seed=seed)), exact=NORMAL),
    case("Orthogonal", {"name": "orthogonal", "gain": 1.5}, orthogonal, full=ALL, large=("float32",) if BACKEND == "tensorflow" else ()),
    case("unit_forget_bias of LSTM", {"name": "lstmForget"}, unit_forget_bias, [[4], [20]], exact=True),
]
for name, fan, gain in (("Lecun", "in", 1), ("He", "in", 2**0.5), ("Glorot", "average", 1)):
    cases.append(case(name + "Uniform", {"name": name.lower() + "Uniform"}, by(lambda seed, n=name: getattr(init, n + "Uniform")(seed=seed)), exact=True))
    cases.append(case(name + "Normal", {"name": "varianceScaling", "gain": gain, "fan": fan, "distribution": "truncatedNormal"},
                      by(lambda seed, n=name: getattr(init, n + "Normal")(seed=seed)), exact=NORMAL))
for mode, fan in {"fan_in": "in", "fan_out": "out", "fan_avg": "average"}.items():
    for distribution, ours in {"untruncated_normal": "normal", "truncated_normal": "truncatedNormal", "uniform": "uniform"}.items():
        cases.append(case(f"VarianceScaling, {mode}, {distribution}", {"name": "varianceScaling", "gain": 1.5, "fan": fan, "distribution": ours},
                          by(lambda seed, m=mode, d=distribution: init.VarianceScaling(2.25, m, d, seed=seed)), exact=True if ours == "uniform" else NORMAL))

shares = [share(NAME, spec, by(make), dtype) for dtype in ("float32", "float64") if dtype not in NORMAL for spec, make in (
    ({"name": "random", "std": 0.05}, lambda seed: init.RandomNormal(0, 0.05, seed=seed)),
    ({"name": "truncatedNormal", "stddev": 0.05}, lambda seed: init.TruncatedNormal(0, 0.05, seed=seed)))]

models = []
for sizes in ([3, 5, 2], [6, 6, 6, 3]):
    for initializer, ours in (("glorot_uniform", "keras"), ("random_normal", "random:0.05"), ("orthogonal", "orthogonal")):
        for seed in (0, 7):
            keras.utils.set_random_seed(seed)
            layers = [keras.layers.Dense(n, kernel_initializer=initializer) for n in sizes[1:]]
            for layer, inputs in zip(layers, sizes):
                layer.build((None, inputs))
            models.append({"what": "Dense layers, " + initializer + ", turned to [out, in]", "sizes": sizes, "initialization": ours, "seed": seed,
                           "values": [v for l in layers for v in (array(l.kernel).T.flatten().tolist(), array(l.bias).tolist())]})

# A Dropout takes a seed as it is made.
keras.utils.set_random_seed(7)
layers = [keras.layers.Dense(5), keras.layers.Dropout(0.5), keras.layers.Dense(2)]
layers[0].build((None, 3))
layers[2].build((None, 5))
dropout = [{"seed": 7, "kernels": [array(layer.kernel).T.flatten().tolist() for layer in (layers[0], layers[2])]}]

save(NAME, f"python keras.golden.py {BACKEND}, keras {keras.__version__}, {BACKEND} {library.__version__}", cases=cases, models=models, shares=shares, dropout=dropout)
