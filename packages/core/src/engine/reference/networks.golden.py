"""Writes networks.golden.json: python networks.golden.py, with torch==2.15.0 on a CPU, in float64.

Models are plain data, made of torch's own modules here; parameters, inputs and labels are filled by formula. Of a
tensor the file has the product with fixed coefficients, or its norm and that. `runs`: 20 updates of all samples: the
loss in training, the loss in evaluation, every gradient of every update; parameters and running statistics at the end.
`layers`: one layer under each loss.
"""
import json
import math

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
STEPS, SAMPLES = 20, 6


def numbers(count, salt):
    return torch.tensor([(31 * i * i + 7919 * i + 257 * salt) % 2003 / 1000 - 1 for i in range(count)])


def fill(path, shape, salt):
    values = numbers(math.prod(shape), salt).reshape(shape)
    name = path.split("/")[-1]
    if name == "kernel":
        return values * 1.5 / math.sqrt(math.prod(shape[1:]))
    return 1 + 0.3 * values if name == "scale" else 0.5 * values if name == "embedding" else 0.2 * values


def number(value):
    return float(f"{value:.12e}")


def product(tensor):
    flat = tensor.reshape(-1)
    if flat.numel() not in coefficients:
        coefficients[flat.numel()] = numbers(flat.numel(), 1)
    return number((flat * coefficients[flat.numel()]).sum().item())


coefficients = {}


def summary(tensor, samples_first=False):
    """Norm and product, of a batch in the order [features][positions][samples]."""
    return [number(tensor.norm().item()), product(tensor.movedim(0, -1) if samples_first else tensor)]


ACTIVATIONS = {"linear": lambda z: z, "tanh": torch.tanh, "relu": F.relu, "gelu": F.gelu, "silu": F.silu, "elu": F.elu}


def axes(value, count):
    return tuple(value) if isinstance(value, list) else (value,) * count


class Last(nn.Module):
    """Features last for a module, and back."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x.movedim(1, -1)).movedim(-1, 1)


class Then(nn.Module):
    def __init__(self, inner, name):
        super().__init__()
        self.inner, self.name = inner, name

    def forward(self, x):
        return ACTIVATIONS[self.name](self.inner(x))


class Same(nn.Module):
    """Zeros around for ceil(length / stride) outputs, the odd one after."""

    def __init__(self, inner, lengths):
        super().__init__()
        self.inner, self.pads = inner, []
        for length, k, s, d in zip(lengths, inner.kernel_size, inner.stride, inner.dilation):
            whole = max(0, (-(-length // s) - 1) * s + d * (k - 1) + 1 - length)
            self.pads = [whole // 2, whole - whole // 2] + self.pads

    def forward(self, x):
        return self.inner(F.pad(x, self.pads))


class Global(nn.Module):
    def forward(self, x):
        return x.flatten(2).mean(2)


class Learned(nn.Module):
    """A scale or a shift."""

    def __init__(self, how, count):
        super().__init__()
        self.how, self.weight = how, nn.Parameter(torch.zeros(count))

    def forward(self, x):
        w = self.weight.reshape(-1, *(1,) * (x.dim() - 2))
        return x * w if self.how == "scale" else x + w


class Residual(nn.Module):
    def __init__(self, branch, shortcut, branch_scale, skip_scale):
        super().__init__()
        self.branch, self.shortcut, self.a, self.b = branch, shortcut, skip_scale, branch_scale

    def forward(self, x):
        return self.a * self.shortcut(x) + self.b * self.branch(x)


class Gated(nn.Module):
    def __init__(self, value, gate):
        super().__init__()
        self.value, self.gate = value, gate

    def forward(self, x):
        return self.value(x) * self.gate(x)


class Table(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.table = nn.Embedding(tokens, width)

    def forward(self, x):
        return self.table(x).movedim(-1, 1)


class Positions(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.table = nn.Embedding(length, width)

    def forward(self, x):
        return x + self.table(torch.arange(x.shape[2])).T


class Packed(nn.Module):
    def __init__(self, width, heads, causal, bias):
        super().__init__()
        self.inner, self.causal = nn.MultiheadAttention(width, heads, bias=bias, batch_first=True), causal

    def forward(self, x):
        t = x.movedim(1, -1)
        mask = torch.ones(t.shape[1], t.shape[1]).triu(1).bool() if self.causal else None
        return self.inner(t, t, t, attn_mask=mask, need_weights=False)[0].movedim(-1, 1)


class Separate(nn.Module):
    def __init__(self, width, heads, causal, bias):
        super().__init__()
        self.query, self.key, self.value, self.projection = (nn.Linear(width, width, bias=bias) for _ in range(4))
        self.heads, self.causal = heads, causal

    def forward(self, x):
        t = x.movedim(1, -1)
        q, k, v = (m(t).unflatten(2, (self.heads, -1)).transpose(1, 2) for m in (self.query, self.key, self.value))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
        return self.projection(y.transpose(1, 2).flatten(2)).movedim(-1, 1)


def build(layers, x, prefix, found, tokens=None):
    """torch's modules for a list of layers that gets x; (path, parameter) of each go to `found`, in our order."""
    counts, modules = {}, []
    for layer in layers:
        kind = layer["kind"]
        counts[kind] = counts.get(kind, 0) + 1
        path = f"{prefix}{kind}{counts[kind]}"
        module, own = one(layer, x, path, found, tokens)
        found.extend((f"{path}/{name}", p) for name, p in own if p is not None)
        modules.append(module)
        x = module(x)
    return nn.Sequential(*modules)


