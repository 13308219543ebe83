"""Writes optimizer.golden.json: python optimizer.golden.py, with torch==2.15.0, keras==3.15.1, optax==0.2.8 and jax==0.10.2.

200 updates of a matrix [3, 5] and a vector [3] in float64, by each library's own optimizer, learning rate schedule and
clipping. The gradient is of a bowl with a quartic term, plus a term that changes with every update.
"""
import json
import math
import os

os.environ["KERAS_BACKEND"] = "torch"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch

torch.set_num_threads(1)
keras.backend.set_floatx("float64")
# Keras takes norms in float32, whatever the values are: Muon's is left in float64 here.
keras.ops.norm = lambda x, axis, keepdims: torch.linalg.norm(x, dim=axis, keepdim=keepdims)
import keras.src.optimizers.muon as keras_muon

keras_muon.ops.norm = keras.ops.norm
# So it does a minimum with a Python number.
import keras.src.optimizers.base_optimizer as keras_base

keras_base.ops.minimum = lambda x, y: torch.clamp(x, max=y)
STEPS, KEPT = 200, (1, 2, 50, 200)
SHAPES = ((3, 5), (3,))
RATE = 0.01


def numbers(shape, salt):
    count = int(np.prod(shape))
    return np.array([((i * 7919 + salt) % 2003) / 1000 - 1 for i in range(count)]).reshape(shape)


START = [numbers(shape, 5 + 311 * k) for k, shape in enumerate(SHAPES)]
GOAL = [numbers(shape, 77 + 91 * k) for k, shape in enumerate(SHAPES)]


def gradients(weights, k):
    """At update k = 0, 1, ..."""
    out = []
    for n, (w, goal) in enumerate(zip(weights, GOAL)):
        i = np.arange(w.size).reshape(w.shape)
        wobble = ((k * 104729 + i * 7919 + n * 31) % 1009) / 1009 - 0.5
        out.append((w - goal) * (0.3 + 0.1 * (i % 7)) + 0.05 * w * w * w + 0.4 * wobble)
    return out


