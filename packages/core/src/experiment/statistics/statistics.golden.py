"""Golden values of the statistics.

Run: python statistics.golden.py > statistics.golden.json
"""
import json, sys
import numpy, scipy, statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = numpy.random.default_rng(20261124)

z = [[c, stats.norm.isf((1 - c) / 2)] for c in (0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.99999)]
wilson = [
    [count, of, c, *map(float, proportion_confint(count, of, alpha=1 - c, method="wilson"))]
    for c in (0.9, 0.95, 0.99)
    for count, of in ((0, 1), (1, 1), (0, 50), (1, 50), (25, 50), (47, 50), (50, 50), (3, 8), (812, 1000))
]
discordant = [(0, 0), (1, 0), (0, 5), (9, 1), (1, 9), (3, 3), (4, 3), (12, 5), (43, 7), (60, 41), (500, 430), (900, 400), (2500, 2300), (5200, 5100), (3000, 0)]
exact = [[a, b, float(mcnemar([[0, a], [b, 0]], exact=True).pvalue) if a + b else 1.0] for a, b in discordant]
# SciPy's own binomial test, independent of statsmodels.
for a, b, p in exact:
    if a + b:
        assert abs(stats.binomtest(a, a + b).pvalue - p) <= 1e-9 * max(p, 1e-300) + 1e-12, (a, b)

holm = []
for ps in ([0.01, 0.04, 0.03], [0.5], [0.2, 0.2, 0.2], [1.0, 0.0, 0.9, 0.001, 0.02], list(map(float, rng.random(12) ** 3))):
    holm.append([ps, list(map(float, multipletests(ps, method="holm")[1]))])

bootstrap = []
for n, resamples, c in ((6, 25, 0.95), (7, 40, 0.9), (20, 101, 0.95)):
    values = numpy.exp(rng.normal(size=n) * 0.3)
    uniforms = rng.random((resamples, n))
    medians = numpy.median(values[numpy.floor(uniforms * n).astype(int)], axis=1)
    low, high = numpy.percentile(medians, [50 * (1 - c), 50 * (1 + c)])
    bootstrap.append({"values": values.tolist(), "uniforms": uniforms.ravel().tolist(), "resamples": resamples, "confidence": c, "interval": [float(low), float(high)]})

a = numpy.round(numpy.exp(rng.normal(8.5, 0.5, 30)))
b = numpy.round(a * numpy.exp(rng.normal(0.1, 0.2, 30)))
spread = {
    "a": a.tolist(), "b": b.tolist(),
    "paired": float(numpy.std(numpy.log(a / b), ddof=1)),
    "unpaired": float(numpy.sqrt(numpy.var(numpy.log(a), ddof=1) + numpy.var(numpy.log(b), ddof=1))),
    "medianRatio": float(numpy.median(a / b)),
}

json.dump({
    "made": f"python statistics.golden.py > statistics.golden.json; Python {sys.version.split()[0]}, NumPy {numpy.__version__}, SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}",
    "z": [[c, float(v)] for c, v in z], "wilson": wilson, "mcnemar": exact, "holm": holm, "bootstrap": bootstrap, "spread": spread,
}, sys.stdout)
