"""What PyTorch, Keras and flax start whole networks from.

Called as: JAX_PLATFORMS=cpu python networks.golden.py > networks.golden.json
Made with torch==2.15.0, keras==3.15.1 on tensorflow-cpu==2.21.0, flax==0.12.8 on jax==0.10.2.

Of each parameter, in the layout [out, in, ...kernel]: its shape, the SHA-256 of its float32 values, and the first two.
"""

import hashlib
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import jax
import jax.numpy as jnp
import keras
import numpy as np
import torch
from flax import linen, nnx
from keras import layers as kl
from torch import nn

SEEDS = [0, 7]


def kept(values):
    values = np.ascontiguousarray(np.asarray(values, dtype="<f4"))
    return {
        "shape": list(values.shape),
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
        "first": [float(value) for value in values.ravel()[:2]],
    }


# PyTorch: modules in the order in which they are made.


class TorchBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        if stride != 1:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.bn3 = nn.BatchNorm2d(outputs)


class TorchTransformerBlock(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)


def torch_networks(seed):
    def state(make):
        torch.manual_seed(seed)
        return {name: value.detach().numpy() for name, value in make().named_parameters()}

    cnn = state(
        lambda: nn.Sequential(
            nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 12, 3, padding=1, groups=4), nn.Linear(12 * 16, 5)
        )
    )
    resnet = state(
        lambda: nn.Sequential(
            nn.Conv2d(3, 4, 3, padding=1, bias=False),
            nn.BatchNorm2d(4),
            TorchBlock(4, 4, 1),
            TorchBlock(4, 8, 2),
            TorchBlock(8, 16, 2),
            nn.Linear(16, 5),
        )
    )
    transformer = state(
        lambda: nn.Sequential(
            nn.Embedding(11, 12),
            nn.Embedding(7, 12),
            TorchTransformerBlock(12, 3, 20),
            TorchTransformerBlock(12, 3, 20),
            nn.LayerNorm(12),
            nn.Linear(12, 11, bias=False),
        )
    )
    return {"cnn": cnn, "resNet": resnet, "transformer": transformer}


# Keras: the functional API, each layer called as it is made.


def keras_axes(weight):
    values = weight.numpy()
    path = weight.path
    if "attention_output" in path and values.ndim == 3:
        return values.reshape(-1, values.shape[-1]).T
    if path.rsplit("/", 2)[-2] in ("query", "key", "value") and values.ndim == 3:
        return values.reshape(values.shape[0], -1).T
    if path.endswith("embeddings") or values.ndim == 1:
        return values
    if values.ndim == 2:
        return values.T if path.endswith("kernel") else values.reshape(-1)
    return np.moveaxis(values, [-1, -2], [0, 1])


