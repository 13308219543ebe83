"""Writes jax.golden.json: python jax.golden.py, with jax==0.10.2 on a CPU."""
import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import initializers as init
from golden import DENSE, GROWING, case, save, written

jax.config.update("jax_enable_x64", True)
AXES = {"in_axis": 1, "out_axis": 0}  # weights [out, in, ...kernel]
STD = 0.87962566103423978  # of a normal cut at ±2


def by(fill):
    return lambda shape, seed, dtype: np.asarray(fill(jax.random.key(seed), tuple(shape), jnp.dtype(dtype)))


def delta(key, shape, dtype):
    out, inputs, *kernel = shape
    t = init.delta_orthogonal(1.5, dtype=dtype)(key, (*kernel, inputs, out), dtype)
    return jnp.moveaxis(t, (-1, -2), (0, 1))


cases, uniform, laws, models = [], [], [], []
for partitionable, generator in ((True, "jax"), (False, "jax-original")):
    jax.config.update("jax_threefry_partitionable", partitionable)

    def add(what, initializer, fill, shapes=None, exact=False):
        cases.append(case(what, initializer, by(fill), shapes, exact, generator=generator))

    if partitionable:
        add("zeros", {"name": "zeros"}, init.zeros, exact=True)
        add("ones", {"name": "ones"}, init.ones, exact=True)
        add("constant", {"name": "constant", "value": 0.3}, init.constant(0.3), exact=True)
    add("uniform", {"name": "uniform", "low": 0, "high": 0.01}, init.uniform(), exact=True)
    add("normal", {"name": "random", "std": 0.02}, init.normal(0.02))
    add("truncated_normal", {"name": "truncatedNormal", "std": 0.02}, init.truncated_normal(0.02 / STD))
    add("orthogonal", {"name": "orthogonal", "gain": 1.5}, init.orthogonal(1.5, column_axis=0))
    add("delta_orthogonal", {"name": "deltaOrthogonal", "gain": 1.5}, delta, GROWING)
    for name, (scale, mode) in {"lecun": (1, "fan_in"), "he": (2, "fan_in"), "glorot": (1, "fan_avg")}.items():
        ours = {"lecun": "lecun", "he": "he", "glorot": "glorot"}[name]
        add(name + "_uniform", {"name": ours + "Uniform"}, getattr(init, name + "_uniform")(**AXES))
        add(name + "_normal", {"name": "varianceScaling", "gain": scale**0.5, "fan": {"fan_in": "in", "fan_avg": "average"}[mode],
                               "distribution": "truncatedNormal"}, getattr(init, name + "_normal")(**AXES))
        add(f"variance_scaling as {name}, not truncated", {"name": ours + "Normal"}, init.variance_scaling(float(scale), mode, "normal", **AXES))
    for mode, fan in {"fan_in": "in", "fan_out": "out", "fan_avg": "average", "fan_geo_avg": "geometric"}.items():
        for distribution, ours in {"normal": "normal", "truncated_normal": "truncatedNormal", "uniform": "uniform"}.items():
            if generator == "jax-original" and (mode, distribution) != ("fan_geo_avg", "truncated_normal"):
                continue
            add(f"variance_scaling, {mode}, {distribution}", {"name": "varianceScaling", "gain": 1.5, "fan": fan, "distribution": ours},
                init.variance_scaling(2.25, mode, distribution, **AXES))
    for dtype in ("float32", "float64"):
        for size in (1, 7, 40):
            for seed in (0, 2**32 - 1):
                t = jax.random.uniform(jax.random.key(seed), (size,), dtype, -0.37, 0.3)
                uniform.append({"generator": generator, "size": size, "seed": seed, "dtype": dtype, "values": written(t)[0]})
        for low, high in ((-1, 3), (0.5, 0.6), (2, 5)):
            for size in (7, 40):
                t = init.truncated_normal(0.1, dtype, low, high)(jax.random.key(5), (size,))
                laws.append({"generator": generator, "law": [0, 0.1, low * 0.1, high * 0.1], "size": size, "seed": 5, "dtype": dtype, "values": written(t)[0]})
    key = jax.random.key(7)
    kernels = [init.lecun_normal()(jax.random.fold_in(key, n), shape, jnp.float32) for n, shape in ((0, (3, 5)), (2, (5, 2)))]
    models.append({"what": "lecun_normal, [in, out] turned to [out, in]", "generator": generator, "sizes": [3, 5, 2], "initialization": "flax",
                   "seed": 7, "values": [v for k in kernels for v in (k.T.flatten().tolist(), [0] * k.shape[1])]})
save("jax", "python jax.golden.py, jax " + jax.__version__, cases=cases, uniform=uniform, laws=laws, models=models)
