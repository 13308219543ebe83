"""Writes readers.golden.json: python test/readers.golden.py, with the versions that it names.

Has the command write files, reads them with the readers of NumPy, PyTorch and Keras, loads them into their
models, and keeps what came out: shapes, dtypes, a hash of the bytes, the output of the model for one input.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import safetensors
import safetensors.torch
import torch

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
NODE = os.path.join(ROOT, "node_modules", ".bin", "node")
FOLDER = tempfile.mkdtemp()


def stepzero(args, file):
    path = os.path.join(FOLDER, file)
    subprocess.run([NODE, "packages/cli/src/main.ts", *args, "--out", path], cwd=ROOT, check=True, capture_output=True)
    return path


def read(array):
    array = np.ascontiguousarray(array)
    return {"shape": list(array.shape), "dtype": str(array.dtype), "sha256": hashlib.sha256(array.tobytes()).hexdigest()[:16]}


def torch_network():
    model = torch.nn.Sequential()
    for i, (inputs, outputs) in enumerate([(3, 5), (5, 4), (4, 2)], 1):
        model.add_module(f"dense{i}", torch.nn.Linear(inputs, outputs))
        if i < 3:
            model.add_module(f"relu{i}", torch.nn.ReLU())
    return model


def keras_network(dtype):
    model = keras.Sequential([keras.layers.Input((3,), dtype=dtype)])
    for units, activation in ((5, "relu"), (4, "relu"), (2, None)):
        model.add(keras.layers.Dense(units, activation=activation, dtype=dtype))
    return model


INPUT = [0.5, -1.0, 2.0]
NETWORK = ["initialize", "--layers", "3,5,4,2", "--seed", "3"]
files = []


def keep(args, file, values, output=None):
    files.append({"args": args, "file": file, "values": values, **({} if output is None else {"output": output})})


for dtype in ("float32", "float64", "float16"):
    args = ["draw", "heNormal", "--shape", "6,4,3,3", "--seed", "3", "--dtype", dtype]
    keep(args, "w.npy", {"": read(np.load(stepzero(args, "w.npy")))})
# Large enough to be written in parts.
args = ["draw", "glorotUniform", "--shape", "4100,4096", "--seed", "1"]
keep(args, "large.npy", {"": read(np.load(stepzero(args, "large.npy")))})
for dtype, kind, init in (
    ("float32", torch.float32, ["--init", "he"]),
    ("float64", torch.float64, ["--init", "pytorch", "--generator", "pytorch"]),
    ("float16", torch.float16, ["--init", "he"]),
    ("bfloat16", torch.bfloat16, ["--init", "he"]),
):
    args = [*NETWORK, *init, "--layout", "pytorch", "--dtype", dtype]
    state = safetensors.torch.load_file(stepzero(args, "n.safetensors"))
    assert all(v.dtype == kind for v in state.values())
    model = torch_network().to(kind)
    model.load_state_dict(state, strict=True)
    words = {k: v.view(torch.int16) if dtype == "bfloat16" else v for k, v in state.items()}
    keep(args, "n.safetensors", {k: read(v.numpy()) for k, v in words.items()},
         model.double()(torch.tensor(INPUT, dtype=torch.float64)).tolist())
for dtype in ("float32", "float64"):
    args = [*NETWORK, "--init", "keras", "--generator", "tensorflow", "--layout", "keras", "--dtype", dtype]
    z = np.load(stepzero(args, "n.npz"))
    model = keras_network(dtype)
    for i, layer in enumerate(model.layers, 1):
        layer.set_weights([z[f"dense{i}/kernel"], z[f"dense{i}/bias"]])
    keep(args, "n.npz", {k: read(z[k]) for k in z.files}, np.asarray(model(np.array([INPUT], dtype)))[0].astype("float64").tolist())
versions = f"numpy {np.__version__}, torch {torch.__version__}, safetensors {safetensors.__version__}, keras {keras.__version__}"
with open(os.path.join(ROOT, "test", "readers.golden.json"), "w") as f:
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in files)
    f.write('{"madeBy":%s,"input":%s,"files":[\n%s\n]}\n' % (json.dumps("python test/readers.golden.py, " + versions), INPUT, rows))
