export { type CheckedFile, type CheckedLayer, checkFile } from "./check-file.ts";
