#!/usr/bin/env node
import { watchStreams } from "./output/streams.ts";
import { run } from "./run.ts";

const streams = watchStreams();
const code = await run(process.argv.slice(2));
process.exitCode = streams.exitCode(code);