# The schedules by each library's own functions: factors of the rate at update k = 0, 1, ...
def torch_schedule(opt, name, warmup=0):
    s = torch.optim.lr_scheduler
    left = STEPS - warmup
    main = {
        "constant": lambda: s.ConstantLR(opt, 1.0),
        "step": lambda: s.StepLR(opt, left // 3, 0.1),
        "exponential": lambda: s.ExponentialLR(opt, 0.01 ** (1 / left)),
        "cosine": lambda: s.CosineAnnealingLR(opt, left),
        "linear": lambda: s.LinearLR(opt, 1.0, 0.0, left),
        "oneCycle": lambda: s.OneCycleLR(opt, RATE, left, cycle_momentum=False),
    }[name]()
    if warmup == 0:
        return main
    rise = s.LinearLR(opt, 1 / warmup, 1.0, warmup - 1)
    return s.SequentialLR(opt, [rise, main], [warmup])


def run_torch(make, name="constant", warmup=0, norm=None, value=None):
    ps = [torch.nn.Parameter(torch.tensor(w)) for w in START]
    opts = make(ps)
    opts = opts if isinstance(opts, list) else [opts]
    schedules = [torch_schedule(o, name, warmup) for o in opts]
    kept = []
    for k in range(STEPS):
        for p, g in zip(ps, gradients([p.detach().numpy() for p in ps], k)):
            p.grad = torch.tensor(g)
        if value is not None:
            torch.nn.utils.clip_grad_value_(ps, value)
        if norm is not None:
            torch.nn.utils.clip_grad_norm_(ps, norm)
        for o in opts:
            o.step()
        for one in schedules:
            one.step()
        if k + 1 in KEPT:
            kept.append([p.detach().numpy().ravel().tolist() for p in ps])
    return kept


def keras_rate(name):
    s = keras.optimizers.schedules
    third = STEPS // 3
    if name == "constant":
        return RATE
    if name == "step":
        return s.ExponentialDecay(RATE, third, 0.1, staircase=True)
    if name == "exponential":
        return s.ExponentialDecay(RATE, 1, 0.01 ** (1 / STEPS))
    if name == "cosine":
        return s.CosineDecay(RATE, STEPS)
    if name == "linear":
        return s.PolynomialDecay(RATE, STEPS, 0.0)
    raise ValueError(name)


def run_keras(make, name="constant"):
    # Kernels in Keras are [in, out].
    turn = [lambda a: np.ascontiguousarray(a.T), lambda a: a]
    vs = [keras.Variable(t(w), dtype="float64", name=n) for t, w, n in zip(turn, START, ("kernel", "bias"))]
    opt = make(keras_rate(name))
    opt.build(vs)
    kept = []
    for k in range(STEPS):
        now = [t(keras.ops.convert_to_numpy(v)) for t, v in zip(turn, vs)]
        opt.apply([torch.tensor(t(g)) for t, g in zip(turn, gradients(now, k))], vs)
        if k + 1 in KEPT:
            kept.append([t(keras.ops.convert_to_numpy(v)).ravel().tolist() for t, v in zip(turn, vs)])
    return kept


def optax_rate(name):
    # Optax computes its schedules in float32: the factors come as a table.
    third = STEPS // 3
    factor = {
        "constant": lambda k: 1.0,
        "step": lambda k: 0.1 ** (k // third),
        "exponential": lambda k: (0.01 ** (1 / STEPS)) ** k,
        "cosine": lambda k: (1 + math.cos(math.pi * k / STEPS)) / 2,
        "linear": lambda k: 1 - k / STEPS,
    }[name]
    table = jnp.asarray([RATE * factor(k) for k in range(STEPS)], dtype=jnp.float64)
    return lambda count: table[count]


def run_optax(make, name="constant"):
    # Kernels are [in, out], as Flax has them.
    turn = [lambda a: a.T, lambda a: a]
    ws = [jnp.asarray(t(w)) for t, w in zip(turn, START)]
    opt = make(optax_rate(name))
    state = opt.init(ws)
    update = jax.jit(opt.update)
    kept = []
    for k in range(STEPS):
        gs = [jnp.asarray(t(g)) for t, g in zip(turn, gradients([t(np.asarray(w)) for t, w in zip(turn, ws)], k))]
        updates, state = update(gs, state, ws)
        ws = optax.apply_updates(ws, updates)
        if k + 1 in KEPT:
            kept.append([t(np.asarray(w)).ravel().tolist() for t, w in zip(turn, ws)])
    return kept


T, K, O = torch.optim, keras.optimizers, optax


def torch_muon(ps, **options):
    """torch.optim.Muon takes matrices alone; its rounds are left in float64 here, not rounded to bfloat16."""
    import torch.optim._muon as source

    if not hasattr(source, "_patched"):
        text = open(source.__file__).read()
        rounded = "ortho_grad = grad.to(dtype=torch.bfloat16, copy=True)"
        assert rounded in text
        exec(compile(text.replace(rounded, "ortho_grad = grad.clone()"), source.__file__, "exec"), source.__dict__)
        source._patched = True
    return [
        source.Muon([p for p in ps if p.ndim == 2], lr=RATE, **options),
        T.AdamW([p for p in ps if p.ndim != 2], lr=RATE, weight_decay=0.01),
    ]


D = {"weightDecay": 0.05}
TORCH = [
    ("sgd", {}, lambda ps: T.SGD(ps, RATE)),
    ("sgd", D, lambda ps: T.SGD(ps, RATE, weight_decay=0.05)),
    ("sgd", {"momentum": 0.9}, lambda ps: T.SGD(ps, RATE, momentum=0.9)),
    ("sgd", {"momentum": 0.9, "dampening": 0.3, **D}, lambda ps: T.SGD(ps, RATE, 0.9, 0.3, 0.05)),
    ("sgd", {"momentum": 0.9, "nesterov": True}, lambda ps: T.SGD(ps, RATE, 0.9, nesterov=True)),
    ("sgd", {"momentum": 0.8, "nesterov": True, **D}, lambda ps: T.SGD(ps, RATE, 0.8, 0, 0.05, True)),
    ("rmsprop", {}, lambda ps: T.RMSprop(ps, RATE)),
    ("rmsprop", {"rho": 0.9, "momentum": 0.8, **D}, lambda ps: T.RMSprop(ps, RATE, 0.9, 1e-8, 0.05, 0.8)),
    ("rmsprop", {"centered": True}, lambda ps: T.RMSprop(ps, RATE, centered=True)),
    ("rmsprop", {"centered": True, "momentum": 0.5, **D}, lambda ps: T.RMSprop(ps, RATE, 0.99, 1e-8, 0.05, 0.5, True)),
    ("adagrad", {}, lambda ps: T.Adagrad(ps, RATE)),
    ("adagrad", {"rateDecay": 0.01, "initialAccumulator": 0.2, **D}, lambda ps: T.Adagrad(ps, RATE, 0.01, 0.05, 0.2)),
    ("adam", {}, lambda ps: T.Adam(ps, RATE)),
    ("adam", {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4, **D}, lambda ps: T.Adam(ps, RATE, (0.8, 0.95), 1e-4, 0.05)),
    ("adam", {"amsgrad": True}, lambda ps: T.Adam(ps, RATE, amsgrad=True)),
    ("adam", {"amsgrad": True, "beta2": 0.9, **D}, lambda ps: T.Adam(ps, RATE, (0.9, 0.9), 1e-8, 0.05, True)),
    ("adamW", {}, lambda ps: T.AdamW(ps, RATE)),
    ("adamW", {"weightDecay": 0.5, "amsgrad": True}, lambda ps: T.AdamW(ps, RATE, weight_decay=0.5, amsgrad=True)),
    ("nadam", {}, lambda ps: T.NAdam(ps, RATE)),
    ("nadam", {"momentumDecay": 0.1, **D}, lambda ps: T.NAdam(ps, RATE, weight_decay=0.05, momentum_decay=0.1)),
    ("muon", {}, lambda ps: torch_muon(ps)),
    ("muon", {"nesterov": False, "momentum": 0.9, "weightDecay": 0.0}, lambda ps: torch_muon(ps, nesterov=False, momentum=0.9, weight_decay=0.0)),
]
KERAS = [
    ("sgd", {}, lambda r: K.SGD(r)),
    ("sgd", {"momentum": 0.9, **D}, lambda r: K.SGD(r, 0.9, weight_decay=0.05)),
    ("sgd", {"momentum": 0.9, "nesterov": True}, lambda r: K.SGD(r, 0.9, True)),
    ("rmsprop", {}, lambda r: K.RMSprop(r)),
    ("rmsprop", {"momentum": 0.8, **D}, lambda r: K.RMSprop(r, momentum=0.8, weight_decay=0.05)),
    ("rmsprop", {"centered": True, "momentum": 0.5}, lambda r: K.RMSprop(r, centered=True, momentum=0.5)),
    ("adagrad", {}, lambda r: K.Adagrad(r)),
    ("adagrad", D, lambda r: K.Adagrad(r, weight_decay=0.05)),
    ("adam", {}, lambda r: K.Adam(r)),
    ("adam", {"amsgrad": True, "beta2": 0.9, **D}, lambda r: K.Adam(r, beta_2=0.9, amsgrad=True, weight_decay=0.05)),
    ("adamW", {}, lambda r: K.AdamW(r)),
    ("nadam", {}, lambda r: K.Nadam(r)),
    ("nadam", D, lambda r: K.Nadam(r, weight_decay=0.05)),
    ("muon", {}, lambda r: K.Muon(r)),
    ("muon", {"nesterov": False}, lambda r: K.Muon(r, nesterov=False)),
]
OPTAX = [
    ("sgd", {}, lambda r: O.sgd(r)),
    ("sgd", {"momentum": 0.9}, lambda r: O.sgd(r, 0.9)),
    ("sgd", {"momentum": 0.9, "nesterov": True}, lambda r: O.sgd(r, 0.9, True)),
    ("rmsprop", {}, lambda r: O.rmsprop(r)),
    ("rmsprop", {"momentum": 0.8}, lambda r: O.rmsprop(r, momentum=0.8)),
    ("rmsprop", {"centered": True}, lambda r: O.rmsprop(r, centered=True)),
    ("adagrad", {}, lambda r: O.adagrad(r)),
    ("adam", {}, lambda r: O.adam(r)),
    ("adamW", {}, lambda r: O.adamw(r)),
    ("adamW", {"weightDecay": 0.5}, lambda r: O.adamw(r, weight_decay=0.5)),
    ("nadam", {}, lambda r: O.nadam(r)),
    ("muon", {}, lambda r: O.contrib.muon(r)),
    ("muon", {"nesterov": False, "weightDecay": 0.1}, lambda r: O.contrib.muon(r, nesterov=False, weight_decay=0.1)),
]
cases = []


def add(name, options, schedule, kept, **more):
    cases.append({"optimizer": {"name": name, **options}, "schedule": schedule, **more, "values": kept})


ALL = ("constant", "step", "exponential", "cosine", "linear", "oneCycle")
for name, options, make in TORCH:
    for schedule in ALL:
        add(name, options, schedule, run_torch(make, schedule))
for name, options, make in KERAS:
    for schedule in ALL[:5]:
        add(f"keras:{name}", options, schedule, run_keras(make, schedule))
for name, options, make in OPTAX:
    for schedule in ALL[:5]:
        add(f"optax:{name}", options, schedule, run_optax(make, schedule))
for schedule in ALL[:5]:
    make = dict((n, m) for n, o, m in TORCH if not o)["adamW"]
    add("adamW", {}, schedule, run_torch(make, schedule, 20), warmup=20)
sgd, adam = (dict((n, m) for n, o, m in TORCH if not o)[n] for n in ("sgd", "adam"))
for name, make in (("sgd", sgd), ("adam", adam)):
    add(name, {}, "constant", run_torch(make, norm=0.7), clip={"norm": 0.7})
    add(name, {}, "constant", run_torch(make, value=0.2), clip={"value": 0.2})
    add(name, {}, "constant", run_torch(make, norm=0.5, value=0.2), clip={"norm": 0.5, "value": 0.2})
add("keras:sgd", {}, "constant", run_keras(lambda r: K.SGD(r, global_clipnorm=0.5)), clip={"norm": 0.5})
add("keras:sgd", {}, "constant", run_keras(lambda r: K.SGD(r, clipvalue=0.2)), clip={"value": 0.2})
add("optax:sgd", {}, "constant", run_optax(lambda r: O.chain(O.clip_by_global_norm(0.7), O.sgd(r))), clip={"norm": 0.7})

# The end of every case, and the whole way under constant rates: 16 digits each.
for one in cases:
    if one["schedule"] != "constant":
        one["values"] = [[w[:2] for w in one["values"][-1]]]
with open("optimizer.golden.json", "w") as file:
    json.dump({"made by": "python optimizer.golden.py", "steps": STEPS, "kept": KEPT, "rate": RATE, "cases": cases}, file)
    file.write("\n")
