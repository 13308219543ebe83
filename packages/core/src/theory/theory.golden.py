"""Critical pairs and lengths of every activation by SciPy: python theory.golden.py > theory.golden.json

A pair is critical where q = σ_w² E[φ(√q z)²] + σ_b² with σ_w² = 1 / E[φ′(√q z)²] and lengths settle at q: where
the slope of the length map is below 1, or is 1 and lengths come from one side. Moments by composite Gauss rules
between kinks, checked by scipy.integrate.quad; roots by brentq from a scan of 1,400 lengths, 1e-6 to 1e8.
"""
import json
import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import expit, erf

BIASES = [0, 0.001, 0.01, 0.02, 0.05, 0.05514317, 0.1, 0.17292239, 0.2, 0.5, 0.55514317, 1]
GIVEN = [(0.8, 0.1), (1.9, 0.02)]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
softplus = lambda x: np.logaddexp(0, x)
npdf = lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
low = lambda x: np.minimum(x, 0)
L, A = 1.0507009873554805, 1.6732632423543772
gt = lambda x: np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)

# name, JavaScript or None, φ, φ′, kinks, frequency
ACTIVATIONS = [
    ("linear", "x => x", lambda x: x, lambda x: 0 * x + 1, []),
    ("relu", "x => Math.max(0, x)", lambda x: np.maximum(0, x), lambda x: 1.0 * (x > 0), [0]),
    ("leakyRelu:0.2", "x => x > 0 ? x : 0.2 * x", lambda x: np.where(x > 0, x, 0.2 * x), lambda x: np.where(x > 0, 1, 0.2), [0]),
    ("prelu", "x => Math.max(x, x / 4)", lambda x: np.where(x > 0, x, 0.25 * x), lambda x: np.where(x > 0, 1, 0.25), [0]),
    ("elu", "x => x > 0 ? x : Math.exp(x) - 1", lambda x: np.where(x > 0, x, np.expm1(low(x))), lambda x: np.exp(low(x)), [0]),
    ("elu:2", "x => x > 0 ? x : 2 * Math.expm1(x)", lambda x: np.where(x > 0, x, 2 * np.expm1(low(x))), lambda x: np.where(x > 0, 1, 2 * np.exp(low(x))), [0]),
    ("selu", "x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1))", lambda x: L * np.where(x > 0, x, A * np.expm1(low(x))), lambda x: L * np.where(x > 0, 1, A * np.exp(low(x))), [0]),
    ("celu:0.5", "x => Math.max(0, x) + Math.min(0, (Math.exp(2 * x) - 1) / 2)", lambda x: np.where(x > 0, x, 0.5 * np.expm1(2 * low(x))), lambda x: np.exp(2 * low(x)), [0]),
    ("gelu", None, lambda x: x * (1 + erf(x / 2**0.5)) / 2, lambda x: (1 + erf(x / 2**0.5)) / 2 + x * npdf(x), []),
    ("geluTanh", "x => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))", lambda x: x * expit(2 * gt(x)), lambda x: expit(2 * gt(x)) + x * expit(2 * gt(x)) * expit(-2 * gt(x)) * 2 * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x * x), []),
    ("silu", "x => x / (1 + Math.exp(-x))", lambda x: x * expit(x), lambda x: expit(x) + x * expit(x) * expit(-x), []),
    ("mish", "x => x * Math.tanh(Math.log(1 + Math.exp(x)))", lambda x: x * np.tanh(softplus(x)), lambda x: np.tanh(softplus(x)) + x * expit(x) * (1 - np.tanh(softplus(x)) ** 2), []),
    ("softplus", "x => Math.log(1 + Math.exp(x))", softplus, expit, []),
    ("tanh", "x => (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x))", np.tanh, lambda x: 1 - np.tanh(x) ** 2, []),
    ("sigmoid", "x => 1 / (1 + Math.exp(-x))", expit, lambda x: expit(x) * expit(-x), []),
    ("hardTanh", "x => Math.max(-1, Math.min(1, x))", lambda x: np.clip(x, -1, 1), lambda x: 1.0 * (abs(x) < 1), [-1, 1]),
    ("hardSigmoid", "x => Math.min(1, Math.max(0, x / 6 + 0.5))", lambda x: np.clip(x / 6 + 0.5, 0, 1), lambda x: (abs(x) < 3) / 6, [-3, 3]),
    ("hardSwish", "x => x * Math.min(1, Math.max(0, x / 6 + 0.5))", lambda x: x * np.clip(x / 6 + 0.5, 0, 1), lambda x: np.where(x > 3, 1, np.where(x < -3, 0, x / 3 + 0.5)), [-3, 3]),
    ("sin:1", "x => Math.sin(x)", np.sin, np.cos, []),
    ("sin:30", "x => Math.sin(30 * x)", lambda x: np.sin(30 * x), lambda x: 30 * np.cos(30 * x), []),
    ("softsign", "x => x / (1 + Math.abs(x))", lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, [0]),
]
LINEAR = {"linear", "relu", "leakyRelu:0.2", "prelu"}


