"""Measures what the initializers of Python libraries draw: python measure.py > python.json

Needs torch, keras with tensorflow, jax, flax and numpy; the versions are written along. What is measured and why
is said in cases.ts, which has the same names.
"""
import json
import os
import subprocess
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flax
import flax.linen
import jax
import jax.numpy as jnp
import keras
import numpy as np
import tensorflow as tf
import torch
from jax.nn import initializers as ji
from keras import initializers as ki
from torch.nn import init as ti

SEED = 7
# [out, in, ...kernel]
SHAPES = {"dense": (64, 1024), "conv": (64, 16, 5, 5)}
# Standard deviation of N(0, 1) cut at two, which is what documentation means that calls 1 that of the uncut normal.
OF_CUT = 0.8796256610342398


def stats(values):
    x = np.asarray(values, dtype=np.float64).ravel()
    if x.size == 0:
        return {"kind": "empty"}
    mean = x.mean()
    square = ((x - mean) ** 2).mean()
    fourth = ((x - mean) ** 4).mean()
    return {
        "kind": "values",
        "count": int(x.size),
        "mean": float(mean),
        "std": float(np.sqrt(square)),
        "kurtosis": float(fourth / square**2) if square > 0 else None,
        "min": float(x.min()),
        "max": float(x.max()),
    }


def outcome(draw):
    try:
        return stats(draw())
    except Exception as error:
        return {"kind": "error", "message": f"{type(error).__name__}: {str(error).splitlines()[0][:90]}"}


def orthonormal(draw):
    """Deviation from orthonormality of a matrix, in place of its statistics."""
    try:
        w = np.asarray(draw(), dtype=np.float64)
        gram = w @ w.T if w.shape[0] <= w.shape[1] else w.T @ w
        return {"kind": "orthonormal", "deviation": float(np.abs(gram - np.eye(gram.shape[0])).max())}
    except Exception as error:
        return {"kind": "error", "message": f"{type(error).__name__}: {str(error).splitlines()[0][:90]}"}


def relation(a, b):
    """How the draws of two layers are related."""
    a, b = np.asarray(a, np.float64).ravel(), np.asarray(b, np.float64).ravel()
    if np.array_equal(a, b):
        return "equal"
    return "scaled copies" if np.corrcoef(a, b)[0, 1] > 0.999 else "different"


# PyTorch


def torch_fill(fill, shape, seed=SEED):
    torch.manual_seed(seed)
    w = torch.empty(shape)
    fill(w)
    return w.detach().numpy()


TORCH = {
    "heNormal": ("kaiming_normal_(w, nonlinearity='relu')", lambda w: ti.kaiming_normal_(w, nonlinearity="relu")),
    "heUniform": ("kaiming_uniform_(w, nonlinearity='relu')", lambda w: ti.kaiming_uniform_(w, nonlinearity="relu")),
    "glorotNormal": ("xavier_normal_(w)", ti.xavier_normal_),
    "glorotUniform": ("xavier_uniform_(w)", ti.xavier_uniform_),
    "lecunNormal": None,
    "lecunUniform": None,
    "normal": ("normal_(w, 0, 0.05)", lambda w: ti.normal_(w, 0, 0.05)),
    "uniform": ("uniform_(w, -0.05, 0.05)", lambda w: ti.uniform_(w, -0.05, 0.05)),
    "truncatedNormal": ("trunc_normal_(w, 0, 1)", lambda w: ti.trunc_normal_(w, 0, 1), OF_CUT),
    "orthogonal": ("orthogonal_(w)", ti.orthogonal_),
}


def torch_pair(*fills):
    """The weights of two layers after one manual_seed."""
    torch.manual_seed(SEED)
    weights = [torch.empty(50, 40) for _ in fills]
    for fill, w in zip(fills, weights):
        fill(w)
    return weights


def torch_seeds():
    he = TORCH["heNormal"][1]
    linear = lambda: torch.nn.Linear(40, 50).weight.detach().numpy()
    torch.manual_seed(SEED)
    first = linear()
    torch.manual_seed(SEED)
    torch.nn.Linear(3, 3)
    after = linear()
    return {
        "twoLayers": relation(*torch_pair(he, he)),
        "twoSchemes": relation(*torch_pair(he, ti.xavier_normal_)),
        "reused": relation(*torch_pair(he, he)),
        "unseeded": fresh("import torch; print(torch.nn.init.normal_(torch.empty(4)).tolist())"),
        "layerBefore": relation(first, after),
        "range": relation(torch_fill(he, (3, 5)), torch_fill(he, (8, 5))[:3]),
    }


