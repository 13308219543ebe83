"""Writes jax.golden.json: python jax.golden.py, with JAX on a CPU."""
import json
import jax
import jax.numpy as jnp
from jax.nn import initializers as init

jax.config.update("jax_enable_x64", True)
SHAPES = [(4, 3), (5, 7), (1, 16), (17, 13), (3, 5, 3, 3)]
AXES = {"in_axis": 1, "out_axis": 0}  # weights [out, in, ...kernel]


def scaling(scale, mode, distribution):
    return init.variance_scaling(scale, mode, distribution, **AXES)


CASES = {
    "normal": (init.normal(0.02), {"name": "normal", "std": 0.02}),
    "he_normal, not truncated": (scaling(2.0, "fan_in", "normal"), {"name": "heNormal"}),
    "he_uniform": (scaling(2.0, "fan_in", "uniform"), {"name": "heUniform"}),
    "glorot_uniform": (scaling(1.0, "fan_avg", "uniform"), {"name": "glorotUniform"}),
    "glorot_normal, not truncated": (scaling(1.0, "fan_avg", "normal"), {"name": "glorotNormal"}),
    "lecun_normal": (scaling(1.0, "fan_in", "truncated_normal"),
                     {"name": "varianceScaling", "gain": 1, "fan": "in", "distribution": "truncatedNormal"}),
    "he_normal": (scaling(2.0, "fan_in", "truncated_normal"),
                  {"name": "varianceScaling", "gain": 2 ** 0.5, "fan": "in", "distribution": "truncatedNormal"}),
    "zeros": (init.zeros, {"name": "zeros"}),
    "ones": (init.ones, {"name": "ones"}),
    "constant": (init.constant(0.25), {"name": "constant", "value": 0.25}),
}

out = {"made by": "python jax.golden.py, jax " + jax.__version__, "cases": [], "uniform": [], "sequence": []}
for partitionable in (True, False):
    jax.config.update("jax_threefry_partitionable", partitionable)
    generator = "jax" if partitionable else "jax-original"
    for dtype in ("float32", "float64"):
        for size in (1, 7, 40):
            for seed in (0, 2**32 - 1):
                t = jax.random.uniform(jax.random.key(seed), (size,), dtype, -0.3, 0.7)
                out["uniform"].append({"generator": generator, "size": size, "seed": seed, "dtype": dtype, "values": t.tolist()})
        for name, (fill, spec) in CASES.items():
            for shape in SHAPES:
                for seed in (0, 3):
                    t = fill(jax.random.key(seed), shape, jnp.dtype(dtype)).flatten()
                    out["cases"].append({"what": name, "generator": generator, "initializer": spec, "shape": shape, "seed": seed,
                                         "dtype": dtype, "values": t.tolist()[:40], "last": t[-1].item()})
    key = jax.random.key(7)
    values = [scaling(2.0, "fan_in", "uniform")(jax.random.fold_in(key, n), shape, jnp.float32).flatten().tolist()
              for n, shape in ((0, (5, 3)), (2, (2, 5)))]
    out["sequence"].append({"generator": generator, "seed": 7, "values": values})
with open("jax.golden.json", "w") as f:
    json.dump(out, f, separators=(",", ":"))
    f.write("\n")
