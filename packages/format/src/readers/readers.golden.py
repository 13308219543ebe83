"""Small files of weights, written by the libraries themselves, and what these read from them.

    python readers.golden.py > readers.golden.json

Made with torch==2.15.0, keras==3.15.1, h5py==3.14.0, safetensors==0.8.0, onnx==1.23.2, gguf==0.19.0, numpy==2.4.6.
"""
import base64, hashlib, json, os, tempfile, zlib
os.environ["KERAS_BACKEND"] = "torch"
import h5py
import keras
import ml_dtypes
import numpy as np
import torch
from torch import nn
from safetensors.torch import save_file
import onnx
from onnx import helper, numpy_helper, TensorProto
import gguf

folder = tempfile.mkdtemp()
files, cases = {}, []
path = lambda name: os.path.join(folder, name)


def said(array):
    """Shape, and the SHA-256 of all values row-major as float64."""
    array = np.asarray(array)
    values = array.astype(np.complex128).view(np.float64) if np.iscomplexobj(array) else array.astype(np.float64)
    return {"shape": list(array.shape), "sha256": hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()[:16]}


def numbers(tensor):
    tensor = tensor.detach()
    return (tensor if tensor.is_complex() else tensor.to(torch.float64)).numpy()


def case(name, tensors, others=(), **more):
    for file in (name, *others):
        files[file] = base64.b64encode(zlib.compress(open(path(file), "rb").read(), 9)).decode()
    cases.append({"file": name, "others": list(others), "tensors": {k: said(v) for k, v in tensors.items()}, **more})


torch.manual_seed(0)
base = torch.randn(6, 4)
kinds = {
    "float64": base.double(), "float32": base, "float16": base.half(), "bfloat16": base.bfloat16(),
    "e4m3fn": (base * 9).to(torch.float8_e4m3fn), "e5m2": (base * 9).to(torch.float8_e5m2),
    "int64": torch.tensor([-(2**40), 3, 2**50 + 1]), "int32": torch.tensor([-7, 2**31 - 1], dtype=torch.int32),
    "int16": torch.tensor([-300, 5], dtype=torch.int16), "int8": torch.tensor([-128, 127], dtype=torch.int8),
    "uint8": torch.tensor([0, 255], dtype=torch.uint8), "bool": torch.tensor([True, False, True]),
    "complex64": torch.randn(3, dtype=torch.complex64), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3),
    "special": torch.tensor([float("nan"), float("inf"), -float("inf"), 1e-40, -0.0]),
    "halfspecial": torch.tensor([float("inf"), 6e-8, -65504.0, float("nan")]).half(),
}
kinds["special"] = kinds["special"][1:]
kinds["halfspecial"] = kinds["halfspecial"][:3]
save_file(kinds, path("kinds.safetensors"))
case("kinds.safetensors", {k: numbers(v) for k, v in kinds.items()})
torch.save(kinds, path("kinds.pt"))
case("kinds.pt", {k: numbers(v) for k, v in kinds.items()})

tied = torch.randn(5, 3)
views = {"embed.weight": tied, "head.weight": tied, "turned.weight": tied.t(), "part.weight": tied[1:4, ::2],
         "deep": torch.randn(2, 3, 4).permute(2, 0, 1), "expanded": torch.randn(3, 1).expand(3, 4)}
for name, new in (("views.pt", True), ("views-legacy.pt", False)):
    torch.save(views, path(name), _use_new_zipfile_serialization=new)
    case(name, {k: numbers(v) for k, v in views.items()}, ties=[["embed.weight", "head.weight", "turned.weight", "part.weight"]])

model = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 2))
optimizer = torch.optim.Adam(model.parameters())
model(torch.randn(8, 4)).sum().backward()
optimizer.step()
state = {k: numbers(v) for k, v in model.state_dict().items()}
torch.save({"epoch": 3, "model_state_dict": model.state_dict(), "optimizer_state_dict": optimizer.state_dict()}, path("checkpoint.pth"))
case("checkpoint.pth", state, notes=['18 tensors under "optimizer_state_dict"'])
loop = {"state_dict": model.state_dict()}
loop["self"] = [loop]
torch.save(loop, path("loop.pt"))
case("loop.pt", state)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = model


torch.save(Net(), path("module.pt"))
case("module.pt", {f"encoder.{k}": v for k, v in state.items()}, notes=["__main__.Net"])
torch.jit.script(model).save(path("script.pt"))
case("script.pt", state, notes=["TorchScript"])

keras.utils.set_random_seed(0)
inputs = keras.Input((6, 6, 2), name="image")
x = keras.layers.Conv2D(4, 3, padding="same", name="conv", kernel_initializer="he_normal")(inputs)
x = keras.layers.BatchNormalization(name="bn", scale=False)(x)
x = keras.layers.ReLU(max_value=6.0, name="cap")(x)
y = keras.layers.DepthwiseConv2D(3, padding="same", name="dw", activation="gelu")(x)
y = keras.layers.Conv2D(4, 1, name="pw")(y)
x = keras.layers.Add(name="sum")([x, y])
x = keras.layers.Conv2DTranspose(3, 2, name="up", activation="silu")(x)
x = keras.layers.Reshape((49, 3), name="tokens")(x)
x = keras.layers.MultiHeadAttention(2, 3, name="mha")(x, x)
x = keras.layers.LSTM(4, name="lstm")(x)
outputs = keras.layers.Dense(3, activation="softmax", name="out")(x)
net = keras.Model(inputs, outputs, name="net")
weights = {v.path: np.asarray(v) for v in net.weights}
net.save(path("net.keras"))
case("net.keras", weights)
net.save_weights(path("net.weights.h5"))
case("net.weights.h5", {f"net/{k}".replace("dw/kernel", "dw/depthwise_kernel"): v for k, v in weights.items()})
net.save(path("net.h5"))
case("net.h5", weights)

