"""Float16 as NumPy rounds it and bfloat16 as ml_dtypes does: half.golden.json.

python half.golden.py > half.golden.json
"""
import json
import sys

import ml_dtypes
import numpy as np

words = [0, 1, 0x33000000, 0x33000001, 0x33800000, 0x33c00000, 0x387fe000, 0x387fefff, 0x387ff000, 0x38800000,
         0x3f800000, 0x3f801000, 0x3f803000, 0x3f808000, 0x3f818000, 0x3f807fff, 0x477fe000, 0x477fefff, 0x477ff000,
         0x7f7fffff, 0x7f800000, 0x7f7f7fff, 0x7f7f8000]
words += [w | 0x80000000 for w in words]
rng = np.random.RandomState(0)
words += [int(w) for w in rng.randint(0, 2**32, 300, dtype=np.uint32) if (w & 0x7f800000) != 0x7f800000]
words += [int(w) for w in (rng.standard_normal(300) * 10.0 ** rng.randint(-8, 5, 300)).astype(np.float32).view(np.uint32)]
x = np.array(words, dtype=np.uint32).view(np.float32)
with np.errstate(over="ignore"):
    half = x.astype(np.float16).view(np.uint16)
    brain = x.astype(ml_dtypes.bfloat16).view(np.uint16)
print(json.dumps({
    "command": "python half.golden.py",
    "versions": {"numpy": np.__version__, "ml_dtypes": ml_dtypes.__version__, "python": sys.version.split()[0]},
    "float32": words, "float16": half.tolist(), "bfloat16": brain.tolist(),
}))