def one(layer, x, path, found, tokens):
    kind, get = layer["kind"], layer.get
    features, n = (x.shape[1], x.dim() - 2) if x.is_floating_point() else (1, 1)
    bias = get("bias", True)
    if kind == "dense":
        m = nn.Linear(features, layer["units"], bias=bias)
        return Then(Last(m), get("activation")), [("kernel", m.weight), ("bias", m.bias)]
    if kind == "conv":
        same = get("padding") == "same"
        make = nn.Conv1d if n == 1 else nn.Conv2d
        m = make(features, layer["channels"], axes(layer["kernel"], n), axes(get("stride", 1), n),
                 0 if same else axes(get("padding", 0), n), axes(get("dilation", 1), n), get("groups", 1), bias)
        return Then(Same(m, x.shape[2:]) if same else m, get("activation")), [("kernel", m.weight), ("bias", m.bias)]
    if kind == "pool":
        if layer["pool"] == "global":
            return Global(), []
        size, pad = axes(get("size", 2), n), axes(get("padding", 0), n)
        stride = axes(get("stride", list(size)), n)
        if layer["pool"] == "max":
            return (nn.MaxPool1d if n == 1 else nn.MaxPool2d)(size, stride, pad), []
        return (nn.AvgPool1d if n == 1 else nn.AvgPool2d)(size, stride, pad, count_include_pad=False), []
    if kind == "flatten":
        return nn.Flatten(), []
    if kind == "activate":
        return Then(nn.Identity(), layer["activation"]), []
    if kind == "batchNorm":
        make = nn.BatchNorm2d if n == 2 else nn.BatchNorm1d
        m = make(features, get("epsilon", 1e-5), get("momentum", 0.1))
        found.batch_norms.append((path, m))
        return m, [("scale", m.weight), ("shift", m.bias)]
    if kind == "layerNorm":
        m = nn.LayerNorm(features, get("epsilon", 1e-5))
        return Last(m), [("scale", m.weight), ("shift", m.bias)]
    if kind == "rmsNorm":
        m = nn.RMSNorm(features, get("epsilon", 1e-6))
        return Last(m), [("scale", m.weight)]
    if kind == "groupNorm":
        m = nn.GroupNorm(layer["groups"], features, get("epsilon", 1e-5))
        return m, [("scale", m.weight), ("shift", m.bias)]
    if kind == "residual":
        branch = build(layer["branch"], x, f"{path}/branch/", found, tokens)
        shortcut = build(get("shortcut", []), x, f"{path}/shortcut/", found, tokens)
        return Residual(branch, shortcut, get("branchScale", 1), get("skipScale", 1)), []
    if kind == "gated":
        return Gated(*(build(layer[name], x, f"{path}/{name}/", found, tokens) for name in ("value", "gate"))), []
    if kind in ("scale", "shift"):
        m = Learned(kind, features if get("per") == "feature" else 1)
        return m, [(kind, m.weight)]
    if kind == "embedding":
        m = Table(tokens, layer["width"])
        return m, [("embedding", m.table.weight)]
    if kind == "positionEmbedding":
        m = Positions(x.shape[2], features)
        return m, [("embedding", m.table.weight)]
    if kind == "unembed":
        tied = get("tiedTo")
        table = dict(found)[f"{tied}/embedding"] if tied else None
        m = nn.Linear(features, table.shape[0] if tied else layer["tokens"], bias=False)
        if tied:
            m.weight = table
        return Last(m), [] if tied else [("kernel", m.weight)]
    if kind == "attention":
        m = (Packed if get("packed") else Separate)(features, layer["heads"], get("causal", False), bias)
        if get("packed"):
            inner = m.inner
            return m, [("queryKeyValue/kernel", inner.in_proj_weight), ("queryKeyValue/bias", inner.in_proj_bias),
                       ("projection/kernel", inner.out_proj.weight), ("projection/bias", inner.out_proj.bias)]
        return m, [(f"{name}/{part}", p) for name in ("query", "key", "value", "projection")
                   for part, p in (("kernel", getattr(m, name).weight), ("bias", getattr(m, name).bias))]
    raise ValueError(kind)


