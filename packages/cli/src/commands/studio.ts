import { Command } from "@commander-js/extra-typings";
import { readStudy, summaryOf } from "@stepzero/format";
import { readText } from "../files.ts";
import { interruptible } from "../interrupt.ts";
import { complain, print } from "../output/print.ts";
import * as parse from "../parse.ts";
import { builtStudio } from "../studio/built.ts";

export const studioCommand = () =>
  new Command("studio")
    .description("Serve the studio on this machine, alone or with a study. Ctrl-C ends it.")
    .argument(
      "[file]",
      "a study that compare --out wrote, finished or not; read again each time the page is loaded",
    )
    .option(
      "--port <n>",
      "port; 0 takes a free one (default: 4173, or a free one if 4173 is taken)",
      parse.integer("--port", 0, 65_535),
    )
    .option("--open", "open it in the browser")
    .addHelpText("after", "\nExamples:\n  stepzero studio\n  stepzero studio study.json --open")
    .action(async (file, flags) => {
      const site = builtStudio("studio", "site");
      const study = studyOf(file);
      study();
      const { serveStudio } = await import("../studio/server.ts");
      const { signal, stop } = interruptible(true);
      try {
        const { url, close } = await serveStudio(site, study, flags.port);
        print(`${url}\n`);
        if (flags.open === true) await openInBrowser(url);
        await aborted(signal);
        await close();
      } finally {
        stop();
      }
    });

/** The text of the file whenever it is asked for; where it has become unreadable, the last that was good. */
const studyOf = (file: string | undefined): (() => string | null) => {
  if (file === undefined) return () => null;
  let good: string | null = null;
  return () => {
    try {
      const text = readText(file);
      if (text !== good) {
        summaryOf(file, readStudy(file, text));
        good = text;
      }
    } catch (error) {
      if (good === null) throw error;
    }
    return good;
  };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** What cannot be opened is said; the page is there all the same. */
const openInBrowser = async (url: string): Promise<void> => {
  const failed = (reason: string): void => {
    complain(`--open: no browser could be started: ${reason}.`);
  };
  const { default: open } = await import("open");
  try {
    const child = await open(url);
    child.once("error", ({ message }) => failed(message));
    child.once("exit", (code) => {
      if (code !== null && code > 0) failed(`${child.spawnfile} ended with ${code}`);
    });
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
  }
};
