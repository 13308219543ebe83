"""Correctly rounded values by mpmath: python functions.golden.py > functions.golden.json"""
import json, random
import mpmath as mp
mp.mp.prec = 1300
random.seed(1)
def points(lo, hi, extra, n=300):
    return sorted(set([random.uniform(lo, hi) for _ in range(n)] + [random.choice([-1, 1]) * 10 ** random.uniform(-12, 0) for _ in range(60)] + extra))
inside = lambda lo, hi, xs: [x for x in xs if lo < x < hi]
cases = {
    "exp": (mp.exp, points(-740, 709, [1.0, -1.0, 1e-300, -708.5, -744.0])),
    "expm1": (mp.expm1, points(-40, 40, [1e-17, 0.3, 0.35, 0.7, -0.35])),
    "log": (mp.log, inside(0, 1e309, [abs(x) for x in points(0, 10, [5e-324, 2.2e-308, 1.7e308, 0.999999, 1.000001])])),
    "log1p": (mp.log1p, inside(-1, 1e309, points(-1, 10, [1e-17, -1 + 1e-15, 1e300]))),
    "tanh": (mp.tanh, points(-25, 25, [1e-17, 0.5])),
    "sin": (mp.sin, points(-100, 100, [1e5 + 0.5, 1e6, 1e22, 3.141592653589793, 1e300, 11.0])),
    "cos": (mp.cos, points(-100, 100, [1e5 + 0.5, 1e6, 1e22, 1.5707963267948966, 1e300, 11.0])),
    "erf": (mp.erf, points(-6, 6, [1e-17, 2.0, 1.9999])),
    "erfc": (mp.erfc, points(-6, 26, [0.5, 2.0])),
    "erfinv": (mp.erfinv, inside(-1, 1, points(-1, 1, [0.5, 1 - 1e-10]))),
}
out = {"made by": "python functions.golden.py, mpmath " + mp.__version__}
for name, (f, xs) in cases.items():
    out[name] = [[x, float(f(mp.mpf(x)))] for x in xs if mp.isfinite(f(mp.mpf(x)))]
out["normalQuantile"] = [[p, float(mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1))] for p in [random.random() for _ in range(300)] + [1e-300, 1e-20, 1e-10, 0.075, 0.925, 1 - 1e-12]]
out["pow"] = [[[x, y], float(mp.power(mp.mpf(x), mp.mpf(y)))] for x, y in [(random.uniform(0, 100), random.uniform(-50, 50)) for _ in range(300)]]
print(json.dumps(out))