def torch_edges():
    he_out = lambda w: ti.kaiming_normal_(w, mode="fan_out", nonlinearity="relu")
    he = TORCH["heNormal"][1]
    transposed = torch.nn.ConvTranspose2d(64, 32, 4, stride=2).weight.shape
    grouped = torch.nn.Conv2d(256, 256, 3, groups=4).weight.shape
    depthwise = torch.nn.Conv2d(512, 512, 3, groups=512).weight.shape
    attention = torch.nn.MultiheadAttention(512, 8).in_proj_weight
    return {
        "oneAxis": outcome(lambda: torch_fill(he, (4096,))),
        "empty": outcome(lambda: torch_fill(he, (0, 4))),
        "stdZero": outcome(lambda: torch_fill(lambda w: ti.normal_(w, 0, 0), (64, 64))),
        "fromZero": outcome(lambda: torch_fill(lambda w: ti.uniform_(w, 0, 0.05), (64, 64))),
        "orthogonal": orthonormal(lambda: torch_fill(ti.orthogonal_, (32, 48))),
        "convFans": outcome(lambda: torch_fill(he, SHAPES["conv"])),
        "grouped": outcome(lambda: torch_fill(he_out, grouped)),
        "depthwiseIn": outcome(lambda: torch_fill(he, depthwise)),
        "transposed": outcome(lambda: torch_fill(he, transposed)),
        "packed": outcome(lambda: attention.detach().numpy()),
    }


# Keras


def keras_shape(shape):
    out, fan, *kernel = shape
    return (*kernel, fan, out)


def keras_draw(initializer, shape):
    return keras.ops.convert_to_numpy(initializer(shape))


KERAS = {
    "heNormal": ("HeNormal()", ki.HeNormal),
    "heUniform": ("HeUniform()", ki.HeUniform),
    "glorotNormal": ("GlorotNormal()", ki.GlorotNormal),
    "glorotUniform": ("GlorotUniform()", ki.GlorotUniform),
    "lecunNormal": ("LecunNormal()", ki.LecunNormal),
    "lecunUniform": ("LecunUniform()", ki.LecunUniform),
    "normal": ("RandomNormal(0, 0.05)", lambda seed: ki.RandomNormal(0, 0.05, seed=seed)),
    "uniform": ("RandomUniform(-0.05, 0.05)", lambda seed: ki.RandomUniform(-0.05, 0.05, seed=seed)),
    "truncatedNormal": ("TruncatedNormal(0, 1)", lambda seed: ki.TruncatedNormal(0, 1, seed=seed)),
    "orthogonal": ("Orthogonal()", lambda seed: ki.Orthogonal(seed=seed)),
}


def keras_layers(*initializers, before=()):
    """Kernels of layers with these initializers, built after one set_random_seed."""
    keras.utils.set_random_seed(SEED)
    layers = [keras.layers.Dense(units) for units in before]
    layers += [keras.layers.Dense(50, kernel_initializer=one) for one in initializers]
    for layer in layers:
        layer.build((None, 40))
    return [layer.kernel.numpy() for layer in layers[len(before) :]]


def keras_seeds():
    he = lambda: ki.HeNormal(seed=SEED)
    one = he()
    small, large = (keras_draw(he(), (5, size)).ravel() for size in (3, 8))
    plain, after = keras_layers("he_normal"), keras_layers("he_normal", before=[3])
    return {
        "twoLayers": relation(*keras_layers(he(), he())),
        "twoSchemes": relation(*keras_layers(he(), ki.GlorotNormal(seed=SEED))),
        "reused": relation(*keras_layers(one, one)),
        "unseeded": fresh("import keras; print(keras.initializers.HeNormal()((2, 2)).numpy().tolist())"),
        "layerBefore": relation(plain[0], after[0]),
        "range": relation(small, large[:15]),
    }


def keras_kernel(layer, shape, name="kernel"):
    layer.build(shape)
    return getattr(layer, name).numpy()


