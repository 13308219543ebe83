"""The exact law of ReLU networks' squared length: M'/M = (2/n) sum g^2 1{g > 0}, made L times, then chi^2_n/n.

The number of active units is binomial, given it the sum is chi-squared; the characteristic function of the
logarithm is in closed form, its L-th power is inverted (Gil-Pelaez). NumPy 2, SciPy 1.
    python relu-law.golden.py > relu-law.golden.json
"""
import json
import numpy as np
from scipy.optimize import brentq
from scipy.special import loggamma
from scipy.stats import binom


def log_cf_ratio(s, n):
    k = np.arange(1, n + 1)
    p = binom.pmf(k, n, 0.5) / (1 - 0.5**n)
    terms = p[:, None] * np.exp(1j * s * np.log(4 / n) + loggamma(k[:, None] / 2 + 1j * s) - loggamma(k[:, None] / 2))
    return np.log(terms.sum(0))


def quantiles(n, layers):
    step, top = 0.002, 60.0
    s = np.arange(step / 2, top, step)
    unwrapped = log_cf_ratio(s, n)
    unwrapped = unwrapped.real + 1j * np.unwrap(unwrapped.imag)
    cf = np.exp((layers - 1) * unwrapped + 1j * s * np.log(2 / n) + loggamma(n / 2 + 1j * s) - loggamma(n / 2))
    cdf = lambda x: 0.5 - (np.imag(cf * np.exp(-1j * s * x)) / s).sum() * step / np.pi
    alive = (1 - 0.5**n) ** (layers - 1)
    # E[z^2] of layer 1 is 2 under He's weights: He's scheme from unit inputs.
    return [np.log(2) + brentq(lambda x: cdf(x) * alive + 1 - alive - p, -60, 15) for p in (0.05, 0.5, 0.95)]


rows = [[n, layers, *[round(q, 6) for q in quantiles(n, layers)]] for n, layers in
        [(8, 3), (8, 10), (16, 2), (16, 30), (16, 100), (50, 10), (256, 30)]]
print(json.dumps({"columns": ["width", "layers", "low", "median", "high"], "rows": rows}))
