"""python random.golden.py > random.golden.json"""
import hashlib, json
import numpy as np
out = {"made by": "python random.golden.py, numpy " + np.__version__, "seeds": {}}
for seed in (0, 3, 4294967295):
    s = np.random.RandomState(seed)
    out["seeds"][str(seed)] = {
        "randn": s.randn(5).tolist(),
        "uniform": s.uniform(-2, 3, 4).tolist(),
        "normal": s.normal(1, 0.5, 4).tolist(),
        "permutation": s.permutation(10).tolist(),
        "then": s.random_sample(2).tolist(),
    }
million = np.random.RandomState(3).randn(1_000_000)
out["million"] = {"every 10007th": million[::10007].tolist(), "sum": float(np.sum(million)), "std": float(np.std(million))}
print(json.dumps(out))
