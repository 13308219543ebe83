"""python data.golden.py > data.golden.json"""
import json
import sklearn
from sklearn.datasets import make_circles, make_moons
out = {"made by": "python data.golden.py, scikit-learn " + sklearn.__version__, "cases": []}
for n, noise, seed in [(300, 0.05, 1), (101, 0.2, 7), (2, 0.1, 0)]:
    for name, f in [("circles", lambda: make_circles(n, noise=noise, factor=0.8, random_state=seed)), ("moons", lambda: make_moons(n, noise=noise, random_state=seed))]:
        x, y = f()
        out["cases"].append({"name": name, "samples": n, "noise": noise, "seed": seed, "x": x.tolist(), "y": y.tolist()})
print(json.dumps(out))