def keras_networks(seed):
    def state(make):
        keras.utils.set_random_seed(seed)
        found = make()
        return {f"{i}:{w.path.split('/', 1)[-1]}": keras_axes(w) for i, w in enumerate(found)}

    def cnn():
        x = keras.Input((8, 8, 3))
        made = []
        for layer in [kl.Conv2D(8, 3, padding="same"), kl.Conv2D(12, 3, padding="same", groups=4)]:
            x = layer(x)
            made.append(layer)
        head = kl.Dense(5)
        head(kl.Flatten()(kl.AveragePooling2D(2)(x)))
        return [w for layer in [*made, head] for w in layer.trainable_weights]

    def resnet():
        made = []

        def use(layer, x):
            y = layer(x)
            made.append(layer)
            return y

        def block(x, channels, stride):
            y = use(kl.Conv2D(channels, 3, stride, padding="same", use_bias=False), x)
            y = use(kl.BatchNormalization(), y)
            y = use(kl.Conv2D(channels, 3, padding="same", use_bias=False), y)
            y = use(kl.BatchNormalization(), y)
            if stride != 1:
                x = use(kl.Conv2D(channels, 1, stride, use_bias=False), x)
                x = use(kl.BatchNormalization(), x)
            return kl.Add()([x, y])

        x = use(kl.Conv2D(4, 3, padding="same", use_bias=False), keras.Input((8, 8, 3)))
        x = use(kl.BatchNormalization(), x)
        for channels, stride in [(4, 1), (8, 2), (16, 2)]:
            x = block(x, channels, stride)
        use(kl.Dense(5), kl.GlobalAveragePooling2D()(x))
        return [w for layer in made for w in layer.trainable_weights]

    def transformer(dropout):
        made = []

        def use(layer, *inputs):
            y = layer(*inputs)
            made.append(layer)
            return y

        tokens = keras.Input((7,), dtype="int32")
        x = use(kl.Embedding(11, 12), tokens)
        x = x + use(kl.Embedding(7, 12), tokens)
        for _ in range(2):
            y = use(kl.LayerNormalization(), x)
            y = use(kl.MultiHeadAttention(3, 4), y, y)
            x = x + (use(kl.Dropout(0.1), y) if dropout else y)
            y = use(kl.LayerNormalization(), x)
            y = use(kl.Dense(20), y)
            y = use(kl.Dense(12), y)
            x = x + (use(kl.Dropout(0.1), y) if dropout else y)
        x = use(kl.LayerNormalization(), x)
        use(kl.Dense(11, use_bias=False), x)
        return [w for layer in made for w in layer.trainable_weights]

    return {
        "cnn": state(cnn),
        "resNet": state(resnet),
        "transformer": state(lambda: transformer(False)),
        "transformerDropout": state(lambda: transformer(True)),
    }


# flax: one layout for both.


def flax_axes(path, values):
    values = np.asarray(values)
    if path[-1] in ("embedding", "scale") or (path[-1] == "bias" and values.ndim == 1):
        return values
    if path[-1] == "bias":
        return values.reshape(-1)
    if path[-2] == "out":
        return values.reshape(-1, values.shape[-1]).T
    if path[-2] in ("query", "key", "value"):
        return values.reshape(values.shape[0], -1).T
    if values.ndim == 2:
        return values.T
    return np.moveaxis(values, [-1, -2], [0, 1])


class LinenCnn(linen.Module):
    @linen.compact
    def __call__(self, x):
        x = linen.Conv(8, (3, 3))(x)
        x = linen.Conv(12, (3, 3), feature_group_count=4)(x)
        x = linen.avg_pool(x, (2, 2), strides=(2, 2))
        return linen.Dense(5)(x.reshape(1, -1))


class Residual(linen.Module):
    channels: int
    stride: int

    @linen.compact
    def __call__(self, x):
        norm = lambda: linen.BatchNorm(use_running_average=False)
        y = linen.Conv(self.channels, (3, 3), self.stride, use_bias=False)(x)
        y = norm()(y)
        y = linen.Conv(self.channels, (3, 3), use_bias=False)(y)
        y = norm()(y)
        if self.stride != 1:
            x = linen.Conv(self.channels, (1, 1), self.stride, use_bias=False)(x)
            x = norm()(x)
        return x + y


class LinenResNet(linen.Module):
    @linen.compact
    def __call__(self, x):
        x = linen.Conv(4, (3, 3), use_bias=False)(x)
        x = linen.BatchNorm(use_running_average=False)(x)
        for channels, stride in [(4, 1), (8, 2), (16, 2)]:
            x = Residual(channels, stride)(x)
        return linen.Dense(5)(x.mean(axis=(1, 2)))


class Branches(linen.Module):
    attend: bool

    @linen.compact
    def __call__(self, x):
        y = linen.LayerNorm()(x)
        if self.attend:
            return x + linen.MultiHeadDotProductAttention(num_heads=3)(y, y)
        y = linen.Dense(20)(y)
        return x + linen.Dense(12)(y)


Branches.__name__ = "Residual"


