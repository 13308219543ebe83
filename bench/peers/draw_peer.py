"""Draws in NumPy and PyTorch, float32, one thread. Prints one JSON line: median CPU seconds of a draw.

`fill` makes a new array of 50 million normals (NumPy: Generator.standard_normal, PyTorch:
kaiming_normal_), `again` draws into one array; `orthogonal` is 1024² and `small`
128²: NumPy's is QR of float64 normals with
the signs of R's diagonal, PyTorch's its orthogonal_.
Usage: python draw_peer.py fill|again|orthogonal|small seconds numpy|pytorch
"""
import json
import resource
import sys
import time

workload, seconds, library = sys.argv[1], float(sys.argv[2]), sys.argv[3]
SHAPES = {"orthogonal": (1024, 1024), "small": (128, 128)}
ROWS, COLS = SHAPES.get(workload, (50_000, 1_000))

if library == "numpy":
    import numpy as np

    version = f"numpy {np.__version__}"
    rng = np.random.default_rng(0)
    same = np.empty((ROWS, COLS), np.float32)

    def orthogonal():
        q, r = np.linalg.qr(rng.standard_normal((ROWS, COLS)))
        return (q * np.sign(np.diag(r))).astype(np.float32)

    draw = {
        "fill": lambda: rng.standard_normal((ROWS, COLS), dtype=np.float32),
        "again": lambda: rng.standard_normal(dtype=np.float32, out=same),
        "orthogonal": orthogonal,
        "small": orthogonal,
    }[workload]
else:
    import torch

    torch.set_num_threads(1)
    version = f"torch {torch.__version__}"
    same = torch.empty(ROWS, COLS)
    draw = {
        "fill": lambda: torch.nn.init.kaiming_normal_(torch.empty(ROWS, COLS)),
        "again": lambda: torch.nn.init.kaiming_normal_(same),
        "orthogonal": lambda: torch.nn.init.orthogonal_(same),
        "small": lambda: torch.nn.init.orthogonal_(same),
    }[workload]

draw()
times, begin = [], time.process_time()
while time.process_time() - begin < seconds or len(times) < 3:
    before = time.process_time()
    draw()
    times.append(time.process_time() - before)
median = sorted(times)[len(times) // 2]
print(json.dumps({
    "seconds": median,
    "valuesPerSecond": ROWS * COLS / median,
    "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "version": version,
}))
