"""Writes jax.golden.json: python jax.golden.py, with jax==0.10.2 and flax==0.12.8 on a CPU."""
import flax
import jax
import jax.numpy as jnp
import numpy as np
from flax import linen, nnx
from jax.nn import initializers as init
from golden import GROWING, case, save, share, written

jax.config.update("jax_enable_x64", True)
AXES = {"in_axis": 1, "out_axis": 0}  # weights [out, in, ...kernel]
STD = 0.87962566103423978  # of a normal cut at ±2


def by(fill):
    return lambda shape, seed, dtype: np.asarray(fill(jax.random.key(seed), tuple(shape), jnp.dtype(dtype)))


def delta(key, shape, dtype):
    out, inputs, *kernel = shape
    t = init.delta_orthogonal(1.5, dtype=dtype)(key, (*kernel, inputs, out), dtype)
    return jnp.moveaxis(t, (-1, -2), (0, 1))


cases, uniform, laws, models, shares = [], [], [], [], []
for partitionable, generator in ((True, "jax"), (False, "jax-original")):
    jax.config.update("jax_threefry_partitionable", partitionable)

    def add(what, initializer, fill, shapes=None, exact=("float32",), full=False, large=("float32", "float64")):
        cases.append(case(what, initializer, by(fill), shapes, exact, full and partitionable, large, generator=generator))

    if partitionable:
        add("zeros", {"name": "zeros"}, init.zeros, exact=True)
        add("ones", {"name": "ones"}, init.ones, exact=True)
        add("constant", {"name": "constant", "value": 0.3}, init.constant(0.3), exact=True)
    add("uniform", {"name": "uniform", "low": 0, "high": 0.01}, init.uniform(), exact=True, full=True)
    add("normal", {"name": "random", "std": 0.02}, init.normal(0.02), full=True)
    add("truncated_normal", {"name": "truncatedNormal", "std": 0.02}, init.truncated_normal(0.02 / STD), full=True)
    add("truncated_normal, by its own parameters", {"name": "truncatedNormal", "stddev": 0.5, "lower": -1, "upper": 3}, init.truncated_normal(0.5, lower=-1, upper=3))
    add("orthogonal", {"name": "orthogonal", "gain": 1.5}, init.orthogonal(1.5, column_axis=0), exact=(), full=True, large=("float32",) if partitionable else ())
    add("delta_orthogonal", {"name": "deltaOrthogonal", "gain": 1.5}, delta, GROWING, exact=())
    for name, (scale, mode) in {"lecun": (1, "fan_in"), "he": (2, "fan_in"), "glorot": (1, "fan_avg")}.items():
        add(name + "_uniform", {"name": name + "Uniform"}, getattr(init, name + "_uniform")(**AXES), exact=True)
        add(name + "_normal", {"name": "varianceScaling", "gain": scale**0.5, "fan": {"fan_in": "in", "fan_avg": "average"}[mode],
                               "distribution": "truncatedNormal"}, getattr(init, name + "_normal")(**AXES))
        add(f"variance_scaling as {name}, not truncated", {"name": name + "Normal"}, init.variance_scaling(float(scale), mode, "normal", **AXES))
    for mode, fan in {"fan_in": "in", "fan_out": "out", "fan_avg": "average", "fan_geo_avg": "geometric"}.items():
        for distribution, ours in {"normal": "normal", "truncated_normal": "truncatedNormal", "uniform": "uniform"}.items():
            if generator == "jax-original" and (mode, distribution) != ("fan_geo_avg", "truncated_normal"):
                continue
            add(f"variance_scaling, {mode}, {distribution}", {"name": "varianceScaling", "gain": 1.5, "fan": fan, "distribution": ours},
                init.variance_scaling(2.25, mode, distribution, **AXES), exact=True if ours == "uniform" else ("float32",))
    for dtype in ("float32", "float64"):
        for size in (1, 7, 40):
            for seed in (0, 2**32 - 1):
                t = jax.random.uniform(jax.random.key(seed), (size,), dtype, -0.37, 0.3)
                uniform.append({"generator": generator, "size": size, "seed": seed, "dtype": dtype, "values": written(t)[0]})
        for low, high in ((-4, 4), (1, 4), (2, 5), (-5, -2), (-1, 3), (0.5, 0.6), (-8, 8)):
            for size, seed in ((1, 1), (40, 2**31 + 5)):
                t = init.truncated_normal(0.1, dtype, low, high)(jax.random.key(seed), (size,))
                laws.append({"generator": generator, "initializer": {"name": "truncatedNormal", "stddev": 0.1, "lower": low, "upper": high},
                             "size": size, "seed": seed, "dtype": dtype, "values": written(t)[0]})
    if partitionable:
        shares.append(share(generator, {"name": "random", "std": 0.02}, by(init.normal(0.02)), "float64"))
        shares.append(share(generator, {"name": "truncatedNormal", "stddev": 0.02}, by(init.truncated_normal(0.02)), "float64"))
    for initializer, ours in ((init.lecun_normal(), "flax"), (init.orthogonal(), "orthogonal"), (init.he_uniform(), "heUniform")):
        for sizes in ([3, 5, 2], [6, 6, 6, 3]):
            key = jax.random.key(7)
            kernels = [initializer(jax.random.fold_in(key, 2 * n), shape, jnp.float32) for n, shape in enumerate(zip(sizes, sizes[1:]))]
            models.append({"what": "the keys of nnx, " + ours, "generator": generator, "sizes": sizes, "initialization": ours,
                           "seed": 7, "values": [v for k in kernels for v in (k.T.flatten().tolist(), [0] * k.shape[1])]})

