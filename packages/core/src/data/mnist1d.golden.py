"""python mnist1d.golden.py > mnist1d.golden.json, with mnist1d 0.0.2.post1 (https://github.com/greydanus/mnist1d)"""
import json
import numpy as np
import scipy
from mnist1d.data import get_dataset_args, make_dataset

out = {"made by": f"python mnist1d.golden.py, mnist1d 0.0.2.post1, numpy {np.__version__}, scipy {scipy.__version__}", "cases": []}
# Weights that tell every place from every other: two sums of all values, weighted by place.
weights = lambda count: np.cos(np.arange(count) * 0.7)
for samples, test, seed, rows in [(4000, 1000, 42, 60), (70, 30, 7, 70), (10, 0, 0, 10)]:
    args = get_dataset_args()
    args.num_samples = samples + test
    args.train_split = samples / (samples + test)
    args.seed = seed
    data = make_dataset(args)
    case = {"samples": samples, "testSamples": test, "seed": seed}
    for part, x, y in [("train", data["x"], data["y"]), ("test", data["x_test"], data["y_test"])]:
        assert len(y) == {"train": samples, "test": test}[part]
        step = max(1, len(y) // rows)
        case[part] = {
            "y": "".join(map(str, y)),
            "every": step,
            "x": x[::step].tolist(),
            "rowSums": np.round(x.sum(1), 11).tolist() if samples < 4000 else None,
            "sumOfRows": (x * weights(len(y))[:, None]).sum(0).tolist(),
            "sumOfColumns": float((x * weights(40)).sum()),
        }
    out["cases"].append(case)
print(json.dumps(out))