def keras_edges():
    he = lambda: ki.HeNormal(seed=SEED)
    he_out = ki.VarianceScaling(2, "fan_out", "untruncated_normal", seed=SEED)
    conv = keras.layers.Conv2D(256, 3, groups=4, kernel_initializer=he_out)
    depthwise = keras.layers.DepthwiseConv2D(3, depthwise_initializer=he())
    transposed = keras.layers.Conv2DTranspose(32, 4, strides=2, kernel_initializer=he())
    return {
        "oneAxis": outcome(lambda: keras_draw(he(), (4096,))),
        "empty": outcome(lambda: keras_draw(he(), (4, 0))),
        "stdZero": outcome(lambda: keras_draw(ki.RandomNormal(0, 0.0, seed=SEED), (64, 64))),
        "fromZero": outcome(lambda: keras_draw(ki.RandomUniform(0.0, 0.05, seed=SEED), (64, 64))),
        "orthogonal": orthonormal(lambda: keras_draw(ki.Orthogonal(seed=SEED), (32, 48))),
        "convFans": outcome(lambda: keras_draw(he(), keras_shape(SHAPES["conv"]))),
        "grouped": outcome(lambda: keras_kernel(conv, (None, 8, 8, 256))),
        "depthwiseIn": outcome(lambda: keras_kernel(depthwise, (None, 8, 8, 512))),
        "transposed": outcome(lambda: keras_kernel(transposed, (None, 8, 8, 64))),
        "packed": outcome(lambda: keras_draw(ki.GlorotUniform(seed=SEED), (512, 1536))),
    }


# JAX


def jax_draw(initializer, shape, seed=SEED):
    return np.asarray(initializer(jax.random.key(seed), shape, jnp.float32))


JAX = {
    "heNormal": ("he_normal()", ji.he_normal()),
    "heUniform": ("he_uniform()", ji.he_uniform()),
    "glorotNormal": ("glorot_normal()", ji.glorot_normal()),
    "glorotUniform": ("glorot_uniform()", ji.glorot_uniform()),
    "lecunNormal": ("lecun_normal()", ji.lecun_normal()),
    "lecunUniform": ("lecun_uniform()", ji.lecun_uniform()),
    "normal": ("normal(0.05)", ji.normal(0.05)),
    "uniform": ("uniform(0.05)", ji.uniform(0.05), 0.05 / 12**0.5),
    "truncatedNormal": ("truncated_normal(1)", ji.truncated_normal(1.0), OF_CUT),
    "orthogonal": ("orthogonal()", ji.orthogonal()),
}


class Two(flax.linen.Module):
    """Two layers with these initializers, one more before them if asked for."""

    fills: tuple
    before: bool = False

    @flax.linen.compact
    def __call__(self, x):
        if self.before:
            flax.linen.Dense(3, name="before")(x)
        for at, fill in enumerate(self.fills):
            x = flax.linen.Dense(40, kernel_init=fill, name=f"layer{at}")(x)
        return x


def flax_kernels(*fills, before=False):
    params = Two(fills, before).init(jax.random.key(SEED), jnp.ones((1, 40)))["params"]
    return [params[f"layer{at}"]["kernel"] for at in range(len(fills))]


def jax_seeds():
    he = ji.he_normal()
    return {
        "twoLayers": relation(*flax_kernels(ji.he_normal(), ji.he_normal())),
        "twoSchemes": relation(*flax_kernels(ji.he_normal(), ji.glorot_normal())),
        "reused": relation(*flax_kernels(he, he)),
        "unseeded": "refused" if outcome(lambda: he(shape=(2, 2)))["kind"] == "error" else "drawn",
        "layerBefore": relation(flax_kernels(he)[0], flax_kernels(he, before=True)[0]),
        "range": relation(jax_draw(ji.normal(1.0), (3, 5)), jax_draw(ji.normal(1.0), (8, 5))[:3]),
    }


def jax_edges():
    he_out = ji.variance_scaling(2.0, "fan_out", "normal")
    he = ji.he_normal()
    return {
        "oneAxis": outcome(lambda: jax_draw(he, (4096,))),
        "empty": outcome(lambda: jax_draw(he, (4, 0))),
        "stdZero": outcome(lambda: jax_draw(ji.normal(0.0), (64, 64))),
        "fromZero": outcome(lambda: jax_draw(ji.uniform(0.05), (64, 64))),
        "orthogonal": orthonormal(lambda: jax_draw(ji.orthogonal(), (32, 48))),
        "convFans": outcome(lambda: jax_draw(he, keras_shape(SHAPES["conv"]))),
        "grouped": outcome(lambda: jax_draw(he_out, (3, 3, 64, 256))),
        "depthwiseIn": outcome(lambda: jax_draw(he, (3, 3, 1, 512))),
        "transposed": outcome(lambda: jax_draw(he, (4, 4, 64, 32))),
        "packed": outcome(lambda: jax_draw(ji.glorot_uniform(), (512, 1536))),
    }


