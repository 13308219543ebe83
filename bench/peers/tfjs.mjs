/** Workloads A and C in TensorFlow.js: gradients by its tape (`tape`, as one writes it) or written
 * out (`plain`), batched over networks. node tfjs.mjs A|C seconds wasm|cpu tape|plain */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { circles, report, SAMPLES, weights } from "./samples.mjs";

const [workload, seconds, backend] = [process.argv[2], Number(process.argv[3]), process.argv[4] ?? "wasm"];
const form = process.argv[5] ?? "tape";
const networks = workload === "A" ? 1 : 300;
await tf.setBackend(backend);
await tf.ready();
const { x, y } = circles();
const X = tf.tile(tf.tensor3d(x, [1, 2, SAMPLES]), [networks, 1, 1]);
const Y = tf.tensor3d(y, [1, 1, SAMPLES]);
const sizes = [2, 10, 5, 1];
const variables = sizes
  .slice(1)
  .flatMap((out, l) => [
    tf.variable(tf.tensor3d(weights(networks * out * sizes[l], sizes[l]), [networks, out, sizes[l]])),
    tf.variable(tf.zeros([networks, out, 1])),
  ]);

const step = () => {
  const [w1, b1, w2, b2, w3, b3] = variables;
  const a1 = tf.relu(tf.add(tf.matMul(w1, X), b1));
  const a2 = tf.relu(tf.add(tf.matMul(w2, a1), b2));
  const p = tf.sigmoid(tf.add(tf.matMul(w3, a2), b3));
  const d3 = tf.mul(tf.sub(p, Y), 1 / SAMPLES);
  const d2 = tf.mul(tf.matMul(w3, d3, true), tf.step(a2));
  const d1 = tf.mul(tf.matMul(w2, d2, true), tf.step(a1));
  const pairs = [
    [d1, X],
    [d2, a1],
    [d3, a2],
  ];
  const gradients = pairs.flatMap(([d, a]) => [tf.matMul(d, a, false, true), tf.sum(d, 2, true)]);
  variables.forEach((variable, i) => {
    variable.assign(tf.sub(variable, tf.mul(gradients[i], 0.1)));
  });
};

const logits = () => {
  const [w1, b1, w2, b2, w3, b3] = variables;
  const a1 = tf.relu(tf.add(tf.matMul(w1, X), b1));
  const a2 = tf.relu(tf.add(tf.matMul(w2, a1), b2));
  return tf.add(tf.matMul(w3, a2), b3);
};
const loss = () => {
  const z = logits();
  return tf.mul(tf.sum(tf.sub(tf.softplus(z), tf.mul(Y, z))), 1 / SAMPLES);
};
const byTape = () => {
  const { grads } = tf.variableGrads(loss, variables);
  for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(grads[variable.name], 0.1)));
};

await report(`TensorFlow.js ${tf.version.tfjs} ${backend} ${form}`, seconds, networks, () =>
  tf.tidy(form === "tape" ? byTape : step),
);
