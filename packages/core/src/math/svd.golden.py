"""Singular values of Hilbert matrices and of one rectangular matrix, at 60 digits: svd.golden.json.

python svd.golden.py > svd.golden.json
"""
import json
import sys

import mpmath

mpmath.mp.dps = 60


def values(matrix):
    return [float(s) for s in mpmath.svd_r(matrix, compute_uv=False)]


def case(name, matrix):
    rows, cols = matrix.rows, matrix.cols
    entries = [float(matrix[i, j]) for i in range(rows) for j in range(cols)]
    exact = mpmath.matrix(rows, cols)
    for i in range(rows):
        for j in range(cols):
            exact[i, j] = mpmath.mpf(entries[i * cols + j])
    return {"name": name, "rows": rows, "cols": cols, "entries": entries, "values": values(exact)}


wave = mpmath.matrix(9, 5)
for i in range(9):
    for j in range(5):
        wave[i, j] = mpmath.sin(3 * i * i + 7 * j + i * j) * 10 ** (j - 2)
print(json.dumps({
    "command": "python svd.golden.py",
    "versions": {"mpmath": mpmath.__version__, "python": sys.version.split()[0]},
    "cases": [case("hilbert 6", mpmath.hilbert(6)), case("hilbert 12", mpmath.hilbert(12)), case("graded 9 × 5", wave)],
}, indent=1))