jax.config.update("jax_threefry_partitionable", True)


class Net(linen.Module):
    sizes: tuple
    kernel: callable
    bias: callable

    @linen.compact
    def __call__(self, x):
        for n in self.sizes:
            x = linen.relu(linen.Dense(n, kernel_init=self.kernel, bias_init=self.bias)(x))
        return x


def turned(pairs):
    return [np.asarray(v).flatten().tolist() for kernel, bias in pairs for v in (np.asarray(kernel).T, bias)]


for sizes in ([3, 5, 2], [6, 6, 6, 3], [4] + [3] * 12):
    for seed in (0, 2**31 + 5):
        for kernel, bias, ours in ((init.lecun_normal(), init.zeros, "flax"), (init.orthogonal(), init.zeros, "orthogonal"),
                                   (init.normal(0.05), init.zeros, "random:0.05")):
            p = Net(tuple(sizes[1:]), kernel, bias).init(jax.random.key(seed), jnp.ones((1, sizes[0])))["params"]
            models.append({"what": "init of a linen module, " + ours, "generator": "flax-linen", "sizes": sizes, "initialization": ours, "seed": seed,
                           "values": turned((p[f"Dense_{k}"]["kernel"], p[f"Dense_{k}"]["bias"]) for k in range(len(sizes) - 1))})
        rngs = nnx.Rngs(seed)
        layers = [nnx.Linear(i, o, rngs=rngs) for i, o in zip(sizes, sizes[1:])]
        models.append({"what": "nnx.Linear in turn", "generator": "jax", "sizes": sizes, "initialization": "flax", "seed": seed,
                       "values": turned((l.kernel[...], l.bias[...]) for l in layers)})

# A bias that draws is the second parameter of its module.
p = Net((5, 2), init.normal(0.5), init.normal(0.5)).init(jax.random.key(3), jnp.ones((1, 3)))["params"]
biases = [{"path": f"dense{k + 1}", "kernel": np.asarray(p[f"Dense_{k}"]["kernel"]).flatten().tolist(), "bias": p[f"Dense_{k}"]["bias"].tolist()} for k in (0, 1)]
save("jax", f"python jax.golden.py, jax {jax.__version__}, flax {flax.__version__}", cases=cases, uniform=uniform, laws=laws, models=models, shares=shares, biases=biases)