def integrals(phi, slope, kinks, fine):
    """E[φ²], E[φ′²] and d E[φ²] / dq at a length."""
    def at(q):
        root = q**0.5
        bends = np.array([-30, -10, -4, -1.5, -0.5, 0, 0.5, 1.5, 4, 10, 30, *kinks]) / root
        ends = np.unique(np.concatenate([np.linspace(-13, 13, 27 * fine), bends[abs(bends) < 13]]))
        half = (ends[1:] - ends[:-1])[:, None] / 2
        z = (half * NODES + (ends[1:] + ends[:-1])[:, None] / 2).ravel()
        w = (half * WEIGHTS).ravel() * npdf(z)
        f, d = phi(root * z), slope(root * z)
        return (w * f * f).sum(), (w * d * d).sum(), (w * f * d * z).sum() / root
    return at


def check(phi, slope, kinks, at):
    """The same by quad at three lengths."""
    for q in [0.3, 1, 7]:
        root = q**0.5
        ends = sorted({-13, -5, -1, 0, 1, 5, 13, *(k / root for k in kinks if abs(k / root) < 13)})
        for got, f in zip(at(q), [phi, slope]):
            wanted = sum(quad(lambda z: f(root * z) ** 2 * npdf(z), a, b, epsabs=1e-13, limit=2000)[0] for a, b in zip(ends, ends[1:]))
            assert abs(got - wanted) < 1e-9 * max(1, wanted), (q, got, wanted)


def critical(name, at, lengths, curves, slope, bias):
    if name in LINEAR:
        return [1 / at(1)[1], None, "stable"] if bias == 0 else None
    gaps = lengths - curves[:, 0] / curves[:, 1] - bias
    found = []
    if bias == 0 and abs(at(1e-12)[0]) < 1e-6:
        weight = 2 / (slope(np.array(1e-300)) ** 2 + slope(np.array(-1e-300)) ** 2)
        if weight * at(0.1)[0] < 0.1 * (1 - 1e-9):
            found.append([float(weight), 0, "stable"])
    for i in np.nonzero((gaps[1:] > 0) != (gaps[:-1] > 0))[0]:
        # Below rounding there is no sign; length 0 is judged above.
        if max(abs(gaps[i]) / lengths[i], abs(gaps[i + 1]) / lengths[i + 1]) < 1e-8:
            continue
        q = brentq(lambda q: q - at(q)[0] / at(q)[1] - bias, lengths[i], lengths[i + 1], xtol=1e-15, rtol=1e-13)
        _, power, growth = at(q)
        if growth / power < 1 - 1e-6:
            found.append([1 / power, q, "stable"])
        elif growth / power < 1 + 1e-6:
            found.append([1 / power, q, "half-stable"])
    assert len(found) <= 1, (name, bias, found)
    return found[0] if found else None


def given(name, at, weight, bias):
    """Length from 1 by iteration, χ₁, and the slope of the length map."""
    q = 1.0
    for _ in range(20000):
        new = weight * at(q)[0] + bias
        if new > 1e9:
            return None
        if abs(new - q) <= 1e-15 * q:
            break
        q = new
    _, power, growth = at(q)
    return [weight, bias, q, weight * power, weight * growth]


rows = []
for name, expression, phi, slope, kinks in ACTIVATIONS:
    at = integrals(phi, slope, kinks, 40 if name == "sin:30" else 2)
    check(phi, slope, kinks, at)
    lengths = 10 ** np.arange(-6, 1 if name == "sin:30" else 8, 0.01)
    curves = np.array([at(q) for q in lengths])
    pairs = [critical(name, at, lengths, curves, slope, bias) for bias in BIASES]
    settled = [found for weight, bias in GIVEN if (found := given(name, at, weight, bias)) is not None]
    gains = [1 / (at(1)[0] ** 0.5), 1 / (at(1)[1] ** 0.5)]
    rows.append({"name": name, "expression": expression, "gains": gains, "critical": pairs, "given": settled})
print(json.dumps({"made by": "python theory.golden.py, scipy " + scipy.__version__, "biases": BIASES, "rows": rows}))