# NumPy has distributions, no initializers.

NUMPY = {
    "normal": ("default_rng(seed).normal(0, 0.05)", lambda r, s: r.normal(0, 0.05, s)),
    "uniform": ("default_rng(seed).uniform(-0.05, 0.05)", lambda r, s: r.uniform(-0.05, 0.05, s)),
}


def numpy_seeds():
    draw = lambda size: np.random.default_rng(SEED).normal(size=size)
    one = np.random.default_rng(SEED)
    first, second = one.normal(size=2000), one.normal(size=2000)
    return {
        "twoLayers": relation(first, second),
        "twoSchemes": relation(first, 2 * second),
        "reused": relation(first, second),
        "unseeded": fresh("import numpy; print(numpy.random.default_rng().normal(size=4).tolist())"),
        "layerBefore": relation(first, second),
        "range": relation(draw(15), draw(40)[:15]),
    }


def numpy_edges():
    rng = np.random.default_rng
    return {
        "stdZero": outcome(lambda: rng(SEED).normal(0, 0, (64, 64))),
        "fromZero": outcome(lambda: rng(SEED).uniform(0, 0.05, (64, 64))),
    }


def fresh(code):
    """Whether two new processes draw the same when no seed is given."""
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}).stdout
        for _ in range(2)
    ]
    return "equal" if runs[0] == runs[1] else "different"


def spread(cases, draw):
    return [
        {"scheme": scheme, "call": None}
        if case is None
        else {"scheme": scheme, "call": case[0], "claimed": case[2] if len(case) > 2 else None, **{kind: outcome(lambda: draw(case[1], shape)) for kind, shape in SHAPES.items()}}
        for scheme, case in cases.items()
    ]


def torch_default():
    torch.manual_seed(SEED)
    layer = torch.nn.Linear(512, 1024)
    return {"layer": "nn.Linear(512, 1024)", "kernel": stats(layer.weight.detach()), "bias": stats(layer.bias.detach())}


def keras_default():
    keras.utils.set_random_seed(SEED)
    layer = keras.layers.Dense(1024)
    layer.build((None, 512))
    return {"layer": "Dense(1024) on 512", "kernel": stats(layer.kernel.numpy()), "bias": stats(layer.bias.numpy())}


def flax_default():
    params = flax.linen.Dense(1024).init(jax.random.key(SEED), jnp.ones((1, 512)))["params"]
    return {"layer": "Dense(1024) on 512", "kernel": stats(params["kernel"]), "bias": stats(params["bias"])}


if __name__ == "__main__":
    libraries = [
        {
            "name": "PyTorch",
            "version": torch.__version__.split("+")[0],
            "spread": spread(TORCH, torch_fill),
            "seeds": torch_seeds(),
            "edges": torch_edges(),
            "preset": {"name": "pytorch", **torch_default()},
        },
        {
            "name": "Keras",
            "version": f"{keras.__version__} on TensorFlow {tf.__version__}",
            "spread": spread(KERAS, lambda make, shape: keras_draw(make(seed=SEED), keras_shape(shape))),
            "seeds": keras_seeds(),
            "edges": keras_edges(),
            "preset": {"name": "keras", **keras_default()},
        },
        {
            "name": "JAX",
            "version": f"{jax.__version__} with Flax {flax.__version__}",
            "spread": spread(JAX, lambda fill, shape: jax_draw(fill, keras_shape(shape))),
            "seeds": jax_seeds(),
            "edges": jax_edges(),
            "preset": {"name": "flax", **flax_default()},
        },
        {
            "name": "NumPy",
            "version": np.__version__,
            "spread": spread(NUMPY, lambda fill, shape: fill(np.random.default_rng(SEED), shape)),
            "seeds": numpy_seeds(),
            "edges": numpy_edges(),
            "preset": None,
        },
    ]
    made = f"python measure.py, Python {sys.version.split()[0]}, seed {SEED}"
    print(json.dumps({"made by": made, "libraries": libraries}, indent=1))
