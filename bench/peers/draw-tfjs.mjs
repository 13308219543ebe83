/**
 * Draws in TensorFlow.js: fill by its heNormal, two million values at a time; its orthogonal at 128² alone,
 * as 1024² takes half a minute. node draw-tfjs.mjs fill|small seconds wasm|cpu
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { reportDraws } from "./draw-report.mjs";

const [workload, seconds, backend] = [process.argv[2], Number(process.argv[3]), process.argv[4] ?? "wasm"];
await tf.setBackend(backend);
await tf.ready();
const shape = workload === "fill" ? [2000, 1000] : [128, 128];
const initializer = workload === "fill" ? tf.initializers.heNormal({}) : tf.initializers.orthogonal({});
await reportDraws(`tfjs ${tf.version.tfjs}, ${shape.join(" × ")}`, seconds, shape[0] * shape[1], async () => {
  const tensor = initializer.apply(shape);
  await tensor.data();
  tensor.dispose();
});
