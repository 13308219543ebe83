"""Writes keras.golden.json: python keras.golden.py, with keras==3.15.1 and tensorflow-cpu==2.21.0."""
import os
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow
from keras import initializers as init
from golden import DENSE, case, save


def by(make):
    # Keras' own shape [...kernel, in, out]: the flat values are in the order in which they are drawn.
    def draw(shape, seed, dtype):
        out, inputs, *kernel = shape
        return np.asarray(make(seed)((*kernel, inputs, out), dtype=dtype)).reshape(shape)
    return draw


def orthogonal(shape, seed, dtype):
    # Keras' columns are the outputs: as a matrix [in · kernel, out], turned.
    out, *rest = shape
    t = init.Orthogonal(1.5, seed=seed)((int(np.prod(rest)), out), dtype=dtype)
    return np.asarray(t).T.reshape(shape)


def unit_forget_bias(shape, seed, dtype):
    layer = keras.layers.LSTM(shape[0] // 4, dtype=dtype)
    layer.build((None, 1, 3))
    return layer.cell.bias.numpy()


cases = [
    case("Zeros", {"name": "zeros"}, by(lambda seed: init.Zeros()), exact=True),
    case("Ones", {"name": "ones"}, by(lambda seed: init.Ones()), exact=True),
    case("Constant", {"name": "constant", "value": 0.375}, by(lambda seed: init.Constant(0.375)), exact=True),
    case("Identity", {"name": "identity", "gain": 1.5}, by(lambda seed: init.Identity(1.5)), [[4, 4], [3, 3]], exact=True),
    case("RandomUniform", {"name": "uniform"}, by(lambda seed: init.RandomUniform(seed=seed)), exact=True),
    case("RandomUniform, one-sided", {"name": "uniform", "low": 0.1, "high": 0.7}, by(lambda seed: init.RandomUniform(0.1, 0.7, seed=seed)), exact=True),
    case("RandomNormal", {"name": "random", "mean": 0.1, "std": 0.05}, by(lambda seed: init.RandomNormal(0.1, 0.05, seed=seed))),
    case("TruncatedNormal", {"name": "truncatedNormal", "std": 0.05 * 0.87962566103423978}, by(lambda seed: init.TruncatedNormal(0, 0.05, seed=seed))),
    case("Orthogonal", {"name": "orthogonal", "gain": 1.5}, orthogonal),
    case("unit_forget_bias of LSTM", {"name": "lstmForget"}, unit_forget_bias, [[4], [20]], exact=True),
]
for name, fan, gain in (("Lecun", "in", 1), ("He", "in", 2**0.5), ("Glorot", "average", 1)):
    cases.append(case(name + "Uniform", {"name": name.lower() + "Uniform"}, by(lambda seed, n=name: getattr(init, n + "Uniform")(seed=seed))))
    cases.append(case(name + "Normal", {"name": "varianceScaling", "gain": gain, "fan": fan, "distribution": "truncatedNormal"},
                      by(lambda seed, n=name: getattr(init, n + "Normal")(seed=seed))))
for mode, fan in {"fan_in": "in", "fan_out": "out", "fan_avg": "average"}.items():
    for distribution, ours in {"untruncated_normal": "normal", "truncated_normal": "truncatedNormal", "uniform": "uniform"}.items():
        cases.append(case(f"VarianceScaling, {mode}, {distribution}", {"name": "varianceScaling", "gain": 1.5, "fan": fan, "distribution": ours},
                          by(lambda seed, m=mode, d=distribution: init.VarianceScaling(2.25, m, d, seed=seed))))

models = []
for initializer, ours in (("glorot_uniform", "keras"), ("random_normal", "random:0.05"), ("orthogonal", "orthogonal")):
    for seed in (0, 7):
        keras.utils.set_random_seed(seed)
        layers = [keras.layers.Dense(5, kernel_initializer=initializer), keras.layers.Dense(2, kernel_initializer=initializer)]
        for layer, inputs in zip(layers, (3, 5)):
            layer.build((None, inputs))
        models.append({"what": "two Dense, " + initializer + ", turned to [out, in]", "sizes": [3, 5, 2], "initialization": ours, "seed": seed,
                       "values": [v for l in layers for v in (l.kernel.numpy().T.flatten().tolist(), l.bias.numpy().tolist())]})

save("keras", f"python keras.golden.py, keras {keras.__version__}, tensorflow-cpu {tensorflow.__version__}",
     cases=cases, models=models)
