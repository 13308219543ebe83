"""What the *.golden.py beside this file share: which draws a case has, and how its values are written."""
import hashlib
import json
import numpy as np

DENSE = [[4, 3], [5, 7], [1, 16], [17, 13], [6, 40]]
CONV = [[3, 5, 3, 3], [6, 4, 5], [2, 3, 2, 3, 1]]
GROWING = [[3, 2, 3], [5, 3, 2, 4], [17, 13, 3, 3]]  # no fewer outputs than inputs
LAST_SEED = 2**32 - 1


def plan(shapes):
    """Shape, seed, dtype: every shape in float32 with seed 0, some with others, some in float64."""
    return ([(s, 0, "float32") for s in shapes] + [(s, 3, "float32") for s in shapes[1::2]]
            + [(shapes[0], LAST_SEED, "float32")] + [(s, 3, "float64") for s in shapes[::2]]
            + [(shapes[-1], 0, "float64")])


def places(size):
    """The first 7, and 5 spread over the rest to the last; the test computes the same."""
    return list(range(size)) if size <= 12 else list(range(7)) + [7 + (size - 8) * k // 4 for k in range(5)]


def written(values, exact=False):
    """[values at `places`] in the shortest decimals of their dtype, and a hash of all where bits are compared."""
    flat = np.ascontiguousarray(np.asarray(values)).reshape(-1)
    short = [float(str(flat[i])) for i in places(flat.size)]
    short = [int(v) if v == int(v) else v for v in short]
    return [short, hashlib.sha256(flat.tobytes()).hexdigest()[:16]] if exact else [short]


def case(what, initializer, draw, shapes=None, exact=False, **more):
    """draw(shape, seed, dtype) gives the library's tensor, in the order of [out, in, ...kernel]."""
    rows = [[shape, seed, dtype, *written(draw(shape, seed, dtype), exact)] for shape, seed, dtype in plan(shapes or DENSE + CONV)]
    for row in rows:
        assert np.asarray(draw(*row[:3])).dtype == np.dtype(row[2]), (what, row)
    return {"what": what, **more, "initializer": initializer, "draws": rows}


def save(name, made_by, **parts):
    with open(name + ".golden.json", "w") as f:
        f.write('{"madeBy":' + json.dumps(made_by))
        for key, rows in parts.items():
            f.write(',\n"%s":[\n' % key + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]")
        f.write("}\n")