rng = np.random.default_rng(0)
for name, version in (("plain.h5", "earliest"), ("latest.h5", "latest")):
    arrays = {f"many/w{i}": rng.normal(size=(2, 3)).astype("f4") for i in range(12)}
    with h5py.File(path(name), "w", libver=version) as f:
        for i in range(12):
            f.attrs[f"note{i}"] = "x" * 30
        for k, v in arrays.items():
            f[k] = v
        def put(key, value, read=None, **options):
            f.create_dataset(key, data=value, **options)
            arrays[key] = value if read is None else read
        put("packed", rng.normal(size=(37, 23)), chunks=(8, 10), compression="gzip", shuffle=True, fletcher32=True)
        put("chunked", rng.normal(size=(9, 5)).astype("f2"), chunks=(4, 5))
        put("one", rng.normal(size=(5, 6)).astype("f4"), chunks=(5, 6), compression="gzip")
        put("big", rng.normal(size=(3, 4)).astype(">f4"))
        put("bool", np.array([True, False]))
        put("ints", np.array([-3, 2**40]))
        put("complex", (rng.normal(size=3) + 1j).astype("c16"))
        bf = rng.normal(size=(2, 2)).astype(ml_dtypes.bfloat16)
        put("bf", bf.view("V2"), bf.astype("f4"))
        f["text"] = "not a number"
        f["soft"] = h5py.SoftLink("/big")
        f["outside"] = h5py.ExternalLink("../other.h5", "/x")
    case(name, arrays, notes=["outside, soft, text"])

np.savez(path("a.npz"), fortran=np.asfortranarray(rng.normal(size=(4, 5))), half=rng.normal(size=3).astype("f2"), big=rng.normal(size=(2, 2)).astype(">f8"), scalar=np.float32(3))
case("a.npz", dict(np.load(path("a.npz"))))
np.savez_compressed(path("packed.npz"), fortran=np.asfortranarray(rng.normal(size=(4, 5))), plain=rng.normal(size=(70, 3)).astype("f4"))
case("packed.npz", dict(np.load(path("packed.npz"))))

w = {"fc1.weight": rng.normal(size=(4, 6)), "fc1.bias": rng.normal(size=6), "fc2.weight": rng.normal(size=(5, 6)), "conv.weight": rng.normal(size=(4, 1, 3, 3))}
w = {k: v.astype("f4") for k, v in w.items()}
half = rng.normal(size=(5, 2)).astype("f2")
ext = numpy_helper.from_array(w["fc2.weight"], "fc2.weight")
onnx.external_data_helper.set_external_data(ext, "mixed.data", offset=4096, length=ext.raw_data.__len__())
open(path("mixed.data"), "wb").write(b"\1" * 4096 + ext.raw_data)
ext.ClearField("raw_data")
lstm = {"W": rng.normal(size=(1, 12, 2)).astype("f4"), "R": rng.normal(size=(1, 12, 3)).astype("f4")}
nodes = [
    helper.make_node("Conv", ["image", "conv.weight"], ["c"], group=4), helper.make_node("Relu", ["c"], ["c1"]), helper.make_node("Flatten", ["c1"], ["x"]),
    helper.make_node("MatMul", ["x", "fc1.weight"], ["m"]), helper.make_node("Add", ["m", "fc1.bias"], ["h"]),
    helper.make_node("Sigmoid", ["h"], ["s"]), helper.make_node("Mul", ["h", "s"], ["a"]),
    helper.make_node("Gemm", ["a", "fc2.weight"], ["g"], transB=1), helper.make_node("Gelu", ["g"], ["g1"]),
    helper.make_node("Cast", ["half"], ["half32"], to=1), helper.make_node("MatMul", ["g1", "half32"], ["y"]),
    helper.make_node("Unsqueeze", ["y"], ["yy"]), helper.make_node("LSTM", ["yy", "W", "R"], ["z"], hidden_size=3),
]
tensors = [
    helper.make_tensor("fc1.weight", TensorProto.FLOAT, [4, 6], w["fc1.weight"].ravel()),
    numpy_helper.from_array(w["fc1.bias"], "fc1.bias"), ext, numpy_helper.from_array(w["conv.weight"], "conv.weight"),
    helper.make_tensor("half", TensorProto.FLOAT16, [5, 2], half.ravel()),
    helper.make_tensor("ints", TensorProto.INT64, [2], [-5, 2**40]),
    helper.make_tensor("e5m2", TensorProto.FLOAT8E5M2, [3], [1.0, -0.5, 4.0]),
    *(numpy_helper.from_array(v, k) for k, v in lstm.items()),
]
graph = helper.make_graph(nodes, "g", [helper.make_tensor_value_info("image", TensorProto.FLOAT, None)], [helper.make_tensor_value_info("z", TensorProto.FLOAT, None)], tensors)
open(path("mixed.onnx"), "wb").write(helper.make_model(graph).SerializeToString())
case("mixed.onnx", {**w, "half": half, "ints": np.array([-5, 2**40]), "e5m2": np.array([1, -0.5, 4.0]), **lstm}, ["mixed.data"])

writer = gguf.GGUFWriter(path("small.gguf"), "llama")
writer.add_array("tokens", ["a", "bc"])
writer.add_uint32("llama.block_count", 1)
g = {"token_embd.weight": rng.normal(size=(7, 4)).astype("f4"), "blk.0.attn_q.weight": rng.normal(size=(4, 4)).astype("f2")}
for k, v in g.items():
    writer.add_tensor(k, v)
writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()
case("small.gguf", g)

print(json.dumps({"files": files, "cases": cases}, indent=0))
