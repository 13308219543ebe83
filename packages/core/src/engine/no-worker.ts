import { InputError } from "../base/index.ts";

/** No worker has said anything before it died: its file is not where the library looks for it. */
export const noWorker = (reason: string): InputError =>
  new InputError(
    "workers",
    `no worker could be started: ${reason}`,
    "A bundler may have moved its file. For Vite's development server add " +
      'optimizeDeps: { exclude: ["@stepzero/core"] } to vite.config. Or pass workers: 0.',
  );
