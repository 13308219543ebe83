import { run } from "../packages/cli/src/run.ts";

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, one at a time: the code and the texts that a process of its own would give. */
export const runHere = async (...args: readonly string[]): Promise<Ended> => {
  const { stdout, stderr } = process;
  const texts = { stdout: "", stderr: "" };
  const usual = [stdout.write, stderr.write] as const;
  const taking = (name: "stdout" | "stderr") => (text: string | Uint8Array) => {
    texts[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
    return true;
  };
  stdout.write = taking("stdout");
  stderr.write = taking("stderr");
  try {
    const status = await run(args);
    return { status, ...texts };
  } finally {
    [stdout.write, stderr.write] = usual;
  }
};