class LinenTransformer(linen.Module):
    @linen.compact
    def __call__(self, tokens):
        x = linen.Embed(11, 12)(tokens) + linen.Embed(7, 12)(jnp.arange(7))
        for attend in [True, False, True, False]:
            x = Branches(attend)(x)
        return linen.Dense(11, use_bias=False)(linen.LayerNorm()(x))


def linen_networks(seed):
    def state(module, x):
        found = module.init(jax.random.key(seed), x)["params"]
        leaves = jax.tree_util.tree_flatten_with_path(found)[0]
        named = [(tuple(step.key for step in path), value) for path, value in leaves]
        return {"/".join(path): flax_axes(path, value) for path, value in named}

    image = jnp.zeros((1, 8, 8, 3))
    return {
        "cnn": state(LinenCnn(), image),
        "resNet": state(LinenResNet(), image),
        "transformer": state(LinenTransformer(), jnp.zeros((1, 7), int)),
    }


def nnx_networks(seed):
    def state(make):
        rngs = nnx.Rngs(seed)
        found = {}
        for i, (name, module) in enumerate(make(rngs)):
            for path, value in nnx.to_flat_state(nnx.state(module, nnx.Param)):
                found["/".join([f"{i}:{name}", *path])] = flax_axes(("", *path), value[...])
        return found

    def conv(inputs, outputs, size, rngs, **options):
        return ("conv", nnx.Conv(inputs, outputs, (size, size), rngs=rngs, **options))

    def cnn(rngs):
        return [
            conv(3, 8, 3, rngs),
            conv(8, 12, 3, rngs, feature_group_count=4),
            ("dense", nnx.Linear(12 * 16, 5, rngs=rngs)),
        ]

    def resnet(rngs):
        def pair(inputs, outputs, size):
            return [
                conv(inputs, outputs, size, rngs, use_bias=False),
                ("norm", nnx.BatchNorm(outputs, rngs=rngs)),
            ]

        made = pair(3, 4, 3)
        for inputs, outputs, shortcut in [(4, 4, False), (4, 8, True), (8, 16, True)]:
            made += pair(inputs, outputs, 3) + pair(outputs, outputs, 3)
            if shortcut:
                made += pair(inputs, outputs, 1)
        return [*made, ("dense", nnx.Linear(16, 5, rngs=rngs))]

    def transformer(rngs, dropout):
        made = [("embed", nnx.Embed(11, 12, rngs=rngs)), ("embed", nnx.Embed(7, 12, rngs=rngs))]

        def dropped():
            return [("dropout", nnx.Dropout(0.1, rngs=rngs))] if dropout else []

        for _ in range(2):
            made.append(("norm", nnx.LayerNorm(12, rngs=rngs)))
            made.append(("attention", nnx.MultiHeadAttention(3, 12, rngs=rngs, decode=False)))
            made += dropped()
            made.append(("norm", nnx.LayerNorm(12, rngs=rngs)))
            made.append(("dense", nnx.Linear(12, 20, rngs=rngs)))
            made.append(("dense", nnx.Linear(20, 12, rngs=rngs)))
            made += dropped()
        made.append(("norm", nnx.LayerNorm(12, rngs=rngs)))
        return [*made, ("dense", nnx.Linear(12, 11, use_bias=False, rngs=rngs))]

    return {
        "cnn": state(cnn),
        "resNet": state(resnet),
        "transformer": state(lambda rngs: transformer(rngs, False)),
        "transformerDropout": state(lambda rngs: transformer(rngs, True)),
    }


libraries = {"pytorch": torch_networks, "keras": keras_networks, "linen": linen_networks, "nnx": nnx_networks}
json.dump(
    {
        "versions": {one.__name__: one.__version__ for one in [torch, keras, jax]},
        "networks": [
            {
                "library": library,
                "network": network,
                "seed": seed,
                "parameters": {path: kept(values) for path, values in parameters.items()},
            }
            for library, make in libraries.items()
            for seed in SEEDS
            for network, parameters in make(seed).items()
        ],
    },
    sys.stdout,
    indent=1,
)
print()
