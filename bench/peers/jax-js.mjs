/** Workloads A and C in jax-js on WebAssembly: `jit` of a step with `grad`, batched by `vmap`. node jax-js.mjs A|C seconds */
import { defaultDevice, grad, init, jit, nn, numpy as np, vmap } from "@jax-js/jax";
import { circles, report, SAMPLES, weights } from "./samples.mjs";

const [workload, seconds] = [process.argv[2], Number(process.argv[3])];
const networks = workload === "A" ? 1 : 300;
await init("wasm");
defaultDevice("wasm");
const { x, y } = circles();
const X = np.array(x).reshape([2, SAMPLES]);
const Y = np.array(y).reshape([1, SAMPLES]);
const sizes = [2, 10, 5, 1];
const shape = (...axes) => (networks === 1 ? axes : [networks, ...axes]);
let parameters = sizes
  .slice(1)
  .flatMap((out, l) => [
    np.array(weights(networks * out * sizes[l], sizes[l])).reshape(shape(out, sizes[l])),
    np.zeros(shape(out, 1)),
  ]);

const loss = ([w1, b1, w2, b2, w3, b3], input, label) => {
  const a1 = nn.relu(np.matmul(w1, input).add(b1));
  const a2 = nn.relu(np.matmul(w2, a1).add(b2));
  const z = np.matmul(w3, a2).add(b3);
  return nn.softplus(z.ref).sub(label.mul(z)).mean();
};
const one = (values, input, label) => {
  const gradients = grad(loss)(
    values.map((value) => value.ref),
    input,
    label,
  );
  return values.map((value, i) => value.sub(gradients[i].mul(0.1)));
};
const update = jit(networks === 1 ? one : vmap(one, [0, null, null]));

await report("jax-js 0.1.25", seconds, networks, async () => {
  parameters = update(parameters, X.ref, Y.ref);
  parameters[0].ref.dataSync();
});