class Found(list):
    def __init__(self):
        super().__init__()
        self.batch_norms = []


def made(model):
    shape, tokens = model["input"], None
    if isinstance(shape, dict):
        tokens = shape["tokens"]
        length = shape["length"]
        x = torch.tensor([(i * i + i) % tokens for i in range(length * SAMPLES)]).reshape(length, SAMPLES).T
    else:
        shape = [shape] if isinstance(shape, int) else shape
        x = numbers(math.prod(shape) * SAMPLES, 2).reshape(*shape, SAMPLES).movedim(-1, 0)
    found = Found()
    net = build(model["layers"], x, "", found, tokens)
    salt = {path: index for index, path in enumerate(sorted(path for path, _ in found))}
    with torch.no_grad():
        for path, parameter in found:
            parameter.copy_(fill(path, list(parameter.shape), 3 + salt[path]))
        for path, m in found.batch_norms:
            m.reset_running_stats()
    return net, x, found


def loss_of(name, z, salt=0):
    """Of logits [samples, outputs, ...positions]; labels in the order [positions][samples]."""
    z = z.flatten(2) if z.dim() > 2 else z.unsqueeze(2)
    samples, outputs, positions = z.shape
    if name == "mse":
        y = numbers(z.numel(), 4).reshape(outputs, positions, samples).movedim(-1, 0)
        return F.mse_loss(z, y)
    classes = 2 if name == "bce" else outputs
    y = torch.tensor([(i * i + i // 3) % classes for i in range(positions * samples)]).reshape(positions, samples).T
    if name == "bce":
        return F.binary_cross_entropy_with_logits(z.squeeze(1), y.to(z.dtype))
    return F.cross_entropy(z, y)


OPTIMIZERS = [
    ({"name": "sgd", "momentum": 0.9}, 0.03, lambda p: torch.optim.SGD(p, 0.03, 0.9)),
    ({"name": "adam"}, 0.003, lambda p: torch.optim.Adam(p, 0.003)),
    ({"name": "adamW", "weightDecay": 0.1}, 0.003, lambda p: torch.optim.AdamW(p, 0.003, weight_decay=0.1)),
]


def trained(name, model):
    for config, rate, make in OPTIMIZERS:
        net, x, found = made(model)
        optimizer = make([p for _, p in found])
        losses, evaluated, gradients = [], [], {path: [] for path, _ in found}
        for step in range(STEPS + 1):
            net.eval()
            with torch.no_grad():
                evaluated.append(number(loss_of(model["loss"], net(x)).item()))
            net.train()
            if step == STEPS:
                break
            optimizer.zero_grad()
            loss = loss_of(model["loss"], net(x))
            loss.backward()
            losses.append(number(loss.item()))
            for path, p in found:
                gradients[path].append(product(p.grad))
            optimizer.step()
        state = {f"{path}/{key}": [number(v) for v in values.tolist()] for path, m in found.batch_norms
                 for key, values in (("mean", m.running_mean), ("variance", m.running_var))}
        yield {"name": name, "optimizer": config, "rate": rate, "losses": losses, "evaluated": evaluated,
               "gradients": gradients, "end": {path: summary(p.detach()) for path, p in found}, "state": state}


def dense(units, activation="linear", **more):
    return {"kind": "dense", "units": units, "activation": activation, **more}


def conv(channels, kernel=3, activation="linear", **more):
    return {"kind": "conv", "channels": channels, "kernel": kernel, "activation": activation, **more}


def plain(kind, **more):
    return {"kind": kind, **more}


def residual(branch, **more):
    return {"kind": "residual", "branch": branch, **more}


def res_net(width):
    def part(channels, kernel, stride):
        padding = (kernel - 1) // 2
        more = {} if stride == 1 else {"stride": stride}
        return [conv(channels, kernel, padding=padding, bias=False, **more), plain("batchNorm")]

    relu = plain("activate", activation="relu")
    layers = part(width, 3, 1) + [relu]
    for stage in range(3):
        channels, stride = width << stage, 1 if stage == 0 else 2
        shortcut = {} if stage == 0 else {"shortcut": part(channels, 1, stride)}
        layers += [residual(part(channels, 3, stride) + [relu] + part(channels, 3, 1), **shortcut), relu]
    return layers + [plain("pool", pool="global"), dense(3)]


def blocks(norm, attention, feed_forward):
    return [residual([plain(norm), attention]), residual([plain(norm), *feed_forward])] * 2


NETWORKS = {
    "resNet": {"input": [2, 9, 7], "loss": "softmax", "layers": res_net(4)},
    "gpt": {"input": {"tokens": 7, "length": 5}, "loss": "softmax", "layers": [
        plain("embedding", width=8), plain("positionEmbedding"),
        *blocks("layerNorm", plain("attention", heads=2, causal=True, packed=True), [dense(12, "gelu"), dense(8)]),
        plain("layerNorm"), plain("unembed", tiedTo="embedding1")]},
    "gated": {"input": [3, 6], "loss": "mse", "layers": [
        dense(6), plain("positionEmbedding"),
        *blocks("rmsNorm", plain("attention", heads=3),
                [plain("gated", value=[dense(9)], gate=[dense(9, "silu")]), dense(6)]),
        plain("rmsNorm"), plain("pool", pool="global"), dense(2)]},
    "cnn": {"input": [2, 9, 8], "loss": "bce", "layers": [
        conv(6, 3, padding=1, groups=2, bias=False), plain("batchNorm", momentum=0.3), plain("activate", activation="relu"),
        plain("pool", pool="max", size=3, stride=2, padding=1),
        conv(6, [3, 2], "tanh", groups=6, dilation=[1, 2], padding="same"),
        plain("pool", pool="average", size=2, padding=1), conv(4, 2, "gelu", stride=[2, 1]), plain("flatten"), dense(1)]},
    "cnn over a length": {"input": [2, 13], "loss": "softmax", "layers": [
        conv(4, 4, padding="same", stride=2), plain("batchNorm", epsilon=0.01), plain("activate", activation="elu"),
        residual([plain("shift"), conv(4, 3, padding=2, dilation=2, groups=2), plain("groupNorm", groups=2),
                  plain("scale"), plain("shift", per="feature")], branchScale=0.5, skipScale=1.25),
        plain("scale", per="feature"), plain("pool", pool="average", size=3, stride=2), plain("flatten"), dense(3)]},
}

LAYERS = {
    "dense": ([4, 3], dense(3, "tanh")),
    "conv": ([2, 5, 7], conv(3, [2, 3], "gelu", stride=[2, 3], padding=[1, 2], dilation=[1, 2])),
    "conv, same, stride 2": ([1, 5, 4], conv(2, [3, 4], stride=2, padding="same", bias=False)),
    "conv in groups": ([4, 3, 5], conv(6, 2, "relu", groups=2)),
    "conv by depth": ([3, 4, 3], conv(6, 3, padding=1, groups=3)),
    "conv over a length": ([2, 9], conv(3, 3, "silu", stride=2, dilation=2, padding=1)),
    "pool max": ([2, 5, 6], plain("pool", pool="max", size=3, stride=2, padding=1)),
    "pool max over a length": ([3, 7], plain("pool", pool="max")),
    "pool average": ([2, 4, 5], plain("pool", pool="average", size=[2, 3], stride=2, padding=1)),
    "pool global": ([3, 2, 5], plain("pool", pool="global")),
    "flatten": ([2, 3, 2], plain("flatten")),
    "activate": ([2, 3], plain("activate", activation="gelu")),
    "batchNorm": (3, plain("batchNorm", epsilon=1e-3)),
    "batchNorm of an image": ([2, 3, 2], plain("batchNorm")),
    "layerNorm": ([4, 3], plain("layerNorm")),
    "rmsNorm": ([4, 3], plain("rmsNorm")),
    "groupNorm": ([6, 2, 3], plain("groupNorm", groups=2)),
    "residual": ([2, 5, 4], residual([conv(3, 3, "tanh", stride=2, padding=1)], shortcut=[conv(3, 1, stride=2)],
                                     branchScale=0.5, skipScale=1.5)),
    "gated": ([3, 4], plain("gated", value=[dense(2)], gate=[dense(2, "silu")])),
    "scale": ([3, 4], plain("scale")),
    "scale per feature": ([3, 4], plain("scale", per="feature")),
    "shift": ([3, 4], plain("shift")),
    "shift per feature": ([3, 4], plain("shift", per="feature")),
    "embedding": ({"tokens": 4, "length": 5}, plain("embedding", width=3)),
    "positionEmbedding": ([3, 4], plain("positionEmbedding")),
    "unembed": ([3, 4], plain("unembed", tokens=5)),
    "attention": ([4, 5], plain("attention", heads=2)),
    "attention, causal": ([6, 4], plain("attention", heads=3, causal=True, bias=False)),
    "attention, causal, packed": ([6, 4], plain("attention", heads=2, causal=True, packed=True)),
    "attention, packed": ([4, 3], plain("attention", heads=1, packed=True, bias=False)),
}


def layer_cases():
    for name, (shape, layer) in LAYERS.items():
        for loss in ("bce", "softmax", "mse"):
            # A single output a position, where the loss takes no more.
            model = {"input": shape, "layers": [layer, dense(1)] if loss == "bce" else [layer]}
            net, x, found = made(model)
            x = x.clone().requires_grad_(x.is_floating_point())
            z = net(x)
            value = loss_of(loss, z)
            value.backward()
            yield {"name": name, "loss": loss, "model": model, "value": number(value.item()),
                   "output": summary(z.detach(), True), "input": summary(x.grad, True) if x.requires_grad else None,
                   "gradients": {path: summary(p.grad) for path, p in found}}


with open("networks.golden.json", "w") as file:
    json.dump({"made by": "python networks.golden.py", "samples": SAMPLES, "steps": STEPS, "networks": NETWORKS,
               "runs": [run for name, model in NETWORKS.items() for run in trained(name, model)],
               "layers": list(layer_cases())}, file, separators=(",", ":"))
    file.write("\n")
