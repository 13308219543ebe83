"""python truncated-normal.golden.py > truncated-normal.golden.json"""
import json
import scipy
from scipy.stats import truncnorm

BOUNDS = [(-2, 2), (-1, 1), (-3, 3), (0, 4), (-0.5, 2.5), (1, 3), (3, 5), (-7, -6), (-30, 30), (10, 40)]
rows = [{"low": a, "high": b, "std": float(truncnorm.std(a, b))} for a, b in BOUNDS]
print(json.dumps({"made by": "python truncated-normal.golden.py, scipy " + scipy.__version__, "cuts": rows}))
