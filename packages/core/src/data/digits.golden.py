"""python digits.golden.py: writes digits-text.ts (the table) and digits.golden.json (what it must come to)."""
import base64
import hashlib
import json
import zlib
import numpy as np
import sklearn
from sklearn.datasets import load_digits

data = load_digits()
pixels = data.data.astype(np.uint8)
labels = data.target.astype(np.uint8)
assert (pixels == data.data).all() and pixels.shape == (1797, 64) and pixels.max() == 16
table = pixels.tobytes() + labels.tobytes()
coder = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
text = base64.b64encode(coder.compress(table) + coder.flush()).decode()
with open("digits-text.ts", "w") as file:
    file.write(f"""/**
 * @file The test part of "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak, UCI Machine Learning
 * Repository, https://doi.org/10.24432/C50P49, CC BY 4.0) as scikit-learn {sklearn.__version__} carries it: 1,797 rows of 64 bytes
 * from 0 to 16, then 1,797 labels; packed by zlib, in base64. Written by digits.golden.py.
 */
export const DIGITS_TEXT =
  "{text}";
""")
rows = [0, 1, 898, 1796]
print(json.dumps({
    "made by": "python digits.golden.py, scikit-learn " + sklearn.__version__,
    "sha256": hashlib.sha256(table).hexdigest(),
    "sum": int(pixels.sum()),
    "perClass": np.bincount(labels).tolist(),
    "rows": [{"row": r, "pixels": pixels[r].tolist(), "label": int(labels[r])} for r in rows],
}))
