import { fstatSync } from "node:fs";
import { EXIT, type ExitCode } from "../exit.ts";
import { reasonOf } from "../output-file/file-error.ts";
import { writeAll } from "../output-file/replace.ts";

/**
 * Does as Unix tools do where nobody takes what is printed. A reader that has gone away, as `head` does, is no fault:
 * the command goes on quietly, for its files. Where stdout cannot be written, that is said, and the exit code is 2. A
 * stderr that nobody takes is left alone. A file that would become too large for the shell's limit is an error of that
 * file rather than the end of the process.
 */
export const watchStreams = (): { exitCode(code: ExitCode): ExitCode } => {
  let lost = false;
  const failed = (error: NodeJS.ErrnoException): void => {
    if (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" || lost) return;
    lost = true;
    process.stderr.write(`stdout: cannot be written: ${reasonOf(error)}.\n`);
    // The event may come after the command has ended.
    process.exitCode = EXIT.usage;
  };
  process.on("SIGXFSZ", () => {});
  process.stderr.on("error", () => {});
  process.stdout.on("error", failed);
  if (!process.stdout.isTTY && isFile(process.stdout.fd)) writeInFull(failed);
  return { exitCode: (code) => (lost ? EXIT.usage : code) };
};

const isFile = (file: number): boolean => {
  try {
    return fstatSync(file).isFile();
  } catch {
    return false;
  }
};

/** Node takes a write to a file of which only a part fitted for a whole one. */
const writeInFull = (failed: (error: NodeJS.ErrnoException) => void): void => {
  process.stdout.write = (content: string | Uint8Array): boolean => {
    try {
      writeAll(process.stdout.fd, typeof content === "string" ? Buffer.from(content) : content);
    } catch (error) {
      failed(error as NodeJS.ErrnoException);
    }
    return true;
  };
};
