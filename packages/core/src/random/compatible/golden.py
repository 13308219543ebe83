"""What the *.golden.py beside this file share: which draws a case has, and how its values are written."""
import base64
import hashlib
import itertools
import json
import math
import numpy as np

SEEDS = [0, 1, 2**31 + 5, 3, 2**32 - 1]
SQUARE = [[4, 4], [3, 3], [17, 17], [1, 1], [6, 6], [2, 2], [16, 16]]
FEW = [[n, 1] if n % 2 else [1, n] for n in range(1, 18)]
SIXTEEN = [[16, 1], [2, 8], [4, 2, 2], [1, 16]]
DENSE = [[4, 3], [5, 7], [17, 13], [6, 40], [40, 6]]
CONV = [[3, 5, 3, 3], [6, 4, 5], [2, 3, 2, 3, 1]]
GROWING = [[3, 2, 3], [5, 3, 2, 4], [3, 3, 2], [17, 13, 3, 3], [4, 4, 1, 1], [1, 1, 3]]  # no fewer outputs than inputs
LARGE = [257, 256]
LAST_SEED = 2**32 - 1

seeds = itertools.cycle(SEEDS)
turns = itertools.count()


def plan(shapes, full):
    """Shape, seed, dtype. Given shapes in both dtypes; else all, or some of each kind in turn."""
    if shapes is not None:
        return [(s, next(seeds), d) for s in shapes for d in ("float32", "float64")]
    if full:
        rows = [(s, next(seeds), d) for s in SQUARE + FEW + SIXTEEN + DENSE + CONV for d in ("float32", "float64")]
        return rows + [(LARGE, next(seeds), d) for d in ("float32", "float64")]
    turn = next(turns)
    some = lambda pool, count: [pool[(turn * count + i) % len(pool)] for i in range(count)]
    single = some(SQUARE, 2) + some(FEW, 3) + some(SIXTEEN, 1) + some(DENSE, 2) + some(CONV, 1)
    double = some(SQUARE[::-1], 1) + some(FEW[::-1], 2) + some(DENSE[::-1], 1) + some(CONV[::-1], 1)
    return ([(s, next(seeds), "float32") for s in single] + [(s, next(seeds), "float64") for s in double]
            + [[(LARGE, next(seeds), "float32")], [(LARGE, next(seeds), "float64")], []][turn % 3])


def places(size):
    """The first 7, and 5 spread over the rest to the last; the test computes the same."""
    return list(range(size)) if size <= 12 else list(range(7)) + [7 + (size - 8) * k // 4 for k in range(5)]


def written(values, exact=False):
    """[values at `places`] in the shortest decimals of their dtype; 3 and a hash of all where bits are compared."""
    flat = np.ascontiguousarray(np.asarray(values)).reshape(-1)
    short = [float(str(flat[i])) for i in places(flat.size)]
    short = [int(v) if v == int(v) else v for v in short]
    return [short[:3], hashlib.sha256(flat.tobytes()).hexdigest()[:16]] if exact else [short]


def case(what, initializer, draw, shapes=None, exact=(), full=False, large=("float32", "float64"), **more):
    """draw(shape, seed, dtype) gives the library's tensor, in the order of [out, in, ...kernel].

    `exact` names the dtypes whose bits are compared, True is both; `large` those in which a large tensor is drawn.
    """
    exact = ("float32", "float64") if exact is True else exact
    rows = []
    for shape, seed, dtype in plan(shapes, full):
        if shape == LARGE and dtype not in large:
            continue
        values = np.asarray(draw(shape, seed, dtype))
        assert values.dtype == np.dtype(dtype) and values.size == math.prod(shape), (what, shape, values.dtype)
        rows.append([shape, seed, dtype, *written(values, dtype in exact)])
    return {"what": what, **more, "initializer": initializer, "draws": rows}


def share(generator, initializer, draw, dtype, shape=(64, 64), seed=11):
    """The lowest byte of every value, from which the test counts how many are the same bits."""
    values = np.ascontiguousarray(np.asarray(draw(list(shape), seed, dtype)))
    assert values.dtype == np.dtype(dtype)
    low = values.reshape(-1).view(np.uint8).reshape(values.size, -1)[:, 0]
    return {"generator": generator, "initializer": initializer, "shape": list(shape), "seed": seed, "dtype": dtype,
            "low": base64.b64encode(low.tobytes()).decode()}


def save(name, made_by, **parts):
    with open(name + ".golden.json", "w") as f:
        f.write('{"madeBy":' + json.dumps(made_by))
        for key, rows in parts.items():
            f.write(',\n"%s":[\n' % key + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]")
        f.write("}\n")
